"""The structure tree as objects of the file (ISO 32000-1, 14.7).

Elements are numbered and written in one walk each, without a second reading of the
file, so that time and memory grow with the dossier and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from archive_app.dossier.archival_objects import Written, number_of, text_string
from archive_app.dossier.structure import HEADING, TIMECODE, Annotated, Content, Element

_LEAF = 400
"""Entries in a leaf of the number and name trees."""
_DEEPEST = 6
_MAY_BE_EMPTY = frozenset({"TD", "TH"})
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_UNKNOWN = frozenset({"und", "mul", "zxx", "mis"})

Parents = list[Element | list[Element]]
"""By key: the elements of a page's marked contents, or the element of an annotation."""


def write_tree(document: Any, root: Element, parents: Parents, language: str) -> Any:
    """Write the tree of a document element; return a reference to the tree's root.

    ``language`` is the document's own: elements say theirs where it differs.
    """
    _prune(root)
    top = Written()
    reference = document.Reference(top, "StructTree")
    written = list(_numbered(document, root))
    writer = _Writer(document, language)
    writer.write(root, number_of(document, "StructTree"), language)
    for element, held in written:
        held.text = writer.texts.pop(element.number)
    numbers = [
        (
            str(key),
            "[ " + " ".join(f"{each.number} 0 R" for each in held) + " ]"
            if isinstance(held, list)
            else f"{held.number} 0 R",
        )
        for key, held in enumerate(parents)
    ]
    names = [(f"({name})", f"{number} 0 R") for name, number in sorted(writer.ids)]
    top.text = (
        f"<< /Type /StructTreeRoot /K [ {root.number} 0 R ]"
        f" /ParentTree {_tree(document, 'ParentTree', 'Nums', numbers)}"
        f" /ParentTreeNextKey {len(parents)}"
        + (f" /IDTree {_tree(document, 'IDTree', 'Names', names)}" if names else "")
        + f" /RoleMap << /{TIMECODE} /Span >> >>"
    )
    return reference


def _prune(element: Element) -> bool:
    """Drop elements that nothing was drawn for; return whether this one holds anything."""
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or _prune(kid)]
    return bool(element.kids) or element.tag in _MAY_BE_EMPTY


def _numbered(document: Any, element: Element) -> Iterator[tuple[Element, Written]]:
    """Yield each element with the object it will be, giving it its number."""
    held = Written()
    name = document.Reference(held).name
    element.number = number_of(document, name)
    yield element, held
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _numbered(document, kid)


class _Writer:
    """Writes elements; ``ids`` are the names of notes with the numbers of their objects."""

    def __init__(self, document: Any, language: str) -> None:
        self.texts: dict[int, str] = {}
        self.ids: list[tuple[str, int]] = []
        self._document = document
        self._level = 0
        self._language = language

    def write(self, element: Element, parent: int, language: str) -> None:
        """Write an element and all below it; ``language`` is its surroundings'."""
        tag = element.tag
        if tag == HEADING:
            self._level = min(element.level, self._level + 1, _DEEPEST)
            tag = f"H{self._level}"
        parts = [f"<< /S /{tag} /P {parent} 0 R"]
        if element.lang and element.lang != language and is_language(element.lang):
            language = element.lang
            parts.append(f"/Lang ({language})")
        page = next((k.page for k in element.kids if not isinstance(k, Element)), "")
        if page:
            parts.append(f"/Pg {number_of(self._document, page)} 0 R")
        if element.alt:
            parts.append(f"/Alt {text_string(element.alt)}")
        if element.attributes:
            parts.append(f"/A {element.attributes}")
        if tag == "Note":
            name = f"note-{len(self.ids) + 1:06}"
            self.ids.append((name, element.number))
            parts.append(f"/ID ({name})")
        kids = " ".join(self._kid(kid, page) for kid in element.kids)
        parts.append(f"/K [ {kids} ] >>" if kids else ">>")
        self.texts[element.number] = " ".join(parts)
        for kid in element.kids:
            if isinstance(kid, Element):
                self.write(kid, element.number, language)

    def _kid(self, kid: Element | Content | Annotated, page: str) -> str:
        if isinstance(kid, Element):
            return f"{kid.number} 0 R"
        where = "" if kid.page == page else f" /Pg {number_of(self._document, kid.page)} 0 R"
        if isinstance(kid, Content):
            if not where:
                return str(kid.mcid)
            return f"<< /Type /MCR{where} /MCID {kid.mcid} >>"
        return f"<< /Type /OBJR{where} /Obj {number_of(self._document, kid.name)} 0 R >>"


def is_language(tag: str) -> bool:
    """Return whether a tag names a language to a screen reader."""
    return tag not in _UNKNOWN and _LANGUAGE.match(tag) is not None


def _tree(document: Any, name: str, kind: str, entries: Sequence[tuple[str, str]]) -> str:
    """Write a number or name tree with one level of leaves; return a reference to it."""
    leaves: list[str] = []
    for at in range(0, len(entries), _LEAF):
        held = entries[at : at + _LEAF]
        pairs = " ".join(f"{key} {value}" for key, value in held)
        leaf = f"<< /Limits [ {held[0][0]} {held[-1][0]} ] /{kind} [ {pairs} ] >>"
        leaves.append(_written(document, f"{name}.{at}", leaf))
    return _written(document, name, f"<< /Kids [ {' '.join(leaves)} ] >>")


def _written(document: Any, name: str, text: str) -> str:
    document.Reference(Written(text), name)
    return f"{number_of(document, name)} 0 R"


def joined(roots: Iterable[Element]) -> Element:
    """Return one document element with the children of several, in their order."""
    whole = Element("Document")
    for root in roots:
        whole.kids += root.kids
    return whole
