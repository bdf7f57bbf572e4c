"""Clips beside a dossier: only of what may be heard, under no name, nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from archive_app.domain.progress import Progress
from archive_app.domain.records import Audience
from archive_app.domain.released import ReleasedInterview
from archive_app.dossier.contents import Excerpts, Passage
from archive_app.errors import Cancelled
from archive_app.media.probe import probe
from archive_app.store.archive import Archive
from archive_app.work.access import released
from archive_app.work.archives import open_archive
from archive_app.work.dossier_clips import clips_folder, cut_clips, plan_clips

TODAY = date(2026, 6, 1)


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


def copy_of(archive: Archive, accession: str, audience: Audience) -> ReleasedInterview:
    with archive.read() as reader:
        found = reader.interview_by_accession(accession)
        assert found is not None
        copy = released(reader, found.id, audience=audience, on=TODAY)
    assert copy is not None
    return copy


def excerpt(copy: ReleasedInterview, first: int, last: int) -> Excerpts:
    return Excerpts(copy, (Passage(copy.transcripts[0].uuid, first, last),))


def test_a_passage_has_a_clip_as_long_as_it_is(archive: Archive, tmp_path: Path) -> None:
    copy = copy_of(archive, "MRB-001", Audience.PUBLIC)
    turns = copy.transcripts[0].turns[2:4]
    target = tmp_path / "Зима & лето.pdf"
    with cut_clips(archive, [excerpt(copy, 3, 4)], target) as clips:
        link = clips.links[copy.transcripts[0].uuid, 3]
        assert not clips_folder(target).exists()
        (file,) = clips.settle()
    assert tmp_path / unquote(link) == file
    assert " " not in link
    assert file.name.startswith("MRB-001_0-")
    assert turns[0].start_ms is not None
    assert turns[1].end_ms is not None
    assert probe(file).duration_ms == pytest.approx(turns[1].end_ms - turns[0].start_ms, abs=120)
    assert "title" not in {key.lower() for key in probe(file).embedded_tags}


def test_nothing_is_cut_of_a_recording_that_the_audience_may_not_hear(archive: Archive) -> None:
    public = copy_of(archive, "MRB-003", Audience.PUBLIC)
    staff = copy_of(archive, "MRB-003", Audience.STAFF)
    assert plan_clips([excerpt(public, 1, 3)]) == ()
    assert len(plan_clips([excerpt(staff, 1, 3)])) == 1


def test_clips_of_an_earlier_export_do_not_stay_beside_a_new_one(
    archive: Archive, tmp_path: Path
) -> None:
    target = tmp_path / "d.pdf"
    staff = copy_of(archive, "MRB-003", Audience.STAFF)
    with cut_clips(archive, [excerpt(staff, 1, 3)], target) as clips:
        (old,) = clips.settle()
    own = clips_folder(target) / "my notes.txt"
    own.write_text("mine", encoding="utf-8")
    public = copy_of(archive, "MRB-003", Audience.PUBLIC)
    with cut_clips(archive, [excerpt(public, 1, 3)], target) as clips:
        assert clips.settle() == ()
    assert not old.exists()
    assert own.exists()


def test_without_settling_nothing_is_left_or_changed(archive: Archive, tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    copy = copy_of(archive, "MRB-001", Audience.PUBLIC)
    with cut_clips(archive, [excerpt(copy, 1, 2)], target) as clips:
        clips.settle()
    before = {file: file.read_bytes() for file in clips_folder(target).iterdir()}
    places = set(tmp_path.iterdir())
    with cut_clips(archive, [excerpt(copy, 5, 8)], target):
        pass
    assert {file: file.read_bytes() for file in clips_folder(target).iterdir()} == before
    assert set(tmp_path.iterdir()) == places


def test_cancelled_in_between_nothing_is_left(archive: Archive, tmp_path: Path) -> None:
    class Stop(Progress):
        def report(self, done: int, total: int, what: str = "") -> None:
            if done:
                raise Cancelled("stopped")

    copy = copy_of(archive, "MRB-001", Audience.PUBLIC)
    places = set(tmp_path.iterdir())
    parts = [excerpt(copy, n, n) for n in (1, 3, 5)]
    with pytest.raises(Cancelled), cut_clips(archive, parts, tmp_path / "d.pdf", progress=Stop()):
        pass
    assert set(tmp_path.iterdir()) == places


def test_a_recording_that_is_gone_is_told_and_the_others_are_cut(
    archive: Archive, tmp_path: Path
) -> None:
    one = copy_of(archive, "MRB-001", Audience.PUBLIC)
    two = copy_of(archive, "MRB-002", Audience.PUBLIC)
    gone = one.recordings[0].sha256
    for file in archive.media_folder.rglob(f"{gone}*"):
        file.unlink()
    parts = [excerpt(one, 1, 1), excerpt(two, 1, 1)]
    with cut_clips(archive, parts, tmp_path / "d.pdf") as clips:
        assert len(clips.missing) == 1
        assert len(clips.settle()) == 1
