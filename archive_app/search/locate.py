"""The places in a released interview where a query's words stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.domain.query import And, Field, Node, Or, Phrase, Prefix, Word
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript, ReleasedTurn
from archive_app.search.analysis import Finder, name_words, parts_of, value_parts
from archive_app.search.content import record_texts
from archive_app.search.evaluate import TURN_FIELDS, Scope, has_words, scope_of, split_scope
from archive_app.search.memory import MemorySource
from archive_app.search.results import FieldMatch, Passage

Turn = tuple[int, int]
"""Which transcript, and which of its turns, both counted from 0."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """Words to be shown, and in which turns (``None``: in all, and in the record too)."""

    finder: Finder
    scope: Scope | None


def locate(
    released: ReleasedInterview, node: Node, *, limit_passages: int | None = None
) -> tuple[Passage, ...]:
    """Return the turns in which a query's words stand, in the order of the transcripts.

    Where the query has ``speaker:`` or ``tag:`` beside words, only turns within it;
    where it has them without words, all such turns, the tagged text as match.
    With a limit the turns that match most parts of the query are kept. What
    stands behind NOT gives no passages. Whether the interview as a whole answers
    the query is not asked: see ``memory.matches``.
    """
    source = MemorySource(released)
    sought = _sought(node, source, None)
    fields = [] if has_words(node) else [(f, source.turns(f)) for f in _turn_fields(node)]
    passages: list[Passage] = []
    for place, transcript in enumerate(released.transcripts):
        for number, turn in enumerate(transcript.turns):
            spans = [_spans(turn, (place, number), words) for words in sought]
            is_wanted = any(spans)
            for field, turns in fields:
                if number in turns.get((0, place), frozenset()):
                    is_wanted = True
                    spans.append(_tagged(transcript, turn, field))
            if is_wanted:
                passages.append(_passage(transcript, turn, spans))
    if limit_passages is None or len(passages) <= limit_passages:
        return tuple(passages)
    best = sorted(range(len(passages)), key=lambda i: (-passages[i].score, i))[:limit_passages]
    return tuple(passages[i] for i in sorted(best))


def field_matches(released: ReleasedInterview, node: Node) -> tuple[FieldMatch, ...]:
    """Return the texts of the record in which a query's words stand, in the page's order."""
    sought = [words for words in _sought(node, MemorySource(released), None) if words.scope is None]
    found: list[FieldMatch] = []
    for record in record_texts(released):
        spans = [span for words in sought for span in words.finder.spans(record.text)]
        if spans:
            found.append(FieldMatch(record.field, record.text, _in_order(spans)))
    return tuple(found)


def _sought(node: Node, source: MemorySource, scope: Scope | None) -> list[_Sought]:
    match node:
        case Word() | Phrase() | Prefix():
            return [_Sought(Finder(parts_of(node)), scope)]
        case And(parts):
            scopes, others = split_scope(parts)
            for part in scopes:
                own = scope_of(part, source)
                scope = own if scope is None else _narrowed(scope, own)
            return [words for part in others for words in _sought(part, source, scope)]
        case Or(parts):
            return [words for part in parts for words in _sought(part, source, scope)]
        case _:
            return []


def _narrowed(scope: Scope, own: Scope) -> Scope:
    return {place: turns & own[place] for place, turns in scope.items() if place in own}


def _turn_fields(node: Node) -> list[Field]:
    match node:
        case Field(name):
            return [node] if name in TURN_FIELDS else []
        case And(parts) | Or(parts):
            return [field for part in parts for field in _turn_fields(part)]
        case _:
            return []


def _spans(turn: ReleasedTurn, place: Turn, words: _Sought) -> list[tuple[int, int]]:
    if words.scope is not None and place[1] not in words.scope.get((0, place[0]), frozenset()):
        return []
    return words.finder.spans(turn.text)


def _tagged(
    transcript: ReleasedTranscript, turn: ReleasedTurn, field: Field
) -> list[tuple[int, int]]:
    """Return the turn's stretches under tags that a ``tag:`` asks for."""
    if field.name != "tag":
        return []
    wanted = value_parts(field)
    found: list[tuple[int, int]] = []
    for tagging in transcript.taggings:
        if not tagging.start_turn <= turn.n <= tagging.end_turn:
            continue
        names = {
            word for name in (*tagging.names.values(), *tagging.path) for word in name_words(name)
        }
        if all(
            any(w.startswith(value) for w in names) if starred else value in names
            for value, starred in wanted
        ):
            start = tagging.start if tagging.start_turn == turn.n else 0
            end = tagging.end if tagging.end_turn == turn.n else len(turn.text)
            if start < end:
                found.append((start, end))
    return found


def _passage(
    transcript: ReleasedTranscript, turn: ReleasedTurn, spans: Sequence[Sequence[tuple[int, int]]]
) -> Passage:
    parts_found = sum(bool(found) for found in spans)
    places = sum(len(found) for found in spans)
    return Passage(
        transcript_id=transcript.transcript_id,
        n=turn.n,
        speaker=turn.speaker,
        start_ms=turn.start_ms,
        end_ms=turn.end_ms,
        text=turn.text,
        matches=_in_order([span for found in spans for span in found]),
        score=parts_found + places / (places + 1),
    )


def _in_order(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans sorted, each once; one that begins inside another is left out."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
