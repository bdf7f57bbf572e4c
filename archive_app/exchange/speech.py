"""Typed transcripts to turns: paragraphs, speakers' labels, clock readings at their head.

Used for plain text and for the legacy transcripts of OHMS. Nothing but labels
and clock readings ever leaves the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archive_app.exchange.cleaning import plain
from archive_app.exchange.clock import CLOCK, read_clock
from archive_app.exchange.labels import accepted_labels, candidate, is_name, shape, split_label

# Blanks are bounded: a line of a million of them must not take hours.
_LEAD = re.compile(
    rf"\s{{0,9}}(?P<open>[\[({{<#]?)\s{{0,9}}(?P<start>{CLOCK})"
    rf"(?:\s{{0,9}}(?:-->|[-–—])\s{{0,9}}(?P<end>{CLOCK}))?"
    r"\s{0,9}(?P<close>[\])}>#]?)\s{0,9}(?:[-–—:|]\s{1,9}(?=\S))?(?=\s|$|\S)"
)
_NAME_TIME = re.compile(
    rf"\s{{0,9}}(?P<label>[^:\[\]()<>\n]{{1,60}}?)\s{{0,9}}"
    rf"[\[(<]\s{{0,9}}(?P<time>{CLOCK})\s{{0,9}}[\])>]\s{{0,9}}:?\s{{0,9}}"
)
_NAME_BARE_TIME = re.compile(
    r"\s{0,9}(?P<label>[^:\[\]()<>\n]{1,60}?)\s{1,9}(?P<time>[0-9]{1,3}:[0-9:.,]{2,12})\s{0,9}"
)
_BRACKETED_NAME_TIME = re.compile(
    rf"\s{{0,9}}\[(?P<label>[^:\[\]()<>\n]{{1,60}})\]\s{{1,9}}(?P<time>{CLOCK})\s{{0,9}}"
)
_LETTER = re.compile(r"\s{0,9}(?P<label>[QAВОПQА])\s{0,9}\.\s{1,9}(?=\S)")
_DASH = re.compile(r"\s{0,9}(?:[—–-]\s{1,9}|>{2,3}\s{0,9})\S")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of a line before its words."""

    text: str
    """The words left."""
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None

    @property
    def opens(self) -> bool:
        """Whether a new turn begins here."""
        return self.speaker is not None or self.start_ms is not None


@dataclass(slots=True)
class Habits:
    """How one file marks who speaks and when."""

    labels: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    named_times: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    """Names that stand on lines of their own, above what is said."""
    has_bare_times: bool = False


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, by the numbers of ``lines`` (from 0)."""

    head: Head
    lines: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    is_continued: bool = False
    """No head of its own, so its speaker goes on."""


def is_stage_direction(text: str) -> bool:
    """Tell whether a paragraph is nobody's words: "[END OF INTERVIEW]"."""
    return bool(re.fullmatch(r"\[[^\[\]]*\]", text.strip()))


def habits_of(lines: Sequence[str]) -> Habits:
    """Return how the file marks speakers and times, judged over all of it."""
    stripped = [_after_time(line, bare=True) for line in lines]
    blocks = 0
    was_blank = True
    for line in lines:
        blocks += bool(line.strip()) and was_blank
        was_blank = not line.strip()
    filled = sum(1 for line in lines if line.strip())
    has_paragraphs = blocks > 1
    units = blocks if has_paragraphs else filled
    labels = accepted_labels(stripped, units=units) - _fields_of_head(stripped)
    letters: dict[str, int] = {}
    named: dict[str, int] = {}
    for line in stripped:
        if match := _LETTER.match(line):
            letters[match["label"]] = letters.get(match["label"], 0) + 1
        if match := _named_time(line):
            named[match["label"].strip()] = named.get(match["label"].strip(), 0) + 1
    has_letters = len(letters) >= 2
    return Habits(
        labels,
        frozenset(letters) if has_letters else frozenset(),
        frozenset(named),
        _names_alone(lines, blocks),
        _bare_times_are_usual(lines),
    )


def _fields_of_head(lines: Sequence[str]) -> frozenset[str]:
    """Return labels of the file's first paragraph that head no line below: "Date: 2019".

    Where people speak in it, one of its labels comes again.
    """
    end = next((i for i, line in enumerate(lines) if i and not line.strip()), len(lines))
    first = [found.speaker for line in lines[:end] if (found := candidate(line))]
    below = Counter(found.speaker for line in lines[end:] if (found := candidate(line)))
    again = max(below.values(), default=0) >= 2
    is_record = len(first) >= 2 and again and not any(x in below for x in first)
    return frozenset(first) if is_record else frozenset()


def _names_alone(lines: Sequence[str], blocks: int) -> frozenset[str]:
    """Return names that have lines of their own: below or behind a time, or in capitals.

    They need to come again, or be numbered ("Speaker 1"), and to head every
    third paragraph.
    """
    found: Counter[str] = Counter()
    is_below_time, was_blank = False, True
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        head = _time_head(line, bare=True)
        text = (head.text if head else line).strip()
        is_headed = head is not None or is_below_time or (was_blank and shape(text) == "strong")
        if text and is_headed and following.strip() and is_name(text):
            found[text] += 1
        is_below_time = head is not None and not text
        was_blank = not line.strip()
    again = {x for x, n in found.items() if n >= 2 or re.search(r"[^\W\d_] ?[0-9]{1,2}$", x)}
    is_usual = sum(found[x] for x in again) * 3 >= max(blocks, 2)
    return frozenset(again) if is_usual and len(again) >= 2 else frozenset()


def _named_time(line: str) -> re.Match[str] | None:
    match = _BRACKETED_NAME_TIME.fullmatch(line) or _NAME_TIME.match(line)
    if match is None:
        match = _NAME_BARE_TIME.fullmatch(line)
    if match is None or not shape(match["label"]) or read_clock(match["time"]) is None:
        return None
    return match


def _bare_times_are_usual(lines: Sequence[str]) -> bool:
    """Tell whether clock readings without brackets head lines: thrice, never going back."""
    times: list[int] = []
    for line in lines:
        match = _LEAD.match(line)
        if match and not match["open"] and (ms := read_clock(match["start"])) is not None:
            times.append(ms)
    return len(times) >= 3 and times == sorted(times)


def _after_time(line: str, *, bare: bool) -> str:
    head = _time_head(line, bare=bare)
    return head.text if head else line


def _time_head(line: str, *, bare: bool) -> Head | None:
    match = _LEAD.match(line)
    if match is None or (start := read_clock(match["start"])) is None:
        return None
    pairs = {"[": "]", "(": ")", "{": "}", "<": ">", "#": "#", "": ""}
    if pairs[match["open"]] != match["close"]:
        return None
    rest = line[match.end() :]
    is_certain = bool(match["open"]) or not rest.strip() or match["start"].count(":") == 2
    if not is_certain and not bare:
        return None
    if not match["open"] and rest[:1] and not line[: match.end()][-1].isspace():
        return None
    end = read_clock(match["end"]) if match["end"] else None
    return Head(rest, None, start, end)


def head_of(line: str, habits: Habits) -> Head:
    """Return speaker, times and remaining words of a line, in whatever order they stand."""
    head = _time_head(line, bare=habits.has_bare_times) or Head(line)
    rest = head.text
    if (match := _named_time(rest)) and match["label"].strip() in habits.named_times:
        at = read_clock(match["time"])
        return replace(
            head,
            text=rest[match.end() :],
            speaker=match["label"].strip(),
            start_ms=head.start_ms if head.start_ms is not None else at,
        )
    speaker, text = _speaker_of(rest, habits)
    if speaker is None:
        return head
    head = replace(head, speaker=speaker, text=text)
    if head.start_ms is None and (inner := _time_head(text, bare=False)) is not None:
        match = _LEAD.match(text)
        if match and match["open"]:
            head = replace(inner, speaker=speaker)
    return head


def _speaker_of(rest: str, habits: Habits) -> tuple[str | None, str]:
    if rest.strip() in habits.alone:
        return rest.strip(), ""
    if found := split_label(rest, habits.labels):
        return found.speaker, found.rest
    match = _LETTER.match(rest)
    if match and match["label"] in habits.letters:
        return match["label"], rest[match.end() :]
    return None, rest


def paragraphs_of(lines: Sequence[str], habits: Habits) -> list[Paragraph]:
    """Return the file's paragraphs in order; no line with words is left out.

    A paragraph ends at a blank line and before a label, a clock reading or a
    dialogue dash. A head that stands alone on its line belongs to what follows.
    """
    found: list[Paragraph] = []
    current: Paragraph | None = None
    waiting: Head | None = None
    for number, line in enumerate(lines):
        if not line.strip():
            current = None
            continue
        head = head_of(line, habits)
        if waiting is not None and waiting.speaker is not None and head.speaker is not None:
            # A label whose speaker says nothing: a turn without words, so that it is not lost.
            found.append(Paragraph(waiting))
            waiting = None
        if waiting is not None:
            head = _merge(waiting, head)
            waiting = current = None
        if not plain(head.text):
            waiting, current = head, None
            continue
        is_dash = bool(_DASH.match(head.text))
        if current is None or head.opens or is_dash:
            is_continued = head.speaker is None and not is_dash
            current = Paragraph(head, is_continued=is_continued)
            found.append(current)
        current.lines.append((number, head.text))
    if waiting is not None and waiting.speaker is not None:
        found.append(Paragraph(waiting))
    return found


def _merge(first: Head, second: Head) -> Head:
    return Head(
        second.text,
        second.speaker if second.speaker is not None else first.speaker,
        second.start_ms if second.start_ms is not None else first.start_ms,
        second.end_ms if second.start_ms is not None else first.end_ms,
    )
