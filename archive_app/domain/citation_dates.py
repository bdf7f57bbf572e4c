"""Dates and times as each citation style says them, in the style's own language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from archive_app.domain.edtf import EdtfDate, parse_edtf
from archive_app.domain.edtf_words import ENGLISH, RUSSIAN, DateWords, display_by
from archive_app.domain.timecode import format_timecode
from archive_app.errors import BadValue

# The same for all: parts of a date that are not known are left out, not explained.
_BARE = {"no_day": "{date}", "no_month": "{date}", "no_month_or_day": "{date}"}
_ENGLISH = replace(
    ENGLISH, **_BARE, about="ca. {date}", since_about="from ca. {date}",
    until_about="until ca. {date}", uncertain="{date}?", unknown_start="until {date}",
    unknown_end="from {date}",
)  # fmt: skip
_MLA_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip

CHICAGO = replace(_ENGLISH, day="{month} {day}, {year}")
"""September 12, 2022."""
MLA = replace(
    _ENGLISH, months=_MLA_MONTHS, months_genitive=_MLA_MONTHS, about="circa {date}",
    since_about="from circa {date}", until_about="until circa {date}",
)  # fmt: skip
"""12 Sept. 2022."""
APA = replace(_ENGLISH, day="{year}, {month} {day}", month="{year}, {month}")
"""2022, September 12."""
BRITISH = replace(_ENGLISH, about="c. {date}", since_about="from c. {date}",
                  until_about="until c. {date}")  # fmt: skip
"""12 September 2022."""
GOST = replace(
    RUSSIAN, **_BARE, year="{year} г.", era="{year} г. до н. э.", decade="{year}-е гг.",
    century="между {first} и {last} гг.", uncertain="предположительно {date}",
    unknown_start="до {date}", unknown_end="с {date}",
)  # fmt: skip
"""12 сентября 2022 г."""


def say_date(edtf: str, words: DateWords) -> str:
    """Return a date in a style's words; empty for none, as it came where it is not EDTF."""
    if not edtf:
        return ""
    text = " ".join(display_by(edtf, words).split())
    if words is GOST:
        return re.sub(r"^(\d{4}) г\. – (\d{4}) г\.$", r"\1–\2 гг.", text)
    return text.replace(" – ", "–")


def say_years(edtf: str, words: DateWords) -> str:
    """Return the year, or the years, of a date: "2022", "ca. 2022", "1998–2004"."""
    try:
        parsed = parse_edtf(edtf)
    except BadValue:
        return say_date(edtf, words)
    if isinstance(parsed, EdtfDate):
        return say_date(_year(parsed), words)
    sides = [_year(side) for side in (parsed.start, parsed.end)]
    return say_date(sides[0] if sides[0] == sides[1] else "/".join(sides), words)


def say_times(
    start_ms: int | None,
    end_ms: int | None = None,
    *,
    form: Callable[[int], str] = format_timecode,
) -> str:
    """Return "0:12:03–0:13:40", "0:12:03" without an end, nothing without a start."""
    if start_ms is None:
        return ""
    start = form(start_ms)
    end = form(end_ms) if end_ms is not None and end_ms > start_ms else ""
    return f"{start}–{end}" if end and end != start else start


def two_digit_hours(ms: int) -> str:
    """Return a time with two digits for its hour: 00:12:03."""
    return format_timecode(ms).rjust(8, "0")


def _year(side: EdtfDate | str) -> str:
    if isinstance(side, str):
        return side
    both = side.is_uncertain and side.is_approximate
    mark = "%" if both else "~" if side.is_approximate else "?" if side.is_uncertain else ""
    return side.year + mark
