"""How long it takes to take files in, against merely parsing them, and the peak memory.

    python tests/bench/bench_import.py [files]

Two hundred WebVTT files of ten minutes of speech each are made, always the same.
One process parses them all with ``exchange.formats.read_all``; another plans and
runs the import of the same files into a new archive, and then indexes them.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

MOST_TIMES = 3.0
"""How much longer than parsing the import may take."""
FILES = 200
MINUTES = 10
ROUNDS = 2

_SPOKEN = """
we left in the autumn and at first we lived with friends nobody knew whether it was for a month
or for years my mother stayed behind she says that somebody has to water the plants мы приехали
осенью и первое время жили у знакомых никто не понимал надолго ли это потом стало легче сын пошёл
в школу учительница посадила его рядом с девочкой ljudi su dolazili i odlazili niko nije znao
dokle će to trajati komšije su pomagale koliko su mogle a posle smo našli stan na Vračaru
"""


def make_files(folder: Path, files: int, seed: int = 1917) -> list[Path]:
    """Write caption files like those of interview platforms: a line or two a cue, speakers."""
    words = _SPOKEN.split()
    chance = random.Random(seed)
    paths: list[Path] = []
    for number in range(files):
        lines = ["WEBVTT", ""]
        at, cue, speaker = 3_000, 0, 0
        while at < MINUTES * 60_000:
            if chance.random() < 0.06:
                speaker = 1 - speaker
            said = chance.choices(words, k=chance.randint(4, 14))
            if chance.random() < 0.3:
                said[-1] += "."
            length = 320 * len(said)
            cue += 1
            name = ("Heather Meeker", "Миља Јовановић")[speaker]
            half = len(said) // 2
            lines += [
                str(cue),
                f"{_clock(at)} --> {_clock(at + length)}",
                f"<v {name}>{' '.join(said[:half])}",
                " ".join(said[half:]),
                "",
            ]
            at += length + chance.choice((0, 0, 0, 700))
        path = folder / f"interview-{number:04}.vtt"
        path.write_text("\n".join(lines), "utf-8")
        paths.append(path)
    return paths


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def parse(folder: str) -> tuple[float, ...]:
    """Return seconds and peak memory (MiB) of parsing every file."""
    from archive_app.exchange import formats

    paths = sorted(Path(folder).glob("*.vtt"))
    formats.read_all(paths[0])
    start = time.perf_counter()
    for path in paths:
        formats.read_all(path)
    return time.perf_counter() - start, _peak_mib()


def take_in(folder: str) -> tuple[float, ...]:
    """Return seconds of importing, of indexing afterwards, and peak memory (MiB) of both."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["ORAL_HISTORY_HOME"] = str(Path(place) / "home")
        from archive_app.work import importing, searching
        from archive_app.work.archives import create_archive

        paths = sorted(Path(folder).glob("*.vtt"))
        with create_archive(Path(place) / "Bench") as archive:
            start = time.perf_counter()
            plan = importing.plan_import(archive, paths)
            report = importing.run_import(archive, plan).value
            imported = time.perf_counter()
            peak = _peak_mib()
            assert not report.has_failures
            assert len(report.interview_ids) == len(paths)
            searching.catch_up(archive)
            indexed = time.perf_counter()
            searching.close_index(archive)
    return imported - start, indexed - imported, peak, _peak_mib()


def _apart(what: Callable[[str], tuple[float, ...]], folder: str) -> tuple[float, ...]:
    """Return the best round of several, each in a process of its own."""
    context = multiprocessing.get_context("spawn")
    rounds: list[tuple[float, ...]] = []
    for _ in range(ROUNDS):
        with context.Pool(1) as pool:
            rounds.append(pool.apply(what, (folder,)))
    return min(rounds)


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the times, their ratio and the peak memory; 1 if importing is too slow."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    with tempfile.TemporaryDirectory() as folder:
        sizes = [path.stat().st_size for path in make_files(Path(folder), files)]
        print(f"{files} caption files of {MINUTES} minutes, {sum(sizes) / 1e6:.1f} MB")
        parsing, parsing_peak = _apart(parse, folder)
        importing, indexing, peak, index_peak = _apart(take_in, folder)
    print(f"parsing   {parsing:6.2f} s, peak {parsing_peak:.0f} MiB")
    print(f"importing {importing:6.2f} s, peak {peak:.0f} MiB")
    print(f"indexing  {indexing:6.2f} s, peak {index_peak:.0f} MiB")
    ratio = importing / parsing
    print(f"ratio importing to parsing {ratio:.2f}  (at most {MOST_TIMES})")
    print(f"ratio with indexing        {(importing + indexing) / parsing:.2f}")
    print("good" if ratio <= MOST_TIMES else "TOO SLOW")
    return 0 if ratio <= MOST_TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
