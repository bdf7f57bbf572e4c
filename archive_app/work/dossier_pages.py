"""A kept dossier's items as what ``dossier.contents`` knows: the way from outline to pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from archive_app.domain.records import Dossier, DossierItem
from archive_app.domain.rich_text import RichText, from_json
from archive_app.errors import BadValue
from archive_app.translation import trn
from archive_app.work.dossier_copies import Copies, Source
from archive_app.work.dossier_parts import ALT
from archive_app.work.dossier_rows import HEADING, INTERVIEW, PASSAGE, PICTURE, POINT, TEXT

if TYPE_CHECKING:
    from archive_app.dossier.contents import DossierPart, Picture

WITHOUT_TRANSLATIONS = "no"
"""The setting "translations" of a dossier that shows interviews in their own language only."""


def shows_translations(dossier: Dossier) -> bool:
    """Return whether whole interviews come with their translations."""
    return dossier.settings.get("translations") != WITHOUT_TRANSLATIONS


def parts_of(
    dossier: Dossier, copies: Copies, picture: Callable[[str, str, str], Picture | None]
) -> list[DossierPart]:
    """Return what goes into the pages, in the outline's order.

    Passages of one interview in a row stay together. A heading under which
    nothing is left is left out too: it would tell of what is closed.

    Args:
        dossier: worded for the audience; its items were gathered in ``copies``.
        copies: the interviews, released.
        picture: gives a kept picture by its file, caption and alternative text.
    """
    found: list[DossierPart | DossierItem | None] = []
    for item in dossier.items:
        if item.kind == HEADING:
            found.append(item)
            continue
        part = _part(item, copies, picture, has_translations=shows_translations(dossier))
        if not _joined(found, part):
            found.append(part)
    return _under_headings(found)


def _part(
    item: DossierItem,
    copies: Copies,
    picture: Callable[[str, str, str], Picture | None],
    *,
    has_translations: bool,
) -> DossierPart | None:
    """Return what an item puts into the pages; None: it is closed, or gone."""
    from archive_app.dossier.contents import (
        Excerpts,
        Passage,
        Prose,
        Segment,
        Wanted,
        WholeInterview,
    )

    if item.kind == TEXT:
        return Prose(rich_text_of(item))
    if item.kind == PICTURE:
        return picture(item.picture, item.text, item.settings.get(ALT, ""))
    source = copies.of(item)
    if source is None:
        return None
    if item.kind == POINT:
        number = source.point_number(item)
        return None if number is None else Segment(source.copy, number, comment=item.text)
    if item.kind == INTERVIEW:
        wanted: Wanted = Wanted.ALL if has_translations else Wanted.ORIGINAL
        return WholeInterview(source.copy, wanted=wanted, comment=item.text)
    stretch = source.stretch(item)
    if stretch is None:
        return None
    first, last = stretch.turns[0].n, stretch.turns[-1].n
    passage = Passage(
        stretch.transcript.uuid, first, last,
        comment=item.text, start=stretch.start, end=stretch.end,
    )  # fmt: skip
    return Excerpts(source.copy, (passage,))


def _joined(found: list[DossierPart | DossierItem | None], part: DossierPart | None) -> bool:
    """Put a passage to those of the same interview right before it; tell whether that was done."""
    from archive_app.dossier.contents import Excerpts

    before = found[-1] if found else None
    if (
        not isinstance(part, Excerpts)
        or not isinstance(before, Excerpts)
        or before.interview is not part.interview
    ):
        return False
    found[-1] = replace(before, passages=(*before.passages, *part.passages))
    return True


def _under_headings(found: Sequence[DossierPart | DossierItem | None]) -> list[DossierPart]:
    """Return the parts with those headings that stand over something, or over nothing at all."""
    from archive_app.dossier.contents import Heading

    over: list[tuple[int, int]] = []
    """Headings that what comes next stands under: their levels and places."""
    has_part: set[int] = set()
    has_lost: set[int] = set()
    for place, one in enumerate(found):
        if isinstance(one, DossierItem):
            over = [each for each in over if each[0] < one.level]
            over.append((one.level, place))
        else:
            (has_lost if one is None else has_part).update(each[1] for each in over)
    silent = has_lost - has_part
    parts: list[DossierPart] = []
    for place, one in enumerate(found):
        if isinstance(one, DossierItem):
            if place not in silent:
                parts.append(Heading(one.text, level=one.level))
        elif one is not None:
            parts.append(one)
    return parts


def rich_text_of(item: DossierItem) -> RichText:
    """Return a text's words; nothing where what is kept is damaged."""
    try:
        return from_json(item.body)
    except BadValue:
        return ()


def is_there(item: DossierItem, source: Source | None) -> bool:
    """Tell whether an audience may see a gathered item."""
    if item.kind in (HEADING, TEXT, PICTURE):
        return True
    if source is None:
        return False
    if item.kind == PASSAGE:
        return source.stretch(item) is not None
    return item.kind != POINT or source.point_number(item) is not None


def left_out_of(items: Sequence[DossierItem]) -> tuple[str, ...]:
    """Return sentences on what is left out of the pages, without a name or a word of it."""
    kinds = [item.kind for item in items]
    said: list[str] = []
    if passages := kinds.count(PASSAGE):
        said.append(
            trn("{count} passage was left out: it is closed to this audience, or its words are "
                "gone.",
                "{count} passages were left out: they are closed to this audience, or their "
                "words are gone.", passages)
        )  # fmt: skip
    if interviews := kinds.count(INTERVIEW):
        said.append(
            trn("{count} interview was left out: it is closed to this audience.",
                "{count} interviews were left out: they are closed to this audience.", interviews)
        )  # fmt: skip
    if points := kinds.count(POINT):
        said.append(
            trn("{count} index point was left out: it is closed to this audience, or gone.",
                "{count} index points were left out: they are closed to this audience, or gone.",
                points)
        )  # fmt: skip
    if pictures := kinds.count(PICTURE):
        said.append(
            trn("{count} picture was left out: its file is missing or damaged.",
                "{count} pictures were left out: their files are missing or damaged.", pictures)
        )  # fmt: skip
    return tuple(said)
