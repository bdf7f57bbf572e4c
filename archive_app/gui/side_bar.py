"""The bar at the left: four places, each an icon over its word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from archive_app.gui.theme import STEP, theme
from archive_app.translation import tr


class SideBar(QWidget):
    """One checkable button for each place; the shell's actions do the work."""

    def __init__(self, places: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side_bar")
        self.setAccessibleName(tr("Places"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(STEP, 2 * STEP, STEP, STEP)
        layout.setSpacing(STEP)
        self.buttons: list[QToolButton] = []
        for action in places:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(24, 24))
            button.setAutoRaise(True)
            button.setAccessibleName(action.text())
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(14 * STEP)
            layout.addWidget(button)
            self.buttons.append(button)
        layout.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line that parts the bar from the page."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme().colours.rule)
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
