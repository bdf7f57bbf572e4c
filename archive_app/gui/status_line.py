"""The line at the window's foot: saved or saving, how much there is, questions, and the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from archive_app.gui.theme import GAP
from archive_app.translation import tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from archive_app.domain.records import Change
    from archive_app.gui.recorder_door import RecorderDoor
    from archive_app.gui.session import Session

ASK_AFTER_MS = 600
"""How long the archive rests before it is counted again what is asked."""
LOOK_AT_CLOCK_MS = 60_000
"""A day that begins may end an embargo."""
ASKED_OF = frozenset({
    "interview", "restriction", "consent", "person", "person_name", "contribution", "transcript",
    "turn",
})  # fmt: skip
"""The tables on which it depends what is asked."""


class StatusLine(QStatusBar):
    """ "Saved · 4 interviews · 3 h 12 min", and at the right "3 questions", "index up to date"."""

    questions_wanted = Signal()
    """The person wants to see what waits for a decision."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._session: Session | None = None
        self._counts = ""
        self.state = QLabel()
        self.index = QLabel()
        self.state.setContentsMargins(GAP, 0, GAP, 0)
        self.index.setContentsMargins(GAP, 0, GAP, 0)
        self.state.setAccessibleName(tr("State of the archive"))
        self.index.setAccessibleName(tr("State of the search index"))
        self.addWidget(self.state, 1)
        self.questions = QToolButton()
        self.questions.setAutoRaise(True)
        self.questions.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.questions.setToolTip(
            tr(
                "What waits for a decision: embargoes that ended, reviews, consents, "
                "recordings that were cut off"
            )
        )
        self.questions.clicked.connect(self.questions_wanted)
        self._asked = 0
        self._door: RecorderDoor | None = None
        self._show_count()
        self.addPermanentWidget(self.questions)
        self.addPermanentWidget(self.index)
        self._said = ""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(lambda: self.say(""))
        self._asked_on: date | None = None
        self._ask_due = QTimer(self)
        self._ask_due.setSingleShot(True)
        self._ask_due.setInterval(ASK_AFTER_MS)
        self._ask_due.timeout.connect(self._ask)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_AT_CLOCK_MS)
        self._clock.timeout.connect(self._look_at_clock)

    def watch(self, session: Session | None) -> None:
        """Tell of an archive from now on, or of none."""
        self._session = session
        self._counts = ""
        self._asked, self._door = 0, None
        self.questions.hide()
        self._ask_due.stop()
        self._clock.stop()
        if session is not None:
            from archive_app.gui.recorder_door import RecorderDoor

            self._ask_due.start()
            self._clock.start()
            self._door = RecorderDoor.of(session)
            self._door.unfinished_changed.connect(self._show_count)
            session.changed.connect(self._changed)
            session.audience_changed.connect(self._forget)
            session.audience_changed.connect(self._ask)
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

    def _forget(self) -> None:
        """What was said and counted was for other eyes."""
        self._counts = ""
        self.say("")

    def _count(self, _: object = None) -> None:
        session = self._session
        if session is None:
            return
        if session.can_edit:
            session.query(lambda reader: reader.counts(), done=self._counted, owner=self)
        else:
            session.listing(self._listed, owner=self)

    def _changed(self, changes: Sequence[Change]) -> None:
        if any(change.table in ASKED_OF for change in changes):
            self._ask_due.start()

    def _look_at_clock(self) -> None:
        if self._session is not None and self._session.today() != self._asked_on:
            self._ask()

    def _ask(self) -> None:
        session = self._session
        if session is None or not session.can_edit:
            self.questions.hide()
            return
        from archive_app.work.questions import count_questions

        self._asked_on = session.today()
        session.query(count_questions, self._asked_on, done=self._show_asked, owner=self)

    def _show_asked(self, number: int) -> None:
        self._asked = number
        self._show_count()

    def _show_count(self) -> None:
        """Recordings that were cut off wait for a decision too."""
        number = self._asked + (len(self._door.unfinished) if self._door is not None else 0)
        is_shown = number > 0 and self._session is not None and self._session.can_edit
        self.questions.setText(trn("{count} question", "{count} questions", number))
        self.questions.setVisible(is_shown)

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
