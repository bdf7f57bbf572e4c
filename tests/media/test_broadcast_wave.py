"""Broadcast WAV as it is written: read back by readers that are not ours, at every moment."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from archive_app.errors import BadInput, Conflict
from archive_app.media import broadcast_wave
from archive_app.media.broadcast_wave import Origin, SoundFormat, WaveWriter, repair
from archive_app.media.recording_levels import SampleKind, filed, levels

MONO = SoundFormat(48_000, 1, 24)
BELGRADE = timezone(timedelta(hours=1))
ORIGIN = Origin(
    "Архив усмене историје у Београду", "0f" * 16,
    datetime(2026, 11, 23, 14, 30, 15, tzinfo=BELGRADE), "OH-2026-017",
)  # fmt: skip


def frames_of(sound: SoundFormat, count: int, seed: int = 1) -> bytes:
    return np.random.default_rng(seed).bytes(count * sound.frame_bytes)


def ffprobe(path: Path) -> dict[str, str]:
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed")
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(path)],
        capture_output=True, check=True,
    )  # fmt: skip
    found = json.loads(told.stdout)
    stream = found["streams"][0]
    return found["format"]["tags"] | {
        "codec": stream["codec_name"],
        "duration": stream["duration"],
        "rate": stream["sample_rate"],
    }


def test_bext_says_where_it_comes_from_to_any_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    writer = WaveWriter(path, MONO, ORIGIN)
    writer.write(frames_of(MONO, 48_000))
    writer.close()
    told = ffprobe(path)
    # FFmpeg calls the originator so. 32 bytes, and no letter cut in two.
    assert told["encoded_by"] == "Архив усмене исто"
    assert told["originator_reference"] == "0f" * 16
    assert told["comment"] == "OH-2026-017"
    assert (told["date"], told["creation_time"]) == ("2026-11-23", "14:30:15")
    assert int(told["time_reference"]) == (14 * 3600 + 30 * 60 + 15) * 48_000
    assert told["coding_history"].startswith("A=PCM,F=48000,W=24,M=mono")
    assert (told["codec"], float(told["duration"])) == ("pcm_s24le", 1.0)


@pytest.mark.parametrize("sound", [MONO, SoundFormat(96_000, 2, 24), SoundFormat(44_100, 1, 16)])
def test_the_file_plays_at_every_moment(tmp_path: Path, sound: SoundFormat) -> None:
    path = tmp_path / "a.wav"
    writer = WaveWriter(path, sound, ORIGIN)
    assert soundfile.info(path).frames == 0
    written = b""
    for number in range(4):
        block = frames_of(sound, 1_001, number)
        writer.write(block)
        # Not flushed: the header promises less than there is, never more.
        assert soundfile.info(path).frames == len(written) // sound.frame_bytes
        writer.flush()
        written += block
        assert soundfile.info(path).frames == writer.frames
    writer.close()
    writer.close()
    told = soundfile.info(path)
    assert (told.frames, told.samplerate, told.channels) == (
        4_004, sound.sample_rate_hz, sound.channels,
    )  # fmt: skip
    assert path.stat().st_size % 2 == 0
    assert (
        bytes(soundfile.SoundFile(path).buffer_read(dtype="int32"))[3]
        == written[sound.bits // 8 - 1]
    )


@given(cut=st.integers(0, 9_000))
def test_a_file_cut_anywhere_behind_its_header_is_mended(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "a.wav"
    writer = WaveWriter(path, MONO, ORIGIN)
    header_bytes = path.stat().st_size
    writer.write(frames_of(MONO, 1_500))
    writer.flush()
    writer.write(frames_of(MONO, 1_500))
    whole = path.read_bytes()
    writer.close()
    path.write_bytes(whole[: header_bytes + cut])
    mended = repair(path)
    assert mended.frames == cut // 3 == soundfile.info(path).frames
    before = path.read_bytes()
    assert repair(path).gained_frames == 0
    assert path.read_bytes() == before
    assert (
        before[header_bytes : header_bytes + mended.frames * 3]
        == whole[header_bytes : header_bytes + mended.frames * 3]
    )


def test_a_whole_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    writer = WaveWriter(path, MONO, ORIGIN)
    writer.write(frames_of(MONO, 333))
    writer.close()
    before = path.read_bytes()
    assert repair(path).frames == 333
    assert path.read_bytes() == before


def test_a_strange_file_is_not_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros(100), 48_000)
    before = path.read_bytes()
    with pytest.raises(BadInput):
        repair(path)
    for content in (b"", b"RIFF", before[:30]):
        path.write_bytes(content)
        with pytest.raises(BadInput):
            repair(path)


def test_no_file_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"testimony")
    with pytest.raises(Conflict):
        WaveWriter(path, MONO, ORIGIN)
    assert path.read_bytes() == b"testimony"


def test_a_file_that_outgrows_riff_becomes_rf64_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcast_wave, "RIFF_LIMIT", 300_000)
    path = tmp_path / "a.wav"
    writer = WaveWriter(path, MONO, ORIGIN)
    for number in range(5):
        writer.write(frames_of(MONO, 48_000, number))
        writer.flush()
        told = soundfile.info(path)
        assert told.format == ("WAV" if number < 2 else "RF64")
        assert told.frames == writer.frames
    writer.close()
    assert float(ffprobe(path)["duration"]) == 5.0
    assert repair(path).gained_frames == 0


def beyond_4_gib(path: Path) -> WaveWriter:
    """Return a writer of 96 kHz stereo that stands just before 4 GiB; the file has a hole."""
    sound = SoundFormat(96_000, 2, 24)
    writer = WaveWriter(path, sound, ORIGIN)
    start = path.stat().st_size
    frames = ((1 << 32) - start - 500_000) // sound.frame_bytes
    with path.open("r+b") as file:
        file.truncate(start + frames * sound.frame_bytes)
    writer._data_bytes = frames * sound.frame_bytes
    return writer


def test_four_gib_are_passed_while_recording(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    writer = beyond_4_gib(path)
    sound = writer.sound
    writer.flush()
    assert soundfile.info(path).format == "WAV"
    tail = frames_of(sound, 96_000)
    for _ in range(3):
        writer.write(tail)
        writer.flush()
    told = soundfile.info(path)
    assert (told.format, told.frames) == ("RF64", writer.frames)
    writer.write(tail)  # and the process is killed: written, not counted
    mended = repair(path)
    assert (mended.frames, mended.gained_frames) == (writer.frames, 96_000)
    with soundfile.SoundFile(path) as file:
        file.seek(writer.frames - 96_000)
        samples = file.read(dtype="int32")
    assert filed(samples.tobytes(), SampleKind.INT32, 24) == tail
    assert float(ffprobe(path)["duration"]) == pytest.approx(writer.frames / 96_000)
    assert path.stat().st_size > 1 << 32
    writer.close()


@given(st.lists(st.integers(-(1 << 31), (1 << 31) - 1), max_size=50))
def test_24_bits_of_32_are_filed_bit_for_bit(values: list[int]) -> None:
    samples = np.array(values, np.int32)
    octets = np.frombuffer(filed(samples.tobytes(), SampleKind.INT32, 24), np.uint8)
    back = [int.from_bytes(one.tobytes(), "little", signed=True) for one in octets.reshape(-1, 3)]
    assert back == [value >> 8 for value in values]


def test_floats_are_filed_at_their_loudness_and_never_wrap() -> None:
    samples = np.array([0.0, 0.5, -0.5, 1.0, -1.0, 7.0, -7.0, np.nan], np.float32)
    octets = np.frombuffer(filed(samples.tobytes(), SampleKind.FLOAT, 24), np.uint8)
    back = [int.from_bytes(one.tobytes(), "little", signed=True) for one in octets.reshape(-1, 3)]
    top = (1 << 23) - 1
    assert back == [0, 1 << 22, -(1 << 22), top, -top - 1, top, -top - 1, 0]


def test_levels_tell_channels_apart_and_three_full_frames_are_clipping() -> None:
    left = np.array([0, 32_767, 32_767, 32_767, -8_192, 0], np.int16)
    right = np.array([0, 16_384, 32_767, 0, 32_767, 0], np.int16)
    told = levels(np.stack([left, right], axis=1).tobytes(), SampleKind.INT16, 2)
    assert told.peaks == pytest.approx((1.0, 1.0), abs=1e-4)
    assert told.clipped == (True, False)
    assert levels(b"", SampleKind.INT16, 2).peaks == (0.0, 0.0)
