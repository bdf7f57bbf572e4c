"""Pictures of the recorder: while it records, when it asks for consent, after a crash."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive_app.media.recording_levels import Levels
from archive_app.translation import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from archive_app.gui.main_window import MainWindow
    from archive_app.gui.recorder_window import RecorderWindow

MOMENTS = (
    (192_000, "Arrival at the bus station"),
    (724_000, ""),
    (1_530_000, "The first winter, the flat in Dorćol"),
)
HOUR_MS = 3_600_000


def recorder(window: MainWindow, _: Path) -> QWidget:
    """Show a recording that has run for a while, with marks and a note."""
    shown = _recorder(window)
    control: Any = shown.control
    control.record()
    capture = control._capture
    for ms, title in MOMENTS:
        capture.seem(ms)
        shown.mark()
        if title:
            control.title_mark(sum(1 for one in control.entries if one.number), title)
    capture.seem(1_874_000)
    shown.note.text.setPlainText(tr("She shows a photograph"))
    shown.note.enter()
    capture.seem(2_530_000)
    shown.note.text.setPlainText(tr("Ask again about the school"))
    shown.meter.clear(2)
    for step in range(100):
        peaks = (0.28 + 0.06 * math.sin(step), 0.17 + 0.05 * math.sin(step * 1.7))
        heard = Levels(peaks, tuple(peak / 3 for peak in peaks), (False, False))
        shown.meter.take(heard, now=1 + step / 25)
    control.disk_left.emit(3 * HOUR_MS + 20 * 60_000)
    return shown


def recorder_clipped(window: MainWindow, scratch: Path) -> QWidget:
    """Show the warning that stays until it is understood."""
    shown: Any = recorder(window, scratch)
    shown.control._capture.hear(1.0, 0.9)
    return shown


def consent(window: MainWindow, _: Path) -> QWidget:
    """Show the form that is asked for before the first recording."""
    from archive_app.gui.consent_dialog import ConsentBeforeRecording

    shown = _recorder(window)
    interview_id = shown.interview_id
    session: Any = window.session
    with session.archive.read() as reader:
        people = {c.person.id: c.person.public_name for c in reader.contributions(interview_id)}
    dialog = ConsentBeforeRecording(session, shown, interview_id=interview_id, people=people)
    dialog.show()
    return dialog


def interrupted(window: MainWindow, _: Path) -> QWidget:
    """Show the offer after a crash, over the library."""
    from archive_app.gui.recorder_door import RecorderDoor
    from archive_app.work.recording import Unfinished

    session: Any = window.session
    with session.archive.read() as reader:
        one = reader.interview_by_accession("MRB-003")
    door = RecorderDoor.of(session)
    started = datetime(2024, 3, 14, 13, 5, tzinfo=UTC)
    door.unfinished = tuple(
        Unfinished(
            f"example {number}", one.id, one.accession, one.title, started, 2_530_000,
            364_320_600, "USB microphone", (), (), Path("example.wav"),
        )
        for number in range(2)
    )  # fmt: skip
    window.show_page("library")
    door.unfinished_changed.emit()
    return window


def _recorder(window: MainWindow) -> RecorderWindow:
    from archive_app.gui.recorder_door import RecorderDoor
    from archive_app.gui.recorder_example import example_sound
    from archive_app.settings import RECORDER_CHANNELS

    session: Any = window.session
    with session.archive.read() as reader:
        interview = reader.interview_by_accession("MRB-003")
    door = RecorderDoor.of(session)
    session.settings.set(RECORDER_CHANNELS, 2)
    door.source = example_sound()
    door.open(interview.id, window)
    assert door.window is not None
    return door.window


def put_away(window: MainWindow) -> None:
    """End what the pictures began; as there is no sound in it, nothing is kept of it."""
    from archive_app.gui.recorder_door import RecorderDoor

    door = RecorderDoor.of(window.session) if window.session is not None else None
    if door is not None and door.window is not None:
        door.window.control.stop()
        door.window.close()
    if door is not None:
        door.unfinished = ()
        door.unfinished_changed.emit()
