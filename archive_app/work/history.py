"""What was done, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from archive_app.domain.records import Operation, Outcome
from archive_app.store.archive import Archive


def undo(archive: Archive, *, interview_id: int | None = None) -> Outcome[Operation]:
    """Take back the last operation, of one interview or of all, and return it.

    Raises:
        NotFound: there is nothing to undo.
        Conflict: something it changed was changed again since.
    """
    return archive.undo(interview_id=interview_id)


def redo(archive: Archive, *, interview_id: int | None = None) -> Outcome[Operation]:
    """Do again what was last undone, and return it.

    Raises:
        NotFound: there is nothing to redo.
        Conflict: something it would change was changed since.
    """
    return archive.redo(interview_id=interview_id)


def undo_operation(archive: Archive, operation_id: int) -> Outcome[Operation]:
    """Take back one operation of the history, if nothing later depends on it.

    Raises:
        Conflict: something later does; it says what.
    """
    return archive.undo(operation_id)


def redo_operation(archive: Archive, operation_id: int) -> Outcome[Operation]:
    """Do again one operation of the history that was taken back, whatever was done since.

    Raises:
        Conflict: something later changed what it changed; it says what.
    """
    return archive.redo(operation_id)


def history(
    archive: Archive, *, limit: int = 200, interview_id: int | None = None
) -> Sequence[Operation]:
    """Return what was done, newest first."""
    with archive.read() as reader:
        return reader.operations(limit, interview_id=interview_id)
