"""Dividing the interview into parts while it is heard: a table of contents that is edited."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QToolButton

from archive_app.domain.records import IndexPoint, Outcome, Place
from archive_app.errors import ArchiveError
from archive_app.gui.contents_form import PointForm
from archive_app.gui.icons import give_icon
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.interview_words import tag_language
from archive_app.gui.theme import STEP
from archive_app.translation import tr
from archive_app.work import index_points
from archive_app.work.index_points import PointText

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage
    from archive_app.store.reading import Reader

ADD, EDIT, DELETE = "contents.add", "contents.edit", "contents.delete"
SETTLED_MS = 60
"""How long after it was shown the form has its place."""


class Segments(PagePart):
    """Adds, edits and deletes index points; the form stands under their list."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.column = page.contents
        self._points: tuple[IndexPoint, ...] = ()
        self._places: dict[int, Place] = {}
        self._wanted: int | None = None
        """The point whose form shall open once the page shows it."""
        self.buttons: list[QToolButton] = []
        self.form = PointForm()
        self.form.text_given.connect(self._store_text)
        self.form.times_given.connect(self._store_times)
        self.form.time_wanted.connect(
            lambda which: self.form.put_time(which, page.player.position_ms)
        )
        self.form.delete_asked.connect(self.delete)
        self.form.closed.connect(self._close_form)
        self.form.setMinimumHeight(60 * STEP)
        self.form.hide()
        self.column.below.addWidget(self.form)
        self.column.list.currentRowChanged.connect(self._row_changed)

    # Actions ----------------------------------------------------------------

    def add_actions(self, add: AddAction) -> None:
        """Register them, and put the first two beside the column's heading."""
        add(ADD, tr("New &part begins here"), self.begin_part, "Ctrl+Shift+I", icon="add",
            tip=tr("Begin a part of the contents where the player stands"))  # fmt: skip
        add(EDIT, tr("Edit part of the contents…"), self.edit, "Ctrl+Alt+E", icon="edit",
            tip=tr("Title, times, synopsis, keywords and place of the chosen part"))  # fmt: skip
        add(DELETE, tr("Delete part of the contents"), self.delete, icon="delete",
            tip=tr("Take it out of the contents; what was said stays"))  # fmt: skip
        add("contents.next", tr("Next part"), lambda: self.step(1), "Ctrl+Alt+Right",
            tip=tr("Play from where the next part begins"))  # fmt: skip
        add("contents.previous", tr("Previous part"), lambda: self.step(-1), "Ctrl+Alt+Left",
            tip=tr("Play from where the part before begins"))  # fmt: skip
        for name, icon in ((ADD, "add"), (EDIT, "edit")):
            button = QToolButton()
            button.setAutoRaise(True)
            button.setDefaultAction(self.session.actions[name])
            button.setAccessibleName(button.defaultAction().toolTip())
            give_icon(button, icon)
            self.column.buttons.addWidget(button)
            self.buttons.append(button)

    def allow_actions(self) -> None:
        """Only staff may divide an interview."""
        allow = self.session.actions.allow
        may = self.session.can_edit
        is_open = self.page.interview_id is not None
        allow(ADD, may and is_open, self.session.why_not or tr("Open an interview first."))
        for name in (EDIT, DELETE):
            allow(name, may and bool(self._points),
                  self.session.why_not or tr("This interview has no contents yet."))  # fmt: skip
        for name in ("contents.next", "contents.previous"):
            allow(name, self.column.list.count() > 0, tr("This interview has no contents yet."))

    def begin_part(self) -> None:
        """Begin a part where the player stands, and ask for its title."""
        if not self.may_close():
            return
        self._write(
            index_points.add_index_point,
            start_ms=self.page.player.position_ms,
            done=lambda outcome: self._open_after(outcome.value),
        )

    def edit(self) -> None:
        """Open the form of the part that is chosen, or that plays."""
        row = self.column.row if self.column.row >= 0 else max(self.column.playing_row, 0)
        if row < len(self._points) and self.session.can_edit:
            self.column.choose_row(row)
            self._show_form(self._points[row])
            self.form.edit()

    def delete(self) -> None:
        """Delete the part whose form is open, or that is chosen."""
        point = self.form.point if self.form.isVisible() else self._chosen()
        if point is not None:
            self.form.hide()
            self._write(index_points.delete_index_point, point.id)

    def step(self, by: int) -> None:
        """Play from the next part, or from the one before."""
        row = min(max(self.column.playing_row + by, 0), self.column.list.count() - 1)
        if row >= 0:
            self.column.choose_row(row)
            self.column.list.itemActivated.emit(self.column.list.item(row))

    # What the page tells ----------------------------------------------------

    def show_loaded(self, loaded: Loaded) -> None:
        """Take the table of contents; open what was asked for."""
        file = loaded.file
        self._points = file.index_points if file is not None else ()
        self._places = {place.id: place for place in file.places} if file is not None else {}
        for button in self.buttons:
            button.setVisible(file is not None)
        wanted, self._wanted = self._wanted, None
        shown = wanted or (self.form.point.id if self.form.point and self._is_open else None)
        point = next((one for one in self._points if one.id == shown), None)
        if point is None:
            self.form.hide()
        else:
            self._show_form(point)
            self.column.choose_row(self._points.index(point))
            if wanted:
                self.form.edit()

    def show_nothing(self) -> None:
        """Forget the interview."""
        self._points = ()
        self.form.hide()

    def may_close(self) -> bool:
        """Store what was typed; False while a field holds what cannot be stored."""
        if not self._is_open or not self.session.can_edit or self.form.commit_all():
            return True
        self.session.said.emit(self.form.told.text())
        return False

    def leave(self) -> None:
        """Store what was typed; another interview comes."""
        self.may_close()
        self.form.hide()

    # Inside ---------------------------------------------------------------

    @property
    def _is_open(self) -> bool:
        return not self.form.isHidden()

    def _chosen(self) -> IndexPoint | None:
        row = self.column.row
        return self._points[row] if 0 <= row < len(self._points) else None

    def _row_changed(self, row: int) -> None:
        if not self._is_open or not 0 <= row < len(self._points):
            return
        if self.may_close():
            self._show_form(self._points[row])
            return
        ids = [one.id for one in self._points]
        if self.form.point is not None and self.form.point.id in ids:
            with QSignalBlocker(self.column.list):
                self.column.choose_row(ids.index(self.form.point.id))

    def _show_form(self, point: IndexPoint) -> None:
        was_open = self._is_open
        place = self._places.get(point.place_id) if point.place_id is not None else None
        self.form.show_point(point, place)
        self.form.show()
        if not was_open:
            # Once the form has taken its room from the list.
            QTimer.singleShot(SETTLED_MS, self, lambda: self.column.choose_row(self.column.row))
            self.session.query(_offers, done=lambda offers: self.form.offer(*offers), owner=self)

    def _close_form(self) -> None:
        self.form.hide()
        self.form.point = None
        self.column.list.setFocus()

    def _open_after(self, point_id: int) -> None:
        self._wanted = point_id
        self.page.reload()

    def _store_text(self, text: PointText) -> None:
        if self.form.point is not None:
            self._write(index_points.change_index_point, self.form.point.id, text)

    def _store_times(self, start_ms: int, end_ms: int | None) -> None:
        if self.form.point is not None:
            self._write(index_points.set_index_times, self.form.point.id,
                        start_ms=start_ms, end_ms=end_ms)  # fmt: skip

    def _write(
        self,
        function: Callable[..., Outcome[Any]],
        *args: object,
        done: Callable[[Outcome[Any]], object] | None = None,
        **kwargs: int | None,
    ) -> None:
        if not self.session.can_edit or self.page.interview_id is None:
            return
        self.session.write(
            functools.partial(function, **kwargs), self.page.interview_id, *args,
            done=done, failed=self._refused,
        )  # fmt: skip

    def _refused(self, error: ArchiveError) -> None:
        if self._is_open:
            self.form.refuse(error.message)
        else:
            self.session.error.emit(error)


def _offers(reader: Reader) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keywords and places that may be offered."""
    names = [name for place in reader.places() for name in place.names.values()]
    places = tuple(sorted(dict.fromkeys(names), key=str.casefold))
    return index_points.keyword_names(reader, tag_language()), places
