"""One interview, as an audience may see it, into a file of another program's format."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from archive_app.disk import put_whole
from archive_app.domain.parsed import Loss
from archive_app.domain.records import Audience
from archive_app.domain.release import check_for_leaks
from archive_app.domain.released import ReleasedInterview
from archive_app.errors import BadValue, Environment, NotFound, Withheld
from archive_app.exchange import formats
from archive_app.store.archive import Archive
from archive_app.translation import tr
from archive_app.work.access import hidden_names, released


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written, and what the format could not say."""

    path: Path
    size_bytes: int
    losses: tuple[Loss, ...]


def export_interview(
    archive: Archive,
    interview_id: int,
    *,
    format: str,  # noqa: A002 - the command line's word
    target: Path,
    audience: Audience,
    on: date,
    language: str = "",
) -> ExportReport:
    """Write an interview beside the target, prove that it leaks nothing, then move it there.

    Raises:
        BadValue: there is no such format to write.
        Withheld: the audience may see nothing of it.
        LeakPrevented: a protected name would have gone out; nothing was written.
        Environment: the folder cannot be written or the disk is full; an older file stands.
    """
    if format not in formats.WRITABLE:
        raise BadValue(
            tr("“{name}” cannot be written. The formats are: {names}.",
               name=format, names=", ".join(formats.WRITABLE))
        )  # fmt: skip
    with archive.read() as reader:
        hidden = hidden_names(reader)
        copy = released(reader, interview_id, audience=audience, on=on, hidden=hidden)
    if copy is None:
        raise Withheld(
            tr("There is nothing of this interview for this audience on this date. Nothing was "
               "written.")
        )  # fmt: skip
    written = formats.write(format, _in_language(copy, language))
    if audience is not Audience.STAFF:
        check_for_leaks(formats.words_of(format, written.data), hidden)
    write_beside(target, written.data)
    return ExportReport(target, len(written.data), written.losses)


def _in_language(copy: ReleasedInterview, language: str) -> ReleasedInterview:
    """Return the copy with the transcript that is wanted; formats that hold one take the first."""
    if not language:
        return copy
    wanted = language.casefold()
    kept = tuple(one for one in copy.transcripts if one.language.casefold() == wanted)
    if not kept:
        there = ", ".join(one.language for one in copy.transcripts) or "–"
        raise NotFound(
            tr("There is no transcript in “{language}”; there are: {there}. Nothing was written.",
               language=language, there=there)
        )  # fmt: skip
    return replace(copy, transcripts=kept)


def make_folder(folder: Path) -> None:
    """Make a folder for several files, unless it is there.

    Raises:
        Environment: it cannot be made.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise Environment(
            tr("The folder “{name}” could not be made: {reason}. Nothing was written. Choose "
               "another place.", name=folder.name, reason=os.strerror(error.errno or 0))
        ) from error  # fmt: skip


def write_beside(target: Path, data: bytes) -> None:
    """Write beside the target, sync, then move over it (law 22).

    Raises:
        Environment: it could not be written; whatever stood there stands unchanged.
    """
    try:
        put_whole(target, data)
    except OSError as error:
        raise Environment(
            tr("“{name}” could not be written: {reason}. A file that stood there before is "
               "unchanged. Choose another folder or make room on the disk.",
               name=target.name, reason=os.strerror(error.errno or 0))
        ) from error  # fmt: skip
