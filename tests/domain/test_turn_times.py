"""Setting times and beginning turns: the rules, case by case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive_app.domain.records import FullTranscript, TimedText, Transcript, TranscriptKind, Turn
from archive_app.domain.transcript import apply_change, insert_turn, merge_turns, split_turn
from archive_app.domain.turn_beginning import Speaker, begin_turn
from archive_app.domain.turn_times import (
    Edge,
    TimesBeyond,
    nudge_turn,
    set_turn_times,
    shifted_turns,
)
from archive_app.errors import BadValue

BEYOND = TimesBeyond(end_ms=60_000)
RECORD = Transcript(1, "", 1, "en", TranscriptKind.VERBATIM)


def a_turn(number: int, start_ms: int | None, end_ms: int | None, text: str = "we left") -> Turn:
    return Turn(number, "", 1, number * 1024, None, "V", None, start_ms, end_ms, text)


def with_words(turn: Turn, *times: tuple[int, int]) -> Turn:
    timed: list[TimedText] = []
    at = 0
    for word, (start_ms, end_ms) in zip(turn.text.split(), times, strict=True):
        timed.append(TimedText(at, at + len(word), start_ms, end_ms, confidence=0.9))
        at += len(word) + 1
    return replace(turn, timed=tuple(timed))


def spans(turns: tuple[Turn, ...]) -> dict[int, tuple[int | None, int | None]]:
    return {turn.id: (turn.start_ms, turn.end_ms) for turn in turns}


ONE = with_words(a_turn(1, 1000, 4000), (1000, 2000), (2500, 4000))
TWO = with_words(a_turn(2, 5000, 8000), (5000, 6000), (6500, 8000))
THREE = a_turn(3, 9000, 9500)
TURNS = (ONE, TWO, THREE)


def set_two(start_ms: int | None, end_ms: int | None, turns: tuple[Turn, ...] = TURNS):
    return set_turn_times(turns, 2, start_ms=start_ms, end_ms=end_ms, beyond=BEYOND)


def test_a_turn_before_ends_where_this_one_begins_now() -> None:
    two, one = set_two(3000, 8000)
    assert spans((one, two)) == {1: (1000, 3000), 2: (3000, 8000)}
    assert [(t.start_ms, t.end_ms) for t in one.timed] == [(1000, 2000), (2500, 3000)]
    assert two.timed == TWO.timed


def test_a_turn_before_that_spoke_into_this_one_still_does() -> None:
    overlapping = (replace(ONE, end_ms=5500), TWO, THREE)
    assert spans(set_two(4500, 8000, overlapping)) == {2: (4500, 8000)}


def test_a_turn_may_end_after_the_next_one_began() -> None:
    assert spans(set_two(5000, 9300)) == {2: (5000, 9300)}


def test_an_estimated_border_moves_for_both_turns() -> None:
    split = apply_change(
        FullTranscript(RECORD, (a_turn(1, 0, 8000), THREE)),
        split_turn(FullTranscript(RECORD, (a_turn(1, 0, 8000), THREE)), 1, 2, new_id=2),
    )
    assert spans(set_two(4000, 8000, split.turns)) == {1: (0, 4000), 2: (4000, 8000)}
    changed = set_turn_times(split.turns, 1, start_ms=0, end_ms=1000, beyond=BEYOND)
    assert spans(changed) == {1: (0, 1000), 2: (1000, 8000)}


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "says"),
    [
        (999, 8000, "0:00:01"), (9001, 9400, "0:00:09"), (6000, 5999, "end before"),
        (None, 900, "0:00:01"),
    ],
)  # fmt: skip
def test_what_would_put_turns_out_of_order_is_refused(
    start_ms: int | None, end_ms: int, says: str
) -> None:
    turns = (ONE, replace(TWO, timed=()), THREE)
    with pytest.raises(BadValue, match=says):
        set_two(start_ms, end_ms, turns)


def test_words_are_clipped_into_their_turn_s_times_and_not_lost() -> None:
    (two,) = set_two(5500, 7000)
    assert [(t.start_ms, t.end_ms) for t in two.timed] == [(5500, 6000), (6500, 7000)]
    (two,) = set_two(5000, 5500)
    assert [(t.start_ms, t.end_ms) for t in two.timed] == [(5000, 5500), (5500, 5500)]


def test_words_move_along_where_both_ends_move_alike() -> None:
    (two,) = set_two(5400, 8400)
    assert [(t.start_ms, t.end_ms) for t in two.timed] == [(5400, 6400), (6900, 8400)]


def test_a_turn_with_timed_words_begins_with_the_first_where_nobody_knows_better() -> None:
    assert spans(set_two(None, None, (ONE, replace(TWO, start_ms=4800), THREE))) == {
        2: (5000, None)
    }


def test_a_time_that_a_person_sets_is_no_estimate_any_more() -> None:
    (two,) = set_two(5000, 8000, (ONE, replace(TWO, is_time_estimated=True), THREE))
    assert not two.is_time_estimated


def test_an_end_beyond_the_recording_is_the_recording_s_end() -> None:
    changed = set_turn_times(TURNS, 3, start_ms=9000, end_ms=70_000, beyond=BEYOND)
    assert spans(changed) == {3: (9000, 60_000)}


@pytest.mark.parametrize(
    ("edge", "by_ms", "times"),
    [
        (Edge.START, -100, (4900, 8000)),
        (Edge.START, -9000, (1000, 8000)),
        (Edge.START, 9000, (8000, 8000)),
        (Edge.END, 100, (5000, 8100)),
        (Edge.END, -9000, (5000, 5000)),
        (Edge.END, 90_000, (5000, 60_000)),
        (Edge.BOTH, 100, (5100, 8100)),
        (Edge.BOTH, 9000, (9000, 12_000)),
        (Edge.BOTH, -9000, (1000, 4000)),
    ],
)
def test_a_nudge_goes_as_far_as_it_can(edge: Edge, by_ms: int, times: tuple[int, int]) -> None:
    two = nudge_turn(TURNS, 2, by_ms=by_ms, edge=edge, beyond=BEYOND)[0]
    assert (two.start_ms, two.end_ms) == times


def test_a_nudge_that_has_no_room_changes_nothing() -> None:
    first = replace(ONE, start_ms=0)
    assert nudge_turn((first, TWO), 1, by_ms=-100, edge=Edge.START, beyond=BEYOND) == ()
    assert nudge_turn((a_turn(1, None, None),), 1, by_ms=100, edge=Edge.BOTH) == ()


def test_a_turn_and_all_behind_it_can_be_moved_in_time() -> None:
    moved = shifted_turns(TURNS, 2, by_ms=500, beyond=BEYOND)
    assert spans(moved.turns) == {2: (5500, 8500), 3: (9500, 10_000)}
    assert moved.turns[0].timed[0].start_ms == 5500
    assert shifted_turns(TURNS, 2, by_ms=-9000, beyond=BEYOND).by_ms == -4000
    assert shifted_turns(TURNS, 2, by_ms=90_000, beyond=BEYOND).by_ms == 50_500


# -- beginning a turn -------------------------------------------------------------------------


def begun(
    turns: tuple[Turn, ...], turn_id: int, offset: int, at_ms: int | None
) -> list[tuple[str, int | None, int | None, bool]]:
    whole = FullTranscript(RECORD, turns)
    change = begin_turn(whole, turn_id, offset, at_ms=at_ms, beyond=BEYOND)
    assert change.new_turns[0].id == -1
    return [
        (turn.text, turn.start_ms, turn.end_ms, turn.is_time_estimated)
        for turn in apply_change(whole, change).turns
    ]


def test_enter_behind_a_turn_ends_it_at_the_playhead_and_begins_the_next() -> None:
    turns = (a_turn(1, 1000, None), a_turn(2, 9000, None))
    assert begun(turns, 1, 7, 4000) == [
        ("we left", 1000, 4000, False), ("", 4000, None, False), ("we left", 9000, None, False),
    ]  # fmt: skip


def test_a_turn_ends_no_sooner_than_its_last_word_and_no_later_than_it_was_known_to() -> None:
    assert begun((ONE,), 1, 7, 3000)[:2] == [
        ("we left", 1000, 4000, False),
        ("", 3000, None, False),
    ]
    assert begun((ONE,), 1, 7, 6000)[:2] == [
        ("we left", 1000, 4000, False),
        ("", 6000, None, False),
    ]
    plain = (replace(ONE, timed=()),)
    assert begun(plain, 1, 7, 3000)[0] == ("we left", 1000, 3000, False)


def test_a_turn_whose_beginning_nobody_knows_still_ends_at_the_playhead() -> None:
    assert begun((a_turn(1, None, None),), 1, 7, 3000) == [
        ("we left", None, 3000, False), ("", 3000, None, False),
    ]  # fmt: skip


def test_where_the_playhead_is_elsewhere_the_new_turn_begins_where_the_old_one_ends() -> None:
    for at_ms in (None, 500, 5001):
        assert begun(TURNS, 1, 7, at_ms)[1] == ("", 4000, None, True)
    assert begun((a_turn(1, None, None),), 1, 7, None)[1] == ("", None, None, False)


def test_enter_in_the_middle_splits_at_the_playhead_where_it_lies_between_the_words() -> None:
    assert begun((ONE,), 1, 2, 2200) == [("we", 1000, 2200, False), ("left", 2200, 4000, False)]
    assert begun((ONE,), 1, 2, 3000) == [("we", 1000, 2000, False), ("left", 2500, 4000, False)]
    plain = (replace(ONE, timed=()),)
    assert begun(plain, 1, 2, 3000) == [("we", 1000, 3000, False), ("left", 3000, 4000, False)]
    assert begun(plain, 1, 2, 9000) == [("we", 1000, 1857, True), ("left", 1857, 4000, True)]


def test_a_caption_parts_at_the_playhead() -> None:
    cue = replace(ONE, timed=(TimedText(0, 7, 1000, 4000, is_cue=True),))
    whole = FullTranscript(RECORD, (cue,))
    both = apply_change(whole, begin_turn(whole, 1, 2, at_ms=3000, beyond=BEYOND)).turns
    assert [(t.timed[0].start_ms, t.timed[0].end_ms) for t in both] == [(1000, 3000), (3000, 4000)]
    assert not any(turn.is_time_estimated for turn in both)


def test_enter_before_a_turn_s_text_puts_an_empty_one_in_front() -> None:
    assert begun(TURNS, 2, 0, 4500)[1:3] == [
        ("", 4500, None, False),
        ("we left", 5000, 8000, False),
    ]
    assert begun(TURNS, 2, 0, 6000)[1] == ("", 5000, None, True)


def test_the_new_turn_is_the_named_speaker_s_else_the_same_one_s() -> None:
    whole = FullTranscript(RECORD, (replace(ONE, speaker_id=7),))
    for offset in (0, 2, 7):
        (new,) = begin_turn(whole, 1, offset).new_turns
        assert (new.speaker_id, new.speaker_label) == (7, "V")
        (new,) = begin_turn(whole, 1, offset, speaker=Speaker(None, "Ana")).new_turns
        assert (new.speaker_id, new.speaker_label) == (None, "Ana")


# -- splits, merges and insertions --------------------------------------------------------------


def test_a_split_of_overlapping_speech_keeps_turns_in_order_and_words_in_time() -> None:
    """The second half was said when the next turn had begun already."""
    whole = FullTranscript(RECORD, (ONE, a_turn(2, 1500, 3000)))
    (right,) = split_turn(whole, 1, 2).new_turns
    assert (right.start_ms, right.timed[0].start_ms, right.is_time_estimated) == (1500, 2500, True)


def test_an_inserted_turn_s_times_are_fitted_between_its_neighbours() -> None:
    whole = FullTranscript(RECORD, TURNS)
    (new,) = insert_turn(whole, a_turn(-1, 9999, 12_000), after_turn_id=1, beyond=BEYOND).new_turns
    assert (new.start_ms, new.end_ms, new.is_time_estimated) == (5000, 12_000, True)
    (new,) = insert_turn(whole, a_turn(-1, 4200, 4500), after_turn_id=1, beyond=BEYOND).new_turns
    assert (new.start_ms, new.end_ms, new.is_time_estimated) == (4200, 4500, False)
    window = FullTranscript(RECORD, (a_turn(1, None, None),))
    around = TimesBeyond(before_ms=2000, after_ms=3000)
    (new,) = insert_turn(window, a_turn(-1, 1, 9), after_turn_id=1, beyond=around).new_turns
    assert (new.start_ms, new.end_ms) == (2000, 2000)


def test_a_merged_turn_reaches_to_its_last_word() -> None:
    whole = FullTranscript(RECORD, (replace(ONE, end_ms=None), a_turn(2, 3000, 3500, "now")))
    (merged,) = merge_turns(whole, 1).updated_turns
    assert (merged.start_ms, merged.end_ms) == (1000, 4000)
    untimed = FullTranscript(RECORD, (a_turn(1, None, None), TWO))
    (merged,) = merge_turns(untimed, 1).updated_turns
    assert (merged.start_ms, merged.end_ms, merged.is_time_estimated) == (5000, 8000, True)
