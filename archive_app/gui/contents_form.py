"""The form of one part of an interview: its times, title, synopsis, keywords and place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QCompleter,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.coordinates import format_coordinates, parse_coordinates
from archive_app.domain.records import IndexPoint, Place
from archive_app.domain.timecode import format_timecode_ms, parse_timecode
from archive_app.errors import BadValue
from archive_app.gui.icons import give_icon
from archive_app.gui.inspector_fields import LongText
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import tr
from archive_app.work.index_points import PointText

Line = QLineEdit | QPlainTextEdit


class PointForm(QFrame):
    """Every field is stored when it is left; Escape puts back what is stored."""

    text_given = Signal(object)
    """PointText: one field, the others None."""
    times_given = Signal(int, object)
    """(start_ms, end_ms or None)."""
    time_wanted = Signal(str)
    """"start" or "end": as the player stands."""
    delete_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.point: IndexPoint | None = None
        self._stored: dict[str, str] = {}
        """As the archive has the fields, or soon will."""
        self._known: dict[str, str] = {}
        """As the archive has them."""
        self.setAccessibleName(tr("Part of the interview"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.fields: dict[str, Line] = {
            "title": QLineEdit(),
            "start": QLineEdit(),
            "end": QLineEdit(),
            "synopsis": LongText(),
            "keywords": QLineEdit(),
            "subjects": QLineEdit(),
            "place": QLineEdit(),
            "coordinates": QLineEdit(),
        }
        self._words = QStringListModel(self)
        self._places = QStringListModel(self)
        self._lay_out()
        for name, field in self.fields.items():
            field.setObjectName(f"point-{name}")
            field.installEventFilter(self)
            if isinstance(field, LongText):
                field.left.connect(self._commit_of("synopsis"))
                field.committed.connect(self._commit_of("synopsis"))
            elif isinstance(field, QLineEdit):
                field.editingFinished.connect(self._commit_of(name))
        _complete(self.fields["keywords"], self._words, is_list=True)
        _complete(self.fields["place"], self._places, is_list=False)

    # What the page calls --------------------------------------------------

    def offer(self, keywords: Sequence[str], places: Sequence[str]) -> None:
        """Offer words of the vocabulary and of the register of places while they are typed."""
        for model, names in ((self._words, keywords), (self._places, places)):
            if model.stringList() != list(names):
                model.setStringList(list(names))

    def show_point(self, point: IndexPoint, place: Place | None) -> None:
        """Show a part; what is being typed into the same one stays."""
        is_other = self.point is None or self.point.id != point.id
        self.point = point
        names = place.names if place else {}
        fresh = {
            "title": point.title,
            "start": shown_time(point.start_ms),
            "end": shown_time(point.end_ms),
            "synopsis": point.synopsis,
            "keywords": "; ".join(point.keywords),
            "subjects": "; ".join(point.subjects),
            "place": names.get("en") or next(iter(names.values()), ""),
            "coordinates": format_coordinates(
                place.latitude if place else None, place.longitude if place else None
            ),
        }
        for name, text in fresh.items():
            field = self.fields[name]
            # Not whether it has the keyboard: that is elsewhere while another window is in front.
            is_unstored = _text(field) != self._stored.get(name, "")
            if is_other or not is_unstored:
                _put(field, text)
        self._stored, self._known = dict(fresh), fresh
        self.fields["coordinates"].setEnabled(bool(fresh["place"]))
        self.fields["coordinates"].setToolTip(
            tr("Latitude and longitude, as maps give them: 44.8125, 20.4612")
            if fresh["place"]
            else tr("Name the place first.")
        )
        if is_other:
            self.tell("")

    def edit(self) -> None:
        """Put the keyboard into the title."""
        title = self.fields["title"]
        title.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(title, QLineEdit):
            title.selectAll()

    def put_time(self, which: str, ms: int) -> None:
        """Put a time into one of the two fields, and store it."""
        _put(self.fields[which], shown_time(ms))
        self._commit(which)

    def commit_all(self) -> bool:
        """Store whatever was typed and not stored yet; False if a field holds what cannot be."""
        unfit = [name for name in self.fields if not self._commit(name)]
        if unfit:
            # The fields behind it took its words away.
            self._commit(unfit[0])
        return not unfit

    def refuse(self, words: str) -> None:
        """Say why something was not stored; what was typed stays, to be mended."""
        self._stored = dict(self._known)
        self.tell(words)

    def tell(self, words: str) -> None:
        """Show under the form what is wrong, or nothing."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    # Inside ---------------------------------------------------------------

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setContentsMargins(GAP, GAP, GAP, STEP)
        form.setVerticalSpacing(STEP)
        self._row(form, "title", tr("Title"))
        self._time_row(form, "start", tr("Begins"), tr("Begins where the player stands"))
        self._time_row(form, "end", tr("Ends"), tr("Ends where the player stands"))
        _placeholder(self.fields["end"], tr("At the next part"))
        self._row(form, "synopsis", tr("Synopsis"))
        self._row(form, "keywords", tr("Keywords"))
        _placeholder(self.fields["keywords"], tr("Between semicolons"))
        self._row(form, "subjects", tr("Subjects"))
        _placeholder(self.fields["subjects"], tr("Between semicolons"))
        self._row(form, "place", tr("Place"))
        self._row(form, "coordinates", tr("Latitude, longitude"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.hide()
        self.told.setContentsMargins(GAP, 0, GAP, 0)
        palette = QPalette(self.told.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme().colours.error)
        self.told.setPalette(palette)
        done = QPushButton(tr("Done"))
        done.setToolTip(tr("Close this form; everything is stored"))
        done.clicked.connect(self._close)
        delete = QPushButton(tr("Delete part"))
        delete.setToolTip(tr("Take it out of the contents; what was said stays"))
        give_icon(delete, "delete")
        delete.clicked.connect(self.delete_asked)
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP, STEP, GAP, GAP)
        foot.addWidget(delete)
        foot.addStretch(1)
        foot.addWidget(done)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        inside = QWidget()
        inside.setLayout(form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        rows.addWidget(area, 1)
        rows.addWidget(self.told)
        rows.addLayout(foot)

    def _row(self, form: QFormLayout, name: str, words: str) -> None:
        field = self.fields[name]
        field.setAccessibleName(words)
        form.addRow(words, field)

    def _time_row(self, form: QFormLayout, name: str, words: str, tip: str) -> None:
        field = self.fields[name]
        field.setAccessibleName(words)
        label = QLabel(words)
        label.setBuddy(field)
        button = QToolButton()
        button.setText(tr("Now"))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self.time_wanted.emit(name))
        line = QHBoxLayout()
        line.setSpacing(STEP)
        line.addWidget(field, 1)
        line.addWidget(button)
        form.addRow(label, line)

    def _commit_of(self, name: str) -> Callable[[], bool]:
        return lambda: self._commit(name)

    def _commit(self, name: str) -> bool:
        field = self.fields[name]
        text = _text(field)
        if self.point is None or text == self._stored.get(name, ""):
            return True
        try:
            give = self._times_giver() if name in ("start", "end") else self._text_giver(name, text)
        except BadValue as error:
            self.tell(error.message)
            return False
        self._stored[name] = text
        self.tell("")
        give()
        return True

    def _times_giver(self) -> Callable[[], None]:
        stored = (self.point.start_ms, self.point.end_ms) if self.point else (0, None)
        start_ms = _read_time(self.fields["start"], stored[0])
        if start_ms is None:
            raise BadValue(tr("Say when this part begins: 1:02:03."))
        end_ms = _read_time(self.fields["end"], stored[1])
        return lambda: self.times_given.emit(start_ms, end_ms)

    def _text_giver(self, name: str, text: str) -> Callable[[], None]:
        given = _point_text(name, text)
        return lambda: self.text_given.emit(given)

    def _close(self) -> None:
        if self.commit_all() and not self.told.isVisible():
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape puts back what is stored; a second one closes the form."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            for name, field in self.fields.items():
                if field is watched and _text(field) != self._stored.get(name, ""):
                    _put(field, self._stored.get(name, ""))
                    self.tell("")
                    return True
            self.closed.emit()
            return True
        return super().eventFilter(watched, event)


def shown_time(ms: int | None) -> str:
    """Return a time to the tenth of a second, as it is typed; empty for None."""
    return "" if ms is None else format_timecode_ms(ms).lstrip("0").rjust(11, "0").lstrip(":")


def _point_text(name: str, text: str) -> PointText:
    """Return one field as it is stored. Raises BadValue for what are no coordinates."""
    match name:
        case "title":
            return PointText(title=text)
        case "synopsis":
            return PointText(synopsis=text)
        case "keywords":
            return PointText(keywords=_listed(text))
        case "subjects":
            return PointText(subjects=_listed(text))
        case "place":
            return PointText(place=text)
        case _:
            parse_coordinates(text)
            return PointText(coordinates=text)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _read_time(field: Line, stored: int | None) -> int | None:
    text = _text(field).strip()
    # What was not touched keeps its milliseconds.
    if text == shown_time(stored):
        return stored
    return parse_timecode(text) if text else None


def _text(field: Line) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _put(field: Line, text: str) -> None:
    with QSignalBlocker(field):
        if isinstance(field, QLineEdit):
            field.setText(text)
            field.setCursorPosition(0)
        else:
            field.setPlainText(text)


def _placeholder(field: Line, words: str) -> None:
    field.setPlaceholderText(words)


class _ListCompleter(QCompleter):
    """Completes the last of several words between semicolons."""

    def pathFromIndex(self, index: object) -> str:
        chosen = super().pathFromIndex(index)  # pyright: ignore[reportArgumentType]
        widget = self.widget()
        text = widget.text() if isinstance(widget, QLineEdit) else ""
        before, separator, _ = text.rpartition(";")
        return f"{before}{separator} {chosen}" if separator else chosen

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(";")[2].strip()]


def _complete(field: Line, model: QStringListModel, *, is_list: bool) -> None:
    if not isinstance(field, QLineEdit):
        return
    completer = _ListCompleter(field) if is_list else QCompleter(field)
    completer.setModel(model)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
