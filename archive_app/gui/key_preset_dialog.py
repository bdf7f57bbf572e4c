"""Shows what another program's keys would change before they are taken."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.actions import Actions, sequences
from archive_app.gui.key_presets import Preset, preset_changes, take
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.translation import tr


class PresetDialog(QDialog):
    """Each command that would get other keys: which it has, which it would have."""

    def __init__(self, actions: Actions, preset: Preset, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.changes = preset_changes(actions, preset)
        self.setWindowTitle(tr("Keys: {name}", name=tr(preset.name)))
        self.resize(160 * STEP, 100 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        words = QLabel(
            tr("These commands would get other keys. Everything else stays as it is, and “The "
               "program's own keys” takes it back.")
            if self.changes
            else tr("The keys are like this already: nothing would change.")
        )  # fmt: skip
        words.setWordWrap(True)
        rows.addWidget(words)
        self.list = QTreeWidget()
        self.list.setAccessibleName(tr("What would change"))
        self.list.setHeaderLabels([tr("Command"), tr("Now"), tr("Then")])
        self.list.setRootIsDecorated(False)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for change in self.changes:
            cells = [change.text, native(change.before), native(change.after)]
            self.list.addTopLevelItem(QTreeWidgetItem(cells))
        rows.addWidget(self.list, 1)
        if preset.note:
            note = QLabel(tr(preset.note))
            note.setWordWrap(True)
            rows.addWidget(note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = buttons.addButton(tr("Use these keys"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.use.setEnabled(bool(self.changes))
        self.use.setToolTip("" if self.changes else tr("Nothing would change."))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)

    def accept(self) -> None:
        """Take the keys."""
        take(self._actions, self.changes)
        super().accept()


def native(shortcut: str) -> str:
    """Return keys as this platform writes them, or a word for none."""
    portable, shown = (
        QKeySequence.SequenceFormat.PortableText,
        QKeySequence.SequenceFormat.NativeText,
    )
    keys = [QKeySequence(one, portable).toString(shown) for one in sequences(shortcut)]
    return "  ".join(keys) or tr("none")
