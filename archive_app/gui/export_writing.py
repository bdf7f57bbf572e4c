"""What the export dialogs run beside the window: each writes files and says what it wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archive_app.domain.parsed import Loss
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.proof import Proof
from archive_app.domain.records import Audience
from archive_app.errors import BadValue, Withheld
from archive_app.store.archive import Archive
from archive_app.translation import tr, trn
from archive_app.work import access, citing, dossiers, exporting

PDF = "pdf"
ENDINGS = {"vtt": ".vtt", "srt": ".srt", "ohms": ".xml", "text": ".txt", "docx": ".docx",
           "csv": ".csv", "json": ".json", PDF: ".pdf"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote."""

    path: Path
    words: str
    losses: tuple[Loss, ...] = ()
    proof: Proof | None = None
    """What was found when a dossier's file was read again."""


def write_pdf(
    archive: Archive,
    accessions: tuple[str, ...],
    target: Path,
    audience: Audience,
    on: date,
    *,
    progress: Progress = NO_PROGRESS,
) -> Written:
    """Write a PDF of whole interviews."""
    title = ""
    if len(accessions) == 1:
        with archive.read() as reader:
            found = reader.interview_by_accession(accessions[0])
            copy = access.released(reader, found.id, audience=audience, on=on) if found else None
            title = copy.title if copy else ""
    selection = dossiers.Selection(accessions=accessions, title=title)
    report = dossiers.make_dossier(
        archive, selection, target, audience=audience, on=on, progress=progress
    )
    return Written(report.path, _pages(report.path, report.pages), _missing(report))


def _missing(report: dossiers.DossierReport) -> tuple[Loss, ...]:
    """Return what was left out of a PDF, and which characters no font has, as losses."""
    losses = [Loss(words) for words in report.left_out]
    if report.missing_glyphs:
        characters = " ".join(report.missing_glyphs)
        losses.append(Loss(tr("No font has these characters; they stand as boxes, their text is "
                              "kept: {characters}", characters=characters)))  # fmt: skip
    return tuple(losses)


def write_dossier(
    archive: Archive,
    dossier_id: int,
    target: Path,
    audience: Audience,
    on: date,
    *,
    references: tuple[str, ...] = (),
    has_clips: bool = False,
    settings: Mapping[str, str] | None = None,
    progress: Progress = NO_PROGRESS,
) -> Written:
    """Write a PDF of a kept dossier, its references and clips beside it."""
    report = dossiers.make_stored_dossier(
        archive, dossier_id, target, audience=audience, on=on, clips_folder=has_clips,
        settings=settings, progress=progress,
    )  # fmt: skip
    beside = citing.save_references_beside(
        archive, dossier_id, target, references, audience=audience, on=on, has_passages=True
    )
    words = [_pages(report.path, report.pages)]
    if beside:
        names = ", ".join(path.name for path in beside)
        words.append(tr("References beside it: {names}", names=names))
    if report.clips:
        words.append(
            trn("{count} audio clip lies in the folder {name}.",
                "{count} audio clips lie in the folder {name}.", len(report.clips),
                name=report.clips[0].parent.name)
        )  # fmt: skip
    return Written(report.path, "\n".join(words), _missing(report), report.proof)


def _pages(path: Path, pages: int) -> str:
    return trn("Written and checked: {name}, {count} page.",
               "Written and checked: {name}, {count} pages.", pages, name=path.name)  # fmt: skip


def write_files(
    archive: Archive,
    files: dict[int, Path],
    code: str,
    audience: Audience,
    on: date,
    *,
    progress: Progress = NO_PROGRESS,
) -> Written:
    """Write each interview; those this audience may not know of are passed over in silence."""
    losses: list[Loss] = []
    written: list[Path] = []
    if len(files) > 1:
        exporting.make_folder(next(iter(files.values())).parent)
    for number, (one, path) in enumerate(files.items()):
        progress.report(number, len(files), tr("Writing {name}", name=path.name))
        try:
            report = exporting.export_interview(
                archive, one, format=code, target=path, audience=audience, on=on
            )
        except Withheld:
            if len(files) == 1:
                raise
            continue
        written.append(path)
        losses += report.losses
    if not written:
        raise BadValue(tr("There was nothing to write for this audience."))
    words = trn("Written: {count} file.", "Written: {count} files.", len(written))
    if len(written) == 1:
        words = tr("Written: {name}", name=written[0].name)
    return Written(written[0], words, tuple(losses))


def file_name(name: str) -> str:
    """Return a name that every system takes for a file's."""
    kept = "".join("-" if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in name)
    return kept.strip(" .")[:100] or "export"
