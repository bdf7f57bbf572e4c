"""Which words are said between two times of a recording.

Words have their own times where a recogniser gave them; everything else is in
proportion to the text: words within a caption, captions and untimed words
within their turn, and turns without times between those that have them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive_app.domain.records import Span, Turn

MS_PER_CHARACTER = 70
"""Some 14 characters a second, calm speech: where nothing says when the last turn ends."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word with what stands close by it: ``[start, end)`` of its turn's text, and its times."""

    start: int
    end: int
    start_ms: int
    end_ms: int


def span_of_time(turns: Sequence[Turn], from_ms: int, to_ms: int) -> Span | None:
    """Return the words of a transcript that sound between two times; ``None`` for silence.

    ``turns`` are all of the transcript's, in order; times are those of its turns.
    Whole words: one that sounds only in part is in. Where people speak at once the
    span reaches from the first of these words to the last in the order of the text.
    """
    first: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    for turn, (start_ms, end_ms) in zip(turns, turn_times(turns), strict=True):
        if start_ms is None or end_ms is None or start_ms >= to_ms or end_ms < from_ms:
            continue
        for word in timed_words(turn, start_ms, end_ms):
            if word.start_ms < to_ms and max(word.end_ms, word.start_ms + 1) > from_ms:
                first = first or (turn.id, word.start)
                last = (turn.id, word.end)
    if first is None or last is None:
        return None
    return Span(*first, *last)


def turn_times(turns: Sequence[Turn]) -> list[tuple[int, int] | tuple[None, None]]:
    """Return when each turn begins and ends, worked out where it is not known.

    A turn without an end lasts until the next one begins; turns without times share
    what lies between their neighbours in proportion to their text. Turns before the
    first known time have none.
    """
    found: list[tuple[int, int] | tuple[None, None]] = [(None, None)] * len(turns)
    known = [place for place, turn in enumerate(turns) if turn.start_ms is not None]
    for number, place in enumerate(known):
        until = known[number + 1] if number + 1 < len(known) else len(turns)
        start_ms = turns[place].start_ms or 0
        end_ms = turns[place].end_ms
        sharing = list(range(place + (end_ms is not None), until))
        if end_ms is not None:
            found[place] = (start_ms, max(end_ms, start_ms))
        begin_ms = start_ms if end_ms is None else max(end_ms, start_ms)
        rest = sum(len(turns[one].text) for one in sharing)
        next_ms = turns[until].start_ms if until < len(turns) else None
        stop_ms = begin_ms + rest * MS_PER_CHARACTER if next_ms is None else next_ms
        done = 0
        for one in sharing:
            length = len(turns[one].text)
            found[one] = (
                _between(begin_ms, stop_ms, done, rest),
                _between(begin_ms, stop_ms, done + length, rest),
            )
            done += length
    return found


def timed_words(turn: Turn, start_ms: int, end_ms: int) -> Iterator[TimedWord]:
    """Yield a turn's words in order with their times; the turn sounds from start to end."""
    offsets, times = [0], [start_ms]
    for timed in turn.timed:
        offsets += timed.start, timed.end
        times += max(timed.start_ms, times[-1]), max(timed.end_ms, timed.start_ms, times[-1])
    offsets.append(len(turn.text))
    times.append(max(end_ms, times[-1]))

    def at(offset: int, *, is_end: bool) -> int:
        # Two words that touch share an offset: an end is the left one's, a start the right one's.
        if is_end:
            right = max(bisect_left(offsets, offset), 1)
            left = right - 1
        else:
            left = min(bisect_right(offsets, offset), len(offsets) - 1) - 1
            right = left + 1
        return _between(
            times[left], times[right], offset - offsets[left], offsets[right] - offsets[left]
        )

    for word in _WORD.finditer(turn.text):
        begins = at(word.start(), is_end=False)
        yield TimedWord(word.start(), word.end(), begins, max(at(word.end(), is_end=True), begins))


def _between(start_ms: int, end_ms: int, part: int, whole: int) -> int:
    if whole <= 0:
        return start_ms
    return start_ms + max(end_ms - start_ms, 0) * min(max(part, 0), whole) // whole
