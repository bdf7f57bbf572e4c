"""The pages of a kept dossier for looking at: the first of them soon, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from archive_app.domain.records import Audience
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.work import access, collecting, dossiers
from archive_app.work.archives import open_archive
from archive_app.work.collecting import Collected
from archive_app.work.dossier_contents import contents_of
from archive_app.work.previewing import preview
from tests.work.dossier_material import TODAY, dump, turns_of, whole_turn

STAFF = {"audience": Audience.STAFF, "on": TODAY}
PUBLIC = {"audience": Audience.PUBLIC, "on": TODAY}


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


def test_all_pages_are_those_of_the_file_and_nothing_is_kept(
    archive: Archive, tmp_path: Path
) -> None:
    with archive.read() as reader:
        dossier = reader.dossiers()[0].id
    before = dump(archive)
    seen = preview(archive, dossier, tmp_path / "p.pdf", **PUBLIC, first_pages=None)
    assert dump(archive) == before
    made = dossiers.make_stored_dossier(archive, dossier, tmp_path / "d.pdf", **PUBLIC)
    assert seen.is_whole
    with pikepdf.open(tmp_path / "p.pdf") as pdf:
        assert len(pdf.pages) == seen.pages == made.pages


def test_the_first_pages_release_no_more_than_they_need(archive: Archive, tmp_path: Path) -> None:
    dossier = collecting.create_dossier(archive, "D").value
    with archive.read() as reader:
        whole = [Collected(one) for one in reader.interview_ids()]
    collecting.add_items(archive, dossier, whole)
    first = contents_of(archive, dossier, **STAFF, first_pages=0)
    assert not first.is_whole
    assert 0 < len(first.parts) < len(whole)
    seen = preview(archive, dossier, tmp_path / "p.pdf", **STAFF, first_pages=1)
    assert not seen.is_whole
    assert seen.pages >= 1


def test_where_the_first_items_are_closed_the_pages_are_filled_from_later_ones(
    archive: Archive, tmp_path: Path
) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    dossier = collecting.create_dossier(archive, "D").value
    for turn in turns[:40]:
        access.restrict_span(
            archive, transcript, whole_turn(archive, turn), shut_out=Audience.PUBLIC
        )
    chosen = [Collected(interview, transcript, turn) for turn in turns[:44]]
    collecting.add_items(archive, dossier, chosen)
    seen = preview(archive, dossier, tmp_path / "p.pdf", **PUBLIC, first_pages=1)
    assert seen.pages > 1
    assert "40" in seen.left_out[0]


def test_an_empty_dossier_has_no_pages(archive: Archive, tmp_path: Path) -> None:
    dossier = collecting.create_dossier(archive, "D").value
    for first_pages in (1, None):
        with pytest.raises(NotFound):
            preview(archive, dossier, tmp_path / "p.pdf", **STAFF, first_pages=first_pages)
    assert not (tmp_path / "p.pdf").exists()
