"""A dossier itself as a source: a volume that an archive made and did not publish.

The style guides treat a report or a volume from an institution as a book: its title in
italics (Chicago 18th ed., 14.3; MLA 9th ed., 5.24; APA 7th ed., 9.19 and 10.4; the
Oral History Society's journal; GOST R 7.0.5 sets none). Chosen here: the compiler stands
as they named themselves and is not inverted; in the publisher's place stands the
repository, and the day stands for the year, for a dossier of another day may hold more.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive_app.domain.citation_dates import APA, BRITISH, CHICAGO, GOST, MLA, say_date
from archive_app.domain.citation_source import one_line
from archive_app.domain.citation_text import (
    Italics,
    bracketed,
    commas,
    place_of,
    sentence,
    sentences,
)


@dataclass(frozen=True, slots=True)
class CitedVolume:
    """What is known of a dossier; ``date`` is EDTF."""

    title: str
    subtitle: str = ""
    author: str = ""
    repository: str = ""
    date: str = ""

    @property
    def full_title(self) -> str:
        """Return title and subtitle in one line, with a colon between where none is."""
        title, subtitle = one_line(self.title), one_line(self.subtitle)
        joint = " " if title.endswith(("?", "!", "…")) else ": "
        return joint.join(part for part in (title, subtitle) if part)


def chicago(volume: CitedVolume) -> str:
    """Return the entry in a bibliography."""
    published = commas([one_line(volume.repository), say_date(volume.date, CHICAGO)])
    return sentences([one_line(volume.author), volume.full_title, published])


def mla(volume: CitedVolume) -> str:
    """Return the entry among the works cited."""
    published = commas([one_line(volume.repository), say_date(volume.date, MLA)])
    return sentences([one_line(volume.author), volume.full_title, published])


def apa(volume: CitedVolume) -> str:
    """Return the entry in the list of references."""
    date = bracketed(say_date(volume.date, APA) or "n.d.")
    author, title = one_line(volume.author), volume.full_title
    head = [f"{sentences([author])} {date}", title] if author else [f"{sentences([title])} {date}"]
    return sentences([*head, one_line(volume.repository)])


def oral_history(volume: CitedVolume) -> str:
    """Return the entry as British oral historians have it."""
    published = commas([one_line(volume.repository), say_date(volume.date, BRITISH)])
    title = " ".join(part for part in (volume.full_title, bracketed(published)) if part)
    return sentence([one_line(volume.author), title])


def gost(volume: CitedVolume) -> str:
    """Return the reference behind the text: a space stands before the subtitle's colon too."""
    title, subtitle = one_line(volume.title), one_line(volume.subtitle)
    titled = " : ".join(part for part in (title, subtitle) if part)
    published = commas([one_line(volume.repository), say_date(volume.date, GOST)])
    return sentences([one_line(volume.author), titled, published])


def italics(volume: CitedVolume, reference: str) -> Italics:
    """Return where a reference has the title that is set in italics."""
    return place_of(volume.full_title, reference, len(one_line(volume.author)))
