"""Facing columns: which turns of a translation stand beside which of the original."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive_app.domain.parallel import ParallelRow, align_turns
from archive_app.domain.records import Turn
from archive_app.domain.released import ReleasedTurn
from archive_app.dossier.marks import ShownTurn
from archive_app.language.folding import fold


@dataclass(frozen=True, slots=True)
class Row:
    """Turns that stand beside each other, their first lines level; one side may be empty."""

    left: tuple[ShownTurn, ...]
    right: tuple[ShownTurn, ...]


def aligned(
    original: Sequence[ReleasedTurn], translation: Sequence[ReleasedTurn]
) -> tuple[ParallelRow, ...]:
    """Return the rows of two transcripts, their turns by number.

    They are those of the window's two columns (``domain.parallel``): by times where both
    have them, else by order, speakers and lengths.
    """
    return align_turns(
        [_as_turn(turn) for turn in original], [_as_turn(turn) for turn in translation]
    )


def rows_touching(
    rows: Sequence[ParallelRow],
    ours: Mapping[int, ShownTurn],
    theirs: Mapping[int, ShownTurn],
    *,
    is_left: bool,
) -> tuple[Row, ...]:
    """Return the rows that hold a shown turn of the left side, or of the right one.

    A passage so has beside it every turn that renders it, whole; of a whole transcript
    all rows are kept, those too that have turns on the other side alone.
    """
    is_whole = len(ours if is_left else theirs) == sum(
        len(row.original if is_left else row.translation) for row in rows
    )
    made: list[Row] = []
    for row in rows:
        left = tuple(ours[n] for n in row.original if n in ours)
        right = tuple(theirs[n] for n in row.translation if n in theirs)
        if (left or right) if is_whole else (left if is_left else right):
            made.append(Row(left, right))
    return tuple(made)


def _as_turn(turn: ReleasedTurn) -> Turn:
    # Names fold to one script, so that a speaker is known to be the same on both sides.
    return Turn(
        id=turn.n, uuid="", transcript_id=0, position=turn.n, speaker_id=None,
        speaker_label=fold(turn.speaker), recording_id=turn.recording, start_ms=turn.start_ms,
        end_ms=turn.end_ms, text=turn.text,
    )  # fmt: skip
