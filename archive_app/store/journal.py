"""What operations changed, and how they are taken back.

The journal holds, for each row that an operation changed, the row's image
before. A row's state after an operation is the image in the next entry for the
same row, or the row itself where there is none: so whether a row "still is as
the operation left it" can be told without keeping images of after.

An operation is taken back by going through its entries in reverse order, which
passes through states that were valid before; foreign keys are looked at once, at
the commit. An undo is an operation of its own with entries of its own, and a redo
takes the undo back in the same way.

After a migration images may have fewer columns than the tables: missing ones get
their default, superfluous ones are passed over. A migration that gives an old
column a new meaning must change the images too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    TableClause,
    Update,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
    update,
)

from archive_app.domain.records import Change, Operation
from archive_app.errors import Conflict, NotFound
from archive_app.store import sqlite, tables
from archive_app.store.sqlite_triggers import image_of
from archive_app.store.writing import Writer
from archive_app.translation import tr

_journal = tables.journal.c
_operation = tables.operation.c

Row = tuple[str, int]
"""A table's name and a row's id."""

_BLOCK = 5_000
"""Ids in one query, well below SQLite's limit of parameters."""


@dataclass(frozen=True, slots=True)
class _Entry:
    id: int
    table_name: str
    row_id: int
    kind: str
    before: str | None
    is_purged: bool

    @property
    def row(self) -> Row:
        return (self.table_name, self.row_id)


def net_changes(connection: Connection, operation_id: int) -> tuple[Change, ...]:
    """Return what an operation that is about to end changed, one change a row.

    In the order in which the rows were first touched. Rows that stand as they
    stood before are left out.
    """
    rows = connection.execute(
        select(_journal.table_name, _journal.row_id, _journal.kind, _journal.id)
        .where(_journal.operation_id == operation_id)
        .order_by(_journal.id)
    ).all()
    first: dict[Row, tuple[str, int]] = {}
    last: dict[Row, str] = {}
    again: set[Row] = set()
    for table_name, row_id, kind, entry_id in rows:
        row = (table_name, row_id)
        if row in first:
            again.add(row)
        else:
            first[row] = (kind, entry_id)
        last[row] = kind
    changes = []
    for row, (kind, entry_id) in first.items():
        net = _net_kind(kind, last[row])
        if net is None or (
            net == "update" and row in again and _is_back(connection, row, entry_id)
        ):
            continue
        changes.append(Change(*row, net))
    return tuple(changes)


def _net_kind(first: str, last: str) -> str | None:
    if first == "insert":
        return None if last == "delete" else "insert"
    return "delete" if last == "delete" else "update"


def _is_back(connection: Connection, row: Row, entry_id: int) -> bool:
    before = connection.execute(select(_journal.before).where(_journal.id == entry_id)).scalar()
    return _is_same(before, _images(connection, row[0], [row[1]]).get(row[1]))


def undo(writer: Writer, operation_id: int | None, *, interview_id: int | None) -> Operation:
    """Take an operation back and return it.

    Without ``operation_id`` it is the last one not yet undone, of the interview
    if one is given. Taking back an undo is a redo, and the other way round.

    Raises:
        NotFound: there is nothing to undo, or no such operation.
        Conflict: something it changed was changed since, or later things depend on it.
    """
    if operation_id is None:
        target = writer.last_undoable(interview_id)
        if target is None:
            raise NotFound(tr("There is nothing to undo."))
    else:
        target = writer.operation(operation_id)
        if target.undoes is not None:
            return redo(writer, target.undoes, interview_id=None)
        if target.redoes is not None:
            return undo(writer, target.redoes, interview_id=None)
        if target.is_undone:
            raise Conflict(tr("This step is undone already. Nothing was changed."))
    doing = _latest(writer, "redoes", target.id) or target.id
    writer.begin(target.label, interview_id=target.interview_id, undoes=target.id)
    _reverse(writer, doing)
    _set_undone(writer, target.id, is_undone=True)
    return replace(target, is_undone=True)


def redo(writer: Writer, operation_id: int | None, *, interview_id: int | None) -> Operation:
    """Do an operation again that was undone, and return it. Parameters and errors as ``undo``."""
    if operation_id is None:
        target = writer.last_redoable(interview_id)
        if target is None:
            raise NotFound(tr("There is nothing to redo."))
    else:
        target = writer.operation(operation_id)
        if target.undoes is not None or target.redoes is not None:
            target = writer.operation(target.undoes or target.redoes or 0)
        if not target.is_undone:
            raise Conflict(tr("This step is not undone. Nothing was changed."))
    undoing = _latest(writer, "undoes", target.id)
    if undoing is None:
        raise NotFound(tr("There is nothing to redo."))
    writer.begin(target.label, interview_id=target.interview_id, redoes=target.id)
    _reverse(writer, undoing)
    _set_undone(writer, target.id, is_undone=False)
    return replace(target, is_undone=False)


def _latest(writer: Writer, what: str, operation_id: int) -> int | None:
    return writer.connection.execute(
        select(func.max(_operation.id)).where(_operation[what] == operation_id)
    ).scalar()


def _set_undone(writer: Writer, operation_id: int, *, is_undone: bool) -> None:
    writer.connection.execute(
        update(tables.operation).where(_operation.id == operation_id).values(is_undone=is_undone)
    )


def _reverse(writer: Writer, operation_id: int) -> None:
    """Put back what an operation changed, within the writer's operation."""
    connection = writer.connection
    entries = _entries(connection, operation_id)
    if any(entry.is_purged for entry in entries):
        raise Conflict(
            tr("Something this step changed was purged from the archive for good, so it cannot "
               "be taken back. Nothing was changed.")
        )  # fmt: skip
    _refuse_if_changed(connection, operation_id)
    own = {entry.row for entry in entries}
    inserted = {entry.table_name for entry in entries if entry.kind == "insert"}
    _refuse_if_needed(connection, operation_id, own, inserted)
    sqlite.defer_foreign_keys(connection)
    for (table_name, kind), run in groupby(
        entries, key=lambda entry: (entry.table_name, entry.kind)
    ):
        _reverse_run(connection, table_name, kind, list(run))
    touched = connection.execute(
        select(_journal.table_name, _journal.row_id)
        .where(_journal.operation_id == writer.operation_id)
        .distinct()
    )
    for table_name, row_id in touched:
        if (table_name, row_id) not in own:
            raise _refusal(connection, (table_name, row_id), before=writer.operation_id)


def _entries(connection: Connection, operation_id: int) -> list[_Entry]:
    """Return an operation's entries, the last one first."""
    rows = connection.execute(
        select(
            _journal.id,
            _journal.table_name,
            _journal.row_id,
            _journal.kind,
            _journal.before,
            _journal.is_purged,
        )
        .where(_journal.operation_id == operation_id)
        .order_by(_journal.id.desc())
    )
    return [_Entry(*row) for row in rows]


def _reverse_run(
    connection: Connection, table_name: str, kind: str, entries: Sequence[_Entry]
) -> None:
    """Take back neighbouring entries of one kind in one table."""
    raw = _raw_table(table_name)
    if kind == "insert":
        statement = delete(raw).where(raw.c.id == bindparam("row_id_"))
        connection.execute(statement, [{"row_id_": entry.row_id} for entry in entries])
        return
    images = [_image(table_name, entry.before) for entry in entries]
    for names, group in groupby(images, key=tuple):
        if kind == "delete":
            rows = [_completed(connection, table_name, image) for image in group]
            connection.execute(insert(raw), rows)
        else:
            connection.execute(
                _updating(table_name, names),
                [{f"{name}_": value for name, value in image.items()} for image in group],
            )


@cache
def _updating(table_name: str, names: tuple[str, ...]) -> Update:
    raw = _raw_table(table_name)
    changed = {name: bindparam(f"{name}_") for name in names if name != "id"}
    return update(raw).where(raw.c.id == bindparam("id_")).values(changed)


@cache
def _raw_table(table_name: str) -> TableClause:
    """Return a table whose values pass as they are stored, untouched by column types."""
    names = (stored.name for stored in tables.stored_columns(tables.table_of(table_name)))
    return table(table_name, *(column(name) for name in names))


def _completed(connection: Connection, table_name: str, image: dict[str, Any]) -> dict[str, Any]:
    """Return an image with the columns that it lacks, as they are stored by default."""
    missing = [
        stored
        for stored in tables.stored_columns(tables.table_of(table_name))
        if stored.name not in image
    ]
    for stored in missing:
        process = stored.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        value = getattr(stored.default, "arg", None)
        image[stored.name] = process(value) if process else value
    return image


def _image(table_name: str, before: str | None) -> dict[str, Any]:
    image: dict[str, Any] = json.loads(before or "{}")
    known = _raw_table(table_name).c
    return {name: value for name, value in image.items() if name in known}


def _images(connection: Connection, table_name: str, ids: Sequence[int]) -> dict[int, str]:
    """Return the images of rows as they are now, by id; rows that are gone are absent."""
    raw = _raw_table(table_name)
    image = literal_column(image_of(tables.table_of(table_name), table_name))
    found: dict[int, str] = {}
    for start in range(0, len(ids), _BLOCK):
        block = ids[start : start + _BLOCK]
        rows = connection.execute(select(raw.c.id, image).where(raw.c.id.in_(block)))
        found.update((row_id, text) for row_id, text in rows)
    return found


def _is_same(one: str | None, other: str | None) -> bool:
    """Tell whether two images show the same row, as far as both have the columns."""
    if one is None or other is None or one == other:
        return one == other
    left, right = json.loads(one), json.loads(other)
    return all(left[name] == right[name] for name in left.keys() & right.keys())


@cache
def _changes_behind() -> Select[Any, Any, Any, Any, Any]:
    """Return the query for the next entry behind each row that ``operation_id_`` touched.

    Made once: putting it together takes longer than asking.
    """
    own = (
        select(_journal.table_name, _journal.row_id, func.max(_journal.id).label("last"))
        .where(_journal.operation_id == bindparam("operation_id_"))
        .group_by(_journal.table_name, _journal.row_id)
        .subquery()
    )
    following = (
        select(func.min(_journal.id))
        .join_from(
            own,
            tables.journal,
            (_journal.table_name == own.c.table_name)
            & (_journal.row_id == own.c.row_id)
            & (_journal.id > own.c.last),
        )
        .group_by(_journal.table_name, _journal.row_id)
    )
    return (
        select(
            _journal.table_name, _journal.row_id, _journal.kind, _journal.before, _journal.is_purged
        )
        .where(_journal.id.in_(following))
        .order_by(_journal.table_name, _journal.row_id)
    )


def _refuse_if_changed(connection: Connection, operation_id: int) -> None:
    """Raise Conflict if a row is not as the operation left it."""
    later = connection.execute(_changes_behind(), {"operation_id_": operation_id}).all()
    for table_name, group in groupby(later, key=lambda row: row.table_name):
        rows = list(group)
        now = _images(connection, table_name, [row.row_id for row in rows])
        for row in rows:
            if row.is_purged or not _is_same(row.before, now.get(row.row_id)):
                raise _refusal(connection, (table_name, row.row_id), after=operation_id)


def _refuse_if_needed(
    connection: Connection, operation_id: int, own: set[Row], inserted: set[str]
) -> None:
    """Raise Conflict if rows that would go are referred to by rows of other operations.

    ``inserted`` are the tables that have such rows: only they are looked at.
    """
    for child in tables.metadata.sorted_tables:
        if child.name not in tables.TABLE_NAMES:
            continue
        for key in child.foreign_keys:
            parent = key.column.table
            if parent.name not in inserted:
                continue
            entry = tables.journal.alias()
            rows = connection.execute(
                select(child.c.id).join_from(
                    entry,
                    child,
                    (entry.c.operation_id == operation_id)
                    & (entry.c.table_name == parent.name)
                    & (entry.c.kind == "insert")
                    & (key.parent == entry.c.row_id),
                )
            )
            for (child_id,) in rows:
                if (child.name, child_id) not in own:
                    raise _refusal(connection, (child.name, child_id), after=operation_id)


def _refusal(
    connection: Connection, row: Row, *, after: int = 0, before: int | None = None
) -> Conflict:
    """Return the refusal that names the last operation on a row that still stands."""
    touched = (
        select(_operation.label)
        .join_from(tables.journal, tables.operation, _journal.operation_id == _operation.id)
        .where(_journal.table_name == row[0], _journal.row_id == row[1], _operation.id > after)
        .order_by(_operation.is_undone, _operation.undoes.is_not(None), _operation.id.desc())
    )
    if before is not None:
        touched = touched.where(_operation.id < before)
    label = connection.execute(touched.limit(1)).scalar()
    if label is None:
        return Conflict(
            tr("What this step did was changed since, so it cannot be taken back by itself. "
               "Nothing was changed. Undo the later steps first.")
        )  # fmt: skip
    return Conflict(
        tr("A later step, “{label}”, builds on this one, so it cannot be taken back by itself. "
           "Nothing was changed. Undo the later step first.", label=tr(label))
    )  # fmt: skip


def purge_images(connection: Connection, rows: Iterable[Row]) -> None:
    """Remove from the journal what rows once held; their operations cannot be undone any more."""
    parameters = [{"table_name_": name, "row_id_": row_id} for name, row_id in rows]
    if parameters:
        connection.execute(
            update(tables.journal)
            .where(
                _journal.table_name == bindparam("table_name_"),
                _journal.row_id == bindparam("row_id_"),
            )
            .values(before=None, is_purged=True),
            parameters,
        )
