"""What stands where on the pages, kept only where somebody asks: for tests of the layout.

Real runs keep no such thing: their pages are forgotten as they fill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive_app.dossier.blocks import Block, Line
from archive_app.dossier.drawing import PlacedPage
from archive_app.dossier.filling import Filling
from archive_app.dossier.footing import height


@dataclass(frozen=True, slots=True)
class Stand:
    """A line at its place: ``depth`` of its baseline below the text's upper edge, in points.

    ``block`` numbers the blocks in the order they were set; ``at`` is the line's place
    among the ``of`` lines of its block, from 0. Lines of pictures, struts and edges of
    frames are no paragraph's: their ``of`` is 0.
    """

    page: int
    line: Line
    depth: float
    left: float
    block: int = -1
    source: Block | None = None
    at: int = 0
    of: int = 0
    is_foot: bool = False


@dataclass(frozen=True, slots=True)
class PageStands:
    """A page: its text, its footnotes (depths count on), and whether the text filled it."""

    number: int
    text: tuple[Stand, ...]
    foot: tuple[Stand, ...]
    depth: float
    used: float
    foot_height: float
    placed: PlacedPage


@dataclass(slots=True)
class PageModel:
    """The pages of one pager, in order."""

    pages: list[PageStands] = field(default_factory=list[PageStands])
    _known: dict[int, tuple[int, Block, int, int, Line]] = field(
        default_factory=dict[int, tuple[int, Block, int, int, Line]]
    )
    _blocks: int = 0

    def know(self, block: Block, lines: Sequence[Line]) -> None:
        """Remember whose lines these are; called once for each block."""
        words = [line for line in lines if line.image is None and (line.pieces or line.anchors)]
        for at, line in enumerate(words):
            # The line itself is kept too, so that no other gets its id.
            self._known[id(line)] = (self._blocks, block, at, len(words), line)
        self._blocks += 1

    def take(self, page: Filling, placed: PlacedPage, *, number: int, left: float) -> None:
        """Keep a page that is placed; ``left`` is where its text begins."""
        text = tuple(self._stand(number, line, depth, left + offset)
                     for line, depth, offset in page.rows)  # fmt: skip
        foot: list[Stand] = []
        depth = page.depth - height(page.foot)
        for line in page.foot:
            depth += line.leading
            foot.append(self._stand(number, line, depth, left, is_foot=True))
        self.pages.append(
            PageStands(number, text, tuple(foot), page.depth, page.used, page.foot_height, placed)
        )

    def _stand(
        self, number: int, line: Line, depth: float, left: float, *, is_foot: bool = False
    ) -> Stand:
        if id(line) not in self._known:
            return Stand(number, line, depth, left, is_foot=is_foot)
        block, source, at, of, _ = self._known[id(line)]
        return Stand(number, line, depth, left, block, source, at, of, is_foot)
