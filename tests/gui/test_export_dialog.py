"""Export: what is held back is shown before, what was lost after; errors stand in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from letters import type_text
from pdfminer.high_level import extract_text
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication

from archive_app.domain.records import Audience, Layer
from archive_app.gui.dossier_export import DossierExportDialog
from archive_app.gui.export_dialog import ExportBase, ExportDialog
from archive_app.gui.session import Session
from archive_app.work import access

pytest_plugins = ["page_material"]

Export = Callable[..., ExportDialog]


@pytest.fixture
def opened(session: Session, qtbot: Any) -> Iterator[Callable[[ExportBase], ExportBase]]:
    dialogs: list[ExportBase] = []

    def show(dialog: ExportBase) -> ExportBase:
        dialogs.append(dialog)
        dialog.show()
        return dialog

    yield show
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def export(session: Session, opened: Any) -> Export:
    def make(*accessions: str) -> ExportDialog:
        with session.archive.read() as reader:
            found = [reader.interview_by_accession(one) for one in accessions]
        return opened(ExportDialog(session, [one.id for one in found if one is not None]))

    return make


def id_of(session: Session, accession: str) -> int:
    with session.archive.read() as reader:
        found = reader.interview_by_accession(accession)
    assert found is not None
    return found.id


def held(dialog: ExportBase) -> dict[str, list[str]]:
    tree = dialog.held
    tops = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    return {
        top.text(0): [line.text(0) for n in range(top.childCount()) if (line := top.child(n))]
        for top in tops
        if top is not None
    }


def choose(dialog: ExportBase, audience: Audience) -> None:
    dialog.audience.setCurrentIndex(dialog.audience.findData(audience))


def test_what_is_held_back_is_told_before_anything_is_written(export: Export) -> None:
    dialog = export("MRB-003", "MRB-001")
    lines = held(dialog)["MRB-003"]
    assert any("passage" in line for line in lines)
    assert "Real names are replaced by pseudonyms" in lines
    choose(dialog, Audience.STAFF)
    assert "passage" not in " ".join(held(dialog).get("MRB-003", []))
    assert dialog.warning.isVisible()


def test_the_preview_follows_the_day(export: Export, session: Session) -> None:
    one = id_of(session, "MRB-004")
    access.restrict_layer(
        session.archive, one, Layer.TRANSCRIPT, shut_out=Audience.READING_ROOM,
        until=date(2040, 1, 1), opens_by_itself=True,
    )  # fmt: skip
    dialog = export("MRB-004")
    assert any("ranscript: closed" in line for line in held(dialog)["MRB-004"])
    dialog.day.setDate(QDate(2041, 1, 1))
    assert not any("ranscript: closed" in line for line in held(dialog).get("MRB-004", []))


def test_a_missing_consent_is_asked_about(export: Export, session: Session) -> None:
    from archive_app.work import interviews

    new = interviews.create_interview(session.archive, accession="X-1", title="New").value
    assert new
    assert "No consent is on file." in held(export("X-1"))["X-1"]


def test_somebody_in_the_reading_room_is_not_offered_what_staff_see(
    export: Export, session: Session
) -> None:
    one = id_of(session, "MRB-003")
    access.restrict_layer(session.archive, one, Layer.LISTING, shut_out=Audience.READING_ROOM)
    session.audience = Audience.READING_ROOM
    dialog = export("MRB-003", "MRB-001")
    assert dialog.audience.findData(Audience.STAFF) < 0
    assert "MRB-003" not in held(dialog)
    assert not dialog.day.isEnabled()
    assert dialog.day.toolTip()


@pytest.mark.parametrize("code", ["pdf", "vtt", "srt", "ohms", "text", "docx", "csv", "json"])
def test_one_interview_is_written_in_each_format(export: Export, tmp_path: Path, code: str) -> None:
    dialog = export("MRB-001")
    dialog.format.setCurrentIndex(dialog.format.findData(code))
    target = tmp_path / Path(dialog.target.text()).name
    dialog.target.setText(str(target))
    dialog.go.click()
    assert target.stat().st_size > 100
    assert target.name in dialog.outcome.words.text()
    assert dialog.outcome.open_file.isVisible()
    assert not dialog.go.isVisible()


def test_several_interviews_go_into_a_folder_one_file_each(export: Export, tmp_path: Path) -> None:
    dialog = export("MRB-001", "MRB-004")
    dialog.format.setCurrentIndex(dialog.format.findData("text"))
    dialog.target.setText(str(tmp_path / "out"))
    dialog.go.click()
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "MRB-001.txt",
        "MRB-004.txt",
    ]


def test_what_a_format_cannot_hold_is_listed(export: Export, tmp_path: Path) -> None:
    dialog = export("MRB-001")
    dialog.format.setCurrentIndex(dialog.format.findData("srt"))
    dialog.target.setText(str(tmp_path / "one.srt"))
    dialog.go.click()
    assert dialog.outcome.losses.topLevelItemCount() > 0
    assert dialog.outcome.losses.isVisible()


def test_a_file_that_is_there_is_replaced_only_when_said(export: Export, tmp_path: Path) -> None:
    target = tmp_path / "old.txt"
    target.write_text("old", encoding="utf-8")
    dialog = export("MRB-001")
    dialog.format.setCurrentIndex(dialog.format.findData("text"))
    dialog.target.setText(str(target))
    dialog.go.click()
    assert target.read_text("utf-8") == "old"
    assert dialog.told.isVisible()
    assert dialog.go.text() == "Replace old.txt"
    type_text(dialog.target, "x")
    assert dialog.go.text() == "Export"
    dialog.target.backspace()
    dialog.go.click()
    assert len(target.read_text("utf-8")) > 100


def test_an_error_is_told_in_words_and_nothing_typed_is_lost(
    export: Export, tmp_path: Path
) -> None:
    dialog = export("MRB-001")
    wrong = tmp_path / "nowhere" / "a.pdf"
    dialog.target.setText(str(wrong))
    dialog.go.click()
    assert "no such folder" in dialog.told.text()
    assert dialog.target.text() == str(wrong)
    assert dialog.go.isEnabled()


def test_nothing_for_this_audience_is_told_in_words(
    export: Export, session: Session, tmp_path: Path
) -> None:
    one = id_of(session, "MRB-004")
    access.restrict_layer(session.archive, one, Layer.LISTING, shut_out=Audience.READING_ROOM)
    dialog = export("MRB-004")
    assert held(dialog)["MRB-004"] == ["Left out altogether: not a trace of it goes out"]
    for code in ("pdf", "text"):
        dialog.format.setCurrentIndex(dialog.format.findData(code))
        dialog.target.setText(str(tmp_path / "x"))
        dialog.go.click()
        assert "othing" in dialog.told.text() or "o file" in dialog.told.text()
        assert not (tmp_path / "x").exists()


def test_a_kept_dossier_goes_out_without_the_real_name(
    session: Session, opened: Any, tmp_path: Path
) -> None:
    with session.archive.read() as reader:
        dossier = next(one for one in reader.dossiers() if one.title == "Leaving and arriving")
        real = reader.protected_people()[0].real_names[0]
    dialog = opened(DossierExportDialog(session, dossier))
    target = tmp_path / "dossier.pdf"
    dialog.target.setText(str(target))
    choose(dialog, Audience.PUBLIC)
    dialog.go.click()
    assert "Written and checked" in dialog.outcome.words.text()
    text = extract_text(target)
    assert "Leaving and arriving" in text
    assert not any(word in text for word in real.split())


def test_writing_beside_the_window_can_be_stopped(
    threaded_session: Session, qtbot: Any, tmp_path: Path
) -> None:
    with threaded_session.archive.read() as reader:
        dossier = next(one for one in reader.dossiers() if one.title == "Leaving and arriving")
    dialog = DossierExportDialog(threaded_session, dossier)
    dialog.show()
    target = tmp_path / "dossier.pdf"
    dialog.target.setText(str(target))
    dialog.go.click()
    assert dialog.progress.isVisible()
    dialog.stop.click()
    qtbot.waitUntil(lambda: dialog._running is None, timeout=30_000)
    assert dialog.told.isVisible() or target.exists()
    if not target.exists():
        assert "Stopped" in dialog.told.text()
    dialog.close()
    dialog.deleteLater()
    qtbot.waitUntil(threaded_session.tasks.is_idle, timeout=30_000)


def test_files_are_called_by_no_protected_name(export: Export, session: Session) -> None:
    with session.archive.write("Edit") as writer:
        writer.update("interview", id_of(session, "MRB-003"), accession="OH-SVolkov-3")
        writer.update("interview", id_of(session, "MRB-002"), accession="OH-SViktor-3")
    dialog = export("OH-SVolkov-3")
    assert Path(dialog.target.text()).stem == "OH-SViktor-3"
    several = export("OH-SVolkov-3", "OH-SViktor-3")
    several.format.setCurrentIndex(several.format.findData("vtt"))
    names = {path.stem for path in several._files(Path("out")).values()}
    assert names == {"OH-SViktor-3", "OH-SViktor-3 (2)"}
    assert "Volkov" not in str([dialog.windowTitle(), held(dialog), held(several)])
