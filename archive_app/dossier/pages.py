"""The stream of a dossier onto pages, one after another.

Blocks become lines (``galley``), lines that stay together become chains, and a chain
goes to the page that has room for it (``makeup``). A page that is full gets its places
on the sheet (``placing``), is drawn and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import TYPE_CHECKING, Any

from archive_app.dossier.blocks import Block, Close, Item, Line, NewPage, Open, Pair
from archive_app.dossier.drawing import draw_page
from archive_app.dossier.filling import Filling
from archive_app.dossier.galley import Galley
from archive_app.dossier.lines import Compositor
from archive_app.dossier.makeup import MakeUp, Place
from archive_app.dossier.parting import Parting, Twin, Unit
from archive_app.dossier.placing import Placer
from archive_app.dossier.sheets import Sheet
from archive_app.dossier.structure import Structure

if TYPE_CHECKING:
    from archive_app.dossier.page_model import PageModel

_SHORT_PAIR = 12
"""Two columns of at most so many lines stay whole on one page with what is kept to them."""


class Pager:
    """Fills pages of one numbering (roman front matter, or arabic body) in order."""

    def __init__(
        self,
        canvas: Any,
        compositor: Compositor,
        sheet: Sheet,
        *,
        label: Callable[[int], str],
        grid: float,
        has_links: bool = True,
        model: PageModel | None = None,
    ) -> None:
        self.structure = Structure()
        self._canvas = canvas
        self._gutter = sheet.gutter
        self._label = label
        depth = floor(sheet.depth / grid + 0.01) * grid
        self._galley = Galley(
            compositor, self.structure, foot_measure=sheet.measure, depth=depth, grid=grid,
            model=model,
        )  # fmt: skip
        self._placer = Placer(compositor, sheet, depth, has_links=has_links, model=model)
        self._makeup = MakeUp(sheet, depth=depth, grid=grid, label=label, send=self._draw)
        self._chain: list[Unit] = []
        """What has to stand on one page with whatever comes next."""
        self._groups: list[str] = []
        """The frame of each open group, "" for none."""

    @property
    def places(self) -> dict[str, Place]:
        """Where each anchor stands."""
        return self._makeup.places

    @property
    def outline(self) -> list[tuple[int, str, str]]:
        """Level, title and anchor of each bookmark, in order."""
        return self._makeup.outline

    @property
    def count(self) -> int:
        """Pages finished or begun."""
        return self._makeup.count

    def set(self, item: Item) -> None:
        """Set whatever comes next in the stream; a step is none of the pages' concern."""
        if isinstance(item, Block):
            self.add(item)
        elif isinstance(item, Pair):
            self.add_pair(item)
        elif isinstance(item, NewPage):
            self.start(item)
        elif isinstance(item, Open):
            self.open(item)
        elif isinstance(item, Close):
            self.close()

    def add(self, block: Block) -> None:
        """Set a block, on as many pages as it takes."""
        chain = self._chain
        for line in self._galley.set(block, self._makeup.measure):
            chain.append(line)
            if not line.parting:
                self._makeup.set_chain(chain)
                chain = self._chain = []

    def add_pair(self, pair: Pair) -> None:
        """Set blocks of two columns side by side, their first lines level."""
        gutter = self._gutter
        measure = (self._makeup.measure - gutter) / 2
        self._chain += self._galley.clear()
        self.structure.open("Div")
        left, right = (
            [line for block in side for line in self._galley.set(block, measure)]
            for side in (pair.left, pair.right)
        )
        self.structure.close()
        twin = Twin((left, right), measure + gutter)
        if any(self._groups):
            twin.parting = Parting.KEPT
        elif _keeps_last(pair) and max(len(left), len(right)) <= _SHORT_PAIR:
            twin.parting = Parting.HEADING
        if twin.parting:
            self._chain.append(twin)
            return
        chain, self._chain = self._chain, []
        self._makeup.set_twin(chain, twin)

    def open(self, group: Open) -> None:
        """Begin a group, with its frame if it has one and stands in none."""
        self.structure.open(group.tag, group.lang)
        is_framed = bool(group.frame) and not any(self._groups)
        self._groups.append(group.frame if is_framed else "")
        if is_framed:
            self._chain += self._galley.open_frame(group.frame)

    def close(self) -> None:
        """End the group that was begun last."""
        self.structure.close()
        if self._groups and self._groups.pop():
            edges = self._galley.close_frame()
            last = self._chain[-1] if self._chain else None
            if last is not None:
                last.parting = Parting.STRANDED if edges else Parting.FREE
            if edges and isinstance(last, Line):
                last.after = 0.0
            chain, self._chain = self._chain + edges, []
            self._makeup.set_chain(chain)

    def start(self, frame: NewPage) -> None:
        """Finish the page and begin another with a new running head."""
        self.finish()
        self._makeup.frame = frame

    def finish(self) -> None:
        """Finish the page, and the footnotes that are still to come on further ones."""
        chain, self._chain = self._chain + self._galley.clear(), []
        self._makeup.set_chain(chain)
        self._makeup.finish()

    def abandon(self) -> None:
        """Forget the page that is being filled and what was to come after it."""
        self._chain = []
        self._makeup.abandon()

    def blank(self) -> None:
        """Add a page with nothing on it."""
        self.start(NewPage(has_number=False))
        self._makeup.blank()

    def _draw(self, page: Filling, frame: NewPage, number: int) -> None:
        label = self._label(number)
        draw_page(self._canvas, self._placer.place(page, frame, number=number, label=label))


def _keeps_last(pair: Pair) -> bool:
    """Return whether the end of two columns may not be the last on its page."""
    return any(side and side[-1].style.keeps_last for side in (pair.left, pair.right))
