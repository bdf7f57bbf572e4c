"""Caption files as the programs that people transcribe with write them."""

from __future__ import annotations

import pytest

from archive_app.exchange.srt_captions import read_srt
from archive_app.exchange.vtt import read_vtt

Said = list[tuple[str, str]]


def vtt(*cues: str, head: str = "WEBVTT") -> str:
    blocks = [f"00:00:0{i}.000 --> 00:00:0{i + 1}.000\n{cue}" for i, cue in enumerate(cues)]
    return "\n\n".join([head, *blocks]) + "\n"


def srt(*cues: str) -> str:
    return "\n".join(
        f"{i}\n00:00:0{i},000 --> 00:00:0{i + 1},000\n{cue}\n" for i, cue in enumerate(cues, 1)
    )


def said(text: str) -> Said:
    reader = read_vtt if text.startswith("WEBVTT") else read_srt
    (found,) = reader(text).transcripts
    return [(t.speaker, t.text) for t in found.turns]


ROLLING = """WEBVTT
Kind: captions
Language: ru

00:00:00.160 --> 00:00:02.389 align:start position:0%
\x20
добрый<00:00:00.480><c> день</c><00:00:00.880><c> вам</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
добрый день вам
\x20

00:00:02.399 --> 00:00:05.030 align:start position:0%
добрый день вам
я<00:00:02.720><c> приехал</c><00:00:03.040><c> сюда</c>

00:00:05.030 --> 00:00:05.040 align:start position:0%
я приехал сюда
\x20
"""


def test_captions_that_roll_up_the_screen_say_each_word_once() -> None:
    parsed = read_vtt(ROLLING)
    (found,) = parsed.transcripts
    (only,) = found.turns
    assert found.language == "ru"
    assert (only.text, only.start_ms, only.end_ms) == (
        "добрый день вам я приехал сюда",
        160,
        5040,
    )
    assert [(only.text[x.start : x.end], x.start_ms) for x in only.timed] == [
        ("добрый", 160),
        ("день", 480),
        ("вам", 880),
        ("я", 2399),
        ("приехал", 2720),
        ("сюда", 3040),
    ]
    assert parsed.losses[0].what == "3 lines that the captions show again were taken once."


def test_words_lit_up_one_by_one_are_said_once() -> None:
    cues = ["<u>Dobar</u> dan svima", "Dobar <u>dan</u> svima", "Dobar dan <u>svima</u>"]
    cues += ["<u>Hvala</u> vam", "Hvala <u>vam</u>"]
    (found,) = read_srt(srt(*cues)).transcripts
    assert [(t.text, t.start_ms, t.end_ms) for t in found.turns] == [
        ("Dobar dan svima Hvala vam", 1000, 6000)
    ]


def test_people_may_say_the_same_thing_again() -> None:
    assert said(vtt("<v A>Да.", "<v A>Да.", "<v A>Да.", "<v A>Да.")) == [("A", "Да. Да. Да. Да.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # Zoom, where people name their own devices
            vtt("Ana Petrova: Hello.", "Vadim's iPhone: Hi.", "Vadim's iPhone: One: two."),
            [("Ana Petrova", "Hello."), ("Vadim's iPhone", "Hi. One: two.")],
        ),
        (  # live captioning
            srt(">> ANNA SMITH: Where?", ">> VADIM: Here.", "&gt;&gt; VADIM: There.", ">> When?"),
            [("ANNA SMITH", "Where?"), ("VADIM", "Here. There."), ("", ">> When?")],
        ),
        (  # WhisperX
            srt("[SPEAKER_00]: Добрый день.", "[SPEAKER_01]: Да.", "[смех]"),
            [("SPEAKER_00", "Добрый день."), ("SPEAKER_01", "Да. [смех]")],
        ),
        (  # 3Play, Kaltura
            vtt("- [Interviewer] Tell me.", "- [Ana] I will.", "- [Interviewer] So?\n- [Ana] So."),
            [
                ("Interviewer", "Tell me."),
                ("Ana", "I will."),
                ("Interviewer", "So?"),
                ("Ana", "So."),
            ],
        ),
        (  # dialogue of the cinema
            srt("– Где вы родились?\n– В Перми.", "- А потом?", "-Белград."),
            [("", "– Где вы родились?"), ("", "– В Перми."), ("", "- А потом?"), ("", "-Белград.")],
        ),
        (  # Premiere
            srt("Speaker 1\nHello, I am first.", "Speaker 2\nAnd I am second."),
            [("Speaker 1", "Hello, I am first."), ("Speaker 2", "And I am second.")],
        ),
        (  # Microsoft Teams
            srt("Petrova, Anna\nS.", "Vadim (Guest)\nI.", "Petrova, Anna\nA.", "Vadim (Guest)\nI."),
            [
                ("Petrova, Anna", "S."),
                ("Vadim (Guest)", "I."),
                ("Petrova, Anna", "A."),
                ("Vadim (Guest)", "I."),
            ],
        ),
        (srt("АННА:Где?", "ВАДИМ:В 10:30 утра."), [("АННА", "Где?"), ("ВАДИМ", "В 10:30 утра.")]),
        (srt("[Music] Hello.", "[Music] there."), [("", "[Music] Hello. [Music] there.")]),
        (srt("He said\nso."), [("", "He said so.")]),
    ],
)  # fmt: skip
def test_each_program_names_speakers_in_its_own_way(text: str, expected: Said) -> None:
    assert said(text) == expected


def test_a_line_of_the_header_that_is_not_kept_is_said() -> None:
    head = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000"
    parsed = read_vtt(vtt("Hello", head=head))
    assert [(x.what, x.where) for x in parsed.losses] == [
        ("A line of the file's header is not kept.", "line 2")
    ]


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ("WEBVTT\nKind: captions\nLanguage: sr_RS", "sr-RS"),
        ("WEBVTT\nLanguage: sr-Latn", "sr-Latn"),
        ('WEBVTT\n\nNOTE duration:"00:51:13"\n\nNOTE language:en-us', "en-US"),
    ],
)
def test_a_file_tells_its_language_in_one_way_or_another(head: str, language: str) -> None:
    assert read_vtt(vtt("Hello", head=head)).transcripts[0].language == language


def test_how_sure_a_recogniser_was_is_one_loss_for_the_file() -> None:
    cue = "NOTE Confidence: 0.89\n\n00:00:0{0}.000 --> 00:00:0{0}.900\nword"
    parsed = read_vtt("WEBVTT\n\n" + "\n\n".join(cue.format(i) for i in range(9)))
    assert [x.what for x in parsed.losses] == [
        "How sure the recogniser was of 9 captions is not kept."
    ]


def test_names_of_captions_are_said_to_be_lost_and_numbers_are_not() -> None:
    times = "00:00:01.000 --> 00:00:02.000\n"
    ids = ["12", "7d0b7f2c-3b2a-4a6e-9a3f-0c4e3a1e6b11/12-0", "Chapter one"]
    parsed = read_vtt("WEBVTT\n\n" + "\n\n".join(f"{i}\n{times}word" for i in ids))
    assert [(x.what, x.where) for x in parsed.losses] == [
        ("The name of 1 caption is not kept.", "line 12")
    ]


def test_a_header_may_be_indented() -> None:
    assert said(vtt("Hello").replace("WEBVTT", " WEBVTT")[1:]) == [("", "Hello")]
    assert read_vtt(" " + vtt("Hello")).losses == ()
