"""Interviews with everything on them, many at once with few queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from archive_app.domain.records import (
    Collection,
    Consent,
    Contribution,
    FullTranscript,
    IndexPoint,
    Interview,
    InterviewFile,
    Note,
    Person,
    Place,
    Recording,
    Restriction,
    Tag,
)
from archive_app.errors import NotFound
from archive_app.store import tables
from archive_app.store.reading_base import blocks, grouped, record_columns
from archive_app.store.reading_catalogue import CatalogueReader
from archive_app.store.reading_text import TextReader
from archive_app.translation import tr

_NOTE = record_columns(tables.note, Note)

_FILES_AT_ONCE = 25
"""Interviews held in memory together by ``interview_files``."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What hangs on interviews, by interview."""

    contributions: Mapping[int, Sequence[Contribution]]
    recordings: Mapping[int, Sequence[Recording]]
    transcripts: Mapping[int, Sequence[FullTranscript]]
    points: Mapping[int, Sequence[IndexPoint]]
    restrictions: Mapping[int, Sequence[Restriction]]
    consents: Mapping[int, Sequence[Consent]]
    notes: Mapping[int, Sequence[Note]]


@dataclass(frozen=True, slots=True)
class _Registers:
    """What interviews refer to, by id."""

    people: Mapping[int, Person]
    places: Mapping[int, Place]
    tags: Mapping[int, Tag]
    collections: Mapping[int, Collection]


class FilesReader(CatalogueReader, TextReader):
    """Whole interviews, as the gate wants them."""

    def interview_file(self, interview_id: int) -> InterviewFile:
        """Return an interview with everything on it."""
        for file in self._files([interview_id]):
            return file
        raise NotFound(tr("This interview is no longer in the archive."))

    def interview_files(self, ids: Iterable[int]) -> Iterator[InterviewFile]:
        """Give interviews with everything on them, in the order of the ids.

        Those that are gone are passed over. Read in blocks: the memory needed
        does not grow with their number.
        """
        for block in blocks(ids, _FILES_AT_ONCE):
            yield from self._files(block)

    def _files(self, ids: Sequence[int]) -> list[InterviewFile]:
        interviews = self.interviews(ids)
        if not interviews:
            return []
        found = self._parts([interview.id for interview in interviews])
        registers = self._registers(interviews, found)
        return [_file(interview, found, registers) for interview in interviews]

    def _parts(self, ids: Sequence[int]) -> _Parts:
        transcripts = self.full_transcripts(self.transcripts_of(ids))
        return _Parts(
            contributions=grouped(self.contributions_of(ids), lambda item: item.interview_id),
            recordings=grouped(self.recordings_of(ids), lambda item: item.interview_id),
            transcripts=grouped(transcripts, lambda full: full.transcript.interview_id),
            points=grouped(self.index_points_of(ids), lambda item: item.interview_id),
            restrictions=grouped(self.restrictions_of(ids), lambda item: item.interview_id),
            consents=grouped(self.consents_of(ids), lambda item: item.interview_id),
            notes=self._notes_about(ids),
        )

    def _registers(self, interviews: Sequence[Interview], found: _Parts) -> _Registers:
        """Return what of the registers the interviews use, and trees only if they use any."""
        transcripts = [full for group in found.transcripts.values() for full in group]
        points = [point for group in found.points.values() for point in group]
        taking_part = {
            item.person.id: item.person for group in found.contributions.values() for item in group
        }
        speakers = {turn.speaker_id for full in transcripts for turn in full.turns}
        places = {one.place_id for one in (*interviews, *points)}
        return _Registers(
            people=taking_part | self.people_by_id(_given(speakers - taking_part.keys())),
            places=self.places_by_id(_given(places)),
            tags={tag.id: tag for tag in self.tags()}
            if any(full.taggings for full in transcripts)
            else {},
            collections={item.id: item for item in self.collections()}
            if any(interview.collection_id for interview in interviews)
            else {},
        )

    def _notes_about(self, ids: Sequence[int]) -> dict[int, list[Note]]:
        """Return the notes on interviews and on what hangs on them, by interview."""
        note = tables.note
        found: dict[int, list[Note]] = {}
        if not self._rows(select(note.c.id).limit(1)):
            return found
        transcript = tables.transcript
        sources = [(tables.interview, tables.interview.c.id, tables.interview)]
        sources += [
            (table, table.c.interview_id, table)
            for table in (
                tables.recording,
                transcript,
                tables.index_point,
                tables.restriction,
                tables.consent,
                tables.contribution,
            )
        ]
        sources += [
            (table, transcript.c.interview_id, table.join(transcript))
            for table in (tables.turn, tables.tagging)
        ]
        for table, owner, joined in sources:
            rows = self._rows(
                select(owner, *_NOTE)
                .select_from(joined)
                .join(note, (note.c.table == table.name) & (note.c.row_id == table.c.id))
                .where(owner.in_(ids))
            )
            for interview_id, *values in rows:
                found.setdefault(interview_id, []).append(Note(*values))
        for group in found.values():
            group.sort(key=lambda one: one.id)
        return found


def _file(interview: Interview, found: _Parts, registers: _Registers) -> InterviewFile:
    """Put one interview's file together."""
    contributions = found.contributions.get(interview.id, ())
    transcripts = found.transcripts.get(interview.id, ())
    points = found.points.get(interview.id, ())
    speakers = [turn.speaker_id for full in transcripts for turn in full.turns]
    named = _given([*(item.person.id for item in contributions), *speakers])
    return InterviewFile(
        interview=interview,
        collections=_ancestors(registers.collections, interview),
        place=registers.places.get(interview.place_id or 0),
        contributions=tuple(contributions),
        people=tuple(registers.people[one] for one in named),
        recordings=tuple(found.recordings.get(interview.id, ())),
        transcripts=tuple(transcripts),
        index_points=tuple(points),
        places=tuple(registers.places[one] for one in _given(point.place_id for point in points)),
        tags=_used_tags(registers.tags, transcripts),
        restrictions=tuple(found.restrictions.get(interview.id, ())),
        consents=tuple(found.consents.get(interview.id, ())),
        notes=tuple(found.notes.get(interview.id, ())),
    )


def _given(ids: Iterable[int | None]) -> list[int]:
    """Return the ids that are given, once each, in their order."""
    return list(dict.fromkeys(one for one in ids if one is not None))


def _ancestors(
    collections: Mapping[int, Collection], interview: Interview
) -> tuple[Collection, ...]:
    """Return the collections from the root down to the interview's own."""
    path: dict[int, Collection] = {}
    current = collections.get(interview.collection_id or 0)
    while current is not None and current.id not in path:
        path[current.id] = current
        current = collections.get(current.parent_id or 0)
    return tuple(reversed(path.values()))


def _used_tags(tags: Mapping[int, Tag], transcripts: Sequence[FullTranscript]) -> tuple[Tag, ...]:
    """Return the tags laid on transcripts with their ancestors, in the vocabulary's order."""
    used: set[int] = set()
    for full in transcripts:
        for tagging in full.taggings:
            current: int | None = tagging.tag_id
            while current is not None and current in tags and current not in used:
                used.add(current)
                current = tags[current].parent_id
    return tuple(tag for tag in tags.values() if tag.id in used)
