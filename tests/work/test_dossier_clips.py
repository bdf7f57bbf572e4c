"""Clips beside a dossier: only of what may be heard, under no name, nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
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
from tests.work import proof_material

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


def renamed(copy: ReleasedInterview, n: int, **changes: Any) -> ReleasedInterview:
    """A copy in one of whose turns another name stands for a protected one."""
    first, *others = copy.transcripts
    turns = tuple(replace(t, has_new_names=True, **changes) if t.n == n else t for t in first.turns)
    return replace(copy, transcripts=(replace(first, turns=turns), *others))


def test_where_a_protected_name_is_said_nothing_is_cut_and_that_is_told(
    archive: Archive, tmp_path: Path
) -> None:
    copy = renamed(copy_of(archive, "MRB-001", Audience.PUBLIC), 4)
    parts = [excerpt(copy, 3, 4), excerpt(copy, 6, 6)]
    with cut_clips(archive, parts, tmp_path / "d.pdf") as clips:
        assert len(clips.missing) == 1
        assert len(clips.settle()) == 1
    assert [clip.turn for clip in plan_clips(parts)] == [6]


def test_a_name_that_the_other_speaker_says_meanwhile_counts_too(archive: Archive) -> None:
    plain = copy_of(archive, "MRB-001", Audience.PUBLIC)
    heard = plain.transcripts[0].turns[5].start_ms
    copy = renamed(plain, 1, start_ms=heard, end_ms=(heard or 0) + 1)
    assert plan_clips([excerpt(copy, 6, 6)]) == ()


def test_the_gate_tells_in_which_turns_another_name_stands(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "N.oralhistory", name="N") as archive:
        one = proof_material.fill(archive)
        with archive.write("Say the name") as writer:
            full = writer.transcripts(one)[0]
            said = writer.turns(full.id)[5]
            writer.update("turn", said.id, text=f"А весной {proof_material.NAME} пришёл.")
        with archive.read() as reader:
            for_public = released(reader, one, audience=Audience.PUBLIC, on=TODAY)
            for_staff = released(reader, one, audience=Audience.STAFF, on=TODAY)
        assert for_public is not None
        assert for_staff is not None
        assert [t.n for t in for_public.transcripts[0].turns if t.has_new_names] == [6]
        assert not any(t.has_new_names for t in for_staff.transcripts[0].turns)


def test_interviews_whose_numbers_look_alike_in_a_file_name_keep_their_own_sound(
    archive: Archive, tmp_path: Path
) -> None:
    one = replace(copy_of(archive, "MRB-001", Audience.PUBLIC), accession="MRB/1")
    two = copy_of(archive, "MRB-002", Audience.PUBLIC)
    start = one.transcripts[0].turns[0].start_ms or 0
    end = one.transcripts[0].turns[0].end_ms
    first, *others = two.transcripts
    turns = (replace(first.turns[0], start_ms=start, end_ms=end), *first.turns[1:])
    two = replace(two, accession="mrb-1", transcripts=(replace(first, turns=turns), *others))
    with cut_clips(archive, [excerpt(one, 1, 1), excerpt(two, 1, 1)], tmp_path / "d.pdf") as clips:
        files = clips.settle()
        assert len(set(clips.links.values())) == 2
    assert len({file.name.casefold() for file in files}) == 2
    assert files[0].read_bytes() != files[1].read_bytes()


def test_clips_that_a_killed_program_left_go_with_the_next_export(
    archive: Archive, tmp_path: Path
) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    killed = tmp_path / f".oral-history-clips-{ended.pid}-abcd"
    running = tmp_path / f".oral-history-clips-{os.getpid()}-abcd"
    own = tmp_path / ".oral-history-clips-of-mine"
    for folder in (killed, running, own):
        folder.mkdir()
        (folder / "MRB-001_0-00-01_0-00-02.flac").write_bytes(b"fLaC")
    copy = copy_of(archive, "MRB-001", Audience.PUBLIC)
    with cut_clips(archive, [excerpt(copy, 1, 1)], tmp_path / "d.pdf"):
        pass
    assert not killed.exists()
    assert list(running.iterdir())
    assert list(own.iterdir())
