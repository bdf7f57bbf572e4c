"""An interview's table of contents: titled parts with synopsis, keywords and place.

Parts follow one another: one begun inside another ends that one there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.domain.coordinates import parse_coordinates
from archive_app.domain.records import IndexPoint, Outcome
from archive_app.domain.timecode import format_timecode
from archive_app.errors import BadValue, Conflict, NotFound
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work.fields import clean_value
from archive_app.work.interviews import place_named
from archive_app.work.vocabulary import tag_tree


@dataclass(frozen=True, slots=True)
class PointText:
    """What a person writes about a part of an interview; None leaves a field as it is."""

    title: str | None = None
    synopsis: str | None = None
    keywords: tuple[str, ...] | None = None
    subjects: tuple[str, ...] | None = None
    place: str | None = None
    """A name of the register of places; one that is not there yet is added."""
    coordinates: str | None = None
    """Of the place, as a person writes them: see ``domain.coordinates``."""


def add_index_point(
    archive: Archive,
    interview_id: int,
    *,
    start_ms: int,
    end_ms: int | None = None,
    text: PointText = PointText(),
) -> Outcome[int]:
    """Begin a part of the interview and return its id; the part it stands in ends there.

    Raises:
        Conflict: another part begins at just this time.
        BadValue: it would end before it begins, or the coordinates are none.
    """
    _check_times(start_ms, end_ms)
    with archive.write(mark("Add index point")) as writer:
        writer.belongs_to(interview_id)
        points = writer.index_points(interview_id)
        _refuse_twice(points, start_ms, but=0)
        _end_at(writer, points, start_ms)
        point_id = writer.insert(
            "index_point",
            interview_id=interview_id,
            start_ms=start_ms,
            end_ms=end_ms,
            **_columns(writer, text, place_id=None),
        )
    return writer.outcome(point_id)


def change_index_point(
    archive: Archive, interview_id: int, point_id: int, text: PointText
) -> Outcome[None]:
    """Write about a part of the interview.

    Raises:
        NotFound: the part is gone.
        BadValue: the coordinates are none, or there is no place for them.
    """
    with archive.write(mark("Edit index point")) as writer:
        writer.belongs_to(interview_id)
        point = _point(writer, interview_id, point_id)
        writer.update("index_point", point_id, **_columns(writer, text, place_id=point.place_id))
    return writer.outcome(None)


def set_index_times(
    archive: Archive, interview_id: int, point_id: int, *, start_ms: int, end_ms: int | None
) -> Outcome[None]:
    """Say when a part begins and ends (None: where the next one begins).

    Raises: as ``add_index_point``; NotFound: the part is gone.
    """
    _check_times(start_ms, end_ms)
    with archive.write(mark("Set times of index point")) as writer:
        writer.belongs_to(interview_id)
        point = _point(writer, interview_id, point_id)
        others = [one for one in writer.index_points(interview_id) if one.id != point_id]
        _refuse_twice(others, start_ms, but=point_id)
        if start_ms != point.start_ms:
            _end_at(writer, others, start_ms)
        writer.update("index_point", point_id, start_ms=start_ms, end_ms=end_ms)
    return writer.outcome(None)


def delete_index_point(archive: Archive, interview_id: int, point_id: int) -> Outcome[None]:
    """Take a part out of the table of contents; what was said stays as it is."""
    with archive.write(mark("Delete index point")) as writer:
        writer.belongs_to(interview_id)
        _point(writer, interview_id, point_id)
        writer.delete("index_point", point_id)
    return writer.outcome(None)


def keyword_names(reader: Reader, language: str) -> tuple[str, ...]:
    """Return what may be offered as keywords: the vocabulary's names in a language, each once."""
    names = [one.tag.name(language) for one in tag_tree(reader)]
    return tuple(sorted(dict.fromkeys(name for name in names if name), key=str.casefold))


def _check_times(start_ms: int, end_ms: int | None) -> None:
    if start_ms < 0 or (end_ms is not None and end_ms <= start_ms):
        raise BadValue(tr("A part of an interview cannot end before it begins. "
                          "Nothing was changed."))  # fmt: skip


def _point(reader: Reader, interview_id: int, point_id: int) -> IndexPoint:
    for point in reader.index_points(interview_id):
        if point.id == point_id:
            return point
    raise NotFound(tr("This index point is not in the archive any more. Nothing was changed."))


def _refuse_twice(points: Sequence[IndexPoint], start_ms: int, *, but: int) -> None:
    for point in points:
        if point.start_ms == start_ms and point.id != but:
            raise Conflict(
                tr("“{title}” begins at {time} already. Nothing was changed. Choose another time, "
                   "or edit that one.",
                   title=point.title, time=format_timecode(start_ms))
            )  # fmt: skip


def _end_at(writer: Writer, points: Sequence[IndexPoint], start_ms: int) -> None:
    """End the parts that would reach into one that begins at a time."""
    for point in points:
        if point.end_ms is not None and point.start_ms < start_ms < point.end_ms:
            writer.update("index_point", point.id, end_ms=start_ms)


def _columns(writer: Writer, text: PointText, *, place_id: int | None) -> dict[str, object]:
    values: dict[str, object] = {}
    if text.title is not None:
        values["title"] = " ".join(clean_value(text.title).split())
    if text.synopsis is not None:
        values["synopsis"] = clean_value(text.synopsis)
    for name in ("keywords", "subjects"):
        given = getattr(text, name)
        if given is not None:
            words = (" ".join(clean_value(word).split()) for word in given)
            values[name] = tuple(dict.fromkeys(word for word in words if word))
    if text.place is not None:
        place_id = place_named(writer, " ".join(clean_value(text.place).split()))
        values["place_id"] = place_id
    if text.coordinates is not None:
        _set_coordinates(writer, place_id, text.coordinates)
    return values


def _set_coordinates(writer: Writer, place_id: int | None, text: str) -> None:
    where = parse_coordinates(text)
    if place_id is None:
        if where is not None:
            raise BadValue(tr("Name the place first: coordinates belong to a place."))
        return
    latitude, longitude = where or (None, None)
    writer.update("place", place_id, latitude=latitude, longitude=longitude)
