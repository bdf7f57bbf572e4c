"""How much memory an interview of three hours takes on its page.

    python tests/bench/bench_memory.py [--hours N]

27,000 words in 2,500 turns with times of words, 5,000 taggings, and a recording of
48 kHz, 24 bit whose waveform is made while the page stands there. Counted is what the
process holds (its resident set) with the interview open, scrolled through once and
zoomed, less what it held with the same page and archive open and no interview on it.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent

from bench_editor import fill, until  # noqa: E402  # pyright: ignore[reportMissingImports]
from PySide6.QtWidgets import QApplication  # noqa: E402
from transcript_material import (  # noqa: E402  # pyright: ignore[reportMissingImports]
    long_transcript,
)

from archive_app.gui.interview_page import InterviewPage  # noqa: E402
from archive_app.gui.interview_waveform import InterviewWaveform  # noqa: E402
from archive_app.gui.session import Session  # noqa: E402
from archive_app.gui.tasks import Tasks  # noqa: E402
from archive_app.settings import Settings  # noqa: E402
from archive_app.store.archive import Archive  # noqa: E402

MOST_MB = 300


def held_mb() -> float:
    """Return the resident set in megabytes; where the system has no /proc, its greatest."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return peak_mb()


def peak_mb() -> float:
    """Return the greatest resident set so far, in megabytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def rest(seconds: float) -> None:
    """Let the window work for a while."""
    ends = time.perf_counter() + seconds
    until(lambda: time.perf_counter() > ends)


def add_recording(archive: Archive, hours: float) -> None:
    """Put a recording beside the transcript, written by a process of its own."""
    vault_path = "media/ab/recording.wav"
    file = archive.folder / vault_path
    file.parent.mkdir(parents=True)
    script = str(HERE / "bench_waveform.py")
    command = [sys.executable, script, "--write", str(file), "--hours", str(hours)]
    subprocess.run(command, check=True)
    with archive.write("Add recording") as writer:
        writer.insert(
            "recording",
            interview_id=1,
            position=1,
            original_name="recording.wav",
            vault_path=vault_path,
            sha256="ab" * 32,
            size_bytes=file.stat().st_size,
            duration_ms=round(hours * 3_600_000),
        )


def main() -> int:
    """Print what was measured; 1 if it is too much."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=float, default=3.0)
    hours: float = parser.parse_args().hours
    app = QApplication.instance() or QApplication([])
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        os.environ["ORAL_HISTORY_HOME"] = str(folder / "home")
        archive = Archive.create(folder / "A.oralhistory", name="A")
        full = long_transcript(turns=2_500, words=27_000, taggings=5_000)
        fill(archive, full)
        del full
        add_recording(archive, hours)
        session = Session(archive, Tasks(), Settings(folder / "settings"))
        page = InterviewPage(session)
        page.resize(1_400, 900)
        page.show()
        rest(1.0)
        gc.collect()
        empty, before = held_mb(), peak_mb()
        page.open(1)
        part = next(one for one in page.parts if isinstance(one, InterviewWaveform))
        until(lambda: page.transcript_id > 0)
        until(lambda: all(one.shape is not None for one in part.view.scene.shape.parts))
        until(session.tasks.is_idle)
        bar = page.pane.view.verticalScrollBar()
        while bar.value() < bar.maximum():
            bar.setValue(bar.value() + 4_000)
            app.processEvents()
        part.view.show_all()
        rest(2.0)
        gc.collect()
        shown, peak = held_mb(), peak_mb()
        session.close()
        page.close()
    taken = shown - empty
    print(f"page without an interview {empty:.0f} MB, with it {shown:.0f} MB")
    print(f"at its greatest {peak:.0f} MB ({before:.0f} MB before)")
    print(f"ratio memory of the interview {taken:.0f} MB of {MOST_MB} MB")
    return 0 if taken < MOST_MB else 1


if __name__ == "__main__":
    sys.exit(main())
