"""Bringing a document from one state of a transcript to another, touching only what differs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

from archive_app.domain.spans import minimal_edit
from archive_app.gui.transcript_document import ShownTurn
from archive_app.gui.utf16 import units_before

_KEEP = QTextCursor.MoveMode.KeepAnchor


def rewrite(
    document: QTextDocument,
    old: Sequence[ShownTurn],
    new: Sequence[ShownTurn],
    form: QTextBlockFormat,
) -> None:
    """Change the blocks of ``old`` into those of ``new``; cursors keep to words that stay."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    if not old or not new:
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText("\n".join(turn.text for turn in new))
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(form)
        cursor.endEditBlock()
        return
    head = _same_ids(old, new)
    tail = _same_ids(old[head:][::-1], new[head:][::-1])
    gone = range(head, len(old) - tail)
    come = new[head : len(new) - tail]
    _insert(cursor, document, head, come, at_end=head == len(old))
    if gone:
        _remove(cursor, document, head + len(come), len(gone))
    kept = [*zip(old[:head], new[:head]), *zip(old[len(old) - tail :], new[len(new) - tail :])]
    numbers = [*range(head), *range(len(new) - tail, len(new))]
    for number, (before, after) in zip(numbers, kept, strict=True):
        if before is not after and before.text != after.text:
            _correct(cursor, document.findBlockByNumber(number), before.text, after.text)
    cursor.endEditBlock()


def correct(block: QTextBlock, before: str, after: str) -> None:
    """Change one block's text, no more of it than differs."""
    _correct(QTextCursor(block), block, before, after)


def _same_ids(one: Sequence[ShownTurn], other: Sequence[ShownTurn]) -> int:
    count = 0
    for left, right in zip(one, other):
        if left is not right and left.id != right.id:
            break
        count += 1
    return count


def _insert(
    cursor: QTextCursor,
    document: QTextDocument,
    number: int,
    turns: Sequence[ShownTurn],
    *,
    at_end: bool,
) -> None:
    if not turns:
        return
    text = "\n".join(turn.text for turn in turns)
    if at_end:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText("\n" + text)
    elif number == 0:
        cursor.setPosition(0)
        cursor.insertText(text + "\n")
    else:
        # Behind the turn before, so that a cursor at the start of what follows stays there.
        before = document.findBlockByNumber(number - 1)
        cursor.setPosition(before.position() + before.length() - 1)
        cursor.insertText("\n" + text)


def _remove(cursor: QTextCursor, document: QTextDocument, number: int, count: int) -> None:
    first = document.findBlockByNumber(number)
    last = document.findBlockByNumber(number + count - 1)
    if last.next().isValid():
        cursor.setPosition(first.position())
        cursor.setPosition(last.next().position(), _KEEP)
    else:
        cursor.setPosition(max(first.position() - 1, 0))
        cursor.setPosition(last.position() + last.length() - 1, _KEEP)
    cursor.removeSelectedText()


def _correct(cursor: QTextCursor, block: QTextBlock, before: str, after: str) -> None:
    edit = minimal_edit(before, after, turn=0)
    if edit is None:
        return
    start = block.position()
    cursor.setPosition(start + units_before(before, edit.start))
    cursor.setPosition(start + units_before(before, edit.end), _KEEP)
    cursor.insertText(edit.text)
