"""A transcript where every character has an identity: the slow, plain truth about spans.

A tagging is the set of the characters it covers. It knows nothing of offsets,
so it cannot err in the same way as the program does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from archive_app.domain.records import Span


@dataclass(frozen=True, slots=True)
class Char:
    char: str
    identity: int


@dataclass
class Oracle:
    """Turns of characters, and for each tagging the characters that belong to it."""

    turns: list[tuple[int, list[Char]]] = field(default_factory=list)
    members: dict[int, set[int]] = field(default_factory=dict)
    orphans: set[int] = field(default_factory=set)
    _identities: count[int] = field(default_factory=count)

    def chars(self, text: str) -> list[Char]:
        return [Char(char, next(self._identities)) for char in text]

    def turn(self, turn_id: int) -> list[Char]:
        return next(chars for id_, chars in self.turns if id_ == turn_id)

    def index(self, turn_id: int) -> int:
        return [id_ for id_, _ in self.turns].index(turn_id)

    def text(self, turn_id: int) -> str:
        return "".join(char.char for char in self.turn(turn_id))

    def tag(self, tagging_id: int, span: Span) -> bool:
        """Lay a tag on what a span covers; False if that is nothing."""
        first, last = self.index(span.start_turn), self.index(span.end_turn)
        covered: set[int] = set()
        for place in range(first, last + 1):
            chars = self.turns[place][1]
            low = span.start if place == first else 0
            high = span.end if place == last else len(chars)
            covered.update(char.identity for char in chars[low:high])
        if covered:
            self.members[tagging_id] = covered
        return bool(covered)

    def replace(self, turn_id: int, start: int, end: int, text: str) -> None:
        place, chars = self.index(turn_id), self.turn(turn_id)
        new = self.chars(text)
        gone = {char.identity for char in chars[start:end]}
        before, after = self._around(place, start, end)
        for members in self._living():
            kept = members - gone
            if gone:
                is_own = gone <= members and (bool(kept) or bool(new))
            else:
                is_own = bool(members & before) and bool(members & after)
            members -= gone
            if is_own:
                members |= {char.identity for char in new}
        chars[start:end] = new
        self._bury()

    def split(self, turn_id: int, left_end: int, right_start: int, new_id: int) -> None:
        place, chars = self.index(turn_id), self.turn(turn_id)
        gone = {char.identity for char in chars[left_end:right_start]}
        for members in self._living():
            members -= gone
        self.turns[place : place + 1] = [
            (turn_id, chars[:left_end]),
            (new_id, chars[right_start:]),
        ]
        self._bury()

    def merge(self, first_id: int) -> None:
        place = self.index(first_id)
        (_, left), (_, right) = self.turns[place : place + 2]
        joint = self.chars(" " if left and right else "")
        for members in self._living():
            before, after = self._around(place, len(left), len(left))
            if members & before and members & after:
                members |= {char.identity for char in joint}
        self.turns[place : place + 2] = [(first_id, left + joint + right)]

    def insert_turn(self, turn_id: int, text: str, place: int) -> None:
        self.turns.insert(place, (turn_id, []))
        self.replace(turn_id, 0, 0, text)

    def delete_turn(self, turn_id: int) -> None:
        gone = {char.identity for char in self.turn(turn_id)}
        del self.turns[self.index(turn_id)]
        for members in self._living():
            members -= gone
        self._bury()

    def span(self, tagging_id: int) -> Span:
        """Where a living tagging's first and last characters stand."""
        members = self.members[tagging_id]
        places = [
            (turn_id, offset)
            for turn_id, chars in self.turns
            for offset, char in enumerate(chars)
            if char.identity in members
        ]
        (start_turn, start), (end_turn, end) = places[0], places[-1]
        return Span(start_turn, start, end_turn, end + 1)

    def _around(self, place: int, start: int, end: int) -> tuple[set[int], set[int]]:
        """All characters before and after a stretch of a turn, in reading order."""
        before = {char.identity for _, chars in self.turns[:place] for char in chars}
        after = {char.identity for _, chars in self.turns[place + 1 :] for char in chars}
        chars = self.turns[place][1]
        before |= {char.identity for char in chars[:start]}
        after |= {char.identity for char in chars[end:]}
        return before, after

    def _living(self) -> list[set[int]]:
        return [m for tagging, m in self.members.items() if tagging not in self.orphans]

    def _bury(self) -> None:
        self.orphans |= {tagging for tagging, members in self.members.items() if not members}
