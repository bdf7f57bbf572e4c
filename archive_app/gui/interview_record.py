"""The catalogue record in short, beside the transcript."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSizePolicy, QWidget

from archive_app.domain.edtf_words import display
from archive_app.domain.records import ConsentUse, Interview, InterviewFile, Status
from archive_app.domain.released import ReleasedInterview
from archive_app.domain.timecode import format_timecode
from archive_app.gui.interview_data import Loaded
from archive_app.gui.interview_words import LAYERS, ROLES, SHUT_OUT, language_name, tag_language
from archive_app.gui.theme import STEP
from archive_app.translation import mark, tr

STATUSES = {
    Status.PLANNED: mark("planned"),
    Status.RECORDED: mark("recorded"),
    Status.TRANSCRIBED: mark("transcribed"),
    Status.AUDITED: mark("audited"),
    Status.NARRATOR_REVIEWED: mark("reviewed by the narrator"),
    Status.INDEXED: mark("indexed"),
    Status.RELEASED: mark("released"),
}


USES = {
    ConsentUse.RESEARCH: mark("research"),
    ConsentUse.QUOTATION: mark("quotation"),
    ConsentUse.PUBLICATION: mark("publication"),
    ConsentUse.VOICE: mark("voice"),
    ConsentUse.IMAGE: mark("image"),
    ConsentUse.ONLINE: mark("online"),
}


VALUE_AT_LEAST = 22 * STEP
"""Where less is left beside the name of a field, its value stands under it."""


class RecordFacts(QWidget):
    """Who, when, where, how long, what is closed; staff can set the status."""

    status_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(2 * STEP)
        self._form.setVerticalSpacing(STEP)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.status = QComboBox()
        self.status.setAccessibleName(tr("Status"))
        self.status.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.status.setMinimumContentsLength(8)
        for status, name in STATUSES.items():
            self.status.addItem(tr(name), status)
        self.status.activated.connect(
            lambda _: self.status_chosen.emit(Status(self.status.currentData()))
        )
        self.status.setParent(self)
        self.status.hide()
        self._shown: object = None

    def show_loaded(self, loaded: Loaded) -> None:
        """Show the record of an interview, as its audience may read it."""
        rows = _rows(loaded)
        if rows == self._shown:
            self._set_status(loaded)
            return
        self._shown = rows
        while self._form.rowCount():
            taken = self._form.takeRow(0)
            for item in (taken.labelItem, taken.fieldItem):
                widget = item.widget() if item is not None else None
                if widget is not None and widget is not self.status:
                    widget.deleteLater()
        for label, value in rows:
            self._form.addRow(_label(label), _value(value))
        self.status.setVisible(loaded.file is not None)
        if loaded.file is not None:
            self._form.addRow(_label(tr("Status")), self.status)
            self._set_status(loaded)

    def _set_status(self, loaded: Loaded) -> None:
        if loaded.file is not None:
            with QSignalBlocker(self.status):
                self.status.setCurrentIndex(list(STATUSES).index(loaded.file.interview.status))


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label


def _value(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # A wrapped text must get the height it needs in the width it has, not the other way round.
    label.setMinimumWidth(VALUE_AT_LEAST)
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def _rows(loaded: Loaded) -> list[tuple[str, str]]:
    if loaded.file is not None:
        rows = _staff_rows(loaded.file)
    elif loaded.copy is not None:
        rows = _released_rows(loaded.copy)
    else:
        rows = []
    return [(label, value) for label, value in rows if value]


def _staff_rows(file: InterviewFile) -> list[tuple[str, str]]:
    interview: Interview = file.interview
    rows = [(tr("Title"), interview.title), (tr("Accession number"), interview.accession)]
    for role, name in ROLES.items():
        people = [one.person.public_name for one in file.contributions if one.role is role]
        rows.append((tr(name), ", ".join(people)))
    rows.append((tr("Date"), _date(interview.date)))
    rows.append((tr("Place"), file.place.names.get(tag_language(), "") if file.place else ""))
    if file.place and not rows[-1][1]:
        rows[-1] = (tr("Place"), next(iter(file.place.names.values()), ""))
    rows.append((tr("Languages"), ", ".join(language_name(one) for one in interview.languages)))
    length = max((one.offset_ms + (one.duration_ms or 0) for one in file.recordings), default=0)
    rows.append((tr("Length"), format_timecode(length) if length else ""))
    rows.append((tr("Closed"), "\n".join(_closed(file))))
    given = {use for one in file.consents for use in one.uses}
    uses = [tr(name) for use, name in USES.items() if use in given]
    consent = ", ".join(uses) if file.consents else tr("none on file")
    if any(one.withdrawn_on for one in file.consents):
        consent = tr("withdrawn")
    rows.append((tr("Consent"), consent))
    return rows


def _closed(file: InterviewFile) -> list[str]:
    lines: list[str] = []
    passages = sum(1 for one in file.restrictions if one.layer is None)
    for one in file.restrictions:
        if one.layer is not None:
            until = f", {tr('until {date}', date=one.until.isoformat())}" if one.until else ""
            lines.append(f"{tr(LAYERS[one.layer])}: {tr(SHUT_OUT[one.shut_out])}{until}")
    if passages:
        lines.append(tr("passages of the transcript: {count}", count=passages))
    return lines


def _released_rows(copy: ReleasedInterview) -> list[tuple[str, str]]:
    rows = [(tr("Title"), copy.title), (tr("Accession number"), copy.accession)]
    for role, name in ROLES.items():
        people = [one.name for one in copy.people if one.role is role]
        rows.append((tr(name), ", ".join(people)))
    rows.append((tr("Date"), _date(copy.date)))
    rows.append((tr("Place"), copy.place))
    rows.append((tr("Languages"), ", ".join(language_name(one) for one in copy.languages)))
    rows.append((tr("Length"), format_timecode(copy.duration_ms) if copy.duration_ms else ""))
    closed = [
        tr("passages of the transcript: {count}", count=one.passages)
        if one.passages
        else tr(LAYERS[one.layer])
        for one in copy.withheld
    ]
    rows.append((tr("Closed"), "\n".join(dict.fromkeys(closed))))
    return rows


def _date(edtf: str) -> str:
    return display(edtf, tag_language()) if edtf else ""
