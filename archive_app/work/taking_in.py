"""From what readers found to rows: one group of files becomes one interview."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app.domain.parsed import ParsedInterview
from archive_app.domain.records import Status
from archive_app.errors import BadInput, Cancelled, SpanOutsideText, UserFacing
from archive_app.media.sources import shown_name
from archive_app.media.vault import VaultFile
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.translation import tr
from archive_app.work.interviews import next_accession
from archive_app.work.taking_in_parsed import ROLES_TOLD, take_in_parsed

if TYPE_CHECKING:
    from archive_app.media.probe import MediaFacts
    from archive_app.work.import_plan import ImportChoices, PlannedFile


@dataclass(frozen=True, slots=True)
class Taken:
    """Where one file went: its interviews, their accession numbers, or why it did not."""

    interview_ids: tuple[int, ...]
    accession: str
    error: str = ""


def take_in_group(
    writer: Writer,
    files: Sequence[PlannedFile],
    copied: Mapping[Path, VaultFile],
    choices: ImportChoices,
) -> dict[Path, Taken]:
    """Write a group of files that belong to one interview and return where each went.

    A file that holds several interviews (a table of records) makes one of each.
    What is wrong with a file is said in its place, and nothing of it is stored.
    """
    taken: dict[Path, Taken] = {}
    for file in files:
        if len(file.parsed) > 1:
            taken[file.path] = _attempted(
                writer, lambda file=file: _take_in_table(writer, file, choices)
            )
    rest = [file for file in files if file.path not in taken]
    return taken | _take_in_one(writer, rest, copied, choices) if rest else taken


def _attempted(writer: Writer, take_in: Callable[[], Taken]) -> Taken:
    """Return where something went, or why it did not; then nothing of it is stored."""
    try:
        with writer.part():
            return take_in()
    except Cancelled:
        raise
    except UserFacing as error:
        return Taken((), "", error.message)
    except SpanOutsideText:
        return Taken((), "", tr("A tag in it lies beyond the text. Nothing of it was taken in."))


def _take_in_one(
    writer: Writer,
    files: Sequence[PlannedFile],
    copied: Mapping[Path, VaultFile],
    choices: ImportChoices,
) -> dict[Path, Taken]:
    """Write files into one interview, which is made if it is not there yet."""
    records = [file.parsed[0] for file in files if file.parsed]
    addition = next((file.accession for file in files if file.is_addition), "")
    named = (
        choices.accession
        or addition
        or next((one.record.accession for one in records if one.record.accession), "")
    )
    existing = writer.interview_by_accession(named) if named else None
    if existing is not None and not choices.accession and not addition:
        problem = _taken_already(existing.accession)
        return {file.path: Taken((), existing.accession, problem) for file in files}
    if existing is None:
        interview_id = _new_interview(writer, named, files[0], records, choices)
    else:
        interview_id = existing.id
    # Records first: the people they name are the speakers that transcripts mean.
    taken = {
        file.path: _attempted(
            writer,
            lambda file=file: _take_in_file(
                writer, interview_id, file, copied.get(file.path), is_new=existing is None
            ),
        )
        for file in sorted(files, key=lambda file: not _names_people(file))
    }
    if existing is None and all(one.error for one in taken.values()):
        writer.delete("interview", interview_id)
    return taken


def _names_people(file: PlannedFile) -> bool:
    return any(getattr(one.record, field) for one in file.parsed for field, _ in ROLES_TOLD)


def _take_in_file(
    writer: Writer,
    interview_id: int,
    file: PlannedFile,
    copy: VaultFile | None,
    *,
    is_new: bool,
) -> Taken:
    if file.parsed:
        take_in_parsed(writer, interview_id, file.parsed[0], is_new=is_new)
    if file.facts is not None and copy is not None:
        _take_in_recording(writer, interview_id, file, file.facts, copy)
    _note_source(writer, interview_id, file)
    return Taken((interview_id,), writer.interview(interview_id).accession)


def _note_source(writer: Writer, interview_id: int, file: PlannedFile) -> None:
    writer.insert(
        "source_file",
        interview_id=interview_id,
        name=shown_name(file.path),
        format=file.format,
        sha256=file.sha256,
        losses=[f"{loss.what} ({loss.where})" if loss.where else loss.what
                for loss in file.losses],
    )  # fmt: skip


def _taken_already(accession: str) -> str:
    return tr(
        "There is already an interview “{accession}”, and it was not touched. To add this file "
        "to it, import the file into that interview (--interview {accession}).",
        accession=accession,
    )


def _take_in_table(writer: Writer, file: PlannedFile, choices: ImportChoices) -> Taken:
    """Write a file of several records; those whose accession number is taken are named."""
    if choices.accession:
        raise BadInput(
            tr("It holds several interviews and cannot go into one. Nothing of it was taken in; "
               "import it without naming an interview.")
        )  # fmt: skip
    known = [
        one.record.accession
        for one in file.parsed
        if one.record.accession and writer.interview_by_accession(one.record.accession)
    ]
    if known:
        return Taken((), "", _taken_already(", ".join(known)))
    ids: list[int] = []
    for one in file.parsed:
        new = _new_interview(writer, one.record.accession, file, [one], choices)
        take_in_parsed(writer, new, one, is_new=True)
        ids.append(new)
    _note_source(writer, ids[0], file)
    accessions = ", ".join(writer.interview(i).accession for i in ids)
    return Taken(tuple(ids), accessions)


def _new_interview(
    writer: Writer,
    accession: str,
    file: PlannedFile,
    records: Sequence[ParsedInterview],
    choices: ImportChoices,
) -> int:
    titled = any(one.record.titles for one in records)
    has_text = any(one.transcripts for one in records)
    return writer.insert(
        "interview",
        accession=accession or next_accession(writer),
        titles={} if titled else {"en": _title_from(file.path)},
        collection_id=choices.collection_id,
        status=Status.TRANSCRIBED if has_text else Status.RECORDED,
    )


def _title_from(path: Path) -> str:
    # macOS hands out decomposed names; what is searched for is composed.
    return unicodedata.normalize("NFC", shown_name(path.with_suffix("")) if path.stem else "")


def place_on_timeline(reader: Reader, interview_id: int) -> tuple[int, int]:
    """Return the position and the offset in ms of an interview's next recording."""
    last = max(reader.recordings(interview_id), key=lambda one: one.position, default=None)
    if last is None:
        return 1, 0
    return last.position + 1, last.offset_ms + (last.duration_ms or 0)


def _take_in_recording(
    writer: Writer, interview_id: int, file: PlannedFile, facts: MediaFacts, copy: VaultFile
) -> None:
    position, offset_ms = place_on_timeline(writer, interview_id)
    writer.insert(
        "recording",
        interview_id=interview_id,
        position=position,
        offset_ms=offset_ms,
        original_name=shown_name(file.path),
        vault_path=copy.path,
        sha256=copy.sha256,
        size_bytes=copy.size_bytes,
        duration_ms=facts.duration_ms,
        container=facts.container,
        codec=facts.codec,
        sample_rate_hz=facts.sample_rate_hz,
        channels=facts.channels,
        bit_depth=facts.bit_depth,
        has_video=facts.has_video,
        recorded_at=facts.recorded_at,
        device=facts.device,
        embedded_tags=facts.embedded_tags,
    )
