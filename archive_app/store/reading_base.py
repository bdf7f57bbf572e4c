"""What all parts of a reader share: its connection, and rows turned into records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import Column, Connection, Executable, Table, func, select

from archive_app.errors import NotFound
from archive_app.translation import tr

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

AnyRow = tuple[Any, ...]
"""A row by position; which columns it has, its query says."""

BLOCK = 500
"""Ids in one query: few enough for any database, many enough to make queries rare."""


class ReaderBase:
    """Holds the connection whose transaction is the reader's snapshot."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> Connection:
        """The connection; for ``store`` alone."""
        return self._connection

    def _rows(self, statement: Executable) -> Sequence[AnyRow]:
        return cast("Sequence[AnyRow]", self._connection.execute(statement).all())

    def _one(self, statement: Executable) -> AnyRow:
        row = self._connection.execute(statement).first()
        if row is None:
            raise NotFound(tr("This entry is no longer in the archive."))
        return cast("AnyRow", row)

    def _missing(self, table: Table, ids: Sequence[int]) -> bool:
        """Tell whether one of the ids is not in the table."""
        wanted = set(ids)
        found = sum(
            self._connection.execute(
                select(func.count()).select_from(table).where(table.c.id.in_(block))
            ).scalar_one()
            for block in blocks(wanted)
        )
        return found != len(wanted)


def record_columns(table: Table, record: type[Any]) -> list[Column[Any]]:
    """Return the columns that a record's fields are called after, in the fields' order."""
    return [table.c[field.name] for field in fields(record) if field.name in table.c]


def blocks(ids: Iterable[T], size: int = BLOCK) -> Iterator[list[T]]:
    """Give the ids in lists of at most ``size``."""
    iterator = iter(ids)
    while block := list(islice(iterator, size)):
        yield block


def grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Return the items by key, in their order."""
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups
