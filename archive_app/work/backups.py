"""Verified copies of a whole archive in one file, and archives made from them.

A backup is a ZIP without compression: the database, the media, and a manifest
of their hashes. What is restored may come from anywhere: names, sizes and
hashes are looked at before anything is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import ArchiveDamaged, ArchiveError, BadInput, BadValue, Conflict
from archive_app.errors import Environment as EnvironmentFault
from archive_app.store.archive import DATABASE_NAME, Archive
from archive_app.store.reading import Reader
from archive_app.translation import tr
from archive_app.work.dossier_parts import hash_of_picture

SUFFIX = ".oralhistory"
BACKUP_SUFFIX = ".oralhistory-backup"
MANIFEST = "manifest.json"
FORMAT = 1
_LARGEST_MANIFEST = 64 << 20
_MOST_FILES = 1_000_000
_BLOCK = 1 << 20
_MEDIA = re.compile(r"media/([0-9a-f]{2})/((?:\1)[0-9a-f]{62})(\.[a-z0-9]{1,8})?")
"""The only names the vault gives; none of them leads elsewhere on any system."""


def archive_folder(path: Path) -> Path:
    """Return the folder an archive of this name has: with the ending that marks archives.

    Raises:
        BadValue: the path has no name, as "." and "/" have none.
    """
    if not path.name or path.name == "..":
        raise BadValue(tr("An archive needs a name of its own. Nothing was changed."))
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def expect_nothing_at(folder: Path) -> None:
    """See that a new archive would replace nothing.

    Raises:
        Conflict: something stands there, were it a link that leads nowhere.
    """
    try:
        is_taken = os.path.lexists(folder)
    except ValueError:
        is_taken = False
    if is_taken:
        raise Conflict(
            tr("“{name}” is there already, and was not touched. Choose another name.",
               name=folder.name)
        )  # fmt: skip


def backup(
    archive: Archive, target: Path | None = None, *, progress: Progress = NO_PROGRESS
) -> Path:
    """Write a verified copy of the whole archive into one file and return its path.

    It stands beside the archive unless told otherwise, and is complete or absent.

    Raises:
        BadValue: the target has no name.
        Environment: it could not be written.
        ArchiveDamaged: a recording is missing or changed; nothing was written.
        Cancelled: the person stopped it.
    """
    if target is None:
        stamp = datetime.now(UTC).strftime("%Y-%m-%d %H%M%S")
        target = archive.folder.with_name(f"{archive.folder.stem} {stamp}{BACKUP_SUFFIX}")
    if not target.name or target.name == "..":
        raise BadValue(tr("A backup needs a file name. Nothing was written."))
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
            database = Path(scratch) / DATABASE_NAME
            part = Path(scratch) / "backup.part"
            _copy_database(archive, database)
            _write(archive, database, part, progress)
            _verified(part, target, progress)
            part.replace(target)
    except OSError as error:
        raise EnvironmentFault(
            tr("The backup could not be written: {reason}. The archive itself is unharmed. Choose "
               "another folder or make room on the disk.", reason=os.strerror(error.errno or 0))
        ) from error  # fmt: skip
    return target


def _copy_database(archive: Archive, target: Path) -> None:
    try:
        archive.copy_database(target)
    except EnvironmentFault as error:
        if type(error) is not EnvironmentFault:
            raise
        # Its words are about the archive's own disk; this one may be another.
        raise EnvironmentFault(
            tr("The backup could not be written: its disk is full or does not take it. The archive "
               "itself is unharmed. Choose another folder or make room on the disk."),
            details=error.details or error.message,
        ) from error  # fmt: skip


def _write(archive: Archive, database: Path, part: Path, progress: Progress) -> None:
    with archive.read() as reader:
        media = sorted(_media_of(reader).items())
    files: dict[str, str] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True) as bundle:
        sources = [(DATABASE_NAME, database, "")]
        sources += [(path, archive.folder / path, sha256) for path, sha256 in media]
        for number, (name, source, sha256) in enumerate(sources):
            progress.report(number, len(sources) * 2, tr("Backing up"))
            files[name] = _add(bundle, name, source)
            if sha256 and files[name] != sha256:
                raise ArchiveDamaged(
                    tr("A recording's or a picture's bytes are not what they were, so no backup "
                       "was written. “archive-app check” names it; restore it from an older backup "
                       "first.")
                )  # fmt: skip
        manifest = {"format": FORMAT, "name": archive.name, "uuid": archive.uuid, "files": files}
        bundle.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _media_of(reader: Reader) -> dict[str, str]:
    """Return the files that an archive's rows name, with their hashes."""
    pictures = {path: sha256 for path in reader.pictures() if (sha256 := hash_of_picture(path))}
    return pictures | {one.vault_path: one.sha256 for one in reader.all_recordings()}


def _add(bundle: zipfile.ZipFile, name: str, source: Path) -> str:
    if not source.exists():
        raise ArchiveDamaged(
            tr("A recording or a picture is missing from the archive, so no backup was written. "
               "“archive-app relink FOLDER” finds recordings again.")
        )  # fmt: skip
    digest = hashlib.sha256()
    with source.open("rb") as file, bundle.open(name, "w", force_zip64=True) as out:
        while block := file.read(_BLOCK):
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def restore(source: Path, path: Path, *, progress: Progress = NO_PROGRESS) -> Path:
    """Make an archive anew from a backup, verify it, and return its folder.

    Raises:
        BadInput: the file is no backup, or is damaged.
        Conflict: something stands at the place already.
        Environment: it could not be written.
        Cancelled: the person stopped it; nothing is left.
    """
    folder = archive_folder(path)
    expect_nothing_at(folder)
    if not os.path.isfile(source):  # noqa: PTH113 - Path.is_file raises on names that are too long
        raise BadInput(_damaged(source))
    files = _verified(source, source, progress)
    scratch: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".restore-"))
        draft = scratch / folder.name
        _unpack(source, files, draft, progress)
        _expect_whole(source, draft, files)
        draft.replace(folder)
    except OSError as error:
        raise EnvironmentFault(
            tr("The backup could not be restored: {reason}. Nothing was left half done.",
               reason=os.strerror(error.errno or 0))
        ) from error  # fmt: skip
    finally:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)
    return folder


def _unpack(source: Path, files: Mapping[str, str], draft: Path, progress: Progress) -> None:
    for part in (draft, draft / "media", draft / "backups"):
        part.mkdir()
    with _opened(source, source) as bundle:
        for number, (name, sha256) in enumerate(files.items()):
            progress.report(number, len(files), tr("Restoring"))
            out = draft / name
            out.parent.mkdir(exist_ok=True)
            digest = hashlib.sha256()
            with bundle.open(name) as file, out.open("wb") as copy:
                for block in _blocks(file):
                    digest.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            if digest.hexdigest() != sha256:
                raise BadInput(_damaged(source))
            if name != DATABASE_NAME:
                out.chmod(0o444)


def _expect_whole(source: Path, draft: Path, files: Mapping[str, str]) -> None:
    """See that what was unpacked is an archive that opens, with all of its recordings."""
    try:
        with Archive.open(draft) as archive, archive.read() as reader:
            needed = _media_of(reader)
    except EnvironmentFault as error:
        if type(error) is EnvironmentFault:
            raise
        # Its words are about an archive that was one; this is a file from outside.
        raise BadInput(f"{_damaged(source)} {error.message}") from error
    except ArchiveError as error:
        raise BadInput(_damaged(source)) from error
    if any(files.get(path) != sha256 for path, sha256 in needed.items()):
        raise BadInput(_damaged(source))


def _verified(path: Path, shown: Path, progress: Progress) -> dict[str, str]:
    """Read every file of a backup against its manifest and return names with hashes.

    Raises:
        BadInput: it is not what a backup is, in any respect.
    """
    with _opened(path, shown) as bundle:
        files = _manifest(bundle, shown)
        for number, (name, sha256) in enumerate(files.items()):
            progress.report(len(files) + number, len(files) * 2, tr("Checking the backup"))
            digest = hashlib.sha256()
            with bundle.open(name) as file:
                for block in _blocks(file):
                    digest.update(block)
            if digest.hexdigest() != sha256:
                raise BadInput(_damaged(shown))
    return files


@contextmanager
def _opened(path: Path, shown: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as bundle:
            yield bundle
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, EOFError,
        NotImplementedError, RuntimeError, OverflowError,
    ) as error:  # fmt: skip
        raise BadInput(_damaged(shown)) from error


def _manifest(bundle: zipfile.ZipFile, shown: Path) -> dict[str, str]:
    """Return the files of a backup, after everything that can be seen without reading them.

    Nothing is compressed in a backup of ours, so nothing can swell; and no two
    entries may share the same bytes of the file.
    """
    infos = bundle.infolist()
    names = [info.filename for info in infos]
    is_plain = (
        len(infos) <= _MOST_FILES
        and len(names) == len({name.casefold() for name in names})
        and all(
            info.compress_type == zipfile.ZIP_STORED
            and info.file_size == info.compress_size
            and not info.flag_bits & 1
            for info in infos
        )
        and sum(info.file_size for info in infos) <= _size_of(bundle)
    )
    if not is_plain or bundle.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise BadInput(_damaged(shown))
    manifest = json.loads(bundle.read(MANIFEST))
    files = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(files, dict) or not all(isinstance(one, str) for one in files.values()):
        raise BadInput(_damaged(shown))
    if isinstance(manifest.get("format"), int) and manifest["format"] > FORMAT:
        raise BadInput(
            tr("“{name}” was written by a newer version of the program. Nothing was restored; "
               "restore it with that version.", name=shown.name)
        )  # fmt: skip
    for name, sha256 in files.items():
        media = _MEDIA.fullmatch(name)
        if name != DATABASE_NAME and (media is None or media.group(2) != sha256):
            raise BadInput(_damaged(shown))
    if DATABASE_NAME not in files or {*names} != {*files, MANIFEST}:
        raise BadInput(_damaged(shown))
    return files


def _size_of(bundle: zipfile.ZipFile) -> int:
    assert bundle.fp is not None
    here = bundle.fp.tell()
    size = bundle.fp.seek(0, os.SEEK_END)
    bundle.fp.seek(here)
    return size


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


def _damaged(path: Path) -> str:
    return tr("“{name}” is no backup of an archive, or it is damaged. Nothing was restored; try "
              "another backup.", name=path.name)  # fmt: skip
