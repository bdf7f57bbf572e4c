"""Protected names: finding every recorded form in a text, and putting the public one there.

The forms come from outside as data (``language.forms`` works them out). They are
compared by skeleton (``domain.skeletons``), so case, stress marks, ё/е, NFC/NFD,
zero-width characters, soft hyphens and letters borrowed from the other script
make no difference. Only whole words are matched; everything but a letter ends a
word, and so does a capital inside one (``SergeiVolkov.wav``).

Short forms: one letter alone is never a name; two letters alone are one only
when written with a capital ("Ли", not the particle "ли"), in identifiers
whatever the case. Inside a longer form both count like any other part.

Where a form is an ordinary word too (Волк, the wolf), hiding wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive_app.domain.offsets import NOTHING_MOVED, OffsetMap, Piece, lay_over, rewrite
from archive_app.domain.skeletons import (
    INNER_CAPITAL,
    LETTERS,
    Skeleton,
    humps,
    letters_written,
    skeleton,
    skeleton_of,
)

__all__ = ["NAME_WITHHELD", "NO_NAMES", "HiddenNames", "NameForm", "NameMatch", "OffsetMap"]

NAME_WITHHELD = "[…]"
"""Stands for a name whose public name would itself give a protected name away."""

_ROUNDS = 8
_MIN_EMBEDDED = 4
"""Letters a form needs to be looked for inside the words of an identifier."""
_GAP = re.compile(r"\s*|[\W_]{1,3}")
"""What may stand between the parts of one name: any white space, or three signs at most."""
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
class NameMatch:
    """Where a protected name stands, half-open in code points, and its replacement."""

    start: int
    end: int
    replacement: str


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
class _Hit:
    first: int
    """Index of its first token; -1 for one that lies inside a token."""
    last: int
    start: int
    end: int
    name: NameForm


_Token = tuple[str, int, int]


def _without_yo(text: str) -> str:
    return letters_written(text).replace("ё", "е")


class HiddenNames:
    """All forms that must not be seen, compiled. Immutable; safe to share between threads."""

    __slots__ = ("_by_first", "_initials", "_keys", "_lengths", "_safe")

    def __init__(self, forms: Iterable[NameForm] = ()) -> None:
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
        self._by_first = by_first
        self._initials = initials
        self._keys = {key for keys in grouped for key in keys}
        self._lengths = sorted(
            {len(k[0]) for k in grouped if len(k) == 1 and len(k[0]) >= _MIN_EMBEDDED},
            reverse=True,
        )
        self._safe: dict[str, str] = {}

    @staticmethod
    def of(forms: Iterable[NameForm]) -> HiddenNames:
        """Return the matcher for some forms; the one made before if the same tuple came before."""
        return _compile((_ByIdentity(forms if isinstance(forms, tuple) else tuple(forms)),))

    @staticmethod
    def of_people(hidden: Mapping[int, Sequence[NameForm]]) -> HiddenNames:
        """Return the matcher for several people; where two share a form, the first has it."""
        return _compile(
            tuple(
                _ByIdentity(forms if isinstance(forms, tuple) else tuple(forms))
                for forms in hidden.values()
                if forms
            )
        )

    def __bool__(self) -> bool:
        """True if there is anything to hide."""
        return bool(self._by_first)

    def find(self, text: str, *, is_identifier: bool = False) -> list[NameMatch]:
        """Return every protected name in a text, in order, not overlapping.

        ``is_identifier``: the text is a file name, an address or a number; forms
        of four letters and more are found inside its words too.
        O(len(text)) beside the few words that begin a form.
        """
        if not self._by_first or not text:
            return []
        reduced = skeleton_of(text)
        has_humps = INNER_CAPITAL.search(reduced.cased) is not None
        if not (has_humps or is_identifier) and self._by_first.keys().isdisjoint(
            LETTERS.findall(reduced.text)
        ):
            return []
        tokens = self._tokens(reduced, has_humps=has_humps)
        hits = self._hits(reduced, tokens, is_identifier=is_identifier)
        if is_identifier:
            hits += self._embedded(tokens, hits)
            hits.sort(key=lambda hit: hit.start)
        return [self._match(reduced, group) for group in _groups(reduced, hits)]

    def hide(
        self,
        text: str,
        *,
        closed: Sequence[tuple[int, int]] = (),
        mark: str = NAME_WITHHELD,
        is_identifier: bool = False,
    ) -> tuple[str, OffsetMap]:
        """Return the text without protected names and closed ranges, and the map to it.

        ``closed`` ranges are replaced by ``mark``; ranges that touch become one,
        and one that cuts a name takes in the whole name. What the replacements
        bring together is looked through again until nothing is found.
        """
        matches = self.find(text, is_identifier=is_identifier)
        if not matches and not closed:
            return text, NOTHING_MOVED
        pieces = [Piece(m.start, m.end, m.replacement) for m in matches]
        for start, end in _joined(closed):
            pieces = lay_over(pieces, Piece(start, end, mark, is_closed=True))
        rewritten, moved = rewrite(text, pieces)
        for _ in range(_ROUNDS):
            left = self.find(rewritten, is_identifier=is_identifier)
            if not left:
                return rewritten, moved
            for match in left:
                pieces = lay_over(
                    pieces, Piece(*moved.old_range(match.start, match.end), NAME_WITHHELD)
                )
            rewritten, moved = rewrite(text, pieces)
        return rewrite(text, [Piece(0, len(text), NAME_WITHHELD, is_closed=bool(closed))])

    def hidden(self, text: str) -> str:
        """Return the text without protected names."""
        return self.hide(text)[0]

    def leaks(self, text: str) -> bool:
        """Tell whether a text still holds a protected form: the proof of law 14.

        Written apart from ``find``: the whole text is reduced and cut at
        everything that is not a letter, and every form is looked up in that.
        """
        if not self._by_first or not text:
            return False
        reduced = skeleton_of(text)
        words = set(LETTERS.findall(reduced.text))
        tokens: list[_Token] | None = None
        if INNER_CAPITAL.search(reduced.cased):
            tokens = self._tokens(reduced, has_humps=True)
            words.update(token[0] for token in tokens)
        for word in words & self._by_first.keys():
            if any(len(e.keys) == 1 for e in self._by_first[word]) and len(word) > 2:
                return True
            tokens = tokens or self._tokens(reduced, has_humps=False)
            for place, token in enumerate(tokens):
                if token[0] == word and self._entry_at(reduced, tokens, place, is_identifier=False):
                    return True
        return False

    # -- finding ---------------------------------------------------------------------------

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
    ) -> list[_Hit]:
        hits: list[_Hit] = []
        place = 0
        while place < len(tokens):
            entry = self._entry_at(reduced, tokens, place, is_identifier=is_identifier)
            if entry is None:
                place += 1
                continue
            last = place + len(entry.keys) - 1
            start, end = tokens[place][1], tokens[last][2]
            name = entry.choose(_source(reduced, start, end))
            hits.append(self._with_initials(reduced, tokens, _Hit(place, last, start, end, name)))
            place = last + 1
        return hits

    def _entry_at(
        self, reduced: Skeleton, tokens: Sequence[_Token], place: int, *, is_identifier: bool
    ) -> _Entry | None:
        entries = self._by_first.get(tokens[place][0])
        if entries is None:
            return None
        over_a_stop: _Entry | None = None
        for entry in entries:
            if len(entry.keys) == 1:
                key, start, _ = tokens[place]
                if len(key) > 2 or is_identifier or reduced.cased[start].isupper():
                    return entry
            elif (gaps := _gaps(reduced, tokens, place, entry.keys)) is not None:
                if not any(_STOP.fullmatch(gap) for gap in gaps):
                    return entry
                over_a_stop = over_a_stop or entry
        return over_a_stop

    def _with_initials(self, reduced: Skeleton, tokens: Sequence[_Token], hit: _Hit) -> _Hit:
        """Return the hit grown over initials on either side: "С. П. Волков", "Волков_С".

        With a full stop after it any capital is one; beside ``_`` or ``-`` its owner's only.
        """
        mine = self._initials.get(hit.name.owner, ())

        def is_initial(place: int) -> bool:
            key, start, _ = tokens[place]
            return len(key) == 1 and reduced.cased[start].isupper()

        first, last, start, end = hit.first, hit.last, hit.start, hit.end
        while first and is_initial(first - 1):
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
        return _Hit(first, last, start, end, hit.name)

    def _embedded(self, tokens: Sequence[_Token], hits: Sequence[_Hit]) -> list[_Hit]:
        taken = {place for hit in hits for place in range(hit.first, hit.last + 1)}
        found: list[_Hit] = []
        for place, (key, start, _) in enumerate(tokens):
            at = 0
            while place not in taken and at <= len(key) - _MIN_EMBEDDED:
                for length in self._lengths:
                    entry = self._alone(key[at : at + length])
                    if entry is not None:
                        here = start + at
                        found.append(_Hit(-1, -1, here, here + length, entry.choices[0]))
                        at += length - 1
                        break
                at += 1
        return found

    def _alone(self, key: str) -> _Entry | None:
        entries = self._by_first.get(key)
        return entries[-1] if entries and len(entries[-1].keys) == 1 else None

    def _match(self, reduced: Skeleton, group: Sequence[_Hit]) -> NameMatch:
        start, end = group[0].start, group[-1].end
        whole = next((hit.name for hit in group if hit.name.slot == "whole"), None)
        if whole is not None:
            replacement = whole.replacement
        else:
            by_slot = {hit.name.slot: hit.name.replacement for hit in reversed(group)}
            ordered = dict.fromkeys(hit.name.slot for hit in group)
            gap = reduced.text[group[0].end : group[1].start] if len(group) > 1 else ""
            joint = gap if gap in ("_", "-", ".") else " "
            replacement = joint.join(by_slot[slot] for slot in ordered)
        written = reduced.cased[start:end]
        return NameMatch(
            *reduced.original(start, end), _in_case(self._harmless(replacement), written)
        )

    def _harmless(self, replacement: str) -> str:
        """Return the replacement, or the neutral mark if it is itself a protected name."""
        safe = self._safe.get(replacement)
        if safe is None:
            safe = NAME_WITHHELD if not replacement or self.leaks(replacement) else replacement
            self._safe[replacement] = safe
        return safe


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


def _groups(reduced: Skeleton, hits: Sequence[_Hit]) -> list[list[_Hit]]:
    """Return the hits with those that make up one name together."""
    groups: list[list[_Hit]] = []
    for hit in hits:
        if groups and _continues(groups[-1], hit):
            gap = reduced.text[groups[-1][-1].end : hit.start]
            listed = r",\s?" if groups[-1][-1].name.part == "surname" else "_"
            if re.fullmatch(rf"\s*|[_.+-]|{listed}", gap):
                groups[-1].append(hit)
                continue
        groups.append([hit])
    return groups


def _continues(group: Sequence[_Hit], hit: _Hit) -> bool:
    name = hit.name
    if not name.owner or not name.part or name.part == "whole":
        return False
    return all(
        h.name.owner == name.owner and h.name.part not in (name.part, "whole") for h in group
    )


def _in_case(replacement: str, written: str) -> str:
    letters = [c for c in written if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return replacement.upper()
    if all(c.islower() for c in letters):
        return replacement.lower()
    return replacement


def _joined(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges in order, those that touch made one, empty ones gone."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


class _ByIdentity:
    """A tuple of forms that hashes at once; it keeps the tuple, so that its id stays its own."""

    __slots__ = ("forms",)

    def __init__(self, forms: tuple[NameForm, ...]) -> None:
        self.forms = forms

    def __hash__(self) -> int:
        return hash((id(self.forms), len(self.forms)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and self.forms is other.forms


@lru_cache(maxsize=64)
def _compile(people: tuple[_ByIdentity, ...]) -> HiddenNames:
    return HiddenNames(form for person in people for form in person.forms)


NO_NAMES = HiddenNames()
"""Hides nothing: for staff, and for archives without pseudonyms."""
