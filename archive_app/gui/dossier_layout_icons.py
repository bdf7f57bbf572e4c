"""Small drawings of a page in each layout, in the colours of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from archive_app.dossier.design import Layout

SIZE = QSize(36, 48)
SCALE = 2.0
_LINE = 4.0


def layout_icon(layout: Layout) -> QIcon:
    """Return a sketch of a page in a layout."""
    palette = QApplication.palette()
    icon = QIcon()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        icon.addPixmap(_sketch(layout, palette.color(group, QPalette.ColorRole.ButtonText)), mode)
    return icon


def _sketch(layout: Layout, ink: QColor) -> QPixmap:
    pixmap = QPixmap(SIZE * SCALE)
    pixmap.setDevicePixelRatio(SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.2))
    painter.drawRect(QRectF(1, 1, SIZE.width() - 2, SIZE.height() - 2))
    faint = QColor(ink)
    faint.setAlphaF(0.6)
    _DRAWN[layout](painter, ink, faint)
    painter.end()
    return pixmap


def _bar(painter: QPainter, colour: QColor, x: float, y: float, width: float, high: float) -> None:
    painter.fillRect(QRectF(x, y, width, high), colour)


def _lines(painter: QPainter, colour: QColor, top: float, count: int, left: float = 11) -> float:
    for number in range(count):
        width = (30 - left) if number < count - 1 else (30 - left) * 0.6
        _bar(painter, colour, left, top, width, 1.4)
        top += _LINE
    return top


def _volume(painter: QPainter, ink: QColor, faint: QColor) -> None:
    _bar(painter, ink, 11, 6, 14, 2.6)
    top = 13.0
    for count in (2, 3, 2):
        _bar(painter, ink, 5, top, 4, 1.4)
        top = _lines(painter, faint, top, count) + 1


def _reader(painter: QPainter, ink: QColor, faint: QColor) -> None:
    for top in (6.0, 25.0):
        _bar(painter, ink, 6, top, 18, 2.6)
        _lines(painter, faint, top + 6, 3, left=6)


def _finding_aid(painter: QPainter, ink: QColor, faint: QColor) -> None:
    _bar(painter, ink, 6, 6, 16, 2.6)
    _lines(painter, faint, 12, 2, left=6)
    for number in range(5):
        top = 22 + number * 4.6
        _bar(painter, ink, 6, top, 5, 1.4)
        _bar(painter, faint, 13, top, 17, 1.4)


def _cards(painter: QPainter, ink: QColor, faint: QColor) -> None:
    for top in (5.0, 26.0):
        painter.setPen(QPen(ink, 1.0))
        painter.drawRect(QRectF(5, top, 26, 17))
        _bar(painter, ink, 8, top + 3, 9, 1.8)
        for number in range(3):
            _bar(painter, faint, 8, top + 7 + number * 3, 20 if number < 2 else 12, 1.2)


_DRAWN: dict[Layout, Callable[[QPainter, QColor, QColor], None]] = {
    Layout.VOLUME: _volume,
    Layout.READER: _reader,
    Layout.FINDING_AID: _finding_aid,
    Layout.CARDS: _cards,
}
