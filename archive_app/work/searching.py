"""Searching through the eyes of an audience.

The index holds released copies only, but it may be out of step: with the
archive, with the protected names, or with the day. Whatever is *in doubt* for
one of these reasons is released again and matched again in memory, so that what
a search shows depends on the release alone (laws 12, 15).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from archive_app.domain.query import Node, describe, parse_query
from archive_app.domain.records import Audience
from archive_app.domain.release import release
from archive_app.domain.released import ReleasedInterview
from archive_app.search.results import Facets, FieldMatch, Hit, Passage, Suggestion
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.work.access import Hidden, hidden_names, today
from archive_app.work.indexing import (
    catch_up,
    close_index,
    doubt_of,
    index_folder,
    index_of,
    index_problems,
    reindex,
)

__all__ = [
    "DEADLINE_S",
    "Facets",
    "FoundInterview",
    "FoundPassage",
    "SearchResult",
    "SearchWithin",
    "Suggestion",
    "catch_up",
    "close_index",
    "index_folder",
    "index_of",
    "index_problems",
    "reindex",
    "search",
    "suggest",
]

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
        doubt = doubt_of(reader, archive, index, hidden, on)
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
        # On another day there are none at all: that some are in doubt would tell of them.
        if not doubtful and not doubt.is_other_day:
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
        doubt = doubt_of(reader, archive, index, hidden_names(reader), today(archive))
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
