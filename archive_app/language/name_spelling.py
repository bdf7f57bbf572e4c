"""How the words of a protected name may be spelled, before any of them is declined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from archive_app.language.public_names import CYRILLIC, RUSSIAN_LETTERS, parts_of, to_russian
from archive_app.language.russian_forms import is_known_name, part_of_name
from archive_app.language.transliteration import (
    romanise,
    russian_candidates,
    russian_from_serbian,
    serbian_cyrillic,
    serbian_latin,
)

_WORD = re.compile(r"[^\W\d_]+")
_SERBIAN_ONLY = re.compile("[јљњђћџ]")
_MOST_SEEDS = 4
_MOST_ACCENTS = 8


@dataclass(frozen=True, slots=True)
class NamePart:
    """One word of a real name and its spellings in the nominative, in small letters."""

    written: str
    part: str
    """"given", "patronymic", "surname", "further-N"; "small-N" for what is no name alone."""
    russian: tuple[str, ...]
    serbian: tuple[str, ...]
    """In Latin letters, with their accents."""
    is_name: bool = True


def is_serbian_cyrillic(word: str) -> bool:
    """Tell whether a word has letters that Serbian has and Russian has not."""
    return _SERBIAN_ONLY.search(word.lower()) is not None


def name_parts(name: str) -> list[NamePart]:
    """Return the words of a real name in their order; "Волков, Сергей" is turned round."""
    if name.count(",") == 1:
        surname, _, rest = name.partition(",")
        name = f"{rest.strip()} {surname.strip()}"
    words = _WORD.findall(name)
    spelled = [_spelled(word) for word in words]
    named = [place for place, word in enumerate(words) if len(word) > 1 and word[0].isupper()]
    if not named:  # written small throughout: every word may be the name
        named = [place for place, word in enumerate(words) if len(word) > 1]
    kinds = dict(zip(named, parts_of([spelled[place][0][0] for place in named]), strict=False))
    return [
        NamePart(word, kinds.get(place, f"small-{place}"), *spelled[place], is_name=place in kinds)
        for place, word in enumerate(words)
    ]


@lru_cache(maxsize=1024)
def _spelled(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return how a word may be spelled in Russian, and in Serbian by Latin letters."""
    if not CYRILLIC.search(word):
        known = [c for c in dict.fromkeys(russian_candidates(word)) if is_known_name(c)]
        russian = tuple(known[:_MOST_SEEDS]) or (to_russian(word).lower(),)
        own = _with_accents(word.lower())
        seeds = dict.fromkeys([*russian, *_russian_of_serbian(own[:2])])
        return _with_sisters(seeds), tuple(
            dict.fromkeys([*own, *(s for r in known[:2] for s in _in_serbian(r))])
        )
    if is_serbian_cyrillic(word):
        latin = serbian_latin(word).lower()
        known = [c for c in dict.fromkeys(russian_candidates(latin)) if is_known_name(c)]
        seeds = known[:_MOST_SEEDS] or [to_russian(latin)]
        seeds = dict.fromkeys([*_russian_of_serbian([latin]), *seeds])
        return _with_sisters(seeds), (latin,)
    written = [word.lower(), *_with_yo(word.lower()), word.lower().replace("ё", "е")]
    russian = dict.fromkeys(_with_sisters(dict.fromkeys(written)))
    serbian = [] if RUSSIAN_LETTERS.search(word) else [serbian_latin(word).lower()]
    for seed in russian:
        serbian += _in_serbian(seed)
    return tuple(russian), tuple(dict.fromkeys(serbian))


def _russian_of_serbian(names: Iterable[str]) -> list[str]:
    """Return how Russian spells Serbian names, given in Latin letters: Ljubica is Любица."""
    return [russian_from_serbian(serbian_cyrillic(name)) for name in names]


def _with_sisters(seeds: Iterable[str]) -> tuple[str, ...]:
    """Return the names with those in -ья and -ия that stand for each other: Наталья, Наталия."""
    found = dict.fromkeys(seeds)
    for seed in tuple(found):
        if seed.endswith("ья") and part_of_name(seed) == "given":
            found[seed[:-2] + "ия"] = None
        elif seed.endswith("ия") and is_known_name(seed[:-2] + "ья"):
            found[seed[:-2] + "ья"] = None
    return tuple(found)


def _with_yo(word: str) -> list[str]:
    """Return the name with its ё where it was typed as е: Сережа is Серёжа."""
    spelled = (word[:i] + "ё" + word[i + 1 :] for i, letter in enumerate(word) if letter == "е")
    return [candidate for candidate in spelled if is_known_name(candidate)]


def _in_serbian(russian: str) -> list[str]:
    """Return how Serbian spells a Russian name: Sergej; Jevgenij, Evgenij; Hruščov."""
    latin = romanise(russian, "serbian")
    ways = [
        latin,
        re.sub("(?<=[čšžc])jo", "o", latin),
        romanise(russian.replace("ё", "е"), "serbian"),
    ]
    if latin.startswith("je"):
        ways.append(latin[1:])
    if latin.endswith("ič"):
        ways.append(latin[:-1] + "ć")
    if "щ" in russian:
        ways.append(romanise(russian.replace("щ", "ш"), "serbian"))
    if latin.endswith(("ij", "yj")):
        ways.append(latin[:-1])
    if "ь" in russian:
        ways.append(romanise(re.sub("(?<=[лн])ь(?![еёюяи])", "й", russian), "serbian"))
    return ways


def _with_accents(word: str) -> list[str]:
    """Return a Latin name and what it may be where its accents were left out: Petrović."""
    if not word.isascii():
        return [word]
    ways = [word]
    if word.endswith("ic"):
        ways.append(word[:-1] + "ć")
    choices = [
        {"c": ("c", "č", "ć"), "s": ("s", "š"), "z": ("z", "ž"), "dj": ("đ", "dj")}.get(p, (p,))
        for p in re.findall("dj|.", ways[-1])
    ]
    ways += map("".join, islice(product(*choices), _MOST_ACCENTS))
    return list(dict.fromkeys(ways))
