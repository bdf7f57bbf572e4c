"""What waits for a decision about the chosen interview, each question with its answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from archive_app.domain.records import Consent, Person, Restriction
from archive_app.domain.release_rules import Question, QuestionKind
from archive_app.gui.inspector_sections import Entry, Section, consent_in_words
from archive_app.gui.question_words import closed_in_words, question_in_words
from archive_app.gui.session import Session
from archive_app.translation import tr
from archive_app.work import access
from archive_app.work.library import RecordCard

Doing = tuple[str, Callable[[], object]]


class QuestionSection(Section):
    """Hidden while nothing is asked; unfolded whenever another interview is shown."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("questions", tr("Questions"))
        self._session = session
        self._window_of = parent
        self._card: RecordCard | None = None
        self.entries: list[Entry] = []
        self.hide()

    def show_card(self, card: RecordCard) -> None:
        """Show what is asked about an interview."""
        is_other = self._card is None or self._card.interview.id != card.interview.id
        self._card = card
        self.entries = [entry for one in card.questions if (entry := self._entry(card, one))]
        self.setVisible(bool(self.entries))
        if is_other:
            self.unfold(True)
        self.show_entries(self.entries)

    def _entry(self, card: RecordCard, question: Question) -> Entry | None:
        match question.kind:
            case QuestionKind.EMBARGO_ENDED | QuestionKind.REVIEW_DUE | QuestionKind.PASSAGE_LOST:
                closed = next((r for r in card.restrictions if r.uuid == question.uuid), None)
                return closed and self._about_closed(question, closed)
            case QuestionKind.CONSENT_UNDATED:
                form = next((c for c in card.consents if c.uuid == question.uuid), None)
                return form and self._about_form(question, form)
            case QuestionKind.NAME_SHOWN:
                doings = [(tr("Protect name…"), lambda: self._ask_person(question.uuid))]
                who = (c.person for c in card.contributions if c.person.uuid == question.uuid)
                person = next(who, None)
                under = person.public_name if person else ""
                return Entry(question_in_words(question), under, "help", doings, is_tall=True)
            case _:
                doings = [(tr("Record consent…"), self.record_consent)]
                return Entry(question_in_words(question), "", "help", doings, is_tall=True)

    def _about_closed(self, question: Question, closed: Restriction) -> Entry:
        lift = (tr("Open it now"), lambda: self._lift(closed))
        if question.kind is QuestionKind.EMBARGO_ENDED:
            doings = [lift, (tr("Keep closed until…"), lambda: self.change(closed, closes_on=True))]
        elif question.kind is QuestionKind.REVIEW_DUE:
            doings = [(tr("Reviewed…"), lambda: self._review(closed)), lift]
        else:
            doings = [(tr("Open interview"), self._open), lift]
        words = question_in_words(question, closed)
        is_lost = question.kind is QuestionKind.PASSAGE_LOST
        under = closed_in_words(closed) if is_lost else closed.reason
        return Entry(words, under, "help", doings, is_tall=True)

    def _about_form(self, question: Question, form: Consent) -> Entry:
        doings: list[Doing] = [(tr("Signed on…"), lambda: self._date(form))]
        under = form.form or consent_in_words(form)[0]
        return Entry(question_in_words(question), under, "help", doings, is_tall=True)

    # Answers ---------------------------------------------------------------

    def _show(self, dialog: QDialog) -> None:
        dialog.open()

    def _lift(self, closed: Restriction) -> None:
        self._session.write(access.lift_restriction, closed)

    def change(self, closed: Restriction, *, closes_on: bool = False) -> None:
        """Ask for other terms of what is closed."""
        from archive_app.gui.question_dialogs import ChangeDialog

        self._show(
            ChangeDialog(
                self._session, self._window_of.window(), restriction=closed, closes_on=closes_on
            )
        )

    def _review(self, closed: Restriction) -> None:
        from archive_app.gui.question_dialogs import ReviewDialog

        self._show(ReviewDialog(self._session, self._window_of.window(), restriction=closed))

    def _date(self, form: Consent) -> None:
        from archive_app.gui.question_dialogs import SignedDialog

        self._show(SignedDialog(self._session, self._window_of.window(), consent=form))

    def _open(self) -> None:
        if self._card is not None:
            self._session.interview_requested.emit(self._card.interview.id, None)

    def record_consent(self) -> None:
        """Ask what somebody signed."""
        from archive_app.gui.access_dialog import ConsentDialog

        if self._card is not None:
            people = {c.person.id: c.person.public_name for c in self._card.contributions}
            self._show(
                ConsentDialog(
                    self._session, self._window_of.window(),
                    interview_id=self._card.interview.id, people=people,
                )
            )  # fmt: skip

    def _ask_person(self, uuid: str) -> None:
        self._session.query(
            lambda reader: next((one for one in reader.people() if one.uuid == uuid), None),
            done=self.protect, owner=self,
        )  # fmt: skip

    def protect(self, person: Person | None) -> None:
        """Ask for a pseudonym and the names it protects."""
        from archive_app.gui.people_dialog import RealNameDialog

        if person is not None:
            self._show(RealNameDialog(self._session, self._window_of.window(), person=person))
