"""Dossiers that are kept: collecting passages, ordering them under headings, and the PDF of them.

A dossier is its scholar's own work on the archive, not a part of it: it may be
changed while the archive is looked at as another audience. What it shows comes
from released copies, whoever looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Audience, Dossier, DossierItem, Outcome, Span
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript, ReleasedTurn
from archive_app.errors import BadValue, NotFound
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work.access import Hidden, hidden_names, released
from archive_app.work.dossiers import DossierReport, Selection, write_parts
from archive_app.work.spans import span_columns

if TYPE_CHECKING:
    from archive_app.dossier.contents import DossierPart, Passage

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


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A step of a dossier as an audience may see it."""

    item: DossierItem
    is_there: bool = True
    """False: this audience may not see it, or it is gone; then only its place is known."""
    accession: str = ""
    title: str = ""
    speaker: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    text: str = ""
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """A dossier with its steps, as an audience may see them on a date."""

    dossier: Dossier
    items: tuple[OutlineItem, ...]


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
    return writer.outcome(tuple(ids))


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


def dossier_contents(archive: Archive, dossier_id: int, *, audience: Audience, on: date) -> Outline:
    """Return a dossier as an audience may see it.

    Raises:
        NotFound: the dossier is gone.
    """
    with archive.read() as reader:
        dossier = reader.dossier(dossier_id)
        copies = _Copies(reader, audience, on)
        return Outline(dossier, tuple(_outlined(item, copies) for item in dossier.items))


def make_stored_dossier(
    archive: Archive,
    dossier_id: int,
    target: Path,
    *,
    audience: Audience,
    on: date,
    progress: Progress = NO_PROGRESS,
) -> DossierReport:
    """Write a kept dossier as a PDF of what an audience may see on a date.

    Raises: as ``work.dossiers.make_dossier``.
    """
    progress.report(0, 0, tr("Gathering the interviews"))
    with archive.read() as reader:
        dossier = reader.dossier(dossier_id)
        copies = _Copies(reader, audience, on)
        parts = _parts(dossier, copies)
    selection = Selection(
        title=dossier.title,
        author=dossier.author,
        description=dossier.description,
        paper=dossier.settings.get("paper", "a4"),
    )
    return write_parts(
        archive, parts, selection, target, audience=audience, on=on, hidden=copies.hidden,
        progress=progress,
    )  # fmt: skip


def interviews_in(dossier: Dossier) -> list[int]:
    """Return the interviews a dossier draws on, in its order, each once."""
    return list(dict.fromkeys(i.interview_id for i in dossier.items if i.interview_id is not None))


class _Copies:
    """Released copies by interview, each made once."""

    def __init__(self, reader: Reader, audience: Audience, on: date) -> None:
        self._reader, self._audience, self._on = reader, audience, on
        self.hidden: Hidden = hidden_names(reader)
        self._known: dict[int, ReleasedInterview | None] = {}

    def of(self, interview_id: int | None) -> ReleasedInterview | None:
        if interview_id is None:
            return None
        if interview_id not in self._known:
            self._known[interview_id] = released(
                self._reader, interview_id, audience=self._audience, on=self._on,
                hidden=self.hidden,
            )  # fmt: skip
        return self._known[interview_id]


def _turns_of(
    copy: ReleasedInterview, item: DossierItem
) -> tuple[ReleasedTranscript, list[ReleasedTurn]] | None:
    """Return a passage's transcript and turns, None where they are not released or gone."""
    transcript = next((t for t in copy.transcripts if t.transcript_id == item.transcript_id), None)
    if transcript is None or item.span is None:
        return None
    places = {turn.turn_id: place for place, turn in enumerate(transcript.turns)}
    first, last = places.get(item.span.start_turn), places.get(item.span.end_turn)
    if first is None or last is None or last < first:
        return None
    return transcript, list(transcript.turns[first : last + 1])


def _outlined(item: DossierItem, copies: _Copies) -> OutlineItem:
    if item.kind == HEADING:
        return OutlineItem(item, text=item.text)
    copy = copies.of(item.interview_id)
    if copy is None:
        return OutlineItem(item, is_there=False)
    if item.kind == INTERVIEW:
        return OutlineItem(item, accession=copy.accession, title=copy.title)
    found = _turns_of(copy, item)
    if found is None:
        return OutlineItem(item, is_there=False, accession=copy.accession, title=copy.title)
    turns = found[1]
    return OutlineItem(
        item,
        accession=copy.accession,
        title=copy.title,
        speaker=next((turn.speaker for turn in turns if turn.speaker), ""),
        start_ms=turns[0].start_ms,
        end_ms=turns[-1].end_ms,
        text=" ".join(turn.text for turn in turns),
        turns=len(turns),
    )


def _parts(dossier: Dossier, copies: _Copies) -> list[DossierPart]:
    """Return what goes into the PDF; passages of one interview in a row stay together."""
    from archive_app.dossier.contents import Excerpts, Heading, WholeInterview
    from archive_app.dossier.contents import Passage as PdfPassage

    parts: list[DossierPart] = []
    run: list[Passage] = []
    current: ReleasedInterview | None = None

    def end_run() -> None:
        if current is not None and run:
            parts.append(Excerpts(current, tuple(run)))
        run.clear()

    for item in dossier.items:
        copy = copies.of(item.interview_id)
        if item.kind != PASSAGE or copy is not current:
            end_run()
            current = None
        if item.kind == HEADING:
            parts.append(Heading(item.text))
        elif copy is not None and item.kind == INTERVIEW:
            parts.append(WholeInterview(copy, comment=item.text))
        elif copy is not None and (found := _turns_of(copy, item)) is not None:
            current = copy
            transcript, turns = found
            run.append(PdfPassage(transcript.uuid, turns[0].n, turns[-1].n, comment=item.text))
    end_run()
    return parts


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


def find_dossier(reader: Reader, dossier_id: int) -> Dossier | None:
    """Return a dossier, or None if it is gone."""
    try:
        return reader.dossier(dossier_id)
    except NotFound:
        return None
