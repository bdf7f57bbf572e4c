"""The lock file: one program at a time has an archive open.

The operating system's own lock decides, so that it is gone with the process that
held it, however that ended. What stands in the file is for the person who is
refused; and for file servers that do not pass locks on from one computer to the
next it is the second line of defence.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from archive_app.errors import ArchiveLocked
from archive_app.store.sqlite_errors import understood_os
from archive_app.translation import tr

LOCK_NAME = "archive.lock"

_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_FAR = 1 << 30
"""Windows locks bytes against reading too: the locked one lies far behind the text."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an archive open, where, and since when (UTC, ISO 8601)."""

    who: str
    host: str
    machine: str
    pid: int
    since: str


class ArchiveLock:
    """A lock that is held from ``take`` to ``release``."""

    def __init__(self, file: FileIO, path: Path, *, was_given_back: bool) -> None:
        self._file = file
        self.path = path
        self.was_given_back = was_given_back
        """Whether the last one to hold it released it, rather than being killed."""

    @classmethod
    def take(cls, folder: Path, *, who: str = "") -> ArchiveLock:
        """Return the lock of an archive's folder.

        Raises:
            ArchiveLocked: another program holds it; the message says who, where, since when.
            Environment: the folder cannot be written to.
        """
        path = folder / LOCK_NAME
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        except OSError as error:
            raise understood_os(error) from error
        file = FileIO(descriptor, "r+")
        try:
            is_locked = _lock(file)
            was_given_back = os.fstat(file.fileno()).st_size == 0
            holder = _read(file)
            if is_locked is False:
                raise _refusal(path, holder)
            if holder is not None and not _is_stale(holder, is_locked=bool(is_locked)):
                raise _refusal(path, holder)
            failure = _write(file, _this_process(who))
            if failure is not None and not is_locked:
                raise understood_os(failure) from failure
        except BaseException:
            file.close()
            raise
        return cls(file, path, was_given_back=was_given_back)

    def release(self) -> None:
        """Give the lock back; calling it twice does no harm."""
        if self._file.closed:
            return
        _write(self._file, None)
        _unlock(self._file)
        self._file.close()


def _lock(file: FileIO) -> bool | None:
    """Return True if this process has the lock now, False if another has, None without locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        return None  # the file system knows no locks: what stands in the file decides
    return True


def _unlock(file: FileIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)


def _read(file: FileIO) -> Holder | None:
    """Return who the file says holds the lock; None if it is empty or unreadable."""
    file.seek(0)
    try:
        return Holder(**json.loads(file.read()))
    except (ValueError, TypeError):
        return None


def _write(file: FileIO, holder: Holder | None) -> OSError | None:
    """Write who holds the lock; return why that failed (a full disk)."""
    try:
        file.seek(0)
        file.truncate()
        if holder is not None:
            file.write(json.dumps(asdict(holder)).encode())
    except OSError as error:
        return error
    return None


def _this_process(who: str) -> Holder:
    return Holder(
        who=who or os.environ.get("USER") or os.environ.get("USERNAME") or "",
        host=socket.gethostname(),
        machine=_machine(),
        pid=os.getpid(),
        since=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _machine() -> str:
    # A laptop's name may change with the network it is in; its hardware address does not.
    return f"{uuid.getnode():012x}"


def _is_stale(holder: Holder, *, is_locked: bool) -> bool:
    """Tell whether a holder that left its name behind is gone for certain.

    On this computer the lock itself proves it; without locks the process id does.
    Of a process on another computer nothing is certain.
    """
    if holder.host != socket.gethostname() and holder.machine != _machine():
        return False
    return is_locked or not is_alive(holder.pid)


def is_alive(pid: int) -> bool:
    """Tell whether a process of this computer may still run; on Windows nothing is certain."""
    if sys.platform == "win32":  # there, signal 0 would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _refusal(path: Path, holder: Holder | None) -> ArchiveLocked:
    if holder is None:
        return ArchiveLocked(
            tr(
                "The archive is open in another window or program. Nothing was changed. "
                "Close it there first."
            )
        )
    return ArchiveLocked(
        tr(
            "The archive is already open: by {who} on {host}, since {since} (process {pid}). "
            "Nothing was changed. Close it there first. If that computer failed and nobody "
            "has the archive open, delete the file {path}.",
            who=holder.who or tr("somebody"),
            host=holder.host,
            since=holder.since,
            pid=holder.pid,
            path=path,
        )
    )
