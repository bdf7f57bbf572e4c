"""Migrations, schema.sql, metadata and triggers say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import sqlite as dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from archive_app.domain.records import Span
from archive_app.errors import BadValue, Conflict
from archive_app.paths import project_root
from archive_app.store import sqlite, tables
from archive_app.store.archive import Archive
from archive_app.store.folder import schema_script
from archive_app.store.schema_dump import dump_migrations, script_of
from archive_app.store.sqlite_triggers import all_triggers, existing_triggers
from archive_app.store.tables import TABLE_NAMES, metadata

ALEMBICS_OWN = """CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""


def lines_of(statement: str) -> list[str]:
    """A statement's parts, whatever the order of its constraints."""
    return sorted(line.strip().rstrip(", ") for line in statement.strip().splitlines())


def test_schema_sql_is_what_the_migrations_produce(tmp_path: Path) -> None:
    assert schema_script() == dump_migrations(tmp_path)


def test_a_new_archive_has_exactly_the_schema_in_schema_sql(archive: Archive) -> None:
    with sqlite.plain_connection(archive.database) as connection:
        assert script_of(connection) == schema_script()


def test_the_migrations_produce_what_the_metadata_says(archive: Archive) -> None:
    expected = [lines_of(ALEMBICS_OWN)]
    for table in metadata.sorted_tables:
        expected.append(lines_of(str(CreateTable(table).compile(dialect=dialect.dialect()))))
        expected += [
            lines_of(str(CreateIndex(index).compile(dialect=dialect.dialect())))
            for index in table.indexes
        ]
    with sqlite.plain_connection(archive.database) as connection:
        found = [lines_of(statement) for statement in sqlite.schema_statements(connection)]
    assert sorted(found) == sorted(expected)


def test_the_newest_revision_is_the_one_the_program_knows() -> None:
    names = sorted(path.name for path in (project_root() / "schema" / "versions").glob("*.py"))
    assert names[-1].startswith(f"{tables.SCHEMA_VERSION}_")


def test_every_table_has_its_three_triggers_as_the_metadata_says(archive: Archive) -> None:
    with sqlite.plain_connection(archive.database) as connection:
        found = existing_triggers(connection)
    assert found == all_triggers()
    journaled = {table.name for table in metadata.sorted_tables} - {"operation", "journal"}
    assert journaled == set(TABLE_NAMES)
    assert len(found) == 3 * len(journaled)


def test_an_update_trigger_looks_at_every_column_and_keeps_every_column() -> None:
    triggers = all_triggers()
    for name in TABLE_NAMES:
        for column in tables.stored_columns(tables.table_of(name)):
            assert (
                f'OLD."{column.name}" IS NOT NEW."{column.name}"'
                in triggers[f"journal_{name}_update"]
            )
            for kind in ("update", "delete"):
                assert (
                    f"'{column.name}', OLD.\"{column.name}\"" in triggers[f"journal_{name}_{kind}"]
                )


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_constraint_is_named_and_every_foreign_key_indexed(table: Table) -> None:
    assert all(constraint.name for constraint in table.constraints)
    indexed = {index.columns.values()[0].name for index in table.indexes}
    assert {key.parent.name for key in table.foreign_keys} <= indexed
    assert re.fullmatch(r"[a-z_]+", table.name)


def test_an_accession_number_is_given_once(archive: Archive) -> None:
    with archive.write("Add") as writer:
        writer.insert("interview", accession="A-1")
    with pytest.raises(Conflict, match="accession number"), archive.write("Add") as writer:
        writer.insert("interview", accession="A-1")


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("interview", {"accession": ""}),
        ("interview", {"accession": "A-2", "status": "lost"}),
        ("place", {"latitude": 91.0, "longitude": 0.0}),
        ("place", {"latitude": 10.0}),
        ("index_point", {"interview_id": 1, "start_ms": 5, "end_ms": 4}),
        ("turn", {"transcript_id": 1, "position": 1, "text": "", "start_ms": 5, "end_ms": 4}),
        ("tagging", {"tag_id": 1, "transcript_id": 1, "span": Span(1, 2, 1, 2)}),
        ("restriction", {"interview_id": 1, "shut_out": "public"}),
        (
            "restriction",
            {"interview_id": 1, "shut_out": "public", "layer": "index", "transcript_id": 1},
        ),
        ("collection", {"kind": "heap"}),
    ],
)
def test_a_value_outside_of_what_its_field_allows_is_refused(
    archive: Archive, table: tables.TableName, values: dict[str, object]
) -> None:
    with archive.write("Add") as writer:
        interview = writer.insert("interview", accession="A-1")
        transcript = writer.insert("transcript", interview_id=interview)
        writer.insert("turn", transcript_id=transcript, position=1, text="text")
        writer.insert("tag", vocabulary_id=writer.insert("vocabulary"))
    with pytest.raises(BadValue), archive.write("Add") as writer:
        writer.insert(table, **values)
