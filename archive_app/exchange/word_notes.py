"""Footnotes and endnotes on their way through the reading of a typed transcript.

Where a note is set, a mark of noncharacters stands in the text, which no one
types and no reader of labels or times takes for anything. ``lifted`` takes the
marks out again and tells where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archive_app.exchange.word_story import Paragraph

_MARK = re.compile("\ufdd0([\ufde0-\ufde9]{1,9})\ufdd1")
_ZERO = 0xFDE0

Places = Sequence[tuple[int, int]]
"""(offset, number of the note), offsets in code points, rising."""


def mark_of(note: int) -> str:
    """Return what stands for a note in a text."""
    return "\ufdd0" + "".join(chr(_ZERO + int(digit)) for digit in str(note)) + "\ufdd1"


def places_of(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Return where in a paragraph's text its notes are set."""
    places: list[tuple[int, int]] = []
    length = 0
    for run in paragraph.runs:
        if run.note is not None:
            places.append((length, run.note))
        length += len(run.text)
    return places


def laid(text: str, places: Iterable[tuple[int, int]], *, start: int = 0) -> str:
    """Return a text from ``start`` on with its notes' marks; those before it come first."""
    parts: list[str] = []
    position = start
    for offset, note in places:
        at = max(offset, start)
        parts += [text[position:at], mark_of(note)]
        position = at
    parts.append(text[position:])
    return "".join(parts)


def lifted(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without marks, and (offset, number) of those it had.

    A space on both sides of a mark stays one space.
    """
    if "\ufdd0" not in text:
        return text, []
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length = position = 0
    for match in _MARK.finditer(text):
        before = text[position : match.start()]
        if length == 0 or (parts and parts[-1].endswith(" ")):
            before = before.removeprefix(" ")
        if before:
            parts.append(before)
            length += len(before)
        number = int("".join(str(ord(digit) - _ZERO) for digit in match[1]))
        places.append((length, number))
        position = match.end()
    rest = text[position:]
    if length == 0 or (parts and parts[-1].endswith(" ")):
        rest = rest.removeprefix(" ")
    parts.append(rest)
    whole = "".join(parts).rstrip(" ")
    return whole, [(min(offset, len(whole)), note) for offset, note in places]
