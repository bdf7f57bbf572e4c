"""Typing in a transcript: each change becomes an edit of one turn; the turns stay what they are.

Words are changed at once and told by signals; what would make two turns of one,
or one of two, is only asked for. Qt's own undo is off: there is one history.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from archive_app.domain.records import Span
from archive_app.domain.spans import TextEdit
from archive_app.gui.transcript_document import TranscriptDocument
from archive_app.gui.transcript_typing import edit_of_change, one_line
from archive_app.gui.utf16 import points_before, units_before, units_length

log = logging.getLogger(__name__)

_Keys = QKeySequence.StandardKey
_Move = QTextCursor.MoveOperation
_KEEP = QTextCursor.MoveMode.KeepAnchor
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_DELETIONS = (
    (_Keys.DeleteStartOfWord, _Move.PreviousWord),
    (_Keys.DeleteEndOfWord, _Move.NextWord),
    (_Keys.DeleteEndOfLine, _Move.EndOfLine),
    (_Keys.Delete, _Move.NextCharacter),
)


class TranscriptEditing(QTextEdit):
    """A text editor of one block a turn that tells every edit and never joins or parts turns."""

    text_edited = Signal(int, int, int, str)
    """(turn id, start, end, text): already done in the window; code points."""
    edits_made = Signal(object)
    """The same, once for each thing the person did: a tuple of TextEdit."""
    split_requested = Signal(int, int)
    """(turn id, offset): the person wants to part a turn."""
    merge_requested = Signal(int)
    """The turn that shall take in the one after it."""
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document_copy = TranscriptDocument()
        self._is_applying = False
        self._action: list[TextEdit] | None = None
        self._expected: tuple[int, int, int] | None = None
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)

    # Places ---------------------------------------------------------------

    def block_of(self, place: int) -> QTextBlock:
        """Return the block of the turn at a place."""
        return self.document().findBlockByNumber(place)

    def place_of(self, position: int) -> tuple[int, int]:
        """Return (place of the turn, offset in code points) of a position in the document."""
        block = self.document().findBlock(position)
        place = min(max(block.blockNumber(), 0), len(self.document_copy.turns) - 1)
        text = self.document_copy.turns[place].text
        return place, min(points_before(text, position - block.position()), len(text))

    def position_of(self, place: int, offset: int) -> int:
        """Return the position in the document of an offset in code points."""
        text = self.document_copy.turns[place].text
        return self.block_of(place).position() + units_before(text, min(offset, len(text)))

    def cursor_turn(self) -> tuple[int, int] | None:
        """Return (turn id, offset) of the text cursor, or ``None`` in an empty transcript."""
        if not self.document_copy.turns:
            return None
        place, offset = self.place_of(self.textCursor().position())
        return self.document_copy.turns[place].id, offset

    def selection_span(self) -> Span | None:
        """Return what is selected, or ``None`` if nothing is."""
        cursor = self.textCursor()
        if not cursor.hasSelection() or not self.document_copy.turns:
            return None
        start = self.place_of(cursor.selectionStart())
        return self.document_copy.span_between(start, self.place_of(cursor.selectionEnd()))

    def select_span(self, span: Span) -> None:
        """Select a span; one whose turns are not here is left aside."""
        document = self.document_copy
        if span.start_turn not in document or span.end_turn not in document:
            return
        cursor = self.textCursor()
        cursor.setPosition(self.position_of(document.place(span.start_turn), span.start))
        cursor.setPosition(self.position_of(document.place(span.end_turn), span.end), _KEEP)
        self.setTextCursor(cursor)

    def place_cursor(self, turn_id: int, offset: int = 0) -> None:
        """Put the text cursor somewhere, if the turn is here."""
        if turn_id in self.document_copy:
            cursor = self.textCursor()
            cursor.setPosition(self.position_of(self.document_copy.place(turn_id), offset))
            self.setTextCursor(cursor)

    # Editing --------------------------------------------------------------

    def replace_selection(self, text: str) -> None:
        """Replace what is selected (or nothing, at the cursor) by one line of text.

        Over several turns each loses its selected words and stays; the text goes
        into the first.
        """
        cursor = self.textCursor()
        if not self._crosses_turns(cursor):
            cursor.insertText(text)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
            return
        first, start = self.place_of(cursor.selectionStart())
        last, end = self.place_of(cursor.selectionEnd())
        with self._one_action():
            for place in range(first, last + 1):
                turn = self.document_copy.turns[place]
                from_ = start if place == first else 0
                to = end if place == last else len(turn.text)
                self._replace(place, from_, to, text if place == first else "")
        turn_id = self.document_copy.turns[first].id
        self.place_cursor(turn_id, start + len(text))

    def _replace(self, place: int, start: int, end: int, text: str) -> None:
        if start == end and not text:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.position_of(place, start))
        cursor.setPosition(self.position_of(place, end), _KEEP)
        cursor.insertText(text)

    def _crosses_turns(self, cursor: QTextCursor) -> bool:
        if not cursor.hasSelection():
            return False
        document = self.document()
        first = document.findBlock(cursor.selectionStart())
        return first != document.findBlock(cursor.selectionEnd())

    @contextlib.contextmanager
    def _one_action(self) -> Iterator[None]:
        """Gather the edits within, to be told together."""
        if self._action is not None:
            yield
            return
        self._action = []
        try:
            yield
        finally:
            made, self._action = tuple(self._action), None
            if made:
                self.edits_made.emit(made)

    @contextlib.contextmanager
    def _applying(self) -> Iterator[None]:
        """Change the document without telling it as the person's edit."""
        was, self._is_applying = self._is_applying, True
        try:
            yield
        finally:
            self._is_applying = was

    def _contents_changed(self, position: int, removed: int, added: int) -> None:
        if self._is_applying:
            return
        document, turns = self.document(), self.document_copy.turns
        if not turns or document.blockCount() != len(turns):
            log.warning("an edit that would have joined or parted turns was taken back")
            self._restore()
            return
        first = document.findBlock(position)
        last = document.findBlock(position + added)
        with self._one_action():
            if first == last or not last.isValid():
                self._tell_change(first, position - first.position(), removed, added)
                return
            block = first
            while block.isValid() and block.blockNumber() <= last.blockNumber():
                self._tell_change(block, 0, block.length() - 1, block.length() - 1)
                block = block.next()

    def _tell_change(self, block: QTextBlock, at: int, removed: int, added: int) -> None:
        turn = self.document_copy.turns[block.blockNumber()]
        if self._expected is not None:
            at, removed, added = self._expected
        edit = edit_of_change(
            turn.id,
            turn.text,
            block.text(),
            at_units=at,
            removed_units=removed,
            added_units=added,
        )
        if edit is None:
            return
        self.document_copy.edit(edit)
        if self._action is not None:
            self._action.append(edit)
        self.text_edited.emit(edit.turn, edit.start, edit.end, edit.text)

    def _restore(self) -> None:
        """Set the document anew from the copy, after something broke the blocks apart."""
        raise NotImplementedError

    # Keys and input methods -----------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, or ask for what typing alone may not do."""
        if self.isReadOnly() or not self.document_copy.turns:
            super().keyPressEvent(event)
            return
        with self._one_action():
            if not self._take_key(event):
                super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.matches(_Keys.Undo):
            self.undo_requested.emit()
            return True
        if event.matches(_Keys.Redo):
            self.redo_requested.emit()
            return True
        if event.matches(_Keys.Cut):
            self.cut_selection()
            return True
        is_command = bool(event.modifiers() & _COMMANDS)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if is_command:
                event.ignore()
            else:
                self._request_split()
            return True
        if event.key() == Qt.Key.Key_Backspace and not is_command:
            return self._take_deletion(_Move.PreviousCharacter)
        for key, move in _DELETIONS:
            if event.matches(key):
                return self._take_deletion(move)
        if event.matches(_Keys.DeleteCompleteLine):
            return True
        typed = event.text()
        if typed.isprintable() and typed and self._crosses_turns(self.textCursor()):
            self.replace_selection(typed)
            return True
        return False

    def _request_split(self) -> None:
        if self.textCursor().hasSelection():
            self.replace_selection("")
        where = self.cursor_turn()
        if where is not None:
            self.split_requested.emit(*where)

    def _take_deletion(self, move: QTextCursor.MoveOperation) -> bool:
        """Delete a selection, or ask for a merge at a turn's edge; else leave it to Qt."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            self.replace_selection("")
            return True
        beyond = QTextCursor(cursor)
        beyond.movePosition(move, _KEEP)
        if move is _Move.EndOfLine and cursor.atBlockEnd():
            return True
        if not self._crosses_turns(beyond):
            return False
        place, _ = self.place_of(min(beyond.position(), cursor.position()))
        if cursor.atBlockStart() or cursor.atBlockEnd():
            self.merge_requested.emit(self.document_copy.turns[place].id)
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method composed."""
        commit = event.commitString()
        is_input = bool(commit or event.preeditString())
        if self.isReadOnly() or not self.document_copy.turns:
            event.ignore()
            return
        with self._one_action():
            if is_input and self._crosses_turns(self.textCursor()):
                self.replace_selection("")
            line = one_line(commit)
            self._expect_commit(event, units_length(line))
            if line != commit:
                clean = QInputMethodEvent(event.preeditString(), event.attributes())
                clean.setCommitString(line, event.replacementStart(), event.replacementLength())
                event = clean
            super().inputMethodEvent(event)
            self._expected = None

    def _expect_commit(self, event: QInputMethodEvent, added: int) -> None:
        """Foresee the change: composing marks the whole turn as changed, so Qt reports too much."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            at, removed = cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart()
        else:
            at = cursor.position() + event.replacementStart()
            removed = event.replacementLength()
        block = self.document().findBlock(at)
        self._expected = (at - block.position(), removed, added)

    # Clipboard and dragging -----------------------------------------------

    def cut_selection(self) -> None:
        """Put what is selected on the clipboard and take it out of the text."""
        if self.textCursor().hasSelection():
            QApplication.clipboard().setMimeData(self.createMimeDataFromSelection())
            self.replace_selection("")

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the words alone, a line for each turn."""
        mime = QMimeData()
        mime.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return mime

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text and nothing else."""
        return source.hasText() and not self.isReadOnly() and bool(self.document_copy.turns)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text as one line: pasting never makes turns."""
        if self.canInsertFromMimeData(source):
            with self._one_action():
                self.replace_selection(one_line(source.text()))

    def dropEvent(self, event: QDropEvent) -> None:
        """Take dropped text as if it were pasted where it was let go; nothing is moved away."""
        if not self.canInsertFromMimeData(event.mimeData()):
            event.ignore()
            return
        self.setTextCursor(self.cursorForPosition(event.position().toPoint()))
        self.insertFromMimeData(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a new selection even inside one: testimony is not dragged about by a slip."""
        if event.button() == Qt.MouseButton.LeftButton and self.textCursor().hasSelection():
            is_extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not is_extending:
                cursor = self.textCursor()
                cursor.clearSelection()
                self.setTextCursor(cursor)
        super().mousePressEvent(event)
