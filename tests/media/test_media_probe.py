"""What a probe tells of recordings of every format."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from make_media import BY_NAME, RECIPES, Recipe, bext, chunk, info, make, make_wav, tone, wav_bytes

from archive_app.errors import BadInput, Environment
from archive_app.media.formats import is_media
from archive_app.media.probe import probe
from archive_app.media.tags import MOST_CHARACTERS, MOST_TAGS, as_moment


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
def test_each_format_tells_its_facts(tmp_path: Path, recipe: Recipe) -> None:
    path = make(tmp_path / f"разговор{recipe.extension}", recipe)
    facts = probe(path)
    assert facts.format_name == recipe.format_name
    assert facts.codec == recipe.shown_codec
    assert facts.sample_rate_hz == recipe.rate
    assert facts.channels == 2
    assert facts.bit_depth == recipe.bit_depth
    assert facts.has_video == bool(recipe.video)
    assert facts.duration_ms == pytest.approx(600, abs=50)
    assert facts.size_bytes == path.stat().st_size
    assert facts.warnings == ()
    assert facts.extension == recipe.extension


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
def test_each_formats_tags_come_under_readable_keys(tmp_path: Path, recipe: Recipe) -> None:
    tags = probe(make(tmp_path / f"a{recipe.extension}", recipe)).embedded_tags
    assert tags["title"] == "Разговор"
    assert tags["comment"] == "ћерка"
    if recipe.name != "aiff":  # FFmpeg writes no artist there
        assert tags["artist"] == "Живка"


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
def test_a_wrong_extension_is_a_warning(tmp_path: Path, recipe: Recipe) -> None:
    facts = probe(make(tmp_path / "a.txt", recipe))
    assert facts.format_name == recipe.format_name
    [warning] = facts.warnings
    assert ".txt" in warning


def test_an_upper_case_extension_is_none(tmp_path: Path) -> None:
    assert probe(make(tmp_path / "A.WAV", BY_NAME["wav"])).warnings == ()


@pytest.mark.parametrize(
    ("kind", "name"), [("RF64", "WAV (RF64)"), ("WAV", "WAV"), ("WAVEX", "WAV"), ("AIFF", "AIFF")]
)
@pytest.mark.parametrize(
    ("subtype", "bits"), [("PCM_16", 16), ("PCM_24", 24), ("FLOAT", 32), ("PCM_S8", 8)]
)
def test_bit_depths_are_told(tmp_path: Path, kind: str, name: str, subtype: str, bits: int) -> None:
    if subtype == "PCM_S8" and kind != "AIFF":
        subtype = "PCM_U8"
    path = tmp_path / ("a.aiff" if kind == "AIFF" else "a.wav")
    facts = probe(make_wav(path, kind=kind, subtype=subtype))
    assert (facts.format_name, facts.bit_depth, facts.duration_ms) == (name, bits, 500)
    assert facts.sample_rate_hz == 8000


@pytest.mark.parametrize("subtype", ["ULAW", "ALAW", "IMA_ADPCM", "MS_ADPCM", "GSM610"])
def test_old_dictation_codecs_have_their_length(tmp_path: Path, subtype: str) -> None:
    facts = probe(make_wav(tmp_path / "a.wav", seconds=2.0, subtype=subtype))
    assert facts.duration_ms == pytest.approx(2000, abs=70)
    assert facts.bit_depth is None
    assert not facts.codec.startswith("WAVE")


def test_bw64_is_read(tmp_path: Path) -> None:
    data = tone(0.5, 8000, 1).tobytes()
    fmt = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16))
    ds64 = chunk(b"ds64", struct.pack("<QQQI", 9999, len(data), 4000, 0))
    body = b"WAVE" + ds64 + fmt + b"data" + b"\xff" * 4 + data
    path = tmp_path / "a.wav"
    path.write_bytes(b"BW64" + b"\xff" * 4 + body)
    facts = probe(path)
    assert (facts.container, facts.duration_ms, facts.warnings) == ("BW64", 500, ())


def test_a_broadcast_wave_tells_when_and_with_what_it_was_recorded(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav_bytes(bext("Први разговор", "ZOOM H5", "2022-09-14", "10:20:30")))
    facts = probe(path)
    assert facts.recorded_at == "2022-09-14T10:20:30"
    assert facts.device == "ZOOM H5"
    assert facts.embedded_tags["description"] == "Први разговор"
    assert facts.embedded_tags["originator"] == "ZOOM H5"
    assert facts.embedded_tags["coding history"].startswith("A=PCM")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Разговор".encode(), "Разговор"),
        ("Разговор".encode("cp1251"), "Разговор"),
        ("Priča o ocu, Čačak".encode("cp1250"), "Priča o ocu, Čačak"),
        (b"plain", "plain"),
        (b"before\0after", "before"),
    ],
)
def test_info_is_read_in_the_code_pages_of_the_region(
    tmp_path: Path, data: bytes, text: str
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav_bytes(info((b"INAM", data), (b"ISFT", b"Recorder 1.2"))))
    tags = probe(path).embedded_tags
    assert tags == {"title": text, "encoder": "Recorder 1.2"}


def test_ixml_is_read_without_a_parser(tmp_path: Path) -> None:
    ixml = "<BWFXML><PROJECT>Дом &amp; двор</PROJECT><TAKE>3</TAKE></BWFXML>".encode()
    path = tmp_path / "a.wav"
    path.write_bytes(wav_bytes(chunk(b"iXML", ixml)))
    tags = probe(path).embedded_tags
    assert tags["ixml project"] == "Дом & двор"
    assert tags["ixml take"] == "3"


def test_an_id3_chunk_in_a_wav_is_read(tmp_path: Path) -> None:
    from mutagen.wave import WAVE

    path = make_wav(tmp_path / "a.wav")
    wave = WAVE(path)
    wave.add_tags()
    from mutagen.id3 import TIT2

    wave["TIT2"] = TIT2(encoding=3, text="Наслов")
    wave.save()
    assert probe(path).embedded_tags["title"] == "Наслов"


def test_cyrillic_that_was_called_latin_1_is_mended(tmp_path: Path) -> None:
    from mutagen.id3 import ID3, TIT2

    path = make(tmp_path / "a.mp3", BY_NAME["mp3"], tags={})
    tags = ID3()
    tags["TIT2"] = TIT2(encoding=0, text="Интервью".encode("cp1251").decode("latin-1"))
    tags.save(path)
    assert probe(path).embedded_tags["title"] == "Интервью"


def test_pictures_are_left_out_and_tags_are_bounded(tmp_path: Path) -> None:
    from mutagen.id3 import APIC, COMM, ID3, TXXX

    path = make(tmp_path / "a.mp3", BY_NAME["mp3"], tags={})
    tags = ID3()
    tags["APIC:"] = APIC(encoding=3, mime="image/png", type=3, desc="", data=b"\x89PNG" * 1000)
    tags["COMM::eng"] = COMM(encoding=3, lang="eng", desc="", text="x\ny\0" + "z" * 100_000)
    for index in range(500):
        tags[f"TXXX:{index}"] = TXXX(encoding=3, desc=f"field {index}", text="\x07bell\u202e")
    tags.save(path)
    facts = probe(path)
    assert not facts.has_video
    found = facts.embedded_tags
    assert len(found) <= MOST_TAGS
    assert all(0 < len(value) <= MOST_CHARACTERS for value in found.values())
    assert all("PNG" not in value for value in found.values())
    assert all(c.isprintable() or c == "\u202e" for value in found.values() for c in value)


def test_an_mp3_without_a_table_of_contents_is_measured(tmp_path: Path) -> None:
    path = make(tmp_path / "a.mp3", BY_NAME["mp3"], seconds=3.0, tags={})
    data = path.read_bytes()
    path.write_bytes(data[data.index(b"Info") + 400 :])  # begins in the middle of a frame
    assert probe(path).duration_ms == pytest.approx(3000, abs=100)


def test_the_date_of_a_film_is_told(tmp_path: Path) -> None:
    tags = {"creation_time": "2021-05-06T07:08:09Z"}
    facts = probe(make(tmp_path / "a.mp4", BY_NAME["mp4"], tags=tags))
    assert facts.recorded_at == "2021-05-06T07:08:09Z"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022", "2022"),
        ("2022-09", "2022-09"),
        ("2022:09:14 1:02:03", "2022-09-14T01:02:03"),
        ("2022-09-14T10:20:30.000000Z", "2022-09-14T10:20:30Z"),
        ("2022-09-14T10:20:30+0200", "2022-09-14T10:20:30+0200"),
        ("2022-09-14 10-20-30", "2022-09-14T10:20:30"),
        ("1904-01-01T00:00:00Z", ""),
        ("1970-01-01", ""),
        ("0000-00-00", ""),
        ("2022-13-40", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates_are_told_as_exactly_as_they_are(text: str, moment: str) -> None:
    assert as_moment(text) == moment


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
def test_a_folder_walk_sees_recordings_with_or_without_their_extension(
    tmp_path: Path, recipe: Recipe
) -> None:
    assert is_media(make(tmp_path / f"a{recipe.extension}", recipe))
    assert is_media(make(tmp_path / "b", recipe))


def test_a_folder_walk_passes_over_everything_else(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Разговор " * 1000)
    (tmp_path / "random.bin").write_bytes(os.urandom(100_000))
    (tmp_path / "._a.wav").write_bytes(bytes.fromhex("00051607") + b"\0" * 100)
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\xff\xfb" * 50)
    os.mkfifo(tmp_path / "pipe.wav")
    assert not any(is_media(path) for path in tmp_path.iterdir())
    assert not is_media(tmp_path / "gone.wav")


def test_a_play_list_is_not_followed(tmp_path: Path) -> None:
    secret = make_wav(tmp_path / "secret.wav")
    path = tmp_path / "a.mp3"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n")
    with pytest.raises(BadInput, match="not a recording"):
        probe(path)


def test_what_is_no_recording_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "empty.mp3").write_bytes(b"")
    (tmp_path / "text.mp3").write_text("Разговор са Живком. " * 500)
    (tmp_path / "random.wav").write_bytes(os.urandom(100_000))
    (tmp_path / "header.wav").write_bytes(wav_bytes(seconds=0))
    (tmp_path / "riff.wav").write_bytes(b"RIFF\x04\0\0\0WAVE")
    for name, message in [
        ("empty.mp3", "is empty"),
        ("text.mp3", "not a recording"),
        ("random.wav", "not a recording"),
        ("header.wav", "no sound"),
        ("riff.wav", "begins as WAV"),
        (".", "folder"),
    ]:
        with pytest.raises(BadInput, match=message):
            probe(tmp_path / name)
    with pytest.raises(Environment, match="not there any more"):
        probe(tmp_path / "vanished.wav")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told_so(tmp_path: Path) -> None:
    path = make_wav(tmp_path / "a.wav")
    path.chmod(0)
    with pytest.raises(Environment, match="may not be read"):
        probe(path)
