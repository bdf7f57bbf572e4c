"""Turns to caption cues and, from files of our own, back to the very same turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.domain.parsed import Loss, ParsedTurn
from archive_app.domain.records import Footnote, TimedText
from archive_app.domain.released import ReleasedTurn
from archive_app.translation import tr, trn

STATES = (
    "",
    "time estimated",
    "no end",
    "no start",
    "no time",
    "time estimated, no end",
    "time estimated, no start",
    "time estimated, no time",
)
"""What is to be known of a turn's times; captions always show some."""

CUE_LENGTH = 80
"""Code points after which a turn whose words have times is cut into a further cue: two
lines of some 40, as the BBC's subtitle guidelines have it."""

_GUESSED_MS_PER_CHARACTER = 60


@dataclass(frozen=True, slots=True)
class OutCue:
    """A cue to be written; ``part`` is 0 if it holds its turn whole, else counts from 1.

    ``offset`` is where its text begins in the turn's.
    """

    turn: int
    part: int
    state: str
    start_ms: int
    end_ms: int
    speaker: str
    text: str
    offset: int = 0
    footnotes: tuple[Footnote, ...] = ()
    """With offsets in ``text``."""


@dataclass(frozen=True, slots=True)
class OwnCue:
    """A cue read from a file of our own; footnotes' offsets count in ``text``."""

    turn: int
    part: int
    state: str
    start_ms: int
    end_ms: int
    speaker: str
    text: str
    footnotes: tuple[Footnote, ...] = ()


def cues_of(turns: Sequence[ReleasedTurn]) -> tuple[list[OutCue], list[Loss]]:
    """Return the cues of the turns, in order, and what had to be guessed for them."""
    cues: list[OutCue] = []
    guessed: list[int] = []
    reversed_turns: list[int] = []
    disordered: list[int] = []
    known = 0
    for i, turn in enumerate(turns):
        start, end = turn.start_ms, turn.end_ms
        if start is None or end is None:
            guessed.append(turn.n)
        shown_start = _shown_start(turn, known)
        shown_end = end if end is not None else _guess_end(turn, shown_start, turns[i + 1 :])
        if shown_end < shown_start:
            reversed_turns.append(turn.n)
            shown_end = shown_start
        if shown_start < known:
            disordered.append(turn.n)
        known = max(known, shown_start)
        parts = _parts(turn, shown_start, shown_end)
        offset = 0
        for number, (text, begins, ends) in enumerate(parts, start=1):
            cues.append(
                OutCue(
                    turn.n,
                    number if len(parts) > 1 else 0,
                    _state(turn),
                    begins,
                    ends,
                    turn.speaker,
                    text,
                    offset,
                    _footnotes(turn, offset, offset + len(text), is_last=number == len(parts)),
                )
            )
            offset += len(text) + 1
    return cues, _said(guessed, reversed_turns, disordered)


def _footnotes(turn: ReleasedTurn, start: int, end: int, *, is_last: bool) -> tuple[Footnote, ...]:
    """Return the footnotes that stand in [start, end] of a turn, counted from ``start``."""
    return tuple(
        Footnote(min(note.offset, end) - start, note.text, note.link)
        for note in sorted(turn.footnotes, key=lambda note: note.offset)
        if start <= note.offset <= end or (is_last and note.offset > end)
    )


def _said(guessed: list[int], reversed_turns: list[int], disordered: list[int]) -> list[Loss]:
    said = (
        (
            guessed,
            trn(
                "{count} turn has no time of its own; captions need one, so it was guessed.",
                "{count} turns have no times of their own; captions need them, "
                "so they were guessed.",
                len(guessed),
            ),
        ),
        (
            reversed_turns,
            trn(
                "{count} turn ends before it begins; its caption has no length.",
                "{count} turns end before they begin; their captions have no length.",
                len(reversed_turns),
            ),
        ),
        (
            disordered,
            trn(
                "{count} turn begins before the one above it; players may show it late.",
                "{count} turns begin before the ones above them; players may show them late.",
                len(disordered),
            ),
        ),
    )
    return [Loss(what, tr("turn {number}", number=numbers[0])) for numbers, what in said if numbers]


def _state(turn: ReleasedTurn) -> str:
    if turn.start_ms is None:
        missing = "no time" if turn.end_ms is None else "no start"
    else:
        missing = "no end" if turn.end_ms is None else ""
    if not turn.is_time_estimated:
        return missing
    return f"time estimated, {missing}" if missing else "time estimated"


def _shown_start(turn: ReleasedTurn, known: int) -> int:
    if turn.start_ms is not None:
        return turn.start_ms
    return known if turn.end_ms is None else min(known, turn.end_ms)


def _guess_end(turn: ReleasedTurn, start: int, following: Sequence[ReleasedTurn]) -> int:
    guess = start + _GUESSED_MS_PER_CHARACTER * len(turn.text)
    upcoming = next((t.start_ms for t in following if t.start_ms is not None), None)
    if upcoming is None or upcoming < start:
        return guess
    return min(guess, upcoming)


def _parts(turn: ReleasedTurn, start_ms: int, end_ms: int) -> list[tuple[str, int, int]]:
    """Return (text, start, end) of the cues of a turn; joined by single spaces they are it."""
    parts: list[tuple[str, int, int]] = []
    begin, begins, ends = 0, start_ms, start_ms
    text = turn.text
    for timed in turn.timed:
        cut = timed.start
        is_due = timed.is_cue or cut - begin >= CUE_LENGTH
        if is_due and cut - begin > 1 and text[cut - 1] == " " and text[begin : cut - 1].strip():
            parts.append((text[begin : cut - 1], begins, max(begins, ends)))
            begin, begins = cut, timed.start_ms
        ends = timed.end_ms
    parts.append((text[begin:], begins, end_ms))
    if len(parts) > 1 and (not text[begin:].strip() or begins > end_ms or turn.start_ms is None):
        return [(text, start_ms, end_ms)]
    return parts


def turns_from_own(cues: Sequence[OwnCue]) -> tuple[ParsedTurn, ...] | None:
    """Return the turns that the cues of a file of our own say; None if they make no sense."""
    turns: list[ParsedTurn] = []
    i = 0
    while i < len(cues):
        j = i + 1
        while j < len(cues) and cues[j].turn == cues[i].turn and cues[j].part > cues[j - 1].part:
            j += 1
        group = cues[i:j]
        if group[0].state not in STATES or group[0].part > 1:
            return None
        turns.append(_own_turn(group))
        i = j
    return tuple(turns)


def _own_turn(group: Sequence[OwnCue]) -> ParsedTurn:
    timed: list[TimedText] = []
    footnotes: list[Footnote] = []
    position = 0
    for cue in group:
        footnotes += [Footnote(position + f.offset, f.text, f.link) for f in cue.footnotes]
        end = position + len(cue.text)
        if len(group) > 1 and end > position:
            timed.append(
                TimedText(position, end, cue.start_ms, max(cue.start_ms, cue.end_ms), is_cue=True)
            )
        position = end + 1
    state = group[0].state
    has_no_start = state.endswith(("no start", "no time"))
    has_no_end = state.endswith(("no end", "no time"))
    return ParsedTurn(
        group[0].speaker,
        None if has_no_start else group[0].start_ms,
        None if has_no_end else group[-1].end_ms,
        " ".join(cue.text for cue in group),
        tuple(timed),
        tuple(footnotes),
        is_time_estimated=state.startswith("time estimated"),
    )
