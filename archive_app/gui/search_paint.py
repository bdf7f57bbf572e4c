"""How results are drawn: what matched is bold on a coloured ground, never by colour alone."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPalette,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from archive_app.gui.search_rows import KWIC_SIDE, ROW, Piece, Row
from archive_app.gui.theme import GAP, STEP, theme


class ResultDelegate(QStyledItemDelegate):
    """Draws headings, passages of two lines, and lines of a concordance."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return a height that depends on the kind of row alone: long lists scroll at once."""
        del option
        row: Row = index.data(ROW)
        small = QFontMetricsF(theme().interface_font()).height()
        text = QFontMetricsF(_text_font()).lineSpacing()
        if row.is_heading:
            height = small + 4 * STEP
        elif row.match is not None:
            height = text + 2 * STEP
        else:
            lines = 2 if row.passage is not None else 1
            height = small + lines * text + 3 * STEP
        return QSize(50 * STEP, round(height))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
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
        painter.save()
        painter.setClipRect(view.rect)
        area = QRectF(view.rect).adjusted(GAP, STEP, -GAP, -STEP)
        if row.is_heading:
            self._paint_heading(painter, area, row, ink)
        elif row.match is not None:
            self._paint_kwic(painter, area, row, ink, is_selected=is_selected)
        else:
            self._paint_passage(painter, area, row, ink, is_selected=is_selected)
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRectF, row: Row, ink: QColor) -> None:
        font = theme().interface_font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(ink)
        words = QFontMetricsF(font).elidedText(row.head, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.setPen(theme().colours.rule)
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _paint_passage(
        self, painter: QPainter, area: QRectF, row: Row, ink: QColor, *, is_selected: bool
    ) -> None:
        font = theme().interface_font(0.92)
        painter.setFont(font)
        painter.setPen(ink if is_selected else theme().colours.muted)
        inset = 2 * GAP
        painter.drawText(area.adjusted(inset, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, row.head)
        top = QFontMetricsF(font).height() + STEP / 2
        text_area = area.adjusted(inset, top, 0, 0)
        document = _document(_html(row.piece, is_selected=is_selected), text_area.width())
        painter.translate(text_area.topLeft())
        painter.setClipRect(QRectF(0, 0, text_area.width(), text_area.height()))
        _draw(painter, document, ink)

    def _paint_kwic(
        self, painter: QPainter, area: QRectF, row: Row, ink: QColor, *, is_selected: bool
    ) -> None:
        small = theme().interface_font(0.92)
        head_width = QFontMetricsF(small).horizontalAdvance("MRB-0000 0:00:00 ")
        painter.setFont(small)
        painter.setPen(ink if is_selected else theme().colours.muted)
        middle_left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, middle_left, row.head)
        rest = area.adjusted(head_width, 0, 0, 0)
        start, end = row.match or (0, 0)
        text = row.piece.text
        font, strong = _text_font(), _text_font()
        strong.setBold(True)
        word = text[start:end]
        width = QFontMetricsF(strong).horizontalAdvance(word)
        side = (rest.width() - width) / 2
        lead = STEP if text[max(start - 1, 0) : start].isspace() else 0
        trail = STEP if text[end : end + 1].isspace() else 0
        left = QRectF(rest.left(), rest.top(), side - lead, rest.height())
        middle = QRectF(rest.left() + side, rest.top(), width, rest.height())
        right = QRectF(middle.right() + trail, rest.top(), side - trail, rest.height())
        if not is_selected:
            painter.fillRect(middle.adjusted(-2, 2, 2, -2), theme().colours.match)
        painter.setFont(strong)
        painter.setPen(ink)
        painter.drawText(middle, middle_left, word)
        painter.setFont(font)
        before = " ".join(text[max(0, start - 2 * KWIC_SIDE) : start].split())
        after = " ".join(text[end : end + 2 * KWIC_SIDE].split())
        metrics = QFontMetricsF(font)
        mode = Qt.TextElideMode
        painter.drawText(
            left,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            metrics.elidedText(before, mode.ElideLeft, left.width()),
        )
        painter.drawText(
            right, middle_left, metrics.elidedText(after, mode.ElideRight, right.width())
        )


def _text_font() -> QFont:
    font = theme().testimony_font()
    font.setPointSizeF(font.pointSizeF() * 0.85)
    return font


def marked_html(piece: Piece, *, ground: str) -> str:
    """Return a text as HTML, what matched bold on a ground; an empty ground leaves it clear."""
    parts: list[str] = []
    at = 0
    style = f"font-weight:bold;background-color:{ground}" if ground else "font-weight:bold"
    for start, end in piece.matches:
        if start < at:
            continue
        parts.append(escape(piece.text[at:start]))
        parts.append(f'<span style="{style}">{escape(piece.text[start:end])}</span>')
        at = end
    parts.append(escape(piece.text[at:]))
    return "".join(parts)


def _html(piece: Piece, *, is_selected: bool) -> str:
    return marked_html(piece, ground="" if is_selected else theme().colours.match.name())


def _document(html: str, width: float) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(_text_font())
    document.setHtml(html)
    document.setTextWidth(width)
    return document


def _draw(painter: QPainter, document: QTextDocument, ink: QColor) -> None:
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, ink)
    document.documentLayout().draw(painter, context)
