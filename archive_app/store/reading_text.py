"""Questions about what was said: transcripts, turns, tags and taggings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import ColumnElement, func, select

from archive_app.domain.records import (
    Footnote,
    FullTranscript,
    Span,
    Tag,
    Tagging,
    Transcript,
    Turn,
    Vocabulary,
)
from archive_app.store import tables
from archive_app.store.reading_base import AnyRow, ReaderBase, grouped, record_columns

_TRANSCRIPT = record_columns(tables.transcript, Transcript)
_TAG = record_columns(tables.tag, Tag)
_VOCABULARY = record_columns(tables.vocabulary, Vocabulary)

_turn = tables.turn.c
_TURN = (
    _turn.id,
    _turn.uuid,
    _turn.transcript_id,
    _turn.position,
    _turn.speaker_id,
    _turn.speaker_label,
    _turn.recording_id,
    _turn.start_ms,
    _turn.end_ms,
    _turn.text,
    _turn.timed,
    _turn.is_time_estimated,
)
_tagging = tables.tagging.c
_TAGGING = (
    _tagging.id,
    _tagging.uuid,
    _tagging.tag_id,
    _tagging.transcript_id,
    _tagging.start_turn,
    _tagging.start,
    _tagging.end_turn,
    _tagging.end,
    _tagging.quote,
    _tagging.before,
    _tagging.after,
    _tagging.is_orphan,
    _tagging.who,
    _tagging.made_at,
    _tagging.memo,
)
_footnote = tables.footnote.c

_NO_TURN = 1 << 62

WINDOW_MARGIN = 8
"""Turns around those an edit touches: enough for the text that taggings remember beside them."""

MOST_OF_A_WINDOW = 500
"""Turns; beyond that one query for everything is as quick."""


def _tagging_of(row: AnyRow) -> Tagging:
    (row_id, uuid, tag_id, transcript_id, start_turn, start, end_turn, end, *rest) = row
    span = Span(start_turn, start, end_turn, end)
    return Tagging(row_id, uuid, tag_id, transcript_id, span, *rest)


@dataclass(frozen=True, slots=True)
class LaidTag:
    """A tag on words of an interview."""

    interview_id: int
    tag_id: int
    quote: str


class TextReader(ReaderBase):
    """Transcripts whole and in parts, and the vocabulary."""

    def transcript(self, transcript_id: int) -> Transcript:
        """Return a transcript without its turns."""
        return Transcript(
            *self._one(select(*_TRANSCRIPT).where(tables.transcript.c.id == transcript_id))
        )

    def transcripts(self, interview_id: int) -> list[Transcript]:
        """Return an interview's transcripts, the oldest first."""
        return self.transcripts_of([interview_id])

    def transcripts_of(self, interview_ids: Sequence[int]) -> list[Transcript]:
        """Return interviews' transcripts, the oldest first."""
        table = tables.transcript.c
        rows = self._rows(
            select(*_TRANSCRIPT).where(table.interview_id.in_(interview_ids)).order_by(table.id)
        )
        return [Transcript(*row) for row in rows]

    def full_transcript(self, transcript_id: int) -> FullTranscript:
        """Return a transcript with its turns, footnotes and taggings."""
        return self.full_transcripts([self.transcript(transcript_id)])[0]

    def full_transcripts(self, transcripts: Sequence[Transcript]) -> list[FullTranscript]:
        """Return transcripts with everything on them; three queries however many they are."""
        ids = [transcript.id for transcript in transcripts]
        if not ids:
            return []
        turns = grouped(self.turns_of(ids), lambda turn: turn.transcript_id)
        taggings = grouped(
            self._taggings(_tagging.transcript_id.in_(ids)), lambda item: item.transcript_id
        )
        return [
            FullTranscript(
                transcript,
                tuple(turns.get(transcript.id, ())),
                tuple(in_text_order(taggings.get(transcript.id, ()), turns.get(transcript.id, ()))),
            )
            for transcript in transcripts
        ]

    def turn_places(self, transcript_id: int) -> dict[int, int]:
        """Return how many turns stand before each turn, by its id, in the transcript's order."""
        rows = self._rows(
            select(_turn.id)
            .where(_turn.transcript_id == transcript_id)
            .order_by(_turn.position, _turn.id)
        )
        return {row[0]: place for place, row in enumerate(rows)}

    def times_around(
        self, transcript_id: int, first: int, last: int
    ) -> tuple[int | None, int | None]:
        """Return when the last turn before a stretch begins and the first behind it, in ms.

        The stretch is given by its first and last turns' positions; turns whose time is
        not known are passed over, and ``None`` says that there is no other.
        """
        known = (_turn.transcript_id == transcript_id) & _turn.start_ms.is_not(None)
        before = self._rows(
            select(_turn.start_ms)
            .where(known, _turn.position < first)
            .order_by(_turn.position.desc(), _turn.id.desc())
            .limit(1)
        )
        behind = self._rows(
            select(_turn.start_ms)
            .where(known, _turn.position > last)
            .order_by(_turn.position, _turn.id)
            .limit(1)
        )
        return before[0][0] if before else None, behind[0][0] if behind else None

    def text_window(
        self, transcript_id: int, places: Mapping[int, int], touched: Collection[int]
    ) -> FullTranscript:
        """Return as much of a transcript as an edit of some of its turns can concern.

        ``places`` are all of its turns (``turn_places``). The window holds the turns
        touched, every turn of the living taggings that reach them, and WINDOW_MARGIN
        turns on both sides; of the taggings only those that reach them. Where the
        positions leave no room between two turns it is all of the transcript.
        """
        taggings = self._reaching(transcript_id, places, touched)
        spans = [one.span for one in taggings]
        ends = [places[turn] for span in spans for turn in (span.start_turn, span.end_turn)]
        ends += [places[turn] for turn in touched if turn in places]
        first = min(ends, default=0) - WINDOW_MARGIN
        last = max(ends, default=0) + WINDOW_MARGIN
        inside = [turn for turn, place in places.items() if first <= place <= last]
        if len(inside) > MOST_OF_A_WINDOW:
            return self.full_transcript(transcript_id)
        turns = self._turns_where(_turn.id.in_(inside))
        if any(later.position - earlier.position <= 1 for earlier, later in pairwise(turns)):
            return self.full_transcript(transcript_id)
        return FullTranscript(
            self.transcript(transcript_id), tuple(turns), tuple(in_text_order(taggings, turns))
        )

    def _reaching(
        self, transcript_id: int, places: Mapping[int, int], touched: Collection[int]
    ) -> list[Tagging]:
        """Return the living taggings that cover any of some turns."""
        reached = sorted(places[turn] for turn in touched if turn in places)
        # Ends first: of the taggings over several turns, few cover those that are touched.
        ends = self._rows(
            select(_tagging.id, _tagging.start_turn, _tagging.end_turn).where(
                (_tagging.transcript_id == transcript_id)
                & _tagging.is_orphan.is_(False)
                & (
                    _tagging.start_turn.in_(touched)
                    | _tagging.end_turn.in_(touched)
                    | (_tagging.start_turn != _tagging.end_turn)
                )
            )
        )
        found: list[int] = []
        for tagging_id, start_turn, end_turn in ends:
            place = bisect_left(reached, places[start_turn])
            if place < len(reached) and reached[place] <= places[end_turn]:
                found.append(tagging_id)
        return self._taggings(_tagging.id.in_(found)) if found else []

    def turns(self, transcript_id: int) -> list[Turn]:
        """Return a transcript's turns in order, with their footnotes."""
        return self.turns_of([transcript_id])

    def turns_of(self, transcript_ids: Sequence[int]) -> list[Turn]:
        """Return transcripts' turns in order, with their footnotes."""
        return self._turns_where(_turn.transcript_id.in_(transcript_ids))

    def _turns_where(self, condition: ColumnElement[bool]) -> list[Turn]:
        rows = self._rows(
            select(*_TURN).where(condition).order_by(_turn.transcript_id, _turn.position, _turn.id)
        )
        footnotes = self._footnotes(condition)
        return [_turn_of(row, footnotes) for row in rows]

    def speakers_of(self, interview_ids: Sequence[int]) -> dict[int, list[int]]:
        """Return who of the register speaks in each of some interviews, by person id."""
        transcript = tables.transcript.c
        rows = self._rows(
            select(transcript.interview_id, _turn.speaker_id)
            .join_from(tables.turn, tables.transcript, _turn.transcript_id == transcript.id)
            .where(transcript.interview_id.in_(interview_ids), _turn.speaker_id.is_not(None))
            .distinct()
            .order_by(transcript.interview_id, _turn.speaker_id)
        )
        groups = grouped(rows, lambda row: row[0])
        return {one: [row[1] for row in group] for one, group in groups.items()}

    def turn(self, turn_id: int) -> Turn:
        """Return a turn with its footnotes."""
        row = self._one(select(*_TURN).where(_turn.id == turn_id))
        return _turn_of(row, self._footnotes(_turn.id == turn_id))

    def footnotes(self, turn_id: int) -> list[Footnote]:
        """Return a turn's footnotes in the order of the text."""
        return list(self._footnotes(_turn.id == turn_id).get(turn_id, ()))

    def interview_of_footnote(self, footnote_id: int) -> int:
        """Return the id of the interview that a footnote stands in."""
        row = self._one(
            select(tables.transcript.c.interview_id)
            .join_from(tables.footnote, tables.turn, _footnote.turn_id == _turn.id)
            .join(tables.transcript, _turn.transcript_id == tables.transcript.c.id)
            .where(_footnote.id == footnote_id)
        )
        return int(row[0])

    def _footnotes(self, condition: ColumnElement[bool]) -> dict[int, tuple[Footnote, ...]]:
        rows = self._rows(
            select(
                _footnote.turn_id,
                _footnote.offset,
                _footnote.text,
                _footnote.link,
                _footnote.uuid,
                _footnote.id,
            )
            .join_from(tables.footnote, tables.turn, _footnote.turn_id == _turn.id)
            .where(condition)
            .order_by(_footnote.turn_id, _footnote.offset, _footnote.id)
        )
        groups = grouped(rows, lambda row: row[0])
        return {
            turn_id: tuple(Footnote(*row[1:]) for row in group) for turn_id, group in groups.items()
        }

    def taggings(self, transcript_id: int) -> list[Tagging]:
        """Return a transcript's taggings: living ones in the order of the text, then orphans."""
        places = self._rows(
            select(_turn.id, _turn.position).where(_turn.transcript_id == transcript_id)
        )
        found = self._taggings(_tagging.transcript_id == transcript_id)
        return _sorted(found, {row[0]: row[1] for row in places})

    def laid_tags(self, interview_ids: Sequence[int]) -> list[LaidTag]:
        """Return which tags lie on the words of some interviews; orphans lie on none."""
        transcript = tables.transcript.c
        rows = self._rows(
            select(transcript.interview_id, _tagging.tag_id, _tagging.quote)
            .join_from(tables.tagging, tables.transcript, _tagging.transcript_id == transcript.id)
            .where(transcript.interview_id.in_(interview_ids), _tagging.is_orphan.is_(False))
            .order_by(_tagging.id)
        )
        return [LaidTag(*row) for row in rows]

    def taggings_with(self, tag_id: int) -> list[Tagging]:
        """Return the taggings with a tag, not with its descendants, the oldest first."""
        return self._taggings(_tagging.tag_id == tag_id)

    def tagging(self, tagging_id: int) -> Tagging:
        """Return a tagging."""
        return _tagging_of(self._one(select(*_TAGGING).where(_tagging.id == tagging_id)))

    def orphans(self, interview_id: int | None = None) -> list[Tagging]:
        """Return the taggings that lost their text, of one interview or of all."""
        condition = _tagging.is_orphan.is_(True)
        if interview_id is not None:
            own = select(tables.transcript.c.id).where(
                tables.transcript.c.interview_id == interview_id
            )
            condition &= _tagging.transcript_id.in_(own)
        return self._taggings(condition)

    def _taggings(self, condition: ColumnElement[bool]) -> list[Tagging]:
        rows = self._rows(select(*_TAGGING).where(condition).order_by(_tagging.id))
        return [_tagging_of(row) for row in rows]

    def tags(self) -> list[Tag]:
        """Return all tags, siblings in their order."""
        table = tables.tag.c
        return [Tag(*row) for row in self._rows(select(*_TAG).order_by(table.position, table.id))]

    def tag(self, tag_id: int) -> Tag:
        """Return a tag."""
        return Tag(*self._one(select(*_TAG).where(tables.tag.c.id == tag_id)))

    def tag_counts(self) -> dict[int, int]:
        """Return how often each tag is laid on, by its id; tags never used are absent."""
        rows = self._rows(select(_tagging.tag_id, func.count()).group_by(_tagging.tag_id))
        return {row[0]: row[1] for row in rows}

    def vocabularies(self) -> list[Vocabulary]:
        """Return all vocabularies in their order."""
        table = tables.vocabulary.c
        rows = self._rows(select(*_VOCABULARY).order_by(table.position, table.id))
        return [Vocabulary(*row) for row in rows]


def _turn_of(row: AnyRow, footnotes: dict[int, tuple[Footnote, ...]]) -> Turn:
    *values, is_time_estimated = row
    return Turn(
        *values, footnotes=footnotes.get(values[0], ()), is_time_estimated=is_time_estimated
    )


def in_text_order(taggings: Iterable[Tagging], turns: Iterable[Turn]) -> list[Tagging]:
    """Return taggings as the text runs, orphans last."""
    return _sorted(taggings, {turn.id: turn.position for turn in turns})


def _sorted(taggings: Iterable[Tagging], positions: dict[int, int]) -> list[Tagging]:
    def place(tagging: Tagging) -> tuple[bool, int, int, int, int, int]:
        span = tagging.span
        return (
            tagging.is_orphan,
            positions.get(span.start_turn, _NO_TURN),
            span.start,
            positions.get(span.end_turn, _NO_TURN),
            span.end,
            tagging.id,
        )

    return sorted(taggings, key=place)
