"""The pedal on the interview's page: it plays what the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.pedal import Pedal
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.gui.interview_page import InterviewPage
    from archive_app.gui.player_bar import PlayerBar


class PagePlayer:
    """The page's player as a pedal drives it."""

    def __init__(self, player: PlayerBar) -> None:
        self._player = player

    @property
    def is_playing(self) -> bool:
        """Whether it sounds."""
        return self._player.is_playing

    def play(self) -> None:
        """Play, if it does not already."""
        if not self._player.is_playing:
            self._player.play()

    def pause(self) -> None:
        """Pause, if it plays."""
        if self._player.is_playing:
            self._player.pause()

    def step(self, by_ms: int) -> None:
        """Go back or forward; whether it plays stays as it is."""
        self._player.seek(self._player.position_ms + by_ms)


class InterviewPedal(PagePart):
    """Listens to the pedal while the page is in sight."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.pedal = Pedal(
            PagePlayer(page.player),
            page.session.settings,
            may_act=page.isVisible,
            is_shortcut=self._is_shortcut,
            parent=self,
        )

    def add_actions(self, add: AddAction) -> None:
        """One that shows what the pedal sends."""
        add(
            "interview.pedal",
            tr("Set up a p&edal…"),
            self.set_up,
            tip=tr("See what a pedal sends, and let it play, go back and forward"),
        )

    def set_up(self) -> None:
        """Show the preferences of the pedal."""
        from archive_app.gui.preferences_dialog import PreferencesDialog

        dialog = PreferencesDialog(self.session.settings, self.session.actions, self.page)
        dialog.show_page("pedal")
        self.page.dialog = dialog
        dialog.open()

    def _is_shortcut(self, keys: QKeySequence) -> bool:
        usable = self.session.actions.usable(page=self.page)
        return any(keys in one.action.shortcuts() for one in usable)
