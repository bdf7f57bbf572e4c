"""Sound and text together on the interview's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from archive_app.gui.interview_data import Loaded, timeline_of

if TYPE_CHECKING:
    from archive_app.gui.interview_page import InterviewPage


class Playing(QObject):
    """Marks what plays in the contents and the transcript, and plays what is pointed at."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self._page = page
        self._media: object = None
        page.player.position_ms_changed.connect(self._follow)
        page.player.failed.connect(page.session.said)
        page.pane.view.timecode_clicked.connect(self._play_timecode)

    def show_recordings(self, loaded: Loaded) -> None:
        """Take the recordings this audience may hear; the same ones go on playing."""
        media = (loaded.interview_id, tuple(one.sha256 for one in loaded.recordings))
        if media != self._media:
            self._media = media
            folder = self._page.session.archive.folder
            self._page.player.set_timeline(timeline_of(folder, loaded.recordings))

    def show_nothing(self) -> None:
        """Have no recordings."""
        self._media = None
        self._page.player.set_timeline(timeline_of(self._page.session.archive.folder, ()))

    def go_to(self, ms: int) -> None:
        """Play from a time, and show the turn that is said then."""
        view = self._page.pane.view
        self._page.player.play_from(ms)
        view.follow_sound()
        self._follow(ms)
        turn = self._turn_at(ms)
        if turn is not None:
            view.scroll_to(turn)

    def play_turn(self) -> None:
        """Play from the beginning of the cursor's turn."""
        view = self._page.pane.view
        where = view.cursor_turn()
        ms = view.document_copy.turn(where[0]).start_ms if where is not None else None
        if ms is not None:
            self._page.player.play_from(ms)

    def _play_timecode(self, _turn: int, ms: int) -> None:
        self._page.player.play_from(ms)

    def _follow(self, ms: int) -> None:
        self._page.contents.set_position(ms)
        self._page.pane.view.set_playing_turn(self._turn_at(ms) if ms else None)

    def _turn_at(self, ms: int) -> int | None:
        found = None
        for turn in self._page.pane.view.document_copy.turns:
            if turn.start_ms is not None:
                if turn.start_ms > ms:
                    break
                found = turn.id
        return found
