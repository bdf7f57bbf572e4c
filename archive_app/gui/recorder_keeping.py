"""What is marked and noted while a recording runs, and how it goes into the archive with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Outcome
from archive_app.store.archive import Archive
from archive_app.work import recording


@dataclass(frozen=True, slots=True)
class Entry:
    """A mark or a note of the running recording."""

    at_ms: int
    text: str
    number: int = 0
    """Of a mark, from 1; 0: it is a note."""


def keep_recording(
    archive: Archive,
    live: recording.LiveRecording,
    entries: Sequence[Entry],
    *,
    progress: Progress = NO_PROGRESS,
) -> Outcome[int]:
    """Take a recording in, with every mark's title and every note that the window shows."""
    live.end_drafts()
    titles = {one.at_ms: one.title for one in live.marks}
    notes = {(one.at_ms, one.text) for one in live.notes}
    for entry in entries:
        if entry.number and titles.get(entry.at_ms, entry.text) != entry.text:
            live.retitle_mark(entry.at_ms, entry.text)
        elif not entry.number and (entry.at_ms, entry.text) not in notes:
            live.add_note(entry.at_ms, entry.text)
    return recording.finish(archive, live, progress=progress)
