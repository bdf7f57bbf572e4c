"""Dossiers kept, ordered, set as pages; through the page, by keys and clicks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from letters import type_text
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit

from archive_app.domain.records import Audience, Dossier
from archive_app.gui.dossiers_page import DossiersPage
from archive_app.gui.session import Place, Session
from archive_app.work import access, collecting, history
from archive_app.work.dossiers import Selection

pytest_plugins = ["page_material"]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(session: Session, qtbot: Any) -> Iterator[DossiersPage]:
    shown = DossiersPage(session)
    shown.resize(1100, 700)
    shown.show()
    shown.activateWindow()
    shown.on_shown()
    yield shown
    shown.close()
    shown.deleteLater()
    QApplication.processEvents()


def kept(session: Session) -> list[Dossier]:
    with session.archive.read() as reader:
        return reader.dossiers()


def texts(page: DossiersPage) -> list[str]:
    return [page.outline.item(row).text() for row in range(page.outline.count())]


def ids(page: DossiersPage) -> list[int]:
    return [one.item.id for one in page.outline.outline_items()]


def answering(text: str) -> None:
    """Type an answer into the little dialog that opens next."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.selectAll()
        type_text(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)


def test_the_outline_tells_speaker_time_and_first_words(page: DossiersPage) -> None:
    shown = texts(page)
    assert shown[0] == "Leaving"
    assert "MRB-001 · 0:00:57–0:01:40 · Milica, Vadim · 7 turns" in shown[1]
    assert "Расскажите, как вы решили уехать." in shown[1]
    assert "MRB-004" in shown[-1]


def test_the_true_pages_are_shown_by_themselves(page: DossiersPage) -> None:
    pytest.importorskip("PySide6.QtPdf")
    assert page.pages.pages > 10
    assert "as staff see it" in page.pages.words.text()


def test_pages_follow_a_change_once_it_rests(page: DossiersPage, qtbot: Any) -> None:
    pytest.importorskip("PySide6.QtPdf")
    before = page.pages.pages
    page.outline.setCurrentRow(page.outline.count() - 1)
    QTest.keyClick(page.outline, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "shortly" in page.pages.words.text())
    qtbot.waitUntil(lambda: page.pages.pages < before, timeout=20_000)


def test_control_and_arrows_move_what_is_chosen(page: DossiersPage, qtbot: Any) -> None:
    before = ids(page)
    page.outline.setCurrentRow(1)
    QTest.keyClick(page.outline, Qt.Key.Key_Down, CTRL)
    wanted = [before[0], before[2], before[1], *before[3:]]
    qtbot.waitUntil(lambda: ids(page) == wanted)
    assert page.outline.chosen_ids() == [before[1]]
    history.undo(page.session.archive)
    page.reload()
    assert ids(page) == before


def test_a_heading_goes_before_what_is_chosen(page: DossiersPage, qtbot: Any) -> None:
    before = ids(page)
    page.outline.setCurrentRow(2)
    page.outline.setFocus()
    answering("On the way")
    QTest.keyClick(page.outline, Qt.Key.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: texts(page)[2] == "On the way")
    assert [one for one in ids(page) if one in before] == before


def test_a_comment_is_put_under_a_passage(page: DossiersPage, qtbot: Any) -> None:
    page.outline.setCurrentRow(1)
    answering("The first words of all.")
    QTest.keyClick(page.outline, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: "Comment: The first words of all." in texts(page)[1])


def test_double_click_opens_the_interview_at_the_passage(page: DossiersPage, qtbot: Any) -> None:
    one = page.outline.outline_items()[1]
    page.outline.setCurrentRow(1)
    with qtbot.waitSignal(page.session.interview_requested) as asked:
        page.outline.itemDoubleClicked.emit(page.outline.item(1))
    interview, place = asked.args
    assert one.item.span is not None
    assert interview == one.item.interview_id
    assert isinstance(place, Place)
    assert (place.turn_id, place.ms) == (one.item.span.start_turn, one.start_ms)


def test_settings_are_stored_field_by_field(page: DossiersPage, session: Session) -> None:
    page.settings.fold.setChecked(True)
    for field, text in ((page.settings.name, "Two"), (page.settings.subtitle, "A choice"),
                        (page.settings.author, "Ана")):  # fmt: skip
        field.setFocus()
        field.selectAll()
        type_text(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    page.settings.paper.setCurrentIndex(2)
    page.settings.paper.activated.emit(2)
    page.settings.translations.click()
    (dossier,) = kept(session)
    assert (dossier.title, dossier.author) == ("Two", "Ана")
    assert dossier.settings == {"subtitle": "A choice", "paper": "a5", "translations": "no"}


def test_typing_in_one_dossier_is_not_put_into_the_next(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    first = page.dossier_id
    assert first is not None
    page.settings.fold.setChecked(True)
    page.settings.about.selectAll()
    type_text(page.settings.about, "About the first.")
    second = collecting.create_dossier(session.archive, "Second").value
    page.show_dossier(second)
    qtbot.waitUntil(lambda: page.settings.heading.text() == "Second")
    described = {one.id: one.description for one in kept(session)}
    assert described == {first: "About the first.", second: ""}
    assert page.settings.about.toPlainText() == ""


def test_another_audience_sees_what_is_open_to_it(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    item = next(o.item for o in page.outline.outline_items() if o.item.kind == "passage")
    assert item.span is not None
    assert item.transcript_id is not None
    access.restrict_span(session.archive, item.transcript_id, item.span, shut_out=Audience.PUBLIC)
    session.audience = Audience.PUBLIC
    qtbot.waitUntil(lambda: page.outline.count() > 0)
    gone = [one for one in page.outline.outline_items() if not one.is_there]
    assert item.id in {one.item.id for one in gone}
    assert all(one.item.interview_id is None for one in gone)
    assert not session.actions["dossier.delete"].isEnabled()
    assert session.actions["dossier.delete"].toolTip() == session.why_not


def test_a_selection_from_the_library_becomes_a_dossier(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    page.take(Selection(accessions=("MRB-002", "MRB-004")))
    qtbot.waitUntil(lambda: page.outline.count() == 2)
    assert len(kept(session)) == 2
    assert page.dossiers.count() == 2


def test_deleting_the_last_dossier_says_what_belongs_here(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    page.delete()
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert "Collect passages" in page.empty.words.text()
    assert page.empty.buttons
    history.undo(session.archive)
    page.reload()
    qtbot.waitUntil(lambda: page.outline.count() > 5)


def test_a_new_dossier_is_empty_and_says_how_to_fill_it(page: DossiersPage, qtbot: Any) -> None:
    answering("Fresh")
    page.new.click()
    qtbot.waitUntil(lambda: page.settings.heading.text() == "Fresh")
    assert page.nothing_in.isVisible()
    assert not page.pages.draw_button.isEnabled()
    assert page.pages.draw_button.toolTip()


def test_the_pages_are_set_beside_the_window(threaded_session: Session, qtbot: Any) -> None:
    pytest.importorskip("PySide6.QtPdf")
    shown = DossiersPage(threaded_session)
    shown.resize(1100, 700)
    shown.show()
    shown.on_shown()
    qtbot.waitUntil(lambda: shown.pages.pages > 10, timeout=30_000)
    threaded_session.audience = Audience.PUBLIC
    assert shown.pages.pages == 0
    qtbot.waitUntil(lambda: shown.pages.pages > 10, timeout=30_000)
    assert "as the public sees it" in shown.pages.words.text()
    shown.close()
    shown.deleteLater()
    qtbot.waitUntil(threaded_session.tasks.is_idle, timeout=30_000)
