"""How the rows of an outline are drawn: only those that are seen, each when it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPalette,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archive_app.gui.dossier_rows import ROW, Row, comment_of, level_of, mark_of
from archive_app.gui.icons import draw_icon
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.gui.utf16 import points_before
from archive_app.translation import tr, trn
from archive_app.work.collected import OutlineItem
from archive_app.work.collecting import HEADING, INTERVIEW, PASSAGE, PICTURE, POINT, TEXT

INDENT = 4 * STEP
FOLD_WIDTH = 5 * STEP
ICON = 4 * STEP
THUMBNAIL = QSize(18 * STEP, 13 * STEP)
SMALL = 0.92
HEADINGS = {1: 1.25, 2: 1.12, 3: 1.0}
"""How much larger than the interface a heading of a level stands."""
ICONS = {PASSAGE: "quote", INTERVIEW: "interview", POINT: "contents", TEXT: "edit"}

Index = QModelIndex | QPersistentModelIndex


class OutlineDelegate(QStyledItemDelegate):
    """Draws headings, passages of two lines, pictures; ``thumbnail`` gives a picture if it has."""

    def __init__(
        self, thumbnail: Callable[[Path], QPixmap | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self._known: dict[tuple[object, ...], QSize] = {}
        self._sizes: list[QSize] = []

    def measure(self, items: Sequence[OutlineItem]) -> None:
        """Take the sizes of the rows that are seen: by their kind alone, not by their words."""
        self._sizes = [self._size(one) for one in items]

    def forget_sizes(self) -> None:
        """Measure anew when asked next: the text size is another."""
        self._known.clear()

    def _size(self, one: OutlineItem) -> QSize:
        item = one.item
        has_comment = bool(item.text) and item.kind != HEADING
        key = (item.kind, item.level, one.is_there, one.change, has_comment)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = QSize(40 * STEP, round(_height(one)))
        return known

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's size: it was measured before, for Qt asks it of 5,000 rows at once."""
        del option
        row = index.row()
        return self._sizes[row] if row < len(self._sizes) else QSize(40 * STEP, 10 * STEP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: Row = index.data(ROW)
        view = QStyleOptionViewItem(option)
        self.initStyleOption(view, index)
        view.text = ""
        style = view.widget.style() if view.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, view, painter, view.widget)
        is_selected = bool(view.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        ink = view.palette.color(role)
        faint = ink if is_selected else theme().colours.muted
        area = QRectF(view.rect).adjusted(STEP + row.depth * INDENT, STEP, -GAP, -STEP)
        painter.save()
        painter.setClipRect(view.rect)
        if row.kind == HEADING:
            self._paint_heading(painter, area, row, ink, faint)
        else:
            self._paint_item(painter, area, row, ink, faint)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, area: QRectF, row: Row, ink: QColor, faint: QColor
    ) -> None:
        arrow = QRectF(area.left(), area.center().y() - ICON / 2, ICON, ICON)
        draw_icon(painter, "chevron-right" if row.is_folded else "chevron-down", arrow, faint)
        text = area.adjusted(FOLD_WIDTH, 0, 0, 0)
        if row.below:
            folded = trn("{count} item", "{count} items", row.below)
            painter.setFont(theme().interface_font(SMALL))
            painter.setPen(faint)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(text, right, folded)
            width = QFontMetricsF(painter.font()).horizontalAdvance(folded)
            text.setRight(text.right() - width - GAP)
        font = _heading_font(row.one.item.level)
        painter.setFont(font)
        painter.setPen(ink)
        words = QFontMetricsF(font).elidedText(
            row.one.text, Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_item(
        self, painter: QPainter, area: QRectF, row: Row, ink: QColor, faint: QColor
    ) -> None:
        room = area.adjusted(FOLD_WIDTH, 0, 0, 0)
        if row.kind == PICTURE:
            room = self._paint_picture(painter, area, row, faint)
        elif row.one.is_there:
            draw_icon(painter, ICONS.get(row.kind, "page"),
                      QRectF(area.left(), area.top(), ICON, ICON), faint)  # fmt: skip
        small = theme().interface_font(SMALL)
        if row.one.is_there:
            room = _line(painter, room, row.head, small, faint)
            lines = 1 if row.kind == INTERVIEW else 2
            room = _lines(painter, room, row.words, _text_font(), ink, lines)
            if comment := comment_of(row.one):
                slanted = theme().interface_font(SMALL)
                slanted.setItalic(True)
                room = _line(painter, room, tr("Comment: {text}", text=comment), slanted, ink)
        if row.mark:
            self._paint_mark(painter, room, row, small, ink)

    def _paint_picture(
        self, painter: QPainter, area: QRectF, row: Row, faint: QColor
    ) -> QRectF:  # fmt: skip
        place = QRectF(area.left() + FOLD_WIDTH, area.top(), THUMBNAIL.width(), THUMBNAIL.height())
        drawn = self._thumbnail(row.one.picture) if row.one.picture is not None else None
        if drawn is not None and not drawn.isNull():
            ratio = drawn.devicePixelRatio()
            size = QRectF(0, 0, drawn.width() / ratio, drawn.height() / ratio)
            size.moveCenter(place.center())
            painter.drawPixmap(size.topLeft(), drawn)
        else:
            painter.setPen(faint)
            painter.drawRect(place)
        return area.adjusted(FOLD_WIDTH + THUMBNAIL.width() + GAP, 0, 0, 0)

    def _paint_mark(
        self, painter: QPainter, room: QRectF, row: Row, font: QFont, ink: QColor
    ) -> None:
        name = "warning" if row.one.change in ("changed", "gone") else "lock"
        strong = QFont(font)
        strong.setBold(True)
        draw_icon(painter, name, QRectF(room.left(), room.top(), ICON, ICON), ink)
        _line(painter, room.adjusted(ICON + STEP, 0, 0, 0), row.mark, strong, ink)


def _height(one: OutlineItem) -> float:
    small = QFontMetricsF(theme().interface_font(SMALL)).lineSpacing()
    kind = one.item.kind
    if kind == HEADING:
        level = level_of(one)
        return QFontMetricsF(_heading_font(level)).lineSpacing() + (4 if level == 1 else 3) * STEP
    height = 0.0
    if one.is_there:
        lines = 1 if kind == INTERVIEW else 2
        height = small + lines * QFontMetricsF(_text_font()).lineSpacing()
        height += small if comment_of(one) else 0
    height += max(small, ICON) if mark_of(one) else 0
    if kind == PICTURE:
        height = max(height, THUMBNAIL.height())
    return height + 3 * STEP


def _heading_font(level: int) -> QFont:
    font = theme().interface_font(HEADINGS.get(level, 1.0))
    font.setBold(True)
    return font


def _text_font() -> QFont:
    font = theme().testimony_font()
    font.setPointSizeF(theme().interface_font().pointSizeF() * 1.08)
    return font


def _line(painter: QPainter, room: QRectF, text: str, font: QFont, ink: QColor) -> QRectF:
    """Draw one line and return the room below it."""
    return _lines(painter, room, text, font, ink, 1)


def _lines(
    painter: QPainter, room: QRectF, text: str, font: QFont, ink: QColor, count: int
) -> QRectF:
    """Draw at most so many lines, the last with dots where there is more; return what is below."""
    metrics = QFontMetricsF(font)
    painter.setPen(ink)
    text = text.replace("\n", " ")
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    top = room.top()
    for number in range(count):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(room.width(), 1))
        rest = text[points_before(text, line.textStart()) :]
        if number == count - 1:
            painter.setFont(font)
            words = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QPointF(room.left(), top + metrics.ascent()), words)
        else:
            line.draw(painter, QPointF(room.left(), top))
        top += metrics.lineSpacing()
    layout.endLayout()
    return room.adjusted(0, count * metrics.lineSpacing(), 0, 0)
