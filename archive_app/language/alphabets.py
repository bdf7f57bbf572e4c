"""The order of the alphabet, for lists that people read.

Python sorts by code point, which puts Č after Z and Ђ after Я. The keys here
follow the alphabets as their countries' dictionaries do; accents and case
decide only between words that are otherwise equal, and foreign letters come
where a reader looks for them (other scripts after the language's own).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from archive_app.language.folding import exact_form, has_cyrillic

SortKey = tuple[tuple[int, ...], str]

# Ё is sorted as Е with Е first (as in Russian dictionaries); the Serbian Latin
# digraphs dž, lj and nj are letters of their own (Pravopis srpskoga jezika).
_ALPHABETS = {
    "ru": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "sr-Cyrl": "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш",
    "sr-Latn": "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž",
    "en": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
}
# Letters of the same script that others write: after the ones they resemble.
_GUESTS = {
    "sr-Latn": (("q", "p"), ("w", "v"), ("x", "v"), ("y", "v")),
    "ru": (("ђ", "д"), ("ј", "й"), ("љ", "л"), ("њ", "н"), ("ћ", "т"), ("џ", "ц")),
}
_SERBIAN_CYRILLIC = re.compile("[ђјљњћџ]")
_SERBIAN_LATIN = re.compile("[čćđšž]")
_SPACE = 1
_DIGIT = 10
_OWN = 100
_FOREIGN = 1_000
_RUN = re.compile(r"[^\W_]")


@cache
def _ranks(alphabet: str) -> tuple[dict[str, int], re.Pattern[str]]:
    letters = _ALPHABETS[alphabet].split()
    ranks = {letter: _OWN + place * 2 for place, letter in enumerate(letters)}
    for foreign, before in _GUESTS.get(alphabet, ()):
        ranks[foreign] = ranks[before] + 1
    longest_first = sorted(ranks, key=len, reverse=True)
    return ranks, re.compile("|".join([*map(re.escape, longest_first), "."]), re.DOTALL)


def sort_key(text: str, language: str) -> SortKey:
    """Return a key that sorts texts as a reader of the language expects.

    ``language`` is BCP 47; "sr" means Cyrillic, and one without an alphabet here
    gets the English order. Keys of different languages must not be mixed.
    """
    alphabet = _alphabet(language)
    ranks, pieces = _ranks(alphabet)
    form = exact_form(text)
    found: list[int] = []
    for piece in pieces.findall(form):
        rank = ranks.get(piece) or _rank_of_other(piece, ranks)
        if rank:
            found.append(rank)
    return tuple(found), form + "\0" + text


def index_key(text: str, language: str) -> tuple[bool, SortKey]:
    """Return a key that sorts an index of several scripts.

    The language's own script comes first; names in the other follow in the order of
    their own alphabet: in an English or Russian book Cyrillic as Russian has it and
    Latin as English does, in a Serbian one both as Serbian does.
    """
    own = _is_written_cyrillic(language)
    written = has_cyrillic(_first_letter(text).lower()) if _first_letter(text) else own
    if written == own:
        return False, sort_key(text, language)
    if _alphabet(language).startswith("sr"):
        return True, sort_key(text, "sr-Cyrl" if written else "sr-Latn")
    return True, sort_key(text, "ru" if written else "en")


def index_letter(text: str, language: str) -> str:
    """Return the letter an entry of the index is filed below, digraphs as one; "" for none."""
    is_other, (ranks, _) = index_key(text, language)
    if not ranks:
        return ""
    # Numbers stand together, before the letters.
    return f"{is_other}{max(ranks[0], _OWN - 1)}"


def language_by_letters(text: str, language: str) -> str:
    """Return the language of a name in an index by its letters; "" where it may be the index's own.

    Cyrillic is Serbian if it has a letter that only Serbian has, or in a Serbian index;
    Latin is Serbian by its accents or in a Serbian index, else it is anybody's.
    """
    own = _is_written_cyrillic(language)
    first = _first_letter(text).lower()
    if not first or has_cyrillic(first) == own:
        return ""
    is_serbian = _alphabet(language).startswith("sr")
    if not own:
        return "sr-Cyrl" if is_serbian or _SERBIAN_CYRILLIC.search(text.lower()) else "ru"
    return "sr-Latn" if is_serbian or _SERBIAN_LATIN.search(text.lower()) else ""


def _first_letter(text: str) -> str:
    return next((character for character in text if character.isalpha()), "")


def _is_written_cyrillic(language: str) -> bool:
    return _alphabet(language) in ("ru", "sr-Cyrl")


def _alphabet(language: str) -> str:
    if language in _ALPHABETS:
        return language
    base = language.replace("_", "-").split("-", maxsplit=1)[0]
    if base == "sr":
        return "sr-Latn" if "Latn" in language else "sr-Cyrl"
    return base if base in _ALPHABETS else "en"


def _rank_of_other(letter: str, ranks: dict[str, int]) -> int:
    """Digits by value, spaces first, accented letters as their base, punctuation not at all."""
    base = unicodedata.normalize("NFD", letter)[0]
    if base in ranks:
        return ranks[base]
    if letter.isspace():
        return _SPACE
    if letter.isdecimal():
        return _DIGIT + unicodedata.decimal(letter)
    return _FOREIGN + ord(letter) if _RUN.match(letter) else 0
