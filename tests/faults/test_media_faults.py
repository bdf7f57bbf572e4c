"""The vault under power cuts and full disks: whole or absent (laws 9 and 21)."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import select
import subprocess
import sys
from pathlib import Path

import pytest

from archive_app.media.vault import Fixity, RecordingVault

ROOT = Path(__file__).resolve().parents[2]

TAKE_IN = """
import sys
from pathlib import Path
from archive_app.media.vault import RecordingVault

class Tell:
    def report(self, done, total, what=""):
        print(done, flush=True)

vault = RecordingVault(Path(sys.argv[1]))
print("ready", flush=True)
for source in sys.argv[2:]:
    print("taken", vault.take_in(Path(source), Tell()).path, flush=True)
"""

LIMITED = """
import resource, sys
from pathlib import Path
from archive_app.errors import Environment
from archive_app.media.vault import RecordingVault

limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    RecordingVault(Path(sys.argv[1])).take_in(Path(sys.argv[2]))
except Environment as error:
    print(error.message)
"""


def kill_while_taking_in(folder: Path, source: Path, lines: int) -> bool:
    """Start taking in, kill -9 after so many reports; tell whether it was still at work."""
    process = subprocess.Popen(
        [sys.executable, "-c", TAKE_IN, str(folder), str(source)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert process.stdout is not None
    for _ in range(lines + 1):
        ready, _, _ = select.select([process.stdout], [], [], 30)
        if not ready or not process.stdout.readline():
            break
    process.kill()
    process.stdout.close()
    return process.wait() < 0


def check_after_kill(folder: Path, sha256: str, source: Path) -> None:
    for path in (p for p in folder.rglob("*") if p.is_file() and len(p.stem) == 64):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
    vault = RecordingVault(folder)
    vault.sweep()
    left = [p for p in folder.rglob("*") if p.is_file()]
    assert all(path.stem == sha256 for path in left)
    taken = vault.take_in(source)
    assert vault.verify(taken.path, sha256) is Fixity.OK


def kills(tmp_path: Path, count: int) -> int:
    data = random.Random(7).randbytes(12 << 20)
    source = tmp_path / "a.wav"
    source.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    at_work = 0
    for number in range(count):
        folder = tmp_path / f"{number}" / "media"
        # 24 reports: 12 of copying, 12 of checking the copy.
        at_work += kill_while_taking_in(folder, source, lines=number * 24 // count)
        check_after_kill(folder, sha256, source)
    return at_work


def test_kill_9_while_taking_in_leaves_no_half_file_under_a_hash(tmp_path: Path) -> None:
    assert kills(tmp_path, 5) >= 1


@pytest.mark.long
def test_kill_9_while_taking_in_leaves_no_half_file_under_a_hash_long(tmp_path: Path) -> None:
    assert kills(tmp_path, 72) >= 10


def test_a_file_the_disk_does_not_take_leaves_nothing_and_is_told(tmp_path: Path) -> None:
    source = tmp_path / "a.wav"
    source.write_bytes(os.urandom(3 << 20))
    folder = tmp_path / "media"
    result = subprocess.run(
        [sys.executable, "-c", LIMITED, str(folder), str(source), str(2 << 20)],
        capture_output=True,
        cwd=ROOT,
        text=True,
        timeout=60,
        check=True,
    )
    assert "does not take a file of 3.1 MB" in result.stdout
    assert "Nothing was taken in" in result.stdout
    assert [p for p in folder.rglob("*") if p.is_file()] == []


@pytest.fixture
def tiny_disk(tmp_path: Path) -> object:
    """A disk of 24 MiB, where that may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("no disk may be mounted here; the limit on file sizes is tested instead")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_before_and_says_what_is_needed(
    tmp_path: Path, tiny_disk: Path
) -> None:
    from archive_app.errors import Environment

    source = tmp_path / "a.wav"
    source.write_bytes(os.urandom(20 << 20))
    folder = tiny_disk / "media"
    with pytest.raises(Environment, match="38 MB are needed and 25 MB are free"):
        RecordingVault(folder).take_in(source)
    assert [p for p in folder.rglob("*") if p.is_file()] == []


def test_a_disk_that_fills_while_copying_leaves_nothing_and_is_told(
    tmp_path: Path, tiny_disk: Path
) -> None:
    from archive_app.errors import Environment

    class FillTheDisk:
        def report(self, done: int, total: int, what: str = "") -> None:
            if done == 1 << 20:
                (tiny_disk / "somebody else").write_bytes(bytes(21 << 20))

    source = tmp_path / "a.wav"
    source.write_bytes(os.urandom(6 << 20))
    folder = tiny_disk / "media"
    with pytest.raises(Environment, match="not enough room"):
        RecordingVault(folder).take_in(source, FillTheDisk())
    assert [p for p in folder.rglob("*") if p.is_file()] == []


def test_memory_does_not_grow_with_the_recording(tmp_path: Path) -> None:
    """A vault of 64 MB files is filled within the memory of a small one."""
    source = tmp_path / "a.wav"
    source.write_bytes(os.urandom(1 << 20) * 64)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    RecordingVault(tmp_path / "media").take_in(source)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 70 << 10
