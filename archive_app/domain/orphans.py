"""Finding the place again of a tagging whose text had gone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from archive_app.domain.records import Span, Tagging, Turn
from archive_app.domain.turn_texts import JOINT, TurnTexts


def find_orphan(turns: Sequence[Turn], tagging: Tagging) -> Span | None:
    """Return where an orphan's words stand now; ``None`` where nobody could be sure.

    Looks for its quote, letter for letter, and prefers the place whose neighbouring
    text agrees best with what the tagging remembers, then the one in its former
    turn. Several places that answer equally well are no answer.
    """
    if not tagging.quote:
        return None
    texts = TurnTexts.of(turns)
    best: list[tuple[tuple[int, int], Span]] = []
    for span in _places_of(turns, texts, tagging.quote):
        is_former_turn = span.start_turn == tagging.span.start_turn
        score = (_agreement(texts, span, tagging), int(is_former_turn))
        if not best or score > best[0][0]:
            best = [(score, span)]
        elif score == best[0][0]:
            best.append((score, span))
    return best[0][1] if len(best) == 1 else None


def _places_of(turns: Sequence[Turn], texts: TurnTexts, quote: str) -> list[Span]:
    whole = JOINT.join(turn.text for turn in turns)
    starts = [0, *accumulate(len(turn.text) + len(JOINT) for turn in turns)][:-1]
    found: list[Span] = []
    place = whole.find(quote)
    while place >= 0:
        first = bisect_right(starts, place) - 1
        last = bisect_right(starts, place + len(quote) - 1) - 1
        span = Span(
            turns[first].id,
            place - starts[first],
            turns[last].id,
            place + len(quote) - starts[last],
        )
        is_whole = span.end <= len(turns[last].text) and texts.settled(span) == span
        if is_whole:
            found.append(span)
        place = whole.find(quote, place + 1)
    return found


def _agreement(texts: TurnTexts, span: Span, tagging: Tagging) -> int:
    before = _common_start(texts.before(span)[::-1], tagging.before[::-1])
    return before + _common_start(texts.after(span), tagging.after)


def _common_start(one: str, other: str) -> int:
    for count, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return count
    return min(len(one), len(other))
