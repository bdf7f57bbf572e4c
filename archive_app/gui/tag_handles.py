"""Handles at both ends of the tagged passage that the person is at: drag them, or move by keys."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from archive_app.domain.records import Span, Tagging
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.tag_ends import dragged, stepped
from archive_app.gui.theme import STEP, theme
from archive_app.gui.transcript_document import Mark, MarkKind
from archive_app.gui.transcript_paint import VisibleTurn, line_stretches, mark_colour
from archive_app.translation import tr
from archive_app.work.tag_passages import LaidTag

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage

KNOB_PX = STEP
REACH_PX = 2 * STEP
"""How near a knob the pointer must be to take it."""
REST_MS = 700
"""How long the keys rest before the moved end is stored, if they are not let go before."""
SCROLL_EVERY_MS = 30
_BY_LETTER = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
ACTIONS = ("tags.end_later", "tags.end_earlier", "tags.start_earlier", "tags.start_later")


class Handle(NamedTuple):
    """An end of the passage as it is drawn: a line along the letters and a knob to take."""

    is_end: bool
    x: float
    top: float
    bottom: float

    @property
    def knob(self) -> QPointF:
        """The middle of the knob: above the first letter, below the last."""
        return QPointF(self.x, self.bottom if self.is_end else self.top)


class TagHandles(PagePart):
    """Moves the ends of one tagging; what was moved is stored as one operation."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.view = page.pane.view
        self.tagging_id: int | None = None
        """The tagging whose ends can be moved."""
        self._is_held = False
        self._before: Span | None = None
        """Where it lies in the archive, while an end is being moved."""
        self._taken: Handle | None = None
        self._pointer = QPoint()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.store)
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_EVERY_MS)
        self._scroll.timeout.connect(self._scroll_on)
        self.view.paint_over.append(self._paint)
        self.view.viewport().setMouseTracking(True)
        self.view.viewport().installEventFilter(self)
        self.view.installEventFilter(self)
        page.inspector.here.current_changed.connect(self._is_at)
        page.tagger.shown.connect(self.take)
        page.tagger.laid.connect(self._is_laid)

    def add_actions(self, add: AddAction) -> None:
        """Register them."""
        tip = tr("By a word, over turns too; the tag at the cursor, or the one laid last")
        for name, text, keys, is_end, is_forward in (
            (ACTIONS[0], tr("Passage ends a word &later"), "Alt+PgDown", True, True),
            (ACTIONS[1], tr("Passage ends a word &earlier"), "Alt+PgUp", True, False),
            (ACTIONS[2], tr("Passage begins a word earlier"), "Alt+Shift+PgUp", False, False),
            (ACTIONS[3], tr("Passage begins a word later"), "Alt+Shift+PgDown", False, True),
        ):
            add(name, text,
                lambda is_end=is_end, is_forward=is_forward:
                self.move(is_end=is_end, is_forward=is_forward),
                keys, menu="tags", tip=tip)  # fmt: skip

    def allow_actions(self) -> None:
        """Only where there is a tagging whose ends can be moved."""
        reason = self.session.why_not or tr("Put the cursor on words with a tag first.")
        can = self.session.can_edit and self._mark() is not None
        for name in ACTIONS:
            self.session.actions.allow(name, can, reason)

    # Which tagging ---------------------------------------------------------

    def take(self, tagging_id: int | None) -> None:
        """Show the handles of a tagging, or none."""
        if tagging_id == self.tagging_id:
            return
        self.store()
        self.tagging_id = tagging_id if self.session.can_edit else None
        self.view.choose_tagging(self.tagging_id)
        self.allow_actions()

    def _is_at(self, one: Tagging | None) -> None:
        if one is not None:
            self._is_held = False
            self.take(one.id)
        elif not self._is_held:
            self.take(None)

    def _is_laid(self, laid: LaidTag) -> None:
        """Hold what was just laid, wherever the cursor is, until that comes upon another tag."""
        self._is_held = True
        self.page.inspector.here.prefer(laid.tagging_id)
        self.take(laid.tagging_id)

    def _mark(self) -> Mark | None:
        if self.tagging_id is None:
            return None
        return self.view.document_copy.marks.get((MarkKind.TAG, self.tagging_id))

    def show_loaded(self, loaded: Loaded) -> None:
        """A tagging that is gone has no handles."""
        del loaded
        if self.tagging_id is not None and self._mark() is None:
            self._before = None
            self.take(None)
        self.view.choose_tagging(self.tagging_id)
        self.allow_actions()

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:
        """The same after the page's own changes."""
        del turns
        self.show_loaded(loaded)

    def show_nothing(self) -> None:
        """Have no handles."""
        self._before = None
        self.take(None)

    def may_close(self) -> bool:
        """Store what was moved."""
        self.store()
        return True

    def leave(self) -> None:
        """Store what was moved, and have no handles."""
        self._is_held = False
        self.take(None)

    # Moving -----------------------------------------------------------------

    def move(self, *, is_end: bool, is_forward: bool) -> None:
        """Move an end by a word; several moves in a row are one operation."""
        mark = self._mark()
        if mark is None or not self.session.can_edit:
            return
        span = stepped(
            self.view.document_copy, mark.span, is_end=is_end, is_forward=is_forward
        )  # fmt: skip
        if span is None:
            self.session.said.emit(tr("The passage cannot become shorter or longer there."))
            return
        self._stretch(mark, span)
        if is_end:
            self.view.scroll_to(span.end_turn, span.end)
        else:
            self.view.scroll_to(span.start_turn, span.start)
        self._rest.start()

    def _stretch(self, mark: Mark, span: Span) -> None:
        if self._before is None:
            self._before = mark.span
        self.view.document_copy.stretch_mark(MarkKind.TAG, mark.key, span)
        self.view.viewport().update()
        self.view.tag_strips.update()

    def store(self) -> None:
        """Keep where the ends were moved to, as one operation."""
        self._rest.stop()
        before, self._before = self._before, None
        mark = self._mark()
        if before is None or mark is None or mark.span == before:
            return
        self.page.editor.change_tagging(mark.key, span=mark.span)

    def cancel(self) -> None:
        """Let the ends be where they were."""
        self._rest.stop()
        self._scroll.stop()
        before, self._before, self._taken = self._before, None, None
        mark = self._mark()
        if before is not None and mark is not None:
            self._stretch(mark, before)
            self._before = None

    # The pointer --------------------------------------------------------------

    def handles(self) -> list[Handle]:
        """Return the handles that can be seen."""
        mark = self._mark()
        if mark is None or not self.session.can_edit:
            return []
        found = [self._handle(mark.span, is_end=is_end) for is_end in (False, True)]
        return [one for one in found if one is not None]

    def _handle(self, span: Span, *, is_end: bool) -> Handle | None:
        document = self.view.document_copy
        turn_id, offset = (span.end_turn, span.end) if is_end else (span.start_turn, span.start)
        if turn_id not in document:
            return None
        place = document.place(turn_id)
        turn = next((one for one in self.view.visible_turns() if one.place == place), None)
        text = document.turns[place].text
        first, last = (offset - 1, offset) if is_end else (offset, offset + 1)
        if turn is None or first < 0 or last > len(text):
            return None
        bottom = self.view.viewport().height()
        for area, foot in line_stretches(turn, text, first, last, bottom=bottom):
            x = area.right() if is_end else area.left()
            return Handle(is_end, x, area.top() + STEP / 2, foot + STEP / 2)
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the mouse at the knobs, and the keys that end a move."""
        # The kind first: a closing window still sends events when its view is gone.
        if isinstance(event, QMouseEvent) and watched is self.view.viewport():
            return self._take_mouse(event)
        if watched is self.view and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        is_moving = self._before is not None
        if event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Alt:
            if is_moving and self._taken is None:
                self.store()
        elif event.key() == Qt.Key.Key_Escape and is_moving:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.cancel()
                return True
        return False

    def _take_mouse(self, event: QMouseEvent) -> bool:
        kind, where = event.type(), event.position()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._taken = self._handle_at(where)
            return self._taken is not None
        if kind == QEvent.Type.MouseMove and self._taken is not None:
            self._pointer = where.toPoint()
            self._drag(event.modifiers())
            self._scroll_at_edges()
            return True
        if kind == QEvent.Type.MouseMove and not event.buttons():
            self._show_pointer(self._handle_at(where) is not None)
        if kind == QEvent.Type.MouseButtonRelease and self._taken is not None:
            self._taken = None
            self._scroll.stop()
            self.store()
            return True
        return False

    def _handle_at(self, where: QPointF) -> Handle | None:
        for handle in self.handles():
            away = handle.knob - where
            if QPointF.dotProduct(away, away) <= REACH_PX * REACH_PX:
                return handle
        return None

    def _show_pointer(self, is_at_knob: bool) -> None:
        shape = Qt.CursorShape.SizeHorCursor if is_at_knob else Qt.CursorShape.IBeamCursor
        viewport = self.view.viewport()
        if viewport.cursor().shape() != shape:
            viewport.setCursor(shape)

    def _drag(self, modifiers: Qt.KeyboardModifier) -> None:
        mark = self._mark()
        if mark is None or self._taken is None:
            return
        document = self.view.document_copy
        where = self.view.place_of(self.view.cursorForPosition(self._pointer).position())
        by_letter = bool(modifiers & _BY_LETTER)
        span = dragged(
            document, mark.span, where, is_end=self._taken.is_end, by_letter=by_letter
        )  # fmt: skip
        if span is not None and span != mark.span:
            self._stretch(mark, span)

    def _scroll_at_edges(self) -> None:
        is_outside = not 0 <= self._pointer.y() < self.view.viewport().height()
        if is_outside and not self._scroll.isActive():
            self._scroll.start()
        elif not is_outside:
            self._scroll.stop()

    def _scroll_on(self) -> None:
        y, height = self._pointer.y(), self.view.viewport().height()
        by = y if y < 0 else y - height
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + max(-10 * STEP, min(by, 10 * STEP)))
        self._pointer.setY(min(max(y, 0), height - 1))
        self._drag(Qt.KeyboardModifier.NoModifier)
        self._pointer.setY(y)

    def _paint(self, painter: QPainter, turns: Sequence[VisibleTurn]) -> None:
        del turns
        mark = self._mark()
        if mark is None:
            return
        colour = mark_colour(mark, is_dark=theme().is_dark)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for handle in self.handles():
            _draw(painter, handle, colour)
        painter.restore()


def _draw(painter: QPainter, handle: Handle, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.5))
    painter.drawLine(QPointF(handle.x, handle.top), QPointF(handle.x, handle.bottom))
    # A rim of the page's colour keeps the knob apart from lines of other tags.
    painter.setPen(QPen(theme().colours.page, 1.5))
    painter.setBrush(colour)
    knob = QRectF(0, 0, 2 * KNOB_PX, 2 * KNOB_PX)
    knob.moveCenter(handle.knob)
    painter.drawEllipse(knob)
