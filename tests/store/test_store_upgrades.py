"""An archive of an older version keeps everything in it when it is brought up to date."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from archive_app.domain.records import Audience, Span
from archive_app.paths import project_root
from archive_app.store import sqlite, tables
from archive_app.store.archive import Archive
from archive_app.store.sqlite_triggers import all_triggers, existing_triggers

HEADING = ["Leaving", "Дом"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An archive's folder whose tables are those of the version before dossiers had texts."""
    folder = tmp_path / "Old.oralhistory"
    Archive.create(folder, name="Old").close()
    database = folder / "archive.db"
    sqlite.forget(database)
    sqlite.create_database(database, "")
    upgrade_to(database, "0002")
    with sqlite.plain_connection(database) as connection:
        connection.executescript(
            """
            INSERT INTO setting (key, value) VALUES ('uuid', 'u'), ('name', 'Old');
            INSERT INTO operation (id, uuid, label, who, at, is_undone)
                VALUES (1, 'o1', 'Make dossier', '', '2026-01-01T00:00:00.000000+00:00', 0),
                       (2, 'o2', 'Remove from dossier', '', '2026-01-02T00:00:00.000000+00:00', 0);
            INSERT INTO interview (id, uuid, accession, titles, abstract, date, languages, status,
                circumstances, subjects, keywords, rights_holder, licence, usage_note, funder,
                identifiers, extra)
                VALUES (1, 'i1', 'A-1', '{}', '', '', '[]', 'recorded', '', '[]', '[]', '', '', '',
                '', '[]', '{}');
            INSERT INTO dossier (id, uuid, title, description, author, settings)
                VALUES (3, 'd3', 'Going', 'About', 'Ana', '{"paper":"a5"}');
            INSERT INTO dossier_item (id, uuid, dossier_id, position, kind, text, interview_id,
                transcript_id, start_turn, start, end_turn, "end", settings)
                VALUES (4, 'x4', 3, 0, 'heading', 'Leaving', NULL, NULL, NULL, NULL, NULL, NULL,
                        '{}'),
                       (6, 'x6', 3, 1, 'interview', 'so it was', 1, NULL, NULL, NULL, NULL, NULL,
                        '{"a":"b"}'),
                       (7, 'x7', 3, 2, 'passage', '', 1, NULL, 11, 2, 12, 5, '{}'),
                       (9, 'x9', 3, 3, 'heading', 'Дом', NULL, NULL, NULL, NULL, NULL, NULL, '{}');
            """
        )
        # The newest item was taken out of the dossier: its image is the old table's.
        image = {
            "id": 9, "uuid": "x9", "dossier_id": 3, "position": 3, "kind": "heading",
            "text": "Дом", "interview_id": None, "transcript_id": None, "start_turn": None,
            "start": None, "end_turn": None, "end": None, "settings": "{}",
        }  # fmt: skip
        connection.execute("DELETE FROM dossier_item WHERE id = 9")
        connection.execute(
            "INSERT INTO journal (operation_id, table_name, row_id, kind, before, is_purged)"
            " VALUES (2, 'dossier_item', 9, 'delete', ?, 0)",
            (json.dumps(image, ensure_ascii=False),),
        )
        connection.commit()
    return folder


def upgrade_to(database: Path, version: str) -> None:
    """Make the tables of an older version; the program's triggers do not fit them."""
    config = Config()
    config.set_main_option("script_location", str(project_root() / "schema"))
    config.set_main_option("path_separator", "os")
    with sqlite.migrating_engine(database).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def test_every_dossier_stands_after_the_upgrade_and_a_copy_from_before_is_kept(old: Path) -> None:
    with Archive.open(old) as archive:
        with archive.read() as reader:
            (dossier,) = reader.dossiers()
        (copy,) = archive.backups_folder.iterdir()
        assert (dossier.title, dossier.author, dossier.description) == ("Going", "Ana", "About")
        assert dict(dossier.settings) == {"paper": "a5"}
        assert [(one.id, one.uuid, one.kind, one.text) for one in dossier.items] == [
            (4, "x4", "heading", "Leaving"),
            (6, "x6", "interview", "so it was"),
            (7, "x7", "passage", ""),
        ]
        assert dossier.items[2].span == Span(11, 2, 12, 5)
        assert [(one.level, one.body, one.seen) for one in dossier.items] == [(1, "", "")] * 3
    with sqlite.plain_connection(copy) as connection:
        assert sqlite.schema_version(connection) == "0002"
    with sqlite.plain_connection(old / "archive.db") as connection:
        assert sqlite.schema_version(connection) == tables.SCHEMA_VERSION
        assert existing_triggers(connection) == all_triggers()
        assert sqlite.check_pages(connection, thorough=True) == ()


def test_what_was_done_before_the_upgrade_can_be_undone_after_it(old: Path) -> None:
    with Archive.open(old) as archive:
        archive.undo()
        with archive.read() as reader:
            (dossier,) = reader.dossiers()
        assert [one.text for one in dossier.items if one.kind == "heading"] == HEADING
        assert dossier.items[-1].level == 1


def test_ids_of_items_are_never_used_again_after_the_upgrade(old: Path) -> None:
    with Archive.open(old) as archive, archive.write("Add") as writer:
        assert writer.insert("dossier_item", dossier_id=3, kind="text", body="[]") == 10


def test_a_dossier_takes_the_new_kinds_and_keeps_what_was_made_of_it(old: Path) -> None:
    with Archive.open(old) as archive:
        with archive.write("Add") as writer:
            point = writer.insert("index_point", interview_id=1, start_ms=0)
            writer.insert(
                "dossier_item", dossier_id=3, position=9, kind="point", interview_id=1,
                index_point_id=point,
            )  # fmt: skip
            first = writer.insert("dossier_export", dossier_id=3, audience=Audience.PUBLIC,
                                  on=date(2026, 1, 1), proof="{}", pages=4)  # fmt: skip
            second = writer.insert("dossier_export", dossier_id=3, audience=Audience.STAFF,
                                   on=date(2026, 1, 2))  # fmt: skip
        with archive.write("Delete") as writer:
            writer.delete("index_point", point)
        with archive.read() as reader:
            assert [one.id for one in reader.dossier_exports(3)] == [second, first]
            assert reader.dossier(3).items[-1].index_point_id is None
        archive.undo()
        with archive.read() as reader:
            assert reader.dossier(3).items[-1].index_point_id == point
