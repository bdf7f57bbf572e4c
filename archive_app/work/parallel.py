"""A translation beside its original, and beginning one."""

from __future__ import annotations

from dataclasses import dataclass

from archive_app.domain.parallel import ParallelRow, align_turns
from archive_app.domain.records import FullTranscript, Outcome, TranscriptKind
from archive_app.errors import BadValue
from archive_app.store.archive import Archive
from archive_app.translation import mark, tr
from archive_app.work.fields import language_tag


@dataclass(frozen=True, slots=True)
class Parallel:
    """Two transcripts of an interview, and which of their turns stand beside each other."""

    original: FullTranscript
    translation: FullTranscript
    rows: tuple[ParallelRow, ...]


def parallel(archive: Archive, original_id: int, translation_id: int) -> Parallel:
    """Return two transcripts of one interview, aligned turn by turn.

    Raises:
        BadValue: they are of two interviews, or the same one twice.
        NotFound: there is no such transcript.
    """
    with archive.read() as reader:
        ids = (original_id, translation_id)
        transcripts = [reader.transcript(one) for one in ids]
        if original_id == translation_id or len({one.interview_id for one in transcripts}) > 1:
            raise BadValue(tr("Only two transcripts of one interview can stand side by side."))
        original, translation = reader.full_transcripts(transcripts)
    return Parallel(original, translation, align_turns(original.turns, translation.turns))


def begin_translation(archive: Archive, transcript_id: int, language: str) -> Outcome[int]:
    """Begin a translation and return its id: an empty turn for each turn of the original.

    Speakers, recordings and times are the original's; the words' own times are not.

    Raises:
        BadValue: it is no language tag.
    """
    language = language_tag(language)
    with archive.write(mark("Begin translation")) as writer:
        interview_id = writer.transcript(transcript_id).interview_id
        writer.belongs_to(interview_id)
        made = writer.insert(
            "transcript",
            interview_id=interview_id,
            language=language,
            kind=TranscriptKind.TRANSLATION,
        )
        writer.insert_many(
            "turn",
            [
                {
                    "transcript_id": made,
                    "position": turn.position,
                    "speaker_id": turn.speaker_id,
                    "speaker_label": turn.speaker_label,
                    "recording_id": turn.recording_id,
                    "start_ms": turn.start_ms,
                    "end_ms": turn.end_ms,
                    "is_time_estimated": turn.is_time_estimated,
                    "text": "",
                }
                for turn in writer.turns(transcript_id)
            ],
        )
    return writer.outcome(made)
