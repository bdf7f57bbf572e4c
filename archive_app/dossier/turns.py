"""Turns of a transcript as blocks: speaker, text, closed passages, footnotes, timecodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from archive_app.domain.records import Footnote
from archive_app.domain.released import ReleasedTurn
from archive_app.domain.timecode import format_timecode
from archive_app.dossier.blocks import Block, Fragment, Style
from archive_app.dossier.design import Design, Speakers, Times
from archive_app.dossier.footnotes import Footnotes
from archive_app.dossier.marks import ShownTurn
from archive_app.dossier.shaping import one_line
from archive_app.dossier.styles import Styles
from archive_app.language.script_view import script_of

_STEP_MS = 60_000
"""A long turn whose words' times are known gets a timecode after each minute."""


@dataclass(slots=True)
class Places:
    """What begins where in the turns of one transcript: anchors by turn and offset.

    Offsets are those of the released text.
    """

    anchors: dict[int, dict[int, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def put(self, turn: int, offset: int, anchor: str) -> None:
        """Let an anchor stand at an offset of a turn (by its number)."""
        self.anchors[turn][offset].append(anchor)


class TurnSetter:
    """Makes blocks of turns. One for each run of turns that names its speakers anew."""

    def __init__(
        self,
        styles: Styles,
        design: Design,
        footnotes: Footnotes,
        *,
        language: str = "",
        shorts: Mapping[str, str] | None = None,
    ) -> None:
        self._styles = styles
        self._design = design
        self._footnotes = footnotes
        self._language = language
        self._shorts = shorts or {}
        self._named: set[str] = set()
        self._names: dict[str, list[Fragment]] = {}
        self._due_ms: int | None = None

    def block(
        self,
        shown: ShownTurn,
        anchors: Mapping[int, Sequence[str]],
        style: Style,
        *,
        mentions: Iterable[tuple[int, str]] = (),
    ) -> Block:
        """Return a turn as one block.

        ``anchors`` are the places named in its released text, ``mentions`` offsets of the
        shown text with the anchor to stand there.
        """
        turn = shown.turn
        at: dict[int, list[str]] = defaultdict(list)
        for offset in sorted(anchors):
            at[shown.place(offset)] += anchors[offset]
        for offset, anchor in mentions:
            at[offset].append(anchor)
        speaker = self._speaker(turn)
        fragments = list(self._name(speaker))
        fragments[0] = replace(fragments[0], anchors=tuple(at.get(0, ())), margin=self._time(turn))
        fragments += self._text(shown, at)
        return Block(
            tuple(fragments),
            style,
            lang=language_of(turn.text, self._language),
        )

    def _name(self, speaker: str) -> list[Fragment]:
        """Return a speaker's name with its colon, as it stands before a turn."""
        if speaker not in self._names:
            made = self._styles.speaker_fragments(speaker)
            made.append(Fragment(": " if speaker else "", self._styles.testimony))
            self._names[speaker] = made
        return self._names[speaker]

    def _speaker(self, turn: ReleasedTurn) -> str:
        name = one_line(turn.speaker)
        if self._design.speakers is Speakers.FULL or name not in self._named:
            self._named.add(name)
            return name
        return self._shorts.get(name, name)

    def _time(self, turn: ReleasedTurn) -> str:
        """Return the timecode to stand beside a turn's first line, "" for none."""
        if turn.start_ms is None or self._design.times is Times.NONE:
            return ""
        if self._design.times is Times.STEP and not self._is_due(turn.start_ms):
            return ""
        return ("~" if turn.is_time_estimated else "") + format_timecode(turn.start_ms)

    def _is_due(self, time_ms: int) -> bool:
        """Tell whether a step has gone by since the last timecode, and if so begin the next."""
        is_due = self._due_ms is None or time_ms >= self._due_ms
        if is_due:
            self._due_ms = time_ms + self._step_ms
        return is_due

    @property
    def _step_ms(self) -> int:
        if self._design.times is Times.STEP:
            return max(self._design.time_step_s, 1) * 1000
        return _STEP_MS

    def _text(self, shown: ShownTurn, anchors: Mapping[int, Sequence[str]]) -> list[Fragment]:
        turn, styles = shown.turn, self._styles
        text = turn.text
        if not (anchors or turn.footnotes or turn.withheld or turn.timed):
            return [Fragment(text, styles.testimony)]
        notes = _notes_by_offset(turn)
        times = dict(self._minutes(turn))
        inside = [offset for offset in anchors if 0 < offset <= len(text)]
        cuts = {0, len(text), *inside, *notes, *times}
        for start, end in turn.withheld:
            cuts |= {start, end}
        places = sorted(cut for cut in cuts if 0 <= cut <= len(text))
        fragments: list[Fragment] = []
        for at, start in enumerate(places):
            fragments += [
                self._footnotes.call(_words_of(note), self._language)
                for note in notes.get(start, ())
            ]
            end = places[at + 1] if at + 1 < len(places) else start
            is_closed = any(a <= start < b for a, b in turn.withheld)
            named = tuple(anchors.get(start, ())) if start else ()
            if end > start or named:
                ink = styles.withheld if is_closed else styles.testimony
                piece = Fragment(text[start:end], ink, anchors=named, margin=times.get(start, ""))
                fragments.append(piece)
        return fragments

    def _minutes(self, turn: ReleasedTurn) -> Iterator[tuple[int, str]]:
        """Yield offset and timecode of each step in a turn whose words' times are known."""
        if turn.start_ms is None or not turn.timed or self._design.times is Times.NONE:
            return
        if self._design.times is Times.TURN:
            self._due_ms = turn.start_ms + _STEP_MS
        for timed in turn.timed:
            if timed.start > 0 and self._is_due(timed.start_ms):
                yield timed.start, format_timecode(timed.start_ms)


def language_of(text: str, language: str) -> str:
    """Return a text's language with the script it is really in: Serbian goes over in mid-talk."""
    if language.split("-", maxsplit=1)[0] != "sr":
        return language
    if not any(character.isalpha() for character in text[:200]):
        return language
    return f"sr-{script_of(text[:400]).value}"


def _words_of(note: Footnote) -> str:
    return " ".join(part for part in (note.text, note.link) if part)


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
