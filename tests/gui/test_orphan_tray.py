from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tagging_material import TEXTS, laid, operations, part, put_cursor, taggings, turns

from archive_app.domain.records import Audience, Span
from archive_app.domain.spans import TextEdit
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.orphan_tray import OrphanTray
from archive_app.gui.tag_orphans import LostTags
from archive_app.work import history, transcripts

pytest_plugins = ["tagging_page"]


@pytest.fixture
def page(tagging_page: InterviewPage) -> InterviewPage:
    return tagging_page


@pytest.fixture
def tray(page: InterviewPage) -> OrphanTray:
    return part(page, LostTags).tray


def lose(page: InterviewPage, words: str, instead: str = "", *, tag: int = 1) -> int:
    """Tag words and let them go with the space before them; return the tagging."""
    tagging_id = laid(page, words, tag)
    turn = next(one for one in turns(page) if words in one.text)
    start = turn.text.index(words)
    edit = TextEdit(turn.id, max(start - 1, 0), start + len(words), instead)
    transcripts.edit_text(page.session.archive, 1, [edit])
    page.reload()
    return tagging_id


def restore(page: InterviewPage, turn: int) -> None:
    one = turns(page)[turn]
    edit = TextEdit(one.id, 0, len(one.text), TEXTS[turn])
    transcripts.edit_text(page.session.archive, 1, [edit])
    page.reload()


def choose(tray: OrphanTray, tagging_id: int) -> None:
    tray.badge.setChecked(True)
    tray.list.setCurrentRow([one.id for one in tray._lost].index(tagging_id))


def test_without_lost_tags_there_is_no_tray(page: InterviewPage, tray: OrphanTray) -> None:
    assert not tray.isVisible()
    assert not page.session.actions["tags.lost"].isEnabled()


def test_the_count_is_in_sight_and_a_key_unfolds_the_list(
    page: InterviewPage, tray: OrphanTray
) -> None:
    lose(page, "осенью")
    lose(page, "Белград")
    assert tray.isVisible()
    assert tray.badge.text() == "2 tags lost their words"
    assert not tray.list.isVisible()
    page.session.actions["tags.lost"].trigger()
    assert tray.list.isVisible()
    assert tray.list.count() == 2


def test_words_neighbours_and_former_place_are_told(page: InterviewPage, tray: OrphanTray) -> None:
    choose(tray, lose(page, "приехали"))
    told = tray.words.text()
    assert "<u>приехали</u>" in told
    assert "сначала, когда" in told
    assert "0:00:10 В" in tray.about.text()
    assert "Ana" in tray.about.text()


def test_the_former_place_is_gone_to(page: InterviewPage, tray: OrphanTray) -> None:
    lost = lose(page, "приехали")
    put_cursor(page, "друзей")
    choose(tray, lost)
    tray.former.click()
    where = page.pane.view.cursor_turn()
    assert where is not None
    assert where[0] == turns(page)[1].id


def test_where_it_fits_is_framed_and_it_is_put_back(page: InterviewPage, tray: OrphanTray) -> None:
    lost = lose(page, "осенью")
    choose(tray, lost)
    assert not tray.put_back.isEnabled()
    assert "nowhere" in tray.put_back.toolTip()
    restore(page, 0)
    choose(tray, lost)
    assert part(page, LostTags)._preview is not None
    assert not page.pane.view.grab().isNull()
    tray.put_back.click()
    assert [one.quote for one in taggings(page)] == ["осенью"]
    assert part(page, LostTags)._preview is None
    assert not tray.isVisible()


def test_all_that_fit_are_put_back_in_one_operation(page: InterviewPage, tray: OrphanTray) -> None:
    first, second = lose(page, "осенью"), lose(page, "Белград")
    gone = lose(page, "у друзей")
    restore(page, 0)
    restore(page, 1)
    assert set(tray.fitting()) == {first, second}
    assert tray.all.text() == "Put back all 2 that fit"
    before = operations(page)
    page.session.actions["tags.put_back_all"].trigger()
    assert operations(page) == before + 1
    assert [one.id for one in tray._lost] == [gone]
    assert not tray.all.isVisible()
    history.undo(page.session.archive)
    page.reload()
    assert set(tray.fitting()) == {first, second}


def test_words_in_the_place_of_the_old_ones_are_offered(
    page: InterviewPage, tray: OrphanTray
) -> None:
    lost = lose(page, "потому что ждать", " ведь надеяться")
    choose(tray, lost)
    assert "ведь надеяться" in tray.about.text()
    assert lost not in tray.fitting()
    assert tray.put_back.text() == "Lay on these words"
    tray.put_back.click()
    assert [one.quote for one in taggings(page)] == ["ведь надеяться"]


def test_it_is_laid_on_the_selection(page: InterviewPage, tray: OrphanTray, qtbot: QtBot) -> None:
    lost = lose(page, "осенью")
    choose(tray, lost)
    with qtbot.waitSignal(page.session.said):
        tray.lay_here.click()
    turn = turns(page)[3]
    page.pane.view.select_span(Span(turn.id, 0, turn.id, 3))
    tray.lay_here.click()
    assert [(one.id, one.quote) for one in taggings(page)] == [(lost, "Там")]


def test_several_are_removed_in_one_operation(page: InterviewPage, tray: OrphanTray) -> None:
    lose(page, "осенью")
    lose(page, "Белград")
    tray.badge.setChecked(True)
    tray.list.selectAll()
    assert tray.words.text() == "2 tags chosen"
    before = operations(page)
    tray.drop.click()
    assert operations(page) == before + 1
    assert not taggings(page)
    assert not tray.isVisible()


def test_typing_lost_words_again_lets_them_fit_after_a_while(
    page: InterviewPage, tray: OrphanTray, qtbot: QtBot
) -> None:
    lost = lose(page, "осенью")
    page.pane.view.place_cursor(turns(page)[0].id, len("Мы уехали"))
    page.pane.view.replace_selection(" осенью")
    page.editor.saver.flush()
    qtbot.waitUntil(lambda: lost in tray.fitting())


def test_deleting_words_on_the_page_brings_their_tag_into_the_tray(
    page: InterviewPage, tray: OrphanTray, qtbot: QtBot
) -> None:
    lost = laid(page, "осенью")
    page.pane.view.select_span(page.pane.view.document_copy.marks.popitem()[1].span)
    page.reload()
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Delete)
    page.editor.saver.flush()
    qtbot.waitUntil(lambda: [one.id for one in tray._lost] == [lost])


def test_other_audiences_see_no_lost_tags(page: InterviewPage, tray: OrphanTray) -> None:
    lose(page, "осенью")
    page.session.audience = Audience.PUBLIC
    assert not tray.isVisible()
    assert not page.session.actions["tags.lost"].isEnabled()


def test_every_control_of_the_tray_has_a_name(page: InterviewPage, tray: OrphanTray) -> None:
    choose(tray, lose(page, "осенью"))
    for button in (tray.badge, tray.put_back, tray.lay_here, tray.former, tray.drop):
        assert button.text()
        assert button.toolTip()
    assert tray.list.accessibleName()


def test_where_it_fits_is_not_hidden_by_the_tray_that_unfolds(
    page: InterviewPage, tray: OrphanTray, qtbot: QtBot
) -> None:
    lose(page, "осенью")
    last = turns(page)[-1]
    edit = TextEdit(last.id, len(last.text), len(last.text), " осенью.")
    transcripts.edit_text(page.session.archive, 1, [edit])
    page.reload()
    view = page.pane.view
    view.scroll_to(last.id, len(last.text))
    tray.badge.setChecked(True)

    def is_in_sight() -> bool:
        cursor = view.textCursor()
        cursor.setPosition(view.position_of(view.document_copy.place(last.id), len(last.text) + 2))
        return view.cursorRect(cursor).bottom() <= view.viewport().height()

    qtbot.waitUntil(lambda: not part(page, LostTags)._soon.isActive() and is_in_sight())
    assert view.height() >= 100


def test_the_tray_and_the_list_of_replacements_fit_a_low_window(
    page: InterviewPage, tray: OrphanTray, qtbot: QtBot
) -> None:
    lose(page, "осенью")
    tray.badge.setChecked(True)
    qtbot.wait(50)
    assert page.minimumSizeHint().height() < 640
