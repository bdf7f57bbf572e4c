"""What is SQLite's own: driver, connections, pragmas, checks, ids and copies.

Together with ``sqlite_triggers`` and ``sqlite_errors`` this is all that a move to
another database would have to replace.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import sqlcipher3.dbapi2 as driver  # pyright: ignore[reportMissingTypeStubs]
from sqlalchemy import Connection, Engine, Table, create_engine, event, func, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.sql.elements import ColumnElement

from archive_app.disk import sync_folder
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import ArchiveDamaged, MissingLibrary
from archive_app.store.sqlite_errors import map_engine_errors, mapped_errors
from archive_app.translation import tr

OLDEST_SQLITE = (3, 51, 3)
"""3.7.0 to 3.51.2 can corrupt a WAL database: https://sqlite.org/wal.html#walresetbug."""

APPLICATION_ID = 0x4F484172
"""PRAGMA application_id, "OHAr": a database of this program and of no other."""

SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; they go wherever it goes."""

_PAGES_A_STEP = 2_000
_FULL = 2
"""PRAGMA synchronous: each commit is on the disk before it is acknowledged."""


def check_version(version: tuple[int, ...] = cast("Any", driver).sqlite_version_info) -> None:
    """Refuse an SQLite that could damage the archive.

    Raises:
        MissingLibrary: the library is older than OLDEST_SQLITE.
    """
    if version < OLDEST_SQLITE:
        raise MissingLibrary(
            tr(
                "The SQLite library on this computer ({found}) is too old to keep an archive "
                "safe. Nothing was opened. Install the package sqlcipher3 anew; it carries "
                "SQLite {needed} or later.",
                found=".".join(map(str, version)),
                needed=".".join(map(str, OLDEST_SQLITE)),
            )
        )


def _connect(database: Path, pragmas: tuple[str, ...]) -> DBAPIConnection:
    # mode=rw: a database that is gone must not come back as an empty one.
    address = database.resolve().as_uri()
    if not address.startswith("file:///"):  # a Windows share: SQLite takes no host in an address
        address = address.replace("file://", "file:////", 1)
    connection = cast("Any", driver).connect(
        f"{address}?mode=rw", uri=True, timeout=10, check_same_thread=False
    )
    # SQLAlchemy's recipe: the driver begins nothing by itself, the "begin" event does.
    # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#enabling-non-legacy-sqlite-transactional-modes-with-the-sqlite3-or-aiosqlite-driver
    connection.isolation_level = None
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _engine(database: Path, *, begin: str, pragmas: tuple[str, ...], **pool: Any) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=lambda: _connect(database, pragmas),
        hide_parameters=True,  # an error's text must never hold testimony
        insertmanyvalues_page_size=1000,
        **pool,
    )

    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", begin_transaction)
    map_engine_errors(engine)
    return engine


def writing_engine(database: Path) -> Engine:
    """Return the engine with the archive's one writing connection."""
    return _engine(
        database,
        begin="BEGIN IMMEDIATE",
        pragmas=(
            "journal_mode=WAL",
            f"synchronous={_FULL}",
            "fullfsync=ON",  # macOS: fsync alone leaves data in the drive's cache
            "checkpoint_fullfsync=ON",
            "foreign_keys=ON",
            "cache_size=-32000",
        ),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
    )


def reading_engine(database: Path) -> Engine:
    """Return an engine whose connections, one for each reader at a time, cannot write."""
    return _engine(
        database,
        begin="BEGIN",
        pragmas=("query_only=ON", "cache_size=-16000"),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=-1,
    )


def migrating_engine(database: Path) -> Engine:
    """Return an engine for migrations: foreign keys off, since batch mode drops tables."""
    return _engine(
        database,
        begin="BEGIN IMMEDIATE",
        pragmas=(f"synchronous={_FULL}", "foreign_keys=OFF"),
        poolclass=NullPool,
    )


@contextlib.contextmanager
def plain_connection(database: Path) -> Iterator[Any]:
    """Give a driver's connection to an existing database, closed on leaving."""
    with mapped_errors(), contextlib.closing(cast("Any", _connect(database, ()))) as connection:
        yield connection


def create_database(database: Path, script: str) -> None:
    """Make a new database from the schema's SQL."""
    with mapped_errors():
        database.touch(exist_ok=False)
        with plain_connection(database) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.executescript(f"BEGIN;\n{script}\nCOMMIT;")


def application_id(connection: Any) -> int:
    """Return the number by which a database says which program it belongs to."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def schema_version(connection: Any) -> str | None:
    """Return the revision that Alembic noted, or None; without importing Alembic."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    if found is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def schema_statements(connection: Any) -> tuple[str, ...]:
    """Return the CREATE statements of tables and then of indexes, each in order of names."""
    rows = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
        " AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name"
    )
    return tuple("\n".join(line.rstrip() for line in row[0].splitlines()) for row in rows)


def check_pages(connection: Any, *, thorough: bool = False) -> tuple[str, ...]:
    """Return what SQLite's own check complains of, empty if nothing.

    The quick form reads every page but does not compare indexes with tables.
    """
    pragma = "integrity_check" if thorough else "quick_check"
    complaints = tuple(str(row[0]) for row in connection.execute(f"PRAGMA {pragma}(20)"))
    return () if complaints == ("ok",) else complaints


def check_foreign_keys(connection: Any) -> tuple[str, ...]:
    """Return the tables that hold a row whose parent is missing."""
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return tuple(sorted({str(row[0]) for row in rows}))


def defer_foreign_keys(connection: Connection) -> None:
    """Check foreign keys at this transaction's commit only."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


def first_free_id(connection: Connection, table: Table) -> int:
    """Return an id from which on none was ever used in the table.

    Ids are never used twice (AUTOINCREMENT), and only one connection writes.
    """
    last = connection.execute(
        text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
    ).scalar()
    return (last or 0) + 1


def json_value(column: ColumnElement[Any], key: str) -> ColumnElement[Any]:
    """Return an expression for one value of an image in the journal."""
    return func.json_extract(column, f"$.{key}")


def checkpoint(engine: Engine) -> None:
    """Move everything from the write-ahead log into the database, as far as readers allow."""
    _run_alone(engine, "PRAGMA wal_checkpoint(TRUNCATE)")


def vacuum(engine: Engine) -> None:
    """Build the database anew, so that deleted text is gone from its file and its log."""
    _run_alone(engine, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")


def _run_alone(engine: Engine, *statements: str) -> None:
    """Run statements outside of any transaction, where the "begin" event would start one."""
    with mapped_errors(), contextlib.closing(engine.raw_connection()) as connection:
        for statement in statements:
            cast("Any", connection.driver_connection).execute(statement).fetchall()


def copy_database(source: Path, target: Path, progress: Progress = NO_PROGRESS) -> None:
    """Write a verified copy of a database, as it stands now, beside ``target`` and move it there.

    SQLite's backup API; the copy is one file that needs nothing beside it. A
    failure or Cancelled leaves whatever stood at ``target`` before.

    Raises:
        ArchiveDamaged: the copy does not pass the integrity check.
    """
    partial = target.with_name(f"{target.name}.partial")
    forget(partial)
    try:
        with mapped_errors():
            partial.touch(exist_ok=False)
            with plain_connection(source) as original, plain_connection(partial) as copy:
                # A read transaction of its own: writes meanwhile do not make it begin again.
                original.execute("BEGIN")
                original.execute("SELECT count(*) FROM sqlite_master").fetchone()
                _run_backup(original, copy, progress)
                copy.execute("PRAGMA journal_mode=DELETE")
                complaints = check_pages(copy, thorough=True)
            if complaints:
                raise ArchiveDamaged(
                    tr(
                        "The copy of the archive's database is damaged and was not kept. "
                        "The archive itself was not touched. Check the disk, then try again."
                    ),
                    details="\n".join(complaints),
                )
            sync_file(partial)
            partial.replace(target)
            sync_folder(target.parent)
    finally:
        forget(partial)


def _run_backup(original: Any, copy: Any, progress: Progress) -> None:
    def step(_status: int, remaining: int, total: int) -> None:
        progress.report(total - remaining, total, tr("Copying the database"))

    original.backup(copy, pages=_PAGES_A_STEP, progress=step)


def forget(database: Path) -> None:
    """Remove a database and what SQLite keeps beside it."""
    for path in (database, *side_files(database)):
        path.unlink(missing_ok=True)


def side_files(database: Path) -> tuple[Path, ...]:
    """Return the paths beside a database that belong to it, whether they exist or not."""
    return tuple(database.with_name(database.name + suffix) for suffix in SIDE_FILES)


def sync_file(path: Path) -> None:
    """Make a file's content survive a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
