"""Going to the place a short link names: typed from a printed dossier, pasted, or clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog

from archive_app.domain.links import SCHEME
from archive_app.gui.session import Place
from archive_app.translation import tr
from archive_app.work.linking import LinkedPlace, follow_link

if TYPE_CHECKING:
    from archive_app.gui.main_window import MainWindow


class LinkDoor(QObject):
    """Follows links in the archive that is open; one that comes before it waits."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting = ""
        window.archive_opened.connect(self._follow_waiting)

    def ask(self) -> None:
        """Ask for a link; one that was copied stands there already."""
        copied = QGuiApplication.clipboard().text().strip()
        suggested = copied if copied.casefold().startswith(f"{SCHEME}:") else ""
        text, is_given = QInputDialog.getText(
            self._window,
            tr("Go to link"),
            tr("A link as it is printed in a dossier, such as oralhistory:MRB-001@0:12:05"),
            text=suggested,
        )
        if is_given and text.strip():
            self.follow(text if ":" in text.split("@")[0] else f"{SCHEME}:{text.strip()}")

    def follow(self, text: str) -> None:
        """Go to a link's place, now or as soon as an archive is open."""
        session = self._window.session
        if session is None:
            self._waiting = text
            return
        session.read(
            follow_link,
            text,
            audience=session.audience,
            on=session.today(),
            done=self._go,
            owner=self,
        )

    def _follow_waiting(self) -> None:
        text, self._waiting = self._waiting, ""
        if text:
            self.follow(text)

    def _go(self, found: LinkedPlace) -> None:
        place = None
        if found.transcript_id is not None:
            place = Place(found.transcript_id, found.turn_id, ms=found.ms)
        self._window.open_interview(found.interview_id, place)
