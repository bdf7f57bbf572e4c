"""Hunspell in a process of its own: the only user of ``hunspell`` (chunspell).

A dictionary takes half a second to load and as long to think of a suggestion,
and the library holds Python's lock all that time: in a thread it would hold up
every keystroke. It also reads files from anywhere, in C++: should one of them
bring it down, the window does not notice more than a dictionary that cannot be
used.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Iterable
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from archive_app.errors import Environment
from archive_app.language.spelling import Dictionary
from archive_app.translation import tr

ANSWER_WITHIN_S = 30.0
"""The largest dictionaries load in two seconds; after this the process is taken for hung."""
SUGGESTIONS = 8
_REMEMBERED = 400_000
_TRIES = 2

Question = tuple[Literal["unknown", "suggest"], str, list[str]]


class Speller:
    """Looks words up; remembers every answer. May be asked from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: Any = None
        self._pipe: Any = None
        self._answers: dict[tuple[Path, str], bool] = {}
        self._failures: dict[Path, int] = {}

    def unknown(self, dictionary: Dictionary, words: Iterable[str]) -> set[str]:
        """Return those of the words that the dictionary does not know.

        Raises:
            Environment: the dictionary's files cannot be read or used.
        """
        path, answers = dictionary.path, self._answers
        wanted = set(words)
        new = sorted(word for word in wanted if (path, word) not in answers)
        if new:
            if len(answers) > _REMEMBERED:
                answers.clear()
                new = sorted(wanted)
            missed = set(self._ask("unknown", dictionary, new))
            answers.update(((path, word), word not in missed) for word in new)
        return {word for word in wanted if not answers[path, word]}

    def suggest(self, dictionary: Dictionary, word: str) -> list[str]:
        """Return what the word may have been meant to be, the likeliest first.

        Raises:
            Environment: the dictionary's files cannot be read or used.
        """
        return self._ask("suggest", dictionary, [word])[:SUGGESTIONS]

    def close(self) -> None:
        """End the process; the next question starts it again."""
        with self._lock:
            self._end()

    def _ask(
        self, what: Literal["unknown", "suggest"], dictionary: Dictionary, words: list[str]
    ) -> list[str]:
        with self._lock:
            while self._failures.get(dictionary.path, 0) < _TRIES:
                answer = self._answer((what, str(dictionary.path), words))
                if isinstance(answer, list):
                    return answer
                failures = _TRIES if answer == "unreadable" else 1
                self._failures[dictionary.path] = self._failures.get(dictionary.path, 0) + failures
        raise Environment(
            tr("The dictionary “{name}” cannot be used. Its words are not checked; everything "
               "else works. Install it anew, or take it out of its folder.", name=dictionary.name)
        )  # fmt: skip

    def _answer(self, question: Question) -> list[str] | str:
        try:
            pipe = self._started()
            pipe.send(question)
            if pipe.poll(ANSWER_WITHIN_S):
                answer: list[str] | str = pipe.recv()
                return answer
        except (EOFError, OSError, RuntimeError):
            pass  # It could not be started, or ended in the middle: as if it had not answered.
        self._end()
        return "gone"

    def _started(self) -> Any:
        if self._pipe is None:
            # Not forked: the window has threads.
            context = multiprocessing.get_context("spawn")
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(there,), daemon=True, name="spelling")
            process.start()
            there.close()
            self._process, self._pipe = process, here
        return self._pipe

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join(1)
        self._process = self._pipe = None


@cache
def speller() -> Speller:
    """Return the one speller of the program."""
    return Speller()


def _serve(pipe: Connection) -> None:
    """Answer questions until the other end is gone, however the program ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    loaded: dict[str, Any] = {}
    with contextlib.suppress(EOFError, OSError):
        while True:
            what, path, words = pipe.recv()
            try:
                if path not in loaded:
                    loaded[path] = _load(Path(path))
                pipe.send(_looked_up(loaded[path], what, words))
            except (OSError, ImportError):
                pipe.send("unreadable")


def _load(path: Path) -> Any:
    from hunspell import Hunspell

    return Hunspell(path.name, hunspell_data_dir=str(path.parent), system_encoding="UTF-8")


def _looked_up(dictionary: Any, what: str, words: list[str]) -> list[str]:
    if what == "suggest":
        try:
            return [word for each in words for word in dictionary.suggest(each)]
        except UnicodeEncodeError:
            return []
    return [word for word in words if not _is_known(dictionary, word)]


def _is_known(dictionary: Any, word: str) -> bool:
    try:
        return bool(dictionary.spell(word))
    except UnicodeEncodeError:
        return False  # A letter that the dictionary's encoding does not have.
