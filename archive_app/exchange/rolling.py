"""Captions that repeat themselves: lines that roll up the screen, words lit one by one.

YouTube's own captions show each line twice, below as it is spoken and above
while the next one is; recognisers that light up the spoken word show a whole
line once for every word. What was said once is kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from archive_app.domain.parsed import Loss
from archive_app.exchange.captions import Cue
from archive_app.exchange.markup import voices
from archive_app.translation import trn

_FEWEST = 3
"""So many captions must begin with what the one before them showed."""


def without_repetition(cues: Sequence[Cue]) -> tuple[list[Cue], list[Loss]]:
    """Return the cues without the lines that the cue before them showed already.

    Only where most captions of the file repeat: people say things twice, too.
    A cue that says nothing new is left out, and the one before it lasts as long.
    """
    shown = [_shown(cue) for cue in cues]
    repeated = [0, *(_repeated(a, b) for a, b in pairwise(shown))]
    again = sum(_rolls(cues[i], cues[i - 1], shown[i], n) for i, n in enumerate(repeated) if n)
    spoken = sum(1 for lines in shown if lines)
    if again < _FEWEST or again * 2 < spoken:
        return list(cues), []
    kept: list[Cue] = []
    for cue, lines, count in zip(cues, shown, repeated, strict=True):
        if count and count == len(lines) and kept:
            _lengthen(kept[-1], cue)
            continue
        filled = [line for line in cue.payload if line.strip()]
        cue.payload = filled[count:] if count else filled
        kept.append(cue)
    what = trn(
        "{count} line that the captions show again was taken once.",
        "{count} lines that the captions show again were taken once.",
        sum(repeated),
    )
    return kept, [Loss(what)]


def _shown(cue: Cue) -> list[str]:
    """Return what stands on the screen, line by line, without any markup."""
    lines = [line for line in cue.payload if line.strip()]
    return [" ".join(voice.text for voice in voices(line)) for line in lines]


def _repeated(before: Sequence[str], lines: Sequence[str]) -> int:
    """Return how many of the first ``lines`` are the last of those before."""
    for count in range(min(len(before), len(lines)), 0, -1):
        if before[-count:] == lines[:count]:
            return count
    return 0


def _rolls(cue: Cue, before: Cue, lines: Sequence[str], repeated: int) -> bool:
    """Tell whether a cue's repetition is the screen's: it adds a line, or changes the markup.

    The very same cue again is somebody who says the same thing again.
    """
    if not any(c.isalnum() for line in lines[:repeated] for c in line):
        return False
    return repeated < len(lines) or cue.payload != before.payload


def _lengthen(cue: Cue, by: Cue) -> None:
    if cue.end_ms is not None and by.end_ms is not None:
        cue.end_ms = max(cue.end_ms, by.end_ms)
