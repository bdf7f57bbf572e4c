"""The sample archive's history begins after the sample was made."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_app.errors import NotFound
from archive_app.work.archives import open_archive
from archive_app.work.history import undo
from archive_app.work.interviews import edit_interview
from archive_app.work.sample import make_sample


def test_undo_stops_where_the_sample_was_made(tmp_path: Path) -> None:
    with open_archive(make_sample(tmp_path / "Sample")) as archive:
        with archive.read() as reader:
            (first, *_) = reader.interview_ids()
        edit_interview(archive, first, {"abstract": "Changed."})
        undo(archive)
        with pytest.raises(NotFound, match="nothing to undo"):
            undo(archive)
        with archive.read() as reader:
            assert len(reader.interview_ids()) == 4
