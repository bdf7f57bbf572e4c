"""The dossier's structure: what each mark on its pages is to a screen reader.

A tree of elements (ISO 32000-1, 14.7 and 14.8) grows while the story is told, so its
order is the reading order whatever the pages look like. Which marked content belongs
to which element is noted while the pages are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from archive_app.dossier.blocks import Block


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content: a page (from 0, in drawing order) and its number on that page."""

    page: int
    mcid: int


@dataclass(slots=True, eq=False)
class Element:
    """A node of the tree; ``tag`` is a standard structure type."""

    tag: str
    lang: str = ""
    alt: str = ""
    kids: list[Element | Content] = field(default_factory=list)

    def add(self, tag: str, lang: str = "") -> Element:
        """Return a new child at the end."""
        child = Element(tag, lang)
        self.kids.append(child)
        return child


@dataclass(frozen=True, slots=True)
class Parts:
    """The elements a block became: for its words, and for what stands left and right of them."""

    body: Element
    lead: Element
    trail: Element


class Structure:
    """Grows the tree of one run of pages; ``root`` is not written, its children are."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._open = [self.root]

    def open(self, tag: str, lang: str = "") -> None:
        """Begin a group."""
        self._open.append(self._open[-1].add(tag, lang))

    def close(self) -> None:
        """End the group that was begun last."""
        if len(self._open) > 1:
            self._open.pop()

    def parts_of(self, block: Block) -> Parts:
        """Add a block to the tree and return its elements."""
        element = self._open[-1].add(block.tag, block.lang)
        return Parts(element, element, element)
