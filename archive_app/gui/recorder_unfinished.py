"""Recordings that were cut off: a line over the pages that offers them, and a list of them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.timecode import format_timecode
from archive_app.gui.icons import give_icon, icon
from archive_app.gui.recorder_words import interrupted_in_words
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.translation import tr, trn

if TYPE_CHECKING:
    from archive_app.gui.recorder_door import RecorderDoor
    from archive_app.gui.sound import Sound
    from archive_app.work.recording import Unfinished


class Listener(QObject):
    """Plays one of the recordings at a time."""

    changed = Signal()
    """It plays another, or none."""
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sound: Sound | None = None
        self._uuid = ""

    def is_playing(self, one: Unfinished) -> bool:
        """Tell whether this one sounds."""
        return self._sound is not None and self._sound.is_playing and self._uuid == one.uuid

    def toggle(self, one: Unfinished) -> None:
        """Play it from its beginning, or stop."""
        from archive_app.gui.sound import Sound
        from archive_app.gui.timeline import Stretch, Timeline

        if self.is_playing(one):
            self.stop()
            return
        if self._sound is None:
            self._sound = Sound(self)
            self._sound.playing_changed.connect(lambda _: self.changed.emit())
            self._sound.failed.connect(self.failed)
        self._uuid = one.uuid
        self._sound.set_timeline(Timeline([Stretch(one.path, 0, one.duration_ms)]))
        self._sound.play()
        self.changed.emit()

    def stop(self) -> None:
        """Be silent, and let the file go."""
        if self._sound is not None:
            from archive_app.gui.timeline import Timeline

            self._sound.set_timeline(Timeline())
            self._uuid = ""


class UnfinishedRow(QWidget):
    """One recording that was cut off, in a sentence, and what can be done with it."""

    def __init__(self, door: RecorderDoor, listener: Listener, one: Unfinished) -> None:
        super().__init__()
        self.one = one
        self._door = door
        self._listener = listener
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        self.words = QLabel(interrupted_in_words(one))
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(self.words.text())
        line.addWidget(self.words, 1)
        gone = one.interview_id is None
        self.keep = _button(tr("Keep it…") if gone else tr("Keep it"), "save", self._keep)
        self.keep.setToolTip(
            tr("Choose the interview it goes into") if gone
            else tr("Put it into the archive, as a recording of its interview")
        )  # fmt: skip
        self.listen = _button(tr("Listen"), "play", lambda: listener.toggle(one))
        self.discard = _button(tr("Discard…"), "delete", self._ask_discard)
        for button in (self.keep, self.listen, self.discard):
            button.setAccessibleDescription(self.words.text())
            line.addWidget(button)
        listener.changed.connect(self._show_playing)

    def _show_playing(self) -> None:
        is_playing = self._listener.is_playing(self.one)
        self.listen.setText(tr("Stop listening") if is_playing else tr("Listen"))
        give_icon(self.listen, "stop" if is_playing else "play")

    def _keep(self) -> None:
        self._listener.stop()
        if self.one.interview_id is not None:
            self._door.keep(self.one)
            return
        from archive_app.gui.recorder_choice import InterviewChoice

        dialog = InterviewChoice(
            self._door.session, self.window(), title=tr("Keep the recording"),
            words=tr("Its interview is no longer in the archive. Which one does it belong to?"),
            verb=tr("Keep it there"),
        )  # fmt: skip
        one, door = self.one, self._door
        dialog.chosen.connect(lambda interview_id: door.keep(one, interview_id=interview_id))
        dialog.open()

    def _ask_discard(self) -> None:
        box = QMessageBox(self.window())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Discard a recording"))
        box.setText(tr("{length} of sound will be gone for good; undo cannot bring it back.",
                       length=format_timecode(self.one.duration_ms)))  # fmt: skip
        discard = box.addButton(
            tr("Discard this recording"), QMessageBox.ButtonRole.DestructiveRole
        )
        leave = box.addButton(tr("Leave it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        box.setEscapeButton(leave)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one, door, listener = self.one, self._door, self._listener

        def answered(_: int) -> None:
            if box.clickedButton() is discard:
                listener.stop()
                door.discard(one)

        box.finished.connect(answered)
        box.open()


class UnfinishedStrip(QFrame):
    """Offers the oldest of what was cut off, over the pages; it is in nobody's way."""

    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unfinished_strip")
        self.setAutoFillBackground(True)
        self._door: RecorderDoor | None = None
        self._put_off = False
        self.row: UnfinishedRow | None = None
        self._listener = Listener(self)
        self._listener.failed.connect(self._say)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(GAP, GAP, GAP, GAP)
        self._line.setSpacing(GAP)
        self._sign = QLabel()
        self._line.addWidget(self._sign)
        self.more = QPushButton()
        self.more.clicked.connect(self.all_asked)
        self.later = QPushButton(tr("Later"))
        self.later.setToolTip(tr("It stays safe, and is offered at the next start and under "
                                 "“Interrupted recordings”"))  # fmt: skip
        self.later.clicked.connect(self._put_it_off)
        self._line.addWidget(self.more)
        self._line.addWidget(self.later)
        theme().changed.connect(self._recolour)
        self._recolour()
        self.hide()

    def watch(self, door: RecorderDoor | None) -> None:
        """Offer what this archive has, from now on."""
        self._listener.stop()
        self._door, self._put_off = door, False
        if door is not None:
            door.unfinished_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the oldest that waits."""
        door = self._door
        is_for_staff = door is not None and door.session.can_edit
        found: Sequence[Unfinished] = door.unfinished if door is not None and is_for_staff else ()
        if self.row is not None and (not found or self.row.one != found[0]):
            self._listener.stop()
            self._line.removeWidget(self.row)
            self.row.hide()
            self.row.deleteLater()
            self.row = None
        if found and door is not None and self.row is None:
            self.row = UnfinishedRow(door, self._listener, found[0])
            self._line.insertWidget(1, self.row, 1)
            self.setAccessibleName(self.row.accessibleName())
            self.setTabOrder(self.row.discard, self.more)
            self.setTabOrder(self.more, self.later)
        others = len(found) - 1
        self.more.setText(trn("{count} more…", "{count} more…", max(others, 0)))
        self.more.setVisible(others > 0)
        self.setVisible(bool(found) and not self._put_off)

    def _say(self, words: str) -> None:
        if self._door is not None:
            self._door.session.said.emit(words)

    def _put_it_off(self) -> None:
        self._put_off = True
        self._listener.stop()
        self.hide()

    def _recolour(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, theme().colours.doubt)
        palette.setColor(QPalette.ColorRole.WindowText, theme().colours.text)
        self.setPalette(palette)
        self._sign.setPixmap(icon("warning", theme().colours.warning).pixmap(24, 24))


class UnfinishedDialog(QDialog):
    """Every recording that was cut off, each with what can be done with it."""

    def __init__(self, door: RecorderDoor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._door = door
        self._listener = Listener(self)
        self._listener.failed.connect(door.session.said)
        self.setWindowTitle(tr("Interrupted recordings"))
        self.resize(200 * STEP, 80 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(MARGIN)
        self.words = QLabel()
        self.words.setWordWrap(True)
        rows.addWidget(self.words)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(tr("Interrupted recordings"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rows.addWidget(self.area, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.shown: list[UnfinishedRow] = []
        door.unfinished_changed.connect(self._refresh)
        door.session.audience_changed.connect(self.close)
        self._refresh()
        door.look()

    def _refresh(self) -> None:
        found = self._door.unfinished
        self.words.setText(
            tr("These recordings were cut off before they were ended. Their sound is safe in the "
               "archive's folder until you decide.") if found
            else tr("No recording was cut off: everything that was recorded is in the archive.")
        )  # fmt: skip
        if [row.one for row in self.shown] == list(found):
            return
        place = QWidget()
        rows = QVBoxLayout(place)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MARGIN)
        self.shown = [UnfinishedRow(self._door, self._listener, one) for one in found]
        for row in self.shown:
            rows.addWidget(row)
        rows.addStretch(1)
        self.area.setWidget(place)

    def done(self, result: int) -> None:
        """Be silent when it is closed."""
        self._listener.stop()
        super().done(result)


def _button(words: str, picture: str, run: object) -> QPushButton:
    button = QPushButton(words)
    give_icon(button, picture)
    button.setAutoDefault(False)
    button.clicked.connect(lambda *_: run())  # type: ignore[operator]
    return button
