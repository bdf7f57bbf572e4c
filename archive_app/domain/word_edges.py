"""Where the ends of a passage come to rest when they are moved by hand: at the edges of words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

_WORD = re.compile(r"\w+(?:['’\-‑]\w+)*")
_CHUNK = re.compile(r"\S+")


@lru_cache(maxsize=256)
def word_starts(text: str) -> tuple[int, ...]:
    """Return where a passage may begin: at words, with or without what opens before them."""
    found = {match.start() for match in _WORD.finditer(text)}
    return tuple(sorted(found | {match.start() for match in _CHUNK.finditer(text)}))


@lru_cache(maxsize=256)
def word_ends(text: str) -> tuple[int, ...]:
    """Return where a passage may end: after words, with or without what closes behind them."""
    found = {match.end() for match in _WORD.finditer(text)}
    return tuple(sorted(found | {match.end() for match in _CHUNK.finditer(text)}))


def nearest(edges: tuple[int, ...], offset: int) -> int | None:
    """Return the edge nearest to an offset, the earlier of two; ``None`` without any."""
    if not edges:
        return None
    place = bisect_left(edges, offset)
    around = edges[max(place - 1, 0) : place + 1]
    return min(around, key=lambda edge: (abs(edge - offset), edge))


def beyond(edges: tuple[int, ...], offset: int, *, is_forward: bool) -> int | None:
    """Return the next edge after an offset, or the last before it; ``None`` if there is none."""
    if is_forward:
        place = bisect_right(edges, offset)
        return edges[place] if place < len(edges) else None
    place = bisect_left(edges, offset)
    return edges[place - 1] if place else None
