"""Finding and replacing in the transcript that is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from archive_app.domain.records import Turn
from archive_app.domain.replacing import Hit, Sought
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.translation import tr, trn

if TYPE_CHECKING:
    from archive_app.domain.transcript import TranscriptChange
    from archive_app.gui.find_bar import FindBar
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage

REST_MS = 120
"""How long the keys rest in the field before it is looked for."""


class Finding(PagePart):
    """A line under the transcript: find, go on, replace one, replace all after a look."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.view = page.pane.view
        self.bar: FindBar | None = None
        """Made when it is first asked for."""
        self.hits: Sequence[Hit] = ()
        self.current: int | None = None
        self._ticket = 0
        self._wants_near = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST_MS)
        self._soon.timeout.connect(self.search)
        page.editor.saver.stored.connect(self._text_changed)

    def add_actions(self, add: AddAction) -> None:
        """Register them."""
        add("interview.find", tr("&Find in the transcript…"), self.open, "Ctrl+F",
            menu="edit", icon="search",
            tip=tr("Find words in the transcript that is shown"))  # fmt: skip
        add("interview.replace", tr("Find and r&eplace…"), self.open_replacing, "Ctrl+H",
            menu="edit",
            tip=tr("Replace words, one by one or all after a look at each place"))  # fmt: skip
        add("interview.find_next", tr("Next place found"), lambda: self.step(1), "Ctrl+G",
            menu="edit")  # fmt: skip
        add("interview.find_previous", tr("Previous place found"), lambda: self.step(-1),
            "Ctrl+Shift+G", menu="edit")  # fmt: skip

    def allow_actions(self) -> None:
        """Anybody may find; only staff replace."""
        allow, has_text = self.session.actions.allow, bool(self.page.transcript_id)
        reason = tr("Open an interview with a transcript first.")
        for name in ("find", "find_next", "find_previous"):
            allow(f"interview.{name}", has_text, reason)
        may = has_text and self.session.can_edit
        allow("interview.replace", may, self.session.why_not or reason)
        if self.bar is not None and not self.session.can_edit:
            self.bar.set_replacing(is_on=False)

    # The line ---------------------------------------------------------------

    def open(self) -> None:
        """Show the line, with the selected words in it."""
        bar = self._shown_bar()
        span = self.view.selection_span()
        if span is not None and span.start_turn == span.end_turn:
            text = self.view.document_copy.turn(span.start_turn).text[span.start : span.end]
            bar.text.setText(text)
        bar.text.setFocus()
        bar.text.selectAll()
        self._wants_near = True
        self.search()

    def open_replacing(self) -> None:
        """Show the line with what comes in the place of what is found."""
        self._shown_bar().set_replacing(is_on=True)
        self.open()

    def close(self) -> None:
        """Fold the line away and go back to the words."""
        if self.bar is not None:
            self.bar.hide()
        self._forget()
        self.view.setFocus()

    def _shown_bar(self) -> FindBar:
        if self.bar is None:
            from archive_app.gui.find_bar import FindBar

            bar = self.bar = FindBar()
            bar.sought.connect(self._sought)
            bar.step_asked.connect(self.step)
            bar.replace_asked.connect(self.replace)
            bar.preview_asked.connect(self.preview)
            bar.replace_all_asked.connect(self.replace_all)
            bar.hit_chosen.connect(lambda hit: self.view.scroll_to(hit.turn, hit.start))
            bar.closed.connect(self.close)
            self.page.pane.below.addWidget(bar)
        self.bar.show()
        return self.bar

    @property
    def is_open(self) -> bool:
        """Whether the line is shown."""
        return self.bar is not None and self.bar.isVisibleTo(self.page)

    # What the page shows ----------------------------------------------------

    def show_loaded(self, loaded: Loaded) -> None:
        """Look again: the text may be another."""
        del loaded
        self._text_changed()

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:
        """Look again where words were changed."""
        if turns:
            self.show_loaded(loaded)

    def show_nothing(self) -> None:
        """There is nothing to find anything in."""
        self._forget()

    def leave(self) -> None:
        """Another interview comes: its places are others, and late ones of this text are no use."""
        self._ticket += 1
        self.hits, self.current = (), None

    def _forget(self) -> None:
        self._ticket += 1
        self.hits, self.current = (), None
        self.view.show_matches(())

    def _text_changed(self, _: object = None) -> None:
        if self.is_open:
            self._soon.start()

    # Finding ----------------------------------------------------------------

    def _sought(self) -> None:
        self._wants_near = True
        self._soon.start()

    def turns(self) -> list[Turn]:
        """Return the turns as they stand on the page."""
        return [
            Turn(turn.id, "", 0, place, None, "", None, turn.start_ms, None, turn.text)
            for place, turn in enumerate(self.view.document_copy.turns)
        ]

    def search(self) -> None:
        """Look for what the line holds, beside the window."""
        if not self.is_open or self.bar is None:
            return
        from archive_app.work.replacing import find_all

        self._soon.stop()
        self._ticket += 1
        sought = self.bar.sought_text()
        if not sought.text:
            self._show((), self._ticket)
            return
        ticket = self._ticket
        self.session.tasks.run(
            find_all, self.turns(), sought, done=lambda hits: self._show(hits, ticket), owner=self
        )

    def _show(self, hits: Sequence[Hit], ticket: int) -> None:
        if ticket != self._ticket or self.bar is None:
            return
        self.hits = hits
        near, self._wants_near = self._wants_near, False
        self.current = self._nearest() if hits and (near or self.current is not None) else None
        # Only on asking: looking again after typing must not take the page away from the cursor.
        shown = self.current if near else None
        self.view.show_matches([hit.span for hit in hits], current=shown)
        self.bar.show_count(len(hits), self.current)

    def _nearest(self) -> int:
        """Return the number of the first place at the cursor or behind it."""
        span, where = self.view.selection_span(), self.view.cursor_turn()
        document = self.view.document_copy
        if span is not None:
            where = (span.start_turn, span.start)
        if where is None:
            return 0
        here = (document.place(where[0]), where[1])
        for number, hit in enumerate(self.hits):
            if hit.turn in document and (document.place(hit.turn), hit.start) >= here:
                return number
        return 0

    def step(self, by: int) -> None:
        """Select the next place, or the one before, from the last to the first."""
        if not self.is_open:
            self.open()
            return
        if not self.hits or self.bar is None:
            return
        now = self._nearest()
        is_on_it = self.view.selection_span() == self.hits[now].span
        following = now + 1 if is_on_it else now
        self._select((following if by > 0 else now - 1) % len(self.hits))

    def _select(self, number: int) -> None:
        self.current = number
        hit = self.hits[number]
        self.view.select_span(hit.span)
        self.view.show_matches([one.span for one in self.hits], current=number)
        self.view.scroll_to(hit.turn, hit.start)
        if self.bar is not None:
            self.bar.show_count(len(self.hits), number)

    # Replacing --------------------------------------------------------------

    def _asked(self) -> tuple[Sought, str] | None:
        bar = self.bar
        if bar is None or not bar.text.text() or not self.session.can_edit:
            return None
        return bar.sought_text(), bar.replacement.text()

    def replace(self) -> None:
        """Replace the place that is selected and go to the next; else go there first."""
        asked = self._asked()
        if asked is None or not self.hits:
            return
        from archive_app.work.replacing import find_all, replace_all

        now = self._nearest()
        if self.view.selection_span() != self.hits[now].span:
            self._select(now)
            return
        turn = self.view.document_copy.turn(self.hits[now].turn)
        record = Turn(turn.id, "", 0, 0, None, "", None, None, None, turn.text)
        start = self.hits[now].start
        hit = next((one for one in find_all([record], *asked) if one.start == start), None)
        if hit is None:
            return
        self._wants_near = True
        self.page.editor.do(
            replace_all, [hit], then=lambda _: (hit.turn, hit.start + len(hit.replacement))
        )

    def preview(self) -> None:
        """List what Replace All would do, after what was typed is stored."""
        asked = self._asked()
        if asked is None:
            return
        from archive_app.work.replacing import preview

        # Behind whatever is still being stored: the list is of the stored text.
        self.page.editor.saver.flush()
        self.session.tasks.run(
            preview, self.session.archive, self.page.transcript_id, *asked,
            done=self._show_preview, owner=self, on="writer",
        )  # fmt: skip

    def _show_preview(self, hits: Sequence[Hit]) -> None:
        if self.bar is not None:
            self.bar.show_preview(hits)

    def replace_all(self, hits: Sequence[Hit]) -> None:
        """Replace the ticked places in one step."""
        from archive_app.work.replacing import replace_all

        if self.bar is not None:
            self.bar.preview.hide()
        self.page.editor.do(replace_all, list(hits), then=self._say_replaced(len(hits)))

    def _say_replaced(self, count: int) -> Callable[[TranscriptChange], None]:
        def say(change: TranscriptChange) -> None:
            lost = len(change.orphaned_tagging_ids)
            said = trn(
                "{count} place replaced. Undo takes it back.",
                "{count} places replaced. Undo takes them all back.",
                count,
            )
            if lost:
                said += " " + trn(
                    "{count} tag lost its words; it stands in the list.",
                    "{count} tags lost their words; they stand in the list.",
                    lost,
                )
            self.session.said.emit(said)

        return say
