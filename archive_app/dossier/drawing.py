"""A page whose lines have their places, onto the canvas: text, links, bookmarks, artifacts.

Whatever is drawn is either marked content of an element of the structure, or an
artifact (ISO 32000-1, 14.8.2.2): running heads, page numbers, rules, line numbers.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive_app.dossier.blocks import Image, Line, Mark
from archive_app.dossier.structure import TIMECODE, Annotated, Content, Element

if TYPE_CHECKING:
    from archive_app.dossier.archival import Binding

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(slots=True)
class Placed:
    """A line at its place; ``element`` is what its text belongs to, None for an artifact."""

    line: Line
    x: float
    y: float
    element: Element | None = None


@dataclass(slots=True)
class Rule:
    """A thin line from (x, y) to (x + width, y + height): an artifact."""

    x: float
    y: float
    width: float
    weight: float
    grey: float
    height: float = 0.0


@dataclass(slots=True)
class PlacedPage:
    """All that a page shows; ``text`` and ``foot`` in reading order."""

    text: list[Placed] = field(default_factory=list[Placed])
    foot: list[Placed] = field(default_factory=list[Placed])
    margin: list[Placed] = field(default_factory=list[Placed])
    """Timecodes and line numbers."""
    surroundings: list[Placed] = field(default_factory=list[Placed])
    """Running heads and the page's number."""
    rules: list[Rule] = field(default_factory=list[Rule])
    links: list[tuple[Mark, Box, Element | None]] = field(
        default_factory=list[tuple[Mark, Box, Element | None]]
    )
    anchors: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])


def draw_page(canvas: Any, page: PlacedPage) -> None:
    """Draw a page and finish it; the canvas is one that ``archival.canvas_for`` made."""
    marks = _Marks(canvas, page)
    for group in (page.text, page.margin, page.foot):
        marks.text(group)
    marks.surroundings(page.surroundings)
    marks.rules(page.rules)
    canvas.addLiteral("\n".join(marks.out))
    for anchor, top in page.anchors:
        canvas.bookmarkPage(anchor, fit="XYZ", left=0, top=round(top, 2), zoom=0)
    canvas.showPage()
    canvas.binding.add_page(marks.owners)


class _Marks:
    """Writes one page's operators, each mark under its element.

    ``out`` are the operators, ``owners`` the element of each marked content by its number.
    """

    def __init__(self, canvas: Any, page: PlacedPage) -> None:
        self.out: list[str] = []
        self.owners: list[Element] = []
        self._canvas = canvas
        self._binding: Binding = canvas.binding
        self._page: str = canvas._doc.thisPageName()
        self._middle: float = canvas._pagesize[1] / 2
        self._current: Element | None = None
        self._field: Annotated | None = None
        """The annotation of the piece that is drawn next."""
        self._links: dict[tuple[int, Mark], deque[Box]] = defaultdict(deque)
        for mark, box, element in page.links:
            self._links[id(element), mark].append(box)

    def text(self, group: list[Placed]) -> None:
        """Draw lines of text, each piece under the element it belongs to."""
        if not group:
            return
        out = self.out
        out.append("BT")
        for placed in group:
            line, element = placed.line, placed.element
            if line.image is not None:
                self._picture(placed, line.image)
            if not line.pieces:
                continue
            if element is None or (element.tag == TIMECODE and element.kids):
                # Within a turn a time would be read aloud in mid-sentence.
                self._end()
                out.append("/Artifact << /Type /Layout >> BDC")
                out.append(f"1 0 0 1 {placed.x:.2f} {placed.y:.2f} Tm {line.codes}")
                out.append("EMC")
                continue
            place = f"1 0 0 1 {placed.x:.2f} {placed.y:.2f} Tm "
            for mark, codes in line.pieces:
                target = self._target(element, mark, line)
                self._under(target)
                if self._field is not None:
                    target.kids.append(self._field)
                    self._field = None
                out.append(place + codes)
                place = ""
        self._end()
        out.append("ET")

    def _picture(self, placed: Placed, image: Image) -> None:
        """Draw a picture, outside of the text object that is open."""
        from archive_app.dossier.archival_pictures import drawn

        x, y = placed.x, placed.y
        box = (x, y, x + placed.line.width, y + placed.line.leading)
        self._end()
        figure = placed.line.owner.figure if placed.line.owner is not None else None
        self.out.append("ET")
        if figure is None:
            self.out.append("/Artifact << /Type /Layout >> BDC")
        else:
            sides = " ".join(f"{side:.2f}" for side in box)
            figure.attributes = f"<< /O /Layout /Placement /Block /BBox [ {sides} ] >>"
            self._under(figure)
        self.out.append(drawn(self._canvas, image, box))
        self.out.append("EMC\nBT")
        self._current = None

    def surroundings(self, group: list[Placed]) -> None:
        """Draw running heads and the page's number."""
        for placed in group:
            if not placed.line.pieces:
                continue
            x, y, width = placed.x, placed.y, placed.line.width
            where = "/Header /Attached [ /Top ]"
            if y < self._middle:
                where = "/Footer /Attached [ /Bottom ]"
            self.out.append(
                f"/Artifact << /Type /Pagination /Subtype {where}"
                f" /BBox [ {x:.2f} {y - 3:.2f} {x + width:.2f} {y + 10:.2f} ] >> BDC\n"
                f"BT\n1 0 0 1 {x:.2f} {y:.2f} Tm {placed.line.codes}\nET\nEMC"
            )

    def rules(self, rules: list[Rule]) -> None:
        """Draw thin lines."""
        if not rules:
            return
        self.out.append("/Artifact << /Type /Layout >> BDC")
        for rule in rules:
            self.out.append(
                f"q {rule.weight:g} w {rule.grey:g} G {rule.x:.2f} {rule.y:.2f} m"
                f" {rule.x + rule.width:.2f} {rule.y + rule.height:.2f} l S Q"
            )
        self.out.append("EMC")

    def _target(self, element: Element, mark: Mark, line: Line) -> Element:
        """Return the element of a piece: its line's, or one within it that its mark asks for.

        A link or a word of another language that goes on from the piece before stays one
        element, over lines and pages too.
        """
        if not (mark.link or mark.url):
            if not mark.lang:
                return element
            last = element.kids[-1] if element.kids else None
            if isinstance(last, Element) and last.tag == "Span" and last.lang == mark.lang:
                return last
            return element.add("Span", mark.lang)
        boxes = self._links[id(element), mark]
        if not boxes:
            # The pages made one field of this piece and the last, which holds the link.
            return element
        holder = element.kids[-1] if element.kids else None
        if mark.is_call:
            if not (isinstance(holder, Element) and holder.tag == "Reference"):
                holder = element.add("Reference")
            link = self._link(holder, mark)
            note = line.owner.take_note(mark.link) if line.owner is not None else None
            if note is not None:
                element.kids.append(note)
        else:
            link = self._link(element, mark)
        self._field = self._binding.add_link(self._canvas, mark, boxes.popleft(), link)
        return link

    def _link(self, holder: Element, mark: Mark) -> Element:
        """Return the link that a piece belongs to."""
        last = holder.kids[-1] if holder.kids else None
        if isinstance(last, Element) and last.tag == "Link" and self._binding.leads(last, mark):
            return last
        return holder.add("Link", mark.lang)

    def _under(self, element: Element) -> None:
        """Begin marked content of an element, unless the last mark was its own too."""
        if element is self._current:
            return
        self._end()
        number = len(self.owners)
        self.owners.append(element)
        element.kids.append(Content(self._page, number))
        self.out.append(f"/{element.tag} << /MCID {number} >> BDC")
        self._current = element

    def _end(self) -> None:
        if self._current is not None:
            self.out.append("EMC")
            self._current = None
