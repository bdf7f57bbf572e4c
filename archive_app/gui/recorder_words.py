"""What the recorder says: time left, the sound's format, what is kept, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_app.domain.timecode import format_timecode
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.media.broadcast_wave import SoundFormat
    from archive_app.work.recording import Unfinished

LITTLE_MS = 15 * 60_000
"""Less room than this on the disk is warned of."""


def time_left_in_words(ms: int | None) -> str:
    """Return "3 h 20 min left", rounded down: nobody is promised a minute that is not there."""
    if ms is None:
        return tr("The disk does not say how much room is left")
    hours, minutes = divmod(ms // 60_000, 60)
    if hours >= 100:
        return tr("More than 100 h left on the disk")
    if hours:
        return tr("{hours} h {minutes} min left on the disk", hours=hours, minutes=minutes)
    if minutes:
        return tr("{minutes} min left on the disk", minutes=minutes)
    return tr("Less than a minute left on the disk")


def channels_in_words(channels: int) -> str:
    """Return "Mono" or "Stereo"."""
    return tr("Mono (1 channel)") if channels == 1 else tr("Stereo (2 channels)")


def rate_in_words(rate_hz: int, *, own_hz: int = 0) -> str:
    """Return "48 kHz"; where the system runs the input at another rate, that it converts."""
    words = tr("{rate} kHz", rate=f"{rate_hz / 1000:g}")
    if own_hz in (0, rate_hz):
        return words
    return tr("{rate}, converted from {own} kHz", rate=words, own=f"{own_hz / 1000:g}")


def format_in_words(sound: SoundFormat) -> str:
    """Return "Broadcast WAV · 48 kHz · 24 bit · Mono (1 channel)"."""
    bits = tr("{count} bit", count=sound.bits)
    parts = ("Broadcast WAV", rate_in_words(sound.sample_rate_hz), bits)
    return " · ".join((*parts, channels_in_words(sound.channels)))


def interrupted_in_words(one: Unfinished) -> str:
    """Return what was cut off, when, and how much of it there is."""
    # What shows the library takes a while to import, and a line about a cut recording does not.
    from archive_app.gui.library_model import shown_date

    started = one.started_at.astimezone()
    when = f"{shown_date(started.date().isoformat())}, {started:%H:%M}"
    length = format_timecode(one.duration_ms)
    if one.interview_id is None:
        return tr("A recording of {length}, begun on {when}, was interrupted. Its interview is no "
                  "longer in the archive. The sound is safe.",
                  length=length, when=when)  # fmt: skip
    name = " ".join(part for part in (one.accession, one.title) if part)
    return tr("A recording of {length} of {interview}, begun on {when}, was interrupted. The sound "
              "up to then is safe.",
              length=length, interview=name, when=when)  # fmt: skip


def interrupted_here_in_words(message: str, ms: int) -> str:
    """Return what happened to a recording that stopped by itself, and how much of it is safe."""
    safe = tr("{length} of sound is safe.", length=format_timecode(ms))
    return f"{message} {safe}"
