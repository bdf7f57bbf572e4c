"""What the library's list shows: the whole of it to staff, released copies to everybody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import (
    Audience,
    Collection,
    Consent,
    Contribution,
    Interview,
    InterviewRow,
    Note,
    Outcome,
    Person,
    Place,
    Recording,
    Restriction,
    Role,
    SavedSearch,
    Status,
    Transcript,
)
from archive_app.domain.release_rules import Question
from archive_app.domain.released import ReleasedInterview
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.translation import mark, tr
from archive_app.work.access import hidden_names, released
from archive_app.work.light_copies import light_copies
from archive_app.work.questions import questions_about
from archive_app.work.vocabulary import CountedTag, tag_tree

LISTED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Shelves:
    """What stands at the left of the list: collections, saved searches and tags, with counts."""

    collections: tuple[Collection, ...]
    collection_counts: Mapping[int, int]
    """Interviews in each collection and in those below it."""
    interviews: int
    searches: tuple[SavedSearch, ...]
    tags: tuple[CountedTag, ...]


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A line of the list as an audience may see it, and what it can be filtered by."""

    row: InterviewRow
    collections: tuple[str, ...]
    """Titles from the root down."""
    tags: Mapping[tuple[str, ...], int]
    """Path of each released tag to how often it is laid."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Every interview that an audience may list on a date, by accession number."""

    audience: Audience
    on: date
    lines: tuple[ListedRow, ...]

    @property
    def rows(self) -> tuple[InterviewRow, ...]:
        """The lines themselves."""
        return tuple(line.row for line in self.lines)


@dataclass(frozen=True, slots=True)
class RecordCard:
    """Everything the inspector shows of one interview, without its text; for staff."""

    interview: Interview
    collections: tuple[Collection, ...]
    place: Place | None
    contributions: tuple[Contribution, ...]
    recordings: tuple[Recording, ...]
    transcripts: tuple[Transcript, ...]
    restrictions: tuple[Restriction, ...]
    consents: tuple[Consent, ...]
    notes: tuple[Note, ...]
    questions: tuple[Question, ...] = ()
    """What waits for a person's decision; see ``work.questions``."""


def shelves(reader: Reader) -> Shelves:
    """Return collections, saved searches and tags with their counts, for staff."""
    collections = tuple(reader.collections())
    own = reader.collection_counts()
    children: dict[int | None, list[int]] = {}
    for one in collections:
        children.setdefault(one.parent_id, []).append(one.id)

    def total(collection_id: int) -> int:
        return own.get(collection_id, 0) + sum(map(total, children.get(collection_id, ())))

    return Shelves(
        collections,
        {one.id: total(one.id) for one in collections},
        sum(own.values()),
        tuple(reader.saved_searches()),
        tag_tree(reader),
    )


def record_card(reader: Reader, interview_id: int, *, on: date) -> RecordCard:
    """Return what the inspector shows of an interview, with what is asked about it on a day.

    Raises:
        NotFound: it is gone.
    """
    interview = reader.interview(interview_id)
    by_id = {one.id: one for one in reader.collections()}
    path: list[Collection] = []
    at = interview.collection_id
    while at is not None and at in by_id:
        path.insert(0, by_id[at])
        at = by_id[at].parent_id
    return RecordCard(
        interview,
        tuple(path),
        reader.place(interview.place_id) if interview.place_id else None,
        tuple(reader.contributions(interview_id)),
        tuple(reader.recordings(interview_id)),
        tuple(reader.transcripts(interview_id)),
        tuple(reader.restrictions(interview_id)),
        tuple(reader.consents(interview_id)),
        tuple(reader.notes("interview", interview_id)),
        questions_about(reader, interview_id, on),
    )


def listing_for(
    archive: Archive, audience: Audience, on: date, *, progress: Progress = NO_PROGRESS
) -> Listing:
    """Return what an audience may list: made from released copies and from nothing else (law 12).

    Raises:
        Cancelled: the person stopped it.
    """
    lines: list[ListedRow] = []
    with archive.read() as reader:
        hidden = hidden_names(reader)
        ids = reader.interview_ids()
        gated = reader.gated_interviews()
        for start in range(0, len(ids), LISTED_AT_ONCE):
            block = ids[start : start + LISTED_AT_ONCE]
            light = light_copies(
                reader, [one for one in block if one not in gated],
                audience=audience, on=on, hidden=hidden,
            )  # fmt: skip
            for number, one in enumerate(block, start):
                progress.report(number, len(ids), tr("Looking as another audience"))
                if one in light:
                    lines.append(_line(light[one].copy, light[one].turns, light[one].tags))
                    continue
                copy = released(reader, one, audience=audience, on=on, hidden=hidden)
                if copy is not None:
                    lines.append(_listed(copy))
    return Listing(audience, on, tuple(lines))


def _listed(copy: ReleasedInterview) -> ListedRow:
    tags: dict[tuple[str, ...], int] = {}
    for transcript in copy.transcripts:
        for tagging in transcript.taggings:
            tags[tagging.path] = tags.get(tagging.path, 0) + 1
    return _line(copy, sum(len(transcript.turns) for transcript in copy.transcripts), tags)


def _line(copy: ReleasedInterview, turns: int, tags: Mapping[tuple[str, ...], int]) -> ListedRow:
    row = InterviewRow(
        id=copy.interview_id,
        accession=copy.accession,
        title=copy.title,
        interviewees=", ".join(p.name for p in copy.people if p.role is Role.INTERVIEWEE),
        date=copy.date,
        languages=copy.languages,
        duration_ms=copy.duration_ms,
        turns=turns,
        status=Status(copy.status) if copy.status else Status.RELEASED,
        has_restrictions=bool(copy.withheld),
        has_pseudonym=False,
        collection_id=None,
    )
    return ListedRow(row, copy.collections, tags)


def delete_interviews(archive: Archive, interview_ids: Sequence[int]) -> Outcome[int]:
    """Take interviews out of the archive as one operation; return how many they were."""
    with archive.write(mark("Delete interview")) as writer:
        for one in interview_ids:
            writer.delete("interview", one)
        if len(interview_ids) == 1:
            writer.belongs_to(interview_ids[0])
    return writer.outcome(len(interview_ids))


def delete_collection(archive: Archive, collection_id: int) -> Outcome[None]:
    """Take a collection away; what it held moves up to the one above it."""
    with archive.write(mark("Delete collection")) as writer:
        parent = writer.collection(collection_id).parent_id
        for one in writer.collections():
            if one.parent_id == collection_id:
                writer.update("collection", one.id, parent_id=parent)
        for interview in writer.interviews(writer.interview_ids(collection_id=collection_id)):
            if interview.collection_id == collection_id:
                writer.update("interview", interview.id, collection_id=parent)
        writer.delete("collection", collection_id)
    return writer.outcome(None)


def delete_note(archive: Archive, note_id: int, *, interview_id: int) -> Outcome[None]:
    """Take a private remark away."""
    with archive.write(mark("Delete note"), interview_id=interview_id) as writer:
        writer.delete("note", note_id)
    return writer.outcome(None)


def people_with_counts(reader: Reader) -> list[tuple[Person, int]]:
    """Return everybody of the register by sort name, each with how many interviews name them."""
    people = reader.people()
    counts: dict[int, set[int]] = {}
    ids = reader.interview_ids()
    for start in range(0, len(ids), 500):
        for one in reader.contributions_of(ids[start : start + 500]):
            counts.setdefault(one.person.id, set()).add(one.interview_id)
    return sorted(
        ((person, len(counts.get(person.id, ()))) for person in people),
        key=lambda pair: (pair[0].sort_name or pair[0].public_name).casefold(),
    )


def rename_tag(archive: Archive, tag_id: int, language: str, name: str) -> Outcome[None]:
    """Give a tag another name in one language; the others stay."""
    with archive.write(mark("Edit tag")) as writer:
        names = dict(writer.tag(tag_id).names)
        shown = language if language in names or not names else next(iter(names))
        if language not in names and "en" in names:
            shown = "en"
        names[shown] = name
        writer.update("tag", tag_id, names=names)
    return writer.outcome(None)
