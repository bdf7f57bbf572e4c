"""What tests of kept dossiers share: the sample, open, and short ways to its parts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from archive_app.domain.records import Dossier, Span
from archive_app.store import sqlite
from archive_app.store.archive import Archive
from archive_app.store.tables import TABLE_NAMES

TODAY = date(2026, 6, 1)

Dump = dict[str, list[tuple[Any, ...]]]


def kept(archive: Archive, dossier_id: int) -> Dossier:
    with archive.read() as reader:
        return reader.dossier(dossier_id)


def turns_of(archive: Archive, accession: str) -> tuple[int, int, list[int]]:
    """An interview's id, its first transcript's id, and its turns' ids."""
    with archive.read() as reader:
        interview = reader.interview_by_accession(accession)
        assert interview is not None
        transcript = reader.transcripts(interview.id)[0]
        return interview.id, transcript.id, [turn.id for turn in reader.turns(transcript.id)]


def text_of(archive: Archive, turn_id: int) -> str:
    with archive.read() as reader:
        return reader.turn(turn_id).text


def whole_turn(archive: Archive, turn_id: int) -> Span:
    return Span(turn_id, 0, turn_id, len(text_of(archive, turn_id)))


def dump(archive: Archive) -> Dump:
    """Every row of every table that a person's work is in, as SQLite holds it."""
    with sqlite.plain_connection(archive.database) as connection:
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
            for name in TABLE_NAMES
        }


def drawn(path: Path, colour: int = 90) -> Path:
    """A small picture on the disk."""
    Image.new("RGB", (30, 20), (colour, 20, 30)).save(path)
    return path
