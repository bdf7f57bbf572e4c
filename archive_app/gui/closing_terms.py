"""To whom something is closed, until when, why, and when that is looked at again."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QFormLayout, QLineEdit

from archive_app.domain.records import Audience, Restriction
from archive_app.gui.inspector_sections import SHUT_OUT_NAMES
from archive_app.translation import tr

USUAL_YEARS = 10
USUAL_REVIEW_YEARS = 5


def day_edit(start: date) -> QDateEdit:
    """Return a field for a day, with a calendar."""
    edit = QDateEdit(QDate(start.year, start.month, start.day))
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("d MMMM yyyy")
    return edit


def day_of(edit: QDateEdit) -> date:
    """Return the day that a field shows."""
    shown = edit.date()
    return date(shown.year(), shown.month(), shown.day())


class Terms:
    """The rows of a form about a restriction, filled from one if there is one already."""

    def __init__(
        self, form: QFormLayout, today: date, restriction: Restriction | None = None
    ) -> None:
        self._today = today
        self.shut_out = QComboBox()
        for audience, name in SHUT_OUT_NAMES.items():
            self.shut_out.addItem(tr(name), audience)
        self.shut_out.setCurrentIndex(1)
        form.addRow(tr("&To whom:"), self.shut_out)
        self.has_end = QCheckBox(tr("&Until a date"))
        self.until = day_edit(date(today.year + USUAL_YEARS, 1, 1))
        self.until.setAccessibleName(tr("Closed until"))
        form.addRow(self.has_end, self.until)
        self.opens = QCheckBox(tr("Then it &opens by itself"))
        self.opens.setToolTip(
            tr("Else it stays closed after the date until somebody of the staff lifts it.")
        )
        form.addRow("", self.opens)
        self.has_review = QCheckBox(tr("Re&view on"))
        self.has_review.setToolTip(tr("From that day on it stands among the questions."))
        self.review_on = day_edit(date(today.year + USUAL_REVIEW_YEARS, 1, 1))
        self.review_on.setAccessibleName(tr("Review on"))
        form.addRow(self.has_review, self.review_on)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("For the staff; never shown outside"))
        form.addRow(tr("&Reason:"), self.reason)
        self.has_end.toggled.connect(self._allow)
        self.has_review.toggled.connect(self._allow)
        if restriction is not None:
            self._show(restriction)
        self._allow()

    def _show(self, one: Restriction) -> None:
        self.shut_out.setCurrentIndex(max(0, self.shut_out.findData(one.shut_out)))
        self.has_end.setChecked(one.until is not None)
        self.opens.setChecked(one.opens_by_itself)
        self.reason.setText(one.reason)
        self.has_review.setChecked(one.review_on is not None and one.review_on > self._today)
        for edit, day in ((self.until, one.until), (self.review_on, one.review_on)):
            if day is not None and day > self._today:
                edit.setDate(QDate(day.year, day.month, day.day))

    def _allow(self, _: bool = False) -> None:
        has_end = self.has_end.isChecked()
        reason = "" if has_end else tr("Tick “Until a date” first.")
        self.until.setEnabled(has_end)
        self.until.setToolTip(reason)
        self.opens.setEnabled(has_end)
        has_review = self.has_review.isChecked()
        self.review_on.setEnabled(has_review)
        self.review_on.setToolTip("" if has_review else tr("Tick “Review on” first."))

    @property
    def wrong(self) -> str:
        """What is wrong with the terms, in words; empty if nothing is."""
        days = [(self.has_end, self.until), (self.has_review, self.review_on)]
        if any(box.isChecked() and day_of(edit) <= self._today for box, edit in days):
            return tr("That day is past: choose one that is still to come.")
        return ""

    @property
    def values(self) -> dict[str, Any]:
        """The terms as ``work.access`` takes them."""
        has_end = self.has_end.isChecked()
        return {
            "shut_out": Audience(self.shut_out.currentData()),
            "until": day_of(self.until) if has_end else None,
            "opens_by_itself": has_end and self.opens.isChecked(),
            "reason": self.reason.text().strip(),
            "review_on": day_of(self.review_on) if self.has_review.isChecked() else None,
        }
