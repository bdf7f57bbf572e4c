"""How the interview's page is laid out: tabs, player, sound, and three columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from archive_app.gui.theme import STEP
from archive_app.settings import SPLITTERS

if TYPE_CHECKING:
    from archive_app.gui.interview_page import InterviewPage


def lay_out(page: InterviewPage) -> None:
    """Lay the page's parts out, and the place for what it shows without an interview."""
    page.splitter = QSplitter(Qt.Orientation.Horizontal)
    for widget in (page.contents, page.pane, page.inspector):
        page.splitter.addWidget(widget)
    page.splitter.setStretchFactor(1, 1)
    page.splitter.setChildrenCollapsible(False)
    page.contents.setMinimumWidth(40 * STEP)
    page.inspector.setMinimumWidth(52 * STEP)
    page.pane.setMinimumWidth(90 * STEP)
    widths = page.session.settings.get(SPLITTERS).get("interview")
    page.splitter.setSizes(widths or [54 * STEP, 170 * STEP, 66 * STEP])
    full = QWidget()
    rows = QVBoxLayout(full)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    for widget in (page.tabs, page.player):
        rows.addWidget(widget)
    page.above = QVBoxLayout()
    rows.addLayout(page.above)
    rows.addWidget(page.splitter, 1)
    page.stack = QStackedLayout(page)
    page.stack.addWidget(page.empty)
    page.stack.addWidget(full)
