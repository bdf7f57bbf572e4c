"""Offsets in Qt's UTF-16 units and in code points, and nothing else converts between them.

Qt counts UTF-16 units, the archive counts code points. They differ behind every
character beyond the Basic Multilingual Plane (emoji, ancient scripts). Always
one turn's text at a time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@lru_cache(maxsize=256)
def _astral_places(text: str) -> tuple[int, ...]:
    """Return where the characters of two units stand; kept, for painting asks again and again."""
    return tuple(match.start() for match in _ASTRAL.finditer(text))


def units_before(text: str, offset: int) -> int:
    """Return how many UTF-16 units stand before the code point ``offset`` of ``text``."""
    if text.isascii():
        return offset
    places = _astral_places(text)
    return offset + bisect_left(places, offset) if places else offset


def points_before(text: str, units: int) -> int:
    """Return how many whole code points stand before the UTF-16 unit ``units`` of ``text``.

    A place inside a surrogate pair counts as the place before its character.
    """
    places = () if text.isascii() else _astral_places(text)
    surplus = 0
    for index, place in enumerate(places):
        first_unit = place + index
        if first_unit >= units:
            break
        if first_unit + 1 == units:
            return place
        surplus = index + 1
    return units - surplus


def units_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return units_before(text, len(text))
