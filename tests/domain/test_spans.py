from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.records import Span
from archive_app.domain.spans import (
    TextEdit,
    cut_turn,
    delete_turn_spans,
    edited_text,
    find_in_order,
    merge_spans,
    merge_texts,
    minimal_edit,
    shift_closed_spans,
    shift_offsets,
    shift_spans,
    split_spans,
    split_texts,
)
from archive_app.domain.turn_texts import TurnTexts
from archive_app.errors import SpanOutsideText

TEXT = "we left home in the rain"
LEFT_HOME = Span(1, 3, 1, 12)


def turns(*all_texts: str) -> TurnTexts:
    return TurnTexts(tuple(range(1, len(all_texts) + 1)), dict(enumerate(all_texts, start=1)))


def quote_after(edit: TextEdit, span: Span = LEFT_HOME, text: str = TEXT) -> str | None:
    """What the span covers after the edit of a turn; ``None`` for an orphan."""
    before = turns(text)
    (moved,) = shift_spans([span], edit, before)
    return None if moved is None else edited_text(text, edit)[moved.start : moved.end]


@pytest.mark.parametrize(
    ("start", "end", "text", "quote"),
    [
        (0, 0, "So ", "left home"),
        (3, 3, "all ", "left home"),
        (7, 7, " our", "left our home"),
        (12, 12, "s", "left home"),
        (13, 13, "again ", "left home"),
    ],
)
def test_text_typed_strictly_inside_belongs_and_at_the_edges_does_not(
    start: int, end: int, text: str, quote: str
) -> None:
    assert quote_after(TextEdit(1, start, end, text)) == quote


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (0, 3, "left home"),
        (0, 8, "home"),
        (7, 12, "left"),
        (7, 20, "left"),
        (4, 11, "le"),
        (12, 24, "left home"),
        (3, 12, None),
        (0, 24, None),
    ],
)
def test_deleted_text_shrinks_a_span_to_nothing_but_an_orphan(
    start: int, end: int, quote: str | None
) -> None:
    assert quote_after(TextEdit(1, start, end)) == quote


@pytest.mark.parametrize(
    ("start", "end", "text", "quote"),
    [
        (5, 10, "ft our ho", "left our home"),
        (3, 7, "fled", "fled home"),
        (8, 12, "town", "left town"),
        (3, 12, "fled", "fled"),
        (0, 7, "they fled", " home"),
        (8, 15, "everything on", "left "),
        (0, 12, "they fled", None),
        (3, 13, "fled ", None),
    ],
)
def test_replaced_text_stays_inside_is_cut_at_the_edges_or_corrects_the_whole(
    start: int, end: int, text: str, quote: str | None
) -> None:
    assert quote_after(TextEdit(1, start, end, text)) == quote


def test_a_correction_of_exactly_their_words_keeps_all_spans_on_them() -> None:
    edit = TextEdit(1, 3, 12, "fled")
    spans = [LEFT_HOME, LEFT_HOME, Span(1, 3, 1, 7)]
    assert shift_spans(spans, edit, turns(TEXT)) == [Span(1, 3, 1, 7), Span(1, 3, 1, 7), None]


@pytest.mark.parametrize(
    ("start", "end", "text", "quote"),
    [
        (0, 7, "they fled", "they fled home"),
        (8, 15, "everything on", "left everything on"),
        (0, 12, "they fled", "they fled"),
        (0, 24, "they fled", "they fled"),
        (0, 3, "They ", "left home"),
        (12, 15, " at", "left home"),
        (3, 12, "", None),
        (0, 8, "", "home"),
    ],
)
def test_retyped_words_of_a_closed_passage_stay_closed(
    start: int, end: int, text: str, quote: str | None
) -> None:
    edit = TextEdit(1, start, end, text)
    (moved,) = shift_closed_spans([LEFT_HOME], edit, turns(TEXT))
    found = None if moved is None else edited_text(TEXT, edit)[moved.start : moved.end]
    assert found == quote


def test_a_closed_passage_over_turns_stays_closed_where_its_edge_is_retyped() -> None:
    texts = turns("we left", "in the rain")
    span = Span(1, 3, 2, 6)
    assert shift_closed_spans([span], TextEdit(1, 0, 7, "gone"), texts) == [Span(1, 0, 2, 6)]
    assert shift_closed_spans([span], TextEdit(2, 3, 11, "a storm"), texts) == [Span(1, 3, 2, 10)]
    assert shift_closed_spans([span], TextEdit(2, 7, 11, "fog"), texts) == [span]


def test_the_inner_edges_of_a_span_over_turns_are_inside_it() -> None:
    texts = turns("we left", "", "in the rain")
    span = Span(1, 3, 3, 6)
    assert shift_spans([span], TextEdit(1, 7, 7, "!"), texts) == [span]
    assert shift_spans([span], TextEdit(2, 0, 0, "and"), texts) == [span]
    assert shift_spans([span], TextEdit(3, 0, 0, "out "), texts) == [Span(1, 3, 3, 10)]
    assert shift_spans([span], TextEdit(1, 3, 3, "all "), texts) == [Span(1, 7, 3, 6)]


def test_a_span_over_turns_gives_up_a_turn_it_covers_nothing_of() -> None:
    texts = turns("we left", "", "in the rain")
    span = Span(1, 3, 3, 6)
    assert shift_spans([span], TextEdit(1, 3, 7), texts) == [Span(3, 0, 3, 6)]
    assert shift_spans([span], TextEdit(3, 0, 8, "a "), texts) == [Span(1, 3, 1, 7)]
    last = shift_spans([Span(3, 0, 3, 6)], TextEdit(3, 0, 11), texts)
    assert last == [None]


def test_a_span_that_does_not_move_is_the_same_object() -> None:
    (moved,) = shift_spans([LEFT_HOME], TextEdit(1, 12, 12, "!"), turns(TEXT))
    assert moved is LEFT_HOME


def test_offsets_count_code_points_not_utf16_units() -> None:
    text = "👵🏽 рекла"
    assert quote_after(TextEdit(1, 0, 2, "𝔊"), Span(1, 3, 1, 8), text) == "рекла"


@pytest.mark.parametrize(
    ("span", "edit"),
    [
        (Span(1, 3, 1, 99), TextEdit(1, 0, 0, "x")),
        (Span(1, 5, 1, 5), TextEdit(1, 0, 0, "x")),
        (Span(9, 0, 9, 1), TextEdit(1, 0, 0, "x")),
        (LEFT_HOME, TextEdit(1, 20, 99, "x")),
        (LEFT_HOME, TextEdit(1, 5, 4, "x")),
        (LEFT_HOME, TextEdit(9, 0, 0, "x")),
    ],
)
def test_what_lies_outside_the_text_is_refused(span: Span, edit: TextEdit) -> None:
    with pytest.raises(SpanOutsideText):
        shift_spans([span], edit, turns(TEXT))


@pytest.mark.parametrize(
    ("offset", "halves"),
    [
        (7, ("we left", "home in the rain")),
        (8, ("we left", "home in the rain")),
        (5, ("we le", "ft home in the rain")),
        (0, ("", TEXT)),
        (len(TEXT), (TEXT, "")),
    ],
)
def test_a_split_leaves_out_one_space_beside_it(offset: int, halves: tuple[str, str]) -> None:
    texts = turns(TEXT)
    after = split_texts(texts, cut_turn(texts, 1, offset, new_turn=-1))
    assert (after.text(1), after.text(-1)) == halves


@given(st.text("ab é👵", max_size=12), st.integers(0, 12), st.data())
def test_splitting_and_merging_gives_text_and_spans_back(
    text: str, offset: int, data: st.DataObject
) -> None:
    texts = turns(text)
    cut = cut_turn(texts, 1, min(offset, len(text)), new_turn=-1)
    split = split_texts(texts, cut)
    merged = merge_texts(split, 1, -1)
    is_in_a_word = cut.left_end == cut.right_start and split.text(1) and split.text(-1)
    if is_in_a_word:
        assert merged.text(1) == text[: cut.left_end] + " " + text[cut.left_end :]
        return
    assert merged.text(1) == text
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        span = Span(1, start, 1, data.draw(st.integers(start + 1, len(text))))
        (apart,) = split_spans([span], cut, texts)
        if apart is None:
            assert texts.quote(span) == " "
            return
        (back,) = merge_spans([apart], 1, -1, split)
        assert merged.quote(back).strip(" ") == texts.quote(span).strip(" ")
        assert split.quote(apart) == merged.quote(back)


def test_deleting_a_turn_orphans_what_lay_in_it_and_shrinks_what_reached_beyond() -> None:
    texts = turns("one two", "three", "four five")
    spans = [Span(1, 4, 3, 4), Span(2, 0, 2, 5), Span(1, 4, 2, 3), Span(2, 2, 3, 4)]
    assert delete_turn_spans(spans, 2, texts) == [
        Span(1, 4, 3, 4),
        None,
        Span(1, 4, 1, 7),
        Span(3, 0, 3, 4),
    ]


def test_turns_that_do_not_follow_one_another_are_not_merged() -> None:
    with pytest.raises(SpanOutsideText):
        merge_texts(turns("a", "b", "c"), 1, 3)


def test_a_footnote_stays_behind_the_word_it_follows() -> None:
    note = [12]
    assert shift_offsets(note, TextEdit(1, 12, 12, "s")) == [12]
    assert shift_offsets(note, TextEdit(1, 8, 12, "town hall")) == [17]
    assert shift_offsets(note, TextEdit(1, 0, 24, "x")) == [1]
    assert shift_offsets(note, TextEdit(1, 3, 12)) == [3]
    assert shift_offsets(note, TextEdit(1, 0, 3)) == [9]


@given(st.text("ab", max_size=8), st.text("ab", max_size=8), st.integers(-1, 9))
def test_a_minimal_edit_makes_the_new_text_whatever_the_caret_says(
    old: str, new: str, caret: int
) -> None:
    for hint in (None, caret):
        edit = minimal_edit(old, new, turn=1, caret=hint)
        assert (edit is None) == (old == new)
        if edit is not None:
            assert edited_text(old, edit) == new


@given(st.text("ab", max_size=8), st.integers(0, 8), st.integers(0, 8), st.text("ab", max_size=4))
def test_the_caret_tells_where_equal_letters_were_typed_or_deleted(
    old: str, one: int, other: int, typed: str
) -> None:
    start, end = sorted((min(one, len(old)), min(other, len(old))))
    if typed:
        end = start
    made = TextEdit(1, start, end, typed)
    edit = minimal_edit(old, edited_text(old, made), turn=1, caret=made.new_end)
    assert edit is None or edit == made


def test_without_a_caret_the_last_of_equal_places_is_taken() -> None:
    assert minimal_edit("hello", "helllo", turn=1) == TextEdit(1, 4, 4, "l")
    assert minimal_edit("hello", "helllo", turn=1, caret=3) == TextEdit(1, 2, 2, "l")


def test_spans_are_ordered_by_start_the_longer_first() -> None:
    texts = turns("abc", "def")
    spans = [Span(2, 0, 2, 1), Span(1, 1, 1, 2), Span(1, 1, 2, 1), Span(1, 0, 1, 1)]
    assert find_in_order(spans, texts) == [3, 2, 1, 0]
