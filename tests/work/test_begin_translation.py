"""Beginning a translation and reading it beside its original."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_app.domain.records import TranscriptKind
from archive_app.errors import BadValue
from archive_app.store.archive import Archive
from archive_app.work import history, interviews, transcripts
from archive_app.work.archives import create_archive
from archive_app.work.parallel import begin_translation, parallel


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = create_archive(tmp_path / "test", who="Ana")
    yield made
    made.close()


def _transcript(archive: Archive) -> int:
    interview = interviews.create_interview(archive, accession="A-1").value
    made = transcripts.add_transcript(
        archive, interview, language="ru", kind=TranscriptKind.VERBATIM
    ).value
    with archive.read() as reader:
        first = reader.turns(made)[0]
    transcripts.insert_turn(
        archive, made, after_turn_id=first.id, text="Да.", speaker_label="А", start_ms=5, end_ms=9
    )
    return made


def test_a_translation_begins_with_an_empty_turn_for_each_turn(archive: Archive) -> None:
    original = _transcript(archive)
    made = begin_translation(archive, original, "sr-latn").value
    both = parallel(archive, original, made)
    assert both.translation.transcript.language == "sr-Latn"
    assert both.translation.transcript.kind is TranscriptKind.TRANSLATION
    assert [(t.text, t.speaker_label, t.start_ms) for t in both.translation.turns] == [
        ("", "", None),
        ("", "А", 5),
    ]
    assert [(len(row.original), len(row.translation)) for row in both.rows] == [(1, 1), (1, 1)]


def test_one_undo_takes_the_translation_away(archive: Archive) -> None:
    original = _transcript(archive)
    made = begin_translation(archive, original, "en")
    history.undo(archive)
    with archive.read() as reader:
        interview = reader.transcript(original).interview_id
        assert [one.id for one in reader.transcripts(interview)] == [original]
    assert made.label == "Begin translation"


def test_two_interviews_do_not_stand_side_by_side(archive: Archive) -> None:
    one = _transcript(archive)
    with pytest.raises(BadValue):
        parallel(archive, one, one)
