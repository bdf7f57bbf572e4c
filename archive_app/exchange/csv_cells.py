"""Cells of a table that spreadsheets may open: written as text, read back as they were.

A cell that begins with ``= + - @`` (or their full-width forms, a tab, a
carriage return) runs as a formula in spreadsheet programs. It is written with
an apostrophe before it, the sign by which these programs themselves mark
text; so is a cell that begins with an apostrophe, to keep the two apart.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from archive_app.domain.parsed import Loss
from archive_app.errors import BadInput
from archive_app.exchange.decoding import MAX_BYTES
from archive_app.translation import tr

_RUNS = frozenset("=+-@＝＋－＠\t\r")
_DELIMITERS = (",", ";", "\t")


def safe_cell(text: str) -> str:
    """Return the text so that no spreadsheet runs it."""
    return f"'{text}" if text[:1] in _RUNS or text.startswith("'") else text


def plain_cell(text: str) -> str:
    """Undo ``safe_cell``; an apostrophe that belongs to a word stays."""
    is_marked = text.startswith("'") and (text[1:2] in _RUNS or text[1:2] == "'") and text[1:]
    return text[1:] if is_marked else text


def write_table(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as RFC 4180 in UTF-8, with the byte-order mark that Excel needs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _has_bare_quotes(text: str) -> bool:
    """Tell whether a table with tabs has quotes that quote nothing: its rows come out even so.

    Whisper and others put no quotes around cells, and leave those in the text.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    return (
        '"' in text
        and len({line.count("\t") for line in lines}) == 1
        and any(
            cell.startswith('"') and (len(cell) < 2 or not cell.endswith('"'))
            for line in lines
            for cell in line.split("\t")
        )
    )


def _rows(
    text: str, delimiter: str, skipped: int, *, is_quoted: bool
) -> list[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        strict=True,
        quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE,
    )
    rows: list[tuple[int, list[str]]] = []
    line = 1 + skipped
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line, [plain_cell(cell) for cell in row]))
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise BadInput(
            tr("The table cannot be read: its quotes do not match. Nothing was imported."),
            where=tr("line {number}", number=line),
        ) from error
    return rows


def read_table(text: str) -> tuple[list[str], list[tuple[int, list[str]]], list[Loss]]:
    """Return a table's head, its rows that are not empty with their line numbers, and losses.

    The delimiter is the one of comma, semicolon and tab that the head has most of.

    Raises:
        BadInput: no head, or quotes that do not end.
    """
    text = text.lstrip("\ufeff")
    skipped = 0
    if text[:4].lower() == "sep=":
        text, skipped = text.partition("\n")[2], 1
    head_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head_line.count)
    csv.field_size_limit(MAX_BYTES)
    is_quoted = delimiter != "\t" or not _has_bare_quotes(text)
    rows = _rows(text, delimiter, skipped, is_quoted=is_quoted)
    if not rows:
        raise BadInput(tr("The table is empty. Nothing was imported."))
    head = [cell.strip() for cell in rows[0][1]]
    losses: list[Loss] = []
    for number, row in rows[1:]:
        if len(row) > len(head) and any(cell.strip() for cell in row[len(head) :]):
            what = tr("A row has more cells than the head; those beyond it were left out.")
            losses.append(Loss(what, tr("line {number}", number=number)))
    return head, rows[1:], losses
