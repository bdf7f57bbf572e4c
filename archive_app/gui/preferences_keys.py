"""The preferences' page of keys: every command, its keys, and those of other programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.actions import Actions, Registered, plain, sequences
from archive_app.gui.key_preset_dialog import PresetDialog
from archive_app.gui.key_presets import PRESETS
from archive_app.gui.pedal import bound_switches
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.settings import SHORTCUTS, Settings
from archive_app.translation import tr

ROLE = Qt.ItemDataRole.UserRole
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText


class KeysPage(QWidget):
    """Every command of the window and of the pages made so far; several keys each."""

    def __init__(
        self,
        settings: Settings,
        actions: Actions,
        parent: QWidget | None = None,
        *,
        before_listing: Callable[[Callable[[], object]], object] = lambda then: then(),
    ) -> None:
        """``before_listing`` lets every page tell its commands, and calls what it is handed then.

        It is called when the page is first shown.
        """
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self._before_listing = before_listing
        self._is_asked = False
        self.is_listed = False
        """Whether every command stands in the list."""
        self._wanted = ""
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        rows.addLayout(self._presets())
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setPlaceholderText(tr("Find a command or a key"))
        self.filter.setAccessibleName(tr("Find a command or a key"))
        self.filter.textChanged.connect(self._narrow)
        rows.addWidget(self.filter)
        self.commands = self._tree()
        rows.addWidget(self.commands, 1)
        rows.addLayout(self._line())
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setAccessibleName(tr("Notes on the keys"))
        rows.addWidget(self.told)
        self._command_chosen()

    def _presets(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        self.presets = QComboBox()
        self.presets.setAccessibleName(tr("Keys as in"))
        for preset in PRESETS:
            self.presets.addItem(tr(preset.name), preset.id)
        self.show_preset = QPushButton(tr("Show what would change…"))
        self.show_preset.setToolTip(tr("Nothing changes before you say so"))
        self.show_preset.clicked.connect(self.ask_preset)
        label = QLabel(tr("&Keys as in:"))
        label.setBuddy(self.presets)
        line.addWidget(label)
        line.addWidget(self.presets, 1)
        line.addWidget(self.show_preset)
        return line

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(tr("Commands and their keys"))
        tree.setHeaderLabels([tr("Command"), tr("Keys")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.itemSelectionChanged.connect(self._command_chosen)
        return tree

    def showEvent(self, event: QShowEvent) -> None:
        """List the commands, as soon as every page has told its own."""
        if not self._is_asked:
            self._is_asked = True
            self.told.setText(tr("Gathering the commands of every page…"))
            self.show_preset.setEnabled(False)
            self._before_listing(self._fill)
        super().showEvent(event)

    def _fill(self) -> None:
        # The dialog may have been closed meanwhile.
        if not shiboken6.isValid(self):
            return
        shown: list[QTreeWidgetItem] = []
        for one in self._actions:
            if plain(one.action.text()):
                item = QTreeWidgetItem([plain(one.action.text()), self._native_keys(one)])
                item.setData(0, ROLE, one.id)
                item.setToolTip(0, one.tooltip)
                shown.append(item)
        self.commands.addTopLevelItems(shown)
        self.commands.sortItems(0, Qt.SortOrder.AscendingOrder)
        self.is_listed = True
        self.told.setText("")
        self.show_preset.setEnabled(True)
        self._narrow(self.filter.text())

    def _line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        self.given = QListWidget()
        self.given.setAccessibleName(tr("Keys of the command"))
        self.given.setFixedHeight(18 * STEP)
        self.given.itemSelectionChanged.connect(self._allow)
        self.keys = QKeySequenceEdit()
        self.keys.setAccessibleName(tr("New keys"))
        self.keys.setToolTip(tr("Press the keys that this command shall have too"))
        self.keys.setMaximumSequenceLength(1)
        self.keys.editingFinished.connect(self._give_keys)
        self.take_away = QPushButton(tr("Take away"))
        self.take_away.clicked.connect(self._take_away)
        self.own = QPushButton(tr("As it was"))
        self.own.setToolTip(tr("The keys the program came with"))
        self.own.clicked.connect(self._own_keys)
        self.take_over = QPushButton(tr("Give them to this command"))
        self.take_over.setToolTip(tr("The other command loses these keys"))
        self.take_over.setVisible(False)
        self.take_over.clicked.connect(self._take_over)
        line.addWidget(self.given, 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(STEP)
        beside = QHBoxLayout()
        beside.addWidget(QLabel(tr("Add keys:")))
        beside.addWidget(self.keys, 1)
        buttons.addLayout(beside)
        buttons.addWidget(self.take_over)
        both = QHBoxLayout()
        both.addWidget(self.take_away)
        both.addWidget(self.own)
        buttons.addLayout(both)
        buttons.addStretch(1)
        line.addLayout(buttons, 1)
        return line

    # Presets ----------------------------------------------------------------

    def ask_preset(self) -> PresetDialog:
        """Show what the preset chosen would change."""
        preset = PRESETS[self.presets.currentIndex()]
        dialog = PresetDialog(self._actions, preset, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._show_all)
        dialog.open()
        return dialog

    def _show_all(self) -> None:
        known = {one.id: one for one in self._actions}
        for row in range(self.commands.topLevelItemCount()):
            item = self.commands.topLevelItem(row)
            if item is not None:
                item.setText(1, self._native_keys(known[item.data(0, ROLE)]))
        self._command_chosen()

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.commands.topLevelItemCount()):
            item = self.commands.topLevelItem(row)
            if item is not None:
                shown = f"{item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in shown for word in words))

    # One command ------------------------------------------------------------

    def _chosen(self) -> Registered | None:
        items = self.commands.selectedItems()
        name = items[0].data(0, ROLE) if items else ""
        return next((one for one in self._actions if one.id == name), None)

    def _command_chosen(self) -> None:
        one = self._chosen()
        self._wanted = ""
        self.take_over.setVisible(False)
        self.told.setText("")
        self.keys.clear()
        self.given.clear()
        for keys in sequences(self._actions.shortcut_of(one)) if one else ():
            item = QListWidgetItem(QKeySequence(keys, _PORTABLE).toString(_NATIVE))
            item.setData(ROLE, keys)
            self.given.addItem(item)
        if self.given.count():
            self.given.setCurrentRow(0)
        self._allow()

    def _allow(self) -> None:
        one = self._chosen()
        first = "" if one else tr("Choose a command first.")
        self.keys.setEnabled(one is not None)
        self.keys.setToolTip(first or tr("Press the keys that this command shall have too"))
        is_changed = one is not None and one.id in self._settings.get(SHORTCUTS)
        self.own.setEnabled(is_changed)
        self.own.setToolTip(
            tr("The keys the program came with")
            if is_changed
            else first or tr("It has the keys the program came with.")
        )
        has_key = bool(self.given.selectedItems())
        self.take_away.setEnabled(has_key)
        self.take_away.setToolTip("" if has_key else first or tr("Choose keys at the left first."))

    def _give_keys(self) -> None:
        one = self._chosen()
        keys = self.keys.keySequence().toString(_PORTABLE)
        if one is None or not keys:
            return
        clashes = self._actions.clashes(one.id, keys)
        pedal = self._pedal_on(keys)
        if clashes:
            self._wanted = keys
            other = plain(clashes[0].action.text())
            self._tell(tr("These keys belong to “{command}”.", command=other))
            self.take_over.setVisible(True)
        elif pedal:
            self._tell(tr("The pedal sends these keys. Choose others, or bind the pedal anew."))
        else:
            self._add(one, keys)

    def _pedal_on(self, keys: str) -> bool:
        wanted = QKeySequence(keys, _PORTABLE)
        return any(sent.sequence == wanted for sent in bound_switches(self._settings).values())

    def _add(self, one: Registered, keys: str) -> None:
        known = sequences(self._actions.shortcut_of(one))
        self._change({one.id: "; ".join([*known, keys] if keys not in known else known)})

    def _take_over(self) -> None:
        one = self._chosen()
        if one is None or not self._wanted:
            return
        keys, lost = self._wanted, {}
        for other in self._actions.clashes(one.id, keys):
            left = [k for k in sequences(self._actions.shortcut_of(other)) if k != keys]
            lost[other.id] = "; ".join(left)
        self._actions.set_shortcuts(lost)
        self._add(one, keys)
        self._show_all()

    def _take_away(self) -> None:
        one = self._chosen()
        chosen = [str(item.data(ROLE)) for item in self.given.selectedItems()]
        if one is not None and chosen:
            left = [k for k in sequences(self._actions.shortcut_of(one)) if k not in chosen]
            self._change({one.id: "; ".join(left)})

    def _own_keys(self) -> None:
        one = self._chosen()
        if one is None:
            return
        clashes: Sequence[Registered] = self._actions.clashes(one.id, one.own_shortcut)
        if clashes:
            other = plain(clashes[0].action.text())
            self._tell(tr("“{command}” has these keys now.", command=other))
        else:
            self._change({one.id: one.own_shortcut})

    def _change(self, chosen: dict[str, str]) -> None:
        self._actions.set_shortcuts(chosen)
        for item in self.commands.selectedItems():
            self._show_keys(item)
        self._command_chosen()

    def _show_keys(self, item: QTreeWidgetItem) -> None:
        name = item.data(0, ROLE)
        item.setText(1, self._native_keys(next(one for one in self._actions if one.id == name)))

    def _native_keys(self, one: Registered) -> str:
        keys = sequences(self._actions.shortcut_of(one))
        return "  ".join(QKeySequence(each, _PORTABLE).toString(_NATIVE) for each in keys)

    def _tell(self, words: str) -> None:
        self.told.setStyleSheet(f"color: {theme().colours.error.name()}")
        self.told.setText(words)
