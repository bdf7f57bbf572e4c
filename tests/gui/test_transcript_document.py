from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.records import Span
from archive_app.domain.spans import TextEdit
from archive_app.gui.transcript_document import (
    Mark,
    MarkKind,
    Piece,
    ShownTurn,
    TranscriptDocument,
)
from archive_app.gui.transcript_paint import underline_levels
from archive_app.gui.transcript_typing import edit_of_change, one_line
from archive_app.gui.utf16 import units_before, units_length


def tag(key: int, *span: int) -> Mark:
    return Mark(MarkKind.TAG, key, Span(*span))


def document(*texts: str, marks: tuple[Mark, ...] = ()) -> TranscriptDocument:
    turns = [ShownTurn(number, "", None, text) for number, text in enumerate(texts, 1)]
    return TranscriptDocument(turns, marks)


def test_an_outer_tag_stands_in_the_lane_nearest_the_text() -> None:
    copy = document("one two three", marks=(tag(7, 1, 4, 1, 7), tag(3, 1, 0, 1, 13)))
    assert copy.lanes == {3: 0, 7: 1}


def test_tags_of_different_turns_share_a_lane() -> None:
    copy = document("one", "two", marks=(tag(1, 1, 0, 1, 3), tag(2, 2, 0, 2, 3)))
    assert copy.lanes == {1: 0, 2: 0}


def test_tags_that_may_stand_on_one_line_never_share_a_lane() -> None:
    copy = document("x" * 300, marks=(tag(1, 1, 0, 1, 5), tag(2, 1, 40, 1, 50)))
    assert copy.lanes == {1: 0, 2: 1}


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 9), st.integers(0, 3), st.integers(1, 9)),
        max_size=12,
    )
)
def test_no_two_overlapping_tags_ever_share_a_lane(rows: list[tuple[int, int, int, int]]) -> None:
    marks = tuple(
        tag(key, first, start, min(4, first + more), start + end if not more else end)
        for key, (first, start, more, end) in enumerate(rows)
    )
    copy = document(*["x" * 20] * 4, marks=marks)
    for place in range(4):
        lanes = [copy.lanes[piece.mark.key] for piece in copy.pieces(place)]
        assert len(lanes) == len(set(lanes))


def test_a_mark_that_does_not_fit_the_text_is_left_out() -> None:
    copy = document("abc", marks=(tag(1, 1, 0, 1, 9), tag(2, 5, 0, 5, 1), tag(3, 1, 2, 1, 2)))
    assert copy.marks == {}


def test_a_span_over_turns_lies_on_each_of_them() -> None:
    copy = document("abc", "def", "ghi", marks=(tag(1, 1, 1, 3, 2),))
    pieces = [(p.start, p.end) for place in range(3) for p in copy.pieces(place)]
    assert pieces == [(1, 3), (0, 3), (0, 2)]


def test_deleting_the_words_of_a_mark_takes_it_off_the_page() -> None:
    copy = document("one two", marks=(tag(1, 1, 4, 1, 7),))
    copy.edit(TextEdit(1, 3, 7, ""))
    assert copy.marks == {}
    assert copy.pieces(0) == []


def test_a_closed_passage_stays_closed_when_words_across_its_edge_are_retyped() -> None:
    closed = Mark(MarkKind.CLOSED, 1, Span(1, 4, 1, 7))
    copy = document("one two three", marks=(closed,))
    copy.edit(TextEdit(1, 2, 6, "X"))
    [mark] = copy.marks.values()
    assert copy.turns[0].text[mark.span.start : mark.span.end] == "Xo"


def test_underlines_that_overlap_lie_below_one_another() -> None:
    pieces = [Piece(tag(k, 1, 0, 1, 1), a, b) for k, a, b in ((1, 0, 9), (2, 2, 4), (3, 4, 6))]
    assert underline_levels(pieces) == [0, 1, 1]


def test_pasted_lines_become_one_line() -> None:
    assert one_line("first\r\n  second\n\nthird\n") == "first second third"
    assert one_line(" kept ") == " kept "
    assert one_line("a\tb\x00c\u2028d") == "a b c d"
    assert one_line("не\u00a0разрывать") == "не\u00a0разрывать"


TEXT = st.text(st.sampled_from("aaбЖe\u0301😀👩🏽 "), max_size=12)


@given(TEXT, st.data())
def test_a_change_told_in_units_becomes_the_edit_in_code_points(
    old: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    text = data.draw(TEXT)
    new = old[:start] + text + old[end:]
    at = units_before(old, start)
    edit = edit_of_change(
        1,
        old,
        new,
        at_units=at,
        removed_units=units_before(old, end) - at,
        added_units=units_length(text),
    )
    if new == old:
        assert edit is None
    else:
        assert edit == TextEdit(1, start, end, text)


@given(TEXT, TEXT, st.integers(-2, 30), st.integers(0, 30), st.integers(0, 30))
def test_whatever_qt_reports_the_edit_gives_the_new_text(
    old: str, new: str, at: int, removed: int, added: int
) -> None:
    edit = edit_of_change(1, old, new, at_units=at, removed_units=removed, added_units=added)
    if edit is None:
        assert old == new
    else:
        assert old[: edit.start] + edit.text + old[edit.end :] == new
