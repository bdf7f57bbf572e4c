"""``archive-app dossier``: selections and kept dossiers, proven, with what lies beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from archive_app.domain.proof import from_json
from archive_app.dossier.design import Layout
from archive_app.work.archives import open_archive

Cli = Callable[..., CompletedProcess[str]]

REAL = "Сергей Волков"
INFLECTED = "О Сергее Волкове"


@pytest.fixture(autouse=True)
def meant(sample_archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(sample_archive))
    return sample_archive


def told(cli: Cli, *words: object) -> Any:
    return json.loads(cli("dossier", *words, "--json").stdout)


def titles_of(archive: Path) -> list[str]:
    with open_archive(archive) as opened, opened.read() as reader:
        return [one.title for one in reader.dossiers_only()]


def test_what_was_made_is_told_with_its_proof(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "d.pdf"
    document = told(cli, "-o", file, "--interview", "MRB-004", "--proof", tmp_path / "p.json")
    assert document["path"] == str(file)
    assert document["proof"]["is_leaking"] is False
    assert document["left_out"] == document["references"] == document["clips"] == []
    proof = from_json((tmp_path / "p.json").read_text("utf-8"))
    assert proof.sha256 == document["proof"]["sha256"]
    assert proof.pages == document["pages"]


def test_a_kept_dossier_is_made_by_its_title_or_uuid(cli: Cli, meant: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.pdf"
    with open_archive(meant) as archive, archive.read() as reader:
        dossier = reader.dossiers()[0]
    by_title = told(cli, "-o", file, "--dossier", dossier.title.upper())
    first = file.read_bytes()
    by_uuid = told(cli, "-o", file, "--dossier", dossier.uuid)
    assert by_title["interviews"] == by_uuid["interviews"]
    assert by_title["pages"] == by_uuid["pages"]
    assert file.read_bytes() == first
    with open_archive(meant) as archive, archive.read() as reader:
        newest, older = reader.dossier_exports(dossier.id)
    assert newest.sha256 == older.sha256 == by_uuid["proof"]["sha256"]
    assert newest.file_name == "d.pdf"
    assert not from_json(newest.proof).is_leaking


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--dossier", "None such"], "There is no dossier"),
        (["--dossier", "Leaving and arriving", "--title", "T"], "do not go together"),
        (["--title", REAL], "The title holds a name"),
        (["--subtitle", INFLECTED], "The subtitle holds a name"),
        (["--author", "Sergei Volkov"], "The author's name holds a name"),
        (["--description", REAL], "The description holds a name"),
        (["--interview", "MRB-999"], "MRB-999"),
    ],
)
def test_what_cannot_be_made_is_said_and_the_old_file_stands(
    cli: Cli, tmp_path: Path, words: list[str], said: str
) -> None:
    file = tmp_path / "d.pdf"
    file.write_bytes(b"the older one")
    done = cli("dossier", "-o", file, *words, status=1)
    assert said in done.stderr
    assert "report" not in done.stderr
    assert REAL not in done.stderr.replace("--", "")
    assert file.read_bytes() == b"the older one"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_file_may_not_be_called_by_a_protected_name(cli: Cli, tmp_path: Path) -> None:
    for name in ("Volkov.pdf", "сергей-волков.pdf"):
        done = cli("dossier", "-o", tmp_path / name, "--interview", "MRB-003", status=1)
        assert "The file's name holds a name that the public may not read" in done.stderr
    assert list(tmp_path.glob("*.pdf")) == []


def test_staff_may_name_whom_they_like(cli: Cli, tmp_path: Path) -> None:
    told(cli, "-o", tmp_path / "d.pdf", "--interview", "MRB-003", "--title", REAL,
         "--audience", "staff")  # fmt: skip


@pytest.mark.parametrize("layout", list(Layout))
def test_each_layout_is_made_of_a_tag(cli: Cli, tmp_path: Path, layout: Layout) -> None:
    document = told(
        cli, "-o", tmp_path / "d.pdf", "--layout", layout.value, "--tag", "departure",
        "--paper", "A5", "--speakers", "short", "--time-step", "30", "--citation", "gost",
        "--qr", "--line-numbers", "--smooth",
    )  # fmt: skip
    assert document["pages"] > 2
    assert document["proof"]["is_leaking"] is False


def test_references_lie_beside_it(cli: Cli, tmp_path: Path) -> None:
    document = told(
        cli, "-o", tmp_path / "d.pdf", "--interview", "MRB-004", "MRB-001",
        "--references", "csl", "bibtex", "ris",
    )  # fmt: skip
    files = [Path(one) for one in document["references"]]
    assert [file.name for file in files] == [
        f"d-references.{ending}" for ending in ("json", "bib", "ris")
    ]
    assert len(json.loads(files[0].read_text("utf-8"))) == 2


def test_words_of_the_layout_that_are_none_are_wrong_usage(cli: Cli, tmp_path: Path) -> None:
    for words in (["--layout", "poster"], ["--time-step", "0"], ["--type", "Comic"]):
        cli("dossier", "-o", tmp_path / "d.pdf", *words, status=2)


def test_files_that_have_no_place_of_their_own_are_told_before_anything_is_written(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())
    pdf = tmp_path / "d.pdf"
    for words, said in (
        (["-o", tmp_path / "folder"], "is a folder"),
        (["-o", tmp_path / "gone" / "d.pdf"], f"There is no folder “{tmp_path / 'gone'}”"),
        (["-o", pdf, "--proof", tmp_path / "folder"], "is a folder"),
        (["-o", pdf, "--proof", pdf], "Two of the files"),
        (
            ["-o", pdf, "--references", "csl", "--proof", tmp_path / "d-references.json"],
            "Two of the files",
        ),
    ):
        done = cli("dossier", "--tag", "departure", *words, status=1)
        assert said in done.stderr
        assert "Nothing was written" in done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_dossier_that_is_not_there_is_answered_with_those_that_are(
    cli: Cli, tmp_path: Path
) -> None:
    done = cli("dossier", "-o", tmp_path / "d.pdf", "--dossier", "None such", status=1)
    assert "“Leaving and arriving”" in done.stderr


def test_where_no_clips_could_be_cut_it_is_said(cli: Cli, tmp_path: Path) -> None:
    done = cli("dossier", "-o", tmp_path / "d.pdf", "--interview", "MRB-001", "--clips")
    assert "No clips were cut" in done.stdout
    assert not (tmp_path / "d-clips").exists()


def test_an_audience_is_meant_however_it_is_written(cli: Cli, tmp_path: Path) -> None:
    document = told(cli, "-o", tmp_path / "d.pdf", "--interview", "MRB-004",
                    "--audience", "Reading room")  # fmt: skip
    assert document["audience"] == "reading-room"
    done = cli("dossier", "-o", tmp_path / "d.pdf", "--audience", "friends", status=2)
    assert "“friends” is no audience; choose one of: public, reading-room, staff" in done.stderr
