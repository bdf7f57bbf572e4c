"""A turn's text as it stands in the dossier: smoothed, and cut where a passage begins or ends.

Every offset that counts in the released text (tags, footnotes, closed passages, the words'
own times) is carried over to the text that is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive_app.domain.offsets import NOTHING_MOVED, OffsetMap, Piece, rewrite
from archive_app.domain.released import ReleasedTurn
from archive_app.domain.typed_marks import FoundMark, MarkKind, known_marks_in
from archive_app.dossier.design import Design, Marks

ELLIPSIS = "[…]"
"""Stands where a passage begins or ends within a turn."""
_ENDS = ".!?…"
_LOOSE = ".,;:"
_CLOSES = ".,;:!?…)]}»”“"


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn with its text, notes and times as they stand in the dossier."""

    turn: ReleasedTurn
    moved: OffsetMap = NOTHING_MOVED
    """From offsets of the released text to those of the shown one."""
    added: tuple[tuple[int, int], ...] = ()
    """Where marks of the dossier's own stand in the shown text."""
    begins: int = 0
    """Where this part of a turn begins in the turn's whole shown text; 0 for a whole turn."""

    @property
    def text(self) -> str:
        """What stands behind the speaker's name."""
        return self.turn.text

    def place(self, offset: int) -> int:
        """Return where an offset of the released text is, at the nearest place that is shown."""
        at = self.moved.start(max(offset, 0)) - self.begins
        return min(max(at, 0), len(self.turn.text))

    def released(self, place: int) -> int:
        """Return which offset of the released text stands at a place of the shown one."""
        return self.moved.old_range(place + self.begins, place + self.begins)[0]


def shown_text(turn: ReleasedTurn, design: Design, start: int = 0, end: int | None = None) -> str:
    """Return exactly the text that stands in a dossier for a turn, behind the speaker's name.

    ``start`` and ``end`` are a passage's, where it begins or ends within this turn.
    """
    return shown_turn(turn, design, start, end).text


def shown_turn(
    turn: ReleasedTurn, design: Design, start: int = 0, end: int | None = None
) -> ShownTurn:
    """Return a turn as a dossier shows it; offsets of ``start`` and ``end`` are the released ones.

    What the passage leaves of the turn is marked with ``ELLIPSIS``. A cut within the mark of
    a closed passage takes in the whole mark.
    """
    pieces = list(_smoothing(turn)) if design.marks is Marks.SMOOTHED else []
    first, last = _snapped(turn, start, end)
    if not (pieces or first or last < len(turn.text)):
        return ShownTurn(turn)
    cut: list[Piece] = []
    if first:
        cut.append(Piece(0, first, ELLIPSIS + " "))
    cut += [one for one in pieces if first <= one.start and one.end <= last]
    if last < len(turn.text):
        cut.append(Piece(last, len(turn.text), " " + ELLIPSIS))
    text, moved = rewrite(turn.text, cut)
    added: list[tuple[int, int]] = []
    if first:
        added.append((0, len(ELLIPSIS)))
    if last < len(turn.text):
        added.append((len(text) - len(ELLIPSIS), len(text)))
    return ShownTurn(_carried(turn, text, moved, first, last), moved, tuple(added))


def parted(shown: ShownTurn, at: int) -> tuple[ShownTurn, ShownTurn]:
    """Return a turn in two parts, the second from an offset of the shown text on.

    The mark of a closed passage goes whole to the first; nothing is added or left out.
    """
    turn = shown.turn
    for a, b in turn.withheld:
        if a < at < b:
            at = b
    first = replace(
        turn,
        text=turn.text[:at],
        timed=tuple(one for one in turn.timed if one.start < at),
        footnotes=tuple(note for note in turn.footnotes if note.offset <= at),
        withheld=tuple(held for held in turn.withheld if held[0] < at),
    )
    timed = tuple(
        replace(one, start=one.start - at, end=one.end - at)
        for one in turn.timed
        if one.start >= at
    )
    second = replace(
        turn,
        text=turn.text[at:],
        timed=timed,
        footnotes=tuple(
            replace(note, offset=note.offset - at) for note in turn.footnotes if note.offset > at
        ),
        withheld=tuple((a - at, b - at) for a, b in turn.withheld if a >= at),
        start_ms=timed[0].start_ms if timed else turn.start_ms,
    )
    return (
        replace(shown, turn=first, added=tuple(a for a in shown.added if a[0] < at)),
        replace(
            shown,
            turn=second,
            added=tuple((a - at, b - at) for a, b in shown.added if a >= at),
            begins=shown.begins + at,
        ),
    )


def _snapped(turn: ReleasedTurn, start: int, end: int | None) -> tuple[int, int]:
    """Return the stretch of a turn that is shown; 0 and its length where nothing is left out."""
    text = turn.text
    first = min(max(start, 0), len(text))
    last = len(text) if end is None else min(max(end, first), len(text))
    for a, b in turn.withheld:
        if a < first < b:
            first = a
        if a < last < b:
            last = b
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    if not text[:first].strip():
        first = 0
    if not text[last:].strip():
        last = len(text)
    return first, last


def _carried(
    turn: ReleasedTurn, text: str, moved: OffsetMap, first: int, last: int
) -> ReleasedTurn:
    """Return a turn with a new text and everything that lies on it moved along."""
    timed = tuple(
        replace(one, start=moved.start(one.start), end=moved.end(one.end))
        for one in turn.timed
        if first <= one.start
        and one.end <= last
        and not any(p.start <= one.start and one.end <= p.end for p in moved.pieces)
    )
    notes = tuple(
        replace(note, offset=moved.start(note.offset))
        for note in turn.footnotes
        if (first <= note.offset or first == 0) and (note.offset <= last or last == len(turn.text))
    )
    withheld = tuple(
        (moved.start(a), moved.end(b)) for a, b in turn.withheld if first <= a and b <= last
    )
    start_ms, end_ms = turn.start_ms, turn.end_ms
    if first and timed:
        start_ms = timed[0].start_ms
    if last < len(turn.text) and timed:
        end_ms = timed[-1].end_ms
    return replace(
        turn, text=text, timed=timed, footnotes=notes, withheld=withheld,
        start_ms=start_ms, end_ms=end_ms,
    )  # fmt: skip


# What is smoothed


def _smoothing(turn: ReleasedTurn) -> Sequence[Piece]:
    """Return what a smoothed text leaves out: marks of sounds, pauses and interruptions.

    Words stay, and so do punctuation, remarks in the transcriber's own wording, marks of closed
    passages and marks of words that nobody could make out: left out, these would join what
    was not said together. Only the time within such a mark goes. A turn that is nothing but
    marks keeps them: somebody answered with a laugh.
    """
    text = turn.text
    marks = [one for one in known_marks_in(text) if not _is_closed(turn, one)]
    if not marks:
        return ()
    pieces: list[Piece] = []
    kept, done = "", 0
    for one in marks:
        kept += text[done : one.start]
        if one.kind is MarkKind.UNCLEAR:
            piece = _untimed(text, one)
        else:
            piece = _left_out(text, one, kept, done)
            kept = kept[: len(kept) - (one.start - piece.start)]
        pieces.append(piece)
        done = piece.end
    kept += text[done:]
    return [p for p in pieces if p.end > p.start] if any(c.isalnum() for c in kept) else ()


def _is_closed(turn: ReleasedTurn, found: FoundMark) -> bool:
    return any(a < found.end and found.start < b for a, b in turn.withheld)


def _untimed(text: str, found: FoundMark) -> Piece:
    """Return the time within a mark as what is left out, perhaps nothing: [unclear 0:12:34]."""
    inside = text[found.start + 1 : found.end - 1]
    words = inside.rstrip("0123456789:.,").rstrip()
    at = found.start + 1 + (len(words) if ":" in inside[len(words) :] else len(inside))
    return Piece(at, found.end - 1, "")


def _left_out(text: str, found: FoundMark, kept: str, done: int) -> Piece:
    """Return a mark with the space, and the punctuation, that would be one too many without it.

    ``kept`` is what is shown of the text before it; the last piece ended at ``done``.
    """
    start, end = found.start, found.end
    while start > done and text[start - 1].isspace():
        start -= 1
    before = kept[: len(kept) - (found.start - start)]
    is_first = not before.strip()
    if end < len(text) and text[end] in _LOOSE and (is_first or before[-1] in _ENDS):
        end += 1
    if is_first:
        while end < len(text) and text[end].isspace():
            end += 1
    elif start < found.start and end < len(text) and not _follows_closely(text[end]):
        start = found.start
    elif start == found.start and end < len(text) and before[-1].isalnum() and text[end].isalnum():
        return Piece(start, end, " ")
    return Piece(start, end, "")


def _follows_closely(character: str) -> bool:
    return character.isspace() or character in _CLOSES
