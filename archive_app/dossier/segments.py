"""Segments of recordings on their own: a time, what is spoken of then, and the link there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive_app.domain.timecode import format_timecode
from archive_app.dossier.blocks import Block, Fragment, Item
from archive_app.dossier.contents import Segment
from archive_app.dossier.heads import source_blocks
from archive_app.dossier.links import link_to
from archive_app.dossier.prose import comment_items
from archive_app.dossier.shaping import one_line
from archive_app.dossier.teller import Teller
from archive_app.translation import tr


def segment_items(teller: Teller, part: Segment, *, before: float | None = None) -> Iterator[Item]:
    """Yield one segment: title and source as its head, synopsis, keywords and link.

    ``before`` is the space above it in points, if not that of a heading.
    """
    interview, styles = part.interview, teller.styles
    if not 0 <= part.number < len(interview.index_points):
        return
    point = interview.index_points[part.number]
    anchor = teller.ledger.key()
    title = one_line(point.title)
    time = format_timecode(point.start_ms)
    teller.ledger.begin(interview.uuid, teller.title(interview), anchor)
    teller.ledger.list_piece(title, anchor, timecode=time)
    teller.enter_point(interview, part.number, anchor)
    link = link_to(teller.contents, interview, point.start_ms)
    head = Block(
        (Fragment(title, styles.section_ink(3), anchors=(anchor,)),),
        styles.section(3) if before is None else replace(styles.section(3), before=before),
        outline=(teller.depth, title),
        tag="H",
        level=teller.depth + 1,
    )
    if link is not None and teller.design.has_qr:
        head = replace(head, image=link.qr(styles))
    yield head
    yield from source_blocks(teller, interview, times=time, link=link, has_name=True)
    yield from comment_items(styles, part.comment)
    keywords = _keywords(part)
    if point.synopsis:
        style = replace(styles.prose, keeps_next=bool(keywords))
        yield Block((Fragment(point.synopsis, styles.testimony),), style)
    if keywords:
        yield Block((Fragment(keywords, styles.quiet),), styles.prose)


def _keywords(part: Segment) -> str:
    point = part.interview.index_points[part.number]
    found = ", ".join(dict.fromkeys((*point.keywords, *point.subjects)))
    return tr("Keywords: {keywords}", keywords=found) if found else ""
