"""Laying tags by keyboard: type a part of a name in any language or script, Enter lays the tag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Tag
from archive_app.gui.icons import icon
from archive_app.gui.tag_colours import colour_key, tag_colour
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.language.folding import fold
from archive_app.translation import tr
from archive_app.work.vocabulary import PATH_SEPARATOR, CountedTag

SHOWN_AT_MOST = 200
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: a tag by id, or the name (or path) of a new one."""

    tag_id: int | None
    name: str


def tag_icon(tag: Tag) -> QIcon:
    """Return a round swatch in a tag's colour, for lists."""
    colour = tag_colour(colour_key(tag.uuid), tag.colour, is_dark=theme().is_dark)
    found = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(QSize(16, 16) * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A rim of the page's colour: a blue tag must not vanish on a blue selection.
        painter.setPen(QPen(theme().colours.page, scale))
        painter.setBrush(colour)
        painter.drawEllipse(3 * scale, 3 * scale, 10 * scale, 10 * scale)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        found.addPixmap(pixmap)
    return found


def shown_path(one: CountedTag, language: str, by_id: dict[int, Tag]) -> str:
    """Return a tag's path in a language: "work › language"."""
    names: list[str] = []
    tag: Tag | None = one.tag
    while tag is not None:
        names.append(tag.name(language))
        tag = by_id.get(tag.parent_id) if tag.parent_id is not None else None
    return " › ".join(reversed(names))


def matching(tree: Sequence[CountedTag], typed: str, recent: Sequence[int]) -> list[CountedTag]:
    """Return the tags one of whose names in any language holds what was typed, best first.

    Names that begin so come first, then recently used tags, then the most used.
    Script, accents and case do not count.
    """
    wanted = [fold(part) for part in typed.replace(PATH_SEPARATOR, " ").split()]
    ranks = {tag_id: rank for rank, tag_id in enumerate(recent)}
    found: list[tuple[tuple[int, int, int, tuple[str, ...]], CountedTag]] = []
    for one in tree:
        names = [fold(name) for name in one.tag.names.values()]
        path = [fold(name) for name in one.path]
        if not all(any(part in name for name in (*names, *path)) for part in wanted):
            continue
        begins = any(name.startswith(wanted[-1]) for name in names) if wanted else True
        is_own = any(wanted[-1] in name for name in names) if wanted else True
        rank = ranks.get(one.tag.id, len(ranks))
        found.append(((0 if begins else 1 if is_own else 2, rank, -one.count, one.path), one))
    found.sort(key=lambda pair: pair[0])
    return [one for _, one in found]


def is_named(tree: Sequence[CountedTag], typed: str) -> bool:
    """Return whether a tag is called exactly so, in any language, or stands at this path."""
    name = typed.strip().casefold()
    parts = tuple(part.strip() for part in name.split(PATH_SEPARATOR) if part.strip())
    return any(
        name in {n.casefold() for n in one.tag.names.values()}
        or parts == tuple(step.casefold() for step in one.path)
        for one in tree
    )


class TagPalette(QDialog):
    """A field and a list; ``chosen`` says which tag was meant."""

    chosen = Signal(object)

    def __init__(
        self,
        tree: Sequence[CountedTag],
        *,
        language: str = "en",
        recent: Sequence[int] = (),
        purpose: str = "",
        allows_new: bool = True,
        title: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tree, self._language, self._recent = tree, language, recent
        self._allows_new = allows_new
        self._by_id = {one.tag.id: one.tag for one in tree}
        self.setWindowTitle(title or tr("Tag the passage"))
        self.setObjectName("tag_palette")
        self.resize(110 * STEP, 100 * STEP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(GAP)
        if purpose:
            label = QLabel(purpose)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            layout.addWidget(label)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Type a part of the tag's name, in any language"))
        self.field.setAccessibleName(tr("Name of the tag"))
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Tags"))
        self.list.setUniformItemSizes(True)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        foot = QLabel(keys or tr("↑ ↓ choose · Enter lays the tag · Esc closes"))
        foot.setForegroundRole(foot.palette().ColorRole.PlaceholderText)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(foot)
        self._fill("")
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list while typing in the field."""
        if watched is self.field and isinstance(event, QKeyEvent):
            is_move = event.key() in (
                Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
            )  # fmt: skip
            if event.type() == QEvent.Type.KeyPress and is_move:
                self.list.event(event)
                return True
        return super().eventFilter(watched, event)

    def _fill(self, typed: str) -> None:
        self.list.clear()
        for one in matching(self._tree, typed, self._recent)[:SHOWN_AT_MOST]:
            item = QListWidgetItem(tag_icon(one.tag), self._words(one))
            item.setData(_ROLE, Chosen(one.tag.id, one.tag.name(self._language)))
            others = ", ".join(one.tag.names.values())
            item.setToolTip("\n".join(part for part in (others, one.tag.definition) if part))
            self.list.addItem(item)
        name = typed.strip()
        if name and self._allows_new and not is_named(self._tree, name):
            item = QListWidgetItem(icon("add"), tr("New tag “{name}”", name=name))
            item.setData(_ROLE, Chosen(None, name))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _words(self, one: CountedTag) -> str:
        path = shown_path(one, self._language, self._by_id)
        return f"{path}   {one.count}" if one.count else path

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(item.data(_ROLE))
