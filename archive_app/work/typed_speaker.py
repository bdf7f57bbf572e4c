"""A speaker typed in short at the start of a turn: the letters go, the turn is theirs."""

from __future__ import annotations

from dataclasses import replace

from archive_app.domain import transcript as editing
from archive_app.domain.records import FullTranscript, Outcome, Turn
from archive_app.domain.spans import TextEdit
from archive_app.domain.transcript import TranscriptChange
from archive_app.store.archive import Archive
from archive_app.translation import mark
from archive_app.work.transcript_edits import Marks, edit_transcript


def take_typed_speaker(
    archive: Archive, transcript_id: int, turn_id: int, *, length: int, name: str
) -> Outcome[TranscriptChange]:
    """Take the first ``length`` code points out of a turn and let somebody speak it.

    ``name`` is the public name of a person of the interview, else a label.

    Raises:
        BadValue: the turn is gone, or shorter; nothing was changed.
    """
    with archive.read() as reader:
        contributions = reader.contributions(reader.transcript(transcript_id).interview_id)
    wanted = name.casefold()
    people = (one.person for one in contributions)
    person = next((one.id for one in people if one.public_name.casefold() == wanted), None)

    def edit(transcript: FullTranscript, marks: Marks) -> TranscriptChange:
        change = editing.edit_text(transcript, [TextEdit(turn_id, 0, length, "")], **marks)
        return replace(change, updated_turns=tuple(spoken(one) for one in change.updated_turns))

    def spoken(turn: Turn) -> Turn:
        return replace(turn, speaker_id=person, speaker_label=name)

    return edit_transcript(archive, transcript_id, mark("Set speaker"), edit, touched=[turn_id])
