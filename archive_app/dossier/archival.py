"""The file as an archive keeps it: PDF/A-2a (3a with its data attached) and PDF/UA-1.

ReportLab knows neither. Tags, metadata, colours and links are written with its own
objects as the pages are made, so that nothing is read and written a second time, and
the same contents give the same bytes.
"""

from __future__ import annotations

import hashlib
import uuid
import zlib
from functools import partial
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObjectReference, PDFStream

from archive_app.dossier.archival_colour import output_intent
from archive_app.dossier.archival_file import write_file
from archive_app.dossier.archival_metadata import (
    Metadata,
    inscribe,
    language_of,
    metadata_of,
    pdf_date,
    xmp,
)
from archive_app.dossier.archival_objects import (
    Written,
    number_of,
    stream,
    text_string,
)
from archive_app.dossier.archival_tree import Parents, joined, write_tree
from archive_app.dossier.blocks import Mark
from archive_app.dossier.contents import DossierContents
from archive_app.dossier.data import DESCRIPTION, FILE_NAME, MIME_TYPE, data_of
from archive_app.dossier.structure import Annotated, Element, Structure
from archive_app.translation import tr

_CATALOG = ("OutputIntents", "AF")
_PAGE = ("StructParents", "Tabs")
_LONGEST_ADDRESS = 32_000
"""No browser takes a longer one, and PDF/A none above 32,767 bytes."""


class Binding:
    """What the pages of one file share: its links, and which mark belongs to which element."""

    def __init__(self, document: Any) -> None:
        self.digest = hashlib.sha256()
        self.parents: Parents = []
        self._document = document
        self._last_link: tuple[Element, Mark] | None = None
        self._fields: list[str] = []
        self._links = 0

    def leads(self, link: Element, mark: Mark) -> bool:
        """Return whether a link is the last one made, and made for this mark."""
        return self._last_link is not None and self._last_link == (link, mark)

    def add_link(
        self, canvas: Any, mark: Mark, box: tuple[float, float, float, float], link: Element
    ) -> Annotated:
        """Add a field of a link to the page that is being drawn."""
        self._last_link = (link, mark)
        name = f"Link{self._links}"
        self._links += 1
        self._fields.append(name)
        self._document.Reference(_Link(canvas, mark, box, len(self.parents)), name)
        self.parents.append(link)
        return Annotated(canvas._doc.thisPageName(), name)

    def add_page(self, owners: list[Element]) -> None:
        """Finish the page drawn last: its marks belong to ``owners`` in their order."""
        document = self._document
        page = document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, *_PAGE]
        page.StructParents = len(self.parents)
        page.Tabs = "/S"
        page.Annots = [PDFObjectReference(name) for name in self._fields]
        self._fields = []
        self.parents.append(owners)
        # Packed at once, so that the pages of a large dossier are not held in full.
        packed = zlib.compress(page.stream.encode("latin-1"))
        self.digest.update(packed)
        page.stream = None
        page.Contents = PDFStream(content=packed)
        page.Contents.dictionary["Filter"] = "/FlateDecode"


class _Link(Written):
    """A link's field; where it leads is known only once all pages are drawn."""

    __slots__ = ("_box", "_canvas", "_key", "_mark")

    def __init__(
        self, canvas: Any, mark: Mark, box: tuple[float, float, float, float], key: int
    ) -> None:
        super().__init__()
        self._canvas, self._mark, self._box, self._key = canvas, mark, box, key

    def format(self, document: Any) -> bytes:
        """Return the annotation as it stands in the file."""
        mark = self._mark
        sides = " ".join(f"{side:.2f}" for side in self._box)
        said = mark.url or (tr("To the footnote") if mark.is_call else tr("Within this dossier"))
        if mark.url:
            target = f"/A << /S /URI /URI ({_ascii(mark.url)}) >>"
        else:
            place = self._canvas._destinations[mark.link].format(document).decode("latin-1")
            target = f"/Dest {place}"
        return (
            f"<< /Type /Annot /Subtype /Link /Rect [ {sides} ] /Border [ 0 0 0 ] /F 4"
            f" /StructParent {self._key} /Contents {text_string(said)} {target} >>"
        ).encode("latin-1")


def canvas_for(contents: DossierContents, size: tuple[float, float]) -> Any:
    """Return an empty canvas that knows no Helvetica and no clock; its ``binding`` is new."""
    from reportlab.pdfgen import canvas as drawing

    from archive_app.dossier.fonts import SERIF, face

    make: Any = drawing.Canvas
    canvas = make(
        "dossier.pdf",
        pagesize=size,
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=face(SERIF).fontName,
        lang=language_of(contents),
    )
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    inscribe(canvas, metadata_of(contents))
    canvas.binding = Binding(canvas._doc)
    return canvas


def bound(canvas: Any, contents: DossierContents, *structures: Structure) -> bytes:
    """Return the finished file's bytes; the structures stand in the order of the pages."""
    document, binding = canvas._doc, canvas.binding
    for structure in structures:
        structure.finish()
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, *_CATALOG]
    root = joined(structure.root for structure in structures)
    catalog.StructTreeRoot = write_tree(document, root, binding.parents, language_of(contents))
    catalog.MarkInfo = Written("<< /Marked true >>")
    catalog.OutputIntents = output_intent(document)
    metadata = metadata_of(contents)
    binding.digest.update(repr(metadata).encode())
    if contents.design.has_data:
        data = data_of(contents)
        binding.digest.update(data)
        _attach(document, data, metadata)
    identity = uuid.UUID(bytes=binding.digest.digest()[:16], version=5)
    catalog.Metadata = xmp(metadata, identity)
    document.format = partial(write_file, document, identity.bytes)
    return canvas.getpdfdata()


def _attach(document: Any, data: bytes, metadata: Metadata) -> None:
    """Put the dossier's data into the file, as belonging to all of it (ISO 19005-3, 6.8)."""
    stamp = pdf_date(metadata.on)
    parameters = f"<< /Size {len(data)} /ModDate ({stamp}) /CreationDate ({stamp}) >>"
    held = stream(
        data, Type="/EmbeddedFile", Subtype=f"/{MIME_TYPE.replace('/', '#2F')}", Params=parameters
    )
    document.Reference(held, "DataFile")
    number = number_of(document, "DataFile")
    document.Reference(
        Written(
            f"<< /Type /Filespec /F ({FILE_NAME}) /UF ({FILE_NAME}) /AFRelationship /Data"
            f" /Desc {text_string(tr(DESCRIPTION))}"
            f" /EF << /F {number} 0 R /UF {number} 0 R >> >>"
        ),
        "DataFileSpec",
    )
    where = f"{number_of(document, 'DataFileSpec')} 0 R"
    catalog = document.Catalog
    catalog.AF = f"[ {where} ]"
    catalog.Names = Written(f"<< /EmbeddedFiles << /Names [ ({FILE_NAME}) {where} ] >> >>")


def _ascii(url: str) -> str:
    """Return an address as a URI action takes it: 7-bit (ISO 32000-1, 12.6.4.7)."""
    from urllib.parse import quote

    return quote(url, safe="%/:?#[]@!$&'*+,;=~-._", errors="replace")[:_LONGEST_ADDRESS]
