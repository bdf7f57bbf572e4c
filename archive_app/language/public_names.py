"""A public name in the scripts and cases that a text may ask for.

The name may be registered in one script only. Names of kind VARIANT give it in
the others ("ru", "sr-Cyrl", "sr-Latn", "en"); what they do not give is
transliterated. A public name that is no name to decline ("Interviewee 12",
"N. N.") stays as it is, in every script and case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archive_app.domain.records import NameKind, PersonName
from archive_app.language.russian_forms import (
    Inflected,
    is_known_name,
    part_of_name,
    russian_forms,
)
from archive_app.language.serbian_forms import serbian_forms
from archive_app.language.transliteration import (
    SCHEMES,
    romanise,
    russian_candidates,
    serbian_cyrillic,
    serbian_latin,
)

CYRILLIC = re.compile("[\u0400-\u04ff]")
SERBIAN_LETTERS = re.compile("[јљњђћџЈЉЊЂЋЏ]")
RUSSIAN_LETTERS = re.compile("[ёйщъыьэюяЁЙЩЪЫЬЭЮЯ]")
_PLAIN_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*")

# Where a form has no counterpart: what stands for it, step by step.
_FALLBACKS = {
    "accs": "gent",
    "acc2": "accs",
    "gen2": "gent",
    "loct": "datv",
    "loc2": "loct",
    "ablt": "datv",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One word's forms by key, as they are written."""

    base: str
    forms: Mapping[str, str] = field(default_factory=dict[str, str])

    def form(self, key: str) -> str:
        """Return the form for a key of ``Inflected``, or the nearest there is."""
        number, _, case = key.partition(".")
        if number == "poss":
            return self.forms.get(key) or self.base
        for kind in dict.fromkeys((number, "sing")):
            step: str | None = case
            while step is not None:
                if found := self.forms.get(f"{kind}.{step}"):
                    return found
                step = _FALLBACKS.get(step)
            if kind == "plur":
                break
        return self.base


@dataclass(frozen=True, slots=True)
class Faces:
    """One part of a public name as each kind of text wants it."""

    russian: Table
    serbian_cyrillic: Table
    serbian_latin: Table
    romanised: Table
    """Latin letters in a Russian case: Viktora, Viktoru."""

    def table(self, kind: str) -> Table:
        """Return the face of a kind, by the fields' names."""
        return {
            "russian": self.russian,
            "serbian_cyrillic": self.serbian_cyrillic,
            "serbian_latin": self.serbian_latin,
        }.get(kind, self.romanised)


@dataclass(frozen=True, slots=True)
class PublicName:
    """A public name by parts ("given", "patronymic", "surname") and whole."""

    whole: str
    parts: Mapping[str, Faces]

    def slot_for(self, part: str) -> str:
        """Return which part of this name stands for a part of the real one."""
        if len(self.parts) == 1 or not part:
            return "whole" if len(self.parts) == 1 else next(iter(self.parts))
        if part in self.parts:
            return part
        return "given" if "given" in self.parts else next(iter(self.parts))

    def faces(self, slot: str) -> Sequence[Faces]:
        """Return the parts to be written one after another for a slot."""
        return tuple(self.parts.values()) if slot == "whole" else (self.parts[slot],)


def table(base: str, forms: Iterable[Inflected]) -> Table:
    """Return the first form for each key, capital where the base has one."""
    by_key: dict[str, str] = {}
    for inflected in forms:
        by_key.setdefault(inflected.key, like(base, inflected.form))
    by_key["sing.nomn"] = base
    return Table(base, by_key)


def like(base: str, form: str) -> str:
    """Return the form with a capital at the start, and after each hyphen, if the base has one."""
    if not base[:1].isupper():
        return form
    return "-".join(piece[:1].upper() + piece[1:] for piece in form.split("-"))


def public_name(public: str, names: Sequence[PersonName]) -> PublicName:
    """Return a person's public name in all its faces; ``names`` are the register's others."""
    variants = [n for n in names if n.kind is NameKind.VARIANT]
    words = public.split()
    if not words or not all(_PLAIN_WORD.fullmatch(word) for word in words):
        return PublicName(public, {"whole": _unchanging(public, variants)})
    latin = _find(public, variants, cyrillic=False) or romanise(public, "serbian")
    serbian = _find(public, variants, cyrillic=False, languages=("sr-Latn",)) or latin
    sr_cyrillic = _find(public, variants, cyrillic=True, languages=("sr-Cyrl", "sr"))
    russian = _find(public, variants, cyrillic=True, languages=("ru",))
    given = _find(public, variants, cyrillic=True)
    russian = russian or (given if given and not SERBIAN_LETTERS.search(given) else "")
    russian = russian or to_russian(latin)
    sr_cyrillic = sr_cyrillic or (given if given and not RUSSIAN_LETTERS.search(given) else "")
    sr_cyrillic = sr_cyrillic or serbian_cyrillic(serbian)
    written = [russian.split(), sr_cyrillic.split(), serbian.split(), latin.split()]
    if any(len(face) != len(words) for face in written):
        one = (" ".join(face) for face in written)
        return PublicName(public, {"whole": _one_word(*one)})
    parts: dict[str, Faces] = {}
    for place, part in enumerate(parts_of(written[0])):
        parts[part] = _one_word(*(face[place] for face in written))
    return PublicName(public, parts)


def _find(
    public: str, variants: Sequence[PersonName], *, cyrillic: bool, languages: Sequence[str] = ()
) -> str:
    """Return the name in a script: a variant in one of the languages, the public one, any."""
    fitting = [n for n in variants if bool(CYRILLIC.search(n.name)) is cyrillic]
    if languages:
        return next((n.name for n in fitting if n.language in languages), "")
    if bool(CYRILLIC.search(public)) is cyrillic:
        return public
    return next((n.name for n in fitting), "")


def _unchanging(public: str, variants: Sequence[PersonName]) -> Faces:
    cyrillic = Table(_find(public, variants, cyrillic=True) or public)
    latin = Table(_find(public, variants, cyrillic=False) or public)
    return Faces(cyrillic, cyrillic, latin, latin)


def _one_word(russian: str, sr_cyrillic: str, serbian: str, latin: str) -> Faces:
    declined = russian_forms(russian) if " " not in russian else ()
    serbian_declined = serbian_forms(serbian) if " " not in serbian else ()
    return Faces(
        russian=table(russian, declined),
        serbian_cyrillic=table(
            sr_cyrillic,
            (
                Inflected(serbian_cyrillic(f.form), f.key)
                for f in serbian_forms(serbian_latin(sr_cyrillic))
            )
            if " " not in sr_cyrillic
            else (),
        ),
        serbian_latin=table(serbian, serbian_declined),
        romanised=_romanised(russian, latin, declined) or table(latin, serbian_declined),
    )


def _romanised(russian: str, latin: str, declined: Sequence[Inflected]) -> Table | None:
    """Return Russian's cases in the scheme the Latin name is written by; ``None``: in no scheme."""
    for scheme in SCHEMES:
        if declined and romanise(russian, scheme).lower() == latin.lower():
            forms = (Inflected(romanise(f.form, scheme), f.key) for f in declined)
            return table(latin, forms)
    return None


def parts_of(words: Sequence[str]) -> list[str]:
    """Return what each word of a Cyrillic name is, every answer once: "given", "surname" …"""
    known = [part_of_name(word.lower()) for word in words]
    if len(words) < 2:
        return [part or "given" for part in known]
    parts: list[str] = []
    expected = ["given", "surname"] if len(words) == 2 else ["given", "patronymic", "surname"]
    if "patronymic" in known and len(words) == 2:
        expected = ["given", "patronymic"]
    elif known[0] == "surname" and "given" in known[1:]:
        expected = ["surname", "given", "patronymic"]
    for place, part in enumerate(known):
        wanted = expected[place] if place < len(expected) else f"further-{place}"
        parts.append(wanted if wanted not in parts else part or f"further-{place}")
    return parts


def to_russian(latin: str) -> str:
    """Return a Latin name in Russian letters: as the dictionary knows it, else by sound."""

    def word(found: re.Match[str]) -> str:
        candidates = list(russian_candidates(found[0]))
        known = (c for c in candidates if is_known_name(c))
        return like(found[0], next(known, candidates[0]))

    return re.sub(r"[^\W\d_]+", word, latin)
