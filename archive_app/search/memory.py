"""A query answered on one released interview, without the index."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from archive_app.domain.query import Field, Node
from archive_app.domain.query_dates import DateRange
from archive_app.domain.released import ReleasedInterview
from archive_app.search.analysis import (
    Analyser,
    ExactForm,
    Part,
    WordPlaces,
    name_words,
    value_parts,
)
from archive_app.search.content import (
    RecordContent,
    TranscriptContent,
    record_content,
    transcript_content,
)
from archive_app.search.evaluate import Scope, evaluate


def matches(released: ReleasedInterview, node: Node) -> bool:
    """Whether a query finds this released copy; agrees with an index that holds it."""
    return bool(evaluate(node, MemorySource(released)))


class MemorySource:
    """One released interview as a ``Source``."""

    def __init__(self, released: ReleasedInterview) -> None:
        self._id = released.interview_id
        self._record: RecordContent = record_content(released)
        self._transcripts: list[TranscriptContent] = [
            transcript_content(transcript) for transcript in released.transcripts
        ]

    @cached_property
    def _all_places(self) -> tuple[WordPlaces, list[WordPlaces]]:
        """Of the record, and of the transcripts; not made where only turns are asked for."""
        analyser = Analyser()
        return (
            analyser.places(text.text for text in self._record.texts),
            [analyser.places(content.texts) for content in self._transcripts],
        )

    def everything(self) -> frozenset[int]:
        """Return the one interview."""
        return frozenset((self._id,))

    def words(self, parts: Sequence[Part], scope: Scope | None) -> Mapping[int, int]:
        """Return how often the parts stand side by side."""
        count = 0
        of_record, of_transcripts = self._all_places
        if scope is None:
            count += len(sequence_positions(of_record, parts))
        for number, places in enumerate(of_transcripts):
            found = sequence_positions(places, parts)
            if scope is not None:
                turns = scope.get((0, number), frozenset())
                found = [p for p in found if bisect_right(places.starts, p) - 1 in turns]
            count += len(found)
        return {self._id: count} if count else {}

    def turns(self, leaf: Field) -> Scope:
        """Return the turns of a speaker or under a tag."""
        wanted = value_parts(leaf)
        found: dict[tuple[int, int], frozenset[int]] = {}
        for number, content in enumerate(self._transcripts):
            names: Iterable[Iterable[str]]
            names = [(s,) for s in content.speakers] if leaf.name == "speaker" else content.tags
            turns = frozenset(n for n, here in enumerate(names) if _has_all(here, wanted))
            if turns:
                found[0, number] = turns
        return found

    def interviews_of(self, scope: Scope) -> frozenset[int]:
        """Return the interview if the scope names any of it."""
        return self.everything() if scope else frozenset()

    def named(self, leaf: Field) -> frozenset[int]:
        """Return the interview if its person, place, language or collection is named so."""
        if leaf.name == "lang":
            found = any(is_language(tag, leaf) for tag in self._record.languages)
        else:
            wanted = value_parts(leaf)
            found = any(_has_all((name,), wanted) for name in self._record.names[leaf.name])
        return self.everything() if found else frozenset()

    def dated(self, days: DateRange) -> frozenset[int]:
        """Return the interview if its date may fall in these days."""
        own = self._record.days
        return self.everything() if own is not None and own.overlaps(days) else frozenset()

    def length(self, interview_id: int) -> int:  # noqa: ARG002 - there is only one
        """Return the number of words."""
        of_record, of_transcripts = self._all_places
        return of_record.length + sum(places.length for places in of_transcripts)

    @property
    def mean_length(self) -> float:
        """The number of words, at least 1."""
        return float(self.length(self._id) or 1)

    @property
    def is_cut_short(self) -> bool:
        """Never."""
        return False


def sequence_positions(places: WordPlaces, parts: Sequence[Part]) -> list[int]:
    """Return the first positions of all places where the parts stand side by side."""
    following: set[int] | None = None
    for offset, part in enumerate(parts):
        here = {p - offset for p in _positions(places, part)}
        following = here if following is None else following & here
        if not following:
            return []
    return sorted(following or ())


def _positions(places: WordPlaces, part: Part) -> Iterable[int]:
    if isinstance(part, ExactForm):
        return places.positions.get(part.form, ())
    return (p for form, here in places.positions.items() if part.accepts(form) for p in here)


def _has_all(names: Iterable[str], wanted: Sequence[tuple[str, bool]]) -> bool:
    words = {word for name in names for word in name_words(name)}
    return bool(wanted) and all(
        any(word.startswith(value) for word in words) if is_prefix else value in words
        for value, is_prefix in wanted
    )


def is_language(tag: str, leaf: Field) -> bool:
    """Whether a language tag is the one asked for, or one of its variants (sr: sr-Cyrl)."""
    own, asked = tag.lower(), leaf.value.strip().lower().replace("_", "-")
    if leaf.is_prefix:
        return own.startswith(asked)
    return own == asked or own.startswith(asked + "-")
