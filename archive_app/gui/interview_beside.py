"""A second transcript beside the first: a translation, or the same text in the other script."""

from __future__ import annotations

import functools
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QInputDialog,
    QToolButton,
    QWidget,
)

from archive_app.domain.parallel import ParallelRow, align_turns
from archive_app.domain.records import FullTranscript, Outcome, Turn
from archive_app.domain.released import ReleasedTranscript
from archive_app.domain.spans import TextEdit
from archive_app.gui.held_keys import HeldKeys
from archive_app.gui.icons import give_icon
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.interview_transcripts import tabs_of
from archive_app.gui.interview_words import LANGUAGES, tag_language
from archive_app.gui.parallel_rows import ParallelRows
from archive_app.gui.script_copy import ScriptCopy, script_beside
from archive_app.gui.theme import STEP
from archive_app.gui.transcript_view import TranscriptView
from archive_app.language.script_view import Script
from archive_app.translation import tr
from archive_app.work import parallel, transcripts

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage

SHOW, BEGIN, OTHER = "view.beside", "interview.begin_translation", "interview.other_column"
ROOM = 150 * STEP
"""Two columns of testimony want this much; with less the outer columns fold away."""


class Beside(PagePart):
    """The second column: which transcript it shows, typing in it, and scrolling together."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.main = page.pane.view
        self.view = TranscriptView()
        self.view.setObjectName("transcript-beside")
        self.view.setAccessibleName(tr("Transcript beside"))
        self.keys = HeldKeys(self.view)
        page.after_keys.watch(self.keys)
        self.keys.released.connect(page.editor.saver.settle)
        self.rows = ParallelRows(self.main, self.view)
        self.choice = QComboBox()
        self.view.hide()
        self._make_header()
        self._is_on = False
        self._shown: tuple[int, str, object] | None = None
        """(transcript, script or "", audience): what the view holds."""
        self._wanted: tuple[int, str] | None = None
        self._copies: dict[int, ScriptCopy] = {}
        self._aligned: object = None
        self._folded_names: Sequence[str] = ()
        self._beside: dict[int, ParallelRow] = {}
        self._across: dict[int, ParallelRow] = {}
        self._where: tuple[int, int] | None = None
        page.pane.side_by_side.addWidget(self.view)
        page.pane.side_by_side.setStretchFactor(0, 1)
        page.pane.side_by_side.setStretchFactor(1, 1)
        page.player.position_ms_changed.connect(self._follow)
        self._connect_view()

    def _make_header(self) -> None:
        self.choice.setAccessibleName(tr("Transcript beside"))
        self.choice.setToolTip(tr("Which transcript stands beside the first"))
        self.choice.activated.connect(self._chosen)
        close = QToolButton()
        close.setAutoRaise(True)
        close.setToolTip(tr("Show one transcript alone"))
        close.setAccessibleName(close.toolTip())
        give_icon(close, "close")
        close.clicked.connect(lambda: self.session.actions[SHOW].setChecked(False))
        # On the line of the transcripts' tabs, so that both texts begin at one height.
        self.header = QWidget()
        line = QHBoxLayout(self.header)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(STEP)
        line.addWidget(self.choice)
        line.addWidget(close)
        self.header.hide()
        self.page.pane.top.addWidget(self.header)

    def _connect_view(self) -> None:
        editor = self.page.editor
        self.view.text_edited.connect(self._take_edit)
        self.view.split_requested.connect(
            lambda turn, at: self._do(transcripts.split_turn, turn, at, then=_first_new)
        )
        self.view.merge_requested.connect(self._merge)
        self.view.undo_requested.connect(editor.undo)
        self.view.redo_requested.connect(editor.redo)
        self.view.timecode_clicked.connect(lambda _turn, ms: self.page.player.play_from(ms))

    # Actions ----------------------------------------------------------------

    def add_actions(self, add: AddAction) -> None:
        """Register them."""
        action = add(SHOW, tr("Transcript &beside"), lambda: None, "Ctrl+Alt+B", menu="view",
                     icon="columns", is_checkable=True,
                     tip=tr("A translation beside the original, or the other script"))  # fmt: skip
        action.toggled.connect(self._toggled)
        add(BEGIN, tr("Begin a trans&lation…"), self.ask_translation,
            tip=tr("A new transcript, with an empty turn for each turn of this one"))  # fmt: skip
        add(OTHER, tr("Go to the transcript beside, and back"), self.go_across, "Shift+F6",
            tip=tr("Put the cursor into the same row of the other column"))  # fmt: skip

    def allow_actions(self) -> None:
        """Say why nothing can stand beside."""
        allow = self.session.actions.allow
        has = bool(self._choices(self.page.loaded)) if self.page.loaded else False
        allow(SHOW, has or self._is_on,
              tr("There is no second transcript, nor another script for this one."))  # fmt: skip
        allow(BEGIN, self.session.can_edit and bool(self.page.transcript_id),
              self.session.why_not or tr("Open an interview with a transcript first."))  # fmt: skip
        allow(OTHER, self._is_on, tr("No transcript stands beside this one."))

    def ask_translation(self) -> None:
        """Ask for a language and begin a translation beside the transcript that is shown."""
        names = {tr(name): code for code, name in LANGUAGES.items()}
        chosen, is_given = QInputDialog.getItem(
            self.page, tr("Begin a translation"), tr("Into which language:"), list(names), 0, True
        )
        if is_given and chosen.strip():
            self.begin_translation(names.get(chosen, chosen.strip()))

    def begin_translation(self, language: str) -> None:
        """Begin a translation of the transcript that is shown, and put it beside."""

        def has_begun(outcome: Outcome[int]) -> None:
            self._wanted = (outcome.value, "")
            action = self.session.actions[SHOW]
            action.setEnabled(True)
            action.setChecked(True)
            self.page.reload()

        self.page.editor.saver.flush()
        self.session.write(
            parallel.begin_translation, self.page.transcript_id, language, done=has_begun
        )

    def go_across(self) -> None:
        """Put the keyboard into the other column, at the same row."""
        here, there = (self.view, self.main) if self.view.hasFocus() else (self.main, self.view)
        where = here.cursor_turn()
        there.setFocus()
        turn = self._counterpart(where[0], to_main=there is self.main) if where else None
        if turn is not None:
            there.place_cursor(turn, 0)
            there.ensureCursorVisible()

    # What the page tells ----------------------------------------------------

    def show_loaded(self, loaded: Loaded) -> None:
        """Show what belongs beside the transcript that is read."""
        self._fill_choice(loaded)
        self._show(loaded)

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:  # noqa: ARG002
        """Some turns changed, in either column."""
        self._show(loaded)

    def show_nothing(self) -> None:
        """Empty the column."""
        self._forget()

    def leave(self) -> None:
        """Another interview comes, or another audience looks."""
        self._forget()
        self._wanted = None

    def _forget(self) -> None:
        self.rows.stop()
        self._shown, self._aligned = None, None
        self.page.editor.others = {}
        self._copies.clear()
        self.view.show_nothing()
        self.keys.release()

    # Choosing ---------------------------------------------------------------

    def _choices(self, loaded: Loaded) -> list[tuple[int, str, str]]:
        """Return (transcript, script or "", title) of what may stand beside."""
        main = self.page.transcript_id
        found = [
            (tab.transcript_id, "", tab.title)
            for tab in tabs_of(loaded)
            if tab.transcript_id != main
        ]
        own = _transcript(loaded, main)
        script = script_beside(own) if own is not None else None
        if script is not None:
            title = (
                tr("The same in Latin letters")
                if script is Script.LATIN
                else tr("The same in Cyrillic letters")
            )
            found.append((main, script.value, title))
        return found

    def _fill_choice(self, loaded: Loaded) -> None:
        choices = self._choices(loaded)
        wanted = self._wanted or (self._shown[:2] if self._shown else None)
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for transcript_id, script, title in choices:
                self.choice.addItem(title, (transcript_id, script))
            keys = [(one[0], one[1]) for one in choices]
            if wanted in keys:
                self.choice.setCurrentIndex(keys.index(wanted))
                self._wanted = None
            elif keys:
                self.choice.setCurrentIndex(0)

    def _chosen(self, _index: int) -> None:
        if self.page.after_keys.put_off(lambda: self._chosen(0)):
            return
        self.page.editor.saver.flush()
        if self._must_wait():
            # Qt makes a list of a tuple.
            key = self.choice.currentData()
            self._wanted = (int(key[0]), str(key[1])) if key else None
            self.page.reload()
        elif self.page.loaded is not None:
            self._show(self.page.loaded)

    def _must_wait(self) -> bool:
        """Tell whether what the page has read lacks what was typed: it must not be typed into."""
        return self.page.editor.is_waiting or not self.page.editor.saver.is_clean

    def _toggled(self, is_on: bool) -> None:
        self._is_on = is_on
        self.header.setVisible(is_on)
        self.view.setVisible(is_on)
        self._fold(is_on)
        if is_on and self.page.loaded is not None:
            half = self.page.pane.side_by_side.width() // 2
            self.page.pane.side_by_side.setSizes([half, half])
            if self._must_wait():
                self.page.reload()
            else:
                self._fill_choice(self.page.loaded)
                self._show(self.page.loaded)
        elif not is_on and not self.page.after_keys.put_off(self._fold_away):
            self._fold_away()
        self.session.actions.allow(OTHER, is_on, tr("No transcript stands beside this one."))

    def _fold_away(self) -> None:
        if not self._is_on:
            self.page.editor.saver.flush()
            self._forget()
            self.main.setFocus()

    def _fold(self, is_on: bool) -> None:
        """Fold the outer columns away where two texts would be squeezed; unfold what was folded."""
        if not is_on:
            for name in self._folded_names:
                self.session.actions[name].setChecked(True)
            self._folded_names = ()
            return
        folded: list[str] = []
        for name, column in (
            ("view.inspector", self.page.inspector),
            ("view.contents", self.page.contents),
        ):
            is_narrow = self.page.width() - _outer_width(self.page) < 2 * ROOM
            if is_narrow and not column.isHidden():
                self.session.actions[name].setChecked(False)
                folded.append(name)
        self._folded_names = tuple(folded)

    # Showing ----------------------------------------------------------------

    def _show(self, loaded: Loaded) -> None:
        if not self._is_on and not self.keys.has_held:
            return
        # Qt makes a list of a tuple.
        key = self.choice.currentData()
        if not key:
            self._forget()
            return
        transcript_id, script = int(key[0]), str(key[1])
        shown = (transcript_id, script, self.session.audience)
        is_same, self._shown = shown == self._shown, shown
        full = loaded.transcript(transcript_id)
        copy = loaded.released_transcript(transcript_id)
        if full is not None and loaded.file is not None:
            self._show_full(full, loaded, script, is_same=is_same)
        elif copy is not None:
            self._show_released(copy, script)
        else:
            self._forget()
            return
        may_edit = full is not None and not script
        self.page.editor.others = {transcript_id: self.view} if may_edit else {}
        self._align(loaded, transcript_id)
        self.keys.release()
        if self._where is not None:
            where, self._where = self._where, None
            self.view.place_cursor(*where)
            self.view.ensureCursorVisible()

    def _show_full(
        self, full: FullTranscript, loaded: Loaded, script: str, *, is_same: bool
    ) -> None:
        closed = loaded.file.restrictions if loaded.file else ()
        if script:
            copy = self._copies.setdefault(full.transcript.id, ScriptCopy(Script(script)))
            full = copy.full(full)
            closed = copy.restrictions(closed)
        tags, speakers = loaded.tags, loaded.speakers()
        if is_same:
            unsaved = () if script else self.page.editor.saver.unsaved(full.transcript.id)
            self.view.refresh(full.turns, full.taggings, speakers=speakers, tags=tags,
                              restrictions=closed, unsaved=unsaved)  # fmt: skip
        else:
            self.view.show_transcript(full, speakers=speakers, tags=tags, restrictions=closed,
                                      language=tag_language(), may_edit=not script)  # fmt: skip

    def _show_released(self, copy: ReleasedTranscript, script: str) -> None:
        if script:
            copy = ScriptCopy(Script(script)).released(copy)
        top = self.view.top_place()
        self.view.show_released(copy, language=tag_language())
        if top is not None:
            self.view.restore_top(*top)

    # In step ----------------------------------------------------------------

    def _align(self, loaded: Loaded, transcript_id: int) -> None:
        main, other = _turns(loaded, self.page.transcript_id), _turns(loaded, transcript_id)
        if transcript_id == self.page.transcript_id:
            self._take_rows([ParallelRow((turn.id,), (turn.id,)) for turn in main], None)
            return
        key = (tuple(_place(turn) for turn in main), tuple(_place(turn) for turn in other))
        if key == self._aligned:
            self.rows.align()
            return
        self.session.tasks.run(
            functools.partial(align_turns, main, other),
            done=lambda rows: self._take_rows(rows, key),
            owner=self,
        )

    def _take_rows(self, rows: Sequence[ParallelRow], key: object) -> None:
        if self._shown is not None:
            self._aligned = key
            self._beside = {turn: row for row in rows for turn in row.original}
            self._across = {turn: row for row in rows for turn in row.translation}
            self.rows.set_rows(rows)

    def _counterpart(self, turn: int, *, to_main: bool) -> int | None:
        row = (self._across if to_main else self._beside).get(turn)
        turns = (row.original if to_main else row.translation) if row else ()
        return turns[0] if turns else None

    def _follow(self, _ms: int) -> None:
        if self._is_on:
            playing = self.main.playing_turn
            self.view.is_following = False
            turn = None if playing is None else self._counterpart(playing, to_main=False)
            self.view.set_playing_turn(turn)

    # Editing ----------------------------------------------------------------

    def _take_edit(self, turn: int, start: int, end: int, text: str) -> None:
        if self._shown is not None:
            self.page.editor.saver.take(self._shown[0], TextEdit(turn, start, end, text))

    def _merge(self, turn_id: int) -> None:
        where = (turn_id, len(self.view.document_copy.turn(turn_id).text))
        self._do(transcripts.merge_turns, turn_id, then=lambda _: where)

    def _do(self, function: Any, *args: object, then: Any) -> None:
        """Run an operation on the second transcript; its keys wait until the page shows it."""
        if self._shown is None or not self.session.can_edit:
            return
        self.keys.hold()

        def is_done(value: Any) -> None:
            self._where = then(value)

        self.page.editor.write(function, self._shown[0], *args, then=is_done)


def _first_new(change: Any) -> tuple[int, int] | None:
    return (change.new_turns[0].id, 0) if change.new_turns else None


def _outer_width(page: InterviewPage) -> int:
    columns = (page.contents, page.inspector)
    return sum(column.width() for column in columns if not column.isHidden())


def _transcript(loaded: Loaded, transcript_id: int) -> FullTranscript | ReleasedTranscript | None:
    return loaded.transcript(transcript_id) or loaded.released_transcript(transcript_id)


def _turns(loaded: Loaded, transcript_id: int) -> Sequence[Turn]:
    full = loaded.transcript(transcript_id)
    if full is not None:
        return full.turns
    copy = loaded.released_transcript(transcript_id)
    return [
        Turn(
            id=turn.turn_id, uuid="", transcript_id=transcript_id, position=turn.n,
            speaker_id=None, speaker_label=turn.speaker, recording_id=None,
            start_ms=turn.start_ms, end_ms=turn.end_ms, text=turn.text,
        )
        for turn in (copy.turns if copy else ())
    ]  # fmt: skip


def _place(turn: Turn) -> tuple[int, int | None, int | None]:
    return turn.id, turn.start_ms, turn.end_ms
