"""Getting the shapes of an interview's recordings beside the window, one after the other."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from archive_app.domain.records import Recording
from archive_app.errors import ArchiveError, BadInput
from archive_app.gui.session import Session
from archive_app.gui.tasks import TaskHandle
from archive_app.gui.waveform_shape import Part, Shape, TimelineShape
from archive_app.translation import tr
from archive_app.work import waveforms


class WaveformLoader(QObject):
    """Fetches what is kept, then makes what is missing, with a line at the window's foot."""

    changed = Signal(object)
    """The ``TimelineShape`` as far as it is known."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._parts: dict[int, Part] = {}
        self._waiting: list[Recording] = []
        self._handle: TaskHandle | None = None
        self._round = 0

    @property
    def shape(self) -> TimelineShape:
        """The timeline as far as it is known."""
        return TimelineShape(tuple(self._parts.values()))

    def load(self, recordings: Sequence[Recording], *, anew: bool = False) -> None:
        """Take other recordings: only such as whoever looks may hear."""
        self.stop()
        self._round += 1
        words = tr("The waveform is being drawn…")
        self._parts = {
            one.id: Part(one.offset_ms, one.offset_ms + (one.duration_ms or 0), words=words)
            for one in recordings
        }
        if not recordings:
            return
        if anew:
            self._make_missing(self._round, list(recordings))
            return
        self._session.read(
            waveforms.kept_waveforms,
            list(recordings),
            done=functools.partial(self._take_kept, self._round, list(recordings)),
            failed=functools.partial(self._make_despite, self._round, list(recordings)),
            owner=self,
        )

    def stop(self) -> None:
        """Make no more."""
        self._round += 1
        self._waiting = []
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _make_despite(self, round_: int, recordings: list[Recording], _: ArchiveError) -> None:
        if round_ == self._round:
            self._make_missing(round_, recordings)

    def _take_kept(
        self, round_: int, recordings: list[Recording], kept: Mapping[int, Shape]
    ) -> None:
        if round_ != self._round:
            return
        for id_, shape in kept.items():
            self._show(id_, shape)
        if kept:
            self.changed.emit(self.shape)
        self._make_missing(round_, [one for one in recordings if one.id not in kept])

    def _make_missing(self, round_: int, recordings: list[Recording]) -> None:
        self._waiting = recordings
        self._make_next(round_)

    def _make_next(self, round_: int) -> None:
        self._handle = None
        if round_ != self._round or not self._waiting:
            return
        recording = self._waiting.pop(0)
        work = functools.partial(waveforms.waveform_of_recording, self._session.archive, recording)
        self._handle = self._session.tasks.run(
            work,
            done=functools.partial(self._is_made, round_, recording),
            failed=functools.partial(self._has_failed, round_, recording),
            cancelled=functools.partial(self._was_stopped, round_, recording),
            owner=self,
            label=tr("Drawing the waveform"),
        )

    def _is_made(self, round_: int, recording: Recording, shape: Shape) -> None:
        if round_ == self._round:
            self._show(recording.id, shape)
            self.changed.emit(self.shape)
            self._make_next(round_)

    def _has_failed(self, round_: int, recording: Recording, error: ArchiveError) -> None:
        if round_ != self._round:
            return
        if not isinstance(error, BadInput):
            words = tr("No waveform: the file is missing or cannot be read.")
        elif recording.has_video:
            words = tr("No waveform: there is no sound in this film.")
        else:
            words = tr("No waveform: no sound can be read from this file.")
        self._say(recording.id, words, str(error))
        self._make_next(round_)

    def _was_stopped(self, round_: int, recording: Recording) -> None:
        if round_ != self._round:
            return
        words = tr("The waveform was not drawn: it was stopped.")
        for one in (recording, *self._waiting):
            self._say(one.id, words, "")
        self._waiting = []

    def _show(self, recording_id: int, shape: Shape) -> None:
        part = self._parts[recording_id]
        end = part.end_ms if part.end_ms > part.start_ms else part.start_ms + shape.duration_ms
        self._parts[recording_id] = replace(part, end_ms=end, shape=shape, words="", details="")

    def _say(self, recording_id: int, words: str, details: str) -> None:
        self._parts[recording_id] = replace(self._parts[recording_id], words=words, details=details)
        self.changed.emit(self.shape)
