"""Which transcript is written, and what a format leaves out of it and of the interview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from archive_app.domain.parsed import Loss
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript
from archive_app.errors import NotFound
from archive_app.translation import tr, trn

MOST_ALIKE = 20
"""How many losses of one kind are told place by place before they are only counted."""


def told_shortly(losses: Sequence[Loss]) -> tuple[Loss, ...]:
    """Return the losses, the first ``MOST_ALIKE`` of each kind with their places, then a count."""
    alike = Counter(loss.what for loss in losses)
    told: Counter[str] = Counter()
    kept: list[Loss] = []
    for loss in losses:
        told[loss.what] += 1
        if told[loss.what] <= MOST_ALIKE:
            kept.append(loss)
        elif told[loss.what] == alike[loss.what]:
            more = alike[loss.what] - MOST_ALIKE
            where = trn("and {count} more place", "and {count} more places", more)
            kept.append(Loss(loss.what, where))
    return tuple(kept)


def chosen_transcript(released: ReleasedInterview, transcript_id: int | None) -> ReleasedTranscript:
    """Return the transcript with that id, or the first.

    Raises:
        NotFound: there is none, or none that this audience may see.
    """
    for transcript in released.transcripts:
        if transcript_id is None or transcript.transcript_id == transcript_id:
            return transcript
    raise NotFound(
        tr(
            "There is no transcript of this interview to write for this audience. "
            "No file was written."
        )
    )


def left_out(
    released: ReleasedInterview,
    transcript: ReleasedTranscript | None,
    *,
    keeps: frozenset[str],
) -> list[Loss]:
    """Return what a format that keeps only ``keeps`` leaves out of what there is.

    Names: "tags", "footnotes", "words" (times of single words), "cues" (times
    of captions within a turn), "index", "record", "transcripts", "language",
    "recordings".
    """
    said: list[tuple[str, int, str]] = []
    if transcript is not None:
        said += _of_transcript(transcript)
    n = len(released.transcripts) - (1 if transcript else 0)
    other = trn(
        "{count} other transcript is not in the file.",
        "{count} other transcripts are not in the file.",
        n,
    )
    said.append(("transcripts", n, other))
    n = len(released.index_points)
    points = trn(
        "{count} index point is not in the file.",
        "{count} index points are not in the file.",
        n,
    )
    said.append(("index", n, points))
    said.append(("record", 1, tr("The catalogue record is not in the file.")))
    return [Loss(what) for name, count, what in said if count and name not in keeps]


def _of_transcript(transcript: ReleasedTranscript) -> list[tuple[str, int, str]]:
    turns = transcript.turns
    tags = len(transcript.taggings)
    notes = sum(len(turn.footnotes) for turn in turns)
    cues = sum(1 for turn in turns for timed in turn.timed if timed.is_cue)
    words = sum(len(turn.timed) for turn in turns) - cues
    return [
        (
            "tags",
            tags,
            trn(
                "{count} tagged passage is not in the file.",
                "{count} tagged passages are not in the file.",
                tags,
            ),
        ),
        (
            "footnotes",
            notes,
            trn(
                "{count} footnote is not in the file.",
                "{count} footnotes are not in the file.",
                notes,
            ),
        ),
        (
            "words",
            words,
            trn(
                "The time of {count} word is not in the file.",
                "The times of {count} words are not in the file.",
                words,
            ),
        ),
        (
            "cues",
            cues,
            trn(
                "The time of {count} caption within a turn is not in the file.",
                "The times of {count} captions within turns are not in the file.",
                cues,
            ),
        ),
        (
            "language",
            int(bool(transcript.language)),
            tr("The transcript's language is not in the file."),
        ),
    ]
