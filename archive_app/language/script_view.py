"""A Serbian text shown in its other script, and where every offset stands in it.

It is a view: the text that is kept does not change, tags and times stay on it,
and nothing that is shown is ever written back.

What is no Serbian word stays as it is written: marks in square brackets,
addresses, words with letters that the alphabet does not have (Windows, Яндекс),
Roman numerals, and words that are in the wanted script already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import islice

from archive_app.domain.offsets import OffsetMap, Piece, rewrite
from archive_app.language.transliteration import SERBIAN_SEAMS


class Script(StrEnum):
    """A script by its ISO 15924 code, as language tags name it."""

    LATIN = "Latn"
    CYRILLIC = "Cyrl"


_LANGUAGES = frozenset(("sr", "sh", "bs", "hr", "cnr"))
"""Tags of the languages that are written with these letters."""

_LATIN = "abvgdđežzijklmnoprstćufhcčš"
_CYRILLIC = "абвгдђежзијклмнопрстћуфхцчш"
_LATIN_PAIRS = {"lj": "љ", "nj": "њ", "dž": "џ", "ǉ": "љ", "ǌ": "њ", "ǆ": "џ"}
_CYRILLIC_PAIRS = {"љ": "lj", "њ": "nj", "џ": "dž"}
_DECOMPOSED = {"c\u030c": "č", "c\u0301": "ć", "s\u030c": "š", "z\u030c": "ž"}

_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC.upper())
_TO_LATIN = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN.upper())

_STRESS = "\u0300-\u036f\u00ad"
_UNTOUCHED = re.compile(
    r"\[[^\[\]]{1,80}\]"  # marks: [unclear], [smeh]
    r"|\w+://\S+|www\.\S+|\S+@\S+\.\w+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|rs|ru|eu|info|tv|fm|me|hr|ba|pdf|docx?|mp3|wav)\b(?!\.\w)",
    re.IGNORECASE,
)
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_STRESS}])*")
_COMPOUND = re.compile(rf"{_WORD.pattern}(?:[-'’]{_WORD.pattern})*")
_SERBIAN_LATIN = re.compile(rf"[{_LATIN}ǉǌǆ{_STRESS}]+")
_SERBIAN_CYRILLIC = re.compile(rf"[{_CYRILLIC}љњџ{_STRESS}]+")
_LATIN_LETTERS = re.compile("dz\u030c|dž|lj|nj|[csz]\u030c|c\u0301|[ǉǌǆ]")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_FOREIGN = re.compile(
    r"wi$|fi$|facebook|google|zoom$|microsoft|online|email|covid|.*(?:ll|ss|tt|ff|ck|ch)"
)
"""Names and letter pairs that Serbian words do not have, where the letters alone do not tell."""


def script_of(sample: str) -> Script:
    """Return the script that a text is mostly written in; Latin where nothing tells."""
    letters = list(islice((c for c in sample if c.isalpha()), 4000))
    cyrillic = sum("\u0400" <= c <= "\u052f" for c in letters)
    return Script.CYRILLIC if cyrillic * 2 > len(letters) else Script.LATIN


def other_script(language: str, sample: str = "") -> Script | None:
    """Return the script that a text may be shown in besides its own; ``None``: there is none.

    ``language`` is a BCP 47 tag; ``sample`` tells the script where the tag does not.
    """
    parts = language.split("-")
    if parts[0] not in _LANGUAGES:
        return None
    named = next((part for part in parts[1:] if part in set(Script)), None)
    kept = Script(named) if named else script_of(sample)
    return Script.LATIN if kept is Script.CYRILLIC else Script.CYRILLIC


class ScriptView:
    """One turn's text in another script. Never changes.

    Offsets are code points. ``to_kept(to_shown(x)) == x`` for every offset that
    is not between the two letters of one (l|j kept, љ shown); there, both give
    where the letter begins, and the functions for spans take in the whole letter.
    """

    __slots__ = ("_back", "_forth", "kept", "shown")

    def __init__(self, text: str, script: Script) -> None:
        self.kept = text
        """The text as it is stored."""
        pieces: list[Piece] = []
        parts: list[str] = []
        done = 0
        for start, end in _words(text, _is_cyrillic if script is Script.LATIN else _is_latin):
            word = text[start:end]
            if script is Script.CYRILLIC:
                pieces += _cyrillic_letters(word, start)
                shown = word.translate(_TO_CYRILLIC)
            else:
                pieces += _latin_letters(word, start)
                shown = word.translate(_TO_LATIN)
            parts += text[done:start], shown
            done = end
        parts.append(text[done:])
        self.shown, self._forth = rewrite("".join(parts), pieces)
        """The text in the other script."""
        self._back = _turned_round(text, self._forth)

    def to_shown(self, offset: int) -> int:
        """Return where an offset of the kept text stands in the shown one; monotone."""
        return self._forth.start(offset)

    def to_kept(self, offset: int) -> int:
        """Return where an offset of the shown text stands in the kept one; monotone."""
        return self._back.start(offset)

    def span_to_shown(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``[start, end)`` of the kept text is shown, grown to whole letters."""
        return self._forth.start(start), self._forth.end(end)

    def span_to_kept(self, start: int, end: int) -> tuple[int, int]:
        """Return what ``[start, end)`` of the shown text is in the kept one, in whole letters."""
        return self._back.start(start), self._back.end(end)


def _words(text: str, is_serbian: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Yield where words stand that are to be shown in the other script.

    Of a compound every part must be Serbian: Wi-Fi and Google-a stay whole.
    """
    done = 0
    for untouched in [*_UNTOUCHED.finditer(text), None]:
        end = untouched.start() if untouched else len(text)
        for compound in _COMPOUND.finditer(text, done, end):
            found = list(_WORD.finditer(text, *compound.span()))
            if all(is_serbian(word[0]) for word in found):
                yield from (word.span() for word in found)
        done = untouched.end() if untouched else end


def _is_cyrillic(word: str) -> bool:
    return _SERBIAN_CYRILLIC.fullmatch(word.lower()) is not None


def _is_latin(word: str) -> bool:
    small = word.lower()
    if len(small) != len(word) or not _SERBIAN_LATIN.fullmatch(small):
        return False
    return not _FOREIGN.match(small) and not (len(word) > 1 and _ROMAN.fullmatch(word))


def _cyrillic_letters(word: str, at: int) -> Iterator[Piece]:
    """Yield the letters of a Latin word that are shown by another number of code points."""
    small = word.lower()
    seams = {found.end() for found in SERBIAN_SEAMS.finditer(small)}
    for found in _LATIN_LETTERS.finditer(small):
        start, end = found.span()
        latin = _DECOMPOSED.get(found[0], found[0]).replace("z\u030c", "ž")
        if start + 1 in seams:
            if not found[0].endswith("\u030c"):
                continue
            start, latin = start + 1, "ž"
        letter = _LATIN_PAIRS.get(latin) or latin.translate(_TO_CYRILLIC)
        is_capital = word[start].isupper() or word[start].istitle()
        yield Piece(at + start, at + end, letter.upper() if is_capital else letter)


def _latin_letters(word: str, at: int) -> Iterator[Piece]:
    """Yield the letters of a Cyrillic word that are shown by two: Љубав Ljubav, ЉУБАВ LJUBAV."""
    for place, letter in enumerate(word):
        pair = _CYRILLIC_PAIRS.get(letter.lower())
        if pair is None:
            continue
        if letter.isupper():
            beside = word[place + 1 : place + 2] or word[place - 1 : place]
            pair = pair.upper() if beside.isupper() else pair.capitalize()
        yield Piece(at + place, at + place + 1, pair)


def _turned_round(text: str, forth: OffsetMap) -> OffsetMap:
    """Return the map from the new text back to the old one."""
    back: list[Piece] = []
    growth = 0
    for piece in forth.pieces:
        start = piece.start + growth
        growth += len(piece.text) - (piece.end - piece.start)
        back.append(Piece(start, start + len(piece.text), text[piece.start : piece.end]))
    return OffsetMap(back)
