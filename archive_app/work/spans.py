"""Spans between a person's selection and the store's rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from archive_app.domain.records import FullTranscript, Span, Tagging, Turn
from archive_app.domain.transcript import new_tagging
from archive_app.errors import BadValue, SpanOutsideText
from archive_app.store.reading import Reader
from archive_app.translation import tr

NEARBY = 4
"""Turns on either side of a passage that its neighbouring text is taken from."""


def span_columns(span: Span) -> dict[str, int]:
    """Return a span as the columns of a row."""
    return {
        "start_turn": span.start_turn,
        "start": span.start,
        "end_turn": span.end_turn,
        "end": span.end,
    }


def laid_columns(tagging: Tagging) -> Mapping[str, Any]:
    """Return where a tagging lies, and on which words, as the columns of its row."""
    return {
        **span_columns(tagging.span),
        "quote": tagging.quote,
        "before": tagging.before,
        "after": tagging.after,
        "is_orphan": tagging.is_orphan,
    }


def laid_on(turns: Iterable[Turn], transcript_id: int, span: Span) -> Tagging:
    """Return a tagging, without its tag, that lies on a span: quote and neighbours filled in.

    Raises:
        BadValue: the span is empty, reaches beyond the text, or is not of these turns.
    """
    try:
        return new_tagging(turns, Tagging(0, "", 0, transcript_id, span, ""))
    except SpanOutsideText as error:
        raise BadValue(
            tr("The passage is empty or reaches beyond the text of its turn. Nothing was changed; "
               "offsets count characters from 0.")
        ) from error  # fmt: skip


def window_of(reader: Reader, transcript_id: int, span: Span) -> list[Turn]:
    """Return the turns of a span with their neighbours on both sides.

    Raises:
        BadValue: the turns are not of the transcript, or in the wrong order.
    """
    return list(stretch_of(reader, transcript_id, span).turns)


def stretch_of(reader: Reader, transcript_id: int, span: Span) -> FullTranscript:
    """Return the stretch of a transcript around a span, with the taggings that reach its ends.

    Raises:
        BadValue: the turns are not of the transcript, or in the wrong order.
    """
    places = reader.turn_places(transcript_id)
    first, last = places.get(span.start_turn), places.get(span.end_turn)
    if first is None or last is None or first > last:
        raise BadValue(tr("The passage is not in this transcript. Nothing was changed."))
    return reader.text_window(transcript_id, places, {span.start_turn, span.end_turn})
