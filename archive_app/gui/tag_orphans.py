"""Tags that lost their words, on the interview's page: the tray, its keys, and where each fits."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from archive_app.domain.records import Span
from archive_app.domain.transcript import quote_of
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.interview_words import name_of, tag_language
from archive_app.gui.orphan_tray import LostTag, OrphanTray, place_words
from archive_app.gui.session import Place
from archive_app.gui.tag_rows import shown_path
from archive_app.gui.theme import theme
from archive_app.gui.transcript_paint import VisibleTurn, line_stretches
from archive_app.translation import tr
from archive_app.work import tagging
from archive_app.work.tagging import Orphan

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage

UNFOLDED_MS = 60
"""How long after it was asked for the tray has its place in the window."""
LOOK_AGAIN_MS = 900
"""How long after typing it is looked again where lost words stand."""


class LostTags(PagePart):
    """Fills the tray, and does what is asked for there."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.tray = OrphanTray()
        page.pane.below.addWidget(self.tray)
        self._loaded: Loaded | None = None
        self._orphans: Sequence[Orphan] = ()
        self._preview: Span | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(LOOK_AGAIN_MS)
        self._again.timeout.connect(self._look_again)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(UNFOLDED_MS)
        self._soon.timeout.connect(self._bring)
        self.tray.put_back_asked.connect(
            lambda ids: page.editor.write(tagging.put_back_all, list(ids))
        )
        self.tray.remove_asked.connect(
            lambda ids: page.editor.write(tagging.remove_taggings, list(ids))
        )
        self.tray.guess_asked.connect(self._lay_on_guess)
        self.tray.lay_asked.connect(self._lay_on_selection)
        self.tray.former_asked.connect(self._go_back)
        self.tray.chosen.connect(self._show_place)
        page.pane.view.paint_over.append(self._paint)
        page.pane.view.text_edited.connect(lambda *_: self._forget_place())

    def add_actions(self, add: AddAction) -> None:
        """Register them."""
        add("tags.lost", tr("Tags that &lost their words"), self.tray.toggle, "Ctrl+Shift+O",
            menu="tags", icon="warning",
            tip=tr("Show the tags whose words were deleted or replaced"))  # fmt: skip
        add("tags.put_back_all", tr("Put &back all lost tags that fit"), self._put_all_back,
            menu="tags",
            tip=tr("Lay every tag whose very words are in the transcript again"))  # fmt: skip

    def allow_actions(self) -> None:
        """Only where there are lost tags."""
        allow, session = self.session.actions.allow, self.session
        none_lost = session.why_not or tr("No tag of this interview lost its words.")
        allow("tags.lost", session.can_edit and bool(self._orphans), none_lost)
        allow("tags.put_back_all", session.can_edit and bool(self.tray.fitting()),
              session.why_not or tr("No lost tag has its words in the transcript."))  # fmt: skip

    # Showing ---------------------------------------------------------------

    def show_loaded(self, loaded: Loaded) -> None:
        """Show the interview's lost tags."""
        self._again.stop()
        self._show(loaded, loaded.orphans)

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:
        """Words were changed: look soon whether lost ones stand somewhere again."""
        del turns
        if loaded.orphans or self._orphans:
            known = {one.tagging.id: one for one in self._orphans}
            self._show(loaded, [known.get(one.tagging.id, one) for one in loaded.orphans])
            self._again.start()

    def show_nothing(self) -> None:
        """Have no lost tags."""
        self.leave()

    def leave(self) -> None:
        """Forget this interview's."""
        self._again.stop()
        self._loaded, self._orphans = None, ()
        self._forget_place()
        self.tray.show_lost(())

    def _look_again(self) -> None:
        loaded = self._loaded
        if loaded is not None:
            self.session.read(
                tagging.orphans, loaded.interview_id, owner=self,
                done=lambda found: self._found_again(loaded.interview_id, found),
            )  # fmt: skip

    def _found_again(self, interview_id: int, found: Sequence[Orphan]) -> None:
        loaded = self.page.loaded
        if loaded is not None and loaded.interview_id == interview_id:
            self._show(loaded, found)

    def _show(self, loaded: Loaded, orphans: Sequence[Orphan]) -> None:
        self._loaded = loaded
        self._orphans = orphans if loaded.file is not None and self.session.can_edit else ()
        self._forget_place()
        texts = _Texts(loaded, self._orphans)
        self.tray.show_lost([self._lost(texts, one) for one in self._orphans])
        self._show_place(self._chosen())
        self.allow_actions()

    def _chosen(self) -> LostTag | None:
        several = self.tray.selected()
        return several[0] if len(several) == 1 and self.tray.is_unfolded else None

    def _lost(self, texts: _Texts, one: Orphan) -> LostTag:
        full = texts.fulls.get(one.tagging.transcript_id)
        is_shown = one.tagging.transcript_id == self.page.transcript_id
        return LostTag(
            one,
            shown_path(one.tag, tag_language(), texts.loaded.tags),
            former=texts.place(one.tagging.span),
            there=texts.place(one.suggestion) if one.suggestion else "",
            guess=texts.words(one.guess) if one.guess else "",
            transcript="" if is_shown or full is None else name_of(full.transcript),
        )

    # The place it would take ---------------------------------------------------

    def _show_place(self, lost: LostTag | None) -> None:
        """Frame the words on which a lost tag would lie, and bring them into sight."""
        span = (lost.orphan.suggestion or lost.orphan.guess) if lost is not None else None
        view = self.page.pane.view
        if span is None or span.start_turn not in view.document_copy:
            self._forget_place()
        elif span != self._preview:
            self._preview = span
            self._bring()
            # The tray may be about to unfold: what is in sight now will lie behind it.
            self._soon.start()
            view.viewport().update()

    def _bring(self) -> None:
        if self._preview is not None:
            self.page.pane.view.scroll_to(self._preview.start_turn, self._preview.start)

    def _forget_place(self) -> None:
        if self._preview is not None:
            self._preview = None
            self.page.pane.view.viewport().update()

    def _paint(self, painter: QPainter, turns: Sequence[VisibleTurn]) -> None:
        span, view = self._preview, self.page.pane.view
        document = view.document_copy
        if span is None or span.start_turn not in document or span.end_turn not in document:
            return
        first, last = document.place(span.start_turn), document.place(span.end_turn)
        painter.setPen(QPen(theme().colours.accent, 1.5, Qt.PenStyle.DashLine))
        for turn in turns:
            if not first <= turn.place <= last:
                continue
            text = document.turns[turn.place].text
            start = span.start if turn.place == first else 0
            end = min(span.end, len(text)) if turn.place == last else len(text)
            bottom = view.viewport().height()
            for area, foot in line_stretches(turn, text, start, end, bottom=bottom):
                frame = QRectF(area.left() - 2, area.top() + 1, area.width() + 4, 0)
                frame.setBottom(foot + 2)
                painter.drawRoundedRect(frame, 3, 3)

    # What a person does ------------------------------------------------------

    def _put_all_back(self) -> None:
        ids = self.tray.fitting()
        if ids:
            self.page.editor.write(tagging.put_back_all, ids)

    def _orphan(self, tagging_id: int) -> Orphan | None:
        return next((one for one in self._orphans if one.tagging.id == tagging_id), None)

    def _lay_on_guess(self, tagging_id: int) -> None:
        one = self._orphan(tagging_id)
        if one is not None and one.guess is not None:
            self.page.editor.change_tagging(tagging_id, span=one.guess)

    def _lay_on_selection(self, tagging_id: int) -> None:
        span = self.page.pane.view.selection_span()
        if span is None:
            self.session.said.emit(tr("Select the words first."))
        else:
            self.page.editor.change_tagging(tagging_id, span=span)

    def _go_back(self, tagging_id: int) -> None:
        one, interview_id = self._orphan(tagging_id), self.page.interview_id
        if one is None or interview_id is None:
            return
        span, view = one.tagging.span, self.page.pane.view
        if one.tagging.transcript_id != self.page.transcript_id:
            place = Place(one.tagging.transcript_id, span.start_turn, span.start, span.start)
            self.page.open(interview_id, place)
            return
        view.place_cursor(span.start_turn, span.start)
        view.scroll_to(span.start_turn, span.start)
        focused = self.tray.window().focusWidget()
        if isinstance(focused, QWidget) and self.tray.isAncestorOf(focused):
            view.setFocus()


class _Texts:
    """The transcripts that lost tags belong to, their turns found at once."""

    def __init__(self, loaded: Loaded, orphans: Sequence[Orphan]) -> None:
        self.loaded = loaded
        found = {one: loaded.transcript(one) for one in {o.tagging.transcript_id for o in orphans}}
        self.fulls = {one: full for one, full in found.items() if full is not None}
        self._turns = {
            turn.id: (full, place)
            for full in self.fulls.values()
            for place, turn in enumerate(full.turns)
        }
        self._speakers = loaded.speakers()

    def place(self, span: Span) -> str:
        """Return when and by whom a passage is said; empty if its turn is gone."""
        if span.start_turn not in self._turns:
            return ""
        full, place = self._turns[span.start_turn]
        turn = full.turns[place]
        speaker = self._speakers.get(turn.speaker_id or 0, turn.speaker_label)
        return place_words(turn.start_ms, speaker)

    def words(self, span: Span) -> str:
        """Return the words of a passage; empty if a turn of it is gone."""
        if span.start_turn not in self._turns or span.end_turn not in self._turns:
            return ""
        full, first = self._turns[span.start_turn]
        last = self._turns[span.end_turn][1]
        return quote_of(full.turns[first : last + 1], span)
