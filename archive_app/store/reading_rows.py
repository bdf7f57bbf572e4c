"""Rows of transcripts by their ids: what a page reads again after an operation."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from archive_app.domain.records import Tagging, Turn
from archive_app.store import tables
from archive_app.store.reading_text import TextReader


class RowsReader(TextReader):
    """A few turns and taggings, however long the transcript is."""

    def turns_by_id(self, ids: Sequence[int]) -> dict[int, Turn]:
        """Return turns with their footnotes, by id; those that are gone are absent."""
        if not ids:
            return {}
        return {turn.id: turn for turn in self._turns_where(tables.turn.c.id.in_(ids))}

    def taggings_by_id(self, ids: Sequence[int]) -> dict[int, Tagging]:
        """Return taggings by id; those that are gone are absent."""
        if not ids:
            return {}
        return {one.id: one for one in self._taggings(tables.tagging.c.id.in_(ids))}

    def turns_with_footnotes(self, footnote_ids: Sequence[int]) -> list[int]:
        """Return the ids of the turns that some footnotes stand in; one that is gone has none."""
        if not footnote_ids:
            return []
        footnote = tables.footnote.c
        rows = self._rows(select(footnote.turn_id).where(footnote.id.in_(footnote_ids)).distinct())
        return [row[0] for row in rows]
