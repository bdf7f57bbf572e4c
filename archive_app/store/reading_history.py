"""Questions about the history: what was done, and what can be taken back."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, select

from archive_app.domain.records import Change, Operation
from archive_app.store import tables
from archive_app.store.reading_base import ReaderBase, record_columns

_operation = tables.operation.c
_journal = tables.journal.c
_OPERATION = record_columns(tables.operation, Operation)
_RECORDS_ONLY = ("dossier_export",)
"""Tables that tell what was done outside the archive, which nobody can take back."""
_IS_DO = (
    _operation.undoes.is_(None)
    & _operation.redoes.is_(None)
    & select(_journal.id)
    .where(_journal.operation_id == _operation.id, _journal.table_name.not_in(_RECORDS_ONLY))
    .correlate(tables.operation)
    .exists()
)
"""Whether a plain undo may mean it: it is no undo or redo, and changed more than such a record."""


class HistoryReader(ReaderBase):
    """Operations and the journal."""

    def operation(self, operation_id: int) -> Operation:
        """Return an operation."""
        return Operation(*self._one(select(*_OPERATION).where(_operation.id == operation_id)))

    def operations(
        self, limit: int = 100, *, interview_id: int | None = None, before_id: int | None = None
    ) -> list[Operation]:
        """Return operations, undos and redos among them, the last one first.

        ``before_id`` asks for those older than an operation, to go on with a list.
        """
        statement = _of(interview_id, select(*_OPERATION)).order_by(_operation.id.desc())
        if before_id is not None:
            statement = statement.where(_operation.id < before_id)
        return [Operation(*row) for row in self._rows(statement.limit(limit))]

    def changes_of(self, operation_id: int) -> tuple[Change, ...]:
        """Return the rows that an operation touched, once for each entry of the journal."""
        rows = self._rows(
            select(_journal.table_name, _journal.row_id, _journal.kind)
            .where(_journal.operation_id == operation_id)
            .order_by(_journal.id)
        )
        return tuple(Change(*row) for row in rows)

    def recordings_deleted_by(self, operation_id: int) -> list[str]:
        """Return the hashes of the recordings that an operation deleted; purged ones are absent."""
        before = tables.journal.c.before
        rows = self._rows(
            select(func.json_extract(before, "$.sha256")).where(
                _journal.operation_id == operation_id,
                _journal.table_name == "recording",
                _journal.kind == "delete",
                before.is_not(None),
            )
        )
        return [row[0] for row in rows]

    def last_undoable(self, interview_id: int | None = None) -> Operation | None:
        """Return what a plain undo would take back: the last thing done and not undone.

        What an archive came with (setting "history_begins_after", an operation's
        id) is not taken back by it: a sample must not be undone into nothing.
        """
        setting = tables.setting.c
        begins = self._connection.execute(
            select(setting.value).where(setting.key == "history_begins_after")
        ).scalar()
        found = self._rows(
            _of(interview_id, select(*_OPERATION))
            .where(
                _IS_DO,
                _operation.is_undone.is_(False),
                _operation.id > int(begins or 0),
            )
            .order_by(_operation.id.desc())
            .limit(1)
        )
        return Operation(*found[0]) if found else None

    def last_redoable(self, interview_id: int | None = None) -> Operation | None:
        """Return what a plain redo would do again: the last thing undone.

        None once something new was done since.
        """
        newest = self._connection.execute(
            _of(interview_id, select(func.max(_operation.id))).where(_IS_DO)
        ).scalar()
        undo = tables.operation.alias()
        found = self._rows(
            _of(interview_id, select(*_OPERATION))
            .join(undo, undo.c.undoes == _operation.id)
            .where(_operation.is_undone.is_(True), undo.c.id > (newest or 0))
            .order_by(undo.c.id.desc())
            .limit(1)
        )
        return Operation(*found[0]) if found else None

    def journal_position(self) -> int:
        """Return the number of the journal's last entry, 0 if there is none.

        It only grows, as long as the database is not replaced by an older copy;
        ``operation_uuid_at`` tells that.
        """
        return self._connection.execute(select(func.max(_journal.id))).scalar() or 0

    def operation_uuid_at(self, position: int) -> str:
        """Return the UUID of the operation that wrote a journal entry, "" if there is none.

        A cache that keeps it beside a position can tell this history from another.
        """
        statement = (
            select(_operation.uuid)
            .join_from(tables.journal, tables.operation, _journal.operation_id == _operation.id)
            .where(_journal.id == position)
        )
        return self._connection.execute(statement).scalar() or ""


def _of(interview_id: int | None, statement: Select[tuple[object]]) -> Select[tuple[object]]:
    condition: ColumnElement[bool] = _operation.interview_id == interview_id
    return statement if interview_id is None else statement.where(condition)
