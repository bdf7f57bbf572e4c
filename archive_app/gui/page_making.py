"""Makes the window's pages: at once when one is asked for, else piece by piece at rest.

A page takes a while to make. Where nobody waits for it yet, the libraries below it
are fetched beside the window, and between two pieces the window answers.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from archive_app.gui.preloading import preload

if TYPE_CHECKING:
    from archive_app.gui.main_window import MainWindow
    from archive_app.gui.session import Session

MODULES = {
    "library": ("archive_app.gui.library_page",),
    "interview": ("archive_app.gui.interview_page", "archive_app.gui.interview_parts"),
    "search": ("archive_app.gui.search_page",),
    "dossiers": ("archive_app.gui.dossiers_page",),
}

Pieces = Generator[QWidget, None, Any]
"""Yields the page after each piece but the last, and returns it."""


def in_pieces(place: str, session: Session) -> Pieces:
    """Import and make one of the four pages."""
    if place == "library":
        from archive_app.gui.library_page import LibraryPage

        return LibraryPage(session)
    if place == "interview":
        from archive_app.gui.interview_page import InterviewPage

        page = InterviewPage(session, is_whole=False)
        while page.make_next():
            yield page
        return page
    if place == "search":
        from archive_app.gui.search_page import SearchPage

        return SearchPage(session)
    from archive_app.gui.dossiers_page import DossiersPage

    return DossiersPage(session)


class PageMaking(QObject):
    """The pages that are being made for a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._begun: dict[str, tuple[Pieces, QWidget]] = {}
        self._wanted: list[str] = []
        self._then: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next_piece)

    @property
    def begun(self) -> Mapping[str, QWidget]:
        """The pages that are there in part, by their places."""
        return {place: page for place, (_, page) in self._begun.items()}

    def now(self, place: str, session: Session) -> Any:
        """Return a page, made to its end now."""
        pieces, _ = self._begun.pop(place, (None, None))
        if pieces is None:
            pieces = in_pieces(place, session)
        while True:
            try:
                next(pieces)
            except StopIteration as end:
                return end.value

    def at_rest(self, places: Iterable[str], *, then: Callable[[], object] = lambda: None) -> None:
        """Make pages while nothing else is to be done, and do ``then`` when all are there."""
        places = [one for one in places if not self._window.has_page(one)]
        self._then.append(then)
        self._window.tasks.run(
            functools.partial(preload, [name for one in places for name in MODULES[one]]),
            done=lambda _: self._want(places), owner=self,
        )  # fmt: skip

    def forget(self) -> None:
        """The archive is closed: what was begun is of no use any more."""
        self._timer.stop()
        self._wanted.clear()
        self._then.clear()
        for _, page in self._begun.values():
            if shiboken6.isValid(page):
                page.deleteLater()
        self._begun.clear()

    def _want(self, places: Iterable[str]) -> None:
        self._wanted += places
        self._timer.start()

    def _next_piece(self) -> None:
        session = self._window.session
        while self._wanted and self._window.has_page(self._wanted[0]):
            del self._wanted[0]
        if session is None or not self._wanted:
            self._timer.stop()
            then, self._then = self._then, []
            for one in then:
                one()
            return
        place = self._wanted[0]
        pieces = self._begun[place][0] if place in self._begun else in_pieces(place, session)
        try:
            self._begun[place] = (pieces, next(pieces))
        except StopIteration as end:
            self._begun.pop(place, None)
            self._window.add_page(place, end.value)
