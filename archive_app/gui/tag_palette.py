"""Laying tags by keyboard: type a part of a name in any language or script, Enter lays the tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.icons import icon
from archive_app.gui.tag_rows import TagRowDelegate, set_aside, shown_path, tag_icon
from archive_app.gui.theme import GAP, STEP
from archive_app.translation import tr
from archive_app.work.tag_search import STEP_SIGN, FoundTag, TagFinder, is_named
from archive_app.work.vocabulary import PATH_SEPARATOR, CountedTag

SHOWN_AT_MOST = 200
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: a tag by id, or the name (or path) of a new one."""

    tag_id: int | None
    name: str
    parent_id: int | None = None
    """The tag that the new one shall hang below."""


@dataclass(frozen=True, slots=True)
class _AskParent:
    """The row that asks below which tag a new one shall hang."""

    name: str


class TagPalette(QDialog):
    """A field and a list; ``chosen`` says which tag was meant.

    ``recent`` are tag ids in the order in which they come first, ``numbers`` the
    numbers of those that have one: Alt and the number takes the tag at once, Ctrl and
    a number gives it to the tag that is looked at.
    """

    chosen = Signal(object)
    """Chosen."""
    pin_asked = Signal(int, int)
    """(tag id, number): the tag shall keep this number."""

    def __init__(
        self,
        tree: Sequence[CountedTag],
        *,
        language: str = "en",
        recent: Sequence[int] = (),
        numbers: Mapping[int, int] | None = None,
        purpose: str = "",
        allows_new: bool = True,
        title: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tree, self._language, self._recent = tree, language, recent
        self._numbers = dict(numbers or {})
        self._finder = TagFinder(tree)
        self._allows_new = allows_new
        self._by_id = {one.tag.id: one.tag for one in tree}
        self._placing = ""
        """The new tag whose parent is being chosen."""
        self._purpose_words = purpose
        self._keys = keys or self._usual_keys()
        self.setWindowTitle(title or tr("Tag the passage"))
        self.setObjectName("tag_palette")
        self.resize(124 * STEP, 100 * STEP)
        self._lay_out()
        self._show_mode()
        self.field.setFocus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(GAP)
        self._purpose = QLabel()
        self._purpose.setTextFormat(Qt.TextFormat.PlainText)
        self._purpose.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Name of the tag"))
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Tags"))
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(4 * STEP, 4 * STEP))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(TagRowDelegate(self.list))
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self._foot = QLabel()
        self._foot.setWordWrap(True)
        self._foot.setForegroundRole(self._foot.palette().ColorRole.PlaceholderText)
        layout.addWidget(self._purpose)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._foot)

    def _usual_keys(self) -> str:
        keys = tr("↑ ↓ choose · Enter lays the tag · Esc closes")
        if self._numbers:
            keys += "\n" + tr("Alt+1 to Alt+9 lay a numbered tag · Ctrl+1 to Ctrl+9 keep a number "
                              "for the chosen one")  # fmt: skip
        return keys

    def _show_mode(self) -> None:
        """Show what is being chosen: a tag, or the parent of a new one."""
        words = self._purpose_words
        if self._placing:
            words = tr("Below which tag shall “{name}” hang?", name=self._placing)
            self.field.setPlaceholderText(tr("Type a part of that tag's name"))
            self._foot.setText(tr("↑ ↓ choose · Enter adds the tag there · Esc goes back"))
        else:
            self.field.setPlaceholderText(tr("Type a part of the tag's name, in any language"))
            self._foot.setText(self._keys)
        self._purpose.setText(words)
        self._purpose.setVisible(bool(words))
        self._fill(self.field.text())

    # Keys -----------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list while typing in the field; take the keys of numbers."""
        if watched is self.field and isinstance(event, QKeyEvent):
            is_press = event.type() == QEvent.Type.KeyPress
            if is_press and event.key() in (
                Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
            ):  # fmt: skip
                self.list.event(event)
                return True
            if is_press and self._take_number(event):
                return True
        return super().eventFilter(watched, event)

    def _take_number(self, event: QKeyEvent) -> bool:
        number = event.key() - Qt.Key.Key_0.value
        if not 1 <= number <= 9 or self._placing or not self._numbers:
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.AltModifier:
            tag_id = next((one for one, kept in self._numbers.items() if kept == number), None)
            if tag_id is not None and tag_id in self._by_id:
                self._choose(Chosen(tag_id, self._by_id[tag_id].name(self._language)))
            return True
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            self._pin(number)
            return True
        return False

    def _pin(self, number: int) -> None:
        item = self.list.currentItem()
        chosen = item.data(_ROLE) if item is not None else None
        if isinstance(chosen, Chosen) and chosen.tag_id is not None:
            row = self.list.currentRow()
            self.pin_asked.emit(chosen.tag_id, number)
            self._fill(self.field.text())
            self.list.setCurrentRow(row)

    def show_numbers(self, numbers: Mapping[int, int]) -> None:
        """Show numbers as they are now, by tag id."""
        self._numbers = dict(numbers)

    def reject(self) -> None:
        """Close; from choosing a parent go back to the new tag first."""
        if not self._placing:
            super().reject()
            return
        name, self._placing = self._placing, ""
        self.field.setText(name)
        self._show_mode()

    # The list -------------------------------------------------------------

    def _fill(self, typed: str) -> None:
        self.list.clear()
        found = self._finder.find(typed, self._recent)
        if self._placing and not typed.strip():
            # Parents are looked for where they stand in the tree.
            found = [FoundTag(one) for one in self._tree]
        for one in found[:SHOWN_AT_MOST]:
            self._add_tag(one)
        name = " ".join(typed.split())
        if self._placing:
            self._add_new(tr("At the top of the vocabulary"), Chosen(None, self._placing))
        elif name and self._allows_new and not is_named(self._tree, name):
            shown = name.replace(PATH_SEPARATOR, f" {STEP_SIGN} ")
            self._add_new(tr("New tag “{name}”", name=shown), Chosen(None, name))
            if PATH_SEPARATOR not in name and self._tree:
                words = tr("New tag “{name}” below another one…", name=name)
                self._add_new(words, _AskParent(name))
        self.list.setCurrentRow(0)

    def _add_tag(self, found: FoundTag) -> None:
        tag = found.one.tag
        path = shown_path(tag, self._language, self._by_id)
        is_other_name = found.by and found.by != tag.name(self._language)
        item = QListWidgetItem(tag_icon(tag), f"{path}  ({found.by})" if is_other_name else path)
        item.setData(_ROLE, Chosen(tag.id, tag.name(self._language)))
        others = ", ".join(tag.names.values())
        item.setToolTip("\n".join(part for part in (others, tag.definition) if part))
        number = self._numbers.get(tag.id) if not self._placing else None
        aside = [str(found.one.count)] if found.one.count else []
        if number is not None:
            keys = QKeySequence(f"Alt+{number}")
            aside.append(keys.toString(QKeySequence.SequenceFormat.NativeText))
        set_aside(item, "    ".join(aside))
        self.list.addItem(item)

    def _add_new(self, words: str, data: Chosen | _AskParent) -> None:
        item = QListWidgetItem(icon("add"), words)
        item.setData(_ROLE, data)
        self.list.addItem(item)

    def _take(self) -> None:
        item = self.list.currentItem()
        chosen = item.data(_ROLE) if item is not None else None
        if isinstance(chosen, _AskParent):
            self._placing = chosen.name
            self.field.clear()
            self._show_mode()
        elif isinstance(chosen, Chosen):
            if self._placing and chosen.tag_id is not None:
                chosen = Chosen(None, self._placing, chosen.tag_id)
            self._choose(chosen)

    def _choose(self, chosen: Chosen) -> None:
        self.accept()
        self.chosen.emit(chosen)
