"""A file is put in its place whole, or what stood there stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive_app.disk import put_whole


def test_a_file_is_there_whole_and_nothing_beside_it(tmp_path: Path) -> None:
    put_whole(tmp_path / "a.pdf", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="no such permissions there")
def test_the_new_file_has_the_old_ones_permissions_or_what_any_new_file_gets(
    tmp_path: Path,
) -> None:
    old, usual = tmp_path / "old", tmp_path / "usual"
    old.write_bytes(b"old")
    old.chmod(0o640)
    usual.write_bytes(b"")
    put_whole(old, b"new")
    put_whole(tmp_path / "fresh", b"new")
    assert old.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "fresh").stat().st_mode == usual.stat().st_mode


def test_what_goes_wrong_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.mkdir()
    (target / "inside").write_bytes(b"old")
    with pytest.raises(OSError, match="irectory"):
        put_whole(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (target / "inside").read_bytes() == b"old"
