"""Caption cues to turns: what one voice says in one go, of a length one likes to read.

A cue joins the turn before it if the same speaker goes on. Where that gets
long, or nobody is named, a turn ends with a cue that ends a sentence, if a
pause of more than two seconds follows or the turn has ninety words (about a
paragraph, half a minute of speech). Captions without any punctuation are cut
between cues at 250 words. Each cue keeps its own time as a timed text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive_app.domain.parsed import ParsedTurn
from archive_app.domain.records import Footnote, TimedText

PAUSE_MS = 2000
COMFORTABLE_WORDS = 90
MOST_WORDS = 250

_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”“»’)\]]*$")


def ends_sentence(text: str) -> bool:
    """Tell whether the text's last word ends a sentence."""
    return bool(_SENTENCE_END.search(text.rstrip()))


@dataclass(frozen=True, slots=True)
class Piece:
    """A cue's words by one speaker; offsets in ``timed`` and ``footnotes`` count in ``text``."""

    speaker: str
    text: str
    start_ms: int | None
    end_ms: int | None
    timed: tuple[TimedText, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    is_time_estimated: bool = False
    opens: bool = False
    """Somebody else begins, named or not."""


@dataclass(slots=True)
class _Turn:
    speaker: str
    texts: list[str] = field(default_factory=list[str])
    length: int = 0
    words: int = 0
    start_ms: int | None = None
    end_ms: int | None = None
    timed: list[TimedText] = field(default_factory=list[TimedText])
    footnotes: list[Footnote] = field(default_factory=list[Footnote])
    is_time_estimated: bool = False

    def add(self, piece: Piece) -> None:
        shift = self.length + 1 if self.texts else 0
        self.texts.append(piece.text)
        self.length = shift + len(piece.text)
        self.words += len(piece.text.split())
        if self.start_ms is None:
            self.start_ms = piece.start_ms
            self.is_time_estimated = piece.is_time_estimated
        if piece.end_ms is not None:
            self.end_ms = piece.end_ms if self.end_ms is None else max(self.end_ms, piece.end_ms)
        self.timed += shift_timed(piece.timed, shift)
        self.footnotes += [
            Footnote(note.offset + shift, note.text, note.link) for note in piece.footnotes
        ]

    def finish(self) -> ParsedTurn:
        return ParsedTurn(
            self.speaker,
            self.start_ms,
            self.end_ms,
            " ".join(self.texts),
            tuple(self.timed),
            tuple(self.footnotes),
            self.is_time_estimated,
        )


def shift_timed(timed: Iterable[TimedText], by: int) -> list[TimedText]:
    """Return the timed texts moved ``by`` code points to the right."""
    return [
        TimedText(t.start + by, t.end + by, t.start_ms, t.end_ms, t.is_cue, t.confidence)
        for t in timed
    ]


def join_pieces(pieces: Iterable[Piece]) -> tuple[ParsedTurn, ...]:
    """Return the turns that the pieces, in their order, make; no word is lost."""
    turns: list[ParsedTurn] = []
    turn: _Turn | None = None
    for piece in pieces:
        if turn is None or turn.speaker != piece.speaker or _is_full(turn, piece):
            if turn is not None:
                turns.append(turn.finish())
            turn = _Turn(piece.speaker)
        turn.add(piece)
    if turn is not None:
        turns.append(turn.finish())
    return tuple(turns)


def _is_full(turn: _Turn, piece: Piece) -> bool:
    if not turn.texts:
        return False
    if piece.opens:
        return True
    if turn.words >= MOST_WORDS:
        return True
    if piece.start_ms is not None and turn.start_ms is not None and piece.start_ms < turn.start_ms:
        return True  # out of order: a turn cannot end before it begins
    if not ends_sentence(turn.texts[-1]):
        return False
    if turn.words >= COMFORTABLE_WORDS:
        return True
    if turn.end_ms is None or piece.start_ms is None:
        return False
    return piece.start_ms - turn.end_ms > PAUSE_MS


def split_sentences(text: str) -> list[str]:
    """Return a long text without times in stretches of about ``COMFORTABLE_WORDS`` words."""
    stretches: list[list[str]] = [[]]
    for word in text.split(" "):
        here = stretches[-1]
        here.append(word)
        if (len(here) >= COMFORTABLE_WORDS and ends_sentence(word)) or len(here) >= MOST_WORDS:
            stretches.append([])
    return [" ".join(stretch) for stretch in stretches if stretch]
