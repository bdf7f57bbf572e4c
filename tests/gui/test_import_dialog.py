"""The import: what would come in, corrected, then in; and taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox
from window_material import VTT, filled_archive, window_on

from archive_app.gui.import_dialog import ImportDialog
from archive_app.gui.import_table import FILE, LANGUAGE, REMARK, TARGET
from archive_app.gui.main_window import MainWindow
from archive_app.gui.session import Session
from archive_app.paths import config_folder
from archive_app.settings import Settings


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    window = window_on(filled_archive(tmp_path), Settings(config_folder()))
    window.show()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def session(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "recorder"
    folder.mkdir()
    (folder / "olga.vtt").write_text(VTT, encoding="utf-8")
    (folder / "broken.xml").write_text("<ROOT", encoding="utf-8")
    return folder


def cell(dialog: ImportDialog, name: str, column: int) -> str:
    for line in range(dialog.table.rowCount()):
        item = dialog.table.item(line, FILE)
        if item is not None and item.text() == name:
            found = dialog.table.item(line, column)
            return found.text() if found is not None else ""
    raise AssertionError(name)


def test_files_dropped_on_the_window_are_shown_before_anything_changes(
    window: MainWindow, session: Session, files: Path, qtbot: Any
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files))])
    window.dropEvent(
        QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                   Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    qtbot.waitUntil(lambda: isinstance(window._dialog, ImportDialog))
    dialog = window._dialog
    assert isinstance(dialog, ImportDialog)
    assert dialog.go.text() == "Import 1 file"
    assert "(guess)" in cell(dialog, "olga.vtt", LANGUAGE)
    assert cell(dialog, "olga.vtt", TARGET) == "new: olga"
    assert cell(dialog, "broken.xml", REMARK)
    with session.archive.read() as reader:
        assert len(reader.interview_ids()) == 3
    dialog.close()


def test_a_corrected_language_comes_in_and_undo_takes_the_whole_import_back(
    window: MainWindow, session: Session, files: Path
) -> None:
    dialog = ImportDialog(session, window)
    dialog.add_paths([files / "olga.vtt"])
    choice = dialog.table.cellWidget(0, LANGUAGE)
    assert isinstance(choice, QComboBox)
    choice.activated.emit(choice.findData("sr-Cyrl"))
    dialog.go.click()
    assert "1 file was imported." in dialog.words.text()
    assert dialog.go.text() == "Close"
    with session.archive.read() as reader:
        (transcript,) = reader.transcripts(4)
        assert transcript.language == "sr-Cyrl"
        assert not transcript.is_language_guessed
    window.undo()
    with session.archive.read() as reader:
        assert len(reader.interview_ids()) == 3
    dialog.deleteLater()


def test_a_language_typed_wrong_is_refused_in_words(
    window: MainWindow, session: Session, files: Path
) -> None:
    dialog = ImportDialog(session, window)
    dialog.add_paths([files / "olga.vtt"])
    dialog.table.language_chosen.emit(0, "no such language")
    assert "no such language" in dialog.told.text()
    dialog.deleteLater()


def test_files_go_into_an_interview_that_is_there(
    window: MainWindow, session: Session, files: Path
) -> None:
    dialog = ImportDialog(session, window)
    dialog.add_paths([files / "olga.vtt"])
    dialog.target.setCurrentIndex(1)
    dialog.target.activated.emit(1)
    assert not dialog.go.isEnabled()
    assert dialog.go.toolTip() == "Write the interview's accession number first."
    dialog.accession.setText("MRB-002")
    dialog.accession.editingFinished.emit()
    assert cell(dialog, "olga.vtt", TARGET) == "MRB-002"
    dialog.go.click()
    with session.archive.read() as reader:
        assert len(reader.transcripts(2)) == 1
    dialog.deleteLater()


def test_what_was_imported_before_is_known(
    window: MainWindow, session: Session, files: Path
) -> None:
    last: object = None
    for _ in range(2):
        dialog = ImportDialog(session, window)
        dialog.add_paths([files / "olga.vtt"])
        last = cell(dialog, "olga.vtt", REMARK), dialog.go.isEnabled(), dialog.go.toolTip()
        dialog.go.click()
        dialog.deleteLater()
    assert last == (
        "Already in the archive: nothing is done.", False, "Nothing is ready to come in.",
    )  # fmt: skip


def test_what_comes_in_stands_in_the_chosen_collection(
    window: MainWindow, session: Session, files: Path
) -> None:
    page = window.page_named("library")
    page.tree.setCurrentItem(page.tree.item_of("collection", "Sport"))
    window.import_files([files / "olga.vtt"])
    dialog = window._dialog
    assert isinstance(dialog, ImportDialog)
    dialog.go.click()
    with session.archive.read() as reader:
        collection = reader.interview(4).collection_id
        assert collection is not None
        assert reader.collection(collection).title == "Sport"
    dialog.close()
