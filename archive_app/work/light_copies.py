"""Released copies without texts, for lists: of interviews that nothing is closed in.

Where nobody closed anything, signed anything or has a protected name, a copy
differs from the record by other people's hidden names only. What a list shows
of it still comes through ``domain.release``: the record goes through the gate
without its transcripts, whose turns and tags are counted instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from archive_app.domain.names import NO_NAMES, HiddenNames
from archive_app.domain.records import Audience, Collection, InterviewFile, Tag
from archive_app.domain.release import release
from archive_app.domain.released import ReleasedInterview
from archive_app.store.reading import Reader
from archive_app.store.reading_base import grouped
from archive_app.work.access import Hidden

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LightCopy:
    """A released copy without its transcripts, and what a list says of them."""

    copy: ReleasedInterview
    turns: int
    tags: Mapping[Path, int]
    """Path of each released tag to how often it is laid."""


def light_copies(
    reader: Reader, ids: Sequence[int], *, audience: Audience, on: date, hidden: Hidden
) -> dict[int, LightCopy]:
    """Return the copies of interviews that are none of ``reader.gated_interviews()``.

    Absent are those whose tags cannot be counted without reading their texts.
    Meant for blocks of some 200 interviews.
    """
    counted = {row.id: row.turns for row in reader.interview_rows(ids)}
    contributions = grouped(reader.contributions_of(ids), lambda one: one.interview_id)
    recordings = grouped(reader.recordings_of(ids), lambda one: one.interview_id)
    laid = grouped(reader.laid_tags(ids), lambda one: one.interview_id)
    collections = {one.id: one for one in reader.collections()}
    names = NO_NAMES
    if audience is not Audience.STAFF:
        names = HiddenNames.of_people({person: hidden[person] for person in sorted(hidden)})
    paths = _paths(reader.tags(), names) if laid else {}
    found: dict[int, LightCopy] = {}
    for interview in reader.interviews(ids):
        tags = laid.get(interview.id, ())
        # A tag on white space is released or not depending on the text around it.
        if any(not one.quote or one.quote.isspace() for one in tags):
            continue
        taking_part = contributions.get(interview.id, ())
        file = InterviewFile(
            interview,
            collections=_ancestors(collections, interview.collection_id),
            contributions=tuple(taking_part),
            people=tuple({one.person.id: one.person for one in taking_part}.values()),
            recordings=tuple(recordings.get(interview.id, ())),
        )
        copy = release(file, audience=audience, on=on, hidden=hidden)
        if copy is not None:
            counts = Counter(paths.get(one.tag_id, ()) for one in tags)
            found[interview.id] = LightCopy(copy, counted.get(interview.id, 0), counts)
    return found


def _ancestors(collections: Mapping[int, Collection], at: int | None) -> tuple[Collection, ...]:
    path: dict[int, Collection] = {}
    while at is not None and at in collections and at not in path:
        path[at] = collections[at]
        at = collections[at].parent_id
    return tuple(reversed(path.values()))


def _paths(tags: Sequence[Tag], names: HiddenNames) -> dict[int, Path]:
    """Return each tag's names from the root of its vocabulary, as the gate says them."""
    by_id = {tag.id: tag for tag in tags}
    paths: dict[int, Path] = {}
    for tag in tags:
        steps: dict[int, str] = {}
        step: Tag | None = tag
        while step is not None and step.id not in steps:
            steps[step.id] = names.hidden(step.name())
            step = by_id.get(step.parent_id or 0)
        paths[tag.id] = tuple(reversed(steps.values()))
    return paths
