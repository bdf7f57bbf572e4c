"""How the domain's values are kept in columns: one type decorator for each kind of value.

JSON is written with sorted keys, compact and unescaped, so that equal values are
equal texts; an empty value is told apart without parsing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, Float, String, Text
from sqlalchemy.types import TypeDecorator

from archive_app.domain.records import ConsentUse, GpsPoint, Hyperlink, TimedText

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

Json = Any
"""What ``json.loads`` gives."""

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode
_decode = json.JSONDecoder().decode

EMPTY_MAP: Mapping[str, str] = MappingProxyType({})


class JsonText(TypeDecorator[T], Generic[T]):
    """A value kept as JSON text; ``dump`` makes plain data of it and ``load`` the value again.

    ``empty`` is the value that stands for "[]" or "{}" and for None. ``name``
    tells the types apart where SQLAlchemy caches statements.
    """

    impl = Text
    cache_ok = True

    def __init__(
        self, name: str, *, load: Callable[[Json], T], dump: Callable[[T], Json], empty: T
    ) -> None:
        super().__init__()
        self.name = name
        self._load = load
        self._dump = dump
        self._empty = empty
        self._empty_text = _encode(dump(empty))

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str:
        """Return the JSON text of the value."""
        del dialect
        return _encode(self._dump(value)) if value else self._empty_text

    def process_result_value(self, value: Any | None, dialect: Dialect) -> T:
        """Return the value that the text stands for."""
        del dialect
        if not value or value == self._empty_text:
            return self._empty
        return self._load(_decode(value))


def _texts(data: Json) -> Mapping[str, str]:
    return data


def _dump_texts(value: Mapping[str, str]) -> Json:
    return {str(key): str(text) for key, text in value.items()}


class SettingsText(JsonText[Mapping[str, str]]):
    """Settings by name; what was damaged in them, by hand or by another program, is not set."""

    cache_ok = True

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Mapping[str, str]:
        """Return the settings that are texts."""
        try:
            data: Any = super().process_result_value(value, dialect)
        except (ValueError, RecursionError):
            return EMPTY_MAP
        if not isinstance(data, Mapping):
            return EMPTY_MAP
        return {key: text for key, text in data.items() if isinstance(text, str)}


def _strings(data: Json) -> tuple[str, ...]:
    return tuple(data)


def _dump_strings(value: Sequence[str]) -> Json:
    return [str(text) for text in value]


def _timed(data: Json) -> tuple[TimedText, ...]:
    return tuple(
        TimedText(start, end, start_ms, end_ms, bool(is_cue), confidence)
        for start, end, start_ms, end_ms, is_cue, confidence in data
    )


def _dump_timed(value: Sequence[TimedText]) -> Json:
    return [
        (item.start, item.end, item.start_ms, item.end_ms, int(item.is_cue), item.confidence)
        for item in value
    ]


def _gps(data: Json) -> tuple[GpsPoint, ...]:
    return tuple(GpsPoint(*point) for point in data)


def _dump_gps(value: Sequence[GpsPoint]) -> Json:
    return [(point.gps, point.zoom, point.text, point.text_alt) for point in value]


def _links(data: Json) -> tuple[Hyperlink, ...]:
    return tuple(Hyperlink(*link) for link in data)


def _dump_links(value: Sequence[Hyperlink]) -> Json:
    return [(link.url, link.text, link.text_alt) for link in value]


def _uses(data: Json) -> frozenset[ConsentUse]:
    return frozenset(map(ConsentUse, data))


def _dump_uses(value: frozenset[ConsentUse]) -> Json:
    return sorted(str(use) for use in value)


TEXTS: JsonText[Mapping[str, str]] = JsonText(
    "texts", load=_texts, dump=_dump_texts, empty=EMPTY_MAP
)
SETTINGS = SettingsText("settings", load=_texts, dump=_dump_texts, empty=EMPTY_MAP)
STRINGS: JsonText[tuple[str, ...]] = JsonText(
    "strings", load=_strings, dump=_dump_strings, empty=()
)
TIMED: JsonText[tuple[TimedText, ...]] = JsonText("timed", load=_timed, dump=_dump_timed, empty=())
GPS: JsonText[tuple[GpsPoint, ...]] = JsonText("gps", load=_gps, dump=_dump_gps, empty=())
LINKS: JsonText[tuple[Hyperlink, ...]] = JsonText("links", load=_links, dump=_dump_links, empty=())
USES: JsonText[frozenset[ConsentUse]] = JsonText(
    "uses", load=_uses, dump=_dump_uses, empty=frozenset()
)


class EnumText(TypeDecorator[E], Generic[E]):
    """A member of a StrEnum, kept by its value; plain text of a member's value is taken too."""

    impl = String
    cache_ok = True

    def __init__(self, enum: type[E]) -> None:
        super().__init__()
        self.enum = enum
        self._members = {member.value: member for member in enum}

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Return the member's value."""
        del dialect
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> E | None:
        """Return the member."""
        del dialect
        return None if value is None else self._members[value]


class UtcText(TypeDecorator[datetime]):
    """A clock time, kept as ISO 8601 text in UTC; a time without a zone counts as UTC."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return "2026-11-22T21:35:43.000000+00:00"."""
        del dialect
        if value is None:
            return None
        value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return value.isoformat(timespec="microseconds")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Return the time, aware, in UTC."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


class DayText(TypeDecorator[date]):
    """A day, kept as ISO 8601 text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Return "2040-01-01"."""
        del dialect
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        """Return the day."""
        del dialect
        return None if value is None else date.fromisoformat(value)


class Degrees(TypeDecorator[float]):
    """A latitude or longitude, to seven decimals.

    That is about a centimetre, and few enough digits for JSON in the journal to hold exactly.
    """

    impl = Float
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        """Return the value rounded."""
        del dialect
        return None if value is None else round(float(value), 7)
