"""The vocabulary put in order by keys, drags and menus; every step taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from letters import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

from archive_app.domain.records import Audience, Tag
from archive_app.gui.session import Session
from archive_app.gui.tag_colours import LIGHT
from archive_app.gui.vocabulary_dialog import VocabularyDialog
from archive_app.work.vocabulary import find_tag, tag_tree

pytest_plugins = ["page_material"]

DROP = QAbstractItemView.DropIndicatorPosition


@pytest.fixture
def dialog(session: Session, qtbot: Any) -> Iterator[VocabularyDialog]:
    shown = VocabularyDialog(session)
    shown.show()
    yield shown
    if shiboken6.isValid(shown):
        shown.close()


def tag(session: Session, name: str) -> Tag:
    with session.archive.read() as reader:
        found = find_tag(reader, name)
    assert found is not None, name
    return found


def shown(dialog: VocabularyDialog) -> list[str]:
    tree = dialog.tree
    return [o.tag.name() for o in tree.tags if not tree.item_of(o.tag.id).isHidden()]


def count(session: Session, name: str) -> int:
    with session.archive.read() as reader:
        return next(one.count for one in tag_tree(reader) if one.path[-1] == name)


def test_every_tag_stands_there_with_its_names_and_its_use(dialog: VocabularyDialog) -> None:
    one = next(o for o in dialog.tree.tags if o.tag.name() == "departure")
    item = dialog.tree.item_of(one.tag.id)
    texts = [item.text(column) for column in range(dialog.tree.columnCount())]
    assert texts == ["departure", "отъезд", "odlazak", str(one.count)]
    assert item.childCount() > 0


def test_typing_narrows_to_tags_in_any_script_with_those_above(dialog: VocabularyDialog) -> None:
    type_text(dialog.search, "мобилиз")
    assert shown(dialog) == ["departure", "mobilization"]
    assert dialog.tree.current is not None
    assert dialog.tree.current.tag.name() == "mobilization"
    dialog.search.clear()
    assert len(shown(dialog)) == len(dialog.tree.tags)


def test_a_name_is_typed_into_its_language_and_taken_back(
    dialog: VocabularyDialog,
    session: Session,
) -> None:
    one = tag(session, "departure")
    dialog.tree.rename(one.id, "ru")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    type_text(field, "уезд")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert tag(session, "departure").names["ru"] == "уезд"
    QTest.keyClick(dialog.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert tag(session, "departure") == one


def test_a_tag_keeps_one_name_at_least(dialog: VocabularyDialog, session: Session) -> None:
    dialog.add()
    new = dialog.current_id()
    assert new is not None
    dialog.tree.named.emit(new, "en", "")
    assert "needs a name" in dialog.told.text()


def test_a_new_tag_hangs_below_the_chosen_one(
    dialog: VocabularyDialog,
    session: Session,
) -> None:
    dialog.choose(tag(session, "departure").id)
    dialog.new_below.trigger()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    type_text(field, "farewell")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert tag(session, "farewell").parent_id == tag(session, "departure").id


def test_dragging_hangs_a_tag_below_or_beside_another(
    dialog: VocabularyDialog,
    session: Session,
) -> None:
    reasons, work = tag(session, "reasons"), tag(session, "work")
    dialog.tree.drop(reasons.id, work.id, DROP.OnItem)
    assert tag(session, "reasons").parent_id == work.id
    dialog.tree.drop(reasons.id, work.id, DROP.AboveItem)
    tops = [one.tag.name() for one in dialog.tree.tags if one.tag.parent_id is None]
    assert tops.index("reasons") == tops.index("work") - 1
    dialog.undo.trigger()
    dialog.undo.trigger()
    assert tag(session, "reasons") == reasons


def test_a_tag_cannot_hang_below_itself(dialog: VocabularyDialog, session: Session) -> None:
    departure, reasons = tag(session, "departure"), tag(session, "reasons")
    dialog.tree.drop(departure.id, reasons.id, DROP.OnItem)
    assert "below itself" in dialog.told.text()
    assert tag(session, "departure") == departure


def test_keys_move_a_tag_among_its_siblings(
    dialog: VocabularyDialog,
    session: Session,
) -> None:
    before = [one.tag.name() for one in dialog.tree.tags if one.tag.parent_id is None]
    dialog.choose(tag(session, before[1]).id)
    QTest.keyClick(dialog.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    after = [one.tag.name() for one in dialog.tree.tags if one.tag.parent_id is None]
    assert after == [before[1], before[0], *before[2:]]
    assert not dialog.up.isEnabled()
    assert dialog.up.toolTip()


def test_merging_and_its_undo(dialog: VocabularyDialog, session: Session) -> None:
    one, kept = tag(session, "reasons"), tag(session, "mobilization")
    before = count(session, "mobilization")
    dialog.choose(one.id)
    dialog.ask_merge()
    type_text(dialog.palette_shown.field, "mobil")
    QTest.keyClick(dialog.palette_shown.field, Qt.Key.Key_Return)
    with session.archive.read() as reader:
        assert one.id not in {tag.id for tag in reader.tags()}
    assert count(session, "mobilization") > before
    assert dialog.current_id() == kept.id
    assert dialog.undo_button.isVisible()
    QTest.mouseClick(dialog.undo_button, Qt.MouseButton.LeftButton)
    assert tag(session, "reasons") == one
    assert count(session, "mobilization") == before


def test_deleting_says_how_many_passages_lose_the_tag(
    dialog: VocabularyDialog,
    session: Session,
) -> None:
    dialog.choose(tag(session, "mobilization").id)
    number = count(session, "mobilization")
    dialog.tree.setFocus()
    QTest.keyClick(dialog.tree, Qt.Key.Key_Delete)
    assert str(number) in dialog.told.text()
    assert "mobilization" not in shown(dialog)
    dialog.undo.trigger()
    assert count(session, "mobilization") == number


def test_a_colour_of_the_palette_or_none(dialog: VocabularyDialog, session: Session) -> None:
    dialog.choose(tag(session, "work").id)
    dialog.colours.aboutToShow.emit()
    actions = dialog.colours.actions()
    assert all(action.text() or action.isSeparator() for action in actions)
    actions[3].trigger()
    assert tag(session, "work").colour == LIGHT[3]
    dialog.colours.aboutToShow.emit()
    dialog.colours.actions()[-1].trigger()
    assert tag(session, "work").colour == ""


def test_a_definition_is_stored_when_the_keyboard_leaves_it(
    dialog: VocabularyDialog,
    session: Session,
) -> None:
    dialog.choose(tag(session, "work").id)
    dialog.definition.setFocus()
    dialog.definition.selectAll()
    type_text(dialog.definition, "What people live on")
    dialog.choose(tag(session, "reasons").id)
    assert tag(session, "work").definition == "What people live on"
    assert dialog.definition.toPlainText() == tag(session, "reasons").definition


def test_it_closes_when_another_audience_looks(
    dialog: VocabularyDialog,
    session: Session,
) -> None:
    session.audience = Audience.PUBLIC
    assert not dialog.isVisible()
