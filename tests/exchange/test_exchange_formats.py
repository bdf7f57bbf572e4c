from __future__ import annotations

import random
from pathlib import Path

import pytest
from exchange_building import interview, of_parsed, told, transcript, turn
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_app.errors import BadInput, BadValue, NotFound
from archive_app.exchange import formats

CUE = "00:00:01.000 --> 00:00:02.000\nHi\n"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.vtt", b"WEBVTT\n", "vtt"),
        ("a.txt", b"\xef\xbb\xbfWEBVTT\n", "vtt"),
        ("a.txt", "WEBVTT\n".encode("utf-16"), "vtt"),
        ("a.vtt", CUE.encode(), "vtt"),
        ("a.txt", b"1\n" + CUE.replace(".", ",").encode(), "srt"),
        ("a.srt", CUE.encode(), "srt"),
        ("a.xml", b"<ROOT/>", "ohms"),
        ("a", b'<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms">', "ohms"),
        ("a.html", b"<html>", ""),
        ("a.json", b'{"segments": []}', "recogniser"),
        ("a.json", b'{"format": "oral-history-archive/interview"}', "json"),
        ("a.csv", b"text\nHi", "csv"),
        ("a.txt", "Добрый день".encode("cp1251"), "text"),
        ("a.md", b"Hello", "text"),
        ("a.docx", b"PK\x03\x04\x00\x00", "docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "docx"),
        ("a.bin", b"PK\x03\x04\x00\x00word/document.xml", "docx"),
        ("a.xlsx", b"PK\x03\x04\x00\x00xl/workbook.xml", ""),
        ("a.wav", b"RIFF\x00\x00\x00\x00WAVE", ""),
        ("a.txt", b"\x00\x01\x02\xff\xfe" * 20, ""),
        ("a.xyz", b"Hello", ""),
        ("a.txt", b"", "text"),
    ],
)
def test_a_format_is_told_by_content_then_by_name(name: str, data: bytes, expected: str) -> None:
    assert formats.detect(Path(name), data) == expected


def test_a_head_cut_within_a_letter_is_still_text() -> None:
    head = ("я" * formats.HEAD_BYTES).encode()[: formats.HEAD_BYTES - 1]
    assert formats.detect(Path("a.txt"), head) == "text"


@pytest.mark.parametrize("name", formats.WRITABLE)
def test_every_format_we_write_is_told_and_read_again(tmp_path: Path, name: str) -> None:
    turns = [turn("Добар дан.", speaker="Ана", start_ms=1000, end_ms=2003)]
    path = tmp_path / f"out{formats.EXTENSIONS[name]}"
    path.write_bytes(formats.write(name, interview(transcript(turns))).data)
    assert formats.detect(path, path.read_bytes()) == name
    found = formats.read(path)
    assert found.format == name
    assert told(found.transcripts[0].turns) == told(turns)


def test_every_real_file_is_told_and_read(samples: Path) -> None:
    expected = {"vtt": "vtt", "srt": "srt", "ohms": "ohms", "text": "text", "whisper": "recogniser"}
    read = 0
    for folder, name in expected.items():
        for path in sorted((samples / folder).iterdir()):
            if path.suffix == ".xsd":
                continue
            assert formats.read(path).format == name
            read += 1
    assert read >= 12


@pytest.mark.parametrize("name", formats.WRITABLE)
def test_every_real_transcript_comes_back_through_every_format(samples: Path, name: str) -> None:
    paths = [p for p in sorted(samples.glob("*/*")) if p.suffix != ".xsd"]
    for path in paths:
        for first in formats.read(path).transcripts:
            data = formats.write(name, interview(of_parsed(first))).data
            (again,) = formats.read_bytes(data, format=name)
            assert told(again.transcripts[0].turns) == told(first.turns), path.name


def test_what_cannot_be_read_or_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        formats.read(tmp_path / "absent.vtt")
    (tmp_path / "a.xyz").write_bytes(b"Hello")
    with pytest.raises(BadInput, match="vtt, srt"):
        formats.read(tmp_path / "a.xyz")
    with pytest.raises(BadValue):
        formats.write("recogniser", interview())
    (tmp_path / "b.csv").write_text("accession\nA\nB\n")
    with pytest.raises(BadInput, match="2 interviews"):
        formats.read(tmp_path / "b.csv")
    assert len(formats.read_all(tmp_path / "b.csv")) == 2


def test_an_encoding_that_was_guessed_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    words = "Мы уехали из России в марте, сначала в Ереван."
    path.write_bytes(f"1\n00:00:01,000 --> 00:00:02,000\n{words}\n".encode("cp1251"))
    found = formats.read(path)
    assert found.transcripts[0].turns[0].text == words
    assert "Windows-1251" in found.losses[0].what


def real_files() -> list[tuple[str, bytes]]:
    import os

    root = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    root = Path(os.environ.get("ORAL_HISTORY_SAMPLES", root))
    names = [
        ("vtt", "vtt/introduction-to-fossda.vtt"),
        ("srt", "srt/russian-lecture.srt"),
        ("ohms", "ohms/duarte_OH0344.xml"),
        ("ohms", "ohms/small-sample-vtt-ohms.xml"),
        ("recogniser", "whisper/smartphone-fr.words.json"),
        ("text", "text/russian-emigrants.txt"),
    ]
    return [(n, (root / p).read_bytes()[:9000]) for n, p in names if (root / p).is_file()]


@given(data=st.data())
@settings(max_examples=150)
def test_damaged_files_are_read_or_refused(samples: Path, data: st.DataObject) -> None:
    name, content = data.draw(st.sampled_from(real_files()))
    dice = random.Random(data.draw(st.integers(0, 2**32)))
    damaged = bytearray(content)
    for _ in range(dice.randrange(1, 12)):
        at = dice.randrange(len(damaged))
        match dice.randrange(4):
            case 0:
                damaged[at] = dice.randrange(256)
            case 1:
                del damaged[at : at + dice.randrange(1, 200)]
            case 2:
                damaged[at:at] = dice.choice(
                    [b"-->", b"\n\n", b"<v ", b"]]>", b"\0", b"99:99", b'{"', b"[[note]]", b"\xff"]
                )
            case _:
                other = dice.randrange(len(damaged))
                damaged[at : at + 50] = damaged[other : other + 50]
    wanted = data.draw(st.sampled_from([name, *formats.READABLE]))
    try:
        found = formats.read_bytes(bytes(damaged), format=wanted)
    except BadInput:
        return
    for one in found:
        for kept in one.transcripts:
            for t in kept.turns:
                assert "\n" not in t.text
                assert t.end_ms is None or t.start_ms is None or t.end_ms >= t.start_ms
                ends = 0
                for timed in t.timed:
                    assert ends <= timed.start < timed.end <= len(t.text)
                    assert timed.start_ms <= timed.end_ms
                    ends = timed.end
                assert all(0 <= note.offset <= len(t.text) for note in t.footnotes)


@given(st.text(max_size=300), st.sampled_from(formats.READABLE))
def test_any_text_is_read_or_refused_in_any_format(text: str, name: str) -> None:
    try:
        found = formats.read_bytes(text.encode("utf-8", "replace"), format=name)
    except BadInput:
        return
    assert all(
        not any(c in "\n\r\t\0" for c in t.text)
        for one in found
        for kept in one.transcripts
        for t in kept.turns
    )
