"""Where a passage of a dossier begins and ends: its words, with what stands around them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import DossierItem, Span
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.gui.utf16 import points_before, units_before
from archive_app.store.reading import Reader
from archive_app.translation import tr
from archive_app.work.dossier_rows import is_cut

AROUND = 8
"""Turns that are shown before and behind a passage."""


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn that a passage may begin or end in."""

    id: int
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """The turns around a passage, and where it begins and ends now."""

    turns: tuple[ShownTurn, ...]
    span: Span


def passage_of(reader: Reader, item: DossierItem) -> ShownPassage | None:
    """Return a passage with what stands around it, for staff; None if its words are gone."""
    if item.transcript_id is None or item.span is None:
        return None
    turns = reader.turns(item.transcript_id)
    places = {turn.id: place for place, turn in enumerate(turns)}
    first, last = places.get(item.span.start_turn), places.get(item.span.end_turn)
    if first is None or last is None:
        return None
    span = item.span
    if not is_cut(item):
        span = Span(span.start_turn, 0, span.end_turn, len(turns[last].text))
    around = turns[max(0, first - AROUND) : last + AROUND + 1]
    people = {one.person.id: one.person.public_name
              for one in reader.contributions(item.interview_id or 0)}  # fmt: skip
    shown = (
        ShownTurn(one.id, people.get(one.speaker_id or 0, one.speaker_label), one.text)
        for one in around
    )
    return ShownPassage(tuple(shown), span)


class PassageDialog(QDialog):
    """The selection is the passage; each turn's speaker stands above it in small letters."""

    given = Signal(object)
    """The Span that was chosen, in code points of the text as it is kept."""

    def __init__(self, passage: ShownPassage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Begin and end of the passage"))
        self.resize(160 * STEP, 140 * STEP)
        self._turns = passage.turns
        self._given = passage.span
        about = QLabel(
            tr("What is selected is the passage. Select other words with the mouse, or with Shift "
               "and the arrow keys.")
        )  # fmt: skip
        about.setWordWrap(True)
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Text around the passage"))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.text.setFont(theme().testimony_font())
        self._fill()
        self.whole = QPushButton(tr("&Whole turns"))
        self.whole.setToolTip(tr("Let the passage begin and end with whole turns"))
        self.whole.setAutoDefault(False)
        self.whole.clicked.connect(self.choose_whole_turns)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.keep = self.buttons.addButton(
            tr("Keep selection"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.accepted.connect(self._give)
        self.buttons.rejected.connect(self.reject)
        self.text.selectionChanged.connect(self._allow)
        line = QHBoxLayout()
        line.addWidget(self.whole)
        line.addStretch(1)
        line.addWidget(self.buttons)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        rows.addWidget(about)
        rows.addWidget(self.text, 1)
        rows.addLayout(line)
        self.select(passage.span)
        self._allow()
        self.text.setFocus()
        self.finished.connect(self.deleteLater)

    def _fill(self) -> None:
        """Two blocks for each turn: the speaker, the words."""
        cursor = QTextCursor(self.text.document())
        small, plain = QTextCharFormat(), QTextCharFormat()
        small.setFont(theme().interface_font(0.92))
        small.setForeground(theme().colours.muted)
        plain.setFont(theme().testimony_font())
        below = QTextBlockFormat()
        below.setBottomMargin(GAP)
        for number, turn in enumerate(self._turns):
            if number:
                cursor.insertBlock(QTextBlockFormat())
            cursor.insertText(turn.speaker or tr("No speaker"), small)
            cursor.insertBlock(below)
            cursor.insertText(turn.text, plain)

    def select(self, span: Span) -> None:
        """Select a passage."""
        cursor = self.text.textCursor()
        cursor.setPosition(self._position(span.start_turn, span.start))
        cursor.setPosition(self._position(span.end_turn, span.end), QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    def _position(self, turn_id: int, offset: int) -> int:
        place = next(n for n, turn in enumerate(self._turns) if turn.id == turn_id)
        block = self.text.document().findBlockByNumber(2 * place + 1)
        return block.position() + units_before(self._turns[place].text, offset)

    def selected(self) -> Span | None:
        """Return the span that is selected; None where no word is."""
        cursor = self.text.textCursor()
        start = self._place(cursor.selectionStart(), is_end=False)
        end = self._place(cursor.selectionEnd(), is_end=True)
        if start is None or end is None or not cursor.hasSelection() or start >= end:
            return None
        return Span(self._turns[start[0]].id, start[1], self._turns[end[0]].id, end[1])

    def _place(self, position: int, *, is_end: bool) -> tuple[int, int] | None:
        """Return the place of a turn and the offset in it; a speaker's line is no place."""
        block = self.text.document().findBlock(position)
        place, is_text = divmod(block.blockNumber(), 2)
        if is_text:
            offset = points_before(self._turns[place].text, position - block.position())
            if is_end or offset < len(self._turns[place].text) or place + 1 == len(self._turns):
                return place, offset
            return place + 1, 0
        if not is_end:
            return place, 0
        return (place - 1, len(self._turns[place - 1].text)) if place else None

    def choose_whole_turns(self) -> None:
        """Let the selection begin and end with whole turns."""
        span = self.selected() or self._given
        last = next(turn for turn in self._turns if turn.id == span.end_turn)
        self.select(Span(span.start_turn, 0, span.end_turn, len(last.text)))
        self.text.setFocus()

    def _allow(self) -> None:
        has_words = self.selected() is not None
        self.keep.setEnabled(has_words)
        self.keep.setToolTip("" if has_words else tr("Select the words of the passage first."))

    def _give(self) -> None:
        span = self.selected()
        if span is not None:
            self.accept()
            self.given.emit(span)
