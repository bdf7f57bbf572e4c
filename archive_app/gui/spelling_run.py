"""Checks a transcript's turns one batch after another beside the window; what is seen first.

It is handed texts and hands back places; whether they still fit what stands on the
page is for the page to see. One batch is on its way at a time, so what is typed
meanwhile comes next and not behind all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from archive_app.errors import ArchiveError
from archive_app.gui.session import Session
from archive_app.language.spelling import Dictionary
from archive_app.store.archive import Archive
from archive_app.work import spelling
from archive_app.work.spelling import KnownNames, OwnWords

BATCH = 120
"""Turns at a time: some 1,500 words, a few milliseconds once they are known."""

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """What checking needs, gathered once for an archive."""

    dictionaries: Mapping[str, Dictionary]
    names: KnownNames
    own: OwnWords


def gather(archive: Archive, folder: str) -> Ready:
    """Look for dictionaries, read the registers' names and the person's own words."""
    return Ready(spelling.dictionaries(folder), spelling.known_names(archive), OwnWords())


@dataclass(frozen=True, slots=True)
class Checked:
    """A turn's text and the places of the words in it that nobody knows."""

    text: str
    places: Places


class SpellingRun(QObject):
    """A queue of turns to be checked."""

    checked = Signal(object)
    """dict[int, Checked] by turn id."""
    failed = Signal(str)
    """A dictionary cannot be used: what to tell the person."""

    def __init__(self, session: Session, text_of: Callable[[int], str | None]) -> None:
        super().__init__()
        self._session = session
        self._text_of = text_of
        self._queue: dict[int, None] = {}
        self._ready: Ready | None = None
        self._language = ""
        self._ticket = 0
        self._is_asking = False
        self._holds = 0

    @property
    def is_over(self) -> bool:
        """Whether everything asked for is checked."""
        return not self._queue and not self._is_asking

    def start(self, ready: Ready, language: str, turns: Sequence[int]) -> None:
        """Check turns in this order, in the place of whatever was to be checked."""
        self.stop()
        self._ready, self._language = ready, language
        self._queue = dict.fromkeys(turns)
        self._next()

    def add(self, turns: Sequence[int]) -> None:
        """Check turns (again) before what still waits."""
        if self._ready is not None:
            first = dict.fromkeys(turns)
            self._queue = first | {turn: None for turn in self._queue if turn not in first}
            self._next()

    def stop(self) -> None:
        """Forget what is still to be checked, and what comes back."""
        self._ticket += 1
        self._queue.clear()
        self._ready = None
        self._is_asking = False

    def hold(self) -> None:
        """Ask nothing for a while: suggestions take long, and others want the background too."""
        self._holds += 1

    def go_on(self) -> None:
        """Ask again."""
        self._holds -= 1
        self._next()

    def _next(self) -> None:
        if self._is_asking or self._holds or self._ready is None:
            return
        turns, texts = self._batch()
        if not turns:
            return
        self._is_asking = True
        ticket = self._ticket
        self._session.read(
            spelling.check_spelling,
            texts,
            self._language,
            self._ready.dictionaries,
            names=self._ready.names,
            own=self._ready.own,
            done=lambda places: self._take(ticket, turns, texts, places),
            failed=lambda error: self._fail(ticket, error),
            owner=self,
        )

    def _batch(self) -> tuple[list[int], list[str]]:
        turns: list[int] = []
        texts: list[str] = []
        while self._queue and len(turns) < BATCH:
            turn = next(iter(self._queue))
            del self._queue[turn]
            text = self._text_of(turn)
            if text is not None:
                turns.append(turn)
                texts.append(text)
        return turns, texts

    def _take(
        self,
        ticket: int,
        turns: list[int],
        texts: list[str],
        places: list[list[tuple[int, int]]],
    ) -> None:
        if ticket != self._ticket:
            return
        self._is_asking = False
        found = zip(turns, texts, places, strict=True)
        self.checked.emit({turn: Checked(text, tuple(where)) for turn, text, where in found})
        self._next()

    def _fail(self, ticket: int, error: ArchiveError) -> None:
        if ticket == self._ticket:
            self.stop()
            self.failed.emit(error.message)
