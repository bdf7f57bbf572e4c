"""The interviews a dossier draws on, each released once, and where its passages stand in them.

A passage may begin and end inside turns. Its offsets count in kept text; where
they stand in the released text only the gate can tell. So passages go through it
as tags do: at either end they shrink to what may be read, and never show a word
of what is closed; marks of closed passages in their middle stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from archive_app.domain.names import NO_NAMES, HiddenNames
from archive_app.domain.records import (
    Audience,
    DossierItem,
    FullTranscript,
    InterviewFile,
    Tag,
    Tagging,
    Turn,
)
from archive_app.domain.release import release
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript, ReleasedTurn
from archive_app.store.reading import Reader
from archive_app.store.reading_base import grouped
from archive_app.work import dossier_sources
from archive_app.work.access import Hidden, hidden_names
from archive_app.work.dossier_rows import INTERVIEW, PASSAGE, POINT, is_cut

_STAND_IN = "dossier passage "
"""How the stand-ins of passages are called while they go through the gate."""


@dataclass(frozen=True, slots=True)
class ReleasedPassage:
    """A passage in a released copy: its turns, and offsets in the first and the last."""

    transcript: ReleasedTranscript
    turns: tuple[ReleasedTurn, ...]
    start: int = 0
    end: int | None = None

    @property
    def text(self) -> str:
        """Its words, turns joined by a space."""
        texts = [turn.text for turn in self.turns]
        if self.end is not None:
            texts[-1] = texts[-1][: self.end]
        texts[0] = texts[0][self.start :]
        return " ".join(texts)

    @property
    def is_open(self) -> bool:
        """Whether any word is left beside the marks of closed passages."""
        return any(_has_words(turn) for turn in self.turns)

    @property
    def has_marks(self) -> bool:
        """Whether a mark of something closed stands in one of its turns."""
        return any(turn.withheld for turn in self.turns)


class Source:
    """One interview of a dossier: as it is kept, and as the audience may see it."""

    def __init__(
        self, file: InterviewFile, copy: ReleasedInterview, spots: Mapping[str, _Spot]
    ) -> None:
        self._file = file
        self.copy = copy
        self._spots = spots
        self._released = {one.transcript_id: one for one in copy.transcripts}
        self._places: dict[int, dict[int, int]] = {}
        self._kept: dict[int, tuple[Sequence[Turn], dict[int, int]]] = {}

    def stretch(self, item: DossierItem) -> ReleasedPassage | None:
        """Return where a passage stands; None: its words are gone, or wholly closed."""
        transcript = self._released.get(item.transcript_id or 0)
        if transcript is None or item.span is None:
            return None
        if is_cut(item):
            spot = self._spots.get(item.uuid)
            if spot is None:
                return None
            turns = transcript.turns[spot.first - 1 : spot.last]
            return _trimmed(ReleasedPassage(transcript, turns, spot.start, spot.end))
        places = self._released_places(transcript)
        first, last = places.get(item.span.start_turn), places.get(item.span.end_turn)
        if first is None or last is None or last < first:
            return None
        found = ReleasedPassage(transcript, transcript.turns[first : last + 1])
        return found if found.is_open else None

    def is_gone(self, item: DossierItem) -> bool:
        """Tell whether a passage's words are in no transcript any more.

        Of what the audience may not read it is not told: that counts as there.
        """
        if item.kind == POINT:
            return item.index_point_id is None
        return item.transcript_id in self._released and not self.fingerprint(item)

    def fingerprint(self, item: DossierItem) -> str:
        """Return what an item's source is now, as it is kept; "" if it is gone."""
        if item.kind == INTERVIEW:
            texts = [(one.transcript.id, one.turns) for one in self._file.transcripts]
            return dossier_sources.of_interview(self._file.interview, texts)
        if item.kind == POINT:
            points = {one.id: one for one in self._file.index_points}
            point = points.get(item.index_point_id or 0)
            return dossier_sources.of_point(point) if point else ""
        full = next(
            (one for one in self._file.transcripts if one.transcript.id == item.transcript_id), None
        )
        if full is None or item.span is None:
            return ""
        if full.transcript.id not in self._kept:
            places = {turn.id: place for place, turn in enumerate(full.turns)}
            self._kept[full.transcript.id] = (full.turns, places)
        turns, places = self._kept[full.transcript.id]
        return dossier_sources.of_passage(turns, places, item.span, cut=is_cut(item))

    def point_number(self, item: DossierItem) -> int | None:
        """Return an index point's place in the released contents; None: closed or gone."""
        ids = [one.id for one in self._file.index_points]
        if item.index_point_id not in ids or len(self.copy.index_points) != len(ids):
            return None
        return ids.index(item.index_point_id)

    def _released_places(self, transcript: ReleasedTranscript) -> dict[int, int]:
        if transcript.transcript_id not in self._places:
            self._places[transcript.transcript_id] = {
                turn.turn_id: place for place, turn in enumerate(transcript.turns)
            }
        return self._places[transcript.transcript_id]


class Copies:
    """The interviews of a dossier's items for an audience on a date, each released once."""

    def __init__(self, reader: Reader, audience: Audience, on: date) -> None:
        self._reader, self.audience, self.on = reader, audience, on
        self.hidden: Hidden = hidden_names(reader)
        self.names = NO_NAMES if audience is Audience.STAFF else HiddenNames.of_people(self.hidden)
        self._known: dict[int, Source | None] = {}

    def gather(self, items: Iterable[DossierItem]) -> None:
        """Release the interviews of items, those that are not there yet, read in blocks."""
        of_interviews = grouped(
            (item for item in items if item.interview_id is not None),
            lambda item: item.interview_id or 0,
        )
        wanted = [one for one in of_interviews if one not in self._known]
        self._known.update(dict.fromkeys(wanted))
        for file in self._reader.interview_files(wanted):
            self._known[file.interview.id] = self._released(file, of_interviews[file.interview.id])

    def of(self, item: DossierItem) -> Source | None:
        """Return the source of a gathered item; None: the audience may not know of it."""
        return self._known.get(item.interview_id or 0)

    def _released(self, file: InterviewFile, items: Sequence[DossierItem]) -> Source | None:
        cut = [item for item in items if item.kind == PASSAGE and is_cut(item)]
        seen = _with_stand_ins(file, cut) if cut else file
        copy = release(seen, audience=self.audience, on=self.on, hidden=self.hidden)
        if copy is None:
            return None
        if not cut:
            return Source(file, copy, {})
        spots = {
            tagging.tag_uuid.removeprefix(_STAND_IN): _Spot(
                tagging.start_turn, tagging.start, tagging.end_turn, tagging.end
            )
            for transcript in copy.transcripts
            for tagging in transcript.taggings
            if tagging.tag_uuid.startswith(_STAND_IN)
        }
        return Source(file, _without_stand_ins(copy), spots)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a passage stands in released text: turns by number from 1, and offsets in them."""

    first: int
    start: int
    last: int
    end: int


def _with_stand_ins(file: InterviewFile, items: Sequence[DossierItem]) -> InterviewFile:
    """Return an interview on which each passage lies as a tag of its own."""
    tags = [Tag(-number, f"{_STAND_IN}{item.uuid}", 0, None, {})
            for number, item in enumerate(items, 1)]  # fmt: skip
    laid = [
        Tagging(-number, "", -number, item.transcript_id or 0, item.span, "")
        for number, item in enumerate(items, 1)
        if item.span is not None
    ]

    def full(one: FullTranscript) -> FullTranscript:
        own = [tagging for tagging in laid if tagging.transcript_id == one.transcript.id]
        return replace(one, taggings=(*one.taggings, *own)) if own else one

    return replace(file, tags=(*file.tags, *tags), transcripts=tuple(map(full, file.transcripts)))


def _without_stand_ins(copy: ReleasedInterview) -> ReleasedInterview:
    return replace(
        copy,
        transcripts=tuple(
            replace(
                one,
                taggings=tuple(t for t in one.taggings if not t.tag_uuid.startswith(_STAND_IN)),
            )
            for one in copy.transcripts
        ),
    )


def _trimmed(found: ReleasedPassage) -> ReleasedPassage:
    """Return a passage without white space at its ends; at a turn's end ``end`` is None."""
    first, last = found.turns[0].text, found.turns[-1].text[: found.end]
    start = found.start + len(first[found.start :]) - len(first[found.start :].lstrip())
    end: int | None = len(last.rstrip())
    if end == len(found.turns[-1].text):
        end = None
    return replace(found, start=start, end=end)


def _has_words(turn: ReleasedTurn) -> bool:
    """Tell whether any word of a turn is left beside the marks of closed passages."""
    at, kept = 0, ""
    for start, end in turn.withheld:
        kept += turn.text[at:start]
        at = end
    return not turn.withheld or bool((kept + turn.text[at:]).strip())
