"""Tables as spreadsheets and other programs write them."""

from __future__ import annotations

import pytest

from archive_app.domain.parsed import ParsedInterview
from archive_app.exchange.clock import read_clock
from archive_app.exchange.csv_table import read_csv
from archive_app.exchange.language_names import language_tag

Told = list[tuple[str, int | None, int | None, str]]


def told(found: tuple[ParsedInterview, ...]) -> Told:
    (transcript,) = found[0].transcripts
    return [(t.speaker, t.start_ms, t.end_ms, t.text) for t in transcript.turns]


@pytest.mark.parametrize(
    ("text", "expected", "losses"),
    [
        (  # Whisper, whose .tsv counts milliseconds and quotes nothing
            'start\tend\ttext\n0\t2500\tHello there\n2500\t5000\t"Yes" he said\n',
            [("", 0, 2500, "Hello there"), ("", 2500, 5000, '"Yes" he said')],
            ["The times were taken as milliseconds: as seconds they last too long."],
        ),
        (
            "start,end,text\n0,3,Hello there\n3,60,Da. To je bilo davno.\n",
            [("", 0, 3000, "Hello there"), ("", 3000, 60_000, "Da. To je bilo davno.")],
            [],
        ),
        (  # Premiere, in frames
            '"Speaker Name","Start Time","End Time","Text"\n"S","00:00:01:12","00;00;03;05","Hi"\n',
            [("S", 1000, 3000, "Hi")],
            ["Times are told in frames; they were taken to the second."],
        ),
        (  # Trint
            "Speaker,Timecode In,Timecode Out,Transcript\nAna,00:00:01,00:00:03,Hi\n",
            [("Ana", 1000, 3000, "Hi")],
            [],
        ),
        (  # NVivo
            "Timespan,Content,Speaker\n0:00.0 - 0:12.5,Hi,Ana\n",
            [("Ana", 0, 12_500, "Hi")],
            [],
        ),
        (
            "Начало;Конец;Спикер;Реплика\n00:00:01;00:00:03;Анна;Да\n",
            [("Анна", 1000, 3000, "Да")],
            [],
        ),
    ],
)
def test_each_program_has_its_own_columns_and_times(
    text: str, expected: Told, losses: list[str]
) -> None:
    found = read_csv(text)
    assert told(found) == expected
    assert [x.what for x in found[0].losses] == losses


def test_a_title_above_a_spreadsheets_head_is_left_out_and_said() -> None:
    (found,) = read_csv("Our catalogue 2020,,\n,,\nAccession,Title,Date\nQ-1,One,2015\n")
    assert (found.record.accession, dict(found.record.titles)) == ("Q-1", {"und": "One"})
    assert [x.where for x in found.losses] == ["line 1"]


def test_a_russian_catalogue_says_its_dates_and_languages_as_russians_do() -> None:
    head = "Номер;Название;Дата;Язык"
    first, second = read_csv(f"{head}\nР-1;Первое;12.05.2019;русский, сербский\nР-2;Два;2020;руски")
    assert (first.record.date, first.record.languages) == ("2019-05-12", ("ru", "sr"))
    assert (second.record.date, second.record.languages) == ("2020", ("ru",))
    assert first.losses == second.losses == ()


def test_a_catalogue_may_say_whether_there_is_a_transcript() -> None:
    (found,) = read_csv("accession,title,transcript\nA-1,One,yes\n")
    assert found.transcripts == ()
    assert found.record.extra == {"transcript": "yes"}


@pytest.mark.parametrize(
    ("text", "ms"),
    [("01:02:03:24", 3_723_000), ("01;02;03;24", 3_723_000), ("00:61:00:00", None)],
)  # fmt: skip
def test_frames_are_left_aside(text: str, ms: int | None) -> None:
    assert read_clock(text) == ms


@pytest.mark.parametrize(
    ("name", "tag"), [("Сербский", "sr"), ("srpski", "sr"), ("енглески", "en"), ("Deutsch", "de")]
)
def test_languages_are_known_by_their_own_and_their_neighbours_names(name: str, tag: str) -> None:
    assert language_tag(name) == tag


def test_four_numbers_are_no_clock_unless_the_last_are_frames() -> None:
    assert read_clock("1:2:3:4") is None
    assert read_clock("01:02:03:12") == 3_723_000
