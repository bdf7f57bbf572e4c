"""Narrowing and ordering another audience's list: in its released lines and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archive_app.domain.records import InterviewRow, Status
from archive_app.gui.collection_tree import Shelf
from archive_app.work.library import ListedRow, Listing

_NUMBER = re.compile(r"(\d+)")
_RANK = {status: rank for rank, status in enumerate(Status, 1)}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the list is narrowed to, and how it is ordered."""

    shelf: Shelf
    text: str
    status: Status | None
    """None for every status."""
    sort: str
    is_descending: bool


def narrowed(listing: Listing, narrow: Narrowed) -> list[InterviewRow]:
    """Return the lines that fit, in order; what has no value to sort by comes last."""
    rows = [line.row for line in listing.lines if _fits(line, narrow)]
    rows.sort(key=lambda row: _natural(row.accession), reverse=narrow.is_descending)
    if narrow.sort != "accession":
        key = _key(narrow.sort)
        rows.sort(key=key, reverse=narrow.is_descending)
        rows.sort(key=lambda row: not key(row))
    return rows


def _fits(line: ListedRow, narrow: Narrowed) -> bool:
    path = narrow.shelf.path
    if narrow.shelf.kind == "collection" and line.collections[: len(path)] != path:
        return False
    if narrow.shelf.kind == "tag" and not any(tag[: len(path)] == path for tag in line.tags):
        return False
    row = line.row
    if narrow.status is not None and row.status is not narrow.status:
        return False
    wanted = narrow.text.casefold()
    return any(wanted in text.casefold() for text in (row.accession, row.title, row.interviewees))


def _key(sort: str) -> Callable[[InterviewRow], Any]:
    if sort == "duration":
        return lambda row: row.duration_ms
    if sort == "turns":
        return lambda row: row.turns
    if sort == "status":
        return lambda row: _RANK[row.status]
    return lambda row: _natural(str(getattr(row, sort))) if getattr(row, sort) else ()


def _natural(text: str) -> tuple[tuple[int, int | str], ...]:
    return tuple(
        (0, int(part)) if part.isdecimal() else (1, part.casefold())
        for part in _NUMBER.split(text)
        if part
    )
