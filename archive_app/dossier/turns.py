"""Turns of a transcript as blocks: speaker, text, closed passages, footnotes, timecodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from archive_app.domain.records import Footnote
from archive_app.domain.released import ReleasedTurn
from archive_app.domain.timecode import format_timecode
from archive_app.dossier.blocks import Block, Fragment
from archive_app.dossier.shaping import one_line
from archive_app.dossier.styles import Styles

_STEP_MS = 60_000
"""A long turn whose words' times are known gets a timecode after each minute."""


@dataclass(slots=True)
class Places:
    """What begins where in the turns of one transcript: anchors by turn and offset."""

    anchors: dict[int, dict[int, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def put(self, turn: int, offset: int, anchor: str) -> None:
        """Let an anchor stand at an offset of a turn (by its number)."""
        self.anchors[turn][offset].append(anchor)


class TurnSetter:
    """Makes blocks of turns; footnotes are numbered through one interview."""

    def __init__(self, styles: Styles, prefix: str) -> None:
        self._styles = styles
        self._prefix = prefix
        self._notes = 0

    def block(self, turn: ReleasedTurn, anchors: Mapping[int, Sequence[str]]) -> Block:
        """Return a turn as one block; ``anchors`` are the places named in its text."""
        styles = self._styles
        opening = tuple(anchors.get(0, ()))
        time = ""
        if turn.start_ms is not None:
            time = ("~" if turn.is_time_estimated else "") + format_timecode(turn.start_ms)
        speaker = one_line(turn.speaker)
        fragments = styles.speaker_fragments(speaker)
        fragments.append(Fragment(": " if speaker else "", styles.testimony))
        fragments[0] = replace(fragments[0], anchors=opening, margin=time)
        fragments += self._text(turn, anchors)
        return Block(tuple(fragments), styles.turn)

    def _text(self, turn: ReleasedTurn, anchors: Mapping[int, Sequence[str]]) -> list[Fragment]:
        text, styles = turn.text, self._styles
        if not (anchors or turn.footnotes or turn.withheld or turn.timed):
            return [Fragment(text, styles.testimony)]
        notes = _notes_by_offset(turn)
        times = dict(_minutes(turn))
        inside = [offset for offset in anchors if 0 < offset <= len(text)]
        cuts = {0, len(text), *inside, *notes, *times}
        for start, end in turn.withheld:
            cuts |= {start, end}
        places = sorted(cut for cut in cuts if 0 <= cut <= len(text))
        fragments: list[Fragment] = []
        for at, start in enumerate(places):
            fragments += [self._call(note) for note in notes.get(start, ())]
            end = places[at + 1] if at + 1 < len(places) else start
            is_closed = any(a <= start < b for a, b in turn.withheld)
            named = tuple(anchors.get(start, ())) if start else ()
            if end > start or named:
                ink = styles.withheld if is_closed else styles.testimony
                piece = Fragment(text[start:end], ink, anchors=named, margin=times.get(start, ""))
                fragments.append(piece)
        return fragments

    def _call(self, footnote: Footnote) -> Fragment:
        """Return a footnote's number in the text, carrying the footnote itself.

        A no-break space as small as the number keeps it off the word when the text is
        taken out.
        """
        self._notes += 1
        key, number = f"{self._prefix}n{self._notes}", str(self._notes)
        styles = self._styles
        text = " ".join(part for part in (footnote.text, footnote.link) if part)
        note = Block(
            (Fragment(text or "–", styles.note, anchors=(key,)),),
            styles.foot,
            lead=Fragment(number, styles.note_number, link=key + "c"),
        )
        return Fragment(
            "\u00a0" + number, styles.call, link=key, anchors=(key + "c",), notes=(note,)
        )


def _notes_by_offset(turn: ReleasedTurn) -> dict[int, list[Footnote]]:
    """Return footnotes by the offset of their call."""
    found: dict[int, list[Footnote]] = defaultdict(list)
    for note in turn.footnotes:
        found[_call_offset(turn.text, note.offset)].append(note)
    return found


def _call_offset(text: str, offset: int) -> int:
    """Return the end of the word, with its punctuation, that a note is set at.

    So no number parts a word from itself or from its comma when the text is taken out.
    """
    at = min(max(offset, 0), len(text))
    while at and text[at - 1].isspace():
        at -= 1
    if at == 0:
        at = len(text) - len(text.lstrip())
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _minutes(turn: ReleasedTurn) -> Iterator[tuple[int, str]]:
    """Yield offset and timecode of each minute within a turn whose words' times are known."""
    if turn.start_ms is None or not turn.timed:
        return
    due = turn.start_ms + _STEP_MS
    for timed in turn.timed:
        if timed.start_ms >= due and timed.start > 0:
            yield timed.start, format_timecode(timed.start_ms)
            due = timed.start_ms + _STEP_MS
