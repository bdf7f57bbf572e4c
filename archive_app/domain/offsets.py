"""Texts of which pieces were replaced, and where every offset went."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """``[start, end)`` of the old text, and what stands there now. Never empty."""

    start: int
    end: int
    text: str
    is_closed: bool = False
    """It is the mark of a closed passage, not another name."""


class OffsetMap:
    """Where offsets of the old text stand in the new one.

    ``pieces`` are ordered and do not overlap; offsets are code points.
    """

    __slots__ = ("_ends", "_new_starts", "_shifts", "pieces")

    def __init__(self, pieces: Sequence[Piece] = ()) -> None:
        self.pieces = tuple(pieces)
        self._ends = [piece.end for piece in self.pieces]
        self._shifts = [0]
        self._new_starts: list[int] = []
        for piece in self.pieces:
            shift = self._shifts[-1]
            self._new_starts.append(piece.start + shift)
            self._shifts.append(shift + len(piece.text) - (piece.end - piece.start))

    def start(self, offset: int) -> int:
        """Return where a span that starts here starts now; inside a piece: at its start."""
        before = bisect_right(self._ends, offset)
        if before < len(self.pieces) and self.pieces[before].start < offset:
            return self._new_starts[before]
        return offset + self._shifts[before]

    def end(self, offset: int) -> int:
        """Return where a span that ends here ends now; inside a piece: at its end."""
        before = bisect_right(self._ends, offset)
        if before < len(self.pieces) and self.pieces[before].start < offset:
            return self._new_starts[before] + len(self.pieces[before].text)
        return offset + self._shifts[before]

    def old_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the old text's range behind a range of the new, grown to whole pieces."""
        old_start, old_end = start, end
        shift_start = shift_end = 0
        for piece, new_start in zip(self.pieces, self._new_starts, strict=True):
            new_end = new_start + len(piece.text)
            if new_end <= start:
                shift_start = piece.end - new_end
            elif new_start < start:
                old_start, shift_start = piece.start, 0
            if new_end <= end:
                shift_end = piece.end - new_end
            elif new_start < end:
                old_end, shift_end = piece.end, 0
        return old_start + shift_start, old_end + shift_end

    def closed(self) -> tuple[tuple[int, int], ...]:
        """Return where the marks of closed passages stand in the new text."""
        return tuple(
            (new_start, new_start + len(piece.text))
            for piece, new_start in zip(self.pieces, self._new_starts, strict=True)
            if piece.is_closed
        )


NOTHING_MOVED = OffsetMap()
"""The map of a text that stayed as it was."""


def rewrite(text: str, pieces: Sequence[Piece]) -> tuple[str, OffsetMap]:
    """Return the text with the pieces in place, and the map to it.

    ``pieces`` are ordered and do not overlap.
    """
    if not pieces:
        return text, NOTHING_MOVED
    parts: list[str] = []
    done = 0
    for piece in pieces:
        parts += text[done : piece.start], piece.text
        done = piece.end
    parts.append(text[done:])
    return "".join(parts), OffsetMap(pieces)


def lay_over(pieces: Sequence[Piece], top: Piece) -> list[Piece]:
    """Return the pieces with one more laid over those it touches, grown to cover them whole."""
    start, end, is_closed = top.start, top.end, top.is_closed
    kept: list[Piece] = []
    for piece in pieces:
        if piece.end <= start or piece.start >= end:
            kept.append(piece)
            continue
        start, end = min(start, piece.start), max(end, piece.end)
        is_closed = is_closed or piece.is_closed
    kept.append(Piece(start, end, top.text, is_closed))
    return sorted(kept, key=lambda piece: piece.start)
