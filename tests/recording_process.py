"""A recorder without a window: says what happens in lines of JSON, does what lines tell it.

``python -m tests.recording_process ARCHIVE [rate channels bits]``; with ``ONLY_QT`` in
the environment as where there is no libpulse-simple.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
import time
from io import FileIO
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QTimer

from archive_app.errors import ArchiveError
from archive_app.gui.capture import Capture, InputDevice, inputs
from archive_app.gui.capture_pulse import PulseTap
from archive_app.media.recording_levels import Levels
from archive_app.work import recording
from archive_app.work.archives import open_archive


def tell(event: str, **values: Any) -> None:
    print(json.dumps({"event": event, "clock": time.time(), **values}), flush=True)


class Recorder(QObject):
    def __init__(self, archive: Path, sound: recording.SoundFormat) -> None:
        super().__init__()
        self.archive = open_archive(archive)
        self.sound = sound
        with self.archive.read() as reader:
            self.interview_id = next(iter(reader.interview_ids()))
        self.capture = Capture(self)
        self.capture.state_changed.connect(lambda state: tell("state", state=state))
        self.capture.level.connect(self.take_level)
        self.capture.time_changed.connect(lambda ms: tell("time", ms=ms))
        self.capture.disk_left.connect(lambda ms: tell("disk", ms=ms))
        self.capture.failed.connect(self.take_failure)
        self.capture.device_lost.connect(lambda message: tell("lost", message=message))
        self.capture.stopped.connect(self.take_stopped)
        self.live: recording.LiveRecording | None = None
        self.levels = 0
        self.peak = 0.0
        # Unbuffered: what waits in a buffer wakes no notifier.
        self.orders = FileIO(sys.stdin.fileno(), closefd=False)
        self.input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self.input.activated.connect(self.obey)
        self.search = QTimer(self)
        self.search.timeout.connect(self.find_input)
        self.search.start(50)

    def find_input(self) -> None:
        found = [one for one in inputs() if one.id == "mic"]
        if found:
            self.search.stop()
            tell("input", bits=found[0].bits, rates=found[0].sample_rates_hz,
                 name=found[0].name, own_rate_hz=found[0].own_rate_hz)  # fmt: skip
            self.open(found[0])

    def open(self, device: InputDevice) -> None:
        self.device = device
        self.capture.open(device, self.sound)

    def take_level(self, level: Levels) -> None:
        self.levels += 1
        self.peak = max(self.peak, *level.peaks)
        if self.levels == 1:
            tell("listening")

    def take_failure(self, error: ArchiveError) -> None:
        tell("failed", kind=type(error).__name__, message=error.message)

    def take_stopped(self, live: recording.LiveRecording) -> None:
        tell("stopped", uuid=live.uuid, ms=live.duration_ms, path=str(live.path))

    def obey(self) -> None:
        word, *rest = self.orders.readline().decode().split() or ["quit"]
        match word:
            case "record":
                self.live = recording.begin(
                    self.archive, self.interview_id, sound=self.sound, device=self.device.name
                )
                self.capture.record(self.live)
                tell("recording", path=str(self.live.path), uuid=self.live.uuid)
            case "pause":
                self.capture.pause()
            case "resume":
                self.capture.resume()
            case "mark":
                tell("marked", ms=self.capture.mark(" ".join(rest)))
            case "note":
                tell("noted", ms=self.capture.note(" ".join(rest)))
            case "stop":
                self.capture.stop()
            case "stall":
                # As a C library that never lets go: no Python thread runs meanwhile.
                ctypes.PyDLL(None).sleep(int(rest[0]))
                tell("stalled")
            case "limit":
                hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
                resource.setrlimit(resource.RLIMIT_FSIZE, (int(rest[0]), hard))
            case "levels":
                tell("levels", count=self.levels, peak=self.peak)
            case "finish":
                assert self.live is not None
                tell("finished", id=recording.finish(self.archive, self.live).value)
            case _:
                self.capture.close()
                self.archive.close()
                QCoreApplication.quit()


def main() -> None:
    archive, *numbers = sys.argv[1:]
    if "ONLY_QT" in os.environ:
        PulseTap.start = lambda self: False
    rate, channels, bits = map(int, numbers or (48_000, 2, 24))
    application = QCoreApplication([])
    recorder = Recorder(Path(archive), recording.SoundFormat(rate, channels, bits))
    application.exec()
    del recorder


if __name__ == "__main__":
    main()
