"""The left column of an interview's page: its table of contents, with times."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import IndexPoint
from archive_app.domain.released import ReleasedIndexPoint
from archive_app.domain.timecode import format_timecode
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.translation import tr

ROWS_IN_SIGHT = 5
"""Lines of it, however long the form under it is: the chosen part stays in sight."""
_MS = Qt.ItemDataRole.UserRole


class ContentsColumn(QWidget):
    """Index points; a click or Enter goes there. The one that plays is bold."""

    point_chosen = Signal(int)
    """Milliseconds on the timeline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._starts: list[int] = []
        self.buttons = QHBoxLayout()
        """Beside the heading: what may be done to the contents."""
        self.below = QVBoxLayout()
        """Under the list: the form of the point that is edited."""
        self._current = -1
        self._position = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, STEP, 0)
        top.setSpacing(0)
        top.addWidget(column_title(tr("Contents")))
        top.addStretch(1)
        top.addLayout(self.buttons)
        layout.addLayout(top)
        self.list = QListWidget()
        self.list.setObjectName("contents")
        self.list.setAccessibleName(tr("Contents"))
        self.list.setWordWrap(True)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setSpacing(STEP // 2)
        self.list.setMinimumHeight(ROWS_IN_SIGHT * self.list.fontMetrics().lineSpacing())
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self._empty = QLabel(
            tr("No contents yet. Divide the interview into parts while you listen: a title and a "
               "few sentences for each. Imported records (OHMS, JSON) bring theirs along.")
        )  # fmt: skip
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        self._empty.setForegroundRole(self._empty.palette().ColorRole.PlaceholderText)
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        layout.addWidget(inside, 1)
        layout.addLayout(self.below)

    @property
    def row(self) -> int:
        """The row that is chosen, in the order of time; −1 without any."""
        return self.list.currentRow()

    def choose_row(self, row: int) -> None:
        """Choose a row, and bring it into sight."""
        self.list.setCurrentRow(row)
        item = self.list.item(row)
        if item is not None:
            self.list.scrollToItem(item)

    @property
    def playing_row(self) -> int:
        """The row of the part that plays; −1 before the first."""
        return self._current

    def show_points(self, points: Sequence[IndexPoint | ReleasedIndexPoint]) -> None:
        """Show a table of contents, in the order of time."""
        starts = [point.start_ms for point in points]
        titles = [shown_title(point) for point in points]
        shown = [self.list.item(row).data(_MS + 1) for row in range(self.list.count())]
        tips = [_tip(point) for point in points]
        told = [self.list.item(row).toolTip() for row in range(self.list.count())]
        self._stack.setCurrentIndex(0 if points else 1)
        if starts == self._starts and titles == shown and tips == told:
            return
        position = self._position
        chosen, self._starts, self._current = self.row, starts, -1
        with QSignalBlocker(self.list):
            self.list.clear()
            for point, title, tip in zip(points, titles, tips, strict=True):
                time = format_timecode(point.start_ms)
                item = QListWidgetItem(f"{time}\n{title}")
                item.setData(_MS, point.start_ms)
                item.setData(_MS + 1, title)
                item.setData(
                    Qt.ItemDataRole.AccessibleTextRole,
                    tr("{title}, at {time}", title=title, time=time),
                )
                item.setToolTip(tip)
                self.list.addItem(item)
            self.list.setCurrentRow(min(chosen, len(starts) - 1))
        self.set_position(position)

    def set_position(self, ms: int) -> None:
        """Mark the point that is playing."""
        self._position = ms
        current = bisect_right(self._starts, ms) - 1
        if current == self._current:
            return
        for row in (self._current, current):
            item = self.list.item(row) if row >= 0 else None
            if item is not None:
                font = QFont(self.list.font())
                font.setBold(row == current)
                item.setFont(font)
        self._current = current
        if current >= 0:
            self.list.scrollToItem(self.list.item(current))

    def _choose(self, item: QListWidgetItem) -> None:
        self.point_chosen.emit(int(item.data(_MS)))


def column_title(text: str) -> QLabel:
    """Return the quiet heading of a column."""
    label = QLabel(text)
    font = QFont(label.font())
    font.setBold(True)
    label.setFont(font)
    label.setContentsMargins(GAP, GAP, GAP, STEP)
    return label


def shown_title(point: IndexPoint | ReleasedIndexPoint) -> str:
    """Return a part's title, or words that say that it has none yet."""
    return point.title or tr("Part without a title")


def _tip(point: IndexPoint | ReleasedIndexPoint) -> str:
    words = [point.synopsis, "; ".join(point.keywords)]
    tip = "\n\n".join(word for word in words if word)
    # Rich text wraps; plain tooltips of a paragraph run across the screen.
    return f"<p>{_escaped(tip)}</p>" if tip else ""


def _escaped(text: str) -> str:
    from html import escape

    return escape(text).replace("\n", "<br>")
