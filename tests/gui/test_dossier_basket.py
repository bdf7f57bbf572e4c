"""The selected words of an interview go into the basket as they are selected."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from typing_material import page_on, stored

from archive_app.domain.records import Audience, DossierItem, Span
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.session import Session
from archive_app.work import collected, collecting

pytest_plugins = ["page_material"]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    made = page_on(session)
    qtbot.addWidget(made)
    return made


def basket(session: Session) -> list[DossierItem]:
    found = collecting.basket_of(session.archive)
    if found is None:
        return []
    with session.archive.read() as reader:
        return list(reader.dossier(found).items)


def words(session: Session) -> list[str]:
    found = collecting.basket_of(session.archive)
    assert found is not None
    shown = collected.outline(
        session.archive, found, audience=Audience.STAFF, on=session.today()
    )  # fmt: skip
    return [one.text for one in shown.items]


def test_selected_words_are_laid_in_as_a_part_of_their_turn(
    page: InterviewPage, session: Session
) -> None:
    turn = stored(session)[3]
    page.pane.view.select_span(Span(turn.id, 2, turn.id, 9))
    session.actions["interview.basket"].trigger()
    assert [one.kind for one in basket(session)] == ["passage"]
    assert turn.text[2:9] in words(session)[0]
    assert turn.text not in words(session)[0]


def test_without_a_selection_the_whole_interview_is_laid_in(
    page: InterviewPage, session: Session
) -> None:
    said: list[str] = []
    session.said.connect(said.append)
    session.actions["interview.basket"].trigger()
    assert [one.kind for one in basket(session)] == ["interview"]
    assert "The interview lies in the basket" in said[-1]


def test_another_audience_lays_in_whole_turns(page: InterviewPage, session: Session) -> None:
    turn = stored(session)[3]
    session.audience = Audience.READING_ROOM
    page.pane.view.select_span(Span(turn.id, 2, turn.id, 9))
    session.actions["interview.basket"].trigger()
    assert words(session) == [turn.text]
