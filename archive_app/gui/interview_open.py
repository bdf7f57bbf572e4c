"""The row of open interviews: which there are, in which order, and where each was left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from archive_app.domain.records import Audience
from archive_app.gui.session import Place, Session
from archive_app.store.reading import Reader
from archive_app.translation import tr
from archive_app.work.access import released_all


class OpenInterviews(QTabBar):
    """A tab for each open interview, named by its accession number, the shown one by its title."""

    chosen = Signal(int)
    """Interview id."""
    closed = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._title: tuple[int, str] = (0, "")
        self._named_for = session.audience
        """Who may read what the tabs say."""
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
            self._hide_from_others(current)
            if current in self.ids:
                self.setCurrentIndex(self.ids.index(current))
        session, audience = self._session, self._session.audience
        session.query(
            _accessions, list(self.ids), audience, session.today(),
            done=lambda names: self._name(audience, names), owner=self,
        )  # fmt: skip

    def show_title(self, interview_id: int, accession: str, title: str) -> None:
        """Name the interview that is shown by its number and title; a new one has only that."""
        words = accession if title == accession else f"{accession}  {title}"
        self._title = (interview_id, words)
        self._show_title()

    def step(self, by: int) -> None:
        """Go to the next, or the one before, round and round."""
        shown = [index for index in range(self.count()) if self.isTabVisible(index)]
        if shown:
            place = shown.index(self.currentIndex()) if self.currentIndex() in shown else -1
            self.setCurrentIndex(shown[(place + by) % len(shown)])

    def _hide_from_others(self, current: int | None) -> None:
        """Forget the names that were for other eyes; hide tabs whose names are not read yet."""
        is_other = self._named_for is not self._session.audience
        self._named_for = self._session.audience
        if is_other:
            self._title = (0, "")
        for index in range(self.count()):
            if is_other:
                self.setTabText(index, "…")
            is_named = self.tabText(index) != "…"
            is_current = self.tabData(index) == current
            self.setTabVisible(index, self._session.can_edit or is_named or is_current)

    def _name(self, audience: Audience, names: Mapping[int, str]) -> None:
        if audience is not self._session.audience:
            return
        with QSignalBlocker(self):
            for index in range(self.count()):
                one = self.tabData(index)
                self.setTabText(index, names.get(one, "–"))
                self.setTabVisible(index, one in names or self._session.can_edit)
        self._show_title()

    def _show_title(self) -> None:
        shown, title = self._title
        for index in range(self.count()):
            if self.tabData(index) == shown:
                self.setTabText(index, title)

    def _choose(self, index: int) -> None:
        if 0 <= index < len(self.ids):
            self.chosen.emit(self.ids[index])


def _accessions(
    reader: Reader, ids: Sequence[int], audience: Audience, on: date
) -> Mapping[int, str]:
    """Return the accession numbers of those that the audience may know of, as it reads them."""
    there = {one.id: one.accession for one in reader.interviews(ids)}
    if audience is Audience.STAFF:
        return there
    copies = released_all(reader, there, audience=audience, on=on)
    return {one.interview_id: one.accession for one in copies}
