"""Finding lost recordings again, wherever they were moved to."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import BadInput, Environment, NotFound
from archive_app.media.copying import Steps, hash_open_file
from archive_app.media.sources import open_source
from archive_app.media.vault import RecordingVault, VaultFile
from archive_app.translation import tr


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A file that a record names and the vault has lost."""

    path: str
    """As the record has it, relative to the archive's folder."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Relinked:
    """A lost file that was found again: where, and where in the vault it is now."""

    sha256: str
    source: Path
    file: VaultFile


def relink(
    vault: RecordingVault,
    missing: Mapping[str, MissingFile],
    folder: Path,
    progress: Progress = NO_PROGRESS,
) -> list[Relinked]:
    """Look for lost files (by hash) below a folder and take all that are found in again.

    Names do not matter: size is compared first, then the hash. Found files get the
    extension the records have, so that their paths are right again. What cannot be
    read is passed over.

    Raises:
        NotFound: the folder is not there.
        Environment: the archive has no room or cannot be written.
        Cancelled: through ``progress``; what was relinked by then stays.
    """
    if not folder.is_dir():
        raise NotFound(tr("The folder to search is not there. Nothing was changed."))
    candidates = _candidates(vault, folder, {f.size_bytes for f in missing.values()}, progress)
    steps = Steps(progress, total=sum(size for _, size in candidates))
    left = dict(missing)
    found: list[Relinked] = []
    for path, size in candidates:
        expected = steps.done + size
        if any(file.size_bytes == size for file in left.values()):
            sha256 = _hash_if_readable(path, steps)
            if sha256 in left:
                extension = vault.path(left.pop(sha256).path).suffix
                file = vault.take_in(path, extension=extension)
                found.append(Relinked(sha256, path, file))
        steps.done = expected
    return found


def _hash_if_readable(path: Path, steps: Steps) -> str:
    try:
        with open_source(path) as file:
            return hash_open_file(file, steps, tr("Comparing files"))[0]
    except (BadInput, Environment, OSError):
        return ""


def _candidates(
    vault: RecordingVault, folder: Path, sizes: set[int], progress: Progress
) -> list[tuple[Path, int]]:
    """Return the files below a folder that have one of the sizes; linked folders stay out."""
    found: list[tuple[Path, int]] = []
    own = vault.folder.resolve()
    for place, folders, names in os.walk(folder):
        progress.report(0, 0, tr("Looking through folders"))
        if Path(place).resolve() == own:
            folders.clear()
            continue
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            with suppress(OSError):
                status = path.stat()
                if stat.S_ISREG(status.st_mode) and status.st_size in sizes:
                    found.append((path, status.st_size))
    return found
