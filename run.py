#!/usr/bin/env python3
"""Sets the program up and runs it; needs Python 3.11 to 3.14 and nothing else.

    python3 run.py demo        builds the sample archive, searches it, makes a PDF dossier,
                               and opens the window where there is a screen
    python3 run.py test …      runs every test (further words go to pytest)
    python3 run.py check       the style and type checks
    python3 run.py app …       the program itself: everything ``archive-app`` can do

The first run makes ``.venv`` beside this file and installs the locked packages
there; later runs install again only when the lock has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
MARKER = "# --- below: for tests and checks only ---"
DEMO = ROOT / "demo"

# Which Debian package brings a library that Qt asks for.
DEBIAN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libpulse.so.0": "libpulse0",
    "libpulse-mainloop-glib.so.0": "libpulse-mainloop-glib0",
    "libnss3.so": "libnss3",
}
QT_MODULES = "QtWidgets, QtSvg, QtMultimedia"


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def is_debian_root() -> bool:
    """Tell whether system packages can be installed here without asking anybody."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages; tell whether that went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode:
            return False
    return True


def wanted_requirements(*, for_tests: bool) -> str:
    """Return the part of the lock that is needed."""
    text = LOCK.read_text("utf-8")
    return text if for_tests else text.split(MARKER)[0]


def make_environment() -> None:
    """Make ``.venv`` if it is not there or belongs to another Python."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if PYTHON.exists():
        probe = "import sys; print('%d.%d' % sys.version_info[:2])"
        found = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True)
        if found.stdout.strip() == version:
            return
    say(f"Making {VENV} with Python {version} …")
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, ImportError):
        package = f"python{version}-venv"
        if not (is_debian_root() and apt_install([package])):
            raise SystemExit(
                f"Python's own 'venv' does not work here. Install it and try again:\n"
                f"    sudo apt-get install {package}"
            ) from None
        venv.create(VENV, with_pip=True, clear=True)


def fingerprint(requirements: str) -> str:
    """Return what changes when something must be installed anew."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    return hashlib.sha256((requirements + project).encode()).hexdigest()


def install(*, for_tests: bool) -> None:
    """Install what the lock names, unless that was done before."""
    requirements = wanted_requirements(for_tests=for_tests)
    stamp = VENV / "installed.txt"
    make_environment()
    if stamp.exists() and fingerprint(requirements) in stamp.read_text("utf-8").split():
        return
    say("Installing the locked packages (some 400 MB the first time) …")
    listed = VENV / "requirements.txt"
    listed.write_text(requirements, "utf-8")
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    for command in (
        [*pip, "install", "--require-hashes", "-r", listed],
        [*pip, "install", "--no-deps", "--no-build-isolation", "-e", ROOT],
    ):
        if subprocess.run(command).returncode:
            raise SystemExit(
                "The packages could not be installed; what pip said stands above. "
                "Nothing outside the folder .venv was changed. Try again when the network is there."
            )
    # Whoever has the tests' packages has the program's too.
    done = {fingerprint(requirements), fingerprint(wanted_requirements(for_tests=False))}
    stamp.write_text("\n".join(sorted(done)), "utf-8")


def look_for_system_libraries() -> None:
    """Name what Qt misses, and install it where that is possible without asking."""
    for _ in range(len(DEBIAN)):
        probe = subprocess.run(
            [PYTHON, "-c", f"from PySide6 import {QT_MODULES}"], capture_output=True, text=True
        )
        if probe.returncode == 0:
            return
        found = re.search(r"ImportError: (\S+?\.so[.\d]*)", probe.stderr)
        if not found:
            raise SystemExit("Qt does not start here:\n" + probe.stderr)
        library = found.group(1)
        package = DEBIAN.get(library, library)
        if is_debian_root() and library in DEBIAN:
            # One at a time would be many rounds: whoever lacks one, lacks most.
            say(f"Installing system libraries ({library} is missing) …")
            if apt_install(sorted(set(DEBIAN.values()))) or apt_install([package]):
                continue
        if library.startswith("libpulse"):
            say(f"Without {library} there is no sound. To have it: sudo apt-get install {package}")
            return
        raise SystemExit(
            f"The system library {library} is missing. Install it and try again:\n"
            f"    sudo apt-get install {package}"
        )


def has_screen() -> bool:
    """Tell whether a window could be shown."""
    if sys.platform in ("win32", "darwin"):
        return not os.environ.get("CI")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def app(*words: object) -> int:
    """Run the program with these words; return its exit status."""
    return subprocess.run([PYTHON, "-m", "archive_app", *map(str, words)]).returncode


def demo() -> int:
    """Build the sample, search it, export it, show where everything lies."""
    DEMO.mkdir(exist_ok=True)
    archive = DEMO / "Mini Russia in Belgrade.oralhistory"
    if not archive.exists() and app("sample", archive):
        return 1
    found = DEMO / "search-Beograd.json"
    with found.open("wb") as out:
        words = ["--archive", archive, "search", "Beograd", "--audience", "public", "--json"]
        if subprocess.run([PYTHON, "-m", "archive_app", *words], stdout=out).returncode:
            return 1
    if app("--archive", archive, "search", "Beograd", "--limit", "3", "--audience", "public"):
        return 1
    dossier = DEMO / "Mini Russia in Belgrade.pdf"
    if app("--archive", archive, "dossier", "-o", dossier, "--title", "Mini Russia in Belgrade"):
        return 1
    say("")
    say(f"The sample archive:    {archive}")
    say(f"A search in it:        {found}")
    say(f"A dossier for readers: {dossier}")
    if has_screen():
        return app("--archive", archive)
    say("There is no screen here. With one, this opens the window:")
    say(f'    python3 run.py app --archive "{archive}"')
    return 0


def test(words: list[str]) -> int:
    """Run the tests, on both cores unless told otherwise."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    spread = [] if any(word.startswith("-n") for word in words) else ["-n", "2"]
    return subprocess.run(
        [PYTHON, "-m", "pytest", *spread, *words], cwd=ROOT, env=environment
    ).returncode


def check() -> int:
    """Run the style, type and import checks."""
    status = 0
    for command in (
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["basedpyright"],
        ["lint-imports"],
    ):
        say("$ " + " ".join(command))
        status |= subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT).returncode
    return 1 if status else 0


def main(words: list[str]) -> int:
    """Do what the words say; return the exit status."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        say(f"This needs Python 3.11 to 3.14; this is {sys.version.split()[0]}.")
        return 1
    if not words or words[0] not in ("demo", "test", "check", "app"):
        say(__doc__ or "")
        return 0 if words in ([], ["--help"], ["-h"]) else 2
    install(for_tests=words[0] in ("test", "check"))
    if words[0] == "check":
        return check()
    look_for_system_libraries()
    if words[0] == "demo":
        return demo()
    if words[0] == "test":
        return test(words[1:])
    return app(*words[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
