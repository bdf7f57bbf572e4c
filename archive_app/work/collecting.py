"""Dossiers that are kept: collecting passages, ordering them under headings, and the PDF of them.

A dossier is its scholar's own work on the archive, not a part of it: it may be
changed while the archive is looked at as another audience. What it shows comes
from released copies, whoever looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive_app.domain.records import Audience, Dossier, DossierItem, Outcome, Span
from archive_app.errors import BadValue
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work.access import released_all
from archive_app.work.dossiers import Selection, chosen_interviews, excerpts
from archive_app.work.spans import span_columns

HEADING, PASSAGE, INTERVIEW = "heading", "passage", "interview"


@dataclass(frozen=True, slots=True)
class Collected:
    """What a scholar puts into a dossier: turns of a transcript, or a whole interview.

    Without a ``transcript_id`` the whole interview is meant; ``last_turn`` 0
    means that the passage is one turn.
    """

    interview_id: int
    transcript_id: int | None = None
    first_turn: int = 0
    last_turn: int = 0
    comment: str = ""


def create_dossier(archive: Archive, title: str, *, author: str = "") -> Outcome[int]:
    """Return the id of a new, empty dossier."""
    with archive.write(mark("Make dossier")) as writer:
        new = writer.insert("dossier", title=_titled(title), author=author)
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
    """Change what is given of a dossier's title, author, description and settings."""
    values: dict[str, object] = {}
    if title is not None:
        values["title"] = _titled(title)
    if author is not None:
        values["author"] = author.strip()
    if description is not None:
        values["description"] = description.strip()
    with archive.write(mark("Edit dossier")) as writer:
        if settings is not None:
            values["settings"] = {**writer.dossier(dossier_id).settings, **settings}
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
        BadValue: a turn is not of its transcript.
    """
    with archive.write(mark("Collect passages")) as writer:
        ids = _collect(writer, dossier_id, collected, after_item)
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
            dossier_id = writer.insert("dossier", title=_titled(title), author=selection.author)
        _collect(writer, dossier_id, collected, None)
    return writer.outcome(dossier_id)


def _collect(
    writer: Writer, dossier_id: int, collected: Sequence[Collected], after_item: int | None
) -> tuple[int, ...]:
    dossier = writer.dossier(dossier_id)
    known = {_key(item): item.id for item in dossier.items}
    ids: list[int] = []
    for one in collected:
        values = _columns(writer, one)
        key = (values["interview_id"], values.get("start_turn"), values.get("end_turn"))
        if key not in known:
            known[key] = writer.insert("dossier_item", dossier_id=dossier_id, **values)
        ids.append(known[key])
    _renumber(writer, dossier, ids, after_item)
    return tuple(ids)


def add_heading(
    archive: Archive, dossier_id: int, text: str, *, after_item: int | None = None
) -> Outcome[int]:
    """Put a heading behind an item, or at the end, and return its id."""
    with archive.write(mark("Add heading")) as writer:
        dossier = writer.dossier(dossier_id)
        new = writer.insert("dossier_item", dossier_id=dossier_id, kind=HEADING, text=_titled(text))
        _renumber(writer, dossier, [new], after_item)
    return writer.outcome(new)


def reword_item(archive: Archive, item_id: int, text: str) -> Outcome[None]:
    """Give a heading other words, or a passage another comment."""
    with archive.write(mark("Edit dossier")) as writer:
        is_heading = writer.dossier_item(item_id).kind == HEADING
        writer.update("dossier_item", item_id, text=_titled(text) if is_heading else text.strip())
    return writer.outcome(None)


def reorder(archive: Archive, dossier_id: int, item_ids: Sequence[int]) -> Outcome[None]:
    """Put a dossier's items in the order of the ids; those not named stay behind them."""
    with archive.write(mark("Order dossier")) as writer:
        items = writer.dossier(dossier_id).items
        places = {one: place for place, one in enumerate(item_ids)}
        ordered = sorted(items, key=lambda item: places.get(item.id, len(places)))
        _number(writer, ordered)
    return writer.outcome(None)


def remove_items(archive: Archive, item_ids: Sequence[int]) -> Outcome[None]:
    """Take items out of their dossier; the interviews stay as they are."""
    with archive.write(mark("Remove from dossier")) as writer:
        for one in item_ids:
            writer.delete("dossier_item", one)
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


def _titled(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise BadValue(tr("It needs a name. Nothing was changed."))
    return text


def _key(item: DossierItem) -> tuple[int | None, int | None, int | None]:
    span = item.span
    return (item.interview_id, span.start_turn if span else None, span.end_turn if span else None)


def _columns(writer: Writer, one: Collected) -> dict[str, Any]:
    common: dict[str, Any] = {"interview_id": one.interview_id, "text": one.comment}
    if one.transcript_id is None:
        return {"kind": INTERVIEW, **common}
    last = one.last_turn or one.first_turn
    turns = {turn.id: turn for turn in writer.turns(one.transcript_id)}
    if one.first_turn not in turns or last not in turns:
        raise BadValue(tr("The passage is not in this transcript. Nothing was changed."))
    if list(turns).index(one.first_turn) > list(turns).index(last):
        raise BadValue(tr("The passage is not in this transcript. Nothing was changed."))
    span = Span(one.first_turn, 0, last, len(turns[last].text))
    return {"kind": PASSAGE, "transcript_id": one.transcript_id, **common, **span_columns(span)}


def _renumber(writer: Writer, dossier: Dossier, new: Sequence[int], after: int | None) -> None:
    """Put new items behind one, or at the end; only rows whose place changes are written."""
    present = [item for item in dossier.items if item.id not in new or after is None]
    known = {item.id for item in present}
    fresh = [writer.dossier_item(one) for one in dict.fromkeys(new) if one not in known]
    place = next((n for n, item in enumerate(present, 1) if item.id == after), len(present))
    _number(writer, [*present[:place], *fresh, *present[place:]])


def _number(writer: Writer, ordered: Sequence[DossierItem]) -> None:
    for place, item in enumerate(ordered):
        if item.position != place:
            writer.update("dossier_item", item.id, position=place)
