"""From a dossier's contents to its file, and the proof that nothing else is in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app.domain.audience_words import audience_words
from archive_app.domain.names import HiddenNames
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.proof import Looked, Proof, to_json
from archive_app.domain.records import Audience
from archive_app.domain.release import check_for_leaks
from archive_app.errors import BadValue, Conflict, NotFound
from archive_app.store.archive import Archive
from archive_app.translation import mark, tr
from archive_app.work.access import Hidden

if TYPE_CHECKING:
    from archive_app.dossier.contents import BuiltDossier, DossierContents
    from archive_app.work.dossier_clips import Clips

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DossierReport:
    """What was written."""

    path: Path
    pages: int
    accessions: tuple[str, ...]
    missing_glyphs: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Sentences on what a kept dossier names but this audience may not see, or is gone."""
    proof: Proof | None = None
    """What was found when the finished file was read again."""
    interviews: tuple[int, ...] = ()
    """The ids of the interviews that it draws on, in its order."""
    clips: tuple[Path, ...] = ()
    """The audio clips beside it."""


@dataclass(frozen=True, slots=True)
class Order:
    """A dossier that is to be written."""

    contents: DossierContents
    hidden: Hidden
    """Forms of protected names; whatever goes to outsiders is searched for them."""
    left_out: tuple[str, ...] = ()
    dossier_id: int | None = None
    """The kept dossier that the proof is kept with; None: it is nowhere kept."""
    has_clips: bool = False
    interviews_left_out: tuple[int, ...] = ()
    """Interviews that the kept dossier draws on too; their closed words must not be quoted."""


def write_order(
    archive: Archive, order: Order, target: Path, *, progress: Progress = NO_PROGRESS
) -> DossierReport:
    """Write a dossier as PDF, prove it, and return what was written.

    The finished file is read again and compared with what was released before it
    takes its place. A proof that fails keeps it from everybody but staff.

    Raises:
        NotFound: nothing of it is there for this audience on this date.
        BadValue: the title, or another of the scholar's own words, or the file's
            name holds a name that the audience may not read.
        LeakPrevented: something would have gone out that must not; nothing was written.
        Environment: it could not be written; an older file stands unchanged.
        Cancelled: the person stopped it; an older file stands unchanged.
    """
    from archive_app.dossier.build import build_dossier, released_strings
    from archive_app.dossier.contents import interviews_of
    from archive_app.work.proving import check_before

    contents, is_for_staff = order.contents, order.contents.audience is Audience.STAFF
    if not interviews_of(contents):
        raise _nothing(contents)
    if not is_for_staff:
        _expect_speakable(contents, order.hidden, target)
    progress.report(0, 0, tr("Comparing with the archive"))
    before = check_before(archive, contents, progress=progress)
    with _clips(archive, order, target, progress) as clips:
        contents = replace(contents, clips=clips.links)
        order = replace(order, contents=contents)
        if not is_for_staff:
            check_for_leaks(released_strings(contents), order.hidden)
        prover = _Prover(archive, order, target, clips.files, before, progress)

        def check(data: bytes, built: BuiltDossier) -> None:
            prover.check(data, built)
            clips.prepare()

        built = build_dossier(target, contents, progress=progress, check=check)
        settled = clips.settle()
    proof = prover.proof
    if order.dossier_id is not None:
        keep_export(archive, order, target, built.pages, built.sha256, proof)
    if built.missing_glyphs:
        logger.info("a dossier had %d characters without a glyph", len(built.missing_glyphs))
    copies = interviews_of(contents)
    return DossierReport(
        target,
        built.pages,
        tuple(copy.accession for copy in copies),
        built.missing_glyphs,
        (*order.left_out, *clips.missing),
        proof,
        tuple(copy.interview_id for copy in copies),
        settled,
    )


class _Prover:
    """Proves a file's bytes before they take their place."""

    def __init__(
        self,
        archive: Archive,
        order: Order,
        target: Path,
        beside: tuple[Path, ...],
        before: Looked,
        progress: Progress,
    ) -> None:
        self._archive = archive
        self._order = order
        self._target = target
        self._beside = beside
        self._before = before
        self._progress = progress
        self.proof: Proof | None = None

    def check(self, data: bytes, built: BuiltDossier) -> None:
        """Read the file again; raise LeakPrevented where it must not go out."""
        from archive_app.work.proving import prove, refusal

        contents = self._order.contents
        self._progress.report(0, 0, tr("Proving the file"))
        self.proof = proof = prove(
            self._archive, data, contents, self._order.hidden, file_name=self._target.name,
            beside=self._beside, before=self._before, missing_glyphs=built.missing_glyphs,
            left_out=self._order.interviews_left_out, progress=self._progress,
        )  # fmt: skip
        if proof.is_leaking and contents.audience is not Audience.STAFF:
            if self._order.dossier_id is not None:
                keep_export(self._archive, self._order, self._target, built.pages, "", proof)
            raise refusal(proof)


def keep_export(
    archive: Archive, order: Order, target: Path, pages: int, sha256: str, proof: Proof | None
) -> None:
    """Keep with a dossier what was made of it; ``sha256`` "": it was held back.

    Of a dossier that was taken away meanwhile nothing is kept: the file is what it is.
    """
    names = HiddenNames.of_people(order.hidden)
    with suppress(NotFound, Conflict), archive.write(mark("Keep proof of dossier")) as writer:
        writer.insert(
            "dossier_export",
            dossier_id=order.dossier_id,
            audience=order.contents.audience,
            on=order.contents.on,
            layout=order.contents.design.layout.value,
            file_name=names.hide(target.name, is_identifier=True)[0],
            pages=pages,
            sha256=sha256,
            proof=to_json(proof) if proof is not None else "",
        )


@contextmanager
def _clips(archive: Archive, order: Order, target: Path, progress: Progress) -> Iterator[Clips]:
    """Cut the clips that are wanted; where none are, those of an earlier export go on settling."""
    from archive_app.work.dossier_clips import Clips, clips_folder, cut_clips

    folder = clips_folder(target)
    if not order.has_clips and not folder.is_dir():
        yield Clips({}, (), (), folder)
        return
    parts = order.contents.interviews if order.has_clips else ()
    with cut_clips(archive, parts, target, progress=progress) as clips:
        yield clips


def _nothing(contents: DossierContents) -> NotFound:
    return NotFound(
        tr("There is nothing in this selection that {audience} may see on {date}. No file was "
           "written.", audience=audience_words(contents.audience), date=contents.on.isoformat())
    )  # fmt: skip


def _expect_speakable(contents: DossierContents, hidden: Hidden, target: Path) -> None:
    """See that the scholar's own words name nobody whom the audience may not know of.

    Raises:
        BadValue: they do; the message says which words, and not whom.
    """
    names = HiddenNames.of_people(hidden)
    words = (
        (tr("The title"), contents.title),
        (tr("The subtitle"), contents.subtitle),
        (tr("The author's name"), contents.author),
        (tr("The description"), contents.description),
        (tr("The note on method"), contents.method),
        (tr("A keyword"), " ; ".join(contents.keywords)),
        (tr("The contact"), contents.contact),
    )
    for what, text in words:
        if names.leaks(text):
            raise BadValue(
                tr("{what} holds a name that {audience} may not read. Nothing was written. Choose "
                   "other words, or another audience.", what=what,
                   audience=audience_words(contents.audience))
            )  # fmt: skip
    if names.find(target.name, is_identifier=True) or names.leaks(target.name):
        raise BadValue(
            tr("The file's name holds a name that {audience} may not read. Nothing was written. "
               "Choose another file name.", audience=audience_words(contents.audience))
        )  # fmt: skip
