"""What speech recognisers write: the Whisper family, and the shapes brought to its own."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from archive_app.domain.parsed import ParsedInterview, ParsedTurn
from archive_app.exchange import formats
from archive_app.exchange.recogniser import read_recogniser

WORDS = [
    {"word": "Добрый", "start": 0.0, "end": 0.5},
    {"word": "день.", "start": 0.5, "end": 1.0},
]


def read(value: object) -> ParsedInterview:
    return read_recogniser(json.dumps(value, ensure_ascii=False))


def told(parsed: ParsedInterview) -> list[tuple[str, int | None, int | None, str]]:
    return [
        (t.speaker, t.start_ms, t.end_ms, t.text) for one in parsed.transcripts for t in one.turns
    ]


def words_of(turns: Sequence[ParsedTurn]) -> list[tuple[str, int, int]]:
    return [(t.text[x.start : x.end], x.start_ms, x.end_ms) for t in turns for x in t.timed]


def test_letters_torn_between_tokens_are_mended_and_the_rest_is_not_misread() -> None:
    # whisper.cpp -ojf: a token may end within a letter.
    data = (
        '{"result":{"language":"ru"},"transcription":[{"offsets":{"from":0,"to":900},'
        '"text":" Да, мы","tokens":[{"text":" @1","offsets":{"from":0,"to":100},"p":0.9},'
        '{"text":"@2а,","offsets":{"from":100,"to":400},"p":0.9},'
        '{"text":" мы","offsets":{"from":400,"to":900},"p":0.9}]}]}'
    ).encode()
    data = data.replace(b"@1", b"\xd0").replace(b"@2", b"\x94")
    (found,) = formats.read_bytes(data, format="recogniser")
    assert found.transcripts[0].language == "ru"
    assert words_of(found.transcripts[0].turns) == [("Да,", 0, 400), ("мы", 400, 900)]
    assert found.losses == ()


def test_json_in_a_single_byte_encoding_is_still_guessed() -> None:
    text = '{"segments":[{"start":0,"end":1,"text":"Мы уехали из России в марте."}]}'
    (found,) = formats.read_bytes(text.encode("cp1251"), format="recogniser")
    assert found.transcripts[0].turns[0].text == "Мы уехали из России в марте."
    assert "Windows-1251" in found.losses[0].what


def test_milliseconds_are_told_from_seconds_by_how_much_is_said() -> None:
    assembly = {
        "language_code": "en_us",
        "text": "Hello there.",
        "words": [],
        "utterances": [{
            "speaker": "A", "text": "Hello there.", "start": 100, "end": 900,
            "words": [{"text": "Hello", "start": 100, "end": 500, "speaker": "A"},
                      {"text": "there.", "start": 500, "end": 900, "speaker": "A"}],
        }],
    }  # fmt: skip
    parsed = read(assembly)
    assert told(parsed) == [("A", 100, 900, "Hello there.")]
    assert words_of(parsed.transcripts[0].turns) == [("Hello", 100, 500), ("there.", 500, 900)]
    assert parsed.transcripts[0].language == "en-US"
    seconds = {"segments": [{"start": 0, "end": 3, "text": "Da."}]}
    assert told(read(seconds)) == [("", 0, 3000, "Da.")]
    silence = {"segments": [{"start": 0.0, "end": 90.0, "text": "Da"}]}
    assert told(read(silence)) == [("", 0, 90_000, "Da")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (  # insanely-fast-whisper, which tells voices apart in a list of its own
            {
                "speakers": [{"speaker": "SPEAKER_00", "text": " Da.", "timestamp": [0.0, 1.5]}],
                "chunks": [{"timestamp": [0.0, 1.5], "text": " Da."}],
                "text": " Da.",
            },
            [("SPEAKER_00", 0, 1500, "Da.")],
        ),
        (  # Hugging Face, word by word
            {
                "text": " Da. Da, i to.",
                "chunks": [
                    {"text": f" {w}", "timestamp": [i, i + 0.5]}
                    for i, w in enumerate(["Da.", "Da,", "i", "to."])
                ],
            },
            [("", 0, 3500, "Da. Da, i to.")],
        ),
        (  # faster-whisper's named tuples, older and newer
            [
                [1, 0, 0.0, 1.0, " Da.", [1], -0.2, 1.1, 0.0, [[0.0, 0.9, " Da.", 0.8]], 0.0],
                [2, 0, 1.0, 2.0, " Ne.", [1], 0.0, -0.2, 1.1, 0.0, None],
            ],
            [("", 0, 1000, "Da."), ("", 1000, 2000, "Ne.")],
        ),
        ({"info": {"language": "sr"}, "segments": [{"text": "Da."}]}, [("", None, None, "Da.")]),
        ({"text": "да"}, [("", None, None, "да")]),
        (
            {"alternatives": [{"text": "da", "result": [{"word": "da", "start": 1, "end": 2.5}]}]},
            [("", 1000, 2500, "da")],
        ),
        (
            {"segments": [{"start": "1.5", "end": "00:00:02.500", "text": "Da", "speaker": 0}]},
            [("Speaker 0", 1500, 2500, "Da")],
        ),
        (  # AWS Transcribe
            {
                "results": {
                    "items": [
                        {"type": "pronunciation", "start_time": "0.04", "end_time": "0.4",
                         "speaker_label": "spk_0", "alternatives": [{"content": "Da"}]},
                        {"type": "punctuation", "alternatives": [{"content": "."}]},
                        {"type": "pronunciation", "start_time": "0.5", "end_time": "0.9",
                         "speaker_label": "spk_1", "alternatives": [{"content": "Ne"}]},
                    ]
                }
            },
            [("spk_0", 40, 400, "Da."), ("spk_1", 500, 900, "Ne")],
        ),
        (  # Google: with voices, the last result repeats the words of all
            {
                "results": [
                    {"alternatives": [{"transcript": "da ne", "words": [
                        {"startTime": "0s", "endTime": "0.500s", "word": "da"}]}]},
                    {"alternatives": [{"words": [
                        {"startTime": "0s", "endTime": "0.5s", "word": "da", "speakerTag": 1},
                        {"startTime": "1s", "endTime": "1.5s", "word": "ne", "speakerTag": 2}]}]},
                ]
            },
            [("Speaker 1", 0, 500, "da"), ("Speaker 2", 1000, 1500, "ne")],
        ),
        (  # Deepgram
            {"results": {"channels": [{"alternatives": [{"transcript": "da ne", "words": [
                {"word": "da", "start": 0.1, "end": 0.5, "speaker": 0, "punctuated_word": "Da."},
                {"word": "ne", "start": 1, "end": 1.5, "speaker": 1, "punctuated_word": "Ne."},
            ]}]}]}},
            [("Speaker 0", 100, 500, "Da."), ("Speaker 1", 1000, 1500, "Ne.")],
        ),
    ],
)  # fmt: skip
def test_each_recogniser_is_understood(
    value: object, expected: list[tuple[str, int | None, int | None, str]]
) -> None:
    parsed = read(value)
    assert told(parsed) == expected
    assert parsed.losses == ()


def test_values_one_behind_another_are_segments() -> None:
    one = {"result": [{"word": "da", "start": 0.2, "end": 1.1, "conf": 1.0}], "text": "da"}
    text = "\n".join(json.dumps(value) for value in (one, {"text": ""}, one))
    parsed = read_recogniser(text)
    assert [t[3] for t in told(parsed)] == ["da", "da"]


def test_words_without_segments_are_cut_at_sentences() -> None:
    count = 600
    words = [{"word": f"w{i}" + "." * (i % 20 == 19), "start": i, "end": i + 0.5}
             for i in range(count)]  # fmt: skip
    text = " ".join(str(word["word"]) for word in words)
    parsed = read({"text": text, "words": words, "language": "en"})
    turns = parsed.transcripts[0].turns
    assert len(turns) == 6
    assert " ".join(t.text for t in turns) == text
    assert [t.start_ms for t in turns] == [i * 100_000 for i in range(6)]
    assert turns[-1].end_ms == 599_500
    assert [w for w, _, _ in words_of(turns)] == text.split()


def test_words_out_of_order_find_their_places_by_time() -> None:
    segment = {"start": 0, "end": 1.0, "text": "Добрый день.", "words": WORDS[::-1]}
    parsed = read({"segments": [segment], "language": "ru"})
    assert words_of(parsed.transcripts[0].turns) == [("Добрый", 0, 500), ("день.", 500, 1000)]
    assert parsed.losses == ()


def test_segments_that_go_back_in_time_are_said() -> None:
    parsed = read({"segments": [{"start": 5.5, "text": "a"}, {"start": 1.5, "text": "b"}]})
    assert [(x.what, x.where) for x in parsed.losses] == [
        ("Times go back in the file; its order was kept.", "turn 2")
    ]


def test_two_voices_within_a_segment_are_said_though_the_segment_names_one() -> None:
    words = [{**WORDS[0], "speaker": "A"}, {**WORDS[1], "speaker": "B"}]
    parsed = read({"segments": [{"text": "Добрый день.", "words": words, "speaker": "A"}]})
    assert parsed.transcripts[0].turns[0].speaker == "A"
    assert "several speakers" in parsed.losses[0].what
