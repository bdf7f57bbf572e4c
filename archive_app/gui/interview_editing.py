"""What a person does to the transcript that is shown, each as one operation of the archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QMenu

from archive_app.domain.records import Outcome, Span, Tagging
from archive_app.domain.spans import TextEdit, minimal_edit
from archive_app.domain.transcript import TranscriptChange
from archive_app.errors import ArchiveError, UserFacing
from archive_app.gui.held_keys import HeldKeys
from archive_app.gui.interview_patch import Patched
from archive_app.gui.interview_saving import SaveState, TextSaver
from archive_app.gui.transcript_document import Mark, MarkKind
from archive_app.translation import tr
from archive_app.work import history, tagging, transcripts, turn_times

if TYPE_CHECKING:
    from archive_app.gui.interview_page import InterviewPage
    from archive_app.gui.transcript_view import TranscriptView

Where = tuple[int, int]
"""(turn id, offset): where the cursor shall stand."""


class TranscriptEditor(QObject):
    """Carries keys and menus over to ``work``, and the cursor over what comes back."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self._page = page
        self._session = page.session
        self.view = page.pane.view
        self.saver = TextSaver(page.session, self)
        self.keys = HeldKeys(self.view)
        self.others: dict[int, TranscriptView] = {}
        """Further views that are typed into, by transcript."""
        self.saver.has_keys_held = lambda: self.keys.has_held
        self.keys.released.connect(self.saver.settle)
        self._is_lost = False
        self._waiting = 0
        self.view.text_edited.connect(self._take_edit)
        self.view.split_requested.connect(self.split)
        self.view.merge_requested.connect(self.merge)
        self.view.undo_requested.connect(self.undo)
        self.view.redo_requested.connect(self.redo)
        self.saver.refused.connect(self._is_refused)

    @property
    def is_waiting(self) -> bool:
        """Whether something is being done of which a snapshot may or may not know already."""
        return self._waiting > 0 or self.saver.is_busy

    # Words -----------------------------------------------------------------

    def _take_edit(self, turn: int, start: int, end: int, text: str) -> None:
        self.saver.take(self._page.transcript_id, TextEdit(turn, start, end, text))

    def _is_refused(self, error: ArchiveError) -> None:
        # The text is not what it was: what stands on the page is worked out anew against it.
        self._is_lost = isinstance(error, UserFacing)
        self._session.error.emit(error)
        if self._is_lost:
            self._page.reload()

    def reconcile(self) -> None:
        """Put what could not be saved as typed in a form that fits the text in the archive."""
        loaded = self._page.loaded
        views = {self._page.transcript_id: self.view, **self.others}
        fulls = {one: loaded.transcript(one) for one in views} if loaded else {}
        if not self._is_lost or self.saver.is_busy or fulls.get(self._page.transcript_id) is None:
            return
        self._is_lost = False
        for transcript_id, full in fulls.items():
            if full is None:
                continue
            shown = views[transcript_id].document_copy
            wanted = {edit.turn for edit in self.saver.unsaved(transcript_id)}
            edits = [
                edit
                for turn in full.turns
                if turn.id in wanted and turn.id in shown
                and (edit := minimal_edit(turn.text, shown.turn(turn.id).text, turn=turn.id))
            ]  # fmt: skip
            self.saver.replace_refused(transcript_id, edits)

    # Turns -----------------------------------------------------------------

    def split(self, turn_id: int, offset: int) -> None:
        """Begin a turn; the cursor goes to its start.

        Behind the words it begins where the recording stands, and the other speaker
        has it; in the midst of them it takes the rest of the words with their times.
        """
        document, player = self.view.document_copy, self._page.player
        text = document.turn(turn_id).text
        is_behind = not text[offset:].strip()
        at_ms = player.position_ms if player.sound.timeline else None
        if not is_behind and not player.is_playing:
            at_ms = None
        speaker = None
        if is_behind and text.strip():
            place = document.place(turn_id)
            speaker = next_speaker([turn.speaker for turn in document.turns[: place + 1]])
        self.do(
            turn_times.begin_turn, turn_id, offset, at_ms=at_ms, speaker=speaker, then=_first_new
        )

    def merge(self, turn_id: int) -> None:
        """Join a turn with the one after it; the cursor stays where they met."""
        where = (turn_id, len(self.view.document_copy.turn(turn_id).text))
        self.do(transcripts.merge_turns, turn_id, then=lambda _: where)

    def merge_here(self) -> None:
        """Join the cursor's turn with the one after it."""
        where = self.view.cursor_turn()
        turns = self.view.document_copy.turns
        if where is not None and where[0] != turns[-1].id:
            self.merge(where[0])

    def delete_turn(self) -> None:
        """Delete the cursor's turn; the cursor goes to the one before it."""
        where = self.view.cursor_turn()
        if where is None:
            return
        document = self.view.document_copy
        place = document.place(where[0])
        other = place - 1 if place else 1
        target = None
        if other < len(document.turns):
            neighbour = document.turns[other]
            target = (neighbour.id, len(neighbour.text) if place else 0)
        self.do(transcripts.delete_turn, where[0], then=lambda _: target)

    def insert_turn(self) -> None:
        """Put an empty turn below the cursor's."""
        where = self.view.cursor_turn()
        after = where[0] if where else None
        self.do(transcripts.insert_turn, after_turn_id=after, then=_first_new)

    def set_speaker(self, name: str) -> None:
        """Say who speaks in the turns selected, or in the cursor's."""
        turns = self.turns_meant()
        if turns:
            self.do(transcripts.set_speaker, turns, name)

    def choose_speaker(self) -> None:
        """Open a menu of speakers at the cursor."""
        menu = QMenu(self.view)
        self.fill_speakers(menu)
        menu.popup(self.view.viewport().mapToGlobal(self.view.cursorRect().bottomLeft()))

    def fill_speakers(self, menu: QMenu) -> None:
        """Fill a menu with who may have spoken."""
        menu.clear()
        loaded = self._page.loaded
        names = loaded.speaker_names() if loaded else ()
        for number, name in enumerate(names, 1):
            text = name.replace("&", "&&")
            action = menu.addAction(f"&{number} {text}" if number < 10 else text)
            action.triggered.connect(lambda _=False, name=name: self.set_speaker(name))
        menu.addSeparator()
        menu.addAction(tr("Somebody else…")).triggered.connect(self._ask_speaker)

    def _ask_speaker(self) -> None:
        name, is_given = QInputDialog.getText(self.view, tr("Set speaker"), tr("Who speaks:"))
        if is_given:
            self.set_speaker(name)

    def set_time(self, *, is_end: bool) -> None:
        """Let the cursor's turn begin, or end, where the player stands."""
        where = self.view.cursor_turn()
        if where is not None:
            ms = self._page.player.position_ms
            self.do(turn_times.set_end if is_end else turn_times.set_start, where[0], ms)

    def turns_meant(self) -> list[int]:
        """Return the turns that are selected, or the cursor's."""
        span = self.view.selection_span()
        document = self.view.document_copy
        if span is None:
            where = self.view.cursor_turn()
            return [where[0]] if where else []
        places = range(document.place(span.start_turn), document.place(span.end_turn) + 1)
        return [document.turns[place].id for place in places]

    # Tags ------------------------------------------------------------------

    def span_meant(self) -> Span | None:
        """Return what is selected, or the whole of the cursor's turn if it has words."""
        span = self.view.selection_span()
        where = self.view.cursor_turn()
        if span is not None or where is None:
            return span
        length = len(self.view.document_copy.turn(where[0]).text)
        return Span(where[0], 0, where[0], length) if length else None

    def change_tagging(self, tagging_id: int, **what: Any) -> None:
        """Give a tagging another tag, memo or other words."""
        self.write(tagging.change_tagging, tagging_id, **what)

    def remove_tagging(self, tagging_id: int) -> None:
        """Take a tag off its words."""
        self.write(tagging.remove_tagging, tagging_id)

    def taggings_here(self) -> list[Tagging]:
        """Return what lies on the cursor's place or on the selected words, in the text's order."""
        loaded = self._page.loaded
        if loaded is None or loaded.file is None:
            return []
        keys = [mark.key for mark in self.marks_here(MarkKind.TAG)]
        found = {one: loaded.tagging(one) for one in keys}
        return [one for one in found.values() if one is not None]

    def closed_here(self) -> list[int]:
        """Return the ids of the restrictions at the cursor."""
        return [mark.key for mark in self.marks_here(MarkKind.CLOSED)]

    def marks_here(self, kind: MarkKind) -> list[Mark]:
        """Return what of a kind lies at the cursor or on the selected words."""
        view, document = self.view, self.view.document_copy
        where = view.cursor_turn()
        if where is None:
            return []
        span = view.selection_span()
        if span is None:
            place = document.place(where[0])
            pieces = document.pieces(place)
            return [p.mark for p in pieces if p.mark.kind is kind and p.start <= where[1] <= p.end]
        first, last = document.place(span.start_turn), document.place(span.end_turn)
        found: dict[int, Mark] = {}
        for place in range(first, last + 1):
            for piece in document.pieces(place):
                starts = span.start if place == first else 0
                ends = span.end if place == last else len(document.turns[place].text)
                if piece.mark.kind is kind and piece.start < ends and piece.end > starts:
                    found[piece.mark.key] = piece.mark
        return list(found.values())

    # Undo ------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last operation on this interview; what was just typed counts as one."""
        self.write(history.undo, interview_id=self._page.interview_id, say=tr("Undone: {what}"))

    def redo(self) -> None:
        """Do again what was last undone."""
        self.write(history.redo, interview_id=self._page.interview_id, say=tr("Done again: {what}"))

    def may_close(self) -> bool:
        """Begin to store what was typed; False if it could not be stored before."""
        was_refused = self.saver.state is SaveState.FAILED
        self.saver.flush()
        return not was_refused or self.saver.state is not SaveState.FAILED

    # What all of it goes through --------------------------------------------

    def do(
        self,
        function: Callable[..., Outcome[Any]],
        *args: object,
        then: Callable[[Any], Where | None] | None = None,
        **kwargs: object,
    ) -> None:
        """Run an operation on the shown transcript; keys wait until the page shows what it did."""
        self.write(function, self._page.transcript_id, *args, then=then, **kwargs)  # type: ignore[arg-type]

    def write(
        self,
        function: Callable[..., Outcome[Any]],
        *args: object,
        then: Callable[[Any], Where | None] | None = None,
        say: str = "",
        **kwargs: object,
    ) -> None:
        """Run an operation after what was typed is stored; keys wait until the page shows it.

        ``then`` says, from the operation's value, where the cursor shall stand; with
        ``say`` the operation is named at the foot and the cursor goes where it was.
        """
        if not self._session.can_edit:
            return
        self.keys.hold()
        self._waiting += 1

        def is_done(outcome: Outcome[Patched]) -> None:
            self._waiting -= 1
            value = outcome.value.value
            if say:
                self._session.said.emit(say.format(what=tr(value.label)))
            where = then(value) if then else None
            self._page.patching.take(outcome, where=where, goes_there=bool(say))

        self.saver.write(function, *args, done=is_done, failed=self._has_failed, **kwargs)

    def _has_failed(self, error: ArchiveError) -> None:
        self._waiting -= 1
        self._session.error.emit(error)
        self._page.reload()


def next_speaker(said: Sequence[str]) -> str | None:
    """Return who speaks after these speakers: the one who spoke before the last; None: the same."""
    last = said[-1] if said else ""
    return next((one for one in reversed(said) if one and one != last), None)


def _first_new(change: TranscriptChange) -> Where | None:
    return (change.new_turns[0].id, 0) if change.new_turns else None
