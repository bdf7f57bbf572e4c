"""What the commands do, and the shapes of what they print."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Cli = Callable[..., CompletedProcess[str]]

VTT = """WEBVTT

00:01.000 --> 00:03.000
<v Ana>Dobar dan, komšija.

00:03.000 --> 00:05.000
<v Viktor>Dobar dan. 😀 Kako ste?
"""


@pytest.fixture(autouse=True)
def meant(sample_archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(sample_archive))
    return sample_archive


def told(cli: Cli, *words: object, status: int = 0) -> Any:
    """The one JSON document that a command prints."""
    done = cli(*words, "--json", status=status)
    return json.loads(done.stdout)


def turns_of(cli: Cli, accession: str, transcript: int = 0) -> list[dict[str, Any]]:
    return told(cli, "show", accession, "--transcript")["transcripts"][transcript]["turns"]


def bytes_below(folder: Path) -> dict[str, str]:
    """Hashes of everything in an archive but the lock and the database's own log."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith((".lock", "-wal", "-shm"))
    }


# -- shapes ----------------------------------------------------------------------------------


def test_list_tells_just_the_promised_fields(cli: Cli) -> None:
    document = told(cli, "list")
    assert set(document) == {"interviews"}
    assert [one["accession"] for one in document["interviews"]] == [
        "MRB-001", "MRB-002", "MRB-003", "MRB-004",
    ]  # fmt: skip
    for one in document["interviews"]:
        assert set(one) == {"accession", "title", "date", "languages", "duration_ms", "turns"}
        assert one["duration_ms"] > 100_000
        assert 40 <= one["turns"] <= 200


def test_list_is_narrowed_by_collection_and_by_tag_with_the_tags_below_it(cli: Cli) -> None:
    def accessions(*words: str) -> list[str]:
        return [one["accession"] for one in told(cli, "list", *words)["interviews"]]

    assert accessions("--collection", "Neighbours") == ["MRB-004"]
    everything = accessions()
    assert accessions("--collection", "Mini Russia in Belgrade") == everything
    assert accessions("--tag", "departure/mobilization") == accessions("--tag", "mobilization")
    assert set(accessions("--tag", "mobilization")) <= set(accessions("--tag", "departure"))
    assert accessions("--tag", "отъезд") == accessions("--tag", "Departure")
    assert accessions("--collection", "Neighbours", "--tag", "journey/border") == []


def test_show_tells_the_record_its_recordings_and_index_points(cli: Cli) -> None:
    document = told(cli, "show", "MRB-003")
    assert document["accession"] == "MRB-003"
    assert document["titles"]["ru"]
    assert document["interviewees"] == ["Viktor (Сергей Волков)"] or "Viktor" in str(
        document["interviewees"]
    )
    assert "transcripts" not in document
    (recording,) = document["recordings"]
    assert {"file_name", "offset_ms", "duration_ms", "sha256", "codec"} <= set(recording)
    for point in document["index_points"]:
        assert {"start_ms", "end_ms", "title", "synopsis", "keywords"} <= set(point)
        assert point["start_ms"] < point["end_ms"]


def test_show_with_the_transcript_tells_turns_and_tags_on_their_words(cli: Cli) -> None:
    document = told(cli, "show", "mrb-003", "--transcript")
    original, translation = document["transcripts"]
    assert (original["language"], original["kind"]) == ("ru", "verbatim")
    assert (translation["language"], translation["kind"]) == ("en", "translation")
    for number, turn in enumerate(original["turns"], 1):
        assert {"n", "speaker", "start_ms", "end_ms", "text", "tags"} <= set(turn)
        assert turn["n"] == number
        for tag in turn["tags"]:
            assert set(tag) == {"tag", "start", "end"}
            assert 0 <= tag["start"] < tag["end"] <= len(turn["text"])
    found = {
        turn["text"][tag["start"] : tag["end"]]: tag["tag"]
        for turn in original["turns"]
        for tag in turn["tags"]
    }
    assert found["Комшија, Београд је за свакога"] == "language"


def test_search_tells_interviews_with_their_passages(cli: Cli) -> None:
    document = told(cli, "search", "мобилизация", "--limit", "2")
    assert {"query", "total", "interviews"} <= set(document)
    assert document["query"] == "мобилизация"
    assert document["total"] >= 3
    assert len(document["interviews"]) == 2
    scores = [one["score"] for one in document["interviews"]]
    assert scores == sorted(scores, reverse=True)
    for one in document["interviews"]:
        assert {"accession", "title", "score", "passages"} <= set(one)
        for passage in one["passages"]:
            assert {"turn", "speaker", "start_ms", "end_ms", "text", "matches"} <= set(passage)
            for start, end in passage["matches"]:
                assert passage["text"][start:end].casefold().startswith(("моби", "mobi"))


def test_a_hit_is_the_turn_that_show_counts_so(cli: Cli) -> None:
    for one in told(cli, "search", "Београд")["interviews"]:
        transcripts = told(cli, "show", one["accession"], "--transcript")["transcripts"]
        for passage in one["passages"]:
            (meant,) = [t for t in transcripts if t["language"] == passage["language"]]
            assert meant["turns"][passage["turn"] - 1]["text"] == passage["text"]


def test_tags_tells_the_tree_with_its_counts(cli: Cli) -> None:
    tags = {one["tag"]: one["count"] for one in told(cli, "tags")["tags"]}
    assert 20 <= len(tags) <= 40
    assert tags["departure/mobilization"] >= 4
    laid = [
        tag["tag"]
        for accession in ("MRB-001", "MRB-002", "MRB-003", "MRB-004")
        for turn in turns_of(cli, accession)
        for tag in turn["tags"]
    ]
    assert sum(tags.values()) <= len(laid)


COMMANDS_FOR_PEOPLE = (
    ["list"], ["show", "MRB-003"], ["show", "MRB-003", "--transcript"], ["tags"],
    ["search", "дом"], ["history"], ["check"], ["reindex"],
)  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS_FOR_PEOPLE, ids=" ".join)
def test_without_json_lines_for_people_are_printed_and_nothing_on_stderr(
    cli: Cli, words: list[str]
) -> None:
    done = cli(*words)
    assert done.stdout.strip()
    assert done.stderr == ""
    with pytest.raises(json.JSONDecodeError):
        json.loads(done.stdout)


# -- taking in -------------------------------------------------------------------------------


def test_a_dry_run_tells_what_would_happen_and_changes_nothing(
    cli: Cli, tmp_path: Path, meant: Path
) -> None:
    file = tmp_path / "a.vtt"
    file.write_text(VTT)
    (tmp_path / "broken.vtt").write_bytes(b"\x00\x01\x02")
    before = bytes_below(meant)
    document = told(
        cli, "import", file, tmp_path / "broken.vtt", tmp_path / "none.srt", "--dry-run", status=1
    )
    assert [one["status"] for one in document["files"]] == ["imported", "failed", "failed"]
    assert bytes_below(meant) == before
    assert told(cli, "import", file)["files"][0]["status"] == "imported"


def test_import_tells_each_file_with_the_promised_fields(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "разговор.vtt"
    file.write_text(VTT)
    (one,) = told(cli, "import", file)["files"]
    assert {"path", "format", "status", "accession", "losses", "error"} <= set(one)
    assert (one["path"], one["format"], one["status"]) == (str(file), "vtt", "imported")
    assert one["losses"] == []
    assert one["error"] == ""
    record = told(cli, "show", one["accession"])
    assert record["title"] == "разговор"
    assert [turn["speaker"] for turn in turns_of(cli, one["accession"])] == ["Ana", "Viktor"]


def test_the_same_bytes_twice_are_known_whatever_the_file_is_called(
    cli: Cli, tmp_path: Path
) -> None:
    file, copy = tmp_path / "a.vtt", tmp_path / "b.vtt"
    file.write_text(VTT)
    shutil.copy(file, copy)
    first = told(cli, "import", file, file, copy)["files"]
    assert [(one["status"], one["accession"]) for one in first] == [
        ("imported", "OH-0005"), ("known", "OH-0005"),
    ]  # fmt: skip
    again = told(cli, "import", file, copy)["files"]
    assert [(one["status"], one["accession"]) for one in again] == [("known", "OH-0005")] * 2
    assert len(told(cli, "list")["interviews"]) == 5


def test_files_of_one_name_make_one_interview_with_the_recording_and_all_languages(
    cli: Cli, tmp_path: Path, meant: Path
) -> None:
    recording = next((meant / "media").rglob("*.flac"))
    folder = tmp_path / "box"
    folder.mkdir()
    (folder / "ana.flac").write_bytes(recording.read_bytes() + b"\0")
    (folder / "ana.sr-Latn.vtt").write_text(VTT)
    (folder / "ana.en.vtt").write_text(VTT.replace("Dobar dan", "Good day"))
    (folder / "README.txt").write_text("What is in this box.")
    (folder / ".hidden.vtt").write_text(VTT)
    files = told(cli, "import", folder)["files"]
    assert len(files) == 3
    assert {one["status"] for one in files} == {"imported"}
    assert {one["accession"] for one in files} == {"OH-0005"}
    shown = told(cli, "show", "OH-0005", "--transcript")
    assert sorted(one["language"] for one in shown["transcripts"]) == ["en", "sr-Latn"]
    assert len(shown["recordings"]) == 1


def test_what_belongs_to_a_known_file_joins_its_interview(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "ana.vtt").write_text(VTT)
    told(cli, "import", tmp_path / "ana.vtt")
    (tmp_path / "ana.en.vtt").write_text(VTT.replace("Dobar dan", "Good day"))
    files = told(cli, "import", tmp_path / "ana.vtt", tmp_path / "ana.en.vtt")["files"]
    assert [(one["status"], one["accession"]) for one in files] == [
        ("known", "OH-0005"), ("imported", "OH-0005"),
    ]  # fmt: skip


def test_a_file_goes_into_the_interview_that_is_named_and_fills_only_what_was_empty(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "a.vtt").write_text(VTT)
    told(cli, "import", tmp_path / "a.vtt", "--interview", "MRB-004", "--language", "sr-latn")
    shown = told(cli, "show", "MRB-004", "--transcript")
    assert shown["title"].startswith("Interview with Ljiljana")
    assert [one["language"] for one in shown["transcripts"]] == ["sr-Latn", "en", "sr-Latn"]


def test_a_new_interview_gets_the_number_that_is_named(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(VTT)
    told(cli, "import", tmp_path / "a.vtt", "--interview", "BG 17/3")
    assert told(cli, "show", "BG 17/3")["title"] == "a"


def test_one_undo_takes_a_whole_import_back_and_one_redo_brings_it_again(
    cli: Cli, tmp_path: Path, meant: Path
) -> None:
    recording = next((meant / "media").rglob("*.flac"))
    (tmp_path / "s.flac").write_bytes(recording.read_bytes() + b"\0")
    (tmp_path / "a.vtt").write_text(VTT)
    told(cli, "import", tmp_path / "a.vtt", tmp_path / "s.flac")
    full = told(cli, "list")
    assert len(full["interviews"]) == 6
    told(cli, "undo")
    assert len(told(cli, "list")["interviews"]) == 4
    told(cli, "redo")
    assert told(cli, "list") == full
    assert told(cli, "check")["problems"] == []


# -- changing --------------------------------------------------------------------------------

EDITS = (
    ("accession=X 1", "accession", "X 1"),
    ("title=Разговор са комшиницом", "title", "Разговор са комшиницом"),
    ("title.ru=Разговор", "titles", {"ru": "Разговор"}),
    ("interviewee=Ana Živković; Иван", "interviewees", ["Ana Živković", "Иван"]),
    ("interviewer=", "interviewers", []),
    ("date=2022-09~", "date", "2022-09~"),
    ("place=Zemun", "place", "Zemun"),
    ("languages=SR_latn, ru", "languages", ["sr-Latn", "ru"]),
    ("abstract=Two\nlines", "abstract", "Two\nlines"),
    ("status=released", "status", "released"),
    ("collection=New / Sub", "collections", ["New", "Sub"]),
    ("subjects=a; b;; c ", "subjects", ["a", "b", "c"]),
    ("keywords=", "keywords", []),
    ("circumstances=x", "circumstances", "x"),
    ("transcriber=Bojan", "transcribers", ["Bojan"]),
    ("translator=Bojan", "translators", ["Bojan"]),
    ("videographer=Bojan", "videographers", ["Bojan"]),
    ("rights_holder=Ⓒ me", "rights_holder", "Ⓒ me"),
    ("licence=CC0", "licence", "CC0"),
    ("usage_note=x=y", "usage_note", "x=y"),
    ("funder=Fund", "funder", "Fund"),
    ("identifiers=doi:10.1/x", "identifiers", ["doi:10.1/x"]),
)


def test_every_field_is_in_the_table_of_edits() -> None:
    from archive_app.work.fields import FIELDS

    assert {given.partition("=")[0].partition(".")[0] for given, _, _ in EDITS} == set(FIELDS)


@pytest.mark.parametrize(("given", "field", "wanted"), EDITS, ids=[one[0][:20] for one in EDITS])
def test_each_field_is_changed_and_changed_back(
    cli: Cli, given: str, field: str, wanted: object
) -> None:
    before = told(cli, "show", "MRB-004")
    told(cli, "edit", "MRB-004", given)
    accession = "X 1" if field == "accession" else "MRB-004"
    found = told(cli, "show", accession)[field]
    if isinstance(wanted, dict):
        assert wanted.items() <= found.items()
    else:
        assert found == wanted
    told(cli, "undo")
    assert told(cli, "show", "MRB-004") == before


@pytest.mark.parametrize(
    "given",
    ["accession=", "accession=a\tb", "accession=MRB-001", "date=1.1.2022", "date=2022-13",
     "date=soon", "languages=Serbian!", "status=finished", "titel=x", "abstract.ru=x",
     "title.r=x"],
)  # fmt: skip
def test_a_bad_value_is_refused_with_the_good_ones_beside_it(cli: Cli, given: str) -> None:
    before = told(cli, "show", "MRB-004"), told(cli, "history")
    done = cli("edit", "MRB-004", "funder=Somebody", given, status=1)
    assert len(done.stderr.splitlines()) == 1
    assert (told(cli, "show", "MRB-004"), told(cli, "history")) == before


def test_a_value_with_characters_that_no_format_can_hold_is_cleaned(
    cli: Cli, tmp_path: Path
) -> None:
    told(cli, "edit", "MRB-004", "title=a\x01b\nc", "abstract=x\x0by\ufffe", "keywords=p\x02q")
    shown = told(cli, "show", "MRB-004")
    assert (shown["title"], shown["abstract"], shown["keywords"]) == ("a b c", "x y", ["p q"])
    told(cli, "export", "MRB-004", "--format", "ohms", "-o", tmp_path / "x.xml")


def test_a_tag_lies_on_just_the_characters_that_were_named(cli: Cli) -> None:
    text = turns_of(cli, "MRB-003")[40]["text"]
    start = text.index("Комшија")
    words = ("--turn", "41", "--start", str(start), "--end", str(start + 7))
    told(cli, "tag", "MRB-003", *words, "new/тема", "fear")
    tags = turns_of(cli, "MRB-003")[40]["tags"]
    assert {"tag": "new/тема", "start": start, "end": start + 7} in tags
    assert {"tag": "fear", "start": start, "end": start + 7} in tags
    assert {one["tag"]: one["count"] for one in told(cli, "tags")["tags"]}["new/тема"] == 1


def test_without_offsets_the_whole_turn_is_tagged_and_twice_is_once(cli: Cli) -> None:
    for _ in range(2):
        told(cli, "tag", "MRB-004", "--turn", "3", "fear", "fear")
    turn = turns_of(cli, "MRB-004")[2]
    assert [t for t in turn["tags"] if t["tag"] == "fear"] == [
        {"tag": "fear", "start": 0, "end": len(turn["text"])}
    ]


def test_the_translation_can_be_tagged_too(cli: Cli) -> None:
    told(cli, "tag", "MRB-004", "--turn", "3", "--language", "en", "fear")
    assert [t["tag"] for t in turns_of(cli, "MRB-004", 1)[2]["tags"]] == ["fear"]


def test_offsets_count_characters_not_bytes_and_not_utf16(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(VTT)
    told(cli, "import", tmp_path / "a.vtt", "--interview", "E")
    text = turns_of(cli, "E")[1]["text"]
    start = text.index("Kako")
    told(cli, "tag", "E", "--turn", "2", "--start", str(start), "--end", str(len(text)), "fear")
    hits = told(cli, "search", "kako")["interviews"]
    (passage,) = [p for one in hits if one["accession"] == "E" for p in one["passages"]]
    assert passage["matches"] == [[start, start + 4]]
    (tag,) = turns_of(cli, "E")[1]["tags"]
    assert text[tag["start"] : tag["end"]] == "Kako ste?"


def test_undo_redo_and_history_are_one_story(cli: Cli) -> None:
    start = told(cli, "list")
    told(cli, "edit", "MRB-001", "title=One")
    told(cli, "edit", "MRB-001", "title=Two")
    assert told(cli, "undo")["label"] == "Edit record"
    assert told(cli, "show", "MRB-001")["title"] == "One"
    told(cli, "undo")
    assert told(cli, "list") == start
    told(cli, "redo")
    told(cli, "redo")
    assert told(cli, "show", "MRB-001")["title"] == "Two"
    cli("redo", status=1)
    operations = told(cli, "history")["operations"]
    assert set(operations[0]) == {"id", "label", "who", "at", "undoes", "redoes", "is_undone"}
    assert len(told(cli, "history", "--limit", "2")["operations"]) == 2


def test_one_operation_is_taken_back_unless_something_later_stands_on_it(cli: Cli) -> None:
    told(cli, "edit", "MRB-001", "title=One")
    told(cli, "edit", "MRB-002", "title=Other")
    first = told(cli, "history")["operations"][1]["id"]
    told(cli, "undo", "--operation", str(first))
    assert told(cli, "show", "MRB-001")["title"] != "One"
    assert told(cli, "show", "MRB-002")["title"] == "Other"
    told(cli, "edit", "MRB-002", "title=Third")
    second = told(cli, "history")["operations"][2]["id"]
    done = cli("undo", "--operation", str(second), status=1)
    assert len(done.stderr.splitlines()) == 1
    assert told(cli, "show", "MRB-002")["title"] == "Third"


# -- checking, copying, finding again ----------------------------------------------------------


def test_check_finds_a_changed_and_a_missing_recording(cli: Cli, meant: Path) -> None:
    assert told(cli, "check")["problems"] == []
    one, other, *_ = sorted((meant / "media").rglob("*.opus"))
    one.chmod(0o644)
    one.write_bytes(one.read_bytes()[:-1] + b"?")
    other.unlink()
    problems = told(cli, "check", status=1)["problems"]
    assert len(problems) == 2
    assert {"missing" in problem for problem in problems} == {True, False}
    done = cli("check", status=1)
    assert done.stderr.startswith("archive-app: 2 problems")
    cli("backup", status=1)
    assert not list(meant.parent.glob("*backup*")), "no backup without its recordings"


def test_a_missing_recording_is_found_again_under_any_name(
    cli: Cli, meant: Path, tmp_path: Path
) -> None:
    before = bytes_below(meant)
    cellar = tmp_path / "cellar" / "deep"
    cellar.mkdir(parents=True)
    lost = sorted((meant / "media").rglob("*.opus"))
    for number, path in enumerate(lost):
        shutil.move(path, cellar / f"tape {number}.bin")
    (cellar / "other.opus").write_bytes(b"x" * 1000)
    assert told(cli, "relink", cellar, status=0) == {"missing": len(lost), "found": len(lost)}
    assert bytes_below(meant) == before
    assert told(cli, "check")["problems"] == []
    assert told(cli, "relink", cellar) == {"missing": 0, "found": 0}


def test_what_is_not_found_again_is_status_1(cli: Cli, meant: Path, tmp_path: Path) -> None:
    next((meant / "media").rglob("*.opus")).unlink()
    (tmp_path / "empty").mkdir()
    assert told(cli, "relink", tmp_path / "empty", status=1) == {"missing": 1, "found": 0}


def test_reindex_says_how_many_and_finds_the_same(cli: Cli) -> None:
    before = told(cli, "search", "дом")
    assert told(cli, "reindex") == {"interviews": 4}
    assert told(cli, "search", "дом") == before


def test_a_restored_backup_is_the_archive_to_the_last_byte(
    cli: Cli, meant: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(cli, "edit", "MRB-001", "title=Later")
    file = tmp_path / "copy.zip"
    assert told(cli, "backup", file) == {"path": str(file), "bytes": file.stat().st_size}
    assert told(cli, "restore", file, tmp_path / "New") == {
        "archive": str(tmp_path / "New.oralhistory")
    }
    shown = told(cli, "show", "MRB-001", "--transcript"), told(cli, "history")
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(tmp_path / "New.oralhistory"))
    assert (told(cli, "show", "MRB-001", "--transcript"), told(cli, "history")) == shown
    assert told(cli, "check")["problems"] == []
    told(cli, "undo")
    media = {k: v for k, v in bytes_below(meant).items() if k.startswith("media")}
    assert media.items() <= bytes_below(tmp_path / "New.oralhistory").items()


def test_a_backup_without_a_name_stands_beside_the_archive(cli: Cli, meant: Path) -> None:
    path = Path(told(cli, "backup")["path"])
    assert path.parent == meant.parent
    assert path.suffix == ".oralhistory-backup"
    assert zipfile.is_zipfile(path)


def test_restore_touches_nothing_that_is_there(cli: Cli, meant: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    told(cli, "backup", file)
    before = bytes_below(meant)
    cli("restore", file, meant, status=1)
    cli("restore", file, meant.with_suffix(""), status=1)
    assert bytes_below(meant) == before


# -- files that go out -------------------------------------------------------------------------


def test_a_dossier_is_made_of_a_collection_of_interviews_of_tags_and_of_a_query(
    cli: Cli, tmp_path: Path
) -> None:
    def of(*words: str) -> list[str]:
        file = tmp_path / "d.pdf"
        document = told(cli, "dossier", "-o", file, "--title", "Proba", *words)
        assert {"path", "pages", "interviews", "audience", "proof"} <= set(document)
        assert document["audience"] == "public"
        assert file.read_bytes().startswith(b"%PDF-")
        return document["interviews"]

    assert of("--collection", "Neighbours") == ["MRB-004"]
    assert of("--interview", "MRB-004", "MRB-001", "MRB-004") == ["MRB-004", "MRB-001"]
    assert "MRB-004" in of("--tag", "memory of 1917–1920")
    assert of("--query", "samovar AND kuća") == ["MRB-004"]
    assert of("--query", "самовар", "--interview", "MRB-004") == ["MRB-004"]


def test_each_format_is_written_and_says_what_it_could_not(cli: Cli, tmp_path: Path) -> None:
    from archive_app.exchange import formats

    for format_ in formats.WRITABLE:
        file = tmp_path / f"x{formats.EXTENSIONS[format_]}"
        document = told(cli, "export", "MRB-003", "--format", format_, "-o", file)
        assert set(document) == {"path", "bytes", "losses"}
        assert document["bytes"] == file.stat().st_size > 100


def test_the_transcript_to_export_is_chosen_by_its_language(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "x.vtt"
    told(cli, "export", "MRB-003", "--format", "vtt", "-o", file, "--language", "en")
    assert "I am a veterinarian" in file.read_text("utf-8")
    done = cli("export", "MRB-003", "--format", "vtt", "-o", file, "--language", "de", status=1)
    assert "ru" in done.stderr
    assert "I am a veterinarian" in file.read_text("utf-8")
