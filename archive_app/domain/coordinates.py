"""Places on the earth as people write them: "44.8125, 20.4612" or 44°48′45″N 20°27′40″E."""

from __future__ import annotations

import re

from archive_app.errors import BadValue
from archive_app.translation import tr

_SIGN = {"N": 1, "С": 1, "S": -1, "Ю": -1, "Ј": -1, "E": 1, "В": 1, "И": 1, "W": -1, "З": -1}
_NORTH = "NSСЮЈ"
_PART = r"""
    (?P<sign{n}>[-−+]?)\s*(?P<degrees{n}>\d{{1,3}}(?:[.]\d+)?)\s*°?\s*
    (?:(?P<minutes{n}>\d{{1,2}}(?:[.]\d+)?)\s*['′’]\s*)?
    (?:(?P<seconds{n}>\d{{1,2}}(?:[.]\d+)?)\s*(?:"|″|”|'')\s*)?
    (?P<side{n}>[NSEWСЮЈВЗИ]?)
"""
_PAIR = re.compile(
    rf"\s*{_PART.format(n=1)}\s*[,;\s]\s*{_PART.format(n=2)}\s*", re.VERBOSE | re.IGNORECASE
)


def parse_coordinates(text: str) -> tuple[float, float] | None:
    """Return (latitude, longitude) in degrees, north and east positive; None for an empty text.

    Takes decimal degrees and degrees, minutes and seconds, with or without the
    letters of the four sides, in English, Russian or Serbian.

    Raises:
        BadValue: it is no place on the earth.
    """
    if not text.strip():
        return None
    match = _PAIR.fullmatch(text)
    if match is None:
        raise _no_place(text)
    sides = match["side1"].upper(), match["side2"].upper()
    values = _value(match, 1), _value(match, 2)
    if bool(sides[0]) != bool(sides[1]):
        raise _no_place(text)
    if sides[0] and (sides[0] in _NORTH) == (sides[1] in _NORTH):
        raise _no_place(text)
    latitude, longitude = values if not sides[0] or sides[0] in _NORTH else values[::-1]
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise _no_place(text)
    return latitude, longitude


def format_coordinates(latitude: float | None, longitude: float | None) -> str:
    """Return "44.8125, 20.4612", as it is read again; empty where either is not known."""
    if latitude is None or longitude is None:
        return ""
    return f"{_degrees(latitude)}, {_degrees(longitude)}"


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _value(match: re.Match[str], number: int) -> float:
    minutes = float(match[f"minutes{number}"] or 0)
    seconds = float(match[f"seconds{number}"] or 0)
    if minutes >= 60 or seconds >= 60:
        raise _no_place(match.string)
    size = float(match[f"degrees{number}"]) + minutes / 60 + seconds / 3600
    sign = -1 if match[f"sign{number}"] in ("-", "−") else 1
    return sign * _SIGN.get(match[f"side{number}"].upper(), 1) * size


def _no_place(text: str) -> BadValue:
    return BadValue(
        tr(
            "“{text}” is no place on the earth. Write latitude and longitude in degrees: "
            "44.8125, 20.4612.",
            text=text.strip()[:60],
        )
    )
