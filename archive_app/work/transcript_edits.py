"""Working out what an edit of a transcript changes, and storing that."""

from __future__ import annotations

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
from archive_app.errors import BadValue, SpanOutsideText
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer
from archive_app.translation import tr
from archive_app.work.spans import laid_columns, span_columns


class Marks(TypedDict):
    """What else stands on a transcript's text and moves with it."""

    restrictions: Sequence[Restriction]
    passages: Sequence[DossierItem]


Edit = Callable[[FullTranscript, Marks], TranscriptChange]
"""What a function of ``domain.transcript`` does once transcript and marks are known."""


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
        change = _store(writer, transcript, change)
    return writer.outcome(change)


def _window(
    writer: Writer, interview_id: int, transcript_id: int, touched: Iterable[int | None]
) -> tuple[FullTranscript, Marks]:
    """Return the stretch of a transcript that an edit concerns, and the marks that it reaches."""
    places = writer.turn_places(transcript_id)
    order = list(places)
    reached = {places[turn] for turn in touched if turn in places}
    reached |= {place + 1 for place in reached if place + 1 < len(order)}

    def reaches(span: Span | None) -> bool:
        if span is None or span.start_turn not in places or span.end_turn not in places:
            return False
        return any(places[span.start_turn] <= place <= places[span.end_turn] for place in reached)

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
        ids[turn.id] = writer.insert("turn", **_turn_columns(turn))
    change = change.with_ids(ids)
    before = {turn.id: turn for turn in transcript.turns}
    for turn in change.updated_turns:
        old = _turn_columns(before[turn.id])
        new = {name: value for name, value in _turn_columns(turn).items() if old[name] != value}
        if new:
            writer.update("turn", turn.id, **new)
    for turn in (*change.updated_turns, *change.new_turns):
        _store_footnotes(writer, before.get(turn.id), turn)
    for tagging in change.updated_taggings:
        writer.update("tagging", tagging.id, **laid_columns(tagging))
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


def _turn_columns(turn: Turn) -> dict[str, Any]:
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
    old = {note.id: note for note in before.footnotes} if before else {}
    for note in after.footnotes:
        if note.id in old and replace(old.pop(note.id), offset=note.offset) == note:
            writer.update("footnote", note.id, offset=note.offset)
        elif note.id:
            writer.update("footnote", note.id, turn_id=after.id, offset=note.offset)
        else:
            writer.insert(
                "footnote", turn_id=after.id, offset=note.offset, text=note.text, link=note.link
            )
