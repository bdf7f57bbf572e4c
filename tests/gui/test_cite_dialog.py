"""Citing from the interview's page and from the search's context."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from typing_material import page_on, stored

from archive_app.domain.citation_styles import CitationStyle
from archive_app.domain.records import Audience, Layer, Span
from archive_app.gui.cite_dialog import STYLES, CiteDialog
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.search_page import SearchPage
from archive_app.gui.session import Session
from archive_app.settings import CITATION_STYLE
from archive_app.work import access, searching
from archive_app.work.citing import CitedPlace

pytest_plugins = ["page_material"]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    made = page_on(session)
    qtbot.addWidget(made)
    return made


def dialog_of(page: InterviewPage) -> CiteDialog:
    page.session.actions["interview.cite"].trigger()
    assert isinstance(page.dialog, CiteDialog)
    return page.dialog


def choose(dialog: CiteDialog, style: CitationStyle) -> None:
    dialog.style_choice.setCurrentIndex(dialog.style_choice.findData(style.value))


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_every_style_is_offered_and_shown_at_once(page: InterviewPage) -> None:
    dialog = dialog_of(page)
    assert set(STYLES) == set(CitationStyle)
    seen: set[str] = set()
    for style in CitationStyle:
        choose(dialog, style)
        assert "MRB-" in dialog.reference.toPlainText()
        seen.add(dialog.note.toPlainText())
    assert len(seen) == len(CitationStyle)
    assert page.session.settings.get(CITATION_STYLE) == CitationStyle.GOST.value


def test_the_style_is_remembered(page: InterviewPage) -> None:
    choose(dialog_of(page), CitationStyle.APA)
    assert dialog_of(page).chosen_style() is CitationStyle.APA


def test_what_is_copied_is_what_is_shown(page: InterviewPage) -> None:
    dialog = dialog_of(page)
    dialog.copy_note.click()
    assert clipboard() == dialog.note.toPlainText()
    assert "Footnote" in dialog.done_words.text()
    dialog.copy_reference.click()
    assert clipboard() == dialog.reference.toPlainText()


def test_selected_words_are_cited_with_their_times(page: InterviewPage) -> None:
    turn = stored(page.session)[3]
    page.pane.view.select_span(Span(turn.id, 0, turn.id, len(turn.text)))
    dialog = dialog_of(page)
    choose(dialog, CitationStyle.CHICAGO)
    assert ", transcript, at 0:" in dialog.note.toPlainText()
    assert ", at 0:" not in dialog.reference.toPlainText()


def test_the_menu_of_selected_words_offers_it(page: InterviewPage) -> None:
    turn = stored(page.session)[3]
    assert page.session.actions["interview.cite"] not in _menu_of(page, None).actions()
    span = Span(turn.id, 0, turn.id, 4)
    assert page.session.actions["interview.cite"] in _menu_of(page, span).actions()


def _menu_of(page: InterviewPage, span: Span | None) -> QMenu:
    menu = QMenu(page)
    for part in page.parts:
        part.fill_menu(menu, span)
    return menu


def test_another_audience_may_cite_what_it_sees(page: InterviewPage) -> None:
    page.session.audience = Audience.PUBLIC
    assert page.session.actions["interview.cite"].isEnabled()
    assert dialog_of(page).reference.toPlainText()


def test_other_eyes_close_the_dialog(page: InterviewPage) -> None:
    dialog = dialog_of(page)
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    page.session.audience = Audience.PUBLIC
    assert closed


def test_what_may_not_be_cited_is_said(session: Session, qtbot: QtBot) -> None:
    access.restrict_layer(session.archive, 1, Layer.LISTING, shut_out=Audience.READING_ROOM)
    session.audience = Audience.PUBLIC
    dialog = CiteDialog(session, [CitedPlace(1)])
    qtbot.addWidget(dialog)
    assert not dialog.told.isHidden()
    assert not dialog.copy_note.isEnabled()
    assert dialog.copy_note.toolTip() == "There is nothing to cite yet."


@pytest.mark.parametrize(
    ("name", "wanted", "written"),
    [("r.json", "ris", "r.json"), ("r.bib", "csl-json", "r.bib"), ("r", "ris", "r.ris")],
)
def test_references_are_saved_by_the_files_ending(
    page: InterviewPage, tmp_path: Path, name: str, wanted: str, written: str
) -> None:
    dialog = dialog_of(page)
    dialog.save_to(tmp_path / name, wanted)
    text = (tmp_path / written).read_text("utf-8")
    starts = {".json": "[", ".bib": "@misc{", ".ris": "TY  - "}
    assert text.startswith(starts[Path(written).suffix])
    assert written in dialog.done_words.text()
    if written.endswith(".json"):
        assert json.loads(text)[0]["type"] == "interview"


def test_a_folder_that_is_not_there_is_told_of(page: InterviewPage, tmp_path: Path) -> None:
    dialog = dialog_of(page)
    dialog.save_to(tmp_path / "nowhere" / "r.bib", "bibtex")
    assert not dialog.told.isHidden()


@pytest.fixture
def found(session: Session, qtbot: QtBot) -> Iterator[SearchPage]:
    searching.catch_up(session.archive)
    made = SearchPage(session)
    qtbot.addWidget(made)
    made.show()
    yield made
    searching.close_index(session.archive)


def test_a_passage_that_was_found_is_cited(found: SearchPage) -> None:
    assert not found.context.cite.isEnabled()
    found.search_for("Beograd")
    found.context.cite.click()
    (dialog,) = found.context.findChildren(CiteDialog)
    choose(dialog, CitationStyle.CHICAGO)
    assert ", transcript, at 0:" in dialog.note.toPlainText()
    dialog.close()


def test_a_title_in_italics_is_copied_so_beside_the_plain_text(page: InterviewPage) -> None:
    dialog = dialog_of(page)
    choose(dialog, CitationStyle.APA)
    dialog.copy_reference.click()
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == dialog.reference.toPlainText()
    assert "<i>" in copied.html()
    choose(dialog, CitationStyle.CHICAGO)
    dialog.copy_reference.click()
    assert not QGuiApplication.clipboard().mimeData().hasHtml()
