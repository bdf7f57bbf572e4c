"""Released interviews to search in, made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from archive_app.domain.records import Audience, Role, TranscriptKind
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedInterview,
    ReleasedPerson,
    ReleasedTagging,
    ReleasedTranscript,
    ReleasedTurn,
)

TODAY = date(2026, 11, 1)


def turns(*texts: str | tuple[str, str]) -> tuple[ReleasedTurn, ...]:
    """Turns from texts, or from (speaker, text)."""
    made: list[ReleasedTurn] = []
    for n, item in enumerate(texts, 1):
        speaker, text = ("", item) if isinstance(item, str) else item
        made.append(ReleasedTurn(n, n, speaker, n * 1000, n * 1000 + 900, text))
    return tuple(made)


def transcript(
    *texts: str | tuple[str, str],
    language: str = "ru",
    id_: int = 1,
    tags: Sequence[ReleasedTagging] = (),
) -> ReleasedTranscript:
    return ReleasedTranscript(
        id_, f"t{id_}", language, TranscriptKind.VERBATIM, turns(*texts), tuple(tags)
    )


def tagging(
    *path: str, turn: int, start: int, end: int, end_turn: int | None = None
) -> ReleasedTagging:
    return ReleasedTagging(
        path[-1], {"en": path[-1]}, path, "", turn, start, end_turn or turn, end, ""
    )


def interview(
    id_: int,
    *texts: str | tuple[str, str],
    language: str = "ru",
    transcripts: Sequence[ReleasedTranscript] | None = None,
    audience: Audience = Audience.PUBLIC,
    title: str = "",
    abstract: str = "",
    when: str = "",
    people: Sequence[str] = (),
    place: str = "",
    collections: Sequence[str] = (),
    points: Sequence[ReleasedIndexPoint] = (),
) -> ReleasedInterview:
    if transcripts is None:
        transcripts = [transcript(*texts, language=language, id_=id_)] if texts else []
    return ReleasedInterview(
        audience=audience,
        on=TODAY,
        interview_id=id_,
        uuid=f"i{id_}",
        accession=f"ZZ{id_:03}",
        titles={"en": title} if title else {},
        collections=tuple(collections),
        languages=(language,),
        date=when,
        people=tuple(ReleasedPerson(name, name, Role.INTERVIEWEE) for name in people),
        abstract=abstract,
        place=place,
        transcripts=tuple(transcripts),
        index_points=tuple(points),
    )


def for_all(released: ReleasedInterview) -> tuple[int, list[ReleasedInterview]]:
    """The same copy for each audience, as ``Index.update`` takes it."""
    return released.interview_id, [replace(released, audience=a) for a in Audience]
