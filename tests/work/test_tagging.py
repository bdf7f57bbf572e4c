"""Laying tags by place and by sound, going on to other interviews, putting back the lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_app.domain.records import Span, TranscriptKind, Turn
from archive_app.domain.spans import TextEdit
from archive_app.domain.transcript import POSITION_STEP
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.work import archives, history, interviews, tagging, transcripts, vocabulary
from archive_app.work.tag_passages import Heard, NewTag, passage_elsewhere, tag_passage

TEXTS = (
    "Мы уехали осенью, потому что ждать больше было нечего.",
    "А где вы жили сначала, когда приехали в Белград?",
    "Сначала у друзей, а потом мы нашли квартиру на Дорчоле.",
)


def add_interview(archive: Archive, accession: str) -> int:
    """Return the id of the transcript of a new interview; each turn lasts ten seconds."""
    interview_id = interviews.create_interview(archive, accession=accession).value
    with archive.write("Fill") as writer:
        transcript_id = writer.insert(
            "transcript", interview_id=interview_id, language="ru", kind=TranscriptKind.VERBATIM
        )
        for number, text in enumerate(TEXTS):
            writer.insert(
                "turn", transcript_id=transcript_id, position=(number + 1) * POSITION_STEP,
                text=text, start_ms=number * 10_000, end_ms=(number + 1) * 10_000,
            )  # fmt: skip
    return transcript_id


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = archives.create_archive(tmp_path / "Tags", who="Ana")
    yield made
    made.close()


@pytest.fixture
def transcript_id(archive: Archive) -> int:
    return add_interview(archive, "A-2")


def turns_of(archive: Archive, transcript_id: int) -> list[Turn]:
    with archive.read() as reader:
        return reader.turns(transcript_id)


def new_tag(archive: Archive, name: str) -> int:
    return vocabulary.add_tag(archive, {"en": name}).value


def test_what_was_just_heard_is_tagged_in_whole_words(archive: Archive, transcript_id: int) -> None:
    tag = new_tag(archive, "arrival")
    laid = tag_passage(archive, transcript_id, Heard(7_000, 13_000), tag).value
    with archive.read() as reader:
        one = reader.tagging(laid.tagging_id)
    assert one.span == laid.span
    assert one.quote.startswith("больше было нечего. А где вы жили")
    assert one.who == "Ana"


def test_silence_is_not_tagged(archive: Archive, transcript_id: int) -> None:
    tag = new_tag(archive, "arrival")
    with pytest.raises(NotFound):
        tag_passage(archive, transcript_id, Heard(40_000, 50_000), tag)
    with archive.read() as reader:
        assert not reader.taggings_with(tag)


def test_a_new_tag_hangs_below_its_parent_and_goes_with_the_same_undo(
    archive: Archive, transcript_id: int
) -> None:
    work = new_tag(archive, "work")
    turn = turns_of(archive, transcript_id)[0]
    new = NewTag("смена", work, "ru")
    laid = tag_passage(archive, transcript_id, Span(turn.id, 0, turn.id, 9), new).value
    with archive.read() as reader:
        tag = reader.tag(laid.tag_id)
    assert (tag.parent_id, dict(tag.names)) == (work, {"ru": "смена"})
    again = tag_passage(archive, transcript_id, Span(turn.id, 3, turn.id, 9), new).value
    assert again.tag_id == laid.tag_id
    history.undo(archive)
    history.undo(archive)
    with archive.read() as reader:
        assert [one.id for one in reader.tags()] == [work]
        assert not reader.taggings(transcript_id)


def test_a_new_tag_may_be_a_path(archive: Archive, transcript_id: int) -> None:
    turn = turns_of(archive, transcript_id)[0]
    tag_passage(archive, transcript_id, Span(turn.id, 0, turn.id, 2), NewTag("home/flat"))
    with archive.read() as reader:
        assert {one.path for one in vocabulary.tag_tree(reader)} == {("home",), ("home", "flat")}


def test_the_next_interview_with_a_tag_comes_by_accession_number_and_round_again(
    archive: Archive, transcript_id: int
) -> None:
    tag = new_tag(archive, "home")
    tenth, first = add_interview(archive, "A-10"), add_interview(archive, "A-1")
    laid: dict[int, int] = {}
    for one in (transcript_id, tenth, first):
        turns = turns_of(archive, one)
        for turn in (turns[2], turns[1]):
            span = Span(turn.id, 0, turn.id, 3)
            laid[one] = tag_passage(archive, one, span, tag).value.tagging_id
    with archive.read() as reader:
        ids = {one: reader.transcript(one).interview_id for one in laid}
        order = [first, transcript_id, tenth]
        for here, there in zip(order, order[1:] + order[:1], strict=True):
            found = passage_elsewhere(reader, tag, ids[here], is_forward=True)
            assert found is not None
            assert (found.interview_id, found.tagging.id) == (ids[there], laid[there])
            back = passage_elsewhere(reader, tag, ids[there], is_forward=False)
            assert back is not None
            assert back.interview_id == ids[here]


def test_no_other_interview_has_the_tag(archive: Archive, transcript_id: int) -> None:
    tag = new_tag(archive, "home")
    turn = turns_of(archive, transcript_id)[0]
    tag_passage(archive, transcript_id, Span(turn.id, 0, turn.id, 3), tag)
    with archive.read() as reader:
        interview_id = reader.transcript(transcript_id).interview_id
        assert passage_elsewhere(reader, tag, interview_id, is_forward=True) is None


def lose(archive: Archive, transcript_id: int, words: str, instead: str = "") -> int:
    """Tag words, then let them go with what stands beside them; return the tagging."""
    turn = next(one for one in turns_of(archive, transcript_id) if words in one.text)
    start = turn.text.index(words)
    span = Span(turn.id, start, turn.id, start + len(words))
    tag = new_tag(archive, words)
    laid = tag_passage(archive, transcript_id, span, tag).value.tagging_id
    edit = TextEdit(turn.id, max(start - 1, 0), start + len(words), instead)
    transcripts.edit_text(archive, transcript_id, [edit])
    return laid


def test_all_that_fit_are_put_back_in_one_operation(archive: Archive, transcript_id: int) -> None:
    texts = [one.text for one in turns_of(archive, transcript_id)]
    back = [lose(archive, transcript_id, "осенью"), lose(archive, transcript_id, "Белград")]
    gone = lose(archive, transcript_id, "у друзей")
    for turn, text in list(zip(turns_of(archive, transcript_id), texts, strict=True))[:2]:
        transcripts.edit_text(archive, transcript_id, [TextEdit(turn.id, 0, len(turn.text), text)])
    assert {one.tagging.id for one in tagging.orphans(archive)} == {*back, gone}
    outcome = tagging.put_back_all(archive, [*back, gone])
    assert set(outcome.value) == set(back)
    with archive.read() as reader:
        assert [reader.tagging(one).quote for one in back] == ["осенью", "Белград"]
        assert not any(reader.tagging(one).is_orphan for one in back)
        assert reader.tagging(gone).is_orphan
    history.undo(archive)
    assert {one.tagging.id for one in tagging.orphans(archive)} == {*back, gone}


def test_nothing_to_put_back_is_said(archive: Archive, transcript_id: int) -> None:
    gone = lose(archive, transcript_id, "осенью")
    with pytest.raises(NotFound):
        tagging.put_back_all(archive, [gone])


def test_where_the_words_were_retyped_the_neighbours_say_where_to_look(
    archive: Archive, transcript_id: int
) -> None:
    lose(archive, transcript_id, "потому что ждать", " ведь надеяться")
    (orphan,) = tagging.orphans(archive)
    assert orphan.suggestion is None
    assert orphan.guess is not None
    text = turns_of(archive, transcript_id)[0].text
    assert text[orphan.guess.start : orphan.guess.end] == "ведь надеяться"


def test_several_are_taken_off_in_one_operation(archive: Archive, transcript_id: int) -> None:
    lost = [lose(archive, transcript_id, words) for words in ("осенью", "Белград")]
    tagging.remove_taggings(archive, lost)
    assert not tagging.orphans(archive)
    history.undo(archive)
    assert len(tagging.orphans(archive)) == 2
