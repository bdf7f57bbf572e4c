"""From a scholar's selection to a PDF: everything through the gate, and proof that it was."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app import __version__
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Audience
from archive_app.domain.release import check_for_leaks
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.translation import current_language, tr
from archive_app.work.access import Hidden, hidden_names, released_all
from archive_app.work.interviews import find_collection, find_interview
from archive_app.work.searching import SearchWithin
from archive_app.work.vocabulary import find_tag, subtree

if TYPE_CHECKING:
    from archive_app.dossier.contents import DossierPart, Excerpts

logger = logging.getLogger(__name__)


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


@dataclass(frozen=True, slots=True)
class DossierReport:
    """What was written."""

    path: Path
    pages: int
    accessions: tuple[str, ...]
    missing_glyphs: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Sentences on what a kept dossier names but this audience may not see, or is gone."""


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


def make_dossier(
    archive: Archive,
    selection: Selection,
    target: Path,
    *,
    audience: Audience,
    on: date,
    progress: Progress = NO_PROGRESS,
) -> DossierReport:
    """Write a PDF of what an audience may see of a selection.

    Raises:
        NotFound: nothing of it is there for this audience on this date.
        LeakPrevented: a protected name would have gone out; nothing was written.
        Environment: it could not be written; an older file stands unchanged.
        Cancelled: the person stopped it; an older file stands unchanged.
    """
    from archive_app.dossier.contents import Wanted
    from archive_app.dossier.contents import WholeInterview as Whole

    progress.report(0, 0, tr("Gathering the interviews"))
    with archive.read() as reader:
        hidden = hidden_names(reader)
        copies = released_all(reader, chosen_interviews(reader, selection),
                              audience=audience, on=on)  # fmt: skip
        parts: Sequence[DossierPart]
        if selection.tags or selection.query:
            parts = excerpts(reader, copies, selection)
        else:
            wanted = Wanted.ALL if selection.has_translations else Wanted.ORIGINAL
            parts = [Whole(copy, wanted=wanted) for copy in copies]
    return write_parts(
        archive, parts, selection, target, audience=audience, on=on, hidden=hidden,
        progress=progress,
    )  # fmt: skip


def write_parts(
    archive: Archive,
    parts: Sequence[DossierPart],
    selection: Selection,
    target: Path,
    *,
    audience: Audience,
    on: date,
    hidden: Hidden,
    progress: Progress = NO_PROGRESS,
) -> DossierReport:
    """Write a PDF of released parts, under the selection's title, author and paper.

    Raises: as ``make_dossier``.
    """
    from archive_app.dossier.build import build_dossier, released_strings
    from archive_app.dossier.contents import DossierContents
    from archive_app.dossier.design import Design, Paper

    shown = {copy.uuid: copy for part in parts if (copy := getattr(part, "interview", None))}
    if not shown:
        raise NotFound(
            tr("There is nothing in this selection for the audience “{audience}” on {date}. No "
               "file was written.", audience=audience.value, date=on.isoformat())
        )  # fmt: skip
    copies = list(shown.values())
    contents = DossierContents(
        title=selection.title or archive.name,
        subtitle=selection.subtitle,
        author=selection.author,
        description=selection.description,
        audience=audience,
        on=on,
        interviews=parts,
        repository=_repository(copies),
        language=current_language().replace("_", "-"),
        made_by=f"Oral History Archive {__version__}",
        design=Design(paper=Paper(selection.paper.lower())),
    )
    if audience is not Audience.STAFF:
        check_for_leaks(released_strings(contents), hidden)
    built = build_dossier(target, contents, progress=progress)
    if built.missing_glyphs:
        logger.info("a dossier had %d characters without a glyph", len(built.missing_glyphs))
    return DossierReport(
        target, built.pages, tuple(copy.accession for copy in copies), built.missing_glyphs
    )


def _repository(copies: Sequence[ReleasedInterview]) -> str:
    names = {copy.collections[0] for copy in copies if copy.collections}
    return names.pop() if len(names) == 1 else ""


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
