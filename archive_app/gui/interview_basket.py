"""Laying the selected passage of an interview, or the whole, into the basket for a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from archive_app.domain.records import Outcome, Span
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.translation import tr
from archive_app.work import collecting
from archive_app.work.collecting import Collected

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded

BASKET = "interview.basket"


class Basket(PagePart):
    """Puts the selected words in, or the whole interview where none are."""

    def add_actions(self, add: AddAction) -> None:
        """Register it."""
        tip = tr("Lay the selected passage, or the interview, aside for a dossier")
        add(BASKET, tr("Put in the basket"), self.put_in, "Ctrl+Alt+D", icon="add", tip=tip)

    def allow_actions(self) -> None:
        """Whoever sees an interview may lay it aside."""
        loaded = self.page.loaded
        is_there = loaded is not None and loaded.is_there
        self.session.actions.allow(BASKET, is_there, tr("Open an interview first."))

    def show_loaded(self, loaded: Loaded) -> None:
        """There is something to lay aside."""
        del loaded
        self.allow_actions()

    def show_nothing(self) -> None:
        """There is nothing to lay aside."""
        self.allow_actions()

    def fill_menu(self, menu: QMenu, span: Span | None) -> None:
        """Offer it for the selected words."""
        if span is not None:
            menu.addAction(self.session.actions[BASKET])

    def put_in(self) -> None:
        """Lay it aside; words that are still being typed are stored first."""
        page = self.page
        if page.interview_id is None:
            return
        page.editor.saver.flush()
        span = page.pane.view.selection_span()
        chosen = Collected(page.interview_id)
        if span is not None:
            chosen = Collected(
                page.interview_id, page.transcript_id, span.start_turn, span.end_turn
            )
        if span is not None and self.session.can_edit:
            # Another audience's offsets count in what it may read: it takes whole turns.
            chosen = Collected(
                page.interview_id, page.transcript_id, span.start_turn, span.end_turn,
                start=span.start, end=span.end,
            )  # fmt: skip
        is_passage = span is not None

        def say(_: Outcome[tuple[int, ...]]) -> None:
            self.session.said.emit(
                tr("The passage lies in the basket now. On the dossiers page, “Add” puts it into "
                   "one.") if is_passage
                else tr("The interview lies in the basket now. On the dossiers page, “Add” puts it "
                        "into one.")
            )  # fmt: skip

        self.session.write(collecting.put_in_basket, [chosen], done=say)
