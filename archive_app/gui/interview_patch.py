"""What an operation changed of an interview's text, read again alone and put in its place.

Reading all of a three-hour interview anew after a key was taken back would take
ten times as long as taking it back. What an operation changed is known from its
outcome, so only those rows are read, right behind the operation and before the
next one: a patch is the archive's state after exactly that step.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from archive_app.domain.records import (
    Change,
    FullTranscript,
    Outcome,
    Restriction,
    Tagging,
    Turn,
)
from archive_app.gui.interview_data import Loaded
from archive_app.gui.interview_places import Places, TextPlaces
from archive_app.store.archive import Archive
from archive_app.work import tagging
from archive_app.work.tagging import Orphan

TABLES = frozenset(("turn", "tagging", "restriction", "footnote", "dossier_item"))
"""What a patch can say; a change anywhere else asks for reading all of the interview."""
MOST_ROWS = 4_000
"""A patch of more rows would save nothing."""


@dataclass(frozen=True, slots=True)
class Patch:
    """Rows of an interview's transcripts as they stand after an operation; None: it is gone."""

    operation_id: int
    """0: nothing was changed."""
    interview_id: int
    turns: Mapping[int, Turn | None]
    taggings: Mapping[int, Tagging | None]
    footnotes: frozenset[int]
    """Footnotes that were moved or deleted; where they stand now, ``turns`` has them."""
    restrictions: Sequence[Restriction] | None
    """All of the interview's, if any changed."""
    orphans: Sequence[Orphan] | None
    """All of the interview's, if there may be one more."""


@dataclass(frozen=True, slots=True)
class Patched:
    """What an operation gave, and what the page needs to show it; None: read everything."""

    value: Any
    patch: Patch | None


def with_patch(
    archive: Archive,
    function: Callable[..., Outcome[Any]],
    args: Sequence[object],
    kwargs: Mapping[str, object],
) -> Outcome[Patched]:
    """Run a function of ``work`` on the writer and read, before anything else, what it changed."""
    outcome = function(archive, *args, **kwargs)
    patch = read_patch(archive, outcome)
    return replace(outcome, value=Patched(outcome.value, patch))  # type: ignore[return-value]


def read_patch(archive: Archive, outcome: Outcome[Any]) -> Patch | None:
    """Return what an operation changed, or None where that is not the text alone."""
    ids = _by_table(outcome.changes)
    if ids is None:
        return None
    if not outcome.changes:
        return Patch(0, 0, {}, {}, frozenset(), None, None)
    with archive.read() as reader:
        interview_id = reader.operation(outcome.operation_id).interview_id
        if interview_id is None:
            return None
        wanted = {*ids["turn"], *reader.turns_with_footnotes(ids["footnote"])}
        turns = reader.turns_by_id(sorted(wanted))
        taggings = reader.taggings_by_id(ids["tagging"])
        restrictions = reader.restrictions(interview_id) if ids["restriction"] else None
    has_orphan = any(one.is_orphan for one in taggings.values())
    return Patch(
        operation_id=outcome.operation_id,
        interview_id=interview_id,
        turns={one: turns.get(one) for one in wanted},
        taggings={one: taggings.get(one) for one in ids["tagging"]},
        footnotes=frozenset(ids["footnote"]),
        restrictions=restrictions,
        orphans=tagging.orphans(archive, interview_id) if has_orphan else None,
    )


def _by_table(changes: Sequence[Change]) -> dict[str, list[int]] | None:
    if len(changes) > MOST_ROWS:
        return None
    ids: dict[str, list[int]] = {table: [] for table in TABLES}
    for change in changes:
        if change.table not in ids:
            return None
        ids[change.table].append(change.row_id)
    return ids


def patched(loaded: Loaded, patch: Patch, places: TextPlaces) -> Loaded:
    """Return an interview as it stands after the operation of a patch.

    Where turns and taggings stay where they are, nothing but they is looked at.
    """
    file = loaded.file
    if file is None:
        return loaded
    transcripts = tuple(_patched_transcript(one, patch, places) for one in file.transcripts)
    restrictions = file.restrictions if patch.restrictions is None else patch.restrictions
    orphans = patch.orphans
    if orphans is None:
        orphans = [one for one in loaded.orphans if one.tagging.id not in patch.taggings]
    return replace(
        loaded,
        operation_id=max(loaded.operation_id, patch.operation_id),
        file=replace(file, transcripts=transcripts, restrictions=tuple(restrictions)),
        orphans=orphans,
    )


def turns_with_footnotes(loaded: Loaded, footnotes: Set[int]) -> set[int]:
    """Return the ids of the turns in which some footnotes stood."""
    if loaded.file is None or not footnotes:
        return set()
    return {
        turn.id
        for full in loaded.file.transcripts
        for turn in full.turns
        if any(note.id in footnotes for note in turn.footnotes)
    }


def _patched_transcript(full: FullTranscript, patch: Patch, places: TextPlaces) -> FullTranscript:
    same_order = _in_same_order(full, patch, places.of(full))
    if same_order is not None:
        places.carry(same_order, places.of(full))
        return same_order
    turns = _patched_turns(full, patch)
    own, changed = full.transcript.id, patch.taggings
    come = [one for one in changed.values() if one is not None and one.transcript_id == own]
    if not come and not any(one.id in changed for one in full.taggings):
        return full if turns is full.turns else replace(full, turns=turns)
    positions = {turn.id: turn.position for turn in turns}

    def place(one: Tagging) -> Order:
        return _order(one, positions)

    kept = [one for one in full.taggings if one.id not in changed]
    for one in come:
        insort(kept, one, key=place)
    return replace(full, turns=turns, taggings=tuple(kept))


Order = tuple[bool, int, int, int, int, int]


def _order(one: Tagging, positions: Mapping[int, int]) -> Order:
    """Return what taggings are in order by: the text's order, orphans last."""
    span = one.span
    start, end = positions.get(span.start_turn, 0), positions.get(span.end_turn, 0)
    return (one.is_orphan, start, span.start, end, span.end, one.id)


def _in_same_order(full: FullTranscript, patch: Patch, at: Places) -> FullTranscript | None:
    """Return a transcript whose records alone differ; None if any comes, goes or moves."""
    own = full.transcript.id
    turns, taggings = list(full.turns), list(full.taggings)
    if patch.footnotes:
        return None
    for turn_id, turn in patch.turns.items():
        place = at.turns.get(turn_id)
        if place is None and (turn is None or turn.transcript_id != own):
            continue
        if place is None or turn is None or turn.position != turns[place].position:
            return None
        turns[place] = turn
    changed: list[int] = []
    for tagging_id, one in patch.taggings.items():
        place = at.taggings.get(tagging_id)
        if place is None and (one is None or one.transcript_id != own):
            continue
        if place is None or one is None:
            return None
        taggings[place] = one
        changed.append(place)
    near = {place + by for place in changed for by in (-1, 0, 1)}
    ends = (
        turn_id
        for place in near
        if 0 <= place < len(taggings)
        for turn_id in (taggings[place].span.start_turn, taggings[place].span.end_turn)
    )
    # Turns that are gone have no position: orphans may name them.
    positions = {one: turns[at.turns[one]].position for one in ends if one in at.turns}
    for place in changed:
        around = [_order(one, positions) for one in taggings[max(0, place - 1) : place + 2]]
        if around != sorted(around):
            return None
    return replace(full, turns=tuple(turns), taggings=tuple(taggings))


def _patched_turns(full: FullTranscript, patch: Patch) -> tuple[Turn, ...]:
    own = full.transcript.id
    come = {one.id: one for one in patch.turns.values() if one and one.transcript_id == own}
    known = {turn.id for turn in full.turns}
    if not come and not known & patch.turns.keys() and not patch.footnotes:
        return full.turns
    changed = patch.turns
    turns = [
        turn if turn.id not in changed else come[turn.id]
        for turn in full.turns
        if turn.id not in changed or turn.id in come
    ]
    if patch.footnotes:
        turns = [one if one.id in come else _without_footnotes(one, patch) for one in turns]
    turns += [turn for turn in come.values() if turn.id not in known]
    if len(turns) != len(full.turns) or any(
        one.position != other.position for one, other in zip(turns, full.turns) if one is not other
    ):
        turns.sort(key=lambda turn: (turn.position, turn.id))
    return tuple(turns)


def _without_footnotes(turn: Turn, patch: Patch) -> Turn:
    if not turn.footnotes or not any(note.id in patch.footnotes for note in turn.footnotes):
        return turn
    kept = tuple(note for note in turn.footnotes if note.id not in patch.footnotes)
    return replace(turn, footnotes=kept)
