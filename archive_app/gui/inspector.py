"""The record of the chosen interview: fields to edit in place, and what hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.released import ReleasedInterview
from archive_app.errors import ArchiveError, Cancelled, NotFound
from archive_app.gui.inspector_fields import FieldEdit, field_text, gap
from archive_app.gui.inspector_parts import Parts
from archive_app.gui.inspector_released import released_lines
from archive_app.gui.inspector_sections import Section
from archive_app.gui.question_section import QuestionSection
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, theme
from archive_app.settings import UNFOLDED
from archive_app.translation import mark, tr, trn
from archive_app.work import access
from archive_app.work import interviews as catalogue
from archive_app.work.fields import FIELDS
from archive_app.work.library import RecordCard, record_card

TITLE_LANGUAGES = {
    "en": mark("English"),
    "ru": mark("Russian"),
    "sr-Cyrl": mark("Serbian, Cyrillic"),
    "sr-Latn": mark("Serbian, Latin"),
}


class Inspector(QScrollArea):
    """Shows one interview to be edited, several by their number, or another audience's copy."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: list[int] = []
        self._card: RecordCard | None = None
        self._wants_edit = False
        self._added_titles: set[str] = set()
        self.setObjectName("inspector")
        self.setAccessibleName(tr("Record"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        self._rows = QVBoxLayout(content)
        self._rows.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        self._rows.setSpacing(gap())
        self.heading = QLabel()
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rows.addWidget(self.heading)
        self.open_button = QPushButton(tr("Open interview"))
        self.open_button.clicked.connect(self._open)
        self._rows.addWidget(self.open_button)
        self.fields: dict[str, FieldEdit] = {}
        self.sections: dict[str, Section] = {}
        self._staff = QWidget()
        self._released = QWidget()
        self._released_rows = QVBoxLayout(self._released)
        self._released_rows.setContentsMargins(0, 0, 0, 0)
        self._released_rows.setSpacing(GAP)
        self._rows.addWidget(self._staff)
        self._rows.addWidget(self._released)
        self._rows.addStretch(1)
        self.setWidget(content)
        theme().changed.connect(self._refont)
        self._refont()
        self.show_interviews([])
        # Piece by piece: all at once would keep the window from answering.
        self._unmade = [self._make_first, self._make_parts, self._make_more]
        self._make_next()

    def _make_next(self) -> None:
        if self._unmade:
            QTimer.singleShot(0, self, self._make_piece)

    def _make_piece(self) -> None:
        if self._unmade:
            self._unmade.pop(0)()
        self._make_next()

    def _make_all(self) -> None:
        while self._unmade:
            self._unmade.pop(0)()

    def _make_first(self) -> None:
        self._staff_rows = rows = QVBoxLayout(self._staff)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(gap())
        self.questions = QuestionSection(self._session, self)
        rows.addWidget(self.questions)
        self._titles = QVBoxLayout()
        self._titles.setSpacing(gap())
        for field in FIELDS.values():
            if field.is_first:
                rows.addWidget(self._field(FieldEdit(field)))
                if field.name == "title":
                    rows.addLayout(self._titles)
        self.more = Section("more", tr("More of the record"))
        rows.addWidget(self.more)

    def _make_parts(self) -> None:
        self.parts = Parts(self._session, self, self.questions)
        unfolded = self._session.settings.get(UNFOLDED) or ["people", "access"]
        self.sections["more"] = self.more
        for section in self.parts.sections:
            self.sections[section.name] = section
            self._staff_rows.addWidget(section)
        for section in self.sections.values():
            section.unfold(section.name in unfolded)

    def _make_more(self) -> None:
        self.more.inner.addWidget(self._title_button())
        for field in FIELDS.values():
            if not field.is_first:
                self.more.inner.addWidget(self._field(FieldEdit(field)))

    def _title_button(self) -> QToolButton:
        button = QToolButton()
        button.setText(tr("Title in another language"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for language, name in TITLE_LANGUAGES.items():
            menu.addAction(tr(name), lambda language=language: self.add_title(language))
        button.setMenu(menu)
        return button

    def add_title(self, language: str) -> None:
        """Have a field for the title in a language, and put the keyboard into it."""
        name = f"title.{language}"
        if name not in self.fields:
            self._added_titles.add(name)
            edit = self._field(FieldEdit(FIELDS["title"], language=language))
            self._titles.addWidget(edit)
            if self._card is not None:
                edit.show_text(field_text(self._card, name), is_other_interview=True)
        self.fields[name].edit()

    def _field(self, edit: FieldEdit) -> FieldEdit:
        self.fields[edit.name] = edit
        edit.wanted.connect(self._store)
        return edit

    @property
    def interview_id(self) -> int | None:
        """The one interview that is shown."""
        return self._ids[0] if len(self._ids) == 1 else None

    @property
    def card(self) -> RecordCard | None:
        """The record that is shown to staff; None while it is fetched."""
        return self._card

    # Showing ---------------------------------------------------------------

    def show_interviews(self, interview_ids: Sequence[int]) -> None:
        """Show the record of one, the number of several, or what to do where there is none."""
        if list(interview_ids) != self._ids:
            self.commit()
            self._card = None
        self._ids = list(interview_ids)
        if len(self._ids) != 1:
            self._staff.hide()
            self._released.hide()
            self.open_button.hide()
            self.heading.setText(
                trn("{count} interview is chosen.", "{count} interviews are chosen.",
                    len(self._ids))
                if self._ids
                else tr("Choose an interview to see its record.")
            )  # fmt: skip
            return
        if self._session.can_edit:
            self._session.query(
                record_card, self._ids[0], on=self._session.today(), done=self._show_card,
                failed=self._gone, owner=self,
            )  # fmt: skip
        else:
            self._session.query(
                access.released,
                self._ids[0],
                audience=self._session.audience,
                on=self._session.today(),
                done=self._show_released,
                failed=self._gone,
                owner=self,
            )

    def _gone(self, error: ArchiveError) -> None:
        if isinstance(error, NotFound):
            self._ids = []
            self.show_interviews([])
        else:
            self._session.error.emit(error)

    def _show_card(self, card: RecordCard) -> None:
        if card.interview.id != self.interview_id or not self._session.can_edit:
            return
        self._make_all()
        is_other = self._card is None or self._card.interview.id != card.interview.id
        self._card = card
        if is_other:
            self._added_titles.clear()
        self.heading.setText(card.interview.title)
        self._show_titles(card)
        for name, edit in self.fields.items():
            edit.show_text(field_text(card, name), is_other_interview=is_other)
        self.parts.show_card(card)
        self._released.hide()
        self._staff.show()
        self.open_button.show()
        if is_other:
            self.verticalScrollBar().setValue(0)
        if self._wants_edit:
            self._wants_edit = False
            self.fields["title"].edit()

    def _show_titles(self, card: RecordCard) -> None:
        """Have one more field for each title in a further language."""
        titles = card.interview.titles
        shown = "en" if "en" in titles or not titles else next(iter(titles))
        wanted = {f"title.{language}": language for language in titles if language != shown}
        kept = wanted.keys() | self._added_titles
        for name in [n for n in self.fields if n.startswith("title.") and n not in kept]:
            edit = self.fields.pop(name)
            self._titles.removeWidget(edit)
            edit.hide()
            edit.deleteLater()
        for name, language in wanted.items():
            if name not in self.fields:
                self._titles.addWidget(self._field(FieldEdit(FIELDS["title"], language=language)))

    def _show_released(self, copy: ReleasedInterview | None) -> None:
        if self._session.can_edit:
            return
        if copy is None:
            self.show_interviews([])
            return
        if copy.interview_id != self.interview_id or copy.audience is not self._session.audience:
            return
        while self._released_rows.count():
            item = self._released_rows.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.heading.setText(copy.title)
        for line in released_lines(copy):
            self._released_rows.addWidget(line)
        self._staff.hide()
        self._released.show()
        self.open_button.show()

    # Editing ---------------------------------------------------------------

    def edit_first(self) -> None:
        """Let the title be typed, as soon as the record is there."""
        if self._card is not None and self._card.interview.id == self.interview_id:
            self.fields["title"].edit()
        else:
            self._wants_edit = True

    def commit(self) -> bool:
        """Store what is typed; False if a field holds what cannot be stored."""
        if self._card is None or self._staff.isHidden():
            return True
        refused = [edit for edit in self.fields.values() if not edit.commit()]
        if refused:
            self._session.said.emit(
                tr("“{field}” cannot be stored as it is: correct it, or press Escape in it.",
                   field=refused[0].label.text())
            )  # fmt: skip
        return not refused

    def _store(self, name: str, text: str) -> None:
        card = self._card
        if card is None or not self._session.can_edit:
            return
        interview_id = card.interview.id

        def refused(error: ArchiveError) -> None:
            if isinstance(error, Cancelled):
                return
            if interview_id == self.interview_id and name in self.fields:
                self.fields[name].refuse(error.message)
            else:
                self._session.error.emit(error)

        self._session.write(
            catalogue.edit_interview, interview_id, {name: text}, failed=refused,
            done=lambda outcome: self._stored(outcome, interview_id),
        )  # fmt: skip

    def _stored(self, outcome: Any, interview_id: int) -> None:
        # Nothing changed in the archive (spaces were added): show the record as it is.
        if not outcome.changes and interview_id == self.interview_id:
            self.show_interviews(self._ids)

    def _open(self) -> None:
        if self.interview_id is not None and self.commit():
            self._session.interview_requested.emit(self.interview_id, None)

    def remember(self) -> None:
        """Keep which parts are unfolded."""
        if not self.sections:
            return
        unfolded = [n for n, s in self.sections.items() if s.heading.isChecked()]
        self._session.settings.set(UNFOLDED, unfolded)

    def _refont(self) -> None:
        font = theme().interface_font(1.25)
        font.setBold(True)
        self.heading.setFont(font)
