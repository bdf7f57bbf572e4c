"""Footnotes: how much of them has to stand on a page, and what goes on to the next."""

from __future__ import annotations

from collections.abc import Sequence

from archive_app.dossier.blocks import Line
from archive_app.dossier.parting import LEAST

Note = list[Line]
"""A footnote's lines, or those of it that are still to come."""
SLACK = 0.01
"""Points that rounding may add up to."""


def height(lines: Sequence[Line]) -> float:
    """Return the height of lines that stand close to each other."""
    return sum(line.leading for line in lines)


def least_height(notes: Sequence[Note]) -> float:
    """Return the height that notes called on one page need there.

    All but the last stand there whole, of the last enough that none of its lines is alone.
    """
    last = notes[-1]
    begun = last if len(last) < 2 * LEAST else last[:LEAST]
    return sum(height(note) for note in notes[:-1]) + height(begun)


def part(note: Note, room: float) -> int:
    """Return how many lines of a note fit into a height without leaving one alone; or none."""
    fitting = 0
    used = 0.0
    for line in note:
        used += line.leading
        if used > room + SLACK:
            break
        fitting += 1
    if fitting == len(note):
        return fitting
    fitting = min(fitting, len(note) - LEAST)
    return fitting if fitting >= LEAST else 0
