"""The basket: what a scholar lays aside while reading, to be put into a dossier later.

It is a dossier of its own that no list shows; there is one in an archive.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive_app.domain.records import Dossier, Outcome
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.translation import mark, tr
from archive_app.work.dossier_collected import Collected, collect_into, item_key
from archive_app.work.dossier_rows import YES, positions_behind

BASKET = "basket"
"""The setting by which a dossier is the basket."""


def is_basket(dossier: Dossier) -> bool:
    """Tell whether a dossier is the basket."""
    return dossier.settings.get(BASKET) == YES


def basket_of(archive: Archive) -> int | None:
    """Return the basket as a dossier's id; None: nothing was ever laid aside."""
    with archive.read() as reader:
        return _found(reader)


def put_in_basket(archive: Archive, collected: Sequence[Collected]) -> Outcome[tuple[int, ...]]:
    """Lay passages and interviews aside and return the items' ids; each is there once.

    Raises:
        BadValue: a turn is not of its transcript.
    """
    with archive.write(mark("Put in basket")) as writer:
        basket = _found(writer)
        if basket is None:
            basket = writer.insert("dossier", title=tr("Basket"), settings={BASKET: YES})
        ids = collect_into(writer, basket, collected, None)
    return writer.outcome(ids)


def pour_basket(
    archive: Archive, dossier_id: int, *, after_item: int | None = None
) -> Outcome[tuple[int, ...]]:
    """Move all that lies in the basket into a dossier and return the items' ids.

    What the dossier has already is taken out of the basket and not put in twice.
    """
    with archive.write(mark("Pour basket into dossier")) as writer:
        basket, dossier = _found(writer), writer.dossier(dossier_id)
        items = writer.dossier(basket).items if basket is not None else ()
        known = {item_key(item): item.id for item in dossier.items}
        new = [item for item in items if item_key(item) not in known]
        positions = positions_behind(writer, dossier, len(new), after_item)
        writer.update_many(
            "dossier_item",
            [
                {"id": item.id, "dossier_id": dossier_id, "position": position}
                for item, position in zip(new, positions, strict=True)
            ],
        )
        writer.delete_many("dossier_item", [one.id for one in items if item_key(one) in known])
        ids = tuple(known.get(item_key(item), item.id) for item in items)
    return writer.outcome(ids)


def _found(reader: Reader) -> int | None:
    return next((one.id for one in reader.dossiers_only() if is_basket(one)), None)
