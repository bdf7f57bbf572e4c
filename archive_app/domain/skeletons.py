"""Letters reduced to what they look like, so that a name is found however it was typed.

A *skeleton* has no case, no accents or stress marks, no soft hyphens and no
zero-width characters; letters that look alike in Cyrillic, Latin and Greek are
one letter (as in Unicode TS 39, confusables, cut down to the letters that
typists and recognisers do mix). Skeletons are for comparing only, never shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LETTERS = re.compile(r"[^\W\d_]+")
"""A run of letters of a skeleton; digits, ``_``, hyphens and apostrophes end it."""

_LOOK_ALIKES = dict(
    zip(
        "авекмнорстухѕіјһӏԁԛԝεαβικορτυχłđðøıſ",
        "abekmhopctyxsijhldqweabikoptyxlddois",
        strict=True,
    )
)
_PRIMES = "ʹʺʼˈˊ՚"
"""Signs that romanisations put for ь and ъ; Unicode calls them letters."""

_CASED = [chr(c) for c in range(0x530) if chr(c).isalpha()]
UPPER = "".join(c for c in _CASED if c.isupper())
LOWER = "".join(c for c in _CASED if c.islower())
INNER_CAPITAL = re.compile(f"[{LOWER}][{UPPER}]|[{UPPER}]{{2}}[{LOWER}]")
_HUMPS = re.compile(f"[{UPPER}]+(?![{LOWER}])|[{UPPER}]?[{LOWER}]+|[^\\W\\d_]")


def _reduce(char: str) -> str:
    if char.isascii():
        return char.lower()
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or char in _PRIMES:
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    if not any(c.isalpha() for c in plain):
        return char
    letters = (c for c in plain if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return "".join(_LOOK_ALIKES.get(c, c) for c in letters)


class _Reductions(dict[int, str]):
    """``str.translate``'s table, filled as characters are met."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: set[str] = set()
        """Characters met so far whose skeleton is not one character long."""

    def __missing__(self, code: int) -> str:
        reduced = _reduce(chr(code))
        if len(reduced) != 1:
            self.odd.add(chr(code))
        self[code] = reduced
        return reduced


_reductions = _Reductions()


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text's skeleton and the way back to the text."""

    text: str
    cased: str
    """For each character of ``text`` the one it was made from."""
    places: tuple[int, ...] | None
    """For each character of ``text`` its offset in the original; ``None``: the same."""
    source: str
    """The original."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of the original behind a non-empty range of the skeleton.

        It takes in the marks without a letter of their own that follow the last letter.
        """
        if self.places is None:
            return start, end
        after = self.places[end] if end < len(self.places) else len(self.source)
        return self.places[start], after


def skeleton(text: str) -> str:
    """Return the skeleton alone."""
    return text.translate(_reductions)


def skeleton_of(text: str) -> Skeleton:
    """Return the skeleton with the way back; O(len(text))."""
    reduced = text.translate(_reductions)
    if _reductions.odd.isdisjoint(text):
        return Skeleton(reduced, text, None, text)
    pieces: list[str] = []
    cased: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in _reductions[ord(char)]:
            pieces.append(letter)
            cased.append(char)
            places.append(place)
    return Skeleton("".join(pieces), "".join(cased), tuple(places), text)


def letters_written(text: str) -> str:
    """Return a word in small letters without stress marks and invisible signs; й and ё stay."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFC", text).lower()
    return "".join(c for c in composed if unicodedata.category(c) not in ("Mn", "Me", "Cf"))


def humps(cased: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges that inner capitals divide a run of letters into: Sergei|Volkov."""
    for found in _HUMPS.finditer(cased, start, end):
        yield found.span()
