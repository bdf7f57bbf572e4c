"""Cues out of a WebVTT or SubRip file, whatever state it is in.

The published parsers drop what they cannot place (DECISIONS.md names what);
here every line of text ends up in some cue, and what was doubtful is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive_app.domain.parsed import Loss
from archive_app.exchange.cleaning import lines_of
from archive_app.exchange.clock import CLOCK, read_clock
from archive_app.translation import tr

_TIMES = re.compile(rf"\s*({CLOCK})\s*-->\s*({CLOCK})(?:\s+(.*))?\s*")
_BROKEN_TIMES = re.compile(r"[^-]{0,24}-->.{0,40}")
_CLOCKLIKE = re.compile(r"[0-9]+[:.,][0-9]")
_NUMBER = re.compile(r"\s*[0-9]{1,9}\s*")


@dataclass(slots=True)
class Cue:
    """A cue as the file has it; times are ``None`` where they could not be read."""

    line: int
    """Line of its times, from 1 (0: text before the first cue)."""
    identifier: str
    start_ms: int | None
    end_ms: int | None
    settings: str = ""
    payload: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Note:
    """A comment block; its first line's number from 1 and its lines."""

    line: int
    lines: tuple[str, ...]


@dataclass(slots=True)
class CaptionFile:
    """Everything that stands in a caption file."""

    header: list[str] = field(default_factory=list[str])
    notes: list[Note] = field(default_factory=list[Note])
    cues: list[Cue] = field(default_factory=list[Cue])
    losses: list[Loss] = field(default_factory=list[Loss])


def line_place(number: int) -> str:
    """Return "line 12" in the person's language."""
    return tr("line {number}", number=number)


def read_cues(text: str, *, is_vtt: bool) -> CaptionFile:
    """Return the cues, comments and header of a caption file; never raises.

    Text that stands outside any cue joins the cue before it; a cue whose times
    cannot be read keeps its text and has none.
    """
    lines = lines_of(text)
    file = CaptionFile()
    i = 0
    while i < len(lines) and not lines[i].strip():
        i += 1
    if i < len(lines):
        lines[i] = lines[i].lstrip()
    if is_vtt and i < len(lines) and re.match(r"WEBVTT(?:[ \t]|$)", lines[i]):
        while i < len(lines) and lines[i].strip() and not _TIMES.fullmatch(lines[i]):
            file.header.append(lines[i])
            i += 1
    pending = ""
    while i < len(lines):
        if not lines[i].strip():
            i += 1
            continue
        end = i
        while end < len(lines) and (lines[end].strip() or _is_first_line(lines, end)):
            end += 1
        pending = _read_block(file, lines, i, end, pending, is_vtt)
        i = end
    if pending:
        _append(file, pending, len(lines), is_vtt)
    return file


def _is_first_line(lines: list[str], i: int) -> bool:
    """Tell whether a line of blanks alone is a caption's first: no line of it is empty."""
    return bool(lines[i]) and bool(_TIMES.fullmatch(lines[i - 1]))


def _read_block(
    file: CaptionFile, lines: list[str], start: int, end: int, pending: str, is_vtt: bool
) -> str:
    """Take lines[start:end] into ``file``; return a number that may name the next cue."""
    times = [i for i in range(start, end) if _is_times(lines, i, start)]
    if not times:
        if pending:
            _append(file, pending, start, is_vtt)
        return _read_loose_block(file, lines, start, end, is_vtt)
    first = times[0]
    identifier = pending
    if first > start:
        if pending:
            _append(file, pending, start, is_vtt)
        identifier, keep = "", first
        if is_vtt or _NUMBER.fullmatch(lines[first - 1]):
            identifier, keep = lines[first - 1].strip(), first - 1
        for i in range(start, keep):
            _append(file, lines[i], i + 1, is_vtt)
    for n, at in enumerate(times):
        stop = times[n + 1] if n + 1 < len(times) else end
        cue = _cue(file, lines[at], at + 1, identifier)
        cue.payload = list(lines[at + 1 : stop])
        identifier = ""
        if n + 1 < len(times) and cue.payload and _follows(cue.payload[-1], cue.identifier):
            identifier = cue.payload.pop().strip()
        file.cues.append(cue)
    return ""


def _read_loose_block(
    file: CaptionFile, lines: list[str], start: int, end: int, is_vtt: bool
) -> str:
    first = lines[start]
    if is_vtt and re.match(r"NOTE(?:[ \t]|$)", first):
        file.notes.append(Note(start + 1, tuple(lines[start:end])))
        return ""
    if is_vtt and not file.cues and re.fullmatch(r"(?:STYLE|REGION)[ \t]*", first):
        file.losses.append(
            Loss(tr("How captions look on the screen is not kept."), line_place(start + 1))
        )
        return ""
    if end - start == 1 and _NUMBER.fullmatch(first):
        return first.strip()
    for i in range(start, end):
        _append(file, lines[i], i + 1, is_vtt and i == start)
    return ""


def _is_times(lines: list[str], i: int, start: int) -> bool:
    line = lines[i]
    if "-->" not in line:
        return False
    if _TIMES.fullmatch(line):
        return True
    if not _BROKEN_TIMES.fullmatch(line):
        return False
    if i > start and _NUMBER.fullmatch(lines[i - 1]):
        return True
    return i - start <= 1 and bool(_CLOCKLIKE.search(line))


def _follows(line: str, identifier: str) -> bool:
    """Tell whether a line that ends a cue is the next cue's number, the blank line missing."""
    if not _NUMBER.fullmatch(line):
        return False
    return not identifier.isdecimal() or int(line) == int(identifier) + 1


def _cue(file: CaptionFile, line: str, number: int, identifier: str) -> Cue:
    match = _TIMES.fullmatch(line)
    start = read_clock(match[1]) if match else None
    end = read_clock(match[2]) if match else None
    if start is None or end is None:
        what = tr("The times of a caption cannot be read; its words were kept without them.")
        file.losses.append(Loss(what, line_place(number)))
        return Cue(number, identifier, None, None)
    return Cue(number, identifier, start, end, (match[3] or "").strip() if match else "")


def _append(file: CaptionFile, line: str, number: int, is_notable: bool) -> None:
    if not file.cues:
        file.cues.append(Cue(0, "", None, None))
        is_notable = True
    file.cues[-1].payload.append(line)
    if is_notable:
        where = line_place(number)
        file.losses.append(
            Loss(tr("Words outside of any caption were added to the caption before them."), where)
        )
