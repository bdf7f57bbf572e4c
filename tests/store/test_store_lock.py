"""The lock: a second opener learns who, where and since when; the dead hold nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive_app.errors import ArchiveLocked
from archive_app.store.archive import Archive
from archive_app.store.lock import LOCK_NAME

ROOT = Path(__file__).resolve().parent.parent.parent

HOLD = """
import sys
from pathlib import Path
from archive_app.store.archive import Archive
archive = Archive.open(Path(sys.argv[1]), who="Милица")
print("open", flush=True)
sys.stdin.read()
archive.close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "Test.oralhistory"
    Archive.create(path, name="Test").close()
    return path


@contextmanager
def another_program(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the archive open until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_program_is_told_who_has_the_archive_where_and_since_when(folder: Path) -> None:
    with another_program(folder) as process:
        with pytest.raises(ArchiveLocked) as refusal:
            Archive.open(folder)
        process.communicate("")
    message = refusal.value.message
    for part in ("Милица", socket.gethostname(), str(process.pid), "since 20"):
        assert part in message
    Archive.open(folder).close()


def test_the_same_program_cannot_open_an_archive_twice(folder: Path) -> None:
    with Archive.open(folder) as archive:
        with pytest.raises(ArchiveLocked):
            Archive.open(folder)
        with archive.write("Add") as writer:  # and the first one goes on
            writer.insert("person")


def test_a_killed_program_holds_nothing(folder: Path) -> None:
    with another_program(folder) as process:
        process.kill()
        process.wait()
        assert json.loads((folder / LOCK_NAME).read_text("utf-8"))["pid"] == process.pid
        Archive.open(folder).close()


def leave_name(folder: Path, **changes: object) -> None:
    """What a holder that did not close leaves in the lock file."""
    with Archive.open(folder, who="Jovan"):
        holder = json.loads((folder / LOCK_NAME).read_text("utf-8"))
    (folder / LOCK_NAME).write_text(json.dumps({**holder, **changes}), "utf-8")


def test_a_name_left_on_this_computer_is_taken_over_even_if_its_number_is_in_use(
    folder: Path,
) -> None:
    leave_name(folder, pid=os.getppid())
    Archive.open(folder).close()


def test_a_name_left_by_another_computer_is_respected_until_somebody_deletes_the_file(
    folder: Path,
) -> None:
    leave_name(folder, host="archive-server", machine="000000000001")
    with pytest.raises(ArchiveLocked, match="archive-server") as refusal:
        Archive.open(folder)
    assert str(folder / LOCK_NAME) in refusal.value.message
    (folder / LOCK_NAME).unlink()
    Archive.open(folder).close()


def test_a_lock_file_that_cannot_be_read_is_no_obstacle(folder: Path) -> None:
    (folder / LOCK_NAME).write_bytes(b"\xff\xfe not json")
    Archive.open(folder).close()
