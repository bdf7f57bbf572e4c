"""The program's icons: SVG of one stroke width, in the colour of the text around them."""

from __future__ import annotations

import weakref
from functools import lru_cache
from typing import Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from archive_app.gui.theme import theme
from archive_app.paths import resource_path

SIZES = (16, 20, 24, 32)
SCALES = (1.0, 2.0)
"""The second only where a screen has it: most of an icon's time goes into it."""


class TakesIcon(Protocol):
    """An action, a button: whatever has an icon to be set."""

    def setIcon(self, icon: QIcon, /) -> None:
        """Show the icon."""
        ...


def icon_names() -> tuple[str, ...]:
    """Return the names of all icons, sorted."""
    return tuple(sorted(path.stem for path in resource_path("icons").glob("*.svg")))


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _renderer(name: str, colour: QColor) -> QSvgRenderer:
    painted = _drawing(name).replace('stroke="#000"', f'stroke="{colour.name()}"')
    return QSvgRenderer(QByteArray(painted.encode()))


def draw_icon(painter: QPainter, name: str, area: QRectF, colour: QColor) -> None:
    """Draw an icon straight onto something that is being painted."""
    _renderer(name, colour).render(painter, area)


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, faint: str, selected: str, scales: int) -> QIcon:
    icon = QIcon()
    shades = (
        (QIcon.Mode.Normal, colour),
        (QIcon.Mode.Disabled, faint),
        (QIcon.Mode.Selected, selected),
    )
    for mode, shade in shades:
        renderer = _renderer(name, QColor(shade))
        for size in SIZES:
            for scale in SCALES[:scales]:
                pixels = QSize(round(size * scale), round(size * scale))
                pixmap = QPixmap(pixels)
                pixmap.fill(Qt.GlobalColor.transparent)
                painter = QPainter(pixmap)
                renderer.render(painter, QRectF(0, 0, pixels.width(), pixels.height()))
                painter.end()
                pixmap.setDevicePixelRatio(scale)
                icon.addPixmap(pixmap, mode)
    return icon


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """Return an icon in the palette's text colour (or another), at 16 to 32 pixels.

    Where a screen shows twice as many, at twice that too. It keeps its colour when the
    theme changes: see ``give_icon``.
    """
    palette = QApplication.palette()
    group, role = QPalette.ColorGroup, QPalette.ColorRole
    usual = colour or palette.color(group.Active, role.ButtonText)
    faint = palette.color(group.Disabled, role.ButtonText)
    selected = palette.color(group.Active, role.HighlightedText)
    scales = 1 if max(screen.devicePixelRatio() for screen in QApplication.screens()) <= 1 else 2
    return _icon(name, usual.name(), faint.name(), selected.name(), scales)


_given: weakref.WeakKeyDictionary[QObject, str] = weakref.WeakKeyDictionary()
_listening_to: weakref.ref[QObject] | None = None


def give_icon(target: TakesIcon, name: str) -> None:
    """Set an icon that follows the theme for as long as the action or button lives."""
    global _listening_to  # noqa: PLW0603 - one theme, listened to once
    target.setIcon(icon(name))
    if isinstance(target, QObject):
        _given[target] = name
    if _listening_to is None or _listening_to() is not theme():
        _listening_to = weakref.ref(theme())
        theme().changed.connect(_repaint)


def _repaint() -> None:
    for target, name in list(_given.items()):
        if shiboken6.isValid(target):
            target.setIcon(icon(name))  # pyright: ignore[reportAttributeAccessIssue]
