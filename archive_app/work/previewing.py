"""The true pages of a kept dossier for looking at: set in the background, written nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Audience
from archive_app.domain.release import check_for_leaks
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.translation import tr
from archive_app.work.collected import contents_of

_INTERVIEWS_A_PAGE = 0.5
"""So many interviews are released for a page that is looked at: more than can stand on it."""


@dataclass(frozen=True, slots=True)
class PreviewReport:
    """What was set."""

    pages: int
    is_whole: bool
    """False: there are more pages than were asked for."""
    left_out: tuple[str, ...] = ()
    missing_glyphs: tuple[str, ...] = ()


def preview(
    archive: Archive,
    dossier_id: int,
    target: Path,
    *,
    audience: Audience,
    on: date,
    first_pages: int | None,
    progress: Progress = NO_PROGRESS,
) -> PreviewReport:
    """Write a kept dossier's pages for looking at, without proof, and keep nothing of it.

    With ``first_pages`` only so many pages are set, and only as many interviews
    released as can stand on them.

    Raises:
        NotFound: the dossier is gone, or holds nothing for this audience.
        LeakPrevented, Environment, Cancelled: as ``work.dossiers.make_stored_dossier``.
    """
    from archive_app.dossier.build import released_strings
    from archive_app.dossier.contents import interviews_of
    from archive_app.dossier.preview import build_preview

    few = None if first_pages is None else max(2, round(first_pages * _INTERVIEWS_A_PAGE))
    pages = contents_of(archive, dossier_id, audience=audience, on=on, first_interviews=few)
    if not interviews_of(pages.contents) and not pages.is_whole:
        pages = contents_of(archive, dossier_id, audience=audience, on=on)
    if not interviews_of(pages.contents):
        raise NotFound(tr("There is nothing in this dossier yet that this audience may see."))
    if audience is not Audience.STAFF and first_pages is None:
        check_for_leaks(released_strings(pages.contents), pages.hidden)
    built = build_preview(target, pages.contents, first_pages=first_pages, progress=progress)
    return PreviewReport(
        built.pages, built.is_whole and pages.is_whole, pages.left_out, built.missing_glyphs
    )
