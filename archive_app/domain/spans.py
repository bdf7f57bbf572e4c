"""Spans on the text of a transcript, and how they move when the text is edited.

A span is half-open, ``[start, end)``, in code points, from a place in one turn
to a place in the same or a later one, and never empty while it lives. All
functions are pure, keep the order of what they are given, answer ``None`` for a
span that lost its whole text (an orphan), and return a span that need not move
as the very object that came in.

The rules, with ``|`` where an edit begins and ends and ``[ ]`` around a span:

- text inserted strictly inside belongs to the span, at either edge it does not;
  for a span over several turns, the end of the first turn and the start of the
  last are inside;
- deleted text shrinks it;
- replaced text that was all the span's own stays the span's own: ``a [b |c| d]``,
  ``[|b| c]``, and ``[|b c|]``, a correction of exactly its words;
- a replacement across an edge cuts the span to what was kept: ``a |b [c| d]``;
- a replacement of more than the whole span leaves an orphan: ``|a [b] c|``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive_app.domain.records import Span
from archive_app.domain.turn_texts import JOINT, TurnTexts
from archive_app.errors import SpanOutsideText


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace ``[start, end)`` of a turn's text by ``text``; an insertion has start == end."""

    turn: int
    start: int
    end: int
    text: str = ""

    @property
    def new_end(self) -> int:
        """Where the new text ends."""
        return self.start + len(self.text)

    @property
    def growth(self) -> int:
        """How many code points longer the turn becomes; negative if it shrinks."""
        return len(self.text) - (self.end - self.start)


@dataclass(frozen=True, slots=True)
class TurnCut:
    """Where a turn's text parts in two: ``text[:left_end]`` stays, ``text[right_start:]`` goes.

    A space between the halves is left out; merging puts it back.
    """

    turn: int
    """Keeps its id and the left half."""
    new_turn: int
    """The id, perhaps temporary, of the turn that gets the right half."""
    left_end: int
    right_start: int


def edited_text(text: str, edit: TextEdit) -> str:
    """Return a turn's text after an edit.

    Raises:
        SpanOutsideText: the edit reaches beyond the text.
    """
    if not 0 <= edit.start <= edit.end <= len(text):
        raise SpanOutsideText("An edit reaches beyond the text of its turn.")
    return text[: edit.start] + edit.text + text[edit.end :]


def shift_spans(spans: Iterable[Span], edit: TextEdit, texts: TurnTexts) -> list[Span | None]:
    """Return the spans as they stand after an edit; ``None`` for one that lost its whole text.

    ``texts`` are the texts before the edit. O(len(spans)) where turns are not empty.

    Raises:
        SpanOutsideText: a span or the edit reaches beyond the text before the edit.
    """
    after = texts.with_text(edit.turn, edited_text(texts.text(edit.turn), edit))
    return [shifted(texts.checked(span), edit, after) for span in spans]


def shift_closed_spans(
    spans: Iterable[Span], edit: TextEdit, texts: TurnTexts
) -> list[Span | None]:
    """Return spans that close a passage, as they stand after an edit.

    As ``shift_spans``, but words retyped across an edge of the span, or around
    the whole of it, stay closed: nobody can know whether they still say what was
    to be withheld. Only deleting the whole text makes an orphan.

    Raises:
        SpanOutsideText: a span or the edit reaches beyond the text before the edit.
    """
    after = texts.with_text(edit.turn, edited_text(texts.text(edit.turn), edit))
    return [shifted_closed(texts.checked(span), edit, after) for span in spans]


def shifted(span: Span, edit: TextEdit, after: TurnTexts) -> Span | None:
    """Return one span as it stands after an edit; ``after`` are the texts after it."""
    starts_here, ends_here = span.start_turn == edit.turn, span.end_turn == edit.turn
    if not starts_here and not ends_here:
        return span
    start, end = span.start, span.end
    if starts_here and ends_here:
        is_swallowed = edit.start <= start and end <= edit.end
        is_correction = edit.text and edit.start == start and edit.end == end
        if is_swallowed and not is_correction:
            return None
    if starts_here:
        start = _start_after(start, edit)
    if ends_here:
        end = _end_after(end, edit)
    if (start, end) == (span.start, span.end) and edit.growth >= 0:
        return span
    return after.settled(Span(span.start_turn, start, span.end_turn, end))


def shifted_closed(span: Span, edit: TextEdit, after: TurnTexts) -> Span | None:
    """Return one closing span as it stands after an edit; ``after`` are the texts after it."""
    starts_here, ends_here = span.start_turn == edit.turn, span.end_turn == edit.turn
    overlaps = (not starts_here or span.start < edit.end) and (
        not ends_here or edit.start < span.end
    )
    if edit.text and edit.start < edit.end and overlaps:
        start = min(span.start, edit.start) if starts_here else span.start
        end = max(span.end, edit.end) if ends_here else span.end
        span = Span(span.start_turn, start, span.end_turn, end)
    return shifted(span, edit, after)


def _start_after(start: int, edit: TextEdit) -> int:
    if start < edit.start or (start == edit.start < edit.end):
        return start
    return edit.new_end if start < edit.end else start + edit.growth


def _end_after(end: int, edit: TextEdit) -> int:
    if end <= edit.start:
        return end
    return edit.start if end < edit.end else end + edit.growth


def cut_turn(texts: TurnTexts, turn: int, offset: int, *, new_turn: int) -> TurnCut:
    """Return where a turn parts if it is split at an offset.

    One space beside the offset (the one after it, else the one before it) is left
    out if text remains on both sides, so that merging the halves, which puts a
    space between them, gives the old text back.

    Raises:
        SpanOutsideText: the offset is not in the turn's text.
    """
    text = texts.text(turn)
    if not 0 <= offset <= len(text):
        raise SpanOutsideText("A turn was to be split outside its text.")
    left_end = right_start = offset
    if text[offset : offset + 1] == JOINT and 0 < offset < len(text) - 1:
        right_start += 1
    elif text[offset - 1 : offset] == JOINT and 1 < offset < len(text):
        left_end -= 1
    return TurnCut(turn, new_turn, left_end, right_start)


def split_texts(texts: TurnTexts, cut: TurnCut) -> TurnTexts:
    """Return the texts after a turn was split."""
    text = texts.text(cut.turn)
    left = texts.with_text(cut.turn, text[: cut.left_end])
    place = texts.place(cut.turn) + 1
    return left.with_turn(cut.new_turn, text[cut.right_start :], place=place)


def split_spans(spans: Iterable[Span], cut: TurnCut, texts: TurnTexts) -> list[Span | None]:
    """Return the spans after a turn was split; ``texts`` are those before it.

    A span over the cut reaches over both halves. Only one that covered nothing
    but the space left out becomes an orphan.
    """
    after = split_texts(texts, cut)
    return [split_span(texts.checked(span), cut, after) for span in spans]


def split_span(span: Span, cut: TurnCut, after: TurnTexts) -> Span | None:
    """Return one span after a turn was split; ``after`` are the texts after it."""
    start_turn, start, end_turn, end = span.start_turn, span.start, span.end_turn, span.end
    if start_turn == cut.turn and start >= cut.left_end:
        start_turn, start = cut.new_turn, max(0, start - cut.right_start)
    if end_turn == cut.turn and end > cut.right_start:
        end_turn, end = cut.new_turn, end - cut.right_start
    elif end_turn == cut.turn:
        end = min(end, cut.left_end)
    if (start_turn, start, end_turn, end) == (span.start_turn, span.start, span.end_turn, span.end):
        return span
    return after.settled(Span(start_turn, start, end_turn, end))


def joint_of(first: str, second: str) -> str:
    """Return what stands between two texts when they are merged: a space, unless one is empty."""
    return JOINT if first and second else ""


def merge_spans(spans: Iterable[Span], first: int, second: int, texts: TurnTexts) -> list[Span]:
    """Return the spans after a turn took in the one that follows it; none is ever lost.

    ``texts`` are those before the merge.
    """
    shift = merge_shift(texts, first, second)
    return [merged_span(texts.checked(span), first, second, shift) for span in spans]


def merge_shift(texts: TurnTexts, first: int, second: int) -> int:
    """Return by how much offsets of the second turn grow when the first takes it in."""
    text = texts.text(first)
    return len(text) + len(joint_of(text, texts.text(second)))


def merged_span(span: Span, first: int, second: int, shift: int) -> Span:
    """Return one span after ``first`` took in ``second``."""
    start_turn, start, end_turn, end = span.start_turn, span.start, span.end_turn, span.end
    if start_turn == second:
        start_turn, start = first, start + shift
    if end_turn == second:
        end_turn, end = first, end + shift
    if (start_turn, end_turn) == (span.start_turn, span.end_turn):
        return span
    return Span(start_turn, start, end_turn, end)


def merge_texts(texts: TurnTexts, first: int, second: int) -> TurnTexts:
    """Return the texts after a turn took in the one that follows it.

    Raises:
        SpanOutsideText: the second turn does not follow the first.
    """
    if texts.place(second) != texts.place(first) + 1:
        raise SpanOutsideText("Only turns that follow one another can be merged.")
    left, right = texts.text(first), texts.text(second)
    return texts.without(second).with_text(first, left + joint_of(left, right) + right)


def delete_turn_spans(spans: Iterable[Span], turn: int, texts: TurnTexts) -> list[Span | None]:
    """Return the spans after a turn was deleted; ``texts`` are those before it.

    A span wholly in the turn becomes an orphan; one that reaches beyond it
    shrinks to what it covers of the neighbouring turns.
    """
    after = texts.without(turn)
    return [span_without(texts.checked(span), turn, texts, after) for span in spans]


def span_without(span: Span, turn: int, before: TurnTexts, after: TurnTexts) -> Span | None:
    """Return one span after a turn was deleted."""
    start_turn, start, end_turn, end = span.start_turn, span.start, span.end_turn, span.end
    if turn not in (start_turn, end_turn):
        return span
    if start_turn == end_turn:
        return None
    if start_turn == turn:
        start_turn, start = before.ids[before.place(turn) + 1], 0
    else:
        end_turn = before.ids[before.place(turn) - 1]
        end = len(before.text(end_turn))
    return after.settled(Span(start_turn, start, end_turn, end))


def shift_offsets(offsets: Iterable[int], edit: TextEdit) -> list[int]:
    """Return points in a turn's text, such as footnotes, as they stand after an edit of it.

    A point stays behind the text it follows: text inserted at it comes after it,
    and when the text before it is retyped it follows the new text. None is ever lost.
    """
    return [
        offset
        if offset <= edit.start
        else edit.new_end
        if offset <= edit.end
        else offset + edit.growth
        for offset in offsets
    ]


def minimal_edit(old: str, new: str, *, turn: int, caret: int | None = None) -> TextEdit | None:
    """Return the smallest edit that turns one text into the other; ``None`` if they are equal.

    ``caret`` is where the caret stands in the new text, in code points: what
    follows it was not touched, which tells which of several equal letters was
    typed or deleted. It is a hint: where it does not fit it is left aside.
    """
    if old == new:
        return None
    suffix = -1
    if caret is not None and 0 <= caret <= len(new):
        kept = len(new) - caret
        if kept <= len(old) and old.endswith(new[caret:]):
            suffix = kept
    longest = min(len(old), len(new))
    if suffix >= 0:
        prefix = _common_prefix(old, new, longest - suffix)
    else:
        prefix = _common_prefix(old, new, longest)
        suffix = _common_prefix(old[::-1], new[::-1], longest - prefix)
    return TextEdit(turn, prefix, len(old) - suffix, new[prefix : len(new) - suffix])


def _common_prefix(one: str, other: str, limit: int) -> int:
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def find_in_order(spans: Sequence[Span], texts: TurnTexts) -> list[int]:
    """Return the spans' indexes in the order of the text: by start, the longer first."""
    return sorted(
        range(len(spans)),
        key=lambda index: (
            texts.place(spans[index].start_turn),
            spans[index].start,
            -texts.place(spans[index].end_turn),
            -spans[index].end,
        ),
    )
