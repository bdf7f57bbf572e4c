"""A scholar's own text put into a document of Qt: nothing else fits between them.

A heading is Qt's heading level 1, a quotation its quote level 1, an entry of a list a
member of a ``QTextList``. A note is one character, an object whose format holds its
words. ``dossier_text_reading`` is the way back.
"""

from __future__ import annotations

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextListFormat,
)

from archive_app.domain.rich_text import BlockKind, RichText
from archive_app.gui.dossier_text_reading import (
    IS_BOLD,
    NOTE_OBJECT,
    NOTE_WORDS,
    OBJECT,
    blocks_of,
    kind_of,
    normal,
    pieces,
)
from archive_app.gui.theme import STEP
from archive_app.gui.utf16 import units_length

HEADING_SIZE = 2
"""Steps by which Qt's size of text grows in a heading."""
LIST_STYLES = {
    BlockKind.BULLET: QTextListFormat.Style.ListDisc,
    BlockKind.NUMBER: QTextListFormat.Style.ListDecimal,
}


def text_look(
    kind: BlockKind, *, is_bold: bool = False, is_italic: bool = False
) -> QTextCharFormat:
    """Return how text looks in a block of a kind."""
    look = QTextCharFormat()
    look.setProperty(IS_BOLD, is_bold)
    look.setFontItalic(is_italic)
    heavy = QFont.Weight.DemiBold if kind is BlockKind.HEADING else QFont.Weight.Normal
    look.setFontWeight(QFont.Weight.Bold if is_bold else heavy)
    if kind is BlockKind.HEADING:
        look.setProperty(QTextFormat.Property.FontSizeAdjustment, HEADING_SIZE)
    return look


def note_look(words: str) -> QTextCharFormat:
    """Return the format of a note's character."""
    look = QTextCharFormat()
    look.setObjectType(NOTE_OBJECT)
    look.setProperty(NOTE_WORDS, words)
    look.setToolTip(words)
    return look


def block_look(kind: BlockKind) -> QTextBlockFormat:
    """Return how a block of a kind stands on the page."""
    shape = QTextBlockFormat()
    shape.setBottomMargin(1.5 * STEP)
    if kind is BlockKind.HEADING:
        shape.setHeadingLevel(1)
        shape.setTopMargin(2 * STEP)
    elif kind is BlockKind.QUOTE:
        shape.setProperty(QTextFormat.Property.BlockQuoteLevel, 1)
        shape.setLeftMargin(8 * STEP)
        shape.setRightMargin(4 * STEP)
    return shape


def fill(document: QTextDocument, text: RichText) -> None:
    """Put a text into a document in place of what stands there."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    shape_blocks(cursor, BlockKind.PARAGRAPH)
    insert(cursor, text)


def insert(cursor: QTextCursor, text: RichText) -> None:
    """Put a text in at a cursor: its first block goes on in the one that stands there.

    Into an empty block the first comes with its own kind.
    """
    cursor.beginEditBlock()
    for number, block in enumerate(normal(text)):
        if number:
            cursor.insertBlock()
        if number or not cursor.block().text():
            shape_blocks(cursor, block.kind)
        kind = kind_of(cursor.block())
        for run in block.runs:
            look = text_look(kind, is_bold=run.is_bold, is_italic=run.is_italic)
            if run.text:
                cursor.insertText(run.text, look)
            if run.note:
                cursor.insertText(OBJECT, note_look(run.note))
        cursor.setCharFormat(text_look(kind))
    mend_lists(cursor.document())
    cursor.endEditBlock()


def shape_blocks(cursor: QTextCursor, kind: BlockKind) -> None:
    """Make every block that a cursor's selection touches one of a kind."""
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    own = QTextCursor(document)
    cursor.beginEditBlock()
    block = first
    while block.isValid():
        own.setPosition(block.position())
        entries = block.textList()
        if entries is not None:
            entries.remove(block)
        own.setBlockFormat(block_look(kind))
        if kind in LIST_STYLES:
            shape = QTextListFormat()
            shape.setStyle(LIST_STYLES[kind])
            own.createList(shape)
        _reshape_text(own, block, kind)
        if block.position() >= last.position():
            break
        block = block.next()
    mend_lists(document)
    cursor.endEditBlock()


def _reshape_text(own: QTextCursor, block: QTextBlock, kind: BlockKind) -> None:
    at = block.position()
    lengths = [(units_length(text), look) for text, look in pieces(block)]
    for length, look in lengths:
        if look.objectType() != NOTE_OBJECT:
            own.setPosition(at)
            own.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
            own.setCharFormat(
                text_look(kind, is_bold=look.boolProperty(IS_BOLD), is_italic=look.fontItalic())
            )
        at += length
    own.setPosition(block.position())
    own.setBlockCharFormat(text_look(kind))


def mend_lists(document: QTextDocument) -> None:
    """Let neighbouring entries of one kind, and only they, be one list: it is counted from 1."""
    before, current = None, None
    for block in blocks_of(document):
        kind = kind_of(block)
        entries = block.textList()
        if entries is not None:
            if kind is before and current is not None:
                if entries is not current and entries.objectIndex() != current.objectIndex():
                    current.add(block)
            elif entries.item(0) != block:
                # The list began above what now stands between.
                entries.remove(block)
                current = QTextCursor(block).createList(entries.format())
            else:
                current = entries
        before = kind
