"""The right column of an interview's page: what lies on the words at the cursor, and the record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Restriction, Tagging
from archive_app.gui.inspector_rows import indented, line_of
from archive_app.gui.inspector_tags import TagsHere
from archive_app.gui.interview_contents import column_title
from archive_app.gui.interview_data import Loaded
from archive_app.gui.interview_record import RecordFacts
from archive_app.gui.interview_words import SHUT_OUT
from archive_app.gui.theme import GAP, STEP
from archive_app.translation import tr, trn


class InspectorColumn(QScrollArea):
    """Tags here, closed passages here, notes, and the record in short."""

    lift_asked = Signal(object)
    """Restriction."""
    note_added = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Inspector"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._restrictions: Sequence[Restriction] = ()
        self._inside = QWidget()
        self._layout = QVBoxLayout(self._inside)
        self._layout.setContentsMargins(0, 0, GAP, GAP)
        self._layout.setSpacing(STEP)
        self.here = TagsHere()
        self._layout.addWidget(self.here)
        self._make_closed()
        self._make_notes()
        self.record = RecordFacts()
        self._layout.addWidget(column_title(tr("Record")))
        self._layout.addWidget(indented(self.record))
        self._layout.addStretch(1)
        self.setWidget(self._inside)

    # Showing ---------------------------------------------------------------

    def show_loaded(self, loaded: Loaded) -> None:
        """Show what belongs to the whole interview."""
        is_staff = loaded.file is not None
        for section in (self.here, self._notes):
            section.setVisible(is_staff)
        if not is_staff:
            self._show_closed(())
        self._inside.show()
        self._show_notes(loaded)
        self.record.show_loaded(loaded)

    def show_nothing(self) -> None:
        """Show nothing of any interview; what is being typed into a new note stays."""
        self._restrictions = ()
        self._show_closed(())
        self._note_words.clear()
        self._inside.hide()

    def show_here(
        self, loaded: Loaded, taggings: Sequence[Tagging], restrictions: Sequence[Restriction]
    ) -> None:
        """Show what lies on the words at the cursor, or on those selected."""
        self._restrictions = restrictions
        self.here.show_here(loaded.tags, taggings)
        self._show_closed(restrictions)

    def current_tagging(self) -> Tagging | None:
        """Return the tagging that is chosen in the list."""
        return self.here.current()

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
        layout.addWidget(indented(self._closed_words))
        layout.addLayout(line_of(self.lift))
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
        layout.addWidget(indented(self._note_words))
        layout.addWidget(indented(self.note))
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
