"""Tables of contents as an audience may read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from archive_app.domain.names import HiddenNames
from archive_app.domain.records import GpsPoint, Hyperlink, IndexPoint, Place
from archive_app.domain.released import ReleasedIndexPoint


def place_name(names: HiddenNames, place: Place | None) -> str:
    """Return a place's name, English first, as it may be read; empty for no place."""
    if place is None:
        return ""
    return names.hidden(place.names.get("en") or next(iter(place.names.values()), ""))


@dataclass(frozen=True, slots=True)
class IndexGate:
    """What releasing index points needs to know."""

    names: HiddenNames
    say: Callable[[str], str]
    """What may be read of a text about the interview."""
    places: Mapping[int, Place]
    may_quote: bool
    """False: words that were copied from the transcript stay inside."""

    def point(self, point: IndexPoint) -> ReleasedIndexPoint:
        """Return one point as it may be read."""
        say = self.say
        return ReleasedIndexPoint(
            start_ms=point.start_ms,
            end_ms=point.end_ms,
            title=say(point.title),
            synopsis=say(point.synopsis),
            partial_transcript=say(point.partial_transcript) if self.may_quote else "",
            keywords=self._all(point.keywords),
            subjects=self._all(point.subjects),
            place=place_name(self.names, self.places.get(point.place_id or 0)),
            gps=tuple(
                GpsPoint(say(g.gps), say(g.zoom), say(g.text), say(g.text_alt)) for g in point.gps
            ),
            links=tuple(
                Hyperlink(
                    self.names.hide(link.url, is_identifier=True)[0],
                    say(link.text),
                    say(link.text_alt),
                )
                for link in point.links
            ),
            alt={
                say(key): say(text)
                for key, text in point.alt.items()
                if self.may_quote or key != "partial_transcript"
            },
        )

    def _all(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self.say, texts))
