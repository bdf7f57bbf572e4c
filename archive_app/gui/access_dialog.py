"""Closing a layer or a passage, recording a consent, and withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Consent, ConsentUse, Layer, Span
from archive_app.errors import ArchiveError
from archive_app.gui.closing_terms import Terms, day_edit, day_of
from archive_app.gui.inspector_sections import LAYER_NAMES, USE_NAMES
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.translation import mark, tr
from archive_app.work import access


class AskDialog(QDialog):
    """A form with a sentence over it, a place for what is wrong, and a button with a verb."""

    def __init__(
        self, session: Session, parent: QWidget | None, *, title: str, words: str, verb: str
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.setWindowTitle(title)
        self.setMinimumWidth(110 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(MARGIN)
        explained = QLabel(words)
        explained.setWordWrap(True)
        explained.setTextFormat(Qt.TextFormat.PlainText)
        rows.addWidget(explained)
        self.form = QFormLayout()
        self.form.setSpacing(GAP)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addLayout(self.form)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setStyleSheet(f"color: {theme().colours.error.name()}")
        self.told.hide()
        rows.addWidget(self.told)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.do)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.go.setDefault(True)

    def do(self) -> None:
        """Do what the button says; each dialog knows what that is."""
        raise NotImplementedError

    def _done(self, _: object) -> None:
        self.accept()

    def _refused(self, error: ArchiveError) -> None:
        self.tell(error.message)

    def tell(self, words: str) -> None:
        """Say what is wrong; nothing that was typed is lost."""
        self.told.setText(words)
        self.told.setVisible(bool(words))


class CloseDialog(AskDialog):
    """Closes a layer of an interview, or a passage of a transcript if a span is given."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        interview_id: int,
        transcript_id: int | None = None,
        span: Span | None = None,
        quote: str = "",
    ) -> None:
        is_passage = span is not None and transcript_id is not None
        words = tr("Choose what is closed, to whom, and until when. Staff always see everything; "
                   "undo takes it back.")  # fmt: skip
        if is_passage:
            shown = quote if len(quote) <= 160 else f"{quote[:157]}…"
            words = tr("This passage is replaced by “[passage closed]” in everything that leaves "
                       "the archive:\n\n“{quote}”", quote=shown)  # fmt: skip
        super().__init__(
            session, parent,
            title=tr("Close a passage") if is_passage else tr("Close a layer"),
            words=words,
            verb=tr("Close this passage") if is_passage else tr("Close this layer"),
        )  # fmt: skip
        self._interview_id = interview_id
        self._transcript_id = transcript_id
        self._span = span
        self.layer = QComboBox()
        for layer in (Layer.RECORDING, Layer.TRANSCRIPT, Layer.INDEX, Layer.DESCRIPTION,
                      Layer.LISTING):  # fmt: skip
            self.layer.addItem(tr(LAYER_NAMES[layer]), layer)
        if not is_passage:
            self.form.addRow(tr("&What is closed:"), self.layer)
        self.terms = terms = Terms(self.form, session.today())
        self.shut_out, self.reason = terms.shut_out, terms.reason
        self.has_end, self.until, self.opens = terms.has_end, terms.until, terms.opens

    def do(self) -> None:
        """Close it."""
        if self.terms.wrong:
            self.tell(self.terms.wrong)
            return
        terms = self.terms.values
        if self._span is not None and self._transcript_id is not None:
            self._session.write(
                access.restrict_span, self._transcript_id, self._span, **terms,
                done=self._done, failed=self._refused,
            )  # fmt: skip
        else:
            self._session.write(
                access.restrict_layer, self._interview_id, Layer(self.layer.currentData()),
                **terms, done=self._done, failed=self._refused,
            )  # fmt: skip


class ConsentDialog(AskDialog):
    """Records what somebody signed."""

    TITLE = mark("Record consent")
    VERB = mark("Record")
    WORDS = mark("What is ticked here decides what leaves the archive: what was not allowed "
                 "stays inside.")  # fmt: skip

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        interview_id: int,
        people: Mapping[int, str],
    ) -> None:
        super().__init__(
            session, parent, title=tr(self.TITLE), verb=tr(self.VERB), words=tr(self.WORDS)
        )
        self._interview_id = interview_id
        self.person = QComboBox()
        for number, name in people.items():
            self.person.addItem(name, number)
        self.person.addItem(tr("(nobody in particular)"), None)
        self.form.addRow(tr("&Who signed:"), self.person)
        self.form_name = QLineEdit()
        self.form_name.setPlaceholderText(tr("Deed of gift, release form 2022 …"))
        self.form.addRow(tr("&Form:"), self.form_name)
        self.is_dated = QCheckBox(tr("&Signed on"))
        self.signed_on = day_edit(session.today())
        self.signed_on.setAccessibleName(tr("Signed on"))
        self.is_dated.setChecked(True)
        self.is_dated.toggled.connect(self.signed_on.setEnabled)
        self.form.addRow(self.is_dated, self.signed_on)
        grid = QGridLayout()
        self.uses: dict[ConsentUse, QCheckBox] = {}
        for number, (use, name) in enumerate(USE_NAMES.items()):
            box = QCheckBox(tr(name))
            self.uses[use] = box
            grid.addWidget(box, number // 2, number % 2)
        self.form.addRow(tr("Allowed uses:"), grid)
        self.risk = QPlainTextEdit()
        self.risk.setTabChangesFocus(True)
        self.risk.setFixedHeight(16 * STEP)
        self.risk.setPlaceholderText(tr("What could harm somebody; for the staff"))
        self.form.addRow(tr("&Risk:"), self.risk)

    def do(self) -> None:
        """Record it."""
        self._session.write(
            access.add_consent,
            self._interview_id,
            person_id=self.person.currentData(),
            form=self.form_name.text().strip(),
            signed_on=day_of(self.signed_on) if self.is_dated.isChecked() else None,
            uses=[use for use, box in self.uses.items() if box.isChecked()],
            risk=self.risk.toPlainText().strip(),
            done=self._done,
            failed=self._refused,
        )


class WithdrawDialog(AskDialog):
    """Asks from which day on a consent is withdrawn."""

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, consent: Consent
    ) -> None:
        super().__init__(
            session, parent, title=tr("Withdraw consent"), verb=tr("Withdraw consent"),
            words=tr("From that day on nobody outside the staff sees anything of this interview, "
                     "not even that it exists. Undo takes it back."),
        )  # fmt: skip
        self._consent = consent
        self.day = day_edit(session.today())
        self.form.addRow(tr("&From:"), self.day)

    def do(self) -> None:
        """Withdraw it."""
        self._session.write(
            access.withdraw_consent, self._consent, on=day_of(self.day),
            done=self._done, failed=self._refused,
        )  # fmt: skip
