"""The view's own copy of a transcript: turns and the marks on them, one turn a block.

It knows nothing of widgets. Every edit made in the window goes through ``edit``
at once, so what is drawn never waits for the archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from operator import is_
from typing import NamedTuple

from archive_app.domain.records import Restriction, Span, Tag, Tagging, Turn
from archive_app.domain.released import ReleasedTranscript
from archive_app.domain.spans import (
    TextEdit,
    edited_text,
    minimal_edit,
    shift_closed_spans,
    shift_spans,
)
from archive_app.domain.turn_texts import TurnTexts
from archive_app.gui.tag_colours import colour_key

BREAKS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufdd0\ufdd1]")
"""Characters that would break a block apart, or that Qt keeps for itself."""

_TURN = 1 << 20
_PIECES_KEPT = 400
_SAME_LINE = 90
"""Marks closer than this many code points may stand on one line and need two lanes."""


class MarkKind(Enum):
    """What a mark on the text says."""

    TAG = "tag"
    CLOSED = "closed"
    MATCH = "match"
    DOUBT = "doubt"
    """A recogniser was not sure of the words."""
    SPELLING = "spelling"
    """No dictionary knows the word."""
    FLAG = "flag"
    """Something looks wrong: a loop, letters of another script."""
    FOOTNOTE = "footnote"
    """A footnote stands behind the last letter."""


WINDOWS_OWN = frozenset((MarkKind.MATCH, MarkKind.DOUBT, MarkKind.SPELLING, MarkKind.FLAG))
"""Marks that the window lays, not the archive: they stay when it is read anew."""


class Mark(NamedTuple):
    """Something that lies on a span of the text."""

    kind: MarkKind
    key: int
    """The tagging's, the restriction's or the footnote's id, or a number among its kind."""
    span: Span
    name: str = ""
    colour_key: int = 0
    colour: str = ""


class Piece(NamedTuple):
    """What of a mark lies in one turn: ``[start, end)`` in code points."""

    mark: Mark
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn as the view shows it."""

    id: int
    speaker: str
    start_ms: int | None
    text: str
    is_time_estimated: bool = False


MarkKey = tuple[MarkKind, int]


class TranscriptDocument:
    """Turns in order, marks by turn, and lanes for the strips of tags."""

    def __init__(self, turns: Sequence[ShownTurn] = (), marks: Iterable[Mark] = ()) -> None:
        self.turns = list(turns)
        self.marks: dict[MarkKey, Mark] = {}
        self._places = {turn.id: place for place, turn in enumerate(self.turns)}
        self._by_turn: dict[int, list[MarkKey]] = {}
        self._lanes: dict[int, int] | None = None
        self._pieces: dict[int, list[Piece]] = {}
        """What ``pieces`` said, by place: it is asked several times for each frame."""
        self.add_marks(marks)

    def __contains__(self, turn_id: object) -> bool:
        return turn_id in self._places

    def place(self, turn_id: int) -> int:
        """Return how many turns stand before this one.

        Raises:
            KeyError: there is no such turn.
        """
        return self._places[turn_id]

    def turn(self, turn_id: int) -> ShownTurn:
        """Return a turn by its id (KeyError if there is none)."""
        return self.turns[self._places[turn_id]]

    def add_marks(self, marks: Iterable[Mark]) -> None:
        """Lay marks on the text; one that does not fit the text is left out."""
        places, by_turn, kept = self._places, self._by_turn, self.marks
        self._pieces.clear()
        has_tags = False
        for mark in marks:
            has_tags = has_tags or mark.kind is MarkKind.TAG
            span = mark.span
            first, last = places.get(span.start_turn), places.get(span.end_turn)
            if first is None or last is None or not self._fits(span, first, last):
                continue
            key = (mark.kind, mark.key)
            kept[key] = mark
            if first == last:
                by_turn.setdefault(span.start_turn, []).append(key)
            else:
                for place in range(first, last + 1):
                    by_turn.setdefault(self.turns[place].id, []).append(key)
        if has_tags:
            self._lanes = None

    def remove_marks(self, kind: MarkKind) -> None:
        """Take away every mark of a kind."""
        self._pieces.clear()
        self.marks = {key: mark for key, mark in self.marks.items() if key[0] is not kind}
        for keys in self._by_turn.values():
            keys[:] = [key for key in keys if key[0] is not kind]

    def turns_under(self, spans: Iterable[Span]) -> set[int]:
        """Return the ids of the turns that some spans lie on."""
        found: set[int] = set()
        for span in spans:
            first, last = self._places.get(span.start_turn), self._places.get(span.end_turn)
            if first is not None and last is not None:
                found.update(turn.id for turn in self.turns[first : last + 1])
        return found

    def marks_on(self, turn_ids: Iterable[int]) -> list[Mark]:
        """Return every mark that lies on some turns."""
        return [self.marks[key] for turn in turn_ids for key in self._by_turn.get(turn, ())]

    def replace_marks(self, kind: MarkKind, keys: Set[int], marks: Sequence[Mark]) -> None:
        """Lay marks in the place of those of a kind with some keys."""
        lanes = self._lanes
        self._pieces.clear()
        is_like = kind is not MarkKind.TAG
        if not is_like:
            is_like = {key for key in keys if (kind, key) in self.marks} == {m.key for m in marks}
        for key in keys:
            old = self.marks.pop((kind, key), None)
            if old is not None:
                self._unlist((kind, key), old.span)
        self.add_marks(marks)
        if is_like:
            # The same tags, moved with their words: they keep their lanes, as in typing.
            self._lanes = lanes

    def stretch_mark(self, kind: MarkKind, key: int, span: Span) -> None:
        """Let a mark lie on other words, in the lane it has; one that is not here stays away."""
        if (kind, key) in self.marks:
            self._move((kind, key), span)

    def replace_turns(self, turns: Iterable[ShownTurn]) -> None:
        """Put turns in the place of those of their ids, those that are there; marks move."""
        for turn in turns:
            place = self._places.get(turn.id)
            if place is None or self.turns[place] is turn:
                continue
            edit = minimal_edit(self.turns[place].text, turn.text, turn=turn.id)
            if edit is not None:
                self.edit(edit)
            self.turns[place] = turn
            self._pieces.pop(place, None)

    def take_turns(self, turns: Sequence[ShownTurn]) -> None:
        """Have these turns; marks move as if what differs in a turn's text had been typed.

        Marks on turns that are gone go; what an operation that parted or joined
        turns moved elsewhere is laid anew by whoever keeps it.
        """
        self.replace_turns(turns)
        if len(turns) == len(self.turns) and all(map(is_, turns, self.turns)):
            return
        marks, self.marks, self._by_turn = self.marks, {}, {}
        self.turns = list(turns)
        self._places = {turn.id: place for place, turn in enumerate(self.turns)}
        self.add_marks(marks.values())

    def pieces(self, place: int) -> list[Piece]:
        """Return what lies on a turn, tags of an outer lane first; not to be changed."""
        known = self._pieces.get(place)
        if known is not None:
            return known
        turn = self.turns[place]
        found: list[Piece] = []
        for key in self._by_turn.get(turn.id, ()):
            mark = self.marks[key]
            start = mark.span.start if mark.span.start_turn == turn.id else 0
            end = mark.span.end if mark.span.end_turn == turn.id else len(turn.text)
            found.append(Piece(mark, start, end))
        lanes = self.lanes
        found.sort(key=lambda piece: (lanes.get(piece.mark.key, 0), piece.start))
        if len(self._pieces) > _PIECES_KEPT:
            self._pieces.clear()
        self._pieces[place] = found
        return found

    @property
    def lanes(self) -> dict[int, int]:
        """The lane of each tagging by its id, 0 nearest the text.

        Worked out in the order of the text, longer spans first, so that the same
        transcript always shows the same nesting.
        """
        if self._lanes is None:
            self._lanes = self._assign_lanes()
        return self._lanes

    def edit(self, edit: TextEdit) -> None:
        """Take an edit of one turn's text and move every mark on it.

        Raises:
            SpanOutsideText: the edit reaches beyond the text.
        """
        place = self._places[edit.turn]
        turn = self.turns[place]
        text = edited_text(turn.text, edit)
        self._pieces.clear()
        keys = self._by_turn.get(edit.turn, [])
        moving = [
            key
            for key in keys
            if edit.turn in (self.marks[key].span.start_turn, self.marks[key].span.end_turn)
        ]
        if moving:
            self._shift(moving, edit)
        self.turns[place] = replace(turn, text=text)

    def texts(self) -> TurnTexts:
        """Return the texts of all turns as they stand."""
        return TurnTexts(tuple(self._places), {turn.id: turn.text for turn in self.turns})

    def span_between(self, start: tuple[int, int], end: tuple[int, int]) -> Span | None:
        """Return the span between two (place, offset), its ends on text, or ``None`` if empty."""
        (first, start_at), (last, end_at) = start, end
        while first < last and start_at >= len(self.turns[first].text):
            first, start_at = first + 1, 0
        while first < last and end_at <= 0:
            last -= 1
            end_at = len(self.turns[last].text)
        if first == last and start_at >= end_at:
            return None
        return Span(self.turns[first].id, start_at, self.turns[last].id, end_at)

    def _fits(self, span: Span, first: int, last: int) -> bool:
        if first > last or (first == last and span.start >= span.end):
            return False
        return span.start <= len(self.turns[first].text) and (
            span.end <= len(self.turns[last].text)
        )

    def _shift(self, keys: list[MarkKey], edit: TextEdit) -> None:
        spans = [self.marks[key].span for key in keys]
        first = min(self._places[span.start_turn] for span in spans)
        last = max(self._places[span.end_turn] for span in spans)
        run = self.turns[first : last + 1]
        texts = TurnTexts(tuple(t.id for t in run), {t.id: t.text for t in run})
        for shift, is_closing in ((shift_spans, False), (shift_closed_spans, True)):
            chosen = [key for key in keys if (key[0] is MarkKind.CLOSED) == is_closing]
            moved = shift([self.marks[key].span for key in chosen], edit, texts)
            for key, span in zip(chosen, moved, strict=True):
                self._move(key, span)

    def _move(self, key: MarkKey, span: Span | None) -> None:
        old = self.marks[key]
        if span is old.span:
            return
        if span is None:
            self._unlist(key, old.span)
            del self.marks[key]
            return
        self.marks[key] = old._replace(span=span)
        if (span.start_turn, span.end_turn) != (old.span.start_turn, old.span.end_turn):
            self._unlist(key, old.span)
            for place in range(self._places[span.start_turn], self._places[span.end_turn] + 1):
                self._by_turn.setdefault(self.turns[place].id, []).append(key)

    def _unlist(self, key: MarkKey, span: Span) -> None:
        for place in range(self._places[span.start_turn], self._places[span.end_turn] + 1):
            self._by_turn[self.turns[place].id].remove(key)

    def _assign_lanes(self) -> dict[int, int]:
        places = self._places
        stretches = [
            (
                places[mark.span.start_turn] * _TURN + mark.span.start,
                -(places[mark.span.end_turn] * _TURN + mark.span.end),
                mark.key,
            )
            for mark in self.marks.values()
            if mark.kind is MarkKind.TAG
        ]
        stretches.sort()
        lanes: dict[int, int] = {}
        free_from: list[int] = []
        for start, minus_end, key in stretches:
            for lane, free in enumerate(free_from):
                if free <= start:
                    free_from[lane] = _SAME_LINE - minus_end
                    lanes[key] = lane
                    break
            else:
                lanes[key] = len(free_from)
                free_from.append(_SAME_LINE - minus_end)
        return lanes


def shown_turns(turns: Sequence[Turn], speakers: Mapping[int, str]) -> list[ShownTurn]:
    """Return turns as the view shows them; ``speakers`` are names by person id.

    A control character, which no stored text should have, is shown as a space,
    so that offsets stay what they are.
    """
    has_breaks = BREAKS.search("".join([turn.text for turn in turns])) is not None
    shown: list[ShownTurn] = []
    for turn in turns:
        speaker = turn.speaker_label
        if turn.speaker_id is not None:
            speaker = speakers.get(turn.speaker_id, speaker)
        text = BREAKS.sub(" ", turn.text) if has_breaks else turn.text
        shown.append(ShownTurn(turn.id, speaker, turn.start_ms, text, turn.is_time_estimated))
    return shown


def tag_marks(taggings: Iterable[Tagging], tags: Mapping[int, Tag], language: str) -> list[Mark]:
    """Return the marks of living taggings, named in a language."""
    looks = {
        tag.id: (tag.name(language), colour_key(tag.uuid), tag.colour) for tag in tags.values()
    }
    unknown = ("", 0, "")
    return [
        Mark(MarkKind.TAG, tagging.id, tagging.span, *looks.get(tagging.tag_id, unknown))
        for tagging in taggings
        if not tagging.is_orphan
    ]


def closed_marks(restrictions: Iterable[Restriction], transcript_id: int) -> list[Mark]:
    """Return the marks of closed passages of a transcript."""
    return [
        Mark(MarkKind.CLOSED, restriction.id, restriction.span, restriction.reason)
        for restriction in restrictions
        if restriction.span is not None
        and restriction.transcript_id == transcript_id
        and not restriction.is_orphan
    ]


def footnote_marks(turns: Iterable[Turn]) -> list[Mark]:
    """Return a mark on the letter before each footnote, or behind which it stands."""
    marks: list[Mark] = []
    for turn in turns:
        if not turn.footnotes or not turn.text:
            continue
        for note in turn.footnotes:
            end = min(max(note.offset, 1), len(turn.text))
            span = Span(turn.id, end - 1, turn.id, end)
            marks.append(Mark(MarkKind.FOOTNOTE, note.id, span, note.text))
    return marks


def released_document(released: ReleasedTranscript, language: str) -> TranscriptDocument:
    """Return the copy of what another audience may see."""
    turns: list[ShownTurn] = []
    marks: list[Mark] = []
    by_n: dict[int, int] = {}
    for turn in released.turns:
        by_n[turn.n] = turn.turn_id
        text = BREAKS.sub(" ", turn.text)
        turns.append(
            ShownTurn(turn.turn_id, turn.speaker, turn.start_ms, text, turn.is_time_estimated)
        )
        for start, end in turn.withheld:
            span = Span(turn.turn_id, start, turn.turn_id, end)
            marks.append(Mark(MarkKind.CLOSED, len(marks), span))
    short = language.split("-", maxsplit=1)[0]
    for number, tagging in enumerate(released.taggings):
        names = tagging.names
        name = names.get(language) or names.get(short) or (tagging.path or ("",))[-1]
        key = colour_key(tagging.tag_uuid)
        span = Span(
            by_n.get(tagging.start_turn, 0),
            tagging.start,
            by_n.get(tagging.end_turn, 0),
            tagging.end,
        )
        marks.append(Mark(MarkKind.TAG, number, span, name, key, tagging.colour))
    return TranscriptDocument(turns, marks)
