"""One audience's view of the index: only its documents, and figures of them alone.

Every number a search uses (how many interviews there are, how many have a word,
how long they are) is counted here over the documents that serve the audience.
Whoosh's own counts include the others' documents, so none of them is used:
hidden interviews change no score, no order and no count (laws 12 and 15).
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import monotonic
from typing import Any

from whoosh.reading import IndexReader, TermNotFound

from archive_app.domain.query import Field
from archive_app.domain.query_dates import DateRange
from archive_app.domain.records import Audience
from archive_app.search.analysis import AnyEnding, ExactForm, Part, value_parts
from archive_app.search.evaluate import Scope
from archive_app.search.memory import is_language
from archive_app.search.schema import (
    IS_RECORD,
    audience_bit,
    day,
    folded_prefix,
    form_of_term,
    key_prefix,
)

MOST_FORMS = 2_000
"""How many forms of the archive a word's beginning may stand for."""

_CHECK_EVERY = 2_048
"""Postings between two looks at the clock."""

NOBODY = -1


class Segment:
    """A Whoosh segment as one audience sees it."""

    def __init__(self, reader: IndexReader, audience: Audience) -> None:
        self.reader = reader
        count = reader.doc_count_all()
        bit = audience_bit(audience)
        owner, serves, length, first, last = (
            _column(reader, name) for name in ("owner", "serves", "length", "first_day", "last_day")
        )
        self.owners: list[int] = [NOBODY] * count
        """Document to interview; NOBODY where the audience sees nothing."""
        self.records: dict[int, int] = {}
        """Interview to the document of its record."""
        self.lengths: dict[int, int] = {}
        self.days: dict[int, DateRange] = {}
        for number in range(count):
            if not serves[number] & bit or reader.is_deleted(number):
                continue
            interview = self.owners[number] = owner[number]
            self.lengths[interview] = self.lengths.get(interview, 0) + length[number]
            if serves[number] & IS_RECORD:
                self.records[interview] = number
                if last[number]:
                    self.days[interview] = DateRange(day(first[number]), day(last[number]))
        self._starts: dict[int, Sequence[int]] = {}

    def starts(self, number: int) -> Sequence[int]:
        """Return the first position of each turn of a transcript's document."""
        if number not in self._starts:
            self._starts[number] = self.facts(number)["starts"]
        return self._starts[number]

    def facts(self, number: int) -> Mapping[str, Any]:
        """Return what is stored with a document."""
        return self.reader.stored_fields(number)["facts"]

    def accession(self, number: int) -> str:
        """Return the accession number of a record's document."""
        raw: bytes = self.reader.column_reader("accession")[number]
        return raw.decode("utf-8", "surrogatepass")


def _column(reader: IndexReader, name: str) -> array[int]:
    return array("i", reader.column_reader(name))


class AudienceView:
    """All segments as one audience sees them; made once for each state of the index."""

    def __init__(self, readers: Sequence[IndexReader], audience: Audience) -> None:
        self.audience = audience
        self.segments = [Segment(reader, audience) for reader in readers]
        self.lengths: dict[int, int] = {}
        self.records: dict[int, tuple[Segment, int]] = {}
        self.days: dict[int, DateRange] = {}
        for segment in self.segments:
            for interview, length in segment.lengths.items():
                self.lengths[interview] = self.lengths.get(interview, 0) + length
            for interview, number in segment.records.items():
                self.records[interview] = (segment, number)
            self.days.update(segment.days)
        self.interviews = frozenset(self.records)
        total = sum(self.lengths[interview] for interview in self.interviews)
        self.mean_length = max(1.0, total / max(1, len(self.interviews)))


class Clock:
    """Says when the time is up."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds
        self.is_up = False

    def check(self) -> bool:
        """Whether the time is up (and stays so)."""
        if not self.is_up:
            self.is_up = monotonic() >= self._end
        return self.is_up


class IndexSource:
    """The index's answers for one audience, within a time limit."""

    def __init__(self, view: AudienceView, clock: Clock) -> None:
        self._view = view
        self._clock = clock
        self._has_too_many_forms = False
        self._forms: dict[Part, frozenset[str]] = {}

    def everything(self) -> frozenset[int]:
        """Return all interviews of the audience."""
        return self._view.interviews

    def length(self, interview_id: int) -> int:
        """Return the number of words of an interview."""
        return self._view.lengths[interview_id]

    @property
    def mean_length(self) -> float:
        """The mean number of words, at least 1."""
        return self._view.mean_length

    @property
    def is_cut_short(self) -> bool:
        """Whether the time is up or a beginning stood for too many forms."""
        return self._clock.is_up or self._has_too_many_forms

    def words(self, parts: Sequence[Part], scope: Scope | None) -> Mapping[int, int]:
        """Return the interviews where the parts stand side by side, and how often."""
        counts: dict[int, int] = {}
        forms = [self._forms_of(part) for part in parts]
        for place, segment in enumerate(self._view.segments):
            if len(forms) == 1 and scope is None:
                self._count(segment, forms[0], counts)
            else:
                self._count_sequences(segment, place, forms, scope, counts)
        return counts

    def _count(self, segment: Segment, forms: frozenset[str], counts: dict[int, int]) -> None:
        owners = segment.owners
        for form in forms:
            for number, weight in self._postings(segment, "words", form, _weight):
                interview = owners[number]
                if interview != NOBODY:
                    counts[interview] = counts.get(interview, 0) + int(weight)

    def _count_sequences(
        self,
        segment: Segment,
        place: int,
        forms: Sequence[frozenset[str]],
        scope: Scope | None,
        counts: dict[int, int],
    ) -> None:
        wanted = None if scope is None else {n for here, n in scope if here == place}
        following: dict[int, set[int]] = {}
        for offset, alternatives in enumerate(forms):
            here = self._positions(segment, alternatives, wanted)
            if offset == 0:
                following = {number: set(positions) for number, positions in here.items()}
            else:
                following = {
                    number: common
                    for number, positions in following.items()
                    if number in here and (common := positions & {p - offset for p in here[number]})
                }
            wanted = set(following)
        for number, positions in following.items():
            if scope is None:
                count = len(positions)
            else:
                turns = scope[place, number]
                count = sum(turn in turns for turn in _turns(segment.starts(number), positions))
            if count:
                interview = segment.owners[number]
                counts[interview] = counts.get(interview, 0) + count

    def _positions(
        self, segment: Segment, forms: frozenset[str], wanted: set[int] | None
    ) -> dict[int, list[int]]:
        """Return document to positions, of all forms together, unsorted."""
        found: dict[int, list[int]] = {}
        decode = segment.reader.schema["words"].format.decode_positions  # type: ignore[union-attr]
        for form in forms:
            for number, value in self._postings(segment, "words", form, _value):
                if segment.owners[number] != NOBODY and (wanted is None or number in wanted):
                    found.setdefault(number, []).extend(decode(value))
        return found

    def _forms_of(self, part: Part) -> frozenset[str]:
        """Return the archive's forms that a part takes, as far as the audience sees them.

        Forms that only hidden documents have may be among them; they find nothing.
        """
        if part not in self._forms:
            if isinstance(part, ExactForm):
                self._forms[part] = frozenset((part.form,))
            elif isinstance(part, AnyEnding):
                self._forms[part] = frozenset(
                    form for key in part.keys for form in self._lexicon(key_prefix(key))
                )
            else:
                self._forms[part] = self._visible(folded_prefix(part.folded))
        return self._forms[part]

    def _lexicon(self, prefix: bytes) -> Iterator[str]:
        for segment in self._view.segments:
            for term in segment.reader.expand_prefix("lexicon", prefix):
                yield form_of_term(term)

    def _visible(self, prefix: bytes) -> frozenset[str]:
        """Return the forms of a beginning, counting only those that the audience sees."""
        found: set[str] = set()
        for form in sorted(set(self._timely(self._lexicon(prefix)))):
            if self._clock.check():
                break
            if self._is_visible(form):
                if len(found) == MOST_FORMS:
                    self._has_too_many_forms = True
                    break
                found.add(form)
        return frozenset(found)

    def _timely(self, forms: Iterator[str]) -> Iterator[str]:
        for count, form in enumerate(forms):
            if count % _CHECK_EVERY == 0 and self._clock.check():
                return
            yield form

    def _is_visible(self, form: str) -> bool:
        return any(
            segment.owners[number] != NOBODY
            for segment in self._view.segments
            for number, _ in self._postings(segment, "words", form, _nothing)
        )

    def suggestions(self, folded: str) -> dict[str, int]:
        """Return forms that continue a folded beginning, with their numbers of interviews."""
        found: dict[str, int] = {}
        for form in sorted(self._visible(folded_prefix(folded))):
            if self._clock.check():
                break
            counts: dict[int, int] = {}
            for segment in self._view.segments:
                self._count(segment, frozenset((form,)), counts)
            found[form] = len(counts)
        return found

    def turns(self, leaf: Field) -> Scope:
        """Return the turns of a speaker or under a tag."""
        found: dict[tuple[int, int], frozenset[int]] = {}
        for place, segment in enumerate(self._view.segments):
            for number, turns in self._places_of_value(segment, leaf).items():
                found[place, number] = turns
        return found

    def interviews_of(self, scope: Scope) -> frozenset[int]:
        """Return the interviews whose transcripts the scope names."""
        return frozenset(self._view.segments[place].owners[number] for place, number in scope)

    def named(self, leaf: Field) -> frozenset[int]:
        """Return the interviews whose person, place, language or collection is named so."""
        found: set[int] = set()
        for segment in self._view.segments:
            if leaf.name == "lang":
                numbers = self._documents_in(segment, leaf)
            else:
                numbers = iter(self._places_of_value(segment, leaf))
            found.update(segment.owners[number] for number in numbers)
        return frozenset(found - {NOBODY})

    def _documents_in(self, segment: Segment, leaf: Field) -> Iterator[int]:
        for term in list(segment.reader.lexicon("lang")):
            if is_language(term.decode(), leaf):
                for number, _ in self._postings(segment, "lang", term, _nothing):
                    yield number

    def _places_of_value(self, segment: Segment, leaf: Field) -> dict[int, frozenset[int]]:
        """Return visible document to the places where all of the value's words stand."""
        common: dict[int, frozenset[int]] | None = None
        decode = segment.reader.schema[leaf.name].format.decode_positions  # type: ignore[union-attr]
        for word, is_prefix in value_parts(leaf):
            terms = [word.encode()]
            if is_prefix:
                terms = list(segment.reader.expand_prefix(leaf.name, word.encode()))
            here: dict[int, set[int]] = {}
            for term in terms:
                for number, value in self._postings(segment, leaf.name, term, _value):
                    if segment.owners[number] != NOBODY:
                        here.setdefault(number, set()).update(decode(value))
            if common is None:
                common = {number: frozenset(places) for number, places in here.items()}
            else:
                both = {n: places & here[n] for n, places in common.items() if n in here}
                common = {number: places for number, places in both.items() if places}
        return common or {}

    def dated(self, days: DateRange) -> frozenset[int]:
        """Return the interviews whose date may fall in these days."""
        return frozenset(id_ for id_, own in self._view.days.items() if own.overlaps(days))

    def _postings(
        self, segment: Segment, field: str, term: str | bytes, read: Callable[[Any], Any]
    ) -> Iterator[tuple[int, Any]]:
        """Yield document and what ``read`` takes from the posting, until the time is up."""
        if self._clock.check():
            return
        try:
            matcher = segment.reader.postings(field, term)
        except TermNotFound:
            return
        count = 0
        while matcher.is_active():
            count += 1
            if count % _CHECK_EVERY == 0 and self._clock.check():
                return
            yield matcher.id(), read(matcher)
            matcher.next()


def _weight(matcher: Any) -> float:
    return matcher.weight()


def _value(matcher: Any) -> bytes:
    return matcher.value()


def _nothing(_matcher: Any) -> None:
    return None


def _turns(starts: Sequence[int], positions: set[int]) -> Iterator[int]:
    for position in positions:
        yield bisect_right(starts, position) - 1
