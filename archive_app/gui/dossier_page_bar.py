"""The line above the pages: which page, how large, set anew."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from archive_app.gui.icons import give_icon
from archive_app.gui.theme import GAP, STEP
from archive_app.translation import mark, tr

FIT_WIDTH, FIT_PAGE = "width", "page"
ZOOMS: dict[str, str] = {FIT_WIDTH: mark("Fit width"), FIT_PAGE: mark("Whole page")}
FACTORS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class PageBar(QWidget):
    """Says "3 of 41"; another number goes there."""

    page_asked = Signal(int)
    """Counted from 0."""
    zoom_asked = Signal(object)
    """FIT_WIDTH, FIT_PAGE or a factor."""
    refresh_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = QSpinBox()
        self.page.setAccessibleName(tr("Page"))
        self.page.setToolTip(tr("The page that is shown; type another (Ctrl+PgUp, Ctrl+PgDown)"))
        self.page.setKeyboardTracking(False)
        self.page.setMinimum(1)
        self.page.setFixedWidth(18 * STEP)
        self.page.valueChanged.connect(lambda number: self.page_asked.emit(number - 1))
        self.of = QLabel()
        self.zoom = QComboBox()
        self.zoom.setAccessibleName(tr("Size of the pages"))
        self.zoom.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.zoom.setMinimumContentsLength(7)
        self.zoom.setToolTip(tr("Size of the pages (Ctrl++, Ctrl+-, Ctrl+0)"))
        for code, name in ZOOMS.items():
            self.zoom.addItem(tr(name), code)
        for factor in FACTORS:
            self.zoom.addItem(f"{round(factor * 100)} %", factor)
        self.zoom.activated.connect(lambda _: self.zoom_asked.emit(self.zoom.currentData()))
        self.refresh = QPushButton()
        self.refresh.setAccessibleName(tr("Refresh the pages"))
        self.refresh.setToolTip(tr("Set the pages anew (F5)"))
        give_icon(self.refresh, "page")
        self.refresh.clicked.connect(lambda _=False: self.refresh_asked.emit())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(STEP)
        line.addWidget(self.page)
        line.addWidget(self.of)
        line.addSpacing(GAP)
        line.addWidget(self.zoom)
        line.addWidget(self.refresh)
        line.addStretch(1)
        self.show_count(0)

    def show_count(self, count: int, *, is_whole: bool = True) -> None:
        """Say how many pages there are; without any nothing can be chosen."""
        with QSignalBlocker(self.page):
            self.page.setMaximum(max(count, 1))
        known = tr("of {count}", count=count) if is_whole else tr("of more than {count}",
                                                                  count=count)  # fmt: skip
        self.of.setText(known if count else "")
        for field in (self.page, self.zoom):
            field.setEnabled(bool(count))

    def show_page(self, page: int) -> None:
        """Say which page is seen, counted from 0."""
        with QSignalBlocker(self.page):
            self.page.setValue(page + 1)

    def step_zoom(self, by: int) -> None:
        """Choose the next larger (1) or smaller (-1) size."""
        count = self.zoom.count()
        at = self.zoom.currentIndex()
        full = len(ZOOMS) + FACTORS.index(1.0)
        new = full + by if at < len(ZOOMS) else min(max(at + by, len(ZOOMS)), count - 1)
        self.choose_zoom(new)

    def choose_zoom(self, index: int) -> None:
        """Choose a size by its place in the list."""
        self.zoom.setCurrentIndex(index)
        self.zoom_asked.emit(self.zoom.currentData())
