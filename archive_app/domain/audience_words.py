"""What an audience is called in a sentence."""

from __future__ import annotations

from archive_app.domain.kinds import Audience
from archive_app.translation import mark, tr

_WORDS = {
    Audience.PUBLIC: mark("the public"),
    Audience.READING_ROOM: mark("the reading room"),
    Audience.STAFF: mark("the archive's staff"),
}


def audience_words(audience: Audience) -> str:
    """Return "the public", "the reading room" or "the archive's staff", translated."""
    return tr(_WORDS[audience])
