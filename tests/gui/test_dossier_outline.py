"""The outline of a dossier: order, levels, folding, and thousands of rows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from archive_app.domain.records import DossierItem
from archive_app.domain.rich_text import from_plain
from archive_app.gui import dossier_order
from archive_app.gui.dossier_outline import OutlineList
from archive_app.gui.dossier_row_paint import OutlineDelegate
from archive_app.gui.dossier_rows import OWN_KIND, spoken
from archive_app.gui.tasks import InlineTasks
from archive_app.work.collected import OutlineItem

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def item(number: int, kind: str, text: str = "", **more: Any) -> OutlineItem:
    level = more.pop("level", 1)
    own = "" if kind == "passage" else text
    kept = DossierItem(number, str(number), 1, number, kind, own, level=level)
    return OutlineItem(kept, text=text, level=level, **more)


def heading(number: int, level: int = 1) -> OutlineItem:
    return item(number, "heading", f"Heading {number}", level=level)


def passage(number: int, **more: Any) -> OutlineItem:
    return item(number, "passage", "Words of it", accession=f"OH-{number}", **more)


SAMPLE = (heading(1), passage(2), heading(3, 2), passage(4), heading(5), passage(6))


@pytest.fixture
def outline(qapp: QApplication) -> Iterator[OutlineList]:
    tasks = InlineTasks()
    made = OutlineList(tasks)
    made.resize(400, 500)
    made.show_items(SAMPLE)
    made.show()
    made.setFocus()
    yield made
    made.close()
    made.deleteLater()
    tasks.close()
    QApplication.processEvents()


def ids(outline: OutlineList) -> list[int]:
    return outline.rows.ids()


def seen(outline: OutlineList) -> list[int]:
    return [outline.rows.items[place].item.id for place in outline.rows.seen]


def choose(outline: OutlineList, *numbers: int) -> None:
    outline.choose(numbers[0])
    model, flags = outline.selectionModel(), outline.selectionModel().SelectionFlag
    for number in numbers[1:]:
        model.select(outline.rows.index(outline.rows.row_of(number)), flags.Select)


# The order itself ---------------------------------------------------------------

LEVELS = st.lists(st.integers(0, 3), max_size=12)


@given(LEVELS, st.data())
def test_a_move_keeps_every_item_and_the_order_of_those_that_go(
    levels: list[int], data: st.DataObject
) -> None:
    ids = list(range(100, 100 + len(levels)))
    chosen = data.draw(st.sets(st.sampled_from(range(len(ids))))) if ids else set()
    folded = {n for n in chosen if levels[n]}
    going = dossier_order.taken(levels, chosen, folded)
    before = data.draw(st.integers(0, len(ids)))
    moved = dossier_order.moved(ids, set(going), before)
    assert sorted(moved) == ids
    kept = [one for one in moved if one - 100 in going]
    assert kept == [ids[n] for n in going]
    assert not kept or moved[moved.index(kept[0]) :][: len(kept)] == kept


@given(LEVELS, st.data())
def test_what_is_folded_is_not_seen_and_nothing_else_is_hidden(
    levels: list[int], data: st.DataObject
) -> None:
    headings = [n for n, level in enumerate(levels) if level]
    folded = data.draw(st.sets(st.sampled_from(headings))) if headings else set()
    hidden = {n for one in folded for n in range(one + 1, dossier_order.section_end(levels, one))}
    assert dossier_order.shown(levels, folded) == [n for n in range(len(levels)) if n not in hidden]


@given(LEVELS, st.data())
def test_a_step_down_and_up_again_is_no_step(levels: list[int], data: st.DataObject) -> None:
    ids = list(range(len(levels)))
    if not ids:
        return
    one = data.draw(st.sampled_from(ids))
    seen = list(range(len(ids)))
    moved = dossier_order.stepped(ids, [one], seen, levels, 1)
    if moved is None:
        assert one == len(ids) - 1
        return
    assert moved[one + 1] == one
    levels_moved = [levels[n] for n in moved]
    assert dossier_order.stepped(moved, [one + 1], seen, levels_moved, -1) == ids


# Keys -----------------------------------------------------------------------------


def test_keys_move_what_is_chosen_and_it_stays_chosen(outline: OutlineList, qtbot: Any) -> None:
    choose(outline, 2)
    with qtbot.waitSignal(outline.order_changed) as told:
        QTest.keyClick(outline, Qt.Key.Key_Down, CTRL)
    assert told.args == [[1, 3, 2, 4, 5, 6]]
    assert ids(outline) == told.args[0]
    assert outline.chosen_ids() == [2]


def test_an_open_heading_moves_alone_with_alt_it_takes_its_section(outline: OutlineList) -> None:
    choose(outline, 3)
    QTest.keyClick(outline, Qt.Key.Key_Down, CTRL)
    assert ids(outline) == [1, 2, 4, 3, 5, 6]
    outline.show_items(SAMPLE)
    choose(outline, 3)
    QTest.keyClick(outline, Qt.Key.Key_Up, CTRL | ALT)
    assert ids(outline) == [1, 3, 4, 2, 5, 6]


def test_a_folded_heading_takes_along_what_is_folded_under_it(outline: OutlineList) -> None:
    choose(outline, 1)
    QTest.keyClick(outline, Qt.Key.Key_Left)
    assert seen(outline) == [1, 5, 6]
    QTest.keyClick(outline, Qt.Key.Key_Down, CTRL)
    assert ids(outline) == [5, 1, 2, 3, 4, 6]
    QTest.keyClick(outline, Qt.Key.Key_Right)
    assert seen(outline) == ids(outline)


def test_delete_takes_out_what_is_chosen_with_what_is_folded(
    outline: OutlineList, qtbot: Any
) -> None:
    choose(outline, 3)
    QTest.keyClick(outline, Qt.Key.Key_Left)
    with qtbot.waitSignal(outline.remove_asked) as told:
        QTest.keyClick(outline, Qt.Key.Key_Delete)
    assert told.args == [[3, 4]]


def test_control_and_sideways_arrows_ask_for_another_level(
    outline: OutlineList, qtbot: Any
) -> None:
    choose(outline, 3, 5)
    with qtbot.waitSignal(outline.level_asked) as told:
        QTest.keyClick(outline, Qt.Key.Key_Right, CTRL)
    assert told.args == [[3, 5], 1]
    with qtbot.waitSignal(outline.level_asked) as told:
        QTest.keyClick(outline, Qt.Key.Key_Left, CTRL)
    assert told.args == [[3], -1]


def test_what_was_chosen_stays_chosen_when_the_outline_comes_anew(outline: OutlineList) -> None:
    choose(outline, 2, 6)
    outline.show_items((*SAMPLE[:1], passage(7), *SAMPLE[1:]))
    assert outline.chosen_ids() == [2, 6]
    outline.show_items([one for one in SAMPLE if one.item.id != 2])
    assert outline.chosen_ids() == [6]


def test_an_item_under_a_folded_heading_is_unfolded_when_it_is_chosen(
    outline: OutlineList,
) -> None:
    outline.fold_all(True)
    assert seen(outline) == [1, 5]
    outline.choose(4)
    assert seen(outline) == [1, 2, 3, 4, 5]
    assert outline.chosen_ids() == [4]


# The mouse ------------------------------------------------------------------------


def drop(outline: OutlineList, number: int, *, above: bool, held: Any = NONE) -> None:
    rect = outline.visualRect(outline.rows.index(outline.rows.row_of(number)))
    place = QPoint(rect.center().x(), rect.top() + 2 if above else rect.bottom() - 2)
    mime = QMimeData()
    mime.setData(OWN_KIND, b"1")
    event = QDropEvent(
        QPointF(place), Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, held
    )
    outline.drop_at(event, is_own=True)


def test_several_items_dragged_come_out_side_by_side(outline: OutlineList) -> None:
    choose(outline, 2, 6)
    drop(outline, 4, above=True)
    assert ids(outline) == [1, 3, 2, 6, 4, 5]


def test_what_is_let_go_on_the_lower_half_goes_behind(outline: OutlineList) -> None:
    choose(outline, 2)
    drop(outline, 6, above=False)
    assert ids(outline) == [1, 3, 4, 5, 6, 2]


def test_alt_takes_an_open_heading_s_section_along(outline: OutlineList) -> None:
    choose(outline, 5)
    drop(outline, 1, above=True, held=ALT)
    assert ids(outline) == [5, 6, 1, 2, 3, 4]


def test_the_arrow_beside_a_heading_folds_it(outline: OutlineList) -> None:
    rect = outline.visualRect(outline.rows.index(0))
    QTest.mouseClick(
        outline.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(10, rect.center().y())
    )
    assert seen(outline) == [1, 5, 6]


# What is said ---------------------------------------------------------------------


def test_each_kind_is_said_in_words() -> None:
    said: Sequence[tuple[OutlineItem, str]] = (
        (heading(1, 2), "Heading of level 2: Heading 1"),
        (passage(2, speaker="Ana", start_ms=1000, change="changed"),
         "OH-2 · 0:00:01 · Ana\nWords of it\nChanged since you collected it"),
        (passage(3, is_there=False, change="closed"), "Not open to this audience"),
        (item(4, "text", rich=from_plain("My own\nwords")), "Your own text\nMy own words"),
        (item(5, "picture", "A platform"), "Picture\nA platform"),
        (item(6, "interview", "Good", accession="OH-6", title="Talk"),
         "OH-6 · whole interview\nTalk\nComment: Good"),
    )  # fmt: skip
    assert [spoken(one) for one, _ in said] == [words for _, words in said]


class Counting(OutlineDelegate):
    def __init__(self) -> None:
        super().__init__(lambda _: None)
        self.painted: set[int] = set()

    def paint(self, painter: Any, option: Any, index: Any) -> None:
        self.painted.add(index.row())
        super().paint(painter, option, index)


def test_of_five_thousand_rows_only_those_that_are_seen_are_painted(outline: OutlineList) -> None:
    items = [heading(n) if n % 25 == 0 else passage(n) for n in range(5_000)]
    counting = Counting()
    outline.show_items(items)
    counting.measure(items)
    outline.setItemDelegate(counting)
    outline.grab()
    assert outline.count() == 5_000
    assert outline.verticalScrollBar().maximum() > 5_000 * 20
    assert 0 < len(counting.painted) < 40
