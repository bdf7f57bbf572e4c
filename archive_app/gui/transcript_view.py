"""The transcript: one column of comfortable measure, speakers at its left, tags at its right.

A QTextEdit rather than a QPlainTextEdit: the plain one scrolls by whole lines,
knows no space between turns and guesses its own height, and its key is no
faster once the margins are drawn. A document that is filled before it is shown
is laid out as it is scrolled, so both open at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from archive_app.domain.records import FullTranscript, Restriction, Span, Tag, Tagging, Turn
from archive_app.domain.released import ReleasedTranscript
from archive_app.domain.spans import TextEdit, edited_text, minimal_edit
from archive_app.gui.theme import STEP, theme
from archive_app.gui.transcript_document import (
    WINDOWS_OWN,
    Mark,
    MarkKind,
    ShownTurn,
    TranscriptDocument,
    closed_marks,
    footnote_marks,
    released_document,
    shown_turns,
    tag_marks,
)
from archive_app.gui.transcript_menu import transcript_menu
from archive_app.gui.transcript_page import TranscriptPage
from archive_app.gui.transcript_rewrite import correct, rewrite
from archive_app.translation import tr


class TranscriptView(TranscriptPage):
    """A transcript to read, to correct against the sound, and to lay tags on."""

    menu_asked = Signal(object, object)
    """(QMenu, Span or None): the context menu is about to open; add to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = "en"
        self._speakers: Mapping[int, str] = {}
        self._tags: Mapping[int, Tag] = {}
        self._restrictions: tuple[Restriction, ...] = ()
        self._transcript_id = 0
        self._may_edit = True
        self.setObjectName("transcript")
        self.setAccessibleName(tr("Transcript"))
        self._describe()
        self._set_document()

    # What is shown --------------------------------------------------------

    def show_transcript(
        self,
        full: FullTranscript,
        *,
        speakers: Mapping[int, str],
        tags: Mapping[int, Tag],
        restrictions: Iterable[Restriction] = (),
        language: str = "en",
        may_edit: bool = True,
    ) -> None:
        """Show a transcript to staff, to be edited or, not being the text itself, to be read.

        ``speakers`` are public names by person id, ``tags`` by id, ``language`` the
        interface's, for the names of tags.
        """
        self._transcript_id = full.transcript.id
        self._speakers, self._tags, self._language = speakers, tags, language
        self._restrictions = tuple(restrictions)
        self.document_copy = self._copy_of(full.turns, full.taggings)
        self._may_edit = may_edit
        self._start_over()

    def show_released(self, released: ReleasedTranscript, *, language: str = "en") -> None:
        """Show what another audience may see; it cannot be edited."""
        self._transcript_id = released.transcript_id
        self._language = language
        self.document_copy = released_document(released, language)
        self._may_edit = False
        self._start_over()

    def show_nothing(self) -> None:
        """Show an empty page."""
        self.document_copy = TranscriptDocument()
        self._may_edit = False
        self._start_over()

    def refresh(
        self,
        turns: Sequence[Turn],
        taggings: Iterable[Tagging],
        *,
        speakers: Mapping[int, str] | None = None,
        tags: Mapping[int, Tag] | None = None,
        restrictions: Iterable[Restriction] | None = None,
        unsaved: Sequence[TextEdit] = (),
    ) -> None:
        """Show the transcript as the archive now has it; only what differs is touched.

        What was at the top stays at the top and the cursor stays at its words.
        ``unsaved`` are edits made here that the archive's copy does not have yet:
        they are done again on top of it.
        """
        self._speakers = self._speakers if speakers is None else speakers
        self._tags = self._tags if tags is None else tags
        if restrictions is not None:
            self._restrictions = tuple(restrictions)
        kept = [one for one in self.document_copy.marks.values() if one.kind in WINDOWS_OWN]
        fresh = self._copy_of(turns, taggings)
        for edit in unsaved:
            if edit.turn in fresh and edit.end <= len(fresh.turn(edit.turn).text):
                fresh.edit(edit)
        fresh.add_marks(kept)
        top = self._top_turn()
        old, self.document_copy = self.document_copy, fresh
        with self._applying():
            rewrite(self.document(), old.turns, fresh.turns, self._block_format())
        self._take_read_only()
        if top is not None:
            self._put_at_top(*top)
        self._update_margins()
        self.viewport().update()

    def show_patch(
        self,
        turns: Sequence[Turn],
        taggings: Sequence[Tagging],
        *,
        tagging_ids: Set[int],
        order: Sequence[Turn] | None,
        restrictions: Iterable[Restriction] | None,
        speakers: Mapping[int, str],
    ) -> tuple[int, int] | None:
        """Show what an operation changed, and touch nothing else.

        ``turns`` and ``taggings`` are what may differ from what is shown,
        ``tagging_ids`` the taggings' ids with those that are gone; ``order`` are all
        turns, where one came, went or moved. ``None``: nothing of it changed.
        Returns (turn id, offset) behind the first words that differ, None if none do.
        """
        self._speakers = speakers
        shown = self.document_copy
        fresh = {one.id: one for one in shown_turns(turns, speakers)}
        place = _first_difference(shown, fresh.values())
        notes = {mark.key for mark in shown.marks_on(fresh) if mark.kind is MarkKind.FOOTNOTE}
        is_whole = order is not None or restrictions is not None
        top = self._top_turn() if is_whole else None
        with self._applying():
            self._take_turns(fresh, order)
        lain = [mark for one in tagging_ids if (mark := shown.marks.get((MarkKind.TAG, one)))]
        lay = tag_marks(taggings, self._tags, self._language)
        is_whole |= {mark.key for mark in lain} != {mark.key for mark in lay}
        shown.replace_marks(MarkKind.TAG, tagging_ids, lay)
        shown.replace_marks(MarkKind.FOOTNOTE, notes, footnote_marks(turns))
        if restrictions is not None:
            self._restrictions = tuple(restrictions)
            shown.remove_marks(MarkKind.CLOSED)
            shown.add_marks(closed_marks(self._restrictions, self._transcript_id))
        self._take_read_only()
        if not is_whole:
            spans = (mark.span for mark in (*lain, *lay))
            self.update_turns(fresh.keys() | shown.turns_under(spans))
            return place
        if top is not None:
            self._put_at_top(*top)
        self._update_margins()
        self.viewport().update()
        return place

    def _take_turns(self, fresh: Mapping[int, ShownTurn], order: Sequence[Turn] | None) -> None:
        """Bring text and copy to other turns; ``order``: all of them, if not the same ones."""
        shown = self.document_copy
        if order is None:
            for turn in fresh.values():
                block = self.block_of(shown.place(turn.id))
                correct(block, shown.turn(turn.id).text, turn.text)
            shown.replace_turns(fresh.values())
            return
        known = {turn.id: turn for turn in shown.turns}
        missing = [turn for turn in order if turn.id not in known and turn.id not in fresh]
        come = {one.id: one for one in shown_turns(missing, self._speakers)}
        known.update(fresh)
        known.update(come)
        now = [known[turn.id] for turn in order]
        rewrite(self.document(), list(shown.turns), now, self._block_format())
        shown.take_turns(now)

    def apply_edit(self, edit: TextEdit) -> None:
        """Do an edit that was made elsewhere (a replacement, say), without telling it again."""
        if edit.turn not in self.document_copy:
            return
        place = self.document_copy.place(edit.turn)
        edited_text(self.document_copy.turns[place].text, edit)
        with self._applying():
            self._replace(place, edit.start, edit.end, edit.text)
        self.document_copy.edit(edit)
        self._update_margins()

    def show_matches(self, spans: Sequence[Span], *, current: int | None = None) -> None:
        """Highlight what a search found; ``current`` is the number of the one looked at."""
        self.document_copy.remove_marks(MarkKind.MATCH)
        self.document_copy.add_marks(
            Mark(MarkKind.MATCH, number, span) for number, span in enumerate(spans)
        )
        self._current_match = current
        if current is not None and 0 <= current < len(spans):
            self.scroll_to(spans[current].start_turn, spans[current].start)
        self.viewport().update()

    def lay_marks(self, kind: MarkKind, marks: Iterable[Mark]) -> None:
        """Lay marks of one of WINDOWS_OWN in the place of those of that kind."""
        self.document_copy.remove_marks(kind)
        self.document_copy.add_marks(marks)
        self.viewport().update()

    # Qt -------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu, after whoever listens to ``menu_asked`` added to it.

        Without a selection it is about the word under the pointer.
        """
        if (
            event.reason() == QContextMenuEvent.Reason.Mouse
            and not self.textCursor().hasSelection()
        ):
            self.setTextCursor(self.cursorForPosition(event.pos()))
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """Return the context menu as it would open now."""
        menu = transcript_menu(self)
        self.menu_asked.emit(menu, self.selection_span())
        return menu

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the names of the tags under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.tip_of(self.marks_at(QPointF(event.pos())))
            if tip:
                QToolTip.showText(event.globalPos(), tip, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def names_at(self, point: QPointF) -> list[str]:
        """Return the names of what lies on the word at a point of the viewport."""
        return [mark.name for mark in self.marks_at(point)]

    def marks_at(self, point: QPointF) -> list[Mark]:
        """Return the named marks on the word at a point of the viewport, tags first as nested."""
        if not self.document_copy.turns:
            return []
        layout = self.document().documentLayout()
        at = point + QPointF(0, self.verticalScrollBar().value())
        position = layout.hitTest(at, Qt.HitTestAccuracy.ExactHit)
        if position < 0:
            return []
        place, offset = self.place_of(position)
        found: list[Mark] = []
        for piece in self.document_copy.pieces(place):
            mark = piece.mark
            if not piece.start <= offset < piece.end:
                continue
            if mark.kind is MarkKind.CLOSED:
                reason = mark.name
                name = tr("Closed: {reason}", reason=reason) if reason else tr("Closed")
                found.append(mark._replace(name=name))
            elif mark.name or mark.kind is MarkKind.TAG:
                found.append(mark)
        return found

    # Inside ---------------------------------------------------------------

    def _copy_of(self, turns: Sequence[Turn], taggings: Iterable[Tagging]) -> TranscriptDocument:
        marks = tag_marks(taggings, self._tags, self._language)
        marks += closed_marks(self._restrictions, self._transcript_id)
        marks += footnote_marks(turns)
        return TranscriptDocument(shown_turns(turns, self._speakers), marks)

    def _start_over(self) -> None:
        self.playing_turn = None
        self.emphasised_tagging = self.chosen_tagging = None
        self._current_match = None
        self.is_following = True
        self._set_document()
        self._take_read_only()
        self._describe()

    def _restore(self) -> None:
        where, top = self.cursor_turn(), self._top_turn()
        self._set_document()
        if where is not None:
            self.place_cursor(*where)
        if top is not None:
            self._put_at_top(*top)

    def _set_document(self) -> None:
        """Fill a new document and show it: laid out as it is scrolled, not all at once."""
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(theme().testimony_font())
        document.setDocumentMargin(2 * STEP)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(self._block_format())
        cursor.insertText("\n".join([turn.text for turn in self.document_copy.turns]))
        old = self.document()
        # Qt deletes the one it made itself when another comes.
        is_ours = old.parent() is self
        if is_ours:
            old.contentsChange.disconnect()
        with self._applying():
            self.setDocument(document)
        if is_ours:
            old.deleteLater()
        # Without a layout contentsChange never fires.
        document.documentLayout()
        document.contentsChange.connect(self._contents_changed)
        document.contentsChange.connect(self._update_beside)
        document.documentLayout().documentSizeChanged.connect(self._update_margins)
        self._lay_out_margins()
        self._update_margins()

    def _take_read_only(self) -> None:
        self.setReadOnly(not self._may_edit or not self.document_copy.turns)
        by_key = Qt.TextInteractionFlag.TextSelectableByKeyboard
        if self.isReadOnly():
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | by_key)

    def _describe(self) -> None:
        self.setAccessibleDescription(
            tr("One paragraph for each turn. Enter parts a turn, Backspace at its start joins it.")
            if self._may_edit
            else tr("One paragraph for each turn. It can be read, not changed.")
        )


def _first_difference(
    shown: TranscriptDocument, turns: Iterable[ShownTurn]
) -> tuple[int, int] | None:
    """Return the place behind the first words that are not shown yet."""
    for turn in turns:
        if turn.id not in shown:
            return turn.id, 0
        before = shown.turn(turn.id).text
        if before != turn.text:
            edit = minimal_edit(before, turn.text, turn=turn.id)
            return turn.id, edit.new_end if edit else 0
    return None
