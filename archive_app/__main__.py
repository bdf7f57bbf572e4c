"""Composes the program: logging, language, archive, then command line or window."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Sequence

from archive_app.errors import ArchiveError, Bug
from archive_app.logs import set_up_logs
from archive_app.paths import config_folder
from archive_app.settings import INTERFACE_LANGUAGE, Settings
from archive_app.translation import system_language, tr, use_language

logger = logging.getLogger(__name__)


def main(words: Sequence[str] | None = None) -> int:
    """Run what the words ask for and return the exit status: 0 done, 1 not done, 2 wrong usage."""
    from archive_app.cli.output import named_archive, wants_json
    from archive_app.cli.parser import build_parser

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A pipe on Windows or under LANG=C would else refuse Cyrillic.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    use_language(os.environ.get("ORAL_HISTORY_LANGUAGE") or _language())
    parsed = build_parser().parse_args(words)
    set_up_logs(verbose=bool(getattr(parsed, "verbose", False)))
    if parsed.command is None:
        from archive_app.gui.application import run_window

        if wants_json(parsed):
            return 2
        return run_window(named_archive(parsed))
    try:
        return parsed.run(parsed)
    except ArchiveError as error:
        sys.stderr.write(tr("archive-app: {message}", message=error.message) + "\n")
        if isinstance(error, Bug):
            logger.error("%s: %s", type(error).__name__, error.details)
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(tr("archive-app: stopped; nothing was left half done.") + "\n")
        return 1
    except BrokenPipeError:
        # Whoever read the output has enough of it ("archive-app list | head").
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        return 0


def _language() -> str:
    return Settings(config_folder()).get(INTERFACE_LANGUAGE) or system_language()


if __name__ == "__main__":
    sys.exit(main())
