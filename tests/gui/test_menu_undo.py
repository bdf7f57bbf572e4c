"""Undo and redo from the menu, with an interview on its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from letters import type_text
from window_material import filled_archive, window_on

from archive_app.domain.records import TranscriptKind
from archive_app.gui import interview_page
from archive_app.gui.main_window import MainWindow
from archive_app.paths import config_folder
from archive_app.settings import Settings
from archive_app.work import transcripts


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    archive = filled_archive(tmp_path)
    made = transcripts.add_transcript(archive, 1, language="ru", kind=TranscriptKind.VERBATIM)
    transcripts.insert_turn(archive, made.value, after_turn_id=None)
    window = window_on(archive, Settings(config_folder()))
    window.show()
    window.open_interview(1)
    yield window
    window.close()
    window.deleteLater()


def typed_on(window: MainWindow) -> Any:
    page = window.page_named("interview")
    view = page.pane.view
    view.place_cursor(view.document_copy.turns[0].id, 0)
    type_text(view, "Да")
    return page


def test_the_menu_takes_back_what_is_typed_without_reading_the_interview_anew(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = typed_on(window)
    read: list[object] = []
    load = interview_page.load
    monkeypatch.setattr(interview_page, "load", lambda *args: (read.append(args), load(*args))[1])
    window.actions_by_name["edit.undo"].trigger()
    assert page.pane.view.document_copy.turns[0].text == ""
    window.actions_by_name["edit.redo"].trigger()
    assert page.pane.view.document_copy.turns[0].text == "Да"
    assert read == []


def test_the_menu_takes_back_elsewhere_what_was_typed_on_the_page(window: MainWindow) -> None:
    page = typed_on(window)
    window.show_page("library")
    window.actions_by_name["edit.undo"].trigger()
    window.show_page("interview")
    assert page.pane.view.document_copy.turns[0].text == ""
