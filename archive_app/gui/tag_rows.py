"""A tag in a list: its colour, its path, and at the right what else is to be known of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from archive_app.domain.records import Tag
from archive_app.gui.tag_colours import colour_key, tag_colour
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.work.tag_search import STEP_SIGN

ASIDE = Qt.ItemDataRole.UserRole + 7
"""Text at the right end of a row."""
SWATCH_PX = 4 * STEP


def tag_icon(tag: Tag) -> QIcon:
    """Return a round swatch in a tag's colour, for lists."""
    return colour_icon(tag_colour(colour_key(tag.uuid), tag.colour, is_dark=theme().is_dark))


def colour_icon(colour: QColor) -> QIcon:
    """Return a round swatch."""
    found = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(QSize(SWATCH_PX, SWATCH_PX) * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A rim of the page's colour: a blue tag must not vanish on a blue selection.
        painter.setPen(QPen(theme().colours.page, scale))
        painter.setBrush(colour)
        painter.drawEllipse(3 * scale, 3 * scale, 10 * scale, 10 * scale)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        found.addPixmap(pixmap)
    return found


def shown_path(tag: Tag, language: str, by_id: Mapping[int, Tag]) -> str:
    """Return a tag's path in a language: "work › language"."""
    names: list[str] = []
    seen: set[int] = set()
    one: Tag | None = tag
    while one is not None and one.id not in seen:
        seen.add(one.id)
        names.append(one.name(language))
        one = by_id.get(one.parent_id) if one.parent_id is not None else None
    return f" {STEP_SIGN} ".join(reversed(names))


def set_aside(item: QListWidgetItem, text: str) -> None:
    """Put a text at the right end of a row, and into what a screen reader says."""
    item.setData(ASIDE, text)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}  {text}".strip())


class TagRowDelegate(QStyledItemDelegate):
    """Draws a row with its text cut short where what stands aside begins."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Leave some air between the rows."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), option.fontMetrics.height() + STEP))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row."""
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        aside = str(index.data(ASIDE) or "")
        widget = shown.widget
        style = widget.style() if widget is not None else QApplication.style()
        if aside:
            inside = style.subElementRect(
                QStyle.SubElement.SE_ItemViewItemText, shown, widget
            )  # fmt: skip
            room = inside.width() - shown.fontMetrics.horizontalAdvance(aside) - 2 * GAP
            shown.text = shown.fontMetrics.elidedText(shown.text, shown.textElideMode, max(room, 0))
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, widget)
        if not aside:
            return
        is_chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        group = (
            QPalette.ColorGroup.Active
            if shown.state & QStyle.StateFlag.State_Active
            else QPalette.ColorGroup.Inactive
        )
        painter.save()
        painter.setFont(shown.font)
        painter.setPen(
            shown.palette.color(group, QPalette.ColorRole.HighlightedText)
            if is_chosen
            else theme().colours.muted
        )
        place = shown.rect.adjusted(0, 0, -GAP, 0)
        painter.drawText(
            place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, aside
        )  # fmt: skip
        painter.restore()
