"""What a page is filled with: blocks of text, before they are broken into lines.

A dossier is told as a stream of these (``story``), and both the pages and the
proof that nothing leaks are made from that one stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from archive_app.dossier.shaping import Ink

if TYPE_CHECKING:
    from archive_app.dossier.structure import Parts


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text in one ink.

    ``anchors`` name the place where it begins, ``margin`` is a timecode to stand beside
    that line, ``link`` the anchor it leads to, ``notes`` the footnotes called for by it.
    """

    text: str
    ink: Ink
    link: str = ""
    url: str = ""
    """Where it leads outside the dossier: a short link, or a clip beside the PDF."""
    lang: str = ""
    """BCP 47, where it differs from its block's."""
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
    """"left", "centre", "right", or "justify": both edges even but for the last line."""
    hyphens: int = 0
    """How many lines in a row may end in a hyphen; 0: words stay whole."""
    keeps_next: bool = False
    """Whether it may not be the last on its page."""
    keeps_last: bool = False
    """Whether its last lines may not; the block itself may be parted further up."""
    is_forced_down: bool = False
    """Whether ``before`` counts at the top of a page too."""
    is_balanced: bool = False
    """Whether its lines are made alike in length, as those of a title are."""
    is_numbered: bool = False
    """Whether its lines are counted: every fifth one of a page is numbered in the margin."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture (PNG or JPEG), or a QR code of a text, with its size in points."""

    width: float
    height: float
    data: bytes = b""
    qr: str = ""
    """What a QR code says; drawn as vectors. "": it is a picture."""
    alt: str = ""
    """What it shows, for who cannot see it; "": it is an ornament."""
    is_beside: bool = False
    """Whether it stands at the right of its block's words and of the blocks kept to them,
    not above the words."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. ``lead`` stands at the left of its first line, ``trail`` right of its last."""

    fragments: tuple[Fragment, ...]
    style: Style
    lead: Fragment | None = None
    trail: Fragment | None = None
    outline: tuple[int, str] | None = None
    """Level from 0 and title of the bookmark that leads here; needs an anchor."""
    tag: str = "P"
    """What it is to a screen reader: "P", "H" (a heading, ``level`` from 1), "LI" (``lead`` is
    its label), "TR" (``lead`` heads the row), "TOCI", "Note", "Caption", "BlockQuote"."""
    level: int = 0
    lang: str = ""
    """BCP 47 of its words, for reading aloud and hyphenation; "": the dossier's own."""
    image: Image | None = None
    """A picture or drawing that stands in the block's place, above its words."""

    def strings(self) -> Iterator[str]:
        """Yield every text of the block, its footnotes included."""
        yield "".join(fragment.text for fragment in self.fragments)
        for side in (self.lead, self.trail):
            if side is not None:
                yield side.text
                yield side.url
        if self.outline is not None:
            yield self.outline[1]
        if self.image is not None:
            yield self.image.alt
        for fragment in self.fragments:
            if fragment.margin:
                yield fragment.margin
            if fragment.url:
                yield fragment.url
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


@dataclass(frozen=True, slots=True)
class Open:
    """A group begins: "Sect", "L" (a list), "Table", "TOC", "Div"; it may hold others."""

    tag: str
    lang: str = ""
    frame: str = ""
    """"kept": together on one page; "rules": so, with a rule above and below; "box": so,
    in a frame; "": as it comes."""

    def strings(self) -> Iterator[str]:
        """Yield nothing: a group is not drawn."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Close:
    """The group that was opened last ends."""

    def strings(self) -> Iterator[str]:
        """Yield nothing: a group is not drawn."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Blocks side by side in two columns, their first lines level: original and translation.

    Read aloud, the left ones come first.
    """

    left: tuple[Block, ...]
    right: tuple[Block, ...]

    def strings(self) -> Iterator[str]:
        """Yield every text of both sides."""
        for block in (*self.left, *self.right):
            yield from block.strings()


Item = Block | Pair | Open | Close | NewPage | Step


class Mark(NamedTuple):
    """What sets a piece of a line apart from its block."""

    link: str = ""
    url: str = ""
    lang: str = ""
    is_call: bool = False
    """Whether it calls for a footnote."""


NO_MARK = Mark()
CAPITALS = 0.6
"""What of a line's leading its capitals rise above its baseline, about."""


@dataclass(slots=True)
class Line:
    """A line ready to be drawn from its left end.

    ``pieces`` are PDF text operators, one piece for each stretch of one mark; a piece
    leaves no array open, so that marked content may begin and end between two.
    """

    pieces: list[tuple[Mark, str]]
    width: float
    indent: float
    leading: float
    align: str = "left"
    links: list[tuple[float, float, Mark]] = field(default_factory=list[tuple[float, float, Mark]])
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
    image: Image | None = None
    """Drawn in the line's stead, as high as its leading."""
    beside: Line | None = None
    """A picture at the right; its top is level with the line's capitals."""
    parting: int = 0
    """What it costs to end a page after it (``parting.Parting``); 0: nothing."""
    is_numbered: bool = False
    """Whether it counts where lines are numbered."""
    is_hyphenated: bool = False
    """Whether its last word goes on in the next line."""
    owner: Parts | None = None
    """The elements of the structure that its block became; None for an artifact."""

    @property
    def codes(self) -> str:
        """All operators of the line."""
        return "".join(codes for _, codes in self.pieces)
