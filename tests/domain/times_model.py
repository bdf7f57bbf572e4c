"""A transcript under random work, and what must hold of its times after every step.

Each word carries an identity of its own, an untouched letter of which is never typed
by the work itself: a word that was not retyped can be known again, wherever it went.
"""

from __future__ import annotations

import contextlib
import random
from dataclasses import dataclass, field

from archive_app.domain.records import FullTranscript, TimedText, Transcript, TranscriptKind, Turn
from archive_app.domain.spans import TextEdit
from archive_app.domain.transcript import (
    TranscriptChange,
    apply_change,
    delete_turn,
    edit_text,
    insert_turn,
    merge_turns,
    split_turn,
)
from archive_app.domain.turn_beginning import begin_turn
from archive_app.domain.turn_times import (
    Edge,
    TimesBeyond,
    begins_ms,
    nudge_turn,
    set_turn_times,
    shifted_turns,
)
from archive_app.errors import BadValue

RECORD = Transcript(1, "", 1, "en", TranscriptKind.VERBATIM)
RECORDING_MS = 60_000
BEYOND = TimesBeyond(end_ms=RECORDING_MS)

KINDS = (
    "split", "split", "merge", "insert", "delete", "type", "type", "erase", "retype", "set",
    "set", "nudge", "nudge", "begin", "begin", "shift",
)  # fmt: skip
Step = tuple[str, int, int, int]


@dataclass
class Desk:
    """A transcript with timed words that overlap in time now and then; a word is "a0Xb"."""

    transcript: FullTranscript
    chance: random.Random
    next_id: int = 1000
    done: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, chance: random.Random) -> Desk:
        """Make up to six turns: with words' times, with captions, or with none known."""
        turns: list[Turn] = []
        start_ms = chance.randrange(2000)
        marks = iter(chr(0x4E00 + n) for n in range(500))
        for number in range(1, chance.randint(2, 7)):
            words = [
                "".join((chance.choice("abc"), next(marks))) for _ in range(chance.randrange(6))
            ]
            turn = cls._a_turn(chance, number, words, start_ms)
            turns.append(turn)
            start_ms += chance.choice((0, 1, 500, 3000, 4000))
        return cls(FullTranscript(RECORD, tuple(turns)), chance)

    @staticmethod
    def _a_turn(chance: random.Random, number: int, words: list[str], start_ms: int) -> Turn:
        text = " ".join(words)
        end_ms = start_ms + chance.choice((0, 400, 3000, 5000))
        kind = chance.choice(("words", "words", "caption", "none", "untimed", "no end"))
        if kind == "untimed":
            return Turn(number, "", 1, number * 3, None, "V", None, None, None, text)
        timed: list[TimedText] = []
        if kind in ("words", "no end"):
            cuts = sorted(chance.randint(start_ms, end_ms) for _ in range(2 * len(words)))
            at = 0
            for n, word in enumerate(words):
                timed.append(
                    TimedText(at, at + len(word), cuts[2 * n], cuts[2 * n + 1], False, 0.5)
                )
                at += len(word) + 1
        elif kind == "caption" and text:
            timed = [TimedText(0, len(text), start_ms, end_ms, is_cue=True)]
        return Turn(
            number, "", 1, number * 3, None, "V", None, start_ms,
            None if kind == "no end" else end_ms, text, tuple(timed),
        )  # fmt: skip

    @property
    def turns(self) -> tuple[Turn, ...]:
        return self.transcript.turns

    def turn(self, number: int) -> Turn:
        return self.turns[number % len(self.turns)]

    def do(self, step: Step) -> None:
        """Do one step, and see that everything holds that must."""
        kind, a, b, c = step
        before = self.transcript
        self.done.append(str(step))
        parted = getattr(self, f"do_{kind}")(a, b, c) or set[str]()
        self.check_order()
        self.check_words(before, kind, parted)

    def apply(self, change: TranscriptChange) -> None:
        self.next_id += 1
        self.transcript = apply_change(self.transcript, change.with_ids({-1: self.next_id}))

    def times(self, turns: tuple[Turn, ...]) -> None:
        self.apply(TranscriptChange(updated_turns=turns))

    # -- steps: each returns the letters of the words whose times it may change --------------

    def do_split(self, a: int, b: int, c: int) -> set[str]:
        turn = self.turn(a)
        offset = b % (len(turn.text) + 1)
        self.apply(split_turn(self.transcript, turn.id, offset, beyond=BEYOND))
        return _parted(turn, offset)

    def do_merge(self, a: int, b: int, c: int) -> None:
        if len(self.turns) > 1:
            turn = self.turns[a % (len(self.turns) - 1)]
            self.apply(merge_turns(self.transcript, turn.id))

    def do_insert(self, a: int, b: int, c: int) -> None:
        place = a % (len(self.turns) + 1)
        start_ms = None if b % 3 == 0 else b * 307 % 70_000
        end_ms = None if c % 3 == 0 else (start_ms or 0) + c * 20
        turn = Turn(-1, "", 1, 0, None, "V", None, start_ms, end_ms, "new" if c % 2 else "")
        after = self.turns[place - 1].id if place else None
        self.apply(insert_turn(self.transcript, turn, after_turn_id=after, beyond=BEYOND))

    def do_delete(self, a: int, b: int, c: int) -> None:
        if len(self.turns) > 1:
            self.apply(delete_turn(self.transcript, self.turn(a).id))

    def _edit(self, turn: Turn, low: int, high: int, text: str) -> None:
        self.apply(edit_text(self.transcript, [TextEdit(turn.id, low, high, text)]))

    def do_type(self, a: int, b: int, c: int) -> None:
        turn = self.turn(a)
        at = b % (len(turn.text) + 1)
        self._edit(turn, at, at, ("x", " ", "xy z", " x ")[c % 4])

    def do_erase(self, a: int, b: int, c: int) -> None:
        turn = self.turn(a)
        low = b % (len(turn.text) + 1)
        self._edit(turn, low, min(len(turn.text), low + c % 5), "")

    def do_retype(self, a: int, b: int, c: int) -> None:
        turn = self.turn(a)
        low = b % (len(turn.text) + 1)
        self._edit(turn, low, min(len(turn.text), low + c % 9), "xx yy"[: c % 6])

    def do_set(self, a: int, b: int, c: int) -> set[str]:
        turn = self.turn(a)
        own = self._marks_near(a)
        start_ms, end_ms = turn.start_ms, turn.end_ms
        if c % 3 != 1:
            start_ms = None if b % 11 == 0 else self._near(turn, b)
        if c % 3 != 0:
            end_ms = None if b % 13 == 0 else self._near(turn, c) + b * 10
        with contextlib.suppress(BadValue):
            self.times(
                set_turn_times(self.turns, turn.id, start_ms=start_ms, end_ms=end_ms, beyond=BEYOND)
            )
        return own

    def _marks_near(self, number: int) -> set[str]:
        """The letters of a turn, and of the one before it, whose end may give way."""
        place = number % len(self.turns)
        near = self.turns[max(0, place - 1) : place + 1]
        return {letter for turn in near for letter in _marks(turn.text)}

    def _near(self, turn: Turn, number: int) -> int:
        """A time close to a turn's, or anywhere."""
        start_ms = begins_ms(turn)
        if start_ms is None or number % 5 == 0:
            return number * 293 % 63_000
        return max(0, start_ms + (number % 41 - 20) * 100)

    def do_nudge(self, a: int, b: int, c: int) -> set[str]:
        own = self._marks_near(a)
        by_ms = (b % 21 - 10) * 100
        edge = tuple(Edge)[c % 3]
        self.times(nudge_turn(self.turns, self.turn(a).id, by_ms=by_ms, edge=edge, beyond=BEYOND))
        return own

    def do_shift(self, a: int, b: int, c: int) -> set[str]:
        by_ms = (b % 21 - 10) * 100
        moving = self.turns[a % len(self.turns) :]
        self.times(shifted_turns(self.turns, self.turn(a).id, by_ms=by_ms, beyond=BEYOND).turns)
        return {letter for turn in moving for letter in _marks(turn.text)}

    def do_begin(self, a: int, b: int, c: int) -> set[str]:
        turn = self.turn(a)
        offset = len(turn.text) if b % 3 == 0 else b % (len(turn.text) + 1)
        at_ms = None if c % 7 == 0 else self._near(turn, c)
        self.apply(begin_turn(self.transcript, turn.id, offset, at_ms=at_ms, beyond=BEYOND))
        return _parted(turn, offset)

    # -- what must hold ----------------------------------------------------------------------

    def check_order(self) -> None:
        """Turns begin in order, inside the recording; words lie in their text and their time."""
        last_ms = 0
        for turn in self.turns:
            start_ms = begins_ms(turn)
            if start_ms is not None:
                assert start_ms >= last_ms, self.story("turns do not begin in order")
                last_ms = start_ms
            elif turn.end_ms is not None:
                assert turn.end_ms >= last_ms, self.story("ends before the turn before it begins")
            for ms in (turn.start_ms, turn.end_ms):
                assert ms is None or 0 <= ms <= RECORDING_MS, self.story("outside the recording")
            if turn.start_ms is not None and turn.end_ms is not None:
                assert turn.start_ms <= turn.end_ms, self.story("ends before it begins")
            self._check_timed(turn)

    def _check_timed(self, turn: Turn) -> None:
        end, end_ms = 0, turn.start_ms or 0
        assert not turn.timed or turn.start_ms is not None, self.story("words, but no beginning")
        for timed in turn.timed:
            assert end <= timed.start < timed.end <= len(turn.text), self.story("outside the text")
            assert end_ms <= timed.start_ms <= timed.end_ms, self.story("words not in order")
            end, end_ms = timed.end, timed.end_ms
        assert end_ms <= RECORDING_MS, self.story("a word outside the recording")
        if turn.timed and turn.end_ms is not None:
            assert end_ms <= turn.end_ms, self.story("a word behind its turn")

    def check_words(self, before: FullTranscript, kind: str, parted: set[str]) -> None:
        """Words that were not retyped keep their text's times."""
        old, new = _times_by_mark(before), _times_by_mark(self.transcript)
        overlaps = kind == "merge"
        for letter, times in new.items():
            was = old.get(letter)
            if letter in parted or was is None:
                continue
            if overlaps and times != was:
                assert times.start_ms >= was.start_ms, self.story("merged words went back in time")
                continue
            assert times == was, self.story(f"{letter} lost its time: {was} {times}")
        if kind not in ("erase", "retype", "delete"):
            there = {char for turn in self.turns for char in turn.text}
            gone = {m for m in old if m not in new and m in there and m not in parted}
            assert not gone, self.story("a word's time was lost")

    def story(self, what: str) -> str:
        return f"{what}: {self.done[-6:]}\n" + "\n".join(map(str, self.turns))


@dataclass(frozen=True, slots=True)
class _Times:
    start_ms: int
    end_ms: int
    is_cue: bool


def _marks(text: str) -> set[str]:
    return {char for char in text if char > "\u4dff"}


def _parted(turn: Turn, offset: int) -> set[str]:
    """The letters of the timed text that a cut goes through: its time is divided."""
    parted = [one for one in turn.timed if one.start < offset < one.end]
    return {letter for one in parted for letter in _marks(turn.text[one.start : one.end])}


def _times_by_mark(transcript: FullTranscript) -> dict[str, _Times]:
    return {
        letter: _Times(timed.start_ms, timed.end_ms, timed.is_cue)
        for turn in transcript.turns
        for timed in turn.timed
        for letter in _marks(turn.text[timed.start : timed.end])
    }


def some_steps(chance: random.Random, count: int) -> list[Step]:
    return [
        (chance.choice(KINDS), chance.randrange(200), chance.randrange(200), chance.randrange(200))
        for _ in range(count)
    ]
