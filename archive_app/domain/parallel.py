"""Which turns of a translation render which turns of its original.

By their times where both have them: turns that mostly sound at the same time
stand in one row. Where times are missing, by order, speakers and lengths: a
translation's length goes with its original's (W. Gale, K. Church, "A Program for
Aligning Sentences in Bilingual Corpora", Computational Linguistics 19, 1993),
here for turns, of which one may be rendered by up to three.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from archive_app.domain.records import Turn


@dataclass(frozen=True, slots=True)
class ParallelRow:
    """Turns, by id and in order, that stand beside each other; one side may be empty."""

    original: tuple[int, ...]
    translation: tuple[int, ...]


def align_turns(original: Sequence[Turn], translation: Sequence[Turn]) -> tuple[ParallelRow, ...]:
    """Return the rows of two columns, from first to last.

    Every turn of both is in exactly one row, and no row runs backwards in either.
    """
    if _go_one_for_one(original, translation):
        pairs = zip(original, translation, strict=True)
        return tuple(ParallelRow((one.id,), (other.id,)) for one, other in pairs)
    rows: list[ParallelRow] = []
    for block in blocks(_links(original, translation), len(translation)):
        ours, theirs = original[block.first : block.last], translation[block.start : block.end]
        if block.is_linked:
            rows.append(_row(ours, theirs))
        elif all(map(_is_timed, (*ours, *theirs))):
            # They sound at different times: nothing of one renders anything of the other.
            rows += _apart(ours, theirs)
        else:
            rows += _by_length(ours, theirs)
    return tuple(rows)


def _row(ours: Sequence[Turn], theirs: Sequence[Turn]) -> ParallelRow:
    return ParallelRow(tuple(t.id for t in ours), tuple(t.id for t in theirs))


def _apart(ours: Sequence[Turn], theirs: Sequence[Turn]) -> Iterator[ParallelRow]:
    sides = [(turn.start_ms or 0, 0, n) for n, turn in enumerate(ours)]
    sides += [(turn.start_ms or 0, 1, n) for n, turn in enumerate(theirs)]
    is_ordered = all(
        list(side) == sorted(side, key=lambda turn: turn.start_ms or 0) for side in (ours, theirs)
    )
    if is_ordered:
        sides.sort(key=lambda one: one[0])
    for _, side, n in sides:
        yield _row((), theirs[n : n + 1]) if side else _row(ours[n : n + 1], ())


def _is_timed(turn: Turn) -> bool:
    return turn.start_ms is not None and turn.end_ms is not None


def _speaker(turn: Turn) -> object:
    return turn.speaker_id or turn.speaker_label.strip(" :.").casefold()


def _go_one_for_one(original: Sequence[Turn], translation: Sequence[Turn]) -> bool:
    """Say whether each turn has its own: as many, spoken by the same, beginning together."""
    return len(original) == len(translation) and all(
        _speaker(one) == _speaker(other) and one.start_ms == other.start_ms
        for one, other in zip(original, translation, strict=True)
    )


# -- By times --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """Turns ``[first, last)`` of the original beside ``[start, end)`` of the translation."""

    first: int
    last: int
    start: int
    end: int
    is_linked: bool


def blocks(links: Sequence[Sequence[int]], others: int) -> Iterator[Block]:
    """Yield the blocks that no link crosses, as small as can be, in order.

    ``links`` are, for each turn of one side, the turns of the other that belong to
    it; ``others`` is how many those are. What lies unlinked between two blocks is
    one block too.
    """
    count = len(links)
    low = [0, *accumulate((max(link, default=-1) + 1 for link in links), max)]
    high = [others] * (count + 1)
    for place in range(count - 1, -1, -1):
        high[place] = min(high[place + 1], *links[place], others)
    cuts = [place for place in range(count + 1) if low[place] <= high[place]]
    first = start = 0
    for begin, end in pairwise(cuts):
        if not any(links[begin:end]):
            continue
        if (first, start) != (begin, high[begin]):
            yield Block(first, begin, start, high[begin], is_linked=False)
        yield Block(begin, end, high[begin], low[end], is_linked=True)
        first, start = end, low[end]
    if (first, start) != (count, others):
        yield Block(first, count, start, others, is_linked=False)


def _links(original: Sequence[Turn], translation: Sequence[Turn]) -> list[list[int]]:
    """Return for each turn which turns of the translation sound for the most part with it."""
    timed = [(turn.start_ms or 0, turn.end_ms or 0, place)
             for place, turn in enumerate(translation) if _is_timed(turn)]  # fmt: skip
    timed.sort()
    latest = list(accumulate((one[1] for one in timed), max))
    links: list[list[int]] = []
    for turn in original:
        found: list[int] = []
        if _is_timed(turn):
            start, end = turn.start_ms or 0, turn.end_ms or 0
            for their_start, their_end, place in timed[bisect_left(latest, start) :]:
                if their_start > end:
                    break
                shorter = min(end - start, their_end - their_start)
                shared = min(end, their_end) - max(start, their_start)
                if shared * 2 > shorter or (shorter == 0 and start == their_start):
                    found.append(place)
        links.append(found)
    return links


# -- By order, speakers and lengths ----------------------------------------------------------

_BEADS = ((1, 1, 0.1), (1, 0, 5.5), (0, 1, 5.5), (1, 2, 3.0), (2, 1, 3.0), (2, 2, 4.5),
          (1, 3, 4.5), (3, 1, 4.5))  # fmt: skip
"""How many turns stand beside how many, and what that costs: -log of how often it is met."""
_VARIANCE = 30.0
"""Of a translation's length, for each letter of the original: turns vary more than sentences."""
_MOST = 12.0
_OTHER_SPEAKER = 4.0
_REACH = 20
"""Turns to either side of where the lengths and the counts say that the place should be."""


class _Side:
    """One column's lengths and speakers, ready for adding up."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.count = len(turns)
        self.lengths = [len(turn.text) for turn in turns]
        self.sums = [0, *accumulate(self.lengths)]
        self.speakers = [_speaker(turn) for turn in turns]


def _by_length(ours: Sequence[Turn], theirs: Sequence[Turn]) -> Iterator[ParallelRow]:
    one, other = _Side(ours), _Side(theirs)
    costs = _Costs(one, other)
    best: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(one.count + 1)]
    best[0][0] = (0.0, 0, 0)
    for place in range(one.count + 1):
        row = best[place]
        for their in _band(one, other, place):
            cheapest = row.get(their)
            for took, gave, price in _BEADS:
                if took > place or gave > their:
                    continue
                before = best[place - took].get(their - gave)
                if before is None:
                    continue
                price += before[0]
                if cheapest is None or price < cheapest[0]:
                    price += costs.of(place - took, place, their - gave, their)
                    if cheapest is None or price < cheapest[0]:
                        cheapest = (price, took, gave)
            if cheapest is not None:
                row[their] = cheapest
    yield from _traced(best, ours, theirs)


def _traced(
    best: Sequence[dict[int, tuple[float, int, int]]], ours: Sequence[Turn], theirs: Sequence[Turn]
) -> list[ParallelRow]:
    rows: list[ParallelRow] = []
    place, their = len(ours), len(theirs)
    while place or their:
        _, took, gave = best[place][their]
        rows.append(_row(ours[place - took : place], theirs[their - gave : their]))
        place, their = place - took, their - gave
    return rows[::-1]


def _band(one: _Side, other: _Side, place: int) -> range:
    """Return the places of the translation that may stand beside one of the original."""
    if not one.count:
        return range(other.count + 1)
    by_count = place * other.count // one.count
    by_length = by_count
    if one.sums[-1] and other.sums[-1]:
        by_length = bisect_left(other.sums, one.sums[place] * other.sums[-1] / one.sums[-1])
    low, high = min(by_count, by_length) - _REACH, max(by_count, by_length) + _REACH
    if place == one.count:
        high = other.count
    step = -(-other.count // one.count)
    return range(max(0, low - step if place else 0), min(other.count, high + step) + 1)


class _Costs:
    """What it costs to let turns stand beside each other, besides the kind of bead."""

    def __init__(self, one: _Side, other: _Side) -> None:
        self._one, self._other = one, other
        self._ratio = other.sums[-1] / one.sums[-1] if one.sums[-1] and other.sums[-1] else 1.0
        self._known = set(one.speakers) & set(other.speakers) - {""}

    def of(self, first: int, last: int, start: int, end: int) -> float:
        """Return the cost of ``[first, last)`` beside ``[start, end)``."""
        if first == last or start == end:
            return 0.0
        ours = self._one.sums[last] - self._one.sums[first]
        theirs = self._other.sums[end] - self._other.sums[start]
        cost = 0.0
        if ours and theirs:
            expected = ours * self._ratio
            delta = (theirs - expected) / math.sqrt(max(expected, theirs, 10) * _VARIANCE)
            cost = min(delta * delta, _MOST)
        elif last - first != end - start:
            # A turn that is still to be translated stands beside its own alone.
            cost = _OTHER_SPEAKER
        speakers = {one for one in self._one.speakers[first:last] if one in self._known}
        speakers ^= {one for one in self._other.speakers[start:end] if one in self._known}
        is_mixed = last - first != end - start and (
            len(set(self._one.speakers[first:last])) > 1
            or len(set(self._other.speakers[start:end])) > 1
        )
        return cost + _OTHER_SPEAKER * (len(speakers) + is_mixed)
