"""Writing a file so that a failure leaves the one that was there (law 22)."""

from __future__ import annotations

import errno
from pathlib import Path

from archive_app.disk import put_whole
from archive_app.errors import Environment
from archive_app.translation import tr


def write_beside(target: Path, data: bytes) -> None:
    """Put a dossier in its place, whole or not at all.

    Raises:
        Environment: the disk is full, the folder read-only or gone; nothing was changed.
    """
    try:
        put_whole(target, data)
    except OSError as error:
        raise _explained(error) from error


def _explained(error: OSError) -> Environment:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        said = tr(
            "The disk is full, so the dossier was not written. A file of that name from before is"
            " untouched. Free some space or choose another disk, then try again."
        )
    elif isinstance(error, FileNotFoundError):
        said = tr("The folder for the dossier is not there. Choose another folder and try again.")
    elif isinstance(error, PermissionError):
        said = tr(
            "The dossier may not be written there: the folder or the file is protected, or another"
            " program has it open. A file of that name from before is untouched. Close it or"
            " choose another place, then try again."
        )
    else:
        said = tr(
            "The dossier could not be written. A file of that name from before is untouched."
            " Choose another place and try again."
        )
    return Environment(said, details=errno.errorcode.get(error.errno or 0, "OSError"))
