"""The body of a dossier as a stream of blocks: its parts in order, turn by turn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript, ReleasedTurn
from archive_app.domain.timecode import format_timecode
from archive_app.dossier.blocks import Block, Fragment, Item, NewPage, Step
from archive_app.dossier.contents import (
    DossierContents,
    DossierPart,
    Excerpts,
    Heading,
    WholeInterview,
    transcripts_of,
)
from archive_app.dossier.header import description, label, opening, paragraphs, segments
from archive_app.dossier.ledger import Ledger, Section
from archive_app.dossier.mentions import Mentions
from archive_app.dossier.shaping import one_line
from archive_app.dossier.styles import Styles
from archive_app.dossier.turns import Places, TurnSetter
from archive_app.dossier.wording import names, people, pick, say_transcript
from archive_app.translation import tr

_STEP = 25
"""Turns between two reports of progress."""


class Story:
    """Tells the body of one dossier; what contents and index need is left in ``ledger``."""

    def __init__(self, contents: DossierContents, styles: Styles) -> None:
        self.ledger = Ledger()
        self._contents = contents
        self._styles = styles
        self._mentions = Mentions(contents, self.ledger)
        self._level = 0

    def items(self) -> Iterator[Item]:
        """Yield the body's blocks and page breaks."""
        for part in self._contents.interviews:
            if isinstance(part, Heading):
                yield from self._heading(part)
            elif isinstance(part, WholeInterview | Excerpts):
                yield from self._interview(part)

    def _heading(self, part: Heading) -> Iterator[Item]:
        styles, anchor = self._styles, self.ledger.key()
        self._level = 1
        self.ledger.list_heading(one_line(part.title), anchor, level=part.level)
        yield NewPage()
        yield Block(
            (Fragment(part.title, styles.title(2.2), anchors=(anchor,)),),
            replace(styles.heading(2.2, before=9, after=1.2), is_forced_down=True),
            outline=(0, one_line(part.title)),
        )
        for text in paragraphs(part.text):
            yield Block((Fragment(text, styles.testimony),), styles.prose)

    def _interview(self, part: WholeInterview | Excerpts) -> Iterator[Item]:
        interview, styles = part.interview, self._styles
        language = self._contents.language
        title = one_line(pick(interview.titles, language) or interview.accession)
        start, end = self.ledger.key(), self.ledger.key()
        points = [self.ledger.key() for _ in interview.index_points]
        self._list(interview, title, start, points, is_whole=isinstance(part, WholeInterview))
        self._enter_interview(interview, start, end, points)
        yield NewPage(title, one_line(interview.accession))
        yield from opening(
            interview, styles, language=language, anchor=start, level=self._level,
            above=part.heading,
        )  # fmt: skip
        yield from description(interview, styles, part.comment)
        yield from self._testimony(part, points)
        closing = tr("[END OF EXCERPTS]") if isinstance(part, Excerpts) else None
        yield Block(
            (Fragment(closing or tr("[END OF INTERVIEW]"), styles.apparatus, anchors=(end,)),),
            styles.centred(0.85, before=2),
        )

    def _testimony(self, part: WholeInterview | Excerpts, points: list[str]) -> Iterator[Item]:
        interview, styles = part.interview, self._styles
        setter = TurnSetter(styles, self.ledger.key())
        if isinstance(part, Excerpts):
            yield from self._segments_unless_set(interview, points, is_set=False)
            yield from self._passages(part, setter)
            return
        shown = transcripts_of(part)
        yield from self._segments_unless_set(
            interview, points, is_set=bool(shown and shown[0].turns)
        )
        for number, transcript in enumerate(shown):
            places = self._places(interview, transcript, points if number == 0 else [])
            if number:
                yield NewPage(
                    one_line(pick(interview.titles, self._contents.language)),
                    one_line(interview.accession),
                )
            yield self._transcript_heading(transcript)
            yield from self._turns(interview, transcript.turns, places, setter)

    def _segments_unless_set(
        self, interview: ReleasedInterview, points: list[str], *, is_set: bool
    ) -> Iterator[Item]:
        """Yield the table of contents; without a transcript its anchors stand there."""
        if is_set:
            yield from segments(interview, self._styles, points)
            return
        blocks = list(segments(interview, self._styles, points))
        if blocks:
            yield blocks[0]
        for block, anchor in zip(blocks[1:], points, strict=True):
            first = replace(block.fragments[0], anchors=(anchor,), link="")
            lead = replace(block.lead, link="") if block.lead else None
            yield replace(block, fragments=(first, *block.fragments[1:]), lead=lead)

    def _transcript_heading(self, transcript: ReleasedTranscript) -> Block:
        anchor, title = self.ledger.key(), say_transcript(transcript)
        block = label(self._styles, title, before=2.2)
        fragment = replace(block.fragments[0], anchors=(anchor,))
        return replace(block, fragments=(fragment,), outline=(self._level + 1, title))

    def _passages(self, part: Excerpts, setter: TurnSetter) -> Iterator[Item]:
        by_uuid = {each.uuid: each for each in part.interview.transcripts}
        for passage in part.passages:
            transcript = by_uuid.get(passage.transcript)
            if transcript is None:
                continue
            turns = [t for t in transcript.turns if passage.first <= t.n <= passage.last]
            yield self._passage_heading(transcript, turns, passage.heading)
            for text in paragraphs(passage.comment):
                yield Block((Fragment(text, self._styles.italic),), self._styles.prose)
            places = self._places(part.interview, transcript, [])
            yield from self._turns(part.interview, turns, places, setter)

    def _passage_heading(
        self, transcript: ReleasedTranscript, turns: Sequence[ReleasedTurn], heading: str
    ) -> Block:
        times = [t.start_ms for t in turns if t.start_ms is not None]
        ends = [t.end_ms for t in turns if t.end_ms is not None]
        span = f"{format_timecode(times[0])}–{format_timecode(max(ends))}" if times and ends else ""
        parts = [one_line(heading), say_transcript(transcript), span]
        title = " · ".join(text for text in parts if text)
        anchor = self.ledger.key()
        block = label(self._styles, title, before=2.2)
        fragment = replace(block.fragments[0], anchors=(anchor,))
        self.ledger.list_piece(
            one_line(heading) or say_transcript(transcript), anchor,
            timecode=format_timecode(times[0]) if times else "",
        )  # fmt: skip
        return replace(block, fragments=(fragment,), outline=(self._level + 1, title))

    def _turns(
        self,
        interview: ReleasedInterview,
        turns: Sequence[ReleasedTurn],
        places: Places,
        setter: TurnSetter,
    ) -> Iterator[Item]:
        own = {one_line(person.sort_name or person.name) for person in interview.people}
        for number, turn in enumerate(turns, start=1):
            for at, anchor in self._mentions.enter(turn.text, own):
                places.put(turn.n, at, anchor)
            yield setter.block(turn, places.anchors.get(turn.n, {}))
            if number % _STEP == 0 or number == len(turns):
                yield Step((number - 1) % _STEP + 1)

    # What the contents and the index are told

    def _list(
        self, interview: ReleasedInterview, title: str, start: str, points: list[str], *,
        is_whole: bool,
    ) -> None:  # fmt: skip
        tellers = one_line(names(people(interview, Role.INTERVIEWEE)))
        detail = "" if not tellers or tellers in title else tellers
        self.ledger.list_interview(interview.uuid, title, start, detail=detail)
        if is_whole:
            for point, anchor in zip(interview.index_points, points, strict=True):
                time = format_timecode(point.start_ms)
                self.ledger.list_piece(one_line(point.title), anchor, timecode=time)

    def _enter_interview(
        self, interview: ReleasedInterview, start: str, end: str, points: list[str]
    ) -> None:
        ledger = self.ledger
        for person in people(interview, Role.INTERVIEWEE, Role.INTERVIEWER, Role.OTHER):
            shown = one_line(person.sort_name or person.name)
            ledger.enter(Section.NAMES, shown, start, end)
        place = pick(interview.place_names, self._contents.language) or interview.place
        ledger.enter(Section.PLACES, self._mentions.place(place), start, start)
        for subject in (*interview.subjects, *interview.keywords):
            ledger.enter(Section.TAGS, one_line(subject), start, start)
        for point, anchor in zip(interview.index_points, points, strict=True):
            ledger.enter(Section.PLACES, self._mentions.place(point.place), anchor, anchor)
            for subject in (*point.subjects, *point.keywords):
                ledger.enter(Section.TAGS, one_line(subject), anchor, anchor)

    def _places(
        self, interview: ReleasedInterview, transcript: ReleasedTranscript, points: list[str]
    ) -> Places:
        """Return where tags and segments begin in a transcript, entering the tags."""
        places = Places()
        timed = [(t.start_ms, t.n) for t in transcript.turns if t.start_ms is not None]
        starts = [start for start, _ in timed]
        for point, anchor in zip(interview.index_points, points, strict=bool(points)):
            at = max(bisect_right(starts, point.start_ms) - 1, 0)
            turn = timed[at][1] if timed else (transcript.turns[0].n if transcript.turns else 0)
            places.put(turn, 0, anchor)
        for tagging in transcript.taggings:
            start, end = self.ledger.key(), self.ledger.key()
            places.put(tagging.start_turn, tagging.start, start)
            places.put(tagging.end_turn, tagging.end, end)
            name = one_line(pick(tagging.names, self._contents.language))
            path = tuple(map(one_line, tagging.path))
            self.ledger.enter_tag(name or path[-1], start, end, path=path)
        return places


def parts_with_turns(parts: Sequence[DossierPart]) -> int:
    """Return how many turns a dossier will set: the measure of its progress."""
    total = 0
    for part in parts:
        if isinstance(part, WholeInterview):
            total += sum(len(each.turns) for each in transcripts_of(part))
        elif isinstance(part, Excerpts):
            total += sum(max(each.last - each.first + 1, 0) for each in part.passages)
    return total
