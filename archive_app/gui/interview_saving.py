"""What is typed in a transcript, on its way to the archive; never said to be saved early."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from archive_app.domain.records import Outcome
from archive_app.domain.spans import TextEdit
from archive_app.errors import ArchiveError, Conflict
from archive_app.gui.interview_patch import Patched, with_patch
from archive_app.gui.session import Session
from archive_app.store.archive import Archive
from archive_app.translation import tr
from archive_app.work import transcripts

REST_MS = 250
"""How long the keys rest before what was typed is stored."""
AT_MOST_MS = 600
"""How long the typing may go on before what there is is stored: within a second it shall be on
the disk, and storing takes its time too."""


class SaveState(Enum):
    """How what was typed stands."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"


@dataclass(slots=True)
class _Chain:
    """Writes that build on one another: once one failed, those behind it must not be done."""

    is_broken: bool = False


def _chained(
    archive: Archive,
    chain: _Chain,
    function: Callable[..., Outcome[Any]],
    args: tuple[object, ...],
    kwargs: Mapping[str, object],
) -> Outcome[Any]:
    if chain.is_broken:
        raise Conflict(
            tr("It was not done, because what you typed before it could not be saved yet.")
        )
    try:
        return function(archive, *args, **kwargs)
    except ArchiveError:
        chain.is_broken = True
        raise


@dataclass(frozen=True, slots=True)
class _Batch:
    transcript_id: int
    edits: tuple[TextEdit, ...]


class TextSaver(QObject):
    """Gathers edits of transcripts and stores them as one operation when the keys rest."""

    state_changed = Signal(object)
    stored = Signal(object)
    """Outcome[Patched]: what was typed is in the archive."""
    refused = Signal(object)
    """ArchiveError: what was typed could not be saved; it is kept and tried again."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._transcript_id = 0
        self._waiting: list[TextEdit] = []
        self._in_flight: list[_Batch] = []
        self._refused: list[_Batch] = []
        self._chain = _Chain()
        self._steps = 0
        """Operations other than typing that are on their way."""
        self.has_keys_held: Callable[[], bool] = lambda: False
        """Whether keys were pressed that the page has not taken yet."""
        self.state = SaveState.SAVED
        self._rest = self._timer(REST_MS)
        self._limit = self._timer(AT_MOST_MS)

    def _timer(self, ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(self.flush)
        return timer

    @property
    def is_busy(self) -> bool:
        """Whether a write of edits has begun and not ended."""
        return bool(self._in_flight)

    @property
    def is_clean(self) -> bool:
        """Whether everything typed is in the archive."""
        return not (self._waiting or self._in_flight or self._refused)

    def unsaved(self, transcript_id: int) -> Sequence[TextEdit]:
        """Return edits that are not in the archive and not on their way."""
        kept = [e for one in self._refused if one.transcript_id == transcript_id for e in one.edits]
        return (*kept, *self._waiting) if transcript_id == self._transcript_id else tuple(kept)

    def take(self, transcript_id: int, edit: TextEdit) -> None:
        """Take an edit made in the window. Leaving a turn stores what was typed in it."""
        if self._waiting and (
            transcript_id != self._transcript_id or edit.turn != self._waiting[-1].turn
        ):
            self.flush()
        self._transcript_id = transcript_id
        if self._waiting and (joined := _joined(self._waiting[-1], edit)) is not None:
            self._waiting[-1] = joined
        else:
            self._waiting.append(edit)
        self._rest.start()
        if not self._limit.isActive():
            self._limit.start()
        if self.state is SaveState.SAVED:
            self._tell(SaveState.SAVING)

    def flush(self) -> None:
        """Begin to store what waits, behind whatever is being stored already."""
        self._rest.stop()
        self._limit.stop()
        if self._chain.is_broken:
            if self._in_flight:
                return
            # Everything that built on the failed write has come back: try it all again.
            self._chain = _Chain()
            again, self._refused = self._refused, []
            for batch in again:
                self._store(batch)
        if self._waiting:
            edits, self._waiting = tuple(self._waiting), []
            self._store(_Batch(self._transcript_id, edits))

    def write(
        self,
        function: Callable[..., Outcome[Any]],
        *args: object,
        done: Callable[[Outcome[Patched]], object],
        failed: Callable[[ArchiveError], object],
        **kwargs: object,
    ) -> None:
        """Run a function of ``work`` that builds on what was typed, after that is stored."""
        self.flush()
        chain = self._chain
        self._steps += 1
        if self.state is SaveState.SAVED:
            self._tell(SaveState.SAVING)

        def is_done(outcome: Outcome[Patched]) -> None:
            self._steps -= 1
            # Keys held until now are typed by this: nothing is "saved" in between.
            done(outcome)
            self.settle()

        def has_failed(error: ArchiveError) -> None:
            self._steps -= 1
            self._mend(chain)
            failed(error)
            self.settle()

        self._session.write(
            _chained, chain, with_patch, (function, args, kwargs), {},
            done=is_done, failed=has_failed,
        )  # fmt: skip

    def replace_refused(self, transcript_id: int, edits: Sequence[TextEdit]) -> None:
        """Put other edits in the place of those refused, worked out anew against the archive."""
        self._refused = [one for one in self._refused if one.transcript_id != transcript_id]
        if edits:
            self._refused.insert(0, _Batch(transcript_id, tuple(edits)))
        if self.is_clean:
            self._chain = _Chain()
            self.settle()

    def _store(self, batch: _Batch) -> None:
        self._in_flight.append(batch)
        self._tell(SaveState.SAVING)
        self._session.write(
            _chained,
            self._chain,
            with_patch,
            (transcripts.edit_text, (batch.transcript_id, batch.edits), {}),
            {},
            done=self._is_stored,
            failed=self._is_refused,
        )

    def _mend(self, chain: _Chain) -> None:
        """Let writes go on after a failed one that nobody typed: nothing builds on it."""
        if chain is self._chain and not self._refused and not self._in_flight:
            self._chain = _Chain()

    def _is_stored(self, outcome: Outcome[Patched]) -> None:
        self._in_flight.pop(0)
        self.settle()
        self.stored.emit(outcome)

    def _is_refused(self, error: ArchiveError) -> None:
        is_first = not self._refused
        self._refused.append(self._in_flight.pop(0))
        self.settle()
        if is_first:
            self.refused.emit(error)

    def settle(self) -> None:
        """Say how it stands: "saved" only where every key that was pressed is in the archive."""
        if self._refused:
            self._tell(SaveState.FAILED)
        elif self.is_clean and not self._steps and not self.has_keys_held():
            self._tell(SaveState.SAVED)
        else:
            self._tell(SaveState.SAVING)

    def _tell(self, state: SaveState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)


def _joined(first: TextEdit, second: TextEdit) -> TextEdit | None:
    """Return one edit for typing on and for taking back what was just typed; else None.

    Only where the first is a pure insertion: a replacement followed by an
    insertion at its end moves spans otherwise than both at once would.
    """
    if first.turn != second.turn or first.start != first.end or not first.text:
        return None
    if not first.start <= second.start <= second.end <= first.new_end:
        return None
    at, to = second.start - first.start, second.end - first.start
    if at == to == 0:
        return None
    text = first.text[:at] + second.text + first.text[to:]
    return replace(first, text=text) if text else None
