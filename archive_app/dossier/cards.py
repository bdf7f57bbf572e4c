"""Passage cards: one for each passage, framed and kept whole, several to a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from archive_app.domain.timecode import format_timecode
from archive_app.dossier.blocks import Block, Close, Fragment, Item, NewPage, Open, Style
from archive_app.dossier.contents import Heading, Picture, Prose, Segment
from archive_app.dossier.design import Grouping
from archive_app.dossier.facing import Row
from archive_app.dossier.heads import listed_title, source_blocks, tellers_of
from archive_app.dossier.links import link_to
from archive_app.dossier.marks import ShownTurn, parted
from archive_app.dossier.prose import heading_items, picture_items, prose_items
from archive_app.dossier.reader import passage_anchor, see_also
from archive_app.dossier.reader_plan import (
    Numbered,
    PlanItem,
    SeeAlso,
    has_chapters,
    reader_plan,
    tags_of,
)
from archive_app.dossier.segments import segment_items
from archive_app.dossier.shaping import one_line
from archive_app.dossier.sheets import Sheet
from archive_app.dossier.stretches import Spread, Stretch
from archive_app.dossier.teller import Teller
from archive_app.dossier.wording import pick
from archive_app.translation import tr

_SHARE = 0.3
"""Share of a page that the words of one card may fill, so that two stand on each."""
_EM = 0.47
"""Width of a letter on the average, in ems: Cyrillic text in the families that are used."""
_NO_PARTS: Mapping[int, int] = MappingProxyType({})
_SENTENCE = re.compile(r"[.!?…][»”“\")\]]*\s+")


class Cards:
    """Tells a dossier as cards, grouped as a reader is; long passages run over several."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._notes = teller.footnotes()
        self._has_page = False

    def items(self) -> Iterator[Item]:
        """Yield the body."""
        plan = reader_plan(self._teller.contents)
        is_parted = has_chapters(self._teller.design, plan)
        for item in plan:
            if is_parted and isinstance(item, Heading) and item.level == 1:
                yield self._page(item.title)
            elif not self._has_page:
                yield self._page("")
            yield from self._told(item)

    def _page(self, chapter: str) -> NewPage:
        self._has_page = True
        title = one_line(self._teller.contents.title)
        return NewPage(one_line(chapter), title)

    def _told(self, item: PlanItem) -> Iterator[Item]:
        teller = self._teller
        if isinstance(item, Heading):
            yield from heading_items(teller, item)
        elif isinstance(item, Prose):
            yield from prose_items(teller, item, self._notes)
        elif isinstance(item, Picture):
            yield from picture_items(teller, item)
        elif isinstance(item, Segment):
            yield Open("Sect", frame="box")
            yield from segment_items(teller, item, before=0)
            yield Close()
        elif isinstance(item, SeeAlso):
            yield see_also(teller, item)
        else:
            yield from self._cards(item)

    def _cards(self, item: Numbered) -> Iterator[Item]:
        spreads = card_spreads(item.spread, self._teller.sheet)
        for place, spread in enumerate(spreads, start=1):
            count = f" ({place}/{len(spreads)})" if len(spreads) > 1 else ""
            yield Open("Sect", frame="box")
            yield from self._head(item, spread.main, count, is_first=place == 1)
            style = self._teller.styles.card
            yield from self._teller.testimony(spread, self._notes, style=style, has_times=False)
            yield from self._foot(spread.main, is_last=place == len(spreads))
            yield Close()

    def _head(
        self, item: Numbered, stretch: Stretch, count: str, *, is_first: bool
    ) -> Iterator[Item]:
        teller = self._teller
        styles, interview = teller.styles, stretch.interview
        own, who = one_line(stretch.heading), tellers_of(interview)
        title = own or who or teller.title(interview)
        anchors: tuple[str, ...] = ()
        outline = None
        if is_first:
            anchors = (teller.ledger.key(), passage_anchor(item.number))
            time = "" if stretch.start_ms is None else format_timecode(stretch.start_ms)
            teller.ledger.begin(interview.uuid, teller.title(interview), anchors[0])
            listed = listed_title(stretch, has_name=teller.design.grouping is not Grouping.PERSON)
            lang = "" if own else stretch.transcript.language
            teller.ledger.list_piece(listed, anchors[0], timecode=time, lang=lang)
            outline = (teller.depth, listed)
        fragments = [
            Fragment(f"{item.number}\u2002", styles.quiet, anchors=anchors),
            Fragment(title, styles.bold),
            Fragment(count, styles.quiet),
        ]
        yield Block(
            tuple(fragments), styles.heading(1, before=0, after=0.3), outline=outline,
            tag="H", level=teller.depth + 1,
        )  # fmt: skip
        if is_first and stretch.comment.strip():
            text = one_line(stretch.comment)
            style = styles.heading(0.95, before=0, after=0.4)
            yield Block((Fragment(text, styles.italic),), style)

    def _foot(self, stretch: Stretch, *, is_last: bool) -> Iterator[Item]:
        """Yield source, tags and link, at their right the QR code."""
        teller = self._teller
        styles, interview = teller.styles, stretch.interview
        link = link_to(teller.contents, interview, stretch.start_ms,
                       (stretch.transcript.uuid, stretch.first))  # fmt: skip
        yield Block((), Style(leading=styles.grid / 2, keeps_next=True))
        yield from source_blocks(
            teller, interview, times=stretch.timecodes, link=link,
            has_name=bool(stretch.heading.strip()), is_narrow=True,
            image=link.qr(styles) if link and teller.design.has_qr else None,
        )  # fmt: skip
        tags = [one_line(pick(t.names, teller.language) or t.path[-1]) for t in tags_of(stretch)]
        if tags and is_last:
            text = tr("Tags: {tags}", tags=", ".join(dict.fromkeys(tags)))
            style = styles.heading(0.9, before=0, after=0)
            yield Block((Fragment(text, styles.quiet),), style)


# Which words go onto which card


def card_spreads(spread: Spread, sheet: Sheet) -> list[Spread]:
    """Return a passage parted into cards: between turns, or sentences of a long turn.

    In facing columns it is parted between rows only.
    """
    letters = sheet.measure * 0.92 / (sheet.text * _EM)
    most = sheet.depth * _SHARE / (sheet.text * 1.42)
    if spread.left is not None and spread.right is not None:
        return _rows_parted(spread, letters / 2, most)
    cards: list[list[ShownTurn]] = [[]]
    used = 0.0
    for shown in spread.main.turns:
        for part in _parts_of(shown, letters, most):
            lines = _lines(part, letters)
            if cards[-1] and used + lines > most:
                cards.append([])
                used = 0.0
            cards[-1].append(part)
            used += lines
    lengths = {shown.turn.n: len(shown.text) for shown in spread.main.turns}
    return [Spread(_card(spread.main, turns, lengths)) for turns in cards if turns]


def _card(
    stretch: Stretch, turns: Sequence[ShownTurn], lengths: Mapping[int, int] = _NO_PARTS
) -> Stretch:
    """Return the stretch of one card; where a turn is parted, its own bounds are there.

    ``lengths`` are those of the shown texts by turn, where turns are parted.
    """
    first, last = turns[0], turns[-1]
    start, end = 0, None
    if first.turn.n == stretch.turns[0].turn.n:
        start = stretch.start
    if last.turn.n == stretch.turns[-1].turn.n:
        end = stretch.end
    if first.begins:
        start = first.released(0)
    if last.begins + len(last.text) < lengths.get(last.turn.n, 0):
        end = last.released(len(last.text))
    return replace(stretch, turns=tuple(turns), start=start, end=end)


def _rows_parted(spread: Spread, letters: float, most: float) -> list[Spread]:
    cards: list[list[int]] = [[]]
    used = 0.0
    for place, row in enumerate(spread.rows):
        lines = max(sum(_lines(shown, letters) for shown in side) for side in (row.left, row.right))
        if cards[-1] and used + lines > most:
            cards.append([])
            used = 0.0
        cards[-1].append(place)
        used += lines
    return [_card_of_rows(spread, [spread.rows[p] for p in places]) for places in cards]


def _card_of_rows(spread: Spread, rows: Sequence[Row]) -> Spread:
    """Return the spread of one card in two columns, each with its own turns alone."""
    turns = {
        side: tuple(shown for row in rows for shown in (row.left if side else row.right))
        for side in (True, False)
    }

    def cut(stretch: Stretch, *, is_left: bool) -> Stretch:
        held = turns[is_left]
        return _card(stretch, held) if held else replace(stretch, turns=())

    left = cut(spread.left, is_left=True) if spread.left else None
    right = cut(spread.right, is_left=False) if spread.right else None
    is_left = spread.left is not None and spread.main.transcript is spread.left.transcript
    main = (left if is_left else right) or spread.main
    other = right if is_left else left
    if not main.turns and other is not None:
        main = replace(spread.main, turns=other.turns)
    return Spread(main, tuple(rows), left, right)


def _lines(shown: ShownTurn, letters: float) -> float:
    return (len(shown.text) + len(shown.turn.speaker) + 2) // letters + 1.5


def _parts_of(shown: ShownTurn, letters: float, most: float) -> Iterator[ShownTurn]:
    """Yield a turn in parts that fit a card each."""
    while _lines(shown, letters) > most:
        room = int(letters * (most - 2))
        ends = [m.end() for m in _SENTENCE.finditer(shown.text, 0, room)]
        at = next((e for e in reversed(ends) if e > room / 3), 0)
        at = at or shown.text.rfind(" ", 0, room) + 1 or room
        first, shown = parted(shown, at)
        yield first
    yield shown
