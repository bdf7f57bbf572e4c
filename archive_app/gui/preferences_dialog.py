"""What a person can choose: language, colours, text size, name, playing, and keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.actions import Actions, plain, sequences
from archive_app.gui.shell_actions import SCHEMES, SIZES
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.settings import (
    INTERFACE_LANGUAGE,
    STEP_BACK_MS,
    TEXT_SIZE,
    THEME,
    WHO,
    Setting,
    Settings,
)
from archive_app.translation import mark, tr

LANGUAGES = {
    "": mark("As the system"),
    "en": "English",
    "ru": "Русский",
    "sr_Cyrl": "Српски",
    "sr_Latn": "Srpski",
}
ROLE = Qt.ItemDataRole.UserRole


class PreferencesDialog(QDialog):
    """Every choice takes effect at once; there is nothing to confirm."""

    language_changed = Signal()

    def __init__(self, settings: Settings, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self._language_before = settings.get(INTERFACE_LANGUAGE)
        self.setWindowTitle(tr("Preferences"))
        self.resize(140 * STEP, 110 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(MARGIN)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._general(), tr("&General"))
        self.tabs.addTab(self._keys(), tr("&Keys"))
        rows.addWidget(self.tabs, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.finished.connect(self._finish)

    def _general(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        form.setSpacing(GAP + STEP)
        self.language = self._choice(INTERFACE_LANGUAGE, LANGUAGES)
        self.scheme = self._choice(THEME, SCHEMES)
        self.text_size = self._choice(TEXT_SIZE, SIZES)
        form.addRow(tr("&Language:"), self.language)
        form.addRow(tr("&Colours:"), self.scheme)
        form.addRow(tr("&Text size:"), self.text_size)
        self.who = QLineEdit(self._settings.get(WHO))
        self.who.setPlaceholderText(tr("As the history of the archive shows it"))
        self.who.textEdited.connect(lambda text: self._settings.set(WHO, text.strip()))
        form.addRow(tr("&Your name:"), self.who)
        self.step_back = QDoubleSpinBox()
        self.step_back.setRange(0, 30)
        self.step_back.setSingleStep(0.5)
        self.step_back.setDecimals(1)
        self.step_back.setSuffix(tr(" s"))
        self.step_back.setValue(self._settings.get(STEP_BACK_MS) / 1000)
        self.step_back.setToolTip(tr("How far playing goes back after a pause"))
        self.step_back.valueChanged.connect(
            lambda seconds: self._settings.set(STEP_BACK_MS, round(seconds * 1000))
        )
        form.addRow(tr("&Step back after a pause:"), self.step_back)
        return page

    def _choice(self, setting: Setting[str], names: dict[str, str]) -> QComboBox:
        choice = QComboBox()
        for value, name in names.items():
            choice.addItem(tr(name), value)
        choice.setCurrentIndex(max(0, choice.findData(self._settings.get(setting))))
        choice.activated.connect(lambda index: self._settings.set(setting, choice.itemData(index)))
        return choice

    def _finish(self, _: int) -> None:
        if self._settings.get(INTERFACE_LANGUAGE) != self._language_before:
            self.language_changed.emit()

    # Keys ------------------------------------------------------------------

    def _keys(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        self.commands = QTreeWidget()
        self.commands.setAccessibleName(tr("Commands and their keys"))
        self.commands.setHeaderLabels([tr("Command"), tr("Keys")])
        self.commands.setRootIsDecorated(False)
        self.commands.setUniformRowHeights(True)
        self.commands.header().setStretchLastSection(False)
        self.commands.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.commands.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for one in self._actions:
            if plain(one.action.text()):
                item = QTreeWidgetItem([plain(one.action.text()), ""])
                item.setData(0, ROLE, one.id)
                self.commands.addTopLevelItem(item)
                self._show_keys(item)
        self.commands.sortItems(0, Qt.SortOrder.AscendingOrder)
        self.commands.itemSelectionChanged.connect(self._command_chosen)
        rows.addWidget(self.commands, 1)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        self.keys = QKeySequenceEdit()
        self.keys.setAccessibleName(tr("New keys"))
        self.keys.setClearButtonEnabled(True)
        self.keys.setMaximumSequenceLength(1)
        self.keys.editingFinished.connect(self._give_keys)
        self.own = QPushButton(tr("As it was"))
        self.own.setToolTip(tr("The keys the program came with"))
        self.own.clicked.connect(self._own_keys)
        line.addWidget(self.keys, 1)
        line.addWidget(self.own)
        rows.addLayout(line)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setStyleSheet(f"color: {theme().colours.error.name()}")
        rows.addWidget(self.told)
        self._command_chosen()
        return page

    def _chosen(self) -> QTreeWidgetItem | None:
        items = self.commands.selectedItems()
        return items[0] if items else None

    def _command_chosen(self) -> None:
        item = self._chosen()
        for part in (self.keys, self.own):
            part.setEnabled(item is not None)
        self.keys.setToolTip("" if item else tr("Choose a command first."))
        if item is not None:
            one = next(known for known in self._actions if known.id == item.data(0, ROLE))
            keys = sequences(self._actions.shortcut_of(one))
            self.keys.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())

    def _give_keys(self) -> None:
        item = self._chosen()
        if item is None:
            return
        name = item.data(0, ROLE)
        keys = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        clashes = self._actions.clashes(name, keys)
        if clashes:
            other = plain(clashes[0].action.text())
            self.told.setText(tr("These keys belong to “{command}”. Choose others.",
                                 command=other))  # fmt: skip
            return
        self.told.setText("")
        self._actions.set_shortcut(name, keys)
        self._show_keys(item)

    def _own_keys(self) -> None:
        item = self._chosen()
        if item is not None:
            one = next(known for known in self._actions if known.id == item.data(0, ROLE))
            self._actions.set_shortcut(one.id, one.own_shortcut)
            self.told.setText("")
            self._show_keys(item)
            self._command_chosen()

    def _show_keys(self, item: QTreeWidgetItem) -> None:
        action = self._actions[item.data(0, ROLE)]
        native = QKeySequence.SequenceFormat.NativeText
        item.setText(1, "  ".join(keys.toString(native) for keys in action.shortcuts()))
