from __future__ import annotations

from dataclasses import replace

import pytest

from archive_app.domain.records import (
    FullTranscript,
    TimedText,
    Transcript,
    TranscriptKind,
    Turn,
)
from archive_app.domain.spans import TextEdit
from archive_app.domain.transcript import apply_change, edit_text, merge_turns, split_turn

TEXT = "we left home in rain"


def timed_words(text: str, *, is_cue: bool = False) -> tuple[TimedText, ...]:
    found: list[TimedText] = []
    start = 0
    for n, word in enumerate(text.split(" ")):
        found.append(TimedText(start, start + len(word), n * 1000, n * 1000 + 900, is_cue, 0.9))
        start += len(word) + 1
    return tuple(found)


def story(text: str = TEXT, timed: tuple[TimedText, ...] | None = None) -> FullTranscript:
    known = timed_words(text) if timed is None else timed
    turn = Turn(1, "", 1, 1024, None, "V", None, 0, 5000, text, known)
    return FullTranscript(Transcript(1, "", 1, "en", TranscriptKind.VERBATIM), (turn,))


CUES = (TimedText(0, 7, 0, 2000, is_cue=True), TimedText(8, 20, 2000, 5000, is_cue=True))


def words_after(
    edit: TextEdit, timed: tuple[TimedText, ...] | None = None
) -> list[tuple[str, int, int]]:
    """Each timed text with its start and end after the edit."""
    (turn,) = edit_text(story(timed=timed), [edit]).updated_turns
    return [(turn.text[t.start : t.end], t.start_ms, t.end_ms) for t in turn.timed]


WE, LEFT, HOME, IN, RAIN = (
    ("we", 0, 900),
    ("left", 1000, 1900),
    ("home", 2000, 2900),
    ("in", 3000, 3900),
    ("rain", 4000, 4900),
)


@pytest.mark.parametrize(
    ("start", "end", "text", "words"),
    [
        (9, 9, "XX", [WE, LEFT, ("hXXome", 2000, 2900), IN, RAIN]),
        (12, 12, "s", [WE, LEFT, ("homes", 2000, 2900), IN, RAIN]),
        (12, 12, "s and out", [WE, LEFT, ("homes", 2000, 2900), IN, RAIN]),
        (13, 13, "with", [WE, LEFT, HOME, ("within", 3000, 3900), RAIN]),
        (13, 13, "out ", [WE, LEFT, HOME, IN, RAIN]),
        (9, 12, "", [WE, LEFT, ("h", 2000, 2900), IN, RAIN]),
        (8, 13, "", [WE, LEFT, IN, RAIN]),
        (8, 12, "town", [WE, LEFT, ("town", 2000, 2900), IN, RAIN]),
        (3, 12, "fled", [WE, ("fled", 1000, 2900), IN, RAIN]),
        (5, 10, "d to", [WE, ("led", 1000, 1900), ("tome", 2000, 2900), IN, RAIN]),
        (8, 12, "  ", [WE, LEFT, IN, RAIN]),
        (0, 20, "All of it.", [("All of it.", 0, 4900)]),
        (7, 8, "", [WE, LEFT, HOME, IN, RAIN]),
        (7, 8, "-", [WE, ("left-", 1000, 1900), HOME, IN, RAIN]),
    ],
)
def test_words_keep_their_times_where_they_were_not_retyped(
    start: int, end: int, text: str, words: list[tuple[str, int, int]]
) -> None:
    assert words_after(TextEdit(1, start, end, text)) == words


@pytest.mark.parametrize(
    ("start", "end", "text", "cues"),
    [
        (7, 7, ", all of us,", ["we left, all of us,", "home in rain"]),
        (8, 8, "from ", ["we left", "from home in rain"]),
        (0, 0, "So ", ["So we left", "home in rain"]),
        (20, 20, " again", ["we left", "home in rain again"]),
        (3, 12, "fled", ["we fled", " in rain"]),
        (8, 20, "somewhere else", ["we left", "somewhere else"]),
        (3, 20, "all fled", ["we all", "fled"]),
    ],
)
def test_whatever_is_typed_onto_a_caption_belongs_to_it(
    start: int, end: int, text: str, cues: list[str]
) -> None:
    found = [shown for shown, _, _ in words_after(TextEdit(1, start, end, text), CUES)]
    assert found == cues


def test_a_word_that_a_person_changed_has_no_recogniser_s_confidence() -> None:
    (turn,) = edit_text(story(), [TextEdit(1, 8, 9, "H")]).updated_turns
    assert [t.confidence for t in turn.timed] == [0.9, 0.9, None, 0.9, 0.9]


def test_a_split_between_words_takes_their_times() -> None:
    change = split_turn(story(), 1, 7)
    (left,), (right,) = change.updated_turns, change.new_turns
    assert (left.start_ms, left.end_ms, right.start_ms, right.end_ms) == (0, 1900, 2000, 5000)
    assert not left.is_time_estimated
    assert [right.text[t.start : t.end] for t in right.timed] == ["home", "in", "rain"]


def test_a_split_inside_a_caption_divides_its_time_and_says_that_it_is_estimated() -> None:
    change = split_turn(story(timed=CUES), 1, 12)
    (left,), (right,) = change.updated_turns, change.new_turns
    assert left.end_ms == right.start_ms == 3000
    assert [(t.start_ms, t.end_ms) for t in left.timed] == [(0, 2000), (2000, 3000)]
    assert [(t.start, t.end, t.start_ms, t.end_ms) for t in right.timed] == [(0, 7, 3000, 5000)]
    assert left.is_time_estimated
    assert right.is_time_estimated


def test_a_split_without_any_times_of_words_is_in_proportion_to_the_text() -> None:
    change = split_turn(story(timed=()), 1, 8)
    (left,), (right,) = change.updated_turns, change.new_turns
    assert left.end_ms == right.start_ms == 5000 * 7 // 20
    assert left.is_time_estimated


def test_a_split_of_a_turn_without_times_knows_none() -> None:
    untimed = story(timed=())
    untimed = replace(untimed, turns=(replace(untimed.turns[0], start_ms=5, end_ms=None),))
    change = split_turn(untimed, 1, 8)
    (left,), (right,) = change.updated_turns, change.new_turns
    assert (left.start_ms, left.end_ms, right.start_ms, right.end_ms) == (5, None, None, None)
    assert not left.is_time_estimated


@pytest.mark.parametrize("offset", [0, 20])
def test_a_split_at_an_edge_gives_the_empty_half_no_time(offset: int) -> None:
    change = split_turn(story(), 1, offset)
    (left,), (right,) = change.updated_turns, change.new_turns
    at = 0 if offset == 0 else 5000
    assert (left.start_ms, left.end_ms, right.start_ms, right.end_ms) == (0, at, at, 5000)
    assert not left.is_time_estimated


@pytest.mark.parametrize("offset", [0, 7, 8, 20])
def test_merging_gives_the_times_of_the_words_back(offset: int) -> None:
    split = apply_change(story(), split_turn(story(), 1, offset))
    (merged,) = merge_turns(split, 1).updated_turns
    whole = story().turns[0]
    assert (merged.text, merged.timed) == (whole.text, whole.timed)
    assert (merged.start_ms, merged.end_ms) == (0, 5000)


def test_merged_turns_that_spoke_at_once_keep_times_in_order_and_in_range() -> None:
    first = story().turns[0]
    second = replace(first, id=2, position=2048, end_ms=4950)
    both = replace(story(), turns=(first, second))
    (merged,) = merge_turns(both, 1).updated_turns
    starts = [t.start_ms for t in merged.timed]
    assert starts == sorted(starts)
    assert merged.end_ms == 5000
    assert merged.timed[-1].end_ms <= 5000
