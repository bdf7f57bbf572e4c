"""The forms of protected names: what the gate must find, and what it puts there.

For each REAL name of a person: every part and the whole, in every case, in
Cyrillic and Latin, as Russian and as Serbian. The whole in its own word order
and the other; parts run together (``sergeivolkov``). English possessives need
no forms of their own: an apostrophe ends a word. The replacement is the public
name in the same script and case where that can be had, else as it is.

Not hidden: words that the public name itself has ("Сергей М." for Сергей
Волков keeps Сергей), words written small in the name (von, de la) and single
letters, but as part of the whole. Diminutives (Саша for Александр) are hidden
only if they are registered as REAL names of their own: they may be somebody
else's whole name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from archive_app.domain.names import NameForm
from archive_app.domain.records import NameKind, Person, PersonName
from archive_app.domain.skeletons import LETTERS, skeleton
from archive_app.language.name_spelling import NamePart, is_serbian_cyrillic, name_parts
from archive_app.language.public_names import CYRILLIC, Faces, PublicName, like, public_name
from archive_app.language.russian_forms import russian_forms
from archive_app.language.serbian_forms import serbian_forms
from archive_app.language.transliteration import (
    SCHEMES,
    romanisations,
    romanise,
    serbian_cyrillic,
)

_WAYS = {"sing.nomn": 160, "sing": 32, "plur": 8, "poss": 8}
_OTHER_WAYS = 12
"""How many romanisations of a form are worth looking for."""
_MIN_GLUED = 7
"""Letters that two parts run together must have to be looked for."""

_Pair = tuple[str, str]
_Put = Callable[[str, str], str]
"""From the kind of face and the key of a form to the replacement."""


def name_forms(person: Person) -> tuple[NameForm, ...]:
    """Return every form of a person's protected names; empty if there is none.

    The likeliest reading of a spelling comes first. The same tuple comes back
    for the same names, so that it need be compiled only once.
    """
    if not person.real_names:
        return ()
    return _name_forms(person.public_name, person.names, person.uuid or str(person.id))


@lru_cache(maxsize=4096)
def _name_forms(public: str, names: tuple[PersonName, ...], owner: str) -> tuple[NameForm, ...]:
    shown = public_name(public, names)
    may_show = {skeleton(public), *LETTERS.findall(skeleton(public))}
    found: dict[tuple[str, str], NameForm] = {}
    for name in names:
        if name.kind is not NameKind.REAL:
            continue
        for form in _forms(name.name, shown, owner, may_show):
            letters = skeleton(form.form)
            if letters not in may_show and sum(map(len, LETTERS.findall(letters))) > 1:
                found.setdefault((form.form.lower(), form.part), form)
    return tuple(found.values())


def _forms(name: str, shown: PublicName, owner: str, may_show: set[str]) -> Iterator[NameForm]:
    parts = name_parts(name)
    whole = _putter(shown.faces("whole"))
    yield NameForm(name, whole(_face_for(name), "sing.nomn"), owner, "whole", "whole")
    for part in parts:
        if part.is_name and may_show.isdisjoint(map(skeleton, _spellings(part))):
            slot = shown.slot_for(part.part)
            for form, replacement in _part_forms(part, _putter(shown.faces(slot))):
                yield NameForm(form, replacement, owner, part.part, slot)
    if len(parts) > 1:
        for form, replacement in (*_whole_forms(parts, shown), *_glued(parts, shown)):
            yield NameForm(form, replacement, owner, "whole", "whole")


def _spellings(part: NamePart) -> tuple[str, ...]:
    return (part.written, *part.russian, *part.serbian)


def _putter(faces: Sequence[Faces]) -> _Put:
    def put(kind: str, key: str) -> str:
        return " ".join(face.table(kind).form(key) for face in faces)

    return put


def _face_for(written: str) -> str:
    """Return which face of the public name stands in for what is written so."""
    if not CYRILLIC.search(written):
        return "serbian_latin"
    return "serbian_cyrillic" if is_serbian_cyrillic(written) else "russian"


# -- forms of one word -----------------------------------------------------------------------


def _part_forms(part: NamePart, put: _Put) -> Iterator[_Pair]:
    """Yield forms of one part with their replacements, the most certain first."""
    base = put(_face_for(part.written), "sing.nomn")
    yield part.written, base
    for seed in part.russian:
        for inflected in russian_forms(seed):
            yield like("A", inflected.form), put("russian", inflected.key)
    for seed in part.serbian:
        yield from _serbian_part_forms(seed, put)
    for seed in part.russian:
        yield from _romanised_forms(seed, put)
    if not CYRILLIC.search(part.written):
        yield part.written + "s", base + "s"


def _serbian_part_forms(seed: str, put: _Put) -> Iterator[_Pair]:
    for inflected in serbian_forms(seed):
        yield like("A", serbian_cyrillic(inflected.form)), put("serbian_cyrillic", inflected.key)
        latin = put("serbian_latin", inflected.key)
        yield like("A", inflected.form), latin
        if "đ" in inflected.form:  # as typed without accents: Djordje
            yield like("A", inflected.form.replace("đ", "dj")), latin


def _romanised_forms(seed: str, put: _Put) -> Iterator[_Pair]:
    for inflected in russian_forms(seed):
        limit = _WAYS.get(inflected.key, _WAYS.get(inflected.key.partition(".")[0], _OTHER_WAYS))
        replacement = put("romanised", inflected.key)
        for way in romanisations(inflected.form, limit=limit):
            yield like("A", way), replacement
            if inflected.key == "sing.nomn":  # English: the Volkovs
                yield like("A", way + "s"), replacement + "s"


# -- forms of the whole ----------------------------------------------------------------------


def _orders(parts: Sequence[NamePart]) -> list[list[NamePart]]:
    """Return the orders in which a name's parts are said: as written, surname first, without
    the patronymic."""
    named = [part for part in parts if part.is_name]
    surnames = [part for part in named if part.part == "surname"]
    others = [part for part in named if part.part != "surname"]
    given = [part for part in others if part.part != "patronymic"]
    orders = [named, [*others, *surnames], [*surnames, *others], [*given, *surnames]]
    orders.append([*surnames, *given])
    return [order for order in orders if len(order) > 1]


def _whole_forms(parts: Sequence[NamePart], shown: PublicName) -> Iterator[_Pair]:
    """Yield the whole in each case, its parts agreeing: Сергея Петровича Волкова."""
    put = _putter(shown.faces("whole"))
    for order in _orders(parts):
        for key in _shared_keys(order, serbian=False):
            words = (_form_of(part, key, serbian=False) for part in order)
            yield " ".join(words), put("russian", key)
        for key in _shared_keys(order, serbian=True):
            latin = " ".join(_form_of(part, key, serbian=True) for part in order)
            yield latin, put("serbian_latin", key)
            yield serbian_cyrillic(latin), put("serbian_cyrillic", key)
        for scheme in SCHEMES:
            words = (like("A", romanise(part.russian[0], scheme)) for part in order)
            yield " ".join(words), put("romanised", "sing.nomn")


def _shared_keys(order: Sequence[NamePart], *, serbian: bool) -> list[str]:
    """Return the singular's cases that every part has."""
    keys = [
        dict.fromkeys(
            f.key
            for f in (serbian_forms(p.serbian[0]) if serbian else russian_forms(p.russian[0]))
            if f.key.startswith("sing.")
        )
        for p in order
    ]
    first = next(iter(keys))
    return [key for key in first if all(key in others for others in keys)]


def _form_of(part: NamePart, key: str, *, serbian: bool) -> str:
    forms = serbian_forms(part.serbian[0]) if serbian else russian_forms(part.russian[0])
    return like("A", next(f.form for f in forms if f.key == key))


def _glued(parts: Sequence[NamePart], shown: PublicName) -> Iterator[_Pair]:
    """Yield two parts run together, as file names have them: sergeivolkov, volkovsergei."""
    put = _putter(shown.faces("whole"))
    named = [part for part in parts if part.is_name]
    for one in named:
        for other in named:
            if one is other:
                continue
            for kind, left, right in _pairs(one, other):
                if len(left) + len(right) >= _MIN_GLUED:
                    yield like("A", left + right), put(kind, "sing.nomn").replace(" ", "")


def _pairs(one: NamePart, other: NamePart) -> Iterator[tuple[str, str, str]]:
    yield _face_for(one.written), one.written.lower(), other.written.lower()
    yield "russian", one.russian[0], other.russian[0]
    yield "serbian_latin", one.serbian[0], other.serbian[0]
    yield "serbian_cyrillic", serbian_cyrillic(one.serbian[0]), serbian_cyrillic(other.serbian[0])
    lefts = {romanise(one.russian[0], scheme).lower() for scheme in SCHEMES}
    rights = {romanise(other.russian[0], scheme).lower() for scheme in SCHEMES}
    for left in sorted(lefts):
        for right in sorted(rights):
            yield "romanised", left, right
