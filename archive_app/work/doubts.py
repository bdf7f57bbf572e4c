"""Correcting a recogniser's work: what wants hearing, confirming it, mending it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from archive_app.domain import transcript as editing
from archive_app.domain.doubts import DOUBTFUL_BELOW, Flag, doubtful_words, loops, too_fast
from archive_app.domain.records import FullTranscript, Outcome, Turn
from archive_app.domain.spans import TextEdit, minimal_edit
from archive_app.domain.transcript import TranscriptChange
from archive_app.errors import Conflict
from archive_app.language.mixed_script import mixed_script, other_script
from archive_app.store.archive import Archive
from archive_app.translation import mark, tr
from archive_app.work.transcript_edits import Marks, edit_transcript


def flags(
    archive: Archive, transcript_id: int, *, threshold: float = DOUBTFUL_BELOW
) -> tuple[Flag, ...]:
    """Return everything in a stored transcript that wants hearing, in the order of the text."""
    with archive.read() as reader:
        language = reader.transcript(transcript_id).language
        turns = reader.turns(transcript_id)
    return flags_of(turns, language, threshold=threshold)


def flags_of(
    turns: Sequence[Turn], language: str, *, threshold: float = DOUBTFUL_BELOW
) -> tuple[Flag, ...]:
    """Return everything in some turns that wants hearing, in the order of the text.

    ``language`` is the transcript's; ``threshold`` is the confidence, 0 to 1, below which
    a word is doubtful.
    """
    found = [
        *doubtful_words(turns, threshold),
        *loops(turns),
        *too_fast(turns),
        *mixed_script(turns, language),
        *other_script(turns, language),
    ]
    places = {turn.id: place for place, turn in enumerate(turns)}
    found.sort(key=lambda flag: (places[flag.span.start_turn], flag.span.start))
    return tuple(found)


def confirm_word(
    archive: Archive, transcript_id: int, turn_id: int, start: int, end: int
) -> Outcome[int]:
    """Say that the words between two offsets were heard and are right; return how many.

    They keep text and times and are not doubtful any more. From 0 to the text's length
    it confirms a whole turn.

    Raises:
        NotFound: the turn is gone.
    """
    with archive.write(mark("Confirm words")) as writer:
        writer.belongs_to(writer.transcript(transcript_id).interview_id)
        turn = writer.turn(turn_id)
        timed = tuple(
            replace(one, confidence=None)
            if one.confidence is not None and one.start < end and start < one.end
            else one
            for one in turn.timed
        )
        count = sum(old != new for old, new in zip(turn.timed, timed, strict=True))
        if count:
            writer.update("turn", turn_id, timed=timed)
    return writer.outcome(count)


def mend_flags(
    archive: Archive, transcript_id: int, flags: Sequence[Flag]
) -> Outcome[TranscriptChange]:
    """Put what flags propose in place of what they found, as one operation.

    Flags without a proposal, and a second one at the same place, are passed over. Only the
    letters that differ are replaced, so that words keep their tags and times.

    Raises:
        Conflict: the text is not what was flagged any more; nothing was changed.
    """
    meant = [flag for flag in flags if flag.is_mendable]
    return edit_transcript(
        archive,
        transcript_id,
        mark("Mend words"),
        lambda transcript, marks: _mended(transcript, marks, meant),
        touched={flag.span.start_turn for flag in meant},
    )


def _mended(transcript: FullTranscript, marks: Marks, flags: Sequence[Flag]) -> TranscriptChange:
    texts = {turn.id: turn.text for turn in transcript.turns}
    edits: list[TextEdit] = []
    begun: dict[int, int] = defaultdict(lambda: 1 << 62)
    for flag in sorted(flags, key=lambda one: (one.span.start_turn, -one.span.start)):
        turn_id, span = flag.span.start_turn, flag.span
        if texts.get(turn_id, "")[span.start : span.end] != flag.found:
            raise Conflict(
                tr("The text was changed since it was looked through. Nothing was mended. Look it "
                   "through again.")
            )  # fmt: skip
        if span.end > begun[turn_id]:
            continue
        begun[turn_id] = span.start
        smallest = minimal_edit(flag.found, flag.proposal or "", turn=turn_id)
        if smallest is not None:
            edits.append(
                replace(smallest, start=smallest.start + span.start, end=smallest.end + span.start)
            )
    return editing.edit_text(transcript, edits, **marks)
