"""Recording an interview: begun, marked, ended; and what a crash left of it.

What is being recorded lies in the archive's folder: ``recording/<uuid>.wav`` and beside
it ``<uuid>.json`` with everything else (interview, device, marks, notes). Ending moves
the sound into the vault and writes one operation. The recording's row bears the same
uuid, so that whatever is cut off in between is either offered again or done already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Outcome
from archive_app.media.broadcast_wave import SoundFormat
from archive_app.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment marked while recording: becomes an index point."""

    at_ms: int
    """From the recording's own beginning."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class LiveNote:
    """A remark made while recording: becomes a note on the recording."""

    at_ms: int
    text: str


class LiveRecording:
    """A recording that runs. ``write`` and ``flush`` are for the thread that owns the disk.

    ``add_mark`` and ``add_note`` may come from any thread; they sync to the disk
    (``gui.capture.Capture`` calls them off the window's thread).
    """

    uuid: str
    interview_id: int
    sound: SoundFormat
    started_at: datetime
    path: Path

    @property
    def duration_ms(self) -> int:
        """How much was recorded so far."""
        raise NotImplementedError

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The moments marked so far, in order of time."""
        raise NotImplementedError

    @property
    def notes(self) -> tuple[LiveNote, ...]:
        """The remarks made so far, in order of time."""
        raise NotImplementedError

    def write(self, frames: bytes) -> None:
        """Append whole frames. Raises Environment; everything before is kept."""
        raise NotImplementedError

    def flush(self) -> None:
        """Put everything on the disk. Raises Environment."""
        raise NotImplementedError

    def close(self) -> None:
        """End the file; the recording waits to be finished (``finish``). Twice does no harm."""
        raise NotImplementedError

    def add_mark(self, at_ms: int, title: str = "") -> None:
        """Mark a moment. Raises Environment if it cannot be written."""
        raise NotImplementedError

    def retitle_mark(self, at_ms: int, title: str) -> None:
        """Give the mark at a time another title; no such mark: nothing happens."""
        raise NotImplementedError

    def add_note(self, at_ms: int, text: str) -> None:
        """Add a remark at a moment. Raises Environment if it cannot be written."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A recording that was cut off, as it is offered."""

    uuid: str
    interview_id: int | None
    """None: its interview is no longer in the archive."""
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
    raise NotImplementedError


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
    raise NotImplementedError


def unfinished(archive: Archive) -> list[Unfinished]:
    """Return what was recorded and never taken in, the oldest first, each one playable.

    To be asked when an archive is opened; a recording that runs is not among them.
    Headers are repaired; what holds not one sample is removed.
    """
    raise NotImplementedError


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
    raise NotImplementedError


def discard(archive: Archive, uuid: str) -> None:
    """Remove an unfinished recording for good. Raises NotFound, Environment."""
    raise NotImplementedError


def time_left_ms(folder: Path, sound: SoundFormat) -> int | None:
    """Return how long the disk of a folder can take sound; None where it does not tell."""
    raise NotImplementedError
