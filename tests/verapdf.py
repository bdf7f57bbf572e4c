"""veraPDF, the archives' own judge of PDF/A and PDF/UA: a Java program that reads our files.

Its command-line jar is looked for at ``VERAPDF_JAR``; ``.ci/run`` fetches it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

_PROFILES = {
    "2a": "PDF/A-2A validation profile",
    "3a": "PDF/A-3A validation profile",
    "ua1": "PDF/UA-1 validation profile",
}
_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


def require() -> Path:
    """Return the jar, or skip the test (which under CI fails it)."""
    jar = Path(os.environ.get("VERAPDF_JAR") or "-")
    if not jar.is_file() or shutil.which("java") is None:
        pytest.skip("veraPDF is not installed: set VERAPDF_JAR to its command-line jar")
    return jar


def failures(claims: Mapping[Path, Iterable[str]]) -> dict[str, list[str]]:
    """Return what is wrong with each file by its name; nothing where all is well.

    ``claims`` are the flavours that each file says it is of: some of "2a", "3a" and "ua1".
    It is held to all that it says, and said to be wrong if it does not say one of these.
    Java is started once for all of them.
    """
    files = {str(path): path for path in claims}
    command = [
        "java", "-XX:TieredStopAtLevel=1", "-cp", str(require()), _MAIN, "--format", "json",
        "--maxfailuresdisplayed", "3", *files,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    try:
        jobs: list[Any] = json.loads(done.stdout)["report"]["jobs"]
    except (ValueError, KeyError) as error:
        raise AssertionError(f"veraPDF gave no report:\n{done.stdout}\n{done.stderr}") from error
    judged = {files[job["itemDetails"]["name"]]: job for job in jobs}
    broken: dict[str, list[str]] = {}
    for path, flavours in claims.items():
        found = list(_broken(judged.get(path, {}), flavours))
        if found:
            broken[path.name] = found
    return broken


def _broken(job: Any, flavours: Iterable[str]) -> Iterator[str]:
    results: Any = job.get("validationResult") or []
    if not results:
        yield f"could not be judged: {job.get('taskException')}"
    said = {result["profileName"] for result in results}
    for flavour in flavours:
        if _PROFILES[flavour] not in said:
            yield f"does not say that it is {flavour}"
    for result in results:
        if not result["compliant"]:
            yield from _rules(result)


def _rules(result: Any) -> Iterator[str]:
    for rule in result["details"]["ruleSummaries"]:
        checks = rule.get("checks") or [{}]
        where = f"{checks[0].get('context', '')[-120:]} {checks[0].get('errorMessage', '')}"
        yield f"{rule['clause']}-{rule['testNumber']}: {rule['description'][:160]} | {where}"
