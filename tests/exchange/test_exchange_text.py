from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from exchange_building import interview, told, transcript, turn, turn_lists
from hypothesis import given
from hypothesis import strategies as st

from archive_app.errors import BadInput
from archive_app.exchange.decoding import MAX_BYTES, decode
from archive_app.exchange.plain_text import read_text, write_text

Told = list[tuple[str, int | None, str]]


def read(text: str) -> Told:
    found = read_text(text).transcripts
    return [(t.speaker, t.start_ms, t.text) for one in found for t in one.turns]


def test_every_word_of_a_real_text_arrives_in_order(samples: Path) -> None:
    text = (samples / "text" / "russian-emigrants.txt").read_text("utf-8")
    (found,) = read_text(text).transcripts
    assert " ".join(t.text for t in found.turns).split() == text.split()
    assert {t.speaker for t in found.turns} == {""}
    assert max(len(t.text.split()) for t in found.turns) <= 250
    assert len(found.turns) > 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ИВАН: Привет.\nКак дела?\n\nŽIVKOVIĆ: Dobro.\n\nИ ещё: слово.",
            [
                ("ИВАН", None, "Привет. Как дела?"),
                ("ŽIVKOVIĆ", None, "Dobro."),
                ("ŽIVKOVIĆ", None, "И ещё: слово."),
            ],
        ),
        (
            "В: Как дела?\nО: Хорошо.",
            [("В", None, "Как дела?"), ("О", None, "Хорошо.")],
        ),
        ("Q. How?\nA. Fine.", [("Q", None, "How?"), ("A", None, "Fine.")]),
        (
            "[00:00:01] Ana Živković: Hi.\n[00:01:02] Boris: Hello.",
            [("Ana Živković", 1000, "Hi."), ("Boris", 62000, "Hello.")],
        ),
        (
            "00:00:01\nHello there.\n\n00:00:05\nMore.",
            [("", 1000, "Hello there."), ("", 5000, "More.")],
        ),
        (
            "Speaker 1 (00:12):\nHello.\n\nSpeaker 2 (00:15):\nHi!",
            [("Speaker 1", 12000, "Hello."), ("Speaker 2", 15000, "Hi!")],
        ),
        (
            "Ana K.  0:12\nHello.\n\nBob  0:15\nHi!",
            [("Ana K.", 12000, "Hello."), ("Bob", 15000, "Hi!")],
        ),
        (
            "— Привет!\n— Здравствуй.\nДальше.",
            [("", None, "— Привет!"), ("", None, "— Здравствуй. Дальше.")],
        ),
        (
            "[ИНТЕРВЬЮЕР] Где?\n[ГЕРОЙ] Там. [СМЕХ]\n[СМЕХ] Вот.",
            [("ИНТЕРВЬЮЕР", None, "Где?"), ("ГЕРОЙ", None, "Там. [СМЕХ] [СМЕХ] Вот.")],
        ),
        ("(1:02:03) Hello", [("", 3_723_000, "Hello")]),
        ("12:30 was when we met.", [("", None, "12:30 was when we met.")]),
        ("Vadim:\nDa.\n\nAna:\nNe.", [("Vadim", None, "Da."), ("Ana", None, "Ne.")]),
        (
            "ANA: Why?  IVO: Because.\n\nIVO: Yes. ANA: Good.",
            [
                ("ANA", None, "Why?"),
                ("IVO", None, "Because."),
                ("IVO", None, "Yes."),
                ("ANA", None, "Good."),
            ],
        ),
        (
            "Первая строка\nбез точки\n\nВторой абзац.",
            [("", None, "Первая строка без точки"), ("", None, "Второй абзац.")],
        ),
        (
            "Как вы отвечаете на вопрос: «Это была эмиграция?»\nДа: была.",
            [("", None, "Как вы отвечаете на вопрос: «Это была эмиграция?» Да: была.")],
        ),
    ],
)
def test_typed_transcripts_are_understood(text: str, expected: Told) -> None:
    if expected[0][0] == "" and "эмиграция" in text:
        text = "Просто слова.\n" * 5 + text
        expected = [("", None, "Просто слова. " * 5 + expected[0][2])]
    assert read(text) == expected


def test_an_empty_text_gives_no_transcript_and_says_so() -> None:
    parsed = read_text(" \n\n")
    assert parsed.transcripts == ()
    assert parsed.losses


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["ИВАН:", "Ana:", "да", "дом.", "[смех]", "Q.", "A.", "—", "reč", "(да)", ":",
                 "“Ne”", "[ANA]", "Dr.", "\t", "\x0b"]
            ),
            max_size=12,
        ),
        max_size=25,
    )
)  # fmt: skip
def test_labels_and_words_together_are_the_words_of_the_file(lines: list[list[str]]) -> None:
    text = "\n".join(" ".join(line) for line in lines)
    said: list[str] = []
    spoken_by = None
    for speaker, _, words in read(text):
        if speaker != spoken_by or not words:
            said += speaker.split()
        spoken_by = speaker
        said += words.split()
    # A label repeated by the same speaker need not be told twice.
    assert set(re.findall(r"\w+", text)) == set(re.findall(r"\w+", " ".join(said)))
    labels = {"ИВАН", "Ana", "Q", "A", "ANA", "Dr"}
    labels |= {word for speaker, _, _ in read(text) for word in re.findall(r"\w+", speaker)}
    unlabelled = [w for w in re.findall(r"\w+", text) if w not in labels]
    kept = [w for w in re.findall(r"\w+", " ".join(said)) if w not in labels]
    assert kept == unlabelled


@given(turn_lists())
def test_text_read_again_gives_the_same_turns(turns: list) -> None:  # type: ignore[type-arg]
    (again,) = read_text(decode(write_text(interview(transcript(turns))).data).text).transcripts
    assert told(again.turns) == told(turns)
    assert again.language == "ru"


def test_text_names_its_interview() -> None:
    data = write_text(interview(transcript([turn("Да.")]))).data
    record = read_text(data.decode()).record
    assert record.accession == "MRB-001"
    assert record.titles == {"ru": "Интервью с Вадимом"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r"]
)
def test_russian_is_read_in_whatever_it_was_saved(encoding: str) -> None:
    text = "Мы уехали из России в марте. Сначала в Ереван, потом в Белград - на поезде.\n" * 3
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    named = encoding not in ("utf-8", "utf-8-sig", "utf-16")
    assert bool(decoded.losses) is named


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Došli smo u Beograd u jesen, kuća je bila mala, čekali smo žurno."),
        ("cp1252", "C'était déjà l'été à Genève, où nous étions logés très près du château."),
        ("cp1251", "ЈА САМ ИЗ БЕОГРАДА. Ја сам из Београда, моја кућа је близу."),
    ],
)
def test_other_languages_are_read_in_what_they_were_saved(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.losses


def test_what_is_no_text_is_refused_with_what_was_tried() -> None:
    with pytest.raises(BadInput, match=r"Windows-1251.*byte 1"):
        decode(bytes(range(128, 256)) * 20)
    with pytest.raises(BadInput, match="MiB"):
        decode(b"a" * (MAX_BYTES + 1))


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    with contextlib.suppress(BadInput):
        decode(data)
