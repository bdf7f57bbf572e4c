"""Laying a new transcript over a tagged one: where everything on the old words goes.

The new text renders the same speech, so its words are aligned with the old ones
(``domain.alignment``), and each mark goes where its words went:

- a span whose first and last words are found again reaches from the one to the
  other, whatever became of the words between;
- a stretch of words that was replaced from the span's very edge belongs to it, as
  a correction does; where a replaced stretch crosses the edge, the words that
  stand for the span's own belong to it, and words that are gone shrink it;
- a span of which hardly a word is left is not carried but listed, with the reason.

Closed passages follow a rule of their own: ``domain.overlay_closing``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive_app.domain.alignment import Alignment, Kinship, Word
from archive_app.domain.records import Span, Turn
from archive_app.domain.turn_texts import TurnTexts

LEAST_LEFT = 0.2
"""Of a span's letters; with fewer left nobody could say that it is the same passage."""
_MOST_GROWTH = 3
"""Times as many words as it replaces: more than that is no correction of a span's words."""


class Fate(StrEnum):
    """What becomes of a span."""

    EXACT = "exact"
    """All its words are there, and no others."""
    CORRECTED = "corrected"
    """Its edges are where they were; words between or at them are written otherwise."""
    SHRUNK = "shrunk"
    """Words at an edge are gone; it covers those that are left."""
    LOST = "lost"
    """It cannot be carried."""


class Why(StrEnum):
    """Why a span is not carried."""

    GONE = "gone"
    """None of its words is in the new text."""
    REPLACED = "replaced"
    """Other words stand there, and which of them are its own cannot be told."""
    TOO_FEW = "too-few"
    """Too few of its words are left."""
    NO_WORDS = "no-words"
    """It covered no word."""
    MISPLACED = "misplaced"
    """It did not fit the old text."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a span goes: ``span`` is ``None`` if it is lost, and ``why`` says why."""

    fate: Fate
    span: Span | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the new text; not sure where the word that a point followed is gone."""

    turn: int
    offset: int
    is_sure: bool


class Ground:
    """A text's words in order, and which of them a span covers."""

    __slots__ = ("_ranges", "keys", "texts", "words")

    def __init__(self, turns: Sequence[Turn], words: Sequence[Word]) -> None:
        self.texts = TurnTexts.of(turns)
        self.words = words
        self.keys = [word.key for word in words]
        self._ranges = _ranges(turns, words)

    def of_turn(self, turn: int) -> range:
        """Return the numbers of a turn's words."""
        return self._ranges[turn]

    def covered(self, span: Span) -> range:
        """Return the numbers of the words that a span touches.

        Where it touches none, the range is empty and begins with the word behind it.
        """
        starting, ending = self._ranges[span.start_turn], self._ranges[span.end_turn]
        first = bisect_right(self.words, span.start, starting.start, starting.stop, key=_end_of)
        last = bisect_left(self.words, span.end, ending.start, ending.stop, key=_start_of)
        return range(first, max(first, last))

    def before(self, turn: int, offset: int) -> int:
        """Return how many words begin before a place."""
        own = self._ranges[turn]
        return bisect_left(self.words, offset, own.start, own.stop, key=_start_of)


def _start_of(word: Word) -> int:
    return word.start


def _end_of(word: Word) -> int:
    return word.end


def _ranges(turns: Sequence[Turn], words: Sequence[Word]) -> dict[int, range]:
    counts = Counter(word.turn for word in words)
    ranges: dict[int, range] = {}
    place = 0
    for turn in turns:
        ranges[turn.id] = range(place, place + counts[turn.id])
        place = ranges[turn.id].stop
    return ranges


@dataclass(frozen=True, slots=True)
class Overlaying:
    """Two texts of the same speech, aligned; carries spans and points from one to the other."""

    old: Ground
    new: Ground
    alignment: Alignment

    def carry(self, span: Span) -> Carried:
        """Return where a span of the old text goes.

        Raises:
            SpanOutsideText: it is not within the old text.
        """
        own = self.old.covered(self.old.texts.checked(span))
        if not own:
            return Carried(Fate.LOST, why=Why.NO_WORDS)
        kept = [n for n in own if self.alignment.is_kept(n)]
        if not kept:
            return self._carry_correction(span, own)
        letters = sum(len(self.old.words[n].key) for n in own)
        if sum(len(self.old.words[n].key) for n in kept) < LEAST_LEFT * letters:
            return Carried(Fate.LOST, why=Why.TOO_FEW)
        start, start_shrinks = self._start(own)
        end, end_shrinks = self._end(own)
        laid = self.span_of(start, end, like=span, own=own)
        if start_shrinks or end_shrinks:
            return Carried(Fate.SHRUNK, laid)
        is_exact = self._is_run(own) and end - start == sum(
            self.alignment.ends[n] - self.alignment.starts[n]
            for n in own
            if n == own.start or self.alignment.starts[n] != self.alignment.starts[n - 1]
        )
        return Carried(Fate.EXACT if is_exact else Fate.CORRECTED, laid)

    def _is_run(self, own: range) -> bool:
        return all(self.alignment.kinship[n] is Kinship.SAME for n in own)

    def _carry_correction(self, span: Span, own: range) -> Carried:
        """Carry a span of which no word was kept: where exactly its words were replaced."""
        stretch = self.alignment.stretch_of(own.start)
        count = stretch.new_end - stretch.new_start
        if not count:
            return Carried(Fate.LOST, why=Why.GONE)
        is_own = (stretch.old_start, stretch.old_end) == (own.start, own.stop)
        if not is_own or count > _MOST_GROWTH * len(own):
            return Carried(Fate.LOST, why=Why.REPLACED)
        laid = self.span_of(stretch.new_start, stretch.new_end, like=span, own=own)
        return Carried(Fate.CORRECTED, laid)

    def _start(self, own: range) -> tuple[int, bool]:
        """Return the first new word of a span, and whether words before it are gone."""
        alignment = self.alignment
        if not alignment.is_kept(own.start):
            stretch = alignment.stretch_of(own.start)
            is_replaced = stretch.new_start < stretch.new_end
            if stretch.old_start == own.start and is_replaced:
                return stretch.new_start, False
        first = next(n for n in own if alignment.kinship[n] is not Kinship.GONE)
        return alignment.starts[first], first != own.start

    def _end(self, own: range) -> tuple[int, bool]:
        alignment = self.alignment
        if not alignment.is_kept(own[-1]):
            stretch = alignment.stretch_of(own[-1])
            is_replaced = stretch.new_start < stretch.new_end
            if stretch.old_end == own.stop and is_replaced:
                return stretch.new_end, False
        last = next(n for n in reversed(own) if alignment.kinship[n] is not Kinship.GONE)
        return alignment.ends[last], last != own[-1]

    def span_of(self, start: int, end: int, *, like: Span, own: range) -> Span:
        """Return the span of new words ``[start, end)``, its edges as those of an old span.

        An edge inside a word stays there if the word is the same; signs beside the
        outer words are covered if they were.
        """
        first, last = self.new.words[start], self.new.words[end - 1]
        old_first, old_last = self.old.words[own.start], self.old.words[own[-1]]
        begin, finish = first.start, last.end
        if like.start_turn == old_first.turn and like.start > old_first.start:
            if self._is_letter_for_letter(own.start, start):
                begin += like.start - old_first.start
        elif self._covers_signs_before(like, old_first):
            begin = _signs_before(self.new, start)
        if like.end_turn == old_last.turn and like.end < old_last.end:
            if self._is_letter_for_letter(own[-1], end - 1):
                finish -= old_last.end - like.end
        elif self._covers_signs_after(like, old_last):
            finish = _signs_after(self.new, end - 1)
        return Span(first.turn, begin, last.turn, finish)

    def _is_letter_for_letter(self, old: int, new: int) -> bool:
        one, other = self.old.words[old], self.new.words[new]
        is_pair = self.alignment.starts[old] == new and self.alignment.ends[old] == new + 1
        return is_pair and one.key == other.key and one.end - one.start == other.end - other.start

    def _covers_signs_before(self, span: Span, word: Word) -> bool:
        if span.start_turn != word.turn:
            return True
        return bool(self.old.texts.text(word.turn)[span.start : word.start].strip())

    def _covers_signs_after(self, span: Span, word: Word) -> bool:
        if span.end_turn != word.turn:
            return True
        return bool(self.old.texts.text(word.turn)[word.end : span.end].strip())

    def carry_point(self, turn: int, offset: int) -> Point:
        """Return where a point of the old text goes; there must be a turn of the new one.

        It stays behind the word it follows; where that is gone, behind the last one
        before it that is there. At a turn's beginning it stays before the next word.
        """
        number = self.old.before(turn, offset) - 1
        alignment, words = self.alignment, self.new.words
        is_behind = number >= 0 and self.old.words[number].turn == turn
        if is_behind and alignment.ends[number]:
            place = alignment.ends[number] - 1
            between = self.old.texts.text(turn)[self.old.words[number].end : offset]
            end = _signs_after(self.new, place) if between.strip() else words[place].end
            is_sure = alignment.kinship[number] is not Kinship.GONE
            return Point(words[place].turn, end, is_sure=is_sure)
        following = 0 if is_behind else number + 1
        if following < alignment.old_count and alignment.starts[following] < len(words):
            word = words[alignment.starts[following]]
            is_sure = not is_behind and alignment.kinship[following] is not Kinship.GONE
            return Point(word.turn, word.start, is_sure=is_sure)
        last = self.new.texts.ids[-1]
        return Point(last, len(self.new.texts.text(last)), is_sure=False)


def _signs_before(ground: Ground, number: int) -> int:
    """Return where the signs begin that stand right before a word: quotation marks, brackets."""
    word = ground.words[number]
    text, place = ground.texts.text(word.turn), word.start
    floor = 0
    if number and ground.words[number - 1].turn == word.turn:
        floor = ground.words[number - 1].end
    while place > floor and not text[place - 1].isspace():
        place -= 1
    return place


def _signs_after(ground: Ground, number: int) -> int:
    """Return where the signs end that stand right behind a word."""
    word = ground.words[number]
    text, place = ground.texts.text(word.turn), word.end
    ceiling = len(text)
    if number + 1 < len(ground.words) and ground.words[number + 1].turn == word.turn:
        ceiling = ground.words[number + 1].start
    while place < ceiling and not text[place].isspace():
        place += 1
    return place
