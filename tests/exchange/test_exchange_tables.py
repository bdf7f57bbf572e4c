from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from exchange_building import interview, told, transcript, turn, turn_lists
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.parsed import ParsedTagging
from archive_app.domain.records import (
    Footnote,
    GpsPoint,
    Hyperlink,
    Role,
    TimedText,
    TranscriptKind,
)
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedInterview,
    ReleasedPerson,
    ReleasedRecording,
    ReleasedTagging,
    ReleasedTurn,
)
from archive_app.errors import BadInput
from archive_app.exchange.csv_table import read_csv, write_csv
from archive_app.exchange.decoding import decode
from archive_app.exchange.json_record import read_json, write_json
from archive_app.exchange.recogniser import read_recogniser

NAMES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=8
).filter(lambda name: name.strip() == name)


@st.composite
def tagged(draw: st.DrawFn) -> ReleasedInterview:
    turns: list[ReleasedTurn] = draw(turn_lists())
    taggings: list[ReleasedTagging] = []
    for _ in range(draw(st.integers(0, 4))):
        a, b = sorted(
            draw(st.tuples(st.integers(0, len(turns) - 1), st.integers(0, len(turns) - 1)))
        )
        low = draw(st.integers(0, len(turns[a].text)))
        high = draw(st.integers(0, len(turns[b].text)))
        if (a, low) >= (b, high) or (a < b and (low == len(turns[a].text) or high == 0)):
            continue
        path = tuple(draw(st.lists(NAMES, min_size=1, max_size=3)))
        taggings.append(
            ReleasedTagging("u", {"en": path[-1]}, path, "#aabbcc", a + 1, low, b + 1, high, "q")
        )
    return interview(transcript(turns, taggings=tuple(taggings)))


def laid(taggings: tuple[ReleasedTagging, ...]) -> list[tuple[object, ...]]:
    return sorted((t.path, t.start_turn - 1, t.start, t.end_turn - 1, t.end) for t in taggings)


def read_laid(taggings: tuple[ParsedTagging, ...]) -> list[tuple[object, ...]]:
    return sorted((t.path, t.start_turn, t.start, t.end_turn, t.end) for t in taggings)


@given(tagged())
def test_json_read_again_gives_the_same_turns_and_tags(released: ReleasedInterview) -> None:
    again = read_json(decode(write_json(released).data).text)
    (source,), (kept,) = released.transcripts, again.transcripts
    assert told(kept.turns) == told(source.turns)
    assert read_laid(kept.taggings) == laid(source.taggings)


@given(tagged())
def test_csv_read_again_gives_the_same_turns_and_tags(released: ReleasedInterview) -> None:
    (again,) = read_csv(decode(write_csv(released).data).text)
    (source,), (kept,) = released.transcripts, again.transcripts
    assert told(kept.turns) == told(source.turns)
    assert read_laid(kept.taggings) == laid(source.taggings)
    assert again.losses == ()
    assert kept.language == "ru"


def test_json_keeps_everything_that_was_released() -> None:
    one = turn(
        "Добар дан.",
        speaker="Ana",
        start_ms=1,
        end_ms=2,
        timed=(TimedText(0, 5, 1, 2, confidence=0.5), TimedText(6, 10, 2, 2, is_cue=True)),
        footnotes=(Footnote(5, "note", "https://x"),),
    )
    point = ReleasedIndexPoint(
        1234, 5678, "A", "s", "p", ("k",), ("s",), "Ub",
        (GpsPoint("1,2", "3", "Ub", "Уб"),), (Hyperlink("https://x", "x", "икс"),), {"title": "Б"},
    )  # fmt: skip
    released = interview(
        transcript([one], kind=TranscriptKind.EDITED),
        index_points=(point,),
        abstract="a\nb",
        extra={"ohms_id": "007"},
        recordings=(ReleasedRecording(1, 0, "a.wav", "", 1, 2),),
    )
    again = read_json(write_json(released).data.decode())
    (kept,) = again.transcripts
    assert kept.kind is TranscriptKind.EDITED
    assert kept.turns[0].timed == one.timed
    assert kept.turns[0].footnotes == one.footnotes
    (index,) = again.index_points
    for name in ("start_ms", "end_ms", "title", "synopsis", "keywords", "gps", "links", "alt"):
        assert getattr(index, name) == getattr(point, name)
    assert again.record.titles == released.titles
    assert again.record.abstract == "a\nb"
    assert again.record.interviewees == ("Vadim",)
    assert again.record.interviewers == ("Ana",)
    assert again.record.extra == {"ohms_id": "007"}
    assert again.record.media_names == ("a.wav",)


def test_a_protected_name_never_stands_in_the_json() -> None:
    person = ReleasedPerson("Viktor", "Viktor", Role.INTERVIEWEE, protected_name="Secret Name")
    written = write_json(interview(people=(person,)))
    assert b"Secret" not in written.data
    assert any("protected" in loss.what for loss in written.losses)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"transcripts": [{"turns": [{"text": 5}]}]}, r"transcripts\[0\]\.turns\[0\]\.text"),
        ({"transcripts": [{"turns": [{"text": "a", "start_ms": "x"}]}]}, "start_ms"),
        ({"transcripts": [{"turns": [{"text": "a", "start_ms": -1}]}]}, "start_ms"),
        ({"transcripts": [{"turns": [{"text": "a", "timed": [{"start": 0, "end": 9}]}]}]}, "end"),
        ({"transcripts": [{"turns": [], "kind": "x"}]}, "kind"),
        ({"transcripts": {}}, "transcripts"),
        ({"transcripts": [{"taggings": [{"path": ["a"], "start_turn": 3}]}]}, "start_turn"),
        ({"titles": {"en": 1}}, "titles.en"),
        ({"subjects": [1]}, r"subjects\[0\]"),
        ({"version": 99}, "newer"),
        ({"format": "x"}, "not an interview"),
    ],
)
def test_json_of_the_wrong_kind_is_refused_with_its_place(
    change: dict[str, object], where: str
) -> None:
    document = {"format": "oral-history-archive/interview", "version": 1, **change}
    with pytest.raises(BadInput, match=where):
        read_json(json.dumps(document))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a": ' + "9" * 5000 + "}", "NaN", "[]"])
def test_broken_json_is_refused(text: str) -> None:
    for read in (read_json, read_recogniser):
        if text == "[]" and read is read_recogniser:
            continue
        with pytest.raises(BadInput):
            read(text)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "'=", "＝"])
def test_no_cell_of_ours_runs_in_a_spreadsheet(start: str) -> None:
    text = f"{start}cmd|x".replace("\t", " ")
    data = write_csv(interview(transcript([turn(text, speaker=text)]))).data
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert not any(cell[:1] in "=+-@＝\t" for row in rows for cell in row if cell)


@pytest.mark.parametrize(
    "table",
    [
        "start,end,speaker,text\n0:01,0:02.5,Ana:,Dobar dan\n",
        "Start;End;Speaker;Text\r\n1;2,5;Ana;Dobar dan\r\n",
        "sep=;\nstart_ms;end_ms;name;transcript\n1000;2500;Ana;Dobar dan\n",
        "начало\tконец\tговорящий\tтекст\n[00:00:01]\t00:00:02.500\tAna\tDobar dan\n",
    ],
)
def test_transcripts_in_other_peoples_tables_are_read(table: str) -> None:
    (found,) = read_csv(table)
    assert told(found.transcripts[0].turns) == [("Ana", 1000, 2500, "Dobar dan", False)]


def test_tags_in_other_peoples_tables_lie_on_the_whole_turn() -> None:
    (found,) = read_csv("text,tags,mood\nDobar dan,Work/School; Home,glad\n")
    assert read_laid(found.transcripts[0].taggings) == [
        (("Home",), 0, 0, 0, 9),
        (("Work", "School"), 0, 0, 0, 9),
    ]
    assert "mood" in found.losses[0].what


def test_a_catalogue_is_an_interview_a_row() -> None:
    found = read_csv(
        "Accession;Title;Title (ru);Interviewee;Date;Language;Collection;Shelf\n"
        'A-1;"Interview; with Ana";Интервью;Ana; Vera\n'
        'A-2;"Second";;"Ana; Vera";2022-09~;Serbian (Cyrillic);Zbirka;3b\n'
    )
    assert [one.record.accession for one in found] == ["A-1", "A-2"]
    first, second = (one.record for one in found)
    assert first.titles == {"und": "Interview; with Ana", "ru": "Интервью"}
    assert second.interviewees == ("Ana", "Vera")
    assert second.languages == ("sr-Cyrl",)
    assert second.date == "2022-09~"
    assert second.collections == (("collection", "Zbirka"),)
    assert second.extra == {"Shelf": "3b"}
    assert all(one.transcripts == () for one in found)


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", 'text\n"open', 'text\n"a"b\n'])
def test_a_table_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_csv(text)


def test_the_recognisers_segments_and_word_times_are_all_there(samples: Path) -> None:
    path = samples / "whisper" / "smartphone-fr.words.json"
    found = read_recogniser(path.read_text("utf-8"))
    (kept,) = found.transcripts
    raw = json.loads(path.read_text("utf-8"))
    assert len(kept.turns) == 38
    assert sum(len(t.timed) for t in kept.turns) == 554
    assert kept.language == "fr"
    assert [t.text for t in kept.turns] == [" ".join(s["text"].split()) for s in raw["segments"]]
    assert [
        (t.text[w.start : w.end], w.start_ms, w.confidence) for t in kept.turns for w in t.timed
    ] == [
        (w["text"], round(w["start"] * 1000), w["confidence"])
        for s in raw["segments"]
        for w in s["words"]
    ]
    assert found.losses == ()


@pytest.mark.parametrize(
    "document",
    [
        {"language": "sr", "segments": [{"start": 1, "end": 2.5, "text": " Dobar dan", "words": [
            {"word": " Dobar", "start": 1, "end": 1.5, "probability": 0.9},
            {"word": " dan", "start": 1.5, "end": 2.5, "probability": 0.9}]}]},
        {"language": "Serbian", "segments": [{"start": 1, "end": 2.5, "text": "Dobar dan",
            "words": [{"word": "Dobar", "start": 1, "end": 1.5, "score": 0.9},
                      {"word": "dan", "start": 1.5, "end": 2.5, "score": 0.9}]}]},
        {"result": {"language": "sr"}, "transcription": [{
            "timestamps": {"from": "00:00:01,000", "to": "00:00:02,500"},
            "offsets": {"from": 1000, "to": 2500}, "text": " Dobar dan", "tokens": [
                {"text": "[_BEG_]", "offsets": {"from": 0, "to": 0}, "p": 1},
                {"text": " Do", "offsets": {"from": 1000, "to": 1200}, "p": 0.9},
                {"text": "bar", "offsets": {"from": 1200, "to": 1500}, "p": 0.95},
                {"text": " dan", "offsets": {"from": 1500, "to": 2500}, "p": 0.9}]}]},
    ],
)  # fmt: skip
def test_every_whisper_is_understood(document: dict[str, object]) -> None:
    (kept,) = read_recogniser(json.dumps(document)).transcripts
    assert kept.language == "sr"
    assert told(kept.turns) == [("", 1000, 2500, "Dobar dan", False)]
    assert kept.turns[0].timed == (
        TimedText(0, 5, 1000, 1500, confidence=0.9),
        TimedText(6, 9, 1500, 2500, confidence=0.9),
    )


def test_a_recognisers_speakers_and_gaps_are_taken() -> None:
    document = {
        "segments": [
            {"start": 1, "end": 2, "text": "Da 5.", "speaker": "SPEAKER_00",
             "words": [{"word": "Da", "start": 1, "end": 2, "score": 0.5}, {"word": "5."}]},
            {"start": 3, "end": 2, "text": "Ne."},
            {"start": float("nan"), "end": None, "text": ""},
        ]
    }  # fmt: skip
    found = read_recogniser(json.dumps(document))
    (kept,) = found.transcripts
    assert [(t.speaker, t.start_ms, t.end_ms) for t in kept.turns] == [
        ("SPEAKER_00", 1000, 2000),
        ("", 3000, None),
    ]
    assert len(found.losses) == 3
    (plain,) = read_recogniser('{"chunks": [{"text": "Da", "timestamp": [1, null]}]}').transcripts
    assert (plain.turns[0].start_ms, plain.turns[0].end_ms) == (1000, None)


def test_what_tables_leave_out_is_said() -> None:
    one = turn("Da", footnotes=(Footnote(1, "n"),))
    tag = ReleasedTagging("u", {"en": "A", "ru": "А"}, ("A",), "", 1, 0, 1, 2, "Da", memo="m")
    first = transcript([one], taggings=(tag,))
    said = " ".join(
        loss.what for loss in write_csv(interview(first, replace(first, transcript_id=9))).losses
    )
    for word in ("footnote", "other transcript", "catalogue record", "names and places"):
        assert word in said
