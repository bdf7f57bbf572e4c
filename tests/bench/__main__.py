"""Run every measurement and print one table: ``python -m tests.bench [name…]``.

Each ``bench_*.py`` runs in a process of its own. What it prints in lines that
begin with "ratio" is its result; its exit status 1 means that a bar was missed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@dataclass(frozen=True, slots=True)
class Result:
    """What one file measured."""

    name: str
    ratios: tuple[str, ...]
    seconds: float
    peak_mib: float | None
    """Of the largest process; None where the system does not tell."""
    is_good: bool
    output: str


def measure(path: Path) -> Result:
    """Run one file and return what it told."""
    name = path.stem.removeprefix("bench_")
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        peak: float | None = None
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        else:
            process.wait()
    ratios = tuple(
        " ".join(line.split()) for line in output.splitlines() if re.match(r"\s*ratio\b", line)
    )
    seconds = time.perf_counter() - start
    return Result(name, ratios, seconds, peak, process.returncode == 0, output)


def main(names: list[str]) -> int:
    """Print the table; 1 if a bar was missed or a file failed."""
    paths = [
        path
        for path in sorted(HERE.glob("bench_*.py"))
        if not names or path.stem.removeprefix("bench_") in names
    ]
    results: list[Result] = []
    print(f"{'what':10} {'took':>7} {'peak':>9}  result")
    for path in paths:
        result = measure(path)
        results.append(result)
        peak = f"{result.peak_mib:.0f} MiB" if result.peak_mib is not None else "?"
        first, *others = result.ratios or ("no ratio was told",)
        mark = "" if result.is_good else "   <-- MISSED"
        print(f"{result.name:10} {result.seconds:5.0f} s {peak:>9}  {first}{mark}", flush=True)
        for ratio in others:
            print(f"{'':29} {ratio}", flush=True)
    for result in results:
        if not result.is_good:
            print(f"\n-- {result.name} --\n{result.output}")
    return 0 if results and all(result.is_good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
