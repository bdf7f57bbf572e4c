"""The order of a dossier's outline: what stands under a heading, and what a move makes of it.

A heading of level 1 to 3 stands over everything up to the next heading of its own or a
higher rank. ``levels`` holds one number for each item: a heading's level, 0 for the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

DEEPEST = 3


def section_end(levels: Sequence[int], place: int) -> int:
    """Return where what stands under the item at a place ends; behind itself if no heading."""
    level = levels[place]
    if not level:
        return place + 1
    return next(
        (n for n in range(place + 1, len(levels)) if 0 < levels[n] <= level), len(levels)
    )  # fmt: skip


def depths(levels: Sequence[int]) -> list[int]:
    """Return how far each item is set in: a heading by those above it, the rest by its heading."""
    found: list[int] = []
    below = 0
    for level in levels:
        if level:
            below = level
        found.append(level - 1 if level else below)
    return found


def shown(levels: Sequence[int], folded: Collection[int]) -> list[int]:
    """Return the places that are seen when the headings at some places are folded."""
    places: list[int] = []
    place = 0
    while place < len(levels):
        places.append(place)
        place = section_end(levels, place) if place in folded else place + 1
    return places


def taken(levels: Sequence[int], chosen: Collection[int], folded: Collection[int]) -> list[int]:
    """Return the places that go along when some are moved: those chosen, and what is folded."""
    found: set[int] = set()
    for place in chosen:
        found |= set(range(place, section_end(levels, place))) if place in folded else {place}
    return sorted(found)


def moved(ids: Sequence[int], going: Collection[int], before: int) -> list[int]:
    """Return the ids with those at some places put before the place ``before`` of old."""
    first = [one for n, one in enumerate(ids[:before]) if n not in going]
    last = [one for n, one in enumerate(ids[before:], before) if n not in going]
    return [*first, *(one for n, one in enumerate(ids) if n in going), *last]


def stepped(
    ids: Sequence[int], going: Sequence[int], seen: Sequence[int], levels: Sequence[int], by: int
) -> list[int] | None:
    """Return the ids with those at some places moved by one place that is seen; None: no room.

    ``going`` and ``seen`` are sorted places. They come out side by side, one place further
    than the outermost of them; what is folded is passed over as a whole.
    """
    if not going:
        return None
    if by < 0:
        above = [place for place in seen if place < going[0]]
        return moved(ids, set(going), above[-1]) if above else None
    below = [place for place in seen if place > going[-1]]
    if not below:
        return None
    behind = below[1] if len(below) > 1 else len(levels)
    return moved(ids, set(going), behind)
