"""A search's result as rows of a list: interviews with passages, or a concordance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from archive_app.domain.edtf_words import display
from archive_app.domain.timecode import format_timecode
from archive_app.gui.interview_words import language_name, tag_language
from archive_app.translation import mark, tr, trn
from archive_app.work.searching import FoundInterview, FoundPassage, SearchResult

ROW = Qt.ItemDataRole.UserRole
SNIPPET = 180
"""Characters of a passage around its first match."""
KWIC_SIDE = 70
FIELD_NAMES = {
    "title": mark("Title"),
    "abstract": mark("Abstract"),
    "person": mark("Person"),
    "place": mark("Place"),
    "collection": mark("Collection"),
    "subject": mark("Subject"),
    "keyword": mark("Keyword"),
    "index": mark("Contents"),
}
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Piece:
    """A text with what matched in it."""

    text: str
    matches: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; ``passage`` is None for an interview's heading and its record."""

    interview: FoundInterview
    passage: FoundPassage | None
    head: str
    piece: Piece = Piece("")
    match: tuple[int, int] | None = None
    """In a concordance: the match that stands in the middle."""
    is_heading: bool = False

    @property
    def start_ms(self) -> int | None:
        """When it is said."""
        return self.passage.start_ms if self.passage is not None else None


def passage_rows(result: SearchResult) -> list[Row]:
    """Return each interview, then the texts of its record, then its passages."""
    rows: list[Row] = []
    for found in result.interviews:
        when = display(found.date, tag_language()) if found.date else ""
        when = "" if when in found.title else when
        count = trn("{count} passage", "{count} passages", len(found.passages))
        head = " · ".join(part for part in (found.accession, found.title, when, count) if part)
        rows.append(Row(found, None, head, is_heading=True))
        for one in found.records:
            name = tr(FIELD_NAMES.get(one.field, one.field))
            rows.append(Row(found, None, name, snippet(one.text, one.matches)))
        rows += [
            Row(found, one, _head(one), snippet(one.text, one.matches)) for one in found.passages
        ]
    return rows


def concordance_rows(result: SearchResult) -> list[Row]:
    """Return each match by itself, its context on both sides."""
    rows: list[Row] = []
    for found in result.interviews:
        for one in found.passages:
            time = format_timecode(one.start_ms) if one.start_ms is not None else ""
            head = " ".join(part for part in (found.accession, time) if part)
            rows += [Row(found, one, head, Piece(one.text), match) for match in one.matches]
    return rows


def _head(one: FoundPassage) -> str:
    time = format_timecode(one.start_ms) if one.start_ms is not None else ""
    return " · ".join(part for part in (time, one.speaker, language_name(one.language)) if part)


def snippet(text: str, matches: Sequence[tuple[int, int]]) -> Piece:
    """Return the part of a text around its first match, cut between words, matches moved along."""
    if len(text) <= SNIPPET:
        return Piece(text, tuple(matches))
    first = matches[0][0] if matches else 0
    start = max(0, first - SNIPPET // 3)
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + SNIPPET)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > first else end
    lead = "… " if start else ""
    moved = tuple(
        (a - start + len(lead), min(b, end) - start + len(lead))
        for a, b in matches
        if a >= start and a < end
    )
    return Piece(lead + text[start:end] + (" …" if end < len(text) else ""), moved)


class ResultRows(QAbstractListModel):
    """The rows of one result."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or its words for whoever reads the screen aloud."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.head if row.is_heading else f"{row.head}: {row.piece.text}"
        return None

    def next_passage(self, row: int, by: int) -> int:
        """Return the next row with a passage, or the row itself."""
        at = row + by
        while 0 <= at < len(self.rows):
            if self.rows[at].passage is not None:
                return at
            at += by
        return row
