"""Beginning a turn while transcribing: where its text parts, and at what time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive_app.domain.records import DossierItem, FullTranscript, Restriction, Turn
from archive_app.domain.transcript import insert_turn, split_turn
from archive_app.domain.transcript_change import TranscriptChange
from archive_app.domain.turn_texts import TurnTexts
from archive_app.domain.turn_times import (
    NOTHING_BEYOND,
    Room,
    TimesBeyond,
    clipped_words,
    room_between,
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: an entry of the register, a mere label, or nobody known."""

    person_id: int | None
    label: str


def begin_turn(
    transcript: FullTranscript,
    turn_id: int,
    offset: int,
    *,
    at_ms: int | None = None,
    speaker: Speaker | None = None,
    new_id: int = -1,
    beyond: TimesBeyond = NOTHING_BEYOND,
    restrictions: Iterable[Restriction] = (),
    passages: Iterable[DossierItem] = (),
) -> TranscriptChange:
    """Return what beginning a turn at a place of the text changes.

    ``at_ms`` is where the recording stands, ``speaker`` who speaks in the new turn
    (``None``: the same). The new turn is ``new_turns[0]``.

    - In the middle of the text the turn is split. The playhead's time counts where it
      lies between the words on both sides, else the words' own times, or a proportion.
    - Behind the text an empty turn begins at the playhead, and the turn ends there:
      no sooner than its last word, and no later than it was known to end. Where the
      playhead is elsewhere, the new turn begins, by estimate, where the old one ends.
    - Before the text an empty turn is put in front: at the playhead, if it lies
      between the turn before and this one, else where this one begins.

    Raises:
        SpanOutsideText: no such turn, or the offset is not in its text.
    """
    texts = TurnTexts.of(transcript.turns)
    place = texts.place(turn_id)
    turn = transcript.turns[place]
    before, after = transcript.turns[:place], transcript.turns[place + 1 :]
    if turn.text[:offset].strip() and turn.text[offset:].strip():
        change = split_turn(
            transcript, turn_id, offset, new_id=new_id, beyond=beyond,
            restrictions=restrictions, passages=passages,
        )  # fmt: skip
        room = room_between((*before, turn), after, beyond)
        return _with_speaker(_met_at(change, turn, at_ms, room), speaker)
    if turn.text.strip() and not turn.text[:offset].strip():
        start_ms, is_estimated = _before(turn, at_ms, room_between(before, (turn, *after), beyond))
        after_id, ended = (before[-1].id if before else None), turn
    else:
        start_ms, is_estimated = _behind(turn, at_ms, room_between((*before, turn), after, beyond))
        after_id, ended = turn_id, _ended(turn, None if is_estimated else start_ms)
    new = Turn(
        new_id, "", turn.transcript_id, 0, turn.speaker_id, turn.speaker_label,
        turn.recording_id, start_ms, None, "", is_time_estimated=is_estimated,
    )  # fmt: skip
    change = insert_turn(
        transcript, new, after_turn_id=after_id, beyond=beyond,
        restrictions=restrictions, passages=passages,
    )  # fmt: skip
    if ended is not turn:
        change = _with_turn(change, ended)
    return _with_speaker(change, speaker)


def _met_at(
    change: TranscriptChange, turn: Turn, at_ms: int | None, room: Room
) -> TranscriptChange:
    """Return a split whose halves meet at the playhead, if that lies between their words."""
    (right,) = change.new_turns
    left = next(one for one in change.updated_turns if one.id == turn.id)
    left_end, right_start = len(left.text), len(turn.text) - len(right.text)
    parted = next((t for t in turn.timed if t.start < left_end and t.end > right_start), None)
    if parted is not None:
        earliest, latest = parted.start_ms, parted.end_ms
    else:
        earliest = left.timed[-1].end_ms if left.timed else left.start_ms
        latest = right.timed[0].start_ms if right.timed else right.end_ms
    is_between = (
        at_ms is not None
        and room.holds(at_ms)
        and (earliest is None or earliest <= at_ms)
        and (latest is None or at_ms <= latest)
    )
    if at_ms is None or not is_between:
        return change
    left_timed, right_timed = left.timed, right.timed
    if parted is not None:
        left_timed = (*left_timed[:-1], replace(left_timed[-1], end_ms=at_ms))
        right_timed = (replace(right_timed[0], start_ms=at_ms), *right_timed[1:])
    is_estimated = turn.is_time_estimated
    left = replace(left, end_ms=at_ms, timed=left_timed, is_time_estimated=is_estimated)
    right = replace(right, start_ms=at_ms, timed=right_timed, is_time_estimated=is_estimated)
    return replace(_with_turn(change, left), new_turns=(right,))


def _before(turn: Turn, at_ms: int | None, room: Room) -> tuple[int | None, bool]:
    if at_ms is not None and room.holds(at_ms):
        return at_ms, False
    return turn.start_ms, turn.start_ms is not None


def _behind(turn: Turn, at_ms: int | None, room: Room) -> tuple[int | None, bool]:
    if at_ms is not None and room.holds(at_ms):
        return at_ms, False
    end_ms = turn.end_ms
    if end_ms is None and turn.timed:
        end_ms = turn.timed[-1].end_ms
    return (None, False) if end_ms is None else (room.fitted(end_ms), True)


def _ended(turn: Turn, at_ms: int | None) -> Turn:
    """Return the turn as it ends where a new one began behind it."""
    if at_ms is None:
        return turn
    end_ms = max(at_ms, turn.timed[-1].end_ms) if turn.timed else at_ms
    if turn.end_ms is not None and turn.end_ms <= end_ms:
        return turn
    return replace(turn, end_ms=end_ms, timed=clipped_words(turn.timed, turn.start_ms, end_ms))


def _with_turn(change: TranscriptChange, turn: Turn) -> TranscriptChange:
    """Return the change with a turn's times in place of what it had for them."""
    others = tuple(one for one in change.updated_turns if one.id != turn.id)
    known = next((one for one in change.updated_turns if one.id == turn.id), turn)
    timed = replace(
        known, end_ms=turn.end_ms, timed=turn.timed, is_time_estimated=turn.is_time_estimated
    )
    return replace(change, updated_turns=(*others, timed))


def _with_speaker(change: TranscriptChange, speaker: Speaker | None) -> TranscriptChange:
    if speaker is None:
        return change
    (new,) = change.new_turns
    new = replace(new, speaker_id=speaker.person_id, speaker_label=speaker.label)
    return replace(change, new_turns=(new,))
