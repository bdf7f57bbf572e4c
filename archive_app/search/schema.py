"""The index's fields, and how released content becomes Whoosh documents.

One document for each transcript and one for each interview's record; where the
audiences' copies differ, one for each distinct copy, with the audiences it
serves. Terms and positions are indexed, texts are not stored.

* ``words``: each form once with its positions.
* ``lexicon``: for each form its keys and its folded form, as terms
  ``k<key>\\0<form>`` and ``f<folded>\\0<form>``. A word is indexed under its form
  alone; a search looks up which forms share its keys. That makes one posting a
  word instead of four. Lexicon terms hang on documents of their own.
* ``speaker``, ``tag``: folded words of names, their positions counting turns.
* ``person``, ``place``, ``collection``: the same, positions counting names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from whoosh.analysis.analyzers import IDAnalyzer
from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, STORED, FieldType, Schema
from whoosh.formats import Existence, Positions

from archive_app.domain.records import Audience
from archive_app.language.folding import fold
from archive_app.language.stems import keys
from archive_app.search.analysis import Analyser, WordPlaces, name_words
from archive_app.search.content import (
    AUDIENCES,
    RecordContent,
    TranscriptContent,
)

IS_RECORD = 8
"""Bit of the column ``serves``: the document is a record. Bits 1, 2, 4: the audiences."""

NAME_FIELDS = ("person", "place", "collection")

Terms = Mapping[str, Sequence[int]]

_NO_ANALYSER: Any = IDAnalyzer()
"""Whoosh asks every field for one; these fields come analysed."""


class PlacedTerms(FieldType):
    """A field given as term to positions, ready made: no token objects on the way."""

    def __init__(self) -> None:
        super().__init__(Positions(), _NO_ANALYSER)

    def index(self, value: Terms, **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:  # type: ignore[override]  # noqa: ARG002
        """Yield Whoosh's (term, frequency, weight, encoded positions)."""
        encode = self.format.encode  # type: ignore[union-attr]
        for term, positions in value.items():
            yield term.encode(), len(positions), float(len(positions)), encode(positions)


class PlainTerms(FieldType):
    """A field given as its terms, ready made."""

    def __init__(self) -> None:
        super().__init__(Existence(), _NO_ANALYSER)

    def index(  # type: ignore[override]
        self,
        value: Iterable[bytes],
        **kwargs: Any,  # noqa: ARG002
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield Whoosh's (term, frequency, weight, nothing)."""
        return ((term, 1, 1.0, b"") for term in value)


@cache
def schema() -> Schema:
    """Return the index's fields."""
    return Schema(
        kind=ID(),
        interview=ID(),
        words=PlacedTerms(),
        lexicon=PlainTerms(),
        speaker=PlacedTerms(),
        tag=PlacedTerms(),
        person=PlacedTerms(),
        place=PlacedTerms(),
        collection=PlacedTerms(),
        lang=PlainTerms(),
        owner=COLUMN(NumericColumn("i")),
        serves=COLUMN(NumericColumn("i")),
        length=COLUMN(NumericColumn("i")),
        first_day=COLUMN(NumericColumn("i")),
        last_day=COLUMN(NumericColumn("i")),
        accession=COLUMN(VarBytesColumn()),
        facts=STORED(),
    )


def audience_bit(audience: Audience) -> int:
    """Return the audience's bit in the column ``serves``."""
    return 1 << AUDIENCES.index(audience)


def record_document(
    record: RecordContent,
    *,
    audiences: Iterable[Audience],
    fingerprints: Mapping[Audience, str],
    analyser: Analyser,
) -> tuple[dict[str, Any], WordPlaces]:
    """Return the Whoosh document of a record, and its words."""
    places = analyser.places(text.text for text in record.texts)
    document: dict[str, Any] = {
        "kind": "record",
        "interview": str(record.interview_id),
        "words": places.positions,
        "lang": [tag.lower().encode() for tag in record.languages],
        "owner": record.interview_id,
        "serves": IS_RECORD | sum(audience_bit(audience) for audience in audiences),
        "length": places.length,
        "accession": record.accession.encode("utf-8", "surrogatepass"),
        "facts": {
            "facets": {name: list(values) for name, values in record.facets.items() if values},
            "fingerprints": {str(audience): value for audience, value in fingerprints.items()},
        },
    }
    for name in NAME_FIELDS:
        document[name] = _placed_names((value,) for value in record.names[name])
    if record.days is not None:
        document["first_day"] = record.days.first.toordinal()
        document["last_day"] = record.days.last.toordinal()
    return document, places


def transcript_document(
    transcript: TranscriptContent,
    *,
    interview_id: int,
    audiences: Iterable[Audience],
    analyser: Analyser,
) -> tuple[dict[str, Any], WordPlaces]:
    """Return the Whoosh document of a transcript, and its words."""
    places = analyser.places(transcript.texts)
    document: dict[str, Any] = {
        "kind": "transcript",
        "interview": str(interview_id),
        "words": places.positions,
        "speaker": _placed_names((speaker,) for speaker in transcript.speakers),
        "tag": _placed_names(transcript.tags),
        "owner": interview_id,
        "serves": sum(audience_bit(audience) for audience in audiences),
        "length": places.length,
        "facts": {"transcript": transcript.transcript_id, "starts": places.starts},
    }
    return document, places


def _placed_names(names_by_place: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    placed: dict[str, list[int]] = {}
    folded: dict[str, list[str]] = {}
    for place, names in enumerate(names_by_place):
        words: set[str] = set()
        for name in names:
            if name not in folded:
                folded[name] = name_words(name)
            words.update(folded[name])
        for word in words:
            placed.setdefault(word, []).append(place)
    return placed


def lexicon_terms(form: str) -> Iterator[bytes]:
    """Yield the lexicon's terms of a form."""
    yield f"f{fold(form)}\0{form}".encode()
    for key in keys(form):
        yield f"k{key}\0{form}".encode()


def key_prefix(key: str) -> bytes:
    """Return how the lexicon's terms of a key begin."""
    return f"k{key}\0".encode()


def folded_prefix(folded: str) -> bytes:
    """Return how the lexicon's terms of all forms begin whose folded form begins so."""
    return f"f{folded}".encode()


def form_of_term(term: bytes) -> str:
    """Return the form of a lexicon term."""
    return term[term.index(b"\0") + 1 :].decode()


def day(ordinal: int) -> date:
    """Return the date of the columns ``first_day`` and ``last_day``."""
    return date.fromordinal(ordinal)
