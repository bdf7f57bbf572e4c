"""Clips: the right stretch of sound, in its own format, and nothing else of the recording."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from archive_app.domain.progress import Progress
from archive_app.errors import BadInput, Cancelled
from archive_app.media.clips import cut_clip
from archive_app.media.probe import probe

RATE = 48_000
NAME = "Дмитрий Орлов"


def tone(seconds: float) -> np.ndarray:
    """Return a sound whose pitch tells the second: 300 Hz in the first, 400 in the next …"""
    times = np.arange(int(seconds * RATE)) / RATE
    pitch = 300 + 100 * np.floor(times)
    return (0.4 * np.sin(2 * np.pi * pitch * times)).astype(np.float32)


@pytest.fixture(scope="module")
def wave(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "tone.wav"
    with soundfile.SoundFile(path, "w", RATE, 1, "PCM_24") as file:
        file.title, file.artist = NAME, NAME
        file.write(tone(12))
    return path


def encoded(wave: Path, name: str, *options: str) -> Path:
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    path = wave.with_name(name)
    if not path.exists():
        subprocess.run(
            ["ffmpeg", "-v", "error", "-i", str(wave), *options, "-metadata", f"title={NAME}",
             "-metadata", f"artist={NAME}", str(path)],
            check=True,
        )  # fmt: skip
    return path


def pitches(path: Path) -> list[int]:
    """Return the loudest pitch of each half second, to the nearest 100 Hz."""
    decoded = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-ar", str(RATE),
         "-"], check=True, capture_output=True,
    ).stdout  # fmt: skip
    samples = np.frombuffer(decoded, dtype=np.float32)
    half = RATE // 2
    found: list[int] = []
    for start in range(0, len(samples) - half + 1, half):
        heard = np.abs(np.fft.rfft(samples[start + half // 4 : start + half // 2]))
        found.append(round(int(np.argmax(heard)) * RATE / (half // 4) / 100) * 100)
    return found


def test_a_wave_is_cut_on_the_sample_with_its_depth_and_without_its_tags(
    wave: Path, tmp_path: Path
) -> None:
    clip = cut_clip(wave, tmp_path / "one", 3_250, 5_750)
    whole, _ = soundfile.read(wave, dtype="int32")
    cut, rate = soundfile.read(clip, dtype="int32")
    assert clip.name == "one.wav"
    assert rate == RATE
    assert soundfile.info(clip).subtype == "PCM_24"
    assert np.array_equal(cut, whole[3_250 * 48 : 5_750 * 48])
    assert NAME.encode() not in clip.read_bytes()
    assert not probe(clip).embedded_tags


@pytest.mark.parametrize(
    ("name", "options", "ending"),
    [
        ("t.opus", ("-c:a", "libopus"), ".opus"),
        ("t.mp3", ("-c:a", "libmp3lame"), ".mp3"),
        ("t.m4a", ("-c:a", "aac"), ".m4a"),
        ("t.ogg", ("-c:a", "libvorbis"), ".ogg"),
        ("t.flac", ("-c:a", "flac"), ".flac"),
        ("t.wma", ("-c:a", "wmav2"), ".flac"),
        ("t.mka", ("-c:a", "flac"), ".flac"),
    ],
)
def test_each_format_gives_the_stretch_that_was_asked_for_and_no_name(
    wave: Path, tmp_path: Path, name: str, options: tuple[str, ...], ending: str
) -> None:
    source = encoded(wave, name, *options)
    before = source.read_bytes()
    clip = cut_clip(source, tmp_path / "MRB-001_0-00-07", 7_000, 9_000)
    facts = probe(clip)
    assert clip.suffix == ending
    assert facts.duration_ms == pytest.approx(2_000, abs=100)
    assert pitches(clip)[1:3] == [1000, 1100]
    assert not {key.lower() for key in facts.embedded_tags} - {"encoder"}
    assert NAME.encode() not in clip.read_bytes()
    assert NAME.encode("utf-16-le") not in clip.read_bytes()
    assert source.read_bytes() == before


def test_of_a_film_only_the_sound_is_taken(wave: Path, tmp_path: Path) -> None:
    film = encoded(
        wave, "film.mp4", "-f", "lavfi", "-i", "testsrc=d=12:s=64x64:r=5", "-c:v", "mpeg4",
        "-c:a", "aac",
    )  # fmt: skip
    clip = cut_clip(film, tmp_path / "one", 1_000, 3_000)
    facts = probe(clip)
    assert not facts.has_video
    assert facts.codec == "AAC"


def test_a_stretch_shorter_than_a_packet_gives_the_packet_it_lies_in(
    wave: Path, tmp_path: Path
) -> None:
    source = encoded(wave, "t.opus", "-c:a", "libopus")
    clip = cut_clip(source, tmp_path / "one", 6_003, 6_008)
    assert 0 < (probe(clip).duration_ms or 0) <= 60


@pytest.mark.parametrize("name", ["tone.wav", "t.opus"])
def test_a_stretch_behind_the_end_is_an_error_and_leaves_no_file(
    wave: Path, tmp_path: Path, name: str
) -> None:
    source = wave if name == wave.name else encoded(wave, name, "-c:a", "libopus")
    with pytest.raises(BadInput):
        cut_clip(source, tmp_path / "one", 60_000, 61_000)
    assert not list(tmp_path.iterdir())


def test_what_is_no_recording_is_an_error(tmp_path: Path) -> None:
    source = tmp_path / "text.wav"
    source.write_text("no sound at all", encoding="utf-8")
    with pytest.raises(BadInput):
        cut_clip(source, tmp_path / "one", 0, 1_000)
    assert [path.name for path in tmp_path.iterdir()] == ["text.wav"]


def test_cancelled_it_leaves_no_file(wave: Path, tmp_path: Path) -> None:
    class Stop(Progress):
        def report(self, done: int, total: int, what: str = "") -> None:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        cut_clip(wave, tmp_path / "one", 0, 5_000, progress=Stop())
    assert not list(tmp_path.iterdir())
