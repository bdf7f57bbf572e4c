"""Damaged recordings are testimony still: taken with a warning, or refused clearly."""

from __future__ import annotations

import struct
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_media import BY_NAME, RECIPES, Recipe, chunk, make, tone, wav_bytes

from archive_app.errors import BadInput, Environment
from archive_app.media.probe import LONGEST_MS, probe
from archive_app.media.waveform import make_waveform

NEEDS_ITS_END = {"m4a", "mp4", "mov"}
"""Their index is written last: cut off, nothing can be played."""


@cache
def whole(name: str) -> bytes:
    with TemporaryDirectory() as folder:
        return make(Path(folder, "a"), BY_NAME[name], seconds=3.0).read_bytes()


@pytest.mark.parametrize("fraction", [0.4, 0.6, 0.9])
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
def test_a_recording_cut_off_is_taken_with_a_warning_and_its_true_length(
    tmp_path: Path, recipe: Recipe, fraction: float
) -> None:
    data = whole(recipe.name)
    path = tmp_path / f"a{recipe.extension}"
    path.write_bytes(data[: int(len(data) * fraction)])
    if recipe.name in NEEDS_ITS_END:
        with pytest.raises(BadInput, match="never finished writing it"):
            probe(path)
        return
    if recipe.name in {"vorbis", "opus"} and fraction == 0.4:
        return  # no page of sound is whole: tried by the test of any damage
    facts = probe(path)
    [warning] = facts.warnings
    assert "What is there is kept" in warning or "no proper end" in warning
    # Ogg's pages hold a second each, and headers weigh something in files this small.
    assert facts.duration_ms == pytest.approx(3000 * fraction, abs=1100)
    assert facts.duration_ms is not None
    assert facts.duration_ms < 3000
    assert make_waveform(path).duration_ms == pytest.approx(facts.duration_ms, abs=150)


def test_a_film_with_its_index_first_is_taken_though_cut_off(tmp_path: Path) -> None:
    recipe = Recipe("fast", "mp4", "aac", ".mp4", "MP4", "AAC", options={"movflags": "faststart"})
    data = make(tmp_path / "whole.mp4", recipe, seconds=3.0).read_bytes()
    path = tmp_path / "a.m4a"
    path.write_bytes(data[: len(data) * 2 // 3])
    facts = probe(path)
    assert any("cut off" in warning for warning in facts.warnings)
    assert facts.duration_ms == pytest.approx(2000, abs=300)


@pytest.mark.parametrize("length", [0, 0xFFFFFFFF])
def test_a_wav_whose_header_was_never_finished_is_taken_whole(tmp_path: Path, length: int) -> None:
    fmt = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16))
    size = struct.pack("<I", length)
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF" + size + b"WAVE" + fmt + b"data" + size + tone(1.0, 8000, 1).tobytes())
    facts = probe(path)
    [warning] = facts.warnings
    assert "never wrote how long" in warning
    assert facts.duration_ms == 1000
    assert make_waveform(path).duration_ms == 1000


def test_a_truncated_wav_says_what_it_should_have_and_has(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav_bytes(seconds=10.0)[: 44 + 16_000 * 4])
    facts = probe(path)
    [warning] = facts.warnings
    assert "160 KB" in warning
    assert "64 KB" in warning
    assert facts.duration_ms == 4000


def check(data: bytes, extension: str) -> None:
    """Whatever the bytes are: facts that make sense, or a clear refusal, and soon."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"a{extension}")
        path.write_bytes(data)
        before = time.monotonic()
        with suppress(BadInput, Environment):
            facts = probe(path)
            assert facts.duration_ms is None or 0 < facts.duration_ms <= LONGEST_MS
            assert facts.sample_rate_hz is None or facts.sample_rate_hz > 0
            assert all(value == value.strip() != "" for value in facts.embedded_tags.values())
        with suppress(BadInput, Environment):
            assert make_waveform(path).envelope.frames > 0
        assert time.monotonic() - before < 20


edits = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 12),
        st.one_of(st.binary(max_size=12), st.sampled_from([b"\xff" * 4, b"\0" * 8, b"\x7f" * 8])),
    ),
    min_size=1,
    max_size=6,
)


def corrupted(data: bytes, changes: list[tuple[float, int, bytes]], within: int) -> bytes:
    for place, removed, put in changes:
        at = int(place * min(len(data), within))
        data = data[:at] + put + data[at + removed :]
    return data


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
@settings(max_examples=25)
@given(changes=edits, within=st.sampled_from([200, 2000, 10**9]))
def test_any_damage_gives_facts_or_a_clear_refusal(
    recipe: Recipe, changes: list[tuple[float, int, bytes]], within: int
) -> None:
    check(corrupted(whole(recipe.name), changes, within), recipe.extension)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
@settings(max_examples=8)
@given(fraction=st.floats(0, 1))
def test_cut_off_anywhere_gives_facts_or_a_clear_refusal(recipe: Recipe, fraction: float) -> None:
    data = whole(recipe.name)
    check(data[: int(fraction * len(data))], recipe.extension)


@pytest.mark.long
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
@settings(max_examples=1500)
@given(changes=edits, within=st.sampled_from([200, 2000, 10**9]))
def test_any_damage_gives_facts_or_a_clear_refusal_long(
    recipe: Recipe, changes: list[tuple[float, int, bytes]], within: int
) -> None:
    check(corrupted(whole(recipe.name), changes, within), recipe.extension)


@settings(max_examples=60)
@given(
    start=st.sampled_from(
        [
            *(
                b"",
                b"RIFF\0\0\0\0WAVE",
                b"fLaC",
                b"OggS\0\2",
                b"\x1aE\xdf\xa3webm",
                b"FORM\0\0\0\0AIFF",
            ),
            *(
                b"\0\0\0\x18ftypM4A ",
                b"\0\0\0\x14ftypqt  ",
                b"ID3\4\0\0\0\0\0\x01",
                b"\xff\xfb\x90\x64",
            ),
            bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"),
        ]
    ),
    rest=st.binary(max_size=3000),
)
def test_noise_behind_any_known_beginning_gives_a_clear_answer(start: bytes, rest: bytes) -> None:
    check(start + rest, ".wav")
