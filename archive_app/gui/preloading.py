"""Imports what the window will need, beside it and before it is asked for.

Importing a page with the libraries below it takes longer than a person should
wait for an answer; in a worker thread nobody waits for it.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Sequence

FIRST = (
    "archive_app.gui.library_page",
    "archive_app.work.archives",
    "archive_app.work.questions",
    "archive_app.work.searching",
)
"""Needed as soon as an archive is open."""
LATER = (
    "archive_app.gui.interview_page",
    "archive_app.gui.interview_parts",
    "archive_app.gui.search_page",
    "archive_app.gui.access_dialog",
    "archive_app.gui.people_dialog",
    "archive_app.gui.import_dialog",
    "archive_app.gui.questions_dialog",
    "archive_app.gui.history_dialog",
    "archive_app.gui.dossiers_page",
    "archive_app.gui.export_dialog",
    "archive_app.gui.dossier_export",
    "archive_app.gui.recorder_window",
)
"""Needed when the person goes there; in the order of how likely that is."""


def preload(names: Sequence[str]) -> None:
    """Import modules; one that cannot be imported is told of where it is asked for."""
    for name in names:
        with contextlib.suppress(ImportError):
            module = importlib.import_module(name)
            # A page that is put together of parts lists them.
            preload([f"archive_app.gui.{part}" for part, _ in getattr(module, "PARTS", ())])
