"""A scholar's own text as a document of Qt, and back: nothing else fits between them.

A heading is Qt's heading level 1, a quotation its quote level 1, an entry of a list a
member of a ``QTextList``. A note is one character, an object whose format holds its
words. Text that comes from elsewhere (a web page, Word) is read by the same rules, so
that what has no place in ``domain.rich_text`` falls away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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

from archive_app.domain.rich_text import BlockKind, RichBlock, RichRun, RichText
from archive_app.gui.theme import STEP
from archive_app.gui.utf16 import units_before, units_length

NOTE_OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
NOTE_WORDS = QTextFormat.Property.UserProperty.value + 1
IS_BOLD = QTextFormat.Property.UserProperty.value + 2
"""Whether it is bold by the scholar's choice: a heading looks bold without it."""
OBJECT = "\ufffc"
HEADING_SIZE = 2
"""Steps by which Qt's size of text grows in a heading."""
DEMIBOLD = QFont.Weight.DemiBold.value

LIST_STYLES = {
    BlockKind.BULLET: QTextListFormat.Style.ListDisc,
    BlockKind.NUMBER: QTextListFormat.Style.ListDecimal,
}
_NUMBERED = frozenset(
    (
        QTextListFormat.Style.ListDecimal,
        QTextListFormat.Style.ListLowerAlpha,
        QTextListFormat.Style.ListUpperAlpha,
        QTextListFormat.Style.ListLowerRoman,
        QTextListFormat.Style.ListUpperRoman,
    )
)
# Line ends that Qt keeps inside a block, what it marks frames with, and control characters.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0\ufdd1\ufffe\uffff]+")


def fit(text: str) -> str:
    """Return text with what cannot stand within a paragraph made one space each."""
    return _UNFIT.sub(" ", text)


def normal(text: RichText) -> RichText:
    """Return rich text as a document gives it back.

    Neighbouring runs of one look are one, and blocks without a word or note are left out.
    """
    made = ((_Runs().take(block.runs), block.kind) for block in text)
    return tuple(runs.block(kind) for runs, kind in made if runs.has_words)


# Reading ----------------------------------------------------------------------


@dataclass
class _Runs:
    """Gathers a block's runs: text of one look grows, a note ends it."""

    runs: list[RichRun] = field(default_factory=list[RichRun])

    def text(self, text: str, *, is_bold: bool, is_italic: bool) -> None:
        text = fit(text)
        last = self.runs[-1] if self.runs else None
        if not text:
            return
        if last and not last.note and (last.is_bold, last.is_italic) == (is_bold, is_italic):
            self.runs[-1] = RichRun(last.text + text, is_bold, is_italic)
        else:
            self.runs.append(RichRun(text, is_bold, is_italic))

    def note(self, words: str) -> None:
        last = self.runs[-1] if self.runs else None
        if last and not last.note:
            self.runs[-1] = RichRun(last.text, last.is_bold, last.is_italic, words)
        else:
            self.runs.append(RichRun("", note=words))

    def take(self, runs: Sequence[RichRun]) -> _Runs:
        for run in runs:
            self.text(run.text, is_bold=run.is_bold, is_italic=run.is_italic)
            if note := fit(run.note).strip():
                self.note(note)
        return self

    @property
    def has_words(self) -> bool:
        return any(run.text.strip() or run.note for run in self.runs)

    def block(self, kind: BlockKind) -> RichBlock:
        return RichBlock(tuple(self.runs), kind)


def blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    """Yield a document's blocks in their order."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def kind_of(block: QTextBlock) -> BlockKind:
    """Return what a block of a document is."""
    shape = block.blockFormat()
    if shape.headingLevel() > 0:
        return BlockKind.HEADING
    entries = block.textList()
    if entries is not None:
        is_numbered = entries.format().style() in _NUMBERED
        return BlockKind.NUMBER if is_numbered else BlockKind.BULLET
    is_quote = shape.intProperty(QTextFormat.Property.BlockQuoteLevel) > 0
    return BlockKind.QUOTE if is_quote else BlockKind.PARAGRAPH


def rich_text_of(document: QTextDocument) -> RichText:
    """Return a document's text; blocks without a word or note are left out."""
    found: list[RichBlock] = []
    for block in blocks_of(document):
        runs = _runs_of(block)
        if runs.has_words:
            found.append(runs.block(kind_of(block)))
    return tuple(found)


def _runs_of(block: QTextBlock) -> _Runs:
    runs = _Runs()
    is_heading = block.blockFormat().headingLevel() > 0
    for text, look in _pieces(block):
        if look.objectType() == NOTE_OBJECT:
            for _ in text:
                runs.note(note_words(look))
            continue
        is_own = look.hasProperty(IS_BOLD)
        is_heavy = look.fontWeight() >= DEMIBOLD and not is_heading
        is_bold = look.boolProperty(IS_BOLD) if is_own else is_heavy
        runs.text(text.replace(OBJECT, "") if look.isImageFormat() else text,
                  is_bold=is_bold, is_italic=look.fontItalic())  # fmt: skip
    return runs


def _pieces(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat]]:
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        if fragment.isValid():
            yield fragment.text(), fragment.charFormat()
        at += 1


def note_words(look: QTextCharFormat) -> str:
    """Return the words of a note by the format of its character; empty for other text."""
    return str(look.property(NOTE_WORDS) or "") if look.objectType() == NOTE_OBJECT else ""


def foreign(html: str) -> RichText:
    """Return what rich text can hold of a web page's or another program's text.

    A line break within a paragraph begins a new one.
    """
    document = QTextDocument()
    document.setHtml(html)
    for block in list(blocks_of(document)):
        cursor = QTextCursor(block)
        text = block.text()
        breaks = [at for at, letter in enumerate(text) if letter == "\u2028"]
        for at in reversed(breaks):
            cursor.setPosition(block.position() + units_before(text, at))
            cursor.deleteChar()
            cursor.insertBlock()
    return _trimmed(rich_text_of(document))


def _trimmed(text: RichText) -> RichText:
    """Return text without the space that a page's source has around its paragraphs."""
    kept: list[RichBlock] = []
    for block in text:
        runs = list(block.runs)
        runs[0] = _with_text(runs[0], runs[0].text.lstrip())
        runs[-1] = _with_text(runs[-1], runs[-1].text.rstrip())
        kept.append(_Runs().take(runs).block(block.kind))
    return tuple(kept)


def _with_text(run: RichRun, text: str) -> RichRun:
    return RichRun(text, run.is_bold, run.is_italic, run.note)


# Writing ----------------------------------------------------------------------


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
    pieces = [(units_length(text), look) for text, look in _pieces(block)]
    for length, look in pieces:
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
