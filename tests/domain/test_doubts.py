from __future__ import annotations

from archive_app.domain.doubts import FlagKind, doubtful_words, loops, too_fast
from archive_app.domain.records import Span, TimedText, Turn


def a_turn(number: int, text: str, *timed: TimedText, end_ms: int | None = None) -> Turn:
    return Turn(number, "", 1, number, None, "V", None, 0, end_ms, text, timed)


def test_words_below_the_threshold_are_doubtful_and_others_are_not() -> None:
    turn = a_turn(
        1, "we left home now",
        TimedText(0, 2, 0, 1, confidence=0.95), TimedText(3, 7, 1, 2, confidence=0.31),
        TimedText(8, 12, 2, 3, confidence=0.5), TimedText(13, 16, 3, 4),
    )  # fmt: skip
    (flag,) = doubtful_words([turn])
    assert (flag.kind, flag.found, flag.span) == (FlagKind.DOUBTFUL, "left", Span(1, 3, 1, 7))
    assert "31" in flag.why
    assert not flag.is_mendable
    assert [one.found for one in doubtful_words([turn], 0.6)] == ["left", "home"]


def test_a_line_that_is_there_again_and_again_is_flagged_but_for_its_first_time() -> None:
    lines = [
        "So it was.",
        "Thanks for watching!",
        "Thanks for watching",
        "thanks for watching.",
        "Yes",
    ]
    turns = [a_turn(n, text) for n, text in enumerate(lines, 1)]
    (flag,) = loops(turns)
    assert (flag.kind, flag.span) == (FlagKind.REPEATED_LINE, Span(3, 0, 4, 20))
    assert flag.found == "Thanks for watching thanks for watching."
    assert "3" in flag.why


def test_short_lines_are_said_twice_but_hardly_four_times() -> None:
    assert loops([a_turn(n, text) for n, text in enumerate(["Yes.", "Yes.", "Yes!"])]) == ()
    (flag,) = loops([a_turn(n, "Yes.") for n in range(4)])
    assert flag.span == Span(1, 0, 3, 4)
    assert loops([a_turn(n, "…") for n in range(9)]) == ()


def test_a_phrase_in_a_loop_is_proposed_once() -> None:
    turn = a_turn(1, "And then we went, we went, We went home. No, no, no, no.")
    (flag,) = loops([turn])
    assert (flag.kind, flag.found, flag.proposal) == (
        FlagKind.LOOP, "we went, we went, We went", "we went",
    )  # fmt: skip
    assert flag.is_mendable
    (many,) = loops([a_turn(1, "da " * 40)])
    assert many.proposal == "da"
    (long,) = loops([a_turn(1, "one two three four five " * 3)])
    assert long.proposal == "one two three four five"


def test_more_text_than_can_be_said_is_flagged() -> None:
    assert too_fast([a_turn(1, "x" * 80, end_ms=2000)]) == ()
    (flag,) = too_fast([a_turn(1, "x" * 81, end_ms=2000)])
    assert flag.span == Span(1, 0, 1, 81)
    assert too_fast([a_turn(1, "Yes.", end_ms=0)]) == ()
    assert too_fast([a_turn(1, "x" * 80)]) == ()
