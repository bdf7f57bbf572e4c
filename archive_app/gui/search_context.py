"""The right column of the search page: the passage among its neighbours, to be heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Audience, Recording, Span
from archive_app.domain.released import ReleasedTurn
from archive_app.domain.timecode import format_timecode
from archive_app.gui.icons import give_icon
from archive_app.gui.interview_data import timeline_of
from archive_app.gui.search_paint import marked_html
from archive_app.gui.search_rows import Piece, Row
from archive_app.gui.session import Session
from archive_app.gui.sound import Sound
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.store.archive import Archive
from archive_app.translation import tr
from archive_app.work.access import released
from archive_app.work.citing import CitedPlace

TURNS_BESIDE = 4


@dataclass(frozen=True, slots=True)
class Context:
    """A passage's neighbourhood as an audience may see it."""

    turns: tuple[ReleasedTurn, ...]
    recordings: tuple[Recording, ...]


def context_of(
    archive: Archive, interview_id: int, transcript_id: int, n: int, audience: Audience, on: date
) -> Context:
    """Return the turns around turn ``n`` (from 1), and the recordings the audience may hear."""
    with archive.read() as reader:
        copy = released(reader, interview_id, audience=audience, on=on)
        if copy is None:
            return Context((), ())
        heard = {one.sha256 for one in copy.recordings if one.sha256}
        recordings = tuple(one for one in reader.recordings(interview_id) if one.sha256 in heard)
        for transcript in copy.transcripts:
            if transcript.transcript_id == transcript_id:
                first = max(n - 1 - TURNS_BESIDE, 0)
                return Context(transcript.turns[first : n + TURNS_BESIDE], recordings)
        return Context((), recordings)


class ContextColumn(QWidget):
    """The chosen passage, its neighbours, Play, Open, Collect and Cite."""

    open_asked = Signal()
    collect_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: Row | None = None
        self._ticket = 0
        self._recordings: object = None
        self._context = Context((), ())
        self.sound = Sound(self)
        self.sound.playing_changed.connect(self._show_playing)
        self.sound.failed.connect(session.said)
        self.head = QLabel()
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("The passage among its neighbours"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.play = QPushButton(tr("Play"))
        give_icon(self.play, "play")
        self.play.clicked.connect(self.play_or_pause)
        self.open = QPushButton(tr("Open"))
        self.open.setToolTip(tr("Open the interview at this place (Enter)"))
        self.open.clicked.connect(self.open_asked)
        self.collect = QPushButton(tr("Collect"))
        self.collect.setToolTip(tr("Put the chosen passages into the dossier (Ctrl+D)"))
        give_icon(self.collect, "add")
        self.collect.clicked.connect(self.collect_asked)
        self.cite = QPushButton(tr("Cite…"))
        self.cite.setToolTip(tr("Cite this passage in a style of your choice"))
        give_icon(self.cite, "quote")
        self.cite.clicked.connect(self.ask_cite)
        line = QHBoxLayout()
        line.setSpacing(STEP)
        for button in (self.play, self.open, self.collect, self.cite):
            line.addWidget(button)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.head)
        layout.addLayout(line)
        layout.addWidget(self.text, 1)
        theme().changed.connect(self._paint)
        self.show_row(None)

    def show_row(self, row: Row | None) -> None:
        """Show the place of a passage; None: nothing is chosen."""
        self._row = row
        self._ticket += 1
        self._context = Context((), ())
        if row is None or row.passage is None:
            self._paint()
            return
        ticket = self._ticket
        self._session.read(
            context_of,
            row.interview.interview_id,
            row.passage.transcript_id,
            row.passage.turn,
            self._session.audience,
            self._session.today(),
            done=lambda found: self._take(found, ticket),
            owner=self,
        )

    def play_or_pause(self) -> None:
        """Play the passage from its beginning, or stop."""
        if self.sound.is_playing:
            self.sound.pause()
        elif self._row is not None and self._row.start_ms is not None:
            self.sound.seek(self._row.start_ms)
            self.sound.play()

    def ask_cite(self) -> None:
        """Show the citations of the passage, or of the interview where no passage is chosen."""
        from archive_app.gui.cite_dialog import CiteDialog

        if self._row is None:
            return
        one, interview_id = self._row.passage, self._row.interview.interview_id
        turn = next((t for t in self._context.turns if one and t.turn_id == one.turn_id), None)
        place = CitedPlace(interview_id)
        if one is not None and turn is not None:
            span = Span(turn.turn_id, 0, turn.turn_id, len(turn.text))
            place = CitedPlace(interview_id, one.transcript_id, span)
        CiteDialog(self._session, [place], self).open()

    def _take(self, found: Context, ticket: int) -> None:
        if ticket != self._ticket:
            return
        self._context = found
        hashes = tuple(one.sha256 for one in found.recordings)
        if hashes != self._recordings:
            self._recordings = hashes
            folder = self._session.archive.folder
            self.sound.set_timeline(timeline_of(folder, found.recordings))
        self._paint()

    def _paint(self) -> None:
        row = self._row
        passage = row.passage if row is not None else None
        for button in (self.open, self.collect, self.cite):
            button.setEnabled(row is not None)
        can_play = bool(self._context.recordings) and passage is not None
        can_play = can_play and passage is not None and passage.start_ms is not None
        self.play.setEnabled(can_play)
        reason = tr("This passage has no recording that this audience may hear.")
        self.play.setToolTip(tr("Play from here (Ctrl+Space)") if can_play else reason)
        if row is None or passage is None:
            self.head.setText(tr("Choose a passage to see it among its neighbours."))
            self.text.clear()
            return
        self.head.setText(f"{row.interview.accession}  {row.interview.title}")
        self.text.setHtml("".join(self._turn_html(turn) for turn in self._context.turns))
        self.text.scrollToAnchor("here")

    def _turn_html(self, turn: ReleasedTurn) -> str:
        passage = self._row.passage if self._row is not None else None
        colours = theme().colours
        is_here = passage is not None and turn.turn_id == passage.turn_id
        font = theme().testimony_font()
        size = f"font-family:'{font.family()}';font-size:{font.pointSizeF() * 0.9:.1f}pt"
        head = " ".join(
            part
            for part in (
                escape(turn.speaker),
                format_timecode(turn.start_ms) if turn.start_ms is not None else "",
            )
            if part
        )
        matches = passage.matches if passage is not None and is_here else ()
        words = marked_html(Piece(turn.text, matches), ground=colours.match.name())
        anchor = '<a name="here"></a>' if is_here else ""
        ground = f"background-color:{colours.playing.name()};" if is_here else ""
        return (
            f'{anchor}<p style="margin:8px 0 0 0;color:{colours.muted.name()}">{head}</p>'
            f'<p style="margin:2px 0 0 0;{ground}{size};line-height:108%">{words}</p>'
        )

    def _show_playing(self, is_playing: bool) -> None:
        self.play.setText(tr("Pause") if is_playing else tr("Play"))
        give_icon(self.play, "pause" if is_playing else "play")
