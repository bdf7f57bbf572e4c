"""A scholar's own words in a dossier, as an audience may read them."""

from __future__ import annotations

from dataclasses import replace

from archive_app.domain.names import HiddenNames
from archive_app.domain.records import Dossier, DossierItem
from archive_app.domain.rich_text import RichBlock, RichText, mapped, to_json
from archive_app.work.dossier_design import DESIGN_KEYS
from archive_app.work.dossier_pages import rich_text_of
from archive_app.work.dossier_parts import COVER
from archive_app.work.dossier_rows import CUT, TEXT

_SAID_AS_IT_IS = DESIGN_KEYS | {COVER, "basket", "translations"}
"""Settings that are no words of the scholar's."""


def worded(dossier: Dossier, names: HiddenNames) -> Dossier:
    """Return a dossier whose scholar's own words name nobody who must not be named."""
    if not names:
        return dossier
    return replace(
        dossier,
        title=names.hidden(dossier.title),
        author=names.hidden(dossier.author),
        description=names.hidden(dossier.description),
        settings={
            key: value if key in _SAID_AS_IT_IS else names.hidden(value)
            for key, value in dossier.settings.items()
        },
        items=tuple(_worded_item(item, names) for item in dossier.items),
    )


def fields_worded(kept: Dossier, shown: Dossier) -> frozenset[str]:
    """Return what of a dossier's title, author, description and settings reads otherwise.

    Whoever stored it as it reads would lose what is kept.
    """
    fields = {
        name
        for name in ("title", "author", "description")
        if getattr(kept, name) != getattr(shown, name)
    }
    others = {key for key, text in kept.settings.items() if shown.settings.get(key) != text}
    return frozenset(fields | others)


def is_worded(kept: DossierItem, names: HiddenNames) -> bool:
    """Tell whether an item's words read otherwise than they are kept."""
    if not names:
        return False
    texts = [kept.text, *(text for key, text in kept.settings.items() if key != CUT)]
    if kept.kind == TEXT:
        rich = rich_text_of(kept)
        if _worded_text(rich, names) != rich:
            return True
    return any(names.hidden(text) != text for text in texts)


def _worded_text(text: RichText, names: HiddenNames) -> RichText:
    return tuple(_worded_block(block, names) for block in mapped(text, names.hidden))


def _worded_block(block: RichBlock, names: HiddenNames) -> RichBlock:
    """Return a block in which no name stands parted between two looks either."""
    if not names.leaks(block.text):
        return block
    first, notes = block.runs[0], " ".join(run.note for run in block.runs if run.note)
    return replace(block, runs=(replace(first, text=names.hidden(block.text), note=notes),))


def _worded_item(item: DossierItem, names: HiddenNames) -> DossierItem:
    if item.kind == TEXT:
        item = replace(item, body=to_json(_worded_text(rich_text_of(item), names)))
    if item.settings.keys() - {CUT}:
        settings = {
            key: value if key == CUT else names.hidden(value)
            for key, value in item.settings.items()
        }
        item = replace(item, settings=settings)
    return replace(item, text=names.hidden(item.text)) if item.text else item
