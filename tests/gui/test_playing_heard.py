"""Playing through a real sound server: what comes out of it is recorded and looked at.

How fast it plays is not asked: a busy machine may stutter. What is heard must be right.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.pulse import ROOT, SINK, SoundServer, sound_server

RATE = 48_000


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with sound_server() as running:
        yield running


def tone(path: Path, hertz: float, seconds: float) -> Path:
    times = np.arange(round(RATE * seconds)) / RATE
    soundfile.write(path, 0.5 * np.sin(2 * np.pi * hertz * times), RATE, subtype="PCM_16")
    return path


def play(
    server: SoundServer, files: list[tuple[Path, int, int]], **wanted: Any
) -> tuple[list[int], np.ndarray[Any, np.dtype[np.float64]]]:
    """Play recordings in a process of its own; return where it was, and what was heard."""
    said = {"rate": 1.0, "loop": None, "rounds": 0} | wanted
    said["files"] = [(str(path), offset, length) for path, offset, length in files]
    with tempfile.TemporaryFile() as raw:
        # Into a file: a pipe that nobody empties would stop it.
        listening = subprocess.Popen(
            ["parec", f"--device={SINK}.monitor", "--raw", "--format=s16le", f"--rate={RATE}",
             "--channels=1", "--latency-msec=20"],
            env=server.environment, stdout=raw,
        )  # fmt: skip
        try:
            done = subprocess.run(
                [sys.executable, "-m", "tests.playing_process", json.dumps(said)],
                env=server.environment, cwd=ROOT, capture_output=True, text=True, check=True,
            )  # fmt: skip
        finally:
            listening.terminate()
            listening.wait(30)
        raw.seek(0)
        data = raw.read()
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["failed"] == []
    heard = np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2").astype(np.float64) / 32768
    return told["places"], heard


def pitches(heard: np.ndarray[Any, np.dtype[np.float64]]) -> list[int]:
    """Return the strongest frequency of each fifth of a second that is not silent, in Hz."""
    size = RATE // 5
    found: list[int] = []
    for start in range(0, len(heard) - size, size):
        part = heard[start : start + size]
        if np.abs(part).max() > 0.05:
            spectrum = np.abs(np.fft.rfft(part * np.hanning(size)))
            found.append(int(spectrum.argmax()) * 5)
    return found


def test_a_recording_is_heard_while_the_position_moves(server: SoundServer, tmp_path: Path) -> None:
    places, heard = play(server, [(tone(tmp_path / "a.wav", 440, 2.0), 0, 2_000)])
    assert places == sorted(places)
    assert places[-1] == 2_000
    assert len(places) > 20
    found = pitches(heard)
    assert len(found) >= 5
    assert np.median(found) == pytest.approx(440, abs=10)


@pytest.mark.parametrize("rate", [0.5, 2.0])
def test_voices_keep_their_pitch_at_every_speed(
    server: SoundServer, tmp_path: Path, rate: float
) -> None:
    _, heard = play(server, [(tone(tmp_path / "a.wav", 440, 3.0), 0, 3_000)], rate=rate)
    assert np.median(pitches(heard)) == pytest.approx(440, abs=15)


def test_a_loop_is_heard_again_and_again_and_nothing_beside_it(
    server: SoundServer, tmp_path: Path
) -> None:
    files = [(tone(tmp_path / "a.wav", 440, 1.5), 0, 1_500),
             (tone(tmp_path / "b.wav", 880, 3.0), 1_500, 3_000)]  # fmt: skip
    places, heard = play(server, files, loop=[2_000, 2_900], rounds=3)
    assert places.count(2_000) >= 3
    assert max(places) < 2_900 + 300
    found = pitches(heard)
    assert sum(abs(one - 880) <= 20 for one in found) >= 0.8 * len(found) > 0


def test_two_recordings_are_heard_as_one(server: SoundServer, tmp_path: Path) -> None:
    files = [(tone(tmp_path / "a.wav", 440, 1.5), 0, 1_500),
             (tone(tmp_path / "b.wav", 880, 1.5), 2_000, 1_500)]  # fmt: skip
    places, heard = play(server, files)
    assert places == sorted(places)
    assert 2_000 in places
    assert places[-1] == 3_500
    found = [one for one in pitches(heard) if min(abs(one - 440), abs(one - 880)) <= 20]
    low = [number for number, one in enumerate(found) if one < 600]
    high = [number for number, one in enumerate(found) if one >= 600]
    assert len(low) >= 4
    assert len(high) >= 4
    assert max(low) < min(high)
