"""The waveform of three hours of WAV, against reading the same file with soundfile.

    python tests/bench/bench_waveform.py [--hours N]

48 kHz, 24 bit, one channel, written in full (no holes) to a folder in memory, so
that no disk is measured. Both read the file in blocks to its end, in turn; the
shortest of several runs counts. Then the waveform is drawn as wide as a window.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import soundfile  # noqa: E402

from archive_app.media.waveform import Waveform, make_waveform  # noqa: E402

RATE = 48_000
MOST_TIMES_READING = 1.5
MOST_PAINTING_MS = 8.0
MOST_MIB = 60
BLOCK = 1 << 18
ROUNDS = 5


def write_recording(path: Path, hours: float) -> None:
    """Write noise as loud as speech; every minute differs."""
    chance = np.random.default_rng(1)
    minute = chance.standard_normal(RATE * 60) * 0.1
    with soundfile.SoundFile(path, "w", RATE, 1, "PCM_24") as sound:
        for number in range(round(hours * 60)):
            sound.write((minute * (0.2 + 0.8 * abs(np.sin(number)))).clip(-1, 1))


def read_through(path: Path) -> None:
    """Read a file in blocks, as soundfile does it fastest: into one buffer of whole numbers."""
    room = np.empty(BLOCK, dtype=np.int16)
    with soundfile.SoundFile(path) as sound:
        while len(sound.read(out=room)):
            pass


def seconds(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def peak_mib() -> float:
    """Return how much memory this process ever held (0 where the system does not tell)."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def painting_ms(waveform: Waveform) -> dict[str, float]:
    """Return how long the strips take to be drawn anew, with 2,500 turns; the shortest of many."""
    from PySide6.QtWidgets import QApplication

    from archive_app.gui.speaker_colours import SpeakerColours
    from archive_app.gui.waveform_marks import Flag, Marks, TurnBlock
    from archive_app.gui.waveform_shape import Part, TimelineShape
    from archive_app.gui.waveform_strip import Scene, WaveformStrip
    from archive_app.gui.waveform_view import WaveformView

    application = QApplication.instance() or QApplication([])
    length = waveform.duration_ms
    turn = length // 2_500
    blocks = [TurnBlock(n * turn, (n + 1) * turn, ("Ana", "Vera")[n % 2], n) for n in range(2_500)]
    flags = [Flag(n * length // 20, f"Part {n}") for n in range(20)]
    shape = TimelineShape([Part(0, length, waveform)])
    view = WaveformView()
    view.resize(1_400, 200)
    view.show_scene(
        Scene(shape, Marks(blocks, flags), SpeakerColours(["Ana", "Vera"])), is_new=True
    )
    view.show()
    application.processEvents()

    def anew(strip: WaveformStrip) -> float:
        times: list[float] = []
        for _ in range(60):
            strip.forget_picture()
            times.append(seconds(strip.repaint) * 1_000)
        return min(times)

    found = {"overview": anew(view.overview), "stretch of a minute": anew(view.stretch)}
    view.show_all()
    found["stretch of all"] = anew(view.stretch)
    view.show_all()
    times: list[float] = []
    for ms in range(0, length, length // 200):
        view.position_ms = ms  # It plays: it is not sent there.
        times.append(seconds(lambda ms=ms: (view.set_position(ms), application.processEvents())))
    found["playhead"] = statistics.median(times) * 1_000
    view.close()
    return found


def main() -> int:
    """Print what was measured; 1 if a bar was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=float, default=3.0)
    parser.add_argument("--write", type=Path, help="only write such a recording")
    given = parser.parse_args()
    hours: float = given.hours
    if given.write is not None:
        write_recording(given.write, hours)
        return 0
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        path = Path(folder) / "recording.wav"
        # In a process of its own: its memory is not that of the waveform.
        command = [sys.executable, __file__, "--write", str(path), "--hours", str(hours)]
        subprocess.run(command, check=True)
        read_through(path)
        before = peak_mib()
        reading: list[float] = []
        making: list[float] = []
        for _ in range(ROUNDS):
            reading.append(seconds(lambda: read_through(path)))
            making.append(seconds(lambda: make_waveform(path)))
        grown = peak_mib() - before
        waveform = make_waveform(path)
    painted = painting_ms(waveform)
    ratio = min(making) / min(reading)
    print(f"reading with soundfile {min(reading):.2f} s")
    print(f"making the waveform    {min(making):.2f} s, {grown:.0f} MiB more at its peak")
    for what, ms in painted.items():
        print(f"drawing, {what:20} {ms:.2f} ms")
    slowest = max(painted.values())
    print(f"ratio waveform to reading {ratio:.2f} (at most {MOST_TIMES_READING})")
    print(f"ratio slowest drawing {slowest:.1f} ms of {MOST_PAINTING_MS:.0f} ms")
    print(f"ratio memory {grown:.0f} MiB of {MOST_MIB} MiB")
    is_good = ratio <= MOST_TIMES_READING and slowest <= MOST_PAINTING_MS and grown <= MOST_MIB
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
