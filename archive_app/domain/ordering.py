"""Positions of things in an order that a person makes: moving one changes few of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

STEP = 1024
"""Between neighbours of a list that was numbered anew."""


def positions_for(current: Sequence[int | None]) -> list[int]:
    """Return ascending positions for things in their new order.

    ``current`` are the positions they have (None: a new one). As many as possible
    keep theirs; the others go into the gaps, and only where a gap is too narrow
    all are numbered anew. O(n log n).
    """
    kept = _longest_ascending(current)
    if not kept:
        return [STEP * (n + 1) for n in range(len(current))]
    found = [0] * len(current)
    for place in kept:
        found[place] = current[place] or 0
    for before, behind in zip((None, *kept), (*kept, None), strict=True):
        first = 0 if before is None else before + 1
        last = len(current) if behind is None else behind
        count = last - first
        if not count:
            continue
        if before is None:
            assert behind is not None
            numbers = [found[behind] - STEP * (count - n) for n in range(count)]
        elif behind is None:
            numbers = [found[before] + STEP * (n + 1) for n in range(count)]
        else:
            room = found[behind] - found[before]
            if room <= count:
                return [STEP * (n + 1) for n in range(len(current))]
            numbers = [found[before] + room * (n + 1) // (count + 1) for n in range(count)]
        found[first:last] = numbers
    return found


def _longest_ascending(values: Sequence[int | None]) -> list[int]:
    """Return the places of a longest strictly ascending subsequence, None passed over."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = [-1] * len(values)
    for place, value in enumerate(values):
        if value is None:
            continue
        at = bisect_left(ends, value)
        before[place] = places[at - 1] if at else -1
        ends[at : at + 1] = [value]
        places[at : at + 1] = [place]
    found: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
