from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from transcript_material import SPEAKERS, TAGS, tagging, transcript

from archive_app.domain.records import Span, Tag, Tagging
from archive_app.gui.tag_hover import tagging_tip, tips
from archive_app.gui.transcript_document import MarkKind
from archive_app.gui.transcript_view import TranscriptView

TEXT = "Мы приехали в Белград весной и остались здесь надолго"
Show = Callable[..., TranscriptView]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def shown(*taggings: Tagging, width: int = 700) -> TranscriptView:
        view = TranscriptView()
        qtbot.addWidget(view)
        view.resize(width, 700)
        view.show_transcript(
            transcript([TEXT] * 4, taggings), speakers=SPEAKERS, tags=TAGS
        )  # fmt: skip
        view.show()
        qtbot.waitExposed(view)
        return view

    return shown


def crowd(count: int, turn: int = 1) -> list[Tagging]:
    return [tagging(100 * turn + n, 1 + n % 5, turn, n, turn, 40) for n in range(count)]


def test_lanes_are_the_same_in_whatever_order_the_taggings_come(show: Show) -> None:
    taggings = [*crowd(6), tagging(9, 2, 1, 0, 3, 5), tagging(8, 3, 2, 0, 2, 9)]
    one, other = show(*taggings), show(*reversed(taggings))
    assert one.document_copy.lanes == other.document_copy.lanes
    assert one.document_copy.lanes[9] == 0


def test_more_tags_than_lanes_are_counted_turn_by_turn(show: Show) -> None:
    view = show(*crowd(14), *crowd(2, turn=2))
    drawn = view.tag_strips.drawn()
    (more,) = drawn.more
    assert len(drawn.strips) + len(more.marks) == 16
    assert more.area.right() <= view.tag_strips.width()
    assert all(not more.area.intersects(strip.area) for strip in drawn.strips)


def test_as_many_as_fit_have_strips_of_their_own(show: Show) -> None:
    assert show(*crowd(10)).tag_strips.drawn().more == []


def test_a_wide_margin_has_more_lanes(show: Show) -> None:
    assert show(*crowd(14), width=1400).tag_strips.drawn().more == []


def test_the_box_offers_its_tags(show: Show, qtbot: QtBot) -> None:
    view = show(*crowd(14))
    (more,) = view.tag_strips.drawn().more
    menu = view.tag_strips.menu_of(more.marks)
    assert [action.text() for action in menu.actions()] == [mark.name for mark in more.marks]
    with qtbot.waitSignal(view.tagging_clicked) as told:
        menu.actions()[-1].trigger()
    assert told.args == [more.marks[-1].key]


def test_strips_do_not_change_lanes_while_an_end_is_moved(show: Show) -> None:
    view = show(*crowd(5))
    before = dict(view.document_copy.lanes)
    view.document_copy.stretch_mark(MarkKind.TAG, 103, Span(1, 3, 3, 4))
    assert view.document_copy.lanes == before
    areas = {strip.mark.key: strip.area for strip in view.tag_strips.strips()}
    assert areas[103].bottom() > areas[102].bottom()


def test_the_chosen_tagging_stands_out_unless_another_is_pointed_at(show: Show) -> None:
    view = show(*crowd(2))
    view.choose_tagging(100)
    assert view.outstanding_tagging == 100
    view.emphasise_tagging(101)
    assert view.outstanding_tagging == 101
    view.emphasise_tagging(None)
    assert view.outstanding_tagging == 100


def test_everything_in_the_margin_can_be_painted_in_the_dark(show: Show, dark: None) -> None:
    view = show(*crowd(14))
    view.choose_tagging(113)
    assert not view.tag_strips.grab().isNull()


# What a tag says


def one_told(memo: str = "", who: str = "Ana") -> Tagging:
    when = datetime(2024, 3, 3, 14, 5, tzinfo=UTC)
    return Tagging(1, "u", 2, 1, Span(1, 0, 1, 5), "words", who=who, made_at=when, memo=memo)


def test_path_who_when_and_memo_are_told() -> None:
    tags = {1: Tag(1, "a", 1, None, {"en": "work"}), 2: Tag(2, "b", 1, 1, {"en": "language"})}
    tip = tagging_tip(one_told("ask <again>"), tags, "en")
    for part in ("work › language", "Ana", "2024", "ask &lt;again&gt;"):
        assert part in tip


def test_many_tags_on_the_same_words_are_cut_short() -> None:
    tags = {2: Tag(2, "b", 1, None, {"en": "language"})}
    tip = tips(range(12), lambda _: one_told(), tags, "en")
    assert tip.count("language") == 8
    assert "4 more" in tip


def test_other_audiences_read_names_alone(show: Show) -> None:
    view = show(*crowd(2))
    marks = [strip.mark for strip in view.tag_strips.strips()]
    assert view.tip_of(marks) == "\n".join(mark.name for mark in marks)


def test_what_a_page_tells_of_taggings_is_shown(show: Show, qtbot: QtBot) -> None:
    view = show(*crowd(2))
    view.tell_taggings = lambda keys: f"<b>{len(keys)}</b>"
    strips = view.tag_strips.strips()
    assert view.tip_of([strip.mark for strip in strips]) == "<b>2</b>"
    qtbot.mouseClick(
        view.tag_strips, Qt.MouseButton.LeftButton, pos=strips[0].area.center().toPoint()
    )
