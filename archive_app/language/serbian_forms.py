"""Every form of a name in Serbian, by declension rules written down.

After Stanojčić and Popović, *Gramatika srpskoga jezika*: nouns of the first kind
(men's names in a consonant, -o, -e), of the third (names in -a), surnames in
-ski, and the possessives in -ov/-ev, -in. Where a rule leaves a choice (the
fleeting a of Aleksandar, Mile with Mileta or Mila, Ivo with Iva or Ive), every
choice is given: what is hidden by mistake can be lived with.

All of it in Latin letters; ``transliteration.serbian_cyrillic`` does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from archive_app.language.russian_forms import Inflected

_VOWELS = "aeiou"
_SOFT = ("lj", "nj", "dž", "j", "ć", "đ", "č", "š", "ž", "c")
_BEFORE_E = {"k": "č", "g": "ž", "h": "š", "c": "č"}
_BEFORE_I = {"k": "c", "g": "z", "h": "s"}
_POSSESSIVE_ENDINGS = {
    # the ending, and Russian's ending for the same use
    "": "",
    "a": "а",
    "o": "о",
    "i": "ы",
    "e": "ы",
    "og": "ого",
    "oga": "ого",
    "om": "ом",
    "ome": "ом",
    "omu": "ому",
    "im": "ым",
    "oj": "ой",
    "u": "у",
    "ih": "ых",
    "ima": "ыми",
}


def _is_soft(stem: str) -> bool:
    return stem.endswith(_SOFT)


@lru_cache(maxsize=512)
def serbian_forms(name: str) -> tuple[Inflected, ...]:
    """Return every form of one Latin-script name, the likeliest reading of a spelling first.

    ``name`` is one part of a name in the nominative, in any case; the forms are
    in small letters, the name itself first. Keys are those of ``russian_forms``.
    """
    name = name.lower()
    found = dict.fromkeys([Inflected(name, "sing.nomn"), *_declined(name)])
    return tuple(found)


def _declined(name: str) -> Iterator[Inflected]:
    if len(name) < 2 or not name[-1].isalpha():
        return
    if name.endswith(("ski", "ški", "čki", "cki")):
        yield from _like_an_adjective(name[:-1])
    elif name[-1] == "a":
        yield from _in_a(name[:-1])
    elif name[-1] in "oe":
        yield from _in_o(name)
    elif name[-1] in "iuy":
        yield from _masculine(name + "j")
        yield from _masculine(name)
    else:
        for stem in _stems(name):
            yield from _masculine(stem)


def _stems(name: str) -> Iterator[str]:
    """Yield the stem, and the one without a fleeting a: Petar, Petr-; Vranac, Vranc-."""
    fleeting = len(name) > 3 and name[-2] == "a" and name[-1] in "rcnlk"
    if not fleeting or name[-3] in _VOWELS:
        yield name
        return
    usual = name.endswith(("tar", "dar", "ac"))
    short = name[:-2] + name[-1]
    yield from (short, name) if usual else (name, short)


def _masculine(stem: str) -> Iterator[Inflected]:
    """First kind: Sergej, Sergeja, Sergeju, Sergejem, Sergeje."""
    soft = _is_soft(stem)
    yield Inflected(stem + "a", "sing.gent")
    yield Inflected(stem + "u", "sing.datv")
    yield Inflected(stem + ("em" if soft else "om"), "sing.ablt")
    if stem[-1] == "r":
        yield Inflected(stem + "em", "sing.ablt")
    yield Inflected(stem + "e", "sing.voct")
    if stem[-1] in _BEFORE_E:
        yield Inflected(stem[:-1] + _BEFORE_E[stem[-1]] + "e", "sing.voct")
    yield from _possessive(stem + ("ev" if soft else "ov"))
    if stem[-1] == "r":
        yield from _possessive(stem + "ev")
    if stem.endswith("ić"):  # his wife, the Petrovićka
        for ending, key in (
            ("a", "nomn"),
            ("e", "gent"),
            ("i", "datv"),
            ("u", "accs"),
            ("om", "ablt"),
            ("o", "voct"),
        ):
            yield Inflected(stem + "k" + ending, f"femn.{key}")
    plural = stem[:-1] + _BEFORE_I[stem[-1]] if stem[-1] in _BEFORE_I else stem
    yield Inflected(plural + "i", "plur.nomn")
    yield Inflected(plural + "ima", "plur.datv")


def _in_a(stem: str) -> Iterator[Inflected]:
    """Third kind: Milica, Milice, Milici, Milicu, Milicom, Milice; Nikola, Nikolo."""
    if not stem:
        return
    yield Inflected(stem + "e", "sing.gent")
    yield Inflected(stem + "i", "sing.datv")
    if stem[-1] in _BEFORE_I:
        yield Inflected(stem[:-1] + _BEFORE_I[stem[-1]] + "i", "sing.datv")
    yield Inflected(stem + "u", "sing.accs")
    yield Inflected(stem + "om", "sing.ablt")
    yield Inflected(stem + ("e" if stem.endswith("ic") else "o"), "sing.voct")
    yield Inflected(stem + "o", "sing.voct")
    if not stem.endswith("ic"):
        yield from _possessive(stem + "in")
    if stem[-1] in _BEFORE_E:
        yield from _possessive(stem[:-1] + _BEFORE_E[stem[-1]] + "in")
    yield from _possessive(stem + "ov")
    yield Inflected(stem + "ama", "plur.datv")


def _in_o(name: str) -> Iterator[Inflected]:
    """Men's names in -o and -e: Marko, Marka; Mile, Mileta or Mila; Ivo, Iva or Ive."""
    stem = name[:-1]
    if name[-1] == "o" and stem[-1:] == "a":  # Pavao, Pavla
        yield from _masculine(stem[:-1] + "l")
    if stem and stem[-1] not in "aou":
        yield from _masculine(stem)
    if name[-1] == "e":
        yield from _masculine(name + "t")
    elif stem:
        yield from _in_a(stem)


def _like_an_adjective(stem: str) -> Iterator[Inflected]:
    """Surnames in -ski: Zrinski, Zrinskog, Zrinskom, Zrinskim; Zrinska, Zrinske …"""
    for ending, key in (
        ("og", "gent"),
        ("oga", "gent"),
        ("om", "datv"),
        ("ome", "datv"),
        ("omu", "datv"),
        ("im", "ablt"),
        ("i", "voct"),
    ):
        yield Inflected(stem + ending, f"sing.{key}")
    for ending, key in (("a", "nomn"), ("e", "gent"), ("oj", "datv"), ("u", "accs")):
        yield Inflected(stem + ending, f"femn.{key}")
    yield Inflected(stem + "ih", "plur.gent")
    yield Inflected(stem + "ima", "plur.datv")


def _possessive(adjective: str) -> Iterator[Inflected]:
    """Yield Sergejev, Sergejeva, Sergejevog … and Marijin, Marijinog …"""
    for ending, russian in _POSSESSIVE_ENDINGS.items():
        yield Inflected(adjective + ending, f"poss.{russian}")
