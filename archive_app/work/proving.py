"""The proof of a dossier: before it is written against the archive, afterwards against the file.

What is checked is the finished file itself, read back by a reader that knows nothing of
how it was made: each released turn stands there, nothing else does, and no protected name
in any form, nor a word of a closed passage, stands anywhere in it or beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app.domain.names import HiddenNames
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.proof import Check, Finding, Looked, Problem, Proof, Where
from archive_app.domain.records import Audience
from archive_app.errors import BadInput, Environment, LeakPrevented
from archive_app.store.archive import Archive
from archive_app.translation import tr
from archive_app.work.access import Hidden
from archive_app.work.proof_blocks import Block, bare, blocks_of
from archive_app.work.proof_closed import Sources, compare_sources, safe_item, turn_item
from archive_app.work.proof_expected import Expected
from archive_app.work.proof_names import (
    Unit,
    leaking,
    units_beside,
    units_of_blocks,
    units_of_file,
)
from archive_app.work.proof_others import form_findings, other_blocks, other_strings
from archive_app.work.proof_summary import Sentence, summary
from archive_app.work.proof_turns import WantedTurn, find_turns

if TYPE_CHECKING:
    from archive_app.dossier.contents import DossierContents
    from archive_app.dossier.reading import ReadBack

__all__ = ["Sentence", "check_before", "prove", "refusal", "summary"]

_STEPS = 6


def check_before(
    archive: Archive, contents: DossierContents, *, progress: Progress = NO_PROGRESS
) -> Looked:
    """Return how what is about to be set differs from what the archive releases now.

    The archive is read anew and released anew for the contents' audience and date; every
    turn is compared with its words, speaker, times, notes and closed passages.

    Raises:
        Cancelled: whoever watches the progress stopped it.
    """
    return compare_sources(contents, Sources(archive, contents), progress)


def prove(
    archive: Archive,
    data: bytes,
    contents: DossierContents,
    hidden: Hidden,
    *,
    file_name: str,
    beside: Sequence[Path] = (),
    before: Looked | None = None,
    missing_glyphs: Sequence[str] = (),
    left_out: Sequence[int] = (),
    progress: Progress = NO_PROGRESS,
) -> Proof:
    """Return what the finished PDF ``data`` proves to hold, and what lies ``beside`` it.

    Nothing is raised for what is found: the proof tells it. For staff protected names
    may stand in the file; then the proof says in how many places. The sources are
    compared once more: what was closed while the file was set must not go out. So
    must no word that is held back of the interviews ``left_out``, by their ids.

    Raises:
        Environment: a file beside the PDF cannot be read.
        Cancelled: whoever watches the progress stopped it.
    """
    return _Run(archive, data, contents, hidden, progress, left_out).proof(
        file_name, beside, before, missing_glyphs
    )


def refusal(proof: Proof) -> LeakPrevented:
    """Return the error that keeps a leaking file from its place; it names nobody."""
    leaks = [finding for finding in proof.findings if finding.is_leak]
    places = dict.fromkeys(
        f"{leak.problem.value} in {leak.where.value}" + (f", page {leak.page}" if leak.page else "")
        for leak in leaks
    )
    return LeakPrevented(
        tr(
            "The proof of this dossier found what its readers may not see, so the file was not put"
            " in its place. A file of that name from before is untouched. The proof says where it"
            " stands; please report this to the program's makers."
        ),
        details="; ".join(list(places)[:20]),
    )


class _Run:
    """One proof: what it needs is read once and shared by its checks."""

    def __init__(
        self,
        archive: Archive,
        data: bytes,
        contents: DossierContents,
        hidden: Hidden,
        progress: Progress,
        left_out: Sequence[int],
    ) -> None:
        self._data = data
        self._contents = contents
        self._progress = progress
        self._names = HiddenNames.of_people(hidden)
        self._is_for_staff = contents.audience is Audience.STAFF
        progress.report(0, _STEPS, tr("Reading the archive once more"))
        self._sources = Sources(archive, contents, left_out)

    def proof(
        self,
        file_name: str,
        beside: Sequence[Path],
        before: Looked | None,
        missing_glyphs: Sequence[str],
    ) -> Proof:
        from archive_app.dossier.reading import read_back

        contents = self._contents
        checks = [] if before is None else [self._compared_again(before)]
        wanted = self._wanted()
        self._progress.report(1, _STEPS, tr("Reading the pages back"))
        try:
            read = read_back(self._data, progress=_Within(self._progress))
        except BadInput:
            read = None
        if read is None:
            unread = [Finding(Problem.UNREADABLE, Where.TEXT)]
            checks.append(Looked.of(Check.FORM, 0, unread))
        else:
            checks += self._checks(read, wanted)
        checks.append(self._beside(file_name, beside))
        is_safe = not self._names.find(file_name, is_identifier=True)
        return Proof(
            audience=contents.audience,
            on=contents.on,
            made_at=datetime.now(UTC).replace(microsecond=0),
            file_name=file_name if is_safe else "",
            sha256=hashlib.sha256(self._data).hexdigest(),
            size_bytes=len(self._data),
            pages=read.pages if read else 0,
            turns=len(wanted),
            checks=tuple(_labelled(looked, read.labels if read else ()) for looked in checks),
            missing_glyphs=tuple(missing_glyphs),
            claims=read.claims if read else (),
        )

    def _compared_again(self, before: Looked) -> Looked:
        """Return what comparing the sources found, with what was closed or altered since."""
        now = compare_sources(self._contents, self._sources, _Within(self._progress, 0))
        found = [*before.findings, *now.findings]
        again = Looked.of(before.check, before.looked_at, found, holds=before.holds)
        return replace(again, more=max(before.more, now.more, again.more))

    def _wanted(self) -> list[WantedTurn]:
        from archive_app.dossier.told import told_turns

        return [
            WantedTurn(
                told.shown.text,
                turn_item(
                    safe_item(self._names, told.interview.accession),
                    told.transcript.language,
                    told.shown.turn.n,
                ),
            )
            for told in told_turns(self._contents)
            if bare(told.shown.text)
        ]

    def _checks(self, read: ReadBack, wanted: Sequence[WantedTurn]) -> Iterator[Looked]:
        report = self._progress.report
        report(2, _STEPS, tr("Looking for each turn"))
        expected = Expected.of(self._contents)
        blocks = blocks_of(read)
        turns = find_turns(wanted, blocks, expected)
        yield Looked.of(Check.TURNS, len(wanted), turns.findings)
        report(3, _STEPS, tr("Looking for what does not belong there"))
        known, others = other_blocks(blocks, expected, turns.blocks)
        allowed = _attachments(self._contents)
        others += other_strings(read, expected, attachments=allowed)
        looked_at = len(blocks) + len(read.artifacts) + len(read.strings)
        yield Looked.of(Check.NOTHING_ELSE, looked_at, others)
        placed = [
            replace(block, where=self._where(place, block, expected, turns.blocks, known[place]))
            for place, block in enumerate(blocks)
        ]
        units = [*units_of_blocks(placed, known), *units_of_file(read)]
        report(4, _STEPS, tr("Looking for protected names"))
        yield self._named(Check.NAMES, units)
        report(5, _STEPS, tr("Looking for words of closed passages"))
        yield self._closed(units)
        yield Looked.of(Check.FORM, read.pages, form_findings(read, blocks))

    def _where(
        self, place: int, block: Block, expected: Expected, turns: set[int], is_known: bool
    ) -> Where:
        if place in turns:
            return Where.TURN
        if is_known or block.where is not Where.TEXT:
            return block.where
        return expected.place(block, expected.nearest(block.words_key))

    def _named(self, check: Check, units: Sequence[Unit]) -> Looked:
        found = [
            Finding(Problem.NAME, unit.where, unit.page, "", _item(unit))
            for unit in leaking(units, self._names)
        ]
        if self._is_for_staff:
            return Looked.of(check, len(units), [], holds=len(set(found)))
        return Looked.of(check, len(units), found)

    def _closed(self, units: Sequence[Unit]) -> Looked:
        runs = self._sources.closed
        found = [
            Finding(Problem.CLOSED_WORDS, unit.where, unit.page, "", _item(unit))
            for unit in (units if runs else ())
            if runs.stand_in(unit.text) and not any(map(runs.stand_in, unit.parts))
        ]
        return Looked.of(Check.CLOSED, len(units) if runs else 0, found)

    def _beside(self, file_name: str, beside: Sequence[Path]) -> Looked:
        units: list[Unit] = []
        findings: list[Finding] = []
        try:
            units += units_beside(file_name, beside)
        except OSError as error:
            raise Environment(
                tr("A file beside the dossier cannot be read. Make the dossier again."),
                details=type(error).__name__,
            ) from error
        for unit in leaking(units, self._names):
            # Names of files travel further than their contents are read: staff's too.
            is_allowed = self._is_for_staff and unit.where is Where.BESIDE
            if not is_allowed:
                findings.append(Finding(Problem.NAME, unit.where, 0, "", _item(unit)))
        if self._sources.closed:
            findings += [
                Finding(Problem.CLOSED_WORDS, unit.where, 0, "", _item(unit))
                for unit in units
                if self._sources.closed.stand_in(unit.text)
            ]
        return Looked.of(Check.BESIDE, 1 + len(beside), findings)


class _Within:
    """Passes on that reading goes on, without moving the count of the proof's own steps."""

    def __init__(self, progress: Progress, step: int = 1) -> None:
        self._progress, self._step = progress, step

    def report(self, done: int, total: int, what: str = "") -> None:  # noqa: ARG002
        self._progress.report(self._step, _STEPS, what)


def _item(unit: Unit) -> str:
    """Return which of its kind a text is, if that gives nothing away: a key or a number."""
    return unit.item if unit.item.isdigit() or unit.item.startswith(("/", ".")) else unit.item[:8]


def _labelled(looked: Looked, labels: Sequence[str]) -> Looked:
    """Return a check whose findings tell the pages' printed numbers too."""
    return replace(
        looked,
        findings=tuple(
            replace(finding, label=labels[finding.page - 1])
            if 0 < finding.page <= len(labels)
            else finding
            for finding in looked.findings
        ),
    )


def _attachments(contents: DossierContents) -> dict[str, bytes]:
    """Return the files that a dossier carries, by name."""
    from archive_app.dossier.data import FILE_NAME, data_of

    return {FILE_NAME: data_of(contents)} if contents.design.has_data else {}
