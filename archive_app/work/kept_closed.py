"""What was closed stays closed when turns change: closings that are added for a person to lift."""

from __future__ import annotations

from collections.abc import Callable

from archive_app.domain.overlay_gate import Replacement, further_closings
from archive_app.domain.records import InterviewFile, Restriction, Span
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.work.spans import span_columns


def file_with_closings(reader: Reader, transcript_id: int) -> InterviewFile | None:
    """Return a transcript's interview if passages are closed in it that reach other transcripts."""
    interview_id = reader.transcript(transcript_id).interview_id
    if all(one.span is None for one in reader.restrictions(interview_id)):
        return None
    return (
        reader.interview_file(interview_id) if len(reader.transcripts(interview_id)) > 1 else None
    )


def keep_closed(
    writer: Writer, before: InterviewFile, transcript_id: int, carry: Callable[[Span], Span]
) -> None:
    """Close what would be open now in any transcript and was not before.

    ``before`` is the interview as it was, ``carry`` tells where a span of the
    transcript's old text stands in what the transcript is now.
    """
    replacement = Replacement(
        transcript_id, tuple(writer.turns(transcript_id)), lambda span: (carry(span),)
    )
    restrictions = writer.restrictions(before.interview.id)
    for one in further_closings(before, restrictions, replacement):
        assert one.span is not None, "only passages are closed further"
        add_closing(writer, one, one.span)


def add_closing(writer: Writer, one: Restriction, span: Span) -> int:
    """Write a further closed passage, with the terms of another, and return its id."""
    return writer.insert(
        "restriction",
        interview_id=one.interview_id,
        transcript_id=one.transcript_id,
        **span_columns(span),
        quote=one.quote,
        shut_out=one.shut_out,
        until=one.until,
        opens_by_itself=one.opens_by_itself,
        reason=one.reason,
        review_on=one.review_on,
    )
