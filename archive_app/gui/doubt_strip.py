"""A line above the text that counts what should be looked at, and leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from archive_app.domain.doubts import FlagKind
from archive_app.gui.flow_layout import FlowLayout
from archive_app.gui.icons import give_icon
from archive_app.gui.theme import GAP, STEP
from archive_app.translation import tr, trn

THRESHOLDS = (0, 20, 30, 40, 50, 60, 70, 80, 90)
"""Per cent that the menu offers; 0 shades no word."""


def counted(kind: FlagKind, count: int) -> str:
    """Return how many places of a kind there are, in words."""
    words = {
        FlagKind.DOUBTFUL: trn("{count} doubtful word", "{count} doubtful words", count),
        FlagKind.REPEATED_LINE: trn("{count} repeated line", "{count} repeated lines", count),
        FlagKind.LOOP: trn("{count} loop", "{count} loops", count),
        FlagKind.TOO_FAST: trn(
            "{count} line too fast to be said", "{count} lines too fast to be said", count
        ),
        FlagKind.MIXED_SCRIPT: trn(
            "{count} word of mixed letters", "{count} words of mixed letters", count
        ),
        FlagKind.OTHER_SCRIPT: trn(
            "{count} word in the other script", "{count} words in the other script", count
        ),
    }
    return words[kind]


class DoubtStrip(QWidget):
    """One button for each kind of place that there is."""

    next_asked = Signal(object)
    """FlagKind: go to the next place of that kind."""
    mend_asked = Signal()
    """Show what can be mended, to be mended all at once."""
    threshold_chosen = Signal(int)
    """Per cent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Places to look at"))
        self.buttons: dict[FlagKind, QToolButton] = {}
        self.setContentsMargins(GAP, 0, GAP, 0)
        layout = FlowLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(STEP)
        for kind in FlagKind:
            button = QToolButton()
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setToolTip(tr("Go to the next of them"))
            button.clicked.connect(lambda _=False, kind=kind: self.next_asked.emit(kind))
            give_icon(button, "mark" if kind is FlagKind.DOUBTFUL else "warning")
            layout.addWidget(button)
            self.buttons[kind] = button
        self.mend = QPushButton()
        self.mend.clicked.connect(self.mend_asked)
        layout.addWidget(self.mend)
        self.threshold = QToolButton()
        self.threshold.setAutoRaise(True)
        self.threshold.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.threshold.setToolTip(tr("Shade words that the recogniser was less sure of than this"))
        self.menu = QMenu(self.threshold)
        self.group = QActionGroup(self.menu)
        for per_cent in THRESHOLDS:
            text = tr("Below {percent} %", percent=per_cent) if per_cent else tr("Shade no words")
            action = self.menu.addAction(text)
            action.setCheckable(True)
            action.setData(per_cent)
            self.group.addAction(action)
            action.triggered.connect(lambda _=False, n=per_cent: self.threshold_chosen.emit(n))
        self.threshold.setMenu(self.menu)
        layout.addWidget(self.threshold)
        self.show_counts({}, mendable=0, per_cent=0, has_doubts=False)

    def show_counts(
        self, counts: Mapping[FlagKind, int], *, mendable: int, per_cent: int, has_doubts: bool
    ) -> None:
        """Say what there is; the strip goes where there is nothing.

        ``has_doubts``: the recogniser said how sure it was of some word.
        """
        for kind, button in self.buttons.items():
            button.setText(counted(kind, counts.get(kind, 0)))
            button.setVisible(counts.get(kind, 0) > 0)
        self.mend.setText(tr("Mend all {count}…", count=mendable))
        self.mend.setVisible(mendable > 0)
        name = tr("Doubtful: below {percent} %", percent=per_cent)
        self.threshold.setText(name if per_cent else tr("No words are shaded"))
        self.threshold.setVisible(has_doubts)
        for action in self.group.actions():
            action.setChecked(action.data() == per_cent)
        self.setVisible(any(counts.values()) or has_doubts)
