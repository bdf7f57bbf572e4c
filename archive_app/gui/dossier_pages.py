"""The right column of the dossiers page: the true pages, as the audience would get them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from archive_app.domain.records import Audience
from archive_app.gui.dossier_page_bar import FIT_PAGE, FIT_WIDTH, PageBar
from archive_app.gui.dossier_pdf_loading import PdfLoading
from archive_app.gui.dossier_places import Bookmark, page_of
from archive_app.gui.dossier_preview import FIRST_PAGES, PreviewMaker, SetPages
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.translation import mark, tr, trn
from archive_app.work.collected import Outline

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView

AGAIN_AFTER_MS = 1_200
AUDIENCES = {
    Audience.STAFF: mark("as staff see it"),
    Audience.READING_ROOM: mark("as the reading room sees it"),
    Audience.PUBLIC: mark("as the public sees it"),
}


class PagesColumn(QWidget):
    """Draws the pages beside the window: when they are first seen, when asked, and after changes.

    ``above`` and ``below`` stand at the right of the lines above and below them.
    """

    def __init__(
        self, session: Session, above: QWidget, below: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._audience = session.audience
        self._drawn: Outline | None = None
        self._shown: Outline | None = None
        self._wanted: int | None = None
        self._kept: int | None = None
        self._is_whole = False
        self._view: QPdfView | None = None
        self._document: QPdfDocument | None = None
        self._bookmarks: QPdfBookmarkModel | None = None
        self._loaded: SetPages | None = None
        self._loading = PdfLoading(self)
        self._loading.came.connect(self._show)
        self.maker = PreviewMaker(session, self)
        self.maker.came.connect(self._take)
        self.maker.failed.connect(self._say_failed)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_AFTER_MS)
        self._again.timeout.connect(self._draw_again)
        self.bar = PageBar()
        self.bar.refresh_asked.connect(self._draw_again)
        self.bar.page_asked.connect(self.go_to_page)
        self.bar.zoom_asked.connect(self._zoom)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(MARGIN)
        self._lay_out(above, below)
        self.clear()

    def _lay_out(self, above: QWidget, below: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(STEP)
        line.addWidget(self.bar, 1)
        line.addWidget(above)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.words, 1)
        foot.addWidget(below, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, STEP, STEP, GAP)
        layout.setSpacing(STEP)
        layout.addLayout(line)
        layout.addWidget(inside, 1)
        layout.addLayout(foot)

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self._document.pageCount() if self._document is not None else 0

    @property
    def is_whole(self) -> bool:
        """Whether all pages are shown, and not only the first."""
        return self._is_whole

    @property
    def view(self) -> QPdfView | None:
        """Where the pages are shown; None before the first, or where QtPdf is missing."""
        return self._view

    @property
    def page(self) -> int:
        """The page that is seen, counted from 0."""
        return self._view.pageNavigator().currentPage() if self._view is not None else 0

    # When pages are set -------------------------------------------------------

    def clear(self) -> None:
        """Show no pages: they were another audience's, or another dossier's."""
        self._again.stop()
        self._drawn, self._wanted, self._is_whole = None, None, False
        self.words.clear()
        self._loading.drop()
        self._loaded = None
        if self._document is not None:
            self._document.close()
        self.maker.forget()
        self.bar.show_count(0)
        self._empty.setText(
            tr("The pages stand here as the audience would get them, with title page, contents, "
               "index and citations.")
        )  # fmt: skip
        self._stack.setCurrentWidget(self._empty)

    def show_outline(self, outline: Outline) -> None:
        """Show the pages of an outline, drawn now or, after a change, once the changes rest."""
        self._shown = outline
        has_pages = any(one.is_there for one in outline.items)
        self.bar.refresh.setEnabled(has_pages)
        self.bar.refresh.setToolTip(
            tr("Set the pages anew (F5)") if has_pages
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
        self._again.stop()
        self._drawn, self._audience = outline, self._session.audience
        self.words.setText(tr("Setting the pages…"))
        if not self.pages:
            self._empty.setText(tr("Setting the first pages…"))
        # Who looks at page 100 does not want to be thrown back to the first while the rest is set.
        self.maker.set_pages(outline.dossier.id, at_once=self.page < FIRST_PAGES)

    def _draw_again(self) -> None:
        if self._shown is not None:
            self.draw(self._shown)

    def _say_failed(self, words: str) -> None:
        self.words.setText(words)
        if not self.pages:
            self._empty.setText(words)

    # What is shown --------------------------------------------------------------

    def _take(self, found: SetPages) -> None:
        if found.audience is not self._session.audience:
            self.maker.forget()
            return
        self._say(found)
        if not found.is_whole and self.page >= found.report.pages:
            return
        self._loaded = found
        try:
            self._loading.load(found.path)
        except ImportError:
            self._empty.setText(
                tr("The pages can be exported, but not shown here: a system library for PDF is "
                   "missing.")
            )  # fmt: skip

    def _show(self, document: QPdfDocument) -> None:
        found, view = self._loaded, self._view or self._make_view()
        if found is None:
            document.close()
            return
        page, scrolled = self.page, view.verticalScrollBar().value()
        old, self._document = self._document, document
        view.setDocument(document)
        if self._bookmarks is not None:
            self._bookmarks.setDocument(document)
        if old is not None:
            old.close()
            old.deleteLater()
        self._is_whole = found.is_whole
        self.maker.keep_only(found.path)
        self._stack.setCurrentWidget(view)
        self.bar.show_count(document.pageCount(), is_whole=found.is_whole)
        view.verticalScrollBar().setValue(scrolled)
        if page and self.page != page:
            self.go_to_page(page)
        self.bar.show_page(self.page)
        if self._wanted is not None:
            self.show_item(self._wanted)

    def _say(self, found: SetPages) -> None:
        report = found.report
        if not found.is_whole:
            self.words.setText(tr("The first pages; the rest is being set…"))
            return
        count = trn("{count} page", "{count} pages", report.pages)
        said = [f"{count}, {tr(AUDIENCES[found.audience])}", *report.left_out]
        if report.missing_glyphs:
            said.append(tr("No font has these characters: {characters}",
                           characters=" ".join(report.missing_glyphs)))  # fmt: skip
        self.words.setText("\n".join(said))

    def go_to_page(self, page: int) -> None:
        """Show a page, counted from 0; beyond the last, the last."""
        if self._view is not None and self.pages:
            wanted = min(max(page, 0), self.pages - 1)
            if self._kept is not None:
                # The view was resized a moment ago; the page asked for now is the one to keep.
                self._kept = wanted
            self._view.pageNavigator().jump(wanted, QPointF())

    def step_page(self, by: int) -> None:
        """Show the next page (1) or the one before (-1)."""
        self.go_to_page(self.page + by)

    def show_item(self, item_id: int) -> None:
        """Bring the page of an item of the outline into sight, as far as bookmarks tell."""
        self._wanted = item_id
        if self._shown is None or self._bookmarks is None or not self.pages:
            return
        page = page_of(item_id, self._shown, self._read_bookmarks())
        if page is not None:
            self._wanted = None
            if page != self.page:
                self.go_to_page(page)

    def _read_bookmarks(self) -> list[Bookmark]:
        model = self._bookmarks
        if model is None:
            return []
        from PySide6.QtCore import QModelIndex

        found: list[Bookmark] = []
        roles = model.Role

        def read(parent: QModelIndex) -> None:
            for row in range(model.rowCount(parent)):
                index = model.index(row, 0, parent)
                title = str(model.data(index, roles.Title.value) or "")
                found.append(Bookmark(title, int(model.data(index, roles.Page.value))))
                read(index)

        read(QModelIndex())
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the page in sight when the room for it, and with it the page, grows or shrinks."""
        if watched is self._view and event.type() == QEvent.Type.Resize and self._kept is None:
            self._kept = self.page
            QTimer.singleShot(0, self, self._go_back)
        return super().eventFilter(watched, event)

    def _go_back(self) -> None:
        page, self._kept = self._kept, None
        if page is not None and page != self.page:
            self.go_to_page(page)

    def _zoom(self, how: object) -> None:
        if self._view is None:
            return
        modes = self._view.ZoomMode
        if how in (FIT_WIDTH, FIT_PAGE):
            is_width = how == FIT_WIDTH
            self._view.setZoomMode(modes.FitToWidth if is_width else modes.FitInView)
        elif isinstance(how, float):
            self._view.setZoomMode(modes.Custom)
            self._view.setZoomFactor(how)

    def _make_view(self) -> QPdfView:
        from PySide6.QtPdf import QPdfBookmarkModel
        from PySide6.QtPdfWidgets import QPdfView

        self._bookmarks = QPdfBookmarkModel(self)
        self._view = view = QPdfView(self)
        view.setAccessibleName(tr("Pages of the dossier"))
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.pageNavigator().currentPageChanged.connect(self.bar.show_page)
        view.installEventFilter(self)
        self._stack.addWidget(view)
        self._zoom(self.bar.zoom.currentData())
        return view
