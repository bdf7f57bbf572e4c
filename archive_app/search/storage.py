"""The index's folder: made, recognised, thrown away.

It is a cache, and Whoosh unpickles what it opens. So a folder is opened only if
its stamp says that this program, in this version of the analysis, made it for
this very archive; all else in its place is thrown away and made anew.
"""

from __future__ import annotations

import json
import logging
import shutil
import struct
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from archive_app.errors import Environment
from archive_app.search.analysis import INDEX_VERSION
from archive_app.translation import tr

if TYPE_CHECKING:
    from whoosh.index import FileIndex

log = logging.getLogger(__name__)

_STAMP = "stamp.json"
_WORDS = "words"

_WRONG_BYTES = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    MemoryError,
    struct.error,
)
"""What this room's own code raises when Whoosh hands it bytes that are not what it wrote."""


class ReadingIndex:
    """Around whatever reads the index: goes on behind the block if the index is damaged.

    Whoosh raises a dozen exceptions of its own on damaged files, plain ``Exception``
    and whatever unpickling rubbish raises among them. So it is asked where an error
    comes from: one that passed through Whoosh is damage, others only if of the
    kinds that wrong bytes cause (``own``). Everything else passes on.
    """

    def __init__(self, *, own: tuple[type[Exception], ...] = _WRONG_BYTES) -> None:
        self._own = own

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        is_damage = isinstance(error, self._own) or _passed_through_whoosh(trace)
        if is_damage:
            log.warning("The search index is damaged and will be built anew: %s", type(error))
        return is_damage


def _passed_through_whoosh(trace: TracebackType | None) -> bool:
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").partition(".")[0] == "whoosh":
            return True
        trace = trace.tb_next
    return False


class IndexFolder:
    """The folder of one archive's index."""

    def __init__(self, folder: Path, *, archive_uuid: str) -> None:
        self._folder = folder
        self._words = folder / _WORDS
        self._stamp = {
            "archive": archive_uuid,
            "analysis": INDEX_VERSION,
            "whoosh": _whoosh_version(),
        }

    def open(self) -> FileIndex | None:
        """Return the index, or None if there is none that may be opened."""
        from whoosh.index import open_dir

        from archive_app.search.schema import schema

        try:
            stamp = json.loads((self._folder / _STAMP).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        if stamp != self._stamp:
            return None
        with ReadingIndex():
            index = open_dir(str(self._words))
            if set(index.schema.names()) != set(schema().names()):
                return None
            reader = open_reader(index)
            reader.doc_count()
            reader.close()
            return index
        return None

    def make(self) -> FileIndex:
        """Throw away whatever is there and return an empty index.

        Raises:
            Environment: the folder cannot be written.
        """
        from whoosh.index import create_in

        from archive_app.search.schema import schema

        try:
            if self._folder.exists() and not self._folder.is_dir():
                self._folder.unlink()
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _remove(self._folder / _STAMP)
            _remove(self._words)
            self._words.mkdir(mode=0o700)
            index = create_in(str(self._words), schema())
            (self._folder / _STAMP).write_text(json.dumps(self._stamp), encoding="utf-8")
        except OSError as error:
            raise cannot_write(error) from error
        return index


def open_reader(index: FileIndex) -> Any:
    """Return a Whoosh reader of the index as it stands now; close it."""
    return index.reader()


def cannot_write(error: OSError) -> Environment:
    """Return the error for an index that cannot be written."""
    return Environment(
        tr(
            "The search index cannot be written. The archive itself is safe and complete. "
            "Make room on the disk, or see that the cache folder can be written, "
            "then build the index again."
        ),
        details=f"{type(error).__name__}: {error.strerror or ''}",
    )


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _whoosh_version() -> str:
    try:
        return version("whoosh3")
    except PackageNotFoundError:
        return ""
