from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.records import (
    Audience,
    DossierItem,
    Footnote,
    FullTranscript,
    Restriction,
    Span,
    Tagging,
    Transcript,
    TranscriptKind,
    Turn,
)
from archive_app.domain.spans import TextEdit
from archive_app.domain.transcript import (
    POSITION_STEP,
    apply_change,
    clean_text,
    delete_turn,
    edit_text,
    find_orphan,
    insert_turn,
    joined,
    merge_turns,
    new_tagging,
    quote_of,
    split_turn,
)
from archive_app.errors import SpanOutsideText

RECORD = Transcript(1, "", 1, "en", TranscriptKind.VERBATIM)


def a_turn(number: int, text: str, position: int = 0) -> Turn:
    return Turn(
        number, "", 1, position or number * POSITION_STEP, None, "V", None, None, None, text
    )


def transcript(*all_texts: str, tags: tuple[Span, ...] = ()) -> FullTranscript:
    turns = tuple(a_turn(number, text) for number, text in enumerate(all_texts, start=1))
    taggings = tuple(
        new_tagging(turns, Tagging(100 + n, "", 1, 1, span, "")) for n, span in enumerate(tags)
    )
    return FullTranscript(RECORD, turns, taggings)


STORY = (
    "When did you leave?",
    "We left home in the rain, in September.",
    "And then?",
    "Then we left home again.",
)
LEFT_HOME = Span(2, 3, 2, 12)


def test_only_what_differs_is_in_the_change() -> None:
    story = transcript(*STORY, tags=(LEFT_HOME, Span(2, 0, 2, 2), Span(4, 0, 4, 4)))
    change = edit_text(story, [TextEdit(2, 8, 8, "our ")])
    assert [turn.id for turn in change.updated_turns] == [2]
    (tagging,) = change.updated_taggings
    assert (tagging.id, tagging.quote) == (100, "left our home")
    assert (tagging.before, tagging.after[:5]) == ("When did you leave? We "[-30:], " in t")
    assert not change.new_turns
    assert not change.deleted_turn_ids


def test_an_edit_that_changes_nothing_is_an_empty_change() -> None:
    assert edit_text(transcript(*STORY), [TextEdit(2, 4, 4, "")]).is_empty


def test_edits_count_in_the_text_that_those_before_them_left() -> None:
    story = transcript(*STORY, tags=(LEFT_HOME,))
    change = edit_text(story, [TextEdit(2, 0, 2, "They all"), TextEdit(2, 9, 13, "fled")])
    assert change.updated_turns[0].text == "They all fled home in the rain, in September."
    assert change.updated_taggings[0].quote == "fled home"


def test_an_orphan_keeps_quote_neighbours_and_former_place() -> None:
    story = transcript(*STORY, tags=(LEFT_HOME,))
    change = edit_text(story, [TextEdit(2, 0, 20, "Out of there"), TextEdit(2, 0, 3, "")])
    (orphan,) = change.updated_taggings
    assert orphan.is_orphan
    assert change.orphaned_tagging_ids == (100,)
    assert (orphan.quote, orphan.span) == ("left home", LEFT_HOME)
    assert orphan.before.endswith("We ")
    assert orphan.after.startswith(" in the rain")


def test_an_orphan_is_left_alone_even_where_its_turn_is_gone() -> None:
    story = transcript(*STORY, tags=(LEFT_HOME,))
    story = apply_change(story, delete_turn(story, 2))
    assert edit_text(story, [TextEdit(1, 0, 0, "x")]).updated_taggings == ()
    assert story.taggings[0].span == LEFT_HOME


def test_line_breaks_typed_into_a_turn_become_spaces() -> None:
    change = edit_text(transcript("ab"), [TextEdit(1, 1, 1, "\r\nx\x00")])
    assert change.updated_turns[0].text == "a x b"


def test_an_edit_beyond_the_text_is_refused() -> None:
    with pytest.raises(SpanOutsideText):
        edit_text(transcript("ab"), [TextEdit(1, 1, 9, "x")])


def test_a_tag_over_a_split_reaches_over_both_halves_and_keeps_its_words() -> None:
    story = transcript(*STORY, tags=(LEFT_HOME, Span(2, 26, 2, 38)))
    change = split_turn(story, 2, 7)
    (new,) = change.new_turns
    assert (change.updated_turns[0].text, new.text) == (
        "We left",
        "home in the rain, in September.",
    )
    assert change.updated_turns[0].position < new.position < story.turns[2].position
    assert new.id == -1
    first, second = change.with_ids({-1: 55}).updated_taggings
    assert (first.span, first.quote) == (Span(2, 3, 55, 4), "left home")
    assert (second.span, second.quote) == (Span(55, 18, 55, 30), "in September")
    assert change.with_ids({-1: 55}).new_turns[0].id == 55


def test_merging_undoes_a_split_to_the_letter() -> None:
    story = transcript(*STORY, tags=(LEFT_HOME, Span(2, 26, 2, 38), Span(1, 0, 4, 4)))
    split = apply_change(story, split_turn(story, 2, 7).with_ids({-1: 55}))
    merged = apply_change(split, merge_turns(split, 2))
    assert [turn.text for turn in merged.turns] == list(STORY)
    where = {t.id: (t.span, t.quote) for t in merged.taggings}
    assert where == {t.id: (t.span, t.quote) for t in story.taggings}


def test_footnotes_go_with_their_half_and_come_back() -> None:
    notes = (Footnote(0, "start"), Footnote(7, "left"), Footnote(12, "home"))
    story = transcript(*STORY)
    turns = tuple(replace(t, footnotes=notes) if t.id == 2 else t for t in story.turns)
    story = replace(story, turns=turns)
    change = split_turn(story, 2, 7)
    assert [note.offset for note in change.updated_turns[0].footnotes] == [7]
    assert [note.offset for note in change.new_turns[0].footnotes] == [0, 4]
    split = apply_change(story, change)
    (merged,) = merge_turns(split, 2).updated_turns
    assert [note.text for note in merged.footnotes] == ["left", "start", "home"]


def test_the_last_turn_cannot_be_merged_with_a_next_one() -> None:
    with pytest.raises(SpanOutsideText):
        merge_turns(transcript(*STORY), 4)


def test_merging_with_an_empty_turn_adds_no_space_and_takes_its_neighbours_speaker() -> None:
    story = transcript("", "b")
    story = replace(story, turns=(replace(story.turns[0], speaker_label=""), story.turns[1]))
    (merged,) = merge_turns(story, 1).updated_turns
    assert (merged.text, merged.speaker_label) == ("b", "V")


def test_a_turn_put_inside_a_tag_belongs_to_it() -> None:
    story = transcript(*STORY, tags=(Span(1, 0, 2, 2), LEFT_HOME))
    change = insert_turn(story, a_turn(-3, "Tell me."), after_turn_id=1)
    (tagging,) = change.updated_taggings
    assert tagging.quote == "When did you leave? Tell me. We"
    assert change.updated_turns == ()


def test_a_turn_can_be_put_before_the_first_and_after_the_last() -> None:
    story = transcript(*STORY)
    for after, place in ((None, 0), (4, 4)):
        changed = apply_change(story, insert_turn(story, a_turn(-3, "x"), after_turn_id=after))
        assert changed.turns[place].id == -3
    empty = FullTranscript(RECORD, ())
    assert apply_change(empty, insert_turn(empty, a_turn(-3, "x"), after_turn_id=None)).turns


def test_turns_are_renumbered_only_where_there_is_no_room() -> None:
    turns = tuple(a_turn(n, "text", position=n) for n in range(1, 5))
    story = FullTranscript(RECORD, turns)
    change = insert_turn(story, a_turn(-1, "new"), after_turn_id=2)
    changed = apply_change(story, change)
    assert [turn.id for turn in changed.turns] == [1, 2, -1, 3, 4]
    again = insert_turn(changed, a_turn(-2, "newer"), after_turn_id=2)
    assert again.updated_turns == ()
    split = split_turn(story, 2, 2)
    assert [turn.id for turn in apply_change(story, split).turns] == [1, 2, -1, 3, 4]
    assert len({turn.id for turn in split.updated_turns}) == len(split.updated_turns)


def test_deleting_a_turn_loses_no_tagging() -> None:
    story = transcript(*STORY, tags=(LEFT_HOME, Span(1, 5, 2, 2), Span(1, 0, 4, 4)))
    change = delete_turn(story, 2)
    changed = apply_change(story, change)
    assert change.deleted_turn_ids == (2,)
    assert change.orphaned_tagging_ids == (100,)
    assert [t.quote for t in changed.taggings] == [
        "When did you leave? And then? Then",
        "did you leave?",
        "left home",
    ]


def a_restriction(span: Span, quote: str) -> Restriction:
    return Restriction(7, "", 1, Audience.PUBLIC, transcript_id=1, span=span, quote=quote)


def test_a_closed_passage_stays_closed_when_it_is_retyped_with_its_surroundings() -> None:
    story = transcript(*STORY, tags=(LEFT_HOME,))
    closed = a_restriction(LEFT_HOME, "left home")
    edits = [TextEdit(2, 0, 20, "They left home in the rain")]
    change = edit_text(story, edits, restrictions=[closed])
    (moved,) = change.updated_restrictions
    assert moved.quote == "They left home in the rain"
    assert change.orphaned_tagging_ids == (100,)
    assert change.orphaned_restriction_ids == ()


def test_a_closed_passage_whose_text_is_deleted_is_named_as_an_orphan() -> None:
    closed = a_restriction(LEFT_HOME, "left home")
    change = edit_text(transcript(*STORY), [TextEdit(2, 0, 20)], restrictions=[closed])
    assert change.orphaned_restriction_ids == (7,)
    assert change.updated_restrictions[0].is_orphan
    change = split_turn(transcript(*STORY), 2, 7, restrictions=[closed])
    assert change.updated_restrictions[0].span == Span(2, 3, -1, 4)


def test_a_dossier_s_passages_move_too() -> None:
    item = DossierItem(5, "", 1, 0, "passage", transcript_id=1, span=LEFT_HOME)
    gone = replace(item, id=6, span=Span(99, 0, 99, 4))
    heading = replace(item, id=7, span=None)
    passages = [item, gone, heading]
    change = edit_text(transcript(*STORY), [TextEdit(2, 0, 0, "Oh, ")], passages=passages)
    (moved,) = change.updated_passages
    assert moved.span == Span(2, 7, 2, 16)
    assert delete_turn(transcript(*STORY), 2, passages=passages).orphaned_passage_ids == (5,)
    split = split_turn(transcript(*STORY), 2, 7, passages=passages).with_ids({-1: 55})
    assert split.updated_passages[0].span == Span(2, 3, 55, 4)


def test_a_window_of_the_transcript_gives_the_same_change_as_the_whole() -> None:
    tags = (LEFT_HOME, Span(2, 15, 3, 3), Span(1, 0, 1, 4))
    story = transcript(STORY[0], STORY[1], "Long ago.", *STORY[2:], "The end.", tags=tags)
    touching = [t for t in story.taggings if t.span.start_turn in (1, 2, 3)]
    window = replace(story, turns=story.turns[0:5], taggings=tuple(touching))
    for whole, part in (
        (edit_text(story, [TextEdit(2, 1, 5, "x")]), edit_text(window, [TextEdit(2, 1, 5, "x")])),
        (split_turn(story, 2, 5), split_turn(window, 2, 5)),
        (merge_turns(story, 2), merge_turns(window, 2)),
        (delete_turn(story, 2), delete_turn(window, 2)),
    ):
        assert whole == part


def test_a_tag_cannot_be_laid_on_nothing() -> None:
    turns = (a_turn(1, "ab"), a_turn(2, ""), a_turn(3, "cd"))
    with pytest.raises(SpanOutsideText):
        new_tagging(turns, Tagging(1, "", 1, 1, Span(1, 2, 3, 0), ""))
    settled = new_tagging(turns, Tagging(1, "", 1, 1, Span(1, 2, 3, 1), ""))
    assert (settled.span, settled.quote) == (Span(3, 0, 3, 1), "c")


def test_an_orphan_is_found_again_where_its_neighbours_agree() -> None:
    story = transcript(*STORY, tags=(LEFT_HOME,))
    gone = apply_change(story, edit_text(story, [TextEdit(2, 0, 39, "No.")]))
    assert find_orphan(gone.turns, gone.taggings[0]) == Span(4, 8, 4, 17)
    back = apply_change(gone, edit_text(gone, [TextEdit(2, 0, 3, STORY[1])]))
    assert find_orphan(back.turns, back.taggings[0]) == LEFT_HOME


def test_an_orphan_over_turns_is_found_again() -> None:
    story = transcript(*STORY, tags=(Span(2, 26, 3, 3),))
    orphan = replace(story.taggings[0], is_orphan=True)
    assert find_orphan(story.turns, orphan) == Span(2, 26, 3, 3)


def test_an_orphan_that_could_be_in_two_places_is_not_guessed() -> None:
    story = transcript("da", "yes", "yes", tags=(Span(1, 0, 1, 2),))
    orphan = replace(story.taggings[0], quote="yes", before="", after="", is_orphan=True)
    assert find_orphan(story.turns, orphan) is None
    assert find_orphan(story.turns, replace(orphan, quote="no")) is None
    assert find_orphan(story.turns, replace(orphan, quote="")) is None


@given(st.lists(st.text("ab ", max_size=6), min_size=1, max_size=4), st.data())
def test_an_orphan_is_never_taken_to_other_words(texts: list[str], data: st.DataObject) -> None:
    story = transcript(*texts)
    turn = data.draw(st.sampled_from(story.turns))
    if turn.text:
        start = data.draw(st.integers(0, len(turn.text) - 1))
        span = Span(turn.id, start, turn.id, data.draw(st.integers(start + 1, len(turn.text))))
        orphan = replace(new_tagging(story.turns, Tagging(1, "", 1, 1, span, "")), is_orphan=True)
        found = find_orphan(story.turns, orphan)
        assert found is None or quote_of(story.turns, found) == orphan.quote
        if joined(story.turns).count(orphan.quote[0]) == 1:
            assert found == span


def test_quotes_join_turns_with_one_space_each() -> None:
    turns = (a_turn(1, "ab"), a_turn(2, "c"), a_turn(3, "de"))
    assert quote_of(turns, Span(1, 1, 3, 1)) == "b c d"
    assert joined(turns) == "ab c de"


def test_cleaning_replaces_breaks_and_controls_and_leaves_the_letters_as_typed() -> None:
    assert clean_text("a\r\nb\nc\td\u2028e\x85f\x00g") == "a b c d e f g"
    for kept in ("е\u0308", "é", "e\u0301", "\u00adна\u200dда", "👵🏽", " two  spaces ", "\ufeffx"):
        assert clean_text(kept) == kept
    assert clean_text("\ud83d\udc75 \ud83d") == "👵 \ufffd"


def test_a_keystroke_in_a_long_transcript_takes_far_below_two_milliseconds() -> None:
    texts = ["слово " * 8 + "конец"] * 2500
    turns = tuple(a_turn(number, text) for number, text in enumerate(texts, start=1))
    taggings = tuple(
        Tagging(n, "", 1, 1, Span(n // 2, n % 2 * 6, n // 2, 20), texts[0][n % 2 * 6 : 20])
        for n in range(2, 5000)
    )
    story = FullTranscript(RECORD, turns, taggings)
    window = replace(story, turns=turns[1247:1253], taggings=taggings[2494:2502])
    edit = [TextEdit(1250, 3, 3, "ж")]
    times: dict[str, float] = {}
    for name, part in (("whole", story), ("window", window)):
        assert len(edit_text(part, edit).updated_taggings) == 2
        best = 1.0
        for _ in range(7):
            started = perf_counter()
            edit_text(part, edit)
            best = min(best, perf_counter() - started)
        times[name] = best * 1000
    assert times["window"] < 1, times
    assert times["whole"] < 20, times


def test_a_footnote_behind_the_space_that_a_split_leaves_out_stays_on_the_text() -> None:
    (turn,) = transcript("We left home").turns
    story = FullTranscript(RECORD, (replace(turn, footnotes=(Footnote(8, "note"),)),))
    (left,) = split_turn(story, 1, 8).updated_turns
    assert (left.text, left.footnotes[0].offset) == ("We left", 7)


def test_an_orphan_is_not_found_where_two_turns_only_seem_to_hold_its_space() -> None:
    story = transcript("a b", tags=(Span(1, 1, 1, 3),))
    orphan = replace(story.taggings[0], is_orphan=True)
    assert find_orphan(transcript("a", "b").turns, orphan) is None
