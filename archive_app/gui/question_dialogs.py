"""Answers to questions that need a date or terms: closing on, the next review, a day of signing."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from archive_app.domain.records import Consent, Restriction
from archive_app.gui.access_dialog import AskDialog
from archive_app.gui.closing_terms import USUAL_REVIEW_YEARS, Terms, day_edit, day_of
from archive_app.gui.inspector_sections import restriction_in_words
from archive_app.gui.session import Session
from archive_app.translation import tr
from archive_app.work import access


class ChangeDialog(AskDialog):
    """Changes to whom something is closed, until when and why; what is closed stays the same."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        restriction: Restriction,
        closes_on: bool = False,
    ) -> None:
        super().__init__(
            session, parent,
            title=tr("Keep closed") if closes_on else tr("Change what is closed"),
            verb=tr("Keep closed") if closes_on else tr("Change"),
            words=restriction_in_words(restriction)[0],
        )  # fmt: skip
        self._restriction = restriction
        self.terms = Terms(self.form, session.today(), restriction)
        (self.terms.until if self.terms.has_end.isChecked() else self.terms.shut_out).setFocus()

    def do(self) -> None:
        """Change it."""
        if self.terms.wrong:
            self.tell(self.terms.wrong)
            return
        self._session.write(
            access.change_restriction, self._restriction, **self.terms.values,
            done=self._done, failed=self._refused,
        )  # fmt: skip


class ReviewDialog(AskDialog):
    """Notes that a restriction was reviewed and stays, and when it is looked at again."""

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, restriction: Restriction
    ) -> None:
        super().__init__(
            session, parent, title=tr("Reviewed"), verb=tr("Leave it closed"),
            words=restriction_in_words(restriction)[0],
        )  # fmt: skip
        self._restriction = restriction
        self.has_next = QCheckBox(tr("&Next review on"))
        self.has_next.setChecked(True)
        today = session.today()
        self.day = day_edit(date(today.year + USUAL_REVIEW_YEARS, 1, 1))
        self.day.setAccessibleName(tr("Next review on"))
        self.form.addRow(self.has_next, self.day)
        self.has_next.toggled.connect(self.day.setEnabled)
        self.day.setFocus()

    def do(self) -> None:
        """Note it."""
        one = self._restriction
        review_on = day_of(self.day) if self.has_next.isChecked() else None
        if review_on is not None and review_on <= self._session.today():
            self.tell(tr("That day is past: choose one that is still to come."))
            return
        self._session.write(
            access.change_restriction, one, shut_out=one.shut_out, until=one.until,
            opens_by_itself=one.opens_by_itself, reason=one.reason, review_on=review_on,
            done=self._done, failed=self._refused,
        )  # fmt: skip


class SignedDialog(AskDialog):
    """Asks on which day a form was signed."""

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, consent: Consent
    ) -> None:
        super().__init__(
            session, parent, title=tr("Day of signing"), verb=tr("Record the day"),
            words=tr("On which day was this form signed? From that day on its uses count."),
        )  # fmt: skip
        self._consent = consent
        self.day = day_edit(session.today())
        self.form.addRow(tr("&Signed on"), self.day)
        self.day.setFocus()

    def do(self) -> None:
        """Record it."""
        self._session.write(
            access.date_consent, self._consent, signed_on=day_of(self.day),
            done=self._done, failed=self._refused,
        )  # fmt: skip
