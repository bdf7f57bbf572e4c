"""Every error of SQLite turned, in one place, into one that a person can understand."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from typing import Any, cast

import sqlcipher3.dbapi2 as driver  # pyright: ignore[reportMissingTypeStubs]
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from archive_app.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    BadValue,
    Bug,
    Conflict,
    Environment,
)
from archive_app.translation import tr

# Primary result codes: https://sqlite.org/rescode.html
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR = 3, 5, 6, 8, 10
_CORRUPT, _FULL, _CANTOPEN, _CONSTRAINT, _NOTADB = 11, 13, 14, 19, 26

_BY_TEXT = {
    "disk is full": _FULL,
    "readonly": _READONLY,
    "unable to open": _CANTOPEN,
    "is locked": _BUSY,
    "malformed": _CORRUPT,
    "not a database": _NOTADB,
    "I/O error": _IOERR,
}
"""Parts of SQLite's messages, for errors to which the driver gives no code (copies do that)."""

_NO_SUCH_PLACE = (errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.EINVAL)

_DRIVER_ERROR: type[Exception] = cast("Any", driver).Error


def map_engine_errors(engine: Engine) -> None:
    """Make every statement, begin and commit on an engine raise an ArchiveError if it fails."""

    def replace(context: ExceptionContext) -> None:
        if isinstance(context.original_exception, _DRIVER_ERROR):
            raise understood(context.original_exception) from context.original_exception

    event.listen(engine, "handle_error", replace)


@contextlib.contextmanager
def mapped_errors() -> Iterator[None]:
    """Let only ArchiveError leave a block in which the driver or the disk may fail."""
    try:
        yield
    except OSError as error:
        raise understood_os(error) from error
    except _DRIVER_ERROR as error:
        raise understood(error) from error


def understood_os(error: OSError) -> ArchiveError:
    """Return the error to show for one of the operating system's."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full(str(error.strerror))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _read_only(str(error.strerror))
    if error.errno in _NO_SUCH_PLACE:
        return Environment(
            tr(
                "The archive's place cannot be found or made. Nothing was changed. Check that the "
                "disk is connected and that the name is one the system allows."
            ),
            details=str(error.strerror),
        )
    return _device_failed(str(error.strerror))


def understood(error: BaseException) -> ArchiveError:
    """Return the error to show for one of the driver's.

    SQLite's own messages name constraints and columns, never values.
    """
    details = str(error)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        code = next((known for text, known in _BY_TEXT.items() if text in details), 0)
    primary = int(code) & 0xFF
    if primary == _CONSTRAINT:
        return _constraint(details)
    if primary == _FULL:
        return _disk_full(details)
    if primary in (_READONLY, _PERM, _CANTOPEN):
        return _read_only(details)
    if primary in (_BUSY, _LOCKED):
        return ArchiveLocked(
            tr(
                "Another program holds the archive's database. Nothing of this step was "
                "stored, what was saved before is safe. Close the other program and try again."
            ),
            details=details,
        )
    if primary in (_CORRUPT, _NOTADB):
        return ArchiveDamaged(
            tr(
                "The archive's database is damaged. Nothing was changed. Close the archive, "
                "keep a copy of its folder, and restore the newest copy from its folder "
                "“backups”."
            ),
            details=details,
        )
    if primary == _IOERR:
        return _device_failed(details)
    return Bug(
        tr("The program asked the database for something impossible. Nothing was changed."),
        details=details,
    )


def _constraint(details: str) -> ArchiveError:
    if "interview.accession" in details:
        return Conflict(
            tr(
                "Another interview already has this accession number. Nothing was changed. "
                "Choose a different number."
            ),
            details=details,
        )
    if "FOREIGN KEY" in details:
        return Conflict(
            tr(
                "Something else in the archive still depends on this, or what it belongs to is "
                "gone. Nothing was changed. Remove or move what depends on it first."
            ),
            details=details,
        )
    if "UNIQUE" in details:
        return Conflict(
            tr("The archive already holds the same entry. Nothing was changed."), details=details
        )
    if "CHECK" in details:
        return BadValue(
            tr("A value lies outside of what its field allows. Nothing was changed."),
            details=details,
        )
    return Bug(tr("A field that must be filled in is empty. Nothing was changed."), details=details)


def _disk_full(details: str) -> Environment:
    return Environment(
        tr(
            "The disk is full. Nothing of this step was stored, what was saved before is safe. "
            "Make room on the disk that holds the archive and try again."
        ),
        details=details,
    )


def _read_only(details: str) -> Environment:
    return Environment(
        tr(
            "The archive's folder cannot be written to. Nothing was changed. Give yourself "
            "the right to write there, or copy the archive to a folder of your own."
        ),
        details=details,
    )


def _device_failed(details: str) -> Environment:
    return Environment(
        tr(
            "The disk that holds the archive does not answer as it should. Nothing of this step "
            "was stored, what was saved before is safe. Check that the disk is connected and "
            "healthy, then open the archive again."
        ),
        details=details,
    )
