"""Historical dates in EDTF, levels 0 and 1: read, checked, bounded.

Source: Library of Congress, Extended Date/Time Format (EDTF) Specification,
4 February 2019, now part of ISO 8601-2:2019. Taken are years, months and days;
years beyond four digits (``Y-17000``); seasons (21 to 24); the qualifiers ``?``
uncertain, ``~`` approximate, ``%`` both, at the end of a date; digits left out
from the right (``201X``, ``2004-XX``); intervals, open (``..``) or with an end
unknown (nothing) on either side. Times of day (level 0) are taken too.

``domain.edtf_words`` shows a date to a reader.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from archive_app.errors import BadValue
from archive_app.translation import tr

SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
"""Season: its first and last month in the northern hemisphere, as our archives lie there."""

_DATE = re.compile(
    r"(?P<year>-?[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|Y-?[1-9][0-9]{4,8})"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX)"
    r"(?P<time>T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}(?::[0-9]{2})?)?)?)?)?"
    r"(?P<mark>[?~%])?"
)


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """One date, in so far as it is known."""

    year: str
    """Four digits, the last one or two perhaps X; or a year beyond them."""
    month: str = ""
    """"01" to "12", a season "21" to "24", "XX", or empty."""
    day: str = ""
    """"01" to "31", "XX", or empty."""
    time: str = ""
    is_uncertain: bool = False
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class EdtfInterval:
    """From one date to another; an end is open (".."), or not known (empty)."""

    start: EdtfDate | str
    end: EdtfDate | str


class Bounds(NamedTuple):
    """The first and the last day that a date may mean."""

    earliest: date
    latest: date


def parse_edtf(text: str) -> EdtfDate | EdtfInterval:
    """Return what a date says.

    Raises:
        BadValue: it is not EDTF of level 0 or 1, or no such day exists.
    """
    text = text.strip()
    if "/" not in text:
        return _date(text, text)
    sides = text.split("/")
    if len(sides) != 2:
        raise _not_a_date(text)
    start, end = (side if side in ("", "..") else _date(side, text) for side in sides)
    if isinstance(start, str) and isinstance(end, str):
        raise _not_a_date(text)
    if isinstance(start, EdtfDate) and isinstance(end, EdtfDate):
        is_backwards = _bounds_of(end).latest < _bounds_of(start).earliest
        if is_backwards or _beyond_calendar(end) < _beyond_calendar(start):
            raise BadValue(
                tr("“{text}” ends before it begins. Write the earlier date first.", text=text[:40])
            )
    return EdtfInterval(start, end)


def validate(text: str) -> str:
    """Return the date as it is to be stored, without spaces around it.

    Raises:
        BadValue: it is not EDTF of level 0 or 1, or no such day exists.
    """
    parse_edtf(text)
    return text.strip()


def is_edtf(text: str) -> bool:
    """Say whether a text is a date that can be stored."""
    try:
        parse_edtf(text)
    except BadValue:
        return False
    return True


def bounds(text: str) -> Bounds:
    """Return the first and last day that a date may mean, for sorting and for narrowing a search.

    An open or unknown end reaches to the calendar's own, 1 January 1 or
    31 December 9999; so do years beyond it. "About" and "perhaps" widen nothing.

    Raises:
        BadValue: it is not EDTF of level 0 or 1, or no such day exists.
    """
    parsed = parse_edtf(text)
    if isinstance(parsed, EdtfDate):
        return _bounds_of(parsed)
    earliest = date.min if isinstance(parsed.start, str) else _bounds_of(parsed.start).earliest
    latest = date.max if isinstance(parsed.end, str) else _bounds_of(parsed.end).latest
    return Bounds(earliest, latest)


def _date(text: str, whole: str) -> EdtfDate:
    match = _DATE.fullmatch(text)
    if match is None:
        raise _not_a_date(whole)
    year, month, day = match["year"], match["month"] or "", match["day"] or ""
    mark = match["mark"] or ""
    parsed = EdtfDate(
        year,
        month,
        day,
        match["time"] or "",
        is_uncertain=mark in ("?", "%"),
        is_approximate=mark in ("~", "%"),
    )
    if not _exists(parsed) or (parsed.time and mark):
        raise _not_a_date(whole)
    return parsed


def _exists(parsed: EdtfDate) -> bool:
    if (parsed.year.startswith("Y") or "X" in parsed.year) and parsed.month:
        return False
    if parsed.year == "-0000":
        return False
    if parsed.month == "XX":
        return parsed.day in ("", "XX")
    month = int(parsed.month or 1)
    if 21 <= month <= 24:
        return not parsed.day
    if not 1 <= month <= 12:
        return False
    if parsed.day in ("", "XX"):
        return True
    is_day = 1 <= int(parsed.day) <= _days_in(int(parsed.year), month)
    return is_day and _is_time(parsed.time)


def _is_time(text: str) -> bool:
    if not text:
        return True
    hours, minutes, seconds = int(text[1:3]), int(text[4:6]), int(text[7:9])
    return hours <= 23 and minutes <= 59 and seconds <= 59


def _days_in(year: int, month: int) -> int:
    # The Gregorian calendar repeats every 400 years, also before year 1.
    return monthrange(year % 400 + 400, month)[1]


def _beyond_calendar(parsed: EdtfDate) -> int:
    """Return -1 for years before the calendar's first, 1 for those after its last, else 0."""
    year = parsed.year.removeprefix("Y")
    if year.startswith("-") or year == "0000":
        return -1
    return 1 if len(year) > 4 else 0


def _bounds_of(parsed: EdtfDate) -> Bounds:
    beyond = _beyond_calendar(parsed)
    if beyond:
        edge = date.min if beyond < 0 else date.max
        return Bounds(edge, edge)
    first = max(1, int(parsed.year.replace("X", "0")))
    last = int(parsed.year.replace("X", "9"))
    if parsed.month in ("", "XX"):
        return Bounds(date(first, 1, 1), date(last, 12, 31))
    month = int(parsed.month)
    if month in SEASONS:
        begins, ends = SEASONS[month]
        if ends < begins:
            # Nobody says which winter of a year is meant: both are.
            last, begins = min(9999, last + 1), 1
        return Bounds(date(first, begins, 1), date(last, ends, _days_in(last, ends)))
    if parsed.day in ("", "XX"):
        return Bounds(date(first, month, 1), date(last, month, _days_in(last, month)))
    day = date(first, month, int(parsed.day))
    return Bounds(day, day)


def _not_a_date(text: str) -> BadValue:
    if not text.strip():
        return BadValue(tr("No date is given. Write it as 2022, 2022-09 or 2022-09-17."))
    return BadValue(
        tr(
            "“{text}” is not a date. Write it as 2022, 2022-09 or 2022-09-17; "
            "2022-09~ for about, 2022? for perhaps, 1998/2004 for from and to.",
            text=text[:40],
        )
    )
