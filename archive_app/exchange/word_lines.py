"""A Word document's blocks as the lines of a typed transcript, which plain text's reader reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from archive_app.domain.parsed import Loss
from archive_app.exchange.clock import write_clock
from archive_app.exchange.joining import ends_sentence
from archive_app.exchange.labels import candidate
from archive_app.exchange.word_labels import Lead, believed_leads, time_end, with_brackets
from archive_app.exchange.word_notes import laid, places_of
from archive_app.exchange.word_story import Block, Paragraph, Run, Table, flat
from archive_app.exchange.word_tables import TableTranscript, TableTurn, transcript_in
from archive_app.translation import tr

_SOFT_HYPHEN = "\u00ad"
_WRAPPED = range(30, 120)
"""How long lines are that were broken by hand."""


@dataclass(slots=True)
class Lines:
    """The lines, and what to believe of the labels at their heads."""

    lines: list[str] = field(default_factory=list[str])
    labels: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    further: list[str] = field(default_factory=list[str])
    """Texts of notes that were made of further columns; numbered on from the document's."""
    losses: list[Loss] = field(default_factory=list[Loss])


@dataclass(frozen=True, slots=True)
class _Ready:
    """A line whose head is made already; ``label`` is the speaker it names."""

    text: str
    label: str = ""


def lines_of_blocks(blocks: Iterable[Block], notes: int) -> Lines:
    """Return the lines of a document; an empty one stands behind each paragraph.

    Args:
        blocks: paragraphs and tables in order.
        notes: how many notes the document has; further ones are numbered from there.
    """
    result = Lines()
    parts: list[Paragraph | _Ready] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(block)
        elif (found := transcript_in(block)) is not None:
            parts += _of_transcript(found, result, notes)
        else:
            parts += _of_other_table(block)
    paragraphs = [part for part in parts if isinstance(part, Paragraph)]
    believed = believed_leads(paragraphs)
    leads = iter(believed.leads)
    is_wrapped = _are_wrapped([part.text for part in paragraphs])
    for part in parts:
        if isinstance(part, _Ready):
            result.lines += [part.text, ""]
            continue
        lines = _line(part, next(leads)).replace(_SOFT_HYPHEN, "").split("\n")
        filled = [line for line in lines if line.strip()]
        result.lines += filled
        if not filled or not is_wrapped:
            result.lines.append("")
    named = {part.label for part in parts if isinstance(part, _Ready) and part.label}
    result.labels = believed.labels | named
    result.fields = believed.fields - result.labels
    return result


def _line(paragraph: Paragraph, lead: Lead | None) -> str:
    """Return a paragraph's text with its notes, its label before a colon."""
    text, places = paragraph.text, places_of(paragraph)
    if lead is not None:
        rest = with_brackets(laid(text, places, start=lead.end))
        return f"{text[: lead.start]}{lead.label}: {rest}"
    start = time_end(text)
    found = candidate(text[start:])
    if found is None or not places:
        return laid(text, places)
    end = start + found.offset
    return text[:end] + laid(text, places, start=end)


def _of_transcript(found: TableTranscript, result: Lines, notes: int) -> list[Paragraph | _Ready]:
    parts: list[Paragraph | _Ready] = []
    if found.has_heading:
        result.losses.append(Loss(tr("The heading row of a table was left out.")))
    if found.has_further:
        what = tr("A further column of a table was taken in as footnotes.")
        result.losses.append(Loss(what))
    for turn in found.turns:
        first = notes + len(result.further)
        result.further += turn.further
        further = [Run("", note=first + n) for n in range(len(turn.further))]
        last = turn.paragraphs[-1]
        last = replace(last, runs=(*last.runs, *further))
        turn = replace(turn, paragraphs=(*turn.paragraphs[:-1], last))
        parts += _of_turn(turn, has_speakers=found.has_speakers)
    return parts


def _of_turn(turn: TableTurn, *, has_speakers: bool) -> list[Paragraph | _Ready]:
    times = ""
    if turn.start_ms is not None:
        end = "" if turn.end_ms is None else f" - {write_clock(turn.end_ms)}"
        times = f"[{write_clock(turn.start_ms)}{end}] "
    if not has_speakers:
        # The words may name the speaker themselves.
        first, *others = turn.paragraphs
        runs = (Run(times), *first.runs) if times else first.runs
        return [Paragraph(runs, first.style, first.style_name), *others]
    head = f"{turn.speaker}: " if turn.speaker else ""
    lines: list[Paragraph | _Ready] = []
    for one in turn.paragraphs:
        text = re.sub(r"[\n\t]+", " ", laid(one.text, places_of(one))).replace(_SOFT_HYPHEN, "")
        lines.append(_Ready(f"{times}{head}{text}", turn.speaker))
        times = ""
    return lines


def _of_other_table(table: Table) -> list[Paragraph | _Ready]:
    """Return a table that is no transcript, a line for each row of short cells."""
    parts: list[Paragraph | _Ready] = []
    for row in table.rows:
        cells = [[one for one in cell.paragraphs if one.runs] for cell in row]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
            words = " ".join(laid(one.text, places_of(one)) for (one,) in filled)
            parts.append(_Ready(re.sub(r"[\n\t]+", " ", words).replace(_SOFT_HYPHEN, "")))
        else:
            parts += [one for cell in filled for one in cell]
    return parts


def _are_wrapped(texts: Sequence[str]) -> bool:
    """Tell whether each printed line is a paragraph, and an empty one ends what is said."""
    followed = [
        text.strip() for text, following in pairwise(texts) if text.strip() and following.strip()
    ]
    filled = sum(1 for text in texts if text.strip())
    if len(texts) - filled < 2 or len(followed) < 6 or len(followed) * 2 < filled:
        return False
    broken = [text for text in followed if len(text) in _WRAPPED and not ends_sentence(text)]
    return len(broken) * 5 >= len(followed) * 3


def text_of_blocks(blocks: Iterable[Block]) -> str:
    """Return all words of blocks in one line, for a note or a comment."""
    return " ".join(text for one in flat(blocks) if (text := one.text.strip()))
