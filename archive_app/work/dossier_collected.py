"""What a scholar collects, and the rows of a dossier's outline that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive_app.domain.records import Dossier, DossierItem, Span, Turn
from archive_app.errors import BadValue
from archive_app.store.reading import Reader
from archive_app.store.writing import Writer
from archive_app.translation import tr
from archive_app.work import dossier_sources
from archive_app.work.dossier_rows import (
    CUT,
    HEADING,
    INTERVIEW,
    PASSAGE,
    PICTURE,
    TEXT,
    YES,
    insert_items,
    order_items,
)
from archive_app.work.spans import laid_on, span_columns


@dataclass(frozen=True, slots=True)
class Collected:
    """What a scholar puts into a dossier: turns of a transcript, or a whole interview.

    Without a ``transcript_id`` the whole interview is meant; ``last_turn`` 0
    means that the passage is one turn. With ``end`` the passage is a part of its
    turns: from ``start`` in the first to ``end`` in the last, in the kept text.
    """

    interview_id: int
    transcript_id: int | None = None
    first_turn: int = 0
    last_turn: int = 0
    comment: str = ""
    start: int = 0
    end: int | None = None


def collect_into(
    writer: Writer, dossier_id: int, collected: Sequence[Collected], after_item: int | None
) -> tuple[int, ...]:
    """Put what was collected into a dossier within an operation; return the items' ids."""
    dossier = writer.dossier(dossier_id)
    known = {item_key(item): item.id for item in dossier.items}
    texts = Texts(writer)
    fresh: dict[tuple[object, ...], dict[str, Any]] = {}
    keys: list[tuple[object, ...]] = []
    for one in collected:
        values = texts.columns(one)
        key = row_key(values)
        keys.append(key)
        if key not in known:
            fresh.setdefault(key, values)
    ids = insert_items(writer, dossier, list(fresh.values()), after_item)
    known.update(zip(fresh, ids, strict=True))
    _bring(writer, dossier, [known[key] for key in keys if key not in fresh], after_item)
    return tuple(known[key] for key in keys)


def _bring(writer: Writer, dossier: Dossier, known: Sequence[int], after: int | None) -> None:
    """Put what was there already behind an item too, where one was named."""
    if after is None or not known:
        return
    items = writer.dossier(dossier.id).items
    ids = set(known) - {after}
    moved = [item for item in items if item.id in ids]
    rest = [item for item in items if item.id not in ids]
    place = next((n for n, item in enumerate(rest, 1) if item.id == after), len(rest))
    order_items(writer, [*rest[:place], *moved, *rest[place:]])


def item_key(item: DossierItem) -> tuple[object, ...]:
    """Return what an item stands for; what is in a dossier already is not put in twice."""
    span = item.span
    where = (span.start_turn, span.end_turn) if span else (None, None)
    if span is not None and item.settings.get(CUT) == YES:
        where = (span.start_turn, span.end_turn, span.start, span.end)
    own = item.id if item.kind in (HEADING, TEXT, PICTURE) else item.index_point_id
    return (item.kind, item.interview_id, own, *where)


def row_key(values: Mapping[str, Any]) -> tuple[object, ...]:
    """Return the key of the item that a row will be."""
    where = [values.get("start_turn"), values.get("end_turn")]
    if values["settings"]:
        where += [values["start"], values["end"]]
    return (values["kind"], values["interview_id"], None, *where)


class Texts:
    """Transcripts that passages are taken from, each read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[int, tuple[list[Turn], dict[int, int]]] = {}

    def columns(self, one: Collected) -> dict[str, Any]:
        """Return the row of what was collected."""
        common: dict[str, Any] = {"interview_id": one.interview_id, "text": one.comment}
        if one.transcript_id is None:
            return {"kind": INTERVIEW, "settings": {}, **common,
                    "seen": self.interview(one.interview_id)}  # fmt: skip
        turns, places = self._of(one.transcript_id)
        last = one.last_turn or one.first_turn
        if last not in places:
            raise _not_there()
        end = len(turns[places[last]].text) if one.end is None else one.end
        span = Span(one.first_turn, one.start, last, end)
        return {"kind": PASSAGE, "transcript_id": one.transcript_id, **common,
                **self.passage(one.transcript_id, span)}  # fmt: skip

    def interview(self, interview_id: int) -> str:
        """Return the fingerprint of an interview as it is kept."""
        texts = [(one.id, self._of(one.id)[0]) for one in self._reader.transcripts(interview_id)]
        return dossier_sources.of_interview(self._reader.interview(interview_id), texts)

    def passage(self, transcript_id: int, span: Span) -> dict[str, Any]:
        """Return a passage's columns: its span, whether it is cut, and its fingerprint."""
        turns, places = self._of(transcript_id)
        first, last = places.get(span.start_turn), places.get(span.end_turn)
        if first is None or last is None or last < first:
            raise _not_there()
        cut = span.start != 0 or span.end != len(turns[last].text)
        if cut:
            laid_on(turns[first : last + 1], transcript_id, span)
        return {
            **span_columns(span),
            "settings": {CUT: YES} if cut else {},
            "seen": dossier_sources.of_passage(turns, places, span, cut=cut),
        }

    def _of(self, transcript_id: int) -> tuple[list[Turn], dict[int, int]]:
        if transcript_id not in self._known:
            turns = self._reader.turns(transcript_id)
            places = {turn.id: place for place, turn in enumerate(turns)}
            self._known[transcript_id] = (turns, places)
        return self._known[transcript_id]


def _not_there() -> BadValue:
    return BadValue(tr("The passage is not in this transcript. Nothing was changed."))
