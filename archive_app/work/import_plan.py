"""What an import would do: every file is read, nothing is changed.

A file that cannot be taken in is one line of the plan; the others go on.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive_app.domain.parsed import Loss, ParsedInterview, ParsedTranscript
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import ArchiveError, BadInput, Cancelled, NotFound
from archive_app.exchange import formats
from archive_app.language.guess import guess_language
from archive_app.media.probe import MediaFacts, is_media, probe
from archive_app.store.archive import Archive
from archive_app.translation import tr
from archive_app.work.fields import language_tag

RECORDING = "recording"
SKIPPED_STEMS = frozenset({"readme", "license", "licence", "thumbs", "desktop"})
"""Names that, in a folder, say what the folder is and are no testimony."""


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What the person says beforehand; empty where nothing is said."""

    accession: str = ""
    """The interview that everything goes into; made if it is not there yet."""
    language: str = ""
    format: str = ""
    collection_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of a plan, or of the report that follows it.

    ``status`` is "ready", "known" (its bytes are in the archive already) or
    "failed"; after the import "imported", "known" or "failed".
    """

    path: Path
    format: str
    status: str
    accession: str = ""
    sha256: str = ""
    parsed: tuple[ParsedInterview, ...] = ()
    facts: MediaFacts | None = None
    language: str = ""
    is_language_guessed: bool = False
    losses: tuple[Loss, ...] = ()
    error: str = ""
    group: str = ""
    """Files of one group go into one interview."""
    is_addition: bool = False
    """The interview of ``accession`` is there already, and gets this file too."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do, file by file, in the order of the names."""

    choices: ImportChoices
    files: tuple[PlannedFile, ...]

    @property
    def ready(self) -> tuple[PlannedFile, ...]:
        """The files that would come in."""
        return tuple(file for file in self.files if file.status == "ready")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    files: tuple[PlannedFile, ...]
    interview_ids: tuple[int, ...] = ()

    @property
    def has_failures(self) -> bool:
        """Whether any file could not be taken in."""
        return any(file.status == "failed" for file in self.files)


_LANGUAGE_ENDING = re.compile(r"[._]((?:[a-z]{2})(?:[-_](?:Cyrl|Latn))?)$", re.IGNORECASE)


def group_of(path: Path) -> str:
    """Return what files of one interview share: folder and name, but for endings.

    "viktor.flac", "viktor.vtt" and "viktor.sr-Latn.vtt" belong together.
    """
    stem = _LANGUAGE_ENDING.sub("", path.stem)
    return str(path.parent / stem).casefold()


def _language_in_name(path: Path) -> str:
    found = _LANGUAGE_ENDING.search(path.stem)
    return language_tag(found.group(1)) if found and "." in found.group(0) else ""


def _looks_like_ours(path: Path) -> bool:
    if path.stem.casefold() in SKIPPED_STEMS:
        return False
    return path.suffix.casefold() in formats.FOLDER_EXTENSIONS or is_media(path)


def files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are meant: files as they are, folders walked in the order of names.

    In a folder only what looks like a recording, a transcript or a record is
    meant; a file that is named itself is always tried.
    """
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises on names too long
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(
                name for name in folders
                if not name.startswith(".") and not name.endswith(".oralhistory")
            )  # fmt: skip
            for name in sorted(names):
                found = Path(folder) / name
                # "~$…" is what Word leaves beside a document that is open.
                if not name.startswith((".", "~$")) and _looks_like_ours(found):
                    yield found


def plan_import(
    archive: Archive,
    paths: Sequence[Path],
    choices: ImportChoices = ImportChoices(),
    *,
    progress: Progress = NO_PROGRESS,
) -> ImportPlan:
    """Return what an import of these files and folders would do; nothing is changed.

    Raises:
        BadValue: the language is no language tag.
        NotFound: nothing at all was named.
        Cancelled: the person stopped it.
    """
    if choices.language:
        choices = replace(choices, language=language_tag(choices.language))
    if choices.format and choices.format not in (*formats.READABLE, RECORDING):
        raise BadInput(
            tr("There is no format “{name}”. The formats are: {names}.",
               name=choices.format, names=", ".join((*formats.READABLE, RECORDING)))
        )  # fmt: skip
    files = list(dict.fromkeys(files_below(paths)))
    if not files:
        raise NotFound(tr("There are no files there. Nothing was changed."))
    planned: list[PlannedFile] = []
    with archive.read() as reader:
        for number, path in enumerate(files):
            progress.report(number, len(files), tr("Reading {name}", name=path.name))
            planned.append(_plan_file(path, choices))
        known = reader.known_files(file.sha256 for file in planned if file.sha256)
    return ImportPlan(choices, tuple(without_known(planned, known)))


def without_known(files: Iterable[PlannedFile], known: Mapping[str, str]) -> list[PlannedFile]:
    """Return the files, those marked whose bytes are known: to the archive, or from one before.

    What belongs to a known file goes into the same interview.
    """
    seen: set[str] = set()
    homes: dict[str, str] = {}
    result: list[PlannedFile] = []
    for file in files:
        if file.status == "ready" and file.sha256 in known:
            file = replace(file, status="known", accession=known[file.sha256])
            homes.setdefault(file.group, file.accession)
        elif file.status == "ready" and file.sha256 in seen:
            file = replace(file, status="known")
        elif file.status == "ready":
            seen.add(file.sha256)
        result.append(file)
    return [
        replace(file, accession=homes[file.group], is_addition=True)
        if file.status == "ready" and file.group in homes and not file.is_addition
        else file
        for file in result
    ]


def _plan_file(path: Path, choices: ImportChoices) -> PlannedFile:
    """Read one file; whatever is wrong with it is said in the file's own line."""
    group = choices.accession.casefold() or group_of(path)
    try:
        _expect_bytes(path)
        if choices.format == RECORDING or (not choices.format and is_media(path)):
            facts = probe(path)
            losses = tuple(Loss(warning) for warning in facts.warnings)
            return PlannedFile(
                path, RECORDING, "ready", choices.accession, _hash_of(path), (), facts,
                group=group, losses=losses,
            )  # fmt: skip
        parsed = formats.read_all(path, format=choices.format or None)
        sha256 = _hash_of(path)
    except Cancelled:
        raise
    except ArchiveError as error:
        return PlannedFile(path, choices.format, "failed", error=error.message, group=group)
    except OSError as error:
        message = tr("It cannot be read: {reason}.", reason=os.strerror(error.errno or 0))
        return PlannedFile(path, choices.format, "failed", error=message, group=group)
    parsed = _with_languages(parsed, choices.language or _language_in_name(path))
    accession = choices.accession or (parsed[0].record.accession if len(parsed) == 1 else "")
    return PlannedFile(
        path, parsed[0].format, "ready", accession, sha256, parsed,
        language=", ".join(sorted({t.language for p in parsed for t in p.transcripts})),
        is_language_guessed=any(t.is_language_guessed for p in parsed for t in p.transcripts),
        group=group,
        losses=tuple(loss for p in parsed for loss in p.losses),
    )  # fmt: skip


def _expect_bytes(path: Path) -> None:
    """See that there is a file, and something in it.

    Raises:
        NotFound, BadInput: there is not.
        OSError: it cannot be looked at.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        raise NotFound(tr("There is no file {path}.", path=path)) from None
    if not stat.S_ISREG(found.st_mode):
        # A pipe would be waited on for ever.
        raise BadInput(tr("This is no file but a folder, a device or a pipe."))
    if found.st_size == 0:
        raise BadInput(tr("The file is empty. Was it copied whole?"))


def _with_languages(parsed: Sequence[ParsedInterview], said: str) -> tuple[ParsedInterview, ...]:
    """Give each transcript a language: the person's word, the file's, else a guess."""
    result: list[ParsedInterview] = []
    for one in parsed:
        transcripts: list[ParsedTranscript] = []
        for transcript in one.transcripts:
            language = (said if len(one.transcripts) == 1 else "") or transcript.language
            if language:
                transcript = replace(transcript, language=language)
            else:
                sample = " ".join(turn.text for turn in transcript.turns[:400])[:20_000]
                transcript = replace(
                    transcript, language=guess_language(sample), is_language_guessed=True
                )
            transcripts.append(transcript)
        result.append(replace(one, transcripts=tuple(transcripts)))
    return tuple(result)


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
