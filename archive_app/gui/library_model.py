"""The library's list as Qt asks for it: an array of ids, lines fetched in blocks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from archive_app.domain.edtf_words import display
from archive_app.domain.records import InterviewRow, Status
from archive_app.domain.timecode import format_timecode
from archive_app.errors import BadValue
from archive_app.gui.icons import icon
from archive_app.gui.session import Session
from archive_app.translation import current_language, mark, tr

BLOCK = 200
BLOCKS_KEPT = 40
"""8,000 lines in memory at most; the array of ids is the whole list."""
MIME = "application/x-oral-history-interviews"

STATUS_NAMES = {
    Status.PLANNED: mark("planned"),
    Status.RECORDED: mark("recorded"),
    Status.TRANSCRIBED: mark("transcribed"),
    Status.AUDITED: mark("checked against the sound"),
    Status.NARRATOR_REVIEWED: mark("reviewed by the narrator"),
    Status.INDEXED: mark("indexed"),
    Status.RELEASED: mark("released"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in settings, its heading, what ``interview_ids`` sorts it by."""

    name: str
    heading: str
    sort: str
    width: int
    is_hidden: bool = False


COLUMNS = (
    Column("marks", mark("Access"), "", 52),
    Column("accession", mark("Accession"), "accession", 78),
    Column("title", mark("Title"), "title", 260),
    Column("interviewees", mark("Interviewee"), "interviewees", 86),
    Column("date", mark("Date"), "date", 120),
    Column("languages", mark("Languages"), "", 64),
    Column("duration", mark("Length"), "duration", 56),
    Column("status", mark("Status"), "status", 76),
    Column("turns", mark("Turns"), "turns", 64, is_hidden=True),
)
NUMBER = {column.name: number for number, column in enumerate(COLUMNS)}

RESTRICTED = mark("Something of it is closed")
PSEUDONYM = mark("Somebody in it has a pseudonym")

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


def shown_date(edtf: str) -> str:
    """Return an EDTF date in the interface's language; as it is where it cannot be read."""
    if not edtf:
        return ""
    try:
        return display(edtf, current_language().replace("_", "-"))
    except BadValue:
        return edtf


class LibraryModel(QAbstractTableModel):
    """``rowCount`` is exact; a line that is not here yet is asked for with its whole block."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._ids: list[int] = []
        self._rows: OrderedDict[int, dict[int, InterviewRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._listed: Mapping[int, InterviewRow] | None = None
        self._generation = 0

    @property
    def ids(self) -> Sequence[int]:
        """The interviews in the order of the list."""
        return self._ids

    def show_ids(
        self, ids: Sequence[int], listed: Mapping[int, InterviewRow] | None = None
    ) -> None:
        """Show these interviews; ``listed`` are all lines of another audience's list."""
        self.beginResetModel()
        self._ids = list(ids)
        self._listed = listed
        self._forget_rows()
        self.endResetModel()

    def refresh_rows(self) -> None:
        """Ask again for the lines that are looked at; order and length stay."""
        self._forget_rows()
        if self._ids:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1)
            )

    def _forget_rows(self) -> None:
        self._rows.clear()
        self._asked.clear()
        self._generation += 1

    def row_at(self, line: int) -> InterviewRow | None:
        """Return a line, or None while it is being fetched."""
        if not 0 <= line < len(self._ids):
            return None
        if self._listed is not None:
            return self._listed.get(self._ids[line])
        number = line // BLOCK
        block = self._rows.get(number)
        if block is None:
            self._ask(number)
            block = self._rows.get(number)
        if block is None:
            return None
        self._rows.move_to_end(number)
        return block.get(self._ids[line])

    def _ask(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        ids = self._ids[number * BLOCK : (number + 1) * BLOCK]
        self._session.query(
            _rows_of, ids, number, self._generation, done=self._take_block, owner=self
        )

    def _take_block(self, found: tuple[int, int, dict[int, InterviewRow]]) -> None:
        number, generation, rows = found
        if generation != self._generation:
            return
        self._asked.discard(number)
        self._rows[number] = rows
        while len(self._rows) > BLOCKS_KEPT:
            self._rows.popitem(last=False)
        first = number * BLOCK
        last = min(first + BLOCK, len(self._ids)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    # What Qt asks ----------------------------------------------------------

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Return how many interviews there are, exactly."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Return how many columns there are, hidden ones too."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(column.heading)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.name in ("duration", "turns"):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            unordered = tr("The list is not ordered by this column.")
            return tr(column.heading) if column.sort else f"{tr(column.heading)}\n{unordered}"
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            if column.name in ("duration", "turns"):
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            return None
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.DecorationRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        row = self.row_at(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and column.name == "title" else None
        if column.name == "marks":
            return _marks(row, role)
        if role == Qt.ItemDataRole.DecorationRole:
            return None
        text = self._text(row, column.name)
        if role == Qt.ItemDataRole.ToolTipRole and column.name == "date":
            return row.date
        return text

    def _text(self, row: InterviewRow, name: str) -> str:
        if name == "date":
            return shown_date(row.date)
        if name == "languages":
            return ", ".join(row.languages)
        if name == "duration":
            return format_timecode(row.duration_ms) if row.duration_ms else ""
        if name == "turns":
            return str(row.turns) if row.turns else ""
        if name == "status":
            return tr(STATUS_NAMES[row.status])
        return str(getattr(row, name))

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Lines can be chosen, and dragged onto a collection by staff."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self._listed is None else flags

    def mimeTypes(self) -> list[str]:
        """Return what a dragged interview is called."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged interviews by id."""
        data = QMimeData()
        lines = sorted({index.row() for index in indexes})
        data.setData(MIME, ",".join(str(self._ids[line]) for line in lines).encode())
        return data


def _marks(row: InterviewRow, role: int) -> Any:
    words = marks_in_words(row)
    if role == Qt.ItemDataRole.DecorationRole:
        if row.has_restrictions:
            return icon("lock")
        return icon("mask") if row.has_pseudonym else None
    if role == Qt.ItemDataRole.ToolTipRole and words:
        return "\n".join(words)
    return ", ".join(words) if role == Qt.ItemDataRole.AccessibleTextRole else None


def marks_in_words(row: InterviewRow) -> list[str]:
    """Return in words what the marks of a line mean."""
    words: list[str] = []
    if row.has_restrictions:
        words.append(tr(RESTRICTED))
    if row.has_pseudonym:
        words.append(tr(PSEUDONYM))
    return words


def _rows_of(
    reader: Any, ids: list[int], number: int, generation: int
) -> tuple[int, int, dict[int, InterviewRow]]:
    return number, generation, {row.id: row for row in reader.interview_rows(ids)}
