"""An archive's folder before it is open: made, looked over, upgraded, restored."""

from __future__ import annotations

import contextlib
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from archive_app.disk import sync_folder
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import ArchiveDamaged, ArchiveTooNew, BadInput, Conflict
from archive_app.paths import project_root
from archive_app.store import sqlite, tables
from archive_app.store.lock import ArchiveLock
from archive_app.store.sqlite_errors import mapped_errors
from archive_app.store.sqlite_triggers import create_triggers
from archive_app.translation import tr

SUFFIX = ".oralhistory"
DATABASE_NAME = "archive.db"
MEDIA_NAME = "media"
BACKUPS_NAME = "backups"

_ALWAYS_CHECKED_BYTES = 32 << 20
"""Up to this size the whole database is checked at each opening (some 70 ms, measured)."""


def backup_name(what: str) -> str:
    """Return a new file name for a copy of the database, that sorts by time."""
    return f"{what}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.db"


def schema_script() -> str:
    """Return the SQL that makes the tables of a new archive, generated from the migrations."""
    return (project_root() / "schema" / "schema.sql").read_text(encoding="utf-8")


def build_folder(draft: Path, name: str) -> None:
    """Make a new archive's folder."""
    draft.mkdir()
    (draft / MEDIA_NAME).mkdir()
    (draft / BACKUPS_NAME).mkdir()
    database = draft / DATABASE_NAME
    sqlite.create_database(database, schema_script())
    engine = sqlite.writing_engine(database)
    settings = {
        "uuid": str(uuid.uuid4()),
        "name": name,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "time_zone": _system_time_zone(),
    }
    try:
        with engine.begin() as connection:
            # Before the triggers: making an archive is nothing that can be undone.
            connection.execute(
                insert(tables.setting),
                [{"key": key, "value": value} for key, value in settings.items()],
            )
            create_triggers(connection)
        sqlite.checkpoint(engine)
    finally:
        engine.dispose()


def look_over(folder: Path, *, was_closed_well: bool, progress: Progress = NO_PROGRESS) -> None:
    """Check a locked archive's database and bring it up to date.

    A large one that was closed properly is not read through at each opening;
    ``Archive.check`` does that when it is asked to.

    Raises:
        BadInput: the database is another program's.
        ArchiveDamaged, ArchiveTooNew, Environment: as they say; nothing was changed.
    """
    database = folder / DATABASE_NAME
    is_small = database.stat().st_size <= _ALWAYS_CHECKED_BYTES
    if is_small or not was_closed_well:
        progress.report(0, 0, tr("Checking the database"))
    version = _checked_version(database, folder, is_thorough=is_small or not was_closed_well)
    if version == tables.SCHEMA_VERSION:
        return
    if version > tables.SCHEMA_VERSION:
        raise ArchiveTooNew(
            tr(
                "The archive was written by a newer version of this program. Nothing was "
                "changed. Install the newest version and open it again."
            ),
            details=f"{version} > {tables.SCHEMA_VERSION}",
        )
    from archive_app.store.upgrading import upgrade

    copy = folder / BACKUPS_NAME / backup_name(f"before-upgrade-from-{version}")
    with mapped_errors():
        copy.parent.mkdir(exist_ok=True)
    sqlite.copy_database(database, copy, progress)
    upgrade(database)


def _checked_version(database: Path, folder: Path, *, is_thorough: bool) -> str:
    """Return the schema's version of a database that passed its checks."""
    try:
        with sqlite.plain_connection(database) as connection:
            complaints = sqlite.check_pages(connection) if is_thorough else ()
            application = sqlite.application_id(connection)
            version = sqlite.schema_version(connection)
    except ArchiveDamaged as error:
        raise damaged(folder, error.details) from error
    if complaints:
        raise damaged(folder, "\n".join(complaints))
    if application not in (0, sqlite.APPLICATION_ID):
        raise BadInput(
            tr(
                "The database at {path} belongs to another program. Nothing was changed.",
                path=database,
            )
        )
    if application == 0 or version is None:
        raise damaged(folder, "no application id or no schema version")
    return version


def restore_database(
    copy: Path, folder: Path, *, who: str = "", progress: Progress = NO_PROGRESS
) -> Path | None:
    """Put a copy of a database in an archive's folder, in place of the one that is there.

    A folder that does not exist is made. The database that was there is set
    aside in "backups", with what SQLite keeps beside it: a write-ahead log left
    behind would be replayed into the restored one. Returns where it was set
    aside, None if there was none. Media are not touched.

    Raises:
        BadInput: the copy is no archive's database.
        ArchiveDamaged: the copy is damaged; nothing was changed.
        ArchiveLocked: the archive is open.
        Conflict: the folder holds other things, but no archive.
    """
    sqlite.check_version()
    _expect_archive(copy)
    database = folder / DATABASE_NAME
    draft = folder / f"{DATABASE_NAME}.restored"
    # What a restore that was cut short may have left counts as an archive too.
    own = (database, draft, *sqlite.side_files(database))
    with mapped_errors():
        is_archive = any(path.exists() for path in own)
        if folder.exists() and any(folder.iterdir()) and not is_archive:
            raise Conflict(
                tr(
                    "The folder {path} holds something else already. Nothing was changed. "
                    "Choose an empty folder or a new name.",
                    path=folder,
                )
            )
        for path in (folder, folder / MEDIA_NAME, folder / BACKUPS_NAME):
            path.mkdir(parents=True, exist_ok=True)
    lock = ArchiveLock.take(folder, who=who)
    try:
        sqlite.copy_database(copy, draft, progress)
        with mapped_errors():
            aside = _set_aside(database)
            draft.replace(database)
            sync_folder(folder)
        return aside
    finally:
        lock.release()


def _expect_archive(copy: Path) -> None:
    try:
        with sqlite.plain_connection(copy) as connection:
            application = sqlite.application_id(connection)
            complaints = sqlite.check_pages(connection, thorough=True)
    except ArchiveDamaged as error:
        complaints, application = (error.details,), sqlite.APPLICATION_ID
    if application != sqlite.APPLICATION_ID:
        raise BadInput(
            tr("{path} is no copy of an archive's database. Nothing was changed.", path=copy)
        )
    if complaints:
        raise ArchiveDamaged(
            tr(
                "The copy at {path} is damaged. Nothing was changed. Choose another copy.",
                path=copy,
            ),
            details="\n".join(complaints),
        )


def _set_aside(database: Path) -> Path | None:
    """Move a database, with what belongs to it, into the folder of backups."""
    aside = database.parent / BACKUPS_NAME / backup_name("replaced")
    for path in (database, *sqlite.side_files(database)):
        if path.exists():
            path.rename(aside.with_name(aside.name + path.name.removeprefix(database.name)))
    return aside if aside.exists() else None


def damaged(folder: Path, details: str = "") -> ArchiveDamaged:
    """Return the error for a database that did not pass its check."""
    return ArchiveDamaged(
        tr(
            "The archive's database is damaged. Nothing was changed. Keep a copy of the folder "
            "{folder}, then restore the newest copy from {backups}.",
            folder=folder,
            backups=folder / BACKUPS_NAME,
        ),
        details=details,
    )


def _system_time_zone() -> str:
    """Return the name of the computer's time zone (IANA), "UTC" if it cannot be told."""
    if zone := os.environ.get("TZ", "").lstrip(":"):
        return zone
    with contextlib.suppress(OSError):
        parts = Path("/etc/localtime").resolve().parts
        if "zoneinfo" in parts:
            return "/".join(parts[parts.index("zoneinfo") + 1 :])
    return "UTC"
