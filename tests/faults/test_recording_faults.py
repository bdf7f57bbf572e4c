"""Recorders that are killed, disks that fill up: what was recorded is there, once."""

from __future__ import annotations

import errno
import random
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import soundfile

from archive_app.errors import Environment
from archive_app.media.vault import RecordingVault
from archive_app.store.archive import Archive
from archive_app.work import recording, recording_files
from archive_app.work.archives import check, create_archive, open_archive
from tests.pulse import RecordingProcess, SoundServer, sound_server

SOUND = recording.SoundFormat(48_000, 1, 24)
SECOND = b"\1\2\3" * 48_000
MOST_LOST_MS = 1_000


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with sound_server() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with create_archive(tmp_path / "Voices") as made:
        with made.write("Make interview") as writer:
            writer.insert("interview", accession="OH-1")
        return made.folder


def recorded(archive: Archive, seconds: int = 2) -> recording.LiveRecording:
    live = recording.begin(archive, 1, sound=SOUND)
    for _ in range(seconds):
        live.write(SECOND)
        live.flush()
    return live


# Kills ---------------------------------------------------------------------


def kill_while_recording(server: SoundServer, folder: Path, after_s: float) -> float:
    """Kill a recorder at a moment; return by how many ms what is offered is short."""
    recorder = RecordingProcess.start(server, folder)
    recorder.wait_for("listening")
    recorder.say("record")
    recorder.wait_for("recording")
    begun = recorder.wait_for("time")
    time.sleep(after_s)
    killed_at = time.time()
    recorder.kill()
    with open_archive(folder) as archive:
        (left,) = recording.unfinished(archive)
        assert soundfile.info(left.path).frames == pytest.approx(left.duration_ms * 48, abs=48)
        samples, rate = soundfile.read(left.path, dtype="int32")
        assert (rate, samples.shape[1]) == (48_000, 2)
        recording.recover(archive, left.uuid)
        assert recording.unfinished(archive) == []
        assert check(archive).problems == ()
    # At the moment it told of, so much was captured; until the kill the clock went on.
    should_be_ms = begun["ms"] + (killed_at - begun["clock"]) * 1000
    return should_be_ms - left.duration_ms


def kill_often(server: SoundServer, folder: Path, times: int) -> None:
    chance = random.Random(times)
    short = [
        kill_while_recording(server, folder, chance.uniform(0, 3)) for _ in range(times)
    ]  # fmt: skip
    print(f"{times} kills; short by at most {max(short):.0f} ms, median {np.median(short):.0f} ms")
    assert max(short) <= MOST_LOST_MS
    with open_archive(folder) as archive, archive.read() as reader:
        assert len(reader.recordings(1)) == times


def test_a_killed_recorder_leaves_all_but_the_last_second(
    server: SoundServer, folder: Path
) -> None:
    kill_often(server, folder, 4)


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_fifty_killed_recorders_leave_all_but_the_last_second(
    server: SoundServer, folder: Path
) -> None:
    kill_often(server, folder, 50)


def finish_killed(server: SoundServer, folder: Path, times: int) -> None:
    chance = random.Random(times)
    for number in range(times):
        recorder = RecordingProcess.start(server, folder)
        recorder.wait_for("listening")
        recorder.say("record")
        recorder.wait_for("time")
        recorder.say("stop")
        uuid = recorder.wait_for("stopped")["uuid"]
        recorder.say("finish")
        time.sleep(chance.uniform(0, 0.12))
        recorder.kill()
        with open_archive(folder) as archive:
            expect_once(archive, uuid, count=number + 1)


def expect_once(archive: Archive, uuid: str, *, count: int) -> None:
    """See that a recording is offered or in, never both; take it in and see that it is once."""
    offered = [one.uuid for one in recording.unfinished(archive)]
    with archive.read() as reader:
        held = [one.uuid for one in reader.recordings(1)]
    assert (offered == [uuid]) != (uuid in held)
    if offered:
        recording.recover(archive, uuid)
    assert recording.unfinished(archive) == []
    assert not any((archive.folder / recording_files.FOLDER).iterdir())
    with archive.read() as reader:
        assert len(reader.recordings(1)) == count
        assert [one.uuid for one in reader.recordings(1)].count(uuid) == 1
    assert check(archive).problems == ()


def test_a_program_killed_while_it_takes_a_recording_in_has_it_once(
    server: SoundServer, folder: Path
) -> None:
    finish_killed(server, folder, 3)


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_thirty_programs_killed_while_taking_a_recording_in_have_it_once(
    server: SoundServer, folder: Path
) -> None:
    finish_killed(server, folder, 30)


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


class Step(NamedTuple):
    owner: Any
    name: str
    is_done_first: bool


STEPS = [
    Step(owner, name, is_done_first)
    for owner, name in (
        (recording, "hash_file"), (recording, "write_card"), (RecordingVault, "adopt"),
        (recording, "_write_down"), (recording, "_write_marks"), (recording, "remove_files"),
    )
    for is_done_first in (False, True)
]  # fmt: skip


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.name}-{step.is_done_first}")
def test_a_recording_is_there_once_wherever_taking_it_in_is_cut_off(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    with open_archive(folder) as archive:
        live = recorded(archive)
        original: Callable[..., object] = getattr(step.owner, step.name)

        def dying(*args: object, **values: object) -> None:
            if step.is_done_first:
                original(*args, **values)
            raise Killed

        monkeypatch.setattr(step.owner, step.name, dying)
        with pytest.raises(Killed):
            recording.finish(archive, live)
        monkeypatch.undo()
    with open_archive(folder) as archive:
        expect_once(archive, live.uuid, count=1)


def test_a_recorder_that_dies_before_the_first_sample_leaves_nothing_to_offer(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(*_: object) -> None:
        raise Killed

    with open_archive(folder) as archive:
        monkeypatch.setattr(recording, "WaveWriter", dying)
        with pytest.raises(Killed):
            recording.begin(archive, 1, sound=SOUND)
        monkeypatch.undo()
        assert recording.unfinished(archive) == []
        assert not any((folder / recording_files.FOLDER).iterdir())


# Full disks ----------------------------------------------------------------


@contextmanager
def longest_file(size: int) -> Iterator[None]:
    """Let the system refuse longer files, as a disk of FAT32 or a quota does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_the_disk_takes_no_more_of_keeps_everything_up_to_then(folder: Path) -> None:
    with open_archive(folder) as archive:
        live = recorded(archive)
        limit = 3 * len(SECOND) - 50_001
        with longest_file(limit), pytest.raises(Environment, match="Everything up to now is kept"):
            live.write(SECOND)
        with longest_file(limit):
            live.close()
        frames = soundfile.info(live.path).frames
        assert frames * 3 == pytest.approx(limit - 740, abs=10)
        recording.finish(archive, live)
        with archive.read() as reader:
            assert reader.recordings(1)[0].duration_ms == frames // 48
        assert check(archive).problems == ()


class FullDisk(FileIO):
    """A file on a disk that takes so many bytes more, and half of the block that is too long."""

    room = 100_000

    def write(self, data: Any, /) -> int:
        if self.tell() == 0:
            return super().write(data)  # the header: its room is taken already
        if self.room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = super().write(memoryview(data)[: self.room])
        self.room -= taken
        return taken


def test_a_full_disk_is_said_and_keeps_everything_up_to_then(folder: Path) -> None:
    with open_archive(folder) as archive:
        live = recorded(archive)
        writer: Any = live._writer
        writer._file.close()
        writer._file = FullDisk(live.path, "r+b")
        with pytest.raises(Environment, match="disk is full"):
            live.write(SECOND)
        live.close()
        assert soundfile.info(live.path).frames == 2 * 48_000 + 100_000 // 3
        recording.finish(archive, live)
        assert check(archive).problems == ()


def test_recording_stops_while_there_is_room_to_take_it_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(folder) as archive:
        live = recorded(archive)
        live.write(SECOND)
        usage = shutil.disk_usage(folder)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
        with pytest.raises(Environment, match="disk is full"):
            live.flush()
        recording.finish(archive, live)
        with archive.read() as reader:
            assert reader.recordings(1)[0].duration_ms == 3_000


def test_a_disk_that_fills_up_ends_the_recording_with_its_file_whole(
    server: SoundServer, folder: Path
) -> None:
    recorder = RecordingProcess.start(server, folder)
    recorder.wait_for("listening")
    recorder.say("limit", 500_000)
    recorder.say("record")
    failed = recorder.wait_for("failed")
    assert (failed["kind"], "kept" in failed["message"]) == ("Environment", True)
    stopped = recorder.wait_for("stopped")
    assert soundfile.info(stopped["path"]).frames == pytest.approx((500_000 - 740) // 6, abs=4)
    recorder.say("limit", -1)
    recorder.say("finish")
    recorder.wait_for("finished")
    recorder.end()
    with open_archive(folder) as archive:
        assert recording.unfinished(archive) == []
