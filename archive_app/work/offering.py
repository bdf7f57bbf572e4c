"""What a dossier can be filled from, as an audience may see it: interviews, points, tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from archive_app.domain.records import Audience
from archive_app.domain.timecode import format_timecode
from archive_app.store.archive import Archive
from archive_app.work.access import released
from archive_app.work.library import Listing, listing_for
from archive_app.work.vocabulary import PATH_SEPARATOR, tag_tree

BLOCK = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose: its id, or the path by which ``work`` finds it, and its words."""

    key: int | str
    text: str


def offered_interviews(archive: Archive, *, audience: Audience, on: date) -> tuple[Offer, ...]:
    """Return the interviews that an audience may list, by accession number."""
    if audience is not Audience.STAFF:
        rows = listing_for(archive, audience, on).rows
    else:
        with archive.read() as reader:
            ids = list(reader.interview_ids())
            blocks = (ids[start : start + BLOCK] for start in range(0, len(ids), BLOCK))
            rows = tuple(row for block in blocks for row in reader.interview_rows(block))
    return tuple(
        Offer(row.id, "  ".join(part for part in (row.accession, row.title, row.date) if part))
        for row in rows
    )


def offered_points(
    archive: Archive, interview_id: int, *, audience: Audience, on: date
) -> tuple[Offer, ...]:
    """Return the points of an interview's contents that an audience may see, in their order."""
    with archive.read() as reader:
        copy = released(reader, interview_id, audience=audience, on=on)
        kept = reader.index_points(interview_id)
    # A released copy has them all or none: it closes the whole of the contents.
    if copy is None or len(copy.index_points) != len(kept):
        return ()
    return tuple(
        Offer(one.id, f"{format_timecode(shown.start_ms)}  {shown.title}")
        for one, shown in zip(kept, copy.index_points, strict=True)
    )


def offered_collections(archive: Archive, *, audience: Audience, on: date) -> tuple[Offer, ...]:
    """Return the collections that hold what an audience may list, by their paths."""
    if audience is not Audience.STAFF:
        return _paths(listing_for(archive, audience, on), " / ")
    with archive.read() as reader:
        known = {one.id: one for one in reader.collections()}
    found: set[tuple[str, ...]] = set()
    for one in known.values():
        path, above = (one.title,), one.parent_id
        while above is not None:
            path, above = (known[above].title, *path), known[above].parent_id
        found.add(path)
    return tuple(Offer(" / ".join(path), " / ".join(path)) for path in sorted(found))


def offered_tags(archive: Archive, *, audience: Audience, on: date) -> tuple[Offer, ...]:
    """Return the tags that are laid on what an audience may see, by their paths."""
    if audience is not Audience.STAFF:
        lines = listing_for(archive, audience, on).lines
        paths: Iterable[tuple[str, ...]] = {path for line in lines for path in line.tags}
    else:
        with archive.read() as reader:
            paths = [one.path for one in tag_tree(reader)]
    return tuple(Offer(PATH_SEPARATOR.join(path), " / ".join(path)) for path in sorted(paths))


def _paths(listing: Listing, between: str) -> tuple[Offer, ...]:
    found = {line.collections[:end] for line in listing.lines
             for end in range(1, len(line.collections) + 1)}  # fmt: skip
    return tuple(Offer(between.join(path), between.join(path)) for path in sorted(found))
