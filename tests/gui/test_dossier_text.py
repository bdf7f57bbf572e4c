"""A scholar's own text: exact between the field and what is kept, and nothing else gets in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letters import type_text
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from archive_app.domain.rich_text import BlockKind, RichBlock, RichRun, RichText, plain
from archive_app.gui.dossier_text_dialog import TextDialog
from archive_app.gui.dossier_text_document import fill
from archive_app.gui.dossier_text_edit import RichTextEdit
from archive_app.gui.dossier_text_reading import foreign, normal, rich_text_of

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

LETTERS = st.text(
    st.one_of(
        st.sampled_from("aб вŽđ\u0301\u00a0\ufffc🎙️👩‍🌾\u202e\u200b<&>\t\n\u2028"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
RUNS = st.builds(
    RichRun, LETTERS, st.booleans(), st.booleans(), st.one_of(st.just(""), LETTERS)
)  # fmt: skip
TEXTS = st.lists(
    st.builds(
        RichBlock, st.lists(RUNS, min_size=1, max_size=5).map(tuple), st.sampled_from(BlockKind)
    ),
    max_size=6,
).map(tuple)


@pytest.fixture
def field(qapp: QApplication) -> Iterator[RichTextEdit]:
    made = RichTextEdit()
    made.resize(500, 400)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=(HealthCheck.function_scoped_fixture,),
)
@given(text=TEXTS)
def test_a_document_gives_back_the_text_it_was_filled_with(
    text: RichText, qapp: QApplication
) -> None:
    document = QTextDocument()
    fill(document, text)
    assert rich_text_of(document) == normal(text)
    fill(document, normal(text))
    assert rich_text_of(document) == normal(text)


def test_what_is_normal_stays_as_it_is() -> None:
    text = (
        RichBlock((RichRun("On leaving"),), BlockKind.HEADING),
        RichBlock((RichRun("Who "), RichRun("left", is_bold=True, note="In 2022."))),
        RichBlock((RichRun("one 🎙️"),), BlockKind.BULLET),
        RichBlock((RichRun("two"),), BlockKind.NUMBER),
    )
    assert normal(text) == text


def of(*blocks: tuple[BlockKind, str]) -> RichText:
    return tuple(RichBlock((RichRun(text),), kind) for kind, text in blocks)


def test_keys_make_headings_lists_and_quotations(field: RichTextEdit) -> None:
    QTest.keyClick(field, Qt.Key.Key_1, CTRL | ALT)
    type_text(field, "Отъезд")
    QTest.keyClick(field, Qt.Key.Key_Return)
    type_text(field, "Words")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_8, CTRL | ALT)
    type_text(field, "one")
    QTest.keyClick(field, Qt.Key.Key_Return)
    type_text(field, "two")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return)
    type_text(field, "After")
    QTest.keyClick(field, Qt.Key.Key_9, CTRL | ALT)
    assert field.rich_text() == of(
        (BlockKind.HEADING, "Отъезд"), (BlockKind.PARAGRAPH, "Words"), (BlockKind.BULLET, "one"),
        (BlockKind.BULLET, "two"), (BlockKind.QUOTE, "After"),
    )  # fmt: skip


def test_backspace_at_a_beginning_takes_the_kind_away_not_a_letter(field: RichTextEdit) -> None:
    field.show_text(of((BlockKind.PARAGRAPH, "a"), (BlockKind.NUMBER, "b")))
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.rich_text() == of((BlockKind.PARAGRAPH, "a"), (BlockKind.PARAGRAPH, "b"))
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.rich_text() == of((BlockKind.PARAGRAPH, "ab"))


def test_a_list_parted_by_a_paragraph_is_two_lists_counted_from_one(field: RichTextEdit) -> None:
    field.show_text(of(*((BlockKind.NUMBER, letter) for letter in "abc")))
    cursor = field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
    field.setTextCursor(cursor)
    field.set_kind(BlockKind.PARAGRAPH)
    last = field.document().lastBlock()
    entries = last.textList()
    assert entries is not None
    assert entries.itemText(last).startswith("1")


def test_bold_and_italic_are_kept_in_a_heading_too(field: RichTextEdit) -> None:
    field.show_text(of((BlockKind.HEADING, "On leaving")))
    cursor = field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, 7)
    field.setTextCursor(cursor)
    field.set_bold(True)
    field.set_italic(True)
    assert field.rich_text()[0].runs == (RichRun("On "), RichRun("leaving", True, True))
    field.set_bold(False)
    assert field.rich_text()[0].runs == (RichRun("On "), RichRun("leaving", False, True))


def test_a_note_stands_behind_an_emoji_and_is_numbered_in_order(field: RichTextEdit) -> None:
    field.show_text(of((BlockKind.PARAGRAPH, "🎙️ one two")))
    cursor = field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    field.setTextCursor(cursor)
    field.put_note("Last")
    cursor.setPosition(len("🎙️".encode("utf-16-le")) // 2)
    field.setTextCursor(cursor)
    field.put_note("First\nof all")
    assert [one.words for one in field.notes()] == ["First of all", "Last"]
    assert plain(field.rich_text()) == "🎙️ [First of all] one two [Last]"
    field.change_note(0, "Changed")
    field.change_note(1, "")
    assert plain(field.rich_text()) == "🎙️ [Changed] one two"


def test_typing_goes_on_as_text_behind_a_note(field: RichTextEdit) -> None:
    type_text(field, "a")
    field.put_note("n")
    type_text(field, "b")
    assert field.rich_text() == (RichBlock((RichRun("a", note="n"), RichRun("b"))),)


def test_undo_in_the_field_takes_back_a_note_at_once(field: RichTextEdit) -> None:
    field.show_text(of((BlockKind.PARAGRAPH, "a")))
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.put_note("n")
    field.undo()
    assert field.rich_text() == of((BlockKind.PARAGRAPH, "a"))
    assert field.notes() == ()


def paste(field: RichTextEdit, *, html: str = "", text: str = "") -> None:
    mime = QMimeData()
    if html:
        mime.setHtml(html)
    if text:
        mime.setText(text)
    field.insertFromMimeData(mime)


def test_what_is_pasted_is_reduced_to_what_can_be_printed(field: RichTextEdit) -> None:
    paste(field, html=(
        "<h2 style='color:red'>Title</h2>"
        "<p style='font-size:40pt'>A <b>bold</b> <a href='https://x'>link</a><br>broken "
        "<img src='x.png'> <i>line</i></p>"
        "<ul><li>one</li><li>two</li></ul><ol><li>first</li></ol>"
        "<table><tr><td>cell</td></tr></table><script>alert(1)</script>"
    ))  # fmt: skip
    found = field.rich_text()
    kinds = [(block.kind, block.text.strip()) for block in found]
    assert kinds[:5] == [
        (BlockKind.HEADING, "Title"), (BlockKind.PARAGRAPH, "A bold link"),
        (BlockKind.PARAGRAPH, "broken  line"), (BlockKind.BULLET, "one"),
        (BlockKind.BULLET, "two"),
    ]  # fmt: skip
    assert (BlockKind.NUMBER, "first") in kinds
    assert RichRun("bold", is_bold=True) in found[1].runs
    assert "alert" not in plain(found)
    assert rich_text_of(field.document()) == normal(found)


def test_lines_pasted_become_paragraphs(field: RichTextEdit) -> None:
    paste(field, text="one\n\n  two 🎙️\n")
    assert [block.text for block in field.rich_text()] == ["one", "two 🎙️"]


def test_copying_within_the_field_keeps_notes_and_looks(field: RichTextEdit) -> None:
    text = (
        RichBlock((RichRun("Who "), RichRun("left", is_bold=True, note="In 2022."))),
        RichBlock((RichRun("one"),), BlockKind.BULLET),
    )
    field.show_text(text)
    field.selectAll()
    copied: Any = field.createMimeDataFromSelection()
    field.show_text(())
    field.insertFromMimeData(copied)
    assert field.rich_text() == text
    assert copied.text() == "Who left [In 2022.]\none"


def test_a_web_page_of_nothing_gives_nothing() -> None:
    assert foreign("<p> </p><hr>") == ()


def test_the_dialog_lists_notes_and_changes_them_by_keys(qapp: QApplication, qtbot: Any) -> None:
    dialog = TextDialog((RichBlock((RichRun("Who", note="One."), RichRun(" and", note="Two."))),))
    dialog.show()
    assert [dialog.notes.item(n).text() for n in range(2)] == ["1  One.", "2  Two."]
    dialog.notes.setCurrentRow(0)
    QTest.keyClick(dialog.notes, Qt.Key.Key_Delete)
    assert [dialog.notes.item(0).text(), dialog.notes.count()] == ["1  Two.", 1]
    QTest.keyClick(dialog.notes, Qt.Key.Key_F2)
    asked = dialog._dialog
    asked.words.setPlainText("Changed.")
    asked.keep.click()
    dialog.activateWindow()
    dialog.field.setFocus()
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and dialog.field.hasFocus())
    with qtbot.waitSignal(dialog.given) as given:
        QTest.keyClick(dialog.field, Qt.Key.Key_Return, CTRL)
    assert given.args[0] == (RichBlock((RichRun("Who and", note="Changed."),)),)


def test_closing_asks_what_becomes_of_words_not_kept(qapp: QApplication, qtbot: Any) -> None:
    dialog = TextDialog()
    dialog.show()
    type_text(dialog.field, "Words")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    buttons = {one.text(): one for one in dialog._question.buttons()}
    assert set(buttons) == {"Keep text", "Discard text", "Go on writing"}
    with qtbot.waitSignal(dialog.given):
        buttons["Keep text"].click()
    assert not dialog.isVisible()
