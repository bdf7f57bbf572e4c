"""What the page holds after its own operations is what the archive would tell it anew."""

from __future__ import annotations

import random

import pytest
from letters import type_text
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from typing_material import page_on, stored

from archive_app.domain.records import Span
from archive_app.gui.interview_data import load
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.session import Session
from archive_app.gui.transcript_document import MarkKind
from archive_app.gui.transcript_view import TranscriptView
from archive_app.work import footnotes

pytest_plugins = ["page_material"]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    made = page_on(session)
    qtbot.addWidget(made)
    return made


def expect_in_step(page: InterviewPage, qtbot: QtBot) -> None:
    """Compare with the interview read anew, in the records, the marks and the text."""
    session, loaded = page.session, page.loaded
    assert loaded is not None
    assert loaded.file is not None
    fresh = load(session.archive, 1, session.audience, session.today())
    assert fresh.file is not None
    assert loaded.file.transcripts == fresh.file.transcripts
    assert loaded.file.restrictions == fresh.file.restrictions
    assert [one.tagging for one in loaded.orphans] == [one.tagging for one in fresh.orphans]
    assert loaded.operation_id == fresh.operation_id
    full = fresh.transcript(1)
    assert full is not None
    other = TranscriptView()
    qtbot.addWidget(other)
    other.show_transcript(full, speakers=fresh.speakers(), tags=fresh.tags,
                          restrictions=fresh.file.restrictions)  # fmt: skip
    view = page.pane.view
    assert view.document_copy.turns == other.document_copy.turns
    assert view.toPlainText() == other.toPlainText()
    kinds = (MarkKind.TAG, MarkKind.CLOSED, MarkKind.FOOTNOTE)
    ours = {key: one.span for key, one in view.document_copy.marks.items() if key[0] in kinds}
    assert ours == {key: one.span for key, one in other.document_copy.marks.items()}


def do_something(page: InterviewPage, qtbot: QtBot, chance: random.Random) -> str:
    view = page.pane.view
    turns = [turn for turn in view.document_copy.turns if turn.text] or view.document_copy.turns
    turn = chance.choice(turns)
    at = chance.randrange(len(turn.text) + 1)
    view.place_cursor(turn.id, at)
    what = chance.choice(
        ("type", "delete", "enter", "merge", "remove", "tag", "note", "speaker", "undo", "undo",
         "redo")
    )  # fmt: skip
    if what == "type":
        type_text(view, "да ")
        page.editor.saver.flush()
    elif what == "delete":
        end = min(len(turn.text), at + chance.randrange(1, 12))
        view.select_span(Span(turn.id, at, turn.id, end))
        view.replace_selection("")
        page.editor.saver.flush()
    elif what == "enter":
        qtbot.keyClick(view, Qt.Key.Key_Return)
    elif what == "merge":
        page.editor.merge_here()
    elif what == "remove":
        page.editor.delete_turn()
    elif what == "tag" and turn.text:
        page.tagger.lay(1, Span(turn.id, 0, turn.id, len(turn.text)))
    elif what == "note":
        page.editor.write(footnotes.add_footnote, turn.id, at, "A note.")
    elif what == "speaker":
        page.editor.set_speaker(chance.choice(("Somebody", "M", turn.speaker)))
    elif what == "undo":
        page.editor.undo()
    elif what == "redo":
        page.editor.redo()
    return what


@pytest.mark.parametrize("seed", range(4))
def test_after_any_operation_the_page_is_in_step_with_the_archive(
    page: InterviewPage, qtbot: QtBot, seed: int
) -> None:
    chance = random.Random(seed)
    # Undoing where there is nothing to undo is refused, and says so.
    page.session.error.connect(lambda _: None)
    for _ in range(25):
        do_something(page, qtbot, chance)
        # What was typed is shown already; the columns beside the text hear of it at rest.
        page.patching._at_rest()
        expect_in_step(page, qtbot)


def test_an_operation_of_another_page_is_read_whole(page: InterviewPage, qtbot: QtBot) -> None:
    turn = stored(page.session)[2]
    page.session.write(footnotes.add_footnote, turn.id, 2, "From elsewhere.")
    expect_in_step(page, qtbot)
    page.session.undo(1)
    expect_in_step(page, qtbot)
