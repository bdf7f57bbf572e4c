"""The file: the same bytes every time, whole or not at all, and nothing unreleased."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from dossier_samples import contents, interview, sample_contents, transcript, turn

from archive_app.domain.records import Audience, Role
from archive_app.domain.released import ReleasedPerson, ReleasedTagging
from archive_app.dossier.build import build_dossier, released_strings
from archive_app.errors import Cancelled, Environment, LeakPrevented

ROOT = Path(__file__).resolve().parents[2]


class Recorder:
    """Notes what is reported, and may cancel at the n-th report."""

    def __init__(self, cancel_at: int = -1) -> None:
        self.reports: list[tuple[int, int]] = []
        self._cancel_at = cancel_at

    def report(self, done: int, total: int, what: str = "") -> None:
        self.reports.append((done, total))
        if len(self.reports) - 1 == self._cancel_at:
            raise Cancelled("stopped")


def test_the_same_contents_give_the_same_bytes(tmp_path: Path) -> None:
    first = build_dossier(tmp_path / "a.pdf", sample_contents())
    build_dossier(tmp_path / "x.pdf", contents(interview(transcript(turn(1, "字", "漢 😀")))))
    second = build_dossier(tmp_path / "b.pdf", sample_contents())
    assert first.sha256 == second.sha256
    assert hashlib.sha256((tmp_path / "a.pdf").read_bytes()).hexdigest() == first.sha256
    script = (
        "import sys; sys.path[:0] = [sys.argv[1], sys.argv[2]];"
        "from pathlib import Path; from dossier_samples import sample_contents;"
        "from archive_app.dossier.build import build_dossier;"
        "print(build_dossier(Path(sys.argv[3]), sample_contents()).sha256)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(ROOT), str(Path(__file__).parent),
         str(tmp_path / "c.pdf")],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": "123", "TZ": "Asia/Tokyo"},
    )  # fmt: skip
    assert done.stdout.strip() == first.sha256


def test_what_is_returned_is_what_was_written(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    built = build_dossier(target, sample_contents())
    assert built.size_bytes == target.stat().st_size
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == built.pages
        assert pdf.check_pdf_syntax() == []


def test_progress_goes_forward_to_its_total(tmp_path: Path) -> None:
    recorder = Recorder()
    build_dossier(tmp_path / "d.pdf", sample_contents(), progress=recorder)
    done = [each for each, _ in recorder.reports]
    assert done == sorted(done)
    assert recorder.reports[-1][0] == recorder.reports[-1][1]
    assert len(recorder.reports) > 4


@pytest.mark.parametrize("at", [0, 2, -2])
def test_a_cancelled_dossier_leaves_the_old_file_and_nothing_else(tmp_path: Path, at: int) -> None:
    target = tmp_path / "d.pdf"
    target.write_bytes(b"old")
    counted = Recorder()
    build_dossier(tmp_path / "count.pdf", sample_contents(), progress=counted)
    (tmp_path / "count.pdf").unlink()
    stop = Recorder(at if at >= 0 else len(counted.reports) - 1)
    with pytest.raises(Cancelled):
        build_dossier(target, sample_contents(), progress=stop)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["d.pdf"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    resource: Any = pytest.importorskip("resource", reason="no file size limits here")
    target = tmp_path / "d.pdf"
    target.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(Environment):
            build_dossier(target, sample_contents())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["d.pdf"]


def test_a_folder_that_is_gone_or_in_the_way_is_said(tmp_path: Path) -> None:
    with pytest.raises(Environment):
        build_dossier(tmp_path / "nowhere" / "d.pdf", contents())
    (tmp_path / "d.pdf").mkdir()
    (tmp_path / "d.pdf" / "kept").write_text("x")
    with pytest.raises(Environment):
        build_dossier(tmp_path / "d.pdf", contents())
    assert (tmp_path / "d.pdf" / "kept").exists()
    assert not list(tmp_path.glob(".dossier-*"))


@pytest.mark.skipif(os.name == "nt", reason="no such permissions there")
def test_a_new_file_gets_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("")
    target = tmp_path / "d.pdf"
    build_dossier(target, contents())
    assert target.stat().st_mode == plain.stat().st_mode
    target.chmod(0o640)
    build_dossier(target, contents())
    assert target.stat().st_mode & 0o777 == 0o640


def test_an_interview_released_for_staff_goes_into_no_public_dossier(tmp_path: Path) -> None:
    held = replace(interview(), audience=Audience.STAFF)
    target = tmp_path / "d.pdf"
    with pytest.raises(LeakPrevented):
        build_dossier(target, contents(held))
    assert not target.exists()
    build_dossier(target, contents(held, audience=Audience.STAFF))
    assert target.exists()


def test_what_is_for_staff_only_is_not_printed_even_for_staff() -> None:
    person = ReleasedPerson("Anna", "Anna", Role.INTERVIEWEE, protected_name="Secretname")
    tagging = ReleasedTagging("g", {"en": "T"}, ("T",), "", 1, 0, 1, 1, "x", "WHO", "MEMO")
    held = replace(
        interview(transcript(turn(1, "A", "x", 0), taggings=(tagging,)), people=(person,)),
        audience=Audience.STAFF,
    )
    text = "\n".join(released_strings(contents(held, audience=Audience.STAFF)))
    assert "Secretname" not in text
    assert "WHO" not in text
    assert "MEMO" not in text
