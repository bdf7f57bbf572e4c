"""What was closed stays closed when turns change: closings that are added for a person to lift."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from archive_app.domain.overlay_gate import Replacement, further_closings
from archive_app.domain.records import InterviewFile, Restriction, Span, Turn
from archive_app.domain.spans import TextEdit, edited_text, shift_closed_spans
from archive_app.domain.turn_texts import TurnTexts
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


Carry = Callable[[Span], Iterable[Span]]
"""Where a span of a transcript's old text stands in what the transcript is now."""


@contextlib.contextmanager
def nothing_opens(
    writer: Writer, transcript_id: int, *, is_concerned: bool = True, edits: Sequence[TextEdit] = ()
) -> Iterator[None]:
    """Close again what the work within would open in any transcript of the interview.

    ``edits`` are those of text that are made within; the list may be filled there.
    Turns that are deleted or parted within are found out. Where nothing is closed by
    its minutes, and where the work is not ``is_concerned``, it costs nothing.
    """
    before = file_with_closings(writer, transcript_id) if is_concerned else None
    yield
    if before is None:
        return
    old = next(one.turns for one in before.transcripts if one.transcript.id == transcript_id)
    now = writer.turns(transcript_id)
    keep_closed(writer, before, transcript_id, lambda span: _carried(span, old, edits, now))


def _carried(
    span: Span, old: Sequence[Turn], edits: Sequence[TextEdit], now: Sequence[Turn]
) -> Iterator[Span]:
    """Yield what is left of a span, turn by turn."""
    order = [turn.id for turn in old]
    places = {turn.id: place for place, turn in enumerate(now)}
    for turn in old[order.index(span.start_turn) : order.index(span.end_turn) + 1]:
        start = span.start if turn.id == span.start_turn else 0
        end = span.end if turn.id == span.end_turn else len(turn.text)
        piece: Span | None = Span(turn.id, start, turn.id, end)
        text = turn.text
        for edit in edits:
            if edit.turn == turn.id and piece is not None:
                texts = TurnTexts((turn.id,), {turn.id: text})
                (piece,) = shift_closed_spans([piece], edit, texts)
                text = edited_text(text, edit)
        place = places.get(turn.id)
        if piece is None or place is None:
            continue
        parts = [now[place]]
        if now[place].text != text and place + 1 < len(now) and now[place + 1].id not in order:
            parts.append(now[place + 1])
        yield from _in_parts(piece, len(text), parts)


def _in_parts(piece: Span, length: int, parts: Sequence[Turn]) -> Iterator[Span]:
    """Yield where a piece of a text of ``length`` stands in the one or two turns it is now."""
    left, right = parts[0], parts[-1]
    if (end := min(piece.end, len(left.text))) > piece.start:
        yield Span(left.id, piece.start, left.id, end)
    shift = length - len(right.text)
    if right is not left and piece.end > shift:
        yield Span(right.id, max(0, piece.start - shift), right.id, piece.end - shift)


def takes_closed_words(reader: Reader, transcript_id: int, edits: Iterable[TextEdit]) -> bool:
    """Tell whether edits take away words of turns in which a passage is closed."""
    turns = {edit.turn for edit in edits if edit.end > edit.start}
    return holds_closed_words(reader, transcript_id, turns)


def holds_closed_words(reader: Reader, transcript_id: int, turns: Set[int]) -> bool:
    """Tell whether a passage of the transcript is closed in any of the turns."""
    if not turns:
        return False
    interview_id = reader.transcript(transcript_id).interview_id
    spans = [
        one.span
        for one in reader.restrictions(interview_id)
        if one.transcript_id == transcript_id and not one.is_orphan and one.span is not None
    ]
    if not spans:
        return False
    places = reader.turn_places(transcript_id)
    return any(
        places.get(span.start_turn, 0) <= places[turn] <= places.get(span.end_turn, -1)
        for turn in turns & places.keys()
        for span in spans
    )


def keep_closed(writer: Writer, before: InterviewFile, transcript_id: int, carry: Carry) -> None:
    """Close what would be open now in any transcript and was not before.

    ``before`` is the interview as it was, ``carry`` tells where a span of the
    transcript's old text stands in what the transcript is now.
    """
    replacement = Replacement(transcript_id, tuple(writer.turns(transcript_id)), carry)
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
