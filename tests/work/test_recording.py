"""A recording on its way into its interview, and what is offered of one that was cut off."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import soundfile

from archive_app.domain.records import Status
from archive_app.domain.release_rules import QuestionKind
from archive_app.errors import BadValue, Conflict, Environment, NotFound
from archive_app.store.archive import Archive
from archive_app.work import access, history, interviews, recording, recording_files
from archive_app.work.archives import check, create_archive
from archive_app.work.questions import open_questions, questions_about
from archive_app.work.recording_consent import consent_is_due, postpone_consent

SOUND = recording.SoundFormat(48_000, 1, 24)
SECOND = b"\1\2\3" * 48_000
TODAY = date(2026, 11, 23)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with create_archive(tmp_path / "Voices") as made:
        with made.write("Make interview") as writer:
            writer.insert("interview", accession="OH/1", status=Status.PLANNED)
        yield made


def recorded(archive: Archive, seconds: int = 2) -> recording.LiveRecording:
    """Return a recording that is not finished, and not closed."""
    live = recording.begin(archive, 1, sound=SOUND, device="Microphone")
    for _ in range(seconds):
        live.write(SECOND)
        live.flush()
    return live


def files(archive: Archive) -> list[str]:
    return sorted(path.name for path in (archive.folder / recording_files.FOLDER).iterdir())


def test_a_finished_recording_lies_in_the_vault_at_the_end_of_the_timeline(
    archive: Archive,
) -> None:
    first = recording.finish(archive, recorded(archive))
    second = recording.finish(archive, recorded(archive, seconds=3))
    with archive.read() as reader:
        one, two = reader.recordings(1)
        assert (one.id, two.id) == (first.value, second.value)
        assert (two.position, two.offset_ms, two.duration_ms) == (2, 2_000, 3_000)
        assert (two.sample_rate_hz, two.channels, two.bit_depth) == (48_000, 1, 24)
        assert two.device == "Microphone"
        assert two.embedded_tags["description"] == "OH/1"
        assert reader.interview(1).status is Status.RECORDED
    assert soundfile.info(archive.folder / two.vault_path).frames == 144_000
    assert files(archive) == []
    assert check(archive).problems == ()


def test_marks_become_index_points_and_remarks_notes_in_one_operation(archive: Archive) -> None:
    recording.finish(archive, recorded(archive))
    live = recorded(archive)
    live.add_mark(1_500, "The move")
    live.add_mark(200)
    live.add_note(1_000, "The door bangs")
    live.retitle_mark(200, "School")
    outcome = recording.finish(archive, live)
    with archive.read() as reader:
        points = [(point.start_ms, point.title) for point in reader.index_points(1)]
        assert points == [(2_200, "School"), (3_500, "The move")]
        assert [note.text for note in reader.notes("interview", 1)] == ["0:00:03 The door bangs"]
    archive.undo(outcome.operation_id)
    with archive.read() as reader:
        assert len(reader.recordings(1)) == 1
        assert reader.index_points(1) == []
        assert reader.notes("interview", 1) == []
    archive.redo()
    assert check(archive).problems == ()


def test_what_was_cut_off_is_offered_and_can_be_taken_in(archive: Archive) -> None:
    live = recorded(archive)
    live.add_mark(700, "Here")
    live.close()
    (left,) = recording.unfinished(archive)
    assert (left.interview_id, left.accession, left.duration_ms) == (1, "OH/1", 2_000)
    assert left.marks == (recording.Mark(700, "Here"),)
    assert soundfile.info(left.path).frames == 96_000
    recording.recover(archive, left.uuid)
    assert recording.unfinished(archive) == []
    with archive.read() as reader:
        assert reader.recordings(1)[0].uuid == left.uuid


def test_a_remark_that_was_being_typed_is_taken_in_with_what_was_cut_off(archive: Archive) -> None:
    live = recorded(archive)
    live.add_note(500, "The door bangs")
    live.keep_draft(1_000, "She sho")
    live.keep_draft(1_000, "She shows")
    live.close()
    (one,) = recording.unfinished(archive)
    assert [(note.at_ms, note.text) for note in one.notes] == [
        (500, "The door bangs"), (1_000, "She shows"),
    ]  # fmt: skip
    recording.recover(archive, one.uuid)
    with archive.read() as reader:
        assert len(reader.notes("interview", 1)) == 2


def test_a_draft_that_comes_after_its_remark_was_added_is_let_go(archive: Archive) -> None:
    live = recorded(archive)
    live.keep_draft(1_000, "She sho")
    live.add_note(1_000, "She shows")
    live.keep_draft(1_000, "She sho")
    live.keep_draft(1_500, "never mind")
    live.end_drafts()
    live.keep_draft(1_500, "never mind")
    recording.finish(archive, live)
    with archive.read() as reader:
        assert [one.text for one in reader.notes("interview", 1)] == ["0:00:01 She shows"]


def test_a_recording_that_runs_is_not_offered(archive: Archive) -> None:
    live = recorded(archive)
    assert recording.unfinished(archive) == []
    with pytest.raises(Conflict):
        recording.discard(archive, live.uuid)
    live.close()


def test_what_the_disk_refused_goes_into_the_archive_when_it_has_room_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = recorded(archive)
    with monkeypatch.context() as full:
        full.setattr(recording_files, "write_card", refuses)
        with pytest.raises(Environment):
            live.add_mark(500, "The move")
        with pytest.raises(Environment):
            live.add_note(1_000, "The door bangs")
        with pytest.raises(Environment):
            recording.finish(archive, live)
    recording.finish(archive, live)
    with archive.read() as reader:
        assert [point.title for point in reader.index_points(1)] == ["The move"]
        assert [note.text for note in reader.notes("interview", 1)] == ["0:00:01 The door bangs"]
    assert files(archive) == []


def refuses(*_: object) -> None:
    raise Environment("The disk is full.")


def test_a_recording_that_was_taken_back_comes_again_whatever_was_done_since(
    archive: Archive,
) -> None:
    outcome = recording.finish(archive, recorded(archive))
    archive.undo(interview_id=1)
    interviews.add_note(archive, "interview", 1, "Ask again")
    history.redo_operation(archive, outcome.operation_id)
    with archive.read() as reader:
        (one,) = reader.recordings(1)
    assert (archive.folder / one.vault_path).exists()
    assert check(archive).problems == ()


def test_sound_without_its_card_is_offered_and_put_where_a_person_says(archive: Archive) -> None:
    live = recorded(archive)
    live.close()
    recording_files.card_path(live.path.parent, live.uuid).write_text('{"uuid": 7}')
    (left,) = recording.unfinished(archive)
    assert left.interview_id is None
    with pytest.raises(NotFound):
        recording.recover(archive, left.uuid)
    recording.recover(archive, left.uuid, interview_id=1)
    assert recording.unfinished(archive) == []


def test_a_recording_whose_interview_was_removed_is_kept(archive: Archive) -> None:
    live = recorded(archive)
    with archive.write("Remove") as writer:
        writer.delete("interview", 1)
    with pytest.raises(NotFound):
        recording.finish(archive, live)
    (left,) = recording.unfinished(archive)
    assert (left.interview_id, left.duration_ms) == (None, 2_000)


def test_a_recording_without_a_sample_leaves_nothing(archive: Archive) -> None:
    live = recorded(archive, seconds=0)
    with pytest.raises(BadValue):
        recording.finish(archive, live)
    assert files(archive) == []


def test_discarding_removes_the_files_and_nothing_else(archive: Archive) -> None:
    recording.finish(archive, recorded(archive, seconds=1))
    live = recorded(archive)
    live.close()
    recording.discard(archive, live.uuid)
    assert recording.unfinished(archive) == []
    assert files(archive) == []
    assert check(archive).problems == ()
    with pytest.raises(NotFound):
        recording.discard(archive, live.uuid)


def test_a_card_from_elsewhere_reaches_no_recording_of_the_archive(archive: Archive) -> None:
    """It may name any hash: the recording that has it is neither offered nor removed."""
    recording.finish(archive, recorded(archive))
    with archive.read() as reader:
        held = reader.recordings(1)[0]
    stranger = str(uuid.uuid4())
    card = {
        "interview_uuid": "", "accession": "", "device": "", "marks": [], "notes": [],
        "started_at": "2026-11-23T10:00:00+00:00", "sha256": held.sha256,
    }  # fmt: skip
    folder = archive.folder / recording_files.FOLDER
    recording_files.card_path(folder, stranger).write_text(json.dumps(card))
    with pytest.raises(NotFound):
        recording.discard(archive, stranger)
    assert recording.unfinished(archive) == []
    assert (archive.folder / held.vault_path).exists()


def test_the_time_left_is_what_the_disk_has_room_for(tmp_path: Path) -> None:
    left = recording.time_left_ms(tmp_path, SOUND)
    twice = recording.time_left_ms(tmp_path, recording.SoundFormat(96_000, 1, 24))
    assert left is not None
    assert twice is not None
    assert left == pytest.approx(2 * twice, rel=0.01)
    assert recording.time_left_ms(tmp_path / "nowhere", SOUND) is None


def test_the_consent_form_is_asked_for_until_it_is_there_or_put_off(archive: Archive) -> None:
    def is_due() -> bool:
        with archive.read() as reader:
            return consent_is_due(reader, 1)

    assert is_due()
    put_off = postpone_consent(archive, 1)
    assert not is_due()
    archive.undo(put_off.operation_id)
    assert is_due()
    access.add_consent(archive, 1, form="Deed of gift", signed_on=TODAY)
    assert not is_due()


def test_a_form_that_was_put_off_stands_among_the_open_questions_until_it_comes(
    archive: Archive,
) -> None:
    with archive.write("Make interview") as writer:
        writer.insert("interview", accession="OH/2")
    postpone_consent(archive, 1)
    with archive.read() as reader:
        asked = open_questions(reader, TODAY)
        assert [one.kind for one in asked[1]] == [QuestionKind.CONSENT_POSTPONED]
        assert [one.kind for one in asked[2]] == [QuestionKind.CONSENT_MISSING]
        assert questions_about(reader, 1, TODAY) == asked[1]
        assert "put off" in asked[1][0].text
    access.add_consent(archive, 1, form="Deed of gift", signed_on=TODAY)
    with archive.read() as reader:
        assert 1 not in open_questions(reader, TODAY)
