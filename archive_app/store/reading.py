"""A reader: every question to the archive, answered in the domain's records."""

from __future__ import annotations

from archive_app.store.reading_catalogue import CatalogueReader
from archive_app.store.reading_changes import ChangesReader
from archive_app.store.reading_files import FilesReader
from archive_app.store.reading_history import HistoryReader
from archive_app.store.reading_library import LibraryReader
from archive_app.store.reading_rows import RowsReader
from archive_app.store.reading_work import WorkReader


class Reader(
    LibraryReader,
    FilesReader,
    CatalogueReader,
    RowsReader,
    WorkReader,
    HistoryReader,
    ChangesReader,
):
    """What ``Archive.read`` yields: one consistent snapshot, of no use after the block.

    Whatever is asked for by id and is not there raises NotFound; lists are empty.
    """
