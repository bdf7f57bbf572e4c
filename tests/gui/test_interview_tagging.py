from __future__ import annotations

import pytest
from letters import type_text
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tagging_material import (
    TEXTS,
    laid,
    operations,
    part,
    put_cursor,
    span_of,
    taggings,
    turns,
)

from archive_app.domain.records import Audience
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.preferences_dialog import PreferencesDialog
from archive_app.gui.tag_heard import HeardTagging
from archive_app.gui.tag_recent import RecentTags
from archive_app.settings import TAG_LAST_SECONDS
from archive_app.work import history

pytest_plugins = ["tagging_page"]


@pytest.fixture
def page(tagging_page: InterviewPage) -> InterviewPage:
    return tagging_page


def at(page: InterviewPage, ms: int, monkeypatch: pytest.MonkeyPatch) -> HeardTagging:
    """Let the recording stand at a time; there is none, so nothing sounds."""
    monkeypatch.setattr(type(page.player), "position_ms", property(lambda _: ms))
    return part(page, HeardTagging)


# By ear


def test_the_last_seconds_are_tagged_and_the_cursor_stays(
    page: InterviewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.pane.view.place_cursor(turns(page)[3].id, 4)
    where = page.pane.view.cursor_turn()
    at(page, 18_000, monkeypatch).lay(1)
    assert not taggings(page), "no tag was ever used, so none has a number"
    page.tagger.pin(2, 1)
    at(page, 18_000, monkeypatch).lay(1)
    (one,) = taggings(page)
    assert one.tag_id == 2
    assert one.quote.startswith("было нечего. А где вы жили")
    assert page.pane.view.cursor_turn() == where
    assert page.pane.view.selection_span() is None


def test_how_far_back_is_a_preference(page: InterviewPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.session.settings.set(TAG_LAST_SECONDS, 3)
    heard = at(page, 18_000, monkeypatch).heard()
    assert (heard.from_ms, heard.to_ms) == (15_000, 18_000)


def test_what_is_tagged_by_ear_is_fixed_when_the_key_is_pressed(
    page: InterviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(page, 9_000, monkeypatch).ask()
    palette = page.tagger.palette
    assert palette is not None
    at(page, 39_000, monkeypatch)
    type_text(palette.field, "home")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    (one,) = taggings(page)
    assert one.span.start_turn == one.span.end_turn == turns(page)[0].id


def test_silence_is_said_and_nothing_is_tagged(
    page: InterviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.tagger.pin(2, 1)
    with qtbot.waitSignal(page.session.said):
        at(page, 90_000, monkeypatch).lay(1)
    assert not taggings(page)


def test_a_stretch_of_the_waveform_is_tagged(
    page: InterviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page.player, "selection_ms", lambda: (20_000, 30_000))
    part(page, HeardTagging).ask_stretch()
    palette = page.tagger.palette
    assert palette is not None
    type_text(palette.field, "home")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert [one.quote for one in taggings(page)] == [TEXTS[2]]


def test_without_sound_the_actions_say_why_they_are_off(page: InterviewPage) -> None:
    action = page.session.actions["tags.heard"]
    assert not action.isEnabled()
    assert "recording" in action.toolTip()


# Laying


def test_a_new_tag_below_another_is_laid_in_one_operation(
    page: InterviewPage, qtbot: QtBot
) -> None:
    page.pane.view.select_span(span_of(page, "осенью"))
    before = operations(page)
    page.tagger.ask_tag()
    palette = page.tagger.palette
    assert palette is not None
    type_text(palette.field, "season")
    palette.list.setCurrentRow(1)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    type_text(palette.field, "home")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    (one,) = taggings(page)
    with page.session.archive.read() as reader:
        tag = reader.tag(one.tag_id)
        assert reader.tag(tag.parent_id or 0).name() == "home"
    assert operations(page) == before + 1
    page.reload()
    assert page.tagger.recent.order[0] == one.tag_id


def test_numbers_are_kept_over_restarts(page: InterviewPage) -> None:
    page.pane.view.select_span(span_of(page, "осенью"))
    page.tagger.lay(3, span_of(page, "осенью"))
    number = page.tagger.recent.numbers()[3]
    again = RecentTags(page.session.settings, page.session.archive.uuid)
    assert page.loaded is not None
    again.take_vocabulary(page.loaded.tree)
    assert again.tag(number) == 3


def test_a_number_is_pinned_from_the_inspector_and_named_in_the_menu(page: InterviewPage) -> None:
    laid(page, "осенью", 3)
    put_cursor(page, "осенью")
    page.inspector.here.pin_asked.emit(3, 7)
    action = page.session.actions["tags.recent7"]
    assert action.isVisible()
    assert "work" in action.text()
    page._show_here()
    item = page.inspector.here.list.item(0)
    assert "Alt+7" in item.data(Qt.ItemDataRole.AccessibleTextRole)


# Changing


def test_a_tag_is_replaced_by_another_from_the_keyboard(page: InterviewPage, qtbot: QtBot) -> None:
    laid(page, "осенью", 1)
    put_cursor(page, "осенью")
    page.session.actions["tags.change"].trigger()
    palette = page.tagger.palette
    assert palette is not None
    type_text(palette.field, "work")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert [one.tag_id for one in taggings(page)] == [3]


def test_a_tag_gets_another_colour_everywhere(page: InterviewPage) -> None:
    laid(page, "осенью", 1)
    put_cursor(page, "осенью")
    page.inspector.here.colours.fill()
    page.inspector.here.colours.actions()[2].trigger()
    with page.session.archive.read() as reader:
        colour = reader.tag(1).colour
    assert colour
    marks = page.pane.view.document_copy.marks.values()
    assert [mark.colour for mark in marks] == [colour]


def test_a_memo_is_written_from_the_keyboard_and_told_on_hover(
    page: InterviewPage, qtbot: QtBot
) -> None:
    one = laid(page, "осенью", 1)
    put_cursor(page, "осенью")
    page.session.actions["tags.memo"].trigger()
    memo = page.inspector.here.memo
    type_text(memo, "ask again")
    qtbot.keyClick(memo, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [tagging.memo for tagging in taggings(page)] == ["ask again"]
    tell = page.pane.view.tell_taggings
    assert tell is not None
    for words in ("arrival", "Ana", "ask again"):
        assert words in tell([one])


def test_a_memo_is_stored_before_the_page_goes(page: InterviewPage) -> None:
    laid(page, "осенью", 1)
    put_cursor(page, "осенью")
    page.session.actions["tags.memo"].trigger()
    type_text(page.inspector.here.memo, "ask again")
    assert page.may_close()
    page.session.audience = Audience.PUBLIC
    assert [tagging.memo for tagging in taggings(page)] == ["ask again"]


def test_a_memo_goes_to_the_tag_it_was_typed_for(page: InterviewPage) -> None:
    first, second = laid(page, "осенью", 1), laid(page, "осенью, потому", 2)
    put_cursor(page, "осенью")
    here = page.inspector.here
    here.prefer(first)
    here.memo.setFocus()
    type_text(here.memo, "for the first")
    here.prefer(second)
    memos = {one.id: one.memo for one in taggings(page)}
    assert memos == {first: "for the first", second: ""}


# Walking


def test_the_tags_at_the_cursor_are_walked_through(page: InterviewPage) -> None:
    ids = {laid(page, words, tag) for words, tag in (("осенью", 1), ("уехали осенью", 2))}
    put_cursor(page, "осенью")
    seen: list[int | None] = []
    for _ in range(3):
        seen.append(page.inspector.here.current_id())
        page.session.actions["tags.cycle"].trigger()
    assert set(seen[:2]) == ids
    assert seen[2] == seen[0]
    page.session.actions["tags.cycle_back"].trigger()
    assert page.inspector.here.current_id() == seen[0]


def test_next_passage_keeps_to_the_tag_where_several_lie(page: InterviewPage) -> None:
    first = laid(page, "осенью", 1)
    both = laid(page, "жили", 1)
    laid(page, "жили сначала", 2)
    last = laid(page, "квартиру", 1)
    put_cursor(page, "осенью")
    seen = [page.inspector.here.current_id()]
    for _ in range(3):
        page.session.actions["tags.next"].trigger()
        page._show_here()
        seen.append(page.inspector.here.current_id())
    assert seen == [first, both, last, first]


def test_the_next_interview_with_the_tag_is_opened_at_its_passage(
    page: InterviewPage, qtbot: QtBot
) -> None:
    laid(page, "осенью", 1)
    there = laid(page, "Белград", 1, transcript_id=3)
    put_cursor(page, "осенью")
    page.session.actions["tags.next_interview"].trigger()
    assert page.transcript_id == 3
    words = span_of(page, "Белград", 3)
    qtbot.waitUntil(lambda: page.pane.view.selection_span() == words)
    assert page.inspector.here.current_id() == there
    page.session.actions["tags.next_interview"].trigger()
    assert page.transcript_id == 1


def test_walking_is_off_without_a_tag_at_the_cursor(page: InterviewPage) -> None:
    put_cursor(page, "осенью")
    action = page.session.actions["tags.next_interview"]
    assert not action.isEnabled()
    assert action.toolTip() == "Put the cursor on words with a tag first."


def test_another_audience_neither_tags_nor_adjusts(page: InterviewPage) -> None:
    laid(page, "осенью", 1)
    page.session.audience = Audience.PUBLIC
    for name in ("tags.heard", "tags.change", "tags.end_later", "tags.lost"):
        assert not page.session.actions[name].isEnabled()


def test_everything_is_one_undo(page: InterviewPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.tagger.pin(2, 1)
    at(page, 9_000, monkeypatch).lay(1)
    history.undo(page.session.archive)
    assert not taggings(page)


def test_the_preferences_say_how_far_back(page: InterviewPage, qtbot: QtBot) -> None:
    dialog = PreferencesDialog(page.session.settings, page.session.actions)
    qtbot.addWidget(dialog)
    assert dialog.tag_seconds.value() == 10
    dialog.tag_seconds.setValue(25)
    assert page.session.settings.get(TAG_LAST_SECONDS) == 25
    assert part(page, HeardTagging).heard().to_ms == page.player.position_ms
