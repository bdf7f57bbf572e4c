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
    from archive_app.cli.output import complain, expect_text, named_archive, wants_json
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
            complain(tr("--json goes with a command; see --help."))
            return 2
        return run_window(named_archive(parsed))
    try:
        expect_text(parsed)
        status = parsed.run(parsed)
        sys.stdout.flush()
    except ArchiveError as error:
        complain(error.message)
        if isinstance(error, Bug):
            logger.error("%s: %s", type(error).__name__, error.details)
        return 1
    except KeyboardInterrupt:
        complain(tr("stopped; nothing was left half done."))
        return 1
    except BrokenPipeError:
        # Whoever read the output has enough of it ("archive-app list | head"). What
        # is still to be written when Python ends must go somewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        complain(tr("The system refused: {reason}. What was saved before is safe.", reason=reason))
        logger.error("%s: %s", type(error).__name__, reason)
        return 1
    return status


def _language() -> str:
    return Settings(config_folder()).get(INTERFACE_LANGUAGE) or system_language()


if __name__ == "__main__":
    sys.exit(main())
