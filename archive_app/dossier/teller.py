"""What every layout tells with: testimony, its anchors, and what contents and index are told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedInterview
from archive_app.dossier.blocks import Block, Item, Pair, Step, Style
from archive_app.dossier.contents import DossierContents, repository_of
from archive_app.dossier.design import Speakers, Times
from archive_app.dossier.footnotes import Footnotes
from archive_app.dossier.header import title_of
from archive_app.dossier.ledger import Ledger, Section
from archive_app.dossier.marks import ShownTurn
from archive_app.dossier.mentions import Mentions
from archive_app.dossier.shaping import one_line
from archive_app.dossier.sheets import sheet_for
from archive_app.dossier.speakers import short_forms
from archive_app.dossier.stretches import Spread, Stretch
from archive_app.dossier.styles import Styles
from archive_app.dossier.turns import Places, TurnSetter
from archive_app.dossier.wording import people, pick

_STEP = 25
"""Turns between two reports of progress."""
_TOGETHER = 2
"""Turns that stand on one page with the last one of a passage."""


class Teller:
    """What the layouts of one dossier share; ``depth`` is how many headings stand above."""

    def __init__(self, contents: DossierContents, styles: Styles) -> None:
        self.contents = contents
        self.design = contents.design
        self.language = contents.language
        self.repository = repository_of(contents)
        self.styles = styles
        self.sheet = sheet_for(contents.design.paper)
        self.ledger = Ledger()
        self.mentions = Mentions(contents, self.ledger)
        self.depth = 0
        self._shorts: dict[str, Mapping[str, str]] = {}

    def title(self, interview: ReleasedInterview) -> str:
        """Return an interview's title in one line, as contents and running heads have it."""
        return title_of(interview, self.language)[0]

    def shorts(self, stretch: Stretch) -> Mapping[str, str]:
        """Return the short forms of a transcript's speakers, if the design wants them."""
        if self.design.speakers is Speakers.FULL:
            return {}
        key = stretch.transcript.uuid
        if key not in self._shorts:
            self._shorts[key] = short_forms(stretch.interview, stretch.transcript.turns)
        return self._shorts[key]

    def footnotes(self) -> Footnotes:
        """Return footnotes that are counted from 1."""
        return Footnotes(self.styles, self.ledger.key())

    # Testimony

    def testimony(
        self,
        spread: Spread,
        footnotes: Footnotes,
        *,
        points: Sequence[str] = (),
        style: Style | None = None,
        has_times: bool = True,
        keeps_last: bool = False,
    ) -> Iterator[Item]:
        """Yield the turns of a spread.

        ``points`` are the anchors of the index points, if they are to stand in it; without
        ``has_times`` there are no timecodes beside it, whatever the design; with ``keeps_last``
        the end of the last turn stands on one page with what follows.
        """
        sides = _Sides(self, footnotes, has_times)
        if spread.left is None or spread.right is None:
            one = sides.side(spread.main, points, style or self._numbered(self.styles.turn))
            yield from self._column(spread.main, one, keeps_last=keeps_last)
        else:
            facing = style or self.styles.facing
            ours = sides.side(spread.left, points, self._numbered(facing))
            theirs = sides.side(spread.right, (), facing)
            yield from self._columns(spread, ours, theirs, keeps_last=keeps_last)

    def _column(self, stretch: Stretch, side: _Side, *, keeps_last: bool) -> Iterator[Item]:
        last = len(stretch.turns)
        for number, shown in enumerate(stretch.turns, start=1):
            # The last turn does not stand alone on a page: the two above it come along.
            is_kept = keeps_last if number == last else number >= last - _TOGETHER
            yield side.block(shown, keeps_last=is_kept)
            if number % _STEP == 0 or number == last:
                yield Step((number - 1) % _STEP + 1)

    def _columns(
        self, spread: Spread, ours: _Side, theirs: _Side, *, keeps_last: bool
    ) -> Iterator[Item]:
        for number, row in enumerate(spread.rows, start=1):
            is_kept = keeps_last and number == len(spread.rows)
            yield Pair(
                tuple(ours.block(shown, keeps_last=is_kept) for shown in row.left),
                tuple(theirs.block(shown, keeps_last=is_kept) for shown in row.right),
            )
            yield Step(len(row.left) + len(row.right))

    def _numbered(self, style: Style) -> Style:
        return replace(style, is_numbered=True) if self.design.has_line_numbers else style

    # What the index is told

    def enter_interview(
        self, interview: ReleasedInterview, start: str, end: str, points: Sequence[str]
    ) -> None:
        """Enter who and what an interview is about, from its first to its last anchor."""
        ledger = self.ledger
        for person in people(interview, Role.INTERVIEWEE, Role.INTERVIEWER, Role.OTHER):
            shown = one_line(person.sort_name or person.name)
            ledger.enter(Section.NAMES, shown, start, end)
        place = pick(interview.place_names, self.language) or interview.place
        ledger.enter(Section.PLACES, self.mentions.place(place), start, start)
        for subject in (*interview.subjects, *interview.keywords):
            ledger.enter(Section.TAGS, one_line(subject), start, start)
        for number, anchor in enumerate(points):
            self.enter_point(interview, number, anchor)

    def enter_point(self, interview: ReleasedInterview, number: int, anchor: str) -> None:
        """Enter what a segment is about."""
        point = interview.index_points[number]
        self.ledger.enter(Section.PLACES, self.mentions.place(point.place), anchor, anchor)
        for subject in (*point.subjects, *point.keywords):
            self.ledger.enter(Section.TAGS, one_line(subject), anchor, anchor)


_ENDLESS = 1 << 60
"""An offset behind every text."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """What the columns of one spread share."""

    teller: Teller
    footnotes: Footnotes
    has_times: bool

    def side(self, stretch: Stretch, points: Sequence[str], style: Style) -> _Side:
        """Return a column that is to be told."""
        return _Side(self, stretch, points, style)


class _Side:
    """One column of testimony: its anchors are placed, its turns become blocks in order."""

    def __init__(
        self, shared: _Sides, stretch: Stretch, points: Sequence[str], style: Style
    ) -> None:
        self._teller = teller = shared.teller
        self._style = style
        self._own = {
            one_line(person.sort_name or person.name) for person in stretch.interview.people
        }
        design = teller.design
        self._setter = TurnSetter(
            teller.styles,
            design if shared.has_times else replace(design, times=Times.NONE),
            shared.footnotes,
            language=stretch.transcript.language,
            shorts=teller.shorts(stretch),
        )
        self._places = Places()
        self._place_points(stretch, points)
        self._place_tags(stretch)

    def block(self, shown: ShownTurn, *, keeps_last: bool = False) -> Block:
        """Return a turn as a block, entering whom and what it names."""
        style = replace(self._style, keeps_last=True) if keeps_last else self._style
        number = shown.turn.n
        named = dict(self._places.anchors.get(number, {}))
        return self._setter.block(
            shown, named, style, mentions=self._teller.mentions.enter(shown.text, self._own)
        )

    def _place_points(self, stretch: Stretch, points: Sequence[str]) -> None:
        """Let each segment begin at the turn that is spoken when it begins."""
        turns = [shown.turn for shown in stretch.turns]
        timed = [(turn.start_ms, turn.n) for turn in turns if turn.start_ms is not None]
        starts = [start for start, _ in timed]
        for point, anchor in zip(stretch.interview.index_points, points, strict=bool(points)):
            at = max(bisect_right(starts, point.start_ms) - 1, 0)
            self._places.put(timed[at][1] if timed else turns[0].n, 0, anchor)

    def _place_tags(self, stretch: Stretch) -> None:
        """Let each tag begin and end where it does, or with the stretch that it reaches beyond."""
        if not stretch.turns:
            return
        ledger = self._teller.ledger
        end = _ENDLESS if stretch.end is None else stretch.end
        first = (stretch.turns[0].turn.n, stretch.start)
        last = (stretch.turns[-1].turn.n, end)
        for tagging in stretch.transcript.taggings:
            begin = max((tagging.start_turn, tagging.start), first)
            finish = min((tagging.end_turn, tagging.end), last)
            if begin >= finish:
                continue
            opens, closes = ledger.key(), ledger.key()
            self._places.put(*begin, opens)
            self._places.put(*finish, closes)
            name = one_line(pick(tagging.names, self._teller.language))
            path = tuple(map(one_line, tagging.path))
            ledger.enter_tag(name or path[-1], opens, closes, path=path)
