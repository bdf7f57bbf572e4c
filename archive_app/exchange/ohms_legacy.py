"""Transcripts of OHMS before 6.0: lines of text, footnotes in marks, times in ``sync``."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from archive_app.domain.parsed import Loss, ParsedTurn
from archive_app.domain.records import Footnote, TimedText
from archive_app.exchange.cleaning import lines_of, one_line, plain
from archive_app.exchange.labels import inner_labels
from archive_app.exchange.ohms_sync import SyncPoint, read_sync
from archive_app.exchange.speech import Paragraph, habits_of, is_stage_direction, paragraphs_of
from archive_app.translation import tr, trn

_MARK = re.compile(r"\[\[footnote\]\]\s{0,9}([0-9]{1,6})\s{0,9}\[\[/footnote\]\]")
_NOTES = re.compile(r"\[\[footnotes\]\](.*?)(?:\[\[/footnotes\]\]|\Z)", re.DOTALL)
_NOTE = re.compile(r"\[\[note\]\](.*?)(?:\[\[/note\]\]|(?=\[\[note\]\])|\Z)", re.DOTALL)
_LINK = re.compile(r"\[\[link\]\](.{0,2000}?)\[\[/link\]\]", re.DOTALL)
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,500}?href\s?=\s?[\"']([^\"'<>]{1,2000})[\"'][^<>]{0,500}>", re.IGNORECASE
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\s{0,9}/?>[ \t]{0,9}(\r\n|\n|\r)?", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|ul|ol|li|i|b|u|em|strong|span|font|a|sup|sub)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")

Place = tuple[int, int]
"""A word in the file: line and word, from 0."""


@dataclass(slots=True)
class _Stretch:
    """One voice's words in a paragraph, and where in the file each of them stood."""

    speaker: str
    text: str = ""
    places: list[tuple[int, Place]] = field(default_factory=list[tuple[int, Place]])
    notes: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """(offset, number of the footnote)."""


def read_legacy(text: str, sync: str) -> tuple[tuple[ParsedTurn, ...], list[Loss]]:
    """Return the turns of a legacy transcript: a turn for each voice of each paragraph.

    Where a sync point falls, a timed text (``is_cue``) begins; it ends at the
    next one or with its turn. A turn that begins at a point has its time;
    the others' times are estimated in proportion to the text between.
    """
    notes, text = _take_notes(text)
    links = len(_ANCHOR.findall(text))
    text = _without_tags(text, keeps_lines=bool(sync.strip()))
    # One word each; a line that breaks within one breaks behind it, for sync counts lines.
    text = _MARK.sub(lambda m: f"[[footnote]]{m[1]}[[/footnote]]" + "\n" * m[0].count("\n"), text)
    lines = [plain(line) for line in lines_of(text)]
    points, losses = read_sync(sync, lines)
    if links:
        what = trn(
            "The address of {count} link within the transcript is not kept.",
            "The addresses of {count} links within the transcript are not kept.",
            links,
        )
        losses.append(Loss(what))
    stretches = _stretches(lines)
    stretches = [s for s in stretches if s.text]
    turns = [_turn(stretch, notes, losses) for stretch in stretches]
    used = {n for stretch in stretches for _, n in stretch.notes}
    unused = sum(1 for n in range(1, len(notes) + 1) if n not in used)
    if unused:
        what = trn(
            "{count} footnote belongs to no word and was left out.",
            "{count} footnotes belong to no word and were left out.",
            unused,
        )
        losses.append(Loss(what))
    if points and turns:
        turns = _timed(turns, stretches, points)
    return tuple(turns), losses


def _without_tags(text: str, *, keeps_lines: bool) -> str:
    """Return the text that a browser would show: OHMS's viewer shows transcripts as HTML.

    ``keeps_lines``: the synchronisation counts lines, so no further one may come.
    """
    if "<" in text:
        text = _BREAK.sub(lambda m: m[1] or (" " if keeps_lines else "\n"), text)
        text = _TAG.sub("", text)
    return _REFERENCE.sub(lambda m: html.unescape(m[0]), text)


def _note_of(text: str) -> tuple[str, str]:
    """Return a footnote's words and its first link; the further ones stay among the words."""
    links = [plain(link) for link in (*_LINK.findall(text), *_ANCHOR.findall(text))]
    first, *others = links or [""]
    words = _LINK.sub(lambda m: f" {m[1]} " if plain(m[1]) != first else " ", text)
    words = _ANCHOR.sub(lambda m: f"{m[1]} " if m[1] in others else "", words)
    return plain(_without_tags(words, keeps_lines=True)), html.unescape(first)


def _take_notes(text: str) -> tuple[list[tuple[str, str]], str]:
    """Return (text, link) of the footnotes, and the transcript with their lines blanked."""
    notes: list[tuple[str, str]] = []
    for block in _NOTES.finditer(text):
        notes += [_note_of(match[1]) for match in _NOTE.finditer(block[1])]
    return notes, _NOTES.sub(lambda m: "\n" * m[0].count("\n"), text)


def _stretches(lines: Sequence[str]) -> list[_Stretch]:
    habits = habits_of(lines)
    found: list[_Stretch] = []
    speaker = ""
    for paragraph in paragraphs_of(lines, habits):
        if paragraph.head.speaker is not None:
            speaker = plain(paragraph.head.speaker)
        whole = _joined(paragraph, lines)
        whole.speaker = speaker
        if paragraph.head.speaker is None and is_stage_direction(whole.text):
            whole.speaker = ""
            found.append(whole)
            continue
        pieces = _cut(whole, inner_labels(whole.text, habits.labels))
        speaker = pieces[-1].speaker
        found += pieces
    return found


def _joined(paragraph: Paragraph, lines: Sequence[str]) -> _Stretch:
    """Return the paragraph's words joined; words of its label count as its beginning."""
    stretch = _Stretch("")
    for number, rest in paragraph.lines:
        words = rest.split()
        removed = len(lines[number].split()) - len(words)
        stretch.places += [(len(stretch.text), (number, i)) for i in range(max(removed, 0))]
        for i, word in enumerate(words):
            _add_word(stretch, word, (number, removed + i))
    return stretch


def _add_word(stretch: _Stretch, word: str, place: Place) -> None:
    clean, at, marks = "", 0, []
    for match in _MARK.finditer(word):
        clean += word[at : match.start()]
        marks.append((len(clean), int(match[1])))
        at = match.end()
    clean = one_line(clean + word[at:])
    # A mark set apart from its sentence's full stop leaves that alone: "tell you [1]."
    is_tail = bool(marks) and marks[0][0] == 0 and not any(c.isalnum() for c in clean)
    if stretch.text and clean and not is_tail:
        stretch.text += " "
    start = len(stretch.text)
    stretch.places.append((start if clean else max(0, start - 1), place))
    stretch.text += clean
    stretch.notes += [(min(start + offset, len(stretch.text)), n) for offset, n in marks]


def _cut(whole: _Stretch, labels: Sequence[tuple[int, int, str]]) -> list[_Stretch]:
    """Return the paragraph cut where another voice's label stands within it."""
    if not labels:
        return [whole]
    bounds = [(0, 0, whole.speaker), *labels, (len(whole.text), len(whole.text), "")]
    pieces: list[_Stretch] = []
    for (label_start, start, speaker), (end, _, _) in pairwise(bounds):
        text = whole.text[start:end].rstrip()
        piece = _Stretch(speaker, text)
        piece.places = [
            (max(0, offset - start), place)
            for offset, place in whole.places
            if label_start <= offset < end
        ]
        piece.notes = [
            (min(offset - start, len(text)), n)
            for offset, n in whole.notes
            if start < offset <= end
        ]
        pieces.append(piece)
    return pieces


def _turn(stretch: _Stretch, notes: Sequence[tuple[str, str]], losses: list[Loss]) -> ParsedTurn:
    footnotes: list[Footnote] = []
    for offset, n in stretch.notes:
        if 1 <= n <= len(notes):
            footnotes.append(Footnote(offset, *notes[n - 1]))
        else:
            losses.append(Loss(tr("Footnote {number} has no text.", number=n)))
    return ParsedTurn(stretch.speaker, None, None, stretch.text, footnotes=tuple(footnotes))


@dataclass(frozen=True, slots=True)
class _Anchor:
    turn: int
    offset: int
    position: int
    """Code points from the transcript's start, turns joined by one."""
    ms: int


def _timed(
    turns: Sequence[ParsedTurn], stretches: Sequence[_Stretch], points: Sequence[SyncPoint]
) -> list[ParsedTurn]:
    starts: list[int] = []
    position = 0
    for turn in turns:
        starts.append(position)
        position += len(turn.text) + 1
    where = {
        place: (i, offset) for i, s in enumerate(stretches) for offset, place in reversed(s.places)
    }
    anchors: list[_Anchor] = []
    for point in points:
        found = where.get((point.line, point.word))
        if found is None:
            continue
        turn, offset = found
        offset = min(offset, max(0, len(turns[turn].text) - 1))
        anchors.append(_Anchor(turn, offset, starts[turn] + offset, point.ms))
    if not anchors:
        return list(turns)
    clock = _Clock(anchors, position)
    by_turn: dict[int, list[_Anchor]] = {}
    for anchor in anchors:
        by_turn.setdefault(anchor.turn, []).append(anchor)
    timed: list[ParsedTurn] = []
    for i, turn in enumerate(turns):
        inside = by_turn.get(i, [])
        ends = clock.at(starts[i] + len(turn.text) + 1)
        is_exact = bool(inside) and inside[0].offset == 0
        timed.append(
            replace(
                turn,
                start_ms=inside[0].ms if is_exact else clock.at(starts[i]),
                end_ms=ends,
                timed=_cues(turn, inside, ends),
                is_time_estimated=not is_exact,
            )
        )
    return timed


def _cues(turn: ParsedTurn, anchors: Sequence[_Anchor], ends: int) -> tuple[TimedText, ...]:
    cues: list[TimedText] = []
    for i, anchor in enumerate(anchors):
        following = anchors[i + 1] if i + 1 < len(anchors) else None
        end = following.offset if following else len(turn.text)
        end = anchor.offset + len(turn.text[anchor.offset : end].rstrip())
        until = following.ms if following else max(ends, anchor.ms)
        cues.append(TimedText(anchor.offset, end, anchor.ms, until, is_cue=True))
    return tuple(cue for cue in cues if cue.start < cue.end)


class _Clock:
    """The time at any place of the transcript, in proportion between the sync points.

    The recording begins with the transcript; behind the last point speech goes
    on at the pace it had on average.
    """

    def __init__(self, anchors: Sequence[_Anchor], length: int) -> None:
        last = anchors[-1]
        pace = last.ms / last.position if last.position else 60.0
        self._known = [(0, 0), *((a.position, a.ms) for a in anchors if a.position > 0)]
        end = max(length, last.position + 1)
        self._known.append((end, last.ms + round(pace * (end - last.position))))

    def at(self, position: int) -> int:
        before, after = self._known[0], self._known[-1]
        for known in self._known:
            if known[0] <= position:
                before = known
            else:
                after = known
                break
        if after[0] <= before[0]:
            return before[1]
        share = (position - before[0]) / (after[0] - before[0])
        return round(before[1] + share * (after[1] - before[1]))
