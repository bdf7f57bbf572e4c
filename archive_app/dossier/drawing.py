"""A page whose lines have their places, onto the canvas: text, links, bookmarks, artifacts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from archive_app.dossier.blocks import Line, Mark
from archive_app.dossier.structure import Element

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
    """Draw a page and finish it."""
    for group in (page.text, page.margin, page.foot, page.surroundings):
        drawn = [f"1 0 0 1 {p.x:.2f} {p.y:.2f} Tm {p.line.codes}" for p in group if p.line.pieces]
        if drawn:
            canvas.addLiteral("BT\n" + "\n".join(drawn) + "\nET")
    for rule in page.rules:
        canvas.addLiteral(
            f"q {rule.weight:g} w {rule.grey:g} G {rule.x:.2f} {rule.y:.2f} m"
            f" {rule.x + rule.width:.2f} {rule.y + rule.height:.2f} l S Q"
        )
    for anchor, top in page.anchors:
        canvas.bookmarkPage(anchor, fit="XYZ", left=0, top=round(top, 2), zoom=0)
    for mark, box, _ in page.links:
        if mark.link:
            canvas.linkAbsolute("", mark.link, Rect=tuple(round(side, 2) for side in box))
    canvas.showPage()
