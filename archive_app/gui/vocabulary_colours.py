"""The colours a tag may have, by name: those of the palette, another, or none of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QWidget

from archive_app.gui.tag_colours import LIGHT, tag_colour
from archive_app.gui.theme import theme
from archive_app.translation import mark, tr

COLOUR_NAMES = (
    mark("Blue"), mark("Red"), mark("Sea green"), mark("Plum"), mark("Lilac"), mark("Orange"),
    mark("Brown"), mark("Slate"), mark("Violet"), mark("Fir"), mark("Sand"), mark("Magenta"),
)  # fmt: skip
"""What the colours of ``tag_colours.LIGHT`` are called, for who does not see them."""


class ColourMenu(QMenu):
    """Filled when it is shown; ``present`` is then the colour that is ticked."""

    chosen = Signal(str)
    """A colour "#rrggbb"; empty: the palette chooses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("&Colour"), parent)
        self.present = ""
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Offer the colours as they look on the present page."""
        self.clear()
        is_dark = theme().is_dark
        for number, (colour, name) in enumerate(zip(LIGHT, COLOUR_NAMES, strict=True)):
            action = self.addAction(_swatch(tag_colour(number, is_dark=is_dark)), tr(name))
            action.setCheckable(colour == self.present.lower())
            action.setChecked(colour == self.present.lower())
            action.triggered.connect(lambda *_, colour=colour: self.chosen.emit(colour))
        self.addSeparator()
        self.addAction(tr("&Other…"), self._ask)
        self.addAction(tr("&By itself"), lambda: self.chosen.emit(""))

    def _ask(self) -> None:
        dialog = QColorDialog(self.parentWidget())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.present:
            dialog.setCurrentColor(QColor(self.present))
        dialog.colorSelected.connect(lambda colour: self.chosen.emit(colour.name()))
        dialog.open()


def _swatch(colour: QColor) -> QIcon:
    pixmap = QPixmap(QSize(32, 32))
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(3, 3, 10, 10)
    painter.end()
    return QIcon(pixmap)
