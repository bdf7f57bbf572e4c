"""Words without their endings, and which words a search takes for the same.

The language of a typed word is not known, that of a spoken one often only
guessed, and interviews change language in mid-sentence. So ``keys`` looks at
the word alone: it gives the stems of each language the word may belong to, and
two words are taken for the same if they share a key. That is symmetric by
construction, whatever language their transcripts claim (law 19).

* Russian (Snowball), for words spelt with letters that Russian has. The stem
  is taken of the word as Russian would write it, so both scripts give the same
  keys, and it keeps š, ž, č apart from s, z, c: "шел" is not "сел".
* Serbian (Snowball), for words spelt with letters that Serbian has, without
  accents, so "sisanje" finds "šišanje". Where taking the accents away turns a
  Russian word into another Russian word (наш, нас; кожа, коза) they stay.
* English (Snowball), in a space of its own, for words that can be English.
* Frequent English words written in Latin letters are only English: else "note"
  would find "not" by the Serbian rules.

An ending is only taken off if three letters remain.
"""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache
from typing import Any

from archive_app.language.english_words import FREQUENT_ENGLISH
from archive_app.language.folding import bald, exact_form, fold, has_cyrillic, to_latin

ANALYSIS_VERSION = 1
"""Changes whenever ``words``, ``exact_form``, ``fold`` or ``keys`` give other results."""

_SHORTEST_STEM = 3

_RUSSIAN_LETTERS = re.compile("[abvgdežzijklmnoprstufhcčšыэьъ]+")
_SERBIAN_LETTERS = re.compile("[abvgdeijklmnoprstufhcz]+")
_ENGLISH_WORD = re.compile("[a-z]+[b-hj-np-tv-z]|[a-z]+e")

# to_latin backwards, for Russian; longest first.
_CYRILLIC_PIECES = {
    "šč": "щ", "ja": "я", "ju": "ю", "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "e": "е",
    "ž": "ж", "z": "з", "i": "и", "j": "й", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о",
    "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф", "h": "х", "c": "ц", "č": "ч",
    "š": "ш",
}  # fmt: skip
_PIECE = re.compile("šč|ja|ju|[a-zčšž]")

_ALGORITHMS = {
    "ru": "russian", "sr": "serbian", "en": "english", "fr": "french", "de": "german",
    "es": "spanish", "it": "italian", "pl": "polish", "pt": "portuguese", "nl": "dutch",
}  # fmt: skip


_own = threading.local()
"""A stemmer keeps the word that it is taking apart: each thread has its own."""


def _stemmer(algorithm: str) -> Any:
    made: dict[str, Any] | None = getattr(_own, "stemmers", None)
    if made is None:
        made = _own.stemmers = {}
    found = made.get(algorithm)
    if found is None:
        import snowballstemmer

        found = made[algorithm] = snowballstemmer.stemmer(algorithm)
    return found


@cache
def _dictionary() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def stem(word: str, language: str) -> str:
    """Return the word's Snowball stem in a language (BCP 47), folded to Latin without accents.

    A language without an algorithm gives the folded word itself.
    """
    algorithm = _ALGORITHMS.get(language.split("-", maxsplit=1)[0].lower())
    if algorithm is None:
        return fold(word)
    if algorithm == "russian":
        return bald(_russian_stem(to_latin(word)))
    if algorithm == "serbian":
        return _serbian_stem(fold(word))
    return fold(_stemmer(algorithm).stemWord(exact_form(word)))


def keys(form: str) -> frozenset[str]:
    """Return the keys of an exact form (``folding.exact_form``); never empty.

    Words that share a key find each other. Keys are opaque; they hold no space
    and no control character unless the form does.
    """
    return _keys(form)


def initial(key: str) -> str:
    """Return the folded first letter of the words that have a key (no stemmer changes it)."""
    return bald(key.removeprefix("~")[:1])


@lru_cache(maxsize=1 << 17)
def _keys(form: str) -> frozenset[str]:
    if form in FREQUENT_ENGLISH:
        return frozenset(("~" + _english_stem(form),))
    latin = to_latin(form)
    plain = bald(latin)
    if len(plain) < _SHORTEST_STEM:
        return frozenset((plain,))
    found: set[str] = set()
    if _RUSSIAN_LETTERS.fullmatch(latin):
        found.add(_russian_stem(latin))
    if _SERBIAN_LETTERS.fullmatch(plain):
        found.add(_serbian_stem(latin if _is_another_word_bald(latin, plain) else plain))
    if _ENGLISH_WORD.fullmatch(latin):
        found.add("~" + _english_stem(latin))
    return frozenset(found or (plain,))


def _in_cyrillic(latin: str) -> str:
    return _PIECE.sub(lambda piece: _CYRILLIC_PIECES.get(piece[0], piece[0]), latin)


def _russian_stem(latin: str) -> str:
    """The stem, in the letters of ``to_latin``; the word if too little would remain."""
    stemmed = to_latin(_stemmer("russian").stemWord(_in_cyrillic(latin)))
    return stemmed if len(stemmed) >= _SHORTEST_STEM else latin


def _serbian_stem(latin: str) -> str:
    # The stemmer writes đ for dj and shortens ije to e; only the result counts.
    stemmed = to_latin(_stemmer("serbian").stemWord(latin))
    return stemmed if len(stemmed) >= _SHORTEST_STEM else latin


def _english_stem(word: str) -> str:
    stemmed = _stemmer("english").stemWord(word)
    return stemmed if len(stemmed) >= _SHORTEST_STEM else word


def _is_another_word_bald(latin: str, plain: str) -> bool:
    if latin == plain:
        return False
    known = _dictionary().word_is_known
    return known(_in_cyrillic(plain)) and known(_in_cyrillic(latin))


def is_cyrillic_word(word: str) -> bool:
    """Whether the word is written in Cyrillic letters."""
    return has_cyrillic(word)
