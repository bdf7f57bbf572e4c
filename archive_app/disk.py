"""Files that stand on the disk whole or not at all, even after a power cut."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path


def put_whole(target: Path, data: bytes) -> None:
    """Put a file in its place: written beside it, synced, then moved over it.

    A file that stood there gives the new one its permissions; whatever goes wrong, it
    stands unchanged, and nothing is left beside it.

    Raises:
        OSError: it could not be written.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode_for(target))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)


def _mode_for(target: Path) -> int:
    """Return the old file's permissions, else those that a new file would get."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def sync_folder(folder: Path) -> None:
    """Make new and moved names in a folder outlast a power cut, where the system can.

    Raises:
        OSError: the disk failed.
    """
    if os.name == "nt":  # no handle of a folder can be synced there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Network file systems do not sync folders; the files themselves are safe by now.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(handle)
