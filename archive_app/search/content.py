"""What of a released interview can be searched: texts, names, facets, fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive_app.domain.query_dates import DateRange, date_range
from archive_app.domain.records import Audience
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript

AUDIENCES = tuple(Audience)

FACETS = ("collection", "tag", "speaker", "person", "place", "language", "year")
"""The ways in which a result can be narrowed."""


@dataclass(frozen=True, slots=True)
class RecordText:
    """A text of the catalogue record, and which field it is ("title", "abstract" …)."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordContent:
    """What of the record can be searched."""

    interview_id: int
    accession: str
    texts: tuple[RecordText, ...]
    names: Mapping[str, tuple[str, ...]]
    """"person", "place", "collection": the names that the fields of a query look at."""
    languages: tuple[str, ...]
    days: DateRange | None
    facets: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TranscriptContent:
    """What of a transcript can be searched; all three have an entry for each turn."""

    transcript_id: int
    texts: tuple[str, ...]
    speakers: tuple[str, ...]
    tags: tuple[tuple[str, ...], ...]
    """All names of the turn's tags and of the tags above them."""


def record_content(released: ReleasedInterview) -> RecordContent:
    """Return what of an interview's record can be searched."""
    return RecordContent(
        interview_id=released.interview_id,
        accession=released.accession,
        texts=tuple(record_texts(released)),
        names={
            "person": _once(_people(released)),
            "place": _once(_places(released)),
            "collection": _once(released.collections),
        },
        languages=_languages(released),
        days=date_range(released.date) if released.date else None,
        facets=_facets(released),
    )


def transcript_content(transcript: ReleasedTranscript) -> TranscriptContent:
    """Return what of a transcript can be searched."""
    tags: dict[int, set[str]] = {}
    for tagging in transcript.taggings:
        names = {*tagging.names.values(), *tagging.path}
        for n in range(tagging.start_turn, tagging.end_turn + 1):
            tags.setdefault(n, set()).update(names)
    return TranscriptContent(
        transcript_id=transcript.transcript_id,
        texts=tuple(turn.text for turn in transcript.turns),
        speakers=tuple(turn.speaker for turn in transcript.turns),
        tags=tuple(tuple(sorted(tags.get(turn.n, ()))) for turn in transcript.turns),
    )


def record_texts(released: ReleasedInterview) -> Iterator[RecordText]:
    """Yield the record's texts that a search looks at, in the order of the page; none is empty."""
    for name, text in _all_texts(released):
        if text:
            yield RecordText(name, text)


def _all_texts(released: ReleasedInterview) -> Iterator[tuple[str, str]]:
    yield "accession", released.accession
    for title in released.titles.values():
        yield "title", title
    yield "abstract", released.abstract
    for person in released.people:
        yield "person", person.name
    yield "place", released.place
    for name in released.place_names.values():
        if name != released.place:
            yield "place", name
    for title in released.collections:
        yield "collection", title
    for name, values in (
        ("subject", released.subjects),
        ("keyword", released.keywords),
        ("identifier", released.identifiers),
    ):
        for value in values:
            yield name, value
    yield "circumstances", released.circumstances
    for point in released.index_points:
        yield "index", point.title
        yield "index", point.synopsis
        yield "index", point.partial_transcript
        for value in (*point.keywords, *point.subjects, *point.alt.values()):
            yield "index", value
        yield "place", point.place


@dataclass(frozen=True, slots=True)
class Content:
    """All of a released interview that can be searched."""

    record: RecordContent
    transcripts: tuple[TranscriptContent, ...]

    def fingerprint(self) -> str:
        """Return a digest; contents with one digest are found by the same searches."""
        digest = hashlib.blake2b(digest_size=16)
        record = self.record
        _feed(digest, record.accession, *(f"{t.field}\x1f{t.text}" for t in record.texts))
        for name, values in sorted(record.names.items()):
            _feed(digest, name, *values)
        _feed(digest, *record.languages, repr(record.days))
        for name in FACETS:
            _feed(digest, name, *record.facets[name])
        for transcript in self.transcripts:
            _feed(digest, str(transcript.transcript_id), *transcript.texts)
            _feed(digest, *transcript.speakers)
            for names in transcript.tags:
                _feed(digest, *names)
        return digest.hexdigest()


def content_of(released: ReleasedInterview) -> Content:
    """Return all of a released interview that can be searched."""
    return Content(
        record_content(released),
        tuple(transcript_content(transcript) for transcript in released.transcripts),
    )


def fingerprint(released: ReleasedInterview) -> str:
    """Return a digest of all that the index takes from a released interview.

    Two copies with one fingerprint are found by the same searches. The audience
    and the day are not in it.
    """
    return content_of(released).fingerprint()


def _feed(digest: hashlib.blake2b, *texts: str) -> None:
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    digest.update(b"\1")


def _people(released: ReleasedInterview) -> Iterator[str]:
    for person in released.people:
        yield person.name
    yield from _speakers(released)


def _speakers(released: ReleasedInterview) -> Iterator[str]:
    for transcript in released.transcripts:
        for turn in transcript.turns:
            yield turn.speaker


def _places(released: ReleasedInterview) -> Iterator[str]:
    yield released.place
    yield from released.place_names.values()
    for point in released.index_points:
        yield point.place


def _languages(released: ReleasedInterview) -> tuple[str, ...]:
    return _once((*released.languages, *(t.language for t in released.transcripts)))


def _facets(released: ReleasedInterview) -> dict[str, tuple[str, ...]]:
    tags = (tagging.path for t in released.transcripts for tagging in t.taggings)
    days = date_range(released.date) if released.date else None
    years: tuple[str, ...] = ()
    if days is not None and days.last.year - days.first.year < 100:
        years = tuple(str(year) for year in range(days.first.year, days.last.year + 1))
    return {
        "collection": _once(released.collections),
        "tag": _once(name for path in tags for name in path),
        "speaker": _once(_speakers(released)),
        "person": _once(person.name for person in released.people),
        "place": _once((released.place, *(point.place for point in released.index_points))),
        "language": _languages(released),
        "year": years,
    }


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
