"""Pictures of the interview's page at work: two columns, lost tags, a part being divided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive_app.domain.spans import TextEdit
from archive_app.work import history, transcripts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from archive_app.gui.main_window import MainWindow

_LATER_MS = 60_000
_SCROLLED_PX = 460


def beside(window: MainWindow, _: Path) -> QWidget:
    """Show a translation beside its original."""
    page = _page(window)
    page.player.seek(_LATER_MS)
    window.actions_by_name["view.beside"].setChecked(True)
    page.pane.view.verticalScrollBar().setValue(_SCROLLED_PX)
    return window


def lost_tags(window: MainWindow, _: Path) -> QWidget:
    """Show the tray after two tagged passages were deleted, one of them typed again elsewhere."""
    page = _page(window)
    full = page.loaded.transcript(page.transcript_id)
    laid = [one for one in full.taggings if one.span.start_turn == one.span.end_turn]
    first = laid[0]
    other = next(one for one in laid if one.span.start_turn != first.span.start_turn)
    there = full.turns[-1]
    edits = [
        *(TextEdit(one.span.start_turn, one.span.start, one.span.end, "")
          for one in (first, other)),
        TextEdit(there.id, len(there.text), len(there.text), f" {first.quote}."),
    ]  # fmt: skip
    page.session.write(transcripts.edit_text, page.transcript_id, edits)
    page.reload()
    window.actions_by_name["tags.lost"].trigger()
    return window


def part(window: MainWindow, _: Path) -> QWidget:
    """Show the form of a part of the table of contents."""
    page = _page(window)
    page.contents.choose_row(1)
    window.actions_by_name["contents.edit"].trigger()
    return window


def put_away(window: MainWindow) -> None:
    """Put everything back as it was before the picture."""
    if window.page is not window.page_named("interview"):
        return
    session, page = window.session, window.page_named("interview")
    if session is None or page is None:
        return
    known = window.actions_by_name
    if known["view.beside"].isChecked():
        known["view.beside"].setChecked(False)
    for one in page.parts:
        one.leave()
    with session.archive.read() as reader:
        last = reader.operations(1)
    if last and last[0].label == "Edit text" and not last[0].is_undone:
        session.write(history.undo)
        page.reload()


def _page(window: MainWindow) -> Any:
    window.open_interview(1)
    return window.page
