"""What the body leaves behind for the contents and the index: terms, titles and anchors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Section(IntEnum):
    """The index's sections, in their order."""

    NAMES = 0
    PLACES = 1
    TAGS = 2


class Listed(StrEnum):
    """What a line of the contents stands for."""

    HEADING = "heading"
    """The scholar's own, of three levels."""
    INTERVIEW = "interview"
    PIECE = "piece"
    """A segment or a passage, with its time."""
    PROSE = "prose"
    """A heading within the scholar's text."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A line of the contents; ``depth`` counts from 0."""

    kind: Listed
    title: str
    anchor: str
    depth: int = 0
    detail: str = ""
    timecode: str = ""
    lang: str = ""
    """BCP 47 of the title; "": the dossier's own."""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the index; ``sort`` is what it is filed under."""

    section: Section
    shown: str
    sort: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a term stands: from one anchor to another, in which interview (by uuid)."""

    start: str
    end: str
    interview: str = ""
    doubt: str = ""
    """A word at a sentence's beginning that is the name only if it is no common word too."""


@dataclass(slots=True)
class Ledger:
    """Filled while the body's blocks are told, read when front matter and index are made."""

    listings: list[Listing] = field(default_factory=list[Listing])
    terms: dict[Term, list[Entry]] = field(default_factory=dict[Term, list[Entry]])
    tags: dict[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])
    """A tag's path in its vocabulary, names from the root, to what the index calls it."""
    interviews: dict[str, str] = field(default_factory=dict[str, str])
    """An interview's uuid to the anchor where it first begins."""
    titles: dict[str, str] = field(default_factory=dict[str, str])
    """An interview's uuid to its title in the contents."""
    words: set[str] = field(default_factory=set[str])
    """Every word of the testimony as it is written there, each once."""
    passage_of: str = ""
    """Whose passage is being told (an interview's uuid); "" within an interview of its own."""
    _count: int = 0
    _level: int = 0
    _piece_depth: int = 0
    _current: str = ""

    def key(self) -> str:
        """Return an anchor's name that was not given before."""
        self._count += 1
        return f"a{self._count}"

    def anchors(self) -> Iterator[str]:
        """Yield every anchor that contents and index lead to."""
        for listing in self.listings:
            yield listing.anchor
        for entries in self.terms.values():
            for entry in entries:
                yield entry.start
                yield entry.end
        yield from self.interviews.values()

    # The contents

    def list_heading(self, title: str, anchor: str, *, level: int = 1, lang: str = "") -> None:
        """List a heading of the scholar's; what follows stands below it."""
        self._level = self._piece_depth = level
        self._current = self.passage_of = ""
        self.listings.append(Listing(Listed.HEADING, title, anchor, level - 1, lang=lang))

    def list_interview(
        self, uuid: str, title: str, anchor: str, *, detail: str = "", lang: str = ""
    ) -> None:
        """List an interview that begins; terms entered from now on stand in it."""
        self.begin(uuid, title, anchor)
        self.passage_of = ""
        self._piece_depth = self._level + 1
        self.listings.append(
            Listing(Listed.INTERVIEW, title, anchor, self._level, detail, lang=lang)
        )

    def list_piece(self, title: str, anchor: str, *, timecode: str = "", lang: str = "") -> None:
        """List a segment or passage below the interview or heading it follows."""
        depth = self._piece_depth
        self.listings.append(
            Listing(Listed.PIECE, title, anchor, depth, timecode=timecode, lang=lang)
        )

    def list_prose(self, title: str, anchor: str, *, lang: str = "") -> None:
        """List a heading within the scholar's own text."""
        self.listings.append(Listing(Listed.PROSE, title, anchor, self._level, lang=lang))

    # The index

    def begin(self, uuid: str, title: str, anchor: str) -> None:
        """Say whose testimony follows, where the contents do not list the interview itself."""
        self.interviews.setdefault(uuid, anchor)
        self.titles.setdefault(uuid, title)
        self._current = self.passage_of = uuid

    def enter(
        self, section: Section, shown: str, start: str, end: str, sort: str = "", doubt: str = ""
    ) -> None:
        """Enter a term of the index from one anchor to another."""
        if shown.strip():
            term = Term(section, shown, sort or shown)
            self.terms.setdefault(term, []).append(Entry(start, end, self._current, doubt))

    def enter_tag(self, shown: str, start: str, end: str, *, path: tuple[str, ...] = ()) -> None:
        """Enter a tag; ``path`` are the names from its vocabulary's root to the tag itself."""
        self.enter(Section.TAGS, shown, start, end)
        if path:
            self.tags.setdefault(path, shown)
