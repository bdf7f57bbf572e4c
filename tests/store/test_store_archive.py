"""The archive's folder: made whole, opened with care, backed up, restored, upgraded."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from archive_app.domain.progress import NO_PROGRESS
from archive_app.errors import (
    ArchiveDamaged,
    ArchiveTooNew,
    BadInput,
    Bug,
    Cancelled,
    Conflict,
    Environment,
    MissingLibrary,
    NotFound,
)
from archive_app.paths import project_root
from archive_app.store import sqlite, tables
from archive_app.store.archive import Archive
from archive_app.store.folder import restore_database
from archive_app.store.sqlite_triggers import all_triggers, existing_triggers
from archive_app.store.upgrading import upgrade


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed archive with one person in it."""
    path = tmp_path / "Test.oralhistory"
    with Archive.create(path, name="Мој архив", who="Ana") as archive:
        add_person(archive)
    return path


def add_person(archive: Archive) -> None:
    with archive.write("Add") as writer:
        writer.insert("person", public_name="Вера")


def people(archive: Archive) -> int:
    with archive.read() as reader:
        return reader.counts().people


def test_a_new_archive_has_a_name_an_identity_and_its_folders(folder: Path) -> None:
    with Archive.open(folder) as archive:
        assert archive.name == "Мој архив"
        assert len(archive.uuid) == 36
        assert archive.media_folder.is_dir()
        assert archive.backups_folder.is_dir()
        with archive.read() as reader:
            assert reader.setting("time_zone")
            assert reader.setting("created")
            assert reader.last_undoable() is not None


def test_an_archive_is_never_made_over_something(tmp_path: Path) -> None:
    (tmp_path / "A").mkdir()
    with pytest.raises(Conflict):
        Archive.create(tmp_path / "A", name="A")
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["A"]


def test_a_folder_without_a_database_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Archive.open(tmp_path / "nothing")


def test_opening_is_quick_and_needs_no_migrations(folder: Path) -> None:
    Archive.open(folder).close()
    begin = time.perf_counter()
    archive = Archive.open(folder)
    seconds = time.perf_counter() - begin
    archive.close()
    assert seconds < 0.15


def test_an_archive_that_is_closed_lies_in_one_file(folder: Path) -> None:
    assert not any(path.exists() for path in sqlite.side_files(folder / "archive.db"))


def test_a_closed_archive_is_not_used_any_more(folder: Path) -> None:
    archive = Archive.open(folder)
    archive.close()
    archive.close()
    with pytest.raises(Bug), archive.read():
        pass


def test_a_newer_archive_is_refused_and_left_as_it_is(folder: Path) -> None:
    with sqlite.plain_connection(folder / "archive.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (folder / "archive.db").read_bytes()
    with pytest.raises(ArchiveTooNew):
        Archive.open(folder)
    assert (folder / "archive.db").read_bytes() == before
    with sqlite.plain_connection(folder / "archive.db") as connection:
        connection.execute(f"UPDATE alembic_version SET version_num = '{tables.SCHEMA_VERSION}'")
    Archive.open(folder).close()  # the refusal gave the lock back


def test_another_programs_database_is_refused(folder: Path) -> None:
    with sqlite.plain_connection(folder / "archive.db") as connection:
        connection.execute("PRAGMA application_id=1")
    with pytest.raises(BadInput):
        Archive.open(folder)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_an_old_sqlite_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(MissingLibrary, match=r"3\.51\.3"):
        sqlite.check_version(version)


def test_a_backup_is_one_verified_file_with_everything_in_it(folder: Path) -> None:
    with Archive.open(folder) as archive:
        add_person(archive)
        copy = archive.backup()
        add_person(archive)
    assert copy.parent == folder / "backups"
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    with sqlite.plain_connection(copy) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (2,)
        assert sqlite.check_pages(connection, thorough=True) == ()


def test_a_backup_that_is_stopped_leaves_the_older_copy(folder: Path, tmp_path: Path) -> None:
    class Stop:
        def report(self, done: int, total: int, what: str = "") -> None:
            raise Cancelled(what)

    target = tmp_path / "copies" / "copy.db"
    with Archive.open(folder) as archive:
        archive.backup(target)
        before = target.read_bytes()
        with pytest.raises(Cancelled):
            archive.backup(target, Stop())
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_a_backup_can_be_made_while_somebody_writes(folder: Path, tmp_path: Path) -> None:
    with Archive.open(folder) as archive, archive.write("Add") as writer:
        writer.insert("person", public_name="not yet")
        copy = archive.backup(tmp_path / "copy.db")
        with sqlite.plain_connection(copy) as connection:
            assert connection.execute("SELECT count(*) FROM person").fetchone() == (1,)


def test_a_restored_database_does_not_take_over_the_log_of_the_one_before(folder: Path) -> None:
    with Archive.open(folder) as archive:
        copy = archive.backup()
        add_person(archive)
        # As a crash leaves it: the log beside the database holds what came last.
        left_behind = {path: path.read_bytes() for path in sqlite.side_files(archive.database)
                       if path.exists()}  # fmt: skip
        database = archive.database.read_bytes()
    for path, content in left_behind.items():
        path.write_bytes(content)
    (folder / "archive.db").write_bytes(database)
    aside = restore_database(copy, folder)
    assert aside is not None
    with Archive.open(folder) as archive:
        assert people(archive) == 1
        assert archive.check() == ()
    with sqlite.plain_connection(aside) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (2,)


def test_a_copy_becomes_an_archive_in_a_new_folder(folder: Path, tmp_path: Path) -> None:
    with Archive.open(folder) as archive:
        copy = archive.backup()
    assert restore_database(copy, tmp_path / "New.oralhistory") is None
    with Archive.open(tmp_path / "New.oralhistory") as archive:
        assert people(archive) == 1


def test_only_a_sound_copy_of_an_archive_is_restored(folder: Path, tmp_path: Path) -> None:
    with Archive.open(folder) as archive:
        copy = archive.backup()
    before = (folder / "archive.db").read_bytes()
    other = tmp_path / "other.db"
    other.write_bytes(b"")
    with pytest.raises(BadInput):
        restore_database(other, folder)
    damaged = bytearray(copy.read_bytes())
    damaged[4096 : 4096 * 20] = b"\xff" * (4096 * 19)
    other.write_bytes(damaged)
    with pytest.raises(ArchiveDamaged):
        restore_database(other, folder)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    with pytest.raises(Conflict):
        restore_database(copy, tmp_path / "full")
    assert (folder / "archive.db").read_bytes() == before


NEXT_REVISION = """
from alembic import op
import sqlalchemy as sa

revision = "{revision}"
down_revision = "{before}"

def upgrade():
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("born", sa.Text(), nullable=False, server_default="{born}"))
    {last}
"""


@pytest.fixture
def later_scripts(tmp_path: Path) -> Path:
    """The program's migrations and one more, as a later version would have them."""
    scripts = tmp_path / "schema"
    shutil.copytree(project_root() / "schema", scripts)
    return scripts


def write_revision(scripts: Path, *, last: str = "pass") -> None:
    (scripts / "versions" / "9000_later.py").write_text(
        NEXT_REVISION.format(revision="9000", before=tables.SCHEMA_VERSION, born="?", last=last)
    )


def test_a_migration_keeps_what_was_written_and_makes_the_triggers_anew(
    folder: Path, later_scripts: Path
) -> None:
    write_revision(later_scripts)
    upgrade(folder / "archive.db", scripts=later_scripts)
    with sqlite.plain_connection(folder / "archive.db") as connection:
        assert sqlite.schema_version(connection) == "9000"
        assert connection.execute("SELECT public_name, born FROM person").fetchall() == [
            ("Вера", "?")
        ]
        assert set(existing_triggers(connection)) == set(all_triggers())
        assert sqlite.check_foreign_keys(connection) == ()
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (1,)


ORPHAN = """op.execute(
        "INSERT INTO person_name (person_id, name, kind, language, position)"
        " VALUES (77, '', 'real', '', 1)"
    )"""


@pytest.mark.parametrize(
    ("last", "error"), [(ORPHAN, ArchiveDamaged), ("1 / 0", ZeroDivisionError)]
)
def test_a_migration_that_fails_leaves_the_archive_as_it_was(
    folder: Path, later_scripts: Path, last: str, error: type[Exception]
) -> None:
    write_revision(later_scripts, last=last)
    with pytest.raises(error):
        upgrade(folder / "archive.db", scripts=later_scripts)
    with Archive.open(folder) as archive:
        assert people(archive) == 1
        archive.undo()
        assert people(archive) == 0


def test_an_upgrade_is_preceded_by_a_copy(
    folder: Path, later_scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_revision(later_scripts)
    # The program as its next version will be: one revision more, in another folder.
    monkeypatch.setattr(tables, "SCHEMA_VERSION", "9000")
    monkeypatch.setattr("archive_app.store.upgrading.project_root", lambda: later_scripts.parent)
    with Archive.open(folder, progress=NO_PROGRESS) as archive:
        assert people(archive) == 1
        (copy,) = archive.backups_folder.iterdir()
        add_person(archive)
        archive.undo()
    with sqlite.plain_connection(copy) as connection:
        assert sqlite.schema_version(connection) != "9000"
    with Archive.open(folder) as archive:
        assert list(archive.backups_folder.iterdir()) == [copy]


def test_a_place_that_cannot_be_is_a_clear_refusal(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file" / "A.oralhistory", tmp_path / ("A" * 300)):
        with pytest.raises(Environment, match="Nothing was changed"):
            Archive.create(path, name="A")
