"""The right column of an interview's page: what lies on the words at the cursor, and the record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Restriction, Tagging
from archive_app.gui.interview_contents import column_title
from archive_app.gui.interview_data import Loaded
from archive_app.gui.interview_record import RecordFacts
from archive_app.gui.interview_words import SHUT_OUT, tag_language
from archive_app.gui.tag_palette import tag_icon
from archive_app.gui.theme import GAP, STEP
from archive_app.translation import tr, trn
from archive_app.work.tagging import Orphan

_ROLE = Qt.ItemDataRole.UserRole
ROWS_SHOWN = 5


class InspectorColumn(QScrollArea):
    """Tags here, closed passages here, lost tags, notes, and the record in short."""

    tagging_chosen = Signal(object)
    """Tagging: bring its words into sight."""
    remove_asked = Signal(int)
    change_asked = Signal(int)
    memo_changed = Signal(int, str)
    put_back_asked = Signal(int)
    lay_here_asked = Signal(int)
    lift_asked = Signal(object)
    """Restriction."""
    note_added = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._taggings: Sequence[Tagging] = ()
        self._restrictions: Sequence[Restriction] = ()
        inside = QWidget()
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(0, 0, GAP, GAP)
        self._layout.setSpacing(STEP)
        self._make_tags()
        self._make_closed()
        self._make_orphans()
        self._make_notes()
        self.record = RecordFacts()
        self._layout.addWidget(column_title(tr("Record")))
        self._layout.addWidget(_indented(self.record))
        self._layout.addStretch(1)
        self.setWidget(inside)

    # Showing ---------------------------------------------------------------

    def show_loaded(self, loaded: Loaded) -> None:
        """Show what belongs to the whole interview."""
        is_staff = loaded.file is not None
        for section in (self._tags, self._notes):
            section.setVisible(is_staff)
        self._show_orphans(loaded.orphans, loaded)
        self._show_notes(loaded)
        self.record.show_loaded(loaded)

    def show_here(
        self, loaded: Loaded, taggings: Sequence[Tagging], restrictions: Sequence[Restriction]
    ) -> None:
        """Show what lies on the words at the cursor, or on those selected."""
        wanted = self._tagging()
        self._taggings, self._restrictions = taggings, restrictions
        with QSignalBlocker(self.tags):
            self.tags.clear()
            for one in taggings:
                tag = loaded.tags.get(one.tag_id)
                if tag is None:
                    continue
                name = tag.name(tag_language())
                if sum(other.tag_id == one.tag_id for other in taggings) > 1:
                    # The same tag on several stretches here: its words tell them apart.
                    name = f"{name}: “{one.quote[:40]}”"
                item = QListWidgetItem(tag_icon(tag), name)
                item.setData(_ROLE, one.id)
                item.setToolTip(f"„{one.quote}“" if len(one.quote) < 200 else "")
                self.tags.addItem(item)
                if wanted is not None and one.id == wanted.id:
                    self.tags.setCurrentItem(item)
            if self.tags.currentRow() < 0:
                self.tags.setCurrentRow(0)
        _fit(self.tags)
        self.tags.setVisible(bool(taggings))
        self._no_tags.setVisible(not taggings)
        self._show_detail()
        self._show_closed(restrictions)

    def current_tagging(self) -> Tagging | None:
        """Return the tagging that is chosen in the list."""
        return self._tagging()

    # Tags here ------------------------------------------------------------

    def _make_tags(self) -> None:
        self._tags = QWidget()
        layout = QVBoxLayout(self._tags)
        layout.setContentsMargins(0, 0, 0, GAP)
        layout.setSpacing(STEP)
        layout.addWidget(column_title(tr("Tags here")))
        self._no_tags = _quiet(
            tr("No tag at the cursor. Select words and press Ctrl+T; without a selection the "
               "whole turn is tagged.")
        )  # fmt: skip
        self.tags = QListWidget()
        self.tags.setObjectName("tags_here")
        self.tags.setAccessibleName(tr("Tags here"))
        self.tags.setFrameShape(QFrame.Shape.NoFrame)
        self.tags.setIconSize(QSize(16, 16))
        self.tags.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tags.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tags.currentRowChanged.connect(lambda _row: self._show_detail())
        self.tags.itemClicked.connect(lambda _item: self._choose())
        self.memo = QLineEdit()
        self.memo.setPlaceholderText(tr("Memo: why this tag lies here"))
        self.memo.setAccessibleName(tr("Memo"))
        self.memo.editingFinished.connect(self._keep_memo)
        self._who = _quiet("")
        self.change = QPushButton(tr("Change…"))
        self.change.setToolTip(tr("Lay another tag on the same words"))
        self.change.clicked.connect(lambda: self._emit(self.change_asked))
        self.remove = QPushButton(tr("Remove"))
        self.remove.setToolTip(tr("Take this tag off these words"))
        self.remove.clicked.connect(lambda: self._emit(self.remove_asked))
        layout.addWidget(_indented(self._no_tags))
        layout.addWidget(_indented(self.tags))
        self._detail = QWidget()
        detail = QVBoxLayout(self._detail)
        detail.setContentsMargins(GAP, 0, 0, 0)
        detail.setSpacing(STEP)
        detail.addWidget(self.memo)
        detail.addWidget(self._who)
        detail.addLayout(_line(self.change, self.remove))
        layout.addWidget(self._detail)
        self._layout.addWidget(self._tags)

    def _tagging(self) -> Tagging | None:
        item = self.tags.currentItem()
        wanted = item.data(_ROLE) if item is not None else None
        return next((one for one in self._taggings if one.id == wanted), None)

    def _show_detail(self) -> None:
        one = self._tagging()
        self._detail.setVisible(one is not None)
        if one is None:
            return
        if not (self.memo.hasFocus() and self.memo.isModified()):
            self.memo.setText(one.memo)
        when = one.made_at.astimezone().strftime("%Y-%m-%d %H:%M") if one.made_at else ""
        self._who.setText(" · ".join(part for part in (one.who, when) if part))
        self._who.setVisible(bool(self._who.text()))

    def _keep_memo(self) -> None:
        one = self._tagging()
        if one is not None and self.memo.isModified() and self.memo.text() != one.memo:
            self.memo.setModified(False)
            self.memo_changed.emit(one.id, self.memo.text())

    def _choose(self) -> None:
        one = self._tagging()
        if one is not None:
            self.tagging_chosen.emit(one)

    def _emit(self, signal: object) -> None:
        one = self._tagging()
        if one is not None:
            signal.emit(one.id)  # type: ignore[attr-defined]

    # Closed passages here ------------------------------------------------

    def _make_closed(self) -> None:
        self._closed = QWidget()
        layout = QVBoxLayout(self._closed)
        layout.setContentsMargins(0, 0, 0, GAP)
        layout.setSpacing(STEP)
        layout.addWidget(column_title(tr("Closed here")))
        self._closed_words = QLabel()
        self._closed_words.setWordWrap(True)
        self._closed_words.setTextFormat(Qt.TextFormat.PlainText)
        self.lift = QPushButton(tr("Open again"))
        self.lift.setToolTip(tr("Lift the restriction; undo closes it again"))
        self.lift.clicked.connect(self._lift)
        layout.addWidget(_indented(self._closed_words))
        layout.addLayout(_line(self.lift))
        self._layout.addWidget(self._closed)

    def _show_closed(self, restrictions: Sequence[Restriction]) -> None:
        self._closed.setVisible(bool(restrictions))
        if not restrictions:
            return
        one = restrictions[0]
        words = [tr(SHUT_OUT[one.shut_out]).capitalize()]
        if one.until is not None:
            words.append(tr("until {date}", date=one.until.isoformat()))
        if one.reason:
            words.append(one.reason)
        self._closed_words.setText("\n".join(words))

    def _lift(self) -> None:
        if self._restrictions:
            self.lift_asked.emit(self._restrictions[0])

    # Lost tags ------------------------------------------------------------

    def _make_orphans(self) -> None:
        self._orphans = QWidget()
        layout = QVBoxLayout(self._orphans)
        layout.setContentsMargins(0, 0, 0, GAP)
        layout.setSpacing(STEP)
        layout.addWidget(column_title(tr("Tags that lost their words")))
        self.orphans = QListWidget()
        self.orphans.setAccessibleName(tr("Tags that lost their words"))
        self.orphans.setFrameShape(QFrame.Shape.NoFrame)
        self.orphans.setWordWrap(True)
        self.orphans.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.orphans.currentRowChanged.connect(self._orphan_chosen)
        self.put_back = QPushButton(tr("Put back"))
        self.put_back.clicked.connect(lambda: self._emit_orphan(self.put_back_asked))
        self.lay_here = QPushButton(tr("Lay on selection"))
        self.lay_here.setToolTip(tr("Lay this tag on the words that are selected now"))
        self.lay_here.clicked.connect(lambda: self._emit_orphan(self.lay_here_asked))
        self.drop = QPushButton(tr("Remove"))
        self.drop.clicked.connect(lambda: self._emit_orphan(self.remove_asked))
        layout.addWidget(_indented(self.orphans))
        layout.addLayout(_line(self.put_back, self.lay_here, self.drop))
        self._layout.addWidget(self._orphans)

    def _show_orphans(self, found: Sequence[Orphan], loaded: Loaded) -> None:
        self._orphans.setVisible(bool(found) and loaded.file is not None)
        self._found_orphans = found
        row = max(self.orphans.currentRow(), 0)
        self.orphans.clear()
        for one in found:
            name = one.tag.name(tag_language())
            item = QListWidgetItem(tag_icon(one.tag), f"{name}: “{one.tagging.quote[:120]}”")
            item.setData(_ROLE, one.tagging.id)
            self.orphans.addItem(item)
        self.orphans.setCurrentRow(min(row, self.orphans.count() - 1))
        _fit(self.orphans)

    def _orphan_chosen(self, row: int) -> None:
        if 0 <= row < len(self._found_orphans):
            can = self._found_orphans[row].suggestion is not None
            self.put_back.setEnabled(can)
            self.put_back.setToolTip(
                tr("Its words are in the transcript again: lay the tag there")
                if can
                else tr(
                    "Its words are nowhere in the transcript. Select words, then "
                    "“Lay on selection”."
                )
            )

    def _emit_orphan(self, signal: object) -> None:
        item = self.orphans.currentItem()
        if item is not None:
            signal.emit(item.data(_ROLE))  # type: ignore[attr-defined]

    # Notes ----------------------------------------------------------------

    def _make_notes(self) -> None:
        self._notes = QWidget()
        layout = QVBoxLayout(self._notes)
        layout.setContentsMargins(0, 0, 0, GAP)
        layout.setSpacing(STEP)
        layout.addWidget(column_title(tr("Notes")))
        self._note_words = QLabel()
        self._note_words.setWordWrap(True)
        self._note_words.setTextFormat(Qt.TextFormat.PlainText)
        self._note_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note = QLineEdit()
        self.note.setPlaceholderText(tr("Add a note for staff; Enter keeps it"))
        self.note.setAccessibleName(tr("New note"))
        self.note.returnPressed.connect(self._add_note)
        layout.addWidget(_indented(self._note_words))
        layout.addWidget(_indented(self.note))
        self._layout.addWidget(self._notes)

    def _show_notes(self, loaded: Loaded) -> None:
        notes = loaded.file.notes if loaded.file is not None else ()
        lines = [f"{note.text}  — {note.who}" if note.who else note.text for note in notes]
        self._note_words.setText("\n\n".join(lines))
        self._note_words.setVisible(bool(lines))
        self._notes.setAccessibleName(trn("{count} note", "{count} notes", len(lines)))

    def _add_note(self) -> None:
        text = self.note.text().strip()
        if text:
            self.note.clear()
            self.note_added.emit(text)


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label


def _indented(widget: QWidget) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(GAP, 0, 0, 0)
    layout.addWidget(widget)
    return holder


def _line(*widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setContentsMargins(GAP, 0, 0, 0)
    layout.setSpacing(STEP)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def _fit(shown: QListWidget) -> None:
    """Make a list as high as its rows, up to a few."""
    rows = min(max(shown.count(), 1), ROWS_SHOWN)
    shown.setFixedHeight(max(shown.sizeHintForRow(0), 6 * STEP) * rows + STEP)
