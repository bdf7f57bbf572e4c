"""Making a dossier, stopped at any moment: the file that was there is untouched, or whole anew."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from archive_app.domain.records import Audience
from archive_app.errors import ArchiveError, Cancelled
from archive_app.store.archive import Archive
from archive_app.work import collecting, dossiers
from archive_app.work.archives import check, open_archive
from tests.work.dossier_material import TODAY, drawn

ROOT = Path(__file__).resolve().parents[2]
OLDER = b"%PDF-1.4 the older one"
TITLE = "The first winter"


class StopAt:
    """A progress that stops the work at its nth report."""

    def __init__(self, place: int) -> None:
        self.left = place

    def report(self, done: int, total: int, what: str = "") -> None:
        del done, total, what
        self.left -= 1
        if self.left < 0:
            raise Cancelled("stopped")


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an older dossier and an older clip beside it."""
    made = tmp_path / "out"
    (made / "d-clips").mkdir(parents=True)
    (made / "d.pdf").write_bytes(OLDER)
    (made / "d-clips" / "notes.txt").write_text("my own")
    return made


def of_title(archive: Archive, title: str) -> int:
    with archive.read() as reader:
        return next(one.id for one in reader.dossiers() if one.title == title)


def left_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_cancelled_at_any_report_the_older_file_is_untouched(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    dossier, before = of_title(archive, TITLE), left_in(folder)
    collecting.set_cover(archive, dossier, drawn(tmp_path / "c.png"))
    stopped = 0
    for place in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55):
        try:
            dossiers.make_stored_dossier(
                archive, dossier, folder / "d.pdf", audience=Audience.PUBLIC, on=TODAY,
                progress=StopAt(place), clips_folder=True,
            )  # fmt: skip
        except Cancelled:
            stopped += 1
            assert (folder / "d.pdf").read_bytes() == OLDER
            assert left_in(folder) == before
        else:
            break
    assert stopped > 4
    with archive.read() as reader:
        assert len(reader.dossier_exports(dossier)) <= 1


def test_an_error_in_the_proof_leaves_the_older_file(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError(5, "input/output error")

    monkeypatch.setattr("archive_app.work.proving.prove", failing)
    with pytest.raises(OSError, match="input/output"):
        dossiers.make_stored_dossier(
            archive, of_title(archive, TITLE), folder / "d.pdf", audience=Audience.PUBLIC, on=TODAY
        )
    assert (folder / "d.pdf").read_bytes() == OLDER


@pytest.mark.parametrize("limit", [1_000, 20_000, 120_000])
def test_without_room_the_older_file_is_untouched(
    sample_archive: Path, folder: Path, limit: int
) -> None:
    before = left_in(folder)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), *words_for(sample_archive, folder)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert (folder / "d.pdf").read_bytes() == OLDER
    assert left_in(folder) == before


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from archive_app.__main__ import main
import archive_app.work.dossiers, archive_app.work.searching, archive_app.dossier.build
# The archive itself must be opened first: its disk has room.
from archive_app.work import dossier_writing
plain = dossier_writing.write_order
def limited(*words, **more):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
    return plain(*words, **more)
archive_app.work.dossiers.write_order = limited
sys.exit(main(sys.argv[2:]))
"""


def words_for(archive: Path, folder: Path) -> list[str]:
    return ["dossier", "--dossier", TITLE, "--clips", "--archive", str(archive),
            "-o", str(folder / "d.pdf")]  # fmt: skip


def kill_while_making(archive: Path, folder: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kill the program while it makes a dossier; how often the old and a new file stood there."""
    chance = random.Random(seed)
    old = new = 0
    for _ in range(kills):
        running = subprocess.Popen(
            [sys.executable, "-m", "archive_app", *words_for(archive, folder)],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0.3, 6))
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        data = (folder / "d.pdf").read_bytes()
        if data == OLDER:
            old += 1
        else:
            new += 1
            with pikepdf.open(folder / "d.pdf") as pdf:
                assert len(pdf.pages) > 3
            (folder / "d.pdf").write_bytes(OLDER)
        assert (folder / "d-clips" / "notes.txt").read_text() == "my own"
    return old, new


def test_killed_at_any_moment_the_file_is_the_old_one_or_whole(
    sample_archive: Path, folder: Path
) -> None:
    assert sum(kill_while_making(sample_archive, folder, kills=4, seed=1)) == 4
    with open_archive(sample_archive) as archive:
        assert not check(archive).problems


def test_where_it_cannot_be_kept_what_was_made_the_dossier_is_still_written(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise ArchiveError("disk full")

    monkeypatch.setattr("archive_app.work.dossier_writing.keep_export", full)
    with pytest.raises(ArchiveError):
        dossiers.make_stored_dossier(
            archive, of_title(archive, TITLE), folder / "d.pdf", audience=Audience.PUBLIC, on=TODAY
        )
    with pikepdf.open(folder / "d.pdf") as pdf:
        assert len(pdf.pages) > 3
