"""Transcripts typed into tables: a column of speakers or times beside one of words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from archive_app.exchange.cleaning import plain
from archive_app.exchange.clock import CLOCK, read_clock
from archive_app.exchange.labels import is_name
from archive_app.exchange.word_story import Cell, Paragraph, Table

_TIMES = re.compile(
    rf"[\[(<#]?\s?({CLOCK})\s?[\])>#]?(?:\s{{0,3}}(?:-->|[-–—/])\s{{0,3}}[\[(]?({CLOCK})[\])]?)?"
)
_HEADINGS = {
    "time": re.compile(
        r"time ?(?:code|stamp)?s?|tc|start|end|from|to|тайм-?коды?|время|начало|конец|"
        r"vreme|vrijeme|početak|kraj|време|почетак|крај|zeit",
        re.IGNORECASE,
    ),
    "speaker": re.compile(
        r"speakers?|names?|who|voice|говорит|говорящий|спикер|кто|имя|участник|"
        r"govornik|ime|ko|učesnik|говорник|име|ко|учесник|sprecher(?:in)?",
        re.IGNORECASE,
    ),
    "text": re.compile(
        r"text|transcript(?:ion)?|words|speech|content|текст|реплика|транскрипт|расшифровка|"
        r"содержание|tekst|transkript|govor|sadržaj|транскрипт|говор|садржај|inhalt",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"no\.?|nr\.?|#|№|n|br\.?|бр\.?|р\.? ?бр\.?|п/п|№ ?п/п|line|turn", re.IGNORECASE
    ),
}
_MOST_IN_NAME = 60


@dataclass(frozen=True, slots=True)
class TableTurn:
    """A row of a transcript: times in ms, the speaker's name, the words, what further cells say."""

    start_ms: int | None
    end_ms: int | None
    speaker: str
    paragraphs: tuple[Paragraph, ...]
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableTranscript:
    """A table that is a transcript."""

    turns: tuple[TableTurn, ...]
    has_speakers: bool
    has_heading: bool
    has_further: bool


@dataclass(slots=True)
class _Columns:
    times: list[int]
    speaker: int | None
    text: int
    further: list[int]


def transcript_in(table: Table) -> TableTranscript | None:
    """Return the transcript that a table is, or None where it is any other table.

    It has a column of words and one of speakers' names that come again, or one of
    times; a heading row may say which is which.
    """
    rows = [{cell.column: cell for cell in row} for row in table.rows]
    rows = [row for row in rows if any(_words(cell) for cell in row.values())]
    if not rows:
        return None
    roles = _roles(rows[0])
    has_heading = bool(roles) or (table.has_heading and len(rows) > 1)
    body = rows[1:] if has_heading else rows
    columns = _columns(body, roles)
    if columns is None:
        return None
    return TableTranscript(
        tuple(_turns(body, columns)),
        columns.speaker is not None,
        has_heading,
        any(_words(row.get(n)) for row in body for n in columns.further),
    )


def _words(cell: Cell | None) -> str:
    return plain(" ".join(one.text for one in cell.paragraphs)) if cell else ""


def _roles(row: Mapping[int, Cell]) -> dict[int, str]:
    """Return what a heading row says of each column; nothing if it is none."""
    words = {number: _words(cell).rstrip(" :.") for number, cell in row.items()}
    found = {
        number: role
        for number, text in words.items()
        for role, pattern in _HEADINGS.items()
        if pattern.fullmatch(text)
    }
    filled = sum(1 for text in words.values() if text)
    return found if len(found) >= 2 and len(found) * 2 >= filled else {}


def _columns(body: Sequence[Mapping[int, Cell]], roles: Mapping[int, str]) -> _Columns | None:
    numbers = sorted({number for row in body for number in row})
    cells = {number: [_words(row.get(number)) for row in body] for number in numbers}
    times = [n for n in numbers if _are_times(cells[n], is_said=roles.get(n) == "time")][:2]
    rest = [n for n in numbers if n not in times and not _are_numbers(cells[n])]
    if not rest:
        return None
    text = next(
        (n for n in rest if roles.get(n) == "text"),
        max(rest, key=lambda n: sum(map(len, cells[n]))),
    )
    rest.remove(text)
    speaker = next((n for n in rest if roles.get(n) == "speaker"), None)
    if speaker is None:
        speaker = next((n for n in rest if _are_names(cells[n])), None)
    if speaker is not None:
        rest.remove(speaker)
    if speaker is None and not times:
        return None
    return _Columns(times, speaker, text, rest)


def _are_times(cells: Sequence[str], *, is_said: bool) -> bool:
    filled = [text for text in cells if text]
    known = sum(1 for text in filled if _read_times(text) is not None)
    return known >= (1 if is_said else 2) and known * 5 >= len(filled) * 4


def _read_times(text: str) -> tuple[int, int | None] | None:
    match = _TIMES.fullmatch(text)
    start = read_clock(match[1]) if match else None
    if match is None or start is None:
        return None
    end = read_clock(match[2]) if match[2] else None
    return start, end if end is not None and end >= start else None


def _are_numbers(cells: Sequence[str]) -> bool:
    """Tell whether a column only numbers the rows."""
    filled = [text.rstrip(".)") for text in cells if text]
    if len(filled) < 2 or not all(re.fullmatch(r"[0-9]{1,6}", text) for text in filled):
        return False
    return [int(text) for text in filled] == list(
        range(int(filled[0]), int(filled[0]) + len(filled))
    )


def _are_names(cells: Sequence[str]) -> bool:
    """Tell whether a column holds short names, of which some come again."""
    filled = [text.rstrip(" :.") for text in cells if text]
    if len(filled) < 2 or len(set(filled)) * 3 > len(filled) * 2:
        return False
    return all(len(text) <= _MOST_IN_NAME and is_name(text) for text in set(filled))


def _turns(body: Sequence[Mapping[int, Cell]], columns: _Columns) -> list[TableTurn]:
    turns: list[TableTurn] = []
    speaker = ""
    for row in body:
        said = _words(row.get(columns.speaker)) if columns.speaker is not None else ""
        cell = row.get(columns.speaker) if columns.speaker is not None else None
        if said or not (cell and cell.continues):
            speaker = said.strip(" :[]()-–—").replace(":", " ")[:_MOST_IN_NAME].strip()
        found = [_read_times(_words(row.get(n))) for n in columns.times]
        times = [one for one in found if one is not None]
        start, end = times[0] if times else (None, None)
        if end is None and start is not None and len(times) > 1 and times[1][0] >= start:
            end = times[1][0]
        words = row.get(columns.text)
        odd = [
            _words(row.get(n)) for n, one in zip(columns.times, found, strict=True) if one is None
        ]
        further = [text for text in (*odd, *(_words(row.get(n)) for n in columns.further)) if text]
        paragraphs = [one for one in (words.paragraphs if words else ()) if one.runs]
        if not (paragraphs or said or further):
            continue
        named = [run for one in (cell.paragraphs if cell else ()) for run in one.runs]
        notes = tuple(run for run in named if run.note is not None)
        first = paragraphs[0] if paragraphs else Paragraph()
        paragraphs = [replace(first, runs=notes + first.runs), *paragraphs[1:]]
        turns.append(TableTurn(start, end, speaker, tuple(paragraphs), tuple(further)))
    return turns
