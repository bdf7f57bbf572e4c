"""Footnotes of the transcript that is shown: a dagger in the text, a list beside it."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from archive_app.domain.records import Span
from archive_app.gui.footnotes_dialog import FootnoteDialog, FootnoteList, ShownNote
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.transcript_document import MarkKind
from archive_app.translation import tr
from archive_app.work import footnotes

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage

WORDS_SHOWN = 40


class Footnotes(PagePart):
    """Adds a footnote at the cursor; lists, changes and deletes them."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.view = page.pane.view
        self.list: FootnoteList | None = None

    def add_actions(self, add: AddAction) -> None:
        """Register them."""
        add("interview.footnote", tr("Foot&note…"), self.ask, "Ctrl+Alt+F", icon="note",
            tip=tr("Set a footnote behind the word at the cursor"))  # fmt: skip
        add("interview.footnotes", tr("List of footnotes…"), self.show_list, "Ctrl+Alt+L",
            tip=tr("Read, change and delete the footnotes of this transcript"))  # fmt: skip

    def allow_actions(self) -> None:
        """Only staff write footnotes."""
        reason = self.session.why_not or tr("Open an interview with a transcript first.")
        may = self.session.can_edit and bool(self.page.transcript_id)
        for name in ("interview.footnote", "interview.footnotes"):
            self.session.actions.allow(name, may, reason)

    # What the page shows ----------------------------------------------------

    def show_loaded(self, loaded: Loaded) -> None:
        """Bring the list into step."""
        del loaded
        if self.list is not None and self.list.isVisible():
            self.list.show_notes(self.notes())

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:
        """Bring the list into step, if words were changed."""
        if turns:
            self.show_loaded(loaded)

    def show_nothing(self) -> None:
        """Close the list: it is of no text any more."""
        if self.list is not None:
            self.list.close()

    def leave(self) -> None:
        """Another interview has other footnotes."""
        self.show_nothing()

    def notes(self) -> list[ShownNote]:
        """Return the transcript's footnotes in the order of the text."""
        loaded = self.page.loaded
        full = loaded.transcript(self.page.transcript_id) if loaded else None
        return [
            ShownNote(note.id, turn.id, note.offset,
                      turn.text[max(0, note.offset - WORDS_SHOWN) : note.offset],
                      note.text, note.link)
            for turn in (full.turns if full else ())
            for note in turn.footnotes
        ]  # fmt: skip

    # What is asked for ------------------------------------------------------

    def ask(self) -> None:
        """Ask for the text of a footnote behind the cursor's word, or of the one that is there."""
        here = self._here()
        if here is not None:
            self.ask_change(here)
            return
        where, span = self.view.cursor_turn(), self.view.selection_span()
        if where is None or not self.session.can_edit:
            return
        turn_id, offset = (span.end_turn, span.end) if span is not None else where
        text = self.view.document_copy.turn(turn_id).text
        if span is None:
            offset = _word_end(text, offset)
        dialog = FootnoteDialog(
            tr("Footnote"), text[max(0, offset - WORDS_SHOWN) : offset], parent=self.page
        )
        dialog.given.connect(
            lambda text, link: self.page.editor.write(
                footnotes.add_footnote, turn_id, offset, text, link
            )
        )
        self._open(dialog)

    def _here(self) -> ShownNote | None:
        """Return the footnote that stands at the cursor."""
        marks = self.page.editor.marks_here(MarkKind.FOOTNOTE)
        keys = {mark.key for mark in marks}
        return next((note for note in self.notes() if note.id in keys), None)

    def ask_change(self, note: ShownNote) -> None:
        """Ask for another text of a footnote."""
        dialog = FootnoteDialog(
            tr("Change footnote"), note.words, text=note.text, link=note.link, parent=self.page
        )
        dialog.given.connect(
            lambda text, link: self.page.editor.write(
                footnotes.change_footnote, note.id, text=text, link=link
            )
        )
        self._open(dialog)

    def _open(self, dialog: FootnoteDialog) -> None:
        self.page.dialog = dialog
        dialog.open()

    def delete(self, footnote_id: int) -> None:
        """Take a footnote out; undo brings it back."""
        self.page.editor.write(footnotes.delete_footnote, footnote_id)

    def show_list(self) -> None:
        """List the footnotes in a window beside the text."""
        if self.list is None:
            made = self.list = FootnoteList(self.page)
            made.chosen.connect(self._show_place)
            made.change_asked.connect(self.ask_change)
            made.delete_asked.connect(self.delete)
        self.list.show()
        self.list.show_notes(self.notes())
        self.list.raise_()

    def _show_place(self, note: ShownNote) -> None:
        self.view.place_cursor(note.turn_id, note.offset)
        self.view.scroll_to(note.turn_id, note.offset)

    def fill_menu(self, menu: QMenu, span: Span | None) -> None:
        """Offer to change or delete the footnote at the cursor."""
        del span
        here = self._here() if self.session.can_edit else None
        if here is not None:
            menu.addSeparator()
            menu.addAction(tr("Change footnote…")).triggered.connect(lambda: self.ask_change(here))
            menu.addAction(tr("Delete footnote")).triggered.connect(lambda: self.delete(here.id))


def _word_end(text: str, offset: int) -> int:
    """Return the end of the word that an offset is in, with the marks that follow it."""
    while offset < len(text) and not text[offset].isspace():
        offset += 1
    return offset
