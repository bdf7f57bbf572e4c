"""The status in the library's filter line: kept for each archive, cleared at a click."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from archive_app.domain.records import Status
from archive_app.gui.icons import give_icon
from archive_app.gui.library_model import STATUS_NAMES
from archive_app.settings import LIBRARY_STATUS, Settings
from archive_app.translation import tr


class StatusFilter(QWidget):
    """Every status there is, whatever the archive holds: the choice tells of no interview."""

    changed = Signal()
    """Another status is wanted."""

    def __init__(self, settings: Settings, archive_uuid: str) -> None:
        super().__init__()
        self._settings = settings
        self._archive_uuid = archive_uuid
        self.choice = QComboBox()
        self.choice.setObjectName("status_filter")
        self.choice.setAccessibleName(tr("Filter by status"))
        self.choice.setToolTip(tr("List the interviews of one status only"))
        self.choice.addItem(tr("All statuses"), "")
        self.choice.insertSeparator(1)
        for status in Status:
            self.choice.addItem(tr(STATUS_NAMES[status]), status.value)
        self.clear_button = QToolButton()
        self.clear_button.setAutoRaise(True)
        self.clear_button.setAccessibleName(tr("List every status"))
        self.clear_button.setToolTip(tr("List every status"))
        give_icon(self.clear_button, "close")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.choice)
        line.addWidget(self.clear_button)
        self.setFocusProxy(self.choice)
        kept = settings.get(LIBRARY_STATUS).get(archive_uuid, "")
        self._show(kept)
        self.choice.currentIndexChanged.connect(self._chosen)
        self.clear_button.clicked.connect(self._clear_clicked)

    @property
    def status(self) -> Status | None:
        """The status that is wanted, or None for all of them."""
        value = str(self.choice.currentData() or "")
        return Status(value) if value else None

    def clear(self) -> None:
        """Want every status again, without telling of it."""
        self._show("")
        self._keep()

    def _show(self, value: str) -> None:
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(max(0, self.choice.findData(value)))
        self._mark()

    def _mark(self) -> None:
        """Make plain that the list is narrowed: bold, and with a button that ends it."""
        is_narrowed = self.status is not None
        font = self.choice.font()
        font.setBold(is_narrowed)
        self.choice.setFont(font)
        self.clear_button.setVisible(is_narrowed)

    def _chosen(self) -> None:
        self._mark()
        self._keep()
        self.changed.emit()

    def _clear_clicked(self) -> None:
        # The button goes; the keyboard must not go with it.
        self.choice.setFocus()
        self.choice.setCurrentIndex(0)

    def _keep(self) -> None:
        known = dict(self._settings.get(LIBRARY_STATUS))
        known.pop(self._archive_uuid, None)
        if self.status is not None:
            known[self._archive_uuid] = self.status.value
        self._settings.set(LIBRARY_STATUS, known)
