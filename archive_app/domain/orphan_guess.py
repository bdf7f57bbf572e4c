"""Where a tagging's passage probably is, although its words are others now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from archive_app.domain.records import Span, Tagging, Turn
from archive_app.domain.turn_texts import JOINT

NEIGHBOUR = 12
"""Code points of each neighbour that must have stayed letter for letter."""
GROWTH = 3
ROOM = 80
"""A passage may have grown to GROWTH times its length and this many code points more."""


def guess_place(turns: Sequence[Turn], tagging: Tagging) -> Span | None:
    """Return what stands now between the neighbours that an orphan remembers; ``None`` if unsure.

    For a person to look at, never to be taken unasked: the words were retyped or
    another transcript was laid in their place. One place only, or none.
    """
    before, after = tagging.before.strip()[-NEIGHBOUR:], tagging.after.strip()[:NEIGHBOUR]
    if len(before) < NEIGHBOUR // 2 or len(after) < NEIGHBOUR // 2:
        return None
    whole = JOINT.join(turn.text for turn in turns)
    reach = GROWTH * len(tagging.quote) + ROOM
    found: set[tuple[int, int]] = set()
    for start in _ends_of(whole, before):
        end = whole.find(after, start, start + reach + len(after))
        between = whole[start:end] if end > start else ""
        if any(letter.isalnum() for letter in between):
            left = len(between) - len(between.lstrip())
            found.add((start + left, start + len(between.rstrip())))
    if len(found) != 1:
        return None
    start, end = found.pop()
    starts = [0, *accumulate(len(turn.text) + len(JOINT) for turn in turns)][:-1]
    first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
    return Span(turns[first].id, start - starts[first], turns[last].id, end - starts[last])


def _ends_of(whole: str, words: str) -> Iterator[int]:
    place = whole.find(words)
    while place >= 0:
        yield place + len(words)
        place = whole.find(words, place + 1)
