"""The dossier's structure: what each mark on its pages is to a screen reader.

A tree of elements (ISO 32000-1, 14.7 and 14.8) grows while the story is told, so its
order is the reading order whatever the pages look like. Which marked content belongs
to which element is noted while the pages are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from archive_app.dossier.blocks import Block, Fragment

TIMECODE = "Timecode"
"""A time on the recording that opens a turn: our own type, a Span to whoever asks."""
HEADING = "H"
"""A heading; its level is settled when the tree is written, so that none is skipped."""

_HOLDER = {"LI": "L", "TR": "Table", "TOCI": "TOC"}
"""The group without which an entry means nothing."""
_BULLETS = frozenset("•‣◦▪·–—-*")


class Content(NamedTuple):
    """Marked content: its page's name in the file, and its number on that page."""

    page: str
    mcid: int


class Annotated(NamedTuple):
    """An annotation that belongs to an element: its page's and its own name in the file."""

    page: str
    name: str


@dataclass(slots=True, eq=False)
class Element:
    """A node of the tree; ``tag`` is a standard structure type, ``H`` or ``TIMECODE``."""

    tag: str
    lang: str = ""
    alt: str = ""
    kids: list[Element | Content | Annotated] = field(
        default_factory=list["Element | Content | Annotated"]
    )
    level: int = 0
    """Of a heading, from 1."""
    attributes: str = ""
    """Its attribute object as PDF."""
    number: int = 0
    """Of its object in the file, once it has one."""

    def add(self, tag: str, lang: str = "") -> Element:
        """Return a new child at the end."""
        child = Element(tag, lang)
        self.kids.append(child)
        return child


_NO_NOTES: dict[str, Element] = {}


@dataclass(frozen=True, slots=True)
class Parts:
    """The elements a block became.

    ``body`` holds its words, ``lead`` and ``trail`` what stands left and right of them,
    ``figure`` its picture (None: an ornament) and ``time`` the timecode it opens with.
    """

    body: Element
    lead: Element
    trail: Element
    figure: Element | None = None
    time: Element | None = None
    notes: dict[str, Element] = field(default_factory=lambda: _NO_NOTES)
    """Its footnotes by the anchor that a call leads to; taken out once they are called."""

    def take_note(self, anchor: str) -> Element | None:
        """Return the footnote a call leads to, once."""
        return self.notes.pop(anchor, None) if self.notes else None


class Structure:
    """Grows the tree of one run of pages; ``root`` is not written, its children are."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._open = [self.root]
        self._implied: Element | None = None
        self._with_notes: list[Parts] = []

    def open(self, tag: str, lang: str = "") -> None:
        """Begin a group."""
        self._implied = None
        self._open.append(self._open[-1].add(tag, lang))

    def close(self) -> None:
        """End the group that was begun last."""
        self._implied = None
        if len(self._open) > 1:
            self._open.pop()

    def parts_of(self, block: Block) -> Parts:
        """Add a block to the tree and return its elements."""
        parts = self._parts(block, self._home(block.tag))
        if parts.notes:
            self._with_notes.append(parts)
        return parts

    def parts_of_note(self, parts: Parts, note: Block) -> Parts:
        """Return the elements of a footnote of a block; its call puts them in their place."""
        return _note_parts(parts.notes[_key_of(note)], note)

    def finish(self) -> None:
        """Put the footnotes that nothing called behind the words they belong to."""
        for parts in self._with_notes:
            parts.body.kids += parts.notes.values()
        self._with_notes.clear()

    def _home(self, tag: str) -> Element:
        """Return where a block goes: the open group, or one that its tag implies."""
        group = self._open[-1]
        if group.tag in _HOLDER.values():
            return _entry_for(group, tag)
        needed = "BlockQuote" if tag == "BlockQuote" else _HOLDER.get(tag, "")
        if not needed:
            self._implied = None
            return group
        if self._implied is None or self._implied.tag != needed:
            self._implied = group.add(needed)
        return self._implied

    def _parts(self, block: Block, home: Element) -> Parts:
        if block.tag == "Note":
            return _note_parts(home.add("Note", block.lang), block)
        group, figure = home, None
        if block.image is not None and block.image.alt:
            figure = Element("Figure", alt=block.image.alt)
            if not block.image.is_beside:
                has_words = any(fragment.text.strip() for fragment in block.fragments)
                home = home.add("Div") if has_words else home
                home.kids.append(figure)
        body, lead, trail = _words(block, home)
        if figure is not None and block.image is not None and block.image.is_beside:
            (body if group.tag in _HOLDER.values() else group).kids.append(figure)
        time = None
        if block.fragments and block.fragments[0].margin:
            time = body.add(TIMECODE)
        notes = {
            _key_of(note): Element("Note", note.lang)
            for fragment in block.fragments
            for note in fragment.notes
        }
        return Parts(body, lead, trail, figure, time, notes or _NO_NOTES)


def _words(block: Block, home: Element) -> tuple[Element, Element, Element]:
    """Add a block's words to the tree; return what holds them, their lead and their trail."""
    tag, lang = block.tag, block.lang
    if tag == "LI":
        home.attributes = home.attributes or _numbering(block.lead)
        entry = home.add("LI", lang)
        lead, body = entry.add("Lbl"), entry.add("LBody")
        if block.trail is None:
            return body, lead, body
        return body.add("P"), lead, body.add("P")
    if tag == "TOCI":
        entry = home.add("TOCI", lang)
        lead = entry.add("Lbl")
        return entry.add("Reference"), lead, entry.add("Reference")
    if tag == "TR":
        entry = home.add("TR", lang)
        if block.lead is None:
            body = lead = entry.add("TD")
            body.attributes = "<< /O /Table /ColSpan 2 >>"
        else:
            lead, body = entry.add("TH"), entry.add("TD")
            lead.attributes = "<< /O /Table /Scope /Row >>"
        return body, lead, body
    body = home.add("P" if tag == "BlockQuote" else tag, lang)
    body.level = max(block.level, 1) if tag == HEADING else 0
    return body, body, body


def _note_parts(element: Element, note: Block) -> Parts:
    lead = element.add("Lbl") if note.lead is not None else element
    return Parts(element, lead, element)


def _key_of(note: Block) -> str:
    """Return the anchor of a footnote: what its call leads to."""
    for fragment in note.fragments:
        if fragment.anchors:
            return fragment.anchors[0]
    return f"note {id(note)}"


def _entry_for(group: Element, tag: str) -> Element:
    """Return where a block goes in an open list, table or table of contents.

    What is no entry of its kind goes into the entry before it, or into one of its own.
    """
    if _HOLDER.get(tag) == group.tag:
        return group
    last = group.kids[-1] if group.kids else None
    if group.tag == "L":
        entry = last if isinstance(last, Element) and last.tag == "LI" else group.add("LI")
        return _body_of(entry)
    if group.tag == "Table":
        cell = group.add("TR").add("TD")
        cell.attributes = "<< /O /Table /ColSpan 2 >>"
        return cell
    return last if isinstance(last, Element) and last.tag == "TOCI" else group.add("TOCI")


def _body_of(entry: Element) -> Element:
    """Return the body of a list's entry for a further paragraph.

    The words that it has already, drawn or not, become its first paragraph: what is added
    to the tree now would come before words that are drawn later.
    """
    last = entry.kids[-1] if entry.kids else None
    if not isinstance(last, Element) or last.tag != "LBody":
        return entry.add("LBody")
    if any(isinstance(kid, Element) and kid.tag == "P" for kid in last.kids):
        return last
    last.tag = "P"
    entry.kids[-1] = Element("LBody", kids=[last])
    return entry.kids[-1]


def _numbering(lead: Fragment | None) -> str:
    """Return the attribute that says how a list is numbered, by its first label."""
    label = lead.text.strip() if lead else ""
    kind = "None"
    if label and label[0] in _BULLETS:
        kind = "Disc"
    elif label.rstrip(".)").isdecimal():
        kind = "Decimal"
    return f"<< /O /List /ListNumbering /{kind} >>"
