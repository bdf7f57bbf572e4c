"""Times on a recording: integers in milliseconds, read from and shown as timecodes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive_app.errors import BadValue
from archive_app.translation import tr

LONGEST_MS = 10_000 * 3_600_000 - 1
"""No timecode reaches ten thousand hours; more is a slip of the pen."""

_TIMECODE = re.compile(
    r"(?:(?:(?P<hours>[0-9]{1,6}):)?(?P<minutes>[0-9]{1,6}):)?"
    r"(?P<seconds>[0-9]{1,9})(?:[.,](?P<fraction>[0-9]{1,12}))?"
)


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A stretch of a recording, half-open ``[start_ms, end_ms)``."""

    start_ms: int
    end_ms: int

    @property
    def duration_ms(self) -> int:
        """How long it is; 0 if it ends before it starts."""
        return max(0, self.end_ms - self.start_ms)


def parse_timecode(text: str) -> int:
    """Return the milliseconds that a timecode says.

    Takes hours, minutes and seconds (``1:02:03``, ``01:02:03.004``, OHMS's
    ``1:2:0``), minutes and seconds (``02:03,5``, ``90:00``) and bare seconds
    (``3723``, ``12.5``). After a colon, minutes and seconds stay below 60. A
    fraction beyond milliseconds is rounded, a half up.

    Raises:
        BadValue: it is not a timecode.
    """
    match = _TIMECODE.fullmatch(text.strip())
    if match is None:
        raise _not_a_timecode(text)
    hours, minutes = int(match["hours"] or 0), int(match["minutes"] or 0)
    seconds = int(match["seconds"])
    has_minutes, has_hours = match["minutes"] is not None, match["hours"] is not None
    if (has_minutes and seconds > 59) or (has_hours and minutes > 59):
        raise _not_a_timecode(text)
    fraction = match["fraction"] or ""
    fraction_ms = (int(fraction.ljust(4, "0")[:4]) + 5) // 10
    ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction_ms
    if ms > LONGEST_MS:
        raise _not_a_timecode(text)
    return ms


def _not_a_timecode(text: str) -> BadValue:
    shown = text.strip()[:40]
    if not shown:
        return BadValue(tr("No time is given. Write it as hours, minutes, seconds: 1:02:03."))
    return BadValue(
        tr(
            "“{text}” is not a time. Write it as hours, minutes, seconds: 1:02:03.",
            text=shown,
        )
    )


def format_timecode(ms: int) -> str:
    """Return a time as the window shows it, always with the hour: ``0:00:42``, ``1:02:03``.

    In whole seconds; what is begun counts as not reached: 1,999 ms is ``0:00:01``. A time before
    the start has a minus sign.
    """
    sign, (hours, minutes, seconds, _) = _parts(ms)
    return f"{sign}{hours}:{minutes:02}:{seconds:02}"


def format_timecode_ms(ms: int) -> str:
    """Return a time to the millisecond, as WebVTT writes it: ``01:02:03.004``."""
    sign, (hours, minutes, seconds, rest) = _parts(ms)
    return f"{sign}{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"


def _parts(ms: int) -> tuple[str, tuple[int, int, int, int]]:
    seconds, rest = divmod(abs(ms), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return ("-" if ms < 0 else ""), (hours, minutes, seconds, rest)


def clip(stretch: TimeRange, within: TimeRange) -> TimeRange | None:
    """Return the part of a stretch that lies within another, or ``None`` if no part does."""
    start_ms = max(stretch.start_ms, within.start_ms)
    end_ms = min(stretch.end_ms, within.end_ms)
    return TimeRange(start_ms, end_ms) if start_ms < end_ms else None


def overlap_ms(one: TimeRange, other: TimeRange) -> int:
    """Return for how many milliseconds two stretches run at once."""
    shared = clip(one, other)
    return shared.duration_ms if shared else 0
