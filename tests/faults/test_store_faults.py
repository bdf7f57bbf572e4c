"""What the archive does when the disk is full, read-only or damaged, or the program is killed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_app.errors import ArchiveDamaged, Environment
from archive_app.store import sqlite
from archive_app.store.archive import Archive

ROOT = Path(__file__).resolve().parent.parent.parent
"""Where the program is run from."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed archive of some size."""
    path = tmp_path / "Test.oralhistory"
    with Archive.create(path, name="Test") as archive, archive.write("Add") as writer:
        writer.insert_many("person", [{"public_name": f"person {n}"} for n in range(2000)])
    return path


def people(archive: Archive) -> int:
    with archive.read() as reader:
        return reader.counts().people


def fill_until_it_fails(archive: Archive) -> int:
    """Return how many steps were acknowledged before one failed."""
    for done in range(10_000):
        try:
            with archive.write("Add") as writer:
                writer.insert("person", biography="x" * 20_000)
        except Environment:
            return done
    raise AssertionError


def test_when_the_database_may_not_grow_the_step_fails_whole_and_the_next_ones_work(
    folder: Path,
) -> None:
    with Archive.open(folder) as archive:
        with archive.write("Change") as writer:
            pages = writer.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            writer.connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")
        with pytest.raises(Environment, match="full"), archive.write("Add") as writer:
            writer.insert_many("person", [{"biography": "x" * 3000}] * 500)
        assert people(archive) == 2000
        assert writer.connection.closed
        with archive.write("Change") as writer:
            writer.connection.exec_driver_sql("PRAGMA max_page_count=4294967294")
            writer.insert("person")
        assert people(archive) == 2001
        assert archive.check() == ()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of two megabytes."""
    with tempfile.TemporaryDirectory() as place:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place],
            capture_output=True,
            check=False,
        )
        if mounted.returncode != 0:
            pytest.skip("only root can make a small disk; the page limit stands in for it")
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "-l", place], check=True)


def test_on_a_full_disk_what_was_acknowledged_is_there_and_nothing_else(small_disk: Path) -> None:
    path = small_disk / "Test.oralhistory"
    archive = Archive.create(path, name="Test")
    done = fill_until_it_fails(archive)
    assert done > 5
    assert people(archive) == done
    with pytest.raises(Environment, match="full"):
        archive.backup()
    assert list(archive.backups_folder.iterdir()) == []
    archive.close()
    with Archive.open(path) as archive:
        assert people(archive) == done
        assert archive.check() == ()


def test_an_archive_that_does_not_fit_on_the_disk_leaves_nothing(small_disk: Path) -> None:
    (small_disk / "film.mp4").write_bytes(b"x" * (2**21 - 40_000))
    with pytest.raises(Environment, match="full"):
        Archive.create(small_disk / "Test.oralhistory", name="Test")
    assert [path.name for path in small_disk.iterdir()] == ["film.mp4"]


def test_a_write_that_the_system_refuses_is_a_clear_error_and_loses_nothing(folder: Path) -> None:
    """A limit on the size of files makes the system refuse in the middle of a step."""
    script = """
import resource, signal, sys
from pathlib import Path
from archive_app.errors import Environment
from archive_app.store.archive import Archive
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Archive.open(Path(sys.argv[1])) as archive:
    resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, resource.RLIM_INFINITY))
    try:
        with archive.write("Add") as writer:
            writer.insert_many("person", [{"biography": "x" * 3000}] * 2000)
    except Environment as error:
        print(error.message)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""
    done = run(script, folder)
    assert done.returncode == 0, done.stderr
    assert "what was saved before is safe" in done.stdout
    with Archive.open(folder) as archive:
        assert people(archive) == 2000
        assert archive.check() == ()


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("what", ["open", "create"])
def test_a_folder_that_cannot_be_written_to_is_a_clear_refusal(folder: Path, what: str) -> None:
    # The superuser may write anywhere: the right to do so is given up first.
    script = """
import ctypes, os, sys
from pathlib import Path
from archive_app.errors import Environment
from archive_app.store.archive import Archive
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
folder = Path(sys.argv[1])
try:
    if sys.argv[2] == "open":
        Archive.open(folder)
    else:
        Archive.create(folder / "New.oralhistory", name="New")
except Environment as error:
    print(error.message)
"""
    with tempfile.TemporaryDirectory() as place:
        public = Path(place) / "Test.oralhistory"
        shutil.copytree(folder, public)
        Path(place).chmod(0o755)
        for path in (public, *public.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = {path: path.read_bytes() for path in public.rglob("*") if path.is_file()}
        done = run(script, public, what)
        assert done.returncode == 0, done.stderr
        assert "cannot be written to. Nothing was changed." in done.stdout
        assert {p: p.read_bytes() for p in public.rglob("*") if p.is_file()} == before
        for path in (public, *public.rglob("*")):
            path.chmod(0o755)


@pytest.mark.parametrize("place", ["start", "middle", "cut"])
def test_a_damaged_database_is_recognised_and_the_way_out_is_named(
    folder: Path, place: str
) -> None:
    database = folder / "archive.db"
    content = bytearray(database.read_bytes())
    if place == "start":
        content[:100] = b"\0" * 100
    elif place == "middle":
        middle = len(content) // 2 // 4096 * 4096
        content[middle : middle + 4 * 4096] = random.Random(1).randbytes(4 * 4096)
    else:
        del content[len(content) // 2 :]
    database.write_bytes(content)
    with pytest.raises(ArchiveDamaged) as error:
        Archive.open(folder)
    assert str(folder / "backups") in error.value.message
    assert database.read_bytes() == content


WRITE = """
import sys
from pathlib import Path
from archive_app.store.archive import Archive
archive = Archive.open(Path(sys.argv[1]))
while True:
    with archive.write("Add") as writer:
        interview = writer.insert("interview", accession=str(writer.operation_id))
        transcript = writer.insert("transcript", interview_id=interview)
        writer.insert_many(
            "turn",
            [{"transcript_id": transcript, "position": n, "text": "x" * 200} for n in range(20)],
        )
    print(interview, flush=True)
    if interview % 7 == 0:
        archive.undo()
        archive.redo()
"""


def kill_while_writing(folder: Path, *, kills: int, seed: int) -> None:
    """Kill a writing program at random moments; see that each acknowledged step is there whole."""
    chance = random.Random(seed)

    for _ in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", WRITE, str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            acknowledged = [int(process.stdout.readline()) for _ in range(chance.randint(1, 40))]
            process.send_signal(signal.SIGKILL)
            acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]
        with sqlite.plain_connection(folder / "archive.db") as connection:
            stored = {row[0] for row in connection.execute("SELECT id FROM interview")}
        with Archive.open(folder) as archive, archive.read() as reader:
            # The last one may have been caught between an undo and its redo.
            assert set(acknowledged[:-1]) <= stored
            assert acknowledged[-1] in stored or acknowledged[-1] % 7 == 0
            counts = reader.counts()
            assert counts.turns == 20 * counts.transcripts == 20 * counts.interviews
            assert archive.check() == ()


def test_what_was_acknowledged_survives_being_killed(folder: Path) -> None:
    kill_while_writing(folder, kills=10, seed=int.from_bytes(os.urandom(4)))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_what_was_acknowledged_survives_being_killed_two_hundred_times(folder: Path) -> None:
    kill_while_writing(folder, kills=200, seed=int.from_bytes(os.urandom(4)))
