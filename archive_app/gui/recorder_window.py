"""The recorder's window: one interview, beside everything else, while people talk."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.timecode import format_timecode
from archive_app.gui.icons import give_icon
from archive_app.gui.level_meter import LevelMeter
from archive_app.gui.preloading import preload
from archive_app.gui.recorder_control import RecorderControl, State, Told
from archive_app.gui.recorder_entries import EntryList, NoteField
from archive_app.gui.recorder_face import BigButton, Face, Notice
from archive_app.gui.recorder_inputs import InputForm
from archive_app.gui.recorder_source import SoundSource
from archive_app.gui.recorder_words import format_in_words
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.settings import RECORDER_IN_FRONT
from archive_app.store.reading import Reader
from archive_app.translation import tr

SIZE = (200 * STEP, 150 * STEP)


class RecorderWindow(QDialog):
    """Records one interview; closing it while it records asks first, and loses nothing."""

    gone = Signal()
    """It is closed and everything is kept: it can be deleted."""

    def __init__(
        self, session: Session, interview_id: int, source: SoundSource, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.interview_id = interview_id
        self._after_closing: Callable[[], object] | None = None
        self._question: QMessageBox | None = None
        self._first_clip_ms = -1
        self._retry: Callable[[], object] | None = None
        self._is_done = False
        flags = Qt.WindowType.Window | Qt.WindowType.WindowMinMaxButtonsHint
        self.setWindowFlags(flags | Qt.WindowType.WindowCloseButtonHint)
        self.setWindowTitle(tr("Recorder"))
        self.resize(*SIZE)
        self.control = RecorderControl(session, interview_id, source, self)
        self._add_actions()
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show_state()
        self.in_front.setChecked(session.settings.get(RECORDER_IN_FRONT))
        session.query(_called, interview_id, done=self._show_name, owner=self)
        # The sound library takes a moment to load, and nobody should wait for it here.
        session.tasks.run(
            functools.partial(preload, ("PySide6.QtMultimedia",)),
            done=lambda _: self.control.refresh_inputs(), owner=self,
        )  # fmt: skip

    # Making -----------------------------------------------------------------

    def _add_actions(self) -> None:
        add, control = self._session.actions.add, self.control
        self.record_action = self._add("record", tr("&Record"), control.record, "Ctrl+R", "record")
        self.pause_action = self._add(
            "pause", tr("&Pause"), control.pause_or_go_on, "Ctrl+Space", "pause"
        )
        self.stop_action = self._add("stop", tr("&Stop"), control.stop, "Ctrl+Shift+R", "stop")
        self.mark_action = self._add("mark", tr("&Mark this moment"), self.mark, "Ctrl+M; M",
                                     "mark")  # fmt: skip
        add("recorder.title_mark", tr("&Title of the mark"), self._type_title, shortcut="F2",
            owner=self, tooltip=tr("Type what the chosen mark is called"))  # fmt: skip
        add("recorder.note", tr("&Write a note"), self._write_note, shortcut="Ctrl+Shift+N",
            owner=self)  # fmt: skip

    def _add(
        self, name: str, text: str, run: Callable[[], object], keys: str, picture: str
    ) -> QAction:
        action = self._session.actions.add(
            f"recorder.{name}", text, run, shortcut=keys, icon=picture, owner=self
        )
        give_icon(action, picture)
        return action

    def _make_parts(self) -> None:
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setFont(theme().interface_font(1.25))
        self.face = Face()
        self.meter = LevelMeter()
        self.level_words = QLabel()
        self.level_words.setFont(theme().interface_font(1.25))
        self.clip_notice = Notice(tr("Understood"))
        self.notice = Notice(tr("Close this message"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(3 * STEP)
        self.progress.setAccessibleName(tr("Keeping the recording"))
        self.progress.hide()
        own = (self.record_action, self.pause_action, self.stop_action, self.mark_action)
        self.buttons = [BigButton(action) for action in own]
        self.entries = EntryList()
        self.note = NoteField(lambda: self.control.position_ms)
        self.inputs = InputForm(self._session.settings)
        self.in_front = QCheckBox(tr("Stay in &front of other windows"))

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP + STEP)
        rows.addWidget(self.name)
        rows.addWidget(self.face)
        rows.addWidget(self.meter)
        rows.addWidget(self.level_words)
        rows.addWidget(self.clip_notice)
        rows.addWidget(self.notice)
        rows.addWidget(self.progress)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        for button in self.buttons:
            line.addWidget(button, 1)
        rows.addLayout(line)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(self.entries)
        both.addWidget(self.note)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        rows.addWidget(both, 1)
        rows.addWidget(self.inputs)
        line = QHBoxLayout()
        line.addWidget(self.in_front)
        line.addStretch(1)
        rows.addLayout(line)
        first: QWidget = self.buttons[0]
        following = (
            *self.buttons[1:], self.clip_notice.button, self.notice.button, self.entries,
            self.note.text, self.note.keep, self.inputs.device, self.inputs.rate,
            self.inputs.bits, self.inputs.channels, self.in_front,
        )  # fmt: skip
        for one in following:
            self.setTabOrder(first, one)
            first = one
        self.buttons[0].setFocus()

    def _connect(self) -> None:
        control = self.control
        control.state_changed.connect(self._show_state)
        control.inputs_changed.connect(self._show_inputs)
        control.consent_asked.connect(self._ask_consent)
        control.level.connect(self.meter.take)
        control.clipped.connect(self._is_clipped)
        control.time_changed.connect(self.face.show_time)
        control.disk_left.connect(self.face.show_disk)
        control.entries_changed.connect(lambda: self.entries.show_entries(control.entries))
        control.told.connect(self._tell)
        control.kept.connect(lambda _: self._may_be_gone())
        self.meter.judged.connect(self.level_words.setText)
        self.clip_notice.answered.connect(self._clipping_understood)
        self.notice.answered.connect(self._notice_answered)
        self.entries.titled.connect(control.title_mark)
        self.note.written.connect(control.note)
        self.note.typed.connect(control.draft.take)
        self.inputs.chosen.connect(control.listen)
        self.in_front.toggled.connect(self._stay_in_front)
        self._session.tasks.changed.connect(self._show_progress)

    # Showing ----------------------------------------------------------------

    def _show_name(self, name: str) -> None:
        self.name.setText(name)
        self._show_title()

    def _show_inputs(self) -> None:
        control = self.control
        self.inputs.show_inputs(control.inputs)
        device, sound = self.inputs.shown_device, self.inputs.shown_sound
        is_other = (device, sound) != (control.device, control.sound)
        is_wanted = is_other or control.state is State.SILENT
        if device is not None and sound is not None and is_wanted:
            control.listen(device, sound)
        self._show_state()

    def _show_state(self) -> None:
        control, state = self.control, self.control.state
        self.entries.allow(control.is_running)
        if state is State.KEEPING:
            self.note.enter()
        self.face.show_state(state)
        self.face.format.setText(format_in_words(control.sound) if control.sound else "")
        if not control.is_running and state is not State.KEEPING:
            self.face.show_time(0)
        if state is State.SILENT:
            self.meter.clear()
            self.level_words.setText("")
        is_paused = state is State.PAUSED
        self.pause_action.setText(tr("&Go on") if is_paused else tr("&Pause"))
        give_icon(self.pause_action, "record" if is_paused else "pause")
        self._allow(state)
        self._show_progress()
        self._show_title()

    def _show_title(self) -> None:
        words = {
            State.RECORDING: tr("Recording – {interview}", interview=self.name.text()),
            State.PAUSED: tr("Paused – {interview}", interview=self.name.text()),
        }
        other = tr("Recorder – {interview}", interview=self.name.text())
        self.setWindowTitle(words.get(self.control.state, other))

    def _allow(self, state: State) -> None:
        actions, is_running = self._session.actions, self.control.is_running
        nothing = tr("Nothing is being recorded.")
        reasons = {
            State.SILENT: self.control.problem or tr("There is no input to record from."),
            State.STARTING: tr("It is just beginning."),
            State.RECORDING: tr("It is recording."),
            State.PAUSED: tr("It is paused: go on with it, or stop it first."),
            State.KEEPING: tr("The last recording is just going into the archive."),
        }
        actions.allow("recorder.record", state is State.LISTENING, reasons.get(state, ""))
        for name in ("pause", "stop", "mark", "note"):
            actions.allow(f"recorder.{name}", is_running, nothing)
        has_mark = any(one.number for one in self.control.entries)
        actions.allow("recorder.title_mark", is_running and has_mark,
                      tr("Mark a moment first."))  # fmt: skip
        self.note.allow("" if is_running else nothing)
        is_busy = self.control.is_busy
        self.inputs.allow(tr("Stop the recording first.") if is_busy else "")

    def _show_progress(self) -> None:
        handle = self.control.keeping
        self.progress.setVisible(self.control.state is State.KEEPING)
        if handle is not None:
            self.progress.setMaximum(handle.latest.total)
            self.progress.setValue(min(handle.latest.done, handle.latest.total))

    def _tell(self, told: Told) -> None:
        self._retry = told.retry
        self.notice.button.setText(tr("Try again") if told.retry else tr("Close this message"))
        self.notice.tell(told)
        if told.is_bad and not self.isVisible() and not self._is_done:
            # It was closed while the sound went into the archive, and something is in the way.
            self._after_closing = None
            self.show()
            QTimer.singleShot(0, self.control, self.control.refresh_inputs)

    def _notice_answered(self) -> None:
        retry, self._retry = self._retry, None
        self.notice.tell(Told(""))
        if retry is not None:
            retry()

    def _is_clipped(self, at_ms: int) -> None:
        if self.clip_notice.isVisible() and (self._first_clip_ms >= 0 or at_ms < 0):
            return
        self._first_clip_ms = at_ms
        words = tr("Too loud: the sound is distorted. Turn the input down before you record.")
        if at_ms >= 0:
            words = tr("Too loud: at {time} the sound was distorted. Turn the input down.",
                       time=format_timecode(at_ms))  # fmt: skip
        self.clip_notice.tell(Told(words, is_bad=True))

    def _clipping_understood(self) -> None:
        self._first_clip_ms = -1
        self.clip_notice.tell(Told(""))

    # Doing ------------------------------------------------------------------

    def mark(self) -> None:
        """Mark this moment; the keyboard stays where it is."""
        entry = self.control.mark()
        if entry is not None:
            self.entries.choose_mark(entry.number)
            self._allow(self.control.state)

    def _type_title(self) -> None:
        self.entries.type_title()

    def _write_note(self) -> None:
        self.note.text.setFocus()

    def _ask_consent(self) -> None:
        self._session.query(
            _people_of, self.interview_id, done=self._show_consent, owner=self,
            failed=lambda error: (self._tell(Told(error.message, is_bad=True)),
                                  self.control.do_not_begin()),
        )  # fmt: skip

    def _show_consent(self, people: dict[int, str]) -> None:
        from archive_app.gui.consent_dialog import ConsentBeforeRecording

        dialog = ConsentBeforeRecording(
            self._session, self, interview_id=self.interview_id, people=people
        )
        dialog.accepted.connect(self.control.begin)
        dialog.rejected.connect(self.control.do_not_begin)
        dialog.open()

    def _stay_in_front(self, stays: bool) -> None:
        self._session.settings.set(RECORDER_IN_FRONT, stays)
        is_shown = self.isVisible()
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, stays)
        if is_shown:
            self.show()

    # Closing ----------------------------------------------------------------

    def may_close(self, then: Callable[[], object] | None = None) -> bool:
        """Return whether nothing is in the way; else see to it, and do ``then`` afterwards.

        While it records it asks first; while the sound goes into the archive it waits.
        """
        state = self.control.state
        if state in (State.SILENT, State.LISTENING):
            return True
        self._after_closing = then
        if state is State.KEEPING:
            if then is not None:
                self.close()
        elif state is State.STARTING:
            self._after_closing = None
            self._come_forward()
        elif self._question is None:
            self._ask_whether_to_stop()
        return False

    def _come_forward(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()

    def _ask_whether_to_stop(self) -> None:
        self._come_forward()
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("It is recording"))
        box.setText(tr("{time} is recorded so far. Shall the recording end here?",
                       time=format_timecode(self.control.position_ms)))  # fmt: skip
        box.setInformativeText(tr("What was recorded is kept in any case."))
        stop = box.addButton(tr("Stop and keep"), QMessageBox.ButtonRole.AcceptRole)
        on = box.addButton(tr("Go on recording"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(on)
        box.setEscapeButton(on)
        box.finished.connect(lambda _: self._is_answered(box.clickedButton() is stop))
        self._question = box
        box.open()

    def _is_answered(self, is_to_stop: bool) -> None:
        box, self._question = self._question, None
        if box is not None:
            box.deleteLater()
        if not is_to_stop:
            self._after_closing = None
            return
        self.hide()
        self.control.stop()
        # What could not be kept has shown the window again, to say so.
        if not self.isVisible():
            self.control.close()
            self._may_be_gone()

    def reject(self) -> None:
        """Close on Escape too, with the same question."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close; while it records, ask first. What goes into the archive does so unseen."""
        if self.control.state is not State.KEEPING and not self.may_close():
            event.ignore()
            return
        event.accept()
        self.hide()
        self.control.close()
        self._may_be_gone()

    def _may_be_gone(self) -> None:
        if self.isVisible() or self._is_done or self.control.state is State.KEEPING:
            return
        self._is_done = True
        self.control.close()
        then, self._after_closing = self._after_closing, None
        self.gone.emit()
        if then is not None:
            then()


def _called(reader: Reader, interview_id: int) -> str:
    interview = reader.interview(interview_id)
    return "  ".join(part for part in (interview.accession, interview.title) if part)


def _people_of(reader: Reader, interview_id: int) -> dict[int, str]:
    return {one.person.id: one.person.public_name for one in reader.contributions(interview_id)}
