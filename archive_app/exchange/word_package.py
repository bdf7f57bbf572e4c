"""The package around a Word document: a zip of XML parts, opened without letting it do anything.

Open Packaging Conventions (ECMA-376, part 2). Nothing is unpacked to a disk and
nothing is fetched: parts are read into memory, each within bounds, and only by
the names that the document's own relationships give. Whatever leads out of the
package, is larger than a document can be or is packed more tightly than text
packs is refused before it is read.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from archive_app.errors import BadInput
from archive_app.exchange.decoding import MAX_BYTES, decode
from archive_app.exchange.ohms_xml import local
from archive_app.translation import tr

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PARTS = 5_000
"""Parts of a package; the longest of documents, with its pictures, has some hundreds."""
MAX_RATIO = 250
"""How much smaller packing may make a part: XML of a table packs 60 to 1, a bomb 1,000 to 1."""
SMALL_BYTES = 2 * 1024 * 1024
"""Below this size, how tightly a part is packed does not matter."""
MAX_UNPACKED = 512 * 1024 * 1024
MAX_PART_BYTES = 32 * 1024 * 1024
"""A part that is read: the text of a thousand pages has some ten."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Compound File Binary: [MS-CFB] 2.2
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4
_IS_ENCRYPTED = 0x1
_ODD = re.compile(r"[\x00-\x1f\\:*?\"<>|]")
_CENTRAL = b"PK\x01\x02"
_HYPERLINK = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part of the package says of another, or of something outside it."""

    kind: str
    """The last word of its type: "footnotes", "hyperlink"."""
    target: str
    """The part's name; for what lies outside, its address."""
    is_outside: bool


@dataclass(slots=True)
class Package:
    """An opened package; parts are parsed when they are asked for."""

    _zip: zipfile.ZipFile
    names: Mapping[str, str]
    """The parts' names as they stand, by their names in small letters."""
    _relations: dict[str, dict[str, Relation]] = field(
        default_factory=dict[str, dict[str, Relation]]
    )

    def xml(self, name: str) -> _Element | None:
        """Return the root of a part, or None if there is no such part.

        Raises:
            BadInput: it declares a document type, or is damaged.
        """
        real = self.names.get(name.lower().lstrip("/"))
        return None if real is None else parse_part(self._read(real))

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return the relations of a part ("" for the package itself) by their ids."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            found: dict[str, Relation] = {}
            for one in [] if root is None else root:
                outside = one.get("TargetMode", "").lower() == "external"
                target = one.get("Target", "")
                if not outside:
                    target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                kind = one.get("Type", "").rpartition("/")[2]
                found[one.get("Id", "")] = Relation(kind, target, outside)
            self._relations[part] = found
        return self._relations[part]

    def related(self, part: str, kind: str) -> list[str]:
        """Return the names of the parts to which a part has relations of a kind."""
        return [one.target for one in self.relations(part).values()
                if one.kind == kind and not one.is_outside]  # fmt: skip

    def _read(self, name: str) -> bytes:
        if self._zip.getinfo(name).file_size > MAX_PART_BYTES:
            raise _too_large()
        try:
            with self._zip.open(name) as part:
                return part.read(MAX_PART_BYTES)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise damaged() from error


def damaged() -> BadInput:
    """Return what is said of a file that is broken."""
    return BadInput(
        tr(
            "The Word document is damaged: it cannot be unpacked whole. Nothing was imported. "
            "Copy it again, or open it in a word processor and save it anew as .docx."
        )
    )


def open_package(data: bytes) -> Package:
    """Return the package that the bytes of a .docx file hold.

    Raises:
        BadInput: it is an older or a locked document, no zip, damaged or harmful.
    """
    if len(data) > MAX_BYTES:
        decode(data)
    _refuse_others(data)
    if data.count(_CENTRAL) > MAX_PARTS:
        raise _too_large()
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError) as error:
        raise damaged() from error
    names: dict[str, str] = {}
    total = 0
    for one in package.infolist():
        _expect_harmless(one)
        if one.filename.lower() in names:
            raise _unsafe_name()
        names[one.filename.lower()] = one.filename
        total += one.file_size
    if total > MAX_UNPACKED:
        raise _too_large()
    return Package(package, names)


def _refuse_others(data: bytes) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _locked()
        raise BadInput(
            tr(
                "This is a document of Word 97–2003 (.doc), which cannot be read. Nothing was "
                "imported. Open it in a word processor and save it as .docx or as plain text."
            )
        )
    if data.startswith(b"{\\rtf"):
        raise BadInput(
            tr(
                "This is an RTF document, which cannot be read. Nothing was imported. Open it in "
                "a word processor and save it as .docx or as plain text."
            )
        )
    if not data.startswith(b"PK"):
        raise BadInput(
            tr(
                "This is no Word document (.docx), whatever it is called. Nothing was imported. "
                "Open it in the program it came from and save it as .docx or as plain text."
            )
        )


def _locked() -> BadInput:
    return BadInput(
        tr(
            "The Word document is locked with a password. Nothing was imported. Open it in a word "
            "processor, take the password away and save it again."
        )
    )


def _unsafe_name() -> BadInput:
    return BadInput(
        tr(
            "The Word document holds parts with names that no word processor gives and that can "
            "be used to harm a reader. Nothing was imported."
        )
    )


def _too_large() -> BadInput:
    return BadInput(
        tr(
            "The Word document would unpack to far more than a document holds, which can be used "
            "to harm a reader. Nothing was imported. Save it as plain text if it is what it seems."
        )
    )


def _expect_harmless(part: zipfile.ZipInfo) -> None:
    """See that a part of the zip may be read at all.

    Raises:
        BadInput: it may not.
    """
    name = part.filename
    steps = name.split("/")
    if name.startswith("/") or ".." in steps or "." in steps or _ODD.search(part.orig_filename):
        raise _unsafe_name()
    if part.flag_bits & _IS_ENCRYPTED:
        raise _locked()
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged()
    # Pictures are never read, and an empty one packs as tightly as a bomb.
    is_read = name.lower().endswith((".xml", ".rels"))
    is_tight = part.file_size > max(SMALL_BYTES, MAX_RATIO * part.compress_size)
    if is_read and (is_tight or part.file_size > MAX_PART_BYTES):
        raise _too_large()


def parse_part(data: bytes) -> _Element:
    """Return the root of an XML part, in which no entity is expanded and nothing fetched.

    Raises:
        BadInput: it declares a document type (the Conventions forbid it), or is damaged.
    """
    import lxml.etree as etree

    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data.replace(b"\0", b""), re.IGNORECASE):
        raise _declares()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares()
    return root


def _declares() -> BadInput:
    return BadInput(
        tr(
            "The Word document declares a document type or entities, which can be used to harm a "
            "reader and never stand in a Word document. Nothing was imported."
        )
    )


def main_part(package: Package) -> tuple[str, _Element]:
    """Return the name and the root of the part that holds the text.

    Raises:
        BadInput: there is none: a spreadsheet, say, or something else that is packed.
    """
    for name in [*package.related("", "officeDocument"), "word/document.xml"]:
        root = package.xml(name)
        if root is not None and local(root) == "document":
            return name, root
    raise BadInput(
        tr(
            "There is no Word document in this file: a table or slides, perhaps. Nothing was "
            "imported. Open it in the program it came from and save its text as .docx."
        )
    )


def web_address(relation: Relation | None) -> str:
    """Return the address on the web that a hyperlink leads to, "" for anything else."""
    if relation is None or not relation.is_outside or not _HYPERLINK.fullmatch(relation.target):
        return ""
    return relation.target
