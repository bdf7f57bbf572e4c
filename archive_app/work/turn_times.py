"""Transcribing along with the sound: turns that begin at the playhead, and their times.

Every function is one operation. The rules for times stand in ``domain.turn_times``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from archive_app.domain import turn_beginning
from archive_app.domain.records import FullTranscript, Outcome, Turn
from archive_app.domain.transcript import TranscriptChange
from archive_app.domain.turn_times import (
    Edge,
    TimesBeyond,
    nudge_turn,
    set_turn_times,
    shifted_turns,
)
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.translation import mark, tr
from archive_app.work.kept_closed import holds_closed_words, nothing_opens
from archive_app.work.speakers import speaker_named
from archive_app.work.transcript_edits import Marks, make_edit, times_beyond

_TimesEdit = Callable[[Sequence[Turn], Turn, TimesBeyond], tuple[Turn, ...]]
"""What the times of some consecutive turns become, the one meant being named."""


def begin_turn(
    archive: Archive,
    transcript_id: int,
    turn_id: int,
    offset: int,
    *,
    at_ms: int | None = None,
    speaker: str | None = None,
) -> Outcome[TranscriptChange]:
    """Begin a turn at a place of the text and at the playhead: split there, or add one behind.

    ``speaker`` is a name ("" nobody, ``None`` whoever speaks in the turn). The new turn
    is ``value.new_turns[0]``. See ``domain.turn_beginning`` for what counts when.

    Raises:
        BadValue: the turn is gone, or the offset is not in its text; nothing was changed.
    """
    with archive.write(mark("Begin turn")) as writer:
        interview_id = writer.transcript(transcript_id).interview_id
        who = None if speaker is None else speaker_named(writer, interview_id, speaker)

        def begin(transcript: FullTranscript, marks: Marks) -> TranscriptChange:
            return turn_beginning.begin_turn(
                transcript, turn_id, offset, at_ms=at_ms, speaker=who,
                beyond=times_beyond(writer, transcript), **marks,
            )  # fmt: skip

        is_concerned = holds_closed_words(writer, transcript_id, {turn_id})
        with nothing_opens(writer, transcript_id, is_concerned=is_concerned):
            change = make_edit(writer, transcript_id, begin, touched=[turn_id])
    return writer.outcome(change)


def set_times(
    archive: Archive, transcript_id: int, turn_id: int, *, start_ms: int | None, end_ms: int | None
) -> Outcome[TranscriptChange]:
    """Set when a turn begins and ends; ``None``: not known.

    Raises:
        BadValue: it would end before it begins, or begin before the turn before it or
            after the one behind it; nothing was changed.
        NotFound: the turn is gone.
    """
    return _timed_edit(
        archive,
        transcript_id,
        mark("Set times"),
        turn_id,
        lambda turns, _turn, beyond: set_turn_times(
            turns, turn_id, start_ms=start_ms, end_ms=end_ms, beyond=beyond
        ),
    )


def set_start(
    archive: Archive, transcript_id: int, turn_id: int, ms: int
) -> Outcome[TranscriptChange]:
    """Let a turn begin at a time; where it ended before that, its end is not known any more.

    Raises:
        BadValue, NotFound: as ``set_times``.
    """

    def edit(turns: Sequence[Turn], turn: Turn, beyond: TimesBeyond) -> tuple[Turn, ...]:
        end_ms = None if turn.end_ms is not None and turn.end_ms < ms else turn.end_ms
        return set_turn_times(turns, turn_id, start_ms=ms, end_ms=end_ms, beyond=beyond)

    return _timed_edit(archive, transcript_id, mark("Set start of turn"), turn_id, edit)


def set_end(
    archive: Archive, transcript_id: int, turn_id: int, ms: int
) -> Outcome[TranscriptChange]:
    """Let a turn end at a time; where it began after that, its beginning is not known any more.

    Raises:
        BadValue, NotFound: as ``set_times``.
    """

    def edit(turns: Sequence[Turn], turn: Turn, beyond: TimesBeyond) -> tuple[Turn, ...]:
        start_ms = None if turn.start_ms is not None and turn.start_ms > ms else turn.start_ms
        return set_turn_times(turns, turn_id, start_ms=start_ms, end_ms=ms, beyond=beyond)

    return _timed_edit(archive, transcript_id, mark("Set end of turn"), turn_id, edit)


def nudge(
    archive: Archive, transcript_id: int, turn_id: int, *, by_ms: int, edge: Edge
) -> Outcome[TranscriptChange]:
    """Move an edge of a turn, or all of it, as far as its neighbours allow.

    Where it could not move at all, the outcome's ``operation_id`` is 0.

    Raises:
        NotFound: the turn is gone.
    """
    return _timed_edit(
        archive,
        transcript_id,
        mark("Nudge turn"),
        turn_id,
        lambda turns, _turn, beyond: nudge_turn(
            turns, turn_id, by_ms=by_ms, edge=Edge(edge), beyond=beyond
        ),
    )


def shift_from(archive: Archive, transcript_id: int, turn_id: int, by_ms: int) -> Outcome[int]:
    """Move a turn and all behind it in time, words included; return by how many ms they moved.

    They move as far as the turn before and the ends of the recordings allow.

    Raises:
        NotFound: the turn is gone.
    """
    with archive.write(mark("Shift turns")) as writer, nothing_opens(writer, transcript_id):
        writer.belongs_to(writer.transcript(transcript_id).interview_id)
        whole = writer.full_transcript(transcript_id)
        _expect_turn(whole.turns, turn_id)
        beyond = times_beyond(writer, whole)
        moved = shifted_turns(whole.turns, turn_id, by_ms=by_ms, beyond=beyond)
        writer.update_many(
            "turn",
            [
                {"id": one.id, "start_ms": one.start_ms, "end_ms": one.end_ms, "timed": one.timed}
                for one in moved.turns
            ],
        )
    return writer.outcome(moved.by_ms)


def _timed_edit(
    archive: Archive, transcript_id: int, label: str, turn_id: int, edit: _TimesEdit
) -> Outcome[TranscriptChange]:
    def change(transcript: FullTranscript, _marks: Marks, beyond: TimesBeyond) -> TranscriptChange:
        turn = _expect_turn(transcript.turns, turn_id)
        return TranscriptChange(updated_turns=edit(transcript.turns, turn, beyond))

    with archive.write(label) as writer, nothing_opens(writer, transcript_id):
        made = make_edit(
            writer,
            transcript_id,
            lambda transcript, marks: change(transcript, marks, times_beyond(writer, transcript)),
            touched=[turn_id],
        )
    return writer.outcome(made)


def _expect_turn(turns: Sequence[Turn], turn_id: int) -> Turn:
    found = next((turn for turn in turns if turn.id == turn_id), None)
    if found is None:
        raise NotFound(tr("This turn is no longer in the archive. Nothing was changed."))
    return found
