"""The times of turns: what holds of them, and what setting one does to its neighbours.

What holds, after every operation on turns for which it held before:

- turns begin in the order of the transcript (those whose time is known); a turn
  may end after the next one began: people speak at once;
- no turn ends before it begins, or lies outside the interview's recordings;
- a turn whose words have times of their own has a beginning, and they lie within it.

The rules for setting a time:

- A turn cannot begin before the one before it, or after the one behind it: that is
  refused, for the turns themselves would have to change places.
- Where the turn before ended by the old beginning and would now end after the new
  one, it ends at the new one: it did not overlap, and nobody said that it does now.
  Where it did overlap already, it is left alone.
- Where two turns met in one point that was only estimated, the point moves for both.
- Words are clipped into their turn's new times, never lost; where both ends move by
  the same amount, the words move along.
- An end that passes the beginning (or a beginning that passes the end) makes that
  other one unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from archive_app.domain.timecode import format_timecode
from archive_app.errors import BadValue
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.domain.records import TimedText, Turn

NUDGE_MS = 100
"""How far one nudge moves an edge."""


class Edge(StrEnum):
    """Which end of a turn is moved."""

    START = "start"
    END = "end"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class TimesBeyond:
    """What is known of the times outside of a stretch of turns."""

    before_ms: int = 0
    """When the last turn before the stretch begins whose time is known."""
    after_ms: int | None = None
    """When the first turn behind the stretch begins whose time is known."""
    end_ms: int | None = None
    """Where the interview's last recording ends."""


NOTHING_BEYOND = TimesBeyond()
"""The stretch is the whole transcript, and how long the recordings are is not known."""


@dataclass(frozen=True, slots=True)
class Room:
    """Between which times a turn may begin, so that turns stay in order."""

    earliest_ms: int
    latest_ms: int | None
    """``None``: nothing follows, and how long the recording is nobody knows."""
    end_ms: int | None
    """Where the recordings end."""

    def holds(self, ms: int) -> bool:
        """Say whether a turn may begin at a time."""
        return self.earliest_ms <= ms and (self.latest_ms is None or ms <= self.latest_ms)

    def fitted(self, ms: int) -> int:
        """Return the nearest time at which a turn may begin."""
        if self.latest_ms is not None:
            ms = min(ms, self.latest_ms)
        return max(ms, self.earliest_ms)

    def fitted_end(self, ms: int) -> int:
        """Return the nearest time at which a turn may end."""
        return ms if self.end_ms is None else min(ms, self.end_ms)


def begins_ms(turn: Turn) -> int | None:
    """Return when a turn begins: by its own time, else by its first word's, if known."""
    if turn.start_ms is not None:
        return turn.start_ms
    return turn.timed[0].start_ms if turn.timed else None


def room_between(before: Sequence[Turn], after: Sequence[Turn], beyond: TimesBeyond) -> Room:
    """Return the room for a turn between others; both sequences run in the transcript's order."""
    earlier = next((ms for turn in reversed(before) if (ms := begins_ms(turn)) is not None), None)
    earliest = beyond.before_ms if earlier is None else earlier
    later = _first_known([*after, beyond.after_ms])
    if later is None and beyond.end_ms is not None:
        later = max(beyond.end_ms, earliest)
    return Room(earliest, later, beyond.end_ms)


def _first_known(turns: Iterable[Turn | int | None]) -> int | None:
    """Return by when the first of some turns has begun at the latest.

    A turn of which only the end is known begins before that; the next one whose
    beginning is known bounds them all. A bare number is such a beginning.
    """
    ends: list[int] = []
    for turn in turns:
        ms = turn if isinstance(turn, int) or turn is None else begins_ms(turn)
        if ms is not None:
            return min([ms, *ends])
        if turn is not None and not isinstance(turn, int) and turn.end_ms is not None:
            ends.append(turn.end_ms)
    return min(ends, default=None)


def clipped_words(
    timed: Sequence[TimedText], start_ms: int | None, end_ms: int | None
) -> tuple[TimedText, ...]:
    """Return timed texts within a turn's times; one wholly outside gets no duration at the edge."""

    def clip(ms: int) -> int:
        if end_ms is not None:
            ms = min(ms, end_ms)
        return ms if start_ms is None else max(ms, start_ms)

    return tuple(
        one
        if clip(one.start_ms) == one.start_ms and clip(one.end_ms) == one.end_ms
        else replace(one, start_ms=clip(one.start_ms), end_ms=clip(one.end_ms))
        for one in timed
    )


def set_turn_times(
    turns: Sequence[Turn],
    turn_id: int,
    *,
    start_ms: int | None,
    end_ms: int | None,
    beyond: TimesBeyond = NOTHING_BEYOND,
) -> tuple[Turn, ...]:
    """Return the turns that differ once a turn begins and ends at given times (``None``: unknown).

    ``turns`` are consecutive, with at least the neighbours of the one meant. The rules
    are those of this module. A turn with timed words begins with the first of them
    where its beginning is not known. What lies beyond the end of the recordings is
    clipped to it, unless it lay there before.

    Raises:
        BadValue: the turn would end before it begins, or begin before the turn before
            it or after the one behind it; nothing was changed.
        KeyError: no such turn.
    """
    place = _place(turns, turn_id)
    turn = turns[place]
    room = room_between(turns[:place], turns[place + 1 :], beyond)
    if end_ms is not None and end_ms != turn.end_ms:
        end_ms = room.fitted_end(end_ms)
    if start_ms is None and turn.timed:
        first_ms = turn.timed[0].start_ms
        start_ms = first_ms if end_ms is None else min(first_ms, end_ms)
    if start_ms is not None and start_ms != turn.start_ms:
        start_ms = room.fitted_end(start_ms)
    _expect_order(turn, start_ms, end_ms, room)
    timed = _words_moved_along(turn, start_ms, end_ms)
    changed = replace(
        turn,
        start_ms=start_ms,
        end_ms=end_ms,
        timed=clipped_words(timed, start_ms, end_ms),
        is_time_estimated=False,
    )
    neighbours = (*_ending_before(turns, place, changed), *_beginning_with(turns, place, changed))
    return (changed, *neighbours) if changed != turn else neighbours


def _place(turns: Sequence[Turn], turn_id: int) -> int:
    for place, turn in enumerate(turns):
        if turn.id == turn_id:
            return place
    raise KeyError(turn_id)


def _expect_order(turn: Turn, start_ms: int | None, end_ms: int | None, room: Room) -> None:
    if start_ms is not None and end_ms is not None and end_ms < start_ms:
        raise BadValue(tr("A turn cannot end before it begins. Nothing was changed."))
    if start_ms is not None and start_ms != turn.start_ms:
        _expect_room(start_ms, room)
    if end_ms is not None and end_ms != turn.end_ms and end_ms < room.earliest_ms:
        raise BadValue(
            tr("The turn before begins at {time}; this one cannot end earlier. Nothing was "
               "changed. Set the time of the turn before first.",
               time=format_timecode(room.earliest_ms))
        )  # fmt: skip


def _expect_room(start_ms: int, room: Room) -> None:
    if start_ms < room.earliest_ms:
        raise BadValue(
            tr("The turn before begins at {time}; this one cannot begin earlier. Nothing was "
               "changed. Set the time of the turn before first.",
               time=format_timecode(room.earliest_ms))
        )  # fmt: skip
    if room.latest_ms is not None and start_ms > room.latest_ms:
        raise BadValue(
            tr("The next turn begins at {time}; this one cannot begin later. Nothing was changed. "
               "Set the time of the next turn first.",
               time=format_timecode(room.latest_ms))
        )  # fmt: skip


def _words_moved_along(
    turn: Turn, start_ms: int | None, end_ms: int | None
) -> tuple[TimedText, ...]:
    if start_ms is None or end_ms is None or turn.start_ms is None or turn.end_ms is None:
        return turn.timed
    by_ms = start_ms - turn.start_ms
    if not by_ms or by_ms != end_ms - turn.end_ms:
        return turn.timed
    return _moved(turn.timed, by_ms)


def _ending_before(turns: Sequence[Turn], place: int, changed: Turn) -> tuple[Turn, ...]:
    """Return the turn before if its end gives way to, or follows, a beginning that moved."""
    if not place or changed.start_ms is None or changed.start_ms == turns[place].start_ms:
        return ()
    before, old_ms, new_ms = turns[place - 1], turns[place].start_ms, changed.start_ms
    if before.end_ms is None:
        return ()
    met = before.end_ms == old_ms and (before.is_time_estimated or turns[place].is_time_estimated)
    did_overlap = old_ms is not None and before.end_ms > old_ms
    if not met and (did_overlap or before.end_ms <= new_ms):
        return ()
    return (
        replace(before, end_ms=new_ms, timed=clipped_words(before.timed, before.start_ms, new_ms)),
    )


def _beginning_with(turns: Sequence[Turn], place: int, changed: Turn) -> tuple[Turn, ...]:
    """Return the turn behind if it began, by estimate, where this one ended: it still does."""
    old_ms, new_ms = turns[place].end_ms, changed.end_ms
    if place + 1 >= len(turns) or new_ms is None or new_ms == old_ms:
        return ()
    behind = turns[place + 1]
    is_estimated = behind.is_time_estimated or turns[place].is_time_estimated
    if old_ms is None or behind.start_ms != old_ms or not is_estimated:
        return ()
    latest = min(
        ms
        for ms in (
            new_ms,
            behind.end_ms,
            behind.timed[0].start_ms if behind.timed else None,
            _first_known(turns[place + 2 :]),
        )
        if ms is not None
    )
    if latest == old_ms or latest < (changed.start_ms or 0):
        return ()
    return (replace(behind, start_ms=latest),)


def nudge_turn(
    turns: Sequence[Turn],
    turn_id: int,
    *,
    by_ms: int,
    edge: Edge,
    beyond: TimesBeyond = NOTHING_BEYOND,
) -> tuple[Turn, ...]:
    """Return the turns that differ once an edge of a turn, or all of it, is moved a little.

    It moves as far as it can: up to the neighbours' beginnings, the turn's own other
    edge, and the ends of the recordings. An edge whose time is not known stays so.

    Raises:
        KeyError: no such turn.
    """
    place = _place(turns, turn_id)
    turn = turns[place]
    room = room_between(turns[:place], turns[place + 1 :], beyond)
    start_ms, end_ms = turn.start_ms, turn.end_ms
    if edge is Edge.BOTH:
        by_ms = _possible(by_ms, start_ms, room.fitted)
        by_ms = _possible(by_ms, end_ms, lambda ms: max(room.fitted_end(ms), room.earliest_ms))
        start_ms = None if start_ms is None else start_ms + by_ms
        end_ms = None if end_ms is None else end_ms + by_ms
    elif edge is Edge.START and start_ms is not None:
        start_ms += _possible(by_ms, start_ms, room.fitted)
        if end_ms is not None:
            start_ms = min(start_ms, end_ms)
    elif edge is Edge.END and end_ms is not None:
        end_ms += _possible(by_ms, end_ms, room.fitted_end)
        end_ms = max(end_ms, start_ms if start_ms is not None else room.earliest_ms)
    if (start_ms, end_ms) == (turn.start_ms, turn.end_ms):
        return ()
    return set_turn_times(turns, turn_id, start_ms=start_ms, end_ms=end_ms, beyond=beyond)


def _possible(by_ms: int, ms: int | None, fitted: Callable[[int], int]) -> int:
    """Return how far a time can be moved in the direction wanted; never the other way."""
    if ms is None:
        return by_ms
    moved = fitted(ms + by_ms) - ms
    return max(0, min(moved, by_ms)) if by_ms > 0 else min(0, max(moved, by_ms))


@dataclass(frozen=True, slots=True)
class ShiftedTurns:
    """Turns that were moved in time, and how far."""

    turns: tuple[Turn, ...]
    by_ms: int


def shifted_turns(
    turns: Sequence[Turn], turn_id: int, *, by_ms: int, beyond: TimesBeyond = NOTHING_BEYOND
) -> ShiftedTurns:
    """Return a turn and all behind it, moved in time with their words.

    ``turns`` reach to the end of the transcript. They move as far as the turn before
    them begins, and as the recordings go on.

    Raises:
        KeyError: no such turn.
    """
    place = _place(turns, turn_id)
    room = room_between(turns[:place], (), beyond)
    moving = turns[place:]
    first_ms = _first_known(moving)
    last_ms = max((turn.end_ms or begins_ms(turn) or 0 for turn in moving), default=0)
    by_ms = _possible(by_ms, first_ms, lambda ms: max(ms, room.earliest_ms))
    by_ms = _possible(by_ms, last_ms, room.fitted_end)
    if not by_ms:
        return ShiftedTurns((), 0)
    return ShiftedTurns(
        tuple(
            replace(
                turn,
                start_ms=None if turn.start_ms is None else turn.start_ms + by_ms,
                end_ms=None if turn.end_ms is None else max(0, turn.end_ms + by_ms),
                timed=_moved(turn.timed, by_ms),
            )
            for turn in moving
        ),
        by_ms,
    )


def _moved(timed: Sequence[TimedText], by_ms: int) -> tuple[TimedText, ...]:
    return tuple(
        replace(one, start_ms=one.start_ms + by_ms, end_ms=one.end_ms + by_ms) for one in timed
    )
