"""The library's list: ids in an order, lines in blocks, and the archive's numbers.

Sorting and filtering by text happen here and not in SQL: databases differ in
what they call the same letter, and titles are kept by language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, func, select, union

from archive_app.domain.records import (
    ArchiveCounts,
    InterviewRow,
    NameKind,
    Role,
    Status,
    Texts,
)
from archive_app.store import tables
from archive_app.store.reading_base import ReaderBase, blocks

Sort = Literal["accession", "title", "date", "interviewees", "duration", "status", "turns"]

_interview = tables.interview.c
_STATUS_RANK = {status: rank for rank, status in enumerate(Status)}
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class _Line:
    id: int
    accession: str
    titles: Texts
    date: str
    status: Status

    @property
    def title(self) -> str:
        return self.titles.get("en") or next(iter(self.titles.values()), "") or self.accession


class LibraryReader(ReaderBase):
    """Lists of interviews, for tables that may be very long."""

    def interview_ids(
        self,
        *,
        collection_id: int | None = None,
        tag_id: int | None = None,
        status: Status | None = None,
        sort: Sort = "accession",
        descending: bool = False,
        text: str = "",
    ) -> list[int]:
        """Return the ids of interviews in an order.

        Collections and tags count with their descendants. ``text`` is looked for
        in accession number, titles and interviewees' public names, whatever the
        case. Numbers within texts are ordered as numbers; what has no value to
        sort by comes last, whichever the direction. Equal ones are in the order
        of their accession numbers.
        """
        statement = select(
            _interview.id,
            _interview.accession,
            _interview.titles,
            _interview.date,
            _interview.status,
        )
        if collection_id is not None:
            statement = statement.where(
                _interview.collection_id.in_(self.with_descendants("collection", collection_id))
            )
        if tag_id is not None:
            statement = statement.where(_interview.id.in_(self._tagged(tag_id)))
        if status is not None:
            statement = statement.where(_interview.status == status)
        lines = [_Line(*row) for row in self._rows(statement)]
        names = self._interviewees(None) if text or sort == "interviewees" else {}
        if text:
            lines = _containing(lines, text.casefold(), names)
        lines.sort(key=lambda line: natural(line.accession), reverse=descending)
        if sort != "accession":
            key = self._sort_key(sort, names)
            lines.sort(key=key, reverse=descending)
            lines.sort(key=lambda line: not key(line))
        return [line.id for line in lines]

    def _sort_key(self, sort: Sort, names: Mapping[int, str]) -> Callable[[_Line], Any]:
        if sort == "title":
            return lambda line: natural(line.title)
        if sort == "date":
            return lambda line: natural(line.date) if line.date else ()
        if sort == "interviewees":
            return lambda line: natural(names[line.id]) if names.get(line.id) else ()
        if sort == "duration":
            durations = self._durations(None)
            return lambda line: durations.get(line.id, 0)
        if sort == "turns":
            turns = self._turn_counts(None)
            return lambda line: turns.get(line.id, 0)
        return lambda line: _STATUS_RANK[line.status] + 1

    def with_descendants(self, table: Literal["collection", "tag"], row_id: int) -> list[int]:
        """Return the id of a collection or tag and those of all below it."""
        columns = tables.table_of(table).c
        children: dict[int | None, list[int]] = {}
        for child, parent in self._rows(select(columns.id, columns.parent_id)):
            children.setdefault(parent, []).append(child)
        found, waiting = {row_id}, [row_id]
        while waiting:
            below = [one for one in children.get(waiting.pop(), ()) if one not in found]
            found.update(below)
            waiting.extend(below)
        return sorted(found)

    def _tagged(self, tag_id: int) -> Select[tuple[int]]:
        tagging, transcript = tables.tagging, tables.transcript
        return (
            select(transcript.c.interview_id)
            .join_from(tagging, transcript, tagging.c.transcript_id == transcript.c.id)
            .where(tagging.c.tag_id.in_(self.with_descendants("tag", tag_id)))
        )

    def interview_rows(self, ids: Iterable[int]) -> list[InterviewRow]:
        """Return the lines of the library's table, in the order of the ids.

        Meant for blocks of some 200; ids that are gone are passed over.
        """
        wanted = list(ids)
        found: dict[int, InterviewRow] = {}
        for block in blocks(wanted):
            found.update(self._lines(block))
        return [found[one] for one in wanted if one in found]

    def _lines(self, ids: list[int]) -> dict[int, InterviewRow]:
        rows = self._rows(
            select(
                _interview.id,
                _interview.accession,
                _interview.titles,
                _interview.date,
                _interview.languages,
                _interview.status,
                _interview.collection_id,
            ).where(_interview.id.in_(ids))
        )
        names, durations, turns = (
            self._interviewees(ids),
            self._durations(ids),
            self._turn_counts(ids),
        )
        restriction = tables.restriction.c
        restricted = set(
            self._connection.scalars(
                select(restriction.interview_id).where(restriction.interview_id.in_(ids))
            )
        )
        pseudonymous = set(self._connection.scalars(union(*_with_real_names(ids))))
        return {
            row_id: InterviewRow(
                id=row_id,
                accession=accession,
                title=_Line(row_id, accession, titles, date, status).title,
                interviewees=names.get(row_id, ""),
                date=date,
                languages=languages,
                duration_ms=durations.get(row_id, 0),
                turns=turns.get(row_id, 0),
                status=status,
                has_restrictions=row_id in restricted,
                has_pseudonym=row_id in pseudonymous,
                collection_id=collection_id,
            )
            for row_id, accession, titles, date, languages, status, collection_id in rows
        }

    def _interviewees(self, ids: list[int] | None) -> dict[int, str]:
        contribution, person = tables.contribution.c, tables.person.c
        statement = (
            select(contribution.interview_id, person.public_name)
            .join_from(tables.contribution, tables.person, contribution.person_id == person.id)
            .where(contribution.role == Role.INTERVIEWEE)
            .order_by(contribution.interview_id, contribution.position, contribution.id)
        )
        if ids is not None:
            statement = statement.where(contribution.interview_id.in_(ids))
        names: dict[int, str] = {}
        for interview_id, name in self._rows(statement):
            names[interview_id] = (
                f"{names[interview_id]}, {name}" if interview_id in names else name
            )
        return names

    def _durations(self, ids: list[int] | None) -> dict[int, int]:
        """Return where each interview's last recording ends, or without one its last turn."""
        recording, turn, transcript = tables.recording.c, tables.turn.c, tables.transcript.c
        end = func.max(recording.offset_ms + recording.duration_ms)
        recorded = (
            select(recording.interview_id, end)
            .where(recording.duration_ms > 0)
            .group_by(recording.interview_id)
        )
        spoken = (
            select(transcript.interview_id, func.max(turn.end_ms))
            .join_from(tables.turn, tables.transcript, turn.transcript_id == transcript.id)
            .where(turn.end_ms > 0)
            .group_by(transcript.interview_id)
        )
        if ids is not None:
            recorded = recorded.where(recording.interview_id.in_(ids))
        durations = {row[0]: row[1] for row in self._rows(recorded)}
        if ids is not None:
            silent = [one for one in ids if one not in durations]
            spoken = spoken.where(transcript.interview_id.in_(silent))
        return {row[0]: row[1] for row in self._rows(spoken)} | durations

    def _turn_counts(self, ids: list[int] | None) -> dict[int, int]:
        turn, transcript = tables.turn.c, tables.transcript.c
        statement = (
            select(transcript.interview_id, func.count())
            .join_from(tables.turn, tables.transcript, turn.transcript_id == transcript.id)
            .group_by(transcript.interview_id)
        )
        if ids is not None:
            statement = statement.where(transcript.interview_id.in_(ids))
        return {row[0]: row[1] for row in self._rows(statement)}

    def collection_counts(self) -> dict[int | None, int]:
        """Return how many interviews stand in each collection itself, and in none (None)."""
        statement = select(_interview.collection_id, func.count()).group_by(
            _interview.collection_id
        )
        return {row[0]: row[1] for row in self._rows(statement)}

    def gated_interviews(self) -> set[int]:
        """Return the interviews of which somebody may not see everything.

        They have a restriction, a consent, or a person with a real name.
        """
        return set(
            self._connection.scalars(
                union(
                    select(tables.restriction.c.interview_id),
                    select(tables.consent.c.interview_id),
                    *_with_real_names(None),
                )
            )
        )

    def counts(self) -> ArchiveCounts:
        """Return how much the archive holds."""

        def count(name: str) -> Any:
            return select(func.count()).select_from(tables.table_of(name)).scalar_subquery()

        recording, tagging = tables.recording.c, tables.tagging.c
        row = self._connection.execute(
            select(
                count("interview").label("interviews"),
                count("collection").label("collections"),
                count("person").label("people"),
                count("place").label("places"),
                count("recording").label("recordings"),
                select(func.coalesce(func.sum(recording.size_bytes), 0))
                .scalar_subquery()
                .label("recording_bytes"),
                select(func.coalesce(func.sum(recording.duration_ms), 0))
                .scalar_subquery()
                .label("duration_ms"),
                count("transcript").label("transcripts"),
                count("turn").label("turns"),
                count("tag").label("tags"),
                count("tagging").label("taggings"),
                select(func.count())
                .where(tagging.is_orphan.is_(True))
                .scalar_subquery()
                .label("orphans"),
                count("index_point").label("index_points"),
                count("dossier").label("dossiers"),
            )
        ).one()
        return ArchiveCounts(**row._mapping)


def _with_real_names(ids: list[int] | None) -> tuple[Select[tuple[int]], Select[tuple[int]]]:
    """Return queries for the interviews in which somebody with a real name takes part or speaks."""
    name, contribution = tables.person_name.c, tables.contribution.c
    turn, transcript = tables.turn.c, tables.transcript.c
    real = select(name.person_id).where(name.kind == NameKind.REAL)
    taking_part = select(contribution.interview_id).where(contribution.person_id.in_(real))
    speaking = (
        select(transcript.interview_id)
        .join_from(tables.turn, tables.transcript, turn.transcript_id == transcript.id)
        .where(turn.speaker_id.in_(real))
    )
    if ids is not None:
        taking_part = taking_part.where(contribution.interview_id.in_(ids))
        speaking = speaking.where(transcript.interview_id.in_(ids))
    return taking_part, speaking


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts texts whatever their case and numbers in them as numbers."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in _NUMBER.split(text.casefold())
        if part
    )


def _containing(lines: list[_Line], text: str, names: Mapping[int, str]) -> list[_Line]:
    return [
        line
        for line in lines
        if any(
            text in candidate.casefold()
            for candidate in (line.accession, *line.titles.values(), names.get(line.id, ""))
        )
    ]
