"""Where closed passages lie in an interview's transcripts.

A passage is closed in one transcript, but the other transcripts of the
interview render the same minutes. So it closes those too: by the words' own
times where they are known, else whole turns; and where the times are not known,
the whole other transcript. A passage that was closed in the other transcript
over the same minutes, and at least as firmly, settles the matter instead.

A passage whose text was edited away, or that no longer fits its transcript,
closes every transcript until a person sets it again or lifts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from archive_app.domain.records import (
    Audience,
    FullTranscript,
    InterviewFile,
    Restriction,
    Span,
    Turn,
)
from archive_app.domain.release_rules import is_closing, shuts_out

Ranges = list[tuple[int, int]]

_MARGIN_MS = 15_000
"""How far an estimated time may be off."""
_FOREVER = 2**62


@dataclass(slots=True)
class ClosedPassages:
    """What passages close of one interview to one audience."""

    restrictions: tuple[Restriction, ...] = ()
    by_transcript: dict[int, dict[int, Ranges]] = field(default_factory=dict)
    """Transcript id to turn id to closed ranges of the turn's text."""
    withheld_transcripts: set[int] = field(default_factory=set)
    """Ids of transcripts that are closed whole because a passage cannot be placed in them."""


@dataclass(frozen=True, slots=True)
class _Passage:
    restriction: Restriction
    transcript: FullTranscript
    parts: dict[int, tuple[int, int]]
    """Turn id to the range of its text."""
    minutes: tuple[int, int] | None
    """In ms, half-open; ``None``: not known."""


def closed_passages(file: InterviewFile, audience: Audience, on: date) -> ClosedPassages:
    """Return what the passages closed on a day hide from an audience."""
    closing = [r for r in file.restrictions if r.layer is None and is_closing(r, on)]
    mine = tuple(r for r in closing if shuts_out(r, audience, on))
    closed = ClosedPassages(mine)
    if not mine:
        return closed
    by_id = {t.transcript.id: t for t in file.transcripts}
    placed = [p for r in closing if (p := _place(r, by_id)) is not None]
    found = {passage.restriction for passage in placed}
    if any(restriction not in found for restriction in mine):
        closed.withheld_transcripts = set(by_id)
    for passage in placed:
        if passage.restriction not in mine:
            continue
        for turn, part in passage.parts.items():
            _close(closed, passage.transcript.transcript.id, turn, [part])
        for other in file.transcripts:
            if other is not passage.transcript and not _is_settled(passage, other, placed):
                _close_elsewhere(closed, passage, other)
    return closed


def _place(restriction: Restriction, by_id: dict[int, FullTranscript]) -> _Passage | None:
    """Return where a restriction's passage stands, or ``None`` if it stands nowhere."""
    transcript = by_id.get(restriction.transcript_id or 0)
    if restriction.is_orphan or restriction.span is None or transcript is None:
        return None
    parts = _parts(restriction.span, transcript.turns)
    if not any(start < end for start, end in parts.values()):
        return None
    return _Passage(restriction, transcript, parts, _minutes(transcript.turns, parts))


def _parts(span: Span, turns: Sequence[Turn]) -> dict[int, tuple[int, int]]:
    places = {turn.id: place for place, turn in enumerate(turns)}
    first, last = places.get(span.start_turn, -1), places.get(span.end_turn, -1)
    if first < 0 or last < first:
        return {}
    parts: dict[int, tuple[int, int]] = {}
    for place in range(first, last + 1):
        length = len(turns[place].text)
        start = max(0, span.start) if place == first else 0
        end = min(length, span.end) if place == last else length
        parts[turns[place].id] = (start, end)
    return parts


def _minutes(turns: Sequence[Turn], parts: dict[int, tuple[int, int]]) -> tuple[int, int] | None:
    """Return from when to when the parts are spoken, generously; ``None`` if no time tells."""
    starts: list[int] = []
    ends: list[int] = []
    for place, turn in enumerate(turns):
        part = parts.get(turn.id)
        if part is None or (part[0] >= part[1] and turn.text):
            continue
        begun, ended = _turn_minutes(turns, place)
        if begun is None or ended is None:
            return None
        touching = [t for t in turn.timed if t.start < part[1] and t.end > part[0]]
        covered = touching and touching[0].start <= part[0] and touching[-1].end >= part[1]
        starts.append(min(t.start_ms for t in touching) if covered else begun)
        ends.append(max(t.end_ms for t in touching) if covered else ended)
    return (min(starts), max(ends)) if starts else None


def _turn_minutes(turns: Sequence[Turn], place: int) -> tuple[int | None, int | None]:
    """Return a turn's time, generously; an end that is missing is the next turn's start."""
    turn = turns[place]
    margin = _MARGIN_MS if turn.is_time_estimated else 0
    end = turn.end_ms
    if end is None:
        end = next((t.start_ms for t in turns[place + 1 :] if t.start_ms is not None), None)
    if end is None and turn.start_ms is not None and place == len(turns) - 1:
        end = _FOREVER
    return (
        None if turn.start_ms is None else turn.start_ms - margin,
        None if end is None else end + margin,
    )


def _is_settled(passage: _Passage, other: FullTranscript, placed: Sequence[_Passage]) -> bool:
    """Tell whether the other transcript has a passage of its own for the same minutes.

    Only one that shuts out at least the same audiences, so that what is settled
    does not depend on who looks (law 13).
    """
    return any(
        own.transcript is other
        and own.restriction.shut_out.rank >= passage.restriction.shut_out.rank
        and (own.minutes is None or passage.minutes is None or _meet(own.minutes, passage.minutes))
        for own in placed
    )


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _close_elsewhere(closed: ClosedPassages, passage: _Passage, other: FullTranscript) -> None:
    turns = other.turns
    if passage.minutes is None:
        closed.withheld_transcripts.add(other.transcript.id)
        return
    for place, turn in enumerate(turns):
        start, end = _turn_minutes(turns, place)
        if start is None or end is None:
            closed.withheld_transcripts.add(other.transcript.id)
            return
        if start >= passage.minutes[1] or end <= passage.minutes[0]:
            continue
        _close(closed, other.transcript.id, turn.id, [_spoken_within(turn, passage.minutes)])


def _spoken_within(turn: Turn, minutes: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a turn that may be spoken in some minutes: all that is not known apart."""
    meets = [_meet((t.start_ms, t.end_ms), minutes) for t in turn.timed]
    if True not in meets:
        return 0, len(turn.text)
    first, last = meets.index(True), len(meets) - 1 - meets[::-1].index(True)
    return (
        turn.timed[first - 1].end if first else 0,
        turn.timed[last + 1].start if last + 1 < len(meets) else len(turn.text),
    )


def _close(closed: ClosedPassages, transcript: int, turn: int, parts: Ranges) -> None:
    closed.by_transcript.setdefault(transcript, {}).setdefault(turn, []).extend(parts)
