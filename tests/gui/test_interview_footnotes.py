from __future__ import annotations

import pytest
from letters import type_text
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot
from typing_material import page_on, part_of, stored

from archive_app.gui.footnotes_dialog import FootnoteDialog
from archive_app.gui.interview_footnotes import Footnotes
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.session import Session
from archive_app.gui.transcript_document import Mark, MarkKind

pytest_plugins = ["page_material"]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    made = page_on(session)
    qtbot.addWidget(made)
    return made


def notes(page: InterviewPage) -> Footnotes:
    part = part_of(page, "Footnotes")
    assert isinstance(part, Footnotes)
    return part


def daggers(page: InterviewPage) -> list[Mark]:
    marks = page.pane.view.document_copy.marks.values()
    return [one for one in marks if one.kind is MarkKind.FOOTNOTE]


def dialog_of(page: InterviewPage) -> FootnoteDialog:
    assert isinstance(page.dialog, FootnoteDialog)
    return page.dialog


def add_note(page: InterviewPage, number: int, text: str) -> None:
    page.pane.view.place_cursor(stored(page.session)[number].id, 1)
    page.session.actions["interview.footnote"].trigger()
    dialog = dialog_of(page)
    dialog.text.setPlainText(text)
    dialog.link.setText("https://example.org")
    dialog.keep.click()


def test_a_footnote_stands_behind_the_cursors_word(page: InterviewPage) -> None:
    had = len(daggers(page))
    add_note(page, 3, "A club in Belgrade.")
    turn = stored(page.session)[3]
    word = turn.text.split(" ")[0]
    note = turn.footnotes[-1]
    assert (note.offset, note.text, note.link) == (
        len(word), "A club in Belgrade.", "https://example.org",
    )  # fmt: skip
    assert len(daggers(page)) == had + 1
    assert "A club in Belgrade." in [one.name for one in daggers(page)]


def test_pointing_at_it_tells_its_text(page: InterviewPage) -> None:
    add_note(page, 3, "A club in Belgrade.")
    view = page.pane.view
    mark = next(one for one in daggers(page) if one.name == "A club in Belgrade.")
    view.place_cursor(mark.span.start_turn, mark.span.start)
    view.ensureCursorVisible()
    at = view.cursorRect().center()
    assert "A club in Belgrade." in view.names_at(QPointF(at.x() + 2, at.y()))


def test_an_empty_footnote_cannot_be_kept(page: InterviewPage) -> None:
    page.pane.view.place_cursor(stored(page.session)[3].id, 1)
    page.session.actions["interview.footnote"].trigger()
    assert not dialog_of(page).keep.isEnabled()
    assert dialog_of(page).keep.toolTip()
    dialog_of(page).reject()


def test_it_moves_with_its_word_and_undo_takes_it_back(page: InterviewPage) -> None:
    had = len(daggers(page))
    add_note(page, 3, "A club.")
    turn = stored(page.session)[3]
    page.pane.view.place_cursor(turn.id, 0)
    type_text(page.pane.view, "Ну ")
    page.editor.saver.flush()
    assert stored(page.session)[3].footnotes[-1].offset == turn.footnotes[-1].offset + 3
    page.editor.undo()
    page.editor.undo()
    assert stored(page.session)[3].footnotes == ()
    assert len(daggers(page)) == had


def test_the_list_shows_changes_and_deletes_them(page: InterviewPage) -> None:
    add_note(page, 3, "First.")
    add_note(page, 5, "Second.")
    page.session.actions["interview.footnotes"].trigger()
    shown = notes(page).list
    assert shown is not None
    assert [note.text for note in notes(page).notes()] == ["First.", "Second."]
    assert shown.list.count() == 2
    assert not shown.change.isEnabled()
    shown.list.setCurrentRow(1)
    assert page.pane.view.cursor_turn() == (
        stored(page.session)[5].id, stored(page.session)[5].footnotes[0].offset,
    )  # fmt: skip
    shown.change.click()
    dialog_of(page).text.setPlainText("Second, mended.")
    dialog_of(page).keep.click()
    assert [note.text for note in notes(page).notes()] == ["First.", "Second, mended."]
    shown.list.setCurrentRow(0)
    shown.delete.click()
    assert shown.list.count() == 1
    assert stored(page.session)[3].footnotes == ()


def test_the_menu_offers_the_footnote_at_the_cursor(page: InterviewPage) -> None:
    add_note(page, 3, "A club.")
    mark = next(one for one in daggers(page) if one.name == "A club.")
    page.pane.view.place_cursor(mark.span.start_turn, mark.span.end)
    menu = page.pane.view.make_menu()
    delete = next(one for one in menu.actions() if one.text() == "Delete footnote")
    delete.trigger()
    assert stored(page.session)[3].footnotes == ()
