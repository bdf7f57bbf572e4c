"""Making, opening and checking whole archives, and finding their lost recordings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import FullTranscript, Recording, Restriction, Tagging
from archive_app.domain.transcript import quote_of
from archive_app.errors import BadValue, SpanOutsideText
from archive_app.media.relinking import MissingFile
from archive_app.media.relinking import relink as relink_files
from archive_app.media.vault import Fixity, RecordingVault
from archive_app.store.archive import DATABASE_NAME, Archive
from archive_app.store.reading import Reader
from archive_app.translation import tr, trn
from archive_app.work.backups import BACKUP_SUFFIX, SUFFIX, archive_folder, backup, restore
from archive_app.work.dossier_parts import COVER, hash_of_picture

__all__ = [
    "BACKUP_SUFFIX",
    "SUFFIX",
    "CheckReport",
    "RelinkReport",
    "archive_folder",
    "backup",
    "check",
    "create_archive",
    "describe_counts",
    "open_archive",
    "relink",
    "restore",
]


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
    if not os.path.exists(folder) and os.path.exists(archive_folder(path)):  # noqa: PTH110
        # (Path.exists raises on names that are too long.)
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
    """Return whether database, spans and media are as they should be; changes nothing.

    Raises:
        Cancelled: the person stopped it.
    """
    problems = list(archive.check(progress))
    vault = RecordingVault(archive.media_folder)
    taggings = 0
    with archive.read() as reader:
        interviews = list(reader.interview_ids())
        recordings = reader.all_recordings()
        total = len(interviews) + len(recordings)
        for number, file in enumerate(reader.interview_files(interviews)):
            progress.report(number, total, tr("Checking transcripts"))
            for transcript in file.transcripts:
                taggings += len(transcript.taggings)
                own = [
                    one
                    for one in file.restrictions
                    if one.transcript_id == transcript.transcript.id
                ]
                problems += _span_problems(file.interview.accession, transcript, own)
        for number, recording in enumerate(recordings, len(interviews)):
            progress.report(number, total, tr("Checking recordings"))
            state = _fixity(vault, recording, progress)
            if state is not Fixity.OK:
                accession = reader.interview(recording.interview_id).accession
                problems.append(_media_problem(accession, state))
        problems += _picture_problems(vault, reader, progress)
    return CheckReport(tuple(problems), len(interviews), len(recordings), taggings)


def _span_problems(
    accession: str, transcript: FullTranscript, restrictions: list[Restriction]
) -> Iterator[str]:
    """Yield which taggings and closed passages do not lie on their words (law 6)."""
    order = {turn.id: n for n, turn in enumerate(transcript.turns)}

    def lies_on_its_words(one: Tagging | Restriction) -> bool:
        span = one.span
        if one.is_orphan or span is None:
            return True
        first, last = order.get(span.start_turn), order.get(span.end_turn)
        if first is None or last is None:
            return False
        try:
            return quote_of(transcript.turns[first : last + 1], span) == one.quote
        except SpanOutsideText:
            return False

    for tagging in transcript.taggings:
        if not lies_on_its_words(tagging):
            yield tr("{accession}: a tag no longer lies on its words (tagging {id}).",
                     accession=accession, id=tagging.id)  # fmt: skip
    for restriction in restrictions:
        if not lies_on_its_words(restriction):
            yield tr("{accession}: a closed passage no longer lies on its words (passage {id}).",
                     accession=accession, id=restriction.id)  # fmt: skip


def _fixity(vault: RecordingVault, recording: Recording, progress: Progress) -> Fixity:
    try:
        return vault.verify(recording.vault_path, recording.sha256, progress)
    except BadValue:
        return Fixity.MISSING


def _picture_problems(vault: RecordingVault, reader: Reader, progress: Progress) -> Iterator[str]:
    """Yield which dossiers show a picture that is missing or not what it was."""
    states: dict[str, Fixity] = {}
    for dossier in reader.dossiers():
        shown = [dossier.settings.get(COVER, ""), *(item.picture for item in dossier.items)]
        for kept in dict.fromkeys(filter(None, shown)):
            if kept not in states:
                sha256 = hash_of_picture(kept)
                states[kept] = vault.verify(kept, sha256, progress) if sha256 else Fixity.MISSING
            if states[kept] is not Fixity.OK:
                yield tr(
                    "Dossier {id}: a picture is missing or is not what it was. Take it out and "
                    "put it in again, or restore it from a backup.",
                    id=dossier.id,
                )


def _media_problem(accession: str, state: Fixity) -> str:
    if state is Fixity.MISSING:
        return tr("{accession}: a recording is missing from the archive's media folder. "
                  "“archive-app relink FOLDER” finds it again.", accession=accession)  # fmt: skip
    if state is Fixity.UNREADABLE:
        return tr("{accession}: the disk does not give a recording out. Check that it is healthy, "
                  "and restore the recording from a backup.", accession=accession)  # fmt: skip
    return tr("{accession}: a recording's bytes are not what they were. Restore it from a backup.",
              accession=accession)  # fmt: skip


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
    """Return "4 interviews · 3 h 12 min" for the foot of the window; no length if there is none."""
    text = trn("{count} interview", "{count} interviews", interviews)
    if duration_ms <= 0:
        return text
    hours, minutes = divmod(max(1, round(duration_ms / 60_000)), 60)
    if not hours:
        return f"{text} · {tr('{minutes} min', minutes=minutes)}"
    return f"{text} · {tr('{hours} h {minutes} min', hours=hours, minutes=minutes)}"
