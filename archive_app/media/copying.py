"""Copying and hashing files byte for byte, with every failure told to the person."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path
from typing import BinaryIO

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import ArchiveError, BadInput, Environment
from archive_app.media.sources import (
    DISK_FULL,
    human_size,
    reading_failed,
    shown_name,
)
from archive_app.translation import tr

BLOCK_BYTES = 1 << 20
RESERVE_BYTES = 16 << 20
"""Left free on the disk, so that the archive's database can still be written."""


@dataclass(slots=True)
class Steps:
    """Counts the bytes of several passes over files as one piece of work."""

    progress: Progress
    total: int
    done: int = 0

    def add(self, count: int, what: str) -> None:
        """Say that ``count`` bytes more are done. Raises Cancelled."""
        self.done += count
        self.progress.report(min(self.done, self.total), self.total, what)


def no_steps() -> Steps:
    """Return steps that nobody watches."""
    return Steps(NO_PROGRESS, 0)


def hash_open_file(file: BufferedReader, steps: Steps, what: str) -> tuple[str, int]:
    """Return the SHA-256 and the number of bytes of a file, read from its beginning."""
    digest = hashlib.sha256()
    buffer = memoryview(bytearray(BLOCK_BYTES))
    size = 0
    file.seek(0)
    while count := file.readinto(buffer):
        digest.update(buffer[:count])
        size += count
        steps.add(count, what)
    return digest.hexdigest(), size


def hash_file(path: Path, steps: Steps, what: str) -> str:
    """Return the SHA-256 of the file as it lies on the disk. Raises OSError, Cancelled."""
    with path.open("rb") as file:
        forget_cached_pages(file.fileno())
        return hash_open_file(file, steps, what)[0]


def forget_cached_pages(descriptor: int) -> None:
    """Ask the system to read the file from the disk next time, not from its memory."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        with suppress(OSError):
            advise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def copy_hashing(source: BinaryIO, source_path: Path, target: Path, steps: Steps) -> str:
    """Copy an open file to a new one, synced to the disk; return the SHA-256 of what was read.

    Raises:
        Environment: the disk is full or either disk fails.
        Cancelled: through ``steps``. The unfinished target is the caller's to remove.
    """
    digest = hashlib.sha256()
    what = tr("Copying the recording into the archive")
    source.seek(0)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        out = os.fdopen(os.open(target, flags, 0o600), "wb", buffering=0)
    except OSError as error:
        raise writing_failed(target.parent, error, 0) from error
    with out:
        while True:
            try:
                block = source.read(BLOCK_BYTES)
            except OSError as error:
                raise reading_failed(source_path, error) from error
            if not block:
                break
            digest.update(block)
            try:
                _write_all(out, block)
            except OSError as error:
                raise writing_failed(target.parent, error, steps.total // 2) from error
            steps.add(len(block), what)
        try:
            os.fsync(out.fileno())
        except OSError as error:
            raise writing_failed(target.parent, error, steps.total // 2) from error
        forget_cached_pages(out.fileno())
    return digest.hexdigest()


def _write_all(out: FileIO, block: bytes) -> None:
    view = memoryview(block)
    while view:
        written = out.write(view)
        view = view[written:]


def require_room(folder: Path, size_bytes: int) -> None:
    """Check that a file of this size has room on the folder's disk.

    Raises:
        Environment: it has not; the message says how much is needed and how much is free.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # a file system that does not tell; writing will
    if free < size_bytes + RESERVE_BYTES:
        raise disk_full(size_bytes + RESERVE_BYTES, free)


def disk_full(needed: int, free: int) -> Environment:
    """Return what to raise when the archive's disk has no room."""
    return Environment(
        tr(
            "There is not enough room on the archive's disk: {needed} are needed and {free} are "
            "free. Nothing was taken in and the archive is unchanged. Make room, then try again.",
            needed=human_size(needed),
            free=human_size(free),
        )
    )


def writing_failed(folder: Path, error: OSError, needed: int) -> ArchiveError:
    """Return what to raise when the archive's own folder cannot be written."""
    if error.errno in DISK_FULL:
        try:
            free = shutil.disk_usage(folder).free
        except OSError:
            free = 0
        if error.errno == errno.EFBIG or free >= needed > 0:
            return Environment(
                tr(
                    "The archive's disk does not take a file of {needed} (a limit of its file "
                    "system or of your account). Nothing was taken in and the archive is "
                    "unchanged. Keep the archive on another disk, or ask who looks after it.",
                    needed=human_size(needed),
                ),
                details=errno.errorcode.get(error.errno or 0, ""),
            )
        return disk_full(needed, free)
    return Environment(
        tr(
            "The archive's folder cannot be written. Nothing was taken in and what is in the "
            "archive is unchanged. See whether its disk is connected and not write-protected, "
            "and whether you may write there."
        ),
        details=f"{type(error).__name__} {errno.errorcode.get(error.errno or 0, error.errno)}",
    )


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """By what a change of a file shows without reading it."""

    size: int
    mtime_ns: int
    inode: int
    device: int


def fingerprint(file: BinaryIO) -> Fingerprint:
    """Return an open file's fingerprint."""
    status = os.fstat(file.fileno())
    return Fingerprint(status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev)


def require_unchanged(path: Path, file: BinaryIO, before: Fingerprint, read: int) -> None:
    """Check that the file is what it was before it was read, and was read to its end.

    Raises:
        BadInput: somebody wrote to it or put another in its place.
    """
    try:
        status = path.stat()
    except OSError:
        in_place = before.inode, before.device  # removed meanwhile: what was read is whole
    else:
        in_place = status.st_ino, status.st_dev
    same = in_place == (before.inode, before.device) and fingerprint(file) == before
    if not same or read != before.size:
        raise BadInput(
            tr(
                "“{name}” was changed while it was being copied. Nothing was taken in. "
                "Wait until the recorder or the other program has finished with it, "
                "then try again.",
                name=shown_name(path),
            )
        )


def remove_even_if_read_only(path: Path) -> None:
    """Remove a file; one that is not there is no error. Raises OSError."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:  # Windows does not remove what is read-only
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        path.unlink(missing_ok=True)
