"""Recording an interview: begun, marked, ended; and what a crash left of it.

What is being recorded lies in the archive's folder, as ``work.recording_files`` says.
Ending moves the sound into the vault and writes one operation. The recording's row
bears the uuid of the files, and their card says before the move where the sound goes:
whatever is cut off in between is offered again, or done already, and never both.
"""

from __future__ import annotations

import dataclasses
import logging
import re
import shutil
import uuid as uuids
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Interview, Outcome, Recording, Status
from archive_app.domain.timecode import format_timecode
from archive_app.errors import ArchiveError, BadInput, BadValue, Environment, NotFound
from archive_app.media.broadcast_wave import Origin, SoundFormat, WaveWriter, repair
from archive_app.media.copying import RESERVE_BYTES, Steps, hash_file
from archive_app.media.recording_errors import recording_failed
from archive_app.media.vault import RecordingVault, VaultFile
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work.recording_files import (
    FOLDER,
    Card,
    LiveNote,
    LiveRecording,
    Mark,
    clock_now,
    is_busy,
    read_card,
    remove_files,
    sound_path,
    taking_in,
    uuids_in,
    write_card,
)
from archive_app.work.taking_in import place_on_timeline

__all__ = [
    "LiveNote",
    "LiveRecording",
    "Mark",
    "SoundFormat",
    "Unfinished",
    "begin",
    "discard",
    "finish",
    "recover",
    "time_left_ms",
    "unfinished",
]


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A recording that was cut off, as it is offered."""

    uuid: str
    interview_id: int | None
    """None: its interview is not known, or no longer in the archive."""
    accession: str
    title: str
    started_at: datetime
    duration_ms: int
    size_bytes: int
    device: str
    marks: tuple[Mark, ...]
    notes: tuple[LiveNote, ...]
    path: Path
    """Where it lies; it plays as it is."""


def begin(
    archive: Archive, interview_id: int, *, sound: SoundFormat, device: str = ""
) -> LiveRecording:
    """Make the files of a new recording of an interview and return it, ready for samples.

    ``device`` is the input's name, for the record.

    Raises:
        NotFound: there is no such interview.
        Environment: the folder cannot be written or the disk is full.
    """
    with archive.read() as reader:
        interview = reader.interview(interview_id)
    folder = archive.folder / FOLDER
    card = Card(
        str(uuids.uuid4()), interview.uuid, interview.accession, clock_now(), device
    )  # fmt: skip
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise recording_failed(folder, error) from error
    write_card(folder, card)
    origin = Origin(
        originator=archive.name,
        reference=card.uuid.replace("-", ""),
        started_at=card.started_at,
        description=interview.accession,
    )
    try:
        writer = WaveWriter(sound_path(folder, card.uuid), sound, origin)
    except ArchiveError:
        with suppress(Environment):
            remove_files(folder, card.uuid)
        raise
    return LiveRecording(folder, card, writer, interview_id=interview_id)


def finish(
    archive: Archive, live: LiveRecording, *, progress: Progress = NO_PROGRESS
) -> Outcome[int]:
    """Take a recording into its interview and return the recording's id.

    One operation: the recording at the end of the timeline, an index point for each
    mark, a note for each remark. A planned interview becomes a recorded one.

    Raises:
        BadValue: nothing was recorded; the files are gone.
        NotFound: the interview is gone; the recording stays unfinished.
        Environment, Cancelled: it stays unfinished and is offered again.
    """
    live.close()
    live.catch_up()
    return recover(archive, live.uuid, interview_id=live.interview_id, progress=progress)


def recover(
    archive: Archive,
    uuid: str,
    *,
    interview_id: int | None = None,
    progress: Progress = NO_PROGRESS,
) -> Outcome[int]:
    """Take an unfinished recording in and return its id, as ``finish`` does.

    ``interview_id`` puts it into another interview than the one it was begun for
    (needed where that one is gone). Errors as ``finish``.
    """
    folder = archive.folder / FOLDER
    with taking_in(uuid):
        left = _left_by(archive, uuid)
        if left is None:
            raise NotFound(tr("There is no such unfinished recording. Nothing was changed."))
        with archive.read() as reader:
            if interview_id is None:
                interview_id = left.interview_id
            if interview_id is None:
                raise NotFound(
                    tr("The interview of this recording is no longer in the archive. Nothing was "
                       "changed. Choose an interview to put it into.")
                )  # fmt: skip
            reader.interview(interview_id)
        if left.duration_ms == 0:
            remove_files(folder, uuid)
            raise BadValue(tr("Nothing was recorded: there is not one moment of sound."))
        card = read_card(folder, uuid) or Card(uuid, "", "", left.started_at)
        file = _into_vault(archive, left, card, progress)
        outcome = _write_down(archive, interview_id, card, file)
        # Done: what is left is swept away by ``unfinished`` if this does not succeed.
        with suppress(Environment):
            remove_files(folder, uuid)
        return outcome


def unfinished(archive: Archive) -> list[Unfinished]:
    """Return what was recorded and never taken in, the oldest first, each one playable.

    To be asked when an archive is opened; a recording that runs is not among them.
    Headers are repaired; what holds not one sample is removed.

    Raises:
        Environment: the folder cannot be read or written.
    """
    found: list[Unfinished] = []
    folder = archive.folder / FOLDER
    for uuid in uuids_in(folder):
        if is_busy(uuid):
            continue
        try:
            left = _left_by(archive, uuid)
        except BadInput as error:
            # Its sound may still be saved by somebody who knows how: not ours to remove.
            log.warning("an unfinished recording cannot be read: %s", error.details)
            continue
        if left is None or left.duration_ms == 0:
            remove_files(folder, uuid)
        else:
            found.append(left)
    return sorted(found, key=lambda one: one.started_at)


def discard(archive: Archive, uuid: str) -> None:
    """Remove an unfinished recording for good.

    Raises:
        NotFound: there is none; one that is taken in already is not touched.
        Environment: it cannot be removed.
    """
    with taking_in(uuid):
        left = _left_by(archive, uuid)
        if left is None:
            raise NotFound(tr("There is no such unfinished recording. Nothing was changed."))
        if left.path.parent.name != FOLDER:
            vault = RecordingVault(archive.media_folder)
            vault.remove(vault.relative(left.path))
        remove_files(archive.folder / FOLDER, uuid)


def time_left_ms(folder: Path, sound: SoundFormat) -> int | None:
    """Return how long the disk of a folder can take sound; None where it does not tell."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return None
    return max(0, free - RESERVE_BYTES) * 1000 // sound.bytes_per_second


def _left_by(archive: Archive, uuid: str) -> Unfinished | None:
    """Return what is left of a recording, mended; None if it is in the archive, or not at all.

    Raises:
        BadInput: the sound's file is there and cannot be read; it is left alone.
        Environment: the disk does not answer.
    """
    folder = archive.folder / FOLDER
    card = read_card(folder, uuid)
    with archive.read() as reader:
        interview = _interview_of(reader, card) if card else None
        held = _rows_with(reader, card.sha256) if card and card.sha256 else []
    if any(one.uuid == uuid for one in held):
        return None
    path = sound_path(folder, uuid)
    if not path.exists():
        found = _stray(archive, card.sha256) if card and card.sha256 and not held else None
        if found is None:
            return None
        path = found
    duration_ms = repair(path).duration_ms if path.parent == folder else _duration_ms(path)
    status = path.stat()
    return Unfinished(
        uuid=uuid,
        interview_id=interview.id if interview else None,
        accession=interview.accession if interview else "",
        title=interview.title if interview else "",
        started_at=card.started_at if card else datetime.fromtimestamp(status.st_ctime, UTC),
        duration_ms=duration_ms,
        size_bytes=status.st_size,
        device=card.device if card else "",
        marks=card.marks if card else (),
        notes=card.notes if card else (),
        path=path,
    )


def _interview_of(reader: Reader, card: Card) -> Interview | None:
    """Return the interview a recording was begun for, whatever its accession number is now."""
    found = reader.interview_by_accession(card.accession)
    if found is not None and found.uuid == card.interview_uuid:
        return found
    everything = reader.interviews(reader.interview_ids())
    return next((one for one in everything if one.uuid == card.interview_uuid), None)


def _rows_with(reader: Reader, sha256: str) -> list[Recording]:
    return [one for one in reader.all_recordings() if one.sha256 == sha256]


def _stray(archive: Archive, sha256: str) -> Path | None:
    """Return a file that reached the vault before the process was killed."""
    return RecordingVault(archive.media_folder).find(sha256)


def _duration_ms(path: Path) -> int:
    from archive_app.media.probe import probe

    return probe(path).duration_ms or 0


def _into_vault(archive: Archive, left: Unfinished, card: Card, progress: Progress) -> VaultFile:
    """Move the sound under its hash, which is written down first."""
    vault = RecordingVault(archive.media_folder)
    folder = archive.folder / FOLDER
    if left.path.parent != folder:
        return VaultFile(card.sha256, left.size_bytes, vault.relative(left.path))
    try:
        steps = Steps(progress, total=left.size_bytes)
        sha256 = hash_file(left.path, steps, tr("Taking the recording in"))
    except OSError as error:
        raise recording_failed(left.path, error) from error
    write_card(folder, dataclasses.replace(card, sha256=sha256))
    return vault.adopt(left.path, sha256, progress)


def _write_down(archive: Archive, interview_id: int, card: Card, file: VaultFile) -> Outcome[int]:
    from archive_app.media.probe import probe

    facts = probe(RecordingVault(archive.media_folder).path(file.path))
    with archive.write(mark("Record"), interview_id=interview_id) as writer:
        interview = writer.interview(interview_id)
        position, offset_ms = place_on_timeline(writer, interview_id)
        new = writer.insert(
            "recording",
            uuid=card.uuid,
            interview_id=interview_id,
            position=position,
            offset_ms=offset_ms,
            original_name=_file_name(interview, card.started_at),
            vault_path=file.path,
            sha256=file.sha256,
            size_bytes=file.size_bytes,
            duration_ms=facts.duration_ms,
            container=facts.container,
            codec=facts.codec,
            sample_rate_hz=facts.sample_rate_hz,
            channels=facts.channels,
            bit_depth=facts.bit_depth,
            has_video=False,
            recorded_at=card.started_at.isoformat(timespec="seconds"),
            device=card.device,
            embedded_tags=facts.embedded_tags,
        )
        _write_marks(writer, interview_id, offset_ms, card)
        if interview.status is Status.PLANNED:
            writer.update("interview", interview_id, status=Status.RECORDED)
    return writer.outcome(new)


def _write_marks(writer: Writer, interview_id: int, offset_ms: int, card: Card) -> None:
    """Make an index point of each mark, and of each remark a note that begins with its time."""
    for number, one in enumerate(card.marks, 1):
        writer.insert(
            "index_point",
            interview_id=interview_id,
            start_ms=offset_ms + one.at_ms,
            end_ms=None,
            title=one.title or tr("Mark {number}", number=number),
        )
    for note in card.notes:
        when = format_timecode(offset_ms + note.at_ms)
        writer.insert(
            "note", table="interview", row_id=interview_id, text=f"{when} {note.text}",
            who=writer.who,
        )  # fmt: skip


def _file_name(interview: Interview, started_at: datetime) -> str:
    name = re.sub(r"[^\w.-]+", "-", interview.accession)
    return f"{name} {started_at:%Y-%m-%d %H.%M.%S}.wav"
