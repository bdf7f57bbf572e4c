"""Interviews to let through the gate, and ways to look at what came out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from archive_app.domain.names import NameForm
from archive_app.domain.records import (
    Audience,
    Consent,
    ConsentUse,
    Contribution,
    FullTranscript,
    Interview,
    InterviewFile,
    Layer,
    NameKind,
    Person,
    PersonName,
    Recording,
    Restriction,
    Role,
    Span,
    Tag,
    Tagging,
    Transcript,
    TranscriptKind,
    Turn,
)
from archive_app.domain.release import release
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript

TODAY = date(2026, 5, 4)

VIKTOR_FORMS = tuple(
    NameForm(form, replacement, "viktor", part, "whole")
    for form, replacement, part in (
        ("Сергей Волков", "Виктор", "whole"),
        ("Сергей", "Виктор", "given"),
        ("Сергея", "Виктора", "given"),
        ("Сергею", "Виктору", "given"),
        ("Sergei", "Viktor", "given"),
        ("Sergej", "Viktor", "given"),
        ("Волков", "Виктор", "surname"),
        ("Волкова", "Виктора", "surname"),
        ("Volkov", "Viktor", "surname"),
    )
)
HIDDEN: Mapping[int, tuple[NameForm, ...]] = {1: VIKTOR_FORMS}

VIKTOR = Person(
    1, "p1", "Виктор", names=(PersonName("Сергей Волков", NameKind.REAL),), biography="Врач."
)
ANNA = Person(2, "p2", "Анна Петрова", sort_name="Петрова, Анна")


def turn(id_: int, text: str, **more: Any) -> Turn:
    """A turn of the interviewee, ten seconds long."""
    values: dict[str, Any] = {
        "id": id_,
        "uuid": f"t{id_}",
        "transcript_id": 1,
        "position": id_,
        "speaker_id": 1,
        "speaker_label": "ВИКТОР",
        "recording_id": 1,
        "start_ms": id_ * 10_000,
        "end_ms": id_ * 10_000 + 10_000,
        "text": text,
    }
    return Turn(**{**values, **more})


def transcript(*turns: Turn | str, id_: int = 1, taggings: tuple[Tagging, ...] = ()) -> Any:
    """A transcript of turns or plain texts; ids of turns are 100 * transcript + place."""
    made = tuple(
        t if isinstance(t, Turn) else turn(n, t, id=100 * id_ + n, transcript_id=id_)
        for n, t in enumerate(turns, start=1)
    )
    head = Transcript(id_, f"tr{id_}", 1, "ru", TranscriptKind.VERBATIM)
    return FullTranscript(head, made, taggings)


def tagging(start_turn: int, start: int, end_turn: int, end: int, **more: Any) -> Tagging:
    """A tagging with tag 1."""
    return Tagging(
        1, "g1", 1, 1, Span(start_turn, start, end_turn, end), quote="", who="Мария", **more
    )


def closes(layer: Layer, shut_out: Audience = Audience.PUBLIC, **more: Any) -> Restriction:
    """A restriction of a layer."""
    return Restriction(1, f"r-{layer}", 1, shut_out, layer=layer, **more)


def passage(
    start_turn: int,
    start: int,
    end_turn: int,
    end: int,
    *,
    shut_out: Audience = Audience.PUBLIC,
    transcript_id: int = 1,
    **more: Any,
) -> Restriction:
    """A restriction of a span."""
    span = Span(start_turn, start, end_turn, end)
    return Restriction(2, "r-span", 1, shut_out, transcript_id=transcript_id, span=span, **more)


def signed(*uses: ConsentUse, person: int | None = 1, **more: Any) -> Consent:
    """A consent signed long ago."""
    values: dict[str, Any] = {"signed_on": date(2020, 1, 1), "uses": frozenset(uses)}
    return Consent(1, "c1", 1, person, "form", **{**values, **more})


RECORDING = Recording(
    1,
    "rec1",
    1,
    1,
    0,
    "Sergei_Volkov.wav",
    "ab/cd",
    "hash",
    10,
    60_000,
    embedded_tags={"artist": "Сергей Волков"},
)

TAG = Tag(1, "tag1", 1, None, {"en": "Home", "ru": "Дом"})


def world(*transcripts: FullTranscript, **more: Any) -> InterviewFile:
    """An interview of Виктор (whose real name is Сергей Волков) by Анна."""
    values: dict[str, Any] = {
        "interview": Interview(1, "i1", "OH-1", titles={"en": "Interview with Viktor"}),
        "contributions": (
            Contribution(1, 1, VIKTOR, Role.INTERVIEWEE),
            Contribution(2, 1, ANNA, Role.INTERVIEWER, 1),
        ),
        "people": (VIKTOR, ANNA),
        "recordings": (RECORDING,),
        "transcripts": transcripts or (transcript("Я жил в Москве.", "Потом уехал."),),
        "tags": (TAG,),
    }
    return InterviewFile(**{**values, **more})


def seen(
    file: InterviewFile,
    audience: Audience = Audience.PUBLIC,
    *,
    on: date = TODAY,
    hidden: Mapping[int, tuple[NameForm, ...]] = HIDDEN,
) -> ReleasedInterview:
    """What an audience sees; fails if that is nothing."""
    released = release(file, audience=audience, on=on, hidden=hidden)
    assert released is not None
    return released


def only_transcript(released: ReleasedInterview) -> ReleasedTranscript:
    """The one transcript there must be."""
    (found,) = released.transcripts
    return found


def strings(value: object) -> Iterator[str]:
    """Every string anywhere in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from strings(key)
            yield from strings(item)
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from strings(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def plainly_holds(text: str, form: str) -> bool:
    """An oracle that shares no code with the gate: a form between non-letters, folded."""

    def folded(value: str) -> str:
        parts = unicodedata.normalize("NFD", value).casefold()
        return "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Cf"))

    pattern = rf"(?<![^\W\d_]){re.escape(folded(form))}(?![^\W\d_])"
    return re.search(pattern, folded(text)) is not None
