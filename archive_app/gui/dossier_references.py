"""Saving the references of what a dossier draws on, for a reference manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from archive_app.domain.records import Dossier
from archive_app.gui.export_writing import file_name
from archive_app.gui.session import Session
from archive_app.settings import LAST_FOLDER
from archive_app.translation import mark, tr, trn
from archive_app.work import access, citing

KINDS = {
    ".json": ("csl-json", mark("CSL-JSON, for Zotero and most others (*.json)")),
    ".bib": ("bibtex", mark("BibTeX, for LaTeX (*.bib)")),
    ".ris": ("ris", mark("RIS, for EndNote and others (*.ris)")),
}
"""By the file's ending: the format, and what the system's dialog calls it."""


def ask_references(session: Session, dossier: Dossier, parent: QWidget) -> None:
    """Ask for a file and write the references that the present audience may see into it."""
    folder = session.settings.get(LAST_FOLDER)
    base = Path(folder) if folder and Path(folder).is_dir() else Path.home()
    (name,) = access.outward_names(session.archive, (dossier.title,))
    filters = {tr(text): ending for ending, (_, text) in KINDS.items()}
    chosen, chosen_filter = QFileDialog.getSaveFileName(
        parent, tr("Save references"), str(base / f"{file_name(name)}.json"), ";;".join(filters)
    )
    if not chosen:
        return
    target = Path(chosen)
    if target.suffix.lower() not in KINDS:
        target = target.with_name(target.name + filters.get(chosen_filter, ".json"))
    session.settings.set(LAST_FOLDER, str(target.parent))

    def is_saved(count: int) -> None:
        session.said.emit(
            trn("{count} reference was saved: {name}", "{count} references were saved: {name}",
                count, name=target.name)
        )  # fmt: skip

    session.read(
        citing.save_dossier_references,
        dossier.id,
        target,
        format=KINDS[target.suffix.lower()][0],
        audience=session.audience,
        on=session.today(),
        done=is_saved,
        owner=parent,
        label=tr("Saving references"),
    )
