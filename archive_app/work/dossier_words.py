"""A scholar's own words in a dossier, as an audience may read them."""

from __future__ import annotations

from dataclasses import replace

from archive_app.domain.names import HiddenNames
from archive_app.domain.records import Dossier, DossierItem
from archive_app.domain.rich_text import mapped, to_json
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


def _worded_item(item: DossierItem, names: HiddenNames) -> DossierItem:
    if item.kind == TEXT:
        item = replace(item, body=to_json(mapped(rich_text_of(item), names.hidden)))
    if item.settings.keys() - {CUT}:
        settings = {
            key: value if key == CUT else names.hidden(value)
            for key, value in item.settings.items()
        }
        item = replace(item, settings=settings)
    return replace(item, text=names.hidden(item.text)) if item.text else item
