"""Transcripts as an audience may read them: names replaced, passages closed, offsets moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from archive_app.domain.names import NAME_WITHHELD, HiddenNames
from archive_app.domain.offsets import NOTHING_MOVED, OffsetMap
from archive_app.domain.records import (
    Footnote,
    FullTranscript,
    Person,
    Tag,
    Tagging,
    Texts,
    TimedText,
    Turn,
)
from archive_app.domain.released import ReleasedTagging, ReleasedTranscript, ReleasedTurn
from archive_app.translation import tr

_Ranges = Sequence[tuple[int, int]]


def closed_mark(names: HiddenNames) -> str:
    """Return what stands for a closed passage, in the interface's language."""
    mark = tr("[passage closed]")
    return NAME_WITHHELD if names.leaks(mark) else mark


@dataclass(frozen=True, slots=True)
class TextGate:
    """What releasing an interview's texts needs to know of it."""

    names: HiddenNames
    people: Mapping[int, Person]
    tags: Mapping[int, Tag]
    recordings: Mapping[int, int]
    """Id to position, of released recordings only."""
    for_staff: bool
    say: Callable[[str], str]
    """What may be read of a text about the interview, as footnotes are."""
    mark: str = "[passage closed]"

    def transcript(self, full: FullTranscript, closed: Mapping[int, _Ranges]) -> ReleasedTranscript:
        """Return a transcript; ``closed`` maps turn ids to closed ranges of their texts."""
        head = full.transcript
        moved: dict[int, OffsetMap] = {}
        speakers: dict[tuple[int | None, str], str] = {}
        turns: list[ReleasedTurn] = []
        for n, turn in enumerate(full.turns, start=1):
            key = (turn.speaker_id, turn.speaker_label)
            if key not in speakers:
                speakers[key] = self._speaker(turn)
            turns.append(self._turn(turn, n, speakers[key], closed.get(turn.id, ()), moved))
        return ReleasedTranscript(
            transcript_id=head.id,
            uuid=head.uuid,
            language=self.names.hidden(head.language),
            kind=head.kind,
            turns=tuple(turns),
            taggings=self._taggings(full, turns, moved),
            is_language_guessed=head.is_language_guessed,
            style=self.names.hidden(head.style),
            narrator_reviewed=head.narrator_reviewed,
        )

    def _speaker(self, turn: Turn) -> str:
        person = self.people.get(turn.speaker_id) if turn.speaker_id is not None else None
        return self.names.hidden(person.public_name if person else turn.speaker_label)

    def _turn(
        self, turn: Turn, n: int, speaker: str, closed: _Ranges, moved: dict[int, OffsetMap]
    ) -> ReleasedTurn:
        text, offsets = turn.text, NOTHING_MOVED
        if closed or self.names:
            text, offsets = self.names.hide(text, closed=_within(closed, len(text)), mark=self.mark)
        timed, footnotes = turn.timed, turn.footnotes
        if offsets is not NOTHING_MOVED:
            moved[turn.id] = offsets
            timed = _timed(timed, offsets)
            footnotes = _kept_footnotes(footnotes, offsets)
        if footnotes and not self.for_staff:
            footnotes = tuple(
                replace(
                    note,
                    text=self.say(note.text),
                    link=self.names.hide(note.link, is_identifier=True)[0],
                )
                for note in footnotes
            )
        recording = None if turn.recording_id is None else self.recordings.get(turn.recording_id)
        return ReleasedTurn(
            n=n,
            turn_id=turn.id,
            speaker=speaker,
            start_ms=turn.start_ms,
            end_ms=turn.end_ms,
            text=text,
            timed=timed,
            footnotes=footnotes,
            withheld=offsets.closed(),
            is_time_estimated=turn.is_time_estimated,
            recording=recording,
            has_new_names=any(not piece.is_closed for piece in offsets.pieces),
        )

    # -- taggings --------------------------------------------------------------------------

    def _taggings(
        self, full: FullTranscript, turns: Sequence[ReleasedTurn], moved: Mapping[int, OffsetMap]
    ) -> tuple[ReleasedTagging, ...]:
        places = {turn.id: place for place, turn in enumerate(full.turns)}
        shown: dict[int, _ShownTag] = {}
        released: list[ReleasedTagging] = []
        for tagging in full.taggings:
            place = None if tagging.is_orphan else _place(tagging, full.turns, places, moved)
            if place is None:
                continue
            if tagging.tag_id not in shown:
                shown[tagging.tag_id] = self._tag(tagging.tag_id)
            tag = shown[tagging.tag_id]
            first, start, last, end = place
            released.append(
                ReleasedTagging(
                    tag_uuid=tag.uuid,
                    names=tag.names,
                    path=tag.path,
                    colour=tag.colour,
                    start_turn=first + 1,
                    start=start,
                    end_turn=last + 1,
                    end=end,
                    quote=_quote(turns, first, start, last, end),
                    who=tagging.who if self.for_staff else "",
                    memo=tagging.memo if self.for_staff else "",
                )
            )
        return tuple(released)

    def _tag(self, tag_id: int) -> _ShownTag:
        tag = self.tags.get(tag_id)
        if tag is None:
            return _ShownTag()
        path: list[str] = []
        seen: set[int] = set()
        step: Tag | None = tag
        while step is not None and step.id not in seen:
            seen.add(step.id)
            path.append(self.names.hidden(step.name()))
            step = self.tags.get(step.parent_id) if step.parent_id is not None else None
        names = {language: self.names.hidden(name) for language, name in tag.names.items()}
        return _ShownTag(tag.uuid, names, tuple(reversed(path)), tag.colour)


@dataclass(frozen=True, slots=True)
class _ShownTag:
    uuid: str = ""
    names: Texts = field(default_factory=dict[str, str])
    path: tuple[str, ...] = ()
    colour: str = ""


def _within(ranges: _Ranges, length: int) -> list[tuple[int, int]]:
    return [(max(0, s), min(e, length)) for s, e in ranges if max(0, s) < min(e, length)]


def _visible_start(offset: int, offsets: OffsetMap) -> int:
    """Return the offset moved behind the closed passage it stands in or at the start of."""
    for piece in offsets.pieces:
        if piece.is_closed and piece.start <= offset < piece.end:
            return piece.end
    return offset


def _visible_end(offset: int, offsets: OffsetMap) -> int:
    for piece in offsets.pieces:
        if piece.is_closed and piece.start < offset <= piece.end:
            return piece.start
    return offset


def _visible(text: str, start: int, end: int, offsets: OffsetMap) -> list[tuple[int, int]]:
    """Return the ranges of ``[start, end)`` that stay readable, but for mere white space."""
    ranges: list[tuple[int, int]] = []
    for piece in (piece for piece in offsets.pieces if piece.is_closed):
        if piece.end <= start or piece.start >= end:
            continue
        ranges.append((start, piece.start))
        start = piece.end
    ranges.append((start, end))
    return [(s, e) for s, e in ranges if s < e and not text[s:e].isspace()]


def _place(
    tagging: Tagging,
    turns: Sequence[Turn],
    places: Mapping[int, int],
    moved: Mapping[int, OffsetMap],
) -> tuple[int, int, int, int] | None:
    """Return where a tagging stands in the released text, or ``None`` if nothing of it is left.

    At either end it is clipped to what can be read; marks in its middle stay in it.
    """
    span = tagging.span
    first, last = places.get(span.start_turn), places.get(span.end_turn)
    if first is None or last is None or last < first:
        return None
    if first == last and span.start_turn not in moved:
        start, end = max(0, span.start), min(span.end, len(turns[last].text))
        return (first, start, last, end) if start < end else None

    def readable(place: int) -> list[tuple[int, int]]:
        text = turns[place].text
        start = max(0, span.start) if place == first else 0
        end = min(span.end, len(text)) if place == last else len(text)
        return _visible(text, start, end, moved.get(turns[place].id, NOTHING_MOVED))

    begins = next(((p, r[0][0]) for p in range(first, last + 1) if (r := readable(p))), None)
    if begins is None:
        return None
    ends = next((p, r[-1][1]) for p in range(last, first - 1, -1) if (r := readable(p)))
    return (
        begins[0],
        moved.get(turns[begins[0]].id, NOTHING_MOVED).start(begins[1]),
        ends[0],
        moved.get(turns[ends[0]].id, NOTHING_MOVED).end(ends[1]),
    )


def _quote(turns: Sequence[ReleasedTurn], first: int, start: int, last: int, end: int) -> str:
    if first == last:
        return turns[first].text[start:end]
    parts = [turns[first].text[start:]]
    parts += (turn.text for turn in turns[first + 1 : last])
    parts.append(turns[last].text[:end])
    return " ".join(parts)


# -- what hangs on a turn -------------------------------------------------------------------


def _timed(timed: Sequence[TimedText], offsets: OffsetMap) -> tuple[TimedText, ...]:
    """Return the timed texts moved; those inside a closed passage are gone, names are one."""
    kept: list[TimedText] = []
    for old in timed:
        start, end = _visible_start(old.start, offsets), _visible_end(old.end, offsets)
        if start >= end:
            continue
        start, end = offsets.start(start), offsets.end(end)
        if kept and start < kept[-1].end:
            last = kept[-1]
            kept[-1] = replace(
                last, end=max(end, last.end), end_ms=max(old.end_ms, last.end_ms), confidence=None
            )
        else:
            kept.append(replace(old, start=start, end=end))
    return tuple(kept)


def _kept_footnotes(notes: Sequence[Footnote], offsets: OffsetMap) -> tuple[Footnote, ...]:
    """Return the footnotes moved; those that touch a closed passage are gone."""
    closed = [piece for piece in offsets.pieces if piece.is_closed]
    return tuple(
        replace(note, offset=offsets.end(note.offset))
        for note in notes
        if not any(piece.start <= note.offset <= piece.end for piece in closed)
    )
