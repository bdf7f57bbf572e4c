"""Random work on random transcripts, held against a model that knows every character."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_app.domain.records import (
    Footnote,
    FullTranscript,
    Span,
    Tagging,
    TimedText,
    Transcript,
    TranscriptKind,
    Turn,
)
from archive_app.domain.spans import TextEdit, cut_turn
from archive_app.domain.transcript import (
    TranscriptChange,
    apply_change,
    delete_turn,
    edit_text,
    insert_turn,
    merge_turns,
    new_tagging,
    quote_of,
    split_turn,
)
from archive_app.domain.turn_texts import TurnTexts
from tests.domain.span_oracle import Oracle

ALPHABET = "ab  é\u0301ё\u0308ж👵🏽\u200dЉ\u00ad𝔊"
"""Letters, spaces, combining marks, an emoji with a skin tone, a joiner, letters above U+FFFF."""

texts = st.text(ALPHABET, max_size=9)
small = st.integers(0, 200)


@dataclass
class Desk:
    """A transcript under work, with its model beside it."""

    transcript: FullTranscript
    oracle: Oracle
    next_id: int = 1000
    tagged: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, all_texts: list[str]) -> Desk:
        oracle = Oracle()
        turns: list[Turn] = []
        for number, text in enumerate(all_texts, start=1):
            oracle.turns.append((number, oracle.chars(text)))
            turns.append(a_turn(number, text, position=number * 3))
        record = Transcript(1, "", 1, "sr-Cyrl", TranscriptKind.VERBATIM)
        return cls(FullTranscript(record, tuple(turns)), oracle)

    def new_id(self) -> int:
        self.next_id += 1
        return self.next_id

    def turn(self, number: int) -> Turn:
        return self.transcript.turns[number % len(self.transcript.turns)]

    def apply(self, change: TranscriptChange) -> None:
        self.transcript = apply_change(self.transcript, change.with_ids({-7: self.next_id}))

    def do(self, kind: str, a: int, b: int, c: int, text: str) -> None:
        getattr(self, f"do_{kind}")(a, b, c, text)

    def edit(self, turn: Turn, low: int, high: int, text: str) -> None:
        self.oracle.replace(turn.id, low, high, text)
        self.apply(edit_text(self.transcript, [TextEdit(turn.id, low, high, text)]))

    def do_type(self, a: int, b: int, c: int, text: str) -> None:
        turn = self.turn(a)
        at = b % (len(turn.text) + 1)
        self.edit(turn, at, at, text)

    def do_erase(self, a: int, b: int, c: int, text: str) -> None:
        self.do_retype(a, b, c, "")

    def do_retype(self, a: int, b: int, c: int, text: str) -> None:
        turn = self.turn(a)
        low = b % (len(turn.text) + 1)
        high = low + c % (len(turn.text) - low + 1)
        self.edit(turn, low, high, text)

    def do_correct(self, a: int, b: int, c: int, text: str) -> None:
        living = [t for t in self.transcript.taggings if not t.is_orphan]
        living = [t for t in living if t.span.start_turn == t.span.end_turn]
        if living:
            span = living[a % len(living)].span
            turn = next(t for t in self.transcript.turns if t.id == span.start_turn)
            self.edit(turn, span.start, span.end, text)

    def do_several(self, a: int, b: int, c: int, text: str) -> None:
        """Replace in every turn at once, in one operation."""
        edits: list[TextEdit] = []
        for turn in self.transcript.turns:
            low = b % (len(turn.text) + 1)
            high = min(len(turn.text), low + c % 3)
            edits.append(TextEdit(turn.id, low, high, text))
            edits.append(TextEdit(turn.id, 0, low // 2, ""))
        for edit in edits:
            self.oracle.replace(edit.turn, edit.start, edit.end, edit.text)
        self.apply(edit_text(self.transcript, edits))

    def do_split(self, a: int, b: int, c: int, text: str) -> None:
        turn = self.turn(a)
        at = b % (len(turn.text) + 1)
        new = self.new_id()
        cut = cut_turn(TurnTexts.of(self.transcript.turns), turn.id, at, new_turn=new)
        self.oracle.split(turn.id, cut.left_end, cut.right_start, new)
        self.apply(split_turn(self.transcript, turn.id, at, new_id=-7))

    def do_merge(self, a: int, b: int, c: int, text: str) -> None:
        if len(self.transcript.turns) > 1:
            turn = self.transcript.turns[a % (len(self.transcript.turns) - 1)]
            self.oracle.merge(turn.id)
            self.apply(merge_turns(self.transcript, turn.id))

    def do_insert(self, a: int, b: int, c: int, text: str) -> None:
        place = a % (len(self.transcript.turns) + 1)
        after = self.transcript.turns[place - 1].id if place else None
        self.oracle.insert_turn(self.new_id(), text, place)
        turn = a_turn(-7, text, position=0)
        self.apply(insert_turn(self.transcript, turn, after_turn_id=after))

    def do_delete(self, a: int, b: int, c: int, text: str) -> None:
        if len(self.transcript.turns) > 1:
            turn = self.turn(a)
            self.oracle.delete_turn(turn.id)
            self.apply(delete_turn(self.transcript, turn.id))

    def do_tag(self, a: int, b: int, c: int, text: str) -> None:
        first = a % len(self.transcript.turns)
        last = min(len(self.transcript.turns) - 1, first + len(text) % 4)
        start_turn, end_turn = self.transcript.turns[first], self.transcript.turns[last]
        start, end = b % (len(start_turn.text) + 1), c % (len(end_turn.text) + 1)
        if first == last:
            start, end = min(start, end), max(start, end)
        span = Span(start_turn.id, start, end_turn.id, end)
        tagging_id = self.new_id()
        if (first, start) != (last, end) and self.oracle.tag(tagging_id, span):
            tagging = new_tagging(
                self.transcript.turns, Tagging(tagging_id, "", 1, 1, span, quote="")
            )
            self.transcript = FullTranscript(
                self.transcript.transcript,
                self.transcript.turns,
                (*self.transcript.taggings, tagging),
            )
            self.tagged.add(tagging_id)

    def check(self) -> None:
        turns = self.transcript.turns
        assert [turn.id for turn in turns] == [id_ for id_, _ in self.oracle.turns]
        assert [turn.text for turn in turns] == [self.oracle.text(turn.id) for turn in turns]
        assert {t.id for t in self.transcript.taggings} == self.tagged, "a tagging is lost"
        for tagging in self.transcript.taggings:
            assert tagging.is_orphan == (tagging.id in self.oracle.orphans)
            assert tagging.quote
            if not tagging.is_orphan:
                assert tagging.span == self.oracle.span(tagging.id)
                assert tagging.quote == quote_of(turns, tagging.span)
        for turn in turns:
            check_anchors(turn)


def a_turn(number: int, text: str, *, position: int) -> Turn:
    """A turn of timed words, in every other turn of captions, with footnotes at both ends."""
    timed: list[TimedText] = []
    start = 0
    for word in text.split(" "):
        if word:
            ms = 1000 * len(timed)
            is_cue = number % 2 == 0
            timed.append(TimedText(start, start + len(word), ms, ms + 900, is_cue))
        start += len(word) + 1
    notes = (Footnote(0, "at the start"), Footnote(len(text), "at the end"))
    end_ms = 1000 * len(timed)
    return Turn(number, "", 1, position, None, "A", None, 0, end_ms, text, tuple(timed), notes)


def check_anchors(turn: Turn) -> None:
    """Timed texts and footnotes lie in order within the text, the times in order."""
    end = end_ms = 0
    for timed in turn.timed:
        assert end <= timed.start < timed.end <= len(turn.text)
        assert end_ms <= timed.start_ms <= timed.end_ms
        end, end_ms = timed.end, timed.end_ms
    offsets = [note.offset for note in turn.footnotes]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(turn.text) for offset in offsets)
    if turn.start_ms is not None and turn.end_ms is not None:
        assert turn.start_ms <= turn.end_ms
        assert not turn.timed or turn.start_ms <= turn.timed[0].start_ms
        assert not turn.timed or turn.timed[-1].end_ms <= turn.end_ms


def work_through(all_texts: list[str], work: list[tuple[str, int, int, int, str]]) -> None:
    desk = Desk.of(all_texts)
    for step in work:
        desk.do(*step)
        desk.check()


KINDS = [name[3:] for name in vars(Desk) if name.startswith("do_")] + ["tag", "tag", "type"]
steps = st.lists(
    st.tuples(st.sampled_from(KINDS), small, small, small, texts), min_size=4, max_size=30
)
transcripts = st.lists(texts, min_size=1, max_size=5)


@settings(max_examples=400)
@given(transcripts, steps)
def test_taggings_follow_their_characters_through_any_work(
    all_texts: list[str], work: list[tuple[str, int, int, int, str]]
) -> None:
    work_through(all_texts, work)


@pytest.mark.long
@settings(max_examples=10_000)
@given(transcripts, steps)
def test_taggings_follow_their_characters_through_ten_thousand_sequences(
    all_texts: list[str], work: list[tuple[str, int, int, int, str]]
) -> None:
    work_through(all_texts, work)


def a_long_day(seed: int) -> Desk:
    """Forty steps of random work on a transcript that begins with six tags, checked at each."""
    chance = random.Random(seed)

    def some_text() -> str:
        return "".join(chance.choices(ALPHABET, k=chance.randrange(14)))

    desk = Desk.of([some_text() for _ in range(chance.randint(2, 6))])
    for kind in ["tag"] * 6 + chance.choices(KINDS, k=40):
        a, b, c = (chance.randrange(200) for _ in range(3))
        desk.do(kind, a, b, c, some_text())
        desk.check()
    return desk


def test_taggings_follow_their_characters_through_long_days() -> None:
    for seed in range(150):
        assert a_long_day(seed).tagged


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_taggings_follow_their_characters_through_ten_thousand_long_days() -> None:
    for seed in range(1000, 11_000):
        a_long_day(seed)
