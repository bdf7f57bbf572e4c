"""JSON from outside: parsed within limits, each value taken only as what it must be."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping

from archive_app.errors import BadInput
from archive_app.translation import tr

_BETWEEN = re.compile(r"[ \t\r\n,]*")

JsonValue = object
"""What ``json`` gives: dict, list, str, int, float, bool or None."""


def load_json(text: str) -> JsonValue:
    """Return the document's value; NaN and infinities become ``None``.

    Raises:
        BadInput: not JSON, or nested or numbered beyond all reason.
    """
    try:
        return json.loads(text.lstrip("\ufeff"), parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise BadInput(
            tr("The file is not valid JSON. Nothing was imported."),
            where=tr("line {number}", number=error.lineno),
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(
            tr("The JSON file is nested too deeply or holds an absurd number. It was not imported.")
        ) from error


def load_json_sequence(text: str) -> JsonValue:
    """Return the document's value, or a list where several stand one behind another.

    Programs that write as they listen leave such files (JSON Lines, Vosk).

    Raises:
        BadInput: as ``load_json``, about the file as a whole.
    """
    decoder = json.JSONDecoder(parse_constant=lambda _: None)
    values: list[JsonValue] = []
    position = 0
    text = text.strip("\ufeff \t\r\n")
    while position < len(text):
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return load_json(text)
        values.append(value)
        if between := _BETWEEN.match(text, position):
            position = between.end()
    return values if len(values) > 1 else load_json(text)


class Fields:
    """An object of the document, and where in it that stands, for messages."""

    def __init__(self, value: JsonValue, path: str) -> None:
        if not isinstance(value, dict):
            raise wrong(path, tr("an object"))
        self._values: Mapping[object, object] = value
        self.path = path

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def at(self, name: str) -> str:
        """Return the path of a member."""
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str) -> str:
        """Return a text; "" where it is absent."""
        value = self._values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise wrong(self.at(name), tr("a text"))
        return value.encode("utf-8", "replace").decode("utf-8")

    def torn_text(self, name: str) -> str:
        """Return a text whose bytes that are no UTF-8 stand as surrogate escapes."""
        value = self._values.get(name)
        return value if isinstance(value, str) else self.text(name)

    def value(self, name: str) -> JsonValue:
        """Return a member as it is; ``None`` where it is absent."""
        return self._values.get(name)

    def number(self, name: str) -> float | None:
        """Return a finite number, or None where it is absent."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong(self.at(name), tr("a number"))
        try:
            number = float(value)
        except OverflowError as error:
            raise wrong(self.at(name), tr("a number")) from error
        return number if math.isfinite(number) else None

    def whole(self, name: str) -> int | None:
        """Return a whole number from 0 to 2**53, or None where it is absent."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 2**53:
            raise wrong(self.at(name), tr("a whole number, not negative"))
        return value

    def truth(self, name: str) -> bool:
        """Return true or false; false where it is absent."""
        value = self._values.get(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise wrong(self.at(name), tr("true or false"))
        return value

    def items(self, name: str) -> list[object]:
        """Return a list; empty where it is absent."""
        value = self._values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise wrong(self.at(name), tr("a list"))
        return value

    def objects(self, name: str) -> Iterator[Fields]:
        """Yield the objects of a list."""
        for i, value in enumerate(self.items(name)):
            yield Fields(value, f"{self.at(name)}[{i}]")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        for i, value in enumerate(self.items(name)):
            if not isinstance(value, str):
                raise wrong(f"{self.at(name)}[{i}]", tr("a text"))
        return tuple(str(v).encode("utf-8", "replace").decode() for v in self.items(name))

    def mapping(self, name: str) -> dict[str, str]:
        """Return an object whose values are all texts."""
        value = self._values.get(name)
        if value is None:
            return {}
        inner = Fields(value, self.at(name))
        return {str(key): inner.text(str(key)) for key in inner._values}

    def mapping_of(self, name: str) -> Fields | None:
        """Return a member that is an object, or None where it is absent."""
        value = self._values.get(name)
        return None if value is None else Fields(value, self.at(name))

    def names(self) -> list[str]:
        """Return the names of the members."""
        return [str(key) for key in self._values]


def wrong(path: str, expected: str) -> BadInput:
    """Return the error that says what should stand where."""
    return BadInput(
        tr("The JSON file should hold {expected} here. Nothing was imported.", expected=expected),
        where=path or tr("the document"),
    )
