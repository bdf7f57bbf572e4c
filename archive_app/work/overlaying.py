"""Laying a new transcript over a tagged one: first what it would do, then one operation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive_app.domain.alignment import Word, align_words
from archive_app.domain.overlay_plan import LaidFootnote, LaidTagging, OverlayPlan, plan_overlay
from archive_app.domain.overlaying import Fate, Ground, Overlaying
from archive_app.domain.parsed import Loss, ParsedTranscript
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import (
    DossierItem,
    FullTranscript,
    InterviewFile,
    Outcome,
    Restriction,
    Span,
    Tag,
    Turn,
)
from archive_app.domain.transcript import POSITION_STEP
from archive_app.errors import BadInput, BadValue, Conflict
from archive_app.language.folding import fold
from archive_app.language.words import word_places
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work.import_plan import plan_import
from archive_app.work.kept_closed import add_closing
from archive_app.work.spans import laid_columns, span_columns
from archive_app.work.taking_in_parsed import speakers_by_label
from archive_app.work.transcript_edits import turn_columns

LEAST_SHARED = 0.1
"""Of the words; with fewer in common two texts do not render the same speech."""


@dataclass(frozen=True, slots=True)
class NewText:
    """A text to be laid over a transcript: turns with negative ids, and where it comes from."""

    turns: tuple[Turn, ...]
    name: str
    """The file's name, or empty."""
    format: str = ""
    sha256: str = ""
    losses: tuple[Loss, ...] = ()
    transcript_id: int | None = None
    """The transcript of the same interview that it is a copy of."""


@dataclass(frozen=True, slots=True)
class OverlayPreview:
    """What laying a new text over a transcript would do, and the state that this holds for."""

    transcript_id: int
    interview_id: int
    new: NewText
    plan: OverlayPlan
    state: OverlayState
    tags: tuple[Tag, ...]
    """Those of the interview's taggings."""


@dataclass(frozen=True, slots=True)
class OverlayState:
    """What a preview was worked out from."""

    transcripts: tuple[FullTranscript, ...]
    restrictions: tuple[Restriction, ...]
    passages: tuple[DossierItem, ...]


@dataclass(frozen=True, slots=True)
class LaidOver:
    """What was done: the taggings that were not carried wait among the orphans."""

    carried: int
    lost: tuple[LaidTagging, ...]
    turn_ids: tuple[int, ...]


def preview(
    archive: Archive, transcript_id: int, new: Path | int, *, progress: Progress = NO_PROGRESS
) -> OverlayPreview:
    """Return what laying a file, or another transcript of the interview, over one would do.

    Raises:
        BadInput: the file cannot be read, or renders other speech.
        BadValue: the other transcript is of another interview, or the same one.
        NotFound: there is no such transcript or file.
        Cancelled: the person stopped it.
    """
    progress.report(0, 0, tr("Reading the new transcript"))
    text = _text_of_file(archive, transcript_id, new) if isinstance(new, Path) else None
    with archive.read() as reader:
        interview_id = reader.transcript(transcript_id).interview_id
        file = reader.interview_file(interview_id)
        passages = tuple(reader.passages_of(transcript_id))
        speakers = speakers_by_label(reader, interview_id)
    if text is None:
        text = _text_of_transcript(file, transcript_id, int(str(new)))
    else:
        text = replace(text, turns=tuple(_with_speaker(turn, speakers) for turn in text.turns))
    old = next(one for one in file.transcripts if one.transcript.id == transcript_id)
    overlaying = _overlaying(old.turns, text.turns, progress)
    plan = plan_overlay(
        file, transcript_id, text.turns, overlaying,
        passages=passages, copied_from=text.transcript_id,
    )  # fmt: skip
    if plan.words_before and plan.words_kept < LEAST_SHARED * min(
        plan.words_before, max(1, plan.words_after)
    ):
        raise BadInput(
            tr("The two texts have hardly a word in common. Nothing was changed; is this the "
               "transcript of the same interview, in the same language?")
        )  # fmt: skip
    state = OverlayState(file.transcripts, file.restrictions, passages)
    return OverlayPreview(transcript_id, interview_id, text, plan, state, file.tags)


def _overlaying(old: Sequence[Turn], new: Sequence[Turn], progress: Progress) -> Overlaying:
    progress.report(0, 0, tr("Comparing word by word"))
    ours, theirs = _words(old), _words(new)
    alignment = align_words(
        [word.key for word in ours], [word.key for word in theirs], progress=progress
    )
    return Overlaying(Ground(old, ours), Ground(new, theirs), alignment)


def _words(turns: Iterable[Turn]) -> list[Word]:
    return [
        Word(fold(text), turn.id, start, end)
        for turn in turns
        for text, start, end in word_places(turn.text)
    ]


def _text_of_file(archive: Archive, transcript_id: int, path: Path) -> NewText:
    """Return a file's text; of several transcripts in it the one in the same language."""
    planned = plan_import(archive, [path]).files[0]
    if planned.error:
        raise BadInput(planned.error)
    with archive.read() as reader:
        language = reader.transcript(transcript_id).language
    found = [one for parsed in planned.parsed for one in parsed.transcripts if one.turns]
    if not found:
        raise BadInput(tr("There is no transcript in this file. Nothing was changed."))
    spoken = [one for one in found if one.language.split("-")[0] == language.split("-")[0]]
    chosen = max(spoken or found, key=lambda one: sum(len(turn.text) for turn in one.turns))
    return NewText(
        _turns(transcript_id, chosen), path.name, planned.format, planned.sha256, planned.losses
    )


def _turns(transcript_id: int, parsed: ParsedTranscript) -> tuple[Turn, ...]:
    return tuple(
        Turn(
            id=-1 - number,
            uuid="",
            transcript_id=transcript_id,
            position=(number + 1) * POSITION_STEP,
            speaker_id=None,
            speaker_label=turn.speaker,
            recording_id=None,
            start_ms=turn.start_ms,
            end_ms=turn.end_ms,
            text=turn.text,
            timed=turn.timed,
            footnotes=turn.footnotes,
            is_time_estimated=turn.is_time_estimated,
        )
        for number, turn in enumerate(parsed.turns)
    )


def _with_speaker(turn: Turn, speakers: dict[str, int]) -> Turn:
    return replace(turn, speaker_id=speakers.get(turn.speaker_label.strip(" :").casefold()))


def _text_of_transcript(file: InterviewFile, transcript_id: int, other_id: int) -> NewText:
    other = next((one for one in file.transcripts if one.transcript.id == other_id), None)
    if other is None or other_id == transcript_id:
        raise BadValue(
            tr("Only another transcript of the same interview can be laid over this one.")
        )
    turns = tuple(
        replace(
            turn,
            id=-1 - number,
            uuid="",
            transcript_id=transcript_id,
            position=(number + 1) * POSITION_STEP,
            footnotes=tuple(replace(note, id=0, uuid="") for note in turn.footnotes),
        )
        for number, turn in enumerate(other.turns)
    )
    return NewText(turns, "", transcript_id=other_id)


def lay_over(
    archive: Archive, preview: OverlayPreview, *, confirmed: Collection[int] = ()
) -> Outcome[LaidOver]:
    """Put a new text in a transcript's place, everything on the old one carried, as previewed.

    Taggings that cannot be carried become orphans and are listed. ``confirmed`` are
    the ids of the restrictions of ``preview.plan.to_confirm`` that a person agreed to.

    Raises:
        Conflict: the interview changed since the preview, or a closed passage was not
            agreed to; nothing was changed.
    """
    plan = preview.plan
    if any(laid.before.id not in confirmed for laid in plan.to_confirm):
        raise Conflict(
            tr("It is not sure where a closed passage lies in the new text. Look at each of them "
               "and agree to what will be closed. Nothing was changed.")
        )  # fmt: skip
    with archive.write(
        mark("Lay new transcript over"), interview_id=preview.interview_id
    ) as writer:
        if _state(writer, preview) != preview.state:
            raise Conflict(
                tr("The interview was changed since the two texts were compared. Nothing was "
                   "changed; compare them again.")
            )  # fmt: skip
        ids = _put_turns(writer, preview)
        _move_marks(writer, plan, ids)
        _move_footnotes(writer, preview, ids)
        for note_id, turn in plan.notes:
            writer.update("note", note_id, row_id=ids[turn])
        old = _old(preview)
        writer.delete_many("turn", [turn.id for turn in old.turns])
        _tell_source(writer, preview)
    return writer.outcome(
        LaidOver(plan.count(*Fate) - plan.count(Fate.LOST), plan.lost, tuple(ids.values()))
    )


def _state(reader: Reader, preview: OverlayPreview) -> OverlayState:
    file = reader.interview_file(preview.interview_id)
    passages = tuple(reader.passages_of(preview.transcript_id))
    return OverlayState(file.transcripts, file.restrictions, passages)


def _old(preview: OverlayPreview) -> FullTranscript:
    return next(
        one for one in preview.state.transcripts if one.transcript.id == preview.transcript_id
    )


def _put_turns(writer: Writer, preview: OverlayPreview) -> dict[int, int]:
    """Write the new turns and return their ids by the temporary ones."""
    turns = preview.plan.turns
    ids = writer.insert_many("turn", [turn_columns(turn) for turn in turns])
    return {turn.id: new for turn, new in zip(turns, ids, strict=True)}


def _settled(span: Span, ids: dict[int, int]) -> Span:
    return replace(
        span,
        start_turn=ids.get(span.start_turn, span.start_turn),
        end_turn=ids.get(span.end_turn, span.end_turn),
    )


def _move_marks(writer: Writer, plan: OverlayPlan, ids: dict[int, int]) -> None:
    writer.update_many(
        "tagging",
        [
            {"id": one.after.id,
             **laid_columns(replace(one.after, span=_settled(one.after.span, ids)))}
            for one in plan.taggings
        ],
    )  # fmt: skip
    for closing in plan.closings:
        span = closing.after.span
        if span is not None:
            writer.update(
                "restriction",
                closing.after.id,
                **span_columns(_settled(span, ids)),
                quote=closing.after.quote,
                is_orphan=closing.after.is_orphan,
            )
    for one in plan.further:
        assert one.span is not None, "only passages are closed further"
        add_closing(writer, one, _settled(one.span, ids))
    for passage in plan.passages:
        if passage.carried.span is not None:
            writer.update(
                "dossier_item", passage.before.id, span=_settled(passage.carried.span, ids)
            )


def _move_footnotes(writer: Writer, preview: OverlayPreview, ids: dict[int, int]) -> None:
    """Move the old footnotes; one that came with the new text too stands where that has it."""
    plan = preview.plan
    moved = {one.footnote_id: one for one in plan.footnotes}
    held = {
        (note.text, note.link): note.id for turn in _old(preview).turns for note in turn.footnotes
    }
    fresh: list[dict[str, object]] = []
    for turn in plan.turns:
        for note in turn.footnotes:
            same = held.pop((note.text, note.link), None)
            if same is not None:
                moved[same] = LaidFootnote(same, turn.id, note.offset, is_sure=True)
            else:
                fresh.append({"turn_id": ids[turn.id], "offset": note.offset,
                              "text": note.text, "link": note.link})  # fmt: skip
    writer.update_many(
        "footnote",
        [
            {"id": one.footnote_id, "turn_id": ids[one.turn], "offset": one.offset}
            for one in moved.values()
        ],
    )
    writer.insert_many("footnote", fresh)


def _tell_source(writer: Writer, preview: OverlayPreview) -> None:
    """Note where the text came from; that the narrator reviewed it was said of the old one."""
    new = preview.new
    source = new.format
    if new.transcript_id is not None:
        source = writer.transcript(new.transcript_id).source
    writer.update("transcript", preview.transcript_id, source=source, narrator_reviewed=False)
    if new.sha256:
        writer.insert(
            "source_file",
            interview_id=preview.interview_id,
            name=new.name,
            format=new.format,
            sha256=new.sha256,
            losses=[f"{one.what} ({one.where})" if one.where else one.what for one in new.losses],
        )
