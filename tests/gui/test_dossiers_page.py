"""Dossiers kept, ordered, set as pages; through the page, by keys and clicks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from letters import type_text
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit

from archive_app.domain.records import Audience, Dossier
from archive_app.domain.rich_text import from_plain
from archive_app.dossier.design import Design, Layout, Paper
from archive_app.gui.dossier_preview import PREFIX, PreviewMaker
from archive_app.gui.dossiers_page import DossiersPage
from archive_app.gui.session import Place, Session
from archive_app.work import access, collecting, history
from archive_app.work.dossier_design import design_of
from archive_app.work.dossiers import Selection

pytest_plugins = ["page_material"]
CTRL = Qt.KeyboardModifier.ControlModifier


def keep_one(session: Session) -> None:
    """Let the dossier of passages in four sections be the only one."""
    with session.archive.read() as reader:
        others = [one.id for one in reader.dossiers() if one.title != "Leaving and arriving"]
    for one in others:
        collecting.delete_dossier(session.archive, one)


@pytest.fixture
def page(session: Session, qtbot: Any) -> Iterator[DossiersPage]:
    keep_one(session)
    shown = DossiersPage(session)
    shown.resize(1100, 700)
    shown.show()
    shown.activateWindow()
    shown.on_shown()
    yield shown
    if shiboken6.isValid(shown):
        shown.close()
        shown.deleteLater()
    QApplication.processEvents()


def kept(session: Session) -> list[Dossier]:
    with session.archive.read() as reader:
        return reader.dossiers()


def texts(page: DossiersPage) -> list[str]:
    rows = page.outline.rows
    return [str(rows.data(rows.index(row))) for row in range(page.outline.count())]


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
    pytest.importorskip("PySide6.QtPdf", reason="QtPdf is not installed")
    assert page.pages.pages > 10
    assert "as staff see it" in page.pages.words.text()


def test_pages_follow_a_change_once_it_rests(page: DossiersPage, qtbot: Any) -> None:
    pytest.importorskip("PySide6.QtPdf", reason="QtPdf is not installed")
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
        page.outline.activated.emit(page.outline.rows.index(1))
    interview, place = asked.args
    assert one.item.span is not None
    assert interview == one.item.interview_id
    assert isinstance(place, Place)
    assert (place.turn_id, place.ms) == (one.item.span.start_turn, one.start_ms)


def test_what_leads_to_no_interview_says_so(page: DossiersPage, session: Session) -> None:
    said: list[str] = []
    session.said.connect(said.append)
    page.outline.setCurrentRow(0)
    session.actions["dossier.open"].trigger()
    assert said == ["Choose a passage first."]


def test_the_title_page_is_stored_field_by_field(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    session.actions["dossier.settings"].trigger()
    titles = page.settings.titles
    for field, text in ((titles.name, "Two"), (titles.subtitle, "A choice"),
                        (titles.author, "Ана")):  # fmt: skip
        field.setFocus()
        field.selectAll()
        type_text(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    titles.method.setPlainText("Made in 2022.")
    titles.translations.click()
    (dossier,) = kept(session)
    assert (dossier.title, dossier.author) == ("Two", "Ана")
    wanted = {"subtitle": "A choice", "method": "Made in 2022.", "translations": "no"}
    assert {key: dossier.settings.get(key) for key in wanted} == wanted
    qtbot.waitUntil(lambda: page.dossiers.currentText() == "Two")


def test_typing_in_one_dossier_is_not_put_into_the_next(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    first = page.dossier_id
    assert first is not None
    titles = page.settings.titles
    titles.about.selectAll()
    type_text(titles.about, "About the first.")
    second = collecting.create_dossier(session.archive, "Second").value
    page.show_dossier(second)
    qtbot.waitUntil(lambda: page.dossiers.currentText() == "Second")
    described = {one.id: one.description for one in kept(session)}
    assert described == {first: "About the first.", second: ""}
    assert titles.about.toPlainText() == ""


def test_each_choice_of_the_design_is_one_step_to_take_back(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    form = page.settings.design
    form.layouts[Layout.READER].click()
    assert design_of(kept(session)[0]).layout is Layout.READER
    form.checks["has_line_numbers"].click()
    paper = form.choices["paper"]
    paper.setCurrentIndex(2)
    paper.activated.emit(2)
    design = design_of(kept(session)[0])
    assert (design.has_line_numbers, design.paper) == (True, Paper.A5)
    for _ in range(2):
        history.undo(session.archive)
    assert design_of(kept(session)[0]) == Design(layout=Layout.READER)
    page.reload()
    qtbot.waitUntil(lambda: form.design == Design(layout=Layout.READER))
    assert form.choices["paper"].currentText() == "A4"


def test_what_does_not_apply_to_a_layout_says_why(page: DossiersPage) -> None:
    form = page.settings.design
    assert not form.choices["grouping"].isEnabled()
    assert "thematic reader" in form.choices["grouping"].toolTip()
    form.layouts[Layout.FINDING_AID].click()
    for field in (form.checks["is_facing"], form.choices["speakers"], form.choices["times"]):
        assert not field.isEnabled()
        assert "no text" in field.toolTip()
    form.checks["has_links"].setChecked(True)
    form.checks["has_links"].click()
    assert not form.checks["has_qr"].isEnabled()
    assert "link" in form.checks["has_qr"].toolTip()


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
    qtbot.waitUntil(lambda: page.dossiers.currentText() == "Fresh")
    assert page.nothing_in.isVisible()
    assert not page.pages.bar.refresh.isEnabled()
    assert page.pages.bar.refresh.toolTip()


def test_the_pages_are_set_beside_the_window(threaded_session: Session, qtbot: Any) -> None:
    pytest.importorskip("PySide6.QtPdf", reason="QtPdf is not installed")
    keep_one(threaded_session)
    shown = DossiersPage(threaded_session)
    shown.resize(1100, 700)
    shown.show()
    shown.on_shown()
    qtbot.waitUntil(lambda: shown.pages.pages > 10, timeout=30_000)
    threaded_session.audience = Audience.PUBLIC
    assert shown.pages.pages == 0
    qtbot.waitUntil(lambda: shown.pages.pages > 10, timeout=30_000)
    qtbot.waitUntil(lambda: "as the public sees it" in shown.pages.words.text(), timeout=30_000)
    shown.close()
    shown.deleteLater()
    qtbot.waitUntil(threaded_session.tasks.is_idle, timeout=30_000)


def test_the_pages_that_were_set_lie_nowhere_once_they_are_not_shown(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    pytest.importorskip("PySide6.QtPdf", reason="QtPdf is not installed")
    qtbot.waitUntil(lambda: page.pages.is_whole)
    folder = page.pages.maker.folder
    assert [path.suffix for path in folder.iterdir()] == [".pdf"]
    before = list(folder.iterdir())
    session.audience = Audience.PUBLIC
    qtbot.waitUntil(lambda: page.pages.is_whole and "public" in page.pages.words.text())
    assert not set(before) & set(folder.iterdir())
    page.close()
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not folder.exists())


def test_choosing_an_item_brings_its_page_and_the_field_says_which(
    page: DossiersPage, qtbot: Any
) -> None:
    pytest.importorskip("PySide6.QtPdf", reason="QtPdf is not installed")
    qtbot.waitUntil(lambda: page.pages.is_whole)
    page.outline.setFocus()
    page.outline.choose(page.outline.outline_items()[-1].item.id)
    qtbot.waitUntil(lambda: page.pages.page > 10)
    assert page.pages.bar.page.value() == page.pages.page + 1
    page.pages.bar.page.setValue(3)
    qtbot.waitUntil(lambda: page.pages.page == 2)
    assert page.pages.bar.of.text() == f"of {page.pages.pages}"
    page.session.actions["dossier.next_page"].trigger()
    qtbot.waitUntil(lambda: page.pages.page == 3)


def test_words_that_name_somebody_are_not_stored_as_another_audience_reads_them(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    with session.archive.read() as reader:
        real = next(name for one in reader.protected_people() for name in one.real_names)
    assert page.dossier_id is not None
    heading = collecting.add_heading(session.archive, page.dossier_id, f"What {real} said").value
    collecting.edit_dossier(
        session.archive, page.dossier_id, description=f"Told by {real}.", settings={"method": "x"}
    )
    page.reload()
    form = page.settings.titles
    qtbot.waitUntil(lambda: form.about.toPlainText() == f"Told by {real}.")
    session.audience = Audience.PUBLIC
    qtbot.waitUntil(lambda: bool(form.about.toPlainText()))
    assert real not in form.about.toPlainText()
    assert form.about.isReadOnly()
    assert "staff" in form.about.toolTip()
    assert not form.method.isReadOnly()
    said: list[str] = []
    session.said.connect(said.append)
    page.outline.choose(heading)
    page.editor.edit_current()
    assert "staff" in said[-1]
    assert QApplication.activeModalWidget() is None
    form.method.setPlainText("y")
    form.keep()
    qtbot.waitUntil(lambda: kept(session)[0].settings.get("method") == "y")
    assert kept(session)[0].description == f"Told by {real}."
    session.audience = Audience.STAFF
    qtbot.waitUntil(lambda: form.about.toPlainText() == f"Told by {real}.")
    assert not form.about.isReadOnly()


def test_no_word_of_staffs_stands_in_the_settings_while_another_audience_is_read(
    threaded_session: Session, qtbot: Any
) -> None:
    keep_one(threaded_session)
    shown = DossiersPage(threaded_session)
    shown.show()
    form = shown.settings.titles
    qtbot.waitUntil(lambda: bool(form.name.text()), timeout=30_000)
    form.about.setPlainText("Typed a moment ago")
    threaded_session.audience = Audience.PUBLIC
    assert not form.name.text()
    assert not form.about.toPlainText()
    assert shown.dossiers.count() == 0
    qtbot.waitUntil(lambda: form.about.toPlainText() == "Typed a moment ago", timeout=30_000)
    shown.close()
    shown.deleteLater()
    qtbot.waitUntil(threaded_session.tasks.is_idle, timeout=30_000)


def test_what_is_chosen_before_the_pages_come_is_where_they_open(
    threaded_session: Session, qtbot: Any
) -> None:
    pytest.importorskip("PySide6.QtPdf", reason="QtPdf is not installed")
    keep_one(threaded_session)
    shown = DossiersPage(threaded_session)
    shown.resize(1100, 700)
    shown.show()
    shown.on_shown()
    qtbot.waitUntil(lambda: shown.outline.count() > 0, timeout=30_000)
    shown.pages.show_item(shown.outline.outline_items()[-1].item.id)
    qtbot.waitUntil(lambda: shown.pages.is_whole and shown.pages.page > 10, timeout=30_000)
    QApplication.processEvents()
    assert shown.pages.page > 10
    shown.resize(1000, 600)
    shown.pages.go_to_page(3)
    qtbot.wait(50)
    assert shown.pages.page == 3
    shown.close()
    shown.deleteLater()
    qtbot.waitUntil(threaded_session.tasks.is_idle, timeout=30_000)


def test_pages_of_a_program_that_crashed_go_at_once_and_those_of_another_window_stay(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    temporary = page.pages.maker.folder.parent
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    crashed = temporary / f"{PREFIX}{ended.pid}-abcd"
    other = temporary / f"{PREFIX}{os.getpid()}-abcd"
    for folder in (crashed, other):
        folder.mkdir()
        (folder / "1-all.pdf").write_bytes(b"%PDF-")
    try:
        maker = PreviewMaker(session)
        qtbot.waitUntil(lambda: not crashed.exists())
        assert (other / "1-all.pdf").exists()
        assert maker.folder.exists()
        maker.deleteLater()
    finally:
        shutil.rmtree(other)


def test_words_that_could_not_be_stored_stand_in_their_dialog_again(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    assert page.dossier_id is not None
    item = collecting.add_text(session.archive, page.dossier_id, from_plain("Before.")).value
    page.reload()
    qtbot.waitUntil(lambda: item in ids(page))
    page.outline.choose(item)
    page.editor.edit_current()
    collecting.remove_items(session.archive, [item])
    errors: list[object] = []
    session.error.connect(errors.append)
    first = page.editor.dialog
    first.given.emit(from_plain("What took an hour to write."))
    first.accept()
    qtbot.waitUntil(lambda: page.editor.dialog is not first)
    again = page.editor.dialog
    assert len(errors) == 1
    assert again.field.toPlainText() == "What took an hour to write."
    assert again.field.document().isModified()
    history.undo(session.archive)
    again.keep.click()
    qtbot.waitUntil(lambda: "What took an hour to write." in " ".join(texts(page)))


def test_the_page_does_not_close_over_words_that_are_not_kept(
    page: DossiersPage, session: Session, qtbot: Any
) -> None:
    assert page.may_close()
    page.adder.ask_text()
    dialog = page.adder.dialog
    assert page.may_close()
    type_text(dialog.field, "An introduction")
    assert not page.may_close()
    assert dialog.isVisible()
    dialog.keep.click()
    qtbot.waitUntil(lambda: "An introduction" in " ".join(texts(page)))
    assert page.may_close()
