"""Opens a PDF for looking at, some pages at a time: hundreds at once would hold the window up.

A view asks a document for the size of every page before it shows the first; a tenth of
a millisecond each, which is kept. So the sizes are asked for beforehand, block by block,
while the view goes on showing what it has.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

PAGES_AT_ONCE = 60


class PdfLoading(QObject):
    """The last file asked for is the one that comes; it may come at once."""

    came = Signal(object)
    """A QPdfDocument, ready to be shown; whoever takes it closes it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: QPdfDocument | None = None
        self._measured = 0
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.timeout.connect(self._measure)

    def load(self, path: Path) -> None:
        """Open a file; what was being opened is dropped.

        Raises:
            ImportError: a system library for PDF is missing.
        """
        from PySide6.QtPdf import QPdfDocument

        self.drop()
        self._document = QPdfDocument(self)
        self._document.load(str(path))
        self._measured = 0
        self._measure()
        if self._document is not None:
            self._next.start()

    def drop(self) -> None:
        """Open nothing any more."""
        self._next.stop()
        if self._document is not None:
            self._document.close()
            self._document.deleteLater()
            self._document = None

    def _measure(self) -> None:
        document = self._document
        if document is None:
            return
        end = min(self._measured + PAGES_AT_ONCE, document.pageCount())
        for page in range(self._measured, end):
            document.pagePointSize(page)
        self._measured = end
        if end == document.pageCount():
            self._next.stop()
            self._document = None
            self.came.emit(document)
