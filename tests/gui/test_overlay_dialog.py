"""Laying a new transcript over a tagged one, through the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from window_material import window_on

from archive_app.domain.records import Audience, Span
from archive_app.gui.main_window import MainWindow
from archive_app.gui.overlay_dialog import OverlayDialog
from archive_app.gui.session import Session
from archive_app.paths import config_folder
from archive_app.settings import Settings
from archive_app.store.archive import Archive
from archive_app.work import access, importing, tagging
from archive_app.work.archives import create_archive
from archive_app.work.importing import ImportChoices

OLD = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Olga>Мы уехали из Москвы весной, потому что больше не могли там жить.

00:00:04.000 --> 00:00:08.000
<v Ana>А куда вы поехали потом, сразу в Белград?
"""
NEW = """WEBVTT

00:00:01.100 --> 00:00:04.000
<v SPEAKER_00>мы уехали из москвы летом потому что больше не могли там жить

00:00:04.200 --> 00:00:08.000
<v SPEAKER_01>а куда вы поехали сразу в белград
"""


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "whisper.vtt"
    path.write_text(NEW, encoding="utf-8")
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    path = tmp_path / "olga.vtt"
    path.write_text(OLD, encoding="utf-8")
    made = create_archive(tmp_path / "test", who="Ana")
    plan = importing.plan_import(made, [path], ImportChoices(language="ru"))
    importing.run_import(made, plan)
    return made


@pytest.fixture
def window(archive: Archive, qtbot: Any) -> Iterator[MainWindow]:
    window = window_on(archive, Settings(config_folder()))
    window.show()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def session(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


@pytest.fixture
def dialog(window: MainWindow, session: Session) -> Iterator[OverlayDialog]:
    made = OverlayDialog(session, 1, 1, window)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def span_of(archive: Archive, words: str) -> Span:
    with archive.read() as reader:
        turn = next(turn for turn in reader.turns(1) if words in turn.text)
    start = turn.text.index(words)
    return Span(turn.id, start, turn.id, start + len(words))


def tag(archive: Archive, words: str) -> None:
    tagging.tag_by_names(archive, 1, span_of(archive, words), ["leaving"])


def texts(archive: Archive) -> list[str]:
    with archive.read() as reader:
        return [turn.text for turn in reader.turns(1)]


def test_nothing_can_be_laid_over_before_something_is_chosen(dialog: OverlayDialog) -> None:
    assert not dialog.go.isEnabled()
    assert dialog.go.toolTip()
    assert dialog.go.text() == "&Lay over"


def test_the_differences_are_shown_before_anything_changes(
    archive: Archive, dialog: OverlayDialog, new: Path
) -> None:
    tag(archive, "Москвы весной")
    tag(archive, "потом,")
    before = texts(archive)
    dialog.take_file(new)
    assert dialog.summary.text().startswith("1 of 2 tags carried; 1 listed")
    assert dialog.lost.topLevelItemCount() == 1
    item = dialog.lost.topLevelItem(0)
    assert item is not None
    assert (item.text(0), item.text(1)) == ("leaving", "потом,")
    assert item.text(2)
    model = dialog.differences.rows
    assert model.rowCount() == 2
    said = model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert "[летом]" in str(said)
    assert texts(archive) == before


def test_laying_over_is_one_step_that_undo_takes_back(
    archive: Archive, session: Session, dialog: OverlayDialog, new: Path
) -> None:
    tag(archive, "Москвы")
    before = texts(archive)
    said: list[str] = []
    session.said.connect(said.append)
    dialog.take_file(new)
    dialog.go.click()
    assert texts(archive)[0].startswith("мы уехали из москвы летом")
    assert dialog.result() == OverlayDialog.DialogCode.Accepted
    assert "1 of 1 tag carried" in said[0]
    session.undo(1)
    assert texts(archive) == before


def test_a_closed_passage_that_is_not_found_must_be_ticked_first(
    archive: Archive, dialog: OverlayDialog, new: Path
) -> None:
    access.restrict_span(archive, 1, span_of(archive, "потом,"), shut_out=Audience.READING_ROOM)
    dialog.take_file(new)
    assert dialog.tabs.currentWidget() is dialog.closings
    assert not dialog.go.isEnabled()
    item = dialog.closings.topLevelItem(0)
    assert item is not None
    item.setCheckState(0, Qt.CheckState.Checked)
    assert dialog.go.isEnabled()
    dialog.go.click()
    with archive.read() as reader:
        assert [one.quote for one in reader.restrictions(1)] == ["сразу в белград"]


def test_a_change_since_the_comparison_is_said_and_changes_nothing(
    archive: Archive, dialog: OverlayDialog, new: Path
) -> None:
    dialog.take_file(new)
    tag(archive, "Москвы")
    before = texts(archive)
    dialog.go.click()
    assert "compare them again" in dialog.told.text()
    assert texts(archive) == before
    assert dialog.isVisible()


def test_a_file_that_cannot_be_read_is_said(dialog: OverlayDialog, tmp_path: Path) -> None:
    path = tmp_path / "empty.vtt"
    path.touch()
    dialog.take_file(path)
    assert dialog.told.text()
    assert not dialog.go.isEnabled()


def test_enter_in_a_list_does_not_lay_over(
    archive: Archive, dialog: OverlayDialog, new: Path
) -> None:
    dialog.take_file(new)
    before = texts(archive)
    dialog.differences.setFocus()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(dialog, key)
    assert texts(archive) == before


def test_every_control_says_what_it_is(dialog: OverlayDialog, new: Path) -> None:
    dialog.take_file(new)
    for control in (dialog.source, dialog.differences, dialog.lost, dialog.closings, dialog.bar):
        assert control.accessibleName()


def test_the_page_has_the_way_there(window: MainWindow, session: Session, qtbot: Any) -> None:
    session.interview_requested.emit(1, None)
    qtbot.waitUntil(lambda: session.actions["interview.lay_over"].isEnabled())
    session.actions["interview.lay_over"].trigger()
    opened = window.findChild(OverlayDialog)
    assert opened is not None
    opened.close()
    session.audience = Audience.PUBLIC
    qtbot.waitUntil(lambda: not session.actions["interview.lay_over"].isEnabled())
    assert session.actions["interview.lay_over"].toolTip()
