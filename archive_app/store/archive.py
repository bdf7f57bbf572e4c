"""The archive's folder and database: create, open, read, write, back up, close."""

from __future__ import annotations

import contextlib
import shutil
import threading
import uuid
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from archive_app.disk import sync_folder
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Operation, Outcome
from archive_app.errors import Bug, Conflict, Environment, NotFound
from archive_app.store import journal, sqlite
from archive_app.store.folder import (
    BACKUPS_NAME,
    DATABASE_NAME,
    MEDIA_NAME,
    backup_name,
    build_folder,
    look_over,
)
from archive_app.store.lock import ArchiveLock
from archive_app.store.reading import Reader
from archive_app.store.sqlite_errors import mapped_errors
from archive_app.store.writing import Writer
from archive_app.translation import tr


class Archive:
    """An open archive: one folder that this process has locked.

    Reads may run on any thread and at once; writes happen one at a time.
    """

    def __init__(self, folder: Path, lock: ArchiveLock, *, who: str) -> None:
        """For ``open`` alone: the folder is locked and its database has been looked at."""
        self.folder = folder
        self.who = who
        self._lock = lock
        self._write_engine: Engine = sqlite.writing_engine(self.database)
        self._read_engine: Engine = sqlite.reading_engine(self.database)
        self._writing = threading.Lock()
        self._writer_thread: int | None = None
        self._is_closed = False
        with self.read() as reader:
            self.uuid = reader.setting("uuid") or ""

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.folder / DATABASE_NAME

    @property
    def media_folder(self) -> Path:
        """Where the originals lie."""
        return self.folder / MEDIA_NAME

    @property
    def backups_folder(self) -> Path:
        """Where verified copies of the database lie."""
        return self.folder / BACKUPS_NAME

    @property
    def name(self) -> str:
        """The archive's name, as it stands now."""
        with self.read() as reader:
            return reader.setting("name") or self.folder.stem

    @classmethod
    def create(cls, folder: Path, *, name: str, who: str = "") -> Archive:
        """Make an empty archive and open it.

        It is built beside ``folder`` and moved there whole.

        Raises:
            Conflict: something stands there already.
            Environment: the place cannot be written to, or the disk is full.
        """
        sqlite.check_version()
        folder = folder.absolute()
        with mapped_errors():
            is_taken = folder.exists()
        if is_taken:
            raise Conflict(
                tr(
                    "There is already something at {path}. Nothing was changed. Choose another "
                    "name or place.",
                    path=folder,
                )
            )
        draft = folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}.new")
        with mapped_errors():
            folder.parent.mkdir(parents=True, exist_ok=True)
            try:
                build_folder(draft, name)
                draft.rename(folder)
                sync_folder(folder.parent)
            except BaseException:
                shutil.rmtree(draft, ignore_errors=True)
                raise
        return cls.open(folder, who=who)

    @classmethod
    def open(cls, folder: Path, *, who: str = "", progress: Progress = NO_PROGRESS) -> Archive:
        """Lock an archive, look it over, upgrade it if it is older, and return it open.

        ``who`` is written beside what is done, and shown to whoever finds it locked.

        Raises:
            NotFound: there is no archive.
            ArchiveLocked, ArchiveDamaged, ArchiveTooNew, MissingLibrary, Environment: as they say.
        """
        sqlite.check_version()
        folder = folder.absolute()
        with mapped_errors():
            is_archive = (folder / DATABASE_NAME).is_file()
        if not is_archive:
            raise NotFound(
                tr(
                    "There is no archive at {path}. An archive is a folder that holds the file "
                    "“{file}”.",
                    path=folder,
                    file=DATABASE_NAME,
                )
            )
        lock = ArchiveLock.take(folder, who=who)
        try:
            look_over(folder, was_closed_well=lock.was_given_back, progress=progress)
            with mapped_errors():
                for name in (MEDIA_NAME, BACKUPS_NAME):
                    (folder / name).mkdir(exist_ok=True)
            return cls(folder, lock, who=who)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Empty the write-ahead log into the database and give the lock back.

        Waits for a write that runs; calling it twice does no harm. Where the disk
        is full the log stays as it is, and nothing is lost.
        """
        with self._writing:
            if self._is_closed:
                return
            self._is_closed = True
            try:
                self._read_engine.dispose()
                with contextlib.suppress(Environment):
                    sqlite.checkpoint(self._write_engine)
            finally:
                self._write_engine.dispose()
                self._lock.release()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        """Give a reader on one consistent snapshot: the archive as it is at this moment."""
        self._expect_open()
        with self._read_engine.connect() as connection, connection.begin():
            reader = Reader(connection)
            reader.journal_position()  # a snapshot begins with its first question
            yield reader

    @contextlib.contextmanager
    def write(self, label: str, interview_id: int | None = None) -> Iterator[Writer]:
        """Give a writer whose changes are stored together on leaving, or not at all.

        ``label`` is an English message that names the operation in the history.
        An operation that changed nothing leaves no trace. What has returned from
        the block is on the disk.

        Raises:
            Conflict, BadValue, Environment: nothing was stored.
        """
        with self._transaction() as writer:
            writer.begin(label, interview_id=interview_id)
            yield writer

    @contextlib.contextmanager
    def _transaction(self) -> Generator[Writer]:
        if self._writer_thread == threading.get_ident():
            raise Bug(tr("The program began a step within another. Nothing was changed."))
        with self._writing:
            self._expect_open()
            self._writer_thread = threading.get_ident()
            try:
                with self._write_engine.connect() as connection, connection.begin() as transaction:
                    writer = Writer(connection, who=self.who)
                    yield writer
                    changes = journal.net_changes(connection, writer.operation_id)
                    if not changes:
                        transaction.rollback()
                writer.settle(changes)
            finally:
                self._writer_thread = None

    def undo(
        self, operation_id: int | None = None, *, interview_id: int | None = None
    ) -> Outcome[Operation]:
        """Take back an operation: the last one (of an interview, if given) or any by its id.

        Raises:
            NotFound: there is nothing to undo.
            Conflict: later operations changed or need what it did; the message names one.
        """
        with self._transaction() as writer:
            operation = journal.undo(writer, operation_id, interview_id=interview_id)
        return writer.outcome(operation)

    def redo(
        self, operation_id: int | None = None, *, interview_id: int | None = None
    ) -> Outcome[Operation]:
        """Do again what was undone last, or any undone operation. Errors as ``undo``."""
        with self._transaction() as writer:
            operation = journal.redo(writer, operation_id, interview_id=interview_id)
        return writer.outcome(operation)

    def purge_from_journal(self, rows: Iterable[tuple[str, int]]) -> None:
        """Remove for good what rows (table, id) once held, and the traces in the file.

        To be called after the rows themselves were deleted or emptied. Steps
        that touched them cannot be undone any more. Older copies in
        ``backups_folder`` are not touched.
        """
        with self._writing:
            self._expect_open()
            with self._write_engine.begin() as connection:
                journal.purge_images(connection, rows)
            sqlite.vacuum(self._write_engine)

    def backup(self, target: Path | None = None, progress: Progress = NO_PROGRESS) -> Path:
        """Return a verified copy of the database, by default a new one in ``backups_folder``.

        The copy is one file without media; reads and writes go on meanwhile.

        Raises:
            Cancelled: nothing was left behind.
            ArchiveDamaged, Environment: no copy was made.
        """
        if target is None:
            target = self.backups_folder / backup_name("archive")
        self.copy_database(target, progress)
        return target

    def copy_database(self, target: Path, progress: Progress = NO_PROGRESS) -> None:
        """Write a verified copy of the database to a path. Errors as ``backup``."""
        self._expect_open()
        with mapped_errors():
            target.parent.mkdir(parents=True, exist_ok=True)
        sqlite.copy_database(self.database, target, progress)

    def check(self, progress: Progress = NO_PROGRESS) -> tuple[str, ...]:
        """Return what is wrong with the database, empty if nothing: pages, indexes, references."""
        self._expect_open()
        progress.report(0, 0, tr("Checking the database"))
        with sqlite.plain_connection(self.database) as connection:
            complaints = sqlite.check_pages(connection, thorough=True)
            return (*complaints, *sqlite.check_foreign_keys(connection))

    def _expect_open(self) -> None:
        if self._is_closed:
            raise Bug(tr("The program used an archive after closing it."))
