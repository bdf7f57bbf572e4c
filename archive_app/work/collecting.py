"""Dossiers that are kept: collecting passages, ordering them under headings.

A dossier is its scholar's own work on the archive, not a part of it: it may be
changed while the archive is looked at as another audience. What it shows comes
from released copies, whoever looks.

What a scholar writes and draws into a dossier is in ``work.dossier_parts``, the
basket in ``work.baskets``; their functions can be imported from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from archive_app.domain.records import Audience, Outcome, Span
from archive_app.errors import BadValue
from archive_app.store.archive import Archive
from archive_app.translation import mark, tr
from archive_app.work.access import released_all
from archive_app.work.baskets import basket_of, pour_basket, put_in_basket
from archive_app.work.dossier_collected import (
    Collected,
    Texts,
    collect_into,
)
from archive_app.work.dossier_parts import (
    add_heading,
    add_picture,
    add_points,
    add_text,
    edit_picture,
    edit_text,
    set_cover,
    set_levels,
)
from archive_app.work.dossier_rows import (
    CUT,
    HEADING,
    INTERVIEW,
    PASSAGE,
    PICTURE,
    POINT,
    TEXT,
    order_items,
    titled,
)
from archive_app.work.dossier_selection import Selection, chosen_interviews, excerpts

__all__ = [
    "HEADING",
    "INTERVIEW",
    "PASSAGE",
    "PICTURE",
    "POINT",
    "TEXT",
    "Collected",
    "add_heading",
    "add_items",
    "add_picture",
    "add_points",
    "add_text",
    "basket_of",
    "collect_selection",
    "create_dossier",
    "delete_dossier",
    "delete_saved_search",
    "edit_dossier",
    "edit_picture",
    "edit_text",
    "narrow_passage",
    "pour_basket",
    "put_in_basket",
    "remove_items",
    "reorder",
    "reword_item",
    "save_search",
    "set_cover",
    "set_levels",
]


def create_dossier(archive: Archive, title: str, *, author: str = "") -> Outcome[int]:
    """Return the id of a new, empty dossier."""
    with archive.write(mark("Make dossier")) as writer:
        new = writer.insert("dossier", title=titled(title), author=author)
    return writer.outcome(new)


def edit_dossier(
    archive: Archive,
    dossier_id: int,
    *,
    title: str | None = None,
    author: str | None = None,
    description: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> Outcome[None]:
    """Change what is given of a dossier's title, author, description and settings.

    Settings that are not named stay; one that is given as "" is taken away.
    """
    values: dict[str, object] = {}
    if title is not None:
        values["title"] = titled(title)
    if author is not None:
        values["author"] = author.strip()
    if description is not None:
        values["description"] = description.strip()
    with archive.write(mark("Edit dossier")) as writer:
        if settings is not None:
            merged = {**writer.dossier(dossier_id).settings, **settings}
            values["settings"] = {key: value for key, value in merged.items() if value}
        if values:
            writer.update("dossier", dossier_id, **values)
    return writer.outcome(None)


def delete_dossier(archive: Archive, dossier_id: int) -> Outcome[None]:
    """Take a dossier with its outline away; undo brings it back."""
    with archive.write(mark("Delete dossier")) as writer:
        writer.delete("dossier", dossier_id)
    return writer.outcome(None)


def add_items(
    archive: Archive,
    dossier_id: int,
    collected: Sequence[Collected],
    *,
    after_item: int | None = None,
) -> Outcome[tuple[int, ...]]:
    """Put passages and interviews into a dossier and return the items' ids.

    They go behind an item, or to the end. A passage that is there already is
    not put in twice: its item is returned.

    Raises:
        BadValue: a turn is not of its transcript, or a part reaches beyond it.
    """
    with archive.write(mark("Collect passages")) as writer:
        ids = collect_into(writer, dossier_id, collected, after_item)
    return writer.outcome(ids)


def collect_selection(
    archive: Archive,
    dossier_id: int | None,
    selection: Selection,
    *,
    audience: Audience,
    on: date,
) -> Outcome[int]:
    """Put what a selection means to an audience into a dossier and return the dossier's id.

    None: a new dossier, under the selection's title. Tags and a query collect
    passages, as the audience finds them; without either whole interviews go in.

    Raises:
        NotFound: no such collection, interview or tag.
    """
    with archive.write(mark("Collect passages")) as writer:
        chosen = chosen_interviews(writer, selection)
        copies = released_all(writer, chosen, audience=audience, on=on)
        collected = [Collected(copy.interview_id) for copy in copies]
        if selection.tags or selection.query:
            collected = []
            for part in excerpts(writer, copies, selection):
                texts = {one.uuid: one for one in part.interview.transcripts}
                for passage in part.passages:
                    text = texts[passage.transcript]
                    turns = {turn.n: turn.turn_id for turn in text.turns}
                    first, last = turns[passage.first], turns[passage.last]
                    where = (part.interview.interview_id, text.transcript_id)
                    collected.append(Collected(*where, first, last))
        if dossier_id is None:
            title = selection.title or selection.query or tr("Collected passages")
            dossier_id = writer.insert("dossier", title=titled(title), author=selection.author)
        collect_into(writer, dossier_id, collected, None)
    return writer.outcome(dossier_id)


def narrow_passage(archive: Archive, item_id: int, span: Span) -> Outcome[None]:
    """Let a passage begin and end elsewhere, inside turns if need be; offsets in kept text.

    Raises:
        BadValue: the item is no passage, or the span is empty or not of its transcript.
    """
    with archive.write(mark("Change passage")) as writer:
        item = writer.dossier_item(item_id)
        if item.kind != PASSAGE or item.transcript_id is None:
            raise BadValue(tr("Only a passage can be narrowed. Nothing was changed."))
        texts = Texts(writer)
        values = texts.passage(item.transcript_id, span)
        settings = {key: value for key, value in item.settings.items() if key != CUT}
        values["settings"] = {**settings, **values["settings"]}
        writer.update("dossier_item", item_id, **values)
    return writer.outcome(None)


def reword_item(archive: Archive, item_id: int, text: str) -> Outcome[None]:
    """Give a heading other words, a picture another caption, or a passage another comment."""
    with archive.write(mark("Edit dossier")) as writer:
        is_heading = writer.dossier_item(item_id).kind == HEADING
        writer.update("dossier_item", item_id, text=titled(text) if is_heading else text.strip())
    return writer.outcome(None)


def reorder(archive: Archive, dossier_id: int, item_ids: Sequence[int]) -> Outcome[None]:
    """Put a dossier's items into this order; those that are not named keep theirs, at the end."""
    with archive.write(mark("Order dossier")) as writer:
        items = writer.dossier(dossier_id).items
        places = {one: place for place, one in enumerate(item_ids)}
        order_items(writer, sorted(items, key=lambda item: places.get(item.id, len(places))))
    return writer.outcome(None)


def remove_items(archive: Archive, item_ids: Sequence[int]) -> Outcome[None]:
    """Take items out of their dossier; the interviews stay as they are."""
    with archive.write(mark("Remove from dossier")) as writer:
        writer.delete_many("dossier_item", item_ids)
    return writer.outcome(None)


def save_search(archive: Archive, name: str, query: str) -> Outcome[int]:
    """Keep a search under a name and return its id."""
    with archive.write(mark("Save search")) as writer:
        new = writer.insert("saved_search", name=name.strip() or query, query=query)
    return writer.outcome(new)


def delete_saved_search(archive: Archive, search_id: int) -> Outcome[None]:
    """Forget a saved search."""
    with archive.write(mark("Delete saved search")) as writer:
        writer.delete("saved_search", search_id)
    return writer.outcome(None)
