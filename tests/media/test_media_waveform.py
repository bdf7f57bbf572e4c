"""Waveforms: true to the sound, bounded, and made anew when their cache is no good."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from make_media import BY_NAME, RECIPES, Recipe, make, make_wav

from archive_app.errors import BadInput, Cancelled, Environment
from archive_app.media.waveform import (
    forget_waveform,
    kept_waveform,
    make_waveform,
    waveform_of,
)

HASH = "a" * 64


class Stop:
    def report(self, done: int, total: int, what: str = "") -> None:
        raise Cancelled("stopped")


def test_the_waveform_is_the_least_and_greatest_of_each_bucket(tmp_path: Path) -> None:
    samples = np.random.default_rng(1).integers(-32768, 32768, (100_007, 2)).astype(np.int16)
    path = tmp_path / "a.wav"
    soundfile.write(path, samples, 44100)
    waveform = make_waveform(path).envelope
    size = waveform.bucket_frames
    assert waveform.frames == 100_007
    for index in range(len(waveform.buckets)):
        part = samples[index * size : (index + 1) * size]
        assert tuple(waveform.buckets[index]) == (part.min(), part.max())
    assert len(waveform.buckets) == -(-100_007 // size)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
def test_every_format_shows_its_tone(tmp_path: Path, recipe: Recipe) -> None:
    waveform = make_waveform(make(tmp_path / f"a{recipe.extension}", recipe, seconds=1.0))
    assert waveform.duration_ms == pytest.approx(1000, abs=60)
    for low, high in waveform.stretch(200, 800, 10):
        assert low == pytest.approx(-0.488, abs=0.06)
        assert high == pytest.approx(0.488, abs=0.06)


@pytest.mark.parametrize("columns", [1, 3, 50, 999])
def test_a_stretch_shows_no_less_than_the_samples_at_any_width(
    tmp_path: Path, columns: int
) -> None:
    rate = 8000
    samples = np.zeros(rate * 30, dtype=np.int16)
    samples[rate * 12] = 30000
    samples[rate * 12 + 1] = -20000
    path = tmp_path / "a.wav"
    soundfile.write(path, samples, rate)
    shown = make_waveform(path).stretch(0, 30_000, columns)
    assert len(shown) == columns
    assert max(high for _, high in shown) == 30000 / 32768
    assert min(low for low, _ in shown) == -20000 / 32768
    peak = max(range(columns), key=lambda i: shown[i][1])
    assert peak == pytest.approx(columns * 12 / 30, abs=1)


def test_beyond_the_recording_there_is_silence(tmp_path: Path) -> None:
    waveform = make_waveform(make_wav(tmp_path / "a.wav", seconds=1.0))
    shown = waveform.stretch(-1000, 3000, 4)
    assert shown[0] == shown[2] == shown[3] == (0.0, 0.0)
    assert shown[1][1] > 0.4
    assert waveform.stretch(0, 1000, 0) == []
    assert waveform.stretch(500, 500, 2)[0][1] > 0.1


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
def test_loudness_is_the_same_whatever_the_bit_depth(tmp_path: Path, subtype: str) -> None:
    waveform = make_waveform(make_wav(tmp_path / "a.wav", subtype=subtype))
    assert waveform.stretch(0, 500, 1)[0][1] == pytest.approx(16000 / 32768, abs=0.01)


def test_floats_that_are_no_numbers_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    samples = np.array([0.5, np.nan, np.inf, -np.inf, -7.0] * 100, dtype=np.float32)
    soundfile.write(path, samples, 8000, subtype="FLOAT")
    assert make_waveform(path).stretch(0, 60, 1) == [(-1.0, 32767 / 32768)]


def test_damage_in_the_middle_does_not_shift_what_follows(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mkv", BY_NAME["mkv"], seconds=4.0)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle - len(data) // 8 : middle + len(data) // 8] = bytes(2 * (len(data) // 8))
    path.write_bytes(data)
    waveform = make_waveform(path)
    assert waveform.duration_ms == pytest.approx(4000, abs=1000)
    assert waveform.stretch(3500, 3900, 1)[0][1] > 0.4


def test_a_kept_waveform_is_used_and_equal(tmp_path: Path) -> None:
    path = make_wav(tmp_path / "a.wav", seconds=2.0)
    made = waveform_of(path, sha256=HASH, cache=tmp_path / "cache")
    path.unlink()
    kept = waveform_of(path, sha256=HASH, cache=tmp_path / "cache")
    assert (kept.envelope.buckets == made.envelope.buckets).all()
    assert kept.stretch(0, 2000, 7) == made.stretch(0, 2000, 7)
    assert kept.duration_ms == made.duration_ms


def test_a_waveform_is_kept_only_once_it_was_made(tmp_path: Path) -> None:
    path = make_wav(tmp_path / "a.wav", seconds=1.0)
    cache = tmp_path / "cache"
    assert kept_waveform(HASH, cache) is None
    made = waveform_of(path, sha256=HASH, cache=cache)
    kept = kept_waveform(HASH, cache)
    assert kept is not None
    assert kept.stretch(0, 1000, 9) == made.stretch(0, 1000, 9)


def test_blocks_of_any_length_give_the_same_buckets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = np.random.default_rng(2).integers(-32768, 32768, (48_007 * 3, 2)).astype(np.int16)
    path = tmp_path / "a.wav"
    soundfile.write(path, samples, 48_000, subtype="PCM_24")
    whole = make_waveform(path).envelope
    monkeypatch.setattr("archive_app.media.envelopes._BLOCK_SECONDS", 1)
    parts = make_waveform(path).envelope
    assert (whole.buckets == parts.buckets).all()
    assert whole.frames == parts.frames == len(samples)


@pytest.mark.parametrize("place", [0, 4, 9, 30, 40, -1])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, place: int) -> None:
    path = make_wav(tmp_path / "a.wav", seconds=2.0)
    made = waveform_of(path, sha256=HASH, cache=tmp_path / "cache")
    [kept] = (tmp_path / "cache" / "waveforms").iterdir()
    data = bytearray(kept.read_bytes())
    data[place] ^= 0x55
    kept.write_bytes(data)
    again = waveform_of(path, sha256=HASH, cache=tmp_path / "cache")
    assert (again.envelope.buckets == made.envelope.buckets).all()
    assert again.duration_ms == 2000


def test_a_cache_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    path = make_wav(tmp_path / "a.wav")
    assert waveform_of(path, sha256=HASH, cache=tmp_path / "cache").duration_ms == 500


def test_cancelling_keeps_nothing(tmp_path: Path) -> None:
    for name in ("a.wav", "a.m4a"):
        path = make(tmp_path / name, BY_NAME[name[2:]])
        with pytest.raises(Cancelled):
            waveform_of(path, sha256=HASH, cache=tmp_path / "cache", progress=Stop())
    assert not (tmp_path / "cache").exists()


def test_a_forgotten_waveform_is_gone(tmp_path: Path) -> None:
    path = make_wav(tmp_path / "a.wav")
    waveform_of(path, sha256=HASH, cache=tmp_path / "cache")
    forget_waveform(HASH, tmp_path / "cache")
    forget_waveform(HASH, tmp_path / "cache")
    assert list((tmp_path / "cache" / "waveforms").iterdir()) == []


def test_what_has_no_sound_has_no_waveform(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("no sound" * 1000)
    with pytest.raises(BadInput, match="No sound"):
        make_waveform(tmp_path / "text.wav")
    with pytest.raises(Environment):
        make_waveform(tmp_path / "gone.wav")
