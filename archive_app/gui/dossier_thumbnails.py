"""Small pictures for the outline: read beside the window, when a row that has one is seen."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPixmap
from PySide6.QtWidgets import QApplication

from archive_app.gui.dossier_row_paint import THUMBNAIL
from archive_app.gui.tasks import Tasks


class Thumbnails(QObject):
    """Pictures by their path; what is not there yet comes later."""

    came = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._known: dict[Path, QPixmap | None] = {}

    def of(self, path: Path) -> QPixmap | None:
        """Return a small picture of a file; None while it is read, and where it cannot be."""
        if path not in self._known:
            self._known[path] = None
            scale = max(screen.devicePixelRatio() for screen in QApplication.screens())
            self._tasks.run(
                functools.partial(read_small, path, THUMBNAIL * scale),
                done=lambda drawn: self._take(path, drawn, scale),
                failed=lambda _: None,
                owner=self,
            )
        return self._known[path]

    def _take(self, path: Path, drawn: QImage | None, scale: float) -> None:
        if drawn is not None:
            pixmap = QPixmap.fromImage(drawn)
            pixmap.setDevicePixelRatio(scale)
            self._known[path] = pixmap
            self.came.emit()


def read_small(path: Path, room: QSize) -> QImage | None:
    """Return a picture file's image, as large as fits; None if it is none.

    A camera's large JPEG is reduced while it is read.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
        is_turned = bool(turned)
        wanted = room.transposed() if is_turned else room
        reader.setScaledSize(size.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
