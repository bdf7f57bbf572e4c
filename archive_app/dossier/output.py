"""Writing a file so that a failure leaves the one that was there (law 22)."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from archive_app.errors import Environment
from archive_app.translation import tr


def write_beside(target: Path, data: bytes) -> None:
    """Put a file in its place whole: written beside it, synced, then moved over it.

    Raises:
        Environment: the disk is full, the folder read-only or gone; nothing was changed.
    """
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".dossier-", suffix=".part")
    except OSError as error:
        raise _explained(error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode_for(target))
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _explained(error) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _mode_for(target: Path) -> int:
    """Return the old file's permissions, else those that a new file would get."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some file systems do not sync folders; the file itself is safe by now.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(handle)


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
