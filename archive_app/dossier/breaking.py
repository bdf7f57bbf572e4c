"""Where a paragraph's lines end: the choice that makes the whole paragraph best.

After Knuth and Plass, Breaking Paragraphs into Lines (1981): each line has a badness by
how far its spaces are stretched or shrunk, each end of a line a penalty, and the sum of
their squares over the paragraph is made least. What is left out for speed: only the best
few beginnings of each line are followed up, so the time is linear in the paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from archive_app.dossier.joints import NEVER, Cut

SHRINK, STRETCH, LOOSEST = 0.2, 0.6, 1.0
"""How much narrower a space may be, how much wider it should be at most, and ever is."""
LEAST_SPACE = 0.2
"""In ems; some faces have narrow spaces to begin with."""
FLEX = 0.015
"""How much narrower or wider letters may be drawn: less than an eye can tell (after Thành,
Micro-typographic extensions to the TeX typesetting system, 2000)."""
_RAGGED = 0.2
"""The part of its width by which a ragged line should be short at most."""
_LOOSE_RATIO = LOOSEST / STRETCH
_FOLLOWED = 3
"""So many beginnings of each line are followed up."""
_HOPELESS = 60_000.0
"""A beginning that much dearer than the cheapest is not."""
_UNBEARABLE = 12_510.0
_GOOD = 0.45
"""A line this little stretched (of STRETCH) needs no hyphen."""
_HYPHEN, _SECOND_HYPHEN, _HYPHEN_BEFORE_LAST = 4_000.0, 9_000.0, 6_000.0
_STANDING_HYPHEN = 400.0
_SMALL_PART, _FEW_LETTERS = 2_000.0, 3
"""For a hyphen behind two letters, or before three."""
_EVEN = 0.5
_UNEVEN = 4_000.0
"""For a loose line next to a tight one."""
_SHORT_LAST, _FRAGMENT_LAST = 5_000.0, 60_000.0
_STUB_LAST, _STUB_SPACES = 16_000.0, 10
"""For a last line shorter than so many spaces, about the indent below a name."""
_LEAST_LAST_LETTERS = 5
_HALVINGS = 7
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Measures:
    """What is to be broken: words on one long line, and the lines' widths; all in points.

    ``starts`` and ``ends`` are the words' edges there, ``spaces`` how many spaces stand
    before each word; ``space`` is the width of one.
    """

    starts: Sequence[float]
    ends: Sequence[float]
    spaces: Sequence[int]
    space: float
    shrink: float
    """By how much a space may be narrower."""
    first: float
    rest: float
    is_justified: bool
    hyphens: int
    """How many lines in a row may end in a hyphen."""
    cuts: Callable[[int], Sequence[Cut]]
    """Where a word may be parted."""
    cost: Callable[[int], float]
    """What it costs to end a line behind a word."""
    is_joined: Callable[[int], bool]
    """Whether no space stands behind a word: it was forced apart."""


class Break(NamedTuple):
    """The end of a line: behind a word, or within it at a ``cut``."""

    word: int
    cut: Cut | None = None
    extra: float = 0.0
    """By how many points its spaces are widened, before all is drawn at ``scale``."""
    scale: float = 1.0
    """How wide it is drawn against what its letters would have."""


class _End(NamedTuple):
    """The end of a line that may come to be, and how well the line is filled."""

    word: int
    cut: Cut | None
    slack: float
    """What is missing to the full width; below 0: what is too much."""
    gaps: int
    ratio: float


class _Start(NamedTuple):
    """A beginning of a line that is followed up, with the best way to it."""

    cost: float
    x: float
    first: int
    """The first word of the line; its tail, if ``is_tail``."""
    spaces: int
    """The spaces before its first word, on the one long line."""
    is_tail: bool
    hyphens: int
    """How many lines in a row end in a hyphen before it."""
    looseness: int
    """Of the line before it: -1 tight, 0, 1 loose, 2 very loose."""
    end: _End | None
    """Of the line before it."""
    before: _Start | None


_cost = itemgetter(0)


def breaks(measures: Measures) -> list[Break]:
    """Return the end of each line in order, the last one's too."""
    last = len(measures.ends) - 1
    room = measures.first
    if measures.ends[last] <= room + _SLACK:
        return [Break(last)]
    layer = [_Start(0.0, 0.0, 0, 0, is_tail=False, hyphens=0, looseness=0, end=None, before=None)]
    best: _Start | None = None
    lowest = float("inf")
    penalties: dict[int, float] = {}
    while layer:
        line = _Line(measures, room, penalties)
        dearest = min(layer[0].cost + _HOPELESS, lowest)
        for start in layer:
            if start.cost > dearest:
                break
            total = line.last_cost(start)
            if total is None:
                line.follow(start)
            elif total < lowest:
                best, lowest = start, total
        layer = sorted(line.following.values(), key=_cost)[:_FOLLOWED]
        room = measures.rest
    return _ends(measures, best) if best is not None else [Break(last)]


def balanced(measures: Measures) -> list[Break]:
    """Return the ends of as many lines as ``breaks`` makes, in the least width that holds them."""
    found = breaks(measures)
    widest = max(end - start for start, end in zip(measures.starts, measures.ends, strict=True))
    high = measures.rest
    low = max(widest, measures.ends[-1] / len(found))
    if len(found) < 2 or measures.first != measures.rest or measures.is_justified or low >= high:
        return found
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        tried = breaks(replace(measures, first=middle, rest=middle))
        if len(tried) > len(found):
            low = middle
        else:
            high, found = middle, tried
    return found


def _ends(measures: Measures, best: _Start) -> list[Break]:
    """Return the lines that lead to the last one, and how each is spread to its width."""
    last = _Line(measures, measures.rest, {}).last_end(best)
    found = [Break(last.word) if last.slack > -_SLACK else _spread(measures, last, measures.rest)]
    start = best
    while start.end is not None and start.before is not None:
        room = measures.rest if start.before.end is not None else measures.first
        found.append(_spread(measures, start.end, room))
        start = start.before
    found.reverse()
    return found


def _spread(measures: Measures, end: _End, room: float) -> Break:
    """Return a line's end with what spreads it: letters by their share, spaces the rest."""
    if not measures.is_justified or end.ratio > _LOOSE_RATIO:
        return Break(end.word, end.cut)
    width = room - end.slack
    if not end.gaps:
        return Break(end.word, end.cut, 0.0, round(room / width, 4))
    scale = round(1.0 + FLEX * max(-1.0, min(end.ratio, 1.0)), 4)
    return Break(end.word, end.cut, (room / scale - width) / end.gaps, scale)


class _Line:
    """One line of the paragraph, from each of its possible beginnings to its possible ends.

    ``following`` are the beginnings of the next line, by word and place.
    """

    def __init__(self, measures: Measures, room: float, penalties: dict[int, float]) -> None:
        self.following: dict[tuple[int, float], _Start] = {}
        self._measures = measures
        self._room = room
        self._penalties = penalties
        self._is_justified = measures.is_justified
        self._shrink = measures.shrink if measures.is_justified else 0.0
        self._stretch = measures.space * STRETCH
        self._flex = room * FLEX if measures.is_justified else 0.0
        self._widest = room * (1.0 + SHRINK)

    def last_cost(self, start: _Start) -> float | None:
        """Return the cost of the whole if this is the last line; None: it does not fit."""
        measures = self._measures
        if measures.ends[-1] - start.x > self._widest:
            return None
        end = self.last_end(start)
        cost = start.cost + 100.0
        if end.slack < -_SLACK:
            if end.ratio < -1.0:
                return None
            badness = 10.0 - 100.0 * end.ratio**3
            cost = start.cost + badness * badness
        if end.slack > self._room - measures.space * _STUB_SPACES:
            cost += _STUB_LAST
        elif end.slack > self._room * 7 / 8:
            cost += _SHORT_LAST
        if start.is_tail:
            is_alone = start.first == end.word
            cost += _FRAGMENT_LAST if is_alone else _HYPHEN_BEFORE_LAST
        return cost

    def last_end(self, start: _Start) -> _End:
        """Return the end of the paragraph, if this is its last line."""
        measures = self._measures
        last = len(measures.ends) - 1
        slack = self._room - measures.ends[last] + start.x
        gaps = measures.spaces[last] - start.spaces
        return _End(last, None, slack, gaps, self._ratio(slack, gaps))

    def follow(self, start: _Start) -> None:
        """Add the beginnings of the next line that a line from here may lead to."""
        measures, shrink, flex = self._measures, self._shrink, self._flex
        ends, spaces, penalties = measures.ends, measures.spaces, self._penalties
        first, before = start.first, start.spaces
        edge = start.x + self._room
        may_part = start.hyphens < measures.hyphens
        last = len(ends) - 1
        word = bisect_right(ends, edge + _SLACK)
        while word < last and ends[word] - edge <= flex + shrink * (spaces[word] - before):
            word += 1
        word = min(word, last)
        is_found = False
        unwanted = -1
        # The line may end behind the word before ``word``, or within it; then further left.
        while word > first:
            end = word - 1
            slack = edge - ends[end]
            gaps = spaces[end] - before
            ratio = self._ratio(slack, gaps)
            if may_part and ratio > _GOOD:
                is_found |= self._part(start, word)
            penalty = penalties.get(end)
            if penalty is None:
                penalty = penalties[end] = measures.cost(end)
            if penalty >= NEVER:
                unwanted = max(unwanted, end)
            else:
                is_found = True
                self._add(start, _End(end, None, slack, gaps, ratio), penalty)
            if ratio > 1.0 and is_found:
                return
            word = end
        if may_part and not start.is_tail:
            is_found |= self._part(start, first)
        if not is_found:
            # Nothing fits: a dash begins the next line, or one word stands out.
            end = max(unwanted, first)
            slack = edge - ends[end]
            gaps = spaces[end] - before
            self._add(start, _End(end, None, slack, gaps, self._ratio(slack, gaps)), NEVER)

    def _part(self, start: _Start, word: int) -> bool:
        """Add the ends within a word; return whether there are any that fit."""
        measures = self._measures
        places = measures.cuts(word)
        if not places:
            return False
        gaps = measures.spaces[word] - start.spaces
        room = self._room + start.x - measures.starts[word]
        widest = room + self._shrink * gaps + self._flex + _SLACK
        is_last = word == len(measures.ends) - 1
        is_found = False
        for cut in reversed(places):
            if cut.head_width > widest or (is_last and cut.tail_letters < _LEAST_LAST_LETTERS):
                continue
            slack = room - cut.head_width
            ratio = self._ratio(slack, gaps)
            penalty = _STANDING_HYPHEN
            if cut.is_hyphenation:
                penalty = _SECOND_HYPHEN if start.hyphens else _HYPHEN
                if cut.head_letters < _FEW_LETTERS or cut.tail_letters <= _FEW_LETTERS:
                    penalty += _SMALL_PART
            self._add(start, _End(word, cut, slack, gaps, ratio), penalty)
            is_found = True
            if ratio > _GOOD:
                break
        return is_found

    def _ratio(self, slack: float, gaps: int) -> float:
        """Return how far a line is stretched (up to 1, else too far) or shrunk (from -1 to 0)."""
        if not self._is_justified:
            return slack / (self._room * _RAGGED) if slack >= 0 else -9.0
        return slack / (gaps * (self._stretch if slack > 0 else self._shrink) + self._flex)

    def _add(self, start: _Start, end: _End, penalty: float) -> None:
        """Add a beginning of the next line, unless a better way leads to it."""
        word, cut, _, _, ratio = end
        badness = ratio if ratio > 0 else -ratio
        badness = 10.0 + 100.0 * badness * badness * badness if badness < 5.0 else _UNBEARABLE
        cost = start.cost + badness * badness + penalty
        looseness = -1 if ratio < -_EVEN else 0 if ratio < _EVEN else 1 if ratio < 1.0 else 2
        if abs(looseness - start.looseness) > 1:
            cost += _UNEVEN
        measures = self._measures
        if cut is None:
            first = word + 1
            x = measures.starts[first]
            is_parted = measures.is_joined(word)
        else:
            first = word
            x = measures.ends[word] - cut.tail_width
            is_parted = True
        known = self.following.get((first, x))
        if known is not None and known.cost <= cost:
            return
        self.following[first, x] = _Start(
            cost, x, first, measures.spaces[first], cut is not None,
            start.hyphens + 1 if is_parted else 0, looseness, end, start,
        )  # fmt: skip
