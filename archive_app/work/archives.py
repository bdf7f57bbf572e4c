"""Making, opening, checking, backing up and restoring whole archives."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.transcript import quote_of
from archive_app.errors import ArchiveDamaged, BadInput, Conflict, Environment
from archive_app.media.relinking import MissingFile
from archive_app.media.relinking import relink as relink_files
from archive_app.media.vault import RecordingVault
from archive_app.store.archive import DATABASE_NAME, Archive
from archive_app.translation import tr, trn

SUFFIX = ".oralhistory"
BACKUP_SUFFIX = ".oralhistory-backup"
MANIFEST = "manifest.json"


def archive_folder(path: Path) -> Path:
    """Return the folder an archive of this name has: with the ending that marks archives."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def create_archive(path: Path, *, name: str = "", who: str = "") -> Archive:
    """Make an empty archive and return it, open.

    Raises:
        Conflict: something stands there already.
        Environment: the folder cannot be written.
    """
    folder = archive_folder(path)
    return Archive.create(folder, name=name or folder.stem, who=who)


def open_archive(path: Path, *, who: str = "") -> Archive:
    """Return the archive in a folder, open; half-finished copies in its vault are swept away.

    Raises:
        NotFound: there is no archive.
        ArchiveLocked, ArchiveTooNew, ArchiveDamaged, MissingLibrary: see ``store.archive``.
    """
    folder = path
    if not folder.exists() and archive_folder(path).exists():
        folder = archive_folder(path)
    if folder.name == DATABASE_NAME:
        folder = folder.parent
    archive = Archive.open(folder, who=who)
    RecordingVault(archive.media_folder).sweep()
    return archive


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check of the whole archive found; no problems: all is well."""

    problems: tuple[str, ...]
    interviews: int
    recordings: int
    taggings: int


def check(archive: Archive, *, progress: Progress = NO_PROGRESS) -> CheckReport:
    """Return whether database, spans and media are as they should be; changes nothing."""
    problems = list(archive.check())
    vault = RecordingVault(archive.media_folder)
    taggings = 0
    with archive.read() as reader:
        interviews = reader.interview_ids()
        recordings = reader.all_recordings()
        total = len(interviews) + len(recordings)
        for number, interview_id in enumerate(interviews):
            progress.report(number, total, tr("Checking transcripts"))
            file = reader.interview_file(interview_id)
            for transcript in file.transcripts:
                order = {turn.id: n for n, turn in enumerate(transcript.turns)}
                for tagging in transcript.taggings:
                    taggings += 1
                    if tagging.is_orphan:
                        continue
                    first = order[tagging.span.start_turn]
                    last = order[tagging.span.end_turn]
                    covered = transcript.turns[first : last + 1]
                    if quote_of(covered, tagging.span) != tagging.quote:
                        problems.append(
                            tr("{accession}: a tag no longer lies on its words (tagging {id}).",
                               accession=file.interview.accession, id=tagging.id)
                        )  # fmt: skip
        for number, recording in enumerate(recordings, len(interviews)):
            progress.report(number, total, tr("Checking recordings"))
            state = vault.verify(recording.vault_path, recording.sha256)
            if state.value != "ok":
                accession = reader.interview(recording.interview_id).accession
                problems.append(_media_problem(accession, state.value))
    return CheckReport(tuple(problems), len(interviews), len(recordings), taggings)


def _media_problem(accession: str, state: str) -> str:
    if state == "missing":
        return tr("{accession}: a recording is missing from the archive's media folder. "
                  "“archive-app relink FOLDER” finds it again.", accession=accession)  # fmt: skip
    return tr("{accession}: a recording's bytes are not what they were. Restore it from a backup.",
              accession=accession)  # fmt: skip


def backup(
    archive: Archive, target: Path | None = None, *, progress: Progress = NO_PROGRESS
) -> Path:
    """Write a verified copy of the whole archive into one file and return its path.

    The file is a plain ZIP of the database, the media and a manifest of hashes;
    it stands beside the archive unless told otherwise, and is complete or absent.

    Raises:
        Environment: it could not be written.
        ArchiveDamaged: a recording is missing or changed; nothing was written.
        Cancelled: the person stopped it.
    """
    if target is None:
        stamp = datetime.now(UTC).strftime("%Y-%m-%d %H%M%S")
        target = archive.folder.with_name(f"{archive.folder.stem} {stamp}{BACKUP_SUFFIX}")
    part = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
            database = Path(scratch) / DATABASE_NAME
            archive.copy_database(database)
            _write_backup(archive, database, part, progress)
            _verify_backup(part, progress)
        part.replace(target)
    except OSError as error:
        raise Environment(
            tr("The backup could not be written: {reason}. The archive itself is unharmed. Choose "
               "another folder or make room on the disk.", reason=os.strerror(error.errno or 0))
        ) from error  # fmt: skip
    finally:
        part.unlink(missing_ok=True)
    return target


def _write_backup(archive: Archive, database: Path, part: Path, progress: Progress) -> None:
    with archive.read() as reader:
        recordings = reader.all_recordings()
    media = sorted({recording.vault_path: recording.sha256 for recording in recordings}.items())
    manifest = {"format": 1, "name": archive.name, "uuid": archive.uuid, "files": {}}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True) as bundle:
        sources = [(DATABASE_NAME, database, "")]
        sources += [(path, archive.folder / path, sha256) for path, sha256 in media]
        for number, (name, source, sha256) in enumerate(sources):
            progress.report(number, len(sources) * 2, tr("Backing up"))
            found = _add(bundle, name, source)
            if sha256 and found != sha256:
                raise ArchiveDamaged(
                    tr("A recording's bytes are not what they were, so no backup was written. "
                       "“archive-app check” names it; restore it from an older backup first.")
                )  # fmt: skip
            manifest["files"][name] = found
        bundle.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _add(bundle: zipfile.ZipFile, name: str, source: Path) -> str:
    digest = hashlib.sha256()
    if not source.exists():
        raise ArchiveDamaged(
            tr("A recording is missing from the archive, so no backup was written. “archive-app "
               "relink FOLDER” finds it again.")
        )  # fmt: skip
    with source.open("rb") as file, bundle.open(name, "w", force_zip64=True) as out:
        while block := file.read(1 << 20):
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def _verify_backup(path: Path, progress: Progress) -> dict[str, str]:
    """Read every file of a backup against its manifest and return names with hashes."""
    try:
        with zipfile.ZipFile(path) as bundle:
            manifest = json.loads(bundle.read(MANIFEST))
            files = dict(manifest["files"])
            for number, (name, sha256) in enumerate(files.items()):
                progress.report(len(files) + number, len(files) * 2, tr("Checking the backup"))
                digest = hashlib.sha256()
                with bundle.open(name) as file:
                    while block := file.read(1 << 20):
                        digest.update(block)
                if digest.hexdigest() != sha256:
                    raise BadInput(_damaged_backup(path))
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise BadInput(_damaged_backup(path)) from error
    return files


def _damaged_backup(path: Path) -> str:
    return tr("“{name}” is no backup of an archive, or it is damaged. Nothing was restored; try "
              "another backup.", name=path.name)  # fmt: skip


def restore(source: Path, path: Path, *, progress: Progress = NO_PROGRESS) -> Path:
    """Make an archive anew from a backup, verify it, and return its folder.

    Raises:
        BadInput: the file is no backup, or is damaged.
        Conflict: something stands at the place already.
        Environment: it could not be written.
    """
    folder = archive_folder(path)
    if folder.exists():
        raise Conflict(
            tr("“{name}” is there already, and was not touched. Choose another name.",
               name=folder.name)
        )  # fmt: skip
    if not source.is_file():
        raise BadInput(_damaged_backup(source))
    files = _verify_backup(source, progress)
    for name in files:
        _check_name(name, source)
    scratch: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".restore-"))
        with zipfile.ZipFile(source) as bundle:
            for number, name in enumerate(files):
                progress.report(number, len(files), tr("Restoring"))
                out = scratch / name
                out.parent.mkdir(parents=True, exist_ok=True)
                with bundle.open(name) as file, out.open("wb") as copy:
                    shutil.copyfileobj(file, copy, 1 << 20)
                    os.fsync(copy.fileno())
        (scratch / "media").mkdir(exist_ok=True)
        (scratch / "backups").mkdir(exist_ok=True)
        Archive.open(scratch).close()
        scratch.replace(folder)
    except OSError as error:
        raise Environment(
            tr("The backup could not be restored: {reason}. Nothing was left half done.",
               reason=os.strerror(error.errno or 0))
        ) from error  # fmt: skip
    finally:
        if scratch is not None and scratch.exists():
            shutil.rmtree(scratch, ignore_errors=True)
    return folder


def _check_name(name: str, source: Path) -> None:
    """Refuse a file that a backup of ours would not hold, whatever its path tries."""
    parts = PurePosixPath(name).parts
    ok = name == DATABASE_NAME or (
        len(parts) in (2, 3) and parts[0] == "media" and ".." not in parts and "\\" not in name
        and ":" not in name
    )  # fmt: skip
    if not ok:
        raise BadInput(_damaged_backup(source))


@dataclass(frozen=True, slots=True)
class RelinkReport:
    """How many recordings were missing, and how many of them were found again."""

    missing: int
    found: int


def relink(archive: Archive, folder: Path, *, progress: Progress = NO_PROGRESS) -> RelinkReport:
    """Search a folder for recordings that are missing from the vault; take in all that match.

    Nothing in the database changes: a recording is known by its hash, wherever it was.
    """
    vault = RecordingVault(archive.media_folder)
    with archive.read() as reader:
        missing = {
            one.sha256: MissingFile(one.vault_path, one.size_bytes)
            for one in reader.all_recordings()
            if not vault.path(one.vault_path).is_file()
        }
    found = relink_files(vault, missing, folder, progress)
    return RelinkReport(len(missing), len(found))


def describe_counts(interviews: int, duration_ms: int) -> str:
    """Return "4 interviews · 3 h 12 min" for the foot of the window."""
    minutes = round(duration_ms / 60_000)
    text = trn("{count} interview", "{count} interviews", interviews)
    return f"{text} · {tr('{hours} h {minutes} min', hours=minutes // 60, minutes=minutes % 60)}"
