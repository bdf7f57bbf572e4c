"""What a scholar chooses for a dossier: interviews, or the passages of them that are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_app.domain.released import ReleasedInterview, ReleasedTranscript
from archive_app.dossier.design import Design
from archive_app.errors import NotFound
from archive_app.store.reading import Reader
from archive_app.translation import tr
from archive_app.work.interviews import find_collection, find_interview
from archive_app.work.searching import SearchWithin
from archive_app.work.vocabulary import find_tag, subtree

if TYPE_CHECKING:
    from archive_app.dossier.contents import Excerpts


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes into a dossier.

    Interviews come from the collection, the accession numbers or, if neither is
    given, the whole archive. With tags or a query only the passages go in that
    carry one of the tags or were found.
    """

    title: str = ""
    subtitle: str = ""
    author: str = ""
    description: str = ""
    collection: str = ""
    accessions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    query: str = ""
    paper: str = "A4"
    has_translations: bool = True
    design: Design | None = None
    """How it is laid out; None: the default, on ``paper``."""
    method: str = ""
    keywords: tuple[str, ...] = ()


def chosen_interviews(reader: Reader, selection: Selection) -> list[int]:
    """Return the ids of the interviews a selection begins with, by accession number.

    Raises:
        NotFound: no such collection, interview or tag.
    """
    if selection.accessions:
        found = [find_interview(reader, one).id for one in selection.accessions]
        return list(dict.fromkeys(found))
    collection = find_collection(reader, selection.collection) if selection.collection else None
    return list(reader.interview_ids(collection_id=collection.id if collection else None))


def excerpts(
    reader: Reader, copies: Sequence[ReleasedInterview], selection: Selection
) -> list[Excerpts]:
    """Return the passages that carry one of the tags and, with a query, were found by it."""
    from archive_app.dossier.contents import Excerpts, Passage

    wanted = _wanted_tags(reader, selection.tags)
    query = SearchWithin(selection.query) if selection.query else None
    parts: list[Excerpts] = []
    for copy in copies:
        matched = query.turns_of(copy) if query else None
        passages: list[Passage] = []
        for transcript in copy.transcripts:
            numbers = {turn.n for turn in transcript.turns}
            if wanted:
                numbers &= _tagged(transcript, wanted)
            if matched is not None:
                numbers &= matched.get(transcript.transcript_id, set())
            passages += [Passage(transcript.uuid, first, last) for first, last in _runs(numbers)]
        if passages:
            parts.append(Excerpts(copy, tuple(passages)))
    return parts


def _wanted_tags(reader: Reader, names: Sequence[str]) -> set[str]:
    """Return the uuids of the tags meant, with those below them."""
    uuids: set[str] = set()
    for name in names:
        tag = find_tag(reader, name)
        if tag is None:
            raise NotFound(tr("There is no tag “{name}”. No file was written.", name=name))
        below = subtree(reader, tag.id)
        uuids |= {one.uuid for one in reader.tags() if one.id in below}
    return uuids


def _tagged(transcript: ReleasedTranscript, wanted: set[str]) -> set[int]:
    return {
        n
        for tagging in transcript.taggings
        if tagging.tag_uuid in wanted
        for n in range(tagging.start_turn, tagging.end_turn + 1)
    }


def _runs(numbers: set[int]) -> list[tuple[int, int]]:
    """Return neighbouring turns as one passage: {3, 4, 7} gives (3, 4) and (7, 7)."""
    runs: list[tuple[int, int]] = []
    for n in sorted(numbers):
        if runs and runs[-1][1] == n - 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return runs
