"""The actions of the interview's page, by name and key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from archive_app.gui.interview_tagging import RECENT_KEPT
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.gui.interview_page import InterviewPage

PLAYER_KEYS = {
    "play": "Ctrl+Space; F4; F9; Media Play",
    "again": "Shift+F9",
    "back": "F7; Alt+Left",
    "forward": "F8; Alt+Right",
    "back_short": "Shift+F7",
    "forward_short": "Shift+F8",
    "back_long": "Ctrl+F7",
    "forward_long": "Ctrl+F8",
    "slower": "Ctrl+Alt+Down",
    "faster": "Ctrl+Alt+Up",
    "loop": "Ctrl+L",
}
EDITING = (
    "interview.merge", "interview.insert_turn", "interview.delete_turn", "interview.speaker",
    "interview.turn_start", "interview.turn_end", "interview.close_passage", "tags.lay",
    "tags.remove",
)  # fmt: skip


def add_actions(page: InterviewPage) -> list[QAction]:
    """Register the page's actions and return them."""
    made: list[QAction] = []
    actions = page.session.actions

    def add(
        name: str, text: str, run: Callable[[], object], keys: str = "", *, menu: str = "interview",
        tip: str = "", icon: str = "", is_checkable: bool = False,
    ) -> QAction:  # fmt: skip
        action = actions.add(
            name, text, run, shortcut=keys, tooltip=tip, icon=icon, menu=menu, owner=page,
            is_checkable=is_checkable,
        )  # fmt: skip
        made.append(action)
        return action

    _add_player(page, add)
    _add_turns(page, add)
    _add_tags(page, add)
    for name, text, keys, column in (
        ("view.contents", tr("&Contents"), "Ctrl+Alt+C", page.contents),
        ("view.inspector", tr("&Inspector"), "Ctrl+Alt+I", page.inspector),
    ):
        action = add(name, text, lambda: None, keys, menu="view", is_checkable=True,
                     tip=tr("Fold this column away, or unfold it"))  # fmt: skip
        action.setChecked(True)
        action.toggled.connect(column.setVisible)
    for part in page.parts:
        part.add_actions(add)
    return made


def _add_player(page: InterviewPage, add: Callable[..., QAction]) -> None:
    names = {
        "play": tr("&Play or pause"),
        "back": tr("&Back 5 seconds"),
        "forward": tr("&Forward 5 seconds"),
        "back_short": tr("Back 1 second"),
        "forward_short": tr("Forward 1 second"),
        "back_long": tr("Back 15 seconds"),
        "forward_long": tr("Forward 15 seconds"),
        "again": tr("Play the last seconds again"),
        "loop": tr("&Loop the selection or the turn"),
        "slower": tr("Slower"),
        "faster": tr("Faster"),
    }
    for name, text in names.items():
        own = page.player.actions_by_name[name]
        add(f"interview.{name}", text, own.trigger, PLAYER_KEYS[name])
        # The player's own keys would make these ambiguous; it only shows them.
        own.setShortcuts([QKeySequence(keys) for keys in PLAYER_KEYS[name].split("; ")])
        own.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    page.player.set_rate(1.0)
    add("interview.play_turn", tr("Play from this &turn"), page.playing.play_turn, "Ctrl+Return")
    add("interview.follow", tr("Follow the &sound"), page.pane.view.follow_sound, "Ctrl+Shift+F")


def _add_turns(page: InterviewPage, add: Callable[..., QAction]) -> None:
    editor, pane = page.editor, page.pane
    add("interview.next_turn", tr("Next turn"), lambda: step_turn(page, 1), "Alt+Down")
    add("interview.previous_turn", tr("Previous turn"), lambda: step_turn(page, -1), "Alt+Up")
    add("interview.merge", tr("&Join with the next turn"), editor.merge_here, "Ctrl+J",
        icon="merge", tip=tr("Enter parts a turn; Backspace at its start joins it"))  # fmt: skip
    add("interview.insert_turn", tr("&Insert turn below"), editor.insert_turn, "Ctrl+Shift+Return",
        icon="add")  # fmt: skip
    add("interview.delete_turn", tr("&Delete turn"), editor.delete_turn, "Ctrl+Shift+Delete",
        icon="delete", tip=tr("Tags that lay only on it are kept in a list"))  # fmt: skip
    add("interview.speaker", tr("S&peaker…"), editor.choose_speaker, "Ctrl+Shift+S", icon="person")
    add("interview.turn_start", tr("Turn begins &here"), lambda: editor.set_time(is_end=False),
        "Ctrl+Shift+B", tip=tr("Set the turn's time from the player"))  # fmt: skip
    add("interview.turn_end", tr("Turn &ends here"), lambda: editor.set_time(is_end=True),
        "Ctrl+Shift+E", tip=tr("Set the turn's time from the player"))  # fmt: skip
    add("interview.close_passage", tr("C&lose passage…"), lambda: close_passage(page),
        "Ctrl+Shift+L", icon="lock",
        tip=tr("Keep the selected words from an audience, until a date"))  # fmt: skip
    add("interview.new_transcript", tr("&New transcript…"), lambda: new_transcript(page))
    add("interview.next_transcript", tr("Next t&ranscript"), pane.next_transcript, "F6")
    add("interview.next_open", tr("Next open interview"), lambda: page.tabs.step(1), "Ctrl+PgDown")
    add("interview.previous_open", tr("Previous open interview"), lambda: page.tabs.step(-1),
        "Ctrl+PgUp")  # fmt: skip
    add("interview.close", tr("Close this interview"), page.close_current, "Ctrl+W", icon="close",
        tip=tr("It stays in the archive"))  # fmt: skip


def _add_tags(page: InterviewPage, add: Callable[..., QAction]) -> None:
    tagger = page.tagger
    add("tags.lay", tr("&Tag passage…"), tagger.ask_tag, "Ctrl+T", menu="tags", icon="tag",
        tip=tr("Lay a tag on the selected words, or on the whole turn"))  # fmt: skip
    add("tags.remove", tr("&Remove tag"), tagger.remove_here, "Ctrl+Shift+T", menu="tags",
        tip=tr("Take the tag that the inspector shows off its words"))  # fmt: skip
    for number in range(1, RECENT_KEPT + 1):
        add(f"tags.recent{number}", tr("Recent tag {number}", number=number),
            lambda number=number: tagger.lay_recent(number), f"Alt+{number}",
            menu="tags").setVisible(False)  # fmt: skip
    add("interview.vocabulary", tr("&Vocabulary…"), lambda: show_vocabulary(page),
        "Ctrl+Shift+V", menu="tags", tip=tr("Rename, move, merge and delete tags"))  # fmt: skip


def allow_actions(page: InterviewPage) -> None:
    """Let what can be done be chosen; say why the rest cannot."""
    session = page.session
    has_text = bool(page.transcript_id)
    reason = session.why_not or tr("Open an interview with a transcript first.")
    names = [*EDITING, *(f"tags.recent{number}" for number in range(1, RECENT_KEPT + 1))]
    for name in names:
        session.actions.allow(name, session.can_edit and has_text, reason)
    session.actions.allow("interview.vocabulary", session.can_edit, session.why_not)
    is_open = page.interview_id is not None
    session.actions.allow(
        "interview.new_transcript",
        session.can_edit and is_open,
        session.why_not or tr("Open an interview first."),
    )
    session.actions.allow("interview.close", is_open, tr("No interview is open."))
    for part in page.parts:
        part.allow_actions()


def step_turn(page: InterviewPage, by: int) -> None:
    """Put the cursor at the start of the next turn, or of the one before."""
    view = page.pane.view
    where = view.cursor_turn()
    if where is None:
        return
    place = view.document_copy.place(where[0]) + by
    if 0 <= place < len(view.document_copy.turns):
        turn = view.document_copy.turns[place].id
        view.place_cursor(turn, 0)
        view.scroll_to(turn)


def close_passage(page: InterviewPage) -> None:
    """Ask who shall not see the selected words, and until when."""
    from archive_app.domain.transcript import quote_of
    from archive_app.gui.access_dialog import CloseDialog

    span = page.editor.span_meant()
    if span is None or page.interview_id is None:
        page.session.said.emit(tr("Select the words that shall be closed first."))
        return
    page.editor.saver.flush()
    document = page.pane.view.document_copy
    turns = document.turns[document.place(span.start_turn) : document.place(span.end_turn) + 1]
    dialog = CloseDialog(
        page.session,
        page,
        interview_id=page.interview_id,
        transcript_id=page.transcript_id,
        span=span,
        quote=quote_of(turns, span),  # type: ignore[arg-type]
    )
    page.dialog = dialog
    dialog.open()


def new_transcript(page: InterviewPage) -> None:
    """Ask for the language and kind of a further transcript, and begin it."""
    from PySide6.QtWidgets import QDialog, QVBoxLayout

    from archive_app.gui.interview_transcripts import BeginTranscript

    dialog = QDialog(page)
    dialog.setWindowTitle(tr("New transcript"))
    begin = BeginTranscript()
    QVBoxLayout(dialog).addWidget(begin)
    begin.begin_asked.connect(page.begin_transcript)
    begin.begin_asked.connect(dialog.accept)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def show_vocabulary(page: object) -> None:
    """Show the tree of tags, to be put in order; only staff see the whole of it."""
    session = page.session  # type: ignore[attr-defined]
    if not session.can_edit:
        session.said.emit(session.why_not)
        return
    from archive_app.gui.vocabulary_dialog import VocabularyDialog

    dialog = VocabularyDialog(session, page)  # type: ignore[arg-type]
    dialog.show()
