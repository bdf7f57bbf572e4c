"""Making two tags one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from archive_app.errors import ArchiveError
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.translation import current_language, tr, trn
from archive_app.work import vocabulary


class MergeDialog(QDialog):
    """Asks which tag stays and which goes into it; undo takes the merge back."""

    def __init__(self, session: Session, parent: QWidget, *, kept: int | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._preset = kept
        self.setWindowTitle(tr("Merge tags"))
        self.setMinimumWidth(100 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        words = QLabel(
            tr("Every passage with the second tag gets the first instead. Names in languages that "
               "the first lacks are kept. Undo takes it back.")
        )  # fmt: skip
        words.setWordWrap(True)
        rows.addWidget(words)
        form = QFormLayout()
        self.kept = QComboBox()
        self.merged = QComboBox()
        self.kept.setAccessibleName(tr("Tag that stays"))
        self.merged.setAccessibleName(tr("Tag that goes into it"))
        form.addRow(tr("&This tag stays:"), self.kept)
        form.addRow(tr("This one &goes into it:"), self.merged)
        rows.addLayout(form)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setStyleSheet(f"color: {theme().colours.error.name()}")
        self.told.hide()
        rows.addWidget(self.told)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(tr("Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._merge)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.kept.currentIndexChanged.connect(self._check)
        self.merged.currentIndexChanged.connect(self._check)
        session.query(vocabulary.tag_tree, done=self._show_tags, owner=self)

    def _show_tags(self, tags: tuple[vocabulary.CountedTag, ...]) -> None:
        language = current_language().replace("_", "-")
        for one in tags:
            name = "    " * one.depth + one.tag.name(language)
            words = trn("{name} – {count} passage", "{name} – {count} passages", one.count,
                        name=name)  # fmt: skip
            self.kept.addItem(words, one.tag.id)
            self.merged.addItem(words, one.tag.id)
        if self._preset is not None:
            self.kept.setCurrentIndex(max(0, self.kept.findData(self._preset)))
        self._check()

    def _check(self, _: int = 0) -> None:
        is_same = self.kept.currentData() == self.merged.currentData()
        self.go.setEnabled(not is_same)
        self.go.setToolTip(tr("Choose two different tags.") if is_same else "")

    def _merge(self) -> None:
        self._session.write(
            vocabulary.merge_tags,
            kept=self.kept.currentData(),
            merged=self.merged.currentData(),
            done=self._is_merged,
            failed=self._is_refused,
        )

    def _is_merged(self, _: object) -> None:
        self._session.said.emit(tr("Merged. Undo takes it back."))
        self.accept()

    def _is_refused(self, error: ArchiveError) -> None:
        self.told.setText(error.message)
        self.told.show()
