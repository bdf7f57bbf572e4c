"""Every exception the program raises, in one tree.

::

    ArchiveError
    ├── UserFacing            something a person can understand and put right
    │   ├── BadInput          a file from outside cannot be taken in
    │   ├── BadQuery          a search that cannot be read (knows its position)
    │   ├── BadValue          a field's value is not of the field's kind
    │   ├── NotFound          no such interview, tag, operation …
    │   ├── Conflict          it would destroy something changed since
    │   ├── Withheld          the audience may not see this
    │   └── Cancelled         the person stopped it
    ├── Environment           disk full, folder read-only, locked, device gone
    │   ├── ArchiveLocked     somebody else has the archive open
    │   ├── ArchiveTooNew     written by a newer program
    │   ├── ArchiveDamaged    the database or a file of it is not what it was
    │   └── MissingLibrary    a system library is absent or too old
    └── Bug                   the program's own fault
        ├── LeakPrevented     an output still held what it must not; it was not written
        └── SpanOutsideText   a span or an edit reaches beyond the text it stands on

Messages are for a person: what happened, whether the data is safe, what to do
next. ``details`` unfolds below the message and never holds names or testimony.
"""

from __future__ import annotations


class ArchiveError(Exception):
    """The root: a message for a person and details for whoever helps them."""

    def __init__(self, message: str, *, details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class UserFacing(ArchiveError):
    """Something a person can understand and put right."""


class BadInput(UserFacing):
    """A file from outside cannot be taken in.

    ``where`` names the place in the file ("line 12"), or is empty.
    """

    def __init__(self, message: str, *, where: str = "", details: str = "") -> None:
        super().__init__(f"{message} ({where})" if where else message, details=details)
        self.where = where


class BadQuery(UserFacing):
    """A search that cannot be read; ``position`` counts code points from 0."""

    def __init__(self, message: str, *, position: int) -> None:
        super().__init__(message)
        self.position = position


class BadValue(UserFacing):
    """A field's value is not of the field's kind."""


class NotFound(UserFacing):
    """No such interview, turn, tag, operation or file."""


class Conflict(UserFacing):
    """It would destroy something that was changed since."""


class Withheld(UserFacing):
    """The audience may not see this on this date."""


class Cancelled(UserFacing):
    """The person stopped it; nothing was left half done."""


class Environment(ArchiveError):
    """The machine's fault: disk full, folder read-only, device gone."""


class ArchiveLocked(Environment):
    """Somebody else has the archive open."""


class ArchiveTooNew(Environment):
    """The archive was written by a newer program."""


class ArchiveDamaged(Environment):
    """The database, or a file of the archive, is not what it was."""


class MissingLibrary(Environment):
    """A library the program stands on is absent or too old."""


class Bug(ArchiveError):
    """The program's own fault."""


class LeakPrevented(Bug):
    """An output still held what its audience must not see, so it was not written."""


class SpanOutsideText(Bug):
    """A span or an edit reaches beyond the text it stands on; nothing was changed."""
