"""What the index and the passages compare: the forms of words and their places.

The index and the search in memory both go through here, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive_app.domain.query import Field, Phrase, Prefix, Word
from archive_app.language.folding import exact_form, fold
from archive_app.language.stems import ANALYSIS_VERSION, initial, keys
from archive_app.language.words import word_places, word_texts

INDEX_VERSION = f"1.{ANALYSIS_VERSION}"
"""Changes whenever the index's own layout or the analysis does."""

LONGEST_FORM = 64
"""Code points of a word that count; whatever is longer is no word but a file's rubbish."""

TextLeaf = Word | Phrase | Prefix


@dataclass(frozen=True, slots=True)
class ExactForm:
    """Takes one form only."""

    form: str

    def accepts(self, form: str) -> bool:
        """Whether this is the form."""
        return form == self.form


@dataclass(frozen=True, slots=True)
class AnyEnding:
    """Takes the forms that share a key."""

    keys: frozenset[str]
    initials: frozenset[str]
    """The folded first letters of such forms: no stemmer changes them."""

    def accepts(self, form: str) -> bool:
        """Whether the form shares a key."""
        return fold(form)[:1] in self.initials and not self.keys.isdisjoint(keys(form))


@dataclass(frozen=True, slots=True)
class Beginning:
    """Takes the forms whose folded form begins so."""

    folded: str

    def accepts(self, form: str) -> bool:
        """Whether the folded form begins so."""
        return fold(form).startswith(self.folded)


Part = ExactForm | AnyEnding | Beginning
"""What one word of a query takes."""


def form_of(word: str) -> str:
    """Return the exact form of a written word, as the index holds it."""
    return exact_form(word)[:LONGEST_FORM]


def parts_of(leaf: TextLeaf) -> tuple[Part, ...]:
    """Return what the leaf's words take, one after the other; empty if it holds no word."""
    forms = [form_of(text) for text in word_texts(leaf.text)]
    if isinstance(leaf, Phrase):
        return tuple(ExactForm(form) for form in forms)
    parts: list[Part] = [_any_ending(form) for form in forms]
    if isinstance(leaf, Prefix) and forms:
        parts[-1] = Beginning(fold(forms[-1]))
    return tuple(parts)


def _any_ending(form: str) -> AnyEnding:
    found = keys(form)
    return AnyEnding(found, frozenset(initial(key) for key in found))


def value_parts(leaf: Field) -> tuple[tuple[str, bool], ...]:
    """Return the folded words of a field's value, each with whether it may go on (a star)."""
    folded = name_words(leaf.value)
    last = len(folded) - 1
    return tuple((word, leaf.is_prefix and place == last) for place, word in enumerate(folded))


def name_words(name: str) -> list[str]:
    """Return the folded words of a name or a tag."""
    return [fold(form_of(word)) for word in word_texts(name)]


@dataclass(slots=True)
class WordPlaces:
    """Where each form stands in a row of texts.

    Positions count words through all texts, with a gap of one between texts, so
    that no phrase reaches over a gap. ``starts`` has each text's first position.
    """

    positions: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    starts: list[int] = field(default_factory=list[int])
    length: int = 0
    """How many words, gaps not counted."""


class Analyser:
    """Finds the forms of texts, remembering the words it has seen."""

    def __init__(self) -> None:
        self._forms: dict[str, str] = {}

    def places(self, texts: Iterable[str]) -> WordPlaces:
        """Return where each form stands in the texts."""
        found = WordPlaces()
        positions, starts, forms = found.positions, found.starts, self._forms
        position = 0
        for text in texts:
            starts.append(position)
            for word in word_texts(text):
                form = forms.get(word)
                if form is None:
                    form = forms[word] = form_of(word)
                places = positions.get(form)
                if places is None:
                    positions[form] = [position]
                else:
                    places.append(position)
                position += 1
            position += 1
        found.length = position - len(starts)
        return found


class Finder:
    """Finds where parts stand side by side in texts, remembering the words it has seen."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._takes: list[dict[str, bool]] = [{} for _ in parts]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return ``[start, end)`` of each place in a text, in code points, in order."""
        if not self._parts:
            return []
        written = word_texts(text)
        last = len(self._parts) - 1
        found = [
            first
            for first in range(len(written) - last)
            if all(self._takes_word(k, written[first + k]) for k in range(last + 1))
        ]
        if not found:
            return []
        places = word_places(text)
        return [(places[first][1], places[first + last][2]) for first in found]

    def _takes_word(self, number: int, word: str) -> bool:
        known = self._takes[number]
        answer = known.get(word)
        if answer is None:
            answer = known[word] = self._parts[number].accepts(form_of(word))
        return answer
