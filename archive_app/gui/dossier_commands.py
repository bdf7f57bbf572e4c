"""What the commands of the dossiers page share: the page they work on, the dialog they opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from archive_app.gui.dossier_text_dialog import TextDialog

if TYPE_CHECKING:
    from archive_app.gui.dossiers_page import DossiersPage


class DossierCommands(QObject):
    """Commands on the dossier that a page shows."""

    def __init__(self, page: DossiersPage) -> None:
        super().__init__(page)
        self._page = page
        self._session = page.session
        self._dialog: QDialog | None = None

    @property
    def dialog(self) -> Any:
        """The dialog that was opened last; of which kind, the command that opened it knows."""
        return self._dialog

    def may_close(self) -> bool:
        """Tell whether no dialog holds words that are not kept; one that does asks about them."""
        dialog = self._dialog
        if dialog is None or not shiboken6.isValid(dialog) or not dialog.isVisible():
            return True
        if isinstance(dialog, TextDialog) and dialog.has_unkept_words():
            dialog.reject()
            return False
        return True

    def _open(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.open()
