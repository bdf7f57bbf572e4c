"""Working out what an edit of a transcript changes, and storing that."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypedDict

from archive_app.domain.records import (
    DossierItem,
    FullTranscript,
    Outcome,
    Restriction,
    Span,
    Turn,
)
from archive_app.domain.transcript import TranscriptChange
from archive_app.domain.turn_times import TimesBeyond
from archive_app.errors import BadValue, SpanOutsideText
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.translation import tr
from archive_app.work.spans import laid_columns, span_columns


class Marks(TypedDict):
    """What else stands on a transcript's text and moves with it."""

    restrictions: Sequence[Restriction]
    passages: Sequence[DossierItem]


Edit = Callable[[FullTranscript, Marks], TranscriptChange]
"""What a function of ``domain.transcript`` does once transcript and marks are known."""

EditWithTimes = Callable[[FullTranscript, Marks, TimesBeyond], TranscriptChange]
"""The same for one that must know what is around in time."""


def edit_transcript(
    archive: Archive,
    transcript_id: int,
    label: str,
    edit: Edit,
    *,
    touched: Iterable[int | None],
) -> Outcome[TranscriptChange]:
    """Work out what an edit changes, store that and nothing else, and return it.

    ``touched`` are the turns it is about (None stands for the place before all).
    Only the turns around those that are touched are read: a key typed in an
    interview of three hours must not wait for all of it.

    Raises:
        BadValue: a turn is gone, or a place is beyond its text; nothing was changed.
    """
    with archive.write(label) as writer:
        change = make_edit(writer, transcript_id, edit, touched=touched)
    return writer.outcome(change)


def edit_with_times(
    archive: Archive,
    transcript_id: int,
    label: str,
    edit: EditWithTimes,
    *,
    touched: Iterable[int | None],
) -> Outcome[TranscriptChange]:
    """Do as ``edit_transcript``, for edits that place a turn in time.

    ``edit`` is told besides what is known of the times around the turns that were read.
    """
    with archive.write(label) as writer:

        def knowing_times(transcript: FullTranscript, marks: Marks) -> TranscriptChange:
            return edit(transcript, marks, times_beyond(writer, transcript))

        change = make_edit(writer, transcript_id, knowing_times, touched=touched)
    return writer.outcome(change)


def times_beyond(reader: Reader, transcript: FullTranscript) -> TimesBeyond:
    """Return what is known of the times outside of a stretch of a transcript."""
    earlier_ms = later_ms = None
    if transcript.turns:
        first, last = transcript.turns[0], transcript.turns[-1]
        earlier_ms, later_ms = reader.times_around(
            transcript.transcript.id, first.position, last.position
        )
    recordings = reader.recordings(transcript.transcript.interview_id)
    ends = [one.offset_ms + one.duration_ms for one in recordings if one.duration_ms is not None]
    is_known = bool(ends) and len(ends) == len(recordings)
    return TimesBeyond(earlier_ms or 0, later_ms, max(ends) if is_known else None)


def make_edit(
    writer: Writer, transcript_id: int, edit: Edit, *, touched: Iterable[int | None]
) -> TranscriptChange:
    """Make an edit within an operation, as ``edit_transcript`` does."""
    interview_id = writer.transcript(transcript_id).interview_id
    writer.belongs_to(interview_id)
    transcript, marks = _window(writer, interview_id, transcript_id, touched)
    try:
        change = edit(transcript, marks)
    except SpanOutsideText as error:
        raise BadValue(
            tr("The text is not what it was when you began; nothing was changed. Open the "
               "interview again.")
        ) from error  # fmt: skip
    return _store(writer, transcript, change)


def _window(
    writer: Writer, interview_id: int, transcript_id: int, touched: Iterable[int | None]
) -> tuple[FullTranscript, Marks]:
    """Return the stretch of a transcript that an edit concerns, and the marks that it reaches."""
    places = writer.turn_places(transcript_id)
    order = list(places)
    reached = {places[turn] for turn in touched if turn in places}
    reached |= {place + 1 for place in reached if place + 1 < len(order)}
    in_order = sorted(reached)

    def reaches(span: Span | None) -> bool:
        if span is None or span.start_turn not in places or span.end_turn not in places:
            return False
        place = bisect_left(in_order, places[span.start_turn])
        return place < len(in_order) and in_order[place] <= places[span.end_turn]

    marks: Marks = {
        "restrictions": [
            one
            for one in writer.restrictions(interview_id)
            if one.transcript_id == transcript_id and not one.is_orphan and reaches(one.span)
        ],
        "passages": [one for one in writer.passages_of(transcript_id) if reaches(one.span)],
    }
    wanted = {order[place] for place in reached}
    for one in (*marks["restrictions"], *marks["passages"]):
        if one.span is not None:
            wanted |= {one.span.start_turn, one.span.end_turn}
    return writer.text_window(transcript_id, places, wanted), marks


def _store(
    writer: Writer, transcript: FullTranscript, change: TranscriptChange
) -> TranscriptChange:
    """Write a change's rows and return it with the ids that new turns got.

    New turns come first, so that spans can be moved to them; deleted turns go
    last, when nothing stands on them any more.
    """
    ids: dict[int, int] = {}
    for turn in change.new_turns:
        ids[turn.id] = writer.insert("turn", **turn_columns(turn))
    change = change.with_ids(ids)
    before = {turn.id: turn for turn in transcript.turns}
    rows: list[dict[str, Any]] = []
    for turn in change.updated_turns:
        old = turn_columns(before[turn.id])
        new = {name: value for name, value in turn_columns(turn).items() if old[name] != value}
        if new:
            rows.append({"id": turn.id, **new})
    writer.update_many("turn", rows)
    for turn in (*change.updated_turns, *change.new_turns):
        _store_footnotes(writer, before.get(turn.id), turn)
    writer.update_many(
        "tagging",
        [{"id": tagging.id, **laid_columns(tagging)} for tagging in change.updated_taggings],
    )
    for restriction in change.updated_restrictions:
        values: dict[str, Any] = {"quote": restriction.quote, "is_orphan": restriction.is_orphan}
        if restriction.span is not None:
            values |= span_columns(restriction.span)
        writer.update("restriction", restriction.id, **values)
    for passage in change.updated_passages:
        writer.update("dossier_item", passage.id, span=passage.span)
    for turn_id in change.deleted_turn_ids:
        writer.delete("turn", turn_id)
    return change


def turn_columns(turn: Turn) -> dict[str, Any]:
    """Return a turn, without its footnotes, as the columns of its row."""
    return {
        "transcript_id": turn.transcript_id,
        "position": turn.position,
        "speaker_id": turn.speaker_id,
        "speaker_label": turn.speaker_label,
        "recording_id": turn.recording_id,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "text": turn.text,
        "timed": turn.timed,
        "is_time_estimated": turn.is_time_estimated,
    }


def _store_footnotes(writer: Writer, before: Turn | None, after: Turn) -> None:
    """Move footnotes along with their text, within their turn or into another."""
    before_notes = before.footnotes if before else ()
    old = {note.id: note for note in before_notes}
    for note in after.footnotes:
        if note.id in old and replace(old.pop(note.id), offset=note.offset) == note:
            if note not in before_notes:
                writer.update("footnote", note.id, offset=note.offset)
        elif note.id:
            writer.update("footnote", note.id, turn_id=after.id, offset=note.offset)
        else:
            writer.insert(
                "footnote", turn_id=after.id, offset=note.offset, text=note.text, link=note.link
            )
