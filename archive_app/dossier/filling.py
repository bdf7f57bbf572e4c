"""A page while it is filled: how far down its lines reach and what still fits.

Depths are points below the upper edge of the text. Lines of testimony stand on a
grid of half lines from that edge, so that those of facing pages stand level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor

from archive_app.dossier.blocks import Line
from archive_app.dossier.footing import SLACK, Note, height, least_height, part
from archive_app.dossier.parting import LEAST, Edge, Parting, Twin, Unit, runs

Row = tuple[Line, float, float]
"""A line, the depth of its baseline, and how far right of its column's left edge it begins."""
_CAP = 0.6
"""What of a line's leading its capitals rise above its baseline, about."""
_MOST_HALVES = 8
"""A page short by more half lines than these is left as it is."""


@dataclass(slots=True)
class Frame:
    """A frame around the rows from ``first`` to ``last`` of a page; open ends go on elsewhere."""

    kind: str
    first: int
    last: int = -1
    has_top: bool = True
    has_foot: bool = False


@dataclass(slots=True)
class _Column:
    """One of two columns while they are filled side by side."""

    used: float
    after: float = 0.0
    runs: int = 0
    rows: list[Row] = field(default_factory=list[Row])
    notes: list[Note] = field(default_factory=list[Note])

    def take(self, rows: list[Row], notes: list[Note]) -> None:
        """Set a run, its footnotes still to come."""
        self.rows += rows
        self.notes += notes
        self.runs += 1
        self.used, self.after = rows[-1][1], rows[-1][0].after


@dataclass(slots=True)
class Filling:
    """One page. ``depth`` is a whole number of steps of ``grid``."""

    depth: float
    grid: float
    foot_gap: float
    rows: list[Row] = field(default_factory=list[Row])
    foot: list[Line] = field(default_factory=list[Line])
    foot_height: float = 0.0
    carried: list[Note] = field(default_factory=list[Note])
    """Footnotes, or the rest of one, that have to go to the next page."""
    frames: list[Frame] = field(default_factory=list[Frame])
    used: float = 0.0
    """Depth of the last baseline of the column."""
    offset: float = 0.0
    """How far right of the text's left edge the column begins."""
    _after: float = 0.0
    _parting: int = Parting.FREE
    _gaps: list[int] = field(default_factory=list[int])
    """Rows above which the page may be stretched."""

    def depth_of(self, line: Line, used: float, after: float) -> float:
        """Return the depth of a line's baseline below what reaches down to ``used``."""
        if used or line.is_forced_down:
            used += max(after, line.before)
        leading = line.leading
        if abs(leading - self.grid) < SLACK:
            half = self.grid / 2
            used = ceil(used / half - SLACK) * half
        return used + leading

    def begin_column(self, offset: float) -> None:
        """Go on at the top, so far right of the text's left edge."""
        self.offset = offset
        self.used = self._after = 0.0

    def fits(self, units: Sequence[Unit]) -> bool:
        """Return whether units with their footnotes find room below what is there."""
        used, after, foot = self.used, self._after, self.foot_height
        notes: list[Note] = []
        for unit in units:
            if isinstance(unit, Twin):
                used = max(self._reach(unit, used, after, side) for side in (0, 1))
                after = unit.after
                notes += [n for side in unit.sides for line in side for n in line.foot]
            else:
                used = self.depth_of(unit, used, after)
                after = unit.after
                if unit.foot:
                    notes += unit.foot
            if used + foot > self.depth + SLACK:
                return False
        if not notes:
            return True
        return self._takes(notes, used)

    def how_many_fit(self, units: Sequence[Unit]) -> int:
        """Return how many units from the first on find room."""
        low, high = 0, 1
        while high <= len(units) and self.fits(units[:high]):
            low, high = high, high * 2
        high = min(high, len(units) + 1)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.fits(units[:middle]) else (low, middle)
        return low

    def _takes(self, notes: list[Note], used: float) -> bool:
        """Return whether the foot has room for what notes need at least, under such a text."""
        if self.carried:
            return False
        foot = self.foot_height or self.foot_gap
        return used + foot + least_height(notes) <= self.depth + SLACK

    def put(self, units: Sequence[Unit]) -> None:
        """Set units below what is there, whether they fit or not; then their footnotes."""
        notes: list[Note] = []
        for unit in units:
            if isinstance(unit, Twin):
                self._put_twin(unit)
                continue
            self._open_gap(unit.before, unit.leading)
            self.used = used = self.depth_of(unit, self.used, self._after)
            self._after, self._parting = unit.after, unit.parting
            if isinstance(unit, Edge):
                self._put_edge(unit)
            self.rows.append((unit, used, self.offset))
            if unit.beside is not None:
                beneath = used - unit.leading * _CAP + unit.beside.leading
                self.rows.append((unit.beside, beneath, self.offset))
            if unit.foot:
                notes += unit.foot
        spared = self._spared() if notes else 0.0
        for note in notes:
            self.take_note(note, spared)

    def _spared(self) -> float:
        """Return the room that a long note leaves to the text: more, where one line stands alone.

        Else the paragraph would go on on the next page, and the line be its only one here.
        """
        owner, run = self.rows[-1][0].owner, 0
        for line, _, _ in reversed(self.rows[-LEAST:]):
            run += line.owner is owner
        return 0.0 if run >= LEAST else (LEAST + 1) * self.grid

    def _open_gap(self, before: float, leading: float) -> None:
        """Remember that the page may be stretched above the row that comes next."""
        gap = max(before, self._after)
        if (
            self.used
            and not self._parting
            and gap > self.grid / 2 - SLACK
            and leading > self.grid - SLACK
        ):
            self._gaps.append(len(self.rows))

    def _put_edge(self, edge: Edge) -> None:
        if edge.is_top:
            self.frames.append(Frame(edge.frame, len(self.rows)))
        elif self.frames:
            self.frames[-1].last = len(self.rows)
            self.frames[-1].has_foot = True

    # Two columns side by side

    def _top(self, sides: Sequence[Sequence[Line]], used: float, after: float) -> float:
        """Return the depth both columns begin at: their first lines are level."""
        if used:
            used += max((after, *(side[0].before for side in sides if side)))
        half = self.grid / 2
        return ceil(used / half - SLACK) * half

    def _reach(self, twin: Twin, used: float, after: float, side: int) -> float:
        down = self._top(twin.sides, used, after)
        lines = twin.sides[side]
        if lines:
            down += lines[0].leading
        for before, line in pairwise(lines):
            down = self.depth_of(line, down, before.after)
        return down

    def _put_twin(self, twin: Twin) -> None:
        """Set both columns whole."""
        self.put_sides([runs(side) for side in twin.sides], twin.right, is_forced=True)
        self._parting = twin.parting

    def put_sides(
        self, sides: list[list[list[Line]]], right: float, *, is_forced: bool
    ) -> list[list[list[Line]]]:
        """Set runs of two columns as far as the page goes; return those that are left.

        ``right`` is how far right the second column begins. If forced, runs are set
        although they do not fit.
        """
        heads = [side[0] if side else [] for side in sides]
        self._open_gap(max((head[0].before for head in heads if head), default=0.0), self.grid)
        top = self._top(heads, self.used, self._after)
        columns = [_Column(top), _Column(top)]
        going = [side for side in (0, 1) if sides[side]]
        while going:
            side = min(going, key=lambda each: columns[each].used)
            column, other = columns[side], columns[1 - side]
            run = sides[side][column.runs]
            rows = self._rows_of(run, column, self.offset + (right if side else 0.0))
            notes = [note for line in run for note in line.foot]
            called = column.notes + notes
            called = other.notes + called if side else called + other.notes
            lowest = max(rows[-1][1], other.used)
            fits = lowest + self.foot_height <= self.depth + SLACK
            if is_forced or (fits and (not called or self._takes(called, lowest))):
                column.take(rows, notes)
                is_done = column.runs == len(sides[side])
            else:
                is_done = True
            if is_done:
                going.remove(side)
        for column in columns:
            self.rows += column.rows
        self.used = max(column.used for column in columns)
        self._after = max(column.after for column in columns)
        self._parting = Parting.FREE
        for column in columns:
            for note in column.notes:
                self.take_note(note)
        return [side[column.runs :] for side, column in zip(sides, columns, strict=True)]

    def _rows_of(self, run: list[Line], column: _Column, offset: float) -> list[Row]:
        """Return where the lines of a run would stand in one of two columns."""
        rows: list[Row] = []
        used, after = column.used, column.after
        for line in run:
            is_first = not column.rows and not rows
            used = used + line.leading if is_first else self.depth_of(line, used, after)
            after = line.after
            rows.append((line, used, offset))
        return rows

    # Footnotes

    def take_note(self, note: Note, spared: float = 0.0) -> None:
        """Lay a footnote at the foot as far as there is room; the rest is carried on.

        Where it has to be parted, it leaves so much room as is ``spared``.
        """
        if self.carried:
            self.carried.append(note)
            return
        gap = 0.0 if self.foot else self.foot_gap
        room = self.depth - self.used - self.foot_height - gap
        if spared and height(note) > room + SLACK:
            room = max(room - spared, min(room, height(note[:LEAST])))
        self._lay(note, room, gap)

    def take_carried(self, notes: Sequence[Note], share: float) -> None:
        """Lay what the last page carried on, up to a share of the page's depth."""
        for note in notes:
            if self.carried:
                self.carried.append(note)
                continue
            gap = 0.0 if self.foot else self.foot_gap
            self._lay(note, self.depth * share - self.foot_height - gap, gap)
            if self.carried and not self.foot:
                # A page of nothing but a note that fits none: it is laid all the same.
                rest = self.carried.pop()
                self.foot, self.carried = rest[:1], [rest[1:]] if rest[1:] else []
                self.foot_height = self.foot_gap + height(self.foot)

    def fill_foot(self) -> None:
        """Let footnotes that are carried on have the room that the text left."""
        carried, self.carried = self.carried, []
        for note in carried:
            self.take_note(note)

    def _lay(self, note: Note, room: float, gap: float) -> None:
        count = part(note, room)
        if count:
            self.foot += note[:count]
            self.foot_height += gap + height(note[:count])
        if count < len(note):
            self.carried.append(note[count:])

    # A page that is full

    def level(self) -> None:
        """Let a page that ran short reach down to its last line, by half lines in its gaps.

        One with footnotes ends level as it is.
        """
        if self.foot:
            return
        half = self.grid / 2
        short = floor((self.depth - self.used + SLACK) / half)
        gaps = len(self._gaps)
        if not 0 < short <= min(2 * gaps, _MOST_HALVES):
            return
        # Evenly over the page: the k-th of so many half lines opens this gap.
        opened = [self._gaps[(2 * k + 1) * gaps // (2 * short)] for k in range(short)]
        shift = 0.0
        rows: list[Row] = []
        for at, (line, depth, offset) in enumerate(self.rows):
            while opened and opened[0] == at:
                del opened[0]
                shift += half
            rows.append((line, depth + shift, offset))
        self.rows = rows
        self.used += shift
