"""The vault: the originals, named by their hash, never changed.

``media/ab/abcdef….wav``. A file comes in under a temporary name, is hashed while
it is copied, synced, read back from the disk and compared, made read-only and only
then given its name: whatever stands under a hash is whole (law 21).
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader
from pathlib import Path, PurePosixPath

from archive_app.disk import sync_folder
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import (
    ArchiveDamaged,
    BadInput,
    BadValue,
    Environment,
)
from archive_app.media.copying import (
    Steps,
    copy_hashing,
    fingerprint,
    hash_file,
    hash_open_file,
    remove_even_if_read_only,
    require_room,
    require_unchanged,
    writing_failed,
)
from archive_app.media.sources import open_source, reading_failed, shown_name
from archive_app.translation import tr

_TEMPORARY = ".incoming-"
_HASH = re.compile("[0-9a-f]{64}")
_NAMED_BY_HASH = re.compile(r"([0-9a-f]{64})(\.[a-z0-9]{1,8})?")


class Fixity(StrEnum):
    """How a file of the vault stands against its recorded hash."""

    OK = "ok"
    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    """The disk does not give it out; it may still be whole."""


@dataclass(frozen=True, slots=True)
class VaultFile:
    """A file in the vault. ``path`` is relative to the archive's folder, POSIX."""

    sha256: str
    size_bytes: int
    path: str
    was_known: bool = False
    """The vault held it already; nothing was copied."""
    was_mended: bool = False
    """The vault's own copy was damaged, and this good one took its place."""


@dataclass(frozen=True, slots=True)
class FixityReport:
    """What ``verify_all`` found of one file."""

    path: str
    sha256: str
    fixity: Fixity


class RecordingVault:
    """The originals of one archive, in its ``media`` folder.

    Only one process may use it at a time (the archive's lock sees to that); threads
    may share it.
    """

    def __init__(self, media_folder: Path) -> None:
        self.folder = media_folder
        self._lock = threading.Lock()
        self._arriving: set[str] = set()
        self._sizes: dict[int, set[Path]] | None = None

    # -- names ---------------------------------------------------------------

    def path(self, relative: str) -> Path:
        """Return the place on this machine of a path relative to the archive's folder.

        Raises:
            BadValue: the path is not one of the vault's (it may lead out of it).
        """
        parts = PurePosixPath(relative).parts
        is_ours = (
            len(parts) == 3
            and parts[0] == self.folder.name
            and _NAMED_BY_HASH.fullmatch(parts[2])
            and parts[1] == parts[2][:2]
            and "/".join(parts) == relative
        )
        if not is_ours:
            raise BadValue(
                tr(
                    "A recording's place in this archive is not one that the archive gives. It "
                    "was not opened. The archive may come from elsewhere or be damaged; check it."
                )
            )
        return self.folder / parts[1] / parts[2]

    def relative(self, path: Path) -> str:
        """Return the vault's path of a file in it, as records keep it."""
        return f"{self.folder.name}/{path.parent.name}/{path.name}"

    def files(self) -> Iterator[Path]:
        """Walk through all files that stand under a hash, in the order of their hashes."""
        with suppress(FileNotFoundError):
            for folder in sorted(p for p in self.folder.iterdir() if len(p.name) == 2):
                if folder.is_dir():
                    yield from sorted(
                        p for p in folder.iterdir() if _NAMED_BY_HASH.fullmatch(p.name)
                    )

    def strays(self, known: Iterable[str]) -> list[str]:
        """Return the vault's files that no record knows, as relative paths."""
        of_records = set(known)
        return [r for r in map(self.relative, self.files()) if r not in of_records]

    # -- coming in -----------------------------------------------------------

    def take_in(
        self, source: Path, progress: Progress = NO_PROGRESS, *, extension: str = ""
    ) -> VaultFile:
        """Copy a recording into the vault and return it; the original is only read.

        A file whose content the vault has is recognised by its hash, whatever it is
        called, and not copied again. ``extension`` is used in place of the source's own.

        Raises:
            BadInput: empty, no regular file, or changed while it was read.
            Environment: gone, not readable, no room, or a disk fails.
            Cancelled: through ``progress``. After any failure the vault is as before.
        """
        with open_source(source) as file:
            before = fingerprint(file)
            steps = Steps(progress, total=2 * before.size)
            self._prepare(source)
            if self._maybe_known(before.size):
                known = self._recognised(source, file, steps)
                if known is not None:
                    return known
                steps.total += before.size
            self._refuse_damaged_own(source)
            require_room(self.folder, before.size)
            temporary = self.folder / f"{_TEMPORARY}{os.getpid()}-{secrets.token_hex(8)}"
            with self._lock:
                self._arriving.add(temporary.name)
            try:
                sha256 = copy_hashing(file, source, temporary, steps)
                require_unchanged(source, file, before, temporary.stat().st_size)
                return self._settle(temporary, sha256, steps, extension or _extension(source))
            except OSError as error:
                raise writing_failed(self.folder, error, before.size) from error
            finally:
                with suppress(OSError):
                    remove_even_if_read_only(temporary)
                with self._lock:
                    self._arriving.discard(temporary.name)

    def adopt(self, source: Path, sha256: str, progress: Progress = NO_PROGRESS) -> VaultFile:
        """Move a file of the archive's own making in under its hash, without a second copy.

        For recordings made here: they may be larger than the room that is left. The
        caller has hashed the file and written down where it goes.

        Raises:
            Environment: it could not be moved; it is where it was.
            Cancelled: through ``progress``, where the vault lies on another disk.
        """
        self._prepare(source)
        held = self.find(sha256)
        target = held or self.folder / sha256[:2] / f"{sha256}{_extension(source)}"
        try:
            size = source.stat().st_size
            target.parent.mkdir(exist_ok=True)
            if held is not None and os.name == "nt":
                remove_even_if_read_only(held)
            source.replace(target)
            target.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
            sync_folder(target.parent)
            sync_folder(self.folder)
            sync_folder(source.parent)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise writing_failed(self.folder, error, 0) from error
            taken = self.take_in(source, progress)  # the vault is a link to another disk
            with suppress(OSError):
                remove_even_if_read_only(source)
            return taken
        with self._lock:
            self._sizes = None
        return VaultFile(sha256, size, self.relative(target), was_known=held is not None)

    def _prepare(self, source: Path) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise writing_failed(self.folder, error, 0) from error
        if source.name.startswith(_TEMPORARY):
            raise BadInput(tr("This is a half-copied file of the archive itself, not a recording."))

    def _refuse_damaged_own(self, source: Path) -> None:
        """Refuse to take the vault's own file in under another hash than its name says."""
        real = source.resolve()
        if real.parent.parent == self.folder.resolve() and _NAMED_BY_HASH.fullmatch(real.name):
            raise ArchiveDamaged(
                tr(
                    "“{name}” is one of the archive's own files, and it is not what it was when it "
                    "was taken in. Nothing was changed. Check the archive and bring the file "
                    "back from a backup.",
                    name=shown_name(source),
                )
            )

    def _recognised(self, source: Path, file: BufferedReader, steps: Steps) -> VaultFile | None:
        """Return the vault's file if it holds, undamaged, just what the source holds."""
        before = fingerprint(file)
        what = tr("Comparing with the archive")
        try:
            sha256, read = hash_open_file(file, steps, what)
        except OSError as error:
            raise reading_failed(source, error) from error
        require_unchanged(source, file, before, read)
        held = self.find(sha256)
        if held is None or not self._is_whole(held, sha256, steps):
            return None
        return VaultFile(sha256, before.size, self.relative(held), was_known=True)

    def _settle(self, temporary: Path, sha256: str, steps: Steps, extension: str) -> VaultFile:
        """Compare the copy on the disk with its hash and give it its name."""
        size = temporary.stat().st_size
        if hash_file(temporary, steps, tr("Checking the copy")) != sha256:
            raise Environment(
                tr(
                    "The copy in the archive came out different from the original: the archive's "
                    "disk or the computer's memory is failing. Nothing was taken in, and the "
                    "original is as it was. Have the disk checked before going on."
                )
            )
        temporary.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        with self._lock:
            held = self.find(sha256)
            if held is not None and self._is_whole(held, sha256, steps):
                return VaultFile(sha256, size, self.relative(held), was_known=True)
            target = held or self.folder / sha256[:2] / f"{sha256}{extension}"
            target.parent.mkdir(exist_ok=True)
            if held is not None and os.name == "nt":
                remove_even_if_read_only(held)  # it cannot replace what is read-only
            temporary.replace(target)
            sync_folder(target.parent)
            sync_folder(self.folder)
            if self._sizes is not None:
                self._sizes.setdefault(size, set()).add(target)
        is_known = held is not None
        return VaultFile(sha256, size, self.relative(target), is_known, was_mended=is_known)

    def find(self, sha256: str) -> Path | None:
        """Return where the vault keeps a hash, under whatever extension; None if nowhere."""
        if not _HASH.fullmatch(sha256):
            return None
        folder = self.folder / sha256[:2]
        if not folder.is_dir():
            return None
        names = sorted(p for p in folder.glob(f"{sha256}*") if _NAMED_BY_HASH.fullmatch(p.name))
        return names[0] if names else None

    def _is_whole(self, held: Path, sha256: str, steps: Steps) -> bool:
        try:
            return hash_file(held, steps, tr("Comparing with the archive")) == sha256
        except OSError:
            return False

    def _maybe_known(self, size_bytes: int) -> bool:
        """Tell whether the vault has a file of this size, from sizes read once."""
        with self._lock:
            if self._sizes is None:
                self._sizes = {}
                for path in self.files():
                    with suppress(OSError):
                        self._sizes.setdefault(path.stat().st_size, set()).add(path)
            return bool(self._sizes.get(size_bytes))

    # -- staying -------------------------------------------------------------

    def sweep(self) -> int:
        """Remove what a killed process left half copied; return how many files that was.

        To be called when the archive is opened, under its lock.
        """
        removed = 0
        with suppress(FileNotFoundError):
            for path in list(self.folder.glob(f"{_TEMPORARY}*")):
                with self._lock:
                    is_arriving = path.name in self._arriving
                if not is_arriving:
                    with suppress(OSError):
                        remove_even_if_read_only(path)
                        removed += 1
        return removed

    def verify(self, relative: str, sha256: str, progress: Progress = NO_PROGRESS) -> Fixity:
        """Return whether a file still is what was taken in; it is read whole, from the disk.

        Raises:
            BadValue: the path leads out of the vault.
            Cancelled: through ``progress``.
        """
        path = self.path(relative)
        try:
            steps = Steps(progress, total=path.stat().st_size)
            return self._fixity(path, sha256, steps)
        except (FileNotFoundError, NotADirectoryError):
            return Fixity.MISSING
        except OSError:
            return Fixity.UNREADABLE

    def verify_all(
        self, files: Mapping[str, str], progress: Progress = NO_PROGRESS
    ) -> list[FixityReport]:
        """Return how each of the files (relative path to hash) stands, in their order.

        A path that leads out of the vault counts as missing. Raises Cancelled.
        """
        sizes: dict[str, int] = {}
        for relative in files:
            with suppress(OSError, BadValue):
                sizes[relative] = self.path(relative).stat().st_size
        steps = Steps(progress, total=sum(sizes.values()))
        reports: list[FixityReport] = []
        for relative, sha256 in files.items():
            expected = steps.done + sizes.get(relative, 0)
            try:
                fixity = self._fixity(self.path(relative), sha256, steps)
            except (FileNotFoundError, NotADirectoryError, BadValue):
                fixity = Fixity.MISSING
            except OSError:
                fixity = Fixity.UNREADABLE
            steps.done = expected
            reports.append(FixityReport(relative, sha256, fixity))
        return reports

    def _fixity(self, path: Path, sha256: str, steps: Steps) -> Fixity:
        is_same = hash_file(path, steps, tr("Checking the recordings")) == sha256
        return Fixity.OK if is_same else Fixity.CHANGED

    def remove(self, relative: str) -> None:
        """Remove a file for good, for a purge; one that is gone already is no error.

        Raises:
            BadValue: the path leads out of the vault.
            Environment: the folder cannot be written.
        """
        path = self.path(relative)
        try:
            remove_even_if_read_only(path)
            if path.parent.is_dir():
                sync_folder(path.parent)
        except OSError as error:
            raise Environment(
                tr(
                    "A recording could not be removed from the archive's folder; it is still "
                    "there. See whether the disk is write-protected, then try again."
                ),
                details=type(error).__name__,
            ) from error
        with self._lock:
            self._sizes = None


def _extension(source: Path) -> str:
    """Return a file's extension in lower-case ASCII; "" where it is no sane one."""
    extension = source.suffix.lower()
    return extension if re.fullmatch(r"\.[a-z0-9]{1,8}", extension) else ""
