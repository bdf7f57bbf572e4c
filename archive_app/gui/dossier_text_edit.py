"""The field in which a scholar writes: only what a dossier can print can be made in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from archive_app.domain import rich_text
from archive_app.domain.rich_text import BlockKind, RichText
from archive_app.errors import BadValue
from archive_app.gui import dossier_text_document as made
from archive_app.gui import dossier_text_reading as read
from archive_app.gui.dossier_text_notes import NoteCalls
from archive_app.gui.theme import theme
from archive_app.translation import tr

OWN_KIND = "application/x-oral-history-rich-text"
KIND_KEYS = {
    Qt.Key.Key_0: BlockKind.PARAGRAPH,
    Qt.Key.Key_1: BlockKind.HEADING,
    Qt.Key.Key_7: BlockKind.NUMBER,
    Qt.Key.Key_8: BlockKind.BULLET,
    Qt.Key.Key_9: BlockKind.QUOTE,
}
"""With Ctrl and Alt."""


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note and where its character stands, in Qt's units."""

    position: int
    words: str


class RichTextEdit(QTextEdit):
    """Headings, lists, quotations, bold, italic and notes; what is pasted is reduced to them."""

    notes_changed = Signal()
    look_changed = Signal()
    """The cursor came to text of another look or kind, or it was changed there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Your own text"))
        self.setTabChangesFocus(True)
        self.setFont(theme().testimony_font())
        self.document().setDefaultFont(theme().testimony_font())
        self.document().setDocumentMargin(16)
        self._calls = NoteCalls(self)
        self.document().documentLayout().registerHandler(read.NOTE_OBJECT, self._calls)
        self._notes: tuple[PlacedNote, ...] = ()
        self.document().contentsChanged.connect(self._count_notes)
        self.currentCharFormatChanged.connect(lambda _: self.look_changed.emit())
        self.cursorPositionChanged.connect(self.look_changed)

    # The whole ----------------------------------------------------------------

    def show_text(self, text: RichText) -> None:
        """Show a text; what was written before cannot be taken back any more."""
        made.fill(self.document(), text)
        self.document().clearUndoRedoStacks()
        self.document().setModified(False)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def rich_text(self) -> RichText:
        """Return what stands in the field."""
        return read.rich_text_of(self.document())

    # Kinds and looks ------------------------------------------------------------

    def kind(self) -> BlockKind:
        """Return what the cursor's block is."""
        return read.kind_of(self.textCursor().block())

    def set_kind(self, kind: BlockKind) -> None:
        """Make the blocks that are chosen paragraphs, headings, entries of a list, quotations."""
        made.shape_blocks(self.textCursor(), kind)
        self.setCurrentCharFormat(made.text_look(kind))
        self.look_changed.emit()

    def is_bold(self) -> bool:
        """Tell whether what is written next is bold."""
        return self.currentCharFormat().boolProperty(read.IS_BOLD)

    def is_italic(self) -> bool:
        """Tell whether what is written next is italic."""
        return self.currentCharFormat().fontItalic()

    def set_bold(self, is_bold: bool) -> None:
        """Make what is chosen, or written next, bold or not."""
        self._set_look(is_bold=is_bold)

    def set_italic(self, is_italic: bool) -> None:
        """Make what is chosen, or written next, italic or not."""
        self._set_look(is_italic=is_italic)

    def _set_look(self, *, is_bold: bool | None = None, is_italic: bool | None = None) -> None:
        look = made.text_look(self.kind(), is_bold=bool(is_bold), is_italic=bool(is_italic))
        if is_bold is None:
            look.clearProperty(read.IS_BOLD)
            look.clearProperty(QTextFormat.Property.FontWeight.value)
        if is_italic is None:
            look.clearProperty(QTextFormat.Property.FontItalic.value)
        look.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        self.mergeCurrentCharFormat(look)
        self.look_changed.emit()

    # Notes ----------------------------------------------------------------------

    def notes(self) -> Sequence[PlacedNote]:
        """Return the notes in the order of the text."""
        return self._notes

    def put_note(self, words: str) -> None:
        """Call for a note behind what is chosen."""
        words = read.fit(words).strip()
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        look = cursor.charFormat()
        if look.objectType() == read.NOTE_OBJECT:
            look = made.text_look(self.kind())
        cursor.beginEditBlock()
        cursor.insertText(read.OBJECT, made.note_look(words))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(look)

    def change_note(self, number: int, words: str) -> None:
        """Give a note (from 0) other words; without any it is taken out."""
        cursor = self._at_note(number)
        words = read.fit(words).strip()
        if words:
            cursor.setCharFormat(made.note_look(words))
        else:
            cursor.removeSelectedText()

    def go_to_note(self, number: int) -> None:
        """Put the cursor behind a note (from 0)."""
        cursor = self._at_note(number)
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _at_note(self, number: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._notes[number].position)
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _count_notes(self) -> None:
        found: list[PlacedNote] = []
        for block in read.blocks_of(self.document()):
            if read.OBJECT not in block.text():
                continue
            at = block.begin()
            while not at.atEnd():
                fragment = at.fragment()
                words = read.note_words(fragment.charFormat())
                if words:
                    places = range(fragment.position(), fragment.position() + fragment.length())
                    found += [PlacedNote(place, words) for place in places]
                at += 1
        if tuple(found) != self._notes:
            self._notes = tuple(found)
            self._calls.numbers = {one.position: n for n, one in enumerate(found, 1)}
            self.viewport().update()
            self.notes_changed.emit()

    # Keys, copying and pasting --------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends a heading and an empty entry; Backspace at a beginning undoes the kind."""
        moving = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        key = Qt.Key(event.key())
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        cursor = self.textCursor()
        if moving == control_alt and key in KIND_KEYS:
            self.set_kind(KIND_KEYS[key])
        elif is_enter and moving in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
        ):  # fmt: skip
            self._break_block()
        elif (
            key == Qt.Key.Key_Backspace
            and not cursor.hasSelection()
            and cursor.atBlockStart()
            and self.kind() is not BlockKind.PARAGRAPH
        ):
            self.set_kind(BlockKind.PARAGRAPH)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _break_block(self) -> None:
        cursor = self.textCursor()
        kind = self.kind()
        if not cursor.block().text() and kind is not BlockKind.PARAGRAPH:
            self.set_kind(BlockKind.PARAGRAPH)
            return
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        is_at_end = cursor.atBlockEnd()
        cursor.insertBlock()
        if kind is BlockKind.HEADING and is_at_end:
            made.shape_blocks(cursor, BlockKind.PARAGRAPH)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        if kind is BlockKind.HEADING and is_at_end:
            self.setCurrentCharFormat(made.text_look(BlockKind.PARAGRAPH))
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the words for others, and with their looks and notes for such a field."""
        document = QTextDocument()
        QTextCursor(document).insertFragment(QTextDocumentFragment(self.textCursor()))
        copied = read.rich_text_of(document)
        mime = QMimeData()
        mime.setText(rich_text.plain(copied))
        mime.setData(OWN_KIND, rich_text.to_json(copied).encode())
        return mime

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words, with their looks where they have some; no pictures, no files."""
        return source.hasFormat(OWN_KIND) or source.hasHtml() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put in what a dossier can print of it."""
        text: RichText = ()
        if source.hasFormat(OWN_KIND):
            try:
                text = rich_text.from_json(bytes(source.data(OWN_KIND).data()).decode())
            except (BadValue, UnicodeDecodeError):
                text = rich_text.from_plain(source.text())
        elif source.hasHtml():
            text = read.foreign(source.html())
        else:
            text = rich_text.from_plain(source.text())
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        made.insert(cursor, text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
