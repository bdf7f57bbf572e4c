"""The text of a Word document as paragraphs and tables, in the order in which it is read.

WordprocessingML (ECMA-376, part 1, chapter 17), told by local names so that its
strict form is read too. What Word shows is taken: inserted words, results of
fields, text boxes behind the paragraph they hang on. What it hides or makes by
itself is not: deleted words, instructions, page numbers. All that is left out
is counted in ``Found``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive_app.exchange.ohms_xml import local
from archive_app.exchange.word_styles import Style, attribute, child, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
_MADE_FIELDS = frozenset(
    ("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "TOC", "DATE", "TIME", "SAVEDATE",
     "PRINTDATE", "CREATEDATE", "EDITTIME", "FILENAME", "AUTHOR", "LASTSAVEDBY", "USERNAME",
     "USERINITIALS", "USERADDRESS", "TITLE", "SUBJECT", "SEQ", "LISTNUM", "AUTONUM", "REVNUM")
)  # fmt: skip
"""Fields whose result the word processor makes, so that it is nobody's words."""
_INSIDE = frozenset(
    ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo", "ruby",
     "rubyBase", "oMath", "oMathPara")
)  # fmt: skip
_DELETED = frozenset(("del", "moveFrom"))
_PLACEHOLDER = "showingPlcHdr"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one shape; or, where ``note`` is not None, the place of that note, without words."""

    text: str
    is_bold: bool = False
    style: str = ""
    """The id of its character style."""
    note: int | None = None
    """Number of the note, counted from 0 through the document."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's runs; a line break within it is "\\n", a tab "\\t"."""

    runs: tuple[Run, ...] = ()
    style: str = ""
    """The id of its style."""
    style_name: str = ""
    bookmarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words, without the notes' places."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's paragraphs, those of tables within it too; ``column`` counts from 0."""

    column: int
    paragraphs: tuple[Paragraph, ...]
    continues: bool = False
    """It is one with the cell above."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    has_heading: bool = False
    """Its first row is marked as one that is repeated on every page."""


Block = Paragraph | Table


@dataclass(slots=True)
class Found:
    """What was met on the way: notes in their order, and how much of what was left out."""

    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """("footnote" or "endnote", its id)."""
    counts: Counter[str] = field(default_factory=Counter[str])


@dataclass(slots=True)
class _Line:
    """A paragraph that is being read."""

    style: str
    is_bold: bool
    runs: list[Run] = field(default_factory=list[Run])
    bookmarks: list[str] = field(default_factory=list[str])
    boxes: list[_Element] = field(default_factory=list["_Element"])
    fields: list[str] = field(default_factory=list[str])
    """Of each field that is open its name; empty while its instruction is read."""
    instruction: str = ""
    in_instruction: bool = False

    @property
    def is_made(self) -> bool:
        """Whether words here are a field's that are not taken."""
        return self.in_instruction or any(name in _MADE_FIELDS for name in self.fields)


class Story:
    """Reads the blocks of a part: the document itself, a note, a comment, a header."""

    def __init__(self, styles: Mapping[str, Style], found: Found) -> None:
        self._styles = styles
        self._found = found

    def blocks(self, parent: _Element) -> list[Block]:
        """Return the paragraphs and tables of a body, a note or a cell, in order."""
        return list(_joined(self._blocks(parent)))

    def paragraphs(self, parent: _Element) -> list[Paragraph]:
        """Return the paragraphs, those in tables too."""
        return list(flat(self.blocks(parent)))

    def _blocks(self, parent: _Element) -> Iterator[tuple[Block, bool]]:
        """Yield each block, and whether its end was deleted."""
        for one in parent:
            name = local(one)
            if name == "p":
                yield from self._paragraph(one)
            elif name == "tbl":
                yield self._table(one), False
            elif name == "sdt":
                yield from self._control(one)
            elif name in ("altChunk", "subDoc"):
                self._found.counts["parts"] += 1
            elif name in ("customXml", "ins", "moveTo", "sdtContent"):
                yield from self._blocks(one)
            elif name == "AlternateContent":
                yield from self._blocks(_chosen(one))

    def _control(self, control: _Element) -> Iterator[tuple[Block, bool]]:
        """Yield what a content control holds; a table of contents is made and holds nothing."""
        properties = child(control, "sdtPr")
        gallery = value(child(properties, "docPartObj", "docPartGallery"))
        if "contents" in gallery.lower() or is_on(properties, _PLACEHOLDER):
            self._found.counts["fields"] += 1
            return
        content = child(control, "sdtContent")
        if content is not None:
            yield from self._blocks(content)

    # Tables ----------------------------------------------------------------

    def _table(self, table: _Element) -> Table:
        rows: list[tuple[Cell, ...]] = []
        has_heading = False
        for row in _rows(table):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self._found.counts["deleted"] += 1
                continue
            has_heading |= not rows and bool(is_on(properties, "tblHeader"))
            rows.append(tuple(self._cells(row, properties)))
        return Table(tuple(rows), has_heading)

    def _cells(self, row: _Element, properties: _Element | None) -> Iterator[Cell]:
        column = _whole(value(child(properties, "gridBefore")))
        for cell in _within(row, "tc"):
            shape = child(cell, "tcPr")
            merged = child(shape, "vMerge")
            continues = merged is not None and value(merged) != "restart"
            yield Cell(column, tuple(self.paragraphs(cell)), continues)
            column += max(1, _whole(value(child(shape, "gridSpan"))))

    # Paragraphs ------------------------------------------------------------

    def _paragraph(self, element: _Element) -> Iterator[tuple[Block, bool]]:
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle"))
        known = self._styles.get(style)
        line = _Line(style, bool(known and known.is_bold))
        if known and re.fullmatch(r"toc \d", known.name):
            self._found.counts["fields"] += 1
            return
        if child(properties, "numPr") is not None:
            self._found.counts["numbers"] += 1
        self._walk(element, line)
        is_open = child(properties, "rPr", "del") is not None
        name = known.name if known else ""
        yield Paragraph(tuple(line.runs), style, name, tuple(line.bookmarks)), is_open
        for box in line.boxes:
            yield from self._blocks(box)

    def _walk(self, element: _Element, line: _Line) -> None:
        for one in element:
            name = local(one)
            if name == "r":
                self._run(one, line)
            elif name == "bookmarkStart":
                line.bookmarks.append(attribute(one, "name"))
            elif name in _DELETED:
                self._found.counts["deleted"] += 1
            elif name == "fldSimple":
                line.fields.append(_field_name(attribute(one, "instr")))
                self._count_made(line)
                self._walk(one, line)
                line.fields.pop()
            elif name == "sdt":
                if not is_on(child(one, "sdtPr"), _PLACEHOLDER):
                    self._walk(one, line)
            elif name in _INSIDE:
                self._found.counts["inserted"] += name in ("ins", "moveTo")
                self._walk(one, line)
            elif name == "AlternateContent":
                self._walk(_chosen(one), line)
            elif name == "subDoc":
                self._found.counts["parts"] += 1

    def _run(self, run: _Element, line: _Line) -> None:
        properties = child(run, "rPr")
        if is_on(properties, "vanish"):
            self._found.counts["hidden"] += any(local(one) == "t" for one in run)
            return
        style = value(child(properties, "rStyle"))
        known = self._styles.get(style)
        said = is_on(properties, "b")
        is_bold = said if said is not None else bool(known and known.is_bold) or line.is_bold
        shape = _Shape(is_bold, style, skips_text=False)
        before = len(line.runs)
        self._content(run, line, shape)
        if len(line.runs) > before and _is_formatted(properties):
            self._found.counts["formatted"] += 1

    def _content(self, run: _Element, line: _Line, shape: _Shape) -> None:
        for one in run:
            name = local(one)
            if name == "fldChar":
                self._field(attribute(one, "fldCharType"), line)
            elif name == "instrText":
                line.instruction += one.text or ""
            elif line.is_made:
                continue
            elif name in _LITERAL:
                _say(line, shape, _LITERAL[name])
            elif name == "t":
                if not shape.skips_text:
                    _say(line, shape, _NONCHARACTERS.sub("", one.text or ""))
            elif name in ("footnoteReference", "endnoteReference"):
                kind = name.removesuffix("Reference")
                line.runs.append(Run("", note=len(self._found.notes)))
                self._found.notes.append((kind, attribute(one, "id")))
                own_mark = attribute(one, "customMarkFollows").lower()
                shape.skips_text = own_mark in ("1", "true", "on")
            elif name == "commentReference":
                self._found.counts["comments"] += 1
            elif name == "sym":
                self._found.counts["symbols"] += 1
            elif name in ("drawing", "pict", "object"):
                self._drawn(one, line)
            elif name == "AlternateContent":
                self._content(_chosen(one), line, shape)
            elif name in _INSIDE or name == "r":
                self._content(one, line, shape)

    def _drawn(self, element: _Element, line: _Line) -> None:
        boxes = list(_outermost(element, "txbxContent"))
        line.boxes += boxes
        if not boxes and any(local(one) in ("blip", "imagedata", "OLEObject", "chart")
                             for one in element.iter()):  # fmt: skip
            self._found.counts["pictures"] += 1

    def _field(self, step: str, line: _Line) -> None:
        if step == "begin":
            line.fields.append("")
            line.instruction, line.in_instruction = "", True
        elif step == "separate" and line.fields:
            line.fields[-1] = _field_name(line.instruction)
            line.in_instruction = False
            self._count_made(line)
        elif step == "end" and line.fields:
            if line.in_instruction:
                line.fields[-1] = _field_name(line.instruction)
                self._count_made(line)
            line.fields.pop()
            line.in_instruction = False

    def _count_made(self, line: _Line) -> None:
        self._found.counts["fields"] += line.fields[-1] in _MADE_FIELDS


@dataclass(slots=True)
class _Shape:
    is_bold: bool
    style: str
    skips_text: bool


_LITERAL = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "",
}  # fmt: skip


def _say(line: _Line, shape: _Shape, text: str) -> None:
    if text:
        line.runs.append(Run(text, shape.is_bold, shape.style))


def _is_formatted(properties: _Element | None) -> bool:
    return any(is_on(properties, name) for name in ("i", "u", "strike", "highlight", "dstrike"))


def _field_name(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _chosen(alternate: _Element) -> _Element:
    """Return the newest form in which something stands; older programs get the last."""
    found = [one for one in alternate if local(one) in ("Choice", "Fallback")]
    with_text = [one for one in found
                 if any(local(x) in ("t", "blip", "imagedata") for x in one.iter())]  # fmt: skip
    return next(iter(with_text or found), alternate)


def _rows(table: _Element) -> Iterator[_Element]:
    yield from _within(table, "tr")


def _within(parent: _Element, name: str) -> Iterator[_Element]:
    """Yield rows or cells, those in content controls and insertions too."""
    for one in parent:
        if local(one) == name:
            yield one
        elif local(one) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(one, name)


def _outermost(element: _Element, name: str) -> Iterator[_Element]:
    for one in element:
        if local(one) == name:
            yield one
        elif local(one) == "AlternateContent":
            yield from _outermost(_chosen(one), name)
        else:
            yield from _outermost(one, name)


def _whole(text: str) -> int:
    return min(int(text), 1000) if re.fullmatch(r"[0-9]{1,6}", text) else 0


def _joined(blocks: Iterable[tuple[Block, bool]]) -> Iterator[Block]:
    """Yield the blocks, a paragraph whose end was deleted as one with that behind it."""
    waiting: list[Paragraph] = []
    for block, is_open in blocks:
        if isinstance(block, Paragraph):
            waiting.append(block)
            if not is_open:
                yield _merged(waiting)
                waiting = []
            continue
        if waiting:
            yield _merged(waiting)
            waiting = []
        yield block
    if waiting:
        yield _merged(waiting)


def _merged(paragraphs: list[Paragraph]) -> Paragraph:
    last = paragraphs[-1]
    if len(paragraphs) == 1:
        return last
    runs = tuple(run for one in paragraphs for run in one.runs)
    marks = tuple(mark for one in paragraphs for mark in one.bookmarks)
    return Paragraph(runs, last.style, last.style_name, marks)


def flat(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield every paragraph, row by row where they stand in tables."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from cell.paragraphs
