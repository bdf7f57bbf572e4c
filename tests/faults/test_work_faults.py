"""Killed, out of room, locked out: what was acknowledged is there, and nothing is half done."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from archive_app.domain.query import parse_query
from archive_app.domain.records import Audience
from archive_app.store import sqlite
from archive_app.work import archives, searching

Cli = Callable[..., CompletedProcess[str]]

ROOT = Path(__file__).resolve().parents[2]
VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ana>{text}\n"

WORK = """
import random, sys
from pathlib import Path
from archive_app.domain.records import Span
from archive_app.domain.spans import TextEdit
from archive_app.work import archives, history, importing, interviews, searching, tagging
from archive_app.work import transcripts

folder, box, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
print("started", flush=True)
with archives.open_archive(folder, who="Ana") as archive:
    with archive.read() as reader:
        interview = interviews.find_interview(reader, "MRB-003")
        transcript = reader.transcripts(interview.id)[0]
        tags = reader.tags()
    number = 0
    while True:
        number += 1
        what = chance.choice(("edit", "edit", "split", "merge", "tag", "tag", "import", "undo"))
        with archive.read() as reader:
            turns = reader.turns(transcript.id)
        turn = chance.choice(turns[:-1])
        if what == "edit":
            at = chance.randint(0, len(turn.text))
            outcome = transcripts.edit_text(
                archive, transcript.id, [TextEdit(turn.id, at, at, "слово ")]
            )
        elif what == "split":
            outcome = transcripts.split_turn(
                archive, transcript.id, turn.id, chance.randint(0, len(turn.text))
            )
        elif what == "merge":
            outcome = transcripts.merge_turns(archive, transcript.id, turn.id)
        elif what == "tag" and turn.text:
            outcome = tagging.add_tagging(
                archive, transcript.id, Span(turn.id, 0, turn.id, len(turn.text)),
                [chance.choice(tags).id],
            )
        elif what == "import":
            name = f"{seed}-{number}"
            (box / f"{name}.vtt").write_text(
                "WEBVTT\\n\\n00:01.000 --> 00:03.000\\n<v Ana>Dobar dan " + name + ".\\n"
            )
            (box / f"{name}.wav").write_bytes((box / "voice.wav").read_bytes() + name.encode())
            plan = importing.plan_import(archive, [box / f"{name}.vtt", box / f"{name}.wav"])
            outcome = importing.run_import(archive, plan)
            assert not outcome.value.has_failures, outcome.value
        elif what == "undo" and number > 3:
            outcome = history.undo(archive)
        else:
            continue
        if outcome.operation_id:
            print(outcome.operation_id, flush=True)
        if chance.random() < 0.15:
            searching.catch_up(archive)
"""


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    """A folder with a short recording in it."""
    import wave

    box = tmp_path / "box"
    box.mkdir()
    with wave.open(str(box / "voice.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(random.Random(1).randbytes(2 * 16_000 * 4))
    return box


def kill_at_work(folder: Path, box: Path, *, kills: int, seed: int) -> int:
    """Kill a program at work at random moments; return how many operations it acknowledged."""
    chance = random.Random(seed)
    total = 0
    for round_ in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", WORK, str(folder), str(box), str(seed * 1000 + round_)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stdout.readline() == "started\n"
            wanted = chance.choice((0, 1, 3, 8, 20))
            lines = [process.stdout.readline() for _ in range(wanted)]
            # Not only right behind an acknowledged operation, but anywhere in the next ones.
            time.sleep(chance.random() * 0.12)
            process.send_signal(signal.SIGKILL)
            rest, complaint = process.communicate()
        assert "Error" not in complaint, complaint
        lines += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
        acknowledged = [int(line) for line in lines if line.strip()]
        total += len(acknowledged)
        expect_whole(folder, acknowledged)
    return total


def expect_whole(folder: Path, acknowledged: list[int]) -> None:
    """See that an archive opens, has what was acknowledged, and that nothing is half done."""
    with archives.open_archive(folder) as archive:
        with archive.read() as reader:
            stored = {operation.id for operation in reader.operations(100_000)}
            known = {one.vault_path: one.sha256 for one in reader.all_recordings()}
            with_text = [
                one for one in reader.interview_ids() if one > 4 and reader.transcripts(one)
            ]
            with_sound = [
                one for one in reader.interview_ids() if one > 4 and reader.recordings(one)
            ]
        assert set(acknowledged) <= stored
        assert with_text == with_sound, "an import came in by halves"
        assert archives.check(archive).problems == ()
        for path in archive.media_folder.rglob("*"):
            assert not path.name.startswith(".incoming"), "a half-copied recording was left"
            if path.is_file():
                assert path.stem == sha256_of(path), "a recording is not what its name says"
        assert all((folder / path).is_file() for path in known)
        searching.catch_up(archive)
        stepwise = found_in(archive)
        searching.reindex(archive)
        assert found_in(archive) == stepwise, "the index is not what a new one is"
        searching.close_index(archive)


def sha256_of(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def found_in(archive: Any) -> Mapping[str, Any]:
    """What the index itself finds, without the gate putting anything right."""
    index = searching.index_of(archive)
    return {
        f"{query} {audience}": [
            (hit.accession, hit.fingerprint)
            for hit in index.search(parse_query(query), audience=audience).hits
        ]
        for query in ("слово", "Dobar", "NOT x", "tag:fear", "дом", '"слово слово"')
        for audience in Audience
    }


def test_killed_at_work_everything_acknowledged_is_there_and_whole(
    sample_archive: Path, voice: Path
) -> None:
    assert kill_at_work(sample_archive, voice, kills=8, seed=1) > 10


@pytest.mark.long
@pytest.mark.timeout(0)
def test_killed_two_hundred_times_everything_acknowledged_is_there_and_whole(
    sample_archive: Path, voice: Path
) -> None:
    for seed in range(10):
        assert kill_at_work(sample_archive, voice, kills=20, seed=100 + seed) > 10


# -- no room, no right, no turn ------------------------------------------------------------------


def program(*words: object, limit: int = 0, as_nobody: bool = False) -> CompletedProcess[str]:
    """Run the command line in a process of its own, perhaps with small files only."""
    script = """
import resource, signal, sys, os
limit = int(sys.argv[1])
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from archive_app.__main__ import main
import archive_app.work.importing, archive_app.work.dossiers, archive_app.work.searching
import archive_app.dossier.build, archive_app.search.index
if sys.argv[2] == "True" and os.geteuid() == 0:
    # The superuser may write anywhere: the right to do so is given up first, after
    # everything was loaded that nobody else may read.
    import contextlib, io, tempfile
    home = os.environ["ORAL_HISTORY_HOME"]
    with tempfile.TemporaryDirectory() as place, contextlib.redirect_stdout(io.StringIO()):
        os.environ["ORAL_HISTORY_HOME"] = place
        main(["sample", place + "/A"])
        open(place + "/a.vtt", "w").write("WEBVTT\\n\\n00:01.000 --> 00:02.000\\nDobar dan.\\n")
        for words in (["import", place + "/a.vtt"], ["check"], ["edit", "MRB-001", "title=x"]):
            main([*words, "--archive", place + "/A"])
    os.environ["ORAL_HISTORY_HOME"] = home
    import logging
    logging.getLogger("archive_app").handlers.clear()
    os.setegid(65534)
    os.seteuid(65534)
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
sys.exit(main(sys.argv[3:]))
"""
    return subprocess.run(
        [sys.executable, "-c", script, str(limit), str(as_nobody), *map(str, words)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def refused(done: CompletedProcess[str]) -> str:
    """The one line in which it was said that something could not be done."""
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("archive-app: ")
    assert len(line) > 40
    return line


@pytest.fixture
def meant(sample_archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORAL_HISTORY_ARCHIVE", str(sample_archive))
    return sample_archive


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_recording_for_which_there_is_no_room_leaves_nothing(
    cli: Cli, meant: Path, voice: Path
) -> None:
    before, listed = files_in(meant / "media"), cli("list", "--json").stdout
    (voice / "voice.vtt").write_text(VTT.format(text="Dobar dan."))
    done = program("import", voice, limit=60_000)
    assert "the archive is unchanged" in refused(done)
    assert files_in(meant / "media") == before
    assert cli("list", "--json").stdout == listed
    assert json.loads(cli("check", "--json").stdout)["problems"] == []
    cli("import", voice)


def test_text_for_which_there_is_no_room_leaves_nothing(
    cli: Cli, meant: Path, tmp_path: Path
) -> None:
    listed = cli("list", "--json").stdout
    words = " ".join(f"reč{n}" for n in range(200_000))
    (tmp_path / "long.txt").write_text(words, "utf-8")
    size = (meant / "archive.db").stat().st_size
    done = program("import", tmp_path / "long.txt", limit=size + 100_000)
    refused(done)
    assert cli("list", "--json").stdout == listed
    assert json.loads(cli("check", "--json").stdout)["problems"] == []


@pytest.mark.parametrize(
    "words",
    [["dossier", "-o"], ["export", "MRB-003", "--format", "json", "-o"], ["backup"]],
    ids=["dossier", "export", "backup"],
)
def test_a_file_for_which_there_is_no_room_leaves_the_old_one(
    cli: Cli, meant: Path, tmp_path: Path, words: list[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    target = out / "target.file"
    target.write_bytes(b"the older one")
    cli("list")  # so that the log's file and the index are there
    done = program(*words, target, limit=40_000)
    assert str(target.name) in refused(done) or "could not be written" in refused(done)
    assert target.read_bytes() == b"the older one"
    assert [path.name for path in out.iterdir()] == ["target.file"]
    assert json.loads(cli("check", "--json").stdout)["problems"] == []


def test_a_backup_that_cannot_be_unpacked_leaves_nothing(
    cli: Cli, meant: Path, tmp_path: Path
) -> None:
    cli("backup", tmp_path / "copy.zip")
    place = tmp_path / "place"
    place.mkdir()
    refused(program("restore", tmp_path / "copy.zip", place / "New", limit=100_000))
    assert list(place.iterdir()) == []


def test_the_sample_for_which_there_is_no_room_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    refused(program("sample", place / "New", limit=100_000))
    assert list(place.iterdir()) == []


def test_without_room_for_the_index_the_archive_is_as_it_was(cli: Cli, meant: Path) -> None:
    refused(program("reindex", limit=2_000))
    assert json.loads(cli("check", "--json").stdout)["problems"] == []
    assert json.loads(cli("search", "самовар", "--json").stdout)["total"] >= 1


@pytest.fixture
def home_for_all(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home that everybody may write to, unlike pytest's folders."""
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o777)
        monkeypatch.setenv("ORAL_HISTORY_HOME", home)
        yield


@contextlib.contextmanager
def read_only_copy(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        public = Path(place) / "Sample.oralhistory"
        shutil.copytree(folder, public)
        everything = (Path(place), public, *public.rglob("*"))
        for path in everything:
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            yield public
        finally:
            for path in everything:
                path.chmod(0o755)


@pytest.mark.usefixtures("home_for_all")
@pytest.mark.skipif(sys.platform == "win32", reason="rights are otherwise there")
def test_a_folder_that_cannot_be_written_is_a_clear_refusal(
    sample_archive: Path, tmp_path: Path
) -> None:
    with read_only_copy(sample_archive) as public:
        for words in (["list"], ["edit", "MRB-001", "title=x"]):
            line = refused(program(*words, "--archive", public, as_nobody=True))
            assert "written" in line
        refused(program("sample", public.parent / "N", as_nobody=True))
        assert [path.name for path in public.parent.iterdir()] == [public.name]


def test_a_second_opener_is_told_who_has_the_archive(cli: Cli, meant: Path) -> None:
    with archives.open_archive(meant, who="Ana Živković"):
        for words in (["list"], ["edit", "MRB-001", "title=x"], ["search", "дом"]):
            line = refused(program(*words))
            assert "Ana Živković" in line
            assert str(os.getpid()) in line
    cli("list")


def test_an_archive_by_a_newer_program_is_left_alone(cli: Cli, meant: Path) -> None:
    with sqlite.plain_connection(meant / "archive.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ffff99999999'")
        connection.commit()
    before = (meant / "archive.db").read_bytes()
    done = cli("list", status=1)
    assert "newer" in done.stderr
    assert (meant / "archive.db").read_bytes() == before


def test_a_damaged_archive_is_refused_with_the_way_out(cli: Cli, meant: Path) -> None:
    content = bytearray((meant / "archive.db").read_bytes())
    content[: len(content) // 2] = b"\0" * (len(content) // 2)
    (meant / "archive.db").write_bytes(content)
    for words in (["list"], ["check"], ["search", "дом"]):
        assert "backups" in cli(*words, status=1).stderr


@pytest.mark.usefixtures("home_for_all")
def test_a_file_that_cannot_be_read_is_one_line_and_the_others_are_in(
    meant: Path, tmp_path: Path
) -> None:
    if sys.platform == "win32":
        pytest.skip("rights are otherwise there")
    with tempfile.TemporaryDirectory() as place:
        box = Path(place)
        (box / "closed.vtt").write_text(VTT.format(text="No."))
        (box / "open.vtt").write_text(VTT.format(text="Yes."))
        (box / "closed.vtt").chmod(0)
        shutil.copytree(meant, box / "A.oralhistory")
        for path in (box, *box.rglob("*")):
            if path.name != "closed.vtt":
                path.chmod(0o777)
        done = program(
            "import", box / "closed.vtt", box / "open.vtt", "--json",
            "--archive", box / "A.oralhistory", as_nobody=True,
        )  # fmt: skip
        refused(done)
        statuses = [one["status"] for one in json.loads(done.stdout)["files"]]
        assert statuses == ["failed", "imported"]


def test_when_a_person_stops_an_import_nothing_of_it_is_left(
    sample_archive: Path, voice: Path
) -> None:
    from archive_app.errors import Cancelled
    from archive_app.work import importing

    class StopAt:
        def __init__(self, call: int) -> None:
            self.left = call

        def report(self, done: int, total: int, what: str = "") -> None:
            self.left -= 1
            if self.left < 0:
                raise Cancelled("stopped")

    for number in range(3):
        (voice / f"{number}.vtt").write_text(VTT.format(text=f"Dobar dan {number}."))
        shutil.copy(voice / "voice.wav", voice / f"{number}.wav")
        with (voice / f"{number}.wav").open("ab") as file:
            file.write(bytes([number]))
    with archives.open_archive(sample_archive) as archive:
        before = files_in(sample_archive / "media")
        plan = importing.plan_import(archive, [voice])
        stops = 0
        for call in range(60):
            try:
                importing.run_import(archive, plan, progress=StopAt(call))
            except Cancelled:
                stops += 1
            else:
                break
            assert files_in(sample_archive / "media") == before, call
            with archive.read() as reader:
                assert reader.counts().interviews == 4
        assert stops > 5
        assert archives.check(archive).problems == ()
        with archive.read() as reader:
            assert reader.counts().interviews == 8
