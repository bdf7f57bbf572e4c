"""The recorder without its window: listens, records, pauses, marks, and keeps what was recorded.

Nothing here waits: files are made and synced on ``background``, and what was
recorded goes into the vault on ``writer``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from archive_app.domain.records import Outcome
from archive_app.domain.timecode import format_timecode
from archive_app.errors import ArchiveError
from archive_app.gui.recorder_draft import NoteDraft
from archive_app.gui.recorder_keeping import Entry, keep_recording
from archive_app.gui.recorder_source import SoundSource
from archive_app.gui.recorder_words import interrupted_here_in_words
from archive_app.gui.session import Session
from archive_app.gui.tasks import TaskHandle
from archive_app.media.broadcast_wave import SoundFormat
from archive_app.translation import tr, trn
from archive_app.work import recording, recording_consent

if TYPE_CHECKING:
    from archive_app.gui.capture import InputDevice

DISK_EVERY_MS = 10_000


class State(StrEnum):
    """What the recorder does."""

    SILENT = "silent"
    """No input is open; ``problem`` may say why."""
    LISTENING = "listening"
    STARTING = "starting"
    """Record was pressed: the form is asked for, or the file is being made."""
    RECORDING = "recording"
    PAUSED = "paused"
    KEEPING = "keeping"
    """What was recorded goes into the archive."""


RUNNING = frozenset((State.RECORDING, State.PAUSED))


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence for the person, and whether something went wrong."""

    words: str
    is_bad: bool = False
    retry: Callable[[], object] | None = None
    """What "Try again" does; None: there is nothing to try."""


class RecorderControl(QObject):
    """One interview's recorder. Lives in the window's thread."""

    state_changed = Signal()
    inputs_changed = Signal()
    consent_asked = Signal()
    """The form's fields are due; answer with ``begin`` or ``do_not_begin``."""
    level = Signal(object)
    clipped = Signal(int)
    """Where in the recording (ms) the sound was distorted; -1 while nothing is recorded."""
    time_changed = Signal(int)
    disk_left = Signal(object)
    entries_changed = Signal()
    told = Signal(object)
    """``Told``."""
    kept = Signal(int)
    """The id of a recording that is in the archive now."""

    def __init__(
        self, session: Session, interview_id: int, source: SoundSource, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.interview_id = interview_id
        self.state = State.SILENT
        self.problem = ""
        """Why there is no input, with what to do; empty where there is one."""
        self.inputs: Sequence[InputDevice] = ()
        self.device: InputDevice | None = None
        self.sound: SoundFormat | None = None
        self.entries: list[Entry] = []
        self.keeping: TaskHandle | None = None
        self._source = source
        self._live: recording.LiveRecording | None = None
        self._went_wrong = ""
        self._misses_input = False
        """The last thing told was that there is no input: it is taken back when there is one."""
        self._on_their_way = 0
        """Marks and notes that are still being written; keeping waits for them."""
        self._is_stopped = False
        self._is_opening = False
        """An input was asked for, and nothing has come from it yet."""
        self._is_outdated = False
        """Another one, or another format, was chosen meanwhile."""
        self.draft = NoteDraft(session, self)
        self._capture = source.capture(self)
        self._watch: QObject | None = None
        """Made when inputs are first asked for: it loads the system's sound library."""
        self._connect()
        self._disk = QTimer(self)
        self._disk.setInterval(DISK_EVERY_MS)
        self._disk.timeout.connect(self._ask_disk)

    def _connect(self) -> None:
        capture = self._capture
        capture.level.connect(self._hear)
        capture.time_changed.connect(self.time_changed)
        capture.disk_left.connect(self.disk_left)
        capture.clipped.connect(self._is_clipped)
        capture.state_changed.connect(self._capture_changed)
        capture.failed.connect(lambda error: self._has_gone_wrong(error.message))
        capture.device_lost.connect(self._has_gone_wrong)
        capture.stopped.connect(self._has_stopped)

    # Inputs -----------------------------------------------------------------

    def refresh_inputs(self) -> None:
        """Ask which inputs there are now."""
        self._disk.start()
        try:
            if self._watch is None:
                watch = self._source.watch(self)
                watch.changed.connect(self.refresh_inputs)
                self._watch = watch
            self.inputs = list(self._source.inputs())
            self.problem = ""
        except ArchiveError as error:
            self.inputs, self.problem = (), error.message
        if not self.inputs and not self.problem:
            self.problem = tr("No input is found. Connect a microphone or an audio interface; it "
                              "appears here by itself.")  # fmt: skip
        self.inputs_changed.emit()
        if self.problem and not self.is_busy:
            self._miss_input(self.problem)

    def _miss_input(self, words: str) -> None:
        self.problem = words
        self._enter(State.SILENT)
        self.told.emit(Told(words, is_bad=True, retry=self.refresh_inputs))
        self._misses_input = True

    def listen(self, device: InputDevice, sound: SoundFormat) -> None:
        """Hear an input, without recording it; nothing changes while something is recorded."""
        if self.is_busy:
            return
        self.device, self.sound = device, sound
        self._ask_disk()
        if self._is_opening:
            # It takes up to a second, and letting it go before would hold up the window.
            self._is_outdated = True
            return
        self._is_outdated = False
        try:
            self._capture.open(device, sound)
            self.problem = ""
        except ArchiveError as error:
            self._miss_input(error.message)

    def _hear(self, level: object) -> None:
        self._is_opening = False
        if self._is_outdated and self.device is not None and self.sound is not None:
            self.listen(self.device, self.sound)
        else:
            self.level.emit(level)

    @property
    def is_running(self) -> bool:
        """Whether something is being recorded, or stands paused."""
        return self.state in RUNNING

    @property
    def is_busy(self) -> bool:
        """Whether the input has to stay as it is."""
        return self.state in (*RUNNING, State.STARTING, State.KEEPING)

    @property
    def position_ms(self) -> int:
        """How much was recorded, to the moment."""
        return self._capture.position_ms if self.is_running else 0

    def _capture_changed(self, state: str) -> None:
        self._is_opening = state == "listening"
        if state == "closed" and not self.is_busy:
            self._enter(State.SILENT)
        elif state == "listening" and self.state is State.SILENT:
            self.problem = ""
            self._enter(State.LISTENING)
            if self._misses_input:
                self._misses_input = False
                self.told.emit(Told(""))
        elif state in ("recording", "paused"):
            self._enter(State(state))

    def _enter(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit()

    def _ask_disk(self) -> None:
        if self.sound is None or self.is_running:
            return
        self.session.tasks.run(
            recording.time_left_ms, self.session.archive.folder, self.sound,
            done=self._tell_disk, failed=lambda _: None, owner=self,
        )  # fmt: skip

    def _tell_disk(self, ms: int | None) -> None:
        if not self.is_running:
            self.disk_left.emit(ms)

    # Recording --------------------------------------------------------------

    def record(self) -> None:
        """Begin, or go on after a pause; the form is asked for before the first recording."""
        if self.state is State.PAUSED:
            self._capture.resume()
        elif self.state is State.LISTENING and self._is_outdated:
            self.told.emit(Told(tr("The input is just being opened. Try again in a moment.")))
        elif self.state is State.LISTENING:
            self._enter(State.STARTING)
            self.session.query(
                recording_consent.consent_is_due, self.interview_id,
                done=self._ask_consent, failed=self._has_not_begun, owner=self,
            )  # fmt: skip

    def _ask_consent(self, is_due: bool) -> None:
        if is_due:
            self.consent_asked.emit()
        else:
            self.begin()

    def do_not_begin(self) -> None:
        """The form was neither filled in nor put off: nothing is recorded."""
        if self.state is State.STARTING:
            self._enter(State.LISTENING if self._capture.state == "listening" else State.SILENT)

    def begin(self) -> None:
        """Make the file, then record into it."""
        if self.state is not State.STARTING or self.sound is None or self.device is None:
            return
        self.session.read(
            recording.begin, self.interview_id, sound=self.sound, device=self.device.name,
            done=self._has_begun, failed=self._has_not_begun, owner=self,
        )  # fmt: skip

    def _has_begun(self, live: recording.LiveRecording) -> None:
        self._went_wrong = ""
        self._is_stopped = False
        self.entries = []
        self.entries_changed.emit()
        self.told.emit(Told(""))
        self._live = live
        try:
            self._capture.record(live)
            self.draft.begin(live)
        except ArchiveError as error:
            # The input went away while the file was made. Nothing is in it: it is let go, and
            # swept away when the archive next looks for recordings that were cut off.
            self._live = None
            self.session.tasks.run(live.close, failed=lambda _: None, owner=self)
            self._has_not_begun(error)

    def _has_not_begun(self, error: ArchiveError) -> None:
        self.told.emit(Told(error.message, is_bad=True))
        self.do_not_begin()

    def pause_or_go_on(self) -> None:
        """Pause; or record on."""
        if self.state is State.RECORDING:
            self._capture.pause()
        else:
            self.record()

    def stop(self) -> None:
        """End the recording; it is kept."""
        if self.is_running:
            self._enter(State.KEEPING)
            self._capture.stop()

    def close(self) -> None:
        """Let the input go; what runs is ended and kept."""
        if self.is_running:
            self._enter(State.KEEPING)
        self._disk.stop()
        self._capture.close()

    def _is_clipped(self) -> None:
        self.clipped.emit(self.position_ms if self.is_running else -1)

    # Marks and notes --------------------------------------------------------

    def mark(self) -> Entry | None:
        """Mark this moment and return it; None: nothing is recorded, or it is marked already."""
        if not self.is_running:
            return None
        known = {one.at_ms for one in self.entries if one.number}
        if self._capture.position_ms in known:
            return None
        number = len(known) + 1
        entry = Entry(self._capture.mark(""), "", number)
        self.entries.append(entry)
        self.entries_changed.emit()
        return entry

    def title_mark(self, number: int, title: str) -> None:
        """Give a mark a title; it may be changed as often as one likes."""
        place = next((n for n, one in enumerate(self.entries) if one.number == number), None)
        live = self._live
        if place is None or live is None or self.entries[place].text == title:
            return
        self.entries[place] = replace(self.entries[place], text=title)
        self.entries_changed.emit()
        self._write(live.retitle_mark, self.entries[place])

    def note(self, text: str, at_ms: int) -> None:
        """Keep a remark with the time at which it was begun."""
        live = self._live
        if not text.strip() or live is None:
            return
        entry = Entry(at_ms, text.strip())
        self.entries.append(entry)
        self.entries_changed.emit()
        self._write(live.add_note, entry)

    def _write(self, function: object, entry: Entry) -> None:
        self._on_their_way += 1
        self.session.tasks.run(
            function, entry.at_ms, entry.text,  # type: ignore[arg-type]
            done=lambda _: self._is_written(), failed=self._is_not_written, owner=self,
        )  # fmt: skip

    def _is_written(self) -> None:
        self._on_their_way -= 1
        self._keep()

    def _is_not_written(self, error: ArchiveError) -> None:
        # It is tried once more when the recording is kept.
        self.told.emit(Told(error.message, is_bad=True))
        self._is_written()

    # Keeping ----------------------------------------------------------------

    def _has_gone_wrong(self, message: str) -> None:
        self._went_wrong = message
        if self.is_running:
            self._enter(State.KEEPING)
        elif not self.is_busy:
            self._miss_input(message)

    def _has_stopped(self, live: recording.LiveRecording) -> None:
        self._live = live
        self._is_stopped = True
        self.draft.begin(None)
        self._enter(State.KEEPING)
        self._keep()

    def keep_again(self) -> None:
        """Try once more to take in what was recorded."""
        if self._live is not None and self._is_stopped and self.state is not State.KEEPING:
            self._enter(State.KEEPING)
            self._keep()

    def _keep(self) -> None:
        live = self._live
        if live is None or not self._is_stopped or self._on_their_way or self.keeping is not None:
            return
        duration_ms = live.duration_ms
        if self._went_wrong:
            words = interrupted_here_in_words(self._went_wrong, duration_ms)
            self.told.emit(Told(words, is_bad=True))
        handle = self.session.write(
            keep_recording, live, tuple(self.entries), label=tr("Keeping the recording"),
            done=lambda outcome: self._is_kept(outcome, duration_ms), failed=self._is_not_kept,
        )  # fmt: skip
        # Work that was done at once is over already.
        if self._live is not None and self.state is State.KEEPING:
            self.keeping = handle

    def _is_kept(self, outcome: Outcome[int], duration_ms: int) -> None:
        marks = sum(1 for one in self.entries if one.number)
        parts = [tr("{length} of sound", length=format_timecode(duration_ms))]
        if marks:
            parts.append(trn("{count} mark", "{count} marks", marks))
        if len(self.entries) > marks:
            notes = len(self.entries) - marks
            parts.append(trn("{count} note", "{count} notes", notes))
        self._live = self.keeping = None
        self._is_stopped = False
        if not self._went_wrong:
            words = tr("Kept in the archive: {what}.", what=", ".join(parts))
            self.told.emit(Told(words))
            self.session.said.emit(words)
        else:
            words = interrupted_here_in_words(self._went_wrong, duration_ms)
            self.told.emit(Told(words, is_bad=True))
        self._rest()
        self.kept.emit(outcome.value)

    def _is_not_kept(self, error: ArchiveError) -> None:
        self.keeping = None
        still_there = self._live is not None and self._live.path.exists()
        words = error.message
        if still_there:
            words += " " + tr("What was recorded is safe in the archive's folder and is offered "
                              "again when the archive is opened.")  # fmt: skip
        else:
            self._live = None
        self.told.emit(Told(words, is_bad=True, retry=self.keep_again if still_there else None))
        self._rest()

    def _rest(self) -> None:
        self._enter(State.LISTENING if self._capture.state == "listening" else State.SILENT)
        self._ask_disk()
