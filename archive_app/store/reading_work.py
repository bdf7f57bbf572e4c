"""Questions about people's work: notes, dossiers and saved searches."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from archive_app.domain.records import (
    Dossier,
    DossierExport,
    DossierItem,
    Note,
    SavedSearch,
    SourceFile,
    Span,
)
from archive_app.store import tables
from archive_app.store.reading_base import AnyRow, ReaderBase, blocks, grouped, record_columns
from archive_app.store.tables import TableName

_NOTE = record_columns(tables.note, Note)
_SOURCE_FILE = record_columns(tables.source_file, SourceFile)
_SAVED_SEARCH = record_columns(tables.saved_search, SavedSearch)

_dossier = tables.dossier.c
_DOSSIER = (
    _dossier.id,
    _dossier.uuid,
    _dossier.title,
    _dossier.description,
    _dossier.author,
    _dossier.settings,
)
_item = tables.dossier_item.c
_ITEM = (
    _item.id,
    _item.uuid,
    _item.dossier_id,
    _item.position,
    _item.kind,
    _item.text,
    _item.interview_id,
    _item.transcript_id,
    _item.start_turn,
    _item.start,
    _item.end_turn,
    _item.end,
    _item.settings,
    _item.level,
    _item.body,
    _item.index_point_id,
    _item.picture,
    _item.seen,
)
_EXPORT = record_columns(tables.dossier_export, DossierExport)


class WorkReader(ReaderBase):
    """Notes, dossiers, saved searches."""

    def notes(self, table: TableName, row_id: int) -> list[Note]:
        """Return the private remarks on a row, the oldest first."""
        note = tables.note.c
        rows = self._rows(
            select(*_NOTE).where(note.table == table, note.row_id == row_id).order_by(note.id)
        )
        return [Note(*row) for row in rows]

    def note(self, note_id: int) -> Note:
        """Return a private remark."""
        return Note(*self._one(select(*_NOTE).where(tables.note.c.id == note_id)))

    def dossiers(self) -> list[Dossier]:
        """Return all dossiers with their items, the oldest first."""
        rows = self._rows(select(*_DOSSIER).order_by(_dossier.id))
        items = grouped(self._items(None), lambda item: item.dossier_id)
        return [Dossier(*row, items=tuple(items.get(row[0], ()))) for row in rows]

    def dossiers_only(self) -> list[Dossier]:
        """Return all dossiers without their items, the oldest first."""
        return [Dossier(*row) for row in self._rows(select(*_DOSSIER).order_by(_dossier.id))]

    def dossier(self, dossier_id: int) -> Dossier:
        """Return a dossier with its items in order."""
        row = self._one(select(*_DOSSIER).where(_dossier.id == dossier_id))
        return Dossier(*row, items=tuple(self._items(dossier_id)))

    def dossier_item(self, item_id: int) -> DossierItem:
        """Return an item of a dossier."""
        return _item_of(self._one(select(*_ITEM).where(_item.id == item_id)))

    def _items(self, dossier_id: int | None) -> list[DossierItem]:
        statement = select(*_ITEM).order_by(_item.dossier_id, _item.position, _item.id)
        if dossier_id is not None:
            statement = statement.where(_item.dossier_id == dossier_id)
        return [_item_of(row) for row in self._rows(statement)]

    def passages_of(self, transcript_id: int) -> list[DossierItem]:
        """Return the passages that dossiers take from a transcript."""
        rows = self._rows(
            select(*_ITEM).where(_item.transcript_id == transcript_id, _item.kind == "passage")
        )
        return [_item_of(row) for row in rows]

    def dossier_items(self, item_ids: Iterable[int]) -> list[DossierItem]:
        """Return items of dossiers, in the order of their ids; absent ones are passed over."""
        found: list[DossierItem] = []
        for block in blocks(sorted(set(item_ids))):
            rows = self._rows(select(*_ITEM).where(_item.id.in_(block)).order_by(_item.id))
            found += map(_item_of, rows)
        return found

    def dossier_exports(self, dossier_id: int) -> list[DossierExport]:
        """Return when and as what a dossier was made, the newest first."""
        table = tables.dossier_export.c
        rows = self._rows(
            select(*_EXPORT).where(table.dossier_id == dossier_id).order_by(table.id.desc())
        )
        return [DossierExport(*row) for row in rows]

    def pictures(self) -> list[str]:
        """Return the files of all dossiers' pictures and covers, each once, in order.

        Relative to the archive's folder, named by their SHA-256.
        """
        rows = self._rows(select(_item.picture).where(_item.picture != "").distinct())
        covers = self._rows(select(_dossier.settings))
        found = {path for (path,) in rows} | {one.get("cover", "") for (one,) in covers}
        return sorted(found - {""})

    def saved_searches(self) -> list[SavedSearch]:
        """Return all saved searches by name."""
        table = tables.saved_search.c
        rows = self._rows(select(*_SAVED_SEARCH).order_by(table.name, table.id))
        return [SavedSearch(*row) for row in rows]

    def known_files(self, hashes: Iterable[str]) -> dict[str, str]:
        """Return, for those hashes whose bytes are in the archive, the interview's accession.

        Both recordings and files that something was taken in from are known.
        """
        wanted = list(dict.fromkeys(hashes))
        found: dict[str, str] = {}
        for table in (tables.recording, tables.source_file):
            for block in blocks(wanted):
                rows = self._rows(
                    select(table.c.sha256, tables.interview.c.accession)
                    .join(tables.interview, table.c.interview_id == tables.interview.c.id)
                    .where(table.c.sha256.in_(block))
                )
                for sha256, accession in rows:
                    found.setdefault(sha256, accession)
        return found

    def source_files(self, interview_id: int) -> list[SourceFile]:
        """Return what an interview was taken in from, in the order it came."""
        table = tables.source_file.c
        rows = self._rows(
            select(*_SOURCE_FILE).where(table.interview_id == interview_id).order_by(table.id)
        )
        return [SourceFile(*row) for row in rows]


def _item_of(values: AnyRow) -> DossierItem:
    span = None if values[8] is None else Span(*values[8:12])
    settings, level, body, index_point_id, picture, seen = values[12:]
    return DossierItem(
        *values[:8],
        span=span,
        settings=settings,
        level=level,
        body=body,
        index_point_id=index_point_id,
        picture=picture,
        seen=seen,
    )
