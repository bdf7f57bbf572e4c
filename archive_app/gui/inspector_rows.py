"""The small parts that the sections of an inspector are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QVBoxLayout, QWidget

from archive_app.gui.theme import GAP, STEP


def quiet(text: str) -> QLabel:
    """Return words that stand back behind the rest."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label


def indented(widget: QWidget) -> QWidget:
    """Return a widget as it stands under a section's heading."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(GAP, 0, 0, 0)
    layout.addWidget(widget)
    return holder


def line_of(*widgets: QWidget) -> QHBoxLayout:
    """Return widgets side by side under a section's heading."""
    layout = QHBoxLayout()
    layout.setContentsMargins(GAP, 0, 0, 0)
    layout.setSpacing(STEP)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def fit_rows(shown: QListWidget, at_most: int) -> None:
    """Make a list as high as its rows, up to a number of them."""
    rows = min(max(shown.count(), 1), at_most)
    shown.setFixedHeight(max(shown.sizeHintForRow(0), 5 * STEP) * rows + STEP)
