"""Where a page may end: what parting each two lines would cost, and runs that stay together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from archive_app.dossier.blocks import Line

LEAST = 2
"""So many lines of a paragraph stand on either side of a break, at least."""


class Parting(IntEnum):
    """What it costs to end a page after a line; only the first is free.

    The others are paid where a run is longer than a page, the cheapest first.
    """

    FREE = 0
    HYPHEN = 1
    """A word would be parted."""
    KEPT = 2
    """The line stands in a frame that is to stay whole."""
    HEADING = 3
    """The line may not be the last of its page."""
    STRANDED = 4
    """A single line of a paragraph would stand alone."""


@dataclass(slots=True)
class Edge(Line):
    """The empty strip at the top or the foot of a frame; ``frame`` is "box" or "rules"."""

    frame: str = ""
    is_top: bool = False


@dataclass(slots=True)
class Twin:
    """The lines of two columns side by side, the second ``right`` points from the first."""

    sides: tuple[list[Line], list[Line]]
    right: float
    parting: int = Parting.FREE

    @property
    def after(self) -> float:
        """The space below both."""
        return max((side[-1].after for side in self.sides if side), default=0.0)


Unit = Line | Twin


def price(
    lines: list[Line], *, keeps_next: bool, keeps_last: bool = False, least: int = Parting.FREE
) -> None:
    """Set what each line of one paragraph costs to end a page with; ``least`` for all of them."""
    last = len(lines) - 1
    for at, line in enumerate(lines):
        if at == last:
            is_kept = keeps_next or keeps_last
            line.parting = max(least, Parting.HEADING if is_kept else Parting.FREE)
        elif at + 1 < LEAST or last - at < LEAST or keeps_next:
            line.parting = Parting.STRANDED
        elif line.is_hyphenated:
            line.parting = max(least, Parting.HYPHEN)
        else:
            line.parting = least


def runs(lines: Sequence[Line], most: int = Parting.FREE) -> list[list[Line]]:
    """Return lines in runs that stay together: each ends where parting costs ``most``."""
    made: list[list[Line]] = []
    run: list[Line] = []
    for line in lines:
        run.append(line)
        if line.parting <= most:
            made.append(run)
            run = []
    if run:
        made.append(run)
    return made


def cheapest(units: Sequence[Unit], longest: int) -> int:
    """Return after how many units, ``longest`` at most, parting costs least; the latest such."""
    best = max(longest, 1)
    for count in range(best, 0, -1):
        if units[count - 1].parting < units[best - 1].parting:
            best = count
    return best


def twin_at(units: Sequence[Unit], count: int) -> tuple[int, Twin | None]:
    """Return the two columns that ``units`` begin with, or that their first ``count`` precede.

    The latter only where those may not be the last of their page.
    """
    for at in (0, count):
        unit = units[at] if at < len(units) else None
        if isinstance(unit, Twin) and (at == 0 or units[at - 1].parting >= Parting.HEADING):
            return at, unit
    return 0, None
