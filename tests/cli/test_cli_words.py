"""The words themselves: every command is there, explained, and says plainly what went wrong."""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from archive_app.cli.parser import build_parser

Cli = Callable[..., CompletedProcess[str]]

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    "new", "sample", "import", "list", "show", "edit", "tag", "tags", "search", "open",
    "dossier", "export", "undo", "redo", "history", "check", "backup", "restore", "relink",
    "reindex", "pictures",
)  # fmt: skip


def commands_of(parser: argparse.ArgumentParser) -> set[str]:
    (choices,) = [
        action.choices
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    return set(choices)


def test_the_commands_are_those_that_are_promised() -> None:
    assert commands_of(build_parser()) == set(COMMANDS)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself(cli: Cli, command: str) -> None:
    said = cli(*filter(None, [command]), "--help").stdout
    assert f"archive-app {command}".strip() in said
    assert "--archive" in said
    assert "--json" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.search(rf"archive-app {command}\b|`{command}[` ]", readme), command


def test_version_is_told(cli: Cli) -> None:
    assert re.match(r"archive-app \d+\.\d+", cli("--version").stdout)


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["import"],
        ["show"],
        ["edit", "MRB-001"],
        ["tag", "MRB-001", "--turn", "0", "fear"],
        ["tag", "MRB-001", "--turn", "x", "fear"],
        ["tag", "MRB-001", "--turn", "1", "--start", "-1", "--end", "2", "fear"],
        ["search", "x", "--audience", "everybody"],
        ["search", "x", "--on", "yesterday"],
        ["search", "x", "--limit", "0"],
        ["dossier"],
        ["export", "MRB-001", "--format", "json"],
        ["history", "--limit", "many"],
        ["restore", "only-one"],
        ["list", "--bogus"],
    ],
)
def test_wrong_usage_is_status_2_and_says_how_it_goes(cli: Cli, words: list[str]) -> None:
    done = cli(*words, status=2)
    assert done.stdout == ""
    assert "usage: archive-app" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_an_archive_it_says_how_to_name_one(cli: Cli) -> None:
    done = cli("list", status=1)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "--archive" in done.stderr
    assert "ORAL_HISTORY_ARCHIVE" in done.stderr


def test_the_archive_is_named_before_the_command_behind_it_or_by_the_environment(
    cli: Cli, sample_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cli("--archive", sample_archive, "list").stdout
    behind = cli("list", "--archive", sample_archive).stdout
    without_ending = cli("list", "--archive", sample_archive.with_suffix("")).stdout
    database = cli("list", "--archive", sample_archive / "archive.db").stdout
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(sample_archive))
    by_environment = cli("list").stdout
    assert before == behind == by_environment == without_ending == database
    assert "MRB-003" in before


def test_what_is_said_behind_the_command_is_stronger_than_the_environment(
    cli: Cli, sample_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("new", tmp_path / "Empty")
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(tmp_path / "Empty.oralhistory"))
    assert json.loads(cli("list", "--json").stdout) == {"interviews": []}
    shown = cli("list", "--json", "--archive", sample_archive).stdout
    assert len(json.loads(shown)["interviews"]) == 4


@pytest.mark.parametrize("where", ["before", "behind"])
def test_json_is_asked_for_before_the_command_or_behind_it(
    cli: Cli, sample_archive: Path, where: str
) -> None:
    words = ["--json", "list"] if where == "before" else ["list", "--json"]
    done = cli(*words, "--archive", sample_archive)
    assert len(json.loads(done.stdout)["interviews"]) == 4
    assert done.stderr == ""


COMPLAINTS = (
    (["list", "--tag", "no such tag"], "no such tag"),
    (["list", "--collection", "no such"], "no such"),
    (["show", "NO-1"], "NO-1"),
    (["edit", "NO-1", "title=x"], "NO-1"),
    (["edit", "MRB-001", "title"], "FIELD=VALUE"),
    (["edit", "MRB-001", "colour=red"], "colour"),
    (["tag", "NO-1", "--turn", "1", "fear"], "NO-1"),
    (["tag", "MRB-001", "--turn", "9999", "fear"], "9999"),
    (["tag", "MRB-001", "--turn", "1", "--start", "5", "fear"], "--end"),
    (["tag", "MRB-001", "--turn", "1", "--start", "5", "--end", "5", "fear"], "passage"),
    (["tag", "MRB-001", "--turn", "1", "--start", "0", "--end", "99999", "fear"], "passage"),
    (["tag", "MRB-001", "--turn", "1", ""], "name"),
    (["search", "("], "("),
    (["search", '"'], ""),
    (["search", "tag:"], "tag"),
    (["dossier", "-o", "x.pdf", "--interview", "NO-1"], "NO-1"),
    (["dossier", "-o", "x.pdf", "--tag", "no such tag"], "no such tag"),
    (["dossier", "-o", "x.pdf", "--query", "jednorog"], ""),
    (["export", "MRB-001", "--format", "odt", "-o", "x"], "odt"),
    (["export", "NO-1", "--format", "vtt", "-o", "x"], "NO-1"),
    (["export", "MRB-001", "--format", "vtt", "-o", "no/such/folder/x.vtt"], "x.vtt"),
    (["redo"], "redo"),
    (["undo", "--operation", "9999"], ""),
    (["import", "no-such-file.vtt"], "no-such-file"),
    (["import", "--format", "odt", "x"], "odt"),
    (["import", "--language", "Klingon!", "README.md"], "Klingon"),
    (["restore", "no-such-file", "New"], "no-such-file"),
    (["relink", "no/such/folder"], "folder"),
)


@pytest.mark.parametrize(("words", "names"), COMPLAINTS, ids=lambda value: " ".join(value)[:40])
def test_what_could_not_be_done_is_one_clear_line(
    cli: Cli, sample_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    words: list[str], names: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    history = cli("history", "--json", "--archive", sample_archive).stdout
    done = cli(*words, "--archive", sample_archive, status=1)
    (line,) = done.stderr.splitlines()
    assert line.startswith("archive-app: ")
    assert names in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert cli("history", "--json", "--archive", sample_archive).stdout == history
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Sample.oralhistory", "home"]


def test_whatever_is_typed_no_traceback_is_shown(
    cli: Cli, sample_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words at random, valid and not: the status is 0, 1 or 2, and nothing else is raised."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(sample_archive))
    (tmp_path / "a.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Dobar dan.\n")
    chance = random.Random(11)
    odd = [
        "", " ", "-", "--", "=", "title=", "a\x01b=c", "title=a\x01b", "title=\udcff", "\udcff",
        "x" * 5000, "a/..", "a.vtt", "MRB-001", "mrb-001", "title=Žuti 😀", "date=2022",
        "date=1.1.22", "NOT", "AND OR", "(((", "*", "tag:", "\u202e", "{}", "%s", "1", "0", "-1",
        "a/b/c", "title.xx=1", "title.ru=Имя", "'; DROP TABLE turn; --", "status=lost",
        "languages=ru;sr_latn", "languages=😀", "\n", "collection=A / B", "interviewee=;;",
    ]  # fmt: skip
    options = {
        "import": ["--dry-run", "--interview", "--language", "--format"],
        "list": ["--collection", "--tag"], "show": ["--transcript"], "tag": ["--turn", "--start"],
        "search": ["--limit", "--audience", "--on"], "history": ["--limit"],
        "export": ["-o", "--format"], "undo": ["--operation"],
    }  # fmt: skip
    names = [name for name in COMMANDS if name not in ("pictures", "dossier", "sample", "new")]
    for _ in range(250):
        name = chance.choice(names)
        words = [name, *chance.choices(odd, k=chance.randint(0, 3))]
        words += [w for o in options.get(name, ()) if chance.random() < 0.3
                  for w in (o, chance.choice(odd))]  # fmt: skip
        done = cli(*words, status=None)
        assert done.returncode in (0, 1, 2), words
        assert "Traceback" not in done.stderr, words
        if done.returncode == 1:
            assert done.stderr.startswith("archive-app: "), words
    assert json.loads(cli("check", "--json").stdout)["problems"] == []


def program(*words: object, **variables: str) -> CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "archive_app", *map(str, words)],
        cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True,
        encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def test_as_a_program_of_its_own_it_speaks_utf8_whatever_the_locale(sample_archive: Path) -> None:
    done = program("search", "мобилизация", "--archive", sample_archive, LANG="C", LC_ALL="C")
    assert done.returncode == 0
    assert "мобилизации" in done.stdout
    assert done.stderr == ""


def test_progress_is_shown_to_a_terminal_only(sample_archive: Path, tmp_path: Path) -> None:
    done = program("reindex", "--json", "--archive", sample_archive)
    assert json.loads(done.stdout) == {"interviews": 4}
    assert done.stderr == ""
    if sys.platform == "win32":
        return
    import pty

    parent, child = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "archive_app", "reindex", "--json", "--archive", sample_archive],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=child,
    ) as process:  # fmt: skip
        os.close(child)
        shown = b""
        while True:
            try:
                block = os.read(parent, 4096)
            except OSError:
                break
            if not block:
                break
            shown += block
        assert process.stdout is not None
        assert json.loads(process.stdout.read()) == {"interviews": 4}
    os.close(parent)
    assert b"Indexing" in shown
    assert shown.endswith(b"\r\x1b[K")


def test_whoever_reads_only_the_beginning_hears_no_complaint(sample_archive: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("pipes are closed otherwise there")
    words = f"'{sys.executable}' -m archive_app show MRB-003 --transcript --archive"
    done = subprocess.run(
        ["/bin/sh", "-c", f"{words} '{sample_archive}' | head -n 1"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_messages_come_in_the_persons_language(sample_archive: Path) -> None:
    """Whether a catalogue is there or not, the program starts in each of its languages."""
    for language in ("en", "ru", "sr_Cyrl", "sr_Latn"):
        done = program("list", "--archive", sample_archive, ORAL_HISTORY_LANGUAGE=language)
        assert done.returncode == 0, done.stderr
        assert "MRB-001" in done.stdout
