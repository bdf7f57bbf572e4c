"""Correcting a recogniser's work and noting on it, in a stored archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_app.domain.doubts import DOUBTFUL_BELOW, FlagKind
from archive_app.domain.records import FullTranscript, Role, Span, TimedText, TranscriptKind
from archive_app.domain.spans import TextEdit
from archive_app.domain.transcript import POSITION_STEP
from archive_app.domain.turn_times import Edge
from archive_app.errors import BadValue, Conflict, NotFound
from archive_app.store.archive import Archive
from archive_app.work import (
    archives,
    doubts,
    footnotes,
    history,
    interviews,
    tagging,
    transcripts,
    turn_times,
)
from archive_app.work.import_plan import plan_import
from archive_app.work.importing import run_import
from archive_app.work.vocabulary import tag_at

LINES = (
    "Ми смо из Югославие и Бeограда.",
    "Ми смо, ми смо, ми смо кренули.",
    "Хвала што сте гледали!",
    "Хвала што сте гледали!",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with archives.create_archive(tmp_path / "New") as opened:
        interview_id = interviews.create_interview(opened, accession="C-1").value
        with opened.write("Fill") as writer:
            interviews.add_contribution(writer, interview_id, Role.INTERVIEWEE, "Viktor")
            transcript_id = writer.insert(
                "transcript", interview_id=interview_id, language="sr-Cyrl",
                kind=TranscriptKind.VERBATIM,
            )  # fmt: skip
            for n, text in enumerate(LINES):
                ms = n * 10_000
                timed = (
                    TimedText(0, 2, ms, ms + 400, confidence=0.2),
                    TimedText(3, 6, ms + 400, ms + 900, confidence=0.95),
                )
                writer.insert(
                    "turn", transcript_id=transcript_id, position=n * POSITION_STEP, text=text,
                    speaker_label="V", start_ms=ms, end_ms=ms + 9000, timed=timed,
                )  # fmt: skip
            tag_at(writer, ["home"])
        yield opened


def stored(archive: Archive) -> FullTranscript:
    with archive.read() as reader:
        (transcript,) = reader.transcripts(reader.interview_ids()[0])
        return reader.full_transcript(transcript.id)


def test_everything_that_wants_hearing_comes_in_the_order_of_the_text(archive: Archive) -> None:
    found = doubts.flags(archive, stored(archive).transcript.id)
    assert [(flag.kind, flag.proposal) for flag in found if flag.kind is not FlagKind.DOUBTFUL] == [
        (FlagKind.MIXED_SCRIPT, "Југославије"),
        (FlagKind.MIXED_SCRIPT, "Београда"),
        (FlagKind.LOOP, "Ми смо"),
        (FlagKind.REPEATED_LINE, None),
    ]
    assert sum(flag.kind is FlagKind.DOUBTFUL for flag in found) == 4
    order = [turn.id for turn in stored(archive).turns]
    places = [(order.index(flag.span.start_turn), flag.span.start) for flag in found]
    assert places == sorted(places)


def test_a_confirmed_word_is_not_doubtful_any_more(archive: Archive) -> None:
    whole = stored(archive)
    turn = whole.turns[0]
    outcome = doubts.confirm_word(archive, whole.transcript.id, turn.id, 0, 2)
    assert outcome.value == 1
    after = stored(archive).turns[0]
    assert [one.confidence for one in after.timed] == [None, 0.95]
    assert (after.text, after.timed[0].start_ms) == (turn.text, 0)
    assert doubts.confirm_word(archive, whole.transcript.id, turn.id, 0, 2).operation_id == 0
    assert doubts.confirm_word(archive, whole.transcript.id, turn.id, 0, 99).value == 1
    history.undo(archive)
    history.undo(archive)
    assert stored(archive) == whole


def test_mending_is_one_operation_that_keeps_tags_and_times(archive: Archive) -> None:
    whole = stored(archive)
    transcript_id, turn = whole.transcript.id, whole.turns[0]
    at = turn.text.index("Бeограда")
    with archive.read() as reader:
        tag_id = reader.tags()[0].id
    tagging.add_tagging(archive, transcript_id, Span(turn.id, at, turn.id, at + 8), [tag_id])
    before = stored(archive)
    doubts.mend_flags(archive, transcript_id, doubts.flags(archive, transcript_id))
    after = stored(archive)
    assert after.turns[0].text == "Ми смо из Југославије и Београда."
    assert after.turns[1].text == "Ми смо кренули."
    assert [one.quote for one in after.taggings] == ["Београда"]
    assert after.turns[0].timed == before.turns[0].timed
    history.undo(archive)
    assert stored(archive) == before


def test_what_was_changed_since_is_not_mended(archive: Archive) -> None:
    whole = stored(archive)
    flags = doubts.flags(archive, whole.transcript.id)
    transcripts.edit_text(archive, whole.transcript.id, [TextEdit(whole.turns[0].id, 0, 0, "И ")])
    before = stored(archive)
    with pytest.raises(Conflict):
        doubts.mend_flags(archive, whole.transcript.id, flags)
    assert stored(archive) == before


def test_a_recogniser_s_confidence_comes_in_with_its_file(archive: Archive, samples: Path) -> None:
    """Words that whisper-timestamped was unsure of, from the file that it wrote."""
    plan = plan_import(archive, [samples / "whisper" / "smartphone-fr.words.json"])
    run_import(archive, plan)
    with archive.read() as reader:
        (transcript,) = reader.transcripts(max(reader.interview_ids()))
        turns = reader.turns(transcript.id)
    known = [one.confidence for turn in turns for one in turn.timed]
    flags = doubts.flags_of(turns, transcript.language)
    doubtful = [flag for flag in flags if flag.kind is FlagKind.DOUBTFUL]
    assert len(known) > 500
    assert None not in known
    assert len(doubtful) == sum(one < DOUBTFUL_BELOW for one in known if one is not None) > 0
    assert len(doubtful) < len(known) / 4
    assert all(flag.found.strip() == flag.found != "" for flag in doubtful)
    assert {flag.kind for flag in flags} <= {FlagKind.DOUBTFUL, FlagKind.TOO_FAST}


def test_repeated_lines_are_deleted_in_one_operation(archive: Archive) -> None:
    whole = stored(archive)
    ids = [turn.id for turn in whole.turns[2:]]
    with archive.read() as reader:
        tag_id = reader.tags()[0].id
    made = tagging.add_tagging(archive, whole.transcript.id, Span(ids[0], 0, ids[1], 5), [tag_id])
    before = stored(archive)
    outcome = transcripts.delete_turns(archive, whole.transcript.id, ids)
    assert [turn.id for turn in stored(archive).turns] == [turn.id for turn in whole.turns[:2]]
    assert list(outcome.value) == [one.row_id for one in made.changes if one.table == "tagging"]
    history.undo(archive)
    assert stored(archive) == before


def test_footnotes_are_set_changed_and_deleted_one_operation_each(archive: Archive) -> None:
    before = stored(archive)
    turn = before.turns[1]
    note_id = footnotes.add_footnote(archive, turn.id, 6, " Said twice. ", "https://x.org").value
    (note,) = stored(archive).turns[1].footnotes
    assert (note.id, note.offset, note.text, note.link) == (
        note_id, 6, "Said twice.", "https://x.org",
    )  # fmt: skip
    outcome = footnotes.change_footnote(archive, note_id, text="Said thrice.")
    (note,) = stored(archive).turns[1].footnotes
    assert (note.text, note.link, note.offset) == ("Said thrice.", "", 6)
    with archive.read() as reader:
        assert reader.operation(outcome.operation_id).interview_id == 1
    footnotes.delete_footnote(archive, note_id)
    assert stored(archive) == before
    for _ in range(3):
        history.undo(archive)
    assert stored(archive) == before


def test_a_footnote_needs_a_text_and_a_place(archive: Archive) -> None:
    turn = stored(archive).turns[0]
    for offset, text in ((0, "  "), (-1, "x"), (len(turn.text) + 1, "x")):
        with pytest.raises(BadValue):
            footnotes.add_footnote(archive, turn.id, offset, text)
    with pytest.raises(NotFound):
        footnotes.change_footnote(archive, 999, text="x")
    with pytest.raises(NotFound):
        footnotes.delete_footnote(archive, 999)


def test_a_turn_begun_at_the_playhead_is_one_operation(archive: Archive) -> None:
    whole = stored(archive)
    last = whole.turns[-1]
    outcome = turn_times.begin_turn(
        archive, whole.transcript.id, last.id, len(last.text), at_ms=45_000, speaker="viktor"
    )
    (new,) = outcome.value.new_turns
    after = stored(archive).turns
    assert (after[-1].id, after[-1].start_ms, after[-1].text) == (new.id, 45_000, "")
    assert after[-1].speaker_id is not None
    history.undo(archive)
    assert stored(archive) == whole


def test_times_reach_no_further_than_the_recordings(archive: Archive) -> None:
    whole = stored(archive)
    with archive.write("Record") as writer:
        writer.insert(
            "recording", interview_id=whole.transcript.interview_id, position=0, offset_ms=0,
            original_name="a.wav", vault_path="a", sha256="a" * 64, size_bytes=1,
            duration_ms=41_000,
        )  # fmt: skip
    turn = whole.turns[-1]
    turn_times.set_end(archive, whole.transcript.id, turn.id, 50_000)
    assert stored(archive).turns[-1].end_ms == 41_000
    outcome = turn_times.nudge(archive, whole.transcript.id, turn.id, by_ms=100, edge=Edge.END)
    assert outcome.operation_id == 0


def test_an_edge_from_the_playhead_beyond_the_other_makes_that_one_unknown(
    archive: Archive,
) -> None:
    whole = stored(archive)
    first = whole.turns[0]
    turn_times.set_start(archive, whole.transcript.id, first.id, 9500)
    after = stored(archive).turns[0]
    assert (after.start_ms, after.end_ms) == (9500, None)
    with pytest.raises(BadValue):
        turn_times.set_start(archive, whole.transcript.id, first.id, 10_001)
    with pytest.raises(NotFound):
        turn_times.set_start(archive, whole.transcript.id, 999, 1)


def test_all_turns_from_one_on_are_moved_in_one_operation(archive: Archive) -> None:
    whole = stored(archive)
    outcome = turn_times.shift_from(archive, whole.transcript.id, whole.turns[1].id, -700)
    assert outcome.value == -700
    assert [turn.start_ms for turn in stored(archive).turns] == [0, 9300, 19_300, 29_300]
    history.undo(archive)
    assert stored(archive) == whole
