"""Where the dossier's people and places are spoken of, in any case and either script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive_app.domain.citation_source import cited_name
from archive_app.domain.records import Role
from archive_app.dossier.contents import DossierContents, interviews_of
from archive_app.dossier.front_parts import unique
from archive_app.dossier.ledger import Ledger, Section
from archive_app.dossier.shaping import one_line
from archive_app.dossier.wording import people, pick
from archive_app.language.folding import to_latin
from archive_app.language.mention_forms import CalledBy, ways_of_person, ways_of_place
from archive_app.language.words import word_places, word_texts

_SENTENCE_ENDS = frozenset(".?!…:")
_BETWEEN_WORDS = re.compile(r"[\s\u00ad]*[-‐‑–]?\s*")


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of calling one term of the index."""

    section: Section
    shown: str
    words: tuple[frozenset[str], ...]
    is_part: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A term spoken of at an offset of a text; ``doubt`` is the word, if it may be another."""

    section: Section
    shown: str
    at: int
    doubt: str = ""


class Mentions:
    """Finds the names of the dossier's people and places where they stand in the text.

    Each distinct word is looked up once, whatever the length of the text: a pattern
    of all forms would try each of them at every word of every turn.
    """

    def __init__(self, contents: DossierContents, ledger: Ledger) -> None:
        self._ledger = ledger
        self._by_word: dict[str, list[_Way]] = {}
        self._hits: dict[str, tuple[_Way, ...]] = {}
        self._known: set[tuple[Section, str, str]] = set()
        self._places: dict[str, str] = {}
        self._narrators = {
            interview.uuid: unique(
                person.sort_name or person.name for person in people(interview, Role.INTERVIEWEE)
            )
            for interview in interviews_of(contents)
        }
        self._gather(contents)

    def enter(self, text: str, own: set[str]) -> Iterator[tuple[int, str]]:
        """Enter every mention into the ledger; yield its offset and the anchor to set there.

        ``own`` are the sort names of those who speak here: an interview of its own stands
        in the index as a whole. In a passage its narrators are entered with each turn.
        """
        for shown in self._narrators.get(self._ledger.passage_of, ()):
            start, end = self._ledger.key(), self._ledger.key()
            self._ledger.enter(Section.NAMES, shown, start, end)
            yield 0, start
            yield len(text), end
        for mention in self.find(text, own):
            anchor = self._ledger.key()
            self._ledger.enter(mention.section, mention.shown, anchor, anchor, doubt=mention.doubt)
            yield mention.at, anchor

    def place(self, name: str) -> str:
        """Return what a place is called in the index, by any of its names."""
        name = one_line(name)
        return self._places.get(to_latin(name), name)

    def find(self, text: str, own: set[str]) -> Iterator[Mention]:
        """Yield the mentions in a text, in order, none inside another."""
        tokens = set(word_texts(text))
        seen = self._ledger.words
        for token in tokens - seen:
            if token[0].isupper() and (ways := self._by_word.get(to_latin(token))):
                self._hits[token] = tuple(ways)
        seen |= tokens
        if tokens.isdisjoint(self._hits):
            return
        places = word_places(text)
        at = 0
        while at < len(places):
            ways = self._hits.get(places[at][0])
            length, found = self._longest(text, places, at, ways) if ways else (1, [])
            start = places[at][1]
            doubt = places[at][0] if length == 1 and _begins_sentence(text, start) else ""
            for way in found:
                if way.shown not in own:
                    yield Mention(way.section, way.shown, start, doubt)
            at += length

    def _longest(
        self, text: str, places: list[tuple[str, int, int]], at: int, ways: tuple[_Way, ...]
    ) -> tuple[int, list[_Way]]:
        """Return the ways that take in the most words here, and how many words that are.

        A surname that several have is nobody's, unless the given name stands beside it.
        """
        found: dict[tuple[Section, str], _Way] = {}
        longest = 0
        for way in ways:
            length = len(way.words)
            if length >= longest and _goes_on(text, places, at, way):
                if length > longest:
                    found, longest = {}, length
                found.setdefault((way.section, way.shown), way)
        held = list(found.values())
        if len(held) > 1:
            held = [way for way in held if not way.is_part]
        return max(longest, 1), held

    # What is looked for

    def _gather(self, contents: DossierContents) -> None:
        interviews = interviews_of(contents)
        for interview in interviews:
            named = one_line(pick(interview.place_names, contents.language) or interview.place)
            for form in (named, interview.place, *interview.place_names.values()):
                self._add_place(form, named)
        for interview in interviews:
            for person in interview.people:
                shown = one_line(person.sort_name or person.name)
                family = cited_name(person).family
                ways = ways_of_person(person.name, family)
                self._add(Section.NAMES, shown, person.name, ways)
            for point in interview.index_points:
                self._add_place(point.place, one_line(point.place))

    def _add_place(self, form: str, shown: str) -> None:
        form = one_line(form)
        if form:
            shown = self._places.setdefault(to_latin(form), shown)
            self._add(Section.PLACES, shown, form, ways_of_place(form))

    def _add(self, section: Section, shown: str, form: str, ways: tuple[CalledBy, ...]) -> None:
        if (section, shown, form) in self._known:
            return
        self._known.add((section, shown, form))
        for called in ways:
            way = _Way(section, shown, called.words, called.is_part)
            for word in called.words[0]:
                self._by_word.setdefault(word, []).append(way)


def _goes_on(text: str, places: list[tuple[str, int, int]], at: int, way: _Way) -> bool:
    """Tell whether a way's further words follow, with nothing but a space between."""
    if at + len(way.words) > len(places):
        return False
    for step, forms in enumerate(way.words[1:], start=at + 1):
        word, start, _ = places[step]
        if not word[0].isupper() or to_latin(word) not in forms:
            return False
        if not _BETWEEN_WORDS.fullmatch(text, places[step - 1][2], start):
            return False
    return True


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\n\r\u00a0\"'„“”«»‘’([—–-")
    return not before or before[-1] in _SENTENCE_ENDS
