"""Which interview a recording belongs to: a new one, or one that is in the archive."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QRadioButton, QWidget

from archive_app.domain.records import InterviewRow, Outcome
from archive_app.gui.access_dialog import AskDialog
from archive_app.gui.session import Session
from archive_app.gui.theme import STEP
from archive_app.store.reading import Reader
from archive_app.translation import tr
from archive_app.work import interviews

SHOWN = 50
"""How many interviews are listed; letters in the filter find the others."""
TYPED_MS = 150


class InterviewChoice(AskDialog):
    """Makes or chooses an interview and tells which."""

    chosen = Signal(int)

    def __init__(
        self,
        session: Session,
        parent: QWidget | None,
        *,
        title: str,
        words: str,
        verb: str,
        interview_id: int | None = None,
        collection_id: int | None = None,
    ) -> None:
        super().__init__(session, parent, title=title, words=words, verb=verb)
        self._wanted = interview_id
        self._collection_id = collection_id
        self._ticket = 0
        self.is_new = QRadioButton(tr("A &new interview"))
        self.is_known = QRadioButton(tr("One that is &in the archive"))
        self.interviewee = QLineEdit()
        self.interviewee.setPlaceholderText(tr("Who speaks; may be left empty"))
        self.title = QLineEdit()
        self.title.setPlaceholderText(tr("May be left empty"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by title, accession number or name"))
        self.filter.setAccessibleName(tr("Filter the list"))
        self.filter.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Interviews"))
        self.list.setMinimumHeight(44 * STEP)
        self.form.addRow(self.is_new)
        self.form.addRow(tr("Int&erviewee:"), self.interviewee)
        self.form.addRow(tr("&Title:"), self.title)
        self.form.addRow(self.is_known)
        self.form.addRow(self.filter)
        self.form.addRow(self.list)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPED_MS)
        self._typing.timeout.connect(self._ask)
        self.filter.textChanged.connect(lambda _: self._typing.start())
        self.is_new.toggled.connect(self._allow)
        self.list.itemActivated.connect(lambda _: self.do())
        (self.is_new if interview_id is None else self.is_known).setChecked(True)
        (self.interviewee if interview_id is None else self.list).setFocus()
        self._allow()
        self._ask()

    def do(self) -> None:
        """Tell which interview it is, made first if it is new."""
        if self.is_new.isChecked():
            self.go.setEnabled(False)
            self._session.write(
                interviews.create_interview, title=self.title.text().strip(),
                collection_id=self._collection_id, done=self._is_made, failed=self._refused,
            )  # fmt: skip
            return
        item = self.list.currentItem()
        if item is None:
            self.tell(tr("Choose an interview in the list, or a new one."))
        else:
            self._choose(int(item.data(Qt.ItemDataRole.UserRole)))

    def _is_made(self, outcome: Outcome[int]) -> None:
        name = self.interviewee.text().strip()
        if not name:
            self._choose(outcome.value)
            return
        self._session.write(
            interviews.edit_interview, outcome.value, {"interviewee": name},
            done=lambda _: self._choose(outcome.value), failed=self._refused,
        )  # fmt: skip

    def _choose(self, interview_id: int) -> None:
        self.accept()
        self.chosen.emit(interview_id)

    def _allow(self, _: bool = False) -> None:
        is_new = self.is_new.isChecked()
        reason = "" if is_new else tr("Choose “A new interview” first.")
        for field in (self.interviewee, self.title):
            field.setEnabled(is_new)
            field.setToolTip(reason)
        reason = tr("Choose “One that is in the archive” first.") if is_new else ""
        for place in (self.filter, self.list):
            place.setEnabled(not is_new)
            place.setToolTip(reason)

    def _ask(self) -> None:
        self._ticket += 1
        self._session.query(
            _found, self.filter.text().strip(), self._wanted, self._ticket,
            done=self._show, owner=self,
        )  # fmt: skip

    def _show(self, found: tuple[int, list[InterviewRow]]) -> None:
        ticket, rows = found
        if ticket != self._ticket:
            return
        self.list.clear()
        for row in rows:
            parts = (row.accession, row.title or row.interviewees, row.date)
            item = QListWidgetItem("  ·  ".join(part for part in parts if part))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)
            if row.id == self._wanted:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and rows:
            self.list.setCurrentRow(0)


def _found(
    reader: Reader, text: str, wanted: int | None, ticket: int
) -> tuple[int, list[InterviewRow]]:
    ids = reader.interview_ids(text=text)
    first = [wanted] if wanted is not None and wanted in ids else []
    shown = [*first, *(one for one in ids[:SHOWN] if one != wanted)]
    return ticket, reader.interview_rows(shown)
