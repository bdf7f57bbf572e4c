from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import type_text
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from archive_app.domain.query import parse_query
from archive_app.domain.records import Audience
from archive_app.gui.search_page import SearchPage
from archive_app.gui.search_query import narrowed, pointed_at
from archive_app.gui.search_rows import SNIPPET, snippet
from archive_app.gui.session import Place, Session
from archive_app.work import collecting, searching, transcripts

pytest_plugins = ["page_material"]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[SearchPage]:
    searching.catch_up(session.archive)
    made = SearchPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.on_shown()
    yield made
    searching.close_index(session.archive)


def texts(page: SearchPage) -> list[str]:
    return [row.passage.text for row in page.rows.rows if row.passage is not None]


def test_a_search_is_understood_counted_and_found_in_both_scripts(page: SearchPage) -> None:
    type_text(page.field, "Београд")
    page.search()
    assert page.understood.text() == "Understood as: Београд (with its endings)"
    assert page.count.text().startswith("4 interviews")
    assert any("Beograd" in text for text in texts(page))
    assert any("Београд" in text for text in texts(page))


def test_what_matched_is_marked_in_each_passage(page: SearchPage) -> None:
    page.search_for("Beograd")
    for row in page.rows.rows:
        for start, end in row.piece.matches:
            assert row.piece.text[start:end].casefold()[:6] in ("beogra", "београ", "belgra")


def test_an_error_points_at_its_place_in_words(page: SearchPage) -> None:
    page.search_for("Beograd")
    page.search_for("Beograd AND )")
    assert page.wrong.isVisible()
    query, pointer = page.wrong.text().split("\n")
    assert query[pointer.index("▲")] == "A"
    assert page.wrong.accessibleName().startswith("Character 9: ")
    assert page.field.cursorPosition() == 8
    page.search_for("Beograd")
    assert not page.wrong.isVisible()


def test_a_click_on_a_facet_narrows_by_adding_a_field(page: SearchPage) -> None:
    page.search_for("Beograd")
    total = page.result.total if page.result else 0
    item = _facet(page, "Speaker", "Viktor")
    page.facets.itemClicked.emit(item, 0)
    assert page.field.text() == "Beograd speaker:Viktor"
    assert page.result is not None
    assert 0 < page.result.total < total


def _facet(page: SearchPage, title: str, value: str) -> QTreeWidgetItem:
    found = page.facets.findItems(value, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    for item in found:
        top = item.parent()
        if top is not None and top.text(0) == title:
            return item
    raise AssertionError(value)


@given(st.sampled_from(("a b", "a OR b", "a | b", "-a", '"a b"', "(a OR b) c", "tag:x OR b")))
def test_narrowing_narrows_the_whole_query(query: str) -> None:
    plain = parse_query(query)
    both = parse_query(narrowed(query, "place", "Novi Sad"))
    parts = plain.parts if type(plain).__name__ == "And" else (plain,)  # type: ignore[union-attr]
    assert both.parts[:-1] == parts  # type: ignore[union-attr]
    assert both.parts[-1].value == "Novi Sad"  # type: ignore[union-attr]


@given(st.text("ab ć", min_size=1, max_size=600), st.data())
def test_a_snippet_holds_the_first_match_as_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 40)))
    piece = snippet(text, [(start, end)])
    first, last = piece.matches[0]
    assert text[start:end].startswith(piece.text[first:last])
    assert len(piece.text) <= SNIPPET + 4


def test_the_pointer_stands_below_the_place_also_in_a_long_query() -> None:
    query = "слово " * 30 + ")"
    shown, pointer = pointed_at(query, len(query) - 1)
    assert shown[pointer.index("▲")] == ")"


def test_the_concordance_shows_each_match_by_itself(page: SearchPage) -> None:
    page.search_for("Beograd OR Rusi")
    matches = sum(len(row.passage.matches) for row in page.rows.rows if row.passage is not None)
    page.by_match.setChecked(True)
    assert len(page.rows.rows) == matches
    assert all(row.match is not None for row in page.rows.rows)


def test_enter_opens_the_interview_with_the_match_selected(page: SearchPage, qtbot: QtBot) -> None:
    page.search_for("Beograd")
    row = page.chosen()[0]
    assert row.passage is not None
    with qtbot.waitSignal(page.session.interview_requested) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    one = row.passage
    start, end = one.matches[0]
    assert asked.args == [
        row.interview.interview_id,
        Place(one.transcript_id, one.turn_id, start, end, one.start_ms),
    ]


def test_the_passage_is_shown_among_its_neighbours_and_can_be_played(page: SearchPage) -> None:
    page.search_for("stepenice")
    assert "Od šezdeset osme" in page.context.text.toPlainText()
    assert "Koliko dugo živite ovde?" in page.context.text.toPlainText()
    assert page.context.play.isEnabled()
    row = page.chosen()[0]
    page.context.play_or_pause()
    assert page.context.sound.position_ms == row.start_ms
    page.context.sound.pause()


def test_another_audience_finds_only_what_it_may_read_and_hears_only_what_it_may_hear(
    page: SearchPage,
) -> None:
    page.search_for("Сергей")
    assert texts(page)
    page.session.audience = Audience.READING_ROOM
    assert not texts(page)
    assert "Сергей" not in page.context.text.toPlainText()
    page.search_for("speaker:Viktor мобилизация")
    assert texts(page)
    assert not page.context.play.isEnabled()
    assert "may hear" in page.context.play.toolTip()


def test_passages_are_collected_without_the_headings_between_them(
    page: SearchPage, qtbot: QtBot
) -> None:
    page.search_for("Beograd")
    page.list.selectAll()
    passages = {row.passage.turn_id for row in page.chosen() if row.passage is not None}
    with page.session.archive.read() as reader:
        before = len(reader.dossiers()[0].items)
        page.dossier.dossier_id = reader.dossiers()[0].id
    page.on_shown()
    said: list[str] = []
    page.session.said.connect(said.append)
    page.collect()
    with page.session.archive.read() as reader:
        added = reader.dossiers()[0].items[before:]
    assert {item.kind for item in added} == {"passage"}
    assert {item.span.start_turn for item in added if item.span} == passages
    assert "Leaving and arriving" in said[-1]
    page.collect()
    with page.session.archive.read() as reader:
        assert len(reader.dossiers()[0].items) == before + len(passages)


def test_a_change_of_the_archive_searches_again_and_keeps_what_was_chosen(
    page: SearchPage, qtbot: QtBot
) -> None:
    page.search_for("Beograd")
    rows = [n for n, row in enumerate(page.rows.rows) if row.passage is not None][1:4]
    flags = QItemSelectionModel.SelectionFlag
    page.list.selectionModel().clearSelection()
    for number in rows:
        page.list.selectionModel().select(page.rows.index(number), flags.Select)
    kept = [row.passage.turn_id for row in page.chosen() if row.passage is not None]
    count = len(texts(page))
    with page.session.archive.read() as reader:
        turn = reader.turns(1)[0]
    page.session.write(transcripts.insert_turn, 1, after_turn_id=turn.id, text="Beograd opet.")
    qtbot.waitUntil(lambda: len(texts(page)) == count + 1)
    chosen = [row.passage.turn_id for row in page.chosen() if row.passage is not None]
    assert set(kept) <= set(chosen)


def test_a_saved_search_is_listed_and_runs_by_a_click(page: SearchPage) -> None:
    item = _facet(page, "Saved searches", "Mobilization")
    page.facets.itemClicked.emit(item, 0)
    assert page.field.text() == "мобилизация OR mobilizacija"
    assert texts(page)


def test_nothing_found_and_nothing_asked_say_what_to_do(page: SearchPage) -> None:
    page.search_for("")
    assert "endings" in page.empty.words.text()
    page.search_for("zzzz")
    assert "Nothing was found" in page.empty.words.text()


def test_each_row_reads_itself_aloud(page: SearchPage) -> None:
    page.search_for("Beograd")
    spoken = page.rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Beograd" in spoken
    assert QAccessible.queryAccessibleInterface(page.list) is not None


def test_a_search_that_was_overtaken_is_dropped(threaded_session: Session, qtbot: QtBot) -> None:
    searching.catch_up(threaded_session.archive)
    page = SearchPage(threaded_session)
    qtbot.addWidget(page)
    page.show()
    page.search_for("Beograd")
    page.search_for("мобилизация")
    qtbot.waitUntil(lambda: page.result is not None)
    qtbot.wait(100)
    assert page.result is not None
    assert page.result.query == "мобилизация"
    searching.close_index(threaded_session.archive)


def test_a_search_before_the_index_caught_up_is_done_again(page: SearchPage, qtbot: QtBot) -> None:
    page.session.catch_up_soon()
    page.search_for("Beograd")
    early = page.result
    page.session.catch_up()
    qtbot.waitUntil(lambda: page.result is not early)
    assert page.result is not None
    assert page.result.total > 0


def test_passages_are_laid_in_the_basket_for_any_dossier(page: SearchPage, qtbot: QtBot) -> None:
    page.search_for("Белград")
    qtbot.waitUntil(lambda: bool(page.rows.rows))
    page.list.selectAll()
    said: list[str] = []
    page.session.said.connect(said.append)
    page.session.actions["search.basket"].trigger()
    basket = collecting.basket_of(page.session.archive)
    assert basket is not None
    passages = [row for row in page.chosen() if row.passage is not None]
    with page.session.archive.read() as reader:
        assert len(reader.dossier(basket).items) == len(passages) > 0
    assert "basket" in said[-1]
