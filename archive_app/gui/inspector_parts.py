"""The inspector's sections filled from a record, and what their buttons do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from archive_app.domain.records import Consent, Contribution, Note, Restriction, Transcript
from archive_app.gui.inspector_sections import (
    ROLE_NAMES,
    Entry,
    Section,
    consent_in_words,
    recording_in_words,
    restriction_in_words,
    transcript_in_words,
)
from archive_app.gui.library_model import shown_date
from archive_app.gui.question_section import QuestionSection
from archive_app.gui.session import Place, Session
from archive_app.gui.theme import STEP
from archive_app.translation import tr
from archive_app.work import access, library
from archive_app.work import interviews as catalogue
from archive_app.work.library import RecordCard


class Parts(QObject):
    """People, access, consents, recordings, transcripts, notes."""

    def __init__(self, session: Session, parent: QWidget, questions: QuestionSection) -> None:
        super().__init__(parent)
        self._session = session
        self._widget = parent
        self._card: RecordCard | None = None
        self.questions = questions
        self.people = Section("people", tr("People"))
        self.access = Section("access", tr("Access"))
        self.consents = Section("consents", tr("Consent"))
        self.recordings = Section("recordings", tr("Recordings"))
        self.transcripts = Section("transcripts", tr("Transcripts"))
        self.notes = Section("notes", tr("Notes (private)"))
        self._note = QPlainTextEdit()
        self._note.setPlaceholderText(tr("A remark for yourself and the staff; never released"))
        self._note.setAccessibleName(tr("New note"))
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(16 * STEP)
        self.notes.inner.addWidget(self._note)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections from top to bottom."""
        return (
            self.people, self.access, self.consents, self.recordings, self.transcripts, self.notes,
        )  # fmt: skip

    def show_card(self, card: RecordCard) -> None:
        """Show what hangs on a record."""
        is_other = self._card is None or self._card.interview.id != card.interview.id
        self._card = card
        if is_other:
            self._note.clear()
        self.questions.show_card(card)
        self.people.show_entries(
            [self._person(one) for one in card.contributions],
            empty=tr("Nobody yet: type names into the fields above."),
        )
        self.access.show_entries(
            [self._restriction(one) for one in card.restrictions],
            doings=[(tr("Close a layer…"), self._close_layer)],
            empty=tr("Nothing is closed."),
        )
        self.consents.show_entries(
            [self._consent(one) for one in card.consents],
            doings=[(tr("Record consent…"), self.questions.record_consent)],
            empty=tr("No consent is recorded."),
        )
        self.recordings.show_entries(
            [Entry(*recording_in_words(one), picture="waveform") for one in card.recordings],
            empty=tr("No recording yet. Drop one on the window."),
        )
        self.transcripts.show_entries(
            [self._transcript(one) for one in card.transcripts],
            empty=tr("No transcript yet."),
        )
        self.notes.show_entries(
            [self._note_entry(one) for one in card.notes],
            doings=[(tr("Add note"), self._add_note)],
        )

    def _person(self, one: Contribution) -> Entry:
        under = tr(ROLE_NAMES[one.role])
        doings = [(tr("Real name…"), _call(self._protect, one.person.id))]
        if one.person.real_names:
            under = f"{under} · {tr('pseudonym; the real name is protected')}"
        picture = "mask" if one.person.real_names else "person"
        return Entry(one.person.public_name, under, picture, doings, is_tall=True)

    def _restriction(self, one: Restriction) -> Entry:
        words, under = restriction_in_words(one)
        doings = [
            (tr("Change…"), _call(self.questions.change, one)),
            (tr("Lift"), _call(self._session.write, access.lift_restriction, one)),
        ]
        return Entry(words, under, "lock", doings, is_tall=True)

    def _consent(self, one: Consent) -> Entry:
        words, under = consent_in_words(one)
        person = next(
            (c.person.public_name for c in self._contributions() if c.person.id == one.person_id),
            "",
        )
        if person:
            under = f"{person} · {under}" if under else person
        doings = [(tr("Withdraw…"), _call(self._withdraw, one))] if not one.withdrawn_on else []
        return Entry(words, under, "check" if not one.withdrawn_on else "close", doings)

    def _contributions(self) -> tuple[Contribution, ...]:
        return self._card.contributions if self._card is not None else ()

    def _transcript(self, one: Transcript) -> Entry:
        words, under = transcript_in_words(one)
        return Entry(words, under, "page", [(tr("Open"), _call(self._open_transcript, one))])

    def _note_entry(self, one: Note) -> Entry:
        made = one.made_at.astimezone() if one.made_at else None
        when = shown_date(made.date().isoformat()) if made else ""
        under = " · ".join(part for part in (one.who, when) if part)
        return Entry(one.text, under, "note", [(tr("Delete"), _call(self._delete_note, one))])

    # What the buttons do ---------------------------------------------------

    def _open_transcript(self, one: Transcript) -> None:
        self._session.interview_requested.emit(one.interview_id, Place(one.id))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _close_layer(self) -> None:
        from archive_app.gui.access_dialog import CloseDialog

        if self._card is not None:
            self._show(
                CloseDialog(
                    self._session, self._widget.window(), interview_id=self._card.interview.id
                )
            )

    def _withdraw(self, one: Consent) -> None:
        from archive_app.gui.access_dialog import WithdrawDialog

        self._show(WithdrawDialog(self._session, self._widget.window(), consent=one))

    def _protect(self, person_id: int) -> None:
        people = (c.person for c in self._contributions() if c.person.id == person_id)
        self.questions.protect(next(people, None))

    def _add_note(self) -> None:
        text = self._note.toPlainText().strip()
        if text and self._card is not None:
            self._session.write(
                catalogue.add_note, "interview", self._card.interview.id, text,
                done=lambda _: self._note.clear(),
            )  # fmt: skip
        else:
            self._note.setFocus()

    def _delete_note(self, one: Note) -> None:
        self._session.write(library.delete_note, one.id, interview_id=one.row_id)


def _call(function: Callable[..., object], *args: object) -> Callable[[], object]:
    return lambda: function(*args)
