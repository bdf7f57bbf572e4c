"""How a dossier is laid out, between ``dossier.design`` and the settings that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from archive_app.domain.citation_styles import CitationStyle
from archive_app.domain.records import Dossier
from archive_app.dossier.design import (
    Design,
    Family,
    Grouping,
    Layout,
    Marks,
    Paper,
    Speakers,
    Times,
)

E = TypeVar("E", bound=StrEnum)

_MOST_SECONDS = 86_400

_CHOICES: Mapping[str, type[StrEnum]] = {
    "layout": Layout,
    "paper": Paper,
    "family": Family,
    "grouping": Grouping,
    "speakers": Speakers,
    "times": Times,
    "marks": Marks,
    "citation_style": CitationStyle,
}
_FLAGS = {
    "facing": "is_facing",
    "line_numbers": "has_line_numbers",
    "index": "has_index",
    "links": "has_links",
    "qr": "has_qr",
    "data": "has_data",
}
"""The settings that are "yes" or "no", and the fields of Design they stand for."""
_STEP = "time_step_s"

DESIGN_KEYS = frozenset((*_CHOICES, *_FLAGS, _STEP))
"""The settings of a dossier that say how it is laid out."""


def design_of(dossier: Dossier) -> Design:
    """Return a dossier's design; what it does not say, or says wrongly, is the default."""
    return design_from(dossier.settings)


def design_from(kept: Mapping[str, str]) -> Design:
    """Return what settings say of a design; what they do not say is the default."""
    plain = Design()
    return Design(
        layout=_chosen(Layout, kept.get("layout"), plain.layout),
        paper=_chosen(Paper, kept.get("paper"), plain.paper),
        family=_chosen(Family, kept.get("family"), plain.family),
        is_facing=_flag(kept, "facing", plain.is_facing),
        grouping=_chosen(Grouping, kept.get("grouping"), plain.grouping),
        speakers=_chosen(Speakers, kept.get("speakers"), plain.speakers),
        times=_chosen(Times, kept.get("times"), plain.times),
        time_step_s=_seconds(kept.get(_STEP, ""), plain.time_step_s),
        has_line_numbers=_flag(kept, "line_numbers", plain.has_line_numbers),
        marks=_chosen(Marks, kept.get("marks"), plain.marks),
        citation_style=_chosen(CitationStyle, kept.get("citation_style"), plain.citation_style),
        has_index=_flag(kept, "index", plain.has_index),
        has_links=_flag(kept, "links", plain.has_links),
        has_qr=_flag(kept, "qr", plain.has_qr),
        has_data=_flag(kept, "data", plain.has_data),
    )


def settings_of(design: Design) -> dict[str, str]:
    """Return a design as settings, to be stored by ``work.collecting.edit_dossier``."""
    choices = {name: str(getattr(design, name).value) for name in _CHOICES}
    flags = {key: "yes" if getattr(design, name) else "no" for key, name in _FLAGS.items()}
    return {**choices, **flags, _STEP: str(design.time_step_s)}


def _chosen(kind: type[E], value: str | None, default: E) -> E:
    try:
        return kind((value or default).lower())
    except ValueError:
        return default


def _flag(kept: Mapping[str, str], key: str, default: bool) -> bool:
    return {"yes": True, "no": False}.get(kept.get(key, ""), default)


def _seconds(value: str, default: int) -> int:
    is_number = value.isascii() and value.isdecimal() and len(value) < 9
    return int(value) if is_number and 1 <= int(value) <= _MOST_SECONDS else default
