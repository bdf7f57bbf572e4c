"""Offsets in Qt's UTF-16 units and in code points, and nothing else converts between them.

Qt counts UTF-16 units, the archive counts code points. They differ behind every
character beyond the Basic Multilingual Plane (emoji, ancient scripts). Always
one turn's text at a time.
"""

from __future__ import annotations

import re

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def units_before(text: str, offset: int) -> int:
    """Return how many UTF-16 units stand before the code point ``offset`` of ``text``."""
    if text.isascii() or _ASTRAL.search(text) is None:
        return offset
    return offset + len(_ASTRAL.findall(text, 0, offset))


def points_before(text: str, units: int) -> int:
    """Return how many whole code points stand before the UTF-16 unit ``units`` of ``text``.

    A place inside a surrogate pair counts as the place before its character.
    """
    if text.isascii():
        return units
    surplus = 0
    for index, match in enumerate(_ASTRAL.finditer(text)):
        first_unit = match.start() + index
        if first_unit >= units:
            break
        if first_unit + 1 == units:
            return match.start()
        surplus = index + 1
    return units - surplus


def units_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return units_before(text, len(text))
