"""Everything that laying a new transcript over an old one would change, worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive_app.domain.overlay_closing import CarriedClosing, Closing, carry_closed
from archive_app.domain.overlay_gate import Replacement, further_closings
from archive_app.domain.overlay_turns import TurnDifference, carry_turns, differences
from archive_app.domain.overlaying import Carried, Fate, Overlaying, Why
from archive_app.domain.records import (
    DossierItem,
    FullTranscript,
    InterviewFile,
    Restriction,
    Span,
    Tagging,
    Turn,
)
from archive_app.errors import SpanOutsideText


@dataclass(frozen=True, slots=True)
class LaidTagging:
    """A tagging as it will be: on its new words, or an orphan."""

    before: Tagging
    after: Tagging
    carried: Carried


@dataclass(frozen=True, slots=True)
class LaidClosing:
    """A closed passage as it will be."""

    before: Restriction
    after: Restriction
    carried: CarriedClosing


@dataclass(frozen=True, slots=True)
class LaidPassage:
    """A dossier's passage as it will be; one that is lost stays as it was."""

    before: DossierItem
    after: DossierItem
    carried: Carried


@dataclass(frozen=True, slots=True)
class LaidFootnote:
    """Where a footnote will stand; ``is_sure`` unless the words before it are gone."""

    footnote_id: int
    turn: int
    offset: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class OverlayPlan:
    """What laying a new text over a transcript would do. New turns have negative ids."""

    turns: tuple[Turn, ...]
    """The new ones, with the footnotes that came with them."""
    taggings: tuple[LaidTagging, ...]
    closings: tuple[LaidClosing, ...]
    further: tuple[Restriction, ...]
    """Restrictions to be added, so that nothing opens that was closed."""
    passages: tuple[LaidPassage, ...]
    footnotes: tuple[LaidFootnote, ...]
    """The old text's."""
    notes: tuple[tuple[int, int], ...]
    """Private notes on old turns: (note id, new turn)."""
    differences: tuple[TurnDifference, ...]
    words_before: int
    words_after: int
    words_kept: int

    def count(self, *fates: Fate) -> int:
        """Return how many taggings fare like this."""
        return sum(laid.carried.fate in fates for laid in self.taggings)

    @property
    def lost(self) -> tuple[LaidTagging, ...]:
        """The taggings that are not carried; they become orphans."""
        return tuple(laid for laid in self.taggings if laid.carried.fate is Fate.LOST)

    @property
    def to_confirm(self) -> tuple[LaidClosing, ...]:
        """The closed passages that a person must look at first."""
        return tuple(laid for laid in self.closings if laid.carried.must_be_confirmed)


def plan_overlay(
    file: InterviewFile,
    transcript_id: int,
    new_turns: Sequence[Turn],
    overlaying: Overlaying,
    *,
    passages: Iterable[DossierItem] = (),
    copied_from: int | None = None,
) -> OverlayPlan:
    """Return what laying new turns over a transcript of an interview would change.

    ``new_turns`` have negative ids; with ``copied_from`` they are that transcript's,
    in its order.
    """
    old = next(one for one in file.transcripts if one.transcript.id == transcript_id)
    turns = carry_turns(overlaying, old.turns, new_turns)
    closings = tuple(_closings(file, transcript_id, overlaying))
    further = [
        replace(laid.after, id=0, uuid="", span=span, quote=overlaying.new.texts.quote(span),
                is_orphan=False)
        for laid in closings
        for span in laid.carried.elsewhere
    ]  # fmt: skip
    moved = {laid.before.id: laid.after for laid in closings}
    restrictions = [*(moved.get(one.id, one) for one in file.restrictions), *further]
    copies = _copies(file, copied_from, turns)
    replacement = Replacement(
        transcript_id, turns, lambda span: _closed_in(overlaying, span), copied_from, copies
    )
    further += further_closings(file, restrictions, replacement)
    alignment = overlaying.alignment
    return OverlayPlan(
        turns=turns,
        taggings=tuple(_laid(overlaying, one) for one in old.taggings if not one.is_orphan),
        closings=closings,
        further=tuple(further),
        passages=tuple(_passages(overlaying, passages)),
        footnotes=tuple(_footnotes(overlaying, old)),
        notes=tuple(_notes(file, overlaying, old)),
        differences=differences(overlaying, old.turns, turns),
        words_before=alignment.old_count,
        words_after=alignment.new_count,
        words_kept=sum(alignment.is_kept(n) for n in range(alignment.old_count)),
    )


def _copies(
    file: InterviewFile, copied_from: int | None, turns: Sequence[Turn]
) -> dict[int, int] | None:
    for full in file.transcripts:
        if full.transcript.id == copied_from:
            return {one.id: copy.id for one, copy in zip(full.turns, turns, strict=True)}
    return None


def _closed_in(overlaying: Overlaying, span: Span) -> Iterator[Span]:
    try:
        carried = carry_closed(overlaying, span)
    except SpanOutsideText:
        return
    if carried.span is not None:
        yield carried.span
    yield from carried.elsewhere


def _carry(overlaying: Overlaying, span: Span) -> Carried:
    try:
        return overlaying.carry(span)
    except SpanOutsideText:
        return Carried(Fate.LOST, why=Why.MISPLACED)


def _laid(overlaying: Overlaying, tagging: Tagging) -> LaidTagging:
    carried = _carry(overlaying, tagging.span)
    if carried.span is not None:
        texts, span = overlaying.new.texts, carried.span
        after = replace(
            tagging,
            span=span,
            quote=texts.quote(span),
            before=texts.before(span),
            after=texts.after(span),
        )
    elif carried.why is Why.MISPLACED:
        after = replace(tagging, is_orphan=True)
    else:
        texts, span = overlaying.old.texts, tagging.span
        after = replace(tagging, is_orphan=True, before=texts.before(span), after=texts.after(span))
    return LaidTagging(tagging, after, carried)


def _closings(
    file: InterviewFile, transcript_id: int, overlaying: Overlaying
) -> Iterator[LaidClosing]:
    closed = [
        (one, one.span)
        for one in file.restrictions
        if one.transcript_id == transcript_id and one.span is not None and not one.is_orphan
    ]
    fitting = [span for _, span in closed if _fits(overlaying, span)]
    for restriction, span in closed:
        carried = CarriedClosing(Closing.GONE, None)
        if span in fitting:
            carried = carry_closed(overlaying, span, others=fitting)
        if carried.span is None:
            after = replace(restriction, is_orphan=True)
        else:
            quote = overlaying.new.texts.quote(carried.span)
            after = replace(restriction, span=carried.span, quote=quote)
        yield LaidClosing(restriction, after, carried)


def _fits(overlaying: Overlaying, span: Span) -> bool:
    try:
        overlaying.old.texts.checked(span)
    except SpanOutsideText:
        return False
    return True


def _passages(overlaying: Overlaying, passages: Iterable[DossierItem]) -> Iterator[LaidPassage]:
    for passage in passages:
        if passage.span is not None and _fits(overlaying, passage.span):
            carried = overlaying.carry(passage.span)
            yield LaidPassage(passage, replace(passage, span=carried.span or passage.span), carried)


def _footnotes(overlaying: Overlaying, old: FullTranscript) -> Iterator[LaidFootnote]:
    for turn in old.turns:
        for note in turn.footnotes:
            point = overlaying.carry_point(turn.id, note.offset)
            yield LaidFootnote(note.id, point.turn, point.offset, point.is_sure)


def _notes(
    file: InterviewFile, overlaying: Overlaying, old: FullTranscript
) -> Iterator[tuple[int, int]]:
    """Yield where notes on turns go: to the turn in which the old one begins."""
    ids = {turn.id for turn in old.turns}
    for note in file.notes:
        if note.table == "turn" and note.row_id in ids:
            yield note.id, overlaying.carry_point(note.row_id, 0).turn
