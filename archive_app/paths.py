"""Where the program finds its resources and keeps what is the person's own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APPLICATION = "oral-history-archive"


def project_root() -> Path:
    """Return the folder that holds ``resources/`` and ``schema/``.

    In a checkout it is the repository's root; in an installed wheel both lie
    beside the modules, in the package's own folder.
    """
    package = Path(__file__).resolve().parent
    return package if (package / "resources").is_dir() else package.parent


def resource_path(*parts: str) -> Path:
    """Return the path of something in ``resources/``."""
    return project_root().joinpath("resources", *parts)


def _home(variable: str, fallback: str) -> Path:
    given = os.environ.get(variable)
    return Path(given) if given else Path.home() / fallback


def config_folder() -> Path:
    """Return the folder of the person's settings (not created here)."""
    if override := os.environ.get("ORAL_HISTORY_HOME"):
        return Path(override) / "config"
    if sys.platform == "win32":
        return _home("APPDATA", "AppData/Roaming") / APPLICATION
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support" / APPLICATION
    return _home("XDG_CONFIG_HOME", ".config") / APPLICATION


def cache_folder() -> Path:
    """Return the folder of what can be made anew: indexes, waveforms (not created here)."""
    if override := os.environ.get("ORAL_HISTORY_HOME"):
        return Path(override) / "cache"
    if sys.platform == "win32":
        return _home("LOCALAPPDATA", "AppData/Local") / APPLICATION / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches" / APPLICATION
    return _home("XDG_CACHE_HOME", ".cache") / APPLICATION


def log_folder() -> Path:
    """Return the folder of the program's logs (not created here)."""
    if override := os.environ.get("ORAL_HISTORY_HOME"):
        return Path(override) / "logs"
    if sys.platform == "win32":
        return _home("LOCALAPPDATA", "AppData/Local") / APPLICATION / "logs"
    if sys.platform == "darwin":
        return Path.home() / "Library/Logs" / APPLICATION
    return _home("XDG_STATE_HOME", ".local/state") / APPLICATION
