"""What was closed stays closed when a new transcript is laid over an old one.

A passage closes more than its own words: the same minutes in other transcripts,
and the minutes of theirs in this one (``domain.passages``). New times can move
those. So the gate itself is asked before and after; whatever it would open is
closed by a copy of the restriction that closed it, for a person to lift.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from archive_app.domain.passages import ClosedPassages, closed_passages
from archive_app.domain.records import Audience, InterviewFile, Restriction, Span, Turn
from archive_app.domain.turn_texts import TurnTexts

Ranges = list[tuple[int, int]]
Closed = Mapping[int, Mapping[int, Ranges]]
"""Transcript id to turn id to closed ranges of its text."""

_EVERY = date.min
"""A day on which no restriction has ended yet: what is to end some day is carried too."""
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Replacement:
    """One transcript's text is replaced in an interview."""

    transcript_id: int
    turns: tuple[Turn, ...]
    """The new ones; no two turns of the interview have the same id."""
    carry: Callable[[Span], Iterable[Span]]
    """Where a closed passage of the old text stands in the new one."""
    copied_from: int | None = None
    """The transcript of the interview whose text it is."""
    copies: Mapping[int, int] | None = None
    """Its turns' ids to those of the new turns."""


def further_closings(
    before: InterviewFile, restrictions: Sequence[Restriction], replacement: Replacement
) -> tuple[Restriction, ...]:
    """Return the restrictions, still to be stored, without which something would open.

    ``restrictions`` are all of the interview's as they will be, on the new text.
    """
    added: list[Restriction] = []
    after = _after(before, restrictions, replacement)
    for audience in (Audience.READING_ROOM, Audience.PUBLIC):
        required = _required(before, replacement, audience)
        for _ in range(_ROUNDS):
            opened = list(_opened(required, after, audience))
            if not opened:
                break
            for transcript_id, span in opened:
                quote = _quote(after, transcript_id, span)
                closers = _closers(before, transcript_id, span, audience)
                added += (_copy(one, transcript_id, span, quote) for one in closers)
            after = replace(after, restrictions=(*restrictions, *added))
    return tuple(added)


def _after(
    before: InterviewFile, restrictions: Sequence[Restriction], replacement: Replacement
) -> InterviewFile:
    transcripts = tuple(
        replace(full, turns=replacement.turns, taggings=())
        if full.transcript.id == replacement.transcript_id
        else full
        for full in before.transcripts
    )
    return replace(before, transcripts=transcripts, restrictions=tuple(restrictions))


def _required(before: InterviewFile, replacement: Replacement, audience: Audience) -> Closed:
    """Return what must be closed afterwards, because it is closed now."""
    required = {one: dict(turns) for one, turns in _closed(before, audience).items()}
    old = required.pop(replacement.transcript_id, {})
    texts = TurnTexts.of(replacement.turns)
    new: dict[int, Ranges] = {}
    before_turns = next(
        one.turns for one in before.transcripts if one.transcript.id == replacement.transcript_id
    )
    for closed in _runs(before_turns, old):
        for span in replacement.carry(closed):
            for part, place in _parts(texts, span):
                new.setdefault(part, []).append(place)
    if replacement.copied_from is not None:
        for turn, ranges in required.get(replacement.copied_from, {}).items():
            new.setdefault((replacement.copies or {})[turn], []).extend(ranges)
    if new:
        required[replacement.transcript_id] = new
    return required


def _closed(file: InterviewFile, audience: Audience) -> dict[int, dict[int, Ranges]]:
    closed: ClosedPassages = closed_passages(file, audience, _EVERY)
    result = {one: dict(turns) for one, turns in closed.by_transcript.items()}
    for full in file.transcripts:
        if full.transcript.id in closed.withheld_transcripts:
            result[full.transcript.id] = {turn.id: [(0, len(turn.text))] for turn in full.turns}
    return result


def _opened(
    required: Closed, after: InterviewFile, audience: Audience
) -> Iterator[tuple[int, Span]]:
    """Yield what would be open, runs of turns as one span: (transcript id, span)."""
    closed = _closed(after, audience)
    for full in after.transcripts:
        now = closed.get(full.transcript.id, {})
        wanted = required.get(full.transcript.id, {})
        lost = {
            turn: _without(_joined(ranges), now.get(turn, ())) for turn, ranges in wanted.items()
        }
        for span in _runs(full.turns, lost):
            yield full.transcript.id, span


def _runs(turns: Sequence[Turn], ranges: Mapping[int, Ranges]) -> Iterator[Span]:
    """Yield ranges of turns' texts as spans; those that go on in the next turn as one."""
    run: Span | None = None
    length = 0
    for turn in turns:
        for start, end in _joined(ranges.get(turn.id, ())):
            start, end = max(0, start), min(end, len(turn.text))
            if not turn.text[start:end].strip():
                continue
            if run is not None and start == 0 and run.end == length and run.end_turn != turn.id:
                run = replace(run, end_turn=turn.id, end=end)
            else:
                if run is not None:
                    yield run
                run = Span(turn.id, start, turn.id, end)
        if run is not None and run.end_turn != turn.id:
            if turn.text.strip():
                yield run
                run = None
        else:
            length = len(turn.text)
    if run is not None:
        yield run


def _closers(
    before: InterviewFile, transcript_id: int, span: Span, audience: Audience
) -> list[Restriction]:
    """Return which restrictions close a passage to an audience today, as far as can be told."""
    able = [
        one
        for one in before.restrictions
        if one.layer is None and one.shut_out.rank >= audience.rank
    ]
    own = [
        one
        for one in able
        if span.start_turn
        in _closed(replace(before, restrictions=(one,)), audience).get(transcript_id, {})
    ]
    return own or sorted(able, key=lambda one: one.until or date.max)[-1:]


def _copy(template: Restriction, transcript_id: int, span: Span, quote: str) -> Restriction:
    return replace(
        template, id=0, uuid="", transcript_id=transcript_id, span=span, quote=quote,
        is_orphan=False,
    )  # fmt: skip


def _quote(file: InterviewFile, transcript_id: int, span: Span) -> str:
    full = next(one for one in file.transcripts if one.transcript.id == transcript_id)
    return TurnTexts.of(full.turns).quote(span)


def _parts(texts: TurnTexts, span: Span) -> Iterator[tuple[int, tuple[int, int]]]:
    first, last = texts.place(span.start_turn), texts.place(span.end_turn)
    for place in range(first, last + 1):
        turn = texts.ids[place]
        start = span.start if place == first else 0
        yield turn, (start, span.end if place == last else len(texts.text(turn)))


def _joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    joined: Ranges = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


def _without(ranges: Ranges, taken: Iterable[tuple[int, int]]) -> Ranges:
    """Return what is left of ranges, joined ones, when others are taken out."""
    left: Ranges = []
    for start, end in ranges:
        for low, high in _joined(taken):
            if high <= start or low >= end:
                continue
            if low > start:
                left.append((start, low))
            start = max(start, high)
        if start < end:
            left.append((start, end))
    return left
