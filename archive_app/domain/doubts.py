"""What in a recogniser's work wants a person's ear: doubtful words, loops, lines too fast.

Pure: each function takes turns in the order of the transcript and returns flags
in the order of the text. Letters of the wrong script are found by
``language.mixed_script``, which returns the same record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive_app.domain.records import Span, Turn
from archive_app.translation import tr

DOUBTFUL_BELOW = 0.5
"""Confidence below which a word is shown as doubtful. Recognisers of the Whisper family give
real words 0.8 to 1; what they made up lies mostly below a half."""

TOO_MANY_LETTERS_A_SECOND = 40
"""Nobody speaks so fast: quick speech has about 20 letters and spaces a second."""

_SHORTEST_TOO_FAST = 15
"""Letters; the times of a "Yes." are too coarse to say anything."""

_REPEATED_LETTERS = 12
"""A line of so many letters is hardly said twice in a row; shorter ones are ("Yes." "Yes.")."""

_REPEATED_SHORT_LINES = 4
"""Short lines are flagged where one stands so often in a row."""

_LONGEST_PHRASE = 24
"""Words; what is repeated in longer stretches is found as repeated lines."""

_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")


class FlagKind(StrEnum):
    """What is odd about a place."""

    DOUBTFUL = "doubtful"
    REPEATED_LINE = "repeated-line"
    LOOP = "loop"
    TOO_FAST = "too-fast"
    MIXED_SCRIPT = "mixed-script"
    OTHER_SCRIPT = "other-script"


@dataclass(frozen=True, slots=True)
class Flag:
    """A place that somebody should hear or look at."""

    kind: FlagKind
    span: Span
    found: str
    """The text under the span; over several turns joined by one space a join."""
    why: str
    """For a person, in the language of the window."""
    proposal: str | None = None
    """What to write in its place, if the program has an idea."""

    @property
    def is_mendable(self) -> bool:
        """There is a proposal, and it stands in one turn."""
        return self.proposal is not None and self.span.start_turn == self.span.end_turn


def doubtful_words(turns: Iterable[Turn], threshold: float = DOUBTFUL_BELOW) -> tuple[Flag, ...]:
    """Return the words whose confidence is below a threshold from 0 to 1.

    A word that a person wrote or confirmed has no confidence and is never doubtful.
    """
    return tuple(
        Flag(
            FlagKind.DOUBTFUL,
            Span(turn.id, timed.start, turn.id, timed.end),
            turn.text[timed.start : timed.end],
            tr("The recogniser was {percent} % sure.", percent=round(100 * timed.confidence)),
        )
        for turn in turns
        for timed in turn.timed
        if timed.confidence is not None and timed.confidence < threshold
    )


def loops(turns: Sequence[Turn]) -> tuple[Flag, ...]:
    """Return lines repeated one after another, and phrases repeated within a line.

    A repeated line's flag covers the repetitions and not the first; a phrase's
    covers all of its repetitions and proposes it once. Punctuation and case are
    left aside. A phrase counts from the third time on, a single word, which people
    do repeat, from the sixth.
    """
    flags = [*_repeated_lines(turns), *(flag for turn in turns for flag in _loops_in(turn))]
    places = {turn.id: place for place, turn in enumerate(turns)}
    flags.sort(key=lambda flag: (places[flag.span.start_turn], flag.span.start))
    return tuple(flags)


def too_fast(turns: Iterable[Turn]) -> tuple[Flag, ...]:
    """Return turns with more text than could have been said in their time.

    Recognisers write such lines where nobody speaks.
    """
    found: list[Flag] = []
    for turn in turns:
        length = len(turn.text.strip())
        if turn.start_ms is None or turn.end_ms is None or length < _SHORTEST_TOO_FAST:
            continue
        if length * 1000 > TOO_MANY_LETTERS_A_SECOND * (turn.end_ms - turn.start_ms):
            why = tr("Too much text for its time: perhaps nobody spoke here.")
            found.append(_of_turns(FlagKind.TOO_FAST, [turn], why))
    return tuple(found)


def _of_turns(kind: FlagKind, turns: Sequence[Turn], why: str) -> Flag:
    last = turns[-1]
    text = " ".join(turn.text for turn in turns)
    return Flag(kind, Span(turns[0].id, 0, last.id, len(last.text)), text, why)


def _words(text: str) -> list[str]:
    return [word[0].casefold() for word in _WORD.finditer(text)]


def _repeated_lines(turns: Sequence[Turn]) -> Iterable[Flag]:
    place = 0
    said = [_words(turn.text) for turn in turns]
    while place < len(turns):
        end = place + 1
        while end < len(turns) and said[end] == said[place]:
            end += 1
        times = end - place
        letters = sum(map(len, said[place]))
        is_odd = letters >= _REPEATED_LETTERS or times >= _REPEATED_SHORT_LINES
        if letters and times > 1 and is_odd:
            why = tr("The line is there {times} times in a row.", times=times)
            yield _of_turns(FlagKind.REPEATED_LINE, turns[place + 1 : end], why)
        place = end


def _fewest_times(length: int) -> int:
    return 6 if length == 1 else 3


def _loops_in(turn: Turn) -> Iterable[Flag]:
    found = list(_WORD.finditer(turn.text))
    words = [word[0].casefold() for word in found]
    place = 0
    while place < len(words):
        length, times = _longest_loop(words, place)
        if not times:
            place += 1
            continue
        start, end = found[place].start(), found[place + length * times - 1].end()
        once = turn.text[start : found[place + length - 1].end()]
        why = tr("“{phrase}” is there {times} times in a row.", phrase=once, times=times)
        span = Span(turn.id, start, turn.id, end)
        yield Flag(FlagKind.LOOP, span, turn.text[start:end], why, once)
        place += length * times


def _longest_loop(words: Sequence[str], place: int) -> tuple[int, int]:
    """Return (words in the phrase, how often) of a loop that begins at a place, else (0, 0)."""
    for length in range(1, min(_LONGEST_PHRASE, (len(words) - place) // 3) + 1):
        phrase = words[place : place + length]
        times, at = 1, place + length
        while words[at : at + length] == phrase:
            times, at = times + 1, at + length
        if times >= _fewest_times(length):
            return length, times
    return 0, 0
