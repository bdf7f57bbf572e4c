from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import srt
import webvtt
from exchange_building import interview, of_parsed, told, transcript, turn, turn_lists
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_app.domain.records import TimedText
from archive_app.errors import BadInput, NotFound
from archive_app.exchange.decoding import decode
from archive_app.exchange.srt_captions import read_srt, write_srt
from archive_app.exchange.vtt import read_vtt, write_vtt

CUE = "00:00:01.000 --> 00:00:02.000\n"
NEXT = "00:00:02.000 --> 00:00:03.000\n"


def words_of(text: str) -> list[str]:
    return text.split()


def all_words(turns: object) -> list[str]:
    return [word for t in turns for word in t.text.split()]  # pyright: ignore


@pytest.mark.parametrize(
    "name", ["bruce-perens.vtt", "introduction-to-fossda.vtt", "jon-maddog-hall.vtt"]
)
def test_every_word_of_a_real_vtt_arrives_in_order(samples: Path, name: str) -> None:
    text = (samples / "vtt" / name).read_text("utf-8")
    payload = [
        re.sub(r"<v [^>]*>", "", line)
        for line in text.split("\n")[1:]
        if "-->" not in line and not re.fullmatch(r"\d+", line)
    ]
    (read,) = read_vtt(text).transcripts
    assert all_words(read.turns) == words_of(" ".join(payload))
    assert {t.speaker for t in read.turns} == {
        match.removesuffix(":") for match in re.findall(r"<v ([^>]*)>", text)
    }


@pytest.mark.parametrize(
    "name", ["bruce-perens.vtt", "introduction-to-fossda.vtt", "jon-maddog-hall.vtt"]
)
def test_every_cue_of_a_real_vtt_keeps_its_time_and_words(samples: Path, name: str) -> None:
    path = samples / "vtt" / name
    (read,) = read_vtt(path.read_text("utf-8")).transcripts
    kept = [
        (timed.start_ms, timed.end_ms, t.text[timed.start : timed.end])
        for t in read.turns
        for timed in t.timed
    ]
    captions = [
        (
            round(c.start_in_seconds * 1000) + c.start_time.milliseconds,
            round(c.end_in_seconds * 1000) + c.end_time.milliseconds,
            " ".join(c.text.split()),
        )
        for c in webvtt.read(str(path))
    ]
    assert kept == captions


@pytest.mark.parametrize("name", ["russian-lecture.srt", "serbian-cyrillic-lecture.srt"])
def test_every_word_and_time_of_a_real_srt_arrives_in_order(samples: Path, name: str) -> None:
    text = (samples / "srt" / name).read_text("utf-8")
    subtitles = list(srt.parse(text))
    (read,) = read_srt(text).transcripts
    assert all_words(read.turns) == words_of(" ".join(s.content for s in subtitles))
    assert [timed.start_ms for t in read.turns for timed in t.timed] == [
        round(s.start.total_seconds() * 1000) for s in subtitles
    ]
    assert {t.speaker for t in read.turns} == {""}


def test_turns_are_of_a_length_one_likes_to_read(samples: Path) -> None:
    for path in (samples / "vtt").glob("*.vtt"):
        (read,) = read_vtt(path.read_text("utf-8")).transcripts
        assert max(len(t.text.split()) for t in read.turns) <= 250


def test_a_turn_spans_the_cues_of_a_sentence() -> None:
    text = f"WEBVTT\n\n{CUE}<v Ana:>I am here\n\n{NEXT}<v Ana:>today.\n\n{NEXT}<v Ivo>Da."
    (read,) = read_vtt(text).transcripts
    assert [(t.speaker, t.text, t.start_ms, t.end_ms) for t in read.turns] == [
        ("Ana", "I am here today.", 1000, 3000),
        ("Ivo", "Da.", 2000, 3000),
    ]
    assert read.turns[0].timed == (
        TimedText(0, 9, 1000, 2000, is_cue=True),
        TimedText(10, 16, 2000, 3000, is_cue=True),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{CUE}Hello\n\n{NEXT}there", "Hello there"),
        (f"1\n{CUE}Hello\n2\n{NEXT}there", "Hello there"),
        (f"WEBVTT\n{CUE}Hello", "Hello"),
        (f"WEBVTT\r\n\r\n{CUE}Hello\rthere", "Hello there"),
        (f"WEBVTT\n\n{CUE}Hello\n\nthere\n\n{NEXT}again", "Hello there again"),
        ("WEBVTT\n\n00:01.000 --> 00:02,5\nHello", "Hello"),
        (f"WEBVTT - title\nKind: captions\n\n{CUE}Hello", "Hello"),
        (f"WEBVTT\n\nSTYLE\n::cue {{}}\n\nREGION\nid:1\n\n{CUE}Hello", "Hello"),
        (f"WEBVTT\n\nNOTE\nnot said\n\n{CUE}Hello", "Hello"),
        (f"WEBVTT\n\nintro\n{CUE.strip()} align:start line:0%\nHello", "Hello"),
        (f"WEBVTT\n\n{CUE}<v.loud Ana>Hello<br><br>to <i>all</i>&nbsp;of &lt;you&gt;", "x"),
        (f"WEBVTT\n\n{CUE}<inaudible> a < b > c {{\\an8}}x", "<inaudible> a < b > c x"),
    ],
)
def test_every_oddity_of_a_vtt_keeps_its_words(text: str, expected: str) -> None:
    (read,) = read_vtt(text).transcripts
    said = " ".join(t.text for t in read.turns)
    assert said == ("Hello to all\u00a0of <you>" if expected == "x" else expected)


def test_inner_times_become_times_of_words() -> None:
    text = f"WEBVTT\n\n{CUE}One <00:00:01.250>two <00:00:01.500><c>three</c>"
    (read,) = read_vtt(text).transcripts
    assert [
        (read.turns[0].text[x.start : x.end], x.start_ms, x.end_ms, x.is_cue)
        for x in read.turns[0].timed
    ] == [("One", 1000, 1250, False), ("two", 1250, 1500, False), ("three", 1500, 2000, False)]


def test_two_voices_in_one_cue_are_two_turns_that_share_its_time() -> None:
    text = f"WEBVTT\n\n{CUE}<v Ana>Hello</v>\n<v Ivo>there"
    (read,) = read_vtt(text).transcripts
    assert [(t.speaker, t.start_ms, t.end_ms, t.is_time_estimated) for t in read.turns] == [
        ("Ana", 1000, 1500, False),
        ("Ivo", 1500, 2000, True),
    ]


def test_a_cue_that_names_nobody_has_no_speaker() -> None:
    (read,) = read_vtt(f"WEBVTT\n\n{CUE}<v Ana>Hello.\n\n{NEXT}there.").transcripts
    assert [t.speaker for t in read.turns] == ["Ana", ""]


@pytest.mark.parametrize("label", ["ИВАН", "ŽIVKOVIĆ", "Z\u030cIVKO", "Vadim", "Ana Živković"])
def test_names_in_any_script_are_speakers_in_captions(label: str) -> None:
    srt_text = f"1\n{CUE.replace('.', ',')}{label}: Добар дан\n\n2\n{NEXT}свима.\n"
    (read,) = read_srt(srt_text).transcripts
    assert [(t.speaker, t.text) for t in read.turns] == [(label, "Добар дан свима.")]


def test_a_sentence_with_a_colon_names_no_speaker() -> None:
    lines = ["Как вы отвечаете на вопрос: «Это была эмиграция?»", "Автор перевода: Ишимбаев"]
    cues = "\n".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},500\n{x}\n" for i, x in enumerate(lines))
    (read,) = read_srt(cues).transcripts
    assert [t.speaker for t in read.turns] == [""]
    assert all_words(read.turns) == words_of(" ".join(lines))


def test_one_broken_cue_keeps_its_words_and_the_others_their_times() -> None:
    text = f"WEBVTT\n\n{CUE}<v A>one\n\n00:99:99.000 --> x\n<v A>two\n\n{NEXT}<v A>three"
    parsed = read_vtt(text)
    (read,) = parsed.transcripts
    assert read.turns[0].text == "one two three"
    assert (read.turns[0].start_ms, read.turns[0].end_ms) == (1000, 3000)
    assert [loss.where for loss in parsed.losses] == ["line 6"]


def test_a_vtt_whose_times_are_all_nonsense_is_refused_by_line() -> None:
    with pytest.raises(BadInput, match="line 3") as caught:
        read_vtt("WEBVTT\n\n00:99:99.000 --> x\nHello\n\n99:99 --> 1\nthere")
    assert "Nothing was imported" in caught.value.message


@pytest.mark.parametrize(
    ("times", "end_ms", "said"),
    [
        ("00:00:05.000 --> 00:00:05.000", 5000, "no length"),
        ("00:00:05.000 --> 00:00:00.000", None, "its end is unknown"),
    ],
)
def test_a_last_cue_with_an_odd_end_is_repaired_and_said(
    times: str, end_ms: int | None, said: str
) -> None:
    parsed = read_vtt(f"WEBVTT\n\n{times}\nHello")
    assert parsed.transcripts[0].turns[0].end_ms == end_ms
    assert said in parsed.losses[0].what
    assert parsed.losses[0].where == "line 3"


def test_an_end_before_its_start_lasts_until_the_next_cue() -> None:
    parsed = read_vtt(f"WEBVTT\n\n00:00:01.000 --> 00:00:00.500\n<v A>a\n\n{NEXT}<v B>b")
    assert parsed.transcripts[0].turns[0].end_ms == 2000
    assert len(parsed.losses) == 1


def test_cues_out_of_order_keep_the_order_of_the_file() -> None:
    parsed = read_vtt(f"WEBVTT\n\n{NEXT}<v A>first\n\n{CUE}<v B>second")
    assert all_words(parsed.transcripts[0].turns) == ["first", "second"]
    assert "begins before" in parsed.losses[0].what


def test_a_file_without_captions_says_so() -> None:
    parsed = read_vtt("WEBVTT\n")
    assert parsed.transcripts == ()
    assert parsed.losses
    with pytest.raises(BadInput):
        read_vtt("Hello")
    with pytest.raises(BadInput):
        read_srt("Hello")


@given(
    st.lists(
        st.lists(st.sampled_from(["слово", "reč.", "kuća", "1999", "a-b", "…", "NOTE", "да?"]),
                 min_size=1, max_size=30),
        min_size=1, max_size=20,
    ),
    st.integers(0, 4000),
    st.booleans(),
)  # fmt: skip
@settings(max_examples=60)
def test_no_word_is_lost_by_joining(cues: list[list[str]], gap: int, is_srt: bool) -> None:
    blocks: list[str] = []
    for i, words in enumerate(cues):
        at = i * (1000 + gap)
        stamp = f"{at // 3600000:02}:{at // 60000 % 60:02}:{at // 1000 % 60:02}.{at % 1000:03}"
        # A cue that opens with a number could be the next cue's: that is another test's.
        blocks.append(f"{stamp} --> {stamp}\n" + "\n".join(["—", *words, "—"]) + "\n")
    text = "\n".join(blocks)
    parsed = read_srt(text.replace(".", ",")) if is_srt else read_vtt("WEBVTT\n\n" + text)
    expected = words_of(" ".join(" ".join(["—", *w, "—"]) for w in cues))
    if is_srt:
        expected = [word.replace(".", ",") for word in expected]
    assert all_words(parsed.transcripts[0].turns) == expected


@given(turn_lists())
def test_vtt_read_again_gives_the_same_turns(turns: list) -> None:  # type: ignore[type-arg]
    data = write_vtt(interview(transcript(turns))).data
    (read,) = read_vtt(decode(data).text).transcripts
    assert told(read.turns) == told(turns)
    assert read.language == "ru"


@given(turn_lists())
def test_srt_read_again_gives_the_same_turns(turns: list) -> None:  # type: ignore[type-arg]
    data = write_srt(interview(transcript(turns))).data
    (read,) = read_srt(decode(data).text).transcripts
    assert told(read.turns) == told(turns)


@pytest.mark.parametrize("name", ["vtt/jon-maddog-hall.vtt", "srt/russian-lecture.srt"])
def test_real_captions_come_back_cue_by_cue(samples: Path, name: str) -> None:
    text = (samples / name).read_text("utf-8")
    read, write = (read_vtt, write_vtt) if name.endswith("vtt") else (read_srt, write_srt)
    (first,) = read(text).transcripts
    (again,) = read(write(interview(of_parsed(first))).data.decode()).transcripts
    assert told(again.turns) == told(first.turns)
    assert [[x.start_ms for x in t.timed] for t in again.turns] == [
        [x.start_ms for x in t.timed] if len(t.timed) > 1 else [] for t in first.turns
    ]


def test_other_readers_take_our_captions(tmp_path: Path) -> None:
    turns = [
        turn("Добрый день & <все>", n=1, speaker="ИВАН", start_ms=1000, end_ms=2000),
        turn("Dobar dan.", n=2, speaker="Ana", start_ms=2000, end_ms=3004),
    ]
    path = tmp_path / "ours.vtt"
    path.write_bytes(write_vtt(interview(transcript(turns))).data)
    assert [(c.voice, c.start, c.end) for c in webvtt.read(str(path))] == [
        ("ИВАН", "00:00:01.000", "00:00:02.000"),
        ("Ana", "00:00:02.000", "00:00:03.004"),
    ]
    subtitles = list(srt.parse(write_srt(interview(transcript(turns))).data.decode()))
    assert [(s.index, s.content) for s in subtitles] == [
        (1, "ИВАН: Добрый день & <все>"),
        (2, "Ana: Dobar dan."),
    ]


def test_captions_of_ours_that_another_program_renumbered_are_still_read() -> None:
    turns = [turn("Dobar dan.", speaker="ANA", start_ms=1000, end_ms=2000)]
    text = write_srt(interview(transcript(turns))).data.decode()
    (read,) = read_srt(srt.compose(srt.parse(text))).transcripts
    assert [(t.speaker, t.text) for t in read.turns] == [("ANA", "Dobar dan.")]


def test_a_long_turn_whose_words_have_times_becomes_several_cues_and_one_turn_again() -> None:
    text = " ".join(f"riječ{i}" for i in range(60))
    timed, at = [], 0
    for i, word in enumerate(text.split(" ")):
        timed.append(TimedText(at, at + len(word), i * 100, i * 100 + 90))
        at += len(word) + 1
    one = turn(text, speaker="Ana", start_ms=0, end_ms=6000, timed=tuple(timed))
    written = write_vtt(interview(transcript([one])))
    assert written.data.count(b"-->") == 6
    assert any("60 words" in loss.what for loss in written.losses)
    (read,) = read_vtt(written.data.decode()).transcripts
    assert told(read.turns) == told([one])


def test_times_that_captions_need_and_turns_lack_are_said() -> None:
    one = turn("Без времени.")
    for write in (write_vtt, write_srt):
        losses = write(interview(transcript([one]))).losses
        assert any("guessed" in loss.what for loss in losses)


def test_no_transcript_writes_no_captions() -> None:
    with pytest.raises(NotFound):
        write_vtt(interview())
    with pytest.raises(NotFound):
        write_srt(interview(), transcript=3)


def test_another_transcript_is_written_when_asked_for() -> None:
    first = transcript([turn("Да.", start_ms=0, end_ms=1)])
    second = replace(transcript([turn("Yes.", start_ms=0, end_ms=1)]), transcript_id=8)
    assert b"Yes." in write_vtt(interview(first, second), transcript=8).data
