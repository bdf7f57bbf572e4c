"""Tagging what is selected or what was just heard, with a tag that is there or a new one."""

from __future__ import annotations

from dataclasses import dataclass

from archive_app.domain.accession import accession_key
from archive_app.domain.records import Outcome, Span, Tagging
from archive_app.domain.time_spans import span_of_time
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work.fields import clean_value
from archive_app.work.tagging import lay_tags
from archive_app.work.vocabulary import PATH_SEPARATOR, find_tag, insert_tag, tag_at


@dataclass(frozen=True, slots=True)
class Heard:
    """A stretch of the interview's time: what is said in it is meant."""

    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class NewTag:
    """A tag to be added to the vocabulary: a name, or a path from the root ("work/language")."""

    name: str
    parent_id: int | None = None
    """The tag it shall hang below; ``None``: the root, or where its path says."""
    language: str = "en"
    """The language of its name."""


@dataclass(frozen=True, slots=True)
class LaidTag:
    """A tag that lies on words now."""

    tagging_id: int
    tag_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class PassageElsewhere:
    """The first passage with a tag in another interview."""

    interview_id: int
    tagging: Tagging


def tag_passage(
    archive: Archive,
    transcript_id: int,
    passage: Span | Heard,
    tag: int | NewTag,
    *,
    memo: str = "",
) -> Outcome[LaidTag]:
    """Lay a tag on a passage, given by its place or by when it is said, and return what lies there.

    A new tag is added to the vocabulary in the same operation; one of that name at
    that place is taken as it is. What is heard is taken in whole words.

    Raises:
        BadValue: the passage is empty or reaches beyond the text.
        NotFound: nothing is said at that time, or there is no such tag.
        Conflict: the new tag's name fits several tags.
    """
    with archive.write(mark("Tag passage")) as writer:
        span = passage
        if isinstance(span, Heard):
            span = _span_heard(writer, transcript_id, span)
        tag_id = tag if isinstance(tag, int) else _added(writer, tag)
        (tagging_id,) = lay_tags(
            writer, transcript_id, span, [tag_id], memo=memo, who=archive.who
        )  # fmt: skip
        laid = LaidTag(tagging_id, tag_id, writer.tagging(tagging_id).span)
    return writer.outcome(laid)


def _span_heard(reader: Reader, transcript_id: int, heard: Heard) -> Span:
    span = span_of_time(reader.turns(transcript_id), heard.from_ms, heard.to_ms)
    if span is None:
        raise NotFound(
            tr("Nothing in this transcript is said at that time, so nothing was tagged. Turns "
               "without times cannot be found by the sound.")
        )  # fmt: skip
    return span


def _added(writer: Writer, new: NewTag) -> int:
    path = [part for one in new.name.split(PATH_SEPARATOR) if (part := clean_value(one))]
    if not path:
        raise NotFound(tr("A tag needs a name. Nothing was changed."))
    if new.parent_id is None:
        known = find_tag(writer, new.name)
        return known.id if known else tag_at(writer, path, names={new.language: path[-1]})
    writer.tag(new.parent_id)
    name = " ".join(path)
    for tag in writer.tags():
        names = {one.casefold() for one in tag.names.values()}
        if tag.parent_id == new.parent_id and name.casefold() in names:
            return tag.id
    return insert_tag(writer, new.parent_id, {new.language: name}, "")


def passage_elsewhere(
    reader: Reader, tag_id: int, interview_id: int, *, is_forward: bool
) -> PassageElsewhere | None:
    """Return the first passage with a tag in the next interview that has it, or the one before.

    Interviews by accession number, after the last the first again; ``None`` if no
    other interview has the tag.
    """
    transcripts: dict[int, int] = {}
    by_interview: dict[int, list[Tagging]] = {}
    for tagging in reader.taggings_with(tag_id):
        if tagging.is_orphan:
            continue
        if tagging.transcript_id not in transcripts:
            transcript = reader.transcript(tagging.transcript_id)
            transcripts[tagging.transcript_id] = transcript.interview_id
        by_interview.setdefault(transcripts[tagging.transcript_id], []).append(tagging)
    interviews = reader.interviews({*by_interview, interview_id})
    order = [
        one.id for one in sorted(interviews, key=lambda one: (accession_key(one.accession), one.id))
    ]
    here = order.index(interview_id) if interview_id in order else 0
    around = order[here + 1 :] + order[:here]
    if not around:
        return None
    there = around[0 if is_forward else -1]
    return PassageElsewhere(there, _first(reader, by_interview[there]))


def _first(reader: Reader, taggings: list[Tagging]) -> Tagging:
    transcript_id = min(one.transcript_id for one in taggings)
    places = reader.turn_places(transcript_id)
    here = [one for one in taggings if one.transcript_id == transcript_id]
    return min(here, key=lambda one: (places.get(one.span.start_turn, 0), one.span.start))
