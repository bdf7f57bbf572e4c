"""Keeping the index in step with the archive, and knowing where it is not.

The index is a cache: it may lag behind the archive, the protected names or the
day. What it may have wrong for one of these reasons is *in doubt*.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Audience
from archive_app.domain.release import release
from archive_app.domain.released import ReleasedInterview
from archive_app.paths import cache_folder
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.translation import current_language, tr
from archive_app.work.access import Hidden, hidden_names, today

if TYPE_CHECKING:
    from archive_app.search.index import Index

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Step:
    """With what the index was last in step, kept beside it in the cache."""

    operation: str = ""
    hidden: str = ""
    on: str = ""


_open: dict[Path, Index] = {}
_opening = threading.Lock()


def index_folder(archive: Archive) -> Path:
    """Return the folder of the archive's index: in the person's cache, never in the archive."""
    return cache_folder() / "index" / archive.uuid


def index_of(archive: Archive) -> Index:
    """Return the archive's index, empty where there is none to trust."""
    from archive_app.search.index import Index

    folder = index_folder(archive)
    with _opening:
        if folder not in _open:
            _open[folder] = Index.open(folder, archive_uuid=archive.uuid)
        return _open[folder]


def close_index(archive: Archive) -> None:
    """Let go of the index's files, as when its archive is closed."""
    with _opening:
        index = _open.pop(index_folder(archive), None)
    if index is not None:
        index.close()


def _step_file(archive: Archive) -> Path:
    return index_folder(archive).with_suffix(".step.json")


def _read_step(archive: Archive) -> _Step:
    try:
        found = json.loads(_step_file(archive).read_text("utf-8"))
        return _Step(str(found["operation"]), str(found["hidden"]), str(found["on"]))
    except (OSError, ValueError, KeyError, TypeError):
        return _Step()


def _write_step(archive: Archive, step: _Step) -> None:
    path = _step_file(archive)
    part = path.with_suffix(".part")
    text = json.dumps({"operation": step.operation, "hidden": step.hidden, "on": step.on})
    try:
        part.write_text(text, "utf-8")
        part.replace(path)
    except OSError as error:
        # Without it the next start builds the index anew: slow, but right.
        logger.warning("the index's step was not kept: %s", os.strerror(error.errno or 0))
        path.unlink(missing_ok=True)


def _digest(hidden: Hidden) -> str:
    """Tell one state of the protected names from another, and one language's marks too."""
    digest = hashlib.sha256(current_language().encode())
    for person, forms in sorted(hidden.items()):
        digest.update(repr((person, [(f.form, f.replacement) for f in forms])).encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Which interviews the index may have wrong; ``everything`` if it cannot be trusted at all."""

    interviews: frozenset[int]
    everything: bool = False
    is_other_day: bool = False
    """The index is of another day: what it counts is not this day's, whatever is gated."""


def doubt_of(reader: Reader, archive: Archive, index: Index, hidden: Hidden, on: date) -> Doubt:
    """Return which interviews an index may have wrong on a day."""
    step = _read_step(archive)
    position = index.position
    is_other_history = (
        position == 0
        or position > reader.journal_position()
        or reader.operation_uuid_at(position) != step.operation
    )
    if is_other_history or step.hidden != _digest(hidden):
        return Doubt(frozenset(), everything=True)
    changed = reader.interviews_changed_since(position)
    is_other_day = step.on != on.isoformat()
    if is_other_day:
        changed |= reader.gated_interviews()
    return Doubt(frozenset(changed), is_other_day=is_other_day)


def catch_up(archive: Archive, *, progress: Progress = NO_PROGRESS) -> int:
    """Bring the index into step with the archive and the day; return how many were indexed.

    Raises:
        Environment: the index cannot be written; the archive is untouched.
        Cancelled: the person stopped it; the index is as it was.
    """
    index = index_of(archive)
    on = today(archive)
    with archive.read() as reader:
        hidden = hidden_names(reader)
        doubt = doubt_of(reader, archive, index, hidden, on)
        position = reader.journal_position()
        step = _Step(reader.operation_uuid_at(position), _digest(hidden), on.isoformat())
        every = reader.interview_ids()
        if doubt.everything:
            index.clear()
            wanted: Iterable[int] = every
        elif not doubt.interviews:
            if index.position != position:
                index.update((), position=position)
            if _read_step(archive) != step:
                _write_step(archive, step)
            return 0
        else:
            wanted = sorted(doubt.interviews)
        ids = list(wanted)
        documents = _documents(reader, ids, frozenset(every), hidden, on, progress)
        index.update(documents, position=position)
    _write_step(archive, step)
    return len(ids)


def _documents(
    reader: Reader,
    ids: list[int],
    present: frozenset[int],
    hidden: Hidden,
    on: date,
    progress: Progress,
) -> Iterator[tuple[int, list[ReleasedInterview]]]:
    for interview_id in ids:
        if interview_id not in present:
            yield interview_id, []
    there = [one for one in ids if one in present]
    for number, file in enumerate(reader.interview_files(there)):
        progress.report(number, len(there), tr("Indexing"))
        copies = (release(file, audience=one, on=on, hidden=hidden) for one in Audience)
        yield file.interview.id, [copy for copy in copies if copy is not None]


def reindex(archive: Archive, *, progress: Progress = NO_PROGRESS) -> int:
    """Build the index anew and return how many interviews it holds."""
    index_of(archive).clear()
    return catch_up(archive, progress=progress)


def index_problems(archive: Archive) -> tuple[str, ...]:
    """Return what is wrong with the index; empty if it is in step."""
    index = index_of(archive)
    with archive.read() as reader:
        doubt = doubt_of(reader, archive, index, hidden_names(reader), today(archive))
    if doubt.everything or doubt.interviews:
        return (tr("The search index is out of step. “archive-app reindex” builds it anew."),)
    return ()
