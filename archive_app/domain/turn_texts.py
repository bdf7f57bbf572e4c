"""The texts of neighbouring turns, in order: the ground that spans stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from archive_app.domain.records import Span
from archive_app.errors import SpanOutsideText

if TYPE_CHECKING:
    from archive_app.domain.records import Turn

CONTEXT = 30
"""Code points of neighbouring text that a tagging remembers on either side."""

JOINT = " "
"""What stands between two turns where their text is read as one."""

_LINE_OR_CONTROL = re.compile("\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class TurnTexts:
    """The texts of a run of consecutive turns by id. Never changes: ``with_…`` gives a new one.

    It may be a whole transcript or any stretch of one that holds all the turns
    of the spans asked about.
    """

    __slots__ = ("_places", "_texts", "ids")

    def __init__(self, ids: tuple[int, ...], texts: Mapping[int, str]) -> None:
        self.ids = ids
        """The turns' ids in the order of the transcript."""
        self._texts = texts
        self._places: dict[int, int] | None = None

    @classmethod
    def of(cls, turns: Iterable[Turn]) -> TurnTexts:
        """Return the texts of turns that come in the order of the transcript."""
        texts = {turn.id: turn.text for turn in turns}
        return cls(tuple(texts), texts)

    def __contains__(self, turn: object) -> bool:
        return turn in self._texts

    def text(self, turn: int) -> str:
        """Return a turn's text.

        Raises:
            SpanOutsideText: the turn is not among these.
        """
        try:
            return self._texts[turn]
        except KeyError:
            raise SpanOutsideText("A turn that was asked for is not in the transcript.") from None

    def place(self, turn: int) -> int:
        """Return how many turns stand before this one.

        Raises:
            SpanOutsideText: the turn is not among these.
        """
        try:
            return self._index()[turn]
        except KeyError:
            raise SpanOutsideText("A turn that was asked for is not in the transcript.") from None

    def _index(self) -> dict[int, int]:
        if self._places is None:
            self._places = {turn: place for place, turn in enumerate(self.ids)}
        return self._places

    def with_text(self, turn: int, text: str) -> TurnTexts:
        """Return these texts with one turn's text replaced."""
        return self.with_texts({**self._texts, turn: text})

    def with_texts(self, texts: Mapping[int, str]) -> TurnTexts:
        """Return other texts of the same turns, in the same order; all of them are given."""
        changed = TurnTexts(self.ids, texts)
        changed._places = self._index()
        return changed

    def with_turn(self, turn: int, text: str, *, place: int) -> TurnTexts:
        """Return these texts with one turn more, before which ``place`` turns stand."""
        ids = (*self.ids[:place], turn, *self.ids[place:])
        return TurnTexts(ids, {**self._texts, turn: text})

    def without(self, turn: int) -> TurnTexts:
        """Return these texts with one turn less."""
        place = self.place(turn)
        texts = {id_: text for id_, text in self._texts.items() if id_ != turn}
        return TurnTexts(self.ids[:place] + self.ids[place + 1 :], texts)

    def reaches(self, span: Span, turns: frozenset[int]) -> bool:
        """Say whether a span covers any of some turns, were it only an empty one in its middle."""
        if span.start_turn in turns or span.end_turn in turns:
            return True
        if span.start_turn == span.end_turn:
            return False
        first, last = self.place(span.start_turn), self.place(span.end_turn)
        if last - first < len(turns):
            return any(self.ids[place] in turns for place in range(first + 1, last))
        return any(first < self.place(turn) < last for turn in turns if turn in self._texts)

    def checked(self, span: Span) -> Span:
        """Return the span as it came, if it lies within these texts and is not empty.

        Raises:
            SpanOutsideText: it does not.
        """
        is_inside = 0 <= span.start <= len(self.text(span.start_turn)) and (
            0 <= span.end <= len(self.text(span.end_turn))
        )
        if is_inside and span.start_turn == span.end_turn:
            is_inside = span.start < span.end
        elif is_inside:
            is_inside = self.place(span.start_turn) < self.place(span.end_turn)
        if not is_inside:
            raise SpanOutsideText(
                "A marked passage reaches beyond the text it stands on.",
                details=f"{span} in {len(self.ids)} turns",
            )
        return span

    def settled(self, span: Span) -> Span | None:
        """Return the span with both ends on text of its own, or ``None`` if it covers none.

        An end that stands at the edge of a turn it covers nothing of moves to
        the neighbouring turn, past empty ones.
        """
        start, end = span.start, span.end
        if span.start_turn == span.end_turn:
            return span if start < end else None
        first, last = self.place(span.start_turn), self.place(span.end_turn)
        while first < last and start >= len(self._texts[self.ids[first]]):
            first, start = first + 1, 0
        while first < last and end <= 0:
            last -= 1
            end = len(self._texts[self.ids[last]])
        if first > last or (first == last and start >= end):
            return None
        return Span(self.ids[first], start, self.ids[last], end)

    def quote(self, span: Span) -> str:
        """Return the text under a span, one space at each join between turns.

        Raises:
            SpanOutsideText: a turn of it is not among these.
        """
        if span.start_turn == span.end_turn:
            return self.text(span.start_turn)[span.start : span.end]
        first, last = self.place(span.start_turn), self.place(span.end_turn)
        pieces = [
            self._texts[span.start_turn][span.start :],
            *(self._texts[self.ids[place]] for place in range(first + 1, last)),
            self._texts[span.end_turn][: span.end],
        ]
        return JOINT.join(pieces)

    def before(self, span: Span) -> str:
        """Return up to CONTEXT code points before a span, over as many turns as that takes."""
        context = self.text(span.start_turn)[max(0, span.start - CONTEXT) : span.start]
        place = self.place(span.start_turn)
        while place > 0 and len(context) < CONTEXT:
            place -= 1
            context = self._texts[self.ids[place]][-CONTEXT:] + JOINT + context
        return context[-CONTEXT:]

    def after(self, span: Span) -> str:
        """Return up to CONTEXT code points after a span, over as many turns as that takes."""
        context = self.text(span.end_turn)[span.end : span.end + CONTEXT]
        place = self.place(span.end_turn)
        while place < len(self.ids) - 1 and len(context) < CONTEXT:
            place += 1
            context += JOINT + self._texts[self.ids[place]][:CONTEXT]
        return context[:CONTEXT]


def quote_of(turns: Iterable[Turn], span: Span) -> str:
    """Return the text under a span: over several turns, joined by one space a join.

    Raises:
        SpanOutsideText: the span is empty or not within these turns.
    """
    texts = TurnTexts.of(turns)
    return texts.quote(texts.checked(span))


def joined(turns: Iterable[Turn]) -> str:
    """Return the text of consecutive turns as spans read it: one space at each join."""
    return JOINT.join(turn.text for turn in turns)


def clean_text(text: str) -> str:
    """Return text as a turn may hold it, otherwise as it was typed.

    Each line break (CR LF counts as one) and control character becomes a space,
    half of a surrogate pair U+FFFD. Nothing is normalised, trimmed or collapsed:
    composed and decomposed letters, soft hyphens and joiners stay.
    """
    text = _LINE_OR_CONTROL.sub(" ", text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
