"""Tagging on the interview page: the palette, numbered tags, the inspector's tags, the menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from archive_app.domain.records import Span, Tagging
from archive_app.domain.transcript import quote_of
from archive_app.gui.interview_data import Loaded
from archive_app.gui.interview_words import tag_language
from archive_app.gui.tag_hover import shortened, tips
from archive_app.gui.tag_palette import Chosen, TagPalette
from archive_app.gui.tag_recent import NUMBERS, RecentTags
from archive_app.gui.tag_rows import tag_icon
from archive_app.translation import tr
from archive_app.work import vocabulary
from archive_app.work.tag_passages import Heard, LaidTag, NewTag, tag_passage

if TYPE_CHECKING:
    from archive_app.gui.interview_page import InterviewPage

RECENT_KEPT = NUMBERS
QUOTE_SHOWN = 160

TakeTag = Callable[[int | NewTag], object]
"""Takes the id of the tag that was chosen, or a new one."""


class Tagger(QObject):
    """Lays tags and changes them; what was used last comes first the next time."""

    laid = Signal(object)
    """LaidTag: a tag was just laid by the person."""
    shown = Signal(int)
    """A tagging that the person went to."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self._page = page
        self.recent = RecentTags(page.session.settings, page.session.archive.uuid)
        self.palette: TagPalette | None = None
        self._new: set[int] = set()
        """Tags added just now, to be remembered as used once the vocabulary has them."""
        self._by_id: tuple[Loaded | None, dict[int, Tagging]] = (None, {})
        here = page.inspector.here
        here.chosen.connect(self._bring_into_sight)
        here.change_asked.connect(self.ask_other_tag)
        here.remove_asked.connect(page.editor.remove_tagging)
        here.memo_changed.connect(lambda one, memo: page.editor.change_tagging(one, memo=memo))
        here.colour_chosen.connect(self._recolour)
        here.pin_asked.connect(self.pin)
        here.left.connect(page.pane.view.setFocus)
        page.pane.view.tell_taggings = self._tell

    # The palette ----------------------------------------------------------

    def ask_tag(self) -> None:
        """Open the palette for the selection, or for the cursor's turn."""
        span = self._page.editor.span_meant()
        if span is None:
            self._page.session.said.emit(tr("There are no words here to tag."))
            return
        self.ask(self._quote(span), lambda tag: self.lay(tag, span))

    def ask_other_tag(self, tagging_id: int) -> None:
        """Open the palette to put another tag in the place of one."""

        def change(tag: int | NewTag) -> None:
            if isinstance(tag, int):
                self.recent.use(tag)
                self._page.editor.change_tagging(tagging_id, tag_id=tag)

        self.ask(tr("Another tag for the same words:"), change, allows_new=False)

    def ask_other_tag_here(self) -> None:
        """Open the palette for the tagging that the inspector shows."""
        one = self._page.inspector.current_tagging()
        if one is not None:
            self.ask_other_tag(one.id)

    def ask(self, purpose: str, take: TakeTag, *, allows_new: bool = True) -> None:
        """Open the palette; ``take`` gets what is chosen."""
        loaded = self._page.loaded
        if loaded is None or not self._page.session.can_edit:
            return
        self.palette = TagPalette(
            loaded.tree, language=tag_language(), recent=self.recent.order,
            numbers=self.recent.numbers(), purpose=purpose, allows_new=allows_new,
            parent=self._page,
        )  # fmt: skip

        def taken(chosen: Chosen) -> None:
            new = NewTag(chosen.name, chosen.parent_id, tag_language())
            take(new if chosen.tag_id is None else chosen.tag_id)

        self.palette.chosen.connect(taken)
        self.palette.pin_asked.connect(self.pin)
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
        return f"“{shortened(text, QUOTE_SHOWN)}”"

    # Laying ------------------------------------------------------------------

    def lay(self, tag: int | NewTag, passage: Span | Heard) -> None:
        """Lay a tag on words, given by their place or by when they are said."""
        if isinstance(tag, int):
            self.recent.use(tag)
        self._page.editor.do(tag_passage, passage, tag, then=self._is_laid)

    def lay_recent(self, number: int) -> None:
        """Lay the tag with a number (from 1) on the selection or the cursor's turn."""
        span, tag = self._page.editor.span_meant(), self.recent.tag(number)
        if span is not None and tag is not None:
            self.lay(tag, span)

    def _is_laid(self, laid: LaidTag) -> None:
        self._new.add(laid.tag_id)
        self.laid.emit(laid)

    # Numbers ------------------------------------------------------------------

    def pin(self, tag_id: int, number: int) -> None:
        """Keep a number for a tag; 0 lets it go."""
        if number:
            self.recent.pin(tag_id, number)
        else:
            self.recent.unpin(tag_id)
        if self.palette is not None:
            self.palette.show_numbers(self.recent.numbers())
        if self._page.loaded is not None:
            self._name_numbers(self._page.loaded)
            self._page.show_here_soon()

    def show_recent(self, loaded: Loaded) -> None:
        """Name the numbered tags in the menu; the most used stand in where none was used yet."""
        if loaded.file is None:
            self.show_nothing()
            return
        self.recent.take_vocabulary(loaded.tree)
        new, self._new = self._new, set()
        for tag_id in new:
            self.recent.use(tag_id)
        self._name_numbers(loaded)

    def show_nothing(self) -> None:
        """Take the names of tags out of the menu: not every audience may read them."""
        for number in range(1, NUMBERS + 1):
            action = self._page.session.actions[f"tags.recent{number}"]
            action.setText(tr("Recent tag {number}", number=number))
            action.setVisible(False)

    def _name_numbers(self, loaded: Loaded) -> None:
        self._page.inspector.here.show_numbers(self.recent.numbers())
        for number in range(1, NUMBERS + 1):
            action = self._page.session.actions[f"tags.recent{number}"]
            tag = loaded.tags.get(self.recent.tag(number) or 0)
            action.setVisible(tag is not None)
            if tag is None:
                continue
            name = tag.name(tag_language()).replace("&", "&&")
            is_pinned = self.recent.is_pinned(tag.id)
            words = tr("Tag: {name} (kept)") if is_pinned else tr("Tag: {name}")
            action.setText(words.format(name=name))
            action.setIcon(tag_icon(tag))

    # The inspector ------------------------------------------------------------

    def tagging(self, tagging_id: int) -> Tagging | None:
        """Return a tagging of the interview that is shown, found at once."""
        loaded = self._page.loaded
        if loaded is not self._by_id[0]:
            transcripts = loaded.file.transcripts if loaded and loaded.file else ()
            found = {one.id: one for full in transcripts for one in full.taggings}
            self._by_id = (loaded, found)
        return self._by_id[1].get(tagging_id)

    def _tell(self, tagging_ids: Sequence[int]) -> str:
        """Return what taggings say when they are pointed at; other audiences read names alone."""
        loaded = self._page.loaded
        if loaded is None or loaded.file is None:
            return ""
        return tips(tagging_ids, self.tagging, loaded.tags, tag_language())

    def show_tagging(self, tagging_id: int) -> None:
        """Go to a tagging whose strip was clicked, and show what is known of it."""
        one = self.tagging(tagging_id)
        if one is not None:
            self._page.inspector.here.prefer(tagging_id)
            self._page.pane.view.select_span(one.span)
            self.shown.emit(tagging_id)

    def _bring_into_sight(self, one: Tagging) -> None:
        self._page.pane.view.scroll_to(one.span.start_turn, one.span.start)
        self.shown.emit(one.id)

    def _recolour(self, tag_id: int, colour: str) -> None:
        page = self._page
        page.session.write(
            vocabulary.colour_tag, tag_id, colour, done=lambda _: page.reload()
        )  # fmt: skip

    def remove_here(self) -> None:
        """Take the tag that is chosen in the inspector off its words."""
        one = self._page.inspector.current_tagging()
        if one is not None:
            self._page.editor.remove_tagging(one.id)

    # The menu ------------------------------------------------------------------

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
        for number in range(1, NUMBERS + 1):
            recent.addAction(actions[f"tags.recent{number}"])
        here = self._page.inspector.here
        for one in self._page.editor.taggings_here():
            tag = self._page.loaded.tags.get(one.tag_id) if self._page.loaded else None
            if tag is not None:
                name = tag.name(tag_language()).replace("&", "&&")
                own = menu.addMenu(tag_icon(tag), tr("Tag “{name}”", name=name))
                # Looked at first, so that colour and number are this one's.
                own.aboutToShow.connect(lambda one=one: here.prefer(one.id))
                here.fill_menu(own, one)
        menu.addAction(actions["interview.close_passage"])
        menu.addSeparator()
        speakers = menu.addMenu(tr("Speaker"))
        self._page.editor.fill_speakers(speakers)
        for name in ("play_turn", "turn_start", "turn_end", "insert_turn", "delete_turn"):
            menu.addAction(actions[f"interview.{name}"])
