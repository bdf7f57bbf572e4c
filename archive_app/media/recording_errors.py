"""What is told when a recording cannot be written to the disk any further."""

from __future__ import annotations

import errno
from pathlib import Path

from archive_app.errors import Environment
from archive_app.media.sources import DISK_FULL
from archive_app.translation import tr


def recording_failed(path: Path, error: OSError) -> Environment:
    """Return what to raise when the system refuses to write a recording."""
    details = f"{path.suffix} {type(error).__name__} {errno.errorcode.get(error.errno or 0, '')}"
    if error.errno == errno.EFBIG:
        return Environment(
            tr("The archive's disk takes no longer file than this (a limit of its file system or "
               "of your account), so the recording was stopped. Everything up to now is kept. Go "
               "on in a new recording; for longer ones keep the archive on another disk."),
            details=details,
        )  # fmt: skip
    if error.errno in DISK_FULL:
        return disk_is_full(details)
    return Environment(
        tr("The recording could not be written: the archive's disk does not answer as it should. "
           "What was recorded up to now is kept as far as the disk has it. See whether it is "
           "connected and not write-protected, then take the recording in."),
        details=details,
    )  # fmt: skip


def disk_is_full(details: str = "") -> Environment:
    """Return what to raise when the archive's disk has no room for more sound."""
    return Environment(
        tr("The archive's disk is full, so the recording was stopped. Everything up to now is "
           "kept. Make room on the disk before you record on."),
        details=details,
    )  # fmt: skip
