"""The right column of the dossiers page: the true pages, as the audience would get them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from archive_app.domain.records import Audience
from archive_app.errors import ArchiveError
from archive_app.gui.icons import give_icon
from archive_app.gui.session import Session
from archive_app.gui.tasks import TaskHandle
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.translation import mark, tr, trn
from archive_app.work import dossiers
from archive_app.work.collected import Outline
from archive_app.work.dossiers import DossierReport

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView

AGAIN_AFTER_MS = 1_500
AUDIENCES = {
    Audience.STAFF: mark("as staff see it"),
    Audience.READING_ROOM: mark("as the reading room sees it"),
    Audience.PUBLIC: mark("as the public sees it"),
}


class PagesColumn(QWidget):
    """Draws the pages beside the window: when they are first seen, when asked, and after changes.

    ``beside`` stands at the right of the line above them.
    """

    def __init__(self, session: Session, beside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._running: TaskHandle | None = None
        self._audience = session.audience
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_AFTER_MS)
        self._again.timeout.connect(self._draw_again)
        self._folder = Path(tempfile.mkdtemp(prefix="oral-history-pages-"))
        self.destroyed.connect(_remover(self._folder))
        self._number = 0
        self._drawn: Outline | None = None
        self._shown: Outline | None = None
        self._view: QPdfView | None = None
        self._document: QPdfDocument | None = None
        self.draw_button = QPushButton(tr("Refresh pages"))
        self.draw_button.setToolTip(tr("Set the dossier anew and look at its pages (F5)"))
        give_icon(self.draw_button, "page")
        self.draw_button.clicked.connect(self._draw_again)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self._empty = QLabel(
            tr("The pages stand here as the audience would get them, with title page, contents, "
               "index and citations.")
        )  # fmt: skip
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(MARGIN)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.draw_button)
        line.addWidget(beside)
        line.addStretch(1)
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, 0, 0, 0)
        layout.setSpacing(STEP)
        layout.addLayout(line)
        layout.addWidget(self.words)
        layout.addWidget(inside, 1)

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self._document.pageCount() if self._document is not None else 0

    @property
    def view(self) -> QPdfView | None:
        """Where the pages are shown; None before the first, or where QtPdf is missing."""
        return self._view

    def clear(self) -> None:
        """Show no pages: they were another audience's, or another dossier's."""
        self._number += 1
        self._again.stop()
        self._stop()
        self._drawn = None
        self.words.clear()
        if self._document is not None:
            self._document.close()
        self._stack.setCurrentWidget(self._empty)

    def show_outline(self, outline: Outline) -> None:
        """Show the pages of an outline, drawn now or, after a change, once the changes rest."""
        self._shown = outline
        has_pages = any(one.is_there for one in outline.items)
        self.draw_button.setEnabled(has_pages)
        self.draw_button.setToolTip(
            tr("Set the dossier anew and look at its pages (F5)") if has_pages
            else tr("There is nothing in the dossier yet.")
        )  # fmt: skip
        if self._drawn == outline and self._audience is self._session.audience:
            return
        if not has_pages:
            self.clear()
        elif not self.isVisible():
            self._again.stop()
        elif self._drawn is None or self._drawn.dossier.id != outline.dossier.id:
            self.draw(outline)
        else:
            self.words.setText(tr("The dossier was changed: its pages are set anew shortly."))
            self._again.start()

    def draw(self, outline: Outline) -> None:
        """Set the dossier for the present audience and show its pages."""
        self._number += 1
        self._again.stop()
        self._stop()
        number = self._number
        target = self._folder / f"{number}.pdf"
        audience = self._session.audience
        self._drawn, self._audience = outline, audience
        self.words.setText(tr("Setting the pages…"))

        def is_done(report: DossierReport) -> None:
            if number == self._number:
                self._running = None
                self._show(report, audience)

        def has_failed(error: ArchiveError) -> None:
            if number == self._number:
                self._running = None
                self.words.setText(error.message)

        self._running = self._session.read(
            dossiers.make_stored_dossier,
            outline.dossier.id,
            target,
            audience=audience,
            on=self._session.today(),
            done=is_done,
            failed=has_failed,
            owner=self,
            label=tr("Setting the pages"),
        )

    def _stop(self) -> None:
        if self._running is not None and not self._running.is_over:
            self._running.cancel()
        self._running = None

    def _draw_again(self) -> None:
        if self._shown is not None:
            self.draw(self._shown)

    def _show(self, report: DossierReport, audience: Audience) -> None:
        count = trn("{count} page", "{count} pages", report.pages)
        said = [f"{count}, {tr(AUDIENCES[audience])}", *report.left_out]
        if report.missing_glyphs:
            said.append(tr("No font has these characters: {characters}",
                           characters=" ".join(report.missing_glyphs)))  # fmt: skip
        self.words.setText("\n".join(said))
        if self._view is None and not self._make_view():
            return
        if self._document is not None and self._view is not None:
            navigator = self._view.pageNavigator()
            page = navigator.currentPage()
            self._document.load(str(report.path))
            self._stack.setCurrentWidget(self._view)
            if page:
                navigator.jump(min(page, self._document.pageCount() - 1), QPointF())

    def _make_view(self) -> bool:
        try:
            from PySide6.QtPdf import QPdfDocument
            from PySide6.QtPdfWidgets import QPdfView
        except ImportError:
            self._empty.setText(
                tr("The pages can be exported, but not shown here: a system library for PDF is "
                   "missing.")
            )  # fmt: skip
            return False
        self._document = QPdfDocument(self)
        self._view = QPdfView(self)
        self._view.setAccessibleName(tr("Pages of the dossier"))
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setDocument(self._document)
        self._stack.addWidget(self._view)
        return True


def _remover(folder: Path) -> object:
    """Return what removes a folder; it holds no widget, so that it can outlive them all."""
    return lambda *_: shutil.rmtree(folder, ignore_errors=True)
