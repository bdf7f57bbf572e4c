"""What was made of a dossier is kept with it: for whom, as what, and the proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive_app.domain.proof import Check, Finding, Looked, Problem, Proof, Where, from_json
from archive_app.domain.records import Audience, DossierExport, Layer
from archive_app.domain.rich_text import from_plain
from archive_app.errors import Environment, LeakPrevented, NotFound
from archive_app.store.archive import Archive
from archive_app.work import access, collecting, dossiers, proving
from archive_app.work.archives import open_archive
from archive_app.work.history import redo, undo
from tests.work.dossier_material import TODAY, drawn, dump, kept, turns_of

PUBLIC = {"audience": Audience.PUBLIC, "on": TODAY}


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


@pytest.fixture
def dossier(archive: Archive) -> int:
    with archive.read() as reader:
        return next(one.id for one in reader.dossiers() if one.title == "What was taken along")


def exports(archive: Archive, dossier: int) -> list[DossierExport]:
    with archive.read() as reader:
        return reader.dossier_exports(dossier)


def test_what_was_made_is_kept_with_its_proof(
    archive: Archive, dossier: int, tmp_path: Path
) -> None:
    report = dossiers.make_stored_dossier(archive, dossier, tmp_path / "d.pdf", **PUBLIC)
    (export,) = exports(archive, dossier)
    assert (export.audience, export.on, export.layout) == (Audience.PUBLIC, TODAY, "cards")
    assert (export.file_name, export.pages) == ("d.pdf", report.pages)
    assert from_json(export.proof) == report.proof
    assert report.proof is not None
    assert export.sha256 == report.proof.sha256


def test_a_proof_holds_no_testimony_and_no_name(
    archive: Archive, dossier: int, tmp_path: Path
) -> None:
    staff = {"audience": Audience.STAFF, "on": TODAY}
    with archive.read() as reader:
        real = [name for one in reader.protected_people() for name in one.real_names]
    dossiers.make_stored_dossier(archive, dossier, tmp_path / f"{real[0]}.pdf", **staff)
    (export,) = exports(archive, dossier)
    assert not any(name in repr(export) for name in real)
    assert "чемодан" not in export.proof


def test_a_file_that_is_held_back_leaves_its_proof_and_the_older_file(
    archive: Archive, dossier: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = proving.prove

    def leaking(*words: Any, **more: Any) -> Proof:
        found = Finding(Problem.NAME, Where.FOOTNOTE, page=3)
        return replace(plain(*words, **more), checks=(Looked(Check.NAMES, 1, (found,)),))

    monkeypatch.setattr(proving, "prove", leaking)
    target = tmp_path / "d.pdf"
    target.write_bytes(b"the older one")
    with pytest.raises(LeakPrevented, match="proof"):
        dossiers.make_stored_dossier(archive, dossier, target, **PUBLIC)
    assert target.read_bytes() == b"the older one"
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".pdf", ".part")] == [
        "d.pdf"
    ]
    (export,) = exports(archive, dossier)
    assert export.sha256 == ""
    assert from_json(export.proof).is_leaking
    staff = dossiers.make_stored_dossier(
        archive, dossier, target, audience=Audience.STAFF, on=TODAY
    )
    assert target.read_bytes() != b"the older one"
    assert staff.proof is not None


def test_a_dossier_that_is_deleted_comes_back_with_all_that_was_made_of_it(
    archive: Archive, dossier: int, tmp_path: Path
) -> None:
    dossiers.make_stored_dossier(archive, dossier, tmp_path / "d.pdf", **PUBLIC)
    before = dump(archive)
    collecting.delete_dossier(archive, dossier)
    assert exports(archive, dossier) == []
    after = dump(archive)
    undo(archive)
    assert dump(archive) == before
    redo(archive)
    assert dump(archive) == after


def test_settings_that_are_said_this_once_are_not_kept(
    archive: Archive, dossier: int, tmp_path: Path
) -> None:
    before = kept(archive, dossier).settings
    dossiers.make_stored_dossier(
        archive, dossier, tmp_path / "d.pdf", **PUBLIC, settings={"layout": "reader"}
    )
    assert exports(archive, dossier)[0].layout == "reader"
    assert kept(archive, dossier).settings == before


def test_no_picture_is_taken_in_for_a_dossier_that_is_gone(
    archive: Archive, tmp_path: Path
) -> None:
    files = sorted(archive.media_folder.rglob("*"))
    for take in (collecting.add_picture, collecting.set_cover):
        with pytest.raises(NotFound):
            take(archive, 999, drawn(tmp_path / "a.png"))
    assert sorted(archive.media_folder.rglob("*")) == files


def test_undo_and_redo_pass_over_what_was_made(
    archive: Archive, dossier: int, tmp_path: Path
) -> None:
    collecting.edit_dossier(archive, dossier, title="Another title")
    dossiers.make_stored_dossier(archive, dossier, tmp_path / "d.pdf", **PUBLIC)
    undo(archive)
    with archive.read() as reader:
        assert reader.dossier(dossier).title == "What was taken along"
    dossiers.make_stored_dossier(archive, dossier, tmp_path / "d.pdf", **PUBLIC)
    redo(archive)
    with archive.read() as reader:
        assert reader.dossier(dossier).title == "Another title"
    assert len(exports(archive, dossier)) == 2


def test_a_text_of_the_scholars_does_not_quote_an_interview_that_was_closed(
    archive: Archive, dossier: int, tmp_path: Path
) -> None:
    with archive.read() as reader:
        other = reader.interview_by_accession("MRB-002")
        assert other is not None
        spoken = reader.turns(reader.transcripts(other.id)[0].id)[1].text
    collecting.add_items(archive, dossier, [collecting.Collected(other.id)])
    collecting.add_text(archive, dossier, from_plain(f"She says: {spoken}"))
    access.restrict_layer(archive, other.id, Layer.LISTING, shut_out=Audience.READING_ROOM)
    with pytest.raises(LeakPrevented):
        dossiers.make_stored_dossier(archive, dossier, tmp_path / "d.pdf", **PUBLIC)
    assert not (tmp_path / "d.pdf").exists()


def test_a_dossier_taken_away_while_it_is_set_is_written_all_the_same(
    archive: Archive, dossier: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prove = proving.prove

    def then_taken_away(*args: Any, **kwargs: Any) -> Proof:
        collecting.delete_dossier(archive, dossier)
        return prove(*args, **kwargs)

    monkeypatch.setattr(proving, "prove", then_taken_away)
    report = dossiers.make_stored_dossier(archive, dossier, tmp_path / "d.pdf", **PUBLIC)
    assert report.path.read_bytes().startswith(b"%PDF-")
    assert exports(archive, dossier) == []


def test_an_older_file_stands_where_its_clips_would_find_no_place(
    archive: Archive, dossier: int, tmp_path: Path
) -> None:
    target = tmp_path / "d.pdf"
    target.write_text("old")
    (tmp_path / "d-clips").write_text("a file of somebody's own")
    one, transcript, turns = turns_of(archive, "MRB-001")
    collecting.add_items(archive, dossier, [collecting.Collected(one, transcript, turns[2])])
    with pytest.raises(Environment):
        dossiers.make_stored_dossier(archive, dossier, target, clips_folder=True, **PUBLIC)
    assert target.read_text() == "old"
    assert (tmp_path / "d-clips").read_text() == "a file of somebody's own"
    assert exports(archive, dossier) == []
