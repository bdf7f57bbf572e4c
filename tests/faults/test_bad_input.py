"""Files from outside that are damaged or hostile: refused in one line, with nothing left behind."""

from __future__ import annotations

import hashlib
import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Cli = Callable[..., CompletedProcess[str]]

VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ana>Dobar dan.\n"


@pytest.fixture(autouse=True)
def meant(sample_archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(sample_archive))
    return sample_archive


def told(cli: Cli, *words: object, status: int = 0) -> Any:
    return json.loads(cli(*words, "--json", status=status).stdout)


# -- backups -----------------------------------------------------------------------------------


@pytest.fixture
def good(cli: Cli, tmp_path: Path) -> dict[str, bytes]:
    """The members of a good backup."""
    file = tmp_path / "good.zip"
    cli("backup", file)
    with zipfile.ZipFile(file) as bundle:
        members = {name: bundle.read(name) for name in bundle.namelist()}
    file.unlink()
    return members


def zipped(members: Mapping[str, bytes], *, compressed: bool = False) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(
        memory, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    ) as bundle:
        for name, data in members.items():
            bundle.writestr(zipfile.ZipInfo(name), data, bundle.compression)
    return memory.getvalue()


def with_manifest(members: Mapping[str, bytes], **files: str | None) -> dict[str, bytes]:
    manifest = json.loads(members["manifest.json"])
    for name, sha256 in files.items():
        if sha256 is None:
            del manifest["files"][name]
        else:
            manifest["files"][name] = sha256
    return {**members, "manifest.json": json.dumps(manifest).encode()}


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def with_file(members: Mapping[str, bytes], name: str, data: bytes = b"evil") -> dict[str, bytes]:
    return {**with_manifest(members, **{name: sha(data)}), name: data}


HOSTILE_NAMES = (
    "../evil", "media/../../evil", "/tmp/evil", "C:\\evil", "media\\..\\evil", "media/CON",
    "media/ab/x:stream", "backups/evil", "media/ab/../../../evil", "archive.lock", "evil",
    "media/AB/" + "AB" * 32, "media/cd/" + "ab" * 32 + ".wav", "ARCHIVE.DB",
    "media/ab/" + "ab" * 32,
)  # fmt: skip


def refused(cli: Cli, tmp_path: Path, data: bytes) -> str:
    """Restore it, see that it is refused and that nothing is left, and return the complaint."""
    file = tmp_path / "bad.zip"
    file.write_bytes(data)
    place = tmp_path / "place"
    place.mkdir(exist_ok=True)
    done = cli("restore", file, place / "New", status=1)
    assert list(place.iterdir()) == []
    assert not list(tmp_path.rglob("evil*"))
    (line,) = done.stderr.splitlines()
    assert "bad.zip" in line
    assert "Nothing was restored" in line
    return line


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_backup_that_names_a_file_elsewhere_is_refused(
    cli: Cli, tmp_path: Path, good: dict[str, bytes], name: str
) -> None:
    refused(cli, tmp_path, zipped(with_file(good, name)))


def test_a_backup_with_a_wrong_hash_is_refused(
    cli: Cli, tmp_path: Path, good: dict[str, bytes]
) -> None:
    for name in good:
        if name != "manifest.json":
            refused(cli, tmp_path, zipped({**good, name: good[name][:-1] + b"?"}))


def test_a_backup_without_one_of_its_files_is_refused(
    cli: Cli, tmp_path: Path, good: dict[str, bytes]
) -> None:
    for name in good:
        refused(cli, tmp_path, zipped({k: v for k, v in good.items() if k != name}))


def test_a_backup_whose_database_knows_more_recordings_than_it_holds_is_refused(
    cli: Cli, tmp_path: Path, good: dict[str, bytes]
) -> None:
    name = next(name for name in good if name.startswith("media/"))
    members = with_manifest({k: v for k, v in good.items() if k != name}, **{name: None})
    refused(cli, tmp_path, zipped(members))


def test_a_backup_with_a_file_more_than_its_manifest_is_refused(
    cli: Cli, tmp_path: Path, good: dict[str, bytes]
) -> None:
    refused(cli, tmp_path, zipped({**good, "evil": b"x"}))


def test_a_backup_that_would_swell_is_refused_before_it_is_read(
    cli: Cli, tmp_path: Path, good: dict[str, bytes]
) -> None:
    bomb = b"\0" * (50 << 20)
    refused(cli, tmp_path, zipped(with_file(good, "media/ab/" + "ab" * 32, bomb), compressed=True))
    swollen = {**good, "manifest.json": good["manifest.json"] + b" " * (20 << 20)}
    refused(cli, tmp_path, zipped(swollen, compressed=True))


def test_a_backup_whose_entries_share_their_bytes_is_refused(
    cli: Cli, tmp_path: Path, good: dict[str, bytes]
) -> None:
    """A bomb without compression: a thousand names for one stored file."""
    data = bytearray(zipped(good))
    end = data.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack("<HII", data[end + 10 : end + 20])
    directory = bytes(data[start : start + size])
    first = directory[: 46 + struct.unpack("<H", directory[28:30])[0]]
    for number in range(1000):
        copy = bytearray(first)
        copy[46:50] = f"{number:04}".encode()
        directory += bytes(copy)
    data[start:] = directory + data[end:]
    end = data.rindex(b"PK\x05\x06")
    total = count + 1000
    data[end + 8 : end + 16] = struct.pack("<HHI", total, total, len(directory))
    refused(cli, tmp_path, bytes(data))


def test_a_backup_with_the_same_name_twice_is_refused(
    cli: Cli, tmp_path: Path, good: dict[str, bytes]
) -> None:
    memory = io.BytesIO(zipped(good))
    with zipfile.ZipFile(memory, "a") as bundle, pytest.warns(UserWarning, match="Duplicate"):
        bundle.writestr("archive.db", b"other")
    refused(cli, tmp_path, memory.getvalue())


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{}", b'{"files": []}', b'{"files": {"archive.db": 1}}', b"\xff\xfe", b"null",
     b'{"files": {}}', b"{" * 100_000, b"[" * 100_000],
)  # fmt: skip
def test_a_backup_with_a_senseless_manifest_is_refused(
    cli: Cli, tmp_path: Path, good: dict[str, bytes], manifest: bytes
) -> None:
    refused(cli, tmp_path, zipped({**good, "manifest.json": manifest}))


def test_a_backup_of_something_that_is_no_archive_is_refused(
    cli: Cli, tmp_path: Path, good: dict[str, bytes]
) -> None:
    refused(
        cli, tmp_path, zipped(with_file(good, "archive.db", b"SQLite format 3\0" + b"x" * 9000))
    )
    refused(cli, tmp_path, zipped(with_file(good, "archive.db", b"")))


def test_a_damaged_backup_is_refused_wherever_the_damage_is(
    cli: Cli, tmp_path: Path, good: dict[str, bytes]
) -> None:
    data = zipped(good)
    chance = random.Random(3)
    for cut in (0, 1, 100, len(data) // 2, len(data) - 30, len(data) - 1):
        refused(cli, tmp_path, data[:cut])
    for _ in range(12):
        place = chance.randrange(len(data) - 200_000, len(data))
        damaged = bytearray(data)
        damaged[place : place + 8] = chance.randbytes(8)
        file = tmp_path / "bad.zip"
        file.write_bytes(damaged)
        done = cli("restore", file, tmp_path / "place" / "New", status=None)
        if done.returncode == 0:  # the damage fell on what nobody reads
            told(cli, "check", "--archive", tmp_path / "place" / "New.oralhistory")
            import shutil

            shutil.rmtree(tmp_path / "place" / "New.oralhistory")
        assert "Traceback" not in done.stderr


def test_a_backup_by_a_newer_program_says_so(
    cli: Cli, tmp_path: Path, good: dict[str, bytes]
) -> None:
    manifest = {**json.loads(good["manifest.json"]), "format": 99}
    newer = {**good, "manifest.json": json.dumps(manifest).encode()}
    assert "newer" in refused(cli, tmp_path, zipped(newer))


# -- recordings, transcripts, records ------------------------------------------------------------

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE ROOT [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + ']><ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record><title>&j;</title>'
    "</record></ROOT>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE ROOT [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record><title>&x;</title></record>'
    "</ROOT>"
)
DEEP = '{"format": "oral-history-archive", "x": ' + "[" * 200_000
HUGE = '{"segments": [{"start": 1e300, "end": 1e301, "text": "a"}]}'

BAD_FILES: tuple[tuple[str, bytes], ...] = (
    ("empty.vtt", b""),
    ("empty.txt", b""),
    ("empty.wav", b""),
    ("empty.flac", b""),
    ("empty.mp4", b""),
    ("cut.wav", b"RIFF\xff\xff\x00\x00WAVEfmt "),
    ("cut.flac", b"fLaC\x00\x00\x00\x22"),
    ("noise.opus", random.Random(1).randbytes(5000)),
    ("noise.mp3", random.Random(2).randbytes(5000)),
    ("noise.vtt", random.Random(3).randbytes(5000)),
    ("picture.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100),
    ("document.docx", b"PK\x03\x04" + b"x" * 100),
    ("bomb.xml", BOMB.encode()),
    ("outside.xml", OUTSIDE.encode()),
    ("cut.xml", b'<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record>'),
    ("other.xml", b"<html><body/></html>"),
    ("cut.json", b'{"segments": ['),
    ("deep.json", DEEP.encode()),
    ("array.json", b"[1, 2, 3]"),
    ("huge.json", HUGE.encode()),
    ("none.srt", b"just words"),
)


@pytest.mark.parametrize(("name", "data"), BAD_FILES, ids=[name for name, _ in BAD_FILES])
def test_a_bad_file_is_one_line_and_the_others_are_in(
    cli: Cli, tmp_path: Path, meant: Path, name: str, data: bytes
) -> None:
    good, bad = tmp_path / "good.vtt", tmp_path / name
    good.write_text(VTT)
    bad.write_bytes(data)
    media = sorted((meant / "media").rglob("*"))
    done = cli("import", bad, good, "--json", status=None)
    first, second = json.loads(done.stdout)["files"]
    assert second["status"] == "imported"
    if first["status"] == "imported":  # a text is a text: then nothing of it may be lost
        assert name in ("none.srt", "array.json", "huge.json")
    else:
        assert done.returncode == 1
        assert (first["status"], first["accession"]) == ("failed", "")
        assert len(first["error"]) > 20
        assert len(done.stderr.splitlines()) == 1
        assert len(told(cli, "list")["interviews"]) == 5
        assert sorted((meant / "media").rglob("*")) == media
    assert "root:" not in done.stdout
    assert told(cli, "check")["problems"] == []


def test_a_recording_that_ends_too_early_is_refused_or_said_to_be_cut(
    cli: Cli, tmp_path: Path, meant: Path
) -> None:
    for suffix in ("flac", "opus"):
        whole = next((meant / "media").rglob(f"*.{suffix}")).read_bytes()
        cut = tmp_path / f"cut.{suffix}"
        cut.write_bytes(whole[: len(whole) // 2])
        (one,) = json.loads(cli("import", cut, "--json", status=None).stdout)["files"]
        assert one["status"] == "failed" or one["losses"], suffix
        if one["status"] == "imported":
            (recording,) = told(cli, "show", one["accession"])["recordings"]
            assert recording["sha256"] == sha(cut.read_bytes())


def test_captions_with_senseless_times_come_in_with_all_their_words(
    cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "times.vtt"
    file.write_text(
        "WEBVTT\n\n00:05.000 --> 00:03.000\nOne.\n\n00:05.000 --> 00:05.000\nTwo.\n\n"
        "99:99:99.999 --> xx\nThree.\n\n00:01.000 --> 00:02.000\nFour.\n"
    )
    (one,) = told(cli, "import", file)["files"]
    assert one["losses"]
    (transcript,) = told(cli, "show", one["accession"], "--transcript")["transcripts"]
    words = " ".join(turn["text"] for turn in transcript["turns"])
    assert all(word in words for word in ("One.", "Two.", "Three.", "Four."))
    for turn in transcript["turns"]:
        if turn["start_ms"] is not None and turn["end_ms"] is not None:
            assert turn["start_ms"] <= turn["end_ms"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_a_text_in_another_encoding_comes_in_or_says_why_not(
    cli: Cli, tmp_path: Path, encoding: str
) -> None:
    said = "Мы приехали в Белград осенью, и первое время жили у знакомых на Врачаре."
    file = tmp_path / "text.txt"
    file.write_bytes(said.encode(encoding))
    (one,) = json.loads(cli("import", file, "--json", status=None).stdout)["files"]
    if one["status"] == "failed":
        assert one["error"]
        return
    (transcript,) = told(cli, "show", one["accession"], "--transcript")["transcripts"]
    assert transcript["turns"][0]["text"] == said or one["losses"]


JSON_FIELDS = (
    '"start_ms": 99999999999999999999999', '"start_ms": -5', '"start_ms": "x"', '"start_ms": 1e400',
    '"text": 5', '"text": "\\ud800"', '"text": "a\\u0000b"', '"footnotes": [{"offset": 99}]',
    '"timed": [{"start": 5, "end": 2, "start_ms": 0, "end_ms": 0}]', '"speaker": null',
)  # fmt: skip


@pytest.mark.parametrize("field", JSON_FIELDS)
def test_a_whole_interview_with_a_senseless_value_is_refused_or_taken_in_whole(
    cli: Cli, tmp_path: Path, field: str
) -> None:
    file = tmp_path / "x.json"
    cli("export", "MRB-004", "--format", "json", "-o", file, "--audience", "staff")
    document = json.loads(file.read_text("utf-8"))
    text = json.dumps(document, ensure_ascii=False)
    assert text.count('"turns": [{') == 2
    text = text.replace('"turns": [{', f'"turns": [{{"n": 1, {field}}}, {{', 1)
    text = text.replace('"MRB-004"', '"OTHER"')
    file.write_text(text, "utf-8")
    done = cli("import", file, "--json", status=None)
    assert "Traceback" not in done.stderr
    (one,) = json.loads(done.stdout)["files"]
    assert (one["status"] == "failed") == (done.returncode == 1)
    assert told(cli, "check")["problems"] == []


def test_a_table_of_records_that_names_a_number_twice_is_refused_whole(
    cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "records.csv"
    file.write_text("accession,title\nA-1,One\nA-2,Two\nA-1,Three\n", "utf-8")
    (tmp_path / "good.vtt").write_text(VTT)
    document = told(cli, "import", file, tmp_path / "good.vtt", status=1)
    assert [one["status"] for one in document["files"]] == ["failed", "imported"]
    assert len(document["files"][0]["error"]) > 20
    assert len(told(cli, "list")["interviews"]) == 5


def test_a_table_of_records_does_not_go_into_one_interview(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "records.csv"
    file.write_text("accession,title\nA-1,One\nA-2,Two\n", "utf-8")
    (one,) = told(cli, "import", file, "--interview", "MRB-001", status=1)["files"]
    assert one["status"] == "failed"
    assert told(cli, "import", file)["files"][0]["accession"] == "A-1, A-2"


def test_a_record_whose_number_is_taken_changes_nothing_of_the_interview_that_has_it(
    cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "x.json"
    cli("export", "MRB-004", "--format", "json", "-o", file, "--audience", "staff")
    before = told(cli, "show", "MRB-004", "--transcript")
    (one,) = told(cli, "import", file, status=1)["files"]
    assert "MRB-004" in one["error"]
    assert told(cli, "show", "MRB-004", "--transcript") == before


def test_names_of_files_that_are_no_text_are_no_obstacle(cli: Cli, tmp_path: Path) -> None:
    import os

    odd = os.fsencode(tmp_path) + b"/caf\xe9 \xff.vtt"
    try:
        with open(odd, "wb") as file:  # noqa: PTH123
            file.write(VTT.encode())
    except OSError:
        pytest.skip("this file system takes no such names")
    (one,) = told(cli, "import", os.fsdecode(odd))["files"]
    assert one["status"] == "imported"
    assert told(cli, "show", one["accession"])["title"].startswith("caf")


def test_a_link_to_itself_and_a_pipe_in_a_folder_are_no_trap(cli: Cli, tmp_path: Path) -> None:
    import os

    folder = tmp_path / "box"
    folder.mkdir()
    (folder / "good.vtt").write_text(VTT)
    (folder / "loop").symlink_to(folder)
    (folder / "self.vtt").symlink_to(folder / "self.vtt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.wav")
        os.mkfifo(folder / "pipe.txt")
    document = told(cli, "import", folder, status=1)
    statuses = {Path(one["path"]).name: one["status"] for one in document["files"]}
    assert statuses.pop("good.vtt") == "imported"
    assert set(statuses.values()) == {"failed"}
