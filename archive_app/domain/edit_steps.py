"""Edits made one after the other, and what each of them left of the texts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping

from archive_app.domain.records import Span
from archive_app.domain.spans import TextEdit, edited_text
from archive_app.domain.turn_texts import TurnTexts

Shift = Callable[[Span, TextEdit, TurnTexts], Span | None]
"""How one edit moves a span; the texts are those after it (``spans.shifted``)."""


class EditSteps:
    """A run of edits on the texts of some turns.

    Kept are only the texts that changed, so that a thousand edits of an interview of
    three hours need no more than twice its text.
    """

    def __init__(self, before: TurnTexts) -> None:
        self._before = before
        self._edits: list[TextEdit] = []
        self._numbers: dict[int, list[int]] = {}
        """By turn, which of the edits were its own."""
        self._texts: dict[int, list[str]] = {}
        """By turn, its text after each of those."""

    def text(self, turn: int) -> str:
        """Return a turn's text after all edits so far.

        Raises:
            SpanOutsideText: the turn is not among these.
        """
        texts = self._texts.get(turn)
        return texts[-1] if texts else self._before.text(turn)

    def add(self, edit: TextEdit) -> None:
        """Make one edit more.

        Raises:
            SpanOutsideText: it reaches beyond the text that the edits before it left.
        """
        text = edited_text(self.text(edit.turn), edit)
        self._numbers.setdefault(edit.turn, []).append(len(self._edits))
        self._texts.setdefault(edit.turn, []).append(text)
        self._edits.append(edit)

    def after(self) -> TurnTexts:
        """Return the texts after all edits."""
        return self._before.with_texts({turn: self.text(turn) for turn in self._before.ids})

    def through(self, span: Span, shift: Shift) -> Span | None:
        """Return a span after all edits. Only those in its first and last turns can move it."""
        moved: Span | None = span
        number = self._next(span, 0)
        while moved is not None and number is not None:
            texts = self._before.with_texts(_TextsAfter(self._before, self, number))
            moved = shift(moved, self._edits[number], texts)
            number = None if moved is None else self._next(moved, number + 1)
        return moved

    def text_after(self, turn: int, number: int) -> str | None:
        """Return a turn's text after an edit, counted from 0; ``None`` while it is unchanged."""
        place = bisect_right(self._numbers.get(turn, ()), number)
        return self._texts[turn][place - 1] if place else None

    def _next(self, span: Span, number: int) -> int | None:
        found: list[int] = []
        for turn in {span.start_turn, span.end_turn}:
            numbers = self._numbers.get(turn, ())
            place = bisect_left(numbers, number)
            found += numbers[place : place + 1]
        return min(found, default=None)


class _TextsAfter(Mapping[int, str]):
    """The texts as one edit left them, looked up where they are asked for."""

    def __init__(self, before: TurnTexts, steps: EditSteps, number: int) -> None:
        self._before, self._steps, self._number = before, steps, number

    def __getitem__(self, turn: int) -> str:
        if turn not in self._before:
            raise KeyError(turn)
        text = self._steps.text_after(turn, self._number)
        return self._before.text(turn) if text is None else text

    def __iter__(self) -> Iterator[int]:
        return iter(self._before.ids)

    def __len__(self) -> int:
        return len(self._before.ids)
