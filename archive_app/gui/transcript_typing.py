"""What a change of a block means: one edit of one turn, in code points."""

from __future__ import annotations

from archive_app.domain.spans import TextEdit, minimal_edit
from archive_app.gui.transcript_document import BREAKS
from archive_app.gui.utf16 import points_before


def edit_of_change(
    turn: int, old: str, new: str, *, at_units: int, removed_units: int, added_units: int
) -> TextEdit | None:
    """Return the edit that turned ``old`` into ``new``, or ``None`` if they are equal.

    Qt says where it happened, in UTF-16 units from the block's start. What it says
    tells a correction of a word from an insertion beside it, so it is believed if
    it gives the new text; where it does not (it sometimes reports too much), the
    smallest edit that does is taken.
    """
    if old == new:
        return None
    start = points_before(old, max(at_units, 0))
    end = points_before(old, max(at_units, 0) + removed_units)
    text = new[points_before(new, max(at_units, 0)) : points_before(new, at_units + added_units)]
    if start <= end <= len(old) and old[:start] + text + old[end:] == new:
        return TextEdit(turn, start, end, text)
    caret = points_before(new, max(at_units, 0) + added_units)
    return minimal_edit(old, new, turn=turn, caret=min(caret, len(new)))


def one_line(text: str) -> str:
    """Return text that fits into one turn: line breaks become single spaces."""
    lines = [line.strip() for line in text.replace("\u2029", "\n").splitlines()]
    joined = " ".join(line for line in lines if line) if len(lines) > 1 else text
    return BREAKS.sub(" ", joined.replace("\t", " ").replace("\n", ""))
