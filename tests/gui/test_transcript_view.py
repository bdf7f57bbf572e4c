from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from transcript_material import (
    SPEAKERS,
    TAGS,
    long_transcript,
    make_turns,
    tagging,
    transcript,
)

from archive_app.domain.records import (
    Audience,
    FullTranscript,
    Restriction,
    Span,
    TranscriptKind,
)
from archive_app.domain.released import ReleasedTagging, ReleasedTranscript, ReleasedTurn
from archive_app.domain.spans import TextEdit, edited_text, shift_spans
from archive_app.domain.turn_texts import TurnTexts
from archive_app.gui.transcript_document import MarkKind
from archive_app.gui.transcript_paint import line_stretches
from archive_app.gui.transcript_view import TranscriptView

Show = Callable[..., TranscriptView]
THREE = ("Мы приехали", "в Белград 😀 весной", "и остались")


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def shown(full: FullTranscript, **kwargs: object) -> TranscriptView:
        view = TranscriptView()
        qtbot.addWidget(view)
        view.resize(1000, 700)
        view.show_transcript(full, speakers=SPEAKERS, tags=TAGS, **kwargs)  # pyright: ignore
        view.show()
        qtbot.waitExposed(view)
        return view

    return shown


class Heard:
    """What a view told."""

    def __init__(self, view: TranscriptView) -> None:
        self.edits: list[TextEdit] = []
        self.actions: list[tuple[TextEdit, ...]] = []
        self.splits: list[tuple[int, int]] = []
        self.merges: list[int] = []
        view.text_edited.connect(lambda *edit: self.edits.append(TextEdit(*edit)))
        view.edits_made.connect(self.actions.append)
        view.split_requested.connect(lambda turn, offset: self.splits.append((turn, offset)))
        view.merge_requested.connect(self.merges.append)


def texts_of(view: TranscriptView) -> list[str]:
    blocks = [view.block_of(n).text() for n in range(view.document().blockCount())]
    assert blocks == [turn.text for turn in view.document_copy.turns]
    return blocks


def spans_of(view: TranscriptView) -> dict[int, Span]:
    marks = view.document_copy.marks.values()
    return {mark.key: mark.span for mark in marks if mark.kind is MarkKind.TAG}


def type_text(view: TranscriptView, text: str) -> None:
    """Press a key for each character; QTest's own keys know ASCII only."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(view, event)


def mime(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


# Typing


def test_a_key_is_one_edit_in_code_points(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE))
    heard = Heard(view)
    view.place_cursor(2, 11)
    type_text(view, "!я")
    assert heard.edits == [TextEdit(2, 11, 11, "!"), TextEdit(2, 12, 12, "я")]
    assert heard.actions == [(edit,) for edit in heard.edits]
    assert texts_of(view)[1] == "в Белград 😀!я весной"


def test_backspace_takes_a_whole_emoji_but_only_the_accent_of_a_letter(
    show: Show, qtbot: QtBot
) -> None:
    view = show(transcript(["а😀", "за\u0301мок"]))
    heard = Heard(view)
    view.place_cursor(1, 2)
    qtbot.keyClick(view, Qt.Key.Key_Backspace)
    view.place_cursor(2, 3)
    qtbot.keyClick(view, Qt.Key.Key_Backspace)
    assert heard.edits == [TextEdit(1, 1, 2, ""), TextEdit(2, 2, 3, "")]


def test_typing_over_a_selected_word_is_one_correction(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE, [tagging(1, 1, 2, 2, 2, 9)]))
    heard = Heard(view)
    view.select_span(Span(2, 2, 2, 9))
    type_text(view, "n")
    assert heard.edits == [TextEdit(2, 2, 9, "n")]
    assert spans_of(view) == {1: Span(2, 2, 2, 3)}


def test_strips_follow_at_once_when_text_before_them_grows(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE, [tagging(1, 1, 1, 3, 2, 9)]))
    view.place_cursor(1, 0)
    type_text(view, "да ")
    assert spans_of(view) == {1: Span(1, 6, 2, 9)}


def test_enter_asks_for_a_split_and_changes_nothing(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE))
    heard = Heard(view)
    view.place_cursor(2, 12)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert heard.splits == [(2, 12)] * 3
    assert heard.edits == []
    assert texts_of(view) == list(THREE)


@pytest.mark.parametrize(
    ("turn", "offset", "key", "modifier", "merges"),
    [
        (2, 0, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, [1]),
        (2, 0, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier, [1]),
        (2, 18, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, [2]),
        (2, 18, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier, [2]),
        (1, 0, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, []),
        (3, 10, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, []),
    ],
)
def test_deleting_over_a_turns_edge_asks_for_a_merge(
    show: Show,
    qtbot: QtBot,
    turn: int,
    offset: int,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    merges: list[int],
) -> None:
    view = show(transcript(THREE))
    heard = Heard(view)
    view.place_cursor(turn, offset)
    qtbot.keyClick(view, key, modifier)
    assert heard.merges == merges
    assert heard.edits == []
    assert texts_of(view) == list(THREE)


def test_typing_over_several_turns_empties_them_but_keeps_them(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE))
    heard = Heard(view)
    view.select_span(Span(1, 3, 3, 2))
    type_text(view, "х")
    assert texts_of(view) == ["Мы х", "", "остались"]
    assert heard.actions == [
        (TextEdit(1, 3, 11, "х"), TextEdit(2, 0, 18, ""), TextEdit(3, 0, 2, ""))
    ]
    assert view.cursor_turn() == (1, 4)


def test_pasting_several_lines_pastes_one(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE))
    heard = Heard(view)
    QApplication.clipboard().setText("раз\nдва\r\n\tтри\n")
    view.place_cursor(1, 2)
    qtbot.keySequence(view, QKeySequence(QKeySequence.StandardKey.Paste))
    assert texts_of(view)[0] == "Мыраз два три приехали"
    assert heard.actions == [(TextEdit(1, 2, 2, "раз два три"),)]


def test_cutting_over_turns_copies_lines_and_keeps_the_turns(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE))
    view.select_span(Span(1, 3, 2, 9))
    qtbot.keySequence(view, QKeySequence(QKeySequence.StandardKey.Cut))
    assert QApplication.clipboard().text() == "приехали\nв Белград"
    assert texts_of(view) == ["Мы ", " 😀 весной", "и остались"]


@pytest.mark.parametrize("committed", ["č", "日本", "два\nслова", "👩🏽"])
def test_input_methods_type_into_one_turn(show: Show, committed: str) -> None:
    view = show(transcript(THREE))
    heard = Heard(view)
    view.place_cursor(2, 10)
    composing = QInputMethodEvent("c", [])
    QApplication.sendEvent(view, composing)
    assert heard.edits == []
    event = QInputMethodEvent()
    event.setCommitString(committed)
    QApplication.sendEvent(view, event)
    line = committed.replace("\n", " ")
    assert heard.edits == [TextEdit(2, 10, 10, line)]
    assert texts_of(view)[1] == f"в Белград {line}😀 весной"


def test_an_input_method_over_several_turns_keeps_them(show: Show) -> None:
    view = show(transcript(THREE))
    view.select_span(Span(1, 2, 3, 1))
    event = QInputMethodEvent()
    event.setCommitString("ж")
    QApplication.sendEvent(view, event)
    assert texts_of(view) == ["Мыж", "", " остались"]


def test_undo_and_redo_are_asked_for_not_done(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE))
    type_text(view, "a")
    with qtbot.waitSignal(view.undo_requested):
        qtbot.keySequence(view, QKeySequence(QKeySequence.StandardKey.Undo))
    with qtbot.waitSignal(view.redo_requested):
        qtbot.keySequence(view, QKeySequence(QKeySequence.StandardKey.Redo))
    assert texts_of(view)[0] == "aМы приехали"
    assert not view.document().isUndoAvailable()


def test_what_breaks_the_turns_apart_is_taken_back(
    show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    view = show(transcript(THREE))
    heard = Heard(view)
    QTextCursor(view.document()).insertText("one\ntwo")
    assert texts_of(view) == list(THREE)
    assert heard.edits == []
    assert "taken back" in caplog.text


def test_random_typing_replayed_on_a_plain_copy_gives_the_same_text_and_spans(
    show: Show, qtbot: QtBot
) -> None:
    chance = random.Random(20)
    texts = ["аб\u0301в 😀 где", "👩🏽 ljudi č", "", "we stayed 𐌰 long"]
    full = transcript(
        texts, [tagging(1, 1, 1, 0, 1, 4), tagging(2, 2, 1, 5, 4, 2), tagging(3, 3, 2, 3, 2, 8)]
    )
    view = show(full)
    heard = Heard(view)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    none = Qt.KeyboardModifier.NoModifier
    keys = [
        (Qt.Key.Key_Backspace, none),
        (Qt.Key.Key_Backspace, control),
        (Qt.Key.Key_Delete, none),
        (Qt.Key.Key_Delete, control),
        (Qt.Key.Key_Return, none),
        (Qt.Key.Key_Left, none),
        (Qt.Key.Key_Right, shift),
        (Qt.Key.Key_Down, shift),
        (Qt.Key.Key_Up, none),
        (Qt.Key.Key_A, none),
        (Qt.Key.Key_Space, none),
        (Qt.Key.Key_K, control),
    ]
    for _ in range(1_500):
        told, had_selection = len(heard.edits), view.textCursor().hasSelection()
        kind = chance.random()
        if kind < 0.45:
            qtbot.keyClick(view, *chance.choice(keys))
        elif kind < 0.6:
            if chance.random() < 0.5:
                QApplication.sendEvent(view, QInputMethodEvent("ni", []))
            event = QInputMethodEvent()
            event.setCommitString(chance.choice(["ж", "😀", "\u0301", "👩\u200d👧", "dž"]))
            QApplication.sendEvent(view, event)
        elif kind < 0.75:
            view.insertFromMimeData(mime(chance.choice(["раз\nдва", "𐌰b", "слово", "\n"])))
        else:
            places = [(t, o) for t, text in enumerate(texts_of(view)) for o in range(len(text) + 1)]
            (first, start), (last, end) = sorted(chance.sample(places, 2))
            if chance.random() < 0.2:
                view.select_span(Span(first + 1, start, last + 1, end))
            else:
                view.place_cursor(first + 1, start)
        if not had_selection:
            assert not any(edit.text and edit.end > edit.start for edit in heard.edits[told:])
    assert len(heard.edits) > 500

    copy = TurnTexts.of(full.turns)
    spans: dict[int, Span] = {t.id: t.span for t in full.taggings}
    for edit in heard.edits:
        moved = shift_spans(spans.values(), edit, copy)
        spans = {key: span for key, span in zip(spans, moved, strict=True) if span is not None}
        copy = copy.with_text(edit.turn, edited_text(copy.text(edit.turn), edit))
    assert [copy.text(turn) for turn in copy.ids] == texts_of(view)
    assert spans == spans_of(view)
    assert [edit for action in heard.actions for edit in action] == heard.edits


# Refreshing


def test_a_refresh_after_a_split_keeps_cursor_and_scroll(show: Show, qtbot: QtBot) -> None:
    full = long_transcript(turns=300, words=4_000, taggings=50)
    view = show(full)
    view.scroll_to(200)
    view.place_cursor(203, 1)
    top = view.top_place()
    turn = full.turns[9]
    left = replace(turn, text=turn.text[:5])
    right = replace(turn, id=9_000, uuid="new", text=turn.text[5:] + " и ещё много слов" * 20)
    turns = (*full.turns[:9], left, right, *full.turns[10:])
    view.refresh(turns, full.taggings)
    assert texts_of(view) == [t.text for t in turns]
    assert view.cursor_turn() == (203, 1)
    assert view.top_place() == top


def test_a_refresh_touches_only_what_differs(show: Show) -> None:
    full = transcript(["один", "два", "три", "четыре"])
    view = show(full)
    changes: list[tuple[int, int, int]] = []
    view.document().contentsChange.connect(lambda *change: changes.append(change))
    view.refresh(full.turns, [tagging(1, 1, 2, 0, 2, 3)])
    assert changes == []
    assert spans_of(view) == {1: Span(2, 0, 2, 3)}
    turns = list(full.turns)
    turns[2] = replace(turns[2], text="трид")
    view.refresh(turns, [])
    assert changes == [(12, 0, 1)]


@pytest.mark.parametrize("seed", range(6))
def test_any_refresh_gives_the_archives_turns(show: Show, seed: int) -> None:
    chance = random.Random(seed)
    turns = list(make_turns([f"слово {n} 😀" for n in range(12)]))
    view = show(transcript([turn.text for turn in turns]))
    heard = Heard(view)
    fresh = 1_000
    for _ in range(60):
        at = chance.randrange(len(turns) + 1)
        kind = chance.random()
        if kind < 0.35 and turns:
            del turns[min(at, len(turns) - 1)]
        elif kind < 0.7:
            fresh += 1
            turns.insert(at, replace(make_turns(["новое"])[0], id=fresh))
        elif kind < 0.95 and turns:
            at = min(at, len(turns) - 1)
            turns[at] = replace(turns[at], text=chance.choice(["", "a", "𐌰 ж", "слово 3 😀"]))
        else:
            chance.shuffle(turns)
        view.refresh(turns, [])
        assert [turn.text for turn in view.document_copy.turns] == [t.text for t in turns]
        assert view.document().blockCount() == max(1, len(turns))
        if turns:
            texts_of(view)
    assert heard.edits == []


def test_edits_not_yet_saved_stay_when_the_archives_copy_comes(show: Show, qtbot: QtBot) -> None:
    full = transcript(THREE)
    view = show(full)
    heard = Heard(view)
    view.place_cursor(3, 10)
    type_text(view, "!")
    view.refresh(full.turns, [], unsaved=heard.edits)
    assert texts_of(view)[2] == "и остались!"
    assert view.cursor_turn() == (3, 11)


def test_an_edit_made_elsewhere_is_shown_and_not_told(show: Show) -> None:
    view = show(transcript(THREE, [tagging(1, 1, 2, 2, 2, 9)]))
    heard = Heard(view)
    view.apply_edit(TextEdit(2, 0, 1, "у😀"))
    assert texts_of(view)[1] == "у😀 Белград 😀 весной"
    assert spans_of(view) == {1: Span(2, 3, 2, 10)}
    assert heard.edits == []


# Looking


def test_a_click_on_a_timecode_plays_from_there(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE))
    margin = view.speaker_margin
    area = margin.timecode_area(view.visible_turns()[1])
    with qtbot.waitSignal(view.timecode_clicked) as told:
        qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=area.center().toPoint())
    assert told.args == [2, 10_000]


def test_a_strip_has_its_tags_name_and_can_be_clicked(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE, [tagging(5, 2, 1, 0, 2, 4), tagging(6, 3, 1, 3, 1, 8)]))
    strips = {strip.mark.key: strip for strip in view.tag_strips.strips()}
    assert strips[5].mark.name == "journey"
    assert strips[5].area.left() < strips[6].area.left()
    assert strips[5].area.bottom() > strips[6].area.bottom()
    with qtbot.waitSignal(view.tagging_clicked) as told:
        qtbot.mouseClick(
            view.tag_strips, Qt.MouseButton.LeftButton, pos=strips[6].area.center().toPoint()
        )
    assert told.args == [6]


def test_words_tell_the_names_of_their_tags(show: Show) -> None:
    view = show(
        transcript(THREE, [tagging(5, 2, 1, 0, 1, 8), tagging(6, 3, 1, 3, 1, 8)]),
        restrictions=[
            Restriction(
                1,
                "r",
                1,
                Audience.PUBLIC,
                transcript_id=1,
                span=Span(2, 0, 2, 5),
                until=date(2040, 1, 1),
                reason="family",
            )
        ],
    )
    cursor = QTextCursor(view.document())
    cursor.setPosition(view.position_of(0, 4))
    inside = QPointF(view.cursorRect(cursor).center()) + QPointF(2, 0)
    assert view.names_at(inside) == ["journey", "work"]
    cursor.setPosition(view.position_of(1, 2))
    inside = QPointF(view.cursorRect(cursor).center()) + QPointF(2, 0)
    assert view.names_at(inside) == ["Closed: family"]


def test_a_selection_over_turns_is_a_span_with_its_ends_on_text(show: Show) -> None:
    view = show(transcript(THREE))
    assert view.selection_span() is None
    view.select_span(Span(1, 11, 2, 12))
    assert view.selection_span() == Span(2, 0, 2, 12)
    view.select_span(Span(1, 2, 3, 1))
    assert view.selection_span() == Span(1, 2, 3, 1)


def test_the_column_holds_sixty_to_seventy_five_characters(show: Show) -> None:
    view = show(transcript(["слово и ljudi we stayed тамо " * 40]))
    view.resize(1_600, 700)
    QApplication.processEvents()
    layout = view.block_of(0).layout()
    lengths = [layout.lineAt(n).textLength() for n in range(1, layout.lineCount() - 1)]
    assert 60 <= sum(lengths) / len(lengths) <= 75
    margins = view.viewport().geometry()
    assert abs(margins.left() - (view.width() - margins.right())) < 200


def test_the_page_follows_the_sound_until_the_person_scrolls(show: Show, qtbot: QtBot) -> None:
    view = show(long_transcript(turns=200, words=3_000, taggings=10))

    def is_in_sight(turn_id: int) -> bool:
        height = view.viewport().height()
        return any(
            view.document_copy.turns[turn.place].id == turn_id and 0 <= turn.area.top() < height
            for turn in view.visible_turns()
        )

    view.set_playing_turn(150)
    assert is_in_sight(150)
    with qtbot.waitSignal(view.following_changed) as told:
        qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert told.args == [False]
    view.set_playing_turn(20)
    assert not is_in_sight(20)
    view.follow_sound()
    assert is_in_sight(20)


def test_matches_are_shown_and_move_with_the_text(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE))
    view.show_matches([Span(2, 2, 2, 9)], current=0)
    view.place_cursor(2, 0)
    type_text(view, "и ")
    [mark] = view.document_copy.marks.values()
    assert mark.span == Span(2, 4, 2, 11)
    view.show_matches([])
    assert view.document_copy.marks == {}


def test_another_audience_reads_the_released_copy_and_cannot_type(show: Show, qtbot: QtBot) -> None:
    view = show(transcript(THREE))
    heard = Heard(view)
    released = ReleasedTranscript(
        1,
        "transcript",
        "ru",
        TranscriptKind.VERBATIM,
        (
            ReleasedTurn(1, 1, "Viktor", 5_000, None, "Мы [passage closed]", withheld=((3, 19),)),
            ReleasedTurn(2, 2, "Ana", None, None, "в Белград"),
        ),
        (ReleasedTagging("u", {"en": "work"}, ("work",), "", 2, 0, 2, 9, "в Белград"),),
    )
    view.show_released(released)
    type_text(view, "abc")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    view.insertFromMimeData(mime("x"))
    view.cut_selection()
    assert texts_of(view) == ["Мы [passage closed]", "в Белград"]
    assert (heard.edits, heard.splits, heard.merges) == ([], [], [])
    kinds = sorted(mark.kind.value for mark in view.document_copy.marks.values())
    assert kinds == ["closed", "tag"]
    view.grab()


def test_an_empty_transcript_can_be_shown_and_filled(show: Show, qtbot: QtBot) -> None:
    view = show(transcript([]))
    type_text(view, "abc")
    assert view.selection_span() is None
    assert view.cursor_turn() is None
    view.grab()
    view.refresh(make_turns(["первое"]), [])
    assert texts_of(view) == ["первое"]
    view.place_cursor(1, 6)
    type_text(view, "!")
    assert texts_of(view) == ["первое!"]


def test_the_menu_can_be_added_to(show: Show) -> None:
    view = show(transcript(THREE))
    view.select_span(Span(1, 0, 1, 2))
    spans: list[object] = []

    def add(menu: object, span: object) -> None:
        spans.append(span)
        menu.addAction("Tag…")  # pyright: ignore[reportAttributeAccessIssue]

    view.menu_asked.connect(add)
    titles = [action.text() for action in view.make_menu().actions()]
    assert titles[-1] == "Tag…"
    assert "Cut" in titles
    assert spans == [Span(1, 0, 1, 2)]


def test_the_view_has_a_name_and_says_how_it_works(show: Show) -> None:
    view = show(transcript(THREE))
    for widget in (view, view.speaker_margin, view.tag_strips):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)
    assert "Enter" in QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Description)


@pytest.mark.usefixtures("dark")
def test_everything_can_be_painted_in_the_dark(show: Show) -> None:
    full = long_transcript(turns=60, words=2_000, taggings=200)
    restriction = Restriction(
        1, "r", 1, Audience.PUBLIC, transcript_id=1, span=Span(1, 0, 2, 1), reason=""
    )
    view = show(full, restrictions=[restriction])
    view.set_playing_turn(2)
    picture = view.grab().toImage()
    assert picture.pixelColor(QPoint(2, 2)).lightness() < 60


def test_one_turn_of_an_hour_is_drawn_as_fast_as_short_ones(show: Show) -> None:
    words = "и мы тогда ещё не знали " * 2_000
    taggings = [tagging(n, 1 + n % 5, 1, n * 90, 1, n * 90 + 300) for n in range(1, 500)]
    view = show(transcript([words, "конец"], taggings))
    view.scroll_to(1, 30_000)
    assert len(view.tag_strips.strips()) == len(taggings)
    areas = [
        area
        for turn in view.visible_turns()
        for area, _ in line_stretches(turn, words, 0, len(words), bottom=view.viewport().height())
    ]
    assert 10 < len(areas) < 60
    assert all(-100 < area.top() <= view.viewport().height() for area in areas)
