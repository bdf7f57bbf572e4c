"""Export of a kept dossier: for whom, what goes beside the PDF, and the proof of it."""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from archive_app.domain import proof as proofs
from archive_app.domain.records import Audience, Dossier, DossierExport
from archive_app.errors import ArchiveError, BadValue, LeakPrevented
from archive_app.gui.dossier_proof import ProofPart
from archive_app.gui.export_dialog import ExportBase
from archive_app.gui.export_writing import Written, write_dossier
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP
from archive_app.store.reading import Reader
from archive_app.translation import mark, tr
from archive_app.work import access, collected
from archive_app.work.dossier_design import design_of

REFERENCES = {"csl-json": mark("CSL-JSON"), "bibtex": mark("BibTeX"), "ris": mark("RIS")}


class DossierExportDialog(ExportBase):
    """Exports a kept dossier as PDF and shows what the proof of the file found."""

    page_asked = Signal(int)
    """A page, counted from 0, on which the proof found something."""

    def __init__(self, session: Session, dossier: Dossier, parent: QWidget | None = None) -> None:
        self._dossier = dossier
        self._began_at = datetime.now(UTC)
        super().__init__(session, collected.interviews_in(dossier), parent)
        self._ask_beside()
        self.setWindowTitle(tr("Export “{title}”", title=dossier.title))
        self.proof = ProofPart()
        self.proof.page_asked.connect(self.page_asked)
        self._stack.addWidget(self.proof)

    def _ask_beside(self) -> None:
        self.references = {code: QCheckBox(tr(name)) for code, name in REFERENCES.items()}
        line = QHBoxLayout()
        line.setSpacing(GAP)
        for code, box in self.references.items():
            box.setAccessibleName(tr("References beside the PDF: {format}",
                                     format=tr(REFERENCES[code])))  # fmt: skip
            box.setToolTip(tr("The works that are cited, in a file for a reference manager"))
            line.addWidget(box)
        line.addStretch(1)
        self.clips = QCheckBox(tr("Audio &clips in a folder beside the PDF"))
        self.clips.setToolTip(
            tr("The passages’ sound, cut out of the recordings; the links in the PDF play it")
        )
        self.data = QCheckBox(tr("The dossier’s &data (JSON) in the PDF"))
        self.data.setToolTip(tr("Then the file is PDF/A-3a; programs can read it"))
        self.data.setChecked(design_of(self._dossier).has_data)
        self.form.addRow(tr("References:"), line)
        self.form.addRow("", self.clips)
        self.form.addRow("", self.data)

    def name(self) -> str:
        """Return the dossier's title."""
        return access.outward_names(self.session.archive, (self._dossier.title,))[0]

    def work(self, target: Path, audience: Audience, on: date) -> Any:
        """Return what sets the dossier."""
        self._began_at = datetime.now(UTC)
        return functools.partial(
            write_dossier, self.session.archive, self._dossier.id, target, audience, on,
            references=tuple(code for code, box in self.references.items() if box.isChecked()),
            has_clips=self.clips.isChecked(),
            settings={"data": "yes" if self.data.isChecked() else "no"},
        )  # fmt: skip

    # The proof ------------------------------------------------------------------

    def _is_written(self, written: Written) -> None:
        super()._is_written(written)
        self._tell_window()
        said = [written.words, *(loss.what for loss in written.losses)]
        self._show_proof(written.proof, path=written.path, words="\n".join(said))

    def _has_failed(self, error: ArchiveError) -> None:
        super()._has_failed(error)
        self._tell_window()
        if isinstance(error, LeakPrevented):
            self.session.query(
                newest_export, self._dossier.id,
                done=lambda found: self._show_held_back(found, error.message),
                failed=lambda _: None, owner=self,
            )  # fmt: skip

    def _show_held_back(self, export: DossierExport | None, words: str) -> None:
        """Show why nothing was written, if the proof of what was held back is this one's."""
        if export is not None and export.made_at >= self._began_at.replace(microsecond=0):
            self._show_proof(proof_of(export), path=None, words=words)

    def _show_proof(self, proof: proofs.Proof | None, *, path: Path | None, words: str) -> None:
        self.proof.show_proof(proof, path=path, words=words)
        self._stack.setCurrentWidget(self.proof)
        self.go.hide()
        self.stop.setText(tr("Close"))

    def _tell_window(self) -> None:
        # The proof was kept with the dossier behind the session's back.
        self.session.changed.emit(())


def newest_export(reader: Reader, dossier_id: int) -> DossierExport | None:
    """Return what was made of a dossier last."""
    return next(iter(reader.dossier_exports(dossier_id)), None)


def proof_of(export: DossierExport) -> proofs.Proof | None:
    """Return the proof that was kept with an export; None where none was, or it is damaged."""
    if not export.proof:
        return None
    try:
        return proofs.from_json(export.proof)
    except BadValue:
        return None
