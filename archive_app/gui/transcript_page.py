"""The page a transcript stands on: its column, its margins, its paint and its scrolling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from archive_app.gui.tag_strips import STRIPS_NARROW, STRIPS_WIDTH, TagStrips
from archive_app.gui.theme import MARGIN, STEP, theme
from archive_app.gui.transcript_document import Mark, MarkKind
from archive_app.gui.transcript_editing import TranscriptEditing
from archive_app.gui.transcript_margins import SPEAKER_WIDTH, SpeakerMargin
from archive_app.gui.transcript_paint import (
    VisibleTurn,
    em_px,
    paint_behind,
    paint_notes,
    paint_under_words,
)

MEASURE = 68
"""Characters on a full line: within the 60 to 75 that read well (Bringhurst, 2.1.2)."""
SHORT_LINE = 40
"""Where a line would hold fewer characters than this, the margins give way to the words."""
_MEASURE_SAMPLE = "the quick brown fox сказала она тогда уехали ljudi su dolazili отуда "
LINE_PITCH_EM = 1.8
"""From baseline to baseline; leaves room under the words for three lines of tags."""

BELOW_TURN = 4 * STEP


class TranscriptPage(TranscriptEditing):
    """One column of comfortable measure, speakers at its left, tag strips at its right."""

    timecode_clicked = Signal(int, int)
    """(turn id, ms): play from there."""
    tagging_clicked = Signal(int)
    """The strip of this tagging was clicked."""
    resized = Signal()
    following_changed = Signal(bool)
    """Whether the page still follows the sound: it stops when the person scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.playing_turn: int | None = None
        self.emphasised_tagging: int | None = None
        self.chosen_tagging: int | None = None
        """The tagging that the person is at: it stands out unless another is pointed at."""
        self.paint_over: list[Callable[[QPainter, Sequence[VisibleTurn]], None]] = []
        """Paint over the words what belongs to a part of the page."""
        self.tell_taggings: Callable[[Sequence[int]], str] | None = None
        """Returns, as rich text, what is to be said of taggings by their ids."""
        self.is_following = True
        self._current_match: int | None = None
        self._side_margins = (0, 0)
        self._last_top = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.speaker_margin = SpeakerMargin(self)
        self.tag_strips = TagStrips(self)
        self.tag_strips.strip_clicked.connect(self.tagging_clicked)
        self.verticalScrollBar().sliderMoved.connect(self._stop_following)
        theme().changed.connect(self._theme_changed)

    def emphasise_tagging(self, tagging_id: int | None) -> None:
        """Let one tagging's strip and words stand out."""
        if tagging_id != self.emphasised_tagging:
            self.emphasised_tagging = tagging_id
            self.tag_strips.update()
            self.viewport().update()

    def choose_tagging(self, tagging_id: int | None) -> None:
        """Let one tagging stand out for as long as the person is at it."""
        if tagging_id != self.chosen_tagging:
            self.chosen_tagging = tagging_id
            self.tag_strips.update()
            self.viewport().update()

    @property
    def outstanding_tagging(self) -> int | None:
        """The tagging that stands out: the one pointed at, else the one the person is at."""
        if self.emphasised_tagging is not None:
            return self.emphasised_tagging
        return self.chosen_tagging

    def tip_of(self, marks: Sequence[Mark]) -> str:
        """Return what the tooltip of marks says; rich text, if anybody tells more than names."""
        tags = [mark.key for mark in marks if mark.kind is MarkKind.TAG]
        told = self.tell_taggings(tags) if self.tell_taggings is not None and tags else ""
        if not told:
            return "\n".join(mark.name for mark in marks if mark.name)
        rest = [mark.name for mark in marks if mark.kind is not MarkKind.TAG and mark.name]
        return told + "".join(f"<div>{escape(name)}</div>" for name in rest)

    def set_playing_turn(self, turn_id: int | None) -> None:
        """Mark the turn that plays and, unless the person scrolled away, keep it in sight."""
        if turn_id == self.playing_turn:
            return
        self.playing_turn = turn_id
        if turn_id is not None and self.is_following:
            self.scroll_to(turn_id, 0)
        self._update_margins()
        self.viewport().update()

    def follow_sound(self) -> None:
        """Follow the sound again, from the turn that plays."""
        if not self.is_following:
            self.is_following = True
            self.following_changed.emit(True)
        if self.playing_turn is not None:
            self.scroll_to(self.playing_turn, 0)

    def scroll_to(self, turn_id: int, offset: int = 0) -> None:
        """Bring a place into sight, a third down the page; one in full sight stays where it is."""
        if turn_id not in self.document_copy:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.position_of(self.document_copy.place(turn_id), offset))
        # Lays the document out as far as that.
        self.document().documentLayout().blockBoundingRect(cursor.block())
        where = self.cursorRect(cursor)
        height = self.viewport().height()
        if where.top() >= 0 and where.bottom() <= height - MARGIN:
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + where.top() - height // 3)

    def visible_turns(self) -> list[VisibleTurn]:
        """Return the turns that can be seen, with where they lie in the viewport."""
        turns = len(self.document_copy.turns)
        scrolled = self.verticalScrollBar().value()
        layout = self.document().documentLayout()
        if not turns:
            return []
        block = self.block_of(self._first_in_sight(scrolled))
        height = self.viewport().height()
        # Strips and bands reach a little beyond their turn.
        if block.previous().isValid():
            block = block.previous()
        found: list[VisibleTurn] = []
        while block.isValid() and block.blockNumber() < turns:
            area = layout.blockBoundingRect(block).translated(0, -scrolled)
            if area.top() > height + MARGIN:
                break
            found.append(VisibleTurn(block.blockNumber(), block, area))
            block = block.next()
        return found

    def _first_in_sight(self, scrolled: int) -> int:
        """Return the last place whose turn begins at or above the page's top.

        Searched outward from where it last was, for asking where a turn lies lays
        the document out as far as that; hitTest is no help: on a document laid
        out in part it finds its end (Qt 6.11).
        """
        layout, count = self.document().documentLayout(), len(self.document_copy.turns)

        def is_above(place: int) -> bool:
            return layout.blockBoundingRect(self.block_of(place)).top() <= scrolled

        low = high = min(self._last_top, count - 1)
        step = 1
        if is_above(low):
            high = low + step
            while high < count and is_above(high):
                low, step = high, step * 2
                high = low + step
            high = min(high, count)
        else:
            low = max(high - step, 0)
            while low > 0 and not is_above(low):
                high, step = low, step * 2
                low = max(high - step, 0)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if is_above(middle) else (low, middle)
        self._last_top = low
        return low

    def top_place(self) -> tuple[int, int] | None:
        """Return (turn id, pixels above the page's top) to find the place again, or ``None``."""
        return self._top_turn()

    def restore_top(self, turn_id: int, pixels: int) -> None:
        """Scroll to where ``top_place`` once was."""
        self._put_at_top(turn_id, pixels)

    def first_ascent(self, block: QTextBlock) -> float:
        """Return how far below a block's top its first baseline stands."""
        layout = block.layout()
        if layout.lineCount():
            line = layout.lineAt(0)
            return line.y() + line.ascent()
        return QFontMetricsF(self.document().defaultFont()).ascent()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what lies behind the words, the words, and the tags under them.

        Scrolling asks for the few lines that came into sight; strips of tags and
        bands reach a little beyond their turn.
        """
        area = event.region().boundingRect().adjusted(0, -MARGIN, 0, MARGIN)
        turns = [
            turn
            for turn in self.visible_turns()
            if turn.area.bottom() >= area.top() and turn.area.top() <= area.bottom()
        ]
        painter = QPainter(self.viewport())
        painter.setClipRegion(event.region())
        paint_behind(
            painter,
            turns,
            self.document_copy,
            theme().colours,
            playing=self.playing_turn,
            width=self.viewport().width(),
            bottom=self.viewport().height(),
            current_match=self._current_match,
        )
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setClipRegion(event.region())
        paint_under_words(
            painter,
            turns,
            self.document_copy,
            is_dark=theme().is_dark,
            emphasised=self.outstanding_tagging,
            bottom=self.viewport().height(),
        )
        paint_notes(
            painter, turns, self.document_copy, theme().colours, bottom=self.viewport().height()
        )
        for paint in self.paint_over:
            paint(painter, turns)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle and no wider than reads well."""
        super().resizeEvent(event)
        self._lay_out_margins()
        self.resized.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; names and times go with the words, strips are drawn anew."""
        super().scrollContentsBy(dx, dy)
        self.speaker_margin.scroll(0, dy)
        self.tag_strips.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, and stop following the sound."""
        self._stop_following()
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; page keys stop following the sound."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._stop_following()
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Want room for a whole column with its margins."""
        return QSize(round(self._measure()) + SPEAKER_WIDTH + STRIPS_WIDTH + MARGIN, 160 * STEP)

    def _block_format(self) -> QTextBlockFormat:
        form = QTextBlockFormat()
        metrics = QFontMetricsF(theme().testimony_font())
        # Fonts differ in the room they keep above and below; the pitch should not.
        pitch = LINE_PITCH_EM * em_px(theme().testimony_font())
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight
        form.setLineHeight(max(100.0, 100 * pitch / metrics.height()), kind.value)
        form.setBottomMargin(BELOW_TURN)
        return form

    def room_below(self, place: int) -> float:
        """Return how much room is left below a turn, more than below every turn."""
        return self.block_of(place).blockFormat().bottomMargin() - BELOW_TURN

    def leave_room_below(self, pixels: Mapping[int, float]) -> None:
        """Leave room below turns, by place, so that what follows stands beside another text."""
        cursor = QTextCursor(self.document())
        with self._applying():
            cursor.beginEditBlock()
            for place, room in pixels.items():
                form = self._block_format()
                form.setBottomMargin(BELOW_TURN + max(0.0, room))
                cursor.setPosition(self.block_of(place).position())
                cursor.setBlockFormat(form)
            cursor.endEditBlock()

    def _measure(self) -> float:
        metrics = QFontMetricsF(theme().testimony_font())
        return metrics.horizontalAdvance(_MEASURE_SAMPLE) / len(_MEASURE_SAMPLE) * MEASURE

    def _lay_out_margins(self) -> None:
        inside = self.contentsRect()
        room = inside.width() - self.verticalScrollBar().sizeHint().width()
        column = round(self._measure() + 2 * self.document().documentMargin())
        words = room - SPEAKER_WIDTH - STRIPS_WIDTH
        spare = max(0, words - column)
        left, right = SPEAKER_WIDTH + spare // 2, STRIPS_WIDTH + spare - spare // 2
        short = max(0, round(self._measure() * SHORT_LINE / MEASURE) - words)
        if short:
            right -= min(short, STRIPS_WIDTH - STRIPS_NARROW)
            short = max(0, short - (STRIPS_WIDTH - STRIPS_NARROW))
            left = max(left - short, min(left, self.speaker_margin.narrowest()))
        if (left, right) != self._side_margins:
            self._side_margins = (left, right)
            self.setViewportMargins(left, 0, right, 0)
        page = self.viewport().geometry()
        self.speaker_margin.setGeometry(inside.left(), page.top(), left, page.height())
        self.tag_strips.setGeometry(page.right() + 1, page.top(), right, page.height())

    def update_turns(self, turn_ids: Set[int]) -> None:
        """Draw some turns anew, with what stands beside them."""
        for turn in self.visible_turns():
            if self.document_copy.turns[turn.place].id in turn_ids:
                self._update_band(turn.area, self.viewport(), *self._margins())

    def _margins(self) -> tuple[QWidget, QWidget]:
        return self.speaker_margin, self.tag_strips

    def _update_band(self, area: QRectF, *widgets: QWidget) -> None:
        top, height = round(area.top()) - MARGIN, round(area.height()) + 2 * MARGIN
        for widget in widgets:
            widget.update(0, top, widget.width(), height)

    def _update_beside(self, position: int, _removed: int, added: int) -> None:
        """Draw anew what stands beside a change; where lines came or went all of it is."""
        document = self.document()
        block = document.findBlock(position)
        if document.findBlock(position + added) != block:
            self._update_margins()
            return
        area = document.documentLayout().blockBoundingRect(block)
        area.translate(0, -self.verticalScrollBar().value())
        self._update_band(area, *self._margins())

    def _update_margins(self) -> None:
        self.speaker_margin.update()
        self.tag_strips.update()

    def _theme_changed(self) -> None:
        top = self._top_turn()
        with self._applying():
            self.document().setDefaultFont(theme().testimony_font())
        self._lay_out_margins()
        if top is not None:
            self._put_at_top(*top)
        self._update_margins()
        self.viewport().update()

    def _stop_following(self) -> None:
        if self.is_following and self.playing_turn is not None:
            self.is_following = False
            self.following_changed.emit(False)

    def _top_turn(self) -> tuple[int, int] | None:
        for turn in self.visible_turns():
            if turn.area.bottom() > 0:
                return self.document_copy.turns[turn.place].id, round(-turn.area.top())
        return None

    def _put_at_top(self, turn_id: int, pixels: int) -> None:
        if turn_id in self.document_copy:
            block = self.block_of(self.document_copy.place(turn_id))
            area = self.document().documentLayout().blockBoundingRect(block)
            self.verticalScrollBar().setValue(round(area.top()) + pixels)
