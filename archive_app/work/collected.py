"""What a kept dossier shows: its outline and its pages, from released copies only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from archive_app.domain.records import Audience, Dossier, DossierExport, DossierItem, Outcome
from archive_app.domain.rich_text import RichText
from archive_app.store.archive import Archive
from archive_app.translation import mark
from archive_app.work.baskets import is_basket
from archive_app.work.dossier_contents import KeptPages, contents_of
from archive_app.work.dossier_copies import Copies, Source
from archive_app.work.dossier_pages import (
    WITHOUT_TRANSLATIONS,
    is_there,
    rich_text_of,
    shows_translations,
)
from archive_app.work.dossier_pictures import picture_path
from archive_app.work.dossier_rows import HEADING, INTERVIEW, PASSAGE, PICTURE, POINT, TEXT
from archive_app.work.dossier_sources import has_changed
from archive_app.work.dossier_words import fields_worded, is_worded, worded

__all__ = [
    "WITHOUT_TRANSLATIONS",
    "KeptPages",
    "Outline",
    "OutlineItem",
    "accept_changes",
    "contents_of",
    "exports_of",
    "interviews_in",
    "kept_dossiers",
    "outline",
    "shows_translations",
]

CHANGED, GONE, CLOSED = "changed", "gone", "closed"
"""What ``OutlineItem.change`` may say."""


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A step of a dossier as an audience may see it."""

    item: DossierItem
    """Its text as the audience may read it; without places where it is not there."""
    is_there: bool = True
    """False: this audience may not see it, or its words are gone."""
    accession: str = ""
    title: str = ""
    speaker: str = ""
    """Everybody who speaks in the passage, in their order."""
    start_ms: int | None = None
    end_ms: int | None = None
    text: str = ""
    turns: int = 0
    level: int = 1
    """Of a heading."""
    change: str = ""
    """"changed" since it was collected or accepted, "gone", "closed" to this audience, or ""."""
    rich: RichText = ()
    """A text's own words."""
    picture: Path | None = None
    """A picture's file; None if it is missing."""
    is_worded: bool = False
    """Whether its own words hold a name that this audience may not read, and read otherwise."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A dossier with its steps, as an audience may see them on a date."""

    dossier: Dossier
    items: tuple[OutlineItem, ...]
    worded: frozenset[str] = frozenset()
    """What of the dossier's title, author, description and settings reads otherwise."""


def kept_dossiers(archive: Archive, *, audience: Audience) -> tuple[Dossier, ...]:
    """Return the dossiers, the oldest first, worded as an audience may read it, without items.

    The basket is not among them.
    """
    with archive.read() as reader:
        names = Copies(reader, audience, date.min).names
        return tuple(worded(one, names) for one in reader.dossiers_only() if not is_basket(one))


def outline(archive: Archive, dossier_id: int, *, audience: Audience, on: date) -> Outline:
    """Return a dossier's steps as an audience may see them.

    Raises:
        NotFound: the dossier is gone.
    """
    with archive.read() as reader:
        copies = Copies(reader, audience, on)
        kept = reader.dossier(dossier_id)
        dossier = worded(kept, copies.names)
        copies.gather(dossier.items)
        items = tuple(
            replace(_outlined(archive, item, copies), is_worded=is_worded(own, copies.names))
            for own, item in zip(kept.items, dossier.items, strict=True)
        )
    return Outline(dossier, items, fields_worded(kept, dossier))


def exports_of(
    archive: Archive, dossier_id: int, *, audience: Audience
) -> tuple[DossierExport, ...]:
    """Return what was made of a dossier for an audience and for wider ones, the newest first.

    What was made for those who see more may name, in its proof, what this one must not know of.
    """
    with archive.read() as reader:
        made = reader.dossier_exports(dossier_id)
    return tuple(one for one in made if one.audience.rank <= audience.rank)


def accept_changes(
    archive: Archive, item_ids: Sequence[int], *, audience: Audience, on: date
) -> Outcome[int]:
    """Take items' sources as they are now; they count as unchanged. Return how many that were.

    What the audience may not see, and what is gone, is left as it was.
    """
    with archive.write(mark("Accept changes in sources")) as writer:
        items = writer.dossier_items(item_ids)
        copies = Copies(writer, audience, on)
        copies.gather(items)
        rows = [
            {"id": item.id, "seen": now}
            for item in items
            if (source := copies.of(item)) is not None
            and is_there(item, source)
            and (now := source.fingerprint(item)) not in ("", item.seen)
        ]
        writer.update_many("dossier_item", rows)
    return writer.outcome(len(rows))


def interviews_in(dossier: Dossier) -> list[int]:
    """Return the interviews a dossier draws on, in its order, each once."""
    return list(dict.fromkeys(i.interview_id for i in dossier.items if i.interview_id is not None))


def _outlined(archive: Archive, item: DossierItem, copies: Copies) -> OutlineItem:
    if item.kind == HEADING:
        return OutlineItem(item, text=item.text, level=item.level)
    if item.kind == TEXT:
        rich = rich_text_of(item)
        return OutlineItem(item, text=" ".join(block.text for block in rich), rich=rich)
    if item.kind == PICTURE:
        return OutlineItem(item, text=item.text, picture=picture_path(archive, item.picture))
    source = copies.of(item)
    change = _change(item, source, for_staff=copies.audience is Audience.STAFF)
    if source is None or not is_there(item, source):
        bare = replace(item, text="", interview_id=None, transcript_id=None, span=None, seen="")
        return OutlineItem(bare, is_there=False, change=change)
    shown = OutlineItem(
        item, accession=source.copy.accession, title=source.copy.title, change=change
    )
    if item.kind == POINT:
        return _with_point(shown, source)
    return _with_passage(shown, source) if item.kind == PASSAGE else shown


def _with_passage(shown: OutlineItem, source: Source) -> OutlineItem:
    stretch = source.stretch(shown.item)
    assert stretch is not None, "it is there"
    turns = stretch.turns
    return replace(
        shown,
        speaker=", ".join(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)),
        start_ms=turns[0].start_ms,
        end_ms=turns[-1].end_ms,
        text=stretch.text,
        turns=len(turns),
    )


def _with_point(shown: OutlineItem, source: Source) -> OutlineItem:
    number = source.point_number(shown.item)
    assert number is not None, "it is there"
    point = source.copy.index_points[number]
    text = f"{point.title} — {point.synopsis}" if point.synopsis else point.title
    return replace(shown, start_ms=point.start_ms, end_ms=point.end_ms, text=text)


def _change(item: DossierItem, source: Source | None, *, for_staff: bool) -> str:
    if source is None:
        return CLOSED
    if not is_there(item, source):
        return GONE if source.is_gone(item) else CLOSED
    if item.kind == PASSAGE and not for_staff:
        stretch = source.stretch(item)
        if stretch is not None and stretch.has_marks:
            return ""  # that something closed was changed is for staff to know
    if item.kind == INTERVIEW and not for_staff and source.copy.withheld:
        return ""
    return CHANGED if has_changed(item, source.fingerprint(item)) else ""
