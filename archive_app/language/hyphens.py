"""Where a word may be parted at the end of a line: Russian, Serbian in both scripts, English.

The patterns are those of LibreOffice, read by pyphen. What is added here:

- Two letters at least stay before a break and three behind it; for Russian and
  Serbian each side keeps a vowel (Serbian r may be one), and й, ь and ъ stay with
  the letter before them (Правила русской орфографии и пунктуации, 1956, § 117–121).
- Serbian Cyrillic and Latin break alike: both are read as the letters of one
  alphabet, in which lj, nj and dž are single letters but where they meet across a
  seam (nad-živeti). Letters are counted in that alphabet: љу-бав is lju-bav.
- ё is read as е, for the Russian patterns do not know it.
- No breaks in what is not a word: digits, addresses, marks in brackets, initialisms,
  names with a capital inside, words in letters of another language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from archive_app.language.transliteration import SERBIAN_SEAMS, serbian_latin

if TYPE_CHECKING:
    from pyphen import Pyphen

BEFORE, BEHIND = 2, 3
"""How many letters at least stay at the end of a line, and go to the next one."""

_NO_WORD = re.compile(r"[\d\[\]{}<>@/\\_=#|]|\w\.\w|^www\.", re.IGNORECASE)
_STRESS = frozenset("\u0300\u0301\u0302\u0304\u030f\u0311")
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_SERBIAN_CYRILLIC = frozenset("абвгдђежзијклљмнњопрстћуфхцчџш")
_SERBIAN_LATIN = frozenset("abcčćdđefghijklmnoprsštuvzž")
_ENGLISH = frozenset("abcdefghijklmnopqrstuvwxyz")
_SERBIAN_PIECES = re.compile("lj|nj|dž|.", re.DOTALL)
_SERBIAN_BACK = {serbian_latin(letter): letter for letter in _SERBIAN_CYRILLIC}
_VOWELS = {"ru_RU": frozenset("аеёиоуыэюя"), "sr": frozenset("аеиоур")}
_HOLDS_ON = frozenset("йьъ")


def hyphenate(word: str, language: str) -> tuple[int, ...]:
    """Return the offsets before which a word may be parted, ascending; often none.

    Args:
        word: a word as it stands between two spaces, with its punctuation; the
            parts of a compound (научно-популярный) are looked at one by one, and
            the place behind its own hyphen is not among the offsets.
        language: BCP 47: ``ru``, ``sr-Cyrl``, ``sr-Latn``, ``en``, ``en-GB``. In
            Serbian the word's own script decides. Other languages have no breaks.

    Offsets are code points. A combining accent, and anything invisible, stays with
    its letter.
    """
    tag = language.replace("_", "-").lower()
    if tag.split("-", maxsplit=1)[0] not in ("ru", "sr", "en") or _NO_WORD.search(word):
        return ()
    found: list[int] = []
    for run in _letter_runs(word):
        found += _breaks(run, tag)
    return tuple(found)


_Run = list[tuple[int, str]]
"""Letters with what belongs to them, each with its offset in the word."""


def _letter_runs(word: str) -> list[_Run]:
    """Return the stretches of letters: "«пре́д-мет»" has "пре́д" and "мет"."""
    runs: list[_Run] = []
    current: _Run = []
    for offset, character in enumerate(word):
        if character.isalpha():
            current.append((offset, character))
        elif current and unicodedata.category(character) in ("Mn", "Me", "Cf"):
            current[-1] = (current[-1][0], current[-1][1] + character)
        elif current:
            runs.append(current)
            current = []
    return [*runs, current] if current else runs


def _breaks(run: _Run, tag: str) -> list[int]:
    if len(run) < BEFORE + BEHIND or any(text[0].isupper() for _, text in run[1:]):
        return []
    if tag.startswith("sr"):
        return _serbian_breaks(run)
    is_russian = tag.startswith("ru")
    letters = _letters(run, _RUSSIAN if is_russian else _ENGLISH)
    if letters is None:
        return []
    patterns = "ru_RU" if is_russian else "en_GB" if tag.startswith("en-gb") else "en_US"
    word = "".join(letters).replace("ё", "е")
    return [run[place][0] for place in _places(word, patterns)]


def _serbian_breaks(run: _Run) -> list[int]:
    """Return the breaks of a word in either script by the letters that both share."""
    cyrillic = _letters(run, _SERBIAN_CYRILLIC)
    latin = _letters(run, _SERBIAN_LATIN) if cyrillic is None else None
    if cyrillic is None and latin is None:
        return []
    # Where each Latin letter stands; a letter that Latin writes with two has both there.
    spelled: list[tuple[int, str]] = []
    for (offset, _), letter in zip(run, cyrillic or latin or (), strict=True):
        spelled += [(offset, one) for one in serbian_latin(letter)]
    seams = {found.end() for found in SERBIAN_SEAMS.finditer("".join(one for _, one in spelled))}
    text, starts, place = "", list[int](), 0
    for piece in _pieces("".join(one for _, one in spelled), seams):
        text += _SERBIAN_BACK[piece]
        starts.append(spelled[place][0])
        place += len(piece)
    return [starts[one] for one in _places(text, "sr")]


def _pieces(text: str, seams: set[int]) -> list[str]:
    """Return Serbian Latin letters; what meets across a seam is two of them."""
    cuts = [0, *sorted(seams), len(text)]
    parts = (text[start:end] for start, end in pairwise(cuts))
    return [piece for part in parts for piece in _SERBIAN_PIECES.findall(part)]


def _letters(run: _Run, alphabet: frozenset[str]) -> list[str] | None:
    """Return a run's small letters without stress marks; None: one is of no such alphabet."""
    letters: list[str] = []
    for _, text in run:
        shown = "".join(c for c in text if unicodedata.category(c) != "Cf")
        letter = unicodedata.normalize("NFC", shown).lower()
        if letter not in alphabet:
            bare = (c for c in unicodedata.normalize("NFD", letter) if c not in _STRESS)
            letter = unicodedata.normalize("NFC", "".join(bare))
        if letter not in alphabet and alphabet is _ENGLISH:
            # Loan words keep their accents: naïveté.
            letter = "".join(c for c in unicodedata.normalize("NFD", letter) if c in alphabet)
        if letter not in alphabet:
            return None
        letters.append(letter)
    return letters


@lru_cache(maxsize=20_000)
def _places(letters: str, patterns: str) -> tuple[int, ...]:
    """Return the places in a word of small letters, each one a character, where it may part."""
    vowels = _VOWELS.get(patterns)
    places = (int(place) for place in _hyphenator(patterns).positions(letters))
    return tuple(
        place
        for place in places
        if BEFORE <= place <= len(letters) - BEHIND
        and letters[place] not in _HOLDS_ON
        and (vowels is None or (_has(vowels, letters[:place]) and _has(vowels, letters[place:])))
    )


def _has(vowels: frozenset[str], letters: str) -> bool:
    return not vowels.isdisjoint(letters)


@lru_cache
def _hyphenator(patterns: str) -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang=patterns, left=BEFORE, right=BEHIND)
