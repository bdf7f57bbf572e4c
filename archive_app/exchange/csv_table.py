"""Tables (CSV): one transcript, a turn a row; or a catalogue, an interview a row.

Which of the two a file is, its head tells: a column of texts makes it a
transcript. Columns go by their English names and a few others
(``_TRANSCRIPT``, ``csv_catalogue.COLUMNS``).

Our own transcripts have the columns of ``OWN_HEAD``. A tag stands with its
place, "Work/Teaching [5-17]"; a span into a later turn as "[5-12:9]", turn 12,
offset 9. Slashes, semicolons, brackets and backslashes in names have a
backslash before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archive_app.domain.parsed import (
    Loss,
    ParsedInterview,
    ParsedTagging,
    ParsedTranscript,
    ParsedTurn,
)
from archive_app.domain.released import ReleasedInterview, ReleasedTagging, ReleasedTurn
from archive_app.errors import BadInput
from archive_app.exchange.cleaning import one_line
from archive_app.exchange.clock import MAX_MS, has_frames, read_clock, write_clock
from archive_app.exchange.csv_catalogue import FORMAT, catalogue_columns, read_catalogue
from archive_app.exchange.csv_cells import read_table, write_table
from archive_app.exchange.losses import chosen_transcript, left_out
from archive_app.exchange.recogniser_shapes import are_milliseconds
from archive_app.exchange.written import Written
from archive_app.translation import tr

OWN_HEAD = ("turn", "start", "end", "speaker", "text", "tags", "estimated", "language")

_TRANSCRIPT = {
    "turn": ("turn", "n", "nr", "number", "id", "#"),
    "start": ("start", "start time", "starttime", "begin", "begin time", "in", "time", "timecode",
              "timestamp", "timecode in", "in point", "timespan", "time span",
              "начало", "время", "почетак", "početak", "vreme"),
    "end": ("end", "end time", "endtime", "out", "timecode out", "out point", "конец", "крај",
            "kraj"),
    "start_ms": ("start_ms", "start ms", "start (ms)"),
    "end_ms": ("end_ms", "end ms", "end (ms)"),
    "speaker": ("speaker", "speaker name", "name", "who", "говорящий", "спикер", "говорит",
                "говорник", "govornik"),
    "text": ("text", "transcript", "transcription", "utterance", "content", "speech", "sentence",
             "words", "текст", "реплика", "расшифровка", "tekst", "transkript", "транскрипт"),
    "tags": ("tags", "tag", "codes", "code", "теги", "ознаке", "oznake"),
    "estimated": ("estimated",),
    "language": ("language", "lang", "язык", "језик", "jezik"),
}  # fmt: skip

_TAG = re.compile(r"((?:\\.|[^\\;\[\]])+?)\s*(?:\[([0-9]{1,9})-(?:([0-9]{1,9}):)?([0-9]{1,9})\])?")
_ESCAPED = re.compile(r"([\\/;\[\]])")


def read_csv(text: str) -> tuple[ParsedInterview, ...]:
    """Return the interviews of a table: one for a transcript, one a row for a catalogue.

    Raises:
        BadInput: no table, or none whose head says what it holds.
    """
    head, rows, losses = read_table(text)
    above = _rows_above_head(head, rows)
    if above:
        head, rows = [cell.strip() for cell in rows[above - 1][1]], rows[above:]
        what = tr("What stands above the table's head was left out.")
        losses.insert(0, Loss(what, tr("line {number}", number=1)))
    columns = _columns(head)
    if _is_transcript(head, columns):
        return (_read_transcript(head, columns, rows, losses),)
    if catalogue_columns(head):
        return read_catalogue(head, rows, losses)
    raise BadInput(
        tr(
            "The table's first row does not say what it holds. A transcript needs a column "
            '"text", a catalogue a column "accession" or "title". Nothing was imported.'
        ),
        where=tr("line {number}", number=1),
    )


def _is_transcript(head: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Tell a transcript from a catalogue that says in a column whether there is one."""
    is_timed = bool({"start", "end", "start_ms", "speaker"} & set(columns))
    return "text" in columns and (is_timed or "accession" not in catalogue_columns(head).values())


def _rows_above_head(head: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> int:
    """Return how many rows with a title and the like a spreadsheet has above its head."""
    candidates = [head, *(row for _, row in rows[:5])]
    for above, row in enumerate(candidates):
        if "text" in _columns(row) or catalogue_columns(row):
            return above
    return 0


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Return where each of our columns stands."""
    found: dict[str, int] = {}
    folded = [cell.casefold().strip() for cell in head]
    for name, synonyms in _TRANSCRIPT.items():
        at = next((folded.index(s) for s in synonyms if s in folded), None)
        if at is not None:
            found[name] = at
    return found


def _read_transcript(
    head: Sequence[str],
    columns: Mapping[str, int],
    rows: Sequence[tuple[int, list[str]]],
    losses: list[Loss],
) -> ParsedInterview:
    for at, name in enumerate(head):
        if at not in columns.values() and name:
            losses.append(Loss(tr("The column {name} was left out.", name=name)))
    is_own = tuple(head[: len(OWN_HEAD)]) == OWN_HEAD
    turns: list[ParsedTurn] = []
    tags: list[tuple[int, str]] = []
    numbers: dict[int, int] = {}
    language = ""
    is_in_ms = _is_in_ms(columns, rows)
    if is_in_ms:
        losses.append(
            Loss(tr("The times were taken as milliseconds: as seconds they last too long."))
        )
    if any(
        has_frames(row[columns[n]].strip())
        for _, row in rows
        for n in ("start", "end")
        if n in columns and columns[n] < len(row)
    ):
        losses.append(Loss(tr("Times are told in frames; they were taken to the second.")))
    for number, row in rows:
        cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        where = tr("line {number}", number=number)
        text = one_line(cells["text"])
        speaker = one_line(cells.get("speaker", ""))
        if "end" not in columns:
            cells["start"], cells["end"] = _span(cells.get("start", ""))
        if is_in_ms:
            cells["start_ms"], cells["end_ms"] = cells["start"], cells["end"]
        start, end = _times(cells, losses, where)
        if cells.get("turn", "").strip().isdecimal():
            numbers[int(cells["turn"][:12])] = len(turns)
        tags.append((len(turns), cells.get("tags", "")))
        language = language or cells.get("language", "").strip()
        if not is_own:
            text, speaker = text.strip(), speaker.strip().removesuffix(":")
        is_estimated = cells.get("estimated", "").strip().casefold() in ("yes", "1", "true")
        turns.append(ParsedTurn(speaker, start, end, text, is_time_estimated=is_estimated))
    taggings = [
        tagging for turn, cell in tags for tagging in _read_tags(cell, turn, turns, numbers, losses)
    ]
    transcript = ParsedTranscript(tuple(turns), language, taggings=tuple(taggings))
    return ParsedInterview(FORMAT, transcripts=(transcript,), losses=tuple(losses))


def _is_in_ms(columns: Mapping[str, int], rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Tell whether starts and ends are milliseconds, as in Whisper's own tables."""
    if "start" not in columns or "end" not in columns:
        return False
    times: list[tuple[float, float]] = []
    characters = 0
    for _, row in rows:
        cells = [row[columns[n]].strip() if columns[n] < len(row) else ""
                 for n in ("start", "end", "text")]  # fmt: skip
        if not all(re.fullmatch(r"[0-9]{1,12}", cell) for cell in cells[:2]):
            return False
        times.append((float(cells[0]), float(cells[1])))
        characters += len(cells[2])
    return are_milliseconds(times, characters)


def _span(cell: str) -> tuple[str, str]:
    """Return start and end of a cell that holds both, as NVivo's: "0:00.0 - 0:12.5"."""
    start, _, end = re.sub(r"\s*(?:-->|[-–—])\s*", "\0", cell.strip(), count=1).partition("\0")
    return start, end


def _times(
    cells: Mapping[str, str], losses: list[Loss], where: str
) -> tuple[int | None, int | None]:
    times: list[int | None] = []
    for name in ("start", "end"):
        in_ms = cells.get(f"{name}_ms", "").strip()
        cell = cells.get(name, "").strip()
        value = int(in_ms) if re.fullmatch(r"[0-9]{1,12}", in_ms) else _moment(cell)
        if value is None and (in_ms or cell):
            losses.append(Loss(tr("A time cannot be read; its turn was kept without it."), where))
        times.append(value)
    start, end = times
    if start is not None and end is not None and end < start:
        losses.append(Loss(tr("A turn ends before it begins; its end is unknown."), where))
        end = None
    return start, end


def _moment(cell: str) -> int | None:
    """Return the ms of a clock reading or of seconds ("75.25", "75,25")."""
    if re.fullmatch(r"[0-9]{1,7}(?:[.,][0-9]{1,9})?", cell):
        value = round(float(cell.replace(",", ".")) * 1000)
        return value if value < MAX_MS else None
    return read_clock(cell.strip("[]()"))


def _read_tags(
    cell: str,
    turn: int,
    turns: Sequence[ParsedTurn],
    numbers: Mapping[int, int],
    losses: list[Loss],
) -> list[ParsedTagging]:
    found: list[ParsedTagging] = []
    for part in re.split(r"(?<!\\)((?:\\\\)*);", cell + ";"):
        part = part.strip()
        if not part:
            continue
        match = _TAG.fullmatch(part)
        path = _path(match[1]) if match else ()
        end_turn = numbers.get(int(match[3]), -1) if match and match[3] else turn
        if match is None or not path or end_turn < turn:
            losses.append(Loss(tr("A tag cannot be read."), tr("turn {number}", number=turn + 1)))
            continue
        start = int(match[2]) if match[2] else 0
        end = int(match[4]) if match[4] else len(turns[turn].text)
        is_inside = start <= len(turns[turn].text) and end <= len(turns[end_turn].text)
        if not is_inside or (end_turn, end) <= (turn, start):
            what = tr("A tag lies on no words and was left out.")
            losses.append(Loss(what, tr("turn {number}", number=turn + 1)))
            continue
        found.append(ParsedTagging(path, turn, start, end_turn, end))
    return found


def _path(text: str) -> tuple[str, ...]:
    parts = [""]
    for match in re.finditer(r"\\(.)|(/)|(.)", text, re.DOTALL):
        if match[2]:
            parts.append("")
        else:
            parts[-1] += match[1] or match[3] or ""
    return tuple(part.strip() for part in parts) if all(p.strip() for p in parts) else ()


def write_csv(released: ReleasedInterview, *, transcript: int | None = None) -> Written:
    """Return one transcript (by id; else the first) as a table, and what it leaves out.

    Raises:
        NotFound: nothing to write for this audience.
    """
    chosen = chosen_transcript(released, transcript)
    tags: dict[int, list[str]] = {}
    for tagging in chosen.taggings:
        tags.setdefault(tagging.start_turn, []).append(_tag(tagging))
    rows = [OWN_HEAD, *(_row(turn, tags.get(turn.n, []), chosen.language) for turn in chosen.turns)]
    losses = left_out(released, chosen, keeps=frozenset({"tags", "language"}))
    if any(t.who or t.memo or t.colour or len(t.names) > 1 for t in chosen.taggings):
        losses.append(
            Loss(tr("Of tags only the names and places are in the file, in one language."))
        )
    return Written(write_table(rows), tuple(losses))


def _row(turn: ReleasedTurn, tags: Sequence[str], language: str) -> tuple[str, ...]:
    return (
        str(turn.n),
        "" if turn.start_ms is None else write_clock(turn.start_ms),
        "" if turn.end_ms is None else write_clock(turn.end_ms),
        turn.speaker,
        turn.text,
        "; ".join(tags),
        "yes" if turn.is_time_estimated else "",
        language,
    )


def _tag(tagging: ReleasedTagging) -> str:
    path = "/".join(_ESCAPED.sub(r"\\\1", one_line(name)) for name in tagging.path)
    is_long = tagging.end_turn != tagging.start_turn
    end = f"{tagging.end_turn}:{tagging.end}" if is_long else str(tagging.end)
    return f"{path} [{tagging.start}-{end}]"
