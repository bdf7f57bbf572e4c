"""Laying a new transcript over the one that is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt

from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.translation import tr

LAY_OVER = "interview.lay_over"


class LayingOver(PagePart):
    """The way from the page to the dialog."""

    def add_actions(self, add: AddAction) -> None:
        """Register it."""
        add(LAY_OVER, tr("Lay a new transcript &over this one…"), self.open,
            tip=tr("Put a new transcript in its place; tags move to the same words"))  # fmt: skip

    def allow_actions(self) -> None:
        """Only staff may, and only where there is a transcript."""
        has_text = bool(self.page.transcript_id)
        reason = self.session.why_not or tr("Open an interview with a transcript first.")
        self.session.actions.allow(LAY_OVER, has_text and self.session.can_edit, reason)

    def open(self) -> None:
        """Ask for the new text, and show what would become of everything."""
        from archive_app.gui.overlay_dialog import OverlayDialog

        interview_id = self.page.interview_id
        if interview_id is None or not self.page.transcript_id:
            return
        self.page.editor.saver.flush()
        self.page.dialog = OverlayDialog(
            self.session, interview_id, self.page.transcript_id, self.page
        )
        self.page.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.page.dialog.open()
