"""Files from outside: opening them, and telling a person why they could not be read."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from archive_app.errors import ArchiveError, BadInput, Environment
from archive_app.translation import tr

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No room, no quota left, or more than the file system (FAT32: 4 GiB) takes in one file."""

_DISK_TROUBLE = frozenset({errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE, errno.ETIMEDOUT})
"""What a failing disk or a lost network drive answers, and a damaged file does not."""

_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV, errno.ENXIO})


def shown_name(path: Path) -> str:
    """Return a file's name as it can be shown: bytes that are no text become "�", cut at 120."""
    name = os.fsencode(path.name).decode("utf-8", "replace")
    name = "".join(c if c.isprintable() else "�" for c in name)
    return name if len(name) <= 120 else f"{name[:80]}…{name[-30:]}"


def human_size(size_bytes: int) -> str:
    """Return a size for a person: "12 KB", "3.4 GB" (decimal, as file managers show it)."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    amount = float(size_bytes)
    for unit in ("KB", "MB", "GB"):
        amount /= 1000
        if amount < 1000:
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"
    return f"{amount / 1000:.1f} TB"


def reading_failed(path: Path, error: OSError) -> ArchiveError:
    """Return what to raise when the system refuses to read a file from outside."""
    name = shown_name(path)
    code = error.errno or 0
    details = f"{type(error).__name__} {errno.errorcode.get(code, code)}"
    if code == errno.EISDIR:
        return BadInput(
            tr(
                "“{name}” is a folder, not a recording. Nothing was taken in. "
                "Choose the recordings inside it.",
                name=name,
            ),
            details=details,
        )
    if code in _GONE:
        return Environment(
            tr(
                "“{name}” is not there any more. The archive is unchanged. See whether the disk or "
                "memory card is still connected and the file has not been moved, then try again.",
                name=name,
            ),
            details=details,
        )
    if code in {errno.EACCES, errno.EPERM}:
        return Environment(
            tr(
                "“{name}” may not be read by this user. The archive is unchanged. "
                "Change the file's permissions, or copy it to a folder of your own, and try again.",
                name=name,
            ),
            details=details,
        )
    return Environment(
        tr(
            "“{name}” could not be read: the disk or memory card does not answer as it should. "
            "The archive is unchanged. Do not write to that disk; copy the file from it with a "
            "rescue tool, and take in the copy.",
            name=name,
        ),
        details=details,
    )


@contextmanager
def open_source(path: Path) -> Iterator[BufferedReader]:
    """Open a file from outside for reading; symbolic links are followed.

    Only the opening is guarded: reading errors inside the block are the block's.

    Raises:
        BadInput: it is a folder, a pipe or a device, or it is empty.
        Environment: it is gone or may not be read.
    """
    try:
        # A pipe nobody writes to would block the opening for ever.
        file = os.fdopen(os.open(path, os.O_RDONLY | _NO_WAITING), "rb")
    except OSError as error:
        raise reading_failed(path, error) from error
    except ValueError as error:
        raise BadInput(tr("The file's name holds characters that no file can have.")) from error
    with file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise BadInput(
                tr(
                    "“{name}” is a pipe or a device, not a recording. Nothing was taken in.",
                    name=shown_name(path),
                )
            )
        if status.st_size == 0:
            raise BadInput(
                tr(
                    "“{name}” is empty (0 bytes). Nothing was taken in. If it should hold a "
                    "recording, copy it from the recorder once more.",
                    name=shown_name(path),
                )
            )
        yield file


_NO_WAITING = (
    getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
)


def disk_trouble(error: BaseException) -> OSError | None:
    """Return the system's own error behind what a library raised, if the disk is to blame."""
    cause: BaseException | None = error
    while cause is not None:
        # FFmpeg's errors are OSErrors too, and "I/O error" is what it calls some damage.
        is_systems = type(cause).__module__ == "builtins"
        if is_systems and isinstance(cause, OSError) and cause.errno in _DISK_TROUBLE:
            return cause
        cause = cause.__cause__ or cause.__context__
    return None


class TolerantReader:
    """A file as FFmpeg and libsndfile want it: a senseless place is refused, not raised.

    Damaged files send both to places before the file's beginning. An exception inside
    their callbacks cannot be passed on and would be printed to stderr instead.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place and return it; −1 if there is no such place."""
        try:
            return self._file.seek(offset, whence)
        except (OSError, ValueError, OverflowError):
            return -1

    def tell(self) -> int:
        """Return the place."""
        return self._file.tell()
