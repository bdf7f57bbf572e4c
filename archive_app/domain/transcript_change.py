"""What an edit of a transcript changes, and how the marks on its text are taken along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from archive_app.domain.records import (
    DossierItem,
    FullTranscript,
    Restriction,
    Span,
    Tagging,
    Turn,
)
from archive_app.domain.spans import find_in_order
from archive_app.domain.turn_texts import TurnTexts
from archive_app.errors import SpanOutsideText


@dataclass(frozen=True, slots=True)
class TranscriptChange:
    """Everything that an edit of a transcript changes, as whole records."""

    updated_turns: tuple[Turn, ...] = ()
    new_turns: tuple[Turn, ...] = ()
    """With temporary, negative ids."""
    deleted_turn_ids: tuple[int, ...] = ()
    updated_taggings: tuple[Tagging, ...] = ()
    """With new span, quote and neighbouring text, or as orphans."""
    updated_restrictions: tuple[Restriction, ...] = ()
    updated_passages: tuple[DossierItem, ...] = ()
    orphaned_tagging_ids: tuple[int, ...] = ()
    orphaned_restriction_ids: tuple[int, ...] = ()
    orphaned_passage_ids: tuple[int, ...] = ()
    """Passages of dossiers whose whole text is gone; their records are as they were."""

    @property
    def is_empty(self) -> bool:
        """Nothing changes."""
        return self == TranscriptChange()

    def with_ids(self, ids: Mapping[int, int]) -> TranscriptChange:
        """Return the change with stored turn ids in place of temporary ones, spans included."""

        def settled(span: Span) -> Span:
            return replace(
                span,
                start_turn=ids.get(span.start_turn, span.start_turn),
                end_turn=ids.get(span.end_turn, span.end_turn),
            )

        return replace(
            self,
            new_turns=tuple(replace(t, id=ids.get(t.id, t.id)) for t in self.new_turns),
            updated_taggings=tuple(replace(t, span=settled(t.span)) for t in self.updated_taggings),
            updated_restrictions=tuple(
                replace(r, span=settled(r.span)) if r.span else r for r in self.updated_restrictions
            ),
            updated_passages=tuple(
                replace(p, span=settled(p.span)) if p.span else p for p in self.updated_passages
            ),
        )


@dataclass(frozen=True, slots=True)
class Carrier:
    """Takes along everything that stands on the texts an operation changed."""

    before: TurnTexts
    after: TurnTexts
    touched: frozenset[int]
    """Turns whose spans may move or whose quotes may change."""
    move: Callable[[Span], Span | None]
    move_closed: Callable[[Span], Span | None]

    def carry(
        self,
        change: TranscriptChange,
        taggings: Iterable[Tagging],
        restrictions: Iterable[Restriction],
        passages: Iterable[DossierItem],
    ) -> TranscriptChange:
        """Return the change with the taggings, restrictions and passages it moves."""
        reaches, touched = self.before.reaches, self.touched
        moved_taggings = [
            moved
            for tagging in taggings
            if not tagging.is_orphan
            and reaches(tagging.span, touched)
            and (moved := self._tagging(tagging)) is not tagging
        ]
        moved_restrictions = [
            moved
            for restriction in restrictions
            if restriction.span is not None
            and not restriction.is_orphan
            and reaches(restriction.span, touched)
            and (moved := self._restriction(restriction, restriction.span)) is not restriction
        ]
        moved_passages: list[DossierItem] = []
        lost_passages: list[int] = []
        for passage in passages:
            if passage.span is None or not self._stands_here(passage.span):
                continue
            span = self.move(passage.span)
            if span is None:
                lost_passages.append(passage.id)
            elif span != passage.span:
                moved_passages.append(replace(passage, span=span))
        return replace(
            change,
            updated_taggings=tuple(moved_taggings),
            updated_restrictions=tuple(moved_restrictions),
            updated_passages=tuple(moved_passages),
            orphaned_tagging_ids=tuple(t.id for t in moved_taggings if t.is_orphan),
            orphaned_restriction_ids=tuple(r.id for r in moved_restrictions if r.is_orphan),
            orphaned_passage_ids=tuple(lost_passages),
        )

    def _stands_here(self, span: Span) -> bool:
        """A passage whose text was lost before names places that may be gone or empty."""
        try:
            self.before.checked(span)
        except SpanOutsideText:
            return False
        return self.before.reaches(span, self.touched)

    def _tagging(self, tagging: Tagging) -> Tagging:
        span = self.move(self.before.checked(tagging.span))
        if span is None:
            return replace(
                tagging,
                is_orphan=True,
                before=self.before.before(tagging.span),
                after=self.before.after(tagging.span),
            )
        quote = self.after.quote(span)
        if span == tagging.span and quote == tagging.quote:
            return tagging
        return replace(
            tagging,
            span=span,
            quote=quote,
            before=self.after.before(span),
            after=self.after.after(span),
        )

    def _restriction(self, restriction: Restriction, old: Span) -> Restriction:
        span = self.move_closed(self.before.checked(old))
        if span is None:
            return replace(restriction, is_orphan=True)
        quote = self.after.quote(span)
        if span == old and quote == restriction.quote:
            return restriction
        return replace(restriction, span=span, quote=quote)


def new_tagging(turns: Iterable[Turn], tagging: Tagging) -> Tagging:
    """Return a tagging as it is to be stored: ends settled, quote and neighbouring text filled in.

    Also takes an orphan to a new place: give it its new span.

    Raises:
        SpanOutsideText: the span covers no text, or is not within these turns.
    """
    texts = TurnTexts.of(turns)
    span = texts.settled(texts.checked(tagging.span))
    if span is None:
        raise SpanOutsideText("A tag was to be laid where there is no text.")
    return replace(
        tagging,
        span=span,
        quote=texts.quote(span),
        before=texts.before(span),
        after=texts.after(span),
        is_orphan=False,
    )


def apply_change(transcript: FullTranscript, change: TranscriptChange) -> FullTranscript:
    """Return the transcript after a change: turns and living taggings in order, then orphans."""
    turns = {turn.id: turn for turn in transcript.turns}
    turns.update({turn.id: turn for turn in (*change.updated_turns, *change.new_turns)})
    for turn_id in change.deleted_turn_ids:
        del turns[turn_id]
    in_order = tuple(sorted(turns.values(), key=lambda turn: turn.position))
    moved = {tagging.id: tagging for tagging in change.updated_taggings}
    taggings = [moved.get(tagging.id, tagging) for tagging in transcript.taggings]
    living = [tagging for tagging in taggings if not tagging.is_orphan]
    order = find_in_order([tagging.span for tagging in living], TurnTexts.of(in_order))
    orphans = (tagging for tagging in taggings if tagging.is_orphan)
    return replace(
        transcript, turns=in_order, taggings=(*(living[index] for index in order), *orphans)
    )
