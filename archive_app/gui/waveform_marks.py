"""What is marked on the waveform: who speaks when, and where the parts of the interview begin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass

from archive_app.gui.interview_data import Loaded

_NO_END_MS = 5_000
"""How long the last turn is drawn if nobody knows its end."""
_LOOKED_BACK_MS = 600_000
"""A turn that began longer ago is not looked for behind those that ended since."""


@dataclass(frozen=True, slots=True)
class TurnBlock:
    """A turn on the timeline, ``[start_ms, end_ms)``."""

    start_ms: int
    end_ms: int
    speaker: str
    turn_id: int


@dataclass(frozen=True, slots=True)
class Flag:
    """Where a part of the interview begins."""

    ms: int
    title: str


class Marks:
    """Turns and flags in the order of time."""

    def __init__(self, blocks: Sequence[TurnBlock] = (), flags: Sequence[Flag] = ()) -> None:
        self.blocks = tuple(sorted(blocks, key=lambda one: one.start_ms))
        self.flags = tuple(sorted(flags, key=lambda one: one.ms))
        self._starts = [one.start_ms for one in self.blocks]
        self._flag_times = [one.ms for one in self.flags]

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Marks) and self.blocks == other.blocks and self.flags == other.flags
        )

    __hash__ = None  # type: ignore[assignment]

    def block_at(self, ms: int) -> TurnBlock | None:
        """Return the turn that is said at a time; of several, the one that began last."""
        for place in range(bisect_right(self._starts, ms) - 1, -1, -1):
            block = self.blocks[place]
            if ms < block.end_ms:
                return block
            if ms - block.start_ms > _LOOKED_BACK_MS:
                break
        return None

    def blocks_between(self, start_ms: int, end_ms: int) -> Sequence[TurnBlock]:
        """Return the turns that may be seen in a stretch."""
        first = max(0, bisect_left(self._starts, start_ms) - 1)
        # Few turns speak at once; those that began before and still last are near.
        while first > 0 and self.blocks[first - 1].end_ms > start_ms:
            first -= 1
        return self.blocks[first : bisect_left(self._starts, end_ms)]

    def flags_between(self, start_ms: int, end_ms: int) -> Sequence[Flag]:
        """Return the flags of a stretch."""
        first = bisect_left(self._flag_times, start_ms)
        return self.flags[first : bisect_left(self._flag_times, end_ms)]


@dataclass(frozen=True, slots=True)
class Said:
    """When a turn is said as far as that is known, and by whom."""

    start_ms: int
    end_ms: int | None
    speaker: str
    turn_id: int


def said_in(loaded: Loaded, transcript_id: int, *, only: Set[int] | None = None) -> list[Said]:
    """Return the turns that have a time, as the audience of ``loaded`` may know them."""
    full, copy = loaded.transcript(transcript_id), loaded.released_transcript(transcript_id)
    if full is not None:
        names = loaded.speakers()
        return [
            Said(
                one.start_ms, one.end_ms, names.get(one.speaker_id or 0, one.speaker_label), one.id
            )
            for one in full.turns
            if one.start_ms is not None and (only is None or one.id in only)
        ]
    return [
        Said(one.start_ms, one.end_ms, one.speaker, one.turn_id)
        for one in (copy.turns if copy is not None else ())
        if one.start_ms is not None and (only is None or one.turn_id in only)
    ]


def marks_of(said: Sequence[Said], flags: Sequence[Flag]) -> Marks:
    """Return turns as blocks: one without an end lasts until the next begins."""
    ordered = sorted(said, key=lambda one: one.start_ms)
    blocks: list[TurnBlock] = []
    for place, one in enumerate(ordered):
        end = one.end_ms
        if end is None or end <= one.start_ms:
            is_last = place + 1 == len(ordered)
            end = one.start_ms + _NO_END_MS if is_last else ordered[place + 1].start_ms
        blocks.append(TurnBlock(one.start_ms, end, one.speaker, one.turn_id))
    return Marks(blocks, flags)


def flags_of(loaded: Loaded) -> list[Flag]:
    """Return where the parts of an interview begin."""
    return [Flag(point.start_ms, point.title) for point in loaded.points]
