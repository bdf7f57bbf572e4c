"""Two columns side by side: as far as a page goes, their first lines level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from archive_app.dossier.blocks import Line
from archive_app.dossier.footing import SLACK, Note
from archive_app.dossier.parting import Parting, Twin

if TYPE_CHECKING:
    from archive_app.dossier.filling import Filling, Row

Runs = list[list[Line]]
"""A column's lines in runs that stay together."""


@dataclass(slots=True)
class _Column:
    """One of two columns while they are filled side by side."""

    used: float
    after: float = 0.0
    runs: int = 0
    rows: list[Row] = field(default_factory=list["Row"])
    notes: list[Note] = field(default_factory=list[Note])

    def take(self, rows: list[Row], notes: list[Note]) -> None:
        """Set a run, its footnotes still to come."""
        self.rows += rows
        self.notes += notes
        self.runs += 1
        self.used, self.after = rows[-1][1], rows[-1][0].after


def reach(page: Filling, twin: Twin, used: float, after: float) -> float:
    """Return how far down two columns would reach that begin below ``used``."""
    top = _top(page, twin.sides, used, after)
    reached = [top]
    for lines in twin.sides:
        down = top + (lines[0].leading if lines else 0.0)
        for before, line in pairwise(lines):
            down = page.depth_of(line, down, before.after)
        reached.append(down)
    return max(reached)


def put_sides(page: Filling, sides: list[Runs], right: float, *, is_forced: bool) -> list[Runs]:
    """Set runs of two columns as far as a page goes; return those that are left.

    ``right`` is how far right the second column begins. If forced, runs are set
    although they do not fit. Footnotes come last, those of the left column first.
    """
    heads = [side[0] if side else [] for side in sides]
    top = _top(page, heads, page.used, page.after)
    columns = [_Column(top), _Column(top)]
    going = [side for side in (0, 1) if sides[side]]
    while going:
        side = min(going, key=lambda each: columns[each].used)
        column, other = columns[side], columns[1 - side]
        run = sides[side][column.runs]
        rows = _rows_of(page, run, column, page.offset + (right if side else 0.0))
        notes = [note for line in run for note in line.foot]
        called = column.notes + notes
        called = other.notes + called if side else called + other.notes
        if is_forced or page.holds(called, max(rows[-1][1], other.used)):
            column.take(rows, notes)
            is_done = column.runs == len(sides[side])
        else:
            is_done = True
        if is_done:
            going.remove(side)
    for column in columns:
        page.rows += column.rows
    page.used = max(column.used for column in columns)
    page.after = max(column.after for column in columns)
    page.parting = Parting.FREE
    for column in columns:
        for note in column.notes:
            page.take_note(note)
    return [side[column.runs :] for side, column in zip(sides, columns, strict=True)]


def _top(page: Filling, sides: Sequence[Sequence[Line]], used: float, after: float) -> float:
    """Return the depth that both columns begin at."""
    if used:
        used += max((after, *(side[0].before for side in sides if side)))
    half = page.grid / 2
    return ceil(used / half - SLACK) * half


def _rows_of(page: Filling, run: list[Line], column: _Column, offset: float) -> list[Row]:
    """Return where the lines of a run would stand in one of two columns."""
    rows: list[Row] = []
    used, after = column.used, column.after
    for line in run:
        is_first = not column.rows and not rows
        used = used + line.leading if is_first else page.depth_of(line, used, after)
        after = line.after
        rows.append((line, used, offset))
    return rows
