"""Files that other systems wrote, through the command line and back: no word is lost."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from xml.etree import ElementTree

import pytest

from archive_app.exchange import formats

Cli = Callable[..., CompletedProcess[str]]

OHMS = "{https://www.weareavp.com/nunncenter/ohms}"
ACCESSIONS = {
    "hanford_OH0139.xml": "OH0139",
    "duarte_OH0344.xml": "OH0344",
    "chappelear-ohmsvtt-example.xml": "OH1153",
    "empty_ohms.xml": "OH0010",
}


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> tuple[Path, Any]:
    """An archive into which the whole folder was imported, and what ``import`` told."""
    import contextlib
    import io

    from archive_app.__main__ import main

    place = tmp_path_factory.mktemp("real")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORAL_HISTORY_HOME", str(place / "home"))
        patch.setenv("ORAL_HISTORY_ARCHIVE", str(place / "Real.oralhistory"))
        with contextlib.redirect_stdout(io.StringIO()):
            assert main(["new", str(place / "Real")]) == 0
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            status = main(["import", str(samples), "--json"])
    return place, (status, json.loads(out.getvalue()))


@pytest.fixture
def real(
    taken_in: tuple[Path, Any], tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """A copy of that archive, named to the command line; accession numbers by file name."""
    place, (_, document) = taken_in
    shutil.copytree(place / "home", own_home, dirs_exist_ok=True)
    folder = shutil.copytree(place / "Real.oralhistory", tmp_path / "Real.oralhistory")
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(folder))
    return {Path(one["path"]).name: one["accession"] for one in document["files"]}


def told(cli: Cli, *words: object) -> Any:
    return json.loads(cli(*words, "--json").stdout)


def words_shown(cli: Cli, accession: str) -> list[str]:
    (transcript,) = told(cli, "show", accession, "--transcript")["transcripts"]
    return [word for turn in transcript["turns"] for word in turn["text"].split()]


def test_the_whole_folder_comes_in(taken_in: tuple[Path, Any], samples: Path) -> None:
    status, document = taken_in[1]
    assert status == 0
    wanted = {p.name for p in samples.rglob("*.*") if p.suffix in {".xml", ".srt", ".vtt", ".txt"}}
    wanted |= {p.name for p in samples.rglob("*.json")}
    assert {Path(one["path"]).name for one in document["files"]} == wanted
    assert {one["status"] for one in document["files"]} == {"imported"}


def test_the_archive_is_sound_afterwards(cli: Cli, real: dict[str, str]) -> None:
    assert told(cli, "check")["problems"] == []


@pytest.mark.parametrize(
    "name", ["bruce-perens.vtt", "introduction-to-fossda.vtt", "jon-maddog-hall.vtt"]
)
def test_every_word_of_a_vtt_arrives_in_order(
    cli: Cli, real: dict[str, str], samples: Path, name: str
) -> None:
    said: list[str] = []
    is_cue = False
    for line in (samples / "vtt" / name).read_text("utf-8").split("\n"):
        if "-->" in line:
            is_cue = True
        elif not line.strip():
            is_cue = False
        elif is_cue:
            said += re.sub(r"<[^>]*>", " ", line).split()
    assert len(said) > 500
    assert words_shown(cli, real[name]) == said


@pytest.mark.parametrize("name", ["russian-lecture.srt", "serbian-cyrillic-lecture.srt"])
def test_every_word_of_an_srt_arrives_in_order(
    cli: Cli, real: dict[str, str], samples: Path, name: str
) -> None:
    blocks = re.split(r"\n\s*\n", (samples / "srt" / name).read_text("utf-8-sig").strip())
    said = [word for block in blocks for line in block.split("\n")[2:] for word in line.split()]
    assert len(said) > 1000
    assert words_shown(cli, real[name]) == said


def test_every_word_of_a_typed_text_arrives_in_order(
    cli: Cli, real: dict[str, str], samples: Path
) -> None:
    said = (samples / "text" / "russian-emigrants.txt").read_text("utf-8").split()
    assert len(said) > 5000
    assert words_shown(cli, real["russian-emigrants.txt"]) == said


def test_every_cue_of_a_vtt_keeps_its_start(cli: Cli, real: dict[str, str], samples: Path) -> None:
    text = (samples / "vtt" / "bruce-perens.vtt").read_text("utf-8")
    starts = [
        int(h) * 3_600_000 + int(m) * 60_000 + int(s) * 1000 + int(ms)
        for h, m, s, ms in re.findall(r"(\d\d):(\d\d):(\d\d)\.(\d{3}) -->", text)
    ]
    accession = real["bruce-perens.vtt"]
    (transcript,) = told(cli, "show", accession, "--transcript")["transcripts"]
    found = [word["start_ms"] for turn in transcript["turns"] for word in turn["words"]]
    assert found == starts
    assert {turn["speaker"] for turn in transcript["turns"]} == {"Heather Meeker", "Bruce Perens"}


def test_the_recognisers_turns_words_and_times_all_arrive(
    cli: Cli, real: dict[str, str], samples: Path
) -> None:
    raw = json.loads((samples / "whisper" / "smartphone-fr.words.json").read_text("utf-8"))
    shown = told(cli, "show", real["smartphone-fr.words.json"], "--transcript")
    (transcript,) = shown["transcripts"]
    assert (transcript["language"], len(transcript["turns"])) == ("fr", 38)
    timed = [
        (turn["text"][w["start"] : w["end"]], w["start_ms"], w["end_ms"])
        for turn in transcript["turns"]
        for w in turn["words"]
    ]
    expected = [
        (word["text"].strip(), round(word["start"] * 1000), round(word["end"] * 1000))
        for segment in raw["segments"]
        for word in segment["words"]
    ]
    assert len(expected) == 554
    assert timed == expected


def test_hanford_has_its_index_points_and_its_minutes_on_the_right_words(
    cli: Cli, real: dict[str, str], samples: Path
) -> None:
    check_ohms(cli, samples / "ohms" / "hanford_OH0139.xml", "OH0139", points=9, minutes=141)


def test_duarte_has_its_index_points_and_its_minutes_on_the_right_words(
    cli: Cli, real: dict[str, str], samples: Path
) -> None:
    check_ohms(cli, samples / "ohms" / "duarte_OH0344.xml", "OH0344", points=7, minutes=28)


def check_ohms(cli: Cli, path: Path, accession: str, *, points: int, minutes: int) -> None:
    record = ElementTree.parse(path).getroot().find(f"{OHMS}record")
    assert record is not None
    sync = re.findall(r"(\d+)\((\d+)\)", (record.findtext(f"{OHMS}sync") or "").split(":", 1)[1])
    lines = (record.findtext(f"{OHMS}transcript") or "").split("\n")
    shown = told(cli, "show", accession, "--transcript")
    wanted = [
        (int(p.findtext(f"{OHMS}time") or 0) * 1000, (p.findtext(f"{OHMS}title") or "").strip())
        for p in record.iter(f"{OHMS}point")
    ]
    assert len(wanted) == points
    assert [(p["start_ms"], p["title"]) for p in shown["index_points"]] == wanted
    assert len(sync) == minutes
    at = {
        timed["start_ms"]: turn["text"][timed["start"] :].split()[0]
        for turn in shown["transcripts"][0]["turns"]
        for timed in turn["words"]
    }
    # Lines and words count from 1: counted from 0, points would fall on blank lines.
    meant = {
        number * 60_000: bare(lines[int(line) - 1].split()[int(word) - 1])
        for number, (line, word) in enumerate(sync, 1)
    }
    assert {ms: bare(at[ms]) for ms in meant} == meant


def bare(word: str) -> str:
    """A word without the footnote marks around it."""
    return re.sub(r"\[\[/?footnote\]\]\d*", "", word)


def test_an_empty_record_is_a_catalogue_record_without_a_transcript(
    cli: Cli, real: dict[str, str]
) -> None:
    shown = told(cli, "show", "OH0010", "--transcript")
    assert shown["title"]
    assert shown["transcripts"] == []
    assert shown["index_points"] == []


def test_a_second_import_of_the_folder_knows_every_file(
    cli: Cli, real: dict[str, str], samples: Path
) -> None:
    document = told(cli, "import", samples)
    assert {one["status"] for one in document["files"]} == {"known"}
    assert {Path(one["path"]).name: one["accession"] for one in document["files"]} == real


def test_every_ohms_export_is_valid_by_the_formats_own_schema(
    cli: Cli, real: dict[str, str], samples: Path, tmp_path: Path
) -> None:
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    schema = etree.XMLSchema(etree.parse(samples / "ohms" / "ohms-6.0.xsd"))
    for accession in real.values():
        for audience in ("public", "staff"):
            file = tmp_path / "x.xml"
            cli("export", accession, "--format", "ohms", "-o", file, "--audience", audience)
            schema.assertValid(etree.parse(file))


def comparable(turns: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(t["speaker"], t["start_ms"], t["end_ms"], t["text"]) for t in turns]


SAMPLES = ("MRB-001", "MRB-002", "MRB-003", "MRB-004")


@pytest.mark.parametrize("format_", formats.WRITABLE)
@pytest.mark.parametrize("accession", SAMPLES)
def test_what_staff_export_comes_back_as_it_was(
    cli: Cli, sample_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    accession: str, format_: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(sample_archive))
    before = told(cli, "show", accession, "--transcript")
    file = tmp_path / f"{accession}{formats.EXTENSIONS[format_]}"
    cli("export", accession, "--format", format_, "-o", file, "--audience", "staff")
    cli("new", tmp_path / "Fresh")
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(tmp_path / "Fresh.oralhistory"))
    (one,) = told(cli, "import", file)["files"]
    assert one["status"] == "imported"
    after = told(cli, "show", one["accession"], "--transcript")
    first, again = before["transcripts"][0]["turns"], after["transcripts"][0]["turns"]
    assert [t["text"] for t in again] == [t["text"] for t in first]
    assert [t["speaker"] for t in again] == [t["speaker"] for t in first]
    if format_ == "text":
        assert [t["start_ms"] // 1000 for t in again] == [t["start_ms"] // 1000 for t in first]
    else:
        assert comparable(again) == comparable(first)
    if format_ in ("json", "csv"):
        assert [tags_of(t) for t in again] == [tags_of(t) for t in first]
    if format_ == "json":
        for name in ("title", "titles", "date", "abstract", "languages", "subjects", "keywords"):
            assert after[name] == before[name], name
        assert after["index_points"] == before["index_points"]
        assert len(after["transcripts"]) == 2
        assert comparable(after["transcripts"][1]["turns"]) == comparable(
            before["transcripts"][1]["turns"]
        )
    if format_ == "ohms":
        assert [(p["start_ms"] // 1000, p["title"]) for p in after["index_points"]] == [
            (p["start_ms"] // 1000, p["title"]) for p in before["index_points"]
        ]


def tags_of(turn: dict[str, Any]) -> list[tuple[Any, ...]]:
    return sorted((tag["tag"], tag["start"], tag["end"]) for tag in turn["tags"])
