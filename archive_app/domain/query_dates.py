"""The days that a date in a query, or an interview's own date, can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive_app.domain.edtf import bounds
from archive_app.errors import BadValue


@dataclass(frozen=True, slots=True)
class DateRange:
    """From the first to the last day, both included."""

    first: date
    last: date

    def overlaps(self, other: DateRange) -> bool:
        """Whether a day belongs to both."""
        return self.first <= other.last and other.first <= self.last


def date_range(text: str) -> DateRange | None:
    """Return the days a date or an interval can mean; None if it cannot be read.

    Takes EDTF, and besides it two dots between dates: ``2022-09..2023``, ``2022..``,
    ``..1917``; a side left out is open.
    """
    text = text.strip().upper()
    if "/" not in text and ".." in text:
        first, _, last = text.partition("..")
        text = f"{first or '..'}/{last or '..'}"
    try:
        found = bounds(text)
    except BadValue:
        return None
    return DateRange(found.earliest, found.latest)
