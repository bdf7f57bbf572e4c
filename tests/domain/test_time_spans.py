from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.records import Span, TimedText, Turn
from archive_app.domain.time_spans import span_of_time, timed_words, turn_times
from archive_app.domain.word_edges import beyond, nearest, word_ends, word_starts


def turn(
    number: int,
    text: str,
    start_ms: int | None = None,
    end_ms: int | None = None,
    timed: tuple[TimedText, ...] = (),
) -> Turn:
    return Turn(number, f"t{number}", 1, number, None, "", None, start_ms, end_ms, text, timed)


def words(text: str, each_ms: int, gap_ms: int = 0) -> tuple[TimedText, ...]:
    found: list[TimedText] = []
    at = ms = 0
    for word in text.split(" "):
        found.append(TimedText(at, at + len(word), ms, ms + each_ms, False))
        at, ms = at + len(word) + 1, ms + each_ms + gap_ms
    return tuple(found)


def test_words_with_times_of_their_own_are_taken_by_them() -> None:
    text = "a word and more"
    one = turn(1, text, 0, 9_000, words(text, 1_000, 500))
    assert span_of_time([one], 1_500, 2_500) == Span(1, 2, 1, 6)
    assert span_of_time([one], 1_000, 1_500) is None
    assert span_of_time([one], 900, 3_100) == Span(1, 0, 1, 10)


def test_words_without_times_are_taken_in_proportion_to_the_text() -> None:
    one = turn(1, "aaaa bbbb cccc dddd", 0, 19_000)
    assert span_of_time([one], 5_000, 14_000) == Span(1, 5, 1, 14)


def test_a_word_that_sounds_in_part_is_taken_whole() -> None:
    one = turn(1, "aaaa bbbb", 0, 9_000)
    assert span_of_time([one], 3_900, 5_100) == Span(1, 0, 1, 9)


def test_words_of_a_caption_share_its_time() -> None:
    cue = TimedText(0, 9, 10_000, 19_000, True)
    one = turn(1, "aaaa bbbb cccc", 10_000, 40_000, (cue,))
    assert span_of_time([one], 15_500, 19_000) == Span(1, 5, 1, 9)


def test_a_stretch_reaches_over_turns() -> None:
    turns = [turn(1, "aaaa bbbb", 0, 9_000), turn(2, "cccc", 9_000), turn(3, "dddd", 13_000)]
    assert span_of_time(turns, 6_000, 14_000) == Span(1, 5, 3, 4)


def test_turns_without_times_share_what_lies_between_their_neighbours() -> None:
    turns = [turn(1, "aa", 0, 2_000), turn(2, "bbbb"), turn(3, "cc"), turn(4, "dd", 8_000, 9_000)]
    assert turn_times(turns) == [(0, 2_000), (2_000, 6_000), (6_000, 8_000), (8_000, 9_000)]
    assert span_of_time(turns, 6_500, 7_000) == Span(3, 0, 3, 2)


def test_nothing_is_known_before_the_first_time() -> None:
    turns = [turn(1, "aa"), turn(2, "bb", 5_000)]
    assert turn_times(turns)[0] == (None, None)
    assert span_of_time(turns, 0, 4_000) is None


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="ab \u0436", max_size=12),
            st.none() | st.integers(0, 60_000),
            st.none() | st.integers(0, 60_000),
        ),
        max_size=6,
    ),
    st.integers(0, 70_000),
    st.integers(1, 20_000),
)
def test_what_is_found_begins_and_ends_with_whole_words(
    given_turns: list[tuple[str, int | None, int | None]], from_ms: int, long_ms: int
) -> None:
    turns = [turn(number, *one) for number, one in enumerate(given_turns, 1)]
    span = span_of_time(turns, from_ms, from_ms + long_ms)
    if span is None:
        return
    texts = {one.id: one.text for one in turns}
    assert span.start_turn <= span.end_turn
    first, last = texts[span.start_turn], texts[span.end_turn]
    assert not first[span.start].isspace()
    assert span.start == 0 or first[span.start - 1].isspace()
    assert not last[span.end - 1].isspace()
    assert span.end == len(last) or last[span.end].isspace()


def test_times_of_words_never_run_backwards() -> None:
    text = "one two three four"
    odd = (TimedText(0, 3, 500, 400, False), TimedText(4, 7, 300, 900, False))
    times = [(w.start_ms, w.end_ms) for w in timed_words(turn(1, text, 0, 800, odd), 0, 800)]
    flat = [ms for pair in times for ms in pair]
    assert flat == sorted(flat)


def test_a_passage_may_end_before_or_behind_a_full_stop() -> None:
    text = "«Да», сказал он."
    assert word_starts(text) == (0, 1, 6, 13)
    assert word_ends(text) == (3, 5, 12, 15, 16)
    assert nearest(word_ends(text), 14) == 15
    assert beyond(word_ends(text), 12, is_forward=True) == 15
    assert beyond(word_ends(text), 3, is_forward=False) is None
    assert nearest((), 3) is None
