"""Writes ``schema/schema.sql`` from the migrations: ``python -m archive_app.store.schema_dump``.

The file is what a new archive is made from, and what a person reads to learn the
tables. Triggers are not in it: they are made from the tables' metadata.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from archive_app.paths import project_root
from archive_app.store import sqlite
from archive_app.store.tables import SCHEMA_VERSION
from archive_app.store.upgrading import upgrade

_HEAD = """-- The tables of an archive. Generated from the migrations in schema/versions by
-- python -m archive_app.store.schema_dump; do not edit.
"""


def dump_migrations(folder: Path) -> str:
    """Return the SQL that the migrations together amount to; ``folder`` is for a scratch file."""
    database = folder / "scratch.db"
    sqlite.create_database(database, "")
    upgrade(database)
    with sqlite.plain_connection(database) as connection:
        return script_of(connection)


def script_of(connection: object) -> str:
    """Return the SQL of a database's tables and indexes, in a stable order."""
    statements = sqlite.schema_statements(connection)
    version = f"INSERT INTO alembic_version VALUES ('{SCHEMA_VERSION}')"  # noqa: S608 - our own
    return _HEAD + "".join(f"\n{statement};\n" for statement in (*statements, version))


def main() -> None:
    """Write the file anew."""
    with tempfile.TemporaryDirectory() as folder:
        script = dump_migrations(Path(folder))
    (project_root() / "schema" / "schema.sql").write_text(script, encoding="utf-8")


if __name__ == "__main__":
    main()
