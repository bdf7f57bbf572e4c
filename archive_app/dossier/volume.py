"""The transcript volume: whole interviews, each with its record, abstract and contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedInterview
from archive_app.domain.timecode import format_timecode
from archive_app.dossier.blocks import Block, Close, Fragment, Item, NewPage, Open
from archive_app.dossier.contents import (
    Excerpts,
    Heading,
    Picture,
    Prose,
    Segment,
    WholeInterview,
)
from archive_app.dossier.header import (
    description,
    label,
    opening,
    record,
    segment,
    segments,
    table,
    title_of,
)
from archive_app.dossier.links import link_to
from archive_app.dossier.prose import (
    comment_items,
    heading_block,
    picture_items,
    plain_items,
    prose_items,
)
from archive_app.dossier.segments import segment_items
from archive_app.dossier.shaping import one_line
from archive_app.dossier.stretches import Spread, Stretch, spreads_of
from archive_app.dossier.teller import Teller
from archive_app.dossier.wording import names, people, say_transcript
from archive_app.translation import tr


class Volume:
    """Tells a dossier as a transcript volume.

    Each interview begins a page of its own, a heading of level 1 a page that bears
    nothing else but its text; lesser headings stand above the interview they precede.
    """

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._waiting: list[Heading] = []
        self._is_own = False
        """Whether the page is one of the scholar's text, not of an interview."""
        self._notes = teller.footnotes()

    def items(self) -> Iterator[Item]:
        """Yield the body."""
        for part in self._teller.contents.interviews:
            if isinstance(part, Heading):
                yield from self._heading(part)
            elif isinstance(part, WholeInterview | Excerpts):
                yield from self._interview(part)
            else:
                yield from self._own(part)
        yield from self._headings()

    # The scholar's own

    def _heading(self, part: Heading) -> Iterator[Item]:
        if part.level > 1:
            self._waiting.append(part)
            return
        yield from self._headings()
        teller = self._teller
        styles = teller.styles
        teller.depth = 0
        block = heading_block(teller, part.title, 1)
        yield NewPage()
        yield replace(
            block,
            fragments=(replace(block.fragments[0], ink=styles.title(2.2)),),
            style=replace(styles.heading(2.2, before=9, after=1.2), is_forced_down=True),
        )
        yield from plain_items(styles, part.text)
        self._is_own = True

    def _headings(self) -> Iterator[Item]:
        """Yield the lesser headings that wait for what follows them."""
        waiting, self._waiting = self._waiting, []
        if waiting and not self._is_own:
            yield self._own_page()
        for part in waiting:
            yield heading_block(self._teller, part.title, part.level)
            yield from plain_items(self._teller.styles, part.text)

    def _own(self, part: Prose | Picture | Segment) -> Iterator[Item]:
        yield from self._headings()
        if not self._is_own:
            yield self._own_page()
        if isinstance(part, Prose):
            yield from prose_items(self._teller, part, self._notes)
        elif isinstance(part, Picture):
            yield from picture_items(self._teller, part)
        else:
            yield from segment_items(self._teller, part)

    def _own_page(self) -> NewPage:
        self._is_own = True
        return NewPage("", one_line(self._teller.contents.title))

    # An interview

    def _interview(self, part: WholeInterview | Excerpts) -> Iterator[Item]:
        teller, interview = self._teller, part.interview
        styles, ledger = teller.styles, teller.ledger
        title, lang = title_of(interview, teller.language)
        yield NewPage(title, one_line(interview.accession))
        self._is_own = True
        yield from self._headings()
        self._is_own = False
        start, end = ledger.key(), ledger.key()
        points = [ledger.key() for _ in interview.index_points]
        self._list(interview, title, lang, start)
        if isinstance(part, WholeInterview):
            self._list_points(interview, points)
        teller.enter_interview(interview, start, end, points)
        yield Open("Sect")
        yield from self._opening(interview, start, part.heading)
        yield from description(interview, styles, part.comment, level=teller.depth + 2)
        spreads = spreads_of(part, teller.design, teller.language)
        yield from self._testimony(part, spreads, points)
        closing = tr("[END OF EXCERPTS]") if isinstance(part, Excerpts) else ""
        yield Block(
            (Fragment(closing or tr("[END OF INTERVIEW]"), styles.apparatus, anchors=(end,)),),
            styles.centred(0.85, before=2),
        )
        yield Close()

    def _opening(self, interview: ReleasedInterview, anchor: str, above: str) -> Iterator[Item]:
        teller = self._teller
        styles = teller.styles
        link = link_to(teller.contents, interview)
        image = link.qr(styles) if link and teller.design.has_qr else None
        yield from opening(
            interview, styles, language=teller.language, anchor=anchor, level=teller.depth,
            above=above, image=image,
        )  # fmt: skip
        yield from table(
            record(interview, styles, language=teller.language, link=str(link.text) if link else "")
        )

    def _testimony(
        self, part: WholeInterview | Excerpts, spreads: Sequence[Spread], points: Sequence[str]
    ) -> Iterator[Item]:
        teller, interview = self._teller, part.interview
        level = teller.depth + 2
        footnotes = teller.footnotes()
        is_whole = isinstance(part, WholeInterview)
        if is_whole and spreads:
            yield from segments(interview, teller.styles, points, level=level)
        else:
            yield from self._segments_here(interview, points)
        for number, spread in enumerate(spreads):
            is_last = number == len(spreads) - 1
            if not is_whole:
                yield from self._passage(spread.main)
                yield from teller.testimony(spread, footnotes, keeps_last=is_last)
                continue
            if number:
                yield NewPage(teller.title(interview), one_line(interview.accession))
            yield self._transcript_heading(spread)
            anchors = () if number else points
            yield from teller.testimony(spread, footnotes, points=anchors, keeps_last=is_last)

    def _segments_here(self, interview: ReleasedInterview, points: Sequence[str]) -> Iterator[Item]:
        """Yield the table of contents where no text of its own follows: its anchors stand here."""
        if not interview.index_points:
            return
        teller = self._teller
        title = tr("Contents of the recording")
        yield label(teller.styles, title, level=teller.depth + 2)
        yield Open("L")
        for point, anchor in zip(interview.index_points, points, strict=True):
            yield segment(point, teller.styles, anchor=anchor)
        yield Close()

    def _transcript_heading(self, spread: Spread) -> Block:
        title = say_transcript(spread.main.transcript)
        if spread.left and spread.right:
            sides = (spread.left.transcript, spread.right.transcript)
            title = " · ".join(say_transcript(each) for each in sides)
        return self._label(title, self._teller.ledger.key())

    def _label(self, title: str, anchor: str, *, bookmark: str = "") -> Block:
        teller = self._teller
        block = label(teller.styles, title, before=2.2, level=teller.depth + 2)
        return replace(
            block,
            fragments=(replace(block.fragments[0], anchors=(anchor,)),),
            outline=(teller.depth + 1, bookmark or title),
        )

    def _passage(self, stretch: Stretch) -> Iterator[Item]:
        """Yield what stands above a passage: its heading, its times, its link, the comment."""
        teller = self._teller
        own = one_line(stretch.heading)
        parts = [own, say_transcript(stretch.transcript), stretch.timecodes]
        title = " · ".join(text for text in parts if text)
        anchor = teller.ledger.key()
        time = "" if stretch.start_ms is None else format_timecode(stretch.start_ms)
        teller.ledger.list_piece(own or say_transcript(stretch.transcript), anchor, timecode=time)
        link = link_to(
            teller.contents, stretch.interview, stretch.start_ms,
            (stretch.transcript.uuid, stretch.first),
        )  # fmt: skip
        block = self._label(title, anchor)
        if link is not None and teller.design.has_qr:
            block = replace(block, image=link.qr(teller.styles))
        yield block
        if link is not None:
            style = teller.styles.heading(0.8, before=0, after=0.4)
            yield Block(tuple(link.fragments(teller.styles)), style)
        yield from comment_items(teller.styles, stretch.comment)

    # What the contents are told

    def _list(self, interview: ReleasedInterview, title: str, lang: str, anchor: str) -> None:
        tellers = one_line(names(people(interview, Role.INTERVIEWEE)))
        detail = "" if not tellers or tellers in title else tellers
        self._teller.ledger.list_interview(interview.uuid, title, anchor, detail=detail, lang=lang)

    def _list_points(self, interview: ReleasedInterview, points: Sequence[str]) -> None:
        for point, anchor in zip(interview.index_points, points, strict=True):
            time = format_timecode(point.start_ms)
            self._teller.ledger.list_piece(one_line(point.title), anchor, timecode=time)
