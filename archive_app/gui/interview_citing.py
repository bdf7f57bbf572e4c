"""Citing what the interview's page shows: the selected passage, or the interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from archive_app.domain.records import Span
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.translation import tr
from archive_app.work.citing import CitedPlace

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded

CITE = "interview.cite"


class Citing(PagePart):
    """Opens the citations of the selected words, or of the interview where none are."""

    def add_actions(self, add: AddAction) -> None:
        """Register it."""
        tip = tr("Cite the selected passage or the interview, in a style you choose")
        add(CITE, tr("Cite…"), self.ask, "Ctrl+Shift+J", icon="quote", tip=tip)

    def allow_actions(self) -> None:
        """Whoever sees an interview may cite it."""
        loaded = self.page.loaded
        is_there = loaded is not None and loaded.is_there
        self.session.actions.allow(CITE, is_there, tr("Open an interview first."))

    def show_loaded(self, loaded: Loaded) -> None:
        """There is something to cite."""
        del loaded
        self.allow_actions()

    def show_nothing(self) -> None:
        """There is nothing to cite."""
        self.allow_actions()

    def fill_menu(self, menu: QMenu, span: Span | None) -> None:
        """Offer to cite the selected words."""
        if span is not None:
            menu.addSeparator()
            menu.addAction(self.session.actions[CITE])

    def ask(self) -> None:
        """Show the citations; words that are still being typed are stored first."""
        from archive_app.gui.cite_dialog import CiteDialog

        page = self.page
        if page.interview_id is None:
            return
        page.editor.saver.flush()
        span = page.pane.view.selection_span()
        place = CitedPlace(page.interview_id, page.transcript_id if span else None, span)
        page.dialog = CiteDialog(self.session, [place], page)
        page.dialog.open()
