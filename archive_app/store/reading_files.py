"""Interviews with everything on them, many at once with few queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from archive_app.domain.records import (
    Collection,
    FullTranscript,
    Interview,
    InterviewFile,
    Note,
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
        ids = [interview.id for interview in interviews]
        if not ids:
            return []
        contributions = grouped(self.contributions_of(ids), lambda item: item.interview_id)
        recordings = grouped(self.recordings_of(ids), lambda item: item.interview_id)
        points = grouped(self.index_points_of(ids), lambda item: item.interview_id)
        restrictions = grouped(self.restrictions_of(ids), lambda item: item.interview_id)
        consents = grouped(self.consents_of(ids), lambda item: item.interview_id)
        transcripts = grouped(
            self.full_transcripts(self.transcripts_of(ids)),
            lambda full: full.transcript.interview_id,
        )
        has_collection = any(interview.collection_id for interview in interviews)
        collections = {item.id: item for item in self.collections()} if has_collection else {}
        has_taggings = any(full.taggings for group in transcripts.values() for full in group)
        tags = {tag.id: tag for tag in self.tags()} if has_taggings else {}
        people = self.people_by_id(
            turn.speaker_id
            for group in transcripts.values()
            for full in group
            for turn in full.turns
            if turn.speaker_id is not None
        )
        people.update(
            (item.person.id, item.person) for group in contributions.values() for item in group
        )
        places = self.places_by_id(
            place_id
            for place_id in (
                *(interview.place_id for interview in interviews),
                *(point.place_id for group in points.values() for point in group),
            )
            if place_id is not None
        )
        notes = self._notes_about(ids)
        files = []
        for interview in interviews:
            own = transcripts.get(interview.id, [])
            cast = contributions.get(interview.id, [])
            contents = points.get(interview.id, [])
            named = dict.fromkeys(
                [item.person.id for item in cast]
                + [turn.speaker_id for full in own for turn in full.turns if turn.speaker_id]
            )
            discussed = dict.fromkeys(point.place_id for point in contents if point.place_id)
            files.append(
                InterviewFile(
                    interview=interview,
                    collections=_ancestors(collections, interview),
                    place=places.get(interview.place_id or 0),
                    contributions=tuple(cast),
                    people=tuple(people[one] for one in named),
                    recordings=tuple(recordings.get(interview.id, ())),
                    transcripts=tuple(own),
                    index_points=tuple(contents),
                    places=tuple(places[one] for one in discussed),
                    tags=_used_tags(tags, own),
                    restrictions=tuple(restrictions.get(interview.id, ())),
                    consents=tuple(consents.get(interview.id, ())),
                    notes=tuple(notes.get(interview.id, ())),
                )
            )
        return files

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


def _ancestors(collections: dict[int, Collection], interview: Interview) -> tuple[Collection, ...]:
    """Return the collections from the root down to the interview's own."""
    path: dict[int, Collection] = {}
    current = collections.get(interview.collection_id or 0)
    while current is not None and current.id not in path:
        path[current.id] = current
        current = collections.get(current.parent_id or 0)
    return tuple(reversed(path.values()))


def _used_tags(tags: dict[int, Tag], transcripts: Sequence[FullTranscript]) -> tuple[Tag, ...]:
    """Return the tags laid on transcripts with their ancestors, in the vocabulary's order."""
    used: set[int] = set()
    for full in transcripts:
        for tagging in full.taggings:
            current: int | None = tagging.tag_id
            while current is not None and current in tags and current not in used:
                used.add(current)
                current = tags[current].parent_id
    return tuple(tag for tag in tags.values() if tag.id in used)
