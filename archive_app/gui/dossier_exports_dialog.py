"""What was made of a dossier, for whom, and what the proofs found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.edtf_words import display
from archive_app.domain.records import DossierExport
from archive_app.dossier.design import Layout
from archive_app.gui.dossier_design_words import LAYOUTS
from archive_app.gui.dossier_export import proof_of
from archive_app.gui.dossier_proof import ProofPart
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.gui.top_bar import AUDIENCE_NAMES
from archive_app.translation import current_language, mark, tr
from archive_app.work.collected import exports_of

COLUMNS = (mark("Made"), mark("For"), mark("As of"), mark("Layout"), mark("Pages"), mark("File"),
           mark("Proof"))  # fmt: skip


class ExportsDialog(QDialog):
    """A list of exports, the newest first, and the proof of the one that is chosen."""

    page_asked = Signal(int)

    def __init__(
        self, session: Session, dossier_id: int, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Exports and proofs of “{title}”", title=title))
        self.setMinimumSize(150 * STEP, 120 * STEP)
        self.resize(200 * STEP, 150 * STEP)
        self._exports: tuple[DossierExport, ...] = ()
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setAccessibleName(tr("Exports"))
        self.table.setHorizontalHeaderLabels([tr(name) for name in COLUMNS])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.nothing = QLabel(
            tr("Nothing was exported of this dossier yet. Export it with Ctrl+E; its proof is kept "
               "here.")
        )  # fmt: skip
        self.nothing.setWordWrap(True)
        self.proof = ProofPart()
        self.proof.page_asked.connect(self.page_asked)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.addWidget(self.table)
        self.parts.addWidget(self.proof)
        self.parts.setChildrenCollapsible(False)
        self.parts.setStretchFactor(1, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        rows.addWidget(self.nothing)
        rows.addWidget(self.parts, 1)
        rows.addWidget(buttons)
        self.show_exports(())
        session.audience_changed.connect(self.reject)
        session.read(
            exports_of, dossier_id, audience=session.audience, done=self.show_exports, owner=self
        )

    def show_exports(self, exports: Sequence[DossierExport]) -> None:
        """List exports; the newest is chosen."""
        self._exports = tuple(exports)
        self.nothing.setVisible(not exports)
        self.parts.setVisible(bool(exports))
        self.table.setRowCount(len(exports))
        for row, one in enumerate(exports):
            for column, text in enumerate(_cells(one)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        if exports:
            self.table.selectRow(0)
            self.table.setFocus()

    def _show_chosen(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self.proof.show_proof(proof_of(self._exports[rows[0].row()]))


def _cells(one: DossierExport) -> tuple[str, ...]:
    proof = proof_of(one)
    found = tr("none kept")
    if proof is not None:
        found = tr("clean") if proof.is_clean else tr("something was found")
    if not one.sha256:
        found = tr("held back")
    known = {layout.value: name for layout, name in LAYOUTS.items()}
    return (
        one.made_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        tr(AUDIENCE_NAMES[one.audience]),
        display(one.on.isoformat(), current_language()),
        tr(known.get(one.layout, LAYOUTS[Layout.VOLUME])),
        str(one.pages),
        one.file_name,
        found,
    )
