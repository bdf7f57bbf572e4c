"""One colour for each person who speaks in an interview, the same wherever they are shown.

The order of the people who took part gives the colour, so it is the same in every
transcript of the interview and for every audience. It never stands alone: a name,
or its first letter, is always beside it or on hover.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor

from archive_app.gui.interview_data import Loaded
from archive_app.gui.tag_colours import LIGHT, tag_colour

_ORDER = (8, 2, 10, 4, 9, 1, 7, 5, 3, 11, 0, 6)
"""Places in the palette of tags: calm ones that lie far apart first."""


class SpeakerColours:
    """Colours by speaker's name, in the order in which the names are given."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._places = {name: place for place, name in enumerate(dict.fromkeys(names)) if name}

    def colour(self, name: str, *, is_dark: bool) -> QColor:
        """Return a speaker's colour; somebody unknown has the one behind all known."""
        place = self._places.get(name, len(self._places))
        return tag_colour(_ORDER[place % len(LIGHT)], is_dark=is_dark)


def initial(name: str) -> str:
    """Return the letter that stands for a speaker where there is no room for the name."""
    return next((letter.upper() for letter in name if letter.isalnum()), "")


def speaker_colours(loaded: Loaded) -> SpeakerColours:
    """Return the colours of an interview's speakers: those who took part, then mere labels."""
    if loaded.file is not None:
        return SpeakerColours(loaded.speaker_names())
    if loaded.copy is None:
        return SpeakerColours()
    names = [person.name for person in loaded.copy.people]
    for transcript in loaded.copy.transcripts:
        names += [turn.speaker for turn in transcript.turns]
    return SpeakerColours(names)
