"""Where closed passages lie in an interview's transcripts.

A passage is closed in one transcript, but the other transcripts of the
interview render the same minutes. So it closes those too: by the words' own
times where they are known, else whole turns; and where the times are not known,
the whole other transcript. A passage that was closed in the other transcript
over the same minutes, and at least as firmly, settles the matter instead in the
turns that it touches; turns spoken mostly within the minutes are closed all the
same. Where no times tell which passage is which, the other transcript must have
as many of its own; one that is known to lie elsewhere does not count. A turn whose
time is not known is spoken some time between the beginnings of its neighbours.

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
            if other is not passage.transcript:
                _close_elsewhere(closed, passage, other, placed)
    return closed


def closed_texts(file: InterviewFile, closed: ClosedPassages) -> list[str]:
    """Return the closed words, turn by turn."""
    return [
        turn.text[max(0, start) : end]
        for full in file.transcripts
        for turn in full.turns
        for start, end in closed.by_transcript.get(full.transcript.id, {}).get(turn.id, ())
    ]


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


def _minutes(
    turns: Sequence[Turn], parts: dict[int, tuple[int, int]], margin: int = _MARGIN_MS
) -> tuple[int, int] | None:
    """Return from when to when the parts are spoken, generously; ``None`` if no time tells."""
    if all(turn.start_ms is None and turn.end_ms is None for turn in turns):
        return None
    starts: list[int] = []
    ends: list[int] = []
    for place, turn in enumerate(turns):
        part = parts.get(turn.id)
        if part is None or (part[0] >= part[1] and turn.text):
            continue
        begun, ended = _at_most(turns, place, margin)
        touching = [t for t in turn.timed if t.start < part[1] and t.end > part[0]]
        covered = touching and touching[0].start <= part[0] and touching[-1].end >= part[1]
        starts.append(min(t.start_ms for t in touching) if covered else begun)
        ends.append(max(t.end_ms for t in touching) if covered else ended)
    return (min(starts), max(ends)) if starts else None


def _turn_minutes(
    turns: Sequence[Turn], place: int, margin: int = _MARGIN_MS
) -> tuple[int | None, int | None]:
    """Return a turn's time, generously; an end that is missing is the next turn's start.

    ``margin`` is how far a time that was estimated may be off.
    """
    turn = turns[place]
    margin = margin if turn.is_time_estimated else 0
    end = turn.end_ms
    if end is None:
        end = next((t.start_ms for t in turns[place + 1 :] if t.start_ms is not None), None)
    if end is None and turn.start_ms is not None and place == len(turns) - 1:
        end = _FOREVER
    return (
        None if turn.start_ms is None else turn.start_ms - margin,
        None if end is None else end + margin,
    )


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _close_elsewhere(
    closed: ClosedPassages, passage: _Passage, other: FullTranscript, placed: Sequence[_Passage]
) -> None:
    """Close what another transcript has of a passage, but for what its own passages settle.

    They settle it only if they shut out at least the same audiences, so that what
    is settled does not depend on who looks (law 13).
    """
    firm = [p for p in placed if p.restriction.shut_out.rank >= passage.restriction.shut_out.rank]
    those = [p for p in firm if p.transcript is other]
    # One that is known to be spoken at another time says nothing of this one.
    own = [p for p in those if p.minutes is None or passage.minutes is None or _near(p, passage)]
    minutes = [_turn_minutes(other.turns, place) for place in range(len(other.turns))]
    near = any(_near(p, passage) for p in own)
    is_timed = passage.minutes is not None and all(None not in pair for pair in minutes)
    is_matched = _stretches(own) >= _stretches(
        [
            p
            for p in firm
            if p.transcript is passage.transcript
            and (p is passage or not any(_near(p, q) for q in those))
        ]
    )
    if not is_timed and not (own and (near or is_matched)):
        closed.withheld_transcripts.add(other.transcript.id)
        return
    if passage.minutes is None:
        return
    settled = {turn for p in own for turn in p.parts} if near or not is_timed else set[int]()
    for place, turn in enumerate(other.turns):
        start, end = _at_most(other.turns, place)
        if not _meet((start, end), passage.minutes):
            continue
        if settled and (turn.id in settled or not _is_mostly_in(other.turns, place, passage)):
            continue
        _close(closed, other.transcript.id, turn.id, [_spoken_within(turn, passage.minutes)])


def _near(one: _Passage, other: _Passage) -> bool:
    """Tell whether two passages are known to be spoken at the same time, in part at least."""
    return (
        one.minutes is not None and other.minutes is not None and _meet(one.minutes, other.minutes)
    )


def _at_most(turns: Sequence[Turn], place: int, margin: int = _MARGIN_MS) -> tuple[int, int]:
    """Return a turn's time; where it is not known, the time between its neighbours' beginnings."""
    start, end = _turn_minutes(turns, place, margin)
    if start is None:
        before = next(
            (turns[n] for n in range(place - 1, -1, -1) if turns[n].start_ms is not None), None
        )
        start = 0
        if before is not None and before.start_ms is not None:
            start = before.start_ms - (margin if before.is_time_estimated else 0)
    return start, _FOREVER if end is None else end


def _stretches(passages: Sequence[_Passage]) -> int:
    """Return how many stretches of a transcript its passages make, neighbours counted as one."""
    if not passages:
        return 0
    places = {turn.id: place for place, turn in enumerate(passages[0].transcript.turns)}
    reaches = sorted(
        (places[min(p.parts, key=places.__getitem__)], places[max(p.parts, key=places.__getitem__)])
        for p in passages
    )
    count, latest = 0, -2
    for first, last in reaches:
        count += first > latest + 1
        latest = max(latest, last)
    return count


def _is_mostly_in(turns: Sequence[Turn], place: int, passage: _Passage) -> bool:
    """Tell whether more than half of a turn, or of the passage, is spoken in both."""
    start, end = _at_most(turns, place, margin=0)
    core = _minutes(passage.transcript.turns, passage.parts, margin=0)
    if core is None:
        return True
    both = min(end, core[1]) - max(start, core[0])
    return both > 0 and (2 * both > end - start or 2 * both > core[1] - core[0])


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
