"""The true pages of a kept dossier for looking at: set in the background, written nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Audience
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.translation import tr
from archive_app.work.dossier_contents import contents_of


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
    from archive_app.dossier.contents import interviews_of
    from archive_app.dossier.preview import build_preview

    pages = contents_of(archive, dossier_id, audience=audience, on=on, first_pages=first_pages)
    built = None
    if interviews_of(pages.contents):
        built = build_preview(target, pages.contents, first_pages=first_pages, progress=progress)
    if not pages.is_whole and (built is None or built.is_whole):
        # What was thought to fill the pages did not: closed passages, or short ones.
        pages = contents_of(archive, dossier_id, audience=audience, on=on)
        built = None
    if not interviews_of(pages.contents):
        raise NotFound(tr("There is nothing in this dossier yet that this audience may see."))
    if built is None:
        built = build_preview(target, pages.contents, first_pages=first_pages, progress=progress)
    return PreviewReport(
        built.pages, built.is_whole and pages.is_whole, pages.left_out, built.missing_glyphs
    )
