"""The sample's dossiers: one for each layout, from ``resources/sample/archive.json``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from archive_app.domain.records import Turn
from archive_app.domain.rich_text import from_json, to_json
from archive_app.paths import resource_path
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer
from archive_app.work import dossier_sources
from archive_app.work.dossier_collected import Collected, Texts
from archive_app.work.dossier_parts import ALT, take_in_picture
from archive_app.work.dossier_rows import (
    HEADING,
    INTERVIEW,
    PASSAGE,
    PICTURE,
    POINT,
    TEXT,
    insert_items,
)

Described = Mapping[str, Any]
Told = tuple[int, int, Sequence[Turn]]
"""An interview's id, its first transcript's id, and that one's turns."""


def take_in_pictures(archive: Archive, described: Sequence[Described]) -> dict[str, str]:
    """Put the dossiers' pictures into the archive; their places in it by their names."""
    names = {rest[0] for one in described for kind, *rest in one["items"] if kind == PICTURE}
    return {name: take_in_picture(archive, resource_path("sample", name)) for name in sorted(names)}


def add_dossier(
    writer: Writer,
    described: Described,
    interviews: Mapping[str, Told],
    pictures: Mapping[str, str],
) -> None:
    """Write a dossier as it is described; ``interviews`` by accession number."""
    dossier_id = writer.insert(
        "dossier",
        title=described["title"],
        description=described["description"],
        settings=described.get("settings", {}),
    )
    makers: dict[str, Callable[..., dict[str, Any]]] = {
        HEADING: _heading,
        TEXT: lambda blocks: {"body": to_json(from_json(json.dumps(blocks)))},
        PICTURE: lambda name, caption, alt: {
            "picture": pictures[name], "text": caption, "settings": {ALT: alt},
        },
        INTERVIEW: lambda accession: Texts(writer).columns(Collected(interviews[accession][0])),
        PASSAGE: lambda accession, first, last, more=None: Texts(writer).columns(
            _collected(interviews[accession], first, last, more or {})
        ),
        POINT: lambda accession, number, comment="": _point(
            writer, interviews[accession][0], number, comment
        ),
    }  # fmt: skip
    rows = [{"kind": kind, **makers[kind](*rest)} for kind, *rest in described["items"]]
    insert_items(writer, writer.dossier(dossier_id), rows, None)


def _heading(text: str, level: int = 1) -> dict[str, Any]:
    return {"text": text, "level": level}


def _collected(told: Told, first: int, last: int, more: Described) -> Collected:
    """Return turns by their numbers from 1, from and to certain words if these are named."""
    interview_id, transcript_id, turns = told
    opening, closing = turns[first - 1], turns[last - 1]
    start, end = 0, None
    if words := more.get("from"):
        start = opening.text.index(words)
    if words := more.get("to"):
        end = closing.text.index(words) + len(words)
    return Collected(
        interview_id, transcript_id, opening.id, closing.id,
        comment=more.get("comment", ""), start=start, end=end,
    )  # fmt: skip


def _point(writer: Writer, interview_id: int, number: int, comment: str) -> dict[str, Any]:
    point = writer.index_points(interview_id)[number - 1]
    return {
        "interview_id": interview_id,
        "index_point_id": point.id,
        "text": comment,
        "seen": dossier_sources.of_point(point),
    }
