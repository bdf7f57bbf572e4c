"""How long a dossier of 1,000 pages takes, and its memory, beside other ways of setting it.

Run it from the project's root: ``python tests/bench/bench_dossier.py [turns]``.
Each way runs in a process of its own, so that peaks of memory do not mix; of two runs
the better counts (of WeasyPrint, which takes minutes, one). It fails if the dossier takes
more than 1.6 times as long as bare ReportLab paragraphs, more than 20 s or 400 MB for
1,000 pages, if its memory grows faster than its pages, or if WeasyPrint is better in any
figure. Typst and WeasyPrint are the packages of the group "bench" in pyproject.toml; where
they are not installed, that is said and the rest is measured.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
TURNS = 3_250
"""Some 1,000 pages."""
RATIO_BAR = 1.6
SECONDS_BAR = 20.0
MEMORY_BAR_MB = 400.0
GROWTH_SLACK = 1.15


@dataclass(frozen=True, slots=True)
class Figures:
    """What one way took."""

    seconds: float
    pages: int
    peak_mb: float

    @property
    def per_1000(self) -> float:
        """Seconds for a thousand pages."""
        return self.seconds / self.pages * 1000


def measure(way: str, turns: int, runs: int = 2) -> Figures:
    """Return the better of some runs of one way, each in a process of its own."""
    return min((_run(way, turns) for _ in range(runs)), key=lambda each: each.seconds)


def _run(way: str, turns: int) -> Figures:
    command = [sys.executable, str(HERE / "dossier_volume.py"), way, str(turns)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds, pages, peak = printed.splitlines()[-1].split()
    return Figures(float(seconds), int(pages), float(peak))


def tell(way: str, found: Figures) -> None:
    """Print one way's figures."""
    print(
        f"{way:11} {found.seconds:7.2f} s  {found.pages:5} pages  {found.per_1000:6.1f} s a"
        f" thousand  {found.peak_mb:5.0f} MB peak",
        flush=True,
    )


def main() -> int:
    """Measure every way and print the ratios."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else TURNS
    found: dict[str, Figures] = {}
    for way in ("bare", "dossier", "typst", "weasyprint"):
        if way in {"typst", "weasyprint"} and find_spec(way) is None:
            print(f"{way:11} is not installed: see the group bench in pyproject.toml")
            continue
        found[way] = measure(way, turns, 1 if way == "weasyprint" else 2)
        tell(way, found[way])
    ours, bare = found["dossier"], found["bare"]
    missed: list[str] = []

    def hold(what: str, figure: float, bar: float) -> None:
        print(f"ratio {what}: {figure:.2f} (bar: {bar:g})")
        if figure > bar:
            missed.append(what)

    hold("to bare paragraphs", ours.seconds / bare.seconds, RATIO_BAR)
    hold("seconds for 1,000 pages", ours.per_1000, SECONDS_BAR)
    hold("MB of memory", ours.peak_mb, MEMORY_BAR_MB)
    twice, four = _run("dossier", turns * 2), _run("dossier", turns * 4)
    first, second = twice.peak_mb - ours.peak_mb, four.peak_mb - twice.peak_mb
    tell("twice", twice)
    tell("four times", four)
    # Twice the further pages may take twice the further memory, and no more. Below a
    # thousand pages a few megabytes of chance are as much as the pages themselves.
    hold("memory's growth", second / max(first * 2, 1.0), GROWTH_SLACK)
    if "weasyprint" in found:
        rival = found["weasyprint"]
        hold("seconds a page to WeasyPrint", ours.per_1000 / rival.per_1000, 1.0)
        hold("memory to WeasyPrint", ours.peak_mb / rival.peak_mb, 1.0)
    if "typst" in found:
        rival = found["typst"]
        print(
            f"Typst: {ours.per_1000 / rival.per_1000:.2f} times its time a page,"
            f" {ours.peak_mb / rival.peak_mb:.2f} times its memory"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
