"""Writes requirements.lock: versions and hashes of everything, for all platforms.

Run it after a change to the dependencies in pyproject.toml, with ``uv`` at hand:
``python tools/lock.py``. The file has two parts: what the program runs on, then,
below a marker line that ``run.py`` knows, what only tests and checks need.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARKER = "# --- below: for tests and checks only ---"


def compiled(*groups: str) -> dict[str, str]:
    """Return the locked blocks by their first line's package name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = list(project["project"]["dependencies"])
    for group in groups:
        wanted += project["dependency-groups"][group]
    command = [
        "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url", "-",
    ]  # fmt: skip
    text = subprocess.run(
        command, input="\n".join(wanted), capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    blocks: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if line and not line[0].isspace():
            name = line.split(" \\")[0]
            blocks[name] = ""
        blocks[name] += line + "\n"
    return blocks


def main() -> int:
    """Write the lock."""
    runtime = compiled("build")
    everything = compiled("build", "test", "check")
    if conflicts := sorted(set(runtime) - set(everything)):
        print("locked differently with and without the tests' packages:", conflicts)
        return 1
    rest = {name: block for name, block in everything.items() if name not in runtime}
    lines = [
        "# Versions and hashes of everything, for all platforms; made by tools/lock.py.\n",
        *runtime.values(),
        MARKER + "\n",
        *rest.values(),
    ]
    (ROOT / "requirements.lock").write_text("".join(lines), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
