"""Starts the window: the application, its look and language, and the archive to open."""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from archive_app import __version__
from archive_app.gui.crash import CrashReport, install_exception_hook
from archive_app.gui.garbage import GuiGarbage
from archive_app.gui.main_window import MainWindow
from archive_app.gui.preloading import FIRST, LATER, preload
from archive_app.gui.theme import theme
from archive_app.paths import APPLICATION, config_folder
from archive_app.settings import INTERFACE_LANGUAGE, LAST_ARCHIVE, TEXT_SIZE, THEME, Settings
from archive_app.translation import current_language, system_language, use_language

log = logging.getLogger(__name__)

SWITCH_S = 0.001
"""How long a worker may hold the interpreter while the window waits for it.

Python's own 5 ms add up to a stutter: painting a list asks for the interpreter
hundreds of times, and indexing gives it back only when it has to.
"""
PRELOAD_AFTER_MS = 300
"""How long the window rests before it fetches what it will need."""
QT_LOCALES = {"ru": "ru", "sr_Cyrl": "sr", "sr_Latn": "sr", "en": "en"}


class Application(QObject):
    """Holds the window, and makes it anew when the interface's language changes."""

    _crashed = Signal(object)

    def __init__(self, qt: QApplication, settings: Settings) -> None:
        super().__init__(qt)
        self.qt = qt
        self.settings = settings
        self._translator: QTranslator | None = None
        self._garbage = GuiGarbage(self)
        self._crashed.connect(self._show_crash, Qt.ConnectionType.QueuedConnection)
        self._unhook = install_exception_hook(self._crashed.emit)
        theme().apply(settings.get(THEME), settings.get(TEXT_SIZE))
        self.window = self._make_window()

    def _make_window(self) -> MainWindow:
        self._translate_qt()
        window = MainWindow(self.settings)
        window.rebuild_asked.connect(self._rebuild, Qt.ConnectionType.QueuedConnection)
        window.archive_opened.connect(lambda: self._preload_after(PRELOAD_AFTER_MS, LATER))
        return window

    def open(self, folder: Path | None, *, link: str = "") -> None:
        """Show the window, and open the archive named, else the last one, if it is there.

        ``link`` is a place to go to in it.
        """
        if link:
            self.window.doors.links.follow(link)
        self.window.show()
        last = self.settings.get(LAST_ARCHIVE)
        if folder is None and last and Path(last).is_dir():
            folder = Path(last)
        if folder is not None:
            self.window.doors.open(folder)
        else:
            self._preload_after(PRELOAD_AFTER_MS, FIRST)

    def _preload_after(self, after_ms: int, names: Sequence[str]) -> None:
        QTimer.singleShot(after_ms, self.window, lambda: self._preload(names))

    def _preload(self, names: Sequence[str]) -> None:
        if not self.window.isVisible():
            return
        self.window.tasks.run(
            functools.partial(preload, names), owner=self,
            done=lambda _: self._is_preloaded() if names is LATER else None,
        )  # fmt: skip

    def _is_preloaded(self) -> None:
        self._garbage.keep_what_is_there()
        self._make_page_at_rest()

    def _make_page_at_rest(self) -> None:
        """Make the interview page as soon as nothing else runs: it takes a while."""
        if self.window.tasks.is_idle():
            self.window.making.at_rest(["interview"])
        else:
            QTimer.singleShot(PRELOAD_AFTER_MS, self.window, self._make_page_at_rest)

    def _rebuild(self) -> None:
        """Make the window anew in the language that was chosen, on the same archive.

        A recording that runs is asked after first: then it is done once that is kept.
        """
        self.window.close_for(self._make_anew)

    def _make_anew(self) -> None:
        self.window.deleteLater()
        use_language(self.settings.get(INTERFACE_LANGUAGE) or system_language())
        self.window = self._make_window()
        # Shown before the old one is gone: the program ends with its last window.
        self.open(None)

    def _translate_qt(self) -> None:
        """Give Qt's own words ("Cancel", "Copy") the interface's language."""
        if self._translator is not None:
            self.qt.removeTranslator(self._translator)
            self._translator = None
        language = current_language()
        locale = QLocale(QT_LOCALES[language])
        if language == "sr_Latn":
            locale = QLocale(
                QLocale.Language.Serbian, QLocale.Script.LatinScript, QLocale.Country.Serbia
            )
        QLocale.setDefault(locale)
        if language == "en":
            return
        translator = QTranslator(self.qt)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if not translator.load(locale, "qtbase", "_", folder):
            from archive_app.gui.qt_words import QtWords

            translator = QtWords(self.qt)
        self.qt.installTranslator(translator)
        self._translator = translator

    def _show_crash(self, report: CrashReport) -> None:
        from archive_app.errors import Bug

        self.window.show_error(Bug(report.message, details=report.details))

    def close(self) -> None:
        """Let go of the hook and the timer."""
        self._unhook()
        self._garbage.stop()


def run_window(archive_path: Path | None, *, link: str = "") -> int:
    """Show the window until it is closed, at the place a link leads to; return the exit status."""
    settings = Settings(config_folder())
    sys.setswitchinterval(SWITCH_S)
    QGuiApplication.setApplicationDisplayName("")
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName(APPLICATION)
    qt.setApplicationVersion(__version__)
    qt.setDesktopFileName(APPLICATION)
    application = Application(qt, settings)
    application.open(archive_path, link=link)
    status = qt.exec()
    application.close()
    settings.save()
    return status
