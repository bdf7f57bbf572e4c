"""The paragraphs of a file that was read back, in reading order, each ready to be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive_app.domain.proof import Where

if TYPE_CHECKING:
    from archive_app.dossier.reading import ReadBack
    from archive_app.dossier.reading_marks import Stretch
    from archive_app.dossier.reading_tree import Element

_INLINE = frozenset(
    {"Span", "Link", "Reference", "Quote", "Em", "Strong", "Annot", "Code", "Sub", "BibEntry",
     "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "NonStruct", "Private"}
)  # fmt: skip
"""Elements that stand within a line of text: ISO 32000-1, 14.8.4.4."""
_PLACES = {
    "Note": Where.FOOTNOTE, "FENote": Where.FOOTNOTE, "Caption": Where.CAPTION,
    "Figure": Where.CAPTION, "TOC": Where.CONTENTS, "TOCI": Where.CONTENTS, "Index": Where.INDEX,
    "Title": Where.HEADING, "BibEntry": Where.CITATION,
}  # fmt: skip
_HEADING = re.compile(r"H[1-6]?\Z")
_TIME = re.compile(r"\s*~?\d+:\d\d:\d\d\s*\Z")
_PAGES = re.compile(r"\s*(?:\d{1,5}|[ivxlcdm]{1,12})(?:[–-](?:\d{1,5}|[ivxlcdm]{1,12}))?\s*\Z")
_CALL = re.compile(r"\s*[\[(]?(?:\d{1,4}|[*†‡§]{1,3})[\])]?\s*\Z")

# Told apart from what ``dossier.shaping`` leaves out, lest a slip there hide itself here.
# What is not drawn: controls, soft hyphens, zero-width signs, bidi controls, variation
# selectors, tags (Unicode's Default_Ignorable_Code_Point and category Cc).
_UNDRAWN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff"
)
_NOT_DRAWN = re.compile(f"[{_UNDRAWN}]")
_NOT_LETTERS = re.compile(f"[\\s{_UNDRAWN}]+")
_GAP = re.compile(r"\s+")
_LONE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def bare(text: str) -> str:
    """Return a text without spaces and without what is not drawn: what two readings share."""
    if text.isascii():
        return _NOT_LETTERS.sub("", text)
    return unicodedata.normalize("NFC", _LONE.sub("\ufffd", _NOT_LETTERS.sub("", text)))


def plain(text: str) -> str:
    """Return a text as it is read: one space for each gap, without what is not drawn."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _LONE.sub("\ufffd", _NOT_DRAWN.sub("", text)))
    return _GAP.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, cell, label or note: the words that belong together."""

    where: Where
    page: int
    """From 1; where it begins."""
    text: str
    """All of it."""
    words: str
    """Without the timecode it opens with."""
    own: str
    """Without that and without the numbers that call for footnotes."""
    linked: str
    """``words`` without the numbers of pages that they lead to: for contents and index."""
    drawn: str
    """The letters as they were drawn."""
    time: str = ""
    unseen: str = ""
    key: str = field(init=False)
    """``own``, ready to be compared."""
    keys: frozenset[str] = field(init=False)
    """``own``, ``words`` and ``text``, ready to be compared."""
    words_key: str = field(init=False)

    def __post_init__(self) -> None:
        # Worked out once: the words of a thousand pages are compared several times over.
        known = {text: bare(text) for text in {self.own, self.words, self.text}}
        object.__setattr__(self, "key", known[self.own])
        object.__setattr__(self, "words_key", known[self.words])
        object.__setattr__(self, "keys", frozenset(known.values()))


def blocks_of(read: ReadBack) -> list[Block]:
    """Return a file's paragraphs in reading order, and what no structure claims behind them."""
    found = list(_walk(read.tree, ())) if read.tree is not None else []
    found += [_loose(stretch) for stretch in read.loose if stretch.text or stretch.drawn]
    return found


def _loose(stretch: Stretch) -> Block:
    text = stretch.text
    return Block(Where.TEXT, stretch.page, text, text, text, text, stretch.drawn, "",
                 stretch.unseen)  # fmt: skip


def _walk(element: Element, above: tuple[str, ...]) -> Iterator[Block]:
    """Yield an element's own paragraph, then those of the block elements within it."""
    from archive_app.dossier.reading_tree import Element as Node

    path = (*above, element.tag)
    inner: list[Node] = []
    pieces = list(_pieces(element, (), inner))
    if any(text or drawn for _, text, drawn, _ in pieces):
        yield _block(path, pieces)
    for each in inner:
        yield from _walk(each, path)


_Piece = tuple[tuple[str, ...], str, str, "Stretch | None"]
"""The inline elements it stands in, its text, its letters, where it was drawn."""


def _pieces(element: Element, inside: tuple[str, ...], inner: list[Element]) -> Iterator[_Piece]:
    from archive_app.dossier.reading_tree import Element as Node

    if element.actual:
        first = next(element.stretches(), None)
        yield inside, element.actual, element.drawn, first
        return
    for kid in element.kids:
        if not isinstance(kid, Node):
            yield inside, kid.text, kid.drawn, kid
        elif kid.tag in _INLINE:
            yield from _pieces(kid, (*inside, kid.tag), inner)
        else:
            inner.append(kid)


def _block(path: tuple[str, ...], pieces: list[_Piece]) -> Block:
    time = ""
    rest = pieces
    if len(pieces) > 1 and "Span" in pieces[0][0] and _TIME.match(pieces[0][1]):
        time, rest = pieces[0][1].strip(), pieces[1:]
    is_contents = "TOCI" in path
    own = [text for tags, text, _, _ in rest if is_contents or not _is_call(tags, text)]
    bare_of_links = [
        text for tags, text, _, _ in rest if "Link" not in tags or not _PAGES.match(text)
    ]
    stretches = [stretch for _, _, _, stretch in pieces if stretch is not None]
    return Block(
        where=_where(path),
        page=stretches[0].page if stretches else 0,
        text="".join(text for _, text, _, _ in pieces),
        words="".join(text for _, text, _, _ in rest),
        own="".join(own),
        linked="".join(bare_of_links),
        drawn="".join(drawn for _, _, drawn, _ in pieces),
        time=time,
        unseen=next((stretch.unseen for stretch in stretches if stretch.unseen), ""),
    )


def _is_call(tags: tuple[str, ...], text: str) -> bool:
    return "Reference" in tags and _CALL.match(text) is not None


def _where(path: tuple[str, ...]) -> Where:
    for tag in reversed(path):
        if tag in _PLACES:
            return _PLACES[tag]
        if _HEADING.match(tag):
            return Where.HEADING
    return Where.TEXT
