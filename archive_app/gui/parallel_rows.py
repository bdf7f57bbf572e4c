"""Two transcripts that scroll together, what belongs together on one line.

A row is what one transcript says and the other says too: some turns on either
side. Where a row is shorter on one side, room is left below it there. Only rows
in sight, and a page above and below, are measured: three hours are not laid out
for a page of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from archive_app.domain.parallel import ParallelRow
    from archive_app.gui.transcript_view import TranscriptView

SOON_MS = 30
_HAIR = 0.5
"""Half a pixel more or less is no difference."""


@dataclass(slots=True)
class _Side:
    """One of the views, and where its rows begin: places of turns, one more than rows."""

    view: TranscriptView
    starts: list[int]

    @property
    def rows(self) -> int:
        return len(self.starts) - 1

    def row_of(self, place: int) -> int:
        return min(max(bisect_right(self.starts, place) - 1, 0), self.rows - 1)

    def top_of(self, place: int) -> float:
        layout = self.view.document().documentLayout()
        return layout.blockBoundingRect(self.view.block_of(place)).top()

    def natural_height(self, row: int) -> float:
        """The height of a row without the room that was left below it."""
        first, beyond = self.starts[row], self.starts[row + 1]
        last = beyond - 1
        area = self.view.document().documentLayout().blockBoundingRect(self.view.block_of(last))
        if beyond < len(self.view.document_copy.turns):
            bottom = self.top_of(beyond) - self.view.room_below(last)
        else:
            bottom = area.bottom()
        return bottom - self.top_of(first)


class ParallelRows(QObject):
    """Keeps two views in step, whichever of them is scrolled or typed into."""

    def __init__(self, left: TranscriptView, right: TranscriptView) -> None:
        super().__init__(left)
        self._sides = (_Side(left, [0, 0]), _Side(right, [0, 0]))
        self._is_busy = False
        self._leader = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.align)
        for number, side in enumerate(self._sides):
            bar = side.view.verticalScrollBar()
            bar.valueChanged.connect(lambda _value, number=number: self._scrolled(number))
            side.view.textChanged.connect(lambda number=number: self._changed(number))
            side.view.resized.connect(lambda number=number: self._changed(number))

    @property
    def is_on(self) -> bool:
        """Whether there are rows to keep in step."""
        return self._sides[0].rows > 0

    def set_rows(self, rows: Sequence[ParallelRow]) -> None:
        """Take what stands beside what; turns that a view does not show are passed over."""
        starts: tuple[list[int], list[int]] = ([0], [0])
        copies = [side.view.document_copy for side in self._sides]
        for row in rows:
            for begun, copy, turns in zip(
                starts, copies, (row.original, row.translation), strict=True
            ):
                places = [copy.place(turn) for turn in turns if turn in copy]
                begun.append(max([begun[-1], *(place + 1 for place in places)]))
        self._take_starts(*starts)
        self.align()

    def stop(self) -> None:
        """Let each view go its own way, without room below its rows."""
        for side in self._sides:
            view = side.view
            places = range(len(view.document_copy.turns))
            view.leave_room_below({place: 0.0 for place in places if view.room_below(place)})
            side.starts = [0]

    def align(self) -> None:
        """Bring the view that follows in step with the one that leads."""
        self._scrolled(self._leader)

    def _take_starts(self, left: list[int], right: list[int]) -> None:
        """Keep rows that have turns on both sides; the others belong to the row before them."""
        kept: list[tuple[int, int]] = [(0, 0)]
        for row in range(1, len(left)):
            here, there = left[row], right[row]
            if here > kept[-1][0] and there > kept[-1][1]:
                kept.append((here, there))
        lengths = [len(side.view.document_copy.turns) for side in self._sides]
        if len(kept) > 1:
            # What stands behind the last whole row belongs to it.
            kept[-1] = (lengths[0], lengths[1])
        for number, side in enumerate(self._sides):
            side.starts = [pair[number] for pair in kept]

    def _changed(self, number: int) -> None:
        if self.is_on and not self._is_busy:
            self._leader = number
            self._soon.start()

    def _scrolled(self, number: int) -> None:
        if self._is_busy or not self.is_on:
            return
        leader, follower = self._sides[number], self._sides[1 - number]
        if not _is_whole(leader) or not _is_whole(follower):
            return  # Turns came or went: new rows are on their way.
        self._is_busy = True
        self._leader = number
        try:
            self._keep_in_step(leader, follower)
        finally:
            self._is_busy = False

    def _keep_in_step(self, leader: _Side, follower: _Side) -> None:
        top = leader.view.top_place()
        if top is None:
            return
        place = leader.view.document_copy.place(top[0])
        row = leader.row_of(place)
        if self._level(row):
            leader.view.restore_top(*top)
        into = leader.top_of(place) - leader.top_of(leader.starts[row]) + top[1]
        beside = follower.view.document_copy.turns[follower.starts[row]].id
        follower.view.restore_top(beside, round(into))

    def _level(self, row: int) -> bool:
        """Give rows from a page above to two pages below one height; False: those in sight had it.

        Whatever room is given anew costs laying out all that follows, so it is
        given seldom and to many rows at once.
        """
        height = max(side.view.viewport().height() for side in self._sides)
        in_sight = self._missing_room(range(row, self._sides[0].rows), height)
        if not any(in_sight):
            return False
        wanted = self._missing_room(range(row, self._sides[0].rows), 3 * height)
        above = self._missing_room(range(row - 1, -1, -1), height)
        for side, ahead, behind in zip(self._sides, wanted, above, strict=True):
            side.view.leave_room_below({**ahead, **behind})
        return True

    def _missing_room(
        self, rows: Iterable[int], height: float
    ) -> tuple[dict[int, float], dict[int, float]]:
        """Return for either side the places whose room below is wrong, with what it should be."""
        left, right = self._sides
        found: tuple[dict[int, float], dict[int, float]] = ({}, {})
        measured = 0.0
        for row in rows:
            heights = left.natural_height(row), right.natural_height(row)
            high = max(heights)
            for side, own, wrong in zip(self._sides, heights, found, strict=True):
                last = side.starts[row + 1] - 1
                if abs(side.view.room_below(last) - (high - own)) >= _HAIR:
                    wrong[last] = high - own
            measured += high
            if measured > height:
                break
        return found


def _is_whole(side: _Side) -> bool:
    return side.starts[-1] == len(side.view.document_copy.turns)
