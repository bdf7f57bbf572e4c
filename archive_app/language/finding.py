"""Finding a piece of text letter by letter, whichever way its letters are written.

A letter is what a reader takes for one: composed and decomposed forms are the same,
a letter with a combining accent is not the letter without it, and soft hyphens and
joiners count for nothing. Offsets are code points of the text as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive_app.language.folding import fold

_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U0001f3fb-\U0001f3ff"
)
_MARK = re.compile(f"[{_MARKS}]")
_LETTER = re.compile(f".[{_MARKS}]*", re.DOTALL)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: ``[start, end)`` in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in the form that is compared, and where each of its characters comes from."""

    text: str
    starts: Sequence[int]
    """By folded character: where its letter begins, or -1 if it is not that letter's first."""
    ends: Sequence[int]
    """By folded character: where its letter ends, or -1 if it is not that letter's last."""


class Finder:
    """Finds one piece of text in as many texts as wanted; O(length) each."""

    def __init__(
        self, sought: str, *, is_case_sensitive: bool, is_whole_words: bool, is_any_script: bool
    ) -> None:
        self._form: Callable[[str], str] = (
            fold if is_any_script else _exact if is_case_sensitive else _without_case
        )
        self._sought = self._folded(sought).text
        self._case = _case_of(sought) if is_any_script and is_case_sensitive else None
        self._is_whole_words = is_whole_words

    def places_in(self, text: str) -> Iterator[Place]:
        """Yield where it stands in a text, in order; places never overlap."""
        if not self._sought:
            return
        folded = self._folded(text)
        at = folded.text.find(self._sought)
        while at >= 0:
            end = at + len(self._sought)
            place = Place(folded.starts[at], folded.ends[end - 1])
            if place.start >= 0 and place.end >= 0 and self._counts(text, place):
                yield place
            else:
                end = at + 1
            at = folded.text.find(self._sought, end)

    def _counts(self, text: str, place: Place) -> bool:
        found = text[place.start : place.end]
        if self._case is not None and _case_of(found) != self._case:
            return False
        return not self._is_whole_words or not (
            (_is_of_word(found[:1]) and _is_of_word(_before(text, place.start)))
            or (_is_of_word(_last(found)) and _is_of_word(text[place.end : place.end + 1]))
        )

    def _folded(self, text: str) -> _Folded:
        if self._form is not fold and not _MARK.search(text):
            form = self._form(text)
            if len(form) == len(text):
                return _Folded(form, range(len(text)), range(1, len(text) + 1))
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for letter in _LETTER.finditer(text):
            piece = self._form(letter[0])
            if piece:
                pieces.append(piece)
                starts += [letter.start(), *(-1 for _ in piece[1:])]
                ends += [*(-1 for _ in piece[1:]), letter.end()]
        return _Folded("".join(pieces), starts, ends)


@lru_cache(maxsize=1 << 12)
def _exact(text: str) -> str:
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


@lru_cache(maxsize=1 << 12)
def _without_case(text: str) -> str:
    return unicodedata.normalize("NFC", _exact(text).casefold())


def _case_of(text: str) -> tuple[bool, bool]:
    """Return (begins with a capital, is all capitals): what two scripts can have in common."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and letters[0].isupper(), len(letters) > 1 and text.isupper()


def _before(text: str, start: int) -> str:
    """Return the character before a place, past marks and joiners."""
    while start > 0 and _MARK.match(text[start - 1]):
        start -= 1
    return text[start - 1 : start]


def _last(text: str) -> str:
    return _before(text, len(text))


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_"
