"""What is drawn behind and under the words, for the visible turns only.

Nothing here touches the document: formats over 5,000 taggings would cost more
than the whole of the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontInfo,
    QPainter,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextLayout,
    QTransform,
)

from archive_app.gui.tag_colours import tag_colour
from archive_app.gui.theme import STEP, Colours
from archive_app.gui.transcript_document import Mark, MarkKind, Piece, TranscriptDocument
from archive_app.gui.utf16 import units_before

if TYPE_CHECKING:
    from collections.abc import Sequence

UNDERLINES = 3
"""At most so many tags are drawn under one word; the strips show them all."""
UNDERLINE_PX = 2
UNDERLINE_STEP_PX = 3
_WAVE_PX = 2.5


DESCENDERS_EM = 0.27
"""How far letters such as р, ђ, g reach below the baseline, and a hair more."""


def em_px(font: QFont) -> float:
    """Return the font's size in device-independent pixels."""
    return QFontInfo(font).pixelSize()


class VisibleTurn(NamedTuple):
    """A turn that can be seen: its place, its block, and where it lies in the viewport."""

    place: int
    block: QTextBlock
    area: QRectF


def line_stretches(
    turn: VisibleTurn, text: str, start: int, end: int, *, bottom: float
) -> Iterator[tuple[QRectF, float]]:
    """Yield, line by line, the area of ``[start, end)`` and the y below its longest letters.

    Lines above the page or below ``bottom`` are left out: one turn may be hours long.
    """
    layout = turn.block.layout()
    foot = DESCENDERS_EM * em_px(layout.font())
    first, last = _layout_range(turn, text, start, end)
    if first >= last or not layout.lineCount():
        return
    from_line = layout.lineForTextPosition(first).lineNumber()
    to_line = layout.lineForTextPosition(last).lineNumber() + 1
    page_top = -turn.area.top()
    lines = range(max(from_line, 0), to_line)
    skipped = bisect_left(lines, page_top, key=lambda number: _bottom_of(layout, number))
    for number in lines[skipped:]:
        line = layout.lineAt(number)
        top = turn.area.top() + line.y()
        if top > bottom:
            return
        line_start, line_end = line.textStart(), line.textStart() + line.textLength()
        if line_end <= first or line_start >= last:
            continue
        left = _x(line.cursorToX(max(first, line_start)))
        right = _x(line.cursorToX(min(last, line_end)))
        left, right = min(left, right), max(left, right)
        # A space at a line's end hangs out of the column.
        right = min(right, line.x() + line.width())
        area = QRectF(turn.area.left() + left, top, right - left, line.height())
        yield area, top + line.ascent() + foot


def _bottom_of(layout: QTextLayout, number: int) -> float:
    line = layout.lineAt(number)
    return line.y() + 2 * line.height()


def _layout_range(turn: VisibleTurn, text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``[start, end)`` in the layout's units, with what an input method composes."""
    layout = turn.block.layout()
    first, last = units_before(text, start), units_before(text, end)
    composing = len(layout.preeditAreaText())
    if composing:
        at = layout.preeditAreaPosition()
        first += composing if first > at else 0
        last += composing if last > at else 0
    return first, last


def _x(answer: object) -> float:
    # PySide6 returns (x, position) for the overload that takes its cursor by reference.
    if isinstance(answer, tuple):
        return float(answer[0])
    return float(answer)  # pyright: ignore[reportArgumentType]


def paint_behind(
    painter: QPainter,
    turns: Sequence[VisibleTurn],
    document: TranscriptDocument,
    colours: Colours,
    *,
    playing: int | None,
    width: float,
    bottom: float,
    current_match: int | None,
) -> None:
    """Paint what lies behind the words: the playing turn, closed passages, search matches."""
    for turn in turns:
        shown = document.turns[turn.place]
        if shown.id == playing:
            band = QRectF(0, turn.area.top() - STEP, width, turn.area.height() + STEP)
            painter.fillRect(band, colours.playing)
            painter.fillRect(QRectF(0, band.top(), 3, band.height()), colours.accent)
        for piece in document.pieces(turn.place):
            if piece.mark.kind is MarkKind.CLOSED:
                for area, _ in line_stretches(
                    turn, shown.text, piece.start, piece.end, bottom=bottom
                ):
                    _hatch(painter, area.adjusted(-1, -1, 1, 2), colours)
            elif piece.mark.kind is MarkKind.MATCH:
                is_current = piece.mark.key == current_match
                ground = colours.match_current if is_current else colours.match
                for area, _ in line_stretches(
                    turn, shown.text, piece.start, piece.end, bottom=bottom
                ):
                    painter.fillRect(area.adjusted(-1, 0, 1, 1), ground)
            elif piece.mark.kind is MarkKind.DOUBT:
                for area, _ in line_stretches(
                    turn, shown.text, piece.start, piece.end, bottom=bottom
                ):
                    painter.fillRect(area.adjusted(-1, 0, 1, 1), colours.doubt)


def _hatch(painter: QPainter, area: QRectF, colours: Colours) -> None:
    painter.fillRect(area, colours.closed)
    brush = QBrush(colours.closed_hatch, Qt.BrushStyle.BDiagPattern)
    ratio = painter.device().devicePixelRatioF()
    brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    painter.fillRect(area, brush)


def paint_notes(
    painter: QPainter,
    turns: Sequence[VisibleTurn],
    document: TranscriptDocument,
    colours: Colours,
    *,
    bottom: float,
) -> None:
    """Paint what is said about single words: wavy lines, dotted lines, and footnotes' daggers."""
    lines = {
        MarkKind.SPELLING: (colours.error, QTextCharFormat.UnderlineStyle.WaveUnderline),
        MarkKind.FLAG: (colours.warning, QTextCharFormat.UnderlineStyle.DashUnderline),
    }
    for turn in turns:
        text = document.turns[turn.place].text
        for piece in document.pieces(turn.place):
            kind = piece.mark.kind
            if kind is MarkKind.FOOTNOTE:
                _dagger(painter, turn, text, piece, colours, bottom)
            elif kind in lines:
                colour, style = lines[kind]
                for area, foot in line_stretches(turn, text, piece.start, piece.end, bottom=bottom):
                    _draw_line(painter, area, foot, colour, style)


def _draw_line(
    painter: QPainter,
    area: QRectF,
    foot: float,
    colour: QColor,
    style: QTextCharFormat.UnderlineStyle,
) -> None:
    left, right, y = area.left(), area.right(), foot - 1.5
    if style is QTextCharFormat.UnderlineStyle.DashUnderline:
        painter.setPen(QPen(colour, 2, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        return
    painter.setPen(QPen(colour, 1.2))
    steps = max(2, round((right - left) / _WAVE_PX))
    points = [QPointF(left + i * _WAVE_PX, y + (i % 2) * 2 - 1) for i in range(steps + 1)]
    painter.drawPolyline(points)


def _dagger(
    painter: QPainter,
    turn: VisibleTurn,
    text: str,
    piece: Piece,
    colours: Colours,
    bottom: float,
) -> None:
    for area, _ in line_stretches(turn, text, piece.end - 1, piece.end, bottom=bottom):
        font = QFont(turn.block.layout().font())
        size = em_px(font)
        font.setPixelSize(max(10, round(size * 0.95)))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(colours.accent)
        painter.drawText(QPointF(area.right() - 1, area.top() + size), "†")


def paint_under_words(
    painter: QPainter,
    turns: Sequence[VisibleTurn],
    document: TranscriptDocument,
    *,
    is_dark: bool,
    emphasised: int | None,
    bottom: float,
) -> None:
    """Paint a thin line of each tag under its words, up to three below one another."""
    for turn in turns:
        pieces = [p for p in document.pieces(turn.place) if p.mark.kind is MarkKind.TAG]
        text = document.turns[turn.place].text
        for piece, level in zip(pieces, underline_levels(pieces), strict=True):
            if level >= UNDERLINES:
                continue
            colour = mark_colour(piece.mark, is_dark=is_dark)
            thickness = UNDERLINE_PX + (1 if piece.mark.key == emphasised else 0)
            for area, foot in line_stretches(turn, text, piece.start, piece.end, bottom=bottom):
                y = foot + level * UNDERLINE_STEP_PX
                painter.fillRect(QRectF(area.left(), y, area.width(), thickness), colour)


def underline_levels(pieces: Sequence[Piece]) -> list[int]:
    """Return for each piece, in order, the lowest level where it overlaps none before it."""
    levels: list[int] = []
    for index, piece in enumerate(pieces):
        taken = {
            levels[earlier]
            for earlier in range(index)
            if pieces[earlier].start < piece.end and piece.start < pieces[earlier].end
        }
        levels.append(next(level for level in range(index + 1) if level not in taken))
    return levels


def mark_colour(mark: Mark, *, is_dark: bool) -> QColor:
    """Return the colour of a tag's mark on the present page."""
    return tag_colour(mark.colour_key, mark.colour, is_dark=is_dark)


def vertical_stretch(turn: VisibleTurn, text: str, piece: Piece) -> tuple[float, float]:
    """Return from where to where a piece reaches down the page."""
    layout = turn.block.layout()
    first, last = _layout_range(turn, text, piece.start, piece.end)
    top = turn.area.top()
    if first >= last or not layout.lineCount():
        return top, top
    first_line = layout.lineForTextPosition(first)
    last_line = layout.lineForTextPosition(last - 1)
    return top + first_line.y(), top + last_line.y() + last_line.height()
