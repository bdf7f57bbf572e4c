"""Turns out of cues: times put right where that is plain, voices told apart, cues joined."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from archive_app.domain.parsed import Loss, ParsedTurn
from archive_app.domain.records import Footnote, TimedText
from archive_app.errors import BadInput
from archive_app.exchange.captions import CaptionFile, Cue, line_place
from archive_app.exchange.joining import Piece, join_pieces
from archive_app.exchange.labels import accepted_labels, is_name, split_label
from archive_app.exchange.markup import Voice, voices
from archive_app.exchange.rolling import without_repetition
from archive_app.translation import tr, trn

_CHEVRONS = re.compile(r"\s*>{2,3}")
_DASH = re.compile(r"\s*[-–—]\s?\w")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note that a cue's class points to."""

    text: str
    link: str = ""


def turns_of(
    file: CaptionFile, annotations: Mapping[str, Annotation] | None = None
) -> tuple[tuple[ParsedTurn, ...], list[Loss]]:
    """Return the turns of a foreign caption file and everything that was doubtful.

    A cue that names nobody has no speaker, unless the file names its speakers
    by labels in the text ("ИВАН: …"): by that custom a name holds until the next.

    Raises:
        BadInput: there are cues, and not one has times that can be read.
    """
    losses = list(file.losses)
    cues = file.cues
    if cues and all(cue.start_ms is None for cue in cues):
        broken = next((cue.line for cue in cues if cue.line), 0)
        raise BadInput(
            tr(
                "No caption of the file has times that can be read. Nothing was imported. "
                "Times look like 00:01:02.500 --> 00:01:04.000."
            ),
            where=line_place(broken) if broken else "",
        )
    cues, repeated = without_repetition(cues)
    losses += [*repeated, *repair_times(cues)]
    settings = sum(1 for cue in cues if cue.settings)
    if settings:
        losses.append(
            Loss(
                trn(
                    "Where {count} caption stands on the screen is not kept.",
                    "Where {count} captions stand on the screen is not kept.",
                    settings,
                )
            )
        )
    pieces, empty = _pieces(cues, annotations or {})
    if empty:
        what = trn(
            "{count} caption without words was left out.",
            "{count} captions without words were left out.",
            len(empty),
        )
        losses.append(Loss(what, line_place(empty[0])))
    return join_pieces(pieces), losses


def repair_times(cues: Sequence[Cue]) -> list[Loss]:
    """Put right in place what plainly is wrong with the cues' times; return what was done.

    An end before its start ends with the next cue's start instead, or stays
    unknown (a last cue that ends at 0). No length, overlaps and a wrong order
    stay as they are; the first and the last are said.
    """
    losses: list[Loss] = []
    latest = -1
    disordered: list[int] = []
    following = _next_starts(cues)
    for i, cue in enumerate(cues):
        if cue.start_ms is None or cue.end_ms is None:
            continue
        if cue.start_ms < latest:
            disordered.append(cue.line)
        latest = max(latest, cue.start_ms)
        if cue.end_ms > cue.start_ms:
            continue
        if cue.end_ms == cue.start_ms:
            losses.append(Loss(tr("A caption has no length."), line_place(cue.line)))
            continue
        upcoming = following[i]
        if upcoming is not None and upcoming > cue.start_ms:
            cue.end_ms = upcoming
            what = tr("A caption ends before it begins; it was taken to last until the next.")
        else:
            cue.end_ms = None
            what = tr("A caption ends before it begins; its end is unknown.")
        losses.append(Loss(what, line_place(cue.line)))
    if disordered:
        what = trn(
            "{count} caption begins before the one above it; the file's order was kept.",
            "{count} captions begin before the one above them; the file's order was kept.",
            len(disordered),
        )
        losses.append(Loss(what, line_place(disordered[0])))
    return losses


def _next_starts(cues: Sequence[Cue]) -> list[int | None]:
    """Return for each cue when the next one that tells it begins."""
    starts: list[int | None] = []
    upcoming: int | None = None
    for cue in reversed(cues):
        starts.append(upcoming)
        upcoming = cue.start_ms if cue.start_ms is not None else upcoming
    return starts[::-1]


def _pieces(
    cues: Sequence[Cue], annotations: Mapping[str, Annotation]
) -> tuple[list[Piece], list[int]]:
    """Return what each voice says, however the file tells who it is."""
    spoken = [voices("\n".join(cue.payload)) for cue in cues]
    has_voices = any(voice.speaker is not None for said in spoken for voice in said)
    if has_voices:
        return _collected(cues, spoken, annotations)
    heads = [v.text for cue in cues for line in cue.payload for v in voices(line)[:1]]
    labels = accepted_labels(heads, units=len(cues))
    if not labels and _have_names_above(cues):
        return _collected(cues, [_named_above(cue) for cue in cues], annotations)
    marks = [_CHEVRONS] if any(_CHEVRONS.match(head) for head in heads) else []
    if any(sum(1 for line in cue.payload if _is_headed(line, [_DASH])) > 1 for cue in cues):
        marks.append(_DASH)
    if labels or marks:
        current = ""
        for i, cue in enumerate(cues):
            spoken[i] = _labelled(cue, labels, marks, current)
            current = (spoken[i][-1].speaker or "") if spoken[i] else current
    return _collected(cues, spoken, annotations)


def _have_names_above(cues: Sequence[Cue]) -> bool:
    """Tell whether the first line of each cue is the speaker's name alone ("Speaker 1").

    Some programs set it there. Names come again; first lines of captions do not.
    """
    filled = [lines for cue in cues if (lines := [x for x in cue.payload if x.strip()])]
    names = Counter(lines[0].strip() for lines in filled if len(lines) > 1 and is_name(lines[0]))
    if len(filled) < 2 or names.total() < len(filled):
        return False
    is_numbered = all(re.search(r"[0-9]$", name) for name in names)
    return is_numbered or len(names) * 2 <= len(filled)


def _named_above(cue: Cue) -> list[Voice]:
    lines = [line for line in cue.payload if line.strip()]
    return [replace(v, speaker=lines[0].strip()) for v in voices("\n".join(lines[1:]))]


def _collected(
    cues: Sequence[Cue], spoken: Sequence[Sequence[Voice]], annotations: Mapping[str, Annotation]
) -> tuple[list[Piece], list[int]]:
    """Return the pieces of all cues, and the lines of those that say nothing."""
    pieces: list[Piece] = []
    empty: list[int] = []
    for cue, every in zip(cues, spoken, strict=True):
        said = [voice for voice in every if voice.text]
        if not said and cue.line:
            empty.append(cue.line)
        pieces += _cue_pieces(cue, said, annotations)
    return pieces, empty


def _is_headed(line: str, marks: Sequence[re.Pattern[str]]) -> bool:
    head = voices(line)[:1]
    return bool(head) and any(mark.match(head[0].text) for mark in marks)


def _labelled(
    cue: Cue, labels: frozenset[str], marks: Sequence[re.Pattern[str]], current: str
) -> list[Voice]:
    """Return the voices of a cue in a file that names or marks speakers in its text."""
    groups: list[list[str]] = []
    for line in cue.payload:
        head = voices(line)[:1]
        is_new = head and split_label(head[0].text, labels)
        if not groups or is_new or _is_headed(line, marks):
            groups.append([])
        groups[-1].append(line)
    found: list[Voice] = []
    for group in groups:
        opens = _is_headed(group[0], marks)
        for voice in voices("\n".join(group)):
            label = split_label(voice.text, labels)
            if label is None:
                current = "" if opens else current
                found.append(replace(voice, speaker=current, opens=opens))
                opens = False
                continue
            current, cut, opens = label.speaker, label.offset, False
            found.append(
                Voice(
                    current,
                    label.rest,
                    tuple((max(0, offset - cut), ms) for offset, ms in voice.times),
                    tuple((name, max(0, offset - cut)) for name, offset in voice.classes),
                )
            )
    return found


def _cue_pieces(
    cue: Cue, said: Sequence[Voice], annotations: Mapping[str, Annotation]
) -> list[Piece]:
    """Return a piece for each voice; several voices share the cue's time by their length."""
    if cue.start_ms is None:
        return [
            Piece(
                v.speaker or "",
                v.text,
                None,
                None,
                footnotes=_footnotes(v, annotations),
                opens=v.opens,
            )
            for v in said
        ]
    total = sum(len(voice.text) for voice in said)
    span = (cue.end_ms if cue.end_ms is not None else cue.start_ms) - cue.start_ms
    pieces: list[Piece] = []
    done = 0
    for voice in said:
        start = cue.start_ms + span * done // total
        done += len(voice.text)
        end = cue.start_ms + span * done // total
        pieces.append(
            Piece(
                voice.speaker or "",
                voice.text,
                start,
                None if cue.end_ms is None else end,
                _timed(voice, start, end),
                _footnotes(voice, annotations),
                is_time_estimated=bool(pieces),
                opens=voice.opens,
            )
        )
    return pieces


def _timed(voice: Voice, start_ms: int, end_ms: int) -> tuple[TimedText, ...]:
    """Return the cue's own time, or where it has inner times, those of its parts."""
    if not voice.times:
        return (TimedText(0, len(voice.text), start_ms, end_ms, is_cue=True),)
    bounds = [(0, start_ms), *voice.times, (len(voice.text), end_ms)]
    timed: list[TimedText] = []
    for (start, at), (end, until) in itertools.pairwise(bounds):
        part = voice.text[start:end]
        start += len(part) - len(part.lstrip())
        stop = end - (len(part) - len(part.rstrip()))
        if start < stop:
            timed.append(TimedText(start, stop, at, max(at, until)))
    return tuple(timed)


def _footnotes(voice: Voice, annotations: Mapping[str, Annotation]) -> tuple[Footnote, ...]:
    notes = [
        Footnote(offset, annotations[name].text, annotations[name].link)
        for name, offset in voice.classes
        if name in annotations
    ]
    return tuple(sorted(notes, key=lambda note: note.offset))
