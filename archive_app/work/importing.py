"""Taking in recordings, transcripts and whole interview records.

First a plan (``import_plan``, the dry run), which reads every file and changes
nothing; then the plan is carried out as one operation, so that one undo takes a
whole import back. A file that cannot be taken in is one line of the report; the
others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Outcome
from archive_app.errors import ArchiveError, Cancelled, Environment
from archive_app.media.vault import RecordingVault, VaultFile
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work.import_plan import (
    RECORDING,
    ImportChoices,
    ImportPlan,
    PlannedFile,
    files_below,
    group_of,
    plan_import,
    without_known,
)
from archive_app.work.taking_in import Taken, take_in_group

__all__ = [
    "RECORDING",
    "ImportChoices",
    "ImportPlan",
    "ImportReport",
    "PlannedFile",
    "files_below",
    "group_of",
    "plan_import",
    "run_import",
]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    files: tuple[PlannedFile, ...]
    interview_ids: tuple[int, ...] = ()

    @property
    def has_failures(self) -> bool:
        """Whether any file could not be taken in."""
        return any(file.status == "failed" for file in self.files)


def run_import(
    archive: Archive, plan: ImportPlan, *, progress: Progress = NO_PROGRESS
) -> Outcome[ImportReport]:
    """Carry a plan out as one operation and return what happened to each file.

    Recordings are copied into the vault and verified before the archive is
    written to; a recording that fails by then is a failed line.

    Raises:
        Cancelled: the person stopped it; the archive is as it was.
        Environment: the disk is full or the archive cannot be written; it is as it was.
    """
    vault = RecordingVault(archive.media_folder)
    copied: dict[Path, VaultFile] = {}
    taken: dict[Path, Taken] = {}
    is_stored = False
    try:
        files = _copied_in(vault, plan.files, copied, progress)
        with archive.write(mark("Import")) as writer:
            files = without_known(files, writer.known_files(file.sha256 for file in files))
            groups = _groups(files)
            for number, group in enumerate(groups):
                progress.report(number, len(groups), tr("Taking in"))
                taken |= take_in_group(writer, group, copied, plan.choices)
            interview_ids = _interviews(taken.values())
            if len(interview_ids) == 1:
                writer.belongs_to(interview_ids[0])
            _forget_unused(writer, vault, copied)
        is_stored = True
    finally:
        if not is_stored:
            _take_back(archive, vault, copied)
    told = [_told(file, taken) for file in files]
    accessions = {file.sha256: file.accession for file in told if file.status == "imported"}
    report = ImportReport(
        tuple(
            replace(file, accession=accessions.get(file.sha256, ""))
            if file.status == "known" and not file.accession
            else file
            for file in told
        ),
        interview_ids,
    )
    return writer.outcome(report)


def _copied_in(
    vault: RecordingVault,
    planned: Iterable[PlannedFile],
    copied: dict[Path, VaultFile],
    progress: Progress,
) -> list[PlannedFile]:
    """Copy the recordings into the vault; ``copied`` is filled even if an error leaves this."""
    files: list[PlannedFile] = []
    planned = list(planned)
    for number, file in enumerate(planned):
        if file.status == "ready" and file.format == RECORDING:
            progress.report(number, len(planned), tr("Copying {name}", name=file.path.name))
            try:
                copied[file.path] = vault.take_in(file.path, progress=progress)
                file = replace(file, sha256=copied[file.path].sha256)
            except (Environment, Cancelled):
                raise
            except ArchiveError as error:
                file = replace(file, status="failed", error=error.message)
        files.append(file)
    return files


def _groups(files: Iterable[PlannedFile]) -> list[list[PlannedFile]]:
    groups: dict[str, list[PlannedFile]] = {}
    for file in files:
        if file.status == "ready":
            groups.setdefault(file.group, []).append(file)
    return list(groups.values())


def _interviews(taken: Iterable[Taken]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one for each in taken for one in each.interview_ids))


def _forget_unused(writer: Writer, vault: RecordingVault, copied: Mapping[Path, VaultFile]) -> None:
    """Take copies out of the vault again that no recording of the archive stands for."""
    new = [file for file in copied.values() if not file.was_known]
    if new:
        used = {recording.vault_path for recording in writer.all_recordings()}
        for file in new:
            if file.path not in used:
                vault.remove(file.path)


def _take_back(archive: Archive, vault: RecordingVault, copied: Mapping[Path, VaultFile]) -> None:
    """Remove from the vault what an import that failed had copied."""
    if any(not file.was_known for file in copied.values()):
        with archive.read() as reader:
            used = {recording.vault_path for recording in reader.all_recordings()}
        for file in copied.values():
            if not file.was_known and file.path not in used:
                # On a disk that fails it stays: whole, under its hash, and in nobody's way.
                with suppress(Environment):
                    vault.remove(file.path)


def _told(file: PlannedFile, taken: dict[Path, Taken]) -> PlannedFile:
    """Return the file's line of the report, without what was read from it."""
    done = taken.get(file.path)
    if done is None or file.status != "ready":
        return replace(file, parsed=())
    if done.error:
        return replace(file, parsed=(), status="failed", error=done.error)
    return replace(file, parsed=(), status="imported", accession=done.accession)
