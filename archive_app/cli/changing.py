"""The commands that change an archive, or write a file."""

from __future__ import annotations

import argparse

from archive_app.cli import documents
from archive_app.cli.output import (
    complain,
    day_meant,
    opened,
    print_json,
    progress_line,
    say,
    wants_json,
)
from archive_app.domain.parsed import Loss
from archive_app.domain.records import Span
from archive_app.errors import BadValue, NotFound
from archive_app.translation import tr, trn
from archive_app.work import archives, exporting, importing, searching, waveforms
from archive_app.work import history as past
from archive_app.work import interviews as catalogue
from archive_app.work.sample import make_sample
from archive_app.work.tagging import tag_by_names


def new(words: argparse.Namespace) -> int:
    """``new``: an empty archive."""
    with archives.create_archive(words.path) as archive:
        folder = archive.folder
    _told(words, {"archive": str(folder)}, str(folder))
    return 0


def sample(words: argparse.Namespace) -> int:
    """``sample``: the sample archive."""
    with progress_line() as progress:
        folder = make_sample(words.path, progress=progress)
    _told(words, {"archive": str(folder)}, str(folder))
    return 0


def _told(words: argparse.Namespace, document: object, line: str) -> None:
    if wants_json(words):
        print_json(document)
    else:
        say(line)


def import_files(words: argparse.Namespace) -> int:
    """``import``: recordings, transcripts, records; 1 if any file failed."""
    choices = importing.ImportChoices(
        accession=words.interview, language=words.language, format=words.format
    )
    with opened(words) as archive, progress_line() as progress:
        plan = importing.plan_import(archive, words.files, choices, progress=progress)
        files = plan.files
        if not words.dry_run:
            files = importing.run_import(archive, plan, progress=progress).value.files
            searching.catch_up(archive, progress=progress)
    if wants_json(words):
        document = {"files": [documents.imported(file) for file in files]}
        print_json({"dry_run": True, **document} if words.dry_run else document)
    else:
        for file in files:
            say(_import_line(file))
            for loss in file.losses:
                say(f"      {loss_line(loss)}")
    failed = sum(file.status == "failed" for file in files)
    if failed and words.dry_run:
        count = trn("{count} file cannot be taken in.", "{count} files cannot be taken in.", failed)
        complain(count)
    elif failed:
        complain(
            trn(
                "{count} file could not be taken in; whatever else was named is in.",
                "{count} files could not be taken in; whatever else was named is in.",
                failed,
            )
        )
    return 1 if failed else 0


def _import_line(file: importing.PlannedFile) -> str:
    status = {
        "ready": tr("would be taken in"),
        "imported": tr("taken in"),
        "known": tr("known already"),
        "failed": tr("failed"),
    }[file.status]
    language = file.language + (tr(" (a guess)") if file.is_language_guessed else "")
    rest = file.error or " · ".join(
        part for part in (file.format, file.accession, language) if part
    )
    return f"{status}: {file.path.name} — {rest}"


def loss_line(loss: Loss) -> str:
    """Return what was lost and where, in one line."""
    return f"{loss.what} ({loss.where})" if loss.where else loss.what


def edit(words: argparse.Namespace) -> int:
    """``edit``: catalogue fields."""
    changes: dict[str, str] = {}
    for given in words.fields:
        name, equals, value = given.partition("=")
        if not equals:
            raise BadValue(
                tr("“{text}” says no value; write FIELD=VALUE. Nothing was changed.", text=given)
            )
        changes[name] = value
    with opened(words) as archive:
        with archive.read() as reader:
            interview = catalogue.find_interview(reader, words.accession)
        catalogue.edit_interview(archive, interview.id, changes)
        searching.catch_up(archive)
    _told(words, {"accession": words.accession, "changed": sorted(changes)}, tr("Changed."))
    return 0


def tag(words: argparse.Namespace) -> int:
    """``tag``: tags on a turn or a part of one; tags that are not there yet are made."""
    if (words.start is None) != (words.end is None):
        raise BadValue(tr("Say both --start and --end, or neither. Nothing was changed."))
    with opened(words) as archive:
        with archive.read() as reader:
            interview = catalogue.find_interview(reader, words.accession)
            transcripts = [
                one
                for one in reader.transcripts(interview.id)
                if not words.language or one.language.casefold() == words.language.casefold()
            ]
            turns = reader.turns(transcripts[0].id) if transcripts else []
        if words.turn > len(turns):
            raise NotFound(
                tr("{accession} has no turn {n}; its transcript has {count} turns. Nothing was "
                   "changed.", accession=words.accession, n=words.turn, count=len(turns))
            )  # fmt: skip
        turn = turns[words.turn - 1]
        start, end = (0, len(turn.text)) if words.start is None else (words.start, words.end)
        laid = tag_by_names(
            archive, transcripts[0].id, Span(turn.id, start, turn.id, end), words.tags
        ).value
        searching.catch_up(archive)
    count = len(words.tags)
    _told(
        words,
        {"accession": words.accession, "turn": words.turn, "taggings": list(laid)},
        trn(
            "{count} tag was laid on the passage.", "{count} tags were laid on the passage.", count
        ),
    )
    return 0


def export(words: argparse.Namespace) -> int:
    """``export``: one interview in another program's format."""
    with opened(words) as archive:
        with archive.read() as reader:
            interview = catalogue.find_interview(reader, words.accession)
        report = exporting.export_interview(
            archive,
            interview.id,
            format=words.format,
            target=words.output,
            audience=words.audience,
            on=day_meant(words, archive),
            language=words.language,
        )
    if wants_json(words):
        losses = [loss_line(loss) for loss in report.losses]
        print_json({"path": str(report.path), "bytes": report.size_bytes, "losses": losses})
        return 0
    say(str(report.path))
    for loss in report.losses:
        say(f"      {loss_line(loss)}")
    return 0


def undo(words: argparse.Namespace) -> int:
    """``undo``: the last operation, or one by its number."""
    with opened(words) as archive:
        if words.operation:
            outcome = past.undo_operation(archive, words.operation)
        else:
            outcome = past.undo(archive)
        waveforms.forget_deleted(archive, outcome.operation_id)
        searching.catch_up(archive)
    done = outcome.value
    _told(words, documents.operation(done), tr("Undone: {what}", what=tr(done.label)))
    return 0


def redo(words: argparse.Namespace) -> int:
    """``redo``: what was undone last."""
    with opened(words) as archive:
        done = past.redo(archive).value
        searching.catch_up(archive)
    _told(words, documents.operation(done), tr("Done again: {what}", what=tr(done.label)))
    return 0


def backup(words: argparse.Namespace) -> int:
    """``backup``: a verified copy of the whole archive in one file."""
    with opened(words) as archive, progress_line() as progress:
        path = archives.backup(archive, words.file, progress=progress)
    _told(words, {"path": str(path), "bytes": path.stat().st_size}, str(path))
    return 0


def restore(words: argparse.Namespace) -> int:
    """``restore``: an archive anew from a backup."""
    with progress_line() as progress:
        folder = archives.restore(words.file, words.path, progress=progress)
    _told(words, {"archive": str(folder)}, str(folder))
    return 0


def relink(words: argparse.Namespace) -> int:
    """``relink``: missing recordings; 1 if some are still missing."""
    with opened(words) as archive, progress_line() as progress:
        report = archives.relink(archive, words.folder, progress=progress)
    _told(
        words,
        {"missing": report.missing, "found": report.found},
        tr("{found} of {missing} missing recordings were found again.",
           found=report.found, missing=report.missing),
    )  # fmt: skip
    return 0 if report.found == report.missing else 1


def reindex(words: argparse.Namespace) -> int:
    """``reindex``: the search index anew."""
    with opened(words) as archive, progress_line() as progress:
        count = searching.reindex(archive, progress=progress)
    _told(words, {"interviews": count},
          trn("{count} interview indexed.", "{count} interviews indexed.", count))  # fmt: skip
    return 0
