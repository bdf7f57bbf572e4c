"""Every form of a Russian name, by pymorphy3's dictionary and by rule.

pymorphy3 gives cases, numbers, both genders of a surname and the patronymics'
colloquial forms. Added by rule: possessives (Серёжин, Сергеев, Львов) and the
clipped vocative of names in -а and -я (Серёж!, Вань!); and for names that the
dictionary has not, the regular declensions, beside what pymorphy3 guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct", "voct", "gen2", "acc2", "loc2")
_PARTS = {"Name": "given", "Patr": "patronymic", "Surn": "surname"}
_POSSESSIVE_ENDINGS = ("", "а", "о", "ы", "ого", "ому", "ым", "ом", "ой", "ою", "у", "ых", "ыми")
_HUSHES = "жшчщц"


@dataclass(frozen=True, slots=True)
class Inflected:
    """One form of a name, in small letters, and which form it is.

    ``key`` is the same for the same form of any name ("sing.gent", "plur.datv",
    "femn.ablt" of a surname's other gender, "poss.ого"): it finds the
    pseudonym's form for the real name's.
    """

    form: str
    key: str


@lru_cache(maxsize=1)
def analyzer() -> MorphAnalyzer:
    """Return pymorphy3's analyser for Russian; the first call loads its dictionary."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


def _name_parses(word: str) -> list[Parse]:
    """Return the parses as a name in the nominative, else as any noun in it."""
    nominative = [
        parse
        for parse in analyzer().parse(word)
        if "nomn" in parse.tag and parse.tag.POS in ("NOUN", "ADJF")
    ]
    names = [parse for parse in nominative if any(part in parse.tag for part in _PARTS)]
    # A dictionary form first: Каренина is a woman's name before it is a man's genitive.
    return names or [parse for parse in nominative if "sing" in parse.tag]


def is_known_name(word: str) -> bool:
    """Tell whether the dictionary has the word as a name in the nominative singular."""
    return analyzer().word_is_known(word) and any(
        "sing" in parse.tag and any(part in parse.tag for part in _PARTS)
        for parse in _name_parses(word)
    )


def part_of_name(word: str) -> str:
    """Return "given", "patronymic" or "surname", or nothing where the dictionary cannot tell."""
    for parse in _name_parses(word):
        for grammeme, part in _PARTS.items():
            if grammeme in parse.tag:
                return part
    return ""


@lru_cache(maxsize=512)
def russian_forms(word: str) -> tuple[Inflected, ...]:
    """Return every form of one Cyrillic name, the likeliest reading of a spelling first.

    ``word`` is one part of a name in the nominative. The word itself always
    comes first; a name that no dictionary knows is declined like its likes.
    """
    word = word.lower()
    forms: dict[Inflected, None] = {Inflected(word, "sing.nomn"): None}
    plurals: dict[Inflected, None] = {}
    added: dict[Inflected, None] = {}
    for parse in _name_parses(word):
        gender = parse.tag.gender
        for form in parse.lexeme:
            key = _key(form, gender)
            if key is not None:
                (plurals if key.startswith("plur") else forms)[Inflected(form.word, key)] = None
        if "Surn" not in parse.tag and "Patr" not in parse.tag:
            added.update(dict.fromkeys(_vocative(parse.normal_form)))
            genitive = parse.inflect({"gent", "sing"})
            added.update(
                dict.fromkeys(_possessives(parse.normal_form, genitive.word if genitive else ""))
            )
    if word.isalpha() and not is_known_name(word):
        for inflected in _by_rule(word):
            (plurals if inflected.key.startswith("plur") else added)[inflected] = None
    return tuple({**forms, **added, **plurals})


def _key(form: Parse, gender: str | None) -> str | None:
    tag = form.tag
    case = tag.case
    if case not in _CASES:
        return None
    if tag.number == "plur":
        return f"plur.{case}"
    is_other = tag.gender is not None and gender is not None and tag.gender != gender
    return f"{tag.gender}.{case}" if is_other else f"sing.{case}"


def _vocative(base: str) -> tuple[Inflected, ...]:
    """Return the clipped vocative: Серёжа, Серёж; Ваня, Вань."""
    if len(base) < 3 or base[-1] not in "ая" or base[-2] in "аеёиоуыэюяь":
        return ()
    return (Inflected(base[:-1] + ("ь" if base[-1] == "я" else ""), "sing.voct"),)


def _possessives(base: str, genitive: str) -> tuple[Inflected, ...]:
    """Return the possessive adjective's forms: Сергеев, Сергеева …; Серёжин, Серёжиного …"""
    stem = genitive[:-1]
    if base[-1] in "ая":
        stem = base[:-1]
        suffix = "ын" if stem[-1:] == "ц" else "ин"
    elif genitive[-1:] and genitive[-1] in "ая" and genitive != base and stem:
        suffix = "ев" if genitive[-1] == "я" or stem[-1] in _HUSHES else "ов"
    else:
        return ()
    return tuple(Inflected(stem + suffix + e, f"poss.{e}") for e in _POSSESSIVE_ENDINGS)


# -- names that the dictionary does not have --------------------------------------------------

_CASE_ENDINGS = {
    # kind: genitive, dative, accusative, instrumental (more than one), prepositional
    "hard": ("а", "у", "а", "ом", "е"),
    "soft": ("я", "ю", "я", "ем", "е"),
    "а": ("ы", "е", "у", "ой ою", "е"),
    "я": ("и", "е", "ю", "ей ею", "е"),
    "ь": ("и", "и", "ь", "ью", "и"),
    "ов": ("а", "у", "а", "ым", "е"),
    "adjective": ("ого", "ому", "ого", "ым", "ом"),
}
_PLURALS = {
    "hard": ("ы", "ов", "ам", "ами", "ах"),
    "soft": ("и", "ев", "ям", "ями", "ях"),
    "а": ("ы", "", "ам", "ами", "ах"),
    "я": ("и", "ь", "ям", "ями", "ях"),
    "ов": ("ы", "ых", "ым", "ыми", "ых"),
    "adjective": ("ые", "ых", "ым", "ыми", "ых"),
}
_FEMININES = {
    "ов": ("а", "ой", "ой", "у", "ой", "ой"),
    "adjective": ("ая", "ой", "ой", "ую", "ой", "ой"),
}
_OBLIQUE = ("gent", "datv", "accs", "ablt", "loct")


def _by_rule(word: str) -> Iterator[Inflected]:
    """Yield the cases that Russian's regular declensions give: Мира, Миры, Мире, Миру …"""
    for stem, kind in _kinds(word):
        yield from _decline(stem, kind)
        genitive = stem + _CASE_ENDINGS[kind][0]
        if kind in ("hard", "soft", "а", "я"):
            yield from _possessives(word, genitive)
    yield from _vocative(word)


def _kinds(word: str) -> Iterator[tuple[str, str]]:
    """Yield how a word may be declined, with its stem; nothing for one that is not."""
    if re.search("(?:[оеё]в|[иы]н)$", word):
        yield word, "ов"
        yield word, "hard"
    elif re.search("(?:[оеё]в|[иы]н)а$", word):
        yield word[:-1], "ов"
        yield word[:-1], "а"
    elif word.endswith(("ый", "ий", "ой", "ая")):
        yield word[:-2], "adjective"
        yield word[:-1], "soft" if word.endswith("й") else "я"
    elif word[-1] in "ая":
        yield word[:-1], word[-1]
    elif word[-1] == "ь":
        yield word[:-1], "soft"
        yield word[:-1], "ь"
    elif word[-1] == "й":
        yield word[:-1], "soft"
    elif word[-1] not in "оеёиуыэю":
        yield word, "hard"
        if word.endswith(("ец", "ок", "ек")) and len(word) > 3:
            yield word[:-2] + word[-1], "hard"


def _decline(stem: str, kind: str) -> Iterator[Inflected]:
    def form(ending: str, key: str) -> Inflected:
        if ending[:1] == "ы" and stem[-1:] in "гкхжшчщ":
            ending = "и" + ending[1:]
        elif ending in ("ой", "ою", "ом") and stem[-1:] in _HUSHES and kind != "adjective":
            ending = "е" + ending[1:]
        return Inflected(stem + ending, key)

    for case, endings in zip(_OBLIQUE, _CASE_ENDINGS[kind], strict=True):
        for ending in endings.split():
            yield form(ending, f"sing.{case}")
    if kind in ("soft", "я") and stem.endswith("и"):  # Марии, Василии
        yield form("и", "sing.datv")
        yield form("и", "sing.loct")
    for case, ending in zip(("nomn", *_OBLIQUE), _FEMININES.get(kind, ()), strict=False):
        yield form(ending, f"femn.{case}")
    plurals = _PLURALS.get(kind, ())
    for case, ending in zip(("nomn", "gent", "datv", "ablt", "loct"), plurals, strict=False):
        yield form(ending, f"plur.{case}")
