"""What the command line prints: lines for people, JSON for programs, progress for terminals."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from archive_app.errors import BadValue, NotFound
from archive_app.paths import config_folder
from archive_app.settings import WHO, Settings
from archive_app.store.archive import Archive
from archive_app.translation import tr
from archive_app.work.access import today
from archive_app.work.archives import open_archive
from archive_app.work.searching import close_index


class TerminalProgress:
    """Progress on stderr, and only if that is a terminal."""

    def __init__(self) -> None:
        self._shown = ""
        self._is_terminal = sys.stderr.isatty()

    def report(self, done: int, total: int, what: str = "") -> None:
        """Show a line that is written over by the next."""
        if not self._is_terminal:
            return
        text = f"{what} {done * 100 // total if total else 0:3d} %"
        if text != self._shown:
            self._shown = text
            sys.stderr.write(f"\r\033[K{text}")
            sys.stderr.flush()

    def close(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


@contextmanager
def progress_line() -> Iterator[TerminalProgress]:
    """Show progress while the block runs."""
    progress = TerminalProgress()
    try:
        yield progress
    finally:
        progress.close()


def wants_json(words: argparse.Namespace) -> bool:
    """Tell whether one JSON document is wanted."""
    return bool(getattr(words, "json", False))


def expect_text(words: argparse.Namespace) -> None:
    """See that no word holds bytes that are no text; only paths may.

    Raises:
        BadValue: one does.
    """
    for value in vars(words).values():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and any("\ud800" <= c <= "\udfff" for c in text):
                raise BadValue(
                    tr("“{text}” holds bytes that are no text. Nothing was changed.",
                       text=text.encode("utf-8", "replace").decode())
                )  # fmt: skip


def print_json(document: object) -> None:
    """Print one JSON document and nothing else."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def say(text: str = "") -> None:
    """Print a line for a person."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """Print, on stderr, what could not be done."""
    sys.stderr.write(tr("archive-app: {message}", message=" ".join(text.split())) + "\n")


def table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns as wide as they need."""
    if not rows:
        return
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def named_archive(words: argparse.Namespace) -> Path | None:
    """Return the folder of the archive that the words or the environment name."""
    named = getattr(words, "archive", None) or os.environ.get("ORAL_HISTORY_ARCHIVE")
    return Path(named) if named else None


@contextmanager
def opened(words: argparse.Namespace) -> Iterator[Archive]:
    """Open the archive that is meant, for as long as the block runs.

    Raises:
        NotFound: none was named.
    """
    path = named_archive(words)
    if path is None:
        raise NotFound(
            tr("No archive was named. Say which one: --archive PATH, or set ORAL_HISTORY_ARCHIVE.")
        )
    who = os.environ.get("USER") or os.environ.get("USERNAME") or ""
    with open_archive(path, who=Settings(config_folder()).get(WHO) or who) as archive:
        try:
            yield archive
        finally:
            close_index(archive)


def day_meant(words: argparse.Namespace, archive: Archive) -> date:
    """Return the day of ``--on``, else today where the archive is kept (law 16)."""
    given = getattr(words, "on", None)
    return given or today(archive)
