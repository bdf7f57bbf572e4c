"""Doubts and flags of a few turns looked at again, while the rest stays as it was."""

from __future__ import annotations

from collections.abc import Sequence, Set

from archive_app.domain.doubts import Flag
from archive_app.domain.records import Turn

NEIGHBOURS = 4
"""How many turns on either side are looked at with one that was changed: lines repeat."""


def flags_again(
    turns: Sequence[Turn], changed: Set[int], language: str, *, threshold: float
) -> list[Flag]:
    """Return the flags that reach turns of the given ids, in the order of the text."""
    from archive_app.work.doubts import flags_of

    return [
        flag
        for run in runs_around(turns, changed, by=NEIGHBOURS)
        for flag in flags_of(run, language, threshold=threshold)
        if {flag.span.start_turn, flag.span.end_turn} & changed
    ]


def runs_around(turns: Sequence[Turn], ids: Set[int], *, by: int) -> list[Sequence[Turn]]:
    """Return the stretches of turns that lie within ``by`` places of some turns, in order."""
    runs: list[tuple[int, int]] = []
    for place, turn in enumerate(turns):
        if turn.id not in ids:
            continue
        first, last = max(0, place - by), min(len(turns), place + by + 1)
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return [turns[first:last] for first, last in runs]
