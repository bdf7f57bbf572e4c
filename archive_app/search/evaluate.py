"""What a query means, the same for the index and for a released copy in memory.

A query is answered with interviews. Each leaf asks a ``Source`` in which
interviews it is found and how often; AND, OR and NOT are set operations on
interviews. A ``Scope`` (from ``speaker:`` and ``tag:`` beside words) narrows the
words of its AND to turns.

Score: BM25 (k1 = 1.2, b = 0.75: the values of Robertson and Zaragoza, 2009)
summed over the leaves, each interview one document with all its texts. All
figures in it come from the source, that is from what the audience may see.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Protocol

from archive_app.domain.query import (
    And,
    DateField,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
)
from archive_app.domain.query_dates import DateRange
from archive_app.search.analysis import Part, parts_of

TURN_FIELDS = frozenset(("speaker", "tag"))

Scope = Mapping[tuple[int, int], frozenset[int]]
"""Transcripts (as the source numbers them) to turns, counted from 0."""

_K1 = 1.2
_B = 0.75
_EXACT_SHARE = 0.25
"""How much the very form that was typed adds to what all its endings score."""


class Source(Protocol):
    """Answers for one audience; knows nothing of anything else."""

    def everything(self) -> frozenset[int]:
        """Return all interviews."""
        ...

    def words(self, parts: Sequence[Part], scope: Scope | None) -> Mapping[int, int]:
        """Return the interviews where the parts stand side by side, and how often."""
        ...

    def turns(self, leaf: Field) -> Scope:
        """Return the turns of a speaker or under a tag."""
        ...

    def interviews_of(self, scope: Scope) -> frozenset[int]:
        """Return the interviews whose transcripts the scope names."""
        ...

    def named(self, leaf: Field) -> frozenset[int]:
        """Return the interviews whose person, place, language or collection is named so."""
        ...

    def dated(self, days: DateRange) -> frozenset[int]:
        """Return the interviews whose date may fall in these days."""
        ...

    def length(self, interview_id: int) -> int:
        """Return the number of words of an interview."""
        ...

    @property
    def mean_length(self) -> float:
        """The mean of ``length``, not 0."""
        ...

    @property
    def is_cut_short(self) -> bool:
        """Whether something was left out for want of time."""
        ...


def evaluate(node: Node, source: Source, scope: Scope | None = None) -> dict[int, float]:
    """Return the interviews that match, with their scores."""
    match node:
        case Word() | Phrase() | Prefix():
            return _score_leaf(node, source, scope)
        case Field():
            if node.name in TURN_FIELDS:
                found = source.interviews_of(source.turns(node))
            else:
                found = source.named(node)
            return dict.fromkeys(found, 0.0)
        case DateField(_, days):
            return dict.fromkeys(source.dated(days), 0.0)
        case Not(part):
            out = evaluate(part, source, scope)
            if source.is_cut_short:  # what was not counted might have to be left out
                return {}
            return {id_: 0.0 for id_ in source.everything() if id_ not in out}
        case Or(parts):
            return _either([evaluate(part, source, scope) for part in parts])
        case And(parts):
            return _all(parts, source, scope)


def _all(parts: Sequence[Node], source: Source, scope: Scope | None) -> dict[int, float]:
    scopes, others = split_scope(parts)
    found: list[dict[int, float]] = []
    if others and scopes:
        for part in scopes:
            own = scope_of(part, source)
            scope = own if scope is None else _both(scope, own)
        found.append(dict.fromkeys(source.interviews_of(scope or {}), 0.0))
        parts = others
    # What may be left out comes last, so that it need not be looked up for nothing.
    for part in sorted(parts, key=lambda part: isinstance(part, Not)):
        found.append(evaluate(part, source, scope))
        if not found[-1]:
            return {}
    first = min(found, key=len)
    common = [id_ for id_ in first if all(id_ in other for other in found)]
    return {id_: math.fsum(other[id_] for other in found) for id_ in common}


def _either(found: Sequence[dict[int, float]]) -> dict[int, float]:
    scores: dict[int, list[float]] = {}
    for part in found:
        for id_, score in part.items():
            scores.setdefault(id_, []).append(score)
    return {id_: math.fsum(score) for id_, score in scores.items()}


def split_scope(parts: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """Return an AND's parts that narrow turns, and the others; the first empty without words."""
    if not any(has_words(part) for part in parts):
        return [], list(parts)
    scopes = [part for part in parts if _is_scope(part)]
    return scopes, [part for part in parts if not _is_scope(part)]


def has_words(node: Node) -> bool:
    """Whether a part looks for words in the text."""
    match node:
        case Word() | Phrase() | Prefix():
            return True
        case Not(part):
            return has_words(part)
        case And(parts) | Or(parts):
            return any(has_words(part) for part in parts)
        case _:
            return False


def _is_scope(node: Node) -> bool:
    match node:
        case Field(name):
            return name in TURN_FIELDS
        case And(parts) | Or(parts):
            return all(_is_scope(part) for part in parts)
        case _:
            return False


def scope_of(node: Node, source: Source) -> Scope:
    """Return the turns that a part of ``speaker:`` and ``tag:`` only asks for."""
    match node:
        case Field():
            return source.turns(node)
        case And(parts):
            scope = scope_of(parts[0], source)
            for part in parts[1:]:
                scope = _both(scope, scope_of(part, source))
            return scope
        case Or(parts):
            joined: dict[tuple[int, int], frozenset[int]] = {}
            for part in parts:
                for place, turns in scope_of(part, source).items():
                    joined[place] = joined.get(place, frozenset()) | turns
            return joined
        case _:
            return {}


def _both(one: Scope, other: Scope) -> Scope:
    common = {place: turns & other[place] for place, turns in one.items() if place in other}
    return {place: turns for place, turns in common.items() if turns}


def _score_leaf(
    leaf: Word | Phrase | Prefix, source: Source, scope: Scope | None
) -> dict[int, float]:
    parts = parts_of(leaf)
    if not parts:
        return {}
    scores = _bm25(source.words(parts, scope), source)
    if isinstance(leaf, Word):
        exact = source.words(parts_of(Phrase(leaf.text)), scope)
        for id_, score in _bm25(exact, source).items():
            scores[id_] = scores.get(id_, 0.0) + _EXACT_SHARE * score
    return scores


def _bm25(counts: Mapping[int, int], source: Source) -> dict[int, float]:
    total, having, mean = len(source.everything()), len(counts), source.mean_length
    rarity = math.log(1 + (total - having + 0.5) / (having + 0.5))
    return {
        id_: rarity * count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * source.length(id_) / mean))
        for id_, count in counts.items()
    }
