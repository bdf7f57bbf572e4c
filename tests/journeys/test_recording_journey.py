"""An interview is recorded through the real window, from a real input; and a power cut."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from archive_app.domain.records import Status
from archive_app.domain.release_rules import QuestionKind
from archive_app.media.vault import RecordingVault
from archive_app.store.archive import Archive
from archive_app.work import access, questions
from archive_app.work.archives import create_archive, open_archive
from tests.pulse import ROOT, SoundServer, sound_server

SPEECH = ROOT / "resources" / "sample" / "ljiljana.flac"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    """A sound server whose microphone hears somebody speak, over and over."""
    samples, rate = soundfile.read(SPEECH, dtype="int32", always_2d=True)
    assert rate in (16_000, 48_000)
    raw = tmp_path_factory.mktemp("speech") / "speech.raw"
    spoken = np.repeat(samples[:, :1], 48_000 // rate * 2, axis=0).reshape(-1, 2)
    np.tile(spoken, (4, 1)).astype("<i4").tofile(raw)
    with sound_server() as running:
        player = running.play(raw)
        yield running
        player.kill()
        player.wait()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with create_archive(tmp_path / "Voices") as made:
        with made.write("Make interview") as writer:
            writer.insert("interview", accession="OH-1", status=Status.PLANNED,
                          titles={"en": "Interview with Ljiljana"})  # fmt: skip
        return made.folder


def tell_story(server: SoundServer, archive: Path, story: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.recording_story", str(archive), story],
        env=server.environment, cwd=ROOT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip


def heard_of(server: SoundServer, archive: Path, story: str) -> dict[str, dict[str, Any]]:
    """Let a story come to its end; return the last event of each name."""
    running = tell_story(server, archive, story)
    out, err = running.communicate(timeout=240)
    assert running.returncode == 0, err[-4000:]
    events = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return {one["event"]: one for one in events}


def sound_of(archive: Archive) -> tuple[Any, int, Any]:
    with archive.read() as reader:
        (one,) = reader.recordings(1)
    samples, rate = soundfile.read(RecordingVault(archive.media_folder).path(one.vault_path))
    return samples, rate, one


def test_an_interview_is_recorded_marked_noted_and_shown(
    server: SoundServer, archive: Path
) -> None:
    told = heard_of(server, archive, "record")
    assert told["heard"]["format"].startswith("Broadcast WAV · 48 kHz · 24 bit")
    assert "left on the disk" in told["heard"]["disk"]
    assert "1 mark, 1 note" in told["kept"]["words"]
    with open_archive(archive) as opened:
        samples, rate, one = sound_of(opened)
        assert rate == 48_000
        assert one.bit_depth == 24
        assert len(samples) / rate * 1000 == pytest.approx(one.duration_ms, abs=1)
        assert one.duration_ms == told["kept"]["shown_ms"] > told["kept"]["stood"] + 1_000
        assert np.abs(samples).max() > 0.05
        with opened.read() as reader:
            (point,) = reader.index_points(1)
            assert point.title == "bus"
            assert 2_000 < (point.start_ms or 0) < 3_900
            (note,) = reader.notes("interview", 1)
            assert note.text.startswith("0:00:02 ") or note.text.startswith("0:00:03 ")
            assert note.text.endswith("She laughs")
            assert reader.interview(1).status is Status.RECORDED
            asked = questions.questions_about(reader, 1, access.today(opened))
        assert [one.kind for one in asked] == [QuestionKind.CONSENT_POSTPONED]


def test_a_power_cut_costs_a_second_at_most_and_the_rest_is_offered(
    server: SoundServer, archive: Path
) -> None:
    running = tell_story(server, archive, "until-killed")
    assert running.stdout is not None
    last = 0
    for line in running.stdout:
        event = json.loads(line) if line.startswith("{") else {}
        last = event.get("ms", last)
        if last > 4_000:
            break
    running.kill()
    running.communicate(timeout=60)
    assert last > 4_000
    told = heard_of(server, archive, "come-back")
    assert told["offered"]["words"].startswith("A recording of 0:00:0")
    assert told["offered"]["ms"] > last - 1_000
    with open_archive(archive) as opened:
        samples, _, one = sound_of(opened)
        assert one.duration_ms == told["offered"]["ms"]
        assert np.abs(samples).max() > 0.05
        with opened.read() as reader:
            assert [one.title for one in reader.index_points(1)] == ["Mark 1"]
