"""Dividing an interview into titled parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_app.domain.records import IndexPoint
from archive_app.errors import BadValue, Conflict, NotFound
from archive_app.store.archive import Archive
from archive_app.work import archives, history, index_points
from archive_app.work.index_points import PointText
from archive_app.work.interviews import create_interview


@pytest.fixture
def archive(tmp_path: Path, own_home: Path) -> Iterator[Archive]:
    with archives.create_archive(tmp_path / "X") as opened:
        yield opened


@pytest.fixture
def interview(archive: Archive) -> int:
    return create_interview(archive, accession="X-1").value


def _points(archive: Archive, interview: int) -> list[IndexPoint]:
    with archive.read() as reader:
        return reader.index_points(interview)


def test_a_part_begun_inside_another_ends_that_one(archive: Archive, interview: int) -> None:
    index_points.add_index_point(archive, interview, start_ms=0, end_ms=60_000)
    index_points.add_index_point(archive, interview, start_ms=20_000)
    assert [(p.start_ms, p.end_ms) for p in _points(archive, interview)] == [
        (0, 20_000),
        (20_000, None),
    ]


def test_two_parts_cannot_begin_at_once(archive: Archive, interview: int) -> None:
    index_points.add_index_point(archive, interview, start_ms=5, text=PointText(title="Departure"))
    with pytest.raises(Conflict, match="Departure"):
        index_points.add_index_point(archive, interview, start_ms=5)
    assert len(_points(archive, interview)) == 1


def test_a_part_has_words_keywords_and_a_place_on_the_map(archive: Archive, interview: int) -> None:
    point = index_points.add_index_point(archive, interview, start_ms=0).value
    text = PointText(
        title=" Leaving\nhome ",
        synopsis="He packs.\nHe leaves.",
        keywords=("train", "train", " border "),
        place="Belgrade",
        coordinates="44.8125, 20.4612",
    )
    index_points.change_index_point(archive, interview, point, text)
    (stored,) = _points(archive, interview)
    assert (stored.title, stored.synopsis) == ("Leaving home", "He packs.\nHe leaves.")
    assert stored.keywords == ("train", "border")
    with archive.read() as reader:
        (place,) = [one for one in reader.places() if one.id == stored.place_id]
    assert (place.latitude, place.longitude) == (44.8125, 20.4612)


def test_one_undo_takes_the_words_and_the_new_place_back(archive: Archive, interview: int) -> None:
    point = index_points.add_index_point(archive, interview, start_ms=0).value
    text = PointText(place="Belgrade", coordinates="44.8, 20.4")
    index_points.change_index_point(archive, interview, point, text)
    history.undo(archive, interview_id=interview)
    (stored,) = _points(archive, interview)
    assert stored.place_id is None
    with archive.read() as reader:
        assert reader.places() == []


def test_what_is_not_written_stays(archive: Archive, interview: int) -> None:
    text = PointText(title="One", synopsis="Two", keywords=("three",))
    point = index_points.add_index_point(archive, interview, start_ms=0, text=text).value
    index_points.change_index_point(archive, interview, point, PointText(synopsis="Four"))
    (stored,) = _points(archive, interview)
    assert (stored.title, stored.synopsis, stored.keywords) == ("One", "Four", ("three",))


def test_coordinates_need_a_place(archive: Archive, interview: int) -> None:
    point = index_points.add_index_point(archive, interview, start_ms=0).value
    with pytest.raises(BadValue, match="place first"):
        index_points.change_index_point(
            archive, interview, point, PointText(coordinates="44.8, 20.4")
        )


def test_times_move_and_the_part_before_gives_way(archive: Archive, interview: int) -> None:
    index_points.add_index_point(archive, interview, start_ms=0, end_ms=30_000)
    point = index_points.add_index_point(archive, interview, start_ms=30_000).value
    index_points.set_index_times(archive, interview, point, start_ms=25_000, end_ms=40_000)
    assert [(p.start_ms, p.end_ms) for p in _points(archive, interview)] == [
        (0, 25_000),
        (25_000, 40_000),
    ]
    with pytest.raises(BadValue):
        index_points.set_index_times(archive, interview, point, start_ms=9, end_ms=9)


def test_deleting_a_part_twice_says_that_it_is_gone(archive: Archive, interview: int) -> None:
    point = index_points.add_index_point(archive, interview, start_ms=0).value
    index_points.delete_index_point(archive, interview, point)
    with pytest.raises(NotFound):
        index_points.delete_index_point(archive, interview, point)


def test_keywords_come_from_the_vocabulary(sample_archive: Path) -> None:
    with archives.open_archive(sample_archive, who="Ana") as opened, opened.read() as reader:
        names = index_points.keyword_names(reader, "en")
    assert "departure" in names
    assert list(names) == sorted(names, key=str.casefold)
