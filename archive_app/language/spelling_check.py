"""Which words of texts no dictionary knows, and what they may have been meant to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from archive_app.language.spelling import (
    Dictionary,
    Lookup,
    in_script_of,
    lookup_of,
    parts_of,
    words_to_check,
)
from archive_app.language.spelling_process import Speller

Place = tuple[int, int]
"""``[start, end)`` in code points of its text."""


def misspelt(
    texts: Sequence[str],
    language: str,
    known: Mapping[str, Dictionary],
    *,
    speller: Speller,
    is_name: Callable[[str], bool] = lambda _: False,
) -> list[list[Place]]:
    """Return for each text the places of its words that nobody knows, in order.

    ``known`` are the dictionaries by language, ``is_name`` says of a word whether
    it is known besides (names, the person's own words).

    Raises:
        Environment: a dictionary cannot be used.
    """
    found = [list(words_to_check(text)) for text in texts]
    unknown = _unknown({word.text for words in found for word in words}, language, known, speller)
    unknown = {word for word in unknown if not is_name(word)}
    parts = {word: parts_of(word) for word in unknown}
    pieces = {part for each in parts.values() if len(each) > 1 for part in each if len(part) > 1}
    bad = {part for part in _unknown(pieces, language, known, speller) if not is_name(part)}
    wrong = {
        word for word, each in parts.items() if len(each) == 1 or any(part in bad for part in each)
    }
    return [[(word.start, word.end) for word in words if word.text in wrong] for words in found]


def suggestions(
    word: str, language: str, known: Mapping[str, Dictionary], *, speller: Speller
) -> list[str]:
    """Return what a word may have been meant to be, in its own script, the likeliest first.

    Raises:
        Environment: the dictionary cannot be used.
    """
    lookup = lookup_of(word, language, known)
    if lookup is None:
        return []
    found = speller.suggest(lookup.dictionary, lookup.word)
    in_script = (in_script_of(word, one) for one in found)
    return list(dict.fromkeys(one for one in in_script if one != word))


def _unknown(
    words: set[str], language: str, known: Mapping[str, Dictionary], speller: Speller
) -> set[str]:
    by_dictionary: dict[Dictionary, dict[str, Lookup]] = {}
    for word in words:
        lookup = lookup_of(word, language, known)
        if lookup is not None:
            by_dictionary.setdefault(lookup.dictionary, {})[word] = lookup
    unknown: set[str] = set()
    for dictionary, lookups in by_dictionary.items():
        missed = speller.unknown(dictionary, (one.word for one in lookups.values()))
        unknown |= {word for word, one in lookups.items() if one.word in missed}
    return unknown
