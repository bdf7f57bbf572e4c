"""Plain text transcripts — reader and writer.

Our own form: a first line that says what it is, then one line a turn, a blank
line between turns: ``[00:00:01.000 - 00:00:04.500] ИВАН: words``. ``[-]`` says
that a turn has no time where the words alone would be misread; ``~`` before
the first reading, that the time is an estimate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive_app.domain.parsed import (
    Loss,
    ParsedInterview,
    ParsedRecord,
    ParsedTranscript,
    ParsedTurn,
)
from archive_app.domain.released import ReleasedInterview, ReleasedTurn
from archive_app.exchange.cleaning import lines_of, one_line, plain
from archive_app.exchange.clock import CLOCK, read_clock, write_clock
from archive_app.exchange.joining import MOST_WORDS, split_sentences
from archive_app.exchange.labels import inner_labels, read_labelled, write_labelled
from archive_app.exchange.losses import chosen_transcript, left_out
from archive_app.exchange.speech import habits_of, is_stage_direction, paragraphs_of
from archive_app.exchange.typing_marks import with_starts, without_marks
from archive_app.exchange.written import Written
from archive_app.translation import tr

FORMAT = "text"

_OWN = (
    "Transcript: a line for each turn, [start - end] SPEAKER: words (oral-history-archive text 1)"
)
_OWN_TURN = re.compile(rf"\[(~?)({CLOCK})?(?: ?- ?({CLOCK})?)?\] ?(.*)", re.DOTALL)


def read_text(text: str) -> ParsedInterview:
    """Return the transcript of a plain text; an empty one gives none, and says so."""
    lines = lines_of(text)
    if lines[0].strip() == _OWN:
        return _read_own(lines)
    turns, losses = turns_of_lines(lines)
    if not turns:
        losses.append(Loss(tr("The file holds no words.")))
    return ParsedInterview(
        FORMAT,
        transcripts=(ParsedTranscript(turns),) if turns else (),
        losses=tuple(losses),
    )


def turns_of_lines(
    lines: Sequence[str],
    *,
    labels: frozenset[str] = frozenset(),
    fields: frozenset[str] = frozenset(),
) -> tuple[tuple[ParsedTurn, ...], list[Loss]]:
    """Return the turns of a typed transcript.

    ``labels`` are believed whatever the lines say, ``fields`` are no speakers: a
    word processor's document tells both by more than its words.

    With labels, a paragraph without one goes on with the speaker before it.
    Paragraphs of more than ``MOST_WORDS`` words, and files without any blank
    line, are broken at sentence ends.
    """
    lines, losses = without_marks(lines)
    lines = [plain(line) for line in lines]
    habits = habits_of(lines)
    habits.labels = (habits.labels - fields) | labels
    found = with_starts(paragraphs_of(lines, habits))
    turns: list[ParsedTurn] = []
    speaker = ""
    latest = -1
    disordered: list[int] = []
    for paragraph in found:
        head = paragraph.head
        if head.speaker is not None:
            speaker = plain(head.speaker)
        elif not paragraph.is_continued:
            speaker = ""
        if head.start_ms is not None:
            if head.start_ms < latest:
                disordered.append(paragraph.lines[0][0] + 1 if paragraph.lines else 0)
            latest = max(latest, head.start_ms)
        text = plain(" ".join(part for _, part in paragraph.lines))
        start, end = head.start_ms, head.end_ms
        if head.speaker is None and is_stage_direction(text):
            turns.append(ParsedTurn("", start, end, text))
            continue
        if start is not None and end is not None and end < start:
            end = None
        parts = [
            (voice, stretch)
            for voice, words in _voices(text, speaker, habits.labels)
            for stretch in (split_sentences(words) if len(words.split()) > MOST_WORDS else [words])
        ]
        for i, (speaker, stretch) in enumerate(parts):
            is_last = i == len(parts) - 1
            turns.append(
                ParsedTurn(speaker, None if i else start, end if is_last else None, stretch)
            )
    if disordered:
        losses.append(
            Loss(
                tr("Times go back in the file; its order was kept."),
                tr("line {number}", number=disordered[0]),
            )
        )
    return tuple(turns), losses


def _voices(text: str, speaker: str, labels: frozenset[str]) -> list[tuple[str, str]]:
    """Return (speaker, words) of a paragraph, cut where a label stands within it."""
    said: list[tuple[str, str]] = []
    position = 0
    for start, end, name in inner_labels(text, labels):
        said.append((speaker, text[position:start].rstrip()))
        speaker, position = name, end
    said.append((speaker, text[position:]))
    return said


def _read_own(lines: Sequence[str]) -> ParsedInterview:
    turns: list[ParsedTurn] = []
    losses: list[Loss] = []
    fields: dict[str, str] = {}
    i = 1
    while i < len(lines) and lines[i]:
        name, _, value = lines[i].partition(": ")
        fields[name] = value
        i += 1
    for number, line in enumerate(lines[i:], start=i + 1):
        if not line:
            continue
        match = _OWN_TURN.fullmatch(line)
        times = [read_clock(match[k]) if match and match[k] else None for k in (2, 3)]
        if match and any(match[k] and t is None for k, t in zip((2, 3), times, strict=True)):
            what = tr("The times of a turn cannot be read; its words were kept without them.")
            losses.append(Loss(what, tr("line {number}", number=number)))
        speaker, words = read_labelled(match[4] if match else line)
        turns.append(
            ParsedTurn(
                one_line(speaker),
                times[0],
                times[1],
                one_line(words),
                is_time_estimated=bool(match and match[1]),
            )
        )
    language = fields.get("Language", "")
    title = fields.get("Title", "")
    record = ParsedRecord(
        accession=fields.get("Accession", ""), titles={language or "und": title} if title else {}
    )
    return ParsedInterview(
        FORMAT, record, (ParsedTranscript(tuple(turns), language),), losses=tuple(losses)
    )


def write_text(released: ReleasedInterview, *, transcript: int | None = None) -> Written:
    """Return one transcript (by id; else the first) as plain text, and what it could not say.

    Raises:
        NotFound: nothing to write for this audience.
    """
    chosen = chosen_transcript(released, transcript)
    head = [_OWN]
    for name, value in (
        ("Title", released.titles.get(chosen.language) or released.title),
        ("Accession", released.accession),
        ("Language", chosen.language),
    ):
        if plain(value):
            head.append(f"{name}: {plain(value)}")
    blocks = ["\n".join(head), *(_turn(turn) for turn in chosen.turns)]
    losses = left_out(released, chosen, keeps=frozenset({"language"}))
    return Written(("\n\n".join(blocks) + "\n").encode("utf-8"), tuple(losses))


def _turn(turn: ReleasedTurn) -> str:
    body = write_labelled(turn.speaker, turn.text)
    start = "" if turn.start_ms is None else write_clock(turn.start_ms)
    end = "" if turn.end_ms is None else f"- {write_clock(turn.end_ms)}"
    times = " ".join(part for part in (start, end) if part)
    estimated = "~" if turn.is_time_estimated else ""
    if times or estimated:
        return f"[{estimated}{times or '-'}] {body}"
    return body if body and not body.startswith("[") else f"[-] {body}"
