"""A whole window on a real archive, with everything done at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from archive_app.domain.records import Status
from archive_app.gui.main_window import MainWindow
from archive_app.gui.session import Session
from archive_app.gui.tasks import InlineTasks
from archive_app.settings import Settings
from archive_app.store.archive import Archive
from archive_app.work import interviews
from archive_app.work.archives import create_archive

VTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Olga>Мы уехали из Москвы весной, потому что больше не могли там жить.

00:00:04.000 --> 00:00:08.000
<v Olga>Потом мы долго искали квартиру в Белграде и нашли её.
"""


def filled_archive(folder: Path) -> Archive:
    """Three interviews in two collections."""
    archive = create_archive(folder / "test", who="Ana")
    project = interviews.add_collection(archive, "Mini Russia").value
    sport = interviews.add_collection(archive, "Sport", parent_id=project).value
    for number, (name, collection) in enumerate(
        (("Vadim", sport), ("Alexandra", project), ("Viktor", None)), 1
    ):
        one = interviews.create_interview(
            archive,
            accession=f"MRB-{number:03d}",
            title=f"Interview with {name}",
            collection_id=collection,
            status=Status.TRANSCRIBED,
        ).value
        interviews.edit_interview(archive, one, {"interviewee": name, "date": f"2022-{9 + number}"})
    return archive


def window_on(archive: Archive | None, settings: Settings) -> MainWindow:
    """The window itself, on an archive, its work done at once and in this thread."""
    window = MainWindow(settings, make_tasks=InlineTasks)
    window.resize(1280, 800)
    if archive is not None:
        window.attach(archive)
    return window


MakeSession = Callable[[], Session]
