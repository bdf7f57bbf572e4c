"""The scholar's own text, headings and pictures as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from archive_app.domain.rich_text import BlockKind, RichBlock
from archive_app.dossier.blocks import Block, Close, Fragment, Image, Item, Open
from archive_app.dossier.contents import Heading, Picture, Prose
from archive_app.dossier.footnotes import Footnotes
from archive_app.dossier.header import paragraphs
from archive_app.dossier.shaping import Ink, one_line
from archive_app.dossier.styles import Styles
from archive_app.dossier.teller import Teller

_PIXELS_AN_INCH = 150
"""A picture is shown no larger than its pixels print well, as far as the page lets it."""
_HIGHEST = 0.62
"""Share of the page's height that a picture may take."""


def heading_block(teller: Teller, title: str, level: int, lang: str = "") -> Block:
    """Return a heading of level 1 to 3 in the run of the text, listed and bookmarked.

    A level is never skipped: below a heading of level 1 comes 2, whatever was asked for.
    """
    styles = teller.styles
    teller.depth = level = min(level, teller.depth + 1, 3)
    anchor = teller.ledger.key()
    title = one_line(title)
    teller.ledger.list_heading(title, anchor, level=level, lang=lang)
    return Block(
        (Fragment(title, styles.section_ink(level), anchors=(anchor,)),),
        styles.section(level),
        outline=(level - 1, title),
        tag="H",
        level=level,
        lang=lang,
    )


def heading_items(teller: Teller, part: Heading) -> Iterator[Item]:
    """Yield a heading of the scholar's with its text, in the run of the text."""
    yield heading_block(teller, part.title, part.level)
    yield from plain_items(teller.styles, part.text)


def plain_items(styles: Styles, text: str) -> Iterator[Block]:
    """Yield a text without markup, paragraph by paragraph."""
    for each in paragraphs(text):
        yield Block((Fragment(each, styles.testimony),), styles.prose)


def comment_items(styles: Styles, text: str) -> Iterator[Block]:
    """Yield a remark of the scholar's on what follows."""
    for each in paragraphs(text):
        yield Block((Fragment(each, styles.italic),), replace(styles.prose, keeps_next=True))


def prose_items(teller: Teller, part: Prose, footnotes: Footnotes) -> Iterator[Item]:
    """Yield rich text: neighbouring entries of one kind make one list."""
    open_list: BlockKind | None = None
    number = 0
    for block in part.text:
        if not block.text.strip():
            continue
        kind = block.kind if block.kind in {BlockKind.BULLET, BlockKind.NUMBER} else None
        if kind is not open_list:
            if open_list is not None:
                yield Close()
            if kind is not None:
                yield Open("L")
            open_list, number = kind, 0
        number += 1
        yield _rich_block(teller, block, number, footnotes, part.language)
    if open_list is not None:
        yield Close()


def _rich_block(
    teller: Teller, block: RichBlock, number: int, footnotes: Footnotes, lang: str
) -> Block:
    styles = teller.styles
    if block.kind is BlockKind.HEADING:
        return _inner_heading(teller, block, footnotes, lang)
    fragments = _runs(styles, block, footnotes, lang)
    if block.kind is BlockKind.BULLET:
        lead = Fragment("•", styles.testimony)
        return Block(fragments, styles.bullet, lead=lead, tag="LI", lang=lang)
    if block.kind is BlockKind.NUMBER:
        lead = Fragment(f"{number}.", styles.numeral)
        return Block(fragments, styles.number, lead=lead, tag="LI", lang=lang)
    if block.kind is BlockKind.QUOTE:
        size = styles.quote_ink.size
        fragments = tuple(
            each if each.notes else replace(each, ink=replace(each.ink, size=size))
            for each in fragments
        )
        return Block(fragments, styles.quote, tag="BlockQuote", lang=lang)
    return Block(fragments, styles.prose, lang=lang)


def _inner_heading(teller: Teller, block: RichBlock, footnotes: Footnotes, lang: str) -> Block:
    """Return a heading within the scholar's text: below those that part the dossier."""
    styles = teller.styles
    level = min(teller.depth + 1, 3)
    anchor, ink = teller.ledger.key(), styles.section_ink(level)
    teller.ledger.list_prose(one_line(block.text), anchor, lang=lang)
    fragments: list[Fragment] = []
    for run in block.runs:
        fragments.append(Fragment(run.text, ink))
        if run.note:
            fragments.append(footnotes.call(run.note, lang))
    fragments[0] = replace(fragments[0], anchors=(anchor,))
    return Block(
        tuple(fragments),
        styles.section(level),
        outline=(teller.depth, one_line(block.text)),
        tag="H",
        level=teller.depth + 1,
        lang=lang,
    )


def _runs(
    styles: Styles, block: RichBlock, footnotes: Footnotes, lang: str
) -> tuple[Fragment, ...]:
    fragments: list[Fragment] = []
    for run in block.runs:
        ink: Ink = styles.rich(bold=run.is_bold, italic=run.is_italic)
        fragments.append(Fragment(run.text, ink))
        if run.note:
            fragments.append(footnotes.call(run.note, lang))
    return tuple(fragments)


def picture_items(teller: Teller, part: Picture) -> Iterator[Item]:
    """Yield a picture with its caption below it."""
    styles = teller.styles
    image = image_of(part, widest=teller.sheet.measure, highest=teller.sheet.depth * _HIGHEST)
    caption = (Fragment(part.caption, styles.caption_ink),) if part.caption.strip() else ()
    style = replace(styles.caption, align="centre", before=styles.grid)
    yield Block(caption, style, tag="Caption", image=image)


def image_of(part: Picture, *, widest: float, highest: float) -> Image:
    """Return a picture scaled to fit into so many points; its shape is kept."""
    width, height = _size(part.data)
    scale = min(72 / _PIXELS_AN_INCH, widest / width, highest / height)
    alt = part.alt or part.caption
    return Image(round(width * scale, 2), round(height * scale, 2), part.data, alt=alt)


def _size(data: bytes) -> tuple[int, int]:
    """Return a picture's width and height in pixels, as it is to be seen."""
    from PIL import Image as Pictures

    with Pictures.open(BytesIO(data)) as picture:
        return max(picture.width, 1), max(picture.height, 1)
