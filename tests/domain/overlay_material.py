"""Two transcripts of one speech, and the truth about which words are which."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.domain.alignment import Word, align_words
from archive_app.domain.overlaying import Ground, Overlaying
from archive_app.domain.records import Span, Tagging, Turn

_LETTERS = "abvgdđežzijklmnoprstćufhcčš"
_WORD = re.compile(r"\w+")


def words_of(turns: Sequence[Turn]) -> list[Word]:
    return [
        Word(found[0].casefold(), turn.id, found.start(), found.end())
        for turn in turns
        for found in _WORD.finditer(turn.text)
    ]


def overlaying(old: Sequence[Turn], new: Sequence[Turn]) -> Overlaying:
    ours, theirs = words_of(old), words_of(new)
    alignment = align_words([one.key for one in ours], [one.key for one in theirs])
    return Overlaying(Ground(old, ours), Ground(new, theirs), alignment)


def turns_of(*texts: str, first: int = 1) -> list[Turn]:
    """Turns of these texts, numbered up from ``first``, or down from it if that is negative."""
    step = 1 if first > 0 else -1
    return [
        Turn(first + step * place, "", 1, place, None, "", None, None, None, text)
        for place, text in enumerate(texts)
    ]


@dataclass(frozen=True, slots=True)
class Speech:
    """A tagged transcript, another one of the same speech, and where each word came from."""

    old: list[Turn]
    taggings: list[Tagging]
    new: list[Turn]
    sources: list[frozenset[int]]
    """For each new word the old ones, by number, that it is or is a part of."""
    covered: list[range]
    """For each tagging the numbers of its words."""


def make_speech(
    seed: int, *, words: int = 27_000, tags: int = 5_000, changed: float = 0.1
) -> Speech:
    """Words of which that share was substituted, deleted, added to, split or joined."""
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices(_LETTERS, k=chance.randint(1, 10))) for _ in range(7000)]
    weights = [1 / (rank + 4) for rank in range(len(vocabulary))]

    def said(count: int) -> list[str]:
        return chance.choices(vocabulary, weights, k=count)

    spoken = said(words)
    heard: list[str] = []
    sources: list[frozenset[int]] = []
    place = 0
    while place < words:
        own = frozenset((place,))
        word = spoken[place]
        place += 1
        kind = chance.choice("sssddiicj") if chance.random() < changed else ""
        if kind == "s":
            heard += said(1)
            sources.append(frozenset())
        elif kind == "i":
            heard += [word, *said(1)]
            sources += [own, frozenset()]
        elif kind == "c" and len(word) > 1:
            cut = chance.randint(1, len(word) - 1)
            heard += [word[:cut], word[cut:]]
            sources += [own, own]
        elif kind == "j" and place < words:
            heard.append(word + spoken[place])
            sources.append(own | {place})
            place += 1
        elif kind != "d":
            heard.append(word)
            sources.append(own)
    old, starts = _in_turns(chance, spoken, first=1)
    new, _ = _in_turns(chance, heard, first=-1)
    covered = [_passage(chance, words) for _ in range(tags)]
    taggings = [
        Tagging(number + 1, "", 1, 1, _span(starts, own), "") for number, own in enumerate(covered)
    ]
    return Speech(old, taggings, new, sources, covered)


def _passage(chance: random.Random, words: int) -> range:
    """A passage as people tag them: mostly a sentence or an answer, at times a name."""
    low, high = chance.choice([(1, 1), (2, 5), (2, 5), (6, 25), (6, 25), (6, 25), (26, 80)])
    length = chance.randint(low, high)
    start = chance.randrange(words - length)
    return range(start, start + length)


def _in_turns(
    chance: random.Random, words: Sequence[str], *, first: int
) -> tuple[list[Turn], list[tuple[int, int, int]]]:
    """Turns of 1 to 21 words with signs and capitals by chance; each word's turn, start, end."""
    texts: list[str] = []
    places: list[tuple[int, int, int]] = []
    at = 0
    while at < len(words):
        text = ""
        for word in words[at : at + chance.randint(1, 21)]:
            text += " " if text else ""
            shown = word.capitalize() if chance.random() < 0.15 else word
            turn = first + (1 if first > 0 else -1) * len(texts)
            places.append((turn, len(text), len(text) + len(shown)))
            text += shown + (chance.choice(",.?!") if chance.random() < 0.15 else "")
            at += 1
        texts.append(text)
    return turns_of(*texts, first=first), places


def _span(places: Sequence[tuple[int, int, int]], own: range) -> Span:
    first, last = places[own.start], places[own[-1]]
    return Span(first[0], first[1], last[0], last[2])


@dataclass(frozen=True, slots=True)
class Score:
    right: int
    wrong: int
    listed: int

    @property
    def share(self) -> float:
        """Of all taggings, those that were carried to the right words."""
        return self.right / (self.right + self.wrong + self.listed)


def score(speech: Speech, laid: Overlaying) -> Score:
    """Right: not one surviving word of its own lost, and no surviving word of others taken in."""
    own_places: dict[int, list[int]] = {}
    for place, sources in enumerate(speech.sources):
        for source in sources:
            own_places.setdefault(source, []).append(place)
    right = wrong = listed = 0
    for tagging, own in zip(speech.taggings, speech.covered, strict=True):
        span = laid.carry(tagging.span).span
        if span is None:
            listed += 1
            continue
        covers = set(laid.new.covered(span))
        wanted = {place for source in own for place in own_places.get(source, ())}
        foreign = any(
            speech.sources[place] and speech.sources[place].isdisjoint(own) for place in covers
        )
        if wanted <= covers and not foreign:
            right += 1
        else:
            wrong += 1
    return Score(right, wrong, listed)
