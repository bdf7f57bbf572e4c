"""OHMS's ``sync``: at which word of the transcript each minute begins.

``1:|13(3)|19(14)`` means: interval 1 minute; minute 1 begins at word 3 of line
13, minute 2 at word 14 of line 19. Words count from 1. Lines count from 1 in
every file known to us, though readers differ: both are tried, and the base is
taken under which the points fall on words (not on blank lines, beyond a line's
last word or beyond the text); where both do equally well, 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.domain.parsed import Loss
from archive_app.translation import tr, trn

_POINT = re.compile(r"\s*([0-9]{1,7})\s*\(\s*([0-9]{1,5})\s*\)\s*")
_INTERVAL = re.compile(r"\s*([0-9]{1,3}(?:[.,][0-9]{1,6})?)?\s*")


@dataclass(frozen=True, slots=True)
class SyncPoint:
    """A moment and the word that is spoken then: line from 0, word from 0."""

    ms: int
    line: int
    word: int


def read_sync(sync: str, lines: Sequence[str]) -> tuple[list[SyncPoint], list[Loss]]:
    """Return the points that fall on words of the text, times and places both rising."""
    head, colon, body = sync.partition(":")
    interval = _INTERVAL.fullmatch(head)
    if not sync.strip():
        return [], []
    if not colon or interval is None:
        return [], [Loss(tr("The synchronisation cannot be read; the transcript has no times."))]
    step_ms = round(float((interval[1] or "1").replace(",", ".")) * 60_000) or 60_000
    losses: list[Loss] = []
    raw: list[tuple[int, int, int]] = []
    for number, part in enumerate(body.split("|")):
        if not part.strip():
            continue
        match = _POINT.fullmatch(part)
        if match is None:
            where = tr("point {number}", number=number)
            losses.append(Loss(tr("A synchronisation point cannot be read."), where))
            continue
        raw.append((number * step_ms, int(match[1]), int(match[2])))
    counts = [len(line.split()) for line in lines]
    base = min((1, 0), key=lambda b: (_misses(raw, counts, b), 1 - b))
    points = [
        SyncPoint(ms, line - base, max(word - 1, 0))
        for ms, line, word in raw
        if _fits(line - base, word, counts)
    ]
    beyond = len(raw) - len(points)
    if beyond:
        what = trn(
            "{count} synchronisation point falls on no word of the transcript.",
            "{count} synchronisation points fall on no word of the transcript.",
            beyond,
        )
        losses.append(Loss(what))
    rising = _rising(points)
    if len(rising) < len(points):
        what = trn(
            "{count} synchronisation point goes back in the text and was left out.",
            "{count} synchronisation points go back in the text and were left out.",
            len(points) - len(rising),
        )
        losses.append(Loss(what))
    return rising, losses


def _fits(line: int, word: int, counts: Sequence[int]) -> bool:
    return 0 <= line < len(counts) and word <= counts[line] and counts[line] > 0


def _misses(raw: Sequence[tuple[int, int, int]], counts: Sequence[int], base: int) -> int:
    return sum(1 for _, line, word in raw if not _fits(line - base, word, counts))


def _rising(points: Sequence[SyncPoint]) -> list[SyncPoint]:
    """Return the longest run of points whose places rise: one wild point spoils no other."""
    tails: list[tuple[int, int]] = []
    at: list[int] = []
    before: list[int] = []
    for i, point in enumerate(points):
        place = (point.line, point.word)
        k = bisect_right(tails, (place[0], place[1] - 1))
        before.append(at[k - 1] if k else -1)
        if k == len(tails):
            tails.append(place)
            at.append(i)
        else:
            tails[k] = place
            at[k] = i
    chain: list[SyncPoint] = []
    i = at[-1] if at else -1
    while i >= 0:
        chain.append(points[i])
        i = before[i]
    return chain[::-1]
