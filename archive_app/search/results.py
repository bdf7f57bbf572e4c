"""What a search gives back. No texts: those come from released copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive_app.search.content import FACETS


@dataclass(frozen=True, slots=True)
class Hit:
    """An interview that a query finds."""

    interview_id: int
    accession: str
    score: float
    fingerprint: str
    """``content.fingerprint`` of the released copy that was indexed."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value by which a result can be narrowed, and how many of its interviews have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class IndexHits:
    """What the index found, best first; equal scores in the order of accession numbers."""

    total: int
    hits: tuple[Hit, ...] = ()
    found: frozenset[int] = frozenset()
    """The ids of all interviews found, also of those beyond the limit."""
    cut_short: bool = False
    """Something may be missing: the time was up, or a word's beginning fits too many words."""
    is_damaged: bool = False
    """The index could not be read and was emptied: it wants to be built anew."""


@dataclass(frozen=True, slots=True)
class Facets:
    """For each of ``FACETS`` its values, the most frequent first."""

    values: Mapping[str, tuple[FacetValue, ...]] = field(
        default_factory=lambda: dict.fromkeys(FACETS, ())
    )
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word of the archive that continues what was typed."""

    word: str
    interviews: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A turn in which the query's words stand, as the audience may read it.

    ``text[start:end]`` of each match is what was found; matches are in order.
    """

    transcript_id: int
    n: int
    speaker: str
    start_ms: int | None
    end_ms: int | None
    text: str
    matches: tuple[tuple[int, int], ...]
    score: float
    """How many of the query's parts stand in the turn, then how often."""


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """A text of the catalogue record in which the query's words stand."""

    field: str
    """"title", "abstract", "person", "place", "collection", "subject", "keyword", "index" …"""
    text: str
    matches: tuple[tuple[int, int], ...]
