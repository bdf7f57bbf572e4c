"""Correcting a transcript: its words, turns and speakers. Times are set in ``turn_times``.

Every function is one operation; tags and closed passages move with their words.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive_app.domain import transcript as editing
from archive_app.domain.records import Outcome, Role, TranscriptKind, Turn
from archive_app.domain.spans import TextEdit, merge_shift, merged_span
from archive_app.domain.transcript import TranscriptChange
from archive_app.domain.turn_texts import TurnTexts
from archive_app.store.archive import Archive
from archive_app.translation import mark
from archive_app.work.fields import language_tag
from archive_app.work.interviews import add_contribution
from archive_app.work.kept_closed import (
    file_with_closings,
    holds_closed_words,
    keep_closed,
    nothing_opens,
    takes_closed_words,
)
from archive_app.work.speakers import speaker_named
from archive_app.work.transcript_edits import Edit, edit_with_times, make_edit, times_beyond


def edit_text(
    archive: Archive, transcript_id: int, edits: Sequence[TextEdit]
) -> Outcome[TranscriptChange]:
    """Make edits of turns' texts, one after the other, as one operation.

    Where they take closed words away, the same minutes stay closed elsewhere.

    Raises:
        BadValue: an edit reaches beyond its turn's text; nothing was changed.
    """
    with archive.write(mark("Edit text")) as writer:
        is_concerned = takes_closed_words(writer, transcript_id, edits)
        with nothing_opens(writer, transcript_id, is_concerned=is_concerned, edits=edits):
            change = make_edit(
                writer,
                transcript_id,
                lambda transcript, marks: editing.edit_text(transcript, edits, **marks),
                touched=[edit.turn for edit in edits],
            )
    return writer.outcome(change)


def split_turn(
    archive: Archive, transcript_id: int, turn_id: int, offset: int
) -> Outcome[TranscriptChange]:
    """Split a turn: it keeps the text before ``offset``, a new one takes the rest."""
    with archive.write(mark("Split turn")) as writer:
        is_concerned = holds_closed_words(writer, transcript_id, {turn_id})
        with nothing_opens(writer, transcript_id, is_concerned=is_concerned):
            change = make_edit(
                writer,
                transcript_id,
                lambda transcript, marks: editing.split_turn(
                    transcript, turn_id, offset, beyond=times_beyond(writer, transcript), **marks
                ),
                touched=[turn_id],
            )
    return writer.outcome(change)


def merge_turns(
    archive: Archive, transcript_id: int, first_turn_id: int
) -> Outcome[TranscriptChange]:
    """Merge a turn with the one that follows it.

    What a passage of another transcript closed in one of them stays closed, by a
    closed passage of its own where it would open.
    """
    with archive.write(mark("Merge turns")) as writer:
        before = file_with_closings(writer, transcript_id)
        change = make_edit(
            writer,
            transcript_id,
            lambda transcript, marks: editing.merge_turns(transcript, first_turn_id, **marks),
            touched=[first_turn_id],
        )
        if before is not None:
            full = next(t for t in before.transcripts if t.transcript.id == transcript_id)
            (second,) = change.deleted_turn_ids
            shift = merge_shift(TurnTexts.of(full.turns), first_turn_id, second)
            keep_closed(
                writer,
                before,
                transcript_id,
                lambda span: (merged_span(span, first_turn_id, second, shift),),
            )
    return writer.outcome(change)


def insert_turn(
    archive: Archive,
    transcript_id: int,
    *,
    after_turn_id: int | None,
    text: str = "",
    speaker_id: int | None = None,
    speaker_label: str = "",
    start_ms: int | None = None,
    end_ms: int | None = None,
) -> Outcome[TranscriptChange]:
    """Put a new turn after another, or before the first.

    Times that do not fit between its neighbours' become the nearest that do.
    """
    turn = Turn(
        id=-1, uuid="", transcript_id=transcript_id, position=0, speaker_id=speaker_id,
        speaker_label=speaker_label, recording_id=None, start_ms=start_ms, end_ms=end_ms, text=text,
    )  # fmt: skip
    return edit_with_times(
        archive,
        transcript_id,
        mark("Add turn"),
        lambda transcript, marks, beyond: editing.insert_turn(
            transcript, turn, after_turn_id=after_turn_id, beyond=beyond, **marks
        ),
        touched=[after_turn_id],
    )


def delete_turn(archive: Archive, transcript_id: int, turn_id: int) -> Outcome[TranscriptChange]:
    """Delete a turn; tags that lay only on it become orphans.

    What a passage in it closed of the same minutes elsewhere stays closed.
    """
    with archive.write(mark("Delete turn")) as writer, nothing_opens(writer, transcript_id):
        change = make_edit(writer, transcript_id, _deleting(turn_id), touched=[turn_id])
    return writer.outcome(change)


def delete_turns(
    archive: Archive, transcript_id: int, turn_ids: Sequence[int]
) -> Outcome[tuple[int, ...]]:
    """Delete several turns in one operation; return the ids of the taggings left without text.

    Raises:
        BadValue: one of the turns is gone; nothing was changed.
    """
    orphaned: list[int] = []
    with archive.write(mark("Delete turns")) as writer, nothing_opens(writer, transcript_id):
        for turn_id in turn_ids:
            change = make_edit(writer, transcript_id, _deleting(turn_id), touched=[turn_id])
            orphaned += change.orphaned_tagging_ids
    return writer.outcome(tuple(orphaned))


def _deleting(turn_id: int) -> Edit:
    return lambda transcript, marks: editing.delete_turn(transcript, turn_id, **marks)


def set_speaker(
    archive: Archive, transcript_id: int, turn_ids: Sequence[int], name: str
) -> Outcome[None]:
    """Say who speaks in turns: somebody of the interview, or a mere label."""
    with archive.write(mark("Set speaker")) as writer:
        interview_id = writer.transcript(transcript_id).interview_id
        writer.belongs_to(interview_id)
        speaker = speaker_named(writer, interview_id, name)
        for turn_id in turn_ids:
            writer.update(
                "turn", turn_id, speaker_id=speaker.person_id, speaker_label=speaker.label
            )
    return writer.outcome(None)


def name_speakers(
    archive: Archive, transcript_id: int, label: str, *, name: str, role: Role
) -> Outcome[int]:
    """Say who is meant by a label everywhere in a transcript; return how many turns it was on."""
    with archive.write(mark("Name speaker")) as writer:
        interview_id = writer.transcript(transcript_id).interview_id
        writer.belongs_to(interview_id)
        person_id = add_contribution(writer, interview_id, role, name)
        meant = [turn for turn in writer.turns(transcript_id) if turn.speaker_label == label]
        for turn in meant:
            writer.update("turn", turn.id, speaker_id=person_id, speaker_label=name)
    return writer.outcome(len(meant))


def set_language(archive: Archive, transcript_id: int, language: str) -> Outcome[None]:
    """Say which language a transcript is in; a guess is no guess any more."""
    language = language_tag(language)
    with archive.write(mark("Set language")) as writer:
        writer.belongs_to(writer.transcript(transcript_id).interview_id)
        writer.update("transcript", transcript_id, language=language, is_language_guessed=False)
    return writer.outcome(None)


def add_transcript(
    archive: Archive, interview_id: int, *, language: str, kind: TranscriptKind
) -> Outcome[int]:
    """Begin a transcript: return its id; it has one empty turn to type into."""
    language = language_tag(language)
    with archive.write(mark("Add transcript"), interview_id=interview_id) as writer:
        transcript_id = writer.insert(
            "transcript", interview_id=interview_id, language=language, kind=kind
        )
        writer.insert("turn", transcript_id=transcript_id, position=editing.POSITION_STEP, text="")
    return writer.outcome(transcript_id)


def delete_transcript(archive: Archive, transcript_id: int) -> Outcome[None]:
    """Take a transcript with its turns and tags out of the archive; undo brings it back."""
    with archive.write(mark("Delete transcript")) as writer:
        writer.belongs_to(writer.transcript(transcript_id).interview_id)
        writer.delete("transcript", transcript_id)
    return writer.outcome(None)
