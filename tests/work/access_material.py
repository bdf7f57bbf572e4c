"""Archives at random in everything that decides who may see what."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from archive_app.domain.records import (
    Audience,
    ConsentUse,
    Layer,
    NameKind,
    PersonName,
    Role,
    Status,
    TranscriptKind,
)
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer

TODAY = date(2026, 5, 4)
NAMES = ("Ана", "Сергей Волков", "Vadim", "Волков Пётр", "Жанна О.", "Sergej", "Ли", "Анна Ли")
WORDS = ("Волков", "уехал", "из", "Москвы", "Sergej", "и", "ли", "Ана", "дом", "Volkova", "снег")


def random_archive(folder: Path, seed: int, interviews: int = 6) -> Archive:
    """An archive with people, real names, restrictions, consents, tags and turns at random."""
    chance = random.Random(seed)
    archive = Archive.create(folder / "Random.oralhistory", name="Random")
    with archive.write("Fill") as writer:
        people = [_person(writer, chance) for _ in range(5)]
        root = writer.insert("collection", kind="project", title=_text(chance))
        shelf = writer.insert("collection", kind="series", title="Дом", parent_id=root)
        vocabulary = writer.insert("vocabulary", names={"en": "Themes"})
        tags = [writer.insert("tag", vocabulary_id=vocabulary, names={"en": "leaving"})]
        below = {"vocabulary_id": vocabulary, "parent_id": tags[0]}
        tags.append(writer.insert("tag", names={"ru": _text(chance)}, **below))
        for number in range(interviews):
            _interview(writer, chance, number, people, (None, root, shelf), tags)
    return archive


def _text(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 5)))


def _day(chance: random.Random) -> date | None:
    return chance.choice((None, TODAY, TODAY + timedelta(chance.randint(-40, 40))))


def _person(writer: Writer, chance: random.Random) -> int:
    new = writer.insert("person", public_name=chance.choice(NAMES), sort_name="")
    if chance.random() < 0.4:
        real = chance.choice(NAMES)
        writer.set_person_names(new, (PersonName(real, NameKind.REAL),))
    return new


def _interview(
    writer: Writer,
    chance: random.Random,
    number: int,
    people: list[int],
    shelves: tuple[int | None, ...],
    tags: list[int],
) -> None:
    one = writer.insert(
        "interview", accession=f"R-{number}", titles={chance.choice(("en", "ru")): _text(chance)},
        collection_id=chance.choice(shelves), date=chance.choice(("", "2022-11", "1999~")),
        languages=chance.choice(((), ("ru",), ("sr-Latn", "en"))),
        status=chance.choice(tuple(Status)),
    )  # fmt: skip
    for place in range(chance.randint(0, 2)):
        role = chance.choice((Role.INTERVIEWEE, Role.INTERVIEWEE, Role.INTERVIEWER))
        writer.insert("contribution", interview_id=one, person_id=chance.choice(people),
                      role=role, position=place)  # fmt: skip
    for place in range(chance.choice((0, 0, 1, 2))):
        writer.insert(
            "recording", interview_id=one, position=place, offset_ms=place * 1000,
            original_name="a.wav", vault_path=f"{number}-{place}", sha256=f"{number}{place}" * 32,
            size_bytes=1, duration_ms=chance.choice((None, 0, 5000)),
        )  # fmt: skip
    texts = [_transcript(writer, chance, one, people, tags) for _ in range(chance.randint(0, 2))]
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        _restriction(writer, chance, one, [text for text in texts if text[1]])
    for _ in range(chance.choice((0, 0, 1, 2))):
        writer.insert(
            "consent", interview_id=one, person_id=chance.choice((None, *people)), form="",
            signed_on=_day(chance), uses=sorted(chance.sample([u.value for u in ConsentUse], 2)),
            withdrawn_on=_day(chance) if chance.random() < 0.2 else None,
        )  # fmt: skip


def _transcript(
    writer: Writer, chance: random.Random, interview_id: int, people: list[int], tags: list[int]
) -> tuple[int, list[tuple[int, str]]]:
    new = writer.insert("transcript", interview_id=interview_id, language="ru",
                        kind=TranscriptKind.VERBATIM)  # fmt: skip
    turns: list[tuple[int, str]] = []
    for place in range(chance.randint(0, 4)):
        text = chance.choice(("", _text(chance)))
        turn = writer.insert(
            "turn", transcript_id=new, position=place, text=text, speaker_label="В",
            speaker_id=chance.choice((None, *people)), start_ms=place * 1000,
            end_ms=place * 1000 + 900,
        )  # fmt: skip
        turns.append((turn, text))
        if text and chance.random() < 0.5:
            end = chance.randint(1, len(text))
            writer.insert(
                "tagging", tag_id=chance.choice(tags), transcript_id=new, start_turn=turn, start=0,
                end_turn=turn, end=end, quote=text[:end], is_orphan=chance.random() < 0.2,
            )  # fmt: skip
    return new, turns


def _restriction(
    writer: Writer,
    chance: random.Random,
    interview_id: int,
    texts: list[tuple[int, list[tuple[int, str]]]],
) -> None:
    until = _day(chance)
    terms = {
        "shut_out": chance.choice((Audience.PUBLIC, Audience.READING_ROOM)),
        "until": until,
        "opens_by_itself": until is not None and chance.random() < 0.5,
        "review_on": _day(chance),
    }
    if texts and chance.random() < 0.5:
        transcript, turns = chance.choice(texts)
        turn, text = chance.choice(turns)
        writer.insert(
            "restriction", interview_id=interview_id, transcript_id=transcript, start_turn=turn,
            start=0, end_turn=turn, end=max(1, len(text)), quote=text or "x",
            is_orphan=not text or chance.random() < 0.2, **terms,
        )  # fmt: skip
    else:
        writer.insert("restriction", interview_id=interview_id,
                      layer=chance.choice(tuple(Layer)), **terms)  # fmt: skip
