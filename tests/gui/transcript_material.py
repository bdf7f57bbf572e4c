"""Transcripts made up for the tests of the window."""

from __future__ import annotations

import random
from collections.abc import Sequence

from archive_app.domain.records import (
    FullTranscript,
    Span,
    Tag,
    Tagging,
    Transcript,
    TranscriptKind,
    Turn,
)

WORDS = (  # noqa: SIM905
    "мы приехали в Белград тогда уже почти никто не говорил что останется надолго "
    "ljudi su dolazili i odlazili а онда сте одлучили да останете we stayed"
).split(" ")
NAMES = ("departure", "journey", "work", "family", "language")
TAGS = {
    number: Tag(number, f"tag-{number}", 1, None, {"en": name})
    for number, name in enumerate(NAMES, 1)
}
SPEAKERS = {1: "Ана", 2: "Вадим"}


def make_turns(texts: Sequence[str]) -> tuple[Turn, ...]:
    return tuple(
        Turn(number, f"turn-{number}", 1, number, 1 + number % 2, "", None, number * 5_000, None, t)
        for number, t in enumerate(texts, 1)
    )


def tagging(number: int, tag: int, start_turn: int, start: int, end_turn: int, end: int) -> Tagging:
    return Tagging(number, f"tagging-{number}", tag, 1, Span(start_turn, start, end_turn, end), "")


def transcript(texts: Sequence[str], taggings: Sequence[Tagging] = ()) -> FullTranscript:
    record = Transcript(1, "transcript", 1, "ru", TranscriptKind.VERBATIM)
    return FullTranscript(record, make_turns(texts), tuple(taggings))


def long_transcript(
    *, turns: int = 2_500, words: int = 27_000, taggings: int = 5_000, seed: int = 1
) -> FullTranscript:
    chance = random.Random(seed)
    per_turn = words / turns
    texts: list[str] = []
    for _ in range(turns):
        count = max(1, round(chance.expovariate(1 / per_turn)))
        texts.append(" ".join(chance.choice(WORDS) for _ in range(count)))
    laid: list[Tagging] = []
    for number in range(1, taggings + 1):
        first = chance.randrange(turns)
        last = min(turns - 1, first + (chance.randrange(4) if chance.random() < 0.2 else 0))
        start = chance.randrange(len(texts[first]))
        least = start + 1 if first == last else 1
        end = chance.randint(least, max(least, len(texts[last])))
        laid.append(tagging(number, 1 + number % len(TAGS), first + 1, start, last + 1, end))
    return transcript(texts, laid)
