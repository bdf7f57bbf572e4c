"""Logging to a rotating file: what the program did, never what anybody said.

No name, no title and no testimony may be passed to a logger.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys

from archive_app.paths import log_folder


def set_up_logs(*, verbose: bool = False) -> None:
    """Send the program's log to a file of at most 1 MiB (three kept), warnings to stderr if asked.

    A folder that cannot be written is no reason not to start: then only stderr is used.
    """
    root = logging.getLogger("archive_app")
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    if root.handlers:
        return
    shape = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            folder / "archive-app.log", maxBytes=1 << 20, backupCount=3, encoding="utf-8"
        )
    except OSError:
        file = None
    if file is not None:
        file.setFormatter(shape)
        root.addHandler(file)
    if verbose or file is None:
        stderr = logging.StreamHandler(sys.stderr)
        stderr.setFormatter(shape)
        stderr.setLevel(logging.DEBUG if verbose else logging.WARNING)
        root.addHandler(stderr)
