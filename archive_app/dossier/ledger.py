"""What the body leaves behind for the contents and the index: terms, titles and anchors."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Section(IntEnum):
    """The index's sections, in their order."""

    NAMES = 0
    PLACES = 1
    TAGS = 2


@dataclass(frozen=True, slots=True)
class Listing:
    """A line of the contents. ``level`` is -1 for a part, 0 for an interview, 1 for a segment."""

    level: int
    title: str
    anchor: str
    detail: str = ""
    timecode: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the index; ``sort`` is what it is filed under."""

    section: Section
    shown: str
    sort: str


@dataclass(slots=True)
class Ledger:
    """Filled while the body's blocks are told, read when front matter and index are made."""

    listings: list[Listing] = field(default_factory=list[Listing])
    terms: dict[Term, list[tuple[str, str]]] = field(
        default_factory=dict[Term, list[tuple[str, str]]]
    )
    """Term to the anchors where it begins and ends."""
    interviews: dict[str, str] = field(default_factory=dict[str, str])
    """An interview's uuid to the anchor where it first begins."""
    _count: int = 0

    def key(self) -> str:
        """Return an anchor's name that was not given before."""
        self._count += 1
        return f"a{self._count}"

    def enter(self, section: Section, shown: str, start: str, end: str, sort: str = "") -> None:
        """Enter a term of the index from one anchor to another."""
        if shown.strip():
            self.terms.setdefault(Term(section, shown, sort or shown), []).append((start, end))
