"""Clock readings in caption files and transcripts, to milliseconds and back."""

from __future__ import annotations

import re

MAX_MS = 1000 * 3_600_000
"""A reading of 1,000 hours or more is a mistake in the file."""

CLOCK = r"(?:[0-9]{1,6}:)?[0-9]{1,2}:[0-9]{1,2}(?:[.,][0-9]{1,9})?"
"""A clock reading as files write it, without groups; see ``read_clock``."""

_CLOCK = re.compile(r"(?:([0-9]{1,6}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?")


def read_clock(text: str) -> int | None:
    """Return the milliseconds of "1:02:03.4", "02:03" or "01:02:03,400"; None if it is none.

    Minutes and seconds above 59 are no clock reading: guessing what was meant
    would put words in the wrong place.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
    if minutes > 59 or seconds > 59:
        return None
    fraction = int(((match[4] or "") + "000")[:3])
    value = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
    return value if value < MAX_MS else None


def write_clock(ms: int, separator: str = ".") -> str:
    """Return "01:02:03.004" (WebVTT, 3.3) or, with a comma, SubRip's form."""
    seconds, rest = divmod(max(0, ms), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{rest:03}"
