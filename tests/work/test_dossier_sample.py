"""The sample's dossiers: one for each layout, with everything a dossier may hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_app.domain.records import Audience
from archive_app.dossier.design import Layout
from archive_app.store.archive import Archive
from archive_app.work import collected, dossiers
from archive_app.work.archives import check, open_archive
from archive_app.work.dossier_design import design_of
from archive_app.work.sample import make_sample
from tests.work.dossier_material import TODAY

KINDS = {"heading", "passage", "interview", "text", "picture", "point"}


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


def test_there_is_a_dossier_for_each_layout_and_an_item_of_each_kind(archive: Archive) -> None:
    with archive.read() as reader:
        kept = reader.dossiers()
    assert {design_of(one).layout for one in kept} == set(Layout)
    assert {item.kind for one in kept for item in one.items} == KINDS
    assert {item.level for one in kept for item in one.items} == {1, 2}
    assert not check(archive).problems


@pytest.mark.parametrize("audience", list(Audience))
def test_nothing_of_them_is_closed_or_changed_and_nobody_is_named(
    archive: Archive, audience: Audience
) -> None:
    with archive.read() as reader:
        kept = reader.dossiers()
        real = [name for one in reader.protected_people() for name in one.real_names]
    for dossier in kept:
        shown = collected.outline(archive, dossier.id, audience=audience, on=TODAY)
        assert all(one.is_there and one.change == "" for one in shown.items), dossier.title
        if audience is not Audience.STAFF:
            words = repr([(one.text, one.rich, one.item.text) for one in shown.items])
            assert not any(name in words for name in real)
        else:
            own = repr([(one.item.text, one.rich, dossier.description) for one in shown.items])
            assert not any(name in own for name in real)


@pytest.mark.parametrize("place", range(4))
def test_each_is_made_for_the_public_with_a_clean_proof(
    archive: Archive, tmp_path: Path, place: int
) -> None:
    with archive.read() as reader:
        dossier = reader.dossiers()[place]
    report = dossiers.make_stored_dossier(
        archive, dossier.id, tmp_path / "d.pdf", audience=Audience.PUBLIC, on=TODAY
    )
    assert report.left_out == ()
    assert report.missing_glyphs == ()
    assert report.proof is not None
    assert report.proof.findings == ()


def test_the_sample_is_the_same_each_time_but_for_its_ids(tmp_path: Path) -> None:
    def outline_of(folder: Path) -> list[tuple[object, ...]]:
        with open_archive(folder) as archive, archive.read() as reader:
            return [
                (item.kind, item.text, item.body, item.picture, item.seen, item.position)
                for one in reader.dossiers()
                for item in one.items
            ]

    first, second = (outline_of(make_sample(tmp_path / name)) for name in "ab")
    assert first == second
