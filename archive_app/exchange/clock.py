"""Clock readings in caption files and transcripts, to milliseconds and back."""

from __future__ import annotations

import re

MAX_MS = 1000 * 3_600_000
"""A reading of 1,000 hours or more is a mistake in the file."""

_FRAMES = r"[0-9]{1,3}[:;][0-9]{2}[:;][0-9]{2}[:;][0-9]{2}"
CLOCK = rf"(?:{_FRAMES}|(?:[0-9]{{1,6}}:)?[0-9]{{1,2}}:[0-9]{{1,2}}(?:[.,][0-9]{{1,9}})?)"
"""A clock reading as files write it, without groups; see ``read_clock``."""

_CLOCK = re.compile(r"(?:([0-9]{1,6}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?")


def read_clock(text: str) -> int | None:
    """Return the milliseconds of "1:02:03.4", "02:03" or "01:02:03,400"; None if it is none.

    Minutes and seconds above 59 are no clock reading: guessing what was meant
    would put words in the wrong place. Of an editor's "01:02:03:12" the frames
    are left aside (``has_frames``): how long one lasts the file does not tell.
    """
    text = text.strip()
    if has_frames(text):
        text = text[:-3].replace(";", ":")
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
    if minutes > 59 or seconds > 59:
        return None
    fraction = int(((match[4] or "") + "000")[:3])
    value = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
    return value if value < MAX_MS else None


def has_frames(text: str) -> bool:
    """Tell whether a reading counts frames behind the seconds, as SMPTE's."""
    return re.fullmatch(_FRAMES, text) is not None


def write_clock(ms: int, separator: str = ".") -> str:
    """Return "01:02:03.004" (WebVTT, 3.3) or, with a comma, SubRip's form."""
    seconds, rest = divmod(max(0, ms), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{rest:03}"
