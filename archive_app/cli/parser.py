"""The commands and their words; each names the function that carries it out."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from archive_app import __version__
from archive_app.domain.records import Audience
from archive_app.translation import tr


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr("“{text}” is no date; write it as 2026-11-05", text=text)
        ) from None


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(tr("“{text}” is no number from 1 up", text=text))
    return int(text)


def _offset(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(tr("“{text}” is no number from 0 up", text=text))
    return int(text)


def _common() -> argparse.ArgumentParser:
    """The words every command takes, before or behind its name."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--archive", type=Path, metavar="PATH",
        help=tr("the archive's folder (else ORAL_HISTORY_ARCHIVE)"),
    )  # fmt: skip
    common.add_argument("--json", action="store_true", help=tr("print one JSON document"))
    common.add_argument("--verbose", action="store_true", help=tr("log what is done to stderr"))
    return common


def _audience_named(text: str) -> Audience:
    try:
        return Audience(text.strip().casefold().replace(" ", "-"))
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr("“{text}” is no audience; choose one of: {names}",
               text=text, names=", ".join(Audience))
        ) from None  # fmt: skip


def _audience(parser: argparse.ArgumentParser, default: Audience) -> None:
    parser.add_argument(
        "--audience", type=_audience_named, default=default, metavar="A",
        help=tr("through whose eyes: {names} (default: {default})",
                names=", ".join(Audience), default=default.value),
    )  # fmt: skip
    parser.add_argument(
        "--on", type=_day, metavar="DATE", help=tr("as of this day (default: today)")
    )


Command = Callable[[str, Callable[..., int], str], argparse.ArgumentParser]
"""Adds a command: its name, what carries it out, its summary."""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    common = _common()
    parser = argparse.ArgumentParser(
        prog="archive-app",
        parents=[common],
        description=tr(
            "A desktop archive for oral history. Without a command it opens the window."
        ),
    )
    parser.add_argument("--version", action="version", version=f"archive-app {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, run: Callable[..., int], summary: str) -> argparse.ArgumentParser:
        new = commands.add_parser(name, parents=[common], help=summary, description=summary)
        new.set_defaults(run=run)
        return new

    _add_cataloguing(command)
    _add_finding(command)
    _add_upkeep(command)
    return parser


def _add_cataloguing(command: Command) -> None:
    """Making archives, taking in, listing, editing, tagging."""
    from archive_app.cli import changing, showing

    new = command("new", changing.new, tr("make an empty archive"))
    new.add_argument("path", type=Path, metavar="PATH")
    new = command("sample", changing.sample, tr("make the sample archive, to try the program on"))
    new.add_argument("path", type=Path, metavar="PATH")

    new = command("import", changing.import_files,
                  tr("take in recordings, transcripts and whole interview records"))  # fmt: skip
    new.add_argument("files", type=Path, nargs="+", metavar="FILE")
    new.add_argument("--interview", default="", metavar="ACCESSION",
                     help=tr("put everything into this interview"))  # fmt: skip
    new.add_argument("--language", default="", metavar="TAG",
                     help=tr("the transcript's language: ru, sr-Cyrl, sr-Latn, en …"))  # fmt: skip
    new.add_argument("--format", default="", metavar="F",
                     help=tr("take the files for this format whatever they look like"))  # fmt: skip
    new.add_argument("--dry-run", action="store_true",
                     help=tr("tell what would happen and change nothing"))  # fmt: skip

    new = command("list", showing.list_interviews, tr("list the interviews"))
    new.add_argument("--collection", default="", metavar="C")
    new.add_argument("--tag", default="", metavar="T")

    new = command("show", showing.show, tr("show one record, whole"))
    new.add_argument("accession", metavar="ACCESSION")
    new.add_argument("--transcript", action="store_true", help=tr("with its turns and their times"))

    new = command("edit", changing.edit, tr("change catalogue fields"))
    new.add_argument("accession", metavar="ACCESSION")
    new.add_argument("fields", nargs="+", metavar="FIELD=VALUE")

    new = command("tag", changing.tag, tr("tag a turn or a part of one"))
    new.add_argument("accession", metavar="ACCESSION")
    new.add_argument("--turn", type=_positive, required=True, metavar="N")
    new.add_argument("--start", type=_offset, metavar="A", help=tr("first character, from 0"))
    new.add_argument("--end", type=_offset, metavar="B", help=tr("the character behind the last"))
    new.add_argument("--language", default="", metavar="TAG",
                     help=tr("which transcript, if there are several"))  # fmt: skip
    new.add_argument("tags", nargs="+", metavar="TAG")


def _add_finding(command: Command) -> None:
    """The vocabulary, searching, and what is written for others."""
    from archive_app.cli import changing, dossiers, showing

    command("tags", showing.tags, tr("show the vocabulary with its counts"))

    new = command("search", showing.search, tr("find interviews and their passages"))
    new.add_argument("query", metavar="QUERY")
    # "-word" is a query ("without this word"), as a negative number would be a number.
    new._negative_number_matcher = re.compile(r"-[^-\s]")
    new.add_argument("--limit", type=_positive, default=20, metavar="N")
    _audience(new, Audience.STAFF)

    new = command("open", showing.open_link,
                  tr("open the window at the place a printed link names"))  # fmt: skip
    new.add_argument("link", metavar="LINK", help="oralhistory:MRB-001@0:12:05")

    new = command("dossier", dossiers.dossier, tr("make a PDF dossier"))
    dossiers.add_words(new)
    _audience(new, Audience.PUBLIC)

    new = command("export", changing.export, tr("write one interview in an exchange format"))
    new.add_argument("accession", metavar="ACCESSION")
    new.add_argument("--format", required=True, metavar="F")
    new.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    new.add_argument("--language", default="", metavar="TAG",
                     help=tr("which transcript, if the format holds one"))  # fmt: skip
    _audience(new, Audience.PUBLIC)


def _add_upkeep(command: Command) -> None:
    """The history, and looking after the archive."""
    from archive_app.cli import changing, showing

    new = command("undo", changing.undo, tr("take back the last operation"))
    new.add_argument("--operation", type=_positive, metavar="ID", help=tr("take back this one"))
    command("redo", changing.redo, tr("do again what was undone"))
    new = command("history", showing.history, tr("show what was done"))
    new.add_argument("--limit", type=_positive, default=50, metavar="N")

    command("check", showing.check, tr("check the integrity of database, media and index"))
    new = command("backup", changing.backup, tr("write a verified copy of the archive"))
    new.add_argument("file", type=Path, nargs="?", metavar="FILE")
    new = command("restore", changing.restore, tr("make an archive anew from a backup"))
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("path", type=Path, metavar="PATH")
    new = command("relink", changing.relink, tr("find missing recordings again in a folder"))
    new.add_argument("folder", type=Path, metavar="FOLDER")
    command("reindex", changing.reindex, tr("build the search index anew"))
    new = command("pictures", showing.pictures,
                  tr("draw the windows on the sample archive into PNG files"))  # fmt: skip
    new.add_argument("folder", type=Path, metavar="FOLDER")
