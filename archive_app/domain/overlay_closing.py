"""Where closed passages go when a new transcript is laid over an old one.

The opposite of the rule for tags: when in doubt, more is closed, never less.

- A closed passage reaches from the last word before it that surely is the same to
  the first one behind it: everything between stays closed, words put in at its
  edges too. Surely the same is a word in a run of three that agree.
- Of its words, five in a row (or all of a shorter passage) that turn up anew
  elsewhere in the new text are closed there as well.
- Where hardly a word of it is found, or nothing stands in its place, a person must
  say so before anything is laid over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive_app.domain.alignment import Kinship
from archive_app.domain.overlaying import Overlaying
from archive_app.domain.records import Span

_RUN = 5
"""Words in a row that are a quotation, as ``domain.quotes`` has it."""
_LEAST_LETTERS = 10
_LEAST_FOUND = 0.5
"""Of a passage's words; with fewer found it may be told elsewhere, in other words."""
_MOST_WIDER = 30
"""Words beside its own that are closed without asking."""


class Closing(StrEnum):
    """How a closed passage is carried."""

    EXACT = "exact"
    WIDER = "wider"
    """Words beside it are closed too."""
    UNSURE = "unsure"
    """Hardly any of its words is found, or much beside it would be closed: to be confirmed."""
    GONE = "gone"
    """Nothing stands in its place; confirmed, it closes the whole transcript until looked at."""


@dataclass(frozen=True, slots=True)
class CarriedClosing:
    """Where one closed passage goes, and where else its words turned up."""

    closing: Closing
    span: Span | None
    elsewhere: tuple[Span, ...] = ()
    words_before: int = 0
    """How many words it covered."""
    words_after: int = 0

    @property
    def must_be_confirmed(self) -> bool:
        """Whether a person must agree before anything is laid over."""
        return self.closing in (Closing.UNSURE, Closing.GONE)


def carry_closed(
    overlaying: Overlaying, span: Span, *, others: Sequence[Span] = ()
) -> CarriedClosing:
    """Return where a closed passage of the old text goes; ``others`` are the further closed ones.

    Raises:
        SpanOutsideText: it is not within the old text.
    """
    old, alignment = overlaying.old, overlaying.alignment
    own = old.covered(old.texts.checked(span))
    start, end = _between(overlaying, own)
    elsewhere = tuple(_elsewhere(overlaying, own, range(start, end), others))
    if start >= end:
        return CarriedClosing(Closing.GONE, None, elsewhere, len(own))
    laid = _whole_words(overlaying, start, end)
    found = sum(alignment.kinship[n] is Kinship.SAME for n in own)
    is_exact = (
        found == len(own) > 0
        and start == alignment.starts[own.start]
        and end == alignment.ends[own[-1]]
        and end - start <= 2 * len(own)
    )
    is_sure = found >= _LEAST_FOUND * len(own) and end - start <= 2 * len(own) + _MOST_WIDER
    closing = Closing.EXACT if is_exact else Closing.WIDER if own and is_sure else Closing.UNSURE
    return CarriedClosing(closing, laid, elsewhere, len(own), end - start)


def _between(overlaying: Overlaying, own: range) -> tuple[int, int]:
    """Return the new words between those around a passage that are surely the same."""
    alignment = overlaying.alignment
    keys = overlaying.old.keys
    # Of "da [da] da" with one of them gone nobody can tell which: none is an edge.
    unfit = {keys[n] for n in own if alignment.kinship[n] is not Kinship.SAME}
    before = alignment.sure_before(own.start)
    while before >= 0 and (keys[before] in unfit or keys[before] in keys[before + 1 : before + 2]):
        before = alignment.sure_before(before)
    after = alignment.sure_after(own.stop - 1)
    while after < len(keys) and (keys[after] in unfit or keys[after] in keys[after - 1 : after]):
        after = alignment.sure_after(after)
    start = alignment.ends[before] if before >= 0 else 0
    end = alignment.starts[after] if after < alignment.old_count else alignment.new_count
    if own:
        # A word written together with its neighbour outside is its own as well.
        start = min(start, alignment.starts[own.start])
        end = max(end, alignment.ends[own[-1]])
    return start, end


def _whole_words(overlaying: Overlaying, start: int, end: int) -> Span:
    """Return the span of new words with every sign beside them but their neighbours' own."""
    new = overlaying.new
    first, last = new.words[start], new.words[end - 1]
    begin, finish = 0, len(new.texts.text(last.turn))
    if start and new.words[start - 1].turn == first.turn:
        gap = new.texts.text(first.turn)[new.words[start - 1].end : first.start]
        begin = first.start - len(gap.partition(" ")[2])
    if end < len(new.words) and new.words[end].turn == last.turn:
        gap = new.texts.text(last.turn)[last.end : new.words[end].start]
        finish = last.end + len(gap.rpartition(" ")[0])
    return Span(first.turn, begin, last.turn, finish)


def _elsewhere(
    overlaying: Overlaying, own: range, closed: range, others: Sequence[Span]
) -> Iterator[Span]:
    """Yield where a passage's words stand in the new text where none of them stood in the old."""
    said = overlaying.old.keys[own.start : own.stop]
    length = min(_RUN, len(said))
    if length < 2:
        return
    runs = {tuple(said[n : n + length]) for n in range(len(said) - length + 1)}
    runs = {run for run in runs if sum(map(len, run)) >= _LEAST_LETTERS}
    firsts = {run[0] for run in runs}
    keys = overlaying.new.keys
    met = [
        place
        for place, key in enumerate(keys)
        if key in firsts
        and tuple(keys[place : place + length]) in runs
        and (place + length <= closed.start or place >= closed.stop)
    ]
    if met:
        open_words = _open_before(overlaying, (own, *map(overlaying.old.covered, others)))
        found = [n for place in met for n in range(place, place + length) if not open_words[n]]
        yield from _spans_of(overlaying, found)


def _open_before(overlaying: Overlaying, closed: Sequence[range]) -> list[bool]:
    """Return of each new word whether it is the same as one that was open in the old text."""
    alignment = overlaying.alignment
    is_open = [False] * alignment.new_count
    is_closed = [False] * alignment.old_count
    for passage in closed:
        for number in passage:
            is_closed[number] = True
    for number in range(alignment.old_count):
        if alignment.kinship[number] is Kinship.SAME and not is_closed[number]:
            for place in range(alignment.starts[number], alignment.ends[number]):
                is_open[place] = True
    return is_open


def _spans_of(overlaying: Overlaying, numbers: Sequence[int]) -> Iterator[Span]:
    """Yield the spans of runs of new words."""
    ordered = sorted(set(numbers))
    first = 0
    for place in range(1, len(ordered) + 1):
        if place == len(ordered) or ordered[place] != ordered[place - 1] + 1:
            yield _whole_words(overlaying, ordered[first], ordered[place - 1] + 1)
            first = place
