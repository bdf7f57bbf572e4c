"""What editing a turn does to the times of its words and captions, and to its own.

A timed text keeps its time as long as part of its text remains. Words that are
retyped as a whole hand the time from the first one's start to the last one's
end to the new words. Letters typed onto a word belong to it up to the next
space; whatever is typed onto a caption belongs to that caption. Times stay in
order. A timed text whose words a person changed loses the recogniser's
confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive_app.domain.records import TimedText, Turn
from archive_app.domain.spans import TurnCut, edited_text

if TYPE_CHECKING:
    from archive_app.domain.spans import TextEdit


def edit_timed(timed: Sequence[TimedText], edit: TextEdit, text: str) -> tuple[TimedText, ...]:
    """Return a turn's timed texts after an edit; ``text`` is the turn's text before it.

    Order is kept, nothing overlaps, O(len(timed)).
    """
    if not timed:
        return ()
    new_text = edited_text(text, edit)
    parts = _sorted_out(timed, edit)
    left, right = parts.left, parts.right
    if parts.around is not None:
        grown = replace(parts.around, end=parts.around.end + edit.growth, confidence=None)
        return (*left[:-1], grown, *_moved(right, edit.growth))
    takes_left, takes_right = _taken_by_neighbours(parts, edit)
    middle = _retyped(parts.retyped, edit.start + takes_left, edit.new_end - takes_right, new_text)
    shown_left = _with_last_end(left, edit.start, takes_left)
    shown_right = _with_first_start(right, edit, takes_right)
    return (*shown_left, *middle, *shown_right)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Timed texts by how they lie to an edit."""

    left: Sequence[TimedText]
    """Those with text left of the edit; the last one may reach into it."""
    retyped: Sequence[TimedText]
    """Those wholly within the edit."""
    right: Sequence[TimedText]
    """Those with text right of the edit; the first one may reach into it."""
    around: TimedText | None
    """The one with text on both sides: it is the last of ``left``."""


def _sorted_out(timed: Sequence[TimedText], edit: TextEdit) -> _Parts:
    left = [t for t in timed if t.start < edit.start]
    right = [t for t in timed if t.end > edit.end and t.start >= edit.start]
    retyped = [t for t in timed if t.start >= edit.start and t.end <= edit.end]
    around = left[-1] if left and left[-1].end > edit.end else None
    return _Parts(left, retyped, right, around)


def _taken_by_neighbours(parts: _Parts, edit: TextEdit) -> tuple[int, int]:
    """Return how much of the new text the timed texts left and right of it take in."""
    length = len(edit.text)
    reach_left = reach_right = False
    if parts.left:
        last = parts.left[-1].end
        reach_left = last > edit.start or (last == edit.start and not parts.retyped)
    if parts.right:
        first = parts.right[0].start
        reach_right = first < edit.end or (first == edit.end and not parts.retyped)
    if reach_left and parts.left[-1].is_cue and not parts.retyped:
        return length, 0
    if reach_right and parts.right[0].is_cue and not parts.retyped and not reach_left:
        return 0, length
    takes_left = len(edit.text) - len(_without_first_word(edit.text)) if reach_left else 0
    takes_right = len(edit.text) - len(_without_last_word(edit.text)) if reach_right else 0
    return takes_left, min(takes_right, length - takes_left)


def _without_first_word(text: str) -> str:
    for place, char in enumerate(text):
        if char.isspace():
            return text[place:]
    return ""


def _without_last_word(text: str) -> str:
    for place in range(len(text), 0, -1):
        if text[place - 1].isspace():
            return text[:place]
    return ""


def _retyped(
    retyped: Sequence[TimedText], start: int, end: int, new_text: str
) -> tuple[TimedText, ...]:
    while start < end and new_text[start].isspace():
        start += 1
    while start < end and new_text[end - 1].isspace():
        end -= 1
    if not retyped or start >= end:
        return ()
    first, last = retyped[0], retyped[-1]
    return (TimedText(start, end, first.start_ms, last.end_ms, first.is_cue, None),)


def _with_last_end(left: Sequence[TimedText], start: int, takes: int) -> Sequence[TimedText]:
    if not left or (left[-1].end <= start and not takes):
        return left
    return [*left[:-1], replace(left[-1], end=start + takes, confidence=None)]


def _with_first_start(
    right: Sequence[TimedText], edit: TextEdit, takes: int
) -> Sequence[TimedText]:
    moved = _moved(right, edit.growth)
    if not right or (right[0].start >= edit.end and not takes):
        return moved
    return [replace(moved[0], start=edit.new_end - takes, confidence=None), *moved[1:]]


def _moved(timed: Iterable[TimedText], by: int) -> list[TimedText]:
    if not by:
        return list(timed)
    return [replace(t, start=t.start + by, end=t.end + by) for t in timed]


@dataclass(frozen=True, slots=True)
class SplitTimes:
    """The timed texts and times of the two halves of a turn."""

    left: tuple[TimedText, ...]
    right: tuple[TimedText, ...]
    left_end_ms: int | None
    right_start_ms: int | None
    is_estimated: bool
    """The halves' times are not from the recording's own words but in proportion."""


def split_times(turn: Turn, cut: TurnCut) -> SplitTimes:
    """Return how a turn's times divide where its text parts.

    By its words' and captions' times where they are known, else in proportion to
    the text; unknown (``None``) where the turn has no start or no end either.
    """
    left = [t for t in turn.timed if t.end <= cut.left_end]
    right = [
        replace(t, start=t.start - cut.right_start, end=t.end - cut.right_start)
        for t in turn.timed
        if t.start >= cut.right_start
    ]
    astride = [t for t in turn.timed if t.start < cut.right_start and t.end > cut.left_end]
    middle_ms = None
    for timed in astride:
        middle_ms = _part_ms(
            timed.start_ms, timed.end_ms, cut.left_end - timed.start, timed.end - timed.start
        )
        if timed.start < cut.left_end:
            left.append(replace(timed, end=cut.left_end, end_ms=middle_ms, confidence=None))
        if timed.end > cut.right_start:
            end = timed.end - cut.right_start
            right.insert(0, replace(timed, start=0, end=end, start_ms=middle_ms, confidence=None))
    if cut.right_start >= len(turn.text) or cut.left_end == 0:
        boundary = turn.end_ms if cut.left_end else turn.start_ms
        return SplitTimes(tuple(left), tuple(right), boundary, boundary, is_estimated=False)
    if left and right:
        ends = left[-1].end_ms, right[0].start_ms
        is_astride = middle_ms is not None
        return SplitTimes(tuple(left), tuple(right), *ends, is_estimated=is_astride)
    boundary = _boundary_ms(turn, cut, left, right)
    is_estimated = boundary is not None
    return SplitTimes(tuple(left), tuple(right), boundary, boundary, is_estimated)


def _boundary_ms(
    turn: Turn, cut: TurnCut, left: Sequence[TimedText], right: Sequence[TimedText]
) -> int | None:
    if left:
        return left[-1].end_ms
    if right:
        return right[0].start_ms
    if turn.start_ms is None or turn.end_ms is None:
        return None
    return _part_ms(turn.start_ms, turn.end_ms, cut.left_end, len(turn.text))


def _part_ms(start_ms: int, end_ms: int, part: int, whole: int) -> int:
    if whole <= 0:
        return start_ms
    return start_ms + (end_ms - start_ms) * max(0, min(part, whole)) // whole


def merge_timed(first: Turn, second: Turn, shift: int) -> tuple[TimedText, ...]:
    """Return the timed texts of two turns made one; ``shift`` is where the second's text begins.

    Where the two spoke at once, the second's times give way so that they stay in order.
    """
    moved: list[TimedText] = []
    last_ms = first.timed[-1].end_ms if first.timed else first.start_ms or 0
    for timed in second.timed:
        start_ms = max(timed.start_ms, last_ms)
        last_ms = max(timed.end_ms, start_ms)
        moved.append(
            replace(
                timed,
                start=timed.start + shift,
                end=timed.end + shift,
                start_ms=start_ms,
                end_ms=last_ms,
            )
        )
    return (*first.timed, *moved)
