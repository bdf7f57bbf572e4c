"""The thematic reader: passages under headings, each with a compact head and its citation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive_app.domain.citation_source import source_of
from archive_app.domain.citation_styles import cite
from archive_app.domain.timecode import format_timecode
from archive_app.dossier.blocks import Block, Close, Fragment, Item, NewPage, Open
from archive_app.dossier.contents import Heading, Picture, Prose, Segment
from archive_app.dossier.design import Grouping
from archive_app.dossier.heads import listed_title, source_blocks, tellers_of
from archive_app.dossier.links import link_to
from archive_app.dossier.prose import (
    comment_items,
    heading_block,
    picture_items,
    plain_items,
    prose_items,
)
from archive_app.dossier.reader_plan import Numbered, SeeAlso, has_chapters, reader_plan
from archive_app.dossier.segments import segment_items
from archive_app.dossier.shaping import one_line
from archive_app.dossier.stretches import Stretch
from archive_app.dossier.teller import Teller
from archive_app.translation import trn


class Reader:
    """Tells a dossier as a thematic reader; a heading of level 1 opens a chapter.

    So do the groups that passages are put into, where they fill pages enough.
    """

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._notes = teller.footnotes()
        self._has_page = False
        self._plan = reader_plan(teller.contents)
        self._has_chapters = has_chapters(teller.design, self._plan)

    def items(self) -> Iterator[Item]:
        """Yield the body."""
        for item in self._plan:
            if isinstance(item, Heading):
                yield from self._heading(item)
                continue
            if not self._has_page:
                yield self._page("")
            if isinstance(item, Numbered):
                yield from self._passage(item)
            elif isinstance(item, SeeAlso):
                yield see_also(self._teller, item)
            elif isinstance(item, Segment):
                yield from segment_items(self._teller, item)
            else:
                yield from self._own(item)

    def _page(self, chapter: str) -> NewPage:
        self._has_page = True
        title = one_line(self._teller.contents.title)
        return NewPage(chapter, title)

    def _heading(self, part: Heading) -> Iterator[Item]:
        teller = self._teller
        block = heading_block(teller, part.title, part.level)
        if teller.depth == 1 and self._has_chapters:
            yield self._page(one_line(part.title))
            style = teller.styles.heading(1.75, before=2.5, after=1.4)
            yield replace(
                block,
                fragments=(replace(block.fragments[0], ink=teller.styles.title(1.75)),),
                style=replace(style, is_forced_down=True),
            )
        else:
            if not self._has_page:
                yield self._page("")
            yield block
        yield from plain_items(teller.styles, part.text)

    def _own(self, part: Prose | Picture) -> Iterator[Item]:
        if isinstance(part, Prose):
            yield from prose_items(self._teller, part, self._notes)
        else:
            yield from picture_items(self._teller, part)

    def _passage(self, item: Numbered) -> Iterator[Item]:
        teller, stretch = self._teller, item.spread.main
        yield Open("Sect")
        yield from passage_head(teller, stretch, item.number)
        yield from comment_items(teller.styles, stretch.comment)
        yield from teller.testimony(item.spread, self._notes, keeps_last=True)
        yield citation_block(teller, stretch)
        yield Close()


def see_also(teller: Teller, item: SeeAlso) -> Block:
    """Return the numbers of the passages that belong here too, each leading there."""
    styles = teller.styles
    words = (
        trn("See also passage", "See also passages", len(item.numbers))
        if item.is_also
        else trn("See passage", "See passages", len(item.numbers))
    )
    fragments = [Fragment(words + " ", styles.apparatus)]
    for place, number in enumerate(item.numbers):
        if place:
            fragments.append(Fragment(", ", styles.apparatus))
        fragments.append(Fragment(str(number), styles.apparatus, link=passage_anchor(number)))
    style = replace(
        styles.prose, align="left", hyphens=0, before=styles.grid if item.is_also else 0
    )
    return Block(tuple(fragments), style)


def passage_anchor(number: int) -> str:
    """Return the anchor at the head of a numbered passage."""
    return f"passage-{number}"


def passage_head(teller: Teller, stretch: Stretch, number: int) -> Iterator[Item]:
    """Yield number, heading or speaker, source and link of a passage, listing it."""
    styles, interview = teller.styles, stretch.interview
    anchor = teller.ledger.key()
    own, who = one_line(stretch.heading), tellers_of(interview)
    listed = listed_title(stretch, has_name=teller.design.grouping is not Grouping.PERSON)
    time = "" if stretch.start_ms is None else format_timecode(stretch.start_ms)
    teller.ledger.begin(interview.uuid, teller.title(interview), anchor)
    lang = "" if own else stretch.transcript.language
    teller.ledger.list_piece(listed, anchor, timecode=time, lang=lang)
    anchors = (anchor, passage_anchor(number))
    grey = replace(styles.testimony, grey=styles.quiet.grey)
    label = Fragment(f"{number}\u2002", grey, anchors=anchors)
    if own:
        fragments = [label, Fragment(own, styles.section_ink(3))]
    elif who:
        fragments = [label, *styles.speaker_fragments(who)]
    else:
        fragments = [label, Fragment(teller.title(interview), styles.testimony)]
    link = link_to(
        teller.contents, interview, stretch.start_ms, (stretch.transcript.uuid, stretch.first)
    )
    yield Block(
        tuple(fragments), styles.section(3), outline=(teller.depth, listed), tag="H",
        level=teller.depth + 1, image=link.qr(styles) if link and teller.design.has_qr else None,
    )  # fmt: skip
    yield from source_blocks(
        teller, interview, times=stretch.timecodes, link=link, has_name=bool(own)
    )


def citation_block(teller: Teller, stretch: Stretch) -> Block:
    """Return how a passage is cited, in the dossier's style and that style's language."""
    styles = teller.styles
    source = source_of(
        stretch.interview, repository=teller.repository,
        start_ms=stretch.start_ms, end_ms=stretch.end_ms,
    )  # fmt: skip
    cited = cite(source, teller.design.citation_style)
    return Block(
        (Fragment(cited.note, styles.note),),
        replace(styles.foot, first=0, align="left", left=0, before=styles.grid / 2),
        lang=cited.language,
    )
