"""A dossier's outline as rows of a list: what each says, how deep it stands, what is folded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from archive_app.domain import rich_text
from archive_app.domain.timecode import format_timecode
from archive_app.gui import dossier_order
from archive_app.translation import mark, tr, trn
from archive_app.work.collected import OutlineItem
from archive_app.work.collecting import HEADING, INTERVIEW, PASSAGE, PICTURE, POINT, TEXT

ROW = Qt.ItemDataRole.UserRole
OWN_KIND = "application/x-oral-history-outline"
SHOWN_WORDS = 240
"""Characters of a passage: more than two lines of any column."""
Index = QModelIndex | QPersistentModelIndex

CHANGES = {
    "changed": mark("Changed since you collected it"),
    "gone": mark("No longer in the archive"),
    "closed": mark("Not open to this audience"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the outline shows."""

    one: OutlineItem
    depth: int
    is_folded: bool = False
    below: int = 0
    """How many items are folded away under a heading."""

    @property
    def kind(self) -> str:
        """The item's kind."""
        return self.one.item.kind

    @property
    def mark(self) -> str:
        """Why it may not stay as it is, in words; empty if nothing is the matter."""
        return mark_of(self.one)

    @property
    def head(self) -> str:
        """Accession number, times and speakers; what kind of item it is where it has none."""
        return head_of(self.one)

    @property
    def words(self) -> str:
        """The first of its words."""
        return words_of(self.one)


def mark_of(one: OutlineItem) -> str:
    """Return why an item may not stay as it is; empty if nothing is the matter."""
    if one.change:
        return tr(CHANGES.get(one.change, CHANGES["changed"]))
    return "" if one.is_there else tr("Not open to this audience, or no longer there")


def head_of(one: OutlineItem) -> str:
    """Return the small line above an item's words."""
    if one.item.kind == TEXT:
        return tr("Your own text")
    if one.item.kind == PICTURE:
        return tr("Picture")
    times = [format_timecode(ms) for ms in (one.start_ms, one.end_ms) if ms is not None]
    turns = trn("{count} turn", "{count} turns", one.turns) if one.turns > 1 else ""
    kind = {INTERVIEW: tr("whole interview"), POINT: tr("point of the contents")}
    parts = (one.accession, kind.get(one.item.kind, ""), "–".join(times), one.speaker, turns)
    return " · ".join(part for part in parts if part)


def words_of(one: OutlineItem) -> str:
    """Return the first words of an item."""
    if one.item.kind == TEXT:
        text = " ".join(rich_text.plain(one.rich).split())
    elif one.item.kind == INTERVIEW:
        text = one.title
    elif one.item.kind == POINT:
        text = ": ".join(part for part in (one.title, one.text) if part)
    elif one.item.kind == PICTURE:
        text = one.item.text or one.item.settings.get("alt", "") or tr("without a caption")
    else:
        text = one.text
    return text if len(text) <= SHOWN_WORDS else text[:SHOWN_WORDS].rstrip() + " …"


def comment_of(one: OutlineItem) -> str:
    """Return the comment on a passage, interview or point; empty for what has none."""
    has_comment = one.item.kind in (PASSAGE, INTERVIEW, POINT)
    return one.item.text if has_comment and one.is_there else ""


def level_of(one: OutlineItem) -> int:
    """Return a heading's level, 0 for what is none."""
    if one.item.kind != HEADING:
        return 0
    return min(max(one.item.level, 1), dossier_order.DEEPEST)


class OutlineModel(QAbstractListModel):
    """The rows that are seen: items under folded headings are left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[OutlineItem, ...] = ()
        self.levels: list[int] = []
        self.seen: list[int] = []
        """The place among ``items`` of each row."""
        self._depths: list[int] = []
        self._folded: set[int] = set()
        self._rows: dict[int, int] = {}

    # What stands here -------------------------------------------------------

    def show_items(self, items: Sequence[OutlineItem]) -> bool:
        """Show an outline; return whether the rows stayed, with at most other words in them."""
        ids = [one.item.id for one in items]
        stays = ids == self.ids() and all(
            _shape(old) == _shape(new) for old, new in zip(self.items, items, strict=True)
        )
        if stays:
            self.items = tuple(items)
            if self.seen:
                self.dataChanged.emit(self.index(0), self.index(len(self.seen) - 1))
            return True
        self.beginResetModel()
        self.items = tuple(items)
        self.levels = [level_of(one) for one in items]
        self._depths = dossier_order.depths(self.levels)
        self._folded &= set(ids)
        self._see()
        self.endResetModel()
        return False

    def ids(self) -> list[int]:
        """Return every item's id, in the outline's order."""
        return [one.item.id for one in self.items]

    def folded_places(self) -> set[int]:
        """Return the places of the headings that are folded."""
        return {n for n, one in enumerate(self.items) if one.item.id in self._folded}

    def fold(self, item_ids: Collection[int], is_folded: bool) -> None:
        """Fold headings, or unfold them."""
        known = {one.item.id for one in self.items if one.item.kind == HEADING} & set(item_ids)
        wanted = self._folded | known if is_folded else self._folded - known
        if wanted != self._folded:
            self.beginResetModel()
            self._folded = wanted
            self._see()
            self.endResetModel()

    def unfold_to(self, item_id: int) -> None:
        """Unfold the headings over an item."""
        place = next((n for n, one in enumerate(self.items) if one.item.id == item_id), None)
        if place is None or item_id in self._rows:
            return
        over = [n for n in self.folded_places()
                if n < place < dossier_order.section_end(self.levels, n)]  # fmt: skip
        self.fold([self.items[n].item.id for n in over], is_folded=False)

    def is_folded(self, item_id: int) -> bool:
        """Tell whether a heading is folded."""
        return item_id in self._folded

    def row_of(self, item_id: int) -> int:
        """Return the row of an item; -1 where it is folded away or not there."""
        return self._rows.get(item_id, -1)

    def one_at(self, row: int) -> OutlineItem | None:
        """Return the item of a row."""
        return self.items[self.seen[row]] if 0 <= row < len(self.seen) else None

    def _see(self) -> None:
        self.seen = dossier_order.shown(self.levels, self.folded_places())
        self._rows = {self.items[place].item.id: row for row, place in enumerate(self.seen)}

    # What Qt asks -----------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many rows are seen."""
        return 0 if parent.isValid() else len(self.seen)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, its words, or what a screen reader says of it."""
        one = self.one_at(index.row())
        if one is None:
            return None
        if role == ROW:
            place = self.seen[index.row()]
            is_folded = one.item.id in self._folded
            end = dossier_order.section_end(self.levels, place) if is_folded else place + 1
            return Row(one, self._depths[place], is_folded, end - place - 1)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_text(one)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(one, is_folded=one.item.id in self._folded)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every row be chosen and dragged; what is dragged is let go between rows."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag
        return (
            flags.ItemIsEnabled
            | flags.ItemIsSelectable
            | flags.ItemIsDragEnabled
            | flags.ItemNeverHasChildren
        )

    def supportedDropActions(self) -> Qt.DropAction:
        """Move within the outline."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Return the kind of what is dragged here."""
        return [OWN_KIND]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return what is dragged: the view knows which rows are chosen."""
        mime = QMimeData()
        mime.setData(OWN_KIND, str(len(indexes)).encode())
        return mime


def _shape(one: OutlineItem) -> tuple[object, ...]:
    """Return what a row's height and indentation depend on."""
    return one.item.kind, level_of(one), bool(mark_of(one)), bool(comment_of(one)), one.is_there


def shown_text(one: OutlineItem) -> str:
    """Return an item's lines as text: for finding it by its first letters, and for tests."""
    if one.item.kind == HEADING:
        return one.text
    lines = [head_of(one), words_of(one)] if one.is_there else []
    if comment := comment_of(one):
        lines.append(tr("Comment: {text}", text=comment))
    lines.append(mark_of(one))
    return "\n".join(line for line in lines if line)


def spoken(one: OutlineItem, *, is_folded: bool = False) -> str:
    """Return what a screen reader says of an item."""
    if one.item.kind != HEADING:
        return shown_text(one)
    said = tr("Heading of level {level}: {text}", level=level_of(one), text=one.text)
    return f"{said}, {tr('folded')}" if is_folded else said
