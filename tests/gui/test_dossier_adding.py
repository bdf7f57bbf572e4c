"""What is put into a dossier and changed in it, through the page's own dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from letters import type_text
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from archive_app.domain.records import Audience, Span
from archive_app.domain.rich_text import RichText, plain
from archive_app.domain.spans import TextEdit
from archive_app.gui.dossiers_page import DossiersPage
from archive_app.gui.session import Session
from archive_app.work import collecting, history, transcripts
from archive_app.work.collected import OutlineItem

pytest_plugins = ["page_material"]


@pytest.fixture
def page(session: Session, qtbot: Any) -> Iterator[DossiersPage]:
    with session.archive.read() as reader:
        wanted = next(one.id for one in reader.dossiers() if one.title == "Leaving and arriving")
    shown = DossiersPage(session)
    shown.resize(1100, 700)
    # Its pages are not what these tests are about, and setting them takes a second each.
    shown.pages.show_outline = lambda outline: None  # type: ignore[method-assign]
    shown.show()
    shown.show_dossier(wanted)
    yield shown
    shown.close()
    shown.deleteLater()
    QApplication.processEvents()


def items(page: DossiersPage) -> list[OutlineItem]:
    return page.outline.outline_items()


def kinds(page: DossiersPage) -> list[str]:
    return [one.item.kind for one in items(page)]


def first(page: DossiersPage, kind: str) -> OutlineItem:
    return next(one for one in items(page) if one.item.kind == kind)


def test_a_text_goes_behind_what_is_chosen_and_is_edited(page: DossiersPage, qtbot: Any) -> None:
    page.outline.setCurrentRow(1)
    page.session.actions["dossier.text"].trigger()
    type_text(page.adder.dialog.field, "Почему уехали 🎙️")
    page.adder.dialog.keep.click()
    qtbot.waitUntil(lambda: kinds(page)[2] == "text")
    assert page.outline.chosen_ids() == [items(page)[2].item.id]
    page.editor.edit_current()
    dialog = page.editor.dialog
    dialog.field.selectAll()
    type_text(dialog.field, "Other words")
    dialog.keep.click()
    qtbot.waitUntil(lambda: plain(items(page)[2].rich) == "Other words")
    shown: RichText = items(page)[2].rich
    assert len(shown) == 1


def test_a_picture_goes_in_with_its_caption_and_what_it_shows(
    page: DossiersPage, tmp_path: Path, qtbot: Any
) -> None:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("steelblue"))
    image.save(str(tmp_path / "platform.png"))
    (tmp_path / "words.txt").write_text("no picture")
    page.session.actions["dossier.picture"].trigger()
    dialog = page.adder.dialog
    assert not dialog.go.isEnabled()
    dialog.file.setText(str(tmp_path / "words.txt"))
    dialog.file.editingFinished.emit()
    assert "cannot be read" in dialog.told.text()
    assert not dialog.go.isEnabled()
    dialog.file.setText(str(tmp_path / "platform.png"))
    dialog.file.editingFinished.emit()
    dialog.caption.setPlainText("A platform")
    dialog.alt.setPlainText("An empty railway platform")
    dialog.go.click()
    qtbot.waitUntil(lambda: "picture" in kinds(page))
    one = first(page, "picture")
    assert (one.item.text, one.item.settings["alt"]) == ("A platform", "An empty railway platform")
    assert one.picture is not None
    drawn = page.outline.thumbnails.of(one.picture)
    assert drawn is not None
    assert not drawn.isNull()


def test_whole_interviews_are_filtered_and_put_in(page: DossiersPage, qtbot: Any) -> None:
    before = len(items(page))
    page.adder.ask_interviews()
    dialog = page.adder.dialog
    assert dialog.list.count() == 4
    assert not dialog.go.isEnabled()
    dialog.filter.setText("mrb-002")
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    dialog.go.click()
    qtbot.waitUntil(lambda: len(items(page)) == before + 1)
    assert any(one.accession == "MRB-002" for one in items(page) if one.item.kind == "interview")


def test_points_of_an_interview_s_contents_are_chosen_in_two_steps(
    page: DossiersPage, qtbot: Any
) -> None:
    page.adder.ask_points()
    page.adder.dialog.list.setCurrentRow(0)
    page.adder.dialog.go.click()
    dialog = page.adder.dialog
    count = dialog.list.count()
    assert len(dialog.list.selectedItems()) == count > 3
    dialog.go.click()
    qtbot.waitUntil(lambda: kinds(page).count("point") == count)


def test_tags_a_search_and_a_collection_fill_it(page: DossiersPage, qtbot: Any) -> None:
    said: list[str] = []
    page.session.said.connect(said.append)
    page.adder.ask_tags()
    dialog = page.adder.dialog
    dialog.filter.setText("fear")
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    before = len(items(page))
    dialog.go.click()
    qtbot.waitUntil(lambda: len(items(page)) > before)
    qtbot.waitUntil(lambda: any("added" in one for one in said))
    before = len(items(page))
    page.adder.ask_collection()
    page.adder.dialog.list.setCurrentRow(0)
    page.adder.dialog.go.click()
    qtbot.waitUntil(lambda: len(items(page)) > before)


def test_the_reading_room_is_offered_only_what_it_may_see(page: DossiersPage) -> None:
    with page.session.archive.read() as reader:
        protected = [one for person in reader.protected_people() for one in person.real_names]
    page.session.audience = Audience.READING_ROOM
    page.adder.ask_interviews()
    dialog = page.adder.dialog
    shown = "\n".join(dialog.list.item(n).text() for n in range(dialog.list.count()))
    assert dialog.list.count() > 0
    assert not any(part in shown for name in protected for part in name.split())


def test_the_basket_is_poured_behind_what_is_chosen(page: DossiersPage, qtbot: Any) -> None:
    archive = page.session.archive
    with archive.read() as reader:
        turns = reader.turns(1)
    where = collecting.Collected(1, 1, turns[0].id)
    collecting.put_in_basket(archive, [where])
    page.outline.setCurrentRow(0)
    page.session.actions["dossier.from_basket"].trigger()
    qtbot.waitUntil(lambda: kinds(page)[:2] == ["heading", "passage"])
    qtbot.waitUntil(lambda: items(page)[1].text == turns[0].text)


def test_a_passage_is_made_to_begin_inside_a_turn(page: DossiersPage, qtbot: Any) -> None:
    page.outline.setCurrentRow(1)
    page.session.actions["dossier.ends"].trigger()
    dialog = page.editor.dialog
    span: Span = dialog.selected()
    assert span == first(page, "passage").item.span
    dialog.select(Span(span.start_turn, 3, span.start_turn, 9))
    words = dialog.text.textCursor().selectedText()
    dialog.keep.click()
    qtbot.waitUntil(lambda: words in items(page)[1].text and len(items(page)[1].text) < 40)
    history.undo(page.session.archive)
    page.reload()
    qtbot.waitUntil(lambda: len(items(page)[1].text) > 40)


def test_a_changed_source_is_told_of_shown_and_accepted(page: DossiersPage, qtbot: Any) -> None:
    one = first(page, "passage").item
    assert one.span is not None
    assert one.transcript_id is not None
    assert not page.left.strip.isVisible()
    edit = TextEdit(one.span.start_turn, 0, 0, "Да. ")
    page.session.write(transcripts.edit_text, one.transcript_id, [edit])
    qtbot.waitUntil(page.left.strip.isVisible)
    assert "1 source has changed" in page.left.strip.words.text()
    page.outline.setCurrentRow(0)
    page.left.strip.next.click()
    assert page.outline.chosen_ids() == [one.id]
    assert "Changed since you collected it" in str(
        page.outline.rows.data(page.outline.rows.index(1))
    )
    page.left.strip.accept.click()
    qtbot.waitUntil(lambda: not page.left.strip.isVisible())
    assert first(page, "passage").change == ""


def test_levels_are_one_step_each_and_undone(page: DossiersPage, qtbot: Any) -> None:
    page.outline.setCurrentRow(0)
    page.outline.setFocus()
    QTest.keyClick(page.outline, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: items(page)[0].item.level == 2)
    history.undo(page.session.archive)
    page.reload()
    qtbot.waitUntil(lambda: items(page)[0].item.level == 1)


def test_a_search_asked_for_here_fills_it(
    page: DossiersPage, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Стамбул OR Istanbul", True))
    before = len(items(page))
    page.session.actions["dossier.from_search"].trigger()
    qtbot.waitUntil(lambda: len(items(page)) > before)
