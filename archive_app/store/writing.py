"""A writer: everything a reader can, and changes to rows, within one operation."""

from __future__ import annotations

import contextlib
import dataclasses
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, insert, select
from sqlalchemy import delete as delete_from
from sqlalchemy import update as update_of

from archive_app.domain.records import Change, Outcome, PersonName, Span
from archive_app.errors import Bug, NotFound
from archive_app.store import sqlite, tables
from archive_app.store.reading import Reader
from archive_app.store.tables import TableName
from archive_app.translation import tr

T = TypeVar("T")

_SPAN = ("start_turn", "start", "end_turn", "end")


@dataclasses.dataclass(frozen=True, slots=True)
class _Shape:
    """What a table's rows look like to a writer."""

    table: Table
    columns: frozenset[str]
    defaults: Mapping[str, Any]


@cache
def _shape(name: TableName) -> _Shape:
    if name not in tables.TABLE_NAMES:
        raise Bug(tr("The program wanted to write to an unknown table. Nothing was changed."))
    table = tables.table_of(name)
    columns = tables.stored_columns(table)
    defaults = {
        column.name: getattr(column.default, "arg", None)
        for column in columns
        if column.name != "id"
    }
    return _Shape(table, frozenset(column.name for column in columns), defaults)


class Writer(Reader):
    """What ``Archive.write`` yields: reads its own changes, and is of no use after the block.

    Values are those of the domain's records, column by field: enums, dates,
    tuples, mappings, TimedText. A ``span`` may be given whole. ``uuid``,
    ``made_at`` and ``who`` are filled in where they are not given.
    """

    def __init__(self, connection: Connection, *, who: str) -> None:
        super().__init__(connection)
        self.who = who
        self.label = ""
        self.operation_id = 0
        self._changes: tuple[Change, ...] | None = None

    def begin(
        self,
        label: str,
        *,
        interview_id: int | None = None,
        undoes: int | None = None,
        redoes: int | None = None,
    ) -> None:
        """Enter the operation that all changes from now on belong to."""
        self.label = label
        row = {
            "uuid": str(uuid.uuid4()),
            "label": label,
            "who": self.who,
            "at": datetime.now(UTC),
            "interview_id": interview_id,
            "undoes": undoes,
            "redoes": redoes,
            "is_undone": False,
        }
        inserted = self._connection.execute(insert(tables.operation), row)
        self.operation_id = int((inserted.inserted_primary_key or (0,))[0])

    def belongs_to(self, interview_id: int) -> None:
        """Say whose operation this is, where that is known only after it began."""
        self._connection.execute(
            update_of(tables.operation)
            .where(tables.operation.c.id == self.operation_id)
            .values(interview_id=interview_id)
        )

    @contextlib.contextmanager
    def part(self) -> Iterator[None]:
        """Hold a part of the operation together: what an error leaves undone is undone whole.

        The error goes on; what was written before the part stands.
        """
        with self._connection.begin_nested():
            yield

    def insert(self, table: TableName, /, **values: Any) -> int:
        """Add a row and return its id.

        Raises:
            Conflict: it is there already (accession), or what it refers to is not.
            BadValue: a value that its column does not allow.
        """
        return self.insert_many(table, (values,))[0]

    def insert_many(self, table: TableName, rows: Sequence[Mapping[str, Any]], /) -> list[int]:
        """Add rows in one go and return their ids in the same order. Errors as ``insert``."""
        if not rows:
            return []
        shape = _shape(table)
        first = sqlite.first_free_id(self._connection, shape.table)
        ids = list(range(first, first + len(rows)))
        self._connection.execute(
            insert(shape.table),
            [self._complete(shape, row, row_id) for row, row_id in zip(rows, ids, strict=True)],
        )
        return ids

    def update(self, table: TableName, row_id: int, /, **values: Any) -> None:
        """Change some columns of a row.

        Raises:
            NotFound: there is no such row.
            Conflict, BadValue: as ``insert``.
        """
        if values:
            self.update_many(table, ({"id": row_id, **values},))

    def update_many(self, table: TableName, rows: Iterable[Mapping[str, Any]], /) -> None:
        """Change rows, each with its "id" and the columns to change. Errors as ``update``."""
        shape = _shape(table)
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row in rows:
            values = _flat(shape, row)
            values["row_id_"] = values.pop("id")
            groups.setdefault(tuple(sorted(values)), []).append(values)
        for columns, group in groups.items():
            self._expect_rows(shape.table, [row["row_id_"] for row in group])
            statement = (
                update_of(shape.table)
                .where(shape.table.c.id == bindparam("row_id_"))
                .values({name: bindparam(name) for name in columns if name != "row_id_"})
            )
            if len(columns) > 1:
                self._connection.execute(statement, group)

    def delete(self, table: TableName, row_id: int, /) -> None:
        """Remove a row with what hangs on it and the notes on it.

        Raises:
            NotFound: there is no such row.
            Conflict: something that does not hang on it still refers to it.
        """
        self.delete_many(table, (row_id,))

    def delete_many(self, table: TableName, row_ids: Iterable[int], /) -> None:
        """Remove rows. Errors as ``delete``."""
        shape = _shape(table)
        ids = list(row_ids)
        if not ids:
            return
        self._expect_rows(shape.table, ids)
        self._connection.execute(
            delete_from(shape.table).where(shape.table.c.id == bindparam("row_id_")),
            [{"row_id_": row_id} for row_id in ids],
        )

    def set_person_names(self, person_id: int, names: Sequence[PersonName]) -> None:
        """Let a person have exactly these further names, in this order."""
        table = tables.person_name.c
        held = self._connection.execute(
            select(table.id).where(table.person_id == person_id).order_by(table.id)
        )
        self.delete_many("person_name", [row[0] for row in held])
        self.insert_many(
            "person_name",
            [
                {"person_id": person_id, "name": name.name, "kind": name.kind,
                 "language": name.language, "position": position}
                for position, name in enumerate(names)
            ],
        )  # fmt: skip

    def set_setting(self, key: str, value: str) -> None:
        """Keep one of the archive's own settings."""
        found = self._row_id_of_setting(key)
        if found is None:
            self.insert("setting", key=key, value=value)
        else:
            self.update("setting", found, value=value)

    def outcome(self, value: T) -> Outcome[T]:
        """Return, after the block, what the operation did: net, one change a row.

        ``operation_id`` is 0 where nothing changed.
        """
        if self._changes is None:
            raise Bug(tr("The program asked for an outcome before the step was stored."))
        return Outcome(value, self.operation_id if self._changes else 0, self.label, self._changes)

    def settle(self, changes: tuple[Change, ...]) -> None:
        """Take note of what the operation changed; called by the archive at the end."""
        self._changes = changes

    def _complete(self, shape: _Shape, row: Mapping[str, Any], row_id: int) -> dict[str, Any]:
        values = {**shape.defaults, **_flat(shape, row), "id": row_id}
        if "uuid" in shape.columns and not values["uuid"]:
            values["uuid"] = str(uuid.uuid4())
        if "made_at" in shape.columns:
            values["made_at"] = values["made_at"] or datetime.now(UTC)
            if "who" not in row:
                values["who"] = self.who
        return values

    def _expect_rows(self, table: Table, ids: Sequence[int]) -> None:
        if self._missing(table, ids):
            raise NotFound(
                tr("This entry is no longer in the archive. Nothing was changed."),
                details=table.name,
            )


def _flat(shape: _Shape, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's values by column, a whole span taken apart."""
    values = dict(row)
    if "span" in values and "start_turn" in shape.columns:
        span: Span | None = values.pop("span")
        parts = (None,) * 4 if span is None else dataclasses.astuple(span)
        values.update(zip(_SPAN, parts, strict=True))
    if not shape.columns.issuperset(values):
        unknown = ", ".join(sorted(set(values) - shape.columns))
        raise Bug(
            tr("The program wanted to write a field that does not exist. Nothing was changed."),
            details=f"{shape.table.name}: {unknown}",
        )
    return values
