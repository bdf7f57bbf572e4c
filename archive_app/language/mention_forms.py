"""How a person or a place is called in speech: the forms an index looks for.

Unlike the gate's forms (``forms``), which hide what might be a name, these find what
surely is one: the singular's cases in Russian and Serbian, in both scripts, and the
usual romanisations of the nominative. No plural (Соколовы are a family), no
possessive (Сергеев is a surname of its own), no clipped vocative (Свет! is light).
Forms are compared as ``folding.to_latin`` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from archive_app.language.english_words import FREQUENT_ENGLISH
from archive_app.language.folding import bald, exact_form, has_cyrillic, to_latin
from archive_app.language.name_spelling import NamePart, name_parts
from archive_app.language.russian_forms import analyzer, russian_forms
from archive_app.language.serbian_forms import serbian_forms
from archive_app.language.transliteration import romanisations
from archive_app.language.words import word_texts

_LEAST_BALD = 5
"""Letters a form must have to be found where its accents were left out."""
_LEAST_ALONE = 3
_LONGEST_WORD = 40
_MOST_WORDS = 12
"""A name beyond these is none that anybody inflects: it is looked for as it is written."""
_WAYS_ROMANISED = 24
_PROPER = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Init")
# Serbian adjectives in names of places: Novi Sad, Nova Varoš, Staro Selo.
_SERBIAN_ADJECTIVE = {
    "i": ("i", "og", "oga", "om", "ome", "omu", "im"),
    "a": ("a", "e", "oj", "u", "om"),
    "o": ("o", "og", "oga", "om", "ome", "omu", "im"),
}


@dataclass(frozen=True, slots=True)
class CalledBy:
    """One way of calling somebody: for each word in its order, the forms it may have."""

    words: tuple[frozenset[str], ...]
    is_part: bool = False
    """Whether it is the surname alone, which others may have too."""


@lru_cache(maxsize=4096)
def ways_of_person(name: str, family: str = "") -> tuple[CalledBy, ...]:
    """Return the ways a person of this name is called; a given name alone is nobody's for sure.

    A name of one word is found alone; of "Анна Петровна Соколова": all three words,
    given name and patronymic, given name and surname in either order, the surname.
    ``family`` are the words of the name that are the surname, where the register says so.
    """
    if not _is_inflected(name):
        return _as_written(name)
    parts = name_parts(name)
    written = tuple(_person_word(part) for part in parts)
    if len(parts) < 2:
        return tuple(CalledBy(w) for w in (written,) if _is_enough(parts))
    by_kind: dict[str, list[frozenset[str]]] = {"given": [], "patronymic": [], "surname": []}
    for kind, forms in zip(_kinds(parts, family), written, strict=True):
        by_kind.setdefault(kind, []).append(forms)
    found = dict.fromkeys([written])
    surname = tuple(by_kind["surname"])
    given, patronymic = tuple(by_kind["given"][:1]), tuple(by_kind["patronymic"][:1])
    if given and surname:
        found |= dict.fromkeys([(*given, *surname), (*surname, *given)])
    if given and patronymic:
        found |= dict.fromkeys([(*given, *patronymic), (*given, *patronymic, *surname),
                                (*surname, *given, *patronymic)])  # fmt: skip
    ways = [CalledBy(words) for words in found]
    if surname and max(map(len, surname[0])) >= _LEAST_ALONE:
        ways.append(CalledBy(surname, is_part=True))
    return tuple(ways)


@lru_cache(maxsize=4096)
def ways_of_place(name: str) -> tuple[CalledBy, ...]:
    """Return the ways a place of this name is called: all its words, each in any case.

    What follows a comma or stands in brackets ("Belgrade, Serbia") is not needed to know it.
    """
    name = re.split(r"[,;(/]", name, maxsplit=1)[0].strip()
    if not _is_inflected(name):
        return _as_written(name)
    parts = name_parts(name)
    if not _is_enough(parts):
        return ()
    last = len(parts) - 1
    words = tuple(
        _place_word(part, is_last=place == last) for place, part in enumerate(parts)
    )  # fmt: skip
    return (CalledBy(words),)


@lru_cache(maxsize=4096)
def is_common_word(word: str) -> bool:
    """Tell whether a word is known as one that is no name: Вера, Роман; "will", "may"."""
    form = exact_form(word)
    if not has_cyrillic(form):
        return form in FREQUENT_ENGLISH
    return any(
        parse.is_known and not any(mark in parse.tag for mark in _PROPER)
        for parse in analyzer().parse(form)
    )


def _is_enough(parts: list[NamePart]) -> bool:
    return sum(len(part.written) for part in parts) >= _LEAST_ALONE


def _is_inflected(name: str) -> bool:
    found = word_texts(name)
    return len(found) <= _MOST_WORDS and max(map(len, found), default=0) <= _LONGEST_WORD


def _as_written(name: str) -> tuple[CalledBy, ...]:
    return (CalledBy(tuple(frozenset([to_latin(word)]) for word in word_texts(name))),)


def _kinds(parts: list[NamePart], family: str) -> list[str]:
    """Return "given", "patronymic", "surname" or another kind for each part of a name."""
    kinds = [part.part for part in parts]
    surnames = {word.lower() for word in word_texts(family)}
    if surnames:
        kinds = ["surname" if part.written.lower() in surnames else part.part for part in parts]
        if "given" not in kinds:
            first = next((n for n, kind in enumerate(kinds) if kind != "surname"), None)
            if first is not None:
                kinds[first] = "given"
    elif kinds == ["given", "patronymic"]:
        # A Serbian surname looks like a patronymic; one without a surname is rarely written.
        kinds[1] = "surname"
    return kinds


def _person_word(part: NamePart) -> frozenset[str]:
    if not part.is_name:
        return frozenset(_folded([part.written]))
    forms = [part.written]
    for seed in part.russian:
        forms += _singular_russian(seed)
        forms += romanisations(seed, limit=_WAYS_ROMANISED)
    for seed in part.serbian:
        forms += _singular_serbian(seed)
    return frozenset(_folded(forms))


def _place_word(part: NamePart, *, is_last: bool) -> frozenset[str]:
    forms = [part.written]
    if part.is_name:
        for seed in part.russian:
            forms += _cases_of_place(seed)
        for seed in part.serbian:
            forms += _singular_serbian(seed)
            if seed.endswith("ci"):  # Karlovci, a plural: Karlovaca, Karlovcima, Karlovce
                forms += [seed[:-2] + ending for ending in ("aca", "cima", "ce")]
            if not is_last and seed[-1] in _SERBIAN_ADJECTIVE:
                forms += [seed[:-1] + ending for ending in _SERBIAN_ADJECTIVE[seed[-1]]]
    return frozenset(_folded(forms))


def _singular_russian(seed: str) -> Iterator[str]:
    for inflected in russian_forms(seed):
        if inflected.key.startswith("sing.") and inflected.key != "sing.voct":
            yield inflected.form


def _singular_serbian(seed: str) -> Iterator[str]:
    return (each.form for each in serbian_forms(seed) if each.key.startswith("sing."))


def _cases_of_place(seed: str) -> Iterator[str]:
    """Yield the cases of a place's name in its own number: Чебоксары, Чебоксар, Чебоксарам."""
    yield from _singular_russian(seed)
    for parse in analyzer().parse(seed):
        tag = parse.tag
        if "nomn" in tag and tag.POS in ("NOUN", "ADJF"):
            for form in parse.lexeme:
                if form.tag.number == tag.number and form.tag.gender == tag.gender:
                    yield form.word


def _folded(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        latin = to_latin(form)
        yield latin
        if len(latin) >= _LEAST_BALD:
            yield bald(latin)
