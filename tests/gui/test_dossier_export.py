"""Exporting a dossier: what goes beside it, its proof, and where the proof is found later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from archive_app.domain.edtf_words import display
from archive_app.domain.proof import Check, Finding, Looked, Problem, Proof, Where
from archive_app.domain.records import Audience, Dossier
from archive_app.gui.dossier_export import DossierExportDialog
from archive_app.gui.dossier_exports_dialog import ExportsDialog
from archive_app.gui.dossier_proof import ProofPart
from archive_app.gui.dossier_references import ask_references
from archive_app.gui.session import Session
from archive_app.work.dossier_design import design_of

pytest_plugins = ["page_material"]

Open = Callable[[], DossierExportDialog]


@pytest.fixture
def dossier(session: Session) -> Dossier:
    with session.archive.read() as reader:
        return next(one for one in reader.dossiers() if one.title == "Leaving and arriving")


@pytest.fixture
def export(session: Session, dossier: Dossier, tmp_path: Path) -> Iterator[Open]:
    made: list[DossierExportDialog] = []

    def show() -> DossierExportDialog:
        dialog = DossierExportDialog(session, dossier)
        made.append(dialog)
        dialog.target.setText(str(tmp_path / "leaving.pdf"))
        dialog.show()
        return dialog

    yield show
    for one in made:
        one.close()
        one.deleteLater()
    QApplication.processEvents()


def test_the_proof_is_shown_when_the_file_is_written(export: Open, tmp_path: Path) -> None:
    dialog = export()
    dialog.references["bibtex"].setChecked(True)
    dialog.references["ris"].setChecked(True)
    dialog.go.click()
    assert dialog.proof.isVisible()
    assert dialog.proof.verdict.text() == "The dossier says what was released, and nothing else."
    assert {path.suffix for path in tmp_path.glob("leaving*")} == {".pdf", ".bib", ".ris"}
    assert "leaving-references.bib, leaving-references.ris" in dialog.proof.facts.text()
    assert dialog.proof.list.count() > 5
    dialog.proof.copy.click()
    copied = QApplication.clipboard().text()
    assert copied.startswith("The dossier says")
    assert "In order: " in copied
    assert dialog.proof.open_file.isVisible()


def test_the_data_goes_in_only_where_it_is_asked_for_this_once(
    export: Open, session: Session, dossier: Dossier, tmp_path: Path
) -> None:
    dialog = export()
    assert not dialog.data.isChecked()
    dialog.data.setChecked(True)
    dialog.go.click()
    assert "PDF/A-3a" in dialog.proof.facts.text()
    with session.archive.read() as reader:
        assert not design_of(reader.dossier(dossier.id)).has_data


def test_exports_and_their_proofs_are_found_later(
    export: Open, session: Session, dossier: Dossier, qtbot: Any
) -> None:
    empty = ExportsDialog(session, dossier.id, dossier.title)
    empty.show()
    assert empty.nothing.isVisible()
    empty.close()
    export().go.click()
    dialog = ExportsDialog(session, dossier.id, dossier.title)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    model = dialog.table.model()
    cells = [model.index(0, n).data() for n in range(dialog.table.columnCount())]
    today = display(session.today().isoformat(), "en")
    assert cells[1:4] == ["Reading room", today, "Transcript volume"]
    assert f"as of {today}" in dialog.proof.facts.text()
    assert cells[5:] == ["leaving.pdf", "clean"]
    assert "nothing else" in dialog.proof.verdict.text()
    assert not dialog.proof.open_file.isVisible()
    dialog.close()


def test_a_file_held_back_shows_where_and_names_nobody(
    export: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def found(*_: Any, **kwargs: Any) -> Proof:
        return leaking(kwargs["file_name"])

    monkeypatch.setattr("archive_app.work.proving.prove", found)
    dialog = export()
    dialog.go.click()
    assert not (tmp_path / "leaving.pdf").exists()
    assert dialog.proof.isVisible()
    assert not dialog.proof.open_file.isVisible()
    assert "nothing else" not in dialog.proof.verdict.text()
    assert any(dialog.proof.list.item(n).text() for n in range(dialog.proof.list.count()))


def leaking(name: str = "leaving.pdf") -> Proof:
    finding = Finding(Problem.NAME, Where.FOOTNOTE, page=3, label="iii", item="OH-1, ru, turn 5")
    return Proof(
        Audience.PUBLIC, date(2024, 5, 1), datetime.now(UTC), name, "", 1, 9, 4,
        (Looked(Check.NAMES, 12, (finding,)),),
    )  # fmt: skip


def test_a_finding_leads_to_its_page(qapp: QApplication, qtbot: Any) -> None:
    part = ProofPart()
    part.show_proof(leaking())
    part.show()
    rows = [part.list.item(n) for n in range(part.list.count())]
    one = next(item for item in rows if "iii" in item.text())
    with qtbot.waitSignal(part.page_asked) as asked:
        part.list.itemActivated.emit(one)
    assert asked.args == [2]
    part.close()
    part.deleteLater()


def test_references_are_saved_by_the_ending_that_was_chosen(
    session: Session, dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    target = tmp_path / "works.ris"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    said: list[str] = []
    session.said.connect(said.append)
    ask_references(session, dossier, owner)
    qtbot.waitUntil(lambda: bool(said))
    assert target.read_text("utf-8").startswith("TY  -")
    assert "4 references" in said[-1]


def test_what_was_made_for_staff_is_not_listed_for_others(
    export: Open, session: Session, dossier: Dossier, qtbot: Any
) -> None:
    export().go.click()
    session.audience = Audience.PUBLIC
    dialog = ExportsDialog(session, dossier.id, dossier.title)
    dialog.show()
    assert dialog.table.rowCount() == 0
    assert dialog.nothing.isVisible()
    session.audience = Audience.STAFF
    assert not dialog.isVisible()
