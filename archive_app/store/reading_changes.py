"""Which interviews an index has to look at again: the journal, read by what it touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, Select, select

from archive_app.store import sqlite, tables
from archive_app.store.reading_base import ReaderBase, blocks

_journal = tables.journal.c

_OWNED = ("contribution", "recording", "transcript", "index_point", "restriction", "consent")
"""Tables whose rows name their interview."""

Touched = defaultdict[str, set[int]]
"""Ids of rows by table."""


class ChangesReader(ReaderBase):
    """What changed since a position of the journal."""

    def interviews_changed_since(self, position: int) -> set[int]:
        """Return the interviews whose content, or the names in it, changed after a position.

        Deleted interviews are among them. Whatever was touched is followed up
        to its interviews as things stand now and, for what was moved or
        deleted since, as the journal's images say they stood.
        """
        touched: Touched = defaultdict(set)
        changed = self._connection.execute(
            select(_journal.table_name, _journal.row_id).where(_journal.id > position).distinct()
        )
        for table_name, row_id in changed:
            touched[table_name].add(row_id)
        if touched["note"]:
            self._add_noted(touched, position)
        self._climb(touched, position)
        interviews = set(touched["interview"])
        for name in _OWNED:
            if touched[name]:
                interviews |= self._now(name, "interview_id", touched[name])
                interviews |= self._before(name, "interview_id", position)
        interviews |= self._through_registers(touched)
        return interviews

    def _climb(self, touched: Touched, position: int) -> None:
        """Add the persons, turns and transcripts that changed parts belong to."""
        for child, key, parent in (
            ("person_name", "person_id", "person"),
            ("footnote", "turn_id", "turn"),
            ("turn", "transcript_id", "transcript"),
            ("tagging", "transcript_id", "transcript"),
        ):
            if touched[child]:
                touched[parent] |= self._now(child, key, touched[child])
                touched[parent] |= self._before(child, key, position)

    def _through_registers(self, touched: Touched) -> set[int]:
        """Return the interviews that use changed people, places, tags and collections."""
        interview, contribution, transcript, turn, tagging, point = (
            tables.interview.c,
            tables.contribution.c,
            tables.transcript.c,
            tables.turn.c,
            tables.tagging.c,
            tables.index_point.c,
        )
        spoken = select(transcript.interview_id).join_from(
            tables.turn, tables.transcript, turn.transcript_id == transcript.id
        )
        tagged = select(transcript.interview_id).join_from(
            tables.tagging, tables.transcript, tagging.transcript_id == transcript.id
        )
        in_vocabulary = select(tables.tag.c.id)
        tags = touched["tag"] | self._found(
            touched["vocabulary"],
            lambda ids: in_vocabulary.where(tables.tag.c.vocabulary_id.in_(ids)),
        )
        tags = self._below("tag", tags)
        collections = self._below("collection", touched["collection"])
        people, places = touched["person"], touched["place"]
        uses: tuple[tuple[set[int], Select[tuple[int]], ColumnElement[int]], ...] = (
            (people, select(contribution.interview_id), contribution.person_id),
            (people, spoken, turn.speaker_id),
            (places, select(interview.id), interview.place_id),
            (places, select(point.interview_id), point.place_id),
            (tags, tagged, tagging.tag_id),
            (collections, select(interview.id), interview.collection_id),
        )
        found: set[int] = set()
        for ids, statement, column in uses:
            found |= self._found(
                ids,
                lambda block, statement=statement, column=column: statement.where(
                    column.in_(block)
                ),
            )
        return found

    def _found(
        self, ids: Iterable[int], statement: Callable[[list[int]], Select[tuple[int]]]
    ) -> set[int]:
        return {
            value
            for block in blocks(sorted(ids))
            for (value,) in self._rows(statement(block).distinct())
            if value is not None
        }

    def _now(self, table_name: str, key: str, ids: set[int]) -> set[int]:
        """Return what rows refer to as they stand."""
        columns = tables.table_of(table_name).c
        return self._found(ids, lambda block: select(columns[key]).where(columns.id.in_(block)))

    def _before(self, table_name: str, key: str, position: int) -> set[int]:
        """Return what rows referred to before they were changed."""
        value = sqlite.json_value(_journal.before, key)
        rows = self._rows(
            select(value)
            .where(
                _journal.id > position,
                _journal.table_name == table_name,
                _journal.before.is_not(None),
            )
            .distinct()
        )
        return {one for (one,) in rows if one is not None}

    def _below(self, table_name: str, ids: set[int]) -> set[int]:
        """Return ids of a tree's table with those of all rows below them."""
        columns = tables.table_of(table_name).c
        found, level = set(ids), set(ids)
        while level:
            level = (
                self._found(
                    level, lambda block: select(columns.id).where(columns.parent_id.in_(block))
                )
                - found
            )
            found |= level
        return found

    def _add_noted(self, touched: Touched, position: int) -> None:
        """Add the rows on which a note was written, changed or removed."""
        note = tables.note.c
        named = [
            *self._connection.execute(
                select(note.table, note.row_id).where(
                    note.id.in_(
                        select(_journal.row_id).where(
                            _journal.id > position, _journal.table_name == "note"
                        )
                    )
                )
            ),
            *self._connection.execute(
                select(
                    sqlite.json_value(_journal.before, "table"),
                    sqlite.json_value(_journal.before, "row_id"),
                ).where(
                    _journal.id > position,
                    _journal.table_name == "note",
                    _journal.before.is_not(None),
                )
            ),
        ]
        for table_name, row_id in named:
            touched[table_name].add(row_id)
