"""Keeping the index in step, and searching through the eyes of an audience.

The index holds released copies only, but it may be out of step: with the
archive, with the protected names, or with the day. Whatever is *in doubt* for
one of these reasons is released again and matched again in memory, so that what
a search shows depends on the release alone (laws 12, 15).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.query import Node, describe, parse_query
from archive_app.domain.records import Audience
from archive_app.domain.release import release
from archive_app.domain.released import ReleasedInterview
from archive_app.paths import cache_folder
from archive_app.search.results import Facets, FieldMatch, Hit, Passage, Suggestion
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.translation import current_language, tr
from archive_app.work.access import Hidden, hidden_names, today

if TYPE_CHECKING:
    from archive_app.search.index import Index

logger = logging.getLogger(__name__)

DEADLINE_S = 2.0
"""How long a search may take before it says that it was cut short (law 20)."""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A turn in which the words stand; ``text[start:end]`` of each match is what was found."""

    transcript_id: int
    turn_id: int
    turn: int
    """Counted from 1."""
    language: str
    speaker: str
    start_ms: int | None
    end_ms: int | None
    text: str
    matches: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class FoundInterview:
    """An interview with its passages, in the order of its transcripts."""

    interview_id: int
    accession: str
    title: str
    date: str
    score: float
    passages: tuple[FoundPassage, ...]
    records: tuple[FieldMatch, ...]
    """Texts of the catalogue record in which the words stand."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found, best first."""

    query: str
    understood: str
    total: int
    interviews: tuple[FoundInterview, ...]
    facets: Facets
    cut_short: bool = False


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
class _Doubt:
    """Which interviews the index may have wrong; ``everything`` if it cannot be trusted at all."""

    interviews: frozenset[int]
    everything: bool = False


def _doubt(reader: Reader, archive: Archive, index: Index, hidden: Hidden, on: date) -> _Doubt:
    step = _read_step(archive)
    position = index.position
    is_other_history = (
        position == 0
        or position > reader.journal_position()
        or reader.operation_uuid_at(position) != step.operation
    )
    if is_other_history or step.hidden != _digest(hidden):
        return _Doubt(frozenset(), everything=True)
    changed = reader.interviews_changed_since(position)
    if step.on != on.isoformat():
        changed |= reader.gated_interviews()
    return _Doubt(frozenset(changed))


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
        doubt = _doubt(reader, archive, index, hidden, on)
        position = reader.journal_position()
        step = _Step(reader.operation_uuid_at(position), _digest(hidden), on.isoformat())
        every = reader.interview_ids()
        if doubt.everything:
            index.clear()
            wanted: Iterable[int] = every
        elif not doubt.interviews:
            if index.position != position:
                index.update((), position=position)
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
        doubt = _doubt(reader, archive, index, hidden_names(reader), today(archive))
    if doubt.everything or doubt.interviews:
        return (tr("The search index is out of step. “archive-app reindex” builds it anew."),)
    return ()


def search(
    archive: Archive,
    query: str,
    *,
    audience: Audience,
    on: date,
    limit: int = 20,
    deadline_s: float = DEADLINE_S,
) -> SearchResult:
    """Return the interviews an audience finds on a date, with passages for the first ``limit``.

    Raises:
        BadQuery: the query cannot be read; it says where and why.
    """
    from archive_app.search.content import fingerprint
    from archive_app.search.locate import field_matches, locate

    until = time.monotonic() + deadline_s
    node = parse_query(query)
    index = index_of(archive)
    with archive.read() as reader:
        hidden = hidden_names(reader)
        doubt = _doubt(reader, archive, index, hidden, on)
        found = index.search(node, audience=audience, deadline_s=deadline_s)
        if doubt.everything:
            hits, doubtful = [], frozenset(reader.interview_ids())
        else:
            doubtful = doubt.interviews
            hits = [hit for hit in found.hits if hit.interview_id not in doubtful]
        again, is_short = _matched_again(
            reader, doubtful, node, audience=audience, on=on, hidden=hidden, until=until
        )
        hits = sorted([*hits, *again], key=lambda hit: (-hit.score, hit.accession))
        shown: list[FoundInterview] = []
        gone = 0
        for hit in hits:
            if len(shown) == limit:
                break
            copy = release(
                reader.interview_file(hit.interview_id), audience=audience, on=on, hidden=hidden
            )
            if copy is None or fingerprint(copy) != hit.fingerprint:
                gone += 1
                continue
            shown.append(_found(copy, hit.score, locate(copy, node), field_matches(copy, node)))
        facets = Facets()
        if not doubtful:
            facets = index.facets(found.found, audience=audience, deadline_s=deadline_s)
    return SearchResult(
        query=query,
        understood=describe(node),
        total=len(hits) - gone,
        interviews=tuple(shown),
        facets=facets,
        cut_short=found.cut_short or is_short,
    )


def _matched_again(
    reader: Reader,
    ids: Iterable[int],
    node: Node,
    *,
    audience: Audience,
    on: date,
    hidden: Hidden,
    until: float,
) -> tuple[list[Hit], bool]:
    """Return hits among interviews that the index may have wrong, worked out without it.

    Also whether the time was up before all had been looked at (law 20).
    """
    from archive_app.search.content import fingerprint
    from archive_app.search.evaluate import evaluate
    from archive_app.search.memory import MemorySource

    hits: list[Hit] = []
    # Those that the index still has though they were deleted since are passed over.
    for file in reader.interview_files(sorted(ids)):
        if time.monotonic() > until:
            return hits, True
        copy = release(file, audience=audience, on=on, hidden=hidden)
        if copy is None:
            continue
        score = evaluate(node, MemorySource(copy)).get(copy.interview_id)
        if score is not None:
            hits.append(Hit(copy.interview_id, copy.accession, score, fingerprint(copy)))
    return hits, False


def _found(
    copy: ReleasedInterview,
    score: float,
    passages: Iterable[Passage],
    records: tuple[FieldMatch, ...],
) -> FoundInterview:
    transcripts = {one.transcript_id: one for one in copy.transcripts}
    found: list[FoundPassage] = []
    for passage in passages:
        transcript = transcripts[passage.transcript_id]
        found.append(
            FoundPassage(
                passage.transcript_id,
                transcript.turns[passage.n - 1].turn_id,
                passage.n,
                transcript.language,
                passage.speaker,
                passage.start_ms,
                passage.end_ms,
                passage.text,
                passage.matches,
            )
        )
    return FoundInterview(
        copy.interview_id, copy.accession, copy.title, copy.date, round(score, 4),
        tuple(found), records,
    )  # fmt: skip


def suggest(archive: Archive, typed: str, *, audience: Audience) -> tuple[Suggestion, ...]:
    """Return words of the archive that continue what was typed; none while the index lags."""
    index = index_of(archive)
    with archive.read() as reader:
        doubt = _doubt(reader, archive, index, hidden_names(reader), today(archive))
    if doubt.everything or doubt.interviews:
        return ()
    return index.suggest(typed, audience=audience)


class SearchWithin:
    """A query to be looked for in released copies, without an index."""

    def __init__(self, query: str) -> None:
        self._node = parse_query(query)

    def turns_of(self, copy: ReleasedInterview) -> dict[int, set[int]]:
        """Return the turns (from 1) in which the words stand, by transcript id."""
        from archive_app.search.locate import locate
        from archive_app.search.memory import matches

        turns: dict[int, set[int]] = {}
        if matches(copy, self._node):
            for passage in locate(copy, self._node):
                turns.setdefault(passage.transcript_id, set()).add(passage.n)
        return turns
