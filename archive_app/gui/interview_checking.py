"""Correcting a recogniser's work: doubtful words by key, loops, letters of another script."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout

from archive_app.domain.doubts import Flag, FlagKind
from archive_app.domain.records import Span, Turn
from archive_app.gui.doubt_strip import DoubtStrip
from archive_app.gui.flags_again import flags_again
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.transcript_document import Mark, MarkKind
from archive_app.settings import DOUBT_PER_CENT
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.domain.records import FullTranscript
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage

SOON_MS = 150
FEW_TURNS = 40
REST_MS = 800
"""How long the text rests after a change before it is looked through again."""
LEAD_MS = 500
"""How much is heard before a doubtful word."""
EDITING = ("interview.confirm_word", "interview.mend", "interview.mend_all")
KINDS = (MarkKind.DOUBT, MarkKind.FLAG)


class Checking(PagePart):
    """Shades and flags places, goes from one to the next, plays them, takes a word for right."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.view = page.pane.view
        self.flags: Sequence[Flag] = ()
        self._ticket = 0
        self._changed: set[int] = set()
        """Turns to be looked at again; empty: all of them."""
        self._shown: tuple[int, object] = (0, None)
        self._at: Span | None = None
        """The doubtful word that a key led to: there Enter says that it is right."""
        self._stop_at_ms: int | None = None
        self.strip = DoubtStrip()
        self.strip.next_asked.connect(lambda kind: self.step(1, kind))
        self.strip.mend_asked.connect(self.show_mending)
        self.strip.threshold_chosen.connect(self.set_threshold)
        layout = page.pane.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, self.strip)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look_again)
        self.view.installEventFilter(self)
        page.player.position_ms_changed.connect(self._stop_there)

    def add_actions(self, add: AddAction) -> None:
        """Register them."""
        add("interview.next_doubt", tr("Next doubtful place"), lambda: self.step(1), "Ctrl+D",
            tip=tr("Select the next word that the recogniser was not sure of, or that looks "
                   "wrong, and play it"))  # fmt: skip
        add("interview.previous_doubt", tr("Previous doubtful place"), lambda: self.step(-1),
            "Ctrl+Shift+D")  # fmt: skip
        add("interview.confirm_word", tr("The word is ri&ght"), self.confirm, "Ctrl+Shift+Y",
            icon="check", tip=tr("Take the doubt away and go on to the next; so does Enter while "
                                 "a doubtful word is selected"))  # fmt: skip
        add("interview.mend", tr("Mend the word"), self.mend_here, "Ctrl+Alt+M",
            tip=tr("Write what is proposed for the flagged word at the cursor"))  # fmt: skip
        add("interview.mend_all", tr("Mend all words…"), self.show_mending,
            tip=tr("Words of mixed letters and loops, after a look at each"))  # fmt: skip

    def allow_actions(self) -> None:
        """Only staff see a recogniser's doubts."""
        reason = self.session.why_not or tr("Open an interview with a transcript first.")
        may = self.session.can_edit and bool(self.page.transcript_id)
        for name in (*EDITING, "interview.next_doubt", "interview.previous_doubt"):
            self.session.actions.allow(name, may, reason)

    # What the page shows ----------------------------------------------------

    def show_loaded(self, loaded: Loaded) -> None:
        """Look through a transcript, soon: the page comes first."""
        full = loaded.transcript(self.page.transcript_id)
        shown = (self.page.transcript_id, full.turns if full else None)
        if full is None:
            self.show_nothing()
        elif shown[0] != self._shown[0]:
            self._forget()
            self._timer.start(SOON_MS)
        elif shown[1] is not self._shown[1]:
            self._changed.clear()
            self._timer.start(REST_MS)
        self._shown = shown

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:
        """Look through what was changed, once the text rests."""
        full = loaded.transcript(self.page.transcript_id)
        if turns and full is not None:
            self._shown = (self.page.transcript_id, full.turns)
            self._changed |= turns
            self._timer.start(REST_MS)

    def show_nothing(self) -> None:
        """There is nothing to look through."""
        self._shown = (0, None)
        self._forget()

    def leave(self) -> None:
        """Another interview comes."""
        self.show_nothing()

    def _forget(self) -> None:
        self._ticket += 1
        self._timer.stop()
        self._changed.clear()
        self.flags, self._at, self._stop_at_ms = (), None, None
        self.strip.hide()
        for kind in KINDS:
            self.view.lay_marks(kind, ())

    def _full(self) -> FullTranscript | None:
        loaded = self.page.loaded
        return loaded.transcript(self.page.transcript_id) if loaded else None

    @property
    def threshold(self) -> float:
        """The confidence below which a word is shaded, 0 to 1."""
        return self.session.settings.get(DOUBT_PER_CENT) / 100

    def set_threshold(self, per_cent: int) -> None:
        """Shade words that the recogniser was less sure of."""
        self.session.settings.set(DOUBT_PER_CENT, per_cent)
        self.look_through()

    def look_through(self) -> None:
        """Look for doubts and flags beside the window."""
        full = self._full()
        if full is None:
            return
        from archive_app.work.doubts import flags_of

        self._ticket += 1
        self._changed.clear()
        ticket = self._ticket
        look = functools.partial(
            flags_of, full.turns, full.transcript.language, threshold=self.threshold
        )
        self.session.tasks.run(look, done=lambda flags: self._take(flags, ticket), owner=self)

    @property
    def _is_unsettled(self) -> bool:
        """Whether the page shows what the records do not say yet: flags are places in these."""
        editor = self.page.editor
        return not editor.saver.is_clean or editor.is_waiting

    def _look_again(self) -> None:
        """Look at the turns that were changed, with their neighbours; else at all of them."""
        full = self._full()
        if full is None:
            return
        if self._is_unsettled:
            self._timer.start(REST_MS)
            return
        if not 0 < len(self._changed) <= FEW_TURNS:
            self.look_through()
            return
        changed, self._changed = self._changed, set()
        found = flags_again(full.turns, changed, full.transcript.language, threshold=self.threshold)
        marks = (mark for mark in self.view.document_copy.marks.values() if mark.kind in KINDS)
        kept = [
            self._now(mark)
            for mark in marks
            if not {mark.span.start_turn, mark.span.end_turn} & changed
        ]
        self._show_flags([*kept, *found])

    def _take(self, flags: Sequence[Flag], ticket: int) -> None:
        if ticket != self._ticket:
            return
        if self._is_unsettled:
            self._timer.start(REST_MS)
        else:
            self._show_flags(flags)

    def _show_flags(self, flags: Sequence[Flag]) -> None:
        self.flags = flags
        for kind in KINDS:
            self.view.lay_marks(kind, self._marks(kind))
        self._count()

    def _marks(self, kind: MarkKind) -> list[Mark]:
        return [
            Mark(kind, number, flag.span, flag.why)
            for number, flag in enumerate(self.flags)
            if (flag.kind is FlagKind.DOUBTFUL) == (kind is MarkKind.DOUBT)
        ]

    def _count(self) -> None:
        """Say in the strip what there still is."""
        full = self._full()
        marks = self.view.document_copy.marks
        left = [
            flag for number, flag in enumerate(self.flags)
            if any((kind, number) in marks for kind in KINDS)
        ]  # fmt: skip
        has_doubts = full is not None and any(
            word.confidence is not None for turn in full.turns for word in turn.timed
        )
        self.strip.show_counts(
            Counter(flag.kind for flag in left),
            mendable=sum(flag.is_mendable for flag in left),
            per_cent=self.session.settings.get(DOUBT_PER_CENT),
            has_doubts=has_doubts and self.session.can_edit,
        )

    # Going from one to the next ---------------------------------------------

    def _places(self, kind: FlagKind | None) -> list[tuple[int, int, Mark]]:
        """Return what is marked, in the order of the text, where it stands by now."""
        document = self.view.document_copy
        found = [
            (document.place(mark.span.start_turn), mark.span.start, mark)
            for mark in document.marks.values()
            if mark.kind in KINDS and (kind is None or self.flags[mark.key].kind is kind)
        ]
        return sorted(found, key=lambda one: one[:2])

    def step(self, by: int, kind: FlagKind | None = None) -> None:
        """Select the next place behind the cursor, or the one before, and play it."""
        found = self._places(kind)
        where = self.view.cursor_turn()
        if not found or where is None:
            self.session.said.emit(tr("There is no doubtful place in this transcript."))
            return
        span = self.view.selection_span()
        if span is not None:
            where = (span.start_turn, span.start)
        here = (self.view.document_copy.place(where[0]), where[1])
        if by > 0:
            later = [one for one in found if one[:2] > here or (one[:2] == here and span is None)]
            target = later[0] if later else found[0]
        else:
            earlier = [one for one in found if one[:2] < here]
            target = earlier[-1] if earlier else found[-1]
        self.show(target[2])

    def show(self, mark: Mark) -> None:
        """Select a place; a doubtful word is heard."""
        self.view.select_span(mark.span)
        self.view.scroll_to(mark.span.start_turn, mark.span.start)
        self.view.setFocus()
        self.session.said.emit(mark.name)
        self._at = mark.span if mark.kind is MarkKind.DOUBT else None
        times = self._times(mark.span)
        if times is not None and self.page.player.sound.timeline:
            self._stop_at_ms = None
            self.page.player.play_from(max(0, times[0] - LEAD_MS))
            self._stop_at_ms = times[1]

    def _times(self, span: Span) -> tuple[int, int] | None:
        """Return when the words of a span begin and end, as far as it is known."""
        turn = self._turn(span.start_turn)
        if turn is None:
            return None
        words = [one for one in turn.timed if one.start < span.end and one.end > span.start]
        if words and span.start_turn == span.end_turn:
            return words[0].start_ms, words[-1].end_ms
        if turn.start_ms is None:
            return None
        return turn.start_ms, turn.end_ms or turn.start_ms + 10 * LEAD_MS

    def _turn(self, turn_id: int) -> Turn | None:
        full = self._full()
        return next((turn for turn in full.turns if turn.id == turn_id), None) if full else None

    def _stop_there(self, ms: int) -> None:
        """Fall silent behind the word, unless the person went elsewhere."""
        if self._stop_at_ms is not None and ms >= self._stop_at_ms:
            is_here = ms < self._stop_at_ms + 2 * LEAD_MS
            self._stop_at_ms = None
            if is_here:
                self.page.player.sound.pause()

    # Saying that it is right, and mending -----------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter on a doubtful word that a key led to for "it is right"."""
        if (
            self._at is not None
            and watched is self.view
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            and self.view.selection_span() == self._at
        ):
            self.confirm()
            return True
        return super().eventFilter(watched, event)

    def _marks_here(self, *kinds: MarkKind) -> list[Mark]:
        return [mark for kind in kinds for mark in self.page.editor.marks_here(kind)]

    def confirm(self) -> None:
        """Take the doubt from the word at the cursor and go on to the next doubtful one."""
        here = self._marks_here(MarkKind.DOUBT)
        if not here or not self.session.can_edit:
            self.session.said.emit(tr("There is no doubtful word at the cursor."))
            return
        from archive_app.work.doubts import confirm_word

        mark = here[0]
        document, span = self.view.document_copy, mark.span
        document.replace_marks(MarkKind.DOUBT, {mark.key}, ())
        self.page.editor.do(confirm_word, span.start_turn, span.start, span.end)
        self._count()
        self.view.viewport().update()
        if self._places(FlagKind.DOUBTFUL):
            self.step(1, FlagKind.DOUBTFUL)

    def mend_here(self) -> None:
        """Write what is proposed for the flagged word at the cursor."""
        for mark in self._marks_here(MarkKind.FLAG):
            if self.flags[mark.key].is_mendable:
                self.mend([self._now(mark)])
                return
        self.session.said.emit(tr("There is nothing to mend at the cursor."))

    def _now(self, mark: Mark) -> Flag:
        """Return a flag where it stands by now."""
        flag = self.flags[mark.key]
        return Flag(flag.kind, mark.span, flag.found, flag.why, flag.proposal)

    def mend(self, flags: Sequence[Flag]) -> None:
        """Write the proposals of flags, in one operation."""
        from archive_app.work.doubts import mend_flags

        self.page.editor.do(mend_flags, flags)

    def show_mending(self) -> None:
        """List what can be mended, to be mended in one go."""
        from archive_app.gui.mend_dialog import MendDialog

        document = self.view.document_copy
        flags = [self._now(mark) for _, _, mark in self._places(None)]
        flags = [flag for flag in flags if flag.is_mendable]
        if not flags:
            self.session.said.emit(tr("There is nothing to mend in this transcript."))
            return
        texts = [document.turn(flag.span.start_turn).text for flag in flags]
        self.page.dialog = MendDialog(flags, texts, self.mend, self.page)
        self.page.dialog.open()

    def fill_menu(self, menu: QMenu, span: Span | None) -> None:
        """Offer to mend what is flagged at the cursor, or to take it for right."""
        del span
        here = self._marks_here(*KINDS) if self.session.can_edit else []
        if not here:
            return
        menu.addSeparator()
        for mark in here:
            flag = self._now(mark)
            menu.addAction(flag.why.replace("&", "&&")).setEnabled(False)
            if flag.kind is FlagKind.DOUBTFUL:
                menu.addAction(self.session.actions["interview.confirm_word"])
            elif flag.is_mendable:
                text = tr("Write “{text}”", text=(flag.proposal or "").replace("&", "&&"))
                action = menu.addAction(text)
                action.triggered.connect(lambda _=False, flag=flag: self.mend([flag]))
