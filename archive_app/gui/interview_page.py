"""The interview's page: player, contents, transcript, and what is known about the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from archive_app.domain.records import Audience, Change, Span, TranscriptKind
from archive_app.gui.interview_actions import allow_actions
from archive_app.gui.interview_data import Loaded, load
from archive_app.gui.interview_making import pieces_of
from archive_app.gui.interview_patching import AT_REST_MS
from archive_app.gui.interview_saving import SaveState
from archive_app.gui.interview_words import tag_language
from archive_app.gui.session import Place, Session
from archive_app.settings import OPEN_INTERVIEWS, SPLITTERS
from archive_app.translation import tr
from archive_app.work import access, interviews, transcripts

if TYPE_CHECKING:
    from archive_app.gui.empty_place import EmptyPlace
    from archive_app.gui.interview_after_keys import AfterKeys
    from archive_app.gui.interview_contents import ContentsColumn
    from archive_app.gui.interview_editing import TranscriptEditor, Where
    from archive_app.gui.interview_inspector import InspectorColumn
    from archive_app.gui.interview_open import OpenInterviews
    from archive_app.gui.interview_parts import PagePart
    from archive_app.gui.interview_patching import Patching
    from archive_app.gui.interview_playing import Playing
    from archive_app.gui.interview_tagging import Tagger
    from archive_app.gui.interview_transcripts import TranscriptPane
    from archive_app.gui.player_bar import PlayerBar

SOON_MS = 60


class InterviewPage(QWidget):
    """Several interviews open, one shown."""

    player: PlayerBar
    tabs: OpenInterviews
    pane: TranscriptPane
    contents: ContentsColumn
    inspector: InspectorColumn
    empty: EmptyPlace
    editor: TranscriptEditor
    after_keys: AfterKeys
    tagger: Tagger
    patching: Patching
    playing: Playing
    page_actions: list[QAction]
    splitter: QSplitter
    stack: QStackedLayout
    above: QVBoxLayout
    """Under the player, over all columns: what shows the sound."""

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, is_whole: bool = True
    ) -> None:
        """Not ``is_whole``: it is made by calling ``make_next`` until there is nothing left."""
        super().__init__(parent)
        self.session = session
        self.title = tr("Interview")
        self.loaded: Loaded | None = None
        self.dialog: QDialog | None = None
        """The one opened last, so that it lives as long as it is shown."""
        self.interview_id: int | None = None
        self._wanted: Place | None = None
        self._where: Where | None = None
        self._shown_transcript = 0
        self._shown_audience: Audience | None = session.audience
        """For whom the transcript stands on the page; None: it has to be shown anew."""
        self._ticket = 0
        self.setAccessibleName(self.title)
        self._rest = self._timer(AT_REST_MS, self.reload)
        self._soon = self._timer(SOON_MS, self._show_here)
        self.parts: list[PagePart] = []
        self._pieces = pieces_of(self)
        while is_whole and self.make_next():
            pass

    def make_next(self) -> bool:
        """Make one more piece of the page; False: nothing is left to be made."""
        if next(self._pieces, None) is not None:
            return True
        self._connect()
        self._restore_open()
        return False

    def _timer(self, ms: int, do: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(do)
        return timer

    # What the shell calls -------------------------------------------------

    def on_shown(self) -> None:
        """Show what is open, or say what belongs here."""
        if self.interview_id is None and self._open:
            self.open(self._open[0])
        elif self.interview_id is not None and self.loaded is None:
            self.reload()

    def actions(self) -> list[QAction]:  # type: ignore[override]
        """Return the page's own actions, for the menus."""
        return self.page_actions

    def open(self, interview_id: int, place: Place | None = None) -> None:
        """Show an interview, at a place if one is given."""
        if interview_id not in self._open:
            self._open.append(interview_id)
        if interview_id != self.interview_id:
            if self.after_keys.put_off(lambda: self.open(interview_id, place)):
                return
            self._leave()
            self.interview_id = interview_id
            self.loaded = None
            self._shown_transcript = 0
            self.player.sound.pause()
        self._wanted = place or (None if self.loaded else self.tabs.places.get(interview_id))
        self._show_tabs()
        self.reload()

    def open_interviews(self) -> list[int]:
        """Return the ids of what is open, the one shown first."""
        first = [self.interview_id] if self.interview_id is not None else []
        return first + [one for one in self._open if one != self.interview_id]

    def may_close(self) -> bool:
        """Begin to store what was typed; False if it cannot be stored."""
        self.inspector.here.keep_memo()
        if not all(part.may_close() for part in self.parts):
            return False
        is_typed = not self.after_keys.is_held
        self.editor.keys.hold()
        self._unhold.start()
        if is_typed and self.editor.may_close():
            return True
        if is_typed:
            self.editor.keys.release()
        self.session.said.emit(tr("What you typed could not be saved yet. It stands on the page."))
        return False

    def remember(self) -> None:
        """Keep the widths of the columns."""
        known = dict(self.session.settings.get(SPLITTERS))
        sizes = self.splitter.sizes()
        if all(sizes):
            known["interview"] = sizes
            self.session.settings.set(SPLITTERS, known)

    def export_selection(self) -> None:
        """Export the interview that is shown."""
        if self.interview_id is not None:
            from archive_app.gui.export_dialog import ExportDialog

            self.dialog = ExportDialog(self.session, [self.interview_id], self)
            self.dialog.open()

    def focus_first(self) -> None:
        """Put the keyboard into the transcript."""
        self.pane.view.setFocus()

    # Parts ------------------------------------------------------------------

    @property
    def _open(self) -> list[int]:
        return self.tabs.ids

    @property
    def transcript_id(self) -> int:
        """The transcript that is shown; 0 without any."""
        return self._shown_transcript

    def _connect(self) -> None:
        self._unhold = self._timer(300, self.editor.keys.release)
        session, pane, view, inspector = self.session, self.pane, self.pane.view, self.inspector
        session.changed.connect(self._archive_changed)
        session.audience_changed.connect(self._audience_changed)
        session.error.connect(self._let_keys_go)
        self.tabs.chosen.connect(self.open)
        self.tabs.closed.connect(self._close)
        self.contents.point_chosen.connect(self.playing.go_to)
        pane.transcript_chosen.connect(self.show_transcript)
        pane.language_chosen.connect(self.set_language)
        pane.begin_asked.connect(self.begin_transcript)
        pane.save_asked.connect(self.editor.saver.flush)
        view.cursorPositionChanged.connect(self._soon.start)
        view.selectionChanged.connect(self._soon.start)
        view.tagging_clicked.connect(self.tagger.show_tagging)
        view.menu_asked.connect(self.tagger.fill_menu)
        for part in self.parts:
            view.menu_asked.connect(part.fill_menu)
        self.editor.saver.state_changed.connect(self._show_state)
        inspector.lift_asked.connect(
            lambda one: session.write(access.lift_restriction, one, done=lambda _: self.reload())
        )
        inspector.note_added.connect(self._add_note)
        inspector.record.status_chosen.connect(self._set_status)
        self.splitter.splitterMoved.connect(lambda *_: self.remember())

    # Reading ----------------------------------------------------------------

    def reload(self, *, where: Where | None = None) -> None:
        """Read the interview anew; ``where`` is where the cursor shall stand afterwards."""
        self._rest.stop()
        if self.interview_id is None:
            return
        self._where = where or self._where
        self._ticket += 1
        ticket = self._ticket
        self.session.read(
            load,
            self.interview_id,
            self.session.audience,
            self.session.today(),
            done=lambda loaded: self._take(loaded, ticket),
            owner=self,
        )

    def _take(self, loaded: Loaded, ticket: int) -> None:
        if ticket != self._ticket or loaded.interview_id != self.interview_id:
            return
        if self.editor.is_waiting:
            # Whether it holds what is being done cannot be known; its end reads again.
            self._rest.start()
            return
        if self.loaded is not None and loaded.operation_id < self.loaded.operation_id:
            self.reload()
            return
        self.loaded = loaded
        self.patching.forget()
        if not loaded.is_there:
            self._show_absence()
            return
        self.stack.setCurrentIndex(1)
        self._show_tabs()
        self.editor.reconcile()
        self.playing.show_recordings(loaded)
        self.contents.show_points(loaded.points)
        self._show_text(loaded)
        self.inspector.show_loaded(loaded)
        self.tagger.show_recent(loaded)
        for part in self.parts:
            part.show_loaded(loaded)
        self._go_to_wanted()
        self._show_here()
        allow_actions(self)
        self.editor.keys.release()

    def _show_absence(self) -> None:
        """The interview was deleted, or this audience may not know of it: both look the same."""
        gone, self.interview_id = self.interview_id, None
        self.playing.show_nothing()
        self._shown_transcript = 0
        self.pane.view.show_nothing()
        for part in self.parts:
            part.show_nothing()
        if self.session.can_edit:
            self.tabs.ids = [one for one in self._open if one != gone]
        self._show_tabs()
        self.stack.setCurrentIndex(0)
        self.editor.keys.release()
        allow_actions(self)

    def _show_text(self, loaded: Loaded) -> None:
        wanted = self._wanted.transcript_id if self._wanted else 0
        transcript_id = self.pane.show_tabs(loaded, wanted or self._shown_transcript)
        view = self.pane.view
        is_same = (transcript_id, self.session.audience) == (
            self._shown_transcript,
            self._shown_audience,
        )
        self._shown_transcript, self._shown_audience = transcript_id, self.session.audience
        full, copy = loaded.transcript(transcript_id), loaded.released_transcript(transcript_id)
        if full is not None and loaded.file is not None:
            tags, speakers = loaded.tags, loaded.speakers()
            closed = loaded.file.restrictions
            if is_same:
                unsaved = self.editor.saver.unsaved(transcript_id)
                view.refresh(full.turns, full.taggings, speakers=speakers, tags=tags,
                             restrictions=closed, unsaved=unsaved)  # fmt: skip
            else:
                view.show_transcript(full, speakers=speakers, tags=tags, restrictions=closed,
                                     language=tag_language())  # fmt: skip
        elif copy is not None:
            view.show_released(copy, language=tag_language())
        else:
            view.show_nothing()
        self._show_state(self.editor.saver.state)

    def _show_state(self, state: SaveState) -> None:
        is_staff = self.loaded is not None and self.loaded.file is not None
        self.pane.show_state(state if is_staff and self._shown_transcript else None)

    def _go_to_wanted(self) -> None:
        view = self.pane.view
        where, self._where = self._where, None
        if where is not None:
            view.place_cursor(*where)
            view.ensureCursorVisible()
        place, self._wanted = self._wanted, None
        if place is None:
            return
        if place.turn_id is not None and place.end > place.start:
            span = Span(place.turn_id, place.start, place.turn_id, place.end)
            view.show_matches([span], current=0)
            view.select_span(span)
            view.scroll_to(place.turn_id, place.start)
        elif place.turn_id is not None:
            view.place_cursor(place.turn_id, place.start)
            view.scroll_to(place.turn_id, place.start)
        if place.ms is not None:
            self.player.seek(place.ms)

    def _archive_changed(self, changes: Sequence[Change]) -> None:
        if self.interview_id is None:
            return
        if self.editor.is_waiting:
            self.patching.expect(changes)
        else:
            self.reload()

    def _let_keys_go(self, _error: object) -> None:
        if not self.editor.is_waiting:
            self.editor.keys.release()

    def _audience_changed(self) -> None:
        self.editor.saver.flush()
        for part in self.parts:
            part.leave()
        self._show_blank()
        if self.interview_id is None and self._open:
            self.interview_id = self._open[0]
        self.reload()

    def _show_blank(self) -> None:
        """What was there for other eyes is gone at once, however long the reading takes."""
        self.loaded = None
        self._shown_audience = None
        self._ticket += 1
        self.playing.show_nothing()
        self.contents.show_points(())
        self.pane.view.show_nothing()
        self.inspector.show_nothing()
        self.tagger.show_nothing()
        self._show_tabs()

    # Several open ----------------------------------------------------------

    def _restore_open(self) -> None:
        known = self.session.settings.get(OPEN_INTERVIEWS).get(self.session.archive.uuid, [])
        self.tabs.ids = list(known)
        self.stack.setCurrentIndex(0)
        allow_actions(self)

    def _show_tabs(self) -> None:
        self.tabs.show_ids(self.interview_id)
        loaded = self.loaded
        if loaded is not None and loaded.is_there:
            self.tabs.show_title(loaded.interview_id, loaded.accession, loaded.title)

    def close_current(self) -> None:
        """Close the interview that is shown; it stays in the archive."""
        if self.interview_id in self._open:
            self._close(self.interview_id)

    def _close(self, closed: int) -> None:
        if closed not in self._open or self.after_keys.put_off(lambda: self._close(closed)):
            return
        index = self._open.index(closed)
        if closed == self.interview_id:
            self._leave()
            self.player.sound.pause()
        self._open.pop(index)
        self.tabs.places.pop(closed, None)
        if closed != self.interview_id:
            self._show_tabs()
        elif self._open:
            self.open(self._open[min(index, len(self._open) - 1)])
        else:
            self._show_absence()

    def _leave(self) -> None:
        """Store what was typed, and remember where the page stood."""
        self.editor.saver.flush()
        for part in self.parts:
            part.leave()
        if self.interview_id is None or not self._shown_transcript:
            return
        turn, offset = self.pane.view.cursor_turn() or (None, 0)
        ms = self.player.position_ms
        self.tabs.places[self.interview_id] = Place(
            self._shown_transcript, turn, offset, offset, ms
        )

    # What the parts ask for ------------------------------------------------

    def show_transcript(self, transcript_id: int) -> None:
        """Show another of the interview's transcripts."""
        if self.after_keys.put_off(lambda: self.show_transcript(transcript_id)):
            return
        self.editor.saver.flush()
        self._wanted = Place(transcript_id)
        if self.loaded is not None and not self.editor.saver.is_busy:
            self._take(self.loaded, self._ticket)
        else:
            self.reload()

    def set_language(self, transcript_id: int, language: str) -> None:
        """Say which language a transcript is in."""
        self.session.write(transcripts.set_language, transcript_id, language)

    def begin_transcript(self, language: str, kind: TranscriptKind) -> None:
        """Start a transcript to type into."""
        self.session.write(
            transcripts.add_transcript,
            self.interview_id,
            language=language,
            kind=kind,
            done=self._has_begun,
        )

    def _has_begun(self, outcome: object) -> None:
        self._wanted = Place(outcome.value)  # type: ignore[attr-defined]
        self.reload()
        self.pane.view.setFocus()

    def show_here_soon(self) -> None:
        """Let the inspector say what lies at the cursor, once the keys rest."""
        self._soon.start()

    def _show_here(self) -> None:
        if self.loaded is None or self.loaded.file is None:
            return
        closed = set(self.editor.closed_here())
        restrictions = [one for one in self.loaded.file.restrictions if one.id in closed]
        self.inspector.show_here(self.loaded, self.editor.taggings_here(), restrictions)

    def _add_note(self, text: str) -> None:
        self.session.write(interviews.add_note, "interview", self.interview_id, text)

    def _set_status(self, status: object) -> None:
        self.session.write(interviews.set_status, [self.interview_id], status)
