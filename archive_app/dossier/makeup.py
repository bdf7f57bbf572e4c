"""Making up: lines that stay together onto the pages that have room for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive_app.dossier.blocks import Line, NewPage
from archive_app.dossier.columns import Runs, put_sides
from archive_app.dossier.filling import Filling, Frame
from archive_app.dossier.parting import Parting, Twin, Unit, cheapest, runs, twin_at
from archive_app.dossier.shaping import one_line
from archive_app.dossier.sheets import Sheet

_FOOT_SHARE = 0.7
"""What of a page the footnotes of the page before may take."""
_DEAR_LINES = 4
"""A word is parted over two pages rather than that more lines than these stay empty."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an anchor came to stand: the page's number as printed, and its order from 1."""

    label: str
    number: int


class MakeUp:
    """Makes up the pages of one numbering in order; each goes to ``send`` when it is full.

    ``depth`` is the height of a page's text, a whole number of steps of ``grid``.
    """

    def __init__(
        self,
        sheet: Sheet,
        *,
        depth: float,
        grid: float,
        label: Callable[[int], str],
        send: Callable[[Filling, NewPage, int], None],
    ) -> None:
        self.places: dict[str, Place] = {}
        self.outline: list[tuple[int, str, str]] = []
        """Level, title and anchor of each bookmark, in order."""
        self.count = 0
        """Pages finished or begun."""
        self.frame = NewPage()
        """How the pages that are begun from now on look."""
        self._sheet = sheet
        self._depth = depth
        self._grid = grid
        self._label = label
        self._send = send
        self._page: Filling | None = None
        self._column = 0

    @property
    def measure(self) -> float:
        """Width of a column."""
        columns = self.frame.columns
        return (self._sheet.measure - (columns - 1) * self._sheet.gutter) / columns

    def set_chain(self, chain: list[Unit]) -> None:
        """Set units that should stay together; where no page holds them, they are parted."""
        if not chain:
            return
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
                    self.set_twin(chain[:at], twin)
                    page, chain = self._page or self._open(), chain[at + 1 :]
                    continue
            if count:
                self._put(page, chain[:count])
                chain = chain[count:]
            if chain:
                page = self._next_column(page)

    def set_twin(self, chain: list[Unit], twin: Twin) -> None:
        """Set two columns below a chain; both go on on the next page where they have to."""
        page = self._page or self._open()
        sides, begins = _begun(chain, twin, twin.parting)
        if page.used and not page.fits(begins):
            parted, begins = _begun(chain, twin, max(twin.parting, Parting.HYPHEN))
            if self._is_dear(page) and page.fits(begins):
                sides = parted
            else:
                page = self._next_column(page)
        if chain:
            self.set_chain(chain)
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

    def finish(self) -> None:
        """Finish the page, and the footnotes that are still to come on further ones."""
        while self._page is not None:
            page = self._page
            self._close(page)
            if page.carried:
                self._open(page, share=1.0)

    def abandon(self) -> None:
        """Forget the page that is being filled."""
        if self._page is not None:
            self.count -= 1
        self._page, self._column = None, 0
        self.places = {key: at for key, at in self.places.items() if at.number <= self.count}
        self.outline = [entry for entry in self.outline if entry[2] in self.places]

    def blank(self) -> None:
        """Add a page with nothing on it."""
        self._open()
        self.finish()

    def _affordable(self, page: Filling, chain: list[Unit]) -> int:
        """Return how many units of a chain go on a page that was begun: mostly none.

        Only a word is parted, and only if else too much of the page would stay empty.
        """
        if not self._is_dear(page):
            return 0
        for count in range(page.how_many_fit(chain), 0, -1):
            if chain[count - 1].parting == Parting.HYPHEN:
                return count
        return 0

    def _is_dear(self, page: Filling) -> bool:
        """Return whether so much of a page is empty that a word may be parted to fill it."""
        room = page.depth - page.used - page.foot_height
        return room >= (_DEAR_LINES + 1) * self._grid

    def _put_sides(
        self, page: Filling, sides: list[Runs], right: float, *, is_forced: bool = False
    ) -> list[Runs]:
        rows, notes = len(page.rows), len(page.foot)
        left = put_sides(page, sides, right, is_forced=is_forced)
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
        if self._column + 1 < self.frame.columns:
            self._column += 1
            page.begin_column(self._column * (self.measure + self._sheet.gutter))
            return page
        self._close(page)
        return self._open(page)

    def _close(self, page: Filling) -> None:
        page.fill_foot()
        self._note_places(page, len(page.rows), 0)
        self._column = 0
        self._page = None
        self._send(page, self.frame, self.count)


def _begun(chain: list[Unit], twin: Twin, most: int) -> tuple[list[Runs], list[Unit]]:
    """Return two columns in runs that each end where parting costs ``most``, and their beginning.

    That is the chain above them and the first run of each: the least that stands on a page.
    """
    sides = [runs(side, most=most) for side in twin.sides]
    heads = [list(side[0]) if side else [] for side in sides]
    return sides, [*chain, Twin((heads[0], heads[1]), twin.right)]
