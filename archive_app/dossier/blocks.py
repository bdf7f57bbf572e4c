"""What a page is filled with: blocks of text, before they are broken into lines.

A dossier is told as a stream of these (``story``), and both the pages and the
proof that nothing leaks are made from that one stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from archive_app.dossier.shaping import Ink


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text in one ink.

    ``anchor`` names the place where it begins, ``margin`` is a timecode to stand beside
    that line, ``link`` the anchor it leads to, ``notes`` the footnotes called for by it.
    """

    text: str
    ink: Ink
    link: str = ""
    anchors: tuple[str, ...] = ()
    margin: str = ""
    notes: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How a block is set; all measures in points.

    ``first`` is the indent of the first line, ``left`` of the others, ``lead`` of what stands
    left of the text; ``right`` is kept free at the right. ``before`` and ``after`` do not add
    up: the larger counts.
    """

    leading: float
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    lead: float = 0.0
    before: float = 0.0
    after: float = 0.0
    align: str = "left"
    """"left", "centre" or "right"."""
    keeps_next: bool = False
    """Whether it may not be the last on its page."""
    is_forced_down: bool = False
    """Whether ``before`` counts at the top of a page too."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. ``lead`` stands at the left of its first line, ``trail`` right of its last."""

    fragments: tuple[Fragment, ...]
    style: Style
    lead: Fragment | None = None
    trail: Fragment | None = None
    outline: tuple[int, str] | None = None
    """Level from 0 and title of the bookmark that leads here; needs an anchor."""

    def strings(self) -> Iterator[str]:
        """Yield every text of the block, its footnotes included."""
        yield "".join(fragment.text for fragment in self.fragments)
        for side in (self.lead, self.trail):
            if side is not None:
                yield side.text
        if self.outline is not None:
            yield self.outline[1]
        for fragment in self.fragments:
            if fragment.margin:
                yield fragment.margin
            for note in fragment.notes:
                yield from note.strings()


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a new page, with these words in its running head."""

    head_left: str = ""
    head_right: str = ""
    columns: int = 1
    has_number: bool = True
    is_centred: bool = False
    """Whether the text stands in the middle of the sheet: a cover."""

    def strings(self) -> Iterator[str]:
        """Yield the words of the running head."""
        yield self.head_left
        yield self.head_right


@dataclass(frozen=True, slots=True)
class Step:
    """So many turns are behind us: for whoever watches the progress."""

    turns: int

    def strings(self) -> Iterator[str]:
        """Yield nothing: a step is not drawn."""
        yield from ()


Item = Block | NewPage | Step


@dataclass(slots=True)
class Line:
    """A line ready to be drawn from its left end. ``codes`` are PDF text operators."""

    codes: str
    width: float
    indent: float
    leading: float
    align: str = "left"
    links: list[tuple[float, float, str]] = field(default_factory=list[tuple[float, float, str]])
    anchors: list[str] = field(default_factory=list[str])
    margin: str = ""
    notes: list[Block] = field(default_factory=list[Block])
    lead: Line | None = None
    trail: Line | None = None
    before: float = 0.0
    after: float = 0.0
    is_forced_down: bool = False
    outline: tuple[int, str] | None = None
    foot: list[list[Line]] = field(default_factory=list)
    """The lines of each of ``notes``."""
