"""The register of people, and the protection of a real name by a pseudonym."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import NameKind, Person, PersonName
from archive_app.errors import ArchiveError
from archive_app.gui.access_dialog import AskDialog
from archive_app.gui.icons import icon
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.translation import tr, trn
from archive_app.work import access, library
from archive_app.work import interviews as catalogue

ROLE = Qt.ItemDataRole.UserRole


class RealNameDialog(AskDialog):
    """Asks for a pseudonym and for the real names it protects."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, person: Person) -> None:
        super().__init__(
            session, parent, title=tr("Protect a real name"), verb=tr("Protect the name"),
            words=tr("Everybody outside the staff reads the pseudonym instead: in titles, in "
                     "transcripts, in exports, in every grammatical form and in both scripts. "
                     "The real name stays in the archive for the staff alone."),
        )  # fmt: skip
        self._person = person
        real = person.real_names
        self.pseudonym = QLineEdit(person.public_name if real else "")
        self.pseudonym.setPlaceholderText(tr("The name that everybody may read"))
        self.real = QPlainTextEdit("\n".join(real) or person.public_name)
        self.real.setTabChangesFocus(True)
        self.real.setFixedHeight(24 * STEP)
        self.real.setToolTip(tr("One name a line: full name, nickname, name before marriage …"))
        self.form.addRow(tr("&Pseudonym:"), self.pseudonym)
        self.form.addRow(tr("&Real names, one a line:"), self.real)
        self.pseudonym.setFocus()

    def do(self) -> None:
        """Protect it."""
        self._session.write(
            access.protect_name,
            self._person.id,
            pseudonym=self.pseudonym.text(),
            real_names=self.real.toPlainText().splitlines(),
            done=self._done,
            failed=self._refused,
        )


class PeopleDialog(QDialog):
    """Everybody in the archive at the left, the chosen one's entry at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._person: Person | None = None
        self.setWindowTitle(tr("People"))
        self.resize(190 * STEP, 120 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        columns = QHBoxLayout()
        columns.setSpacing(MARGIN)
        columns.addLayout(self._list_side(), 2)
        columns.addWidget(self._entry_side(), 3)
        rows.addLayout(columns, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        session.changed.connect(self._ask)
        self._show_person(None)
        self._ask()

    def _list_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(GAP)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by name"))
        self.filter.setAccessibleName(tr("Filter people"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.people = QListWidget()
        self.people.setAccessibleName(tr("People"))
        self.people.currentItemChanged.connect(lambda item, _: self._choose(item))
        side.addWidget(self.filter)
        side.addWidget(self.people, 1)
        return side

    def _entry_side(self) -> QWidget:
        self.entry = QWidget()
        rows = QVBoxLayout(self.entry)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        self.state = QLabel()
        self.state.setWordWrap(True)
        rows.addWidget(self.state)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.public_name = QLineEdit()
        self.sort_name = QLineEdit()
        self.sort_name.setToolTip(tr("How lists and indexes order it: Meeker, Heather"))
        self.variants = QLineEdit()
        self.variants.setToolTip(tr("Other writings that may be shown; semicolons between them"))
        self.biography = QPlainTextEdit()
        self.biography.setTabChangesFocus(True)
        form.addRow(tr("&Public name:"), self.public_name)
        form.addRow(tr("&Sort name:"), self.sort_name)
        form.addRow(tr("&Variants of the name:"), self.variants)
        form.addRow(tr("&Biography:"), self.biography)
        rows.addLayout(form, 1)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setStyleSheet(f"color: {theme().colours.error.name()}")
        rows.addWidget(self.told)
        line = QHBoxLayout()
        self.protect = QPushButton(tr("Real name…"))
        self.protect.clicked.connect(self._protect)
        self.save = QPushButton(tr("Save entry"))
        self.save.clicked.connect(self._save)
        self.protect.setAutoDefault(False)
        line.addWidget(self.protect)
        line.addStretch(1)
        line.addWidget(self.save)
        rows.addLayout(line)
        return self.entry

    def _ask(self, _: object = None) -> None:
        self._session.query(library.people_with_counts, done=self._show_people, owner=self)

    def _show_people(self, people: list[tuple[Person, int]]) -> None:
        chosen = self._person.id if self._person is not None else None
        self.people.clear()
        for person, count in people:
            words = trn("{name} – {count} interview", "{name} – {count} interviews", count,
                        name=person.sort_name or person.public_name)  # fmt: skip
            item = QListWidgetItem(icon("mask" if person.real_names else "person"), words)
            item.setData(ROLE, person)
            if person.real_names:
                item.setToolTip(tr("A pseudonym; the real name is protected"))
            self.people.addItem(item)
            if person.id == chosen:
                self.people.setCurrentItem(item)
        self._narrow()
        if self.people.currentItem() is None and self.people.count():
            self.people.setCurrentRow(0)

    def _narrow(self, _: str = "") -> None:
        wanted = self.filter.text().strip().casefold()
        for number in range(self.people.count()):
            item = self.people.item(number)
            item.setHidden(wanted not in item.text().casefold())

    def _choose(self, item: QListWidgetItem | None) -> None:
        self._show_person(item.data(ROLE) if item is not None else None)

    def _show_person(self, person: Person | None) -> None:
        self._person = person
        self.entry.setEnabled(person is not None)
        self.told.setText("")
        names = person.names if person else ()
        self.public_name.setText(person.public_name if person else "")
        self.sort_name.setText(person.sort_name if person else "")
        self.variants.setText("; ".join(n.name for n in names if n.kind is NameKind.VARIANT))
        self.biography.setPlainText(person.biography if person else "")
        if person is None:
            self.state.setText(tr("Nobody is in the register yet: people come in with interviews."))
        elif person.real_names:
            self.state.setText(tr("This is a pseudonym; the real name is protected."))
        else:
            self.state.setText(tr("This name may be read by everybody."))

    def _save(self) -> None:
        person = self._person
        name = self.public_name.text().strip()
        if person is None:
            return
        if not name:
            self.told.setText(tr("A person needs a name. Nothing was changed."))
            return
        known = {one.name: one for one in person.names if one.kind is NameKind.VARIANT}
        wanted = [part.strip() for part in self.variants.text().split(";") if part.strip()]
        variants = [known.get(one) or PersonName(one, NameKind.VARIANT) for one in wanted]
        real = [one for one in person.names if one.kind is NameKind.REAL]
        changed = replace(
            person,
            public_name=name,
            sort_name=self.sort_name.text().strip(),
            biography=self.biography.toPlainText().strip(),
            names=(*real, *variants),
        )
        self._session.write(catalogue.edit_person, changed, failed=self._refused)

    def _refused(self, error: ArchiveError) -> None:
        self.told.setText(error.message)

    def _protect(self) -> None:
        if self._person is not None:
            RealNameDialog(self._session, self, person=self._person).open()
