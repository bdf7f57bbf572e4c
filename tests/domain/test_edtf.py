from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.edtf import bounds, is_edtf, validate
from archive_app.domain.edtf_words import display
from archive_app.errors import BadValue

DAYS = {
    "2022": ("2022-01-01", "2022-12-31"),
    "2022-09~": ("2022-09-01", "2022-09-30"),
    "2022-11-05": ("2022-11-05", "2022-11-05"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "1998/2004": ("1998-01-01", "2004-12-31"),
    "2022-02-01/2022-02-03": ("2022-02-01", "2022-02-03"),
    "201X": ("2010-01-01", "2019-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
    "2004-XX": ("2004-01-01", "2004-12-31"),
    "1985-04-XX": ("1985-04-01", "1985-04-30"),
    "1985-XX-XX": ("1985-01-01", "1985-12-31"),
    "../2004": ("0001-01-01", "2004-12-31"),
    "2004/..": ("2004-01-01", "9999-12-31"),
    "2004/": ("2004-01-01", "9999-12-31"),
    "/2004": ("0001-01-01", "2004-12-31"),
    "2022-21": ("2022-03-01", "2022-05-31"),
    "2022-24": ("2022-01-01", "2023-02-28"),
    "-0044": ("0001-01-01", "0001-01-01"),
    "Y170002": ("9999-12-31", "9999-12-31"),
    "2022-11-05T10:00:00Z": ("2022-11-05", "2022-11-05"),
    "2022%/2023?": ("2022-01-01", "2023-12-31"),
    "00XX": ("0001-01-01", "0099-12-31"),
}


@pytest.mark.parametrize("text", DAYS)
def test_a_date_reaches_from_its_first_to_its_last_day(text: str) -> None:
    earliest, latest = bounds(text)
    assert (earliest.isoformat(), latest.isoformat()) == DAYS[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2022-13",
        "2022-02-30",
        "2023-02-29",
        "abc",
        "../..",
        "/",
        "2022-9",
        "2022-XX-05",
        "Y2022",
        "2022-21-01",
        "201X-05",
        "2X22",
        "5.11.2022",
        "2022-11-05T25:00:00",
        "1998/1999/2000",
        "-0000",
        "2022-25",
        "[1667,1668]",
        "２０２２",
        "2022//2023",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadValue, match="2022-09"):
        validate(text)


def test_an_interval_that_ends_before_it_begins_says_so() -> None:
    for text in ("2004/1998", "Y17000/2022", "2022/-0044"):
        with pytest.raises(BadValue, match="ends before it begins"):
            validate(text)


SHOWN = [
    ("2022-11-05", "5 November 2022", "5 ноября 2022", "5. новембра 2022.", "5. novembra 2022."),
    ("2022-09", "September 2022", "сентябрь 2022", "септембар 2022.", "septembar 2022."),
    (
        "2022-09~",
        "about September 2022",
        "около сентября 2022",
        "око септембра 2022.",
        "oko septembra 2022.",
    ),
    ("1998/2004", "1998–2004", "1998–2004", "1998.–2004.", "1998.–2004."),
    ("201X", "2010s", "2010-е", "2010-е", "2010-e"),
    ("../2004-05", "until May 2004", "до мая 2004", "до маја 2004.", "do maja 2004."),
    (
        "2022-09~/..",
        "from about September 2022",
        "примерно с сентября 2022",
        "отприлике од септембра 2022.",
        "otprilike od septembra 2022.",
    ),
    ("2022-22", "summer 2022", "лето 2022", "лето 2022.", "leto 2022."),
    (
        "2022?",
        "2022 (uncertain)",
        "2022 (под вопросом)",
        "2022. (несигурно)",
        "2022. (nesigurno)",
    ),
    (
        "20XX",
        "between 2000 and 2099",
        "между 2000 и 2099",
        "између 2000. и 2099.",
        "između 2000. i 2099.",
    ),
    ("-0044", "45 BCE", "45 до н. э.", "45. п. н. е.", "45. p. n. e."),
]


@pytest.mark.parametrize(("edtf", "en", "ru", "sr_cyrl", "sr_latn"), SHOWN)
def test_dates_read_naturally_in_every_language(
    edtf: str, en: str, ru: str, sr_cyrl: str, sr_latn: str
) -> None:
    shown = [display(edtf, language) for language in ("en", "ru", "sr_Cyrl", "sr-Latn")]
    assert shown == [en, ru, sr_cyrl, sr_latn]


def test_a_foreign_record_s_date_is_shown_as_it_came() -> None:
    assert display("autumn of '44", "ru") == "autumn of '44"


@given(st.dates(), st.integers(0, 4000))
def test_any_two_days_in_order_make_an_interval_with_just_those_bounds(
    first: date, days: int
) -> None:
    last = min(first, date.max - timedelta(days=days)) + timedelta(days=days)
    first = min(first, last)
    assert bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


@given(st.dates(), st.sampled_from(["en", "ru", "sr-Cyrl", "sr-Latn"]))
def test_less_exact_dates_hold_the_more_exact_ones(day: date, language: str) -> None:
    iso = day.isoformat()
    for text in (iso, iso[:7], iso[:4], iso[:3] + "X", iso[:2] + "XX", iso[:7] + "-XX"):
        earliest, latest = bounds(text)
        assert earliest <= day <= latest
        assert display(text, language) not in ("", text) or text == iso[:4]


@given(st.text("0123456789-/.?~%XYTZ:", max_size=14))
def test_any_text_is_a_date_with_bounds_or_is_refused(text: str) -> None:
    if is_edtf(text):
        earliest, latest = bounds(text)
        assert earliest <= latest
        assert display(text, "sr-Latn")
    else:
        assert display(text) == text
