"""From a scholar's selection to a PDF: everything through the gate, and proof that it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app import __version__
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Audience
from archive_app.dossier.design import Design, Paper
from archive_app.store.archive import Archive
from archive_app.translation import current_language, tr
from archive_app.work.access import hidden_names, released_all
from archive_app.work.dossier_contents import contents_of
from archive_app.work.dossier_selection import Selection, chosen_interviews, excerpts
from archive_app.work.dossier_writing import DossierReport, Order, write_order

if TYPE_CHECKING:
    from archive_app.dossier.contents import DossierContents, DossierPart

__all__ = [
    "DossierReport",
    "Selection",
    "chosen_interviews",
    "excerpts",
    "make_dossier",
    "make_stored_dossier",
]


def make_dossier(
    archive: Archive,
    selection: Selection,
    target: Path,
    *,
    audience: Audience,
    on: date,
    progress: Progress = NO_PROGRESS,
    clips_folder: bool = False,
) -> DossierReport:
    """Write a PDF of what an audience may see of a selection.

    With ``clips_folder`` each passage's sound is cut into a folder beside it.

    Raises: as ``dossier_writing.write_order``.
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
    contents = _contents(archive, selection, parts, audience=audience, on=on)
    order = Order(contents, hidden, has_clips=clips_folder)
    return write_order(archive, order, target, progress=progress)


def make_stored_dossier(
    archive: Archive,
    dossier_id: int,
    target: Path,
    *,
    audience: Audience,
    on: date,
    progress: Progress = NO_PROGRESS,
    clips_folder: bool = False,
    settings: Mapping[str, str] | None = None,
) -> DossierReport:
    """Write a kept dossier as a PDF of what an audience may see on a date.

    What was made, and its proof, is kept with the dossier; so is the proof of a
    file that was held back. ``settings`` stand in place of the kept ones, this once.

    Raises: as ``dossier_writing.write_order``; NotFound: the dossier is gone.
    """
    progress.report(0, 0, tr("Gathering the interviews"))
    pages = contents_of(archive, dossier_id, audience=audience, on=on, settings=settings)
    order = Order(
        pages.contents, pages.hidden, pages.left_out, dossier_id, clips_folder,
        pages.interviews_left_out,
    )  # fmt: skip
    return write_order(archive, order, target, progress=progress)


def _contents(
    archive: Archive,
    selection: Selection,
    parts: Sequence[DossierPart],
    *,
    audience: Audience,
    on: date,
) -> DossierContents:
    from archive_app.dossier.contents import DossierContents

    return DossierContents(
        title=selection.title or archive.name,
        subtitle=selection.subtitle,
        author=selection.author,
        description=selection.description,
        audience=audience,
        on=on,
        interviews=parts,
        language=current_language().replace("_", "-"),
        made_by=f"Oral History Archive {__version__}",
        design=selection.design or Design(paper=Paper(selection.paper.lower())),
        method=selection.method,
        keywords=selection.keywords,
    )
