"""What editing a transcript does to everything that stands on its text.

Each function takes a ``FullTranscript`` and returns a ``TranscriptChange``: the
records that differ afterwards, whole, and nothing else. Nothing is stored here.

The transcript may be a *window*: any run of consecutive turns of the whole one,
with the taggings, restrictions and passages that touch the turns concerned. The
window must hold every turn of the spans given, the turns right before and after
the one that is edited, and as many more as a tagging's neighbouring text
(``CONTEXT`` code points) should be able to reach.

A turn that is made gets a temporary, negative id, which all spans of the change
already use; ``TranscriptChange.with_ids`` puts the stored ids in place.

After every change the quote of each living tagging is the text under its span.
Orphans keep quote, neighbouring text and former place, even if the turns of
that place are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive_app.domain import spans as moving
from archive_app.domain.edit_steps import EditSteps
from archive_app.domain.orphans import find_orphan
from archive_app.domain.records import (
    DossierItem,
    Footnote,
    FullTranscript,
    Restriction,
    Span,
    Turn,
)
from archive_app.domain.spans import TextEdit
from archive_app.domain.timed import edit_timed, merge_timed, split_times
from archive_app.domain.transcript_change import (
    Carrier,
    TranscriptChange,
    apply_change,
    new_tagging,
)
from archive_app.domain.turn_texts import TurnTexts, clean_text, joined, quote_of
from archive_app.domain.turn_times import (
    NOTHING_BEYOND,
    Room,
    TimesBeyond,
    begins_ms,
    clipped_words,
    room_between,
)
from archive_app.errors import SpanOutsideText

__all__ = [
    "POSITION_STEP",
    "TranscriptChange",
    "apply_change",
    "clean_text",
    "delete_turn",
    "edit_text",
    "find_orphan",
    "insert_turn",
    "joined",
    "merge_turns",
    "new_tagging",
    "quote_of",
    "split_turn",
]

POSITION_STEP = 1024
"""The gap to leave between turns' positions, so that one can be put between without renumbering."""


def edit_text(
    transcript: FullTranscript,
    edits: Sequence[TextEdit],
    *,
    restrictions: Iterable[Restriction] = (),
    passages: Iterable[DossierItem] = (),
) -> TranscriptChange:
    """Return what edits of turns' texts change.

    The edits are made one after the other: each counts offsets in the text that
    the ones before it left. Line breaks and control characters in them become
    spaces. Words retyped across the edge of a restricted passage stay restricted.

    Raises:
        SpanOutsideText: an edit reaches beyond its turn's text.
    """
    turns = {turn.id: turn for turn in transcript.turns}
    before = TurnTexts.of(transcript.turns)
    steps = EditSteps(before)
    edited: dict[int, Turn] = {}
    for edit in edits:
        edit = replace(edit, text=clean_text(edit.text))
        text = moving.edited_text(steps.text(edit.turn), edit)
        if text == steps.text(edit.turn) and not edit.text:
            continue
        steps.add(edit)
        edited[edit.turn] = _edited_turn(edited.get(edit.turn, turns[edit.turn]), edit, text)

    def move(span: Span) -> Span | None:
        return steps.through(span, moving.shifted)

    def move_closed(span: Span) -> Span | None:
        return steps.through(span, moving.shifted_closed)

    carrier = Carrier(before, steps.after(), frozenset(edited), move, move_closed)
    updated = tuple(turn for turn in edited.values() if turn != turns[turn.id])
    change = TranscriptChange(updated_turns=updated)
    return carrier.carry(change, transcript.taggings, restrictions, passages)


def _edited_turn(turn: Turn, edit: TextEdit, text: str) -> Turn:
    offsets = moving.shift_offsets((note.offset for note in turn.footnotes), edit)
    return replace(
        turn,
        text=text,
        timed=edit_timed(turn.timed, edit, turn.text),
        footnotes=tuple(
            replace(note, offset=offset)
            for note, offset in zip(turn.footnotes, offsets, strict=True)
        ),
    )


def split_turn(
    transcript: FullTranscript,
    turn_id: int,
    offset: int,
    *,
    new_id: int = -1,
    beyond: TimesBeyond = NOTHING_BEYOND,
    restrictions: Iterable[Restriction] = (),
    passages: Iterable[DossierItem] = (),
) -> TranscriptChange:
    """Return what splitting a turn changes: it keeps the text before ``offset``.

    The new turn gets the rest, the same speaker and recording, and the later part
    of the times: by the words' own where known, else in proportion and marked as
    estimated. Where the next turn began before that part, speaking at once, the new
    turn begins with it, so that turns stay in order. One space at the split is left
    out (``spans.cut_turn``).

    Raises:
        SpanOutsideText: no such turn, or the offset is not in its text.
    """
    before = TurnTexts.of(transcript.turns)
    cut = moving.cut_turn(before, turn_id, offset, new_turn=new_id)
    after = moving.split_texts(before, cut)
    place = before.place(turn_id)
    turn = transcript.turns[place]
    position, renumbered = _position_after(transcript.turns, place)
    times = split_times(turn, cut)
    room = room_between(transcript.turns[: place + 1], transcript.turns[place + 1 :], beyond)
    right_start_ms = times.right_start_ms
    if right_start_ms is not None and right_start_ms != turn.start_ms:
        right_start_ms = room.fitted(right_start_ms)
    left = replace(
        renumbered.get(turn_id, turn),
        text=after.text(turn_id),
        end_ms=times.left_end_ms,
        timed=times.left,
        footnotes=tuple(
            replace(note, offset=min(note.offset, cut.left_end))
            for note in turn.footnotes
            if _stays_left(note, offset)
        ),
        is_time_estimated=turn.is_time_estimated or times.is_estimated,
    )
    right = replace(
        left,
        id=new_id,
        uuid="",
        position=position,
        text=after.text(new_id),
        start_ms=right_start_ms,
        end_ms=turn.end_ms,
        timed=times.right,
        footnotes=tuple(
            replace(note, offset=max(0, note.offset - cut.right_start))
            for note in turn.footnotes
            if not _stays_left(note, offset)
        ),
        is_time_estimated=left.is_time_estimated or right_start_ms != times.right_start_ms,
    )

    def move(span: Span) -> Span | None:
        return moving.split_span(span, cut, after)

    renumbered[turn_id] = left
    carrier = Carrier(before, after, frozenset((turn_id,)), move, move)
    change = TranscriptChange(updated_turns=tuple(renumbered.values()), new_turns=(right,))
    return carrier.carry(change, transcript.taggings, restrictions, passages)


def _stays_left(note: Footnote, offset: int) -> bool:
    return 0 < note.offset <= offset


def merge_turns(
    transcript: FullTranscript,
    first_turn_id: int,
    *,
    restrictions: Iterable[Restriction] = (),
    passages: Iterable[DossierItem] = (),
) -> TranscriptChange:
    """Return what merging a turn with the one that follows it changes.

    The first keeps its id and speaker, and takes in text, timed texts, footnotes
    and the end time of the second. One space joins the texts, none if either is empty.

    Raises:
        SpanOutsideText: no such turn, or no turn follows it.
    """
    before = TurnTexts.of(transcript.turns)
    place = before.place(first_turn_id)
    if place + 1 >= len(transcript.turns):
        raise SpanOutsideText("The last turn has none to be merged with.")
    first, second = transcript.turns[place : place + 2]
    after = moving.merge_texts(before, first.id, second.id)
    shift = moving.merge_shift(before, first.id, second.id)
    merged = _merged_turn(first, second, after.text(first.id), shift)

    def move(span: Span) -> Span | None:
        return moving.merged_span(span, first.id, second.id, shift)

    carrier = Carrier(before, after, frozenset((first.id, second.id)), move, move)
    change = TranscriptChange(updated_turns=(merged,), deleted_turn_ids=(second.id,))
    return carrier.carry(change, transcript.taggings, restrictions, passages)


def _merged_turn(first: Turn, second: Turn, text: str, shift: int) -> Turn:
    timed = merge_timed(first, second, shift)
    start_ms, end_ms = first.start_ms, second.end_ms
    is_start_estimated = False
    if start_ms is None and not first.timed:
        start_ms = begins_ms(second)
        is_start_estimated = start_ms is not None and bool(first.text)
    if end_ms is None and not second.text:
        end_ms = first.end_ms
    if end_ms is not None:
        ends = (start_ms, end_ms, first.end_ms, timed[-1].end_ms if timed else None)
        end_ms = max(ms for ms in ends if ms is not None)
    has_speaker = first.speaker_id is not None or first.speaker_label
    speaker = first if has_speaker else second
    return replace(
        first,
        speaker_id=speaker.speaker_id,
        speaker_label=speaker.speaker_label,
        recording_id=first.recording_id if first.recording_id is not None else second.recording_id,
        start_ms=start_ms,
        end_ms=end_ms,
        text=text,
        timed=timed,
        footnotes=(
            *first.footnotes,
            *(replace(note, offset=note.offset + shift) for note in second.footnotes),
        ),
        is_time_estimated=(
            first.is_time_estimated or second.is_time_estimated or is_start_estimated
        ),
    )


def insert_turn(
    transcript: FullTranscript,
    turn: Turn,
    *,
    after_turn_id: int | None,
    beyond: TimesBeyond = NOTHING_BEYOND,
    restrictions: Iterable[Restriction] = (),
    passages: Iterable[DossierItem] = (),
) -> TranscriptChange:
    """Return what putting a new turn after another changes; ``None``: before the first.

    ``turn`` has a negative id of the caller's choice; its position is worked out
    here. Times that do not fit between its neighbours' become the nearest that do, and
    are marked as estimated. A span that reaches over the place takes it in.

    Raises:
        SpanOutsideText: no turn of that id.
    """
    before = TurnTexts.of(transcript.turns)
    place = 0 if after_turn_id is None else before.place(after_turn_id) + 1
    position, renumbered = _position_after(transcript.turns, place - 1)
    room = room_between(transcript.turns[:place], transcript.turns[place:], beyond)
    turn = _fitted_in(replace(turn, position=position, text=clean_text(turn.text)), room)
    after = before.with_turn(turn.id, turn.text, place=place)
    touched = frozenset(t.id for t in transcript.turns[max(0, place - 1) : place])
    carrier = Carrier(before, after, touched, _stay, _stay)
    change = TranscriptChange(updated_turns=tuple(renumbered.values()), new_turns=(turn,))
    return carrier.carry(change, transcript.taggings, restrictions, passages)


def _fitted_in(turn: Turn, room: Room) -> Turn:
    start_ms, end_ms = turn.start_ms, turn.end_ms
    if start_ms is not None:
        start_ms = room.fitted(start_ms)
    if end_ms is not None:
        end_ms = max(room.fitted_end(end_ms), room.earliest_ms if start_ms is None else start_ms)
    if (start_ms, end_ms) == (turn.start_ms, turn.end_ms):
        return turn
    timed = clipped_words(turn.timed, start_ms, end_ms)
    return replace(turn, start_ms=start_ms, end_ms=end_ms, timed=timed, is_time_estimated=True)


def _stay(span: Span) -> Span | None:
    return span


def delete_turn(
    transcript: FullTranscript,
    turn_id: int,
    *,
    restrictions: Iterable[Restriction] = (),
    passages: Iterable[DossierItem] = (),
) -> TranscriptChange:
    """Return what deleting a turn changes.

    Spans wholly in it become orphans, others shrink to what they cover of its
    neighbours. Its footnotes and times go with it, and come back when it is undone.

    Raises:
        SpanOutsideText: no such turn.
    """
    before = TurnTexts.of(transcript.turns)
    before.place(turn_id)
    after = before.without(turn_id)

    def move(span: Span) -> Span | None:
        return moving.span_without(span, turn_id, before, after)

    carrier = Carrier(before, after, frozenset((turn_id,)), move, move)
    change = TranscriptChange(deleted_turn_ids=(turn_id,))
    return carrier.carry(change, transcript.taggings, restrictions, passages)


def _position_after(turns: Sequence[Turn], place: int) -> tuple[int, dict[int, Turn]]:
    """Return a position behind ``turns[place]`` (-1: before all), and turns renumbered for it."""
    earlier = turns[place].position if place >= 0 else None
    later = turns[place + 1].position if place + 1 < len(turns) else None
    if earlier is None and later is None:
        return 0, {}
    if later is None:
        return (earlier or 0) + POSITION_STEP, {}
    if earlier is None:
        return later - POSITION_STEP, {}
    if later - earlier > 1:
        return (earlier + later) // 2, {}
    first = turns[0].position
    renumbered = {
        turn.id: replace(turn, position=first + POSITION_STEP * (n if n <= place else n + 1))
        for n, turn in enumerate(turns)
        if n
    }
    return first + POSITION_STEP * (place + 1), renumbered
