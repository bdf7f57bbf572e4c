"""How a note is called for in a scholar's own text: by a small raised number."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)

from archive_app.gui.theme import theme

CALL_SCALE = 0.7


class NoteCalls(QPyTextObject):
    """Draws a note's raised number where it is called for; numbers follow the text's order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.numbers: dict[int, int] = {}
        """Position of a note's character to its number, from 1."""

    def intrinsicSize(
        self,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803 - Qt's own names
        format: QTextFormat,  # noqa: A002, ARG002
    ) -> QSizeF:
        """Return the room a call takes: as wide as its number, no higher than a line's letters."""
        font = _call_font(doc)
        width = QFontMetricsF(font).horizontalAdvance(self._number(posInDocument)) + 1
        return QSizeF(width, QFontMetricsF(doc.defaultFont()).ascent())

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,  # noqa: A002, ARG002
    ) -> None:
        """Draw the number at the top of the line."""
        painter.setFont(_call_font(doc))
        painter.setPen(theme().colours.accent)
        place = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(rect), place, self._number(posInDocument))

    def _number(self, position: int) -> str:
        return str(self.numbers.get(position, len(self.numbers) + 1))


def _call_font(document: QTextDocument) -> QFont:
    font = document.defaultFont()
    font.setPointSizeF(font.pointSizeF() * CALL_SCALE)
    font.setBold(True)
    return font
