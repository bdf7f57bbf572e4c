"""Aligning the short stretches of two texts that lie between words they surely share."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

Pair = tuple[int, int, int, int, int]
"""Old words ``[a, b)`` stand for new words ``[c, d)``; the last is a ``Kinship``."""


class Kinship(IntEnum):
    """What became of a word."""

    GONE = 0
    """Nothing stands in its place."""
    INSTEAD = 1
    """Another word stands in its place."""
    LIKE = 2
    """It is written otherwise, or has another ending."""
    SAME = 3
    """The same word; perhaps in two parts, or written together with its neighbour."""


MOST_CELLS = 12_000
"""Words times words that are weighed against each other one by one: some 10 ms."""
_MOST_BITS = 1 << 28
"""Beyond that a stretch is so long, and so alike in itself, that nobody could tell."""

_SAME, _JOINED, _INSTEAD = 4.0, 5.0, 0.3
_LIKE_AT_LEAST = 0.5


@lru_cache(maxsize=1 << 16)
def likeness(one: str, other: str) -> float:
    """Return how much of the longer word is in both at the beginning and the end, 0 to 1."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < 2:
        return 0.0
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return (start + end) / longer


def weigh(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the best alignment of two short stretches, counted from 0 in each.

    Words that are the same weigh most, then those that are alike; one word may
    stand for two if they are its parts. O(len(old) * len(new)).
    """
    rows, columns = len(old), len(new)
    scores = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    moves = [[(0, 1)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        word, row, above, move = old[i - 1], scores[i], scores[i - 1], moves[i]
        move[0] = (1, 0)
        for j in range(1, columns + 1):
            other = new[j - 1]
            best, step = above[j], (1, 0)
            if row[j - 1] > best:
                best, step = row[j - 1], (0, 1)
            score = above[j - 1] + (_SAME if word == other else _pair_score(word, other))
            if score >= best:
                best, step = score, (1, 1)
            if len(word) > len(other):
                if j > 1 and new[j - 2] + other == word and above[j - 2] + _JOINED > best:
                    best, step = above[j - 2] + _JOINED, (1, 2)
            elif i > 1 and old[i - 2] + word == other and scores[i - 2][j - 1] + _JOINED > best:
                best, step = scores[i - 2][j - 1] + _JOINED, (2, 1)
            row[j], move[j] = best, step
    return _traced(moves, old, new)


def _pair_score(word: str, other: str) -> float:
    alike = likeness(word, other)
    return 1.0 + 2 * alike if alike >= _LIKE_AT_LEAST else _INSTEAD


def _traced(
    moves: Sequence[Sequence[tuple[int, int]]], old: Sequence[str], new: Sequence[str]
) -> list[Pair]:
    pairs: list[Pair] = []
    i, j = len(old), len(new)
    while i and j:
        took, gave = moves[i][j]
        if took and gave:
            pairs.append((i - took, i, j - gave, j, _kinship(old[i - 1], new[j - 1], took + gave)))
        i, j = i - took, j - gave
    return pairs[::-1]


def _kinship(word: str, other: str, words: int) -> Kinship:
    if words > 2 or word == other:
        return Kinship.SAME
    return Kinship.LIKE if likeness(word, other) >= _LIKE_AT_LEAST else Kinship.INSTEAD


def longest_common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return places of the longest common subsequence; none where it would be too long to tell.

    For long stretches in which no word is rare: loops of a recogniser, lists. One
    bit a word (H. Hyyrö, "Bit-parallel LCS-length computation revisited", 2004).
    """
    if len(old) * len(new) > _MOST_BITS:
        return []
    full = (1 << len(new)) - 1
    places: dict[str, int] = {}
    for place, word in enumerate(new):
        places[word] = places.get(word, 0) | (1 << place)
    rows = [full]
    for word in old:
        row, match = rows[-1], places.get(word, 0)
        rows.append(((row + (row & match)) | (row & ~match)) & full)
    pairs: list[tuple[int, int]] = []
    i, j = len(old), len(new)
    while i and j:
        bit = 1 << (j - 1)
        if rows[i] & bit:
            j -= 1
        elif not rows[i - 1] & bit:
            i -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]
