"""The vocabulary: every tag, its names, colour and use, to be put in order."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Change, Outcome, Tag
from archive_app.errors import ArchiveError
from archive_app.gui.actions import allow
from archive_app.gui.icons import icon
from archive_app.gui.interview_words import tag_language
from archive_app.gui.session import Session
from archive_app.gui.tag_palette import Chosen, TagPalette
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.gui.vocabulary_colours import ColourMenu
from archive_app.gui.vocabulary_tree import VocabularyTree, neighbour
from archive_app.translation import tr, trn
from archive_app.work import vocabulary
from archive_app.work.vocabulary import CountedTag


class VocabularyDialog(QDialog):
    """Add, rename, move, recolour, merge and delete tags; every step can be taken back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("vocabulary_dialog")
        self.setWindowTitle(tr("Vocabulary"))
        self.resize(200 * STEP, 150 * STEP)
        self._session = session
        self._chosen: int | None = None
        self._rename_when_shown = False
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find a tag by a part of its name, in any language"))
        self.search.setAccessibleName(tr("Find a tag"))
        self.search.setClearButtonEnabled(True)
        self.tree = VocabularyTree()
        self.definition = QPlainTextEdit()
        self.definition.setAccessibleName(tr("Definition"))
        self.definition.setPlaceholderText(tr("When this tag is to be used, and when not"))
        self.definition.setTabChangesFocus(True)
        self.definition.setFixedHeight(14 * STEP)
        self._defined: Tag | None = None
        self.search.textChanged.connect(self.tree.narrow)
        self.search.returnPressed.connect(self.tree.setFocus)
        self.tree.named.connect(self._name)
        self.tree.moved.connect(self._move)
        self.tree.itemSelectionChanged.connect(self._tag_chosen)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self._make_actions()
        self._lay_out()
        self.definition.installEventFilter(self)
        session.changed.connect(self._archive_changed)
        session.audience_changed.connect(self.close)
        self.reload()
        self.search.setFocus()

    def _make_actions(self) -> None:
        self.new = self._action(tr("&New tag"), "add", self.add, "Ctrl+N")
        self.new_below = self._action(
            tr("New tag &below"), "add", lambda: self.add(is_below=True), "Ctrl+Shift+N"
        )
        self.rename = self._action(tr("&Rename"), "edit", self._rename, "")
        self.merge = self._action(
            tr("&Merge into…"), "merge", self.ask_merge, "Ctrl+M",
            tr("Every passage with this tag gets the other one instead; undo takes it back"),
        )  # fmt: skip
        self.below = self._action(tr("Move be&low…"), "", self.ask_parent, "")
        self.to_top = self._action(tr("Move to the &top level"), "", self._to_top, "")
        self.up = self._action(tr("Move &up"), "", lambda: self._shift(-1), "Ctrl+Up")
        self.down = self._action(tr("Move &down"), "", lambda: self._shift(1), "Ctrl+Down")
        self.delete = self._action(
            tr("D&elete"), "delete", self._delete, "Del",
            tr("Delete the tag with those below it; undo brings them back"), owner=self.tree,
        )  # fmt: skip
        self.undo = self._action(tr("&Undo"), "undo", self._undo, "Ctrl+Z")
        self.colours = ColourMenu(self)
        self.colours.chosen.connect(self._recolour)

    def _action(
        self,
        text: str,
        picture: str,
        run: Callable[[], object],
        keys: str,
        tooltip: str = "",
        *,
        owner: QWidget | None = None,
    ) -> QAction:
        action = QAction(text, self)
        if picture:
            action.setIcon(icon(picture))
        if keys:
            action.setShortcut(QKeySequence(keys, QKeySequence.SequenceFormat.PortableText))
        if tooltip:
            action.setToolTip(tooltip)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda *_: run())
        (owner or self).addAction(action)
        return action

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        rows.addWidget(self.search)
        tools = QHBoxLayout()
        tools.setSpacing(STEP)
        for action in (self.new, self.new_below, self.rename):
            tools.addWidget(_tool(action))
        colour = QToolButton()
        colour.setText(tr("Colour"))
        colour.setAutoRaise(True)
        colour.setMenu(self.colours)
        colour.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        tools.addWidget(colour)
        for action in (self.merge, self.delete):
            tools.addWidget(_tool(action))
        tools.addStretch(1)
        rows.addLayout(tools)
        rows.addWidget(self.tree, 1)
        self.definition_label = QLabel(tr("De&finition:"))
        self.definition_label.setBuddy(self.definition)
        rows.addWidget(self.definition_label)
        rows.addWidget(self.definition)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.undo_button = QPushButton(tr("Undo"))
        self.undo_button.setAutoDefault(False)
        self.undo_button.clicked.connect(self._undo)
        self.undo_button.hide()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.undo_button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        foot.addWidget(buttons)
        rows.addLayout(foot)
        self.setTabOrder(self.search, self.tree)

    # Reading ----------------------------------------------------------------

    def reload(self) -> None:
        """Read the vocabulary."""
        self._session.query(vocabulary.tag_tree, done=self._show, owner=self)

    def _archive_changed(self, changes: tuple[Change, ...]) -> None:
        if any(one.table in ("tag", "tagging", "vocabulary") for one in changes):
            self.reload()

    def _show(self, tree: tuple[CountedTag, ...]) -> None:
        wanted = self._chosen
        if wanted is not None and any(one.tag.id == wanted for one in tree):
            self._chosen = None
        if wanted is not None and self.search.text():
            self.search.clear()
        self.tree.show_tags(tree, wanted)
        if self._rename_when_shown and wanted is not None:
            self._rename_when_shown = False
            self._rename()

    def choose(self, tag_id: int) -> None:
        """Choose a tag."""
        if self.tree.tag_of(tag_id) is not None:
            self.tree.setCurrentItem(self.tree.item_of(tag_id))

    def current_id(self) -> int | None:
        """Return the tag that is chosen."""
        one = self.tree.current
        return one.tag.id if one is not None else None

    def _tag_chosen(self) -> None:
        one = self.tree.current
        if self._defined is None or one is None or one.tag.id != self._defined.id:
            self._keep_definition()
        self._defined = one.tag if one is not None else None
        if not self.definition.document().isModified():
            self.definition.setPlainText(one.tag.definition if one is not None else "")
        self.definition.setEnabled(one is not None and self._session.can_edit)
        self.definition.setToolTip(
            ""
            if self.definition.isEnabled()
            else self._session.why_not or tr("Choose a tag first.")
        )
        self._allow()

    def _keep_definition(self) -> None:
        """Store what was typed about a tag, once the keyboard goes elsewhere."""
        document = self.definition.document()
        if self._defined is None or not document.isModified():
            return
        document.setModified(False)
        text = self.definition.toPlainText().strip()
        if text != self._defined.definition:
            tag = replace(self._defined, definition=text)
            self._write(vocabulary.edit_tag, tag, words=tr("The definition was stored."))

    def done(self, result: int) -> None:
        """Close; what was typed is stored."""
        self._keep_definition()
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Store the definition when the keyboard leaves it."""
        if watched is self.definition and event.type() == QEvent.Type.FocusOut:
            self._keep_definition()
        return super().eventFilter(watched, event)

    def _allow(self) -> None:
        one, can = self.tree.current, self._session.can_edit
        self.colours.present = one.tag.colour if one is not None else ""
        allow(self.new, can, self._session.why_not)
        nothing = tr("Choose a tag first.")
        for action in (self.new_below, self.rename, self.merge, self.below, self.delete):
            allow(action, can and one is not None, self._session.why_not or nothing)
        self.colours.menuAction().setEnabled(can and one is not None)
        is_below = one is not None and one.tag.parent_id is not None
        allow(self.to_top, can and is_below, self._session.why_not or tr("It is there already."))
        for action, by in ((self.up, -1), (self.down, 1)):
            can_move = one is not None and neighbour(self.tree.tags, one.tag, by)[0]
            allow(action, can and can_move, self._session.why_not or tr("It stands there already."))

    # What is done -----------------------------------------------------------

    def add(self, *, is_below: bool = False) -> None:
        """Add a tag beside the chosen one, or below it, and let it be named."""
        one = self.tree.current
        parent = None
        if one is not None:
            parent = one.tag.id if is_below else one.tag.parent_id
        self._session.write(
            vocabulary.add_tag, {self._language(): tr("New tag")}, parent_id=parent,
            done=self._added, failed=self._refused,
        )  # fmt: skip

    def _added(self, outcome: Outcome[int]) -> None:
        self._chosen, self._rename_when_shown = outcome.value, True
        self._tell(tr("Added. Type its name."))
        self.reload()

    def _language(self) -> str:
        return self.tree.languages[0] if self.tree.languages else tag_language()

    def _rename(self) -> None:
        one = self.tree.current
        if one is not None:
            column = self.tree.currentColumn()
            languages = self.tree.languages
            self.tree.rename(
                one.tag.id, languages[column if column in range(len(languages)) else 0]
            )

    def _name(self, tag_id: int, language: str, name: str) -> None:
        self._write(vocabulary.name_tag, tag_id, language, name, words=tr("Renamed."))

    def _move(self, tag_id: int, parent: int | None, before: int | None) -> None:
        self._chosen = tag_id
        self._write(vocabulary.move_tag, tag_id, parent, before=before, words=tr("Moved."))

    def _shift(self, by: int) -> None:
        one = self.tree.current
        if one is not None:
            can, before = neighbour(self.tree.tags, one.tag, by)
            if can:
                self._move(one.tag.id, one.tag.parent_id, before)

    def _to_top(self) -> None:
        one = self.tree.current
        if one is not None:
            self._move(one.tag.id, None, None)

    def ask_parent(self) -> None:
        """Ask below which tag the chosen one is to hang."""
        one = self.tree.current
        if one is not None:
            self._ask(
                one, tr("Move below"), tr("Hang “{name}” below:", name=_name_of(one)),
                tr("↑ ↓ choose · Enter moves it there · Esc closes"),
                lambda chosen: self._move(one.tag.id, chosen, None),
            )  # fmt: skip

    def ask_merge(self) -> None:
        """Ask into which tag the chosen one goes; it is done at once, and can be taken back."""
        one = self.tree.current
        if one is not None:
            self._ask(
                one, tr("Merge into"), tr("“{name}” goes into:", name=_name_of(one)),
                tr("↑ ↓ choose · Enter merges; undo takes it back · Esc closes"),
                lambda chosen: self._merge(one, chosen),
            )  # fmt: skip

    def _ask(
        self, one: CountedTag, title: str, purpose: str, keys: str, take: Callable[[int], object]
    ) -> None:
        others = [tag for tag in self.tree.tags if tag.tag.id != one.tag.id]
        self.palette_shown = TagPalette(
            others, language=tag_language(), purpose=purpose, allows_new=False, title=title,
            keys=keys, parent=self,
        )  # fmt: skip

        def taken(chosen: Chosen) -> None:
            if chosen.tag_id is not None:
                take(chosen.tag_id)

        self.palette_shown.chosen.connect(taken)
        self.palette_shown.finished.connect(self.palette_shown.deleteLater)
        self.palette_shown.open()

    def _merge(self, one: CountedTag, kept: int) -> None:
        into = self.tree.tag_of(kept)
        words = trn("“{name}” is now “{kept}”: {count} passage.",
                    "“{name}” is now “{kept}”: {count} passages.", one.count,
                    name=_name_of(one), kept=_name_of(into) if into else "")  # fmt: skip
        self._chosen = kept
        self._write(vocabulary.merge_tags, kept=kept, merged=one.tag.id, words=words)

    def _delete(self) -> None:
        one = self.tree.current
        if one is not None:
            name = _name_of(one)

            def is_gone(outcome: Outcome[int]) -> None:
                self._tell(
                    trn("“{name}” was deleted and came off {count} passage.",
                        "“{name}” was deleted and came off {count} passages.", outcome.value,
                        name=name),
                    can_undo=True,
                )  # fmt: skip

            self._session.write(
                vocabulary.delete_tag, one.tag.id, done=is_gone, failed=self._refused
            )

    def _recolour(self, colour: str) -> None:
        one = self.tree.current
        if one is not None:
            self._write(vocabulary.colour_tag, one.tag.id, colour, words=tr("Recoloured."))

    def _undo(self) -> None:
        self._session.write(_undo, done=self._undone, failed=self._refused)

    def _undone(self, outcome: Outcome[Any]) -> None:
        self._tell(tr("Undone: {what}", what=tr(outcome.value.label)))

    def _write(self, function: Any, *args: object, words: str, **kwargs: object) -> None:
        self._session.write(
            functools.partial(function, **kwargs), *args,
            done=lambda _: self._tell(words, can_undo=True), failed=self._refused,
        )  # fmt: skip

    def _refused(self, error: ArchiveError) -> None:
        self._tell(error.message)
        self.reload()

    def _tell(self, words: str, *, can_undo: bool = False) -> None:
        self.told.setText(words)
        self.undo_button.setVisible(can_undo)

    # Menus ------------------------------------------------------------------

    def _show_menu(self, place: QPoint) -> None:
        self.menu().popup(self.tree.viewport().mapToGlobal(place))

    def menu(self) -> QMenu:
        """Return what can be done with the chosen tag."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions([self.new, self.new_below, self.rename])
        menu.addMenu(self.colours)
        menu.addSeparator()
        menu.addActions([self.up, self.down, self.below, self.to_top])
        menu.addSeparator()
        menu.addActions([self.merge, self.delete])
        return menu


def _undo(archive: Any) -> Outcome[Any]:
    from archive_app.work import history

    return history.undo(archive)


def _name_of(one: CountedTag) -> str:
    return one.tag.name(tag_language())


def _tool(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
