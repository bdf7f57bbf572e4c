"""Where turns and taggings stand in their transcripts, so that one is changed without a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive_app.domain.records import FullTranscript


@dataclass(frozen=True, slots=True)
class Places:
    """The place of each turn and of each tagging of a transcript, by id."""

    turns: Mapping[int, int]
    taggings: Mapping[int, int]


class TextPlaces:
    """Knows the places of transcripts it was asked about before, and of what came of them."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[FullTranscript, Places]] = {}

    def of(self, full: FullTranscript) -> Places:
        """Return a transcript's places; made once, and only the last state of each is kept."""
        known = self._known.get(full.transcript.id)
        if known is not None and known[0] is full:
            return known[1]
        places = Places(
            {turn.id: place for place, turn in enumerate(full.turns)},
            {one.id: place for place, one in enumerate(full.taggings)},
        )
        self._known[full.transcript.id] = (full, places)
        return places

    def carry(self, full: FullTranscript, places: Places) -> None:
        """Take note that a transcript has the same turns and taggings in the same order."""
        self._known[full.transcript.id] = (full, places)
