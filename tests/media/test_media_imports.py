"""The media room's libraries are heavy: nothing loads them before a recording is looked at."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_importing_the_media_room_loads_no_heavy_library() -> None:
    code = (
        "import sys, archive_app.media.probe, archive_app.media.vault, "
        "archive_app.media.relinking, archive_app.media.waveform\n"
        "print(*{'numpy', 'av', 'soundfile', 'mutagen'} & set(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ""
