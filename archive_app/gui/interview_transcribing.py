"""Typing along with the sound: speakers by key or in short, timecodes, marks, a turn's times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMenu

from archive_app.domain.records import Span, Turn
from archive_app.domain.spans import TextEdit
from archive_app.domain.timecode import format_timecode
from archive_app.domain.turn_times import NUDGE_MS, Edge
from archive_app.domain.typed_marks import MARKS, MarkKind, mark_edit, mark_label, written
from archive_app.gui.interview_editing import next_speaker
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.translation import tr
from archive_app.work import turn_times
from archive_app.work.typed_speaker import take_typed_speaker

if TYPE_CHECKING:
    from archive_app.gui.interview_page import InterviewPage

MARK_KEYS = {
    MarkKind.UNCLEAR: "Ctrl+U",
    MarkKind.PAUSE: "Ctrl+Alt+P",
    MarkKind.LAUGHTER: "Ctrl+Alt+H",
}
EDITING = (
    "interview.cycle_speaker", "interview.insert_timecode", "interview.mark",
    "interview.start_earlier", "interview.start_later", "interview.end_earlier",
    "interview.end_later", *(f"interview.mark_{kind.value}" for kind in MARKS),
)  # fmt: skip


class Transcribing(PagePart):
    """What hands on the keys ask for beside letters while the recording plays."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.view = page.pane.view
        self.view.edits_made.connect(self._look_for_speaker)

    def add_actions(self, add: AddAction) -> None:
        """Register them; marks stand in a menu of their own that a key opens."""
        add("interview.cycle_speaker", tr("Next spea&ker"), self.cycle_speaker, "Ctrl+Alt+S",
            icon="people", tip=tr("Let the next of the speakers have this turn; or type the first "
                                  "letter of a name, a colon and a space"))  # fmt: skip
        add("interview.copy_timecode", tr("Copy t&imecode"), self.copy_timecode, "Ctrl+Shift+C",
            tip=tr("Put the player's time on the clipboard"))  # fmt: skip
        add("interview.insert_timecode", tr("Type timeco&de"), self.insert_timecode, "Ctrl+;",
            tip=tr("Put the player's time into the text"))  # fmt: skip
        add("interview.mark", tr("Mar&k…"), self.choose_mark, "Ctrl+Shift+M", icon="mark",
            tip=tr("Type [unclear], [pause], [laughter] in the transcript's language"))  # fmt: skip
        for kind in MARKS:
            add(f"interview.mark_{kind.value}", tr("Mark: {mark}", mark=mark_label(kind)),
                lambda kind=kind: self.put_mark(kind), MARK_KEYS.get(kind, ""), menu="",
                icon="mark")  # fmt: skip
        tip = tr("By a tenth of a second")
        for name, text, keys, edge, by_ms in (
            ("start_earlier", tr("Turn begins earlier"), "Alt+Shift+Left", Edge.START, -NUDGE_MS),
            ("start_later", tr("Turn begins later"), "Alt+Shift+Right", Edge.START, NUDGE_MS),
            ("end_earlier", tr("Turn ends earlier"), "Ctrl+Alt+Shift+Left", Edge.END, -NUDGE_MS),
            ("end_later", tr("Turn ends later"), "Ctrl+Alt+Shift+Right", Edge.END, NUDGE_MS),
        ):
            add(f"interview.{name}", text,
                lambda edge=edge, by_ms=by_ms: self.nudge(edge, by_ms), keys, tip=tip)  # fmt: skip

    def allow_actions(self) -> None:
        """Only staff type; a timecode may be copied by anybody who hears."""
        reason = self.session.why_not or tr("Open an interview with a transcript first.")
        may = self.session.can_edit and bool(self.page.transcript_id)
        for name in EDITING:
            self.session.actions.allow(name, may, reason)
        self.session.actions.allow(
            "interview.copy_timecode",
            bool(self.page.player.sound.timeline),
            tr("This interview has no recording."),
        )

    # Speakers ---------------------------------------------------------------

    def names(self) -> Sequence[str]:
        """Return who may speak here, in the order in which a key goes through them."""
        return self.page.loaded.speaker_names() if self.page.loaded else ()

    def cycle_speaker(self) -> None:
        """Give the cursor's turn, or those selected, to the next of the speakers."""
        where, names = self.view.cursor_turn(), self.names()
        if where is None:
            return
        if not names:
            self.page.editor.choose_speaker()
            return
        document = self.view.document_copy
        now = document.turn(where[0]).speaker
        before = [turn.speaker for turn in document.turns[: document.place(where[0])]]
        following = next_speaker(before) if not now else None
        if following is None:
            following = names[(names.index(now) + 1) % len(names)] if now in names else names[0]
        self.page.editor.set_speaker(following)

    def _look_for_speaker(self, edits: Sequence[TextEdit]) -> None:
        """Take ``v: `` at the start of a turn, just typed, for a speaker's name."""
        if len(edits) != 1 or edits[0].text != " " or self.page.editor.keys.is_holding:
            return
        edit = edits[0]
        typed = self.view.document_copy.turn(edit.turn).text[: edit.new_end]
        if ":" not in typed or len(typed) > 64:
            return
        from archive_app.language.speaker_shortcuts import typed_speaker

        found = typed_speaker(typed, self.names())
        if found is not None:
            self.page.editor.do(
                take_typed_speaker, edit.turn, length=found.length, name=found.name,
                then=lambda _: (edit.turn, 0),
            )  # fmt: skip

    # Timecodes and marks ----------------------------------------------------

    def timecode(self) -> str:
        """Return where the player stands, "0:12:34"."""
        return format_timecode(self.page.player.position_ms)

    def copy_timecode(self) -> None:
        """Put the player's time on the clipboard."""
        QApplication.clipboard().setText(self.timecode())
        self.session.said.emit(tr("{time} is on the clipboard.", time=self.timecode()))

    def insert_timecode(self) -> None:
        """Type the player's time at the cursor."""
        self._put(f"[{self.timecode()}]")

    def choose_mark(self) -> None:
        """Open the menu of marks at the cursor."""
        menu = QMenu(self.view)
        self.fill_marks(menu)
        corner = self.view.cursorRect().bottomLeft()
        is_seen = self.view.viewport().rect().contains(corner)
        menu.popup(self.view.viewport().mapToGlobal(corner) if is_seen else QCursor.pos())

    def fill_marks(self, menu: QMenu) -> None:
        """Fill a menu with the marks, as they will stand in the text."""
        for number, kind in enumerate(MARKS, 1):
            text = f"{mark_label(kind)}\t{written(kind, self._language())}"
            action = menu.addAction(f"&{number} {text}")
            action.triggered.connect(lambda _=False, kind=kind: self.put_mark(kind))

    def put_mark(self, kind: MarkKind) -> None:
        """Type a mark at the cursor, with the spaces it needs; [unclear] names the place."""
        player = self.page.player
        at_ms = None
        if kind is MarkKind.UNCLEAR and player.sound.timeline and player.position_ms:
            at_ms = player.position_ms
        self._put(written(kind, self._language(), at_ms=at_ms))

    def _put(self, text: str) -> None:
        """Type a text at the cursor or in place of the selected words of one turn."""
        where, span = self.view.cursor_turn(), self.view.selection_span()
        if where is None or not self.session.can_edit:
            return
        turn_id, start, end = where[0], where[1], where[1]
        if span is not None and span.start_turn == span.end_turn:
            turn_id, start, end = span.start_turn, span.start, span.end
        shown = self.view.document_copy.turn(turn_id)
        turn = Turn(turn_id, "", 0, 0, None, "", None, None, None, shown.text)
        edit = mark_edit(turn, start, end, text)
        self.view.select_span(Span(edit.turn, edit.start, edit.turn, edit.end))
        if edit.start == edit.end:
            self.view.place_cursor(edit.turn, edit.start)
        self.view.replace_selection(edit.text)

    def _language(self) -> str:
        loaded = self.page.loaded
        full = loaded.transcript(self.page.transcript_id) if loaded else None
        return full.transcript.language if full else "en"

    # Times ------------------------------------------------------------------

    def nudge(self, edge: Edge, by_ms: int) -> None:
        """Let the cursor's turn begin or end a little earlier or later, and play that edge."""
        where = self.view.cursor_turn()
        if where is not None:
            self.page.editor.do(turn_times.nudge, where[0], by_ms=by_ms, edge=edge)
