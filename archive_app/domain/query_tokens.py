"""The search language's smallest pieces: words, quotations, fields, operators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from archive_app.errors import BadQuery
from archive_app.translation import mark, tr

FIELDS = {
    "tag": mark("tag"),
    "speaker": mark("speaker"),
    "person": mark("person"),
    "place": mark("place"),
    "lang": mark("language"),
    "collection": mark("collection"),
    "date": mark("date"),
}
"""The fields' names as typed (whatever their case), and what people read."""

LONGEST = 5_000
"""Code points in a query."""

_CLOSERS = {'"': '"', "„": '“”„"', "“": "”“", "”": "”“", "«": "»", "»": "«", "‟": "”"}
_OPERATORS = {"AND": "AND", "И": "AND", "OR": "OR", "ИЛИ": "OR", "NOT": "NOT", "НЕ": "NOT"}
_BARE = re.compile(r'[^\s()|"„“”«»‟]+')
_FIELD = re.compile(r"([^\W\d_]+):(.*)", re.DOTALL)
_PREFIX_END = "*"


class Kind(Enum):
    """What a piece is."""

    WORD = auto()
    PHRASE = auto()
    PREFIX = auto()
    FIELD = auto()
    FIELD_PREFIX = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query and the code point where it begins."""

    kind: Kind
    text: str
    position: int
    field: str = ""
    value_position: int = 0
    """Where a field's value begins."""


def read_tokens(text: str) -> list[Token]:
    """Return the query's pieces in order; punctuation that stands alone is no piece.

    Raises:
        BadQuery: an unclosed quotation, an unknown field, a star out of place, or
            a query of more than LONGEST code points.
    """
    if len(text) > LONGEST:
        raise BadQuery(
            tr("The search is longer than {most} characters. Make it shorter.", most=LONGEST),
            position=LONGEST,
        )
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        at = _read_one(text, at, tokens)
    return tokens


def _read_one(text: str, at: int, tokens: list[Token]) -> int:
    """Append the piece that begins at ``at``, if one does; return where to go on."""
    char = text[at]
    if char.isspace():
        return at + 1
    if char in "()|":
        kind = {"(": Kind.OPEN, ")": Kind.CLOSE, "|": Kind.OR}[char]
        tokens.append(Token(kind, char, at))
        return at + 1
    if char in _CLOSERS:
        inside, end = _quotation(text, at)
        tokens.append(Token(Kind.PHRASE, inside, at))
        return end
    if char == "-" and at + 1 < len(text) and _begins_operand(text[at + 1 :]):
        tokens.append(Token(Kind.NOT, char, at))
        return at + 1
    found = _BARE.match(text, at)
    if found is None:  # a space that str.isspace does not call one
        return at + 1
    return _bare(text, found[0], at, tokens)


def _begins_operand(rest: str) -> bool:
    """Whether a minus before this means "without": -word, -"…", -(…)."""
    return rest[0].isalnum() or rest[0] == "(" or rest[0] in _CLOSERS


def _quotation(text: str, at: int) -> tuple[str, int]:
    closers = _CLOSERS[text[at]]
    for end in range(at + 1, len(text)):
        if text[end] in closers:
            inside = text[at + 1 : end]
            if not _has_word(inside):
                raise BadQuery(tr("There is no word between these quotation marks."), position=at)
            return inside.strip(), end + 1
    raise BadQuery(tr("This quotation mark is never closed."), position=at)


def _bare(text: str, bare: str, at: int, tokens: list[Token]) -> int:
    end = at + len(bare)
    if bare in _OPERATORS:
        tokens.append(Token(Kind[_OPERATORS[bare]], bare, at))
        return end
    field = _FIELD.fullmatch(bare)
    if field is not None:
        return _field(text, field[1], field[2], at, tokens)
    if "*" in bare:
        tokens.append(Token(Kind.PREFIX, _without_star(bare, at), at))
    elif _has_word(bare):
        tokens.append(Token(Kind.WORD, bare, at))
    return end


def _field(text: str, typed: str, value: str, at: int, tokens: list[Token]) -> int:
    name = typed.lower()
    if name == "language":
        name = "lang"
    if name not in FIELDS:
        raise BadQuery(
            tr(
                "There is no field “{name}”. The fields are {known}. To find the words "
                "themselves, leave out the colon or put them in quotation marks.",
                name=typed,
                known=", ".join(f"{field}:" for field in FIELDS),
            ),
            position=at,
        )
    value_at = at + len(typed) + 1
    end = value_at + len(value)
    kind = Kind.FIELD
    if not value and end < len(text) and text[end] in _CLOSERS:
        value, end = _quotation(text, end)
    elif value.endswith(_PREFIX_END) and name != "date":
        kind, value = Kind.FIELD_PREFIX, _without_star(value, value_at)
    if not _has_word(value):
        raise BadQuery(
            tr("“{name}:” needs a value right behind the colon.", name=typed), position=at
        )
    tokens.append(Token(kind, value, at, field=name, value_position=value_at))
    return end


def _without_star(bare: str, at: int) -> str:
    start = bare.rstrip(_PREFIX_END)
    if _PREFIX_END in start:
        raise BadQuery(
            tr("A star can only stand at the end of a word."), position=at + start.index("*")
        )
    if not _has_word(start):
        raise BadQuery(
            tr("A star needs the beginning of a word before it."), position=at + len(start)
        )
    return start


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)
