"""What goes into a kept dossier's pages, from released copies only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from archive_app import __version__
from archive_app.domain.records import Audience, Dossier
from archive_app.store.archive import Archive
from archive_app.translation import current_language
from archive_app.work.access import Hidden
from archive_app.work.dossier_copies import Copies
from archive_app.work.dossier_design import design_of
from archive_app.work.dossier_pages import is_there, left_out_of, parts_of
from archive_app.work.dossier_parts import COVER, COVER_ALT
from archive_app.work.dossier_pictures import Pictures
from archive_app.work.dossier_rows import INTERVIEW, PASSAGE, PICTURE, POINT
from archive_app.work.dossier_selection import Selection
from archive_app.work.dossier_words import worded

if TYPE_CHECKING:
    from archive_app.dossier.contents import DossierContents, DossierPart


_LEAST_PAGES = {INTERVIEW: 0.4, PASSAGE: 0.08, POINT: 0.05}
"""How much of a page an item fills, rather too little than too much."""


@dataclass(frozen=True, slots=True)
class KeptPages:
    """What goes into a kept dossier's PDF, and what does not."""

    selection: Selection
    """What its cover says; nothing is chosen by it."""
    parts: tuple[DossierPart, ...]
    left_out: tuple[str, ...]
    """Sentences for the scholar, without a name or a word of testimony."""
    hidden: Hidden
    contents: DossierContents
    """Everything that goes in, as ``dossier.build`` takes it."""
    is_whole: bool = True
    """False: only the first pages were asked for, and there are more items."""
    interviews_left_out: tuple[int, ...] = ()
    """Ids of interviews of which nothing goes in."""


def contents_of(
    archive: Archive,
    dossier_id: int,
    *,
    audience: Audience,
    on: date,
    first_pages: int | None = None,
    settings: Mapping[str, str] | None = None,
) -> KeptPages:
    """Return what goes into a dossier's PDF; passages of one interview in a row stay together.

    A passage whose turns are gone, or closed to the audience, is left out and told of.
    With ``first_pages`` only the items that so many pages can hold are looked at.
    ``settings`` stand in place of the kept ones of the same names, this once.

    Raises:
        NotFound: the dossier is gone.
    """
    with archive.read() as reader:
        copies = Copies(reader, audience, on)
        found = reader.dossier(dossier_id)
        found = replace(found, settings={**found.settings, **(settings or {})})
        whole = worded(found, copies.names)
        dossier = _cut(whole, first_pages)
        copies.gather(dossier.items)
        pictures = Pictures(archive)
        parts = tuple(parts_of(dossier, copies, pictures.of))
        missing = [item for item in dossier.items if not is_there(item, copies.of(item))]
        missing += [
            item
            for item in dossier.items
            if item.kind == PICTURE and pictures.of(item.picture, "", "") is None
        ]
        name = copies.names.hidden(archive.name)
        gone = {i.interview_id for i in missing} - {i.interview_id for i in dossier.items
                                                    if is_there(i, copies.of(i))}  # fmt: skip
    return KeptPages(
        _selection_of(dossier),
        parts,
        left_out_of(missing),
        copies.hidden,
        _contents(dossier, parts, pictures, audience=audience, on=on, archive_name=name),
        is_whole=len(dossier.items) == len(whole.items),
        interviews_left_out=tuple(sorted(one for one in gone if one is not None)),
    )


def _contents(
    dossier: Dossier,
    parts: tuple[DossierPart, ...],
    pictures: Pictures,
    *,
    audience: Audience,
    on: date,
    archive_name: str,
) -> DossierContents:
    from archive_app.dossier.contents import DossierContents

    settings = dossier.settings
    return DossierContents(
        title=dossier.title or archive_name,
        subtitle=settings.get("subtitle", ""),
        author=dossier.author,
        description=dossier.description,
        audience=audience,
        on=on,
        interviews=parts,
        contact=settings.get("contact", ""),
        language=current_language().replace("_", "-"),
        made_by=f"Oral History Archive {__version__}",
        design=design_of(dossier),
        cover=pictures.of(settings.get(COVER, ""), "", settings.get(COVER_ALT, "")),
        method=settings.get("method", ""),
        keywords=keywords_of(settings.get("keywords", "")),
    )


def keywords_of(text: str) -> tuple[str, ...]:
    """Return key words that were written in one line, parted by semicolons or commas."""
    parts = text.replace(",", ";").split(";")
    return tuple(dict.fromkeys(word.strip() for word in parts if word.strip()))


def _selection_of(dossier: Dossier) -> Selection:
    return Selection(
        title=dossier.title,
        subtitle=dossier.settings.get("subtitle", ""),
        author=dossier.author,
        description=dossier.description,
        paper=design_of(dossier).paper.value,
        design=design_of(dossier),
    )


def _cut(dossier: Dossier, first_pages: int | None) -> Dossier:
    """Return a dossier up to what surely fills so many pages."""
    if first_pages is None:
        return dossier
    filled = 0.0
    for place, item in enumerate(dossier.items):
        if filled > first_pages + 1:
            return replace(dossier, items=dossier.items[:place])
        filled += _LEAST_PAGES.get(item.kind, 0.0)
    return dossier
