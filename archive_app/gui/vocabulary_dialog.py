"""The vocabulary: a tree of tags to be named, moved, coloured, merged and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QColorDialog,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Outcome, Tag
from archive_app.gui.icons import give_icon
from archive_app.gui.interview_words import language_name, tag_language
from archive_app.gui.session import Session
from archive_app.gui.tag_colours import LIGHT, colour_key, tag_colour
from archive_app.gui.tag_palette import Chosen, TagPalette, tag_icon
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.translation import tr, trn
from archive_app.work import vocabulary
from archive_app.work.vocabulary import CountedTag

_ID = Qt.ItemDataRole.UserRole
NAME_LANGUAGES = ("en", "ru", "sr-Latn", "sr-Cyrl")


class TagTree(QTreeWidget):
    """Tags with their counts; dragging one hangs it below another."""

    def __init__(self, dialog: VocabularyDialog) -> None:
        super().__init__()
        self._dialog = dialog
        self.setObjectName("vocabulary")
        self.setAccessibleName(tr("Vocabulary"))
        self.setHeaderLabels([tr("Tag"), tr("Passages")])
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hang what was dragged below what it was let go on."""
        dragged = self.currentItem()
        onto = self.itemAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if dragged is not None and onto is not dragged:
            parent = onto.data(0, _ID) if onto is not None else None
            self._dialog.move_tag(dragged.data(0, _ID), parent)


class VocabularyDialog(QDialog):
    """Stays open beside the window; every change is one operation that undo takes back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._tree: Sequence[CountedTag] = ()
        self._tags: dict[int, Tag] = {}
        self._wanted: int | None = None
        self.palette_shown: TagPalette | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("vocabulary_dialog")
        self.setWindowTitle(tr("Vocabulary"))
        self.resize(190 * STEP, 130 * STEP)
        self._make_parts()
        self._lay_out()
        session.changed.connect(self._archive_changed)
        session.audience_changed.connect(self.close)
        self._read()

    def _make_parts(self) -> None:
        self.tree = TagTree(self)
        self.tree.currentItemChanged.connect(lambda *_: self._show_tag())
        self.names = {code: QLineEdit() for code in NAME_LANGUAGES}
        for code, field in self.names.items():
            field.setAccessibleName(tr("Name in {language}", language=language_name(code)))
            field.editingFinished.connect(self._keep)
        self.definition = QPlainTextEdit()
        self.definition.setAccessibleName(tr("Definition"))
        self.definition.setTabChangesFocus(True)
        self.definition.setPlaceholderText(tr("When this tag is to be used, and when not"))
        self.colour = QPushButton(tr("Colour…"))
        self.colour.clicked.connect(self._ask_colour)
        self.keep = QPushButton(tr("Keep changes"))
        self.keep.clicked.connect(self._keep)
        self.new = _button(tr("New…"), "add", lambda: self._ask_new(None))
        self.below = _button(tr("New below…"), "add", lambda: self._ask_new(self.current_id()))
        self.top = _button(tr("To the top"), "", self._move_to_top)
        self.top.setToolTip(tr("Hang it below no other tag; dragging hangs it anywhere"))
        self.merge = _button(tr("Merge into…"), "merge", self.ask_merge)
        self.merge.setToolTip(tr("Every passage of this tag gets another one instead"))
        self.delete = _button(tr("Delete"), "delete", self._delete)
        self.undo = _button(tr("Undo"), "undo", lambda: self.session.undo(None))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(GAP)
        for code, field in self.names.items():
            form.addRow(f"{language_name(code)}:", field)
        form.addRow(tr("Definition:"), self.definition)
        form.addRow("", _line(self.colour, self.keep))
        self.side = QWidget()
        self.side.setLayout(form)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.tree)
        splitter.addWidget(self.side)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([100 * STEP, 90 * STEP])
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.close)
        foot = _line(self.new, self.below, self.top, self.merge, self.delete, self.undo)
        foot.addWidget(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)

    # Showing ----------------------------------------------------------------

    def current_id(self) -> int | None:
        """Return the tag that is chosen."""
        item = self.tree.currentItem()
        return item.data(0, _ID) if item is not None else None

    def choose(self, tag_id: int) -> None:
        """Choose a tag."""
        for item in self.tree.findItems("", Qt.MatchFlag.MatchContains | _RECURSIVE):
            if item.data(0, _ID) == tag_id:
                self.tree.setCurrentItem(item)

    def _read(self) -> None:
        self.session.query(vocabulary.tag_tree, done=self._fill, owner=self)

    def _archive_changed(self, changes: Any) -> None:
        if any(one.table in ("tag", "tagging") for one in changes):
            self._read()

    def _fill(self, tree: Sequence[CountedTag]) -> None:
        wanted = self._wanted if self._wanted is not None else self.current_id()
        self._wanted = None
        folded = {item.data(0, _ID) for item in self._items() if not item.isExpanded()}
        self._tree, self._tags = tree, {one.tag.id: one.tag for one in tree}
        items: dict[int, QTreeWidgetItem] = {}
        with QSignalBlocker(self.tree):
            self.tree.clear()
            for one in tree:
                above = items.get(one.tag.parent_id) if one.tag.parent_id is not None else None
                words = [one.tag.name(tag_language()), str(one.count)]
                item = QTreeWidgetItem(above or self.tree, words)
                item.setData(0, _ID, one.tag.id)
                item.setIcon(0, tag_icon(one.tag))
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
                item.setToolTip(0, one.tag.definition)
                items[one.tag.id] = item
            for tag_id, item in items.items():
                item.setExpanded(tag_id not in folded)
            if items:
                first = next(iter(items.values()))
                self.tree.setCurrentItem(items.get(wanted, first) if wanted else first)
        self._show_tag()

    def _items(self) -> list[QTreeWidgetItem]:
        return self.tree.findItems("", Qt.MatchFlag.MatchContains | _RECURSIVE)

    def _show_tag(self) -> None:
        tag = self._tags.get(self.current_id() or 0)
        self.side.setEnabled(tag is not None and self.session.can_edit)
        for button in (self.below, self.top, self.merge, self.delete):
            button.setEnabled(tag is not None and self.session.can_edit)
        for code, field in self.names.items():
            if not (field.hasFocus() and field.isModified()):
                field.setText(tag.names.get(code, "") if tag else "")
        self.definition.setPlainText(tag.definition if tag else "")
        if tag is not None:
            self.colour.setIcon(tag_icon(tag))

    # Changing -----------------------------------------------------------------

    def _keep(self) -> None:
        tag = self._tags.get(self.current_id() or 0)
        if tag is None or not self.session.can_edit:
            return
        names = {code: name for code, name in tag.names.items() if code not in self.names}
        names |= {code: f.text().strip() for code, f in self.names.items() if f.text().strip()}
        definition = self.definition.toPlainText().strip()
        if not names:
            self.session.said.emit(tr("A tag needs a name in one language at least."))
            self._show_tag()
            return
        for field in self.names.values():
            field.setModified(False)
        changed = replace(tag, names=names, definition=definition)
        if (dict(tag.names), tag.definition) != (names, definition):
            self.session.write(vocabulary.edit_tag, changed)

    def _ask_colour(self) -> None:
        tag = self._tags.get(self.current_id() or 0)
        if tag is None:
            return
        for number, colour in enumerate(LIGHT):
            QColorDialog.setCustomColor(number, QColor(colour))
        now = tag_colour(colour_key(tag.uuid), tag.colour, is_dark=theme().is_dark)
        colour = QColorDialog.getColor(now, self, tr("Colour of the tag"))
        if colour.isValid():
            self.session.write(vocabulary.edit_tag, replace(tag, colour=colour.name()))

    def _ask_new(self, parent_id: int | None) -> None:
        name, is_given = QInputDialog.getText(self, tr("New tag"), tr("Name of the tag:"))
        if is_given and name.strip():
            language = tag_language()
            self.session.write(
                vocabulary.add_tag, {language: name.strip()}, parent_id=parent_id, done=self._made
            )

    def _made(self, outcome: Outcome[int]) -> None:
        self._wanted = outcome.value
        self._read()

    def move_tag(self, tag_id: int, parent_id: int | None) -> None:
        """Hang a tag below another, or below none."""
        tag = self._tags.get(tag_id)
        if tag is not None and tag.parent_id != parent_id and self.session.can_edit:
            self.session.write(vocabulary.edit_tag, replace(tag, parent_id=parent_id))

    def _move_to_top(self) -> None:
        tag_id = self.current_id()
        if tag_id is not None:
            self.move_tag(tag_id, None)

    def ask_merge(self) -> None:
        """Ask into which tag the chosen one goes."""
        tag = self._tags.get(self.current_id() or 0)
        if tag is None:
            return
        others = [one for one in self._tree if one.tag.id != tag.id]
        name = tag.name(tag_language())
        self.palette_shown = TagPalette(
            others,
            language=tag_language(),
            purpose=tr("Into which tag does “{name}” go?", name=name),
            allows_new=False,
            parent=self,
        )
        self.palette_shown.setWindowTitle(tr("Merge tags"))
        self.palette_shown.chosen.connect(lambda chosen: self._merge(tag, chosen))
        self.palette_shown.finished.connect(self.palette_shown.deleteLater)
        self.palette_shown.open()

    def _merge(self, tag: Tag, chosen: Chosen) -> None:
        if chosen.tag_id is None:
            return
        self._wanted = chosen.tag_id
        words = tr("“{one}” is now “{other}”. Undo takes it back.",
                   one=tag.name(tag_language()), other=chosen.name)  # fmt: skip
        self.session.write(
            vocabulary.merge_tags, kept=chosen.tag_id, merged=tag.id,
            done=lambda _: self.session.said.emit(words),
        )  # fmt: skip

    def _delete(self) -> None:
        tag_id = self.current_id()
        if tag_id is not None:
            self.session.write(vocabulary.delete_tag, tag_id, done=self._is_deleted)

    def _is_deleted(self, outcome: Outcome[int]) -> None:
        self.session.said.emit(
            trn("Deleted, with {count} tagged passage. Undo brings it back.",
                "Deleted, with {count} tagged passages. Undo brings them back.", outcome.value)
        )  # fmt: skip


_RECURSIVE = Qt.MatchFlag.MatchRecursive


def _button(text: str, icon: str, run: Any) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    if icon:
        give_icon(button, icon)
    button.clicked.connect(lambda _=False: run())
    return button


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(STEP)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line
