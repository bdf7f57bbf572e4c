"""An open archive, rows at random, and the whole content of an archive as plain data."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from archive_app.domain.records import (
    Audience,
    ConsentUse,
    GpsPoint,
    Hyperlink,
    Layer,
    NameKind,
    Role,
    Status,
    TimedText,
    TranscriptKind,
)
from archive_app.store import sqlite
from archive_app.store.archive import Archive
from archive_app.store.tables import TABLE_NAMES
from archive_app.store.writing import Writer

Dump = dict[str, list[tuple[Any, ...]]]

OFTEN = ("interview", "transcript", "turn", "turn", "vocabulary", "tag", "tagging", "tagging")
"""Tables that are changed more often, so that what hangs on others comes up too."""

TEXTS = ("", "слово", "Žarko", "a\u0301", "a'b\"c", "line\nbreak", "😀", "\u2028", '{"x":1}')


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive with nothing in it, to be copied: that is quicker than making one."""
    folder = tmp_path_factory.mktemp("template") / "Test.oralhistory"
    Archive.create(folder, name="Test").close()
    return folder


@pytest.fixture
def archive(tmp_path: Path, empty_archive: Path) -> Iterator[Archive]:
    folder = shutil.copytree(empty_archive, tmp_path / "Test.oralhistory")
    with Archive.open(folder, who="Ana") as archive:
        yield archive


def content_of(archive: Archive) -> Dump:
    """Every row of every table that a person's work is in, as SQLite holds it."""
    with sqlite.plain_connection(archive.database) as connection:
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
            for name in TABLE_NAMES
        }


@pytest.fixture(scope="session")
def content() -> Callable[[Archive], Dump]:
    return content_of


class RandomRows:
    """Makes valid rows of every table, and changes and deletes rows, from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def change_something(self, writer: Writer) -> None:
        table = self.random.choice((*TABLE_NAMES, *OFTEN))
        action = self.random.choice(("insert", "insert", "update", "delete"))
        ids = self._ids(writer, table)
        if action == "delete" and ids:
            writer.delete(table, self.random.choice(ids))
            return
        values = self.values(writer, table)
        if values is None:
            return
        if action == "update" and ids:
            some = self.random.sample(sorted(values), self.random.randint(1, len(values)))
            whole = {"start_turn", "start", "end_turn", "end", "layer", "transcript_id"}
            if whole & set(some) or "latitude" in values or "start_ms" in values:
                some = sorted(values)
            row_id = self.random.choice(ids)
            writer.update(table, row_id, **{name: values[name] for name in some})
        else:
            writer.insert(table, **values)

    def _ids(self, writer: Writer, table: str) -> list[int]:
        rows = writer.connection.exec_driver_sql(f'SELECT id FROM "{table}" ORDER BY id')
        return [row[0] for row in rows]

    def values(self, writer: Writer, table: str) -> dict[str, Any] | None:
        """A row's values, or None if what it needs is not there yet."""
        maker = getattr(self, f"_{table}")
        try:
            return maker(writer)
        except IndexError:  # nothing to refer to
            return None

    def _one(self, writer: Writer, table: str) -> int:
        return self.random.choice(self._ids(writer, table))

    def _some(self, writer: Writer, table: str) -> int | None:
        ids = self._ids(writer, table)
        return self.random.choice(ids) if ids and self.random.random() < 0.7 else None

    def _text(self) -> str:
        return self.random.choice(TEXTS)

    def _texts(self) -> dict[str, str]:
        return {tag: self._text() for tag in self.random.sample(["en", "ru", "sr-Cyrl"], 2)}

    def _number(self) -> int:
        self.count += 1
        return self.count

    def _flag(self) -> bool:
        return self.random.random() < 0.5

    def _collection(self, writer: Writer) -> dict[str, Any]:
        return {"kind": "series", "title": self._text(), "position": self._number()}

    def _place(self, writer: Writer) -> dict[str, Any]:
        return {
            "names": self._texts(),
            "latitude": self.random.uniform(-90, 90),
            "longitude": self.random.uniform(-180, 180),
            "exactness": "town",
        }

    def _interview(self, writer: Writer) -> dict[str, Any]:
        return {
            "accession": f"A-{self._number()}-{self.random.randint(1, 4)}",
            "collection_id": self._some(writer, "collection"),
            "titles": self._texts(),
            "place_id": self._some(writer, "place"),
            "languages": ("ru", "sr-Latn"),
            "status": self.random.choice(list(Status)),
            "extra": self._texts(),
        }

    def _person(self, writer: Writer) -> dict[str, Any]:
        return {"public_name": self._text(), "sort_name": self._text()}

    def _person_name(self, writer: Writer) -> dict[str, Any]:
        kind = self.random.choice(list(NameKind))
        return {"person_id": self._one(writer, "person"), "name": self._text(), "kind": kind}

    def _contribution(self, writer: Writer) -> dict[str, Any]:
        return {
            "interview_id": self._one(writer, "interview"),
            "person_id": self._one(writer, "person"),
            "role": self.random.choice(list(Role)),
        }

    def _recording(self, writer: Writer) -> dict[str, Any]:
        sha256 = f"{self.random.getrandbits(256):064x}"
        return {
            "interview_id": self._one(writer, "interview"),
            "original_name": self._text(),
            "vault_path": f"media/{sha256}.wav",
            "sha256": sha256,
            "size_bytes": self.random.getrandbits(60),
            "has_video": self._flag(),
        }

    def _transcript(self, writer: Writer) -> dict[str, Any]:
        return {
            "interview_id": self._one(writer, "interview"),
            "kind": self.random.choice(list(TranscriptKind)),
        }

    def _turn(self, writer: Writer) -> dict[str, Any]:
        return {
            "transcript_id": self._one(writer, "transcript"),
            "position": self._number() * 1024,
            "speaker_id": self._some(writer, "person"),
            "recording_id": self._some(writer, "recording"),
            "start_ms": self._number(),
            "text": self._text(),
            "timed": (TimedText(0, 1, 5, 6, confidence=self.random.random()),),
        }

    def _footnote(self, writer: Writer) -> dict[str, Any]:
        return {"turn_id": self._one(writer, "turn"), "offset": 0, "text": self._text()}

    def _vocabulary(self, writer: Writer) -> dict[str, Any]:
        return {"names": self._texts()}

    def _tag(self, writer: Writer) -> dict[str, Any]:
        # A parent among the older ones only: a tag must not become its own ancestor.
        return {"vocabulary_id": self._one(writer, "vocabulary"), "names": self._texts()}

    def _span(self, writer: Writer) -> dict[str, Any]:
        return {
            "start_turn": self._one(writer, "turn"),
            "start": 0,
            "end_turn": self._one(writer, "turn"),
            "end": self.random.randint(1, 9),
        }

    def _tagging(self, writer: Writer) -> dict[str, Any]:
        return {
            "tag_id": self._one(writer, "tag"),
            "transcript_id": self._one(writer, "transcript"),
            **self._span(writer),
            "quote": self._text(),
            "is_orphan": self._flag(),
        }

    def _index_point(self, writer: Writer) -> dict[str, Any]:
        return {
            "interview_id": self._one(writer, "interview"),
            "start_ms": self._number(),
            "place_id": self._some(writer, "place"),
            "gps": (GpsPoint("1,2", "3", self._text()),),
            "links": (Hyperlink("https://example.org", self._text()),),
        }

    def _restriction(self, writer: Writer) -> dict[str, Any]:
        closed = {
            "interview_id": self._one(writer, "interview"),
            "shut_out": self.random.choice(list(Audience)),
            "until": date(2040, 1, self.random.randint(1, 31)),
        }
        if self._flag():
            return {
                **closed,
                "layer": self.random.choice(list(Layer)),
                "transcript_id": None,
                **dict.fromkeys(("start_turn", "start", "end_turn", "end")),
            }
        span = self._span(writer)
        return {**closed, "layer": None, "transcript_id": self._one(writer, "transcript"), **span}

    def _consent(self, writer: Writer) -> dict[str, Any]:
        return {
            "interview_id": self._one(writer, "interview"),
            "person_id": self._some(writer, "person"),
            "uses": frozenset(self.random.sample(list(ConsentUse), 3)),
        }

    def _note(self, writer: Writer) -> dict[str, Any]:
        table = self.random.choice(("interview", "turn", "tag"))
        made_at = datetime.fromtimestamp(self.random.randint(0, 10**9), UTC)
        return {"table": table, "row_id": self._one(writer, table), "made_at": made_at}

    def _dossier(self, writer: Writer) -> dict[str, Any]:
        return {"title": self._text(), "settings": self._texts()}

    def _dossier_item(self, writer: Writer) -> dict[str, Any]:
        return {
            "dossier_id": self._one(writer, "dossier"),
            "kind": "passage",
            "interview_id": self._some(writer, "interview"),
            "index_point_id": self._some(writer, "index_point"),
            "level": self.random.randint(1, 3),
            "body": self._text(),
            "picture": f"media/ab/{self.random.getrandbits(256):064x}.png",
            "seen": f"{self.random.getrandbits(128):032x}",
            **self._span(writer),
        }

    def _dossier_export(self, writer: Writer) -> dict[str, Any]:
        return {
            "dossier_id": self._one(writer, "dossier"),
            "made_at": datetime.fromtimestamp(self.random.randint(0, 10**9), UTC),
            "audience": self.random.choice(list(Audience)),
            "on": date(2026, 1, self.random.randint(1, 31)),
            "file_name": self._text(),
            "proof": self._text(),
        }

    def _source_file(self, writer: Writer) -> dict[str, Any]:
        return {
            "interview_id": self._one(writer, "interview"),
            "name": "a.vtt",
            "format": "vtt",
            "sha256": "0" * 64,
        }

    def _saved_search(self, writer: Writer) -> dict[str, Any]:
        return {"name": self._text(), "query": self._text()}

    def _setting(self, writer: Writer) -> dict[str, Any]:
        return {"key": f"key {self._number()}", "value": self._text()}


@pytest.fixture(scope="session")
def random_rows() -> Callable[[int], RandomRows]:
    return RandomRows
