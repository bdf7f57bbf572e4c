"""Looking for the forms of names among the words of a text: the machine behind ``names``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive_app.domain.skeletons import (
    INNER_CAPITAL,
    LETTERS,
    Skeleton,
    humps,
    letters_written,
    skeleton,
    skeleton_of,
)

_MIN_EMBEDDED = 4
"""Letters a form needs to be looked for inside the words of an identifier."""
_SHORT = 2
"""Letters up to which a form alone must be written with a capital."""
_GAP = re.compile(r"\s*|[\W_]{1,3}")
"""What may stand between the parts of one name: any white space, or three signs at most."""
_PIECED = re.compile(
    r"(?<![^\W\d_])[^\W\d_]+(?:[-\u2010-\u2015\u2212'\u2018\u2019`\u00b4]\s{0,3}[^\W\d_]+)+"
)
"""A word in pieces: hyphenated, broken at a line's end, with an apostrophe for ь."""
_SPELLED = re.compile(r"(?<![^\W\d_])[^\W\d_](?:[ \t\xa0.*·_-]{1,2}[^\W\d_](?![^\W\d_])){2,}")
"""Letters one by one: С е р г е й, V-o-l-k-o-v."""
_MIN_PIECED = 4
"""Letters a form needs to be looked for in pieces."""
_ADDRESS_SIGN = re.compile(r"@|://|\bwww\.|[\w-]\.[a-z]{2,12}/|#\w")
"""What tells an address within a text; it is looked through as an identifier is."""
_STOP = re.compile(r"[.!?…;:]\s+")


@dataclass(frozen=True, slots=True)
class NameForm:
    """A form to find, and what to put in its place.

    Different ``part``s of one ``owner``'s name that follow one another are one
    name, and of each ``slot`` of the public name only the first replacement is
    kept: "Сергею Петрович" does not become "Виктору Виктор". Without an owner
    every form stands alone.
    """

    form: str
    replacement: str
    owner: str = ""
    part: str = ""
    """"given", "patronymic", "surname", "whole", or empty."""
    slot: str = ""
    """The part of the public name that ``replacement`` is; "whole": all of it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    keys: tuple[str, ...]
    choices: tuple[NameForm, ...]

    def choose(self, written: str) -> NameForm:
        """Return the form that was written, letter by letter if there is one, else the first."""
        if len(self.choices) == 1:
            return self.choices[0]
        for fold in (letters_written, _without_yo):
            for choice in self.choices:
                if fold(choice.form) == fold(written):
                    return choice
        return self.choices[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """One form found: ``[start, end)`` of the skeleton."""

    first: int
    """Index of its first token; -1 for one that lies inside a token."""
    last: int
    start: int
    end: int
    name: NameForm


_Token = tuple[str, int, int]


def _without_yo(text: str) -> str:
    return letters_written(text).replace("ё", "е")


class NameIndex:
    """Forms by their first word. Immutable; safe to share between threads."""

    __slots__ = ("_initials", "_keys", "_lengths", "_longest", "entries")

    def __init__(self, forms: Iterable[NameForm]) -> None:
        grouped: dict[tuple[str, ...], dict[NameForm, None]] = {}
        for form in forms:
            keys = tuple(LETTERS.findall(skeleton(form.form)))
            if sum(map(len, keys)) > 1:
                grouped.setdefault(keys, {})[form] = None
        by_first: dict[str, list[_Entry]] = {}
        initials: dict[str, set[str]] = {}
        for keys, choices in grouped.items():
            first = next(iter(keys))
            by_first.setdefault(first, []).append(_Entry(keys, tuple(choices)))
            for form in choices:
                if form.owner:
                    initials.setdefault(form.owner, set()).update(key[0] for key in keys)
        for entries in by_first.values():
            entries.sort(key=lambda entry: -len(entry.keys))
        self.entries = by_first
        """First word's skeleton to entries, longest first."""
        self._initials = initials
        self._keys = {key for keys in grouped for key in keys}
        self._lengths = sorted(
            {len(k[0]) for k in grouped if len(k) == 1 and len(k[0]) >= _MIN_EMBEDDED},
            reverse=True,
        )
        self._longest = self._lengths[0] if self._lengths else 0

    def groups(self, text: str, *, is_identifier: bool) -> tuple[Skeleton, list[list[Hit]]]:
        """Return the names in a text, each as the hits that make it up, and the text's skeleton."""
        reduced = skeleton_of(text)
        has_humps = INNER_CAPITAL.search(reduced.cased) is not None
        pieced = self._pieced(reduced)
        addresses = _addresses(reduced.text)
        if not (has_humps or is_identifier or pieced or addresses) and (
            self.entries.keys().isdisjoint(LETTERS.findall(reduced.text))
        ):
            return reduced, []
        tokens = self._tokens(reduced, has_humps=has_humps)
        hits = self._hits(reduced, tokens, is_identifier=is_identifier)
        if is_identifier:
            addresses = [(0, len(reduced.text))]
        if addresses:
            hits += self._embedded(tokens, hits, addresses)
            hits.sort(key=lambda hit: hit.start)
        return reduced, _groups(reduced, _with_pieced(hits, pieced))

    def _pieced(self, reduced: Skeleton) -> list[Hit]:
        """Return the names whose letters stand apart, in order, the longest of those that meet."""
        found: list[Hit] = []
        for pattern in (_PIECED, _SPELLED):
            for run in pattern.finditer(reduced.text):
                pieces = [m.span() for m in LETTERS.finditer(reduced.text, *run.span())]
                found += self._pieced_in(reduced, pieces)
        apart: list[Hit] = []
        for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
            if not apart or hit.start >= apart[-1].end:
                apart.append(hit)
        return apart

    def _pieced_in(self, reduced: Skeleton, pieces: Sequence[tuple[int, int]]) -> Iterator[Hit]:
        first = 0
        while first < len(pieces):
            key, best = "", None
            for last in range(first, len(pieces)):
                key += reduced.text[slice(*pieces[last])]
                if len(key) > self._longest:
                    break
                entry = self._alone(key) if last > first and len(key) >= _MIN_PIECED else None
                if entry is not None:
                    best = last, entry.choices[0]
            if best is not None:
                yield Hit(-1, -1, pieces[first][0], pieces[best[0]][1], best[1])
                first = best[0]
            first += 1

    def holds(self, text: str) -> bool:
        """Tell whether any form stands in a text: found by other means than ``groups``.

        The whole text is reduced and cut at everything that is not a letter, and
        every word of it looked up.
        """
        reduced = skeleton_of(text)
        if self._pieced(reduced):
            return True
        words = set(LETTERS.findall(reduced.text))
        tokens: list[_Token] | None = None
        if INNER_CAPITAL.search(reduced.cased):
            tokens = self._tokens(reduced, has_humps=True)
            words.update(token[0] for token in tokens)
        for word in words & self.entries.keys():
            if any(len(e.keys) == 1 for e in self.entries[word]) and len(word) > _SHORT:
                return True
            tokens = tokens or self._tokens(reduced, has_humps=False)
            for place, token in enumerate(tokens):
                if token[0] == word and self._entry_at(reduced, tokens, place, is_identifier=False):
                    return True
        return False

    def _tokens(self, reduced: Skeleton, *, has_humps: bool) -> list[_Token]:
        tokens: list[_Token] = []
        for run in LETTERS.finditer(reduced.text):
            start, end = run.span()
            if not has_humps or run.group() in self._keys:
                tokens.append((run.group(), start, end))
                continue
            for s, e in humps(reduced.cased, start, end):
                tokens.append((reduced.text[s:e], s, e))
        return tokens

    def _hits(
        self, reduced: Skeleton, tokens: Sequence[_Token], *, is_identifier: bool
    ) -> list[Hit]:
        hits: list[Hit] = []
        place = 0
        while place < len(tokens):
            entry = self._entry_at(reduced, tokens, place, is_identifier=is_identifier)
            if entry is None:
                place += 1
                continue
            last = place + len(entry.keys) - 1
            start, end = tokens[place][1], tokens[last][2]
            name = entry.choose(_source(reduced, start, end))
            hit = self._with_initials(
                reduced,
                tokens,
                Hit(place, last, start, end, name),
                floor=hits[-1].last + 1 if hits else 0,
            )
            hits.append(hit)
            place = hit.last + 1
        return hits

    def _entry_at(
        self, reduced: Skeleton, tokens: Sequence[_Token], place: int, *, is_identifier: bool
    ) -> _Entry | None:
        entries = self.entries.get(tokens[place][0])
        if entries is None:
            return None
        over_a_stop: _Entry | None = None
        for entry in entries:
            if len(entry.keys) == 1:
                key, start, _ = tokens[place]
                if len(key) > _SHORT or is_identifier or reduced.cased[start].isupper():
                    return entry
            elif (gaps := _gaps(reduced, tokens, place, entry.keys)) is not None:
                if not any(_STOP.fullmatch(gap) for gap in gaps):
                    return entry
                over_a_stop = over_a_stop or entry
        return over_a_stop

    def _with_initials(
        self, reduced: Skeleton, tokens: Sequence[_Token], hit: Hit, *, floor: int
    ) -> Hit:
        """Return the hit grown over initials on either side: "С. П. Волков", "Волков_С".

        With a full stop after it any capital is one; beside ``_`` or ``-`` its owner's
        only. ``floor``: the first token that no earlier hit has.
        """
        mine = self._initials.get(hit.name.owner, ())

        def is_initial(place: int) -> bool:
            key, start, _ = tokens[place]
            return len(key) == 1 and reduced.cased[start].isupper()

        first, last, start, end = hit.first, hit.last, hit.start, hit.end
        while first > floor and is_initial(first - 1):
            key, left, right = tokens[first - 1]
            gap = reduced.text[right:start]
            if not re.fullmatch(r"\.\s{0,2}|[_-]", gap) or (gap in "_-" and key not in mine):
                break
            first, start = first - 1, left
        while last + 1 < len(tokens) and is_initial(last + 1):
            key, left, right = tokens[last + 1]
            gap = reduced.text[end:left]
            dotted = reduced.text[right : right + 1] == "." and re.fullmatch(r",?\s{1,2}|", gap)
            if not dotted and not (gap in ("_", "-") and key in mine):
                break
            last, end = last + 1, right + 1 if dotted else right
        return Hit(first, last, start, end, hit.name)

    def _embedded(
        self,
        tokens: Sequence[_Token],
        hits: Sequence[Hit],
        within: Sequence[tuple[int, int]],
    ) -> list[Hit]:
        taken = {place for hit in hits for place in range(hit.first, hit.last + 1)}
        found: list[Hit] = []
        begins = [begin for begin, _ in within]
        for place, (key, start, _) in enumerate(tokens):
            nearest = bisect_right(begins, start) - 1
            if nearest < 0 or start >= within[nearest][1]:
                continue
            at = 0
            while place not in taken and at <= len(key) - _MIN_EMBEDDED:
                for length in (n for n in self._lengths if at + n <= len(key)):
                    entry = self._alone(key[at : at + length])
                    if entry is not None:
                        here = start + at
                        found.append(Hit(-1, -1, here, here + length, entry.choices[0]))
                        at += length - 1
                        break
                at += 1
        return found

    def _alone(self, key: str) -> _Entry | None:
        entries = self.entries.get(key)
        return entries[-1] if entries and len(entries[-1].keys) == 1 else None


def _addresses(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the words, between white space, that look like an address."""
    if _ADDRESS_SIGN.search(text) is None:
        return []
    words = re.finditer(r"\S+", text)
    return [word.span() for word in words if _ADDRESS_SIGN.search(word[0])]


def _with_pieced(hits: Sequence[Hit], pieced: Sequence[Hit]) -> list[Hit]:
    """Return the hits in order; a name in pieces takes the place of those inside it.

    But not where they are nearly all of it: Volkov's is Volkov, not Volkovs.
    """
    begins = [hit.start for hit in hits]
    gone: set[int] = set()
    added: list[Hit] = []
    for whole in pieced:
        near = range(bisect_right(begins, whole.start) - 1, bisect_left(begins, whole.end))
        met = [n for n in near if n >= 0 and hits[n].end > whole.start]
        bare = whole.end - whole.start - sum(hits[n].end - hits[n].start for n in met)
        is_across = any(hits[n].start < whole.start or hits[n].end > whole.end for n in met)
        if not is_across and (not met or bare > _SHORT + 1) and gone.isdisjoint(met):
            gone.update(met)
            added.append(whole)
    kept = [hit for n, hit in enumerate(hits) if n not in gone]
    return sorted([*kept, *added], key=lambda hit: hit.start)


def _source(reduced: Skeleton, start: int, end: int) -> str:
    start, end = reduced.original(start, end)
    return reduced.source[start:end]


def _gaps(
    reduced: Skeleton, tokens: Sequence[_Token], place: int, keys: Sequence[str]
) -> list[str] | None:
    """Return what stands between the parts, or ``None`` if it is another name or none."""
    if place + len(keys) > len(tokens):
        return None
    gaps: list[str] = []
    for step, key in enumerate(keys):
        found, start, _ = tokens[place + step]
        if found != key:
            return None
        if step:
            gap = reduced.text[tokens[place + step - 1][2] : start]
            if not _GAP.fullmatch(gap):
                return None
            gaps.append("" if len(keys[step - 1]) == 1 else gap)
    return gaps


def _groups(reduced: Skeleton, hits: Sequence[Hit]) -> list[list[Hit]]:
    """Return the hits with those that make up one name together."""
    groups: list[list[Hit]] = []
    for hit in hits:
        if groups and _continues(groups[-1], hit):
            gap = reduced.text[groups[-1][-1].end : hit.start]
            listed = r",\s?" if groups[-1][-1].name.part == "surname" else "_"
            if re.fullmatch(rf"\s*|[_.+-]|{listed}", gap):
                groups[-1].append(hit)
                continue
        groups.append([hit])
    return groups


def _continues(group: Sequence[Hit], hit: Hit) -> bool:
    name = hit.name
    if not name.owner or not name.part or name.part == "whole":
        return False
    return all(
        h.name.owner == name.owner and h.name.part not in (name.part, "whole") for h in group
    )
