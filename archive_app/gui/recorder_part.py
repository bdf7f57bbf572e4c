"""Recording on the interview's page."""

from __future__ import annotations

from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.recorder_door import RecorderDoor
from archive_app.translation import tr


class RecorderPart(PagePart):
    """Opens the recorder of the interview that is shown."""

    def add_actions(self, add: AddAction) -> None:
        """Register the action."""
        add("interview.record", tr("&Record…"), self.record, "Ctrl+R", icon="microphone",
            tip=tr("Open the recorder: level, recording, marks and notes"))  # fmt: skip

    def allow_actions(self) -> None:
        """Only staff record, and only into an interview."""
        session = self.session
        is_open = self.page.interview_id is not None
        reason = session.why_not or tr("Open an interview first.")
        session.actions.allow("interview.record", session.can_edit and is_open, reason)

    def record(self) -> None:
        """Show the recorder."""
        if self.page.interview_id is not None:
            self.page.player.sound.pause()
            RecorderDoor.of(self.session).open(self.page.interview_id, self.page.window())
