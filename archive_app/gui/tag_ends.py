"""Where an end of a tagged passage comes to lie when it is moved, over turns, never past the other.

Places are (how many turns stand before, offset in code points).
"""

from __future__ import annotations

from collections.abc import Callable

from archive_app.domain.records import Span
from archive_app.domain.word_edges import beyond, nearest, word_ends, word_starts
from archive_app.gui.transcript_document import TranscriptDocument

Place = tuple[int, int]
Edges = Callable[[str], tuple[int, ...]]


def dragged(
    document: TranscriptDocument, span: Span, where: Place, *, is_end: bool, by_letter: bool
) -> Span | None:
    """Return the span with one end where it was dragged to, at whole words; ``None``: it cannot."""
    place, offset = where
    if not by_letter:
        edges = (word_ends if is_end else word_starts)(document.turns[place].text)
        found = nearest(edges, offset)
        offset = offset if found is None else found
    return _with_end(document, span, (place, offset), is_end=is_end)


def stepped(
    document: TranscriptDocument, span: Span, *, is_end: bool, is_forward: bool
) -> Span | None:
    """Return the span with one end moved to the next edge of a word; ``None``: it cannot."""
    edges = word_ends if is_end else word_starts
    start, end = _ends(document, span)
    place, offset = end if is_end else start
    found = beyond(edges(document.turns[place].text), offset, is_forward=is_forward)
    while found is None:
        place += 1 if is_forward else -1
        if not 0 <= place < len(document.turns):
            return None
        there = edges(document.turns[place].text)
        found = (there[0] if is_forward else there[-1]) if there else None
    return _with_end(document, span, (place, found), is_end=is_end)


def _ends(document: TranscriptDocument, span: Span) -> tuple[Place, Place]:
    return (
        (document.place(span.start_turn), span.start),
        (document.place(span.end_turn), span.end),
    )


def _with_end(
    document: TranscriptDocument, span: Span, where: Place, *, is_end: bool
) -> Span | None:
    start, end = _ends(document, span)
    start, end = (start, where) if is_end else (where, end)
    return document.span_between(start, end) if start < end else None
