"""Reading a scholar's own text out of a document of Qt, or out of another program's page.

What has no place in ``domain.rich_text`` falls away: colours, sizes, links, tables, pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextListFormat,
)

from archive_app.domain.rich_text import BlockKind, RichBlock, RichRun, RichText
from archive_app.gui.utf16 import units_before

NOTE_OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
NOTE_WORDS = QTextFormat.Property.UserProperty.value + 1
IS_BOLD = QTextFormat.Property.UserProperty.value + 2
"""Whether it is bold by the scholar's choice: a heading looks bold without it."""
OBJECT = "\ufffc"
DEMIBOLD = QFont.Weight.DemiBold.value

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
    for text, look in pieces(block):
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


def pieces(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat]]:
    """Yield a block's stretches of text in one format."""
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
