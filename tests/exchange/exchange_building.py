"""Released interviews made by hand, for writers to write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hypothesis import strategies as st

from archive_app.domain.parsed import ParsedTranscript, ParsedTurn
from archive_app.domain.records import Audience, Role, TranscriptKind
from archive_app.domain.released import (
    ReleasedInterview,
    ReleasedPerson,
    ReleasedTranscript,
    ReleasedTurn,
)


def turn(
    text: str,
    *,
    speaker: str = "",
    start_ms: int | None = None,
    end_ms: int | None = None,
    n: int = 1,
    **more: object,
) -> ReleasedTurn:
    return ReleasedTurn(n, n * 10, speaker, start_ms, end_ms, text, **more)  # pyright: ignore[reportArgumentType]


def transcript(
    turns: Iterable[ReleasedTurn], *, language: str = "ru", **more: object
) -> ReleasedTranscript:
    return ReleasedTranscript(
        7,
        "3f1c0000-0000-4000-8000-000000000007",
        language,
        more.pop("kind", TranscriptKind.VERBATIM),  # pyright: ignore[reportArgumentType]
        tuple(turns),
        **more,  # pyright: ignore[reportArgumentType]
    )


def interview(*transcripts: ReleasedTranscript, **more: object) -> ReleasedInterview:
    fields: dict[str, object] = {
        "audience": Audience.PUBLIC,
        "on": date(2026, 11, 1),
        "interview_id": 5,
        "uuid": "3f1c0000-0000-4000-8000-000000000005",
        "accession": "MRB-001",
        "titles": {"en": "Interview with Vadim", "ru": "Интервью с Вадимом"},
        "collections": ("Mini Russia in Belgrade",),
        "languages": ("ru",),
        "date": "2024-05-11",
        "people": (
            ReleasedPerson("Vadim", "Vadim", Role.INTERVIEWEE),
            ReleasedPerson("Ana", "Ana", Role.INTERVIEWER),
        ),
        "transcripts": transcripts,
    }
    fields.update(more)
    return ReleasedInterview(**fields)  # pyright: ignore[reportArgumentType]


def of_parsed(parsed: ParsedTranscript) -> ReleasedTranscript:
    """Return a transcript that was read, as if it had been stored and released."""
    return transcript(
        (
            ReleasedTurn(
                n,
                n,
                t.speaker,
                t.start_ms,
                t.end_ms,
                t.text,
                t.timed,
                t.footnotes,
                is_time_estimated=t.is_time_estimated,
            )
            for n, t in enumerate(parsed.turns, start=1)
        ),
        language=parsed.language,
    )


def told(turns: Sequence[ReleasedTurn] | Sequence[ParsedTurn]) -> list[tuple[object, ...]]:
    """Return what a round trip must keep: speakers, times and words."""
    return [(t.speaker, t.start_ms, t.end_ms, t.text, t.is_time_estimated) for t in turns]


# What stands in turns: one line, no control characters.
_CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"))
_ODD = st.sampled_from(
    [
        "",
        "WEBVTT",
        "NOTE",
        "NOTE oral-history-archive 1",
        "-->",
        "00:00:01.000 --> 00:00:02.000",
        "00:00:01,000 --> 00:00:02,000",
        "1",
        "001",
        "2024",
        "turn 1",
        "[00:00:01.000] Ana: да",
        "Ana: да: нет",
        ": ",
        ":",
        " ",
        "  две  пробела  ",
        "— Нет!",
        "- item",
        "=1+1",
        "@SUM",
        "'quoted'",
        '"quoted"',
        "<v Bob>&amp;</v> <i>",
        "{\\an8}",
        "]]>",
        "Q. A.",
        "🎙️ é é ё",
        "\u2060x",
        "\u200b\u2060",
        "a:\u2060 b",
        "[-]",
        "language: en",
    ]
)
TEXTS = st.one_of(
    _ODD,
    st.text(_CHARACTERS, max_size=60),
    st.lists(_ODD, max_size=4).map(" ".join),
    st.lists(st.sampled_from(["дом", "Београд", "rəč", "кот."]), max_size=400).map(" ".join),
)
SPEAKERS = st.one_of(
    st.sampled_from(["", "ИВАН", "Ana Živković", "Speaker 1", "Dr. O'Neil-Smith", "Вадим:"]),
    _ODD,
    st.text(_CHARACTERS, max_size=12),
)
TIMES = st.integers(0, 90 * 3_600_000)


@st.composite
def turn_lists(draw: st.DrawFn, *, all_timed: bool = False) -> list[ReleasedTurn]:
    """Turns with every mixture of times known, half known and unknown."""
    turns: list[ReleasedTurn] = []
    for n in range(1, draw(st.integers(1, 5)) + 1):
        low, high = sorted((draw(TIMES), draw(TIMES)))
        keep = (True, True) if all_timed else (draw(st.booleans()), draw(st.booleans()))
        turns.append(
            turn(
                draw(TEXTS),
                n=n,
                speaker=draw(SPEAKERS),
                start_ms=low if keep[0] else None,
                end_ms=high if keep[1] else None,
                is_time_estimated=draw(st.booleans()),
            )
        )
    return turns
