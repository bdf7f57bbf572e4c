"""What the commands of the dossiers page share: the page they work on, the dialog they opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

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

    def _open(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.open()
