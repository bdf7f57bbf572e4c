"""The search language: text to syntax tree, errors with a position.

What can be written, and what it means:

``мобилизация``
    The word with all its endings, in either script, with or without accents.
    A word of several parts (кто-то) stands for its parts side by side.
``"в Белграде"``
    Exactly these words side by side, and nothing else: not another ending, not
    the other script. Case and punctuation between the words do not count. Also
    „…“, «…», “…” and »…«. One word in quotes finds that form only.
``моби*``
    Every word that begins so, in either script.
``a b``, ``a AND b``, ``a И b``
    Interviews that have both, anywhere in them.
``a OR b``, ``a | b``, ``a ИЛИ b``
    Either. AND binds closer; parentheses group.
``NOT a``, ``-a``, ``НЕ a``
    Interviews without it; also alone: all but those.
``tag: speaker: person: place: lang: collection: date:``
    ``tag:departure`` finds what is tagged so or with a tag below it; ``speaker:``
    who speaks; ``person:`` who took part or speaks; ``place:`` where it was recorded or
    an index point's place; ``lang:sr`` takes sr-Cyrl and sr-Latn; ``collection:``
    the collection or one above it; ``date:2022``, ``date:2022-09..2023``,
    ``date:2022/2023`` interviews whose date may fall in it. Values may be quoted
    (``tag:"memory of 1917"``) and may end with a star. All the value's words must
    occur in the name, in any order and script.

``speaker:`` and ``tag:`` side by side with words ask for turns: ``speaker:Viktor
мобилизация`` finds interviews where Viktor himself says the word,
``tag:departure поезд`` those where the word stands in a turn so tagged. Two words
may then be in two turns. Without words, and behind NOT, they ask for interviews.

Operators are written in capitals. Positions count code points from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive_app.domain.query_dates import DateRange, date_range
from archive_app.domain.query_tokens import (
    FIELDS,
    Kind,
    Token,
    read_tokens,
)
from archive_app.errors import BadQuery
from archive_app.translation import tr

MOST_PARTS = 100
"""Words, phrases and fields in one query."""
DEEPEST = 40
"""Parentheses and negations in one another."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its endings. ``text`` as typed; may hold several (кто-то)."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these words side by side."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins so; ``text`` without the star."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field's value; ``name`` is one of FIELDS but "date"."""

    name: str
    value: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class DateField:
    """Interviews whose date may fall in ``days``; ``text`` as typed."""

    text: str
    days: DateRange


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts (two or more)."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts (two or more)."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All that does not match the part."""

    part: Node


Node = Word | Phrase | Prefix | Field | DateField | And | Or | Not


def parse_query(text: str) -> Node:
    """Return the syntax tree of a query.

    Raises:
        BadQuery: it cannot be read; knows the position. Nothing else is raised,
            whatever the text.
    """
    tokens = read_tokens(text)
    if not tokens:
        raise BadQuery(tr("Type what you want to find: a word is enough."), position=0)
    if sum(token.kind in _LEAVES for token in tokens) > MOST_PARTS:
        raise BadQuery(
            tr("The search has more than {most} parts. Make it shorter.", most=MOST_PARTS),
            position=[t for t in tokens if t.kind in _LEAVES][MOST_PARTS].position,
        )
    reader = _Reader([*tokens, Token(Kind.END, "", len(text))])
    node = reader.either(0)
    if reader.token.kind is Kind.CLOSE:
        raise BadQuery(
            tr("This parenthesis closes nothing. Remove it, or open one before it."),
            position=reader.token.position,
        )
    return node


_LEAVES = frozenset((Kind.WORD, Kind.PHRASE, Kind.PREFIX, Kind.FIELD, Kind.FIELD_PREFIX))
_STARTERS = _LEAVES | {Kind.OPEN, Kind.NOT}


class _Reader:
    """Recursive descent, one method a rule; ``depth`` bounds the recursion."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._at]

    def either(self, depth: int) -> Node:
        parts = [self._all(depth)]
        while self.token.kind is Kind.OR:
            self._at += 1
            self._operand(self._tokens[self._at - 1])
            parts.append(self._all(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(_flat(parts, Or)))

    def _all(self, depth: int) -> Node:
        parts = [self._one(depth)]
        while self.token.kind is Kind.AND or self.token.kind in _STARTERS:
            if self.token.kind is Kind.AND:
                self._at += 1
                self._operand(self._tokens[self._at - 1])
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else And(tuple(_flat(parts, And)))

    def _operand(self, operator: Token) -> None:
        if self.token.kind not in _STARTERS:
            raise BadQuery(
                tr(
                    "“{operator}” needs something to search for on both sides. "
                    "To find the word itself, write it in small letters or in quotation marks.",
                    operator=operator.text,
                ),
                position=operator.position,
            )

    def _one(self, depth: int) -> Node:
        token = self.token
        if depth > DEEPEST:
            raise BadQuery(
                tr("The search nests too deeply. Make it simpler."), position=token.position
            )
        if token.kind is Kind.NOT:
            self._at += 1
            if self.token.kind not in _STARTERS:
                raise BadQuery(
                    tr("“{operator}” needs something to leave out behind it.", operator=token.text),
                    position=token.position,
                )
            return Not(self._one(depth + 1))
        if token.kind is Kind.OPEN:
            return self._group(depth)
        if token.kind not in _LEAVES:
            self._refuse(token)
        self._at += 1
        return _leaf(token)

    def _group(self, depth: int) -> Node:
        opened = self.token
        self._at += 1
        if self.token.kind is Kind.CLOSE:
            raise BadQuery(
                tr("There is nothing between these parentheses."), position=opened.position
            )
        if self.token.kind is Kind.END:
            raise _unclosed(opened)
        node = self.either(depth + 1)
        if self.token.kind is not Kind.CLOSE:
            raise _unclosed(opened)
        self._at += 1
        return node

    def _refuse(self, token: Token) -> None:
        if token.kind is Kind.CLOSE:
            raise BadQuery(
                tr("This parenthesis closes nothing. Remove it, or open one before it."),
                position=token.position,
            )
        if token.kind is Kind.END:
            raise BadQuery(tr("Type what you want to find: a word is enough."), position=0)
        self._operand(token)
        raise BadQuery(
            tr(
                "“{operator}” needs something to search for on both sides. "
                "To find the word itself, write it in small letters or in quotation marks.",
                operator=token.text,
            ),
            position=token.position,
        )


def _unclosed(opened: Token) -> BadQuery:
    return BadQuery(tr("This parenthesis is never closed."), position=opened.position)


def _flat(parts: list[Node], kind: type[And] | type[Or]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, kind):
            yield from part.parts
        else:
            yield part


def _leaf(token: Token) -> Node:
    if token.kind is Kind.PHRASE:
        return Phrase(token.text)
    if token.kind is Kind.PREFIX:
        return Prefix(token.text)
    if token.kind is Kind.WORD:
        return Word(token.text)
    if token.field != "date":
        return Field(token.field, token.text, is_prefix=token.kind is Kind.FIELD_PREFIX)
    days = date_range(token.text)
    if days is None:
        raise BadQuery(
            tr(
                "“{value}” is no date. Write a year, a month or a day (2022, 2022-09, 2022-09-21), "
                "or two of them with two dots between (2022-09..2023).",
                value=token.text,
            ),
            position=token.value_position,
        )
    return DateField(token.text, days)


def describe(node: Node) -> str:
    """Return the query as it was understood, for people, in the interface's language."""
    return _describe(node, inside=False)


def _describe(node: Node, *, inside: bool) -> str:
    match node:
        case Word(text):
            return tr("{word} (with its endings)", word=text)
        case Phrase(text):
            return tr("exactly “{words}”", words=text)
        case Prefix(text):
            return tr("words beginning with {start}", start=text)
        case Field(name, value, is_prefix):
            label = tr(FIELDS[name])
            return f"{label}: {value}{'…' if is_prefix else ''}"
        case DateField(text):
            return f"{tr(FIELDS['date'])}: {text}"
        case Not(part):
            return tr("not {part}", part=_describe(part, inside=True))
        case And(parts):
            text = tr(" and ").join(_describe(part, inside=True) for part in parts)
        case Or(parts):
            text = tr(" or ").join(_describe(part, inside=True) for part in parts)
    return f"({text})" if inside else text
