"""The dialogs the shell opens: import, export, history, people, preferences, palette, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

if TYPE_CHECKING:
    from archive_app.gui.actions import Actions
    from archive_app.gui.page_making import PageMaking
    from archive_app.gui.recorder_unfinished import UnfinishedStrip
    from archive_app.gui.session import Session
    from archive_app.settings import Settings


class ShellDialogs(QMainWindow):
    """What the main window does by opening a dialog; each is imported when it is asked for."""

    rebuild_asked = Signal()
    """The interface's language is another: the window has to be made anew."""

    session: Session | None
    settings: Settings
    actions_by_name: Actions
    _pages: dict[str, QWidget]
    unfinished_strip: UnfinishedStrip
    making: PageMaking

    def __init__(self) -> None:
        super().__init__()
        self._dialog: QDialog | None = None

    @property
    def page(self) -> QWidget | None:
        """The page that is shown; None on the start page."""
        raise NotImplementedError

    def page_named(self, place: str) -> Any:
        """Return a page, made now if it was not shown before."""
        raise NotImplementedError

    def show_page(self, place: str) -> None:
        """Show one of the four places."""
        raise NotImplementedError

    def _pages_may_close(self) -> bool:
        raise NotImplementedError

    def _scope(self) -> int | None:
        raise NotImplementedError

    def new_interview(self) -> None:
        """Add an empty record and show it to be filled."""
        if self.session is not None:
            self.show_page("library")
            self.page_named("library").new_interview()

    def import_files(self, paths: Sequence[Path] | None = None) -> None:
        """Ask what is to be brought in, and how."""
        if self.session is None or not self.session.can_edit:
            return
        from archive_app.gui.import_dialog import ImportDialog

        dialog = ImportDialog(self.session, self)
        if self.page is not None and self.page is self._pages.get("library"):
            dialog.choose_collection(self.page_named("library").chosen_collection())
        dialog.open()
        if paths:
            dialog.add_paths(paths)
        else:
            dialog.setFocus()
        self._dialog = dialog

    def export(self) -> None:
        """Export what is chosen on the page."""
        if self.page is not None and hasattr(self.page, "export_selection"):
            self.page.export_selection()  # type: ignore[attr-defined]
        elif self.session is not None:
            self.show_page("library")
            self.page_named("library").export_selection()

    def show_history(self) -> None:
        """Show what was done."""
        if self.session is not None and self._pages_may_close():
            from archive_app.gui.history_dialog import HistoryDialog

            self._open(HistoryDialog(self.session, self, interview_id=self._scope()))

    def show_people(self) -> None:
        """Show the register of people."""
        if self.session is not None:
            from archive_app.gui.people_dialog import PeopleDialog

            self._open(PeopleDialog(self.session, self))

    def show_questions(self) -> None:
        """Show what waits for a decision, beside the window."""
        if self.session is None or not self.session.can_edit:
            return
        from archive_app.gui.questions_dialog import QuestionsDialog

        shown = self.findChild(QuestionsDialog)
        if shown is not None:
            shown.activateWindow()
            return
        dialog = QuestionsDialog(self.session, self)
        dialog.chosen.connect(self.show_record)
        dialog.cut_off_asked.connect(self.show_unfinished)
        self._dialog = dialog
        dialog.show()

    def show_unfinished(self) -> None:
        """Show every recording that was cut off."""
        if self.session is not None and self.session.can_edit:
            from archive_app.gui.recorder_door import RecorderDoor
            from archive_app.gui.recorder_unfinished import UnfinishedDialog

            self._open(UnfinishedDialog(RecorderDoor.of(self.session), self))

    def offer_unfinished(self) -> None:
        """Look for recordings that were cut off, and offer them over the pages."""
        if self.session is not None:
            from archive_app.gui.recorder_door import RecorderDoor

            door = RecorderDoor.of(self.session)
            self.unfinished_strip.watch(door)
            door.look()

    def recorder_may_close(self, then: Callable[[], object]) -> bool:
        """Return whether nothing is being recorded; else ask, and do ``then`` when it is kept."""
        if self.session is None:
            return True
        from archive_app.gui.recorder_door import RecorderDoor

        return RecorderDoor.of(self.session).may_close(then)

    def show_record(self, interview_id: int) -> None:
        """Choose an interview in the library, so that its record is shown."""
        self.show_page("library")
        page = self.page_named("library")
        page.show_everything()
        page.show_interviews([interview_id])

    def close_dialogs(self) -> None:
        """Close what stands beside the window."""
        for dialog in self.findChildren(QDialog):
            if dialog.isVisible() and not dialog.isModal():
                dialog.close()

    def show_preferences(self) -> None:
        """Let the person choose language, colours, sizes and keys."""
        from archive_app.gui.preferences_dialog import PreferencesDialog

        dialog = PreferencesDialog(
            self.settings, self.actions_by_name, self, before_keys=self._make_pages,
            is_for_staff=self.session is None or self.session.can_edit,
        )  # fmt: skip
        dialog.language_changed.connect(self.rebuild_asked)
        self._open(dialog)

    def _make_pages(self, then: Callable[[], object]) -> None:
        """Make every page: one that was not shown yet has not told its commands yet."""
        from archive_app.gui.shell_actions import PLACES

        self.making.at_rest(PLACES, then=then)

    def show_palette(self) -> None:
        """Show every command by its name."""
        from archive_app.gui.command_palette import CommandPalette

        self._open(CommandPalette(self.actions_by_name, self.page, self))

    def show_help(self) -> None:
        """Explain the page."""
        from archive_app.gui.help_dialog import HelpDialog

        self._open(HelpDialog(self._place(), self))

    def show_keys(self) -> None:
        """Show the keys that work on the page."""
        from archive_app.gui.help_dialog import KeysDialog

        self._open(KeysDialog(self.actions_by_name, self.page, self))

    def show_about(self) -> None:
        """Say what this is."""
        from archive_app.gui.help_dialog import AboutDialog

        self._open(AboutDialog(self))

    def show_error(self, error: Any) -> None:
        """Show an error in words, one at a time."""
        from archive_app.gui.error_dialog import ErrorDialog

        self._open(ErrorDialog(error, self))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()

    def _place(self) -> str:
        return next((name for name, page in self._pages.items() if page is self.page), "start")
