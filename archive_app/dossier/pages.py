"""The stream of a dossier onto pages, one after another.

Blocks become lines (``galley``), lines that stay together become chains, and a chain
goes to the page that has room for it (``filling``). A page that is full gets its places
on the sheet (``placing``), is drawn and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING, Any

from archive_app.dossier.blocks import Block, Close, Item, Line, NewPage, Open, Pair
from archive_app.dossier.drawing import draw_page
from archive_app.dossier.filling import Filling, Frame
from archive_app.dossier.galley import Galley
from archive_app.dossier.lines import Compositor
from archive_app.dossier.parting import Parting, Twin, Unit, cheapest, runs, twin_at
from archive_app.dossier.placing import Placer
from archive_app.dossier.shaping import one_line
from archive_app.dossier.sheets import Sheet
from archive_app.dossier.structure import Structure

if TYPE_CHECKING:
    from archive_app.dossier.page_model import PageModel

_FOOT_SHARE = 0.7
"""What of a page the footnotes of the page before may take."""
_DEAR_LINES = 4
"""A word is parted over two pages rather than that more lines than these stay empty."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an anchor came to stand: the page's number as printed, and its order from 1."""

    label: str
    number: int


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
        self.places: dict[str, Place] = {}
        self.outline: list[tuple[int, str, str]] = []
        """Level, title and anchor of each bookmark, in order."""
        self.count = 0
        """Pages finished or begun."""
        self.structure = Structure()
        self._canvas = canvas
        self._sheet = sheet
        self._label = label
        self._grid = grid
        self._depth = floor(sheet.depth / grid + 0.01) * grid
        self._galley = Galley(
            compositor, self.structure, foot_measure=sheet.measure, depth=self._depth, grid=grid,
            model=model,
        )  # fmt: skip
        self._placer = Placer(compositor, sheet, self._depth, has_links=has_links, model=model)
        self._frame = NewPage()
        self._page: Filling | None = None
        self._column = 0
        self._chain: list[Unit] = []
        """What has to stand on one page with whatever comes next."""
        self._groups: list[str] = []
        """The frame of each open group, "" for none."""

    # What a page is filled with

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
        for line in self._galley.set(block, self._measure):
            chain.append(line)
            if not line.parting:
                self._set_chain(chain)
                chain = self._chain = []

    def add_pair(self, pair: Pair) -> None:
        """Set blocks of two columns side by side, their first lines level."""
        gutter = self._sheet.gutter
        measure = (self._measure - gutter) / 2
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
            self._chain.append(twin)
            return
        chain, self._chain = self._chain, []
        self._set_twin(chain, twin)

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
            if self._chain:
                self._chain[-1].parting = Parting.STRANDED if edges else Parting.FREE
            chain, self._chain = self._chain + edges, []
            self._set_chain(chain)

    def start(self, frame: NewPage) -> None:
        """Finish the page and begin another with a new running head."""
        self.finish()
        self._frame = frame

    def finish(self) -> None:
        """Finish the page, and the footnotes that are still to come on further ones."""
        chain, self._chain = self._chain + self._galley.clear(), []
        if chain:
            self._set_chain(chain)
        while self._page is not None:
            page = self._page
            page.fill_foot()
            self._note_places(page, len(page.rows), 0)
            self._close(page)
            if page.carried:
                self._open(page, share=1.0)

    def abandon(self) -> None:
        """Forget the page that is being filled and what was to come after it."""
        if self._page is not None:
            self.count -= 1
        self._page, self._chain, self._column = None, [], 0
        self.places = {key: at for key, at in self.places.items() if at.number <= self.count}
        self.outline = [entry for entry in self.outline if entry[2] in self.places]

    def blank(self) -> None:
        """Add a page with nothing on it."""
        self.start(NewPage(has_number=False))
        self._open()
        self.finish()

    # Chains

    @property
    def _measure(self) -> float:
        columns = self._frame.columns
        return (self._sheet.measure - (columns - 1) * self._sheet.gutter) / columns

    def _set_chain(self, chain: list[Unit]) -> None:
        """Set units that should stay together; where no page holds them, they are parted."""
        page = self._page or self._open()
        while chain:
            if page.fits(chain):
                self._put(page, chain)
                return
            if page.used or page.foot:
                count = self._affordable(page, chain)
            else:
                count = cheapest(chain, page.how_many_fit(chain))
                at, twin = twin_at(chain, count)
                if twin is not None:
                    self._set_twin(chain[:at], twin)
                    page, chain = self._page or self._open(), chain[at + 1 :]
                    continue
            if count:
                self._put(page, chain[:count])
                chain = chain[count:]
            if chain:
                page = self._next_column(page)

    def _affordable(self, page: Filling, chain: list[Unit]) -> int:
        """Return how many units of a chain go on a page that was begun: mostly none.

        Only a word is parted, and only if else too much of the page would stay empty.
        """
        room = page.depth - page.used - page.foot_height
        if room < (_DEAR_LINES + 1) * self._grid:
            return 0
        for count in range(page.how_many_fit(chain), 0, -1):
            if chain[count - 1].parting == Parting.HYPHEN:
                return count
        return 0

    def _set_twin(self, chain: list[Unit], twin: Twin) -> None:
        """Set two columns below a chain; both go on on the next page where they have to."""
        page = self._page or self._open()
        sides = [runs(side, most=twin.parting) for side in twin.sides]
        heads = [list(side[0]) if side else [] for side in sides]
        begins = [*chain, Twin((heads[0], heads[1]), twin.right)]
        if page.used and not page.fits(begins):
            page = self._next_column(page)
        if chain:
            self._set_chain(chain)
            page = self._page or self._open()
        while any(sides):
            left = self._put_sides(page, sides, twin.right)
            if left == sides and not (page.used or page.foot):
                # A run longer than a page: line by line then, and one at the least.
                sides = [[[line] for run in side for line in run] for side in sides]
                left = self._put_sides(page, sides, twin.right)
                if left == sides:
                    forced = [side[:1] for side in sides]
                    self._put_sides(page, forced, twin.right, is_forced=True)
                    left = [side[1:] for side in sides]
            sides = left
            if any(sides):
                page = self._next_column(page)

    def _put_sides(
        self, page: Filling, sides: list[list[list[Line]]], right: float, *, is_forced: bool = False
    ) -> list[list[list[Line]]]:
        rows, notes = len(page.rows), len(page.foot)
        left = page.put_sides(sides, right, is_forced=is_forced)
        self._note_places(page, rows, notes)
        return left

    def _put(self, page: Filling, units: list[Unit]) -> None:
        rows, notes = len(page.rows), len(page.foot)
        page.put(units)
        self._note_places(page, rows, notes)

    def _note_places(self, page: Filling, rows: int, notes: int) -> None:
        """Note where the anchors of what was put last stand, and its bookmarks."""
        for row in page.rows[rows:]:
            line = row[0]
            if line.anchors:
                self._note_anchors(line)
        for line in page.foot[notes:]:
            if line.anchors:
                self._note_anchors(line)

    def _note_anchors(self, line: Line) -> None:
        place = Place(self._label(self.count), self.count)
        for anchor in line.anchors:
            self.places[anchor] = place
        if line.outline is not None:
            level, title = line.outline
            self.outline.append((level, one_line(title), line.anchors[0]))

    # Pages

    def _open(self, last: Filling | None = None, *, share: float = _FOOT_SHARE) -> Filling:
        """Begin a page with what the last one left over: footnotes, an open frame."""
        self.count += 1
        self._page = page = Filling(self._depth, self._grid, self._sheet.foot_gap)
        if last is not None:
            page.take_carried(last.carried, share)
            self._note_places(page, 0, 0)
            if last.frames and not last.frames[-1].has_foot:
                page.frames.append(Frame(last.frames[-1].kind, 0, has_top=False))
        return page

    def _next_column(self, page: Filling) -> Filling:
        """Go on in the page's next column, or on the next page."""
        if self._column + 1 < self._frame.columns:
            self._column += 1
            page.begin_column(self._column * (self._measure + self._sheet.gutter))
            return page
        if self._frame.columns == 1:
            page.level()
        page.fill_foot()
        self._note_places(page, len(page.rows), 0)
        self._close(page)
        return self._open(page)

    def _close(self, page: Filling) -> None:
        self._column = 0
        self._page = None
        label = self._label(self.count)
        placed = self._placer.place(page, self._frame, number=self.count, label=label)
        draw_page(self._canvas, placed)
