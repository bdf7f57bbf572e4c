"""What the writers of references share: keys, the date's parts, words on a source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.domain.citation_chicago import medium
from archive_app.domain.citation_dates import BRITISH, say_date, say_times
from archive_app.domain.citation_source import CitedSource
from archive_app.domain.edtf import EdtfDate, parse_edtf
from archive_app.errors import BadValue
from archive_app.language.transliteration import romanise


@dataclass(frozen=True, slots=True)
class DateParts:
    """A plain date, or an interval of two, in numbers: year, then month and day if known."""

    sides: tuple[tuple[int, ...], ...]
    is_about: bool = False


def keys_of(sources: Sequence[CitedSource]) -> list[str]:
    """Return a key for each source in plain ASCII, no two alike: "OH-7", "OH-7-2"."""
    taken: set[str] = set()
    keys: list[str] = []
    for source in sources:
        plain = re.sub(r"[^A-Za-z0-9.-]+", "-", romanise(source.accession)).strip("-.")
        key = base = plain or "interview"
        number = 1
        while key.casefold() in taken:
            number += 1
            key = f"{base}-{number}"
        taken.add(key.casefold())
        keys.append(key)
    return keys


def title_of(source: CitedSource) -> str:
    """Return the title in the language of the interview, or what it is in English."""
    title = source.title(source.languages[0] if source.languages else "")
    return title or "Interview"


def date_parts(edtf: str) -> DateParts | None:
    """Return a date in numbers; None for none, and for what numbers cannot say."""
    try:
        parsed = parse_edtf(edtf)
    except BadValue:
        return None
    dates = (parsed,) if isinstance(parsed, EdtfDate) else (parsed.start, parsed.end)
    sides = [
        one for one in dates if isinstance(one, EdtfDate) and re.fullmatch("[0-9]{4}", one.year)
    ]
    if len(sides) < len(dates) or any(one.month > "12" and one.month != "XX" for one in sides):
        return None
    return DateParts(
        tuple(_numbers(one) for one in sides),
        any(one.is_approximate or one.is_uncertain for one in sides),
    )


def say_source_date(source: CitedSource) -> str:
    """Return the date in words: "c. September 2022"."""
    return say_date(source.date, BRITISH)


def medium_of(source: CitedSource) -> str:
    """Return "audio recording", "video recording 2", "transcript" or nothing."""
    return medium(source)


def passage_of(source: CitedSource) -> str:
    """Return the passage's times: "0:12:03–0:13:40"."""
    return say_times(source.start_ms, source.end_ms)


def _numbers(one: EdtfDate) -> tuple[int, ...]:
    known = [one.year]
    for part in (one.month, one.day):
        if part in ("", "XX"):
            break
        known.append(part)
    return tuple(map(int, known))
