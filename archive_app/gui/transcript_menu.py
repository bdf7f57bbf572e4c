"""The context menu of a transcript, before the page adds its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from archive_app.gui.icons import icon
from archive_app.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive_app.gui.transcript_view import TranscriptView


def transcript_menu(view: TranscriptView) -> QMenu:
    """Return undo, redo and the clipboard's actions for a transcript."""
    menu = QMenu(view)
    keys = QKeySequence.StandardKey
    may_edit = not view.isReadOnly()
    has_selection = view.textCursor().hasSelection()
    clipboard = QApplication.clipboard().mimeData()

    def add(
        text: str, key: QKeySequence.StandardKey, do: Callable[[], object], *, is_on: bool
    ) -> QAction:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(key))
        action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(is_on)
        action.triggered.connect(do)
        return action

    if may_edit:
        undo = add(tr("Undo"), keys.Undo, view.undo_requested.emit, is_on=True)
        undo.setIcon(icon("undo"))
        redo = add(tr("Redo"), keys.Redo, view.redo_requested.emit, is_on=True)
        redo.setIcon(icon("redo"))
        menu.addSeparator()
        add(tr("Cut"), keys.Cut, view.cut_selection, is_on=has_selection)
    add(tr("Copy"), keys.Copy, view.copy, is_on=has_selection)
    if may_edit:
        # An empty clipboard has no data at all on some platforms.
        can_paste = clipboard is not None and view.canInsertFromMimeData(clipboard)
        add(tr("Paste"), keys.Paste, view.paste, is_on=can_paste)
    add(tr("Select all"), keys.SelectAll, view.selectAll, is_on=True)
    return menu
