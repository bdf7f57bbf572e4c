"""Typed transcripts as word processors, transcribers and meeting programs lay them out."""

from __future__ import annotations

import pytest

from archive_app.exchange.plain_text import read_text

Told = list[tuple[str, int | None, int | None, str]]


def read(text: str) -> Told:
    found = read_text(text).transcripts
    return [(t.speaker, t.start_ms, t.end_ms, t.text) for one in found for t in one.turns]


def losses(text: str) -> list[tuple[str, str]]:
    return [(x.what, x.where) for x in read_text(text).losses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # time in brackets and name on one line, words below
            "[00:12:34] Speaker 1\nWell.\n\n[00:12:40] Speaker 2\nWhen?\n",
            [("Speaker 1", 754_000, None, "Well."), ("Speaker 2", 760_000, None, "When?")],
        ),
        (  # Zoom
            "[Ana Petrova] 10:02:13\nHello.\n\n[Vadim] 10:02:20\nHi.\n",
            [("Ana Petrova", 36_133_000, None, "Hello."), ("Vadim", 36_140_000, None, "Hi.")],
        ),
        (  # Premiere
            ("00:00:01:12 - 00:00:05:03\nSpeaker 1\nHello.\n\n"
            "00:00:05:03 - 00:00:09:20\nSpeaker 2\nYes.\n"),
            [("Speaker 1", 1000, 5000, "Hello."), ("Speaker 2", 5000, 9000, "Yes.")],
        ),
        (
            "SPEAKER 1\nHello there.\n\nSPEAKER 2\nIn Perm.\n\nSPEAKER 1\nThanks.\n",
            [
                ("SPEAKER 1", None, None, "Hello there."),
                ("SPEAKER 2", None, None, "In Perm."),
                ("SPEAKER 1", None, None, "Thanks."),
            ],
        ),
        (  # f4: a time ends its paragraph
            "I: Wo? #00:00:05-1#\n\nB: In Berlin. #00:00:12-8#\n\nI: Und dann?\n",
            [
                ("I", 0, 5100, "Wo?"),
                ("B", 5100, 12_800, "In Berlin."),
                ("I", 12_800, None, "Und dann?"),
            ],
        ),
        (
            "ANNA: Where? [00:00:05]\n\nVADIM: In (00:00:09) Perm. [00:00:20]\n",
            [("ANNA", 0, 5000, "Where?"), ("VADIM", 5000, 20_000, "In (00:00:09) Perm.")],
        ),
        (
            "**Anna:** Hello.\n\n**Vadim**: Hi.\n\n**Anna:** When?\n",
            [
                ("Anna", None, None, "Hello."),
                ("Vadim", None, None, "Hi."),
                ("Anna", None, None, "When?"),
            ],
        ),
        (
            ">> ANNA: Where?\n>> VADIM: Here.\n>> When?\n",
            [
                ("ANNA", None, None, "Where?"),
                ("VADIM", None, None, "Here."),
                ("", None, None, ">> When?"),
            ],
        ),
        (
            "interviewer: where?\nvadim: in perm\ninterviewer: when?\nvadim: in march\n",
            [
                ("interviewer", None, None, "where?"),
                ("vadim", None, None, "in perm"),
                ("interviewer", None, None, "when?"),
                ("vadim", None, None, "in march"),
            ],
        ),
        (
            ("Ana (interviewer): Where?\n\nVadim (narrator): Here.\n\n"
            "Ana (interviewer): When?\n\nVadim (narrator): Now.\n"),
            [
                ("Ana (interviewer)", None, None, "Where?"),
                ("Vadim (narrator)", None, None, "Here."),
                ("Ana (interviewer)", None, None, "When?"),
                ("Vadim (narrator)", None, None, "Now."),
            ],
        ),
        (  # the record above the transcript names no speakers
            "БЕСЕДА\nДата: 12.05.2019\nМесто: Белград\n\nА.М.: Где?\n\nВ.П.: Тут.\n\nА.М.: А!\n",
            [
                ("", None, None, "БЕСЕДА Дата: 12.05.2019 Место: Белград"),
                ("А.М.", None, None, "Где?"),
                ("В.П.", None, None, "Тут."),
                ("А.М.", None, None, "А!"),
            ],
        ),
        (
            "HOST: Welcome.\n\nANA: One.\n\nIVO: Two.\n\nANA: Three.\n",
            [
                ("HOST", None, None, "Welcome."),
                ("ANA", None, None, "One."),
                ("IVO", None, None, "Two."),
                ("ANA", None, None, "Three."),
            ],
        ),
        ("ЧАСТЬ ПЕРВАЯ\nМы уехали.\n\nПотом.\n", [
            ("", None, None, "ЧАСТЬ ПЕРВАЯ Мы уехали."), ("", None, None, "Потом."),
        ]),
    ],
)  # fmt: skip
def test_each_layout_is_understood(text: str, expected: Told) -> None:
    assert read(text) == expected


def test_numbers_before_every_line_are_left_out_and_said() -> None:
    text = "1   ANA: Eh?\n2   IVO: In Ohio my\n3   father worked.\n4   ANA: When?\n5   IVO: 1931."
    assert [(t[0], t[3]) for t in read(text)] == [
        ("ANA", "Eh?"),
        ("IVO", "In Ohio my father worked."),
        ("ANA", "When?"),
        ("IVO", "1931."),
    ]
    assert losses(text) == [("The numbers before the lines were left out.", "")]


@pytest.mark.parametrize(
    "text", ["1 мая мы уехали.\n\n2 мая приехали.\n\n9 мая был праздник.", "1\n2\n3\n4\nпять"]
)
def test_numbers_that_people_said_stay(text: str) -> None:
    assert " ".join(t[3] for t in read(text)).split() == text.split()
    assert losses(text) == []


def test_page_numbers_are_left_out_and_said() -> None:
    text = "ANA: One.\n\n- 1 -\n\nIVO: Two.\n\n\fPage 2 of 12\n\nANA: Three.\n"
    assert [(t[0], t[3]) for t in read(text)] == [
        ("ANA", "One."),
        ("IVO", "Two."),
        ("ANA", "Three."),
    ]
    assert losses(text) == [("2 page numbers were left out.", "line 3")]


def test_a_long_turn_that_is_cut_ends_when_it_ends() -> None:
    words = " ".join(f"w{i}" for i in range(600))
    turns = read(f"[00:00:01 - 00:10:00] ANA: {words}\n\n[00:10:00 - 00:11:00] IVO: Da.")
    assert [(t[1], t[2]) for t in turns] == [
        (1000, None),
        (None, None),
        (None, 600_000),
        (600_000, 660_000),
    ]
