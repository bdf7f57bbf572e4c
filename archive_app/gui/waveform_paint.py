"""How the waveform and what is marked on it are drawn; all sizes in device-independent pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from archive_app.domain.timecode import format_timecode, format_timecode_ms
from archive_app.gui.speaker_colours import SpeakerColours, initial
from archive_app.gui.tag_colours import text_on
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.gui.waveform_marks import Flag, TurnBlock
from archive_app.gui.waveform_shape import TimelineShape

_STEPS_MS = (
    *(10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000),
    *(120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000),
)
_NAME_FROM = 14 * STEP
_INITIAL_FROM = 3 * STEP


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the times of a stretch lie on a widget of some width."""

    start_ms: float
    end_ms: float
    width: float

    def x_of(self, ms: float) -> float:
        """Return where a time lies."""
        length = self.end_ms - self.start_ms
        return (ms - self.start_ms) * self.width / length if length > 0 else 0.0

    def ms_of(self, x: float) -> int:
        """Return which time lies at a place."""
        length = self.end_ms - self.start_ms
        return round(self.start_ms + x * length / self.width) if self.width > 0 else 0

    @property
    def step_ms(self) -> int:
        """A round length of time that is about a hundredth of the stretch."""
        wanted = (self.end_ms - self.start_ms) / 100
        return next((step for step in _STEPS_MS if step >= wanted), _STEPS_MS[-1])


def draw_wave(
    painter: QPainter, shape: TimelineShape, scale: Scale, area: QRectF, *, ratio: float
) -> None:
    """Draw the sound, one line for each of the screen's own pixels."""
    count = round(scale.width * ratio)
    columns = shape.columns(round(scale.start_ms), round(scale.end_ms), count)
    middle = area.center().y() * ratio
    half = max(area.height() * ratio / 2 - 1, 1.0)
    lines = [
        QRect(x, int(middle - column[1] * half), 1, int((column[1] - column[0]) * half) + 1)
        for x, column in enumerate(columns)
        if column is not None
    ]
    painter.save()
    painter.scale(1 / ratio, 1 / ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colours.accent)
    # Of rectangles one pixel wide: they are drawn in half the time of lines.
    painter.drawRects(lines)
    painter.restore()


def draw_ground(painter: QPainter, shape: TimelineShape, scale: Scale, area: QRectF) -> None:
    """Draw the page, hatched where there is no recording; say why a sound is not drawn."""
    colours = theme().colours
    painter.fillRect(area, colours.page)
    shown = [
        (max(scale.x_of(part.start_ms), 0.0), min(scale.x_of(part.end_ms), scale.width), part)
        for part in shape.parts
    ]
    hatch = QBrush(colours.rule, Qt.BrushStyle.BDiagPattern)
    left = 0.0
    for begin, end, _part in shown:
        if begin > left + 1:
            painter.fillRect(QRectF(left, area.top(), begin - left, area.height()), hatch)
        left = max(left, end)
    if shape.parts and left < scale.width - 1:
        painter.fillRect(QRectF(left, area.top(), scale.width - left, area.height()), hatch)
    painter.setFont(theme().interface_font(0.9))
    for begin, end, part in shown:
        if part.shape is None and end - begin > _NAME_FROM:
            painter.setPen(colours.muted)
            room = QRectF(begin, area.top(), end - begin, area.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, part.words)


def draw_blocks(
    painter: QPainter,
    blocks: Sequence[TurnBlock],
    speakers: SpeakerColours,
    scale: Scale,
    area: QRectF,
) -> None:
    """Draw turns as blocks in their speakers' colours, with names or initials where they fit."""
    rooms: dict[str, list[QRectF]] = {}
    named: dict[str, list[QRectF]] = {}
    least = _INITIAL_FROM if area.height() >= 3 * STEP else float("inf")
    top, height, width = area.top(), area.height(), scale.width
    length = scale.end_ms - scale.start_ms
    per_ms = width / length if length > 0 else 0.0
    origin = scale.start_ms * per_ms
    drawn_to = 0.0
    # Thousands of turns pass here at each step of zooming: hence so plain.
    for block in blocks:
        right = block.end_ms * per_ms - origin
        if right < drawn_to:
            continue  # Nothing of it would be seen beside those drawn already.
        left = block.start_ms * per_ms - origin
        if left > width:
            break
        left, right = (left if left > 0 else 0.0), (min(width, right))
        # A pixel between two turns tells them apart where the speaker is the same.
        room = QRectF(left, top, right - left - 1 if right - left > 2 else 1.0, height)
        found = rooms.get(block.speaker)
        if found is None:
            found = rooms[block.speaker] = []
        found.append(room)
        if right - left > least:
            named.setdefault(block.speaker, []).append(room)
        drawn_to = left + 1
    painter.setPen(Qt.PenStyle.NoPen)
    for speaker, areas in rooms.items():
        painter.setBrush(speakers.colour(speaker, is_dark=theme().is_dark))
        painter.drawRects(areas)
    _name_blocks(painter, named, speakers)


def _name_blocks(
    painter: QPainter, rooms: Mapping[str, Sequence[QRectF]], speakers: SpeakerColours
) -> None:
    painter.setFont(theme().interface_font(0.8))
    metrics = QFontMetricsF(painter.font())
    for speaker, areas in rooms.items():
        painter.setPen(text_on(speakers.colour(speaker, is_dark=theme().is_dark)))
        for room in areas:
            if room.width() >= _NAME_FROM:
                inside = room.adjusted(STEP, 0, -STEP, 0)
                words = metrics.elidedText(speaker, Qt.TextElideMode.ElideRight, inside.width())
                painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)
            else:
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, initial(speaker))


def draw_flags(painter: QPainter, flags: Sequence[Flag], scale: Scale, area: QRectF) -> None:
    """Draw where parts of the interview begin: a staff over the area, titles where they fit."""
    colours = theme().colours
    has_words = area.height() >= 3 * STEP
    painter.setFont(theme().interface_font(0.8))
    metrics = QFontMetricsF(painter.font())
    for place, flag in enumerate(flags):
        x = scale.x_of(flag.ms)
        painter.setPen(QPen(colours.text, 1))
        painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
        pennant = [QPointF(x, area.top()), QPointF(x + 6, area.top() + 3)]
        painter.setBrush(colours.text)
        painter.drawPolygon(QPolygonF([*pennant, QPointF(x, area.top() + 6)]))
        following = scale.x_of(flags[place + 1].ms) if place + 1 < len(flags) else scale.width
        room = QRectF(x + GAP, area.top(), following - x - GAP - STEP, area.height())
        if has_words and room.width() >= 8 * STEP:
            words = metrics.elidedText(flag.title, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


def draw_ruler(painter: QPainter, scale: Scale, area: QRectF) -> None:
    """Draw round times under the sound, as many as have room."""
    colours = theme().colours
    painter.setFont(theme().interface_font(0.8))
    metrics = QFontMetricsF(painter.font())
    widest = metrics.horizontalAdvance("00:00:00.000") + MARGIN_OF_TIME
    length = scale.end_ms - scale.start_ms
    if length <= 0 or scale.width <= 0:
        return
    per_label = length * widest / scale.width
    step = next((one for one in _STEPS_MS if one >= per_label), _STEPS_MS[-1])
    at = int(scale.start_ms // step) * step
    if at < scale.start_ms:
        at += step
    while at < scale.end_ms:
        x = scale.x_of(at)
        painter.setPen(QPen(colours.rule, 1))
        painter.drawLine(QLineF(x, area.top(), x, area.top() + STEP))
        painter.setPen(colours.muted)
        words = format_timecode(at) if step >= 1_000 else format_timecode_ms(at)
        room = QRectF(x + STEP, area.top(), widest, area.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        at += step


MARGIN_OF_TIME = 4 * STEP


def draw_selection(painter: QPainter, left: float, right: float, area: QRectF) -> None:
    """Draw a selected stretch: lit, between two brackets."""
    colour = QColor(theme().colours.accent)
    pen = QPen(colour, 2)
    colour.setAlpha(56)
    painter.fillRect(QRectF(left, area.top(), right - left, area.height()), colour)
    painter.setPen(pen)
    top, bottom = area.top() + 1, area.bottom() - 1
    for x, inwards in ((left, STEP), (right, -STEP)):
        painter.drawPolyline(
            [QPointF(x + inwards, top), QPointF(x, top), QPointF(x, bottom),
             QPointF(x + inwards, bottom)]
        )  # fmt: skip


def draw_playhead(painter: QPainter, x: float, area: QRectF) -> None:
    """Draw where the sound is: a line with a mark at its top."""
    colour = theme().colours.error
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.5))
    painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    top = area.top()
    painter.drawPolygon(QPolygonF([QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x, top + 6)]))
