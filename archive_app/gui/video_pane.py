"""The picture of a filmed interview: beside the waveform, or in a window of its own.

The system's video widget is made when a picture is first shown: most interviews
have none, and bare servers lack what it needs.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from archive_app.gui.sound import Sound
from archive_app.gui.theme import GAP, STEP
from archive_app.translation import tr

log = logging.getLogger(__name__)

_SIZE = QSize(72 * STEP, 40 * STEP)


class VideoWindow(QWidget):
    """The window that the picture can move into."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Video"))
        self.resize(160 * STEP, 90 * STEP)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the picture back."""
        self.closed.emit()
        super().closeEvent(event)


class VideoPane(QWidget):
    """Shows what ``sound`` plays; a button moves the picture into its own window and back."""

    def __init__(self, sound: Sound, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sound = sound
        self._screen: QWidget | None = None
        self._window: VideoWindow | None = None
        self.setAccessibleName(tr("Video"))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMinimumSize(_SIZE)
        self.own_window = QPushButton(tr("Own window"))
        self.own_window.setCheckable(True)
        self.own_window.setToolTip(tr("Show the picture in a window of its own, or here again"))
        self.own_window.toggled.connect(self._detach)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, GAP, STEP)
        self._rows.setSpacing(STEP)
        self._rows.addWidget(self.words, 1)
        self._rows.addWidget(self.own_window, 0, Qt.AlignmentFlag.AlignRight)

    @property
    def is_detached(self) -> bool:
        """Whether the picture has a window of its own."""
        return self._window is not None

    def attach(self) -> None:
        """Show the picture here again."""
        self.own_window.setChecked(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the picture of what is loaded."""
        super().showEvent(event)
        screen = self._made_screen()
        if screen is not None:
            self._sound.show_picture(screen)

    def hideEvent(self, event: QHideEvent) -> None:
        """Decode no picture that nobody sees."""
        super().hideEvent(event)
        if self._screen is not None and not self.is_detached:
            self._sound.show_picture(None)

    def _made_screen(self) -> QWidget | None:
        if self._screen is not None:
            return self._screen
        try:
            from PySide6.QtMultimediaWidgets import QVideoWidget
        except ImportError as error:
            log.warning("QtMultimediaWidgets cannot be imported: %s", type(error).__name__)
            self.words.setText(tr("No picture can be shown: a system library is missing."))
            self.own_window.setEnabled(False)
            self.own_window.setToolTip(self.words.text())
            return None
        screen = QVideoWidget()
        screen.setAccessibleName(tr("Picture of the interview"))
        screen.setMinimumSize(_SIZE)
        self._screen = screen
        self._rows.insertWidget(0, screen, 1)
        self.words.setText(tr("The picture is in a window of its own."))
        self.words.hide()
        return screen

    def _detach(self, is_detached: bool) -> None:
        if self._screen is None or is_detached == self.is_detached:
            return
        if is_detached:
            self._window = VideoWindow(self)
            self._window.inside.addWidget(self._screen)
            self._window.closed.connect(self.attach)
            self._window.show()
        else:
            window, self._window = self._window, None
            self._rows.insertWidget(0, self._screen, 1)
            if window is not None:
                window.hide()
                window.deleteLater()
        self._screen.show()
        self.words.setVisible(is_detached)
