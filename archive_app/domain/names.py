"""Protected names: finding every recorded form in a text, and putting the public one there.

The forms come from outside as data (``language.forms`` works them out). They are
compared by skeleton (``domain.skeletons``), so case, stress marks, ё/е, NFC/NFD,
zero-width characters, soft hyphens and letters borrowed from the other script
make no difference. Only whole words are matched; everything but a letter ends a
word, and so does a capital inside one (``SergeiVolkov.wav``). But a word may stand
in pieces (``Вол-ков``, ``С е р г е й``), and inside an address within a text
(``svolkov@…``) a form of four letters is found as in an identifier.

Short forms: one letter alone is never a name; two letters alone are one only
when written with a capital ("Ли", not the particle "ли"), in identifiers
whatever the case. Inside a longer form both count like any other part.

Where a form is an ordinary word too (Волк, the wolf), hiding wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive_app.domain.name_search import Hit, NameForm, NameIndex
from archive_app.domain.offsets import NOTHING_MOVED, OffsetMap, Piece, lay_over, rewrite
from archive_app.domain.skeletons import Skeleton

__all__ = ["NAME_WITHHELD", "NO_NAMES", "HiddenNames", "NameForm", "NameMatch", "OffsetMap"]

NAME_WITHHELD = "[…]"
"""Stands for a name whose public name would itself give a protected name away."""

_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Where a protected name stands, half-open in code points, and its replacement."""

    start: int
    end: int
    replacement: str


class HiddenNames:
    """All forms that must not be seen, compiled. Immutable; safe to share between threads."""

    __slots__ = ("_index", "_safe")

    def __init__(self, forms: Iterable[NameForm] = ()) -> None:
        self._index = NameIndex(forms)
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
        return bool(self._index.entries)

    def find(self, text: str, *, is_identifier: bool = False) -> list[NameMatch]:
        """Return every protected name in a text, in order, not overlapping.

        ``is_identifier``: the text is a file name, an address or a number; forms
        of four letters and more are found inside its words too.
        O(len(text)) beside the few words that begin a form.
        """
        if not text or not self:
            return []
        reduced, groups = self._index.groups(text, is_identifier=is_identifier)
        return [self._match(reduced, group) for group in groups]

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

        Found by other means than ``find``'s, and more loosely: see ``NameIndex.holds``.
        """
        return bool(text) and bool(self) and self._index.holds(text)

    def _match(self, reduced: Skeleton, group: Sequence[Hit]) -> NameMatch:
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
