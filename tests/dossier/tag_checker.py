"""A checker of a tagged PDF with pikepdf alone: it knows nothing of how the file was made.

What it asks is what ISO 32000-1 (14.7, 14.8) and ISO 14289-1 ask of every tagged file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

_SHOWS = frozenset({"Tj", "TJ", "'", '"', "Do", "sh", "S", "s", "f", "F", "f*", "B", "B*", "b",
                    "b*", "EI", "INLINE IMAGE"})  # fmt: skip
_TYPES = """
Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5
H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link
Annot Ruby Warichu Figure Formula Form
"""
_STANDARD = frozenset(_TYPES.split())
_INSIDE = {
    "LI": {"L"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"}, "TD": {"TR"}, "TOCI": {"TOC"},
}  # fmt: skip
_HOLDS = {
    "L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"}, "TOC": {"TOC", "TOCI", "Caption"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"}, "TR": {"TH", "TD"},
}  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")


@dataclass(frozen=True, slots=True)
class Tagged:
    """An element as found: its standard type, its object, its parent's type and depth."""

    tag: str
    node: Any
    parent: str


def problems(path: Path) -> list[str]:
    """Return what is wrong with a file's tags; nothing if all is well."""
    with pikepdf.open(path) as pdf:
        return [*_catalog(pdf), *_tree(pdf), *_pages(pdf)]


def elements(pdf: pikepdf.Pdf) -> Iterator[Tagged]:
    """Yield every element of the structure tree in reading order."""
    root: Any = pdf.Root["/StructTreeRoot"]
    roles: Any = root.get("/RoleMap", {})

    def walk(node: Any, parent: str) -> Iterator[Tagged]:
        tag = str(node["/S"])
        tag = str(roles.get(tag, tag))[1:]
        yield Tagged(tag, node, parent)
        for kid in _kids(node):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from walk(kid, tag)

    for node in _kids(root):
        yield from walk(node, "")


def _kids(node: Any) -> list[Any]:
    held = node.get("/K", [])
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "the file does not say that it is tagged"
    if not _LANGUAGE.match(str(root.get("/Lang", ""))):
        yield f"the file's language is {root.get('/Lang')!r}"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the title is not shown"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "there is no title"
    if "/Metadata" not in root or "/OutputIntents" not in root:
        yield "metadata or output intent are missing"


def _tree(pdf: pikepdf.Pdf) -> Iterator[str]:
    level = 0
    notes: Counter[str] = Counter()
    columns: dict[int, int] = {}
    for each in elements(pdf):
        tag, node = each.tag, each.node
        if tag not in _STANDARD:
            yield f"{tag} is no standard type"
        if tag in _INSIDE and each.parent not in _INSIDE[tag]:
            yield f"{tag} stands in {each.parent}"
        if each.parent in _HOLDS and tag not in _HOLDS[each.parent]:
            yield f"{each.parent} holds {tag}"
        if "/Lang" in node and not _LANGUAGE.match(str(node["/Lang"])):
            yield f"{tag} has the language {node['/Lang']!r}"
        if re.fullmatch("H[1-6]", tag):
            if int(tag[1]) > level + 1:
                yield f"{tag} follows a heading of level {level}"
            level = int(tag[1])
        if tag == "Figure" and not str(node.get("/Alt", "")):
            yield "a figure has no words in its stead"
        if tag == "Note":
            notes[str(node.get("/ID", ""))] += 1
        if tag == "Link" and not any("/Obj" in kid for kid in _dictionaries(node)):
            yield "a link has no annotation"
        if tag == "TR":
            wide = sum(_span(cell) for cell in _dictionaries(node) if "/S" in cell)
            table = node["/P"].objgen[0]
            if columns.setdefault(table, wide) != wide:
                yield f"a row has {wide} columns, others {columns[table]}"
    yield from (f"the note {name!r} is there {n} times" for name, n in notes.items() if n > 1)
    if "" in notes:
        yield "a note has no name"


def _dictionaries(node: Any) -> list[Any]:
    return [kid for kid in _kids(node) if isinstance(kid, pikepdf.Dictionary)]


def _span(cell: Any) -> int:
    attributes: Any = cell.get("/A", {})
    return int(attributes.get("/ColSpan", 1))


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    held = pikepdf.NumberTree(pdf.Root["/StructTreeRoot"]["/ParentTree"])
    parents: dict[int, Any] = {int(key): value for key, value in held.items()}
    owned = _owned(pdf)
    keys: Counter[int] = Counter()
    for number, page in enumerate(pdf.pages):
        here = f"page {number + 1}"
        if str(page.obj.get("/Tabs", "")) != "/S":
            yield f"{here}: the order of tabs is not that of the structure"
        key = int(page.obj.get("/StructParents", -1))
        keys[key] += 1
        marks = list(_marks(page))
        yield from (f"{here}: {each}" for each in marks if isinstance(each, str))
        numbers = [each for each in marks if isinstance(each, int)]
        if len(set(numbers)) != len(numbers):
            yield f"{here}: a number of marked content comes twice"
        owners: list[Any] = list(parents.get(key, []))
        if sorted(numbers) != list(range(len(owners))):
            yield f"{here}: {len(numbers)} marks, {len(owners)} owners"
            continue
        for mcid, owner in enumerate(owners):
            if (page.obj.objgen[0], mcid) not in owned.get(owner.objgen[0], set()):
                yield f"{here}: mark {mcid} is not its owner's"
        for note in page.obj.get("/Annots", []):
            yield from (f"{here}: {each}" for each in _annotation(note, parents, keys))
    yield from (f"the key {key} is given {n} times" for key, n in keys.items() if n > 1)


def _owned(pdf: pikepdf.Pdf) -> dict[int, set[tuple[int, int]]]:
    """Return the marks (page's object, number) that each element says are its own."""
    found: dict[int, set[tuple[int, int]]] = {}
    for each in elements(pdf):
        node = each.node
        marks: set[tuple[int, int]] = set()
        for kid in _kids(node):
            if isinstance(kid, int):
                marks.add((node["/Pg"].objgen[0], kid))
            elif "/MCID" in kid:
                marks.add((kid.get("/Pg", node.get("/Pg")).objgen[0], int(kid["/MCID"])))
        found[node.objgen[0]] = marks
    return found


def _marks(page: Any) -> Iterator[int | str]:
    """Yield the number of each marked content, and what is drawn outside of any."""
    stack: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            tag = str(operands[0])
            properties: Any = operands[1] if len(operands) > 1 else {}
            if "/MCID" in properties:
                if stack and ("/Artifact" in stack or "marked" in stack):
                    yield f"{tag} begins within {stack}"
                stack.append("marked")
                yield int(properties["/MCID"])
            else:
                stack.append(tag)
        elif name == "EMC":
            if not stack:
                yield "marked content ends that was not begun"
            else:
                stack.pop()
        elif name in _SHOWS and not {"marked", "/Artifact"} & set(stack):
            yield f"{name} is neither content nor artifact"
    if stack:
        yield f"marked content is left open: {stack}"


def _annotation(note: Any, parents: dict[int, Any], keys: Counter[int]) -> Iterator[str]:
    key = int(note.get("/StructParent", -1))
    keys[key] += 1
    owner: Any = parents.get(key)
    if owner is None or str(owner.get("/S", "")) != "/Link":
        yield f"an annotation belongs to no link ({key})"
    elif not any(kid.get("/Obj", note) == note for kid in _dictionaries(owner) if "/Obj" in kid):
        yield "a link does not know its annotation"
    if not str(note.get("/Contents", "")):
        yield "an annotation says nothing"
    if not int(note.get("/F", 0)) & 4 or int(note.get("/F", 0)) & 0b100011:
        yield "an annotation is not printed or is hidden"
