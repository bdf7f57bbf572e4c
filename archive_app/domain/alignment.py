"""Which words of one text are which words of another that renders the same speech.

Runs of words that stand once in each text are anchors, the longest first (after
the patience diff of Bram Cohen); between them the same is tried with shorter
runs, and what is left between those is weighed word by word. So chance
likenesses far apart never meet, and the time goes with the length of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.word_gaps import (
    MOST_CELLS,
    Kinship,
    Pair,
    longest_common,
    weigh,
)

__all__ = ["Alignment", "Kinship", "Stretch", "Word", "align_words"]

_RUNS = (5, 3, 2, 1)
"""Words in the runs that serve as anchors, one length after the other."""
_SURE_RUN = 3
_SURE_LETTERS = 14
"""Three words of a letter each agree by chance: so many letters, or twice as many words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a transcript: ``key`` is what is compared, ``[start, end)`` its place."""

    key: str
    turn: int
    """The turn's id."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Old words ``[old_start, old_end)`` that differ from new words ``[new_start, new_end)``."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


class Alignment:
    """Where each of ``old`` words stands among ``new`` ones. Never changes; order is kept."""

    __slots__ = ("_sure", "ends", "kinship", "new_count", "new_kinship", "old_count", "starts")

    def __init__(self, old: Sequence[str], new_count: int, pairs: Sequence[Pair]) -> None:
        self.old_count = old_count = len(old)
        self.new_count = new_count
        self.starts = [0] * old_count
        """For each old word, the first new word that stands for it."""
        self.ends = [0] * old_count
        """One past the last; a word that is gone has the same number in both: where it would be."""
        self.kinship = [Kinship.GONE] * old_count
        self.new_kinship = [Kinship.GONE] * new_count
        """What each new word is to the old ones; GONE: it was put in."""
        done = place = 0
        for first, last, start, end, kinship in pairs:
            for gone in range(done, first):
                self.starts[gone] = self.ends[gone] = place
            for number in range(first, last):
                self.starts[number], self.ends[number] = start, end
                self.kinship[number] = Kinship(kinship)
            for new in range(start, end):
                self.new_kinship[new] = Kinship(kinship)
            done, place = last, end
        for gone in range(done, old_count):
            self.starts[gone] = self.ends[gone] = place
        self._sure = self._find_sure(old)

    def is_kept(self, old: int) -> bool:
        """Tell whether an old word is there still, the same or written otherwise."""
        return self.kinship[old] >= Kinship.LIKE

    def stretch_of(self, old: int) -> Stretch:
        """Return the stretch of words around one that was not kept."""
        first, last = old, old + 1
        while first and not self.is_kept(first - 1):
            first -= 1
        while last < self.old_count and not self.is_kept(last):
            last += 1
        start = self.ends[first - 1] if first else 0
        end = self.starts[last] if last < self.old_count else self.new_count
        return Stretch(first, last, start, max(start, end))

    def sure_before(self, old: int) -> int:
        """Return the last word before one that stands in a run of words surely the same; or -1."""
        place = bisect_left(self._sure, old)
        return self._sure[place - 1] if place else -1

    def sure_after(self, old: int) -> int:
        """Return the first word behind one that stands in such a run, or ``old_count``."""
        place = bisect_right(self._sure, old)
        return self._sure[place] if place < len(self._sure) else self.old_count

    def _find_sure(self, words: Sequence[str]) -> list[int]:
        sure: list[int] = []
        run: list[int] = []
        for old in range(self.old_count):
            is_next = bool(run) and self.starts[old] == self.ends[old - 1]
            if self.kinship[old] is not Kinship.SAME or not is_next:
                sure += run if _is_sure(run, words) else ()
                run = []
            if self.kinship[old] is Kinship.SAME:
                run.append(old)
        return [*sure, *(run if _is_sure(run, words) else ())]


def _is_sure(run: Sequence[int], words: Sequence[str]) -> bool:
    if len(run) < _SURE_RUN:
        return False
    return len(run) >= 2 * _SURE_RUN or sum(len(words[n]) for n in run) >= _SURE_LETTERS


def align_words(
    old: Sequence[str], new: Sequence[str], *, progress: Progress = NO_PROGRESS
) -> Alignment:
    """Return where the words of a text stand in another; both are given by their keys.

    Raises:
        Cancelled: the person stopped it.
    """
    pairs: list[Pair] = []
    waiting: list[tuple[int, int, int, int, int]] = [(0, len(old), 0, len(new), 0)]
    while waiting:
        first, last, start, end, depth = waiting.pop()
        if first < last and start < end:
            progress.report(first, len(old))
        prefix = _common(old, new, first, last, start, end)
        pairs += _same(first, start, prefix)
        first, start = first + prefix, start + prefix
        suffix = _common_end(old, new, first, last, start, end)
        last, end = last - suffix, end - suffix
        if suffix:
            # It is trimmed again when its turn comes, as a prefix.
            waiting.append((last, last + suffix, end, end + suffix, depth))
        if first == last or start == end:
            continue
        if (last - first) * (end - start) <= MOST_CELLS:
            for a, b, c, d, kinship in weigh(old[first:last], new[start:end]):
                pairs.append((a + first, b + first, c + start, d + start, kinship))
            continue
        gaps = list(_divided(old, new, (first, last, start, end, depth)))
        waiting += reversed(gaps)
    return Alignment(old, len(new), pairs)


def _same(first: int, start: int, count: int) -> Iterator[Pair]:
    for n in range(count):
        yield first + n, first + n + 1, start + n, start + n + 1, Kinship.SAME


def _common(
    old: Sequence[str], new: Sequence[str], first: int, last: int, start: int, end: int
) -> int:
    count, most = 0, min(last - first, end - start)
    while count < most and old[first + count] == new[start + count]:
        count += 1
    return count


def _common_end(
    old: Sequence[str], new: Sequence[str], first: int, last: int, start: int, end: int
) -> int:
    count, most = 0, min(last - first, end - start)
    while count < most and old[last - 1 - count] == new[end - 1 - count]:
        count += 1
    return count


def _divided(
    old: Sequence[str], new: Sequence[str], part: tuple[int, int, int, int, int]
) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield the parts before, at and between the anchors of a part that is too long to weigh."""
    first, last, start, end, depth = part
    anchors: list[tuple[int, int]] = []
    while not anchors and depth < len(_RUNS):
        anchors = _anchors(old, new, part, _RUNS[depth])
        depth += 1
    if not anchors:
        if depth > len(_RUNS):
            return
        depth += 1
        found = longest_common(old[first:last], new[start:end])
        anchors = [(first + a, start + b) for a, b in found]
        if not anchors:
            return
    for a, b in anchors:
        # Of a run only the first word: runs overlap, and the rest is the next part's beginning.
        yield first, a, start, b, depth
        yield a, a + 1, b, b + 1, depth
        first, start = a + 1, b + 1
    yield first, last, start, end, depth


def _anchors(
    old: Sequence[str], new: Sequence[str], part: tuple[int, int, int, int, int], length: int
) -> list[tuple[int, int]]:
    """Return where the runs stand that are found once in each of two stretches, in order."""
    first, last, start, end, _ = part
    ours, theirs = _unique(old, first, last, length), _unique(new, start, end, length)
    found = [(place, theirs[run]) for run, place in ours.items() if run in theirs]
    found.sort()
    return _rising(found)


def _unique(words: Sequence[str], first: int, last: int, length: int) -> dict[object, int]:
    places: dict[object, int] = {}
    twice: set[object] = set()
    for place in range(first, last - length + 1):
        run = tuple(words[place : place + length])
        if places.setdefault(run, place) != place:
            twice.add(run)
    for run in twice:
        del places[run]
    return places


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs in which the second numbers rise too; the first do."""
    tops: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tops, place)
        if at == len(tops):
            tops.append(place)
            holders.append(number)
        else:
            tops[at], holders[at] = place, number
        before.append(holders[at - 1] if at else -1)
    chain: list[tuple[int, int]] = []
    number = holders[-1] if holders else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
