"""A page while it is filled: how far down its lines reach and what still fits.

Depths are points below the upper edge of the text. Lines of testimony stand on a
grid of half lines from that edge, so that those of facing pages stand level. A page that
runs short is not stretched: unequal gaps look like a fault, an early end does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from archive_app.dossier.blocks import CAPITALS, Line
from archive_app.dossier.columns import put_sides, reach
from archive_app.dossier.footing import SLACK, Note, height, least_height, part
from archive_app.dossier.parting import LEAST, Edge, Parting, Twin, Unit, runs

Row = tuple[Line, float, float]
"""A line, the depth of its baseline, and how far right of its column's left edge it begins."""


@dataclass(slots=True)
class Frame:
    """A frame around the rows from ``first`` to ``last`` of a page; open ends go on elsewhere."""

    kind: str
    first: int
    last: int = -1
    has_top: bool = True
    has_foot: bool = False


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
    after: float = 0.0
    """Space that the last line asks for below it."""
    parting: int = Parting.FREE
    """What parting the last line from the next costs."""

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
        self.used = self.after = 0.0

    def fits(self, units: Sequence[Unit]) -> bool:
        """Return whether units with their footnotes find room below what is there."""
        used, after, foot = self.used, self.after, self.foot_height
        notes: list[Note] = []
        for unit in units:
            if isinstance(unit, Twin):
                used = reach(self, unit, used, after)
                after = unit.after
                notes += [n for side in unit.sides for line in side for n in line.foot]
            else:
                used = self.depth_of(unit, used, after)
                after = unit.after
                if unit.foot:
                    notes += unit.foot
            if used + foot > self.depth + SLACK:
                return False
        return not notes or self.holds(notes, used)

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

    def holds(self, notes: list[Note], used: float) -> bool:
        """Return whether a text that reaches so far down has room, with its new footnotes."""
        if not notes:
            return used + self.foot_height <= self.depth + SLACK
        if self.carried:
            return False
        foot = self.foot_height or self.foot_gap
        return used + foot + least_height(notes) <= self.depth + SLACK

    def put(self, units: Sequence[Unit]) -> None:
        """Set units below what is there, whether they fit or not; then their footnotes."""
        notes: list[Note] = []
        for unit in units:
            if isinstance(unit, Twin):
                put_sides(self, [runs(side) for side in unit.sides], unit.right, is_forced=True)
                self.parting = unit.parting
                continue
            self.used = used = self.depth_of(unit, self.used, self.after)
            self.after, self.parting = unit.after, unit.parting
            if isinstance(unit, Edge):
                self._put_edge(unit)
            self.rows.append((unit, used, self.offset))
            if unit.beside is not None:
                beneath = used - unit.leading * CAPITALS + unit.beside.leading
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

    def _put_edge(self, edge: Edge) -> None:
        if edge.is_top:
            self.frames.append(Frame(edge.frame, len(self.rows)))
        elif self.frames:
            self.frames[-1].last = len(self.rows)
            self.frames[-1].has_foot = True

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
