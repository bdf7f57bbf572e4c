"""Tagging on the interview page: palette, recent tags, menu, and going from tag to tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from archive_app.domain.records import Span
from archive_app.domain.transcript import quote_of
from archive_app.gui.interview_data import Loaded
from archive_app.gui.interview_words import tag_language
from archive_app.gui.tag_palette import Chosen, TagPalette, tag_icon
from archive_app.gui.transcript_document import MarkKind
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.gui.interview_page import InterviewPage

RECENT_KEPT = 9


class Tagger(QObject):
    """Lays tags; remembers the last nine for Alt+1 to Alt+9."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self._page = page
        self.recent: list[int] = []
        self.palette: TagPalette | None = None

    # The palette ----------------------------------------------------------

    def ask_tag(self) -> None:
        """Open the palette for the selection, or for the cursor's turn."""
        span = self._page.editor.span_meant()
        if span is None:
            self._page.session.said.emit(tr("There are no words here to tag."))
            return
        self._open(self._quote(span), lambda chosen: self._lay(chosen, span))

    def ask_other_tag(self, tagging_id: int) -> None:
        """Open the palette to put another tag in the place of one."""

        def change(chosen: Chosen) -> None:
            if chosen.tag_id is not None:
                self._use(chosen.tag_id)
                self._page.editor.change_tagging(tagging_id, tag_id=chosen.tag_id)

        self._open(tr("Another tag for the same words:"), change, allows_new=False)

    def _open(self, purpose: str, take: object, *, allows_new: bool = True) -> None:
        loaded = self._page.loaded
        if loaded is None or not self._page.session.can_edit:
            return
        self.palette = TagPalette(
            loaded.tree, language=tag_language(), recent=self.recent, purpose=purpose,
            allows_new=allows_new, parent=self._page,
        )  # fmt: skip
        self.palette.chosen.connect(take)
        self.palette.finished.connect(self._back_to_the_words)
        self.palette.open()

    def _back_to_the_words(self, _result: int) -> None:
        """Give the keyboard back at once: the next key belongs to the transcript."""
        if self.palette is not None:
            self.palette.deleteLater()
            self.palette = None
        self._page.window().activateWindow()
        self._page.pane.view.setFocus()

    def _quote(self, span: Span) -> str:
        document = self._page.pane.view.document_copy
        first, last = document.place(span.start_turn), document.place(span.end_turn)
        turns = document.turns[first : last + 1]
        text = quote_of(turns, span)  # type: ignore[arg-type]
        return f"“{text}”" if len(text) <= 160 else f"“{text[:150].rstrip()} …”"

    def _lay(self, chosen: Chosen, span: Span) -> None:
        if chosen.tag_id is None:
            self._page.editor.lay_new_tag(chosen.name, span)
        else:
            self.lay(chosen.tag_id, span)

    # Recent tags ------------------------------------------------------------

    def lay(self, tag_id: int, span: Span) -> None:
        """Lay a tag and remember it as used last."""
        self._use(tag_id)
        self._page.editor.lay_tag(tag_id, span)

    def lay_recent(self, number: int) -> None:
        """Lay the recent tag with a number (from 1) on the selection or the cursor's turn."""
        span = self._page.editor.span_meant()
        if span is not None and number <= len(self.recent):
            # Numbers must not change under the fingers: the order stays.
            self._page.editor.lay_tag(self.recent[number - 1], span)

    def _use(self, tag_id: int) -> None:
        if tag_id not in self.recent:
            self.recent = [tag_id, *self.recent][:RECENT_KEPT]

    def show_recent(self, loaded: Loaded) -> None:
        """Name the recent tags in the menu; the most used stand in where none was used yet."""
        if loaded.file is None:
            return
        self.recent = [one for one in self.recent if one in loaded.tags]
        by_use = sorted(loaded.tree, key=lambda one: -one.count)
        for one in by_use:
            if len(self.recent) < RECENT_KEPT and one.count and one.tag.id not in self.recent:
                self.recent.append(one.tag.id)
        for number in range(1, RECENT_KEPT + 1):
            action = self._page.session.actions[f"tags.recent{number}"]
            is_there = number <= len(self.recent)
            action.setVisible(is_there)
            if is_there:
                tag = loaded.tags[self.recent[number - 1]]
                action.setText(tr("Tag: {name}", name=tag.name(tag_language()).replace("&", "&&")))
                action.setIcon(tag_icon(tag))

    # The menu and the strips ----------------------------------------------

    def fill_menu(self, menu: QMenu, span: object) -> None:
        """Add tagging, closing, speaker and turns to the transcript's context menu."""
        del span
        actions = self._page.session.actions
        if not self._page.session.can_edit:
            menu.addSeparator()
            menu.addAction(actions["interview.play_turn"])
            return
        menu.addSeparator()
        menu.addAction(actions["tags.lay"])
        recent = menu.addMenu(tr("Recent tags"))
        for number in range(1, RECENT_KEPT + 1):
            recent.addAction(actions[f"tags.recent{number}"])
        for one in self._page.editor.taggings_here():
            tag = self._page.loaded.tags.get(one.tag_id) if self._page.loaded else None
            if tag is not None:
                name = tr("Remove tag “{name}”", name=tag.name(tag_language()))
                remove = menu.addAction(tag_icon(tag), name)
                remove.triggered.connect(
                    lambda _=False, one=one: self._page.editor.remove_tagging(one.id)
                )
        menu.addAction(actions["interview.close_passage"])
        menu.addSeparator()
        speakers = menu.addMenu(tr("Speaker"))
        self._page.editor.fill_speakers(speakers)
        for name in ("play_turn", "turn_start", "turn_end", "insert_turn", "delete_turn"):
            menu.addAction(actions[f"interview.{name}"])

    def show_tagging(self, tagging_id: int) -> None:
        """Go to a tagging whose strip was clicked, and show what is known of it."""
        loaded = self._page.loaded
        one = loaded.tagging(tagging_id) if loaded else None
        if one is not None:
            view = self._page.pane.view
            view.emphasise_tagging(tagging_id)
            view.select_span(one.span)

    def remove_here(self) -> None:
        """Take the tag that is chosen in the inspector off its words."""
        one = self._page.inspector.current_tagging()
        if one is not None:
            self._page.editor.remove_tagging(one.id)

    def step(self, by: int) -> None:
        """Go to the next passage (or the one before) with the tag at the cursor, else any tag."""
        view = self._page.pane.view
        where = view.cursor_turn()
        loaded = self._page.loaded
        if where is None or loaded is None:
            return
        document = view.document_copy
        here = self._page.inspector.current_tagging()
        spans = [
            mark.span
            for mark in document.marks.values()
            if mark.kind is MarkKind.TAG and self._is_like(mark.key, here, loaded)
        ]
        places = sorted({(document.place(s.start_turn), s.start): s for s in spans}.items())
        selected = view.selection_span()
        at = (document.place(where[0]), where[1])
        if selected is not None:
            at = (document.place(selected.start_turn), selected.start)
        ahead = [span for place, span in places if place > at]
        behind = [span for place, span in places if place < at]
        target = (ahead or [span for _, span in places])[:1] if by > 0 else (
            behind or [span for _, span in places]
        )[-1:]  # fmt: skip
        for span in target:
            view.select_span(span)
            view.scroll_to(span.start_turn, span.start)

    @staticmethod
    def _is_like(tagging_id: int, here: object, loaded: Loaded) -> bool:
        if here is None or loaded.file is None:
            return True
        other = loaded.tagging(tagging_id)
        return other is not None and other.tag_id == here.tag_id  # type: ignore[attr-defined]
