"""The one window: bar, top line, pages, foot; opens and closes archives."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.actions import Actions, allow
from archive_app.gui.archive_doors import SUFFIX, Doors
from archive_app.gui.page_making import PageMaking
from archive_app.gui.progress_strip import ProgressStrip
from archive_app.gui.recorder_unfinished import UnfinishedStrip
from archive_app.gui.shell_actions import (
    NEEDS_ARCHIVE,
    NEEDS_STAFF,
    PLACES,
    Menus,
    add_shell_actions,
)
from archive_app.gui.shell_dialogs import ShellDialogs
from archive_app.gui.side_bar import SideBar
from archive_app.gui.start_page import StartPage
from archive_app.gui.status_line import StatusLine
from archive_app.gui.tasks import Tasks
from archive_app.gui.theme import STEP, theme
from archive_app.gui.top_bar import AudienceStrip, TopBar
from archive_app.settings import (
    LAST_ARCHIVE,
    LAST_PAGE,
    OPEN_INTERVIEWS,
    TEXT_SIZE,
    THEME,
    WINDOW_GEOMETRY,
    Settings,
)
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.domain.records import Audience
    from archive_app.gui.session import Place, Session, UndoState
    from archive_app.store.archive import Archive

CLOSE_AGAIN_MS = 40
FIRST_SIZE = (320 * STEP, 200 * STEP)


class MainWindow(ShellDialogs):
    """The shell around the four pages; without an archive it shows the start page."""

    archive_opened = Signal()

    def __init__(self, settings: Settings, *, make_tasks: Callable[[], Tasks] = Tasks) -> None:
        super().__init__()
        self.settings = settings
        self.session: Session | None = None
        self._make_tasks = make_tasks
        self.tasks = self._new_tasks()
        self.actions_by_name = Actions(settings, self)
        self.doors = Doors(self)
        self._pages: dict[str, QWidget] = {}
        self.making = PageMaking(self)
        self._undo_ticket = 0
        self._is_closing = False
        self._when_closed: Callable[[], object] | None = None
        self.setWindowTitle(tr("Oral History Archive"))
        self.setAcceptDrops(True)
        self._lay_out()
        self.menus = Menus(self, self.actions_by_name)
        for one in self.actions_by_name:
            if one.owner is None:
                self.addAction(one.action)
        self._stop_watching = [
            settings.watch(THEME, self._apply_theme),
            settings.watch(TEXT_SIZE, self._apply_theme),
        ]
        self._restore_geometry()
        self._show_start()

    def _lay_out(self) -> None:
        add_shell_actions(self, self.actions_by_name)
        middle = QWidget()
        columns = QHBoxLayout(middle)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        self.side_bar = SideBar([self.actions_by_name[f"view.{place}"] for place in PLACES])
        columns.addWidget(self.side_bar)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        self.top_bar = TopBar()
        self.top_bar.search_entered.connect(self.search_for)
        self.top_bar.audience_chosen.connect(self.look_as)
        self.audience_strip = AudienceStrip()
        self.audience_strip.back_asked.connect(lambda: self.look_as("staff"))
        self.stack = QStackedWidget()
        self.start_page = StartPage()
        self.start_page.sample_asked.connect(self.doors.ask_sample)
        self.start_page.new_asked.connect(self.doors.ask_new)
        self.start_page.open_asked.connect(self.doors.ask_open)
        self.start_page.archive_chosen.connect(self.doors.open)
        self.stack.addWidget(self.start_page)
        self.progress_strip = ProgressStrip()
        self.progress_strip.watch(self.tasks)
        self.unfinished_strip = UnfinishedStrip()
        self.unfinished_strip.all_asked.connect(self.show_unfinished)
        for part in (self.top_bar, self.audience_strip, self.unfinished_strip):
            rows.addWidget(part)
        rows.addWidget(self.stack, 1)
        rows.addWidget(self.progress_strip)
        columns.addLayout(rows, 1)
        self.setCentralWidget(middle)
        self.status_line = StatusLine()
        self.status_line.questions_wanted.connect(self.show_questions)
        self.setStatusBar(self.status_line)

    # The archive -----------------------------------------------------------

    def attach(self, archive: Archive) -> None:
        """Show an open archive; its pages are made when they are first shown."""
        from archive_app.gui.session import Session

        session = Session(
            archive, self.tasks, self.settings, actions=self.actions_by_name, parent=self
        )
        self.session = session
        session.changed.connect(self._refresh_undo)
        session.audience_changed.connect(self._audience_changed)
        session.interview_requested.connect(self.open_interview)
        session.search_requested.connect(self.search_for)
        session.dossier_requested.connect(self.take_dossier)
        session.error.connect(self.show_error)
        session.said.connect(self.say)
        self.settings.remember_archive(archive.folder)
        self.setWindowTitle(tr("{name} – Oral History Archive", name=archive.name))
        self.set_busy("")
        self.status_line.watch(session)
        self.top_bar.setVisible(True)
        self.side_bar.setVisible(True)
        self._audience_changed()
        wanted = self.settings.get(LAST_PAGE)
        self.show_page(wanted if wanted in PLACES else "library")
        session.catch_up_soon()
        self.offer_unfinished()
        self.archive_opened.emit()

    def close_archive(self, then: Callable[[], object] | None = None) -> bool:
        """Close what is open and show the start page; False: a page has to be seen to first.

        ``then`` is done, in place of closing alone, once a recording that stood in the
        way is kept; it has to close the archive itself.
        """
        if self.session is None:
            return True
        if not self._pages_may_close() or not self.recorder_may_close(then or self.close_archive):
            return False
        self._remember_pages()
        self.close_dialogs()
        session, self.session = self.session, None
        self.making.forget()
        self.status_line.watch(None)
        self.progress_strip.watch(None)
        self.unfinished_strip.watch(None)
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        self._pages.clear()
        session.close()
        session.deleteLater()
        self.tasks.deleteLater()
        self.tasks = self._new_tasks()
        self.progress_strip.watch(self.tasks)
        self.settings.set(LAST_ARCHIVE, "")
        self._show_start()
        return True

    def _new_tasks(self) -> Tasks:
        tasks = self._make_tasks()
        tasks.setParent(self)
        tasks.unheard.connect(self._show_unheard)
        return tasks

    def _show_unheard(self, error: object) -> None:
        # A session shows what its own tasks leave unheard.
        if self.session is None:
            self.show_error(error)

    def _show_start(self) -> None:
        self.setWindowTitle(tr("Oral History Archive"))
        self.start_page.show_recent([str(path) for path in self.doors.recent()])
        self.stack.setCurrentWidget(self.start_page)
        self.top_bar.setVisible(False)
        self.side_bar.setVisible(False)
        self.audience_strip.setVisible(False)
        self._allow_actions()

    def set_busy(self, words: str) -> None:
        """Say at the foot what is waited for; nothing: it is over."""
        self.start_page.setEnabled(not words)
        self.status_line.say(words)

    # Pages -----------------------------------------------------------------

    @property
    def page(self) -> QWidget | None:
        """The page that is shown; None on the start page."""
        shown = self.stack.currentWidget()
        return None if self.session is None or shown is self.start_page else shown

    def page_named(self, place: str) -> Any:
        """Return a page, made now if it was not shown before."""
        if self.session is None:
            return None
        if place not in self._pages:
            self.add_page(place, self.making.now(place, self.session))
        return self._pages[place]

    def has_page(self, place: str) -> bool:
        """Return whether a page was made."""
        return place in self._pages

    def add_page(self, place: str, page: QWidget) -> None:
        """Take a page that was made."""
        self._pages[place] = page
        self.stack.addWidget(page)

    def show_page(self, place: str) -> None:
        """Show one of the four places."""
        if self.session is None:
            return
        page = self.page_named(place)
        self.actions_by_name[f"view.{place}"].setChecked(True)
        self.stack.setCurrentWidget(page)
        self.settings.set(LAST_PAGE, place)
        page.on_shown()
        self._refresh_undo()

    def open_interview(self, interview_id: int, place: Place | None = None) -> None:
        """Show an interview on its page, at a place of it if one is given."""
        page = self.page_named("interview")
        if page is not None:
            self.show_page("interview")
            page.open(interview_id, place)
            self._refresh_undo()

    def search_for(self, text: str) -> None:
        """Show the search page with what is looked for."""
        page = self.page_named("search")
        if page is not None:
            self.top_bar.search.setText(text)
            self.show_page("search")
            page.search_for(text)

    def take_dossier(self, selection: object) -> None:
        """Show the dossiers page with a selection."""
        page = self.page_named("dossiers")
        if page is not None:
            self.show_page("dossiers")
            page.take(selection)

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_bar.search.selectAll()

    def _pages_may_close(self) -> bool:
        return all(getattr(page, "may_close", lambda: True)() for page in self._pages.values())

    def _remember_pages(self) -> None:
        interview = self._pages.get("interview")
        if self.session is not None and interview is not None:
            known = dict(self.settings.get(OPEN_INTERVIEWS))
            known[self.session.archive.uuid] = list(interview.open_interviews())  # type: ignore[attr-defined]
            self.settings.set(OPEN_INTERVIEWS, known)
        for page in self._pages.values():
            getattr(page, "remember", lambda: None)()

    # Who looks -------------------------------------------------------------

    def look_as(self, audience: Audience | str) -> None:
        """Look at the archive through somebody's eyes."""
        from archive_app.domain.records import Audience

        if self.session is not None and self._pages_may_close():
            self.session.audience = Audience(audience)
        if self.session is not None:
            self.top_bar.show_audience(self.session.audience)

    def _audience_changed(self) -> None:
        if self.session is None:
            return
        audience = self.session.audience
        self.top_bar.show_audience(audience)
        self.audience_strip.show_audience(audience)
        self.actions_by_name[f"audience.{audience.value}"].setChecked(True)
        self._allow_actions()
        self._refresh_undo()

    def _allow_actions(self) -> None:
        actions = self.actions_by_name
        for name in NEEDS_ARCHIVE:
            actions.allow(name, self.session is not None, tr("Open an archive first."))
        if self.session is not None:
            for name in NEEDS_STAFF:
                actions.allow(name, self.session.can_edit, self.session.why_not)

    # Undo ------------------------------------------------------------------

    def _scope(self) -> int | None:
        """Return the interview that undo works on: the one of its page, elsewhere all."""
        if self.session is not None and self.page is self._pages.get("interview"):
            return getattr(self.page, "interview_id", None)
        return None

    def undo(self) -> None:
        """Take back the last operation; an interview's page does it its own way, the quick one."""
        if self.session is None or not self._pages_may_close():
            return
        if self._scope() is None:
            self.session.undo()
        else:
            self.page_named("interview").editor.undo()

    def redo(self) -> None:
        """Do again what was last taken back."""
        if self.session is None or not self._pages_may_close():
            return
        if self._scope() is None:
            self.session.redo()
        else:
            self.page_named("interview").editor.redo()

    def _refresh_undo(self, _: object = None) -> None:
        if self.session is None:
            return
        self._undo_ticket += 1
        self.session.query(
            _undo_state, self._scope(), self._undo_ticket, done=self._show_undo, owner=self
        )

    def _show_undo(self, found: tuple[int, UndoState]) -> None:
        ticket, state = found
        if ticket != self._undo_ticket or self.session is None:
            return
        for name, operation, words, verb, nothing in (
            ("edit.undo", state.undo, tr("Undo"), tr("&Undo"), tr("There is nothing to undo.")),
            ("edit.redo", state.redo, tr("Redo"), tr("&Redo"), tr("There is nothing to redo.")),
        ):
            action = self.actions_by_name[name]
            # What staff did last is nobody else's to read.
            if operation is None or not self.session.can_edit:
                action.setText(verb)
            else:
                action.setText(tr("{verb}: {what}", verb=verb, what=tr(operation.label)))
            action.setToolTip(words)
            can = operation is not None and self.session.can_edit
            allow(action, can, self.session.why_not or nothing)

    def say(self, words: str) -> None:
        """Say a sentence at the foot of the window, for a while."""
        self.status_line.say(words, for_ms=8_000)

    def _apply_theme(self) -> None:
        theme().apply(self.settings.get(THEME), self.settings.get(TEXT_SIZE))

    # Files dropped on the window -------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders from the desktop."""
        if not _dropped(event):
            return
        if self.session is None or self.session.can_edit:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open an archive's folder; show what an import of anything else would do."""
        paths = _dropped(event)
        archive = next((path for path in paths if path.suffix == SUFFIX), None)
        event.acceptProposedAction()
        # The other program waits until the drop is answered: no dialog within it.
        if archive is not None or self.session is None:
            folder = archive or paths[0]
            QTimer.singleShot(0, self, lambda: self.doors.open(folder))
        else:
            QTimer.singleShot(0, self, lambda: self.import_files(paths))

    # Size, place, and the end ----------------------------------------------

    def _restore_geometry(self) -> None:
        self.resize(*FIRST_SIZE)
        text = self.settings.get(WINDOW_GEOMETRY)
        if text:
            self.restoreGeometry(QByteArray.fromBase64(text.encode("ascii", "ignore")))

    def close_for(self, then: Callable[[], object]) -> bool:
        """Close, and do ``then`` when it is closed; where the person does not let it, never."""
        self._when_closed = then
        return self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything is written; what is being typed is written first."""
        then, self._when_closed = self._when_closed, None
        again = self.close if then is None else functools.partial(self.close_for, then)
        if not self._pages_may_close() or not self.recorder_may_close(again):
            event.ignore()
            return
        if self.session is not None and self.session.is_writing:
            event.ignore()
            self.say(tr("Closing as soon as everything is saved…"))
            QTimer.singleShot(CLOSE_AGAIN_MS, self, again)
            return
        self._is_closing = True
        self._keep_settings()
        for stop in self._stop_watching:
            stop()
        if self.session is not None:
            folder = str(self.session.archive.folder)
            self.close_archive()
            self.settings.set(LAST_ARCHIVE, folder)
        self.tasks.close()
        self.settings.save()
        event.accept()
        if then is not None:
            then()

    def _keep_settings(self) -> None:
        geometry = self.saveGeometry().toBase64().data()
        self.settings.set(WINDOW_GEOMETRY, bytes(geometry).decode("ascii"))


def _undo_state(reader: Any, interview_id: int | None, ticket: int) -> tuple[int, UndoState]:
    from archive_app.gui.session import UndoState

    return ticket, UndoState(reader.last_undoable(interview_id), reader.last_redoable(interview_id))


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
