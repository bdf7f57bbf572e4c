"""Bringing an older archive's tables up to date. The only importer of Alembic."""

from __future__ import annotations

import logging
from pathlib import Path

from archive_app.errors import ArchiveDamaged
from archive_app.paths import project_root
from archive_app.store import sqlite
from archive_app.store.sqlite_errors import mapped_errors
from archive_app.store.sqlite_triggers import create_triggers, drop_triggers
from archive_app.translation import tr

_log = logging.getLogger(__name__)


def upgrade(database: Path, *, scripts: Path | None = None, to: str = "head") -> None:
    """Run the migrations that a database lacks, in one transaction: all or nothing.

    Foreign keys are off meanwhile and checked before the commit; triggers are
    dropped first, as a migration is nothing that can be undone, and made anew.

    Raises:
        ArchiveDamaged: rows refer to what is not there; the archive is as it was.
        Environment: disk full or read-only; the archive is as it was.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts or project_root() / "schema"))
    config.set_main_option("path_separator", "os")
    engine = sqlite.migrating_engine(database)
    with mapped_errors(), engine.begin() as connection:  # the pool keeps nothing open
        drop_triggers(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        dangling = sqlite.check_foreign_keys(connection.connection.driver_connection)
        if dangling:
            raise ArchiveDamaged(
                tr(
                    "The archive could not be brought up to date, because parts of it refer to "
                    "others that are missing. Nothing was changed. Restore a copy from its "
                    "folder “backups”."
                ),
                details=", ".join(dangling),
            )
        create_triggers(connection)
    _log.info("archive upgraded")
