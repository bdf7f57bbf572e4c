"""The line at the window's foot: saved or saving, how much there is, and the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from archive_app.gui.theme import GAP
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.gui.session import Session


class StatusLine(QStatusBar):
    """ "Saved · 4 interviews · 3 h 12 min", and at the right "index up to date"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.state = QLabel()
        self.index = QLabel()
        self.state.setContentsMargins(GAP, 0, GAP, 0)
        self.index.setContentsMargins(GAP, 0, GAP, 0)
        self.state.setAccessibleName(tr("State of the archive"))
        self.index.setAccessibleName(tr("State of the search index"))
        self.addWidget(self.state, 1)
        self.addPermanentWidget(self.index)
        self._session: Session | None = None
        self._counts = ""
        self._said = ""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(lambda: self.say(""))

    def watch(self, session: Session | None) -> None:
        """Tell of an archive from now on, or of none."""
        self._session = session
        self._counts = ""
        if session is not None:
            session.changed.connect(self._count)
            session.audience_changed.connect(self._count)
            session.index_changed.connect(self.refresh)
            self._count()
        self.refresh()

    def say(self, words: str, *, for_ms: int = 0) -> None:
        """Say a sentence first in the line, for a while or until the next."""
        self._said = words
        self._quiet.stop()
        if for_ms:
            self._quiet.start(for_ms)
        self.refresh()

    def _count(self, _: object = None) -> None:
        session = self._session
        if session is None:
            return
        if session.can_edit:
            session.query(lambda reader: reader.counts(), done=self._counted, owner=self)
        else:
            session.listing(self._listed, owner=self)

    def _counted(self, counts: Any) -> None:
        from archive_app.work.archives import describe_counts

        if self._session is not None and self._session.can_edit:
            self._counts = describe_counts(counts.interviews, counts.duration_ms)
            self.refresh()

    def _listed(self, listing: Any) -> None:
        from archive_app.work.archives import describe_counts

        if self._session is not None and listing.audience is self._session.audience:
            total = sum(row.duration_ms for row in listing.rows)
            self._counts = describe_counts(len(listing.rows), total)
            self.refresh()

    def refresh(self) -> None:
        """Show the line as it is now."""
        session = self._session
        if session is None:
            self.state.setText(self._said)
            self.index.setText("")
            return
        saved = tr("Saving…") if session.is_writing else tr("Saved")
        if not session.can_edit:
            saved = ""
        parts = [part for part in (self._said, saved, self._counts) if part]
        self.state.setText(" · ".join(parts))
        behind = session.index_is_behind
        self.index.setText(tr("index is catching up") if behind else tr("index up to date"))
