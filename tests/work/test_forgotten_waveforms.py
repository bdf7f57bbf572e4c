"""The shape of a voice stays in the cache no longer than its recording in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_app.domain.records import Recording
from archive_app.media.broadcast_wave import SoundFormat
from archive_app.store.archive import Archive
from archive_app.work import history, interviews, library, recording, waveforms
from archive_app.work.archives import create_archive

SOUND = SoundFormat(48_000, 1, 16)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with create_archive(tmp_path / "Voices") as made:
        for number in (1, 2):
            interviews.create_interview(made, accession=f"OH/{number}", title="")
        yield made


def recorded(archive: Archive, interview_id: int) -> Recording:
    """Return a recording of the same two seconds, drawn once."""
    live = recording.begin(archive, interview_id, sound=SOUND, device="Microphone")
    live.write(bytes(2 * SOUND.bytes_per_second))
    kept = recording.finish(archive, live).value
    with archive.read() as reader:
        one = next(one for one in reader.recordings(interview_id) if one.id == kept)
    waveforms.waveform_of_recording(archive, one)
    return one


def test_an_interview_that_is_deleted_takes_its_shapes_along(archive: Archive) -> None:
    one = recorded(archive, 1)
    assert waveforms.kept_waveforms(archive, [one])
    outcome = library.delete_interviews(archive, [1])
    waveforms.forget_deleted(archive, outcome.operation_id)
    assert not waveforms.kept_waveforms(archive, [one])


def test_a_recording_that_is_taken_back_takes_its_shape_along(archive: Archive) -> None:
    one = recorded(archive, 1)
    outcome = history.undo(archive)
    waveforms.forget_deleted(archive, outcome.operation_id)
    assert not waveforms.kept_waveforms(archive, [one])
    history.redo(archive)
    waveforms.waveform_of_recording(archive, one)
    assert waveforms.kept_waveforms(archive, [one])


def test_what_deleted_no_recording_leaves_every_shape(archive: Archive) -> None:
    one = recorded(archive, 1)
    outcome = library.delete_interviews(archive, [2])
    waveforms.forget_deleted(archive, outcome.operation_id)
    assert waveforms.kept_waveforms(archive, [one])
