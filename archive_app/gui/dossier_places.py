"""On which page an item of the outline stands, as far as the bookmarks of the pages tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.work.collected import Outline, OutlineItem
from archive_app.work.collecting import HEADING


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark of a PDF; the page is counted from 0."""

    title: str
    page: int


def page_of(item_id: int, outline: Outline, bookmarks: Sequence[Bookmark]) -> int | None:
    """Return the page of an item, or of the last before it that has a bookmark; None: not known.

    Headings and interviews have bookmarks, in the outline's order; one that occurs
    twice is found twice. An item that is not open to the audience has none.
    """
    page: int | None = None
    at = 0
    for one in outline.items:
        found = _find(one, bookmarks, at)
        if found is not None:
            page, at = bookmarks[found].page, found + 1
        if one.item.id == item_id:
            return page
    return None


def _find(one: OutlineItem, bookmarks: Sequence[Bookmark], start: int) -> int | None:
    title = one.text if one.item.kind == HEADING else one.title
    wanted = " ".join(title.split())
    if not wanted or not one.is_there:
        return None
    return next(
        (n for n in range(start, len(bookmarks))
         if " ".join(bookmarks[n].title.split()) in (wanted, f"{one.accession} {wanted}")),
        None,
    )  # fmt: skip
