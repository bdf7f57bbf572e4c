"""Going from tag to tag: those at the cursor, passages with the same tag, other interviews."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from archive_app.domain.records import Span, Tagging
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.interview_words import tag_language
from archive_app.gui.session import Place
from archive_app.gui.transcript_document import MarkKind
from archive_app.translation import tr
from archive_app.work.tag_passages import PassageElsewhere, passage_elsewhere

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded

ELSEWHERE = ("tags.next_interview", "tags.previous_interview")
HERE = ("tags.cycle", "tags.cycle_back", "tags.change", "tags.memo")


class TagSteps(PagePart):
    """Brings the person to tags by keyboard alone."""

    _wanted: int | None = None
    """The tagging to be looked at once its interview is shown."""

    def add_actions(self, add: AddAction) -> None:
        """Register them."""
        tagger, here = self.page.tagger, self.page.inspector.here
        add("tags.change", tr("&Change tag…"), tagger.ask_other_tag_here, "Ctrl+Shift+R",
            menu="tags", tip=tr("Lay another tag on the words of this one"))  # fmt: skip
        add("tags.memo", tr("&Memo of the tag"), self.edit_memo, "Ctrl+M", menu="tags",
            tip=tr("Write down why the tag that the inspector shows lies here"))  # fmt: skip
        add("tags.cycle", tr("Next tag at the c&ursor"), lambda: self.cycle(1), "F2", menu="tags",
            tip=tr("Look at the next of the tags on the words at the cursor"))  # fmt: skip
        add("tags.cycle_back", tr("Previous tag at the cursor"), lambda: self.cycle(-1),
            "Shift+F2", menu="tags",
            tip=tr("Look at the tag before, on the words at the cursor"))  # fmt: skip
        add("tags.next", tr("&Next passage with this tag"), lambda: self.step(1), "F3",
            menu="tags",
            tip=tr("In this transcript; without a tag at the cursor, any tag"))  # fmt: skip
        add("tags.previous", tr("&Previous passage with this tag"), lambda: self.step(-1),
            "Shift+F3", menu="tags",
            tip=tr("In this transcript; without a tag at the cursor, any tag"))  # fmt: skip
        add("tags.next_interview", tr("Next &interview with this tag"),
            lambda: self.step_interview(is_forward=True), "Ctrl+F3", menu="tags",
            tip=tr("Open the next interview in which the tag lies"))  # fmt: skip
        add("tags.previous_interview", tr("Previous interview with this tag"),
            lambda: self.step_interview(is_forward=False), "Ctrl+Shift+F3", menu="tags",
            tip=tr("Open the interview before in which the tag lies"))  # fmt: skip
        here.current_changed.connect(lambda _one: self.allow_actions())

    def allow_actions(self) -> None:
        """Only where there is a tag at the cursor."""
        allow, session = self.session.actions.allow, self.session
        has_tag = session.can_edit and self.page.inspector.current_tagging() is not None
        reason = session.why_not or tr("Put the cursor on words with a tag first.")
        for name in (*HERE, *ELSEWHERE):
            allow(name, has_tag, reason)
        has_text = bool(self.page.transcript_id)
        for name in ("tags.next", "tags.previous"):
            allow(name, has_text, tr("Open an interview with a transcript first."))

    def show_loaded(self, loaded: Loaded) -> None:
        """Go to the tagging for whose sake the interview was opened, once the page shows it."""
        del loaded
        if self._wanted is not None and self.page.tagger.tagging(self._wanted) is not None:
            wanted, self._wanted = self._wanted, None
            QTimer.singleShot(0, self, lambda: self.page.tagger.show_tagging(wanted))

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:
        """The page's own changes lead nowhere else."""

    # At the cursor ------------------------------------------------------------

    def cycle(self, by: int) -> None:
        """Look at the next tagging at the cursor, and say which it is."""
        one = self.page.inspector.here.step(by)
        tag = self.page.loaded.tags.get(one.tag_id) if one and self.page.loaded else None
        if one is not None and tag is not None:
            self.page.tagger.shown.emit(one.id)
            self.session.said.emit(
                tr("{name}: “{words}”", name=tag.name(tag_language()), words=one.quote[:80])
            )

    def edit_memo(self) -> None:
        """Put the keyboard into the memo, the column unfolded if it was not."""
        self.session.actions["view.inspector"].setChecked(True)
        self.page.inspector.here.edit_memo()

    # In this transcript --------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the next passage (or the one before) with the tag at the cursor, else any tag."""
        view = self.page.pane.view
        where = view.cursor_turn()
        if where is None:
            return
        document = view.document_copy
        here = self.page.inspector.current_tagging()
        places = sorted(
            (document.place(mark.span.start_turn), mark.span.start, mark.key, mark.span)
            for mark in document.marks.values()
            if mark.kind is MarkKind.TAG and self._is_like(mark.key, here)
        )
        selected = view.selection_span()
        at = (document.place(where[0]), where[1])
        if selected is not None:
            at = (document.place(selected.start_turn), selected.start)
        ahead = [one for one in places if one[:2] > at]
        behind = [one for one in places if one[:2] < at]
        target = (ahead or places)[:1] if by > 0 else (behind or places)[-1:]
        for _, _, tagging_id, span in target:
            self._go(tagging_id, span)

    def _go(self, tagging_id: int, span: Span) -> None:
        view = self.page.pane.view
        self.page.inspector.here.prefer(tagging_id)
        view.select_span(span)
        view.scroll_to(span.start_turn, span.start)
        self.page.tagger.shown.emit(tagging_id)

    def _is_like(self, tagging_id: int, here: Tagging | None) -> bool:
        if here is None:
            return True
        other = self.page.tagger.tagging(tagging_id)
        return other is not None and other.tag_id == here.tag_id

    # Across the archive ----------------------------------------------------------

    def step_interview(self, *, is_forward: bool) -> None:
        """Open the next interview with the tag at the cursor, or the one before."""
        one, interview_id = self.page.inspector.current_tagging(), self.page.interview_id
        if one is None or interview_id is None:
            return
        self.session.query(
            passage_elsewhere, one.tag_id, interview_id, is_forward=is_forward,
            done=self._open, owner=self,
        )  # fmt: skip

    def _open(self, found: PassageElsewhere | None) -> None:
        if found is None:
            self.session.said.emit(tr("No other interview has this tag."))
            return
        self._wanted = found.tagging.id
        span = found.tagging.span
        place = Place(found.tagging.transcript_id, span.start_turn, span.start, span.start)
        self.session.interview_requested.emit(found.interview_id, place)
