"""Words of closed passages where somebody quoted them: in synopses, abstracts, footnotes.

What is copied word for word can be found, and is closed with the passage. What
is told in other words cannot; the index and the description have layers of
their own to be closed.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive_app.domain.skeletons import LETTERS, skeleton, skeleton_of

_RUN = 5
"""Words in a row that make a quotation; a shorter passage must be quoted whole."""
_MIN_WORDS = 2
_MIN_LETTERS = 10
"""Fewer letters may well be chance: "и я не знаю"."""


def word_runs(passages: Iterable[str]) -> dict[int, set[tuple[str, ...]]]:
    """Return the runs of words that quote a passage, by their length: five, or a shorter whole.

    Words are given as ``domain.skeletons`` has them, without case and accents. What may
    well be chance is left out.
    """
    runs: dict[int, set[tuple[str, ...]]] = {}
    for passage in passages:
        words = LETTERS.findall(skeleton(passage))
        length = min(len(words), _RUN)
        for at in range(len(words) - length + 1):
            run = tuple(words[at : at + length])
            if length >= _MIN_WORDS and sum(map(len, run)) >= _MIN_LETTERS:
                runs.setdefault(length, set()).add(run)
    return runs


class ClosedWords:
    """The words of closed passages, to be found in other texts whatever their case and accents."""

    __slots__ = ("_runs",)

    def __init__(self, passages: Iterable[str] = ()) -> None:
        self._runs = word_runs(passages)

    def ranges(self, text: str) -> list[tuple[int, int]]:
        """Return where closed words stand in a text, half-open, in code points; may overlap."""
        if not self._runs or not text:
            return []
        reduced = skeleton_of(text)
        words = [(found[0], *found.span()) for found in LETTERS.finditer(reduced.text)]
        return [
            reduced.original(words[at][1], words[at + length - 1][2])
            for length, runs in self._runs.items()
            for at in range(len(words) - length + 1)
            if tuple(word[0] for word in words[at : at + length]) in runs
        ]


NO_WORDS = ClosedWords()
"""Finds nothing."""
