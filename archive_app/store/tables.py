"""All tables of the archive in one place, as typed declarative tables and by name."""

from __future__ import annotations

from typing import Literal, cast, get_args

from sqlalchemy import Column, Table

from archive_app.store import tables_catalogue, tables_text, tables_work
from archive_app.store.tables_base import Base

SCHEMA_VERSION = "0003"
"""The newest revision in ``schema/versions``; a test holds the two together."""

TableName = Literal[
    "collection",
    "place",
    "interview",
    "person",
    "person_name",
    "contribution",
    "recording",
    "restriction",
    "consent",
    "setting",
    "transcript",
    "turn",
    "footnote",
    "vocabulary",
    "tag",
    "tagging",
    "index_point",
    "note",
    "dossier",
    "dossier_item",
    "dossier_export",
    "saved_search",
    "source_file",
]
"""The tables that a Writer changes. Columns are called as the fields of their records."""

TABLE_NAMES: tuple[TableName, ...] = get_args(TableName)

metadata = Base.metadata


def _table(row: type[Base]) -> Table:
    return cast("Table", row.__table__)


collection = _table(tables_catalogue.CollectionRow)
place = _table(tables_catalogue.PlaceRow)
interview = _table(tables_catalogue.InterviewRow)
person = _table(tables_catalogue.PersonRow)
person_name = _table(tables_catalogue.PersonNameRow)
contribution = _table(tables_catalogue.ContributionRow)
recording = _table(tables_catalogue.RecordingRow)
restriction = _table(tables_catalogue.RestrictionRow)
consent = _table(tables_catalogue.ConsentRow)
setting = _table(tables_catalogue.SettingRow)
transcript = _table(tables_text.TranscriptRow)
turn = _table(tables_text.TurnRow)
footnote = _table(tables_text.FootnoteRow)
vocabulary = _table(tables_text.VocabularyRow)
tag = _table(tables_text.TagRow)
tagging = _table(tables_text.TaggingRow)
index_point = _table(tables_text.IndexPointRow)
note = _table(tables_work.NoteRow)
dossier = _table(tables_work.DossierRow)
dossier_item = _table(tables_work.DossierItemRow)
dossier_export = _table(tables_work.DossierExportRow)
saved_search = _table(tables_work.SavedSearchRow)
source_file = _table(tables_work.SourceFileRow)
operation = _table(tables_work.OperationRow)
journal = _table(tables_work.JournalRow)


def table_of(name: str) -> Table:
    """Return a table by its name."""
    return metadata.tables[name]


def stored_columns(table: Table) -> tuple[Column[object], ...]:
    """Return the columns that are written, in order: all but the generated ones."""
    return tuple(column for column in table.columns if column.computed is None)
