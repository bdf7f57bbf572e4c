# ruff: noqa: S608 - all SQL here is made of the tables' own names
"""The triggers that write the journal, made from the tables' own metadata.

They stand in the database itself, so nothing that writes can go round them, and
they are made anew after each migration.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table

from archive_app.store.tables import TABLE_NAMES, stored_columns, table_of

PREFIX = "journal_"

_WITHOUT_NOTES = ("note",)


def image_of(table: Table, row: str) -> str:
    """Return the SQL that makes a row's image: a JSON object of all its written columns.

    ``row`` is a table's name or alias, or "OLD" in a trigger.
    """
    pairs = ", ".join(
        f"'{column.name}', {row}.\"{column.name}\"" for column in stored_columns(table)
    )
    return f"json_object({pairs})"


def triggers_of(table: Table) -> dict[str, str]:
    """Return the CREATE statements of a table's three triggers, by name."""
    name = table.name
    entry = (
        'INSERT INTO journal (operation_id, table_name, row_id, kind, "before", is_purged) '
        f"VALUES ((SELECT max(id) FROM operation), '{name}', "
    )
    changed = " OR ".join(
        f'OLD."{column.name}" IS NOT NEW."{column.name}"' for column in stored_columns(table)
    )
    notes = (
        ""
        if name in _WITHOUT_NOTES
        else f" DELETE FROM note WHERE \"table\" = '{name}' AND row_id = OLD.id;"
    )
    head = f'CREATE TRIGGER "{PREFIX}{name}_'
    return {
        f"{PREFIX}{name}_insert": f'{head}insert" AFTER INSERT ON "{name}" '
        f"BEGIN {entry}NEW.id, 'insert', NULL, 0); END",
        f"{PREFIX}{name}_update": f'{head}update" AFTER UPDATE ON "{name}" WHEN {changed} '
        f"BEGIN {entry}NEW.id, 'update', {image_of(table, 'OLD')}, 0); END",
        f"{PREFIX}{name}_delete": f'{head}delete" AFTER DELETE ON "{name}" '
        f"BEGIN {entry}OLD.id, 'delete', {image_of(table, 'OLD')}, 0);{notes} END",
    }


def all_triggers() -> dict[str, str]:
    """Return the CREATE statements of all triggers, by name."""
    return {
        trigger: statement
        for name in TABLE_NAMES
        for trigger, statement in triggers_of(table_of(name)).items()
    }


def existing_triggers(connection: Any) -> dict[str, str]:
    """Return the triggers that a database has, by name, with their SQL.

    Takes a driver's connection.
    """
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {str(name): str(sql) for name, sql in rows}


def drop_triggers(connection: Connection) -> None:
    """Remove all triggers before a migration, which is no operation of a person."""
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in rows.all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def create_triggers(connection: Connection) -> None:
    """Make all triggers anew."""
    drop_triggers(connection)
    for statement in all_triggers().values():
        connection.exec_driver_sql(statement)
