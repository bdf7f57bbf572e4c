"""Turns that stand together in a dossier: a passage or a whole transcript, perhaps in two
columns with its translation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive_app.domain.citation import timecodes
from archive_app.domain.records import TranscriptKind
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript
from archive_app.dossier.contents import Excerpts, Passage, WholeInterview, transcripts_of
from archive_app.dossier.design import Design
from archive_app.dossier.facing import Row, aligned, rows_touching
from archive_app.dossier.marks import ShownTurn, shown_turn


@dataclass(frozen=True, slots=True)
class Stretch:
    """Turns of one transcript in a row, as they are shown; none only on a side of a card.

    ``start`` is where it begins within its first turn, ``end`` where it ends within its
    last one, in the released text; None: at the turn's end.
    """

    interview: ReleasedInterview
    transcript: ReleasedTranscript
    turns: tuple[ShownTurn, ...]
    start: int = 0
    end: int | None = None
    first: int = 0
    """The number of the first turn as the passage has it, by which its clip is found."""
    heading: str = ""
    comment: str = ""

    @property
    def start_ms(self) -> int | None:
        """When it begins on the recording, as far as is known."""
        return next((s.turn.start_ms for s in self.turns if s.turn.start_ms is not None), None)

    @property
    def end_ms(self) -> int | None:
        """When its last word ends, as far as is known."""
        return max((s.turn.end_ms for s in self.turns if s.turn.end_ms is not None), default=None)

    @property
    def timecodes(self) -> str:
        """Both, as "0:12:03–0:13:40"; "" if they are not known."""
        return timecodes(self.start_ms, self.end_ms)


@dataclass(frozen=True, slots=True)
class Spread:
    """A stretch as it is laid out: in one column or, with ``rows``, beside another transcript.

    ``left`` and ``right`` are the transcripts in facing columns; ``main`` is of one of them.
    """

    main: Stretch
    rows: tuple[Row, ...] = ()
    left: Stretch | None = None
    right: Stretch | None = None

    def told(self) -> Iterator[tuple[Stretch, ShownTurn]]:
        """Yield every turn that is shown, in reading order, with what it is of."""
        if self.left is None or self.right is None:
            for shown in self.main.turns:
                yield self.main, shown
            return
        for row in self.rows:
            for shown in row.left:
                yield self.left, shown
            for shown in row.right:
                yield self.right, shown


def spreads_of(part: WholeInterview | Excerpts, design: Design, language: str) -> list[Spread]:
    """Return what is shown of an interview, in order; ``language`` is the dossier's."""
    if isinstance(part, Excerpts):
        stretches = [s for passage in part.passages if (s := _passage(part, passage, design))]
        if not design.is_facing:
            return [Spread(stretch) for stretch in stretches]
        every = part.interview.transcripts
        return [_faced(stretch, every, design, language) for stretch in stretches]
    shown = transcripts_of(part)
    whole = [s for each in shown if (s := whole_of(part.interview, each, design))]
    return _wholes(whole, design, language) if design.is_facing else [Spread(s) for s in whole]


def whole_of(
    interview: ReleasedInterview, transcript: ReleasedTranscript, design: Design
) -> Stretch | None:
    """Return all turns of a transcript, None if it has none."""
    turns = tuple(shown_turn(turn, design) for turn in transcript.turns)
    if not turns:
        return None
    return Stretch(interview, transcript, turns, first=turns[0].turn.n)


def _passage(part: Excerpts, passage: Passage, design: Design) -> Stretch | None:
    transcript = next(
        (each for each in part.interview.transcripts if each.uuid == passage.transcript), None
    )
    if transcript is None:
        return None
    turns = tuple(
        shown_turn(
            turn, design,
            passage.start if turn.n == passage.first else 0,
            passage.end if turn.n == passage.last else None,
        )
        for turn in transcript.turns
        if passage.first <= turn.n <= passage.last
    )  # fmt: skip
    if not turns:
        return None
    return Stretch(
        part.interview, transcript, turns, passage.start, passage.end, passage.first,
        passage.heading, passage.comment,
    )  # fmt: skip


# Facing columns


def _is_translation(transcript: ReleasedTranscript) -> bool:
    return transcript.kind is TranscriptKind.TRANSLATION


def partner_of(
    transcript: ReleasedTranscript, others: Sequence[ReleasedTranscript], language: str
) -> ReleasedTranscript | None:
    """Return what stands beside a transcript: of an original its translation, and the reverse.

    Of several the one in the dossier's language goes first, then the first.
    """
    wanted = [
        each
        for each in others
        if each is not transcript
        and each.turns
        and _is_translation(each) is not _is_translation(transcript)
    ]
    base = language.split("-", maxsplit=1)[0]
    for fits in (language, base):
        for each in wanted:
            if fits in (each.language, each.language.split("-", maxsplit=1)[0]):
                return each
    return wanted[0] if wanted else None


def _wholes(stretches: Sequence[Stretch], design: Design, language: str) -> list[Spread]:
    """Return whole transcripts, each original beside a translation as long as there are some."""
    left = list(stretches)
    made: list[Spread] = []
    for stretch in stretches:
        if stretch not in left or _is_translation(stretch.transcript):
            continue
        others = [each.transcript for each in left]
        partner = partner_of(stretch.transcript, others, language)
        left.remove(stretch)
        if partner is None:
            made.append(Spread(stretch))
            continue
        made.append(_faced(stretch, [partner], design, language))
        left = [each for each in left if each.transcript is not partner]
    return made + [Spread(each) for each in left]


def _faced(
    stretch: Stretch, others: Sequence[ReleasedTranscript], design: Design, language: str
) -> Spread:
    """Return a stretch beside what renders it; alone where nothing does."""
    partner = partner_of(stretch.transcript, others, language)
    other = whole_of(stretch.interview, partner, design) if partner else None
    if other is None:
        return Spread(stretch)
    is_left = not _is_translation(stretch.transcript)
    ours, theirs = (stretch, other) if is_left else (other, stretch)
    rows = rows_touching(
        aligned(ours.transcript.turns, theirs.transcript.turns),
        {shown.turn.n: shown for shown in ours.turns},
        {shown.turn.n: shown for shown in theirs.turns},
        is_left=is_left,
    )
    used = {s.turn.n for row in rows for s in (row.right if is_left else row.left)}
    beside = replace(other, turns=tuple(s for s in other.turns if s.turn.n in used))
    if not beside.turns:
        return Spread(stretch)
    left, right = (stretch, beside) if is_left else (beside, stretch)
    return Spread(stretch, rows, left, right)
