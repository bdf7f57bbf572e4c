"""Laying tags on passages, and taking them off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from archive_app.domain.orphan_guess import guess_place
from archive_app.domain.records import Outcome, Span, Tag, Tagging, Turn
from archive_app.domain.transcript import find_orphan
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work.fields import clean_value
from archive_app.work.spans import laid_columns, laid_on, stretch_of, window_of
from archive_app.work.vocabulary import PATH_SEPARATOR, find_tag, tag_at


@dataclass(frozen=True, slots=True)
class Orphan:
    """A tagging whose words are gone, with where it would fit again, if anywhere."""

    tagging: Tagging
    tag: Tag
    accession: str
    suggestion: Span | None
    """Where its very words stand, beyond doubt."""
    guess: Span | None = None
    """What stands between its old neighbours now, where its words are gone: to be looked at."""


def add_tagging(
    archive: Archive, transcript_id: int, span: Span, tag_ids: Sequence[int], *, memo: str = ""
) -> Outcome[tuple[int, ...]]:
    """Lay tags on a passage and return the taggings' ids.

    A tag that already lies on exactly these words is not laid twice: the
    tagging that is there is returned.

    Raises:
        BadValue: the passage is empty or reaches beyond the text.
    """
    with archive.write(mark("Tag passage")) as writer:
        ids = lay_tags(writer, transcript_id, span, tag_ids, memo=memo, who=archive.who)
    return writer.outcome(ids)


def tag_by_names(
    archive: Archive, transcript_id: int, span: Span, names: Sequence[str]
) -> Outcome[tuple[int, ...]]:
    """Lay tags on a passage by name or path ("work/language") and return the taggings' ids.

    Tags that are not there yet are added to the vocabulary in the same operation.

    Raises:
        BadValue: the passage is empty or reaches beyond the text.
        Conflict: a name fits several tags.
    """
    with archive.write(mark("Tag passage")) as writer:
        tag_ids: list[int] = []
        for name in names:
            tag = find_tag(writer, name)
            path = [p for part in name.split(PATH_SEPARATOR) if (p := clean_value(part))]
            tag_ids.append(tag.id if tag else tag_at(writer, path))
        ids = lay_tags(writer, transcript_id, span, tag_ids, memo="", who=archive.who)
    return writer.outcome(ids)


def lay_tags(
    writer: Writer,
    transcript_id: int,
    span: Span,
    tag_ids: Sequence[int],
    *,
    memo: str,
    who: str,
) -> tuple[int, ...]:
    """Lay tags on a passage within a write that goes on, and return the taggings' ids.

    Raises:
        BadValue: the passage is empty or reaches beyond the text.
    """
    writer.belongs_to(writer.transcript(transcript_id).interview_id)
    stretch = stretch_of(writer, transcript_id, span)
    laid = laid_on(stretch.turns, transcript_id, span)
    if {laid.span.start_turn, laid.span.end_turn} != {span.start_turn, span.end_turn}:
        # An end moved off a turn of which it covered nothing.
        stretch = stretch_of(writer, transcript_id, laid.span)
    present = {
        tagging.tag_id: tagging.id
        for tagging in stretch.taggings
        if tagging.span == laid.span and not tagging.is_orphan
    }
    made_at = datetime.now(UTC)
    return tuple(
        present.get(tag_id)
        or writer.insert(
            "tagging",
            tag_id=tag_id,
            transcript_id=transcript_id,
            **laid_columns(laid),
            who=who,
            made_at=made_at,
            memo=memo,
        )
        for tag_id in dict.fromkeys(tag_ids)
    )


def _tagging_of_its_interview(writer: Writer, tagging_id: int) -> Tagging:
    tagging = writer.tagging(tagging_id)
    writer.belongs_to(writer.transcript(tagging.transcript_id).interview_id)
    return tagging


def remove_tagging(archive: Archive, tagging_id: int) -> Outcome[None]:
    """Take a tag off a passage."""
    with archive.write(mark("Remove tag from passage")) as writer:
        _tagging_of_its_interview(writer, tagging_id)
        writer.delete("tagging", tagging_id)
    return writer.outcome(None)


def remove_taggings(archive: Archive, tagging_ids: Sequence[int]) -> Outcome[None]:
    """Take several tags off their passages in one operation."""
    with archive.write(mark("Remove tags from passages")) as writer:
        for tagging_id in dict.fromkeys(tagging_ids):
            _tagging_of_its_interview(writer, tagging_id)
            writer.delete("tagging", tagging_id)
    return writer.outcome(None)


def change_tagging(
    archive: Archive,
    tagging_id: int,
    *,
    span: Span | None = None,
    tag_id: int | None = None,
    memo: str | None = None,
) -> Outcome[None]:
    """Give a tagging other words, another tag or another memo; an orphan lives again by words.

    Raises:
        BadValue: the passage is empty or reaches beyond the text.
    """
    with archive.write(mark("Change tagging")) as writer:
        tagging = _tagging_of_its_interview(writer, tagging_id)
        values: dict[str, object] = {}
        if span is not None:
            turns = window_of(writer, tagging.transcript_id, span)
            values = {**laid_columns(laid_on(turns, tagging.transcript_id, span))}
        if tag_id is not None:
            values["tag_id"] = tag_id
        if memo is not None:
            values["memo"] = memo
        writer.update("tagging", tagging_id, **values)
    return writer.outcome(None)


def orphans(archive: Archive, interview_id: int | None = None) -> tuple[Orphan, ...]:
    """Return the taggings whose words are gone, each with the place it would fit again."""
    with archive.read() as reader:
        found: list[Orphan] = []
        texts: dict[int, tuple[Sequence[Turn], str]] = {}
        for tagging in reader.orphans(interview_id):
            if tagging.transcript_id not in texts:
                transcript = reader.transcript(tagging.transcript_id)
                accession = reader.interview(transcript.interview_id).accession
                texts[tagging.transcript_id] = (reader.turns(tagging.transcript_id), accession)
            turns, accession = texts[tagging.transcript_id]
            place = find_orphan(turns, tagging)
            guess = None if place else guess_place(turns, tagging)
            found.append(Orphan(tagging, reader.tag(tagging.tag_id), accession, place, guess))
        return tuple(found)


def put_back(archive: Archive, tagging_id: int) -> Outcome[None]:
    """Let an orphan live again where its words are found.

    Raises:
        NotFound: the words are nowhere in the transcript.
    """
    with archive.write(mark("Put tag back")) as writer:
        tagging = _tagging_of_its_interview(writer, tagging_id)
        if not _is_put_back(writer, tagging, writer.turns(tagging.transcript_id)):
            raise NotFound(
                tr("Its words are nowhere in the transcript any more. The tag stays in the list; "
                   "select the right passage to lay it there.")
            )  # fmt: skip
    return writer.outcome(None)


def put_back_all(archive: Archive, tagging_ids: Sequence[int]) -> Outcome[tuple[int, ...]]:
    """Let every orphan among these live again whose words are found, in one operation.

    Returns the ids of those that live again; the others stay orphans.

    Raises:
        NotFound: none of them has its words anywhere.
    """
    with archive.write(mark("Put tags back")) as writer:
        texts: dict[int, Sequence[Turn]] = {}
        back: list[int] = []
        for tagging_id in dict.fromkeys(tagging_ids):
            tagging = _tagging_of_its_interview(writer, tagging_id)
            if tagging.transcript_id not in texts:
                texts[tagging.transcript_id] = writer.turns(tagging.transcript_id)
            if tagging.is_orphan and _is_put_back(writer, tagging, texts[tagging.transcript_id]):
                back.append(tagging_id)
        if not back:
            raise NotFound(tr("The words of none of these tags are in the transcript. All of them "
                              "stay in the list."))  # fmt: skip
    return writer.outcome(tuple(back))


def _is_put_back(writer: Writer, tagging: Tagging, turns: Sequence[Turn]) -> bool:
    """Lay an orphan on its words again; return whether they are anywhere."""
    span = find_orphan(turns, tagging)
    if span is None:
        return False
    laid = laid_on(turns, tagging.transcript_id, span)
    writer.update("tagging", tagging.id, **laid_columns(laid))
    return True
