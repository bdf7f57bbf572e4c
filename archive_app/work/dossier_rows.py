"""What every change to a dossier's outline shares: kinds of items, their words, their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archive_app.domain.ordering import positions_for
from archive_app.domain.records import Dossier, DossierItem
from archive_app.errors import BadValue
from archive_app.store.writing import Writer
from archive_app.translation import tr

HEADING, PASSAGE, INTERVIEW = "heading", "passage", "interview"
TEXT, PICTURE, POINT = "text", "picture", "point"

CUT = "cut"
"""The setting of a passage that begins or ends inside a turn; else it takes whole turns."""
YES = "yes"


def is_cut(item: DossierItem) -> bool:
    """Tell whether a passage's offsets count; if not, its turns go in whole."""
    return item.settings.get(CUT) == YES


def titled(text: str) -> str:
    """Return a name without superfluous white space.

    Raises:
        BadValue: there is none.
    """
    text = " ".join(text.split())
    if not text:
        raise BadValue(tr("It needs a name. Nothing was changed."))
    return text


def insert_items(
    writer: Writer, dossier: Dossier, rows: Sequence[Mapping[str, Any]], after: int | None
) -> list[int]:
    """Put new items behind one, or at the end, and return their ids."""
    new = positions_behind(writer, dossier, len(rows), after)
    return writer.insert_many(
        "dossier_item",
        [
            {"dossier_id": dossier.id, **row, "position": position}
            for row, position in zip(rows, new, strict=True)
        ],
    )


def positions_behind(writer: Writer, dossier: Dossier, count: int, after: int | None) -> list[int]:
    """Return positions for so many new items behind one, or at the end; others make room."""
    items = dossier.items
    place = next((n for n, item in enumerate(items, 1) if item.id == after), len(items))
    current: list[int | None] = [item.position for item in items]
    current[place:place] = [None] * count
    positions = positions_for(current)
    new = positions[place : place + count]
    positions[place : place + count] = []
    _move(writer, items, positions)
    return new


def order_items(writer: Writer, ordered: Sequence[DossierItem]) -> None:
    """Let items stand in this order; as few rows as possible are written."""
    _move(writer, ordered, positions_for([item.position for item in ordered]))


def _move(writer: Writer, items: Sequence[DossierItem], positions: Sequence[int]) -> None:
    writer.update_many(
        "dossier_item",
        [
            {"id": item.id, "position": position}
            for item, position in zip(items, positions, strict=True)
            if item.position != position
        ],
    )
