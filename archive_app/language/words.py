"""Words of a text, with the places where they stand.

A word is a run of letters and digits of any script, with the combining marks
(stress, NFD accents), soft hyphens and zero-width characters inside it.
Apostrophes and hyphens end a word: "кто-то" is the two words "кто" and "то",
"d'accord" is "d" and "accord". A search for "кто-то" looks for the two side by
side, so it is found as a whole, and each part is found by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Combining marks of Latin, Cyrillic, Hebrew and Arabic, then soft hyphen,
# zero-width characters, word joiner and byte-order mark.
_INNER = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200b-\u200d\u2060\ufeff"
)
_WORD = re.compile(rf"[^\W_]+(?:[{_INNER}]+[^\W_]*)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, at ``[start, end)`` in code points."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order; ``text[w.start:w.end] == w.text``."""
    for match in _WORD.finditer(text):
        yield Word(match[0], match.start(), match.end())


def word_texts(text: str) -> list[str]:
    """Return the words as they are written, without their places (the quick way)."""
    return _WORD.findall(text)


def word_places(text: str) -> list[tuple[str, int, int]]:
    """Return ``(text, start, end)`` of each word (the quick way)."""
    return [(m[0], m.start(), m.end()) for m in _WORD.finditer(text)]
