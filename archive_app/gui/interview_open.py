"""The row of open interviews: which there are, in which order, and where each was left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from archive_app.gui.session import Place, Session
from archive_app.translation import tr


class OpenInterviews(QTabBar):
    """A tab for each open interview, named by its accession number, the shown one by its title."""

    chosen = Signal(int)
    """Interview id."""
    closed = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._title: tuple[int, str] = (0, "")
        self.ids: list[int] = []
        self.places: dict[int, Place] = {}
        """Where each was left."""
        self.setAccessibleName(tr("Open interviews"))
        self.setTabsClosable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.currentChanged.connect(self._choose)
        self.tabCloseRequested.connect(lambda index: self.closed.emit(self.ids[index]))

    def show_ids(self, current: int | None) -> None:
        """Show the tabs as they are now, and name them."""
        shown = [self.tabData(index) for index in range(self.count())]
        with QSignalBlocker(self):
            if shown != self.ids:
                while self.count():
                    self.removeTab(0)
                for one in self.ids:
                    self.setTabData(self.addTab("…"), one)
            if current in self.ids:
                self.setCurrentIndex(self.ids.index(current))
        self._session.query(_accessions, list(self.ids), done=self._name, owner=self)

    def show_title(self, interview_id: int, title: str) -> None:
        """Name the interview that is shown by its title."""
        self._title = (interview_id, title)
        self._show_title()

    def step(self, by: int) -> None:
        """Go to the next, or the one before, round and round."""
        if self.ids:
            self.setCurrentIndex((self.currentIndex() + by) % len(self.ids))

    def _name(self, names: Mapping[int, str]) -> None:
        for index in range(self.count()):
            self.setTabText(index, names.get(self.tabData(index), "–"))
        self._show_title()

    def _show_title(self) -> None:
        shown, title = self._title
        for index in range(self.count()):
            if self.tabData(index) == shown:
                self.setTabText(index, title)

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self.ids):
            self.chosen.emit(self.ids[index])


def _accessions(reader: object, ids: Sequence[int]) -> Mapping[int, str]:
    return {one.id: one.accession for one in reader.interviews(ids)}  # type: ignore[attr-defined]
