"""A recording that is not in the archive yet: its sound, and what is known about it.

``recording/<uuid>.wav`` in the archive's folder, and ``<uuid>.json`` beside it. The
second is replaced whole, synced, at each mark and remark. An archive may come from
anywhere: what stands in these files is looked at before it is believed.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive_app.disk import sync_folder
from archive_app.errors import Conflict
from archive_app.media.broadcast_wave import SoundFormat, WaveWriter
from archive_app.media.copying import RESERVE_BYTES
from archive_app.media.recording_errors import disk_is_full, recording_failed
from archive_app.translation import tr
from archive_app.work.fields import clean_value

FOLDER = "recording"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LARGEST_CARD = 4 << 20
_MOST_TEXT = 20_000
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment marked while recording: becomes an index point."""

    at_ms: int
    """From the recording's own beginning."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class LiveNote:
    """A remark made while recording: becomes a note on the interview."""

    at_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a recording beside its sound; kept in ``<uuid>.json``."""

    uuid: str
    interview_uuid: str
    accession: str
    started_at: datetime
    device: str = ""
    marks: tuple[Mark, ...] = ()
    notes: tuple[LiveNote, ...] = ()
    sha256: str = ""
    """Set once the sound is on its way into the vault."""
    draft: LiveNote | None = None
    """A remark that is still being typed. Read again it is a remark like the others."""


def sound_path(folder: Path, uuid: str) -> Path:
    """Return where a recording's sound lies until it is taken in."""
    return folder / f"{uuid}.wav"


def card_path(folder: Path, uuid: str) -> Path:
    """Return where a recording's card lies."""
    return folder / f"{uuid}.json"


def _draft_of(path: Path) -> Path:
    """Return where a file stands until it is whole; ``WaveWriter`` calls its own so, too."""
    return path.with_name(path.name + ".new")


def uuids_in(folder: Path) -> list[str]:
    """Return the recordings that have left anything in a folder."""
    try:
        names = {p.stem for p in folder.iterdir() if p.suffix in {".wav", ".json"}}
    except FileNotFoundError:
        return []
    except OSError as error:
        raise recording_failed(folder, error) from error
    return sorted(name for name in names if _UUID.fullmatch(name))


def write_card(folder: Path, card: Card) -> None:
    """Put a card on the disk, whole, in place of the one before. Raises Environment."""
    path = card_path(folder, card.uuid)
    draft = _draft_of(path)
    values = dataclasses.asdict(card) | {"started_at": card.started_at.isoformat()}
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump(values, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(folder)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise recording_failed(path, error) from error


def read_card(folder: Path, uuid: str) -> Card | None:
    """Return a recording's card; None where there is none, or none that can be believed."""
    path = card_path(folder, uuid)
    try:
        if path.stat().st_size > _LARGEST_CARD:
            return None
        values = json.loads(path.read_text(encoding="utf-8"))
        return _card_of(uuid, values)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _card_of(uuid: str, values: dict[str, Any]) -> Card:
    started = datetime.fromisoformat(values["started_at"])
    if started.tzinfo is None:
        raise ValueError("no zone")
    sha256 = values.get("sha256", "")
    notes = [*values["notes"], *filter(None, [values.get("draft")])]
    return Card(
        uuid,
        _text(values["interview_uuid"]),
        _text(values["accession"]),
        started,
        _text(values["device"]),
        tuple(Mark(_time(one["at_ms"]), _text(one["title"])) for one in values["marks"]),
        tuple(LiveNote(_time(one["at_ms"]), _text(one["text"])) for one in notes),
        sha256 if isinstance(sha256, str) and _SHA256.fullmatch(sha256) else "",
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return clean_value(value[:_MOST_TEXT])


def _time(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 40:
        raise ValueError("no time")
    return value


def remove_files(folder: Path, uuid: str) -> None:
    """Remove all that a recording left; what is gone already is no error.

    The sound goes first: a card alone is no recording. Raises Environment.
    """
    for path in (sound_path(folder, uuid), card_path(folder, uuid)):
        try:
            for one in (path, _draft_of(path)):
                one.unlink(missing_ok=True)
        except OSError as error:
            raise recording_failed(path, error) from error
    with suppress(OSError):
        sync_folder(folder)


_busy: set[str] = set()
_busy_lock = threading.Lock()


def is_busy(uuid: str) -> bool:
    """Tell whether this process records this recording, or takes it in, just now."""
    with _busy_lock:
        return uuid in _busy


def set_busy(uuid: str, is_now: bool) -> None:
    """Say whether this process is at work on a recording."""
    with _busy_lock:
        (_busy.add if is_now else _busy.discard)(uuid)


@contextmanager
def taking_in(uuid: str) -> Iterator[None]:
    """Keep everybody else in this process from the recording meanwhile.

    Raises:
        Conflict: somebody is at work on it.
    """
    with _busy_lock:
        if uuid in _busy:
            raise Conflict(tr("This recording is being worked on. Wait until that is done."))
        _busy.add(uuid)
    try:
        yield
    finally:
        set_busy(uuid, is_now=False)


class LiveRecording:
    """A recording that runs. ``write``, ``flush`` and ``close`` belong to one thread.

    The others may come from any thread; marks and remarks are synced to the disk
    (``gui.capture.Capture`` makes them off the window's thread).
    """

    def __init__(self, folder: Path, card: Card, writer: WaveWriter, *, interview_id: int) -> None:
        """For ``work.recording.begin`` alone: both files are there."""
        self.uuid = card.uuid
        self.interview_id = interview_id
        self.sound: SoundFormat = writer.sound
        self.started_at = card.started_at
        self.path = writer.path
        self._folder = folder
        self._card = card
        self._writer = writer
        self._lock = threading.Lock()
        self._has_no_drafts = False
        """Whether what is being typed comes too late."""
        self._is_behind = False
        """Whether the card on the disk lacks what the disk refused."""
        set_busy(card.uuid, is_now=True)

    @property
    def duration_ms(self) -> int:
        """How much was recorded so far."""
        return self.sound.duration_ms(self._writer.frames)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The moments marked so far, in order of time."""
        return self._card.marks

    @property
    def notes(self) -> tuple[LiveNote, ...]:
        """The remarks made so far, in order of time."""
        return self._card.notes

    def write(self, frames: bytes) -> None:
        """Append whole frames. Raises Environment; everything before is kept."""
        self._writer.write(frames)

    def flush(self) -> None:
        """Put everything on the disk, and see that there is room for more.

        A little room is left, so that the recording can still be taken in.

        Raises:
            Environment: it could not be written, or the disk is as good as full.
        """
        self._writer.flush()
        try:
            free = shutil.disk_usage(self._folder).free
        except OSError:
            return  # a file system that does not tell; writing will
        if free < RESERVE_BYTES:
            raise disk_is_full(f"{free} < {RESERVE_BYTES}")

    def close(self) -> None:
        """End the file; the recording waits to be finished. Twice does no harm.

        Raises:
            Environment: its end could not be put on the disk.
        """
        try:
            self._writer.close()
        finally:
            set_busy(self.uuid, is_now=False)

    def add_mark(self, at_ms: int, title: str = "") -> None:
        """Mark a moment. Raises Environment if it cannot be written."""
        with self._lock:
            marks = (*self._card.marks, Mark(at_ms, clean_value(title)))
            self._replace(marks=tuple(sorted(marks, key=lambda one: one.at_ms)))

    def retitle_mark(self, at_ms: int, title: str) -> None:
        """Give the mark at a time another title; no such mark: nothing happens."""
        with self._lock:
            marks = [
                Mark(at_ms, clean_value(title)) if one.at_ms == at_ms else one
                for one in self._card.marks
            ]
            self._replace(marks=tuple(marks))

    def add_note(self, at_ms: int, text: str) -> None:
        """Add a remark at a moment. Raises Environment if it cannot be written."""
        with self._lock:
            notes = (*self._card.notes, LiveNote(at_ms, clean_value(text)))
            draft = self._card.draft
            if draft is not None and draft.at_ms == at_ms:
                draft = None
            self._replace(notes=tuple(sorted(notes, key=lambda one: one.at_ms)), draft=draft)

    def keep_draft(self, at_ms: int, text: str) -> None:
        """Keep a remark that is still being typed, in place of what it was; empty: there is none.

        It is let go when it is added, and when what was recorded goes into the archive.
        Raises Environment if it cannot be written.
        """
        with self._lock:
            is_added = any(one.at_ms == at_ms for one in self._card.notes)
            words = clean_value(text).strip()
            draft = LiveNote(at_ms, words) if words and not is_added else None
            if draft != self._card.draft and not self._has_no_drafts:
                self._replace(draft=draft)

    def end_drafts(self) -> None:
        """Nothing is being typed any more. Raises Environment if it cannot be written."""
        with self._lock:
            self._has_no_drafts = True
            if self._card.draft is not None:
                self._replace(draft=None)

    def catch_up(self) -> None:
        """Put marks and remarks on the disk that it refused before. Raises Environment."""
        with self._lock:
            if self._is_behind:
                self._replace()

    def _replace(self, **values: Any) -> None:
        # Remembered even where the disk refuses: the next attempt brings it along.
        self._card = dataclasses.replace(self._card, **values)
        self._is_behind = True
        write_card(self._folder, self._card)
        self._is_behind = False


def clock_now() -> datetime:
    """Return the time with this computer's zone, for the recording's own record."""
    return datetime.now(UTC).astimezone()
