"""Every form of a Russian name, by pymorphy3's dictionary and by rule.

pymorphy3 gives cases, numbers, both genders of a surname and the patronymics'
colloquial forms. Added by rule: possessives (Серёжин, Сергеев, Львов) and the
clipped vocative of names in -а and -я (Серёж!, Вань!).
"""

from __future__ import annotations

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
            added.update(dict.fromkeys(_possessives(parse)))
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


def _possessives(parse: Parse) -> tuple[Inflected, ...]:
    """Return the possessive adjective's forms: Сергеев, Сергеева …; Серёжин, Серёжиного …"""
    base = parse.normal_form
    genitive = parse.inflect({"gent", "sing"})
    if base[-1] in "ая":
        suffix = "ын" if base[-2:-1] == "ц" else "ин"
        stem = base[:-1]
    elif genitive is not None and genitive.word[-1] in "ая" and genitive.word != base:
        stem = genitive.word[:-1]
        suffix = "ев" if genitive.word[-1] == "я" or stem[-1] in _HUSHES else "ов"
    else:
        return ()
    return tuple(Inflected(stem + suffix + e, f"poss.{e}") for e in _POSSESSIVE_ENDINGS)
