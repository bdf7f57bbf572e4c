"""From words to glyphs: which face shows which character, how wide, and as which bytes.

Every distinct word is shaped once in a document and size. Nothing here reads
markup: what was typed is what is drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from archive_app.dossier.fonts import FALLBACK, Extent, Face, chain, face

# Controls, soft hyphens, zero-width signs, bidi controls, variation selectors, byte-order
# marks: nothing to draw, and a glyph for them would be a box.
_UNDRAWN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_LONE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_GAP = re.compile("[^\\S\u00a0\u2007\u202f]+")
_MARK = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_MARK_GAP = 40
"""Thousandths of an em left between a letter and the accent above it."""
_CACHED_WORDS = 60_000


def clean(text: str) -> str:
    """Return the text without what cannot be drawn; lone surrogates become U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _LONE.sub("\ufffd", _UNDRAWN.sub("", text))


def one_line(text: str) -> str:
    """Return cleaned text with every run of spaces and line breaks as one space."""
    return " ".join(_GAP.split(clean(text))).strip()


def split_words(text: str) -> list[str]:
    """Return the words between spaces where a line may break; not at no-break spaces."""
    if text.isascii():
        return text.split()
    return [word for word in _GAP.split(text) if word]


@dataclass(frozen=True, slots=True)
class Ink:
    """How a piece of text looks. ``grey`` is 0 for black; ``rise`` and ``size`` in points."""

    face: str
    size: float
    grey: float = 0.0
    rise: float = 0.0
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Shaped:
    """A word ready to be drawn; ``pieces`` are (PDF font name, codes in hex)."""

    text: str
    width: float
    pieces: tuple[tuple[str, str], ...]


class Shaper:
    """Shapes the words of one document. ``missing`` gathers characters no face has."""

    def __init__(self, document: Any) -> None:
        self.missing: set[str] = set()
        self._document = document
        self._words: dict[Ink, dict[str, Shaped]] = {}

    def words(self, ink: Ink) -> dict[str, Shaped]:
        """Return the words already shaped in an ink (the caller may look, not write)."""
        return self._words.setdefault(ink, {})

    def shape(self, word: str, ink: Ink) -> Shaped:
        """Return a word's glyphs; remembered, so that a second asking costs nothing."""
        known = self.words(ink)
        found = known.get(word)
        if found is None:
            if len(known) > _CACHED_WORDS:
                known.clear()
            found = known[word] = self._shape(word, ink)
        return found

    def _shape(self, word: str, ink: Ink) -> Shaped:
        units = 0.0
        pieces: list[tuple[str, str]] = []
        for font, run in self._runs(word, ink.face):
            units += sum(font.width(ord(character)) for character in run)
            if _MARK.search(run):
                units -= self._mark_widths(font, run)
                pieces += self._marked(font, run, ink)
            else:
                pieces += self._plain(font, run)
        width = units * ink.size / 1000 + ink.tracking * len(word)
        return Shaped(word, width, tuple(pieces))

    def _runs(self, word: str, role: str) -> Iterator[tuple[Face, str]]:
        faces = chain(role)
        first = faces[0].covered
        if all(ord(character) in first for character in word):
            yield faces[0], word
            return
        chosen = [self._face_for(cluster, faces) for cluster in clusters(word)]
        for font, group in groupby(chosen, key=lambda pair: pair[0]):
            yield font, "".join(text for _, text in group)

    def _face_for(self, cluster: str, faces: tuple[Face, ...]) -> tuple[Face, str]:
        """Return the first face that has the letter with all its accents, else the letter."""
        points = {ord(character) for character in cluster}
        for candidate in faces:
            if points <= candidate.covered:
                return candidate, cluster
        for candidate in faces:
            if ord(cluster[0]) in candidate.covered:
                break
        else:
            candidate = face(FALLBACK)
        for character in cluster:
            if ord(character) not in candidate.covered:
                self.missing.add(character)
                face(FALLBACK).add_box(ord(character))
                candidate = face(FALLBACK)
        return candidate, cluster

    def _plain(self, font: Face, run: str) -> list[tuple[str, str]]:
        return [
            (font.getSubsetInternalName(subset, self._document), codes.hex())
            for subset, codes in font.splitString(run, self._document)
        ]

    def _mark_widths(self, font: Face, run: str) -> float:
        return sum(font.width(ord(each)) for each in run if _MARK.match(each))

    def _marked(self, font: Face, run: str, ink: Ink) -> list[tuple[str, str]]:
        """Return pieces whose accents are moved over the middle of their letters.

        Without a shaping engine an accent stands where the font's default puts it, which
        suits small letters of middling width only.
        """
        pieces: list[tuple[str, str]] = []
        base = "n"
        top = bottom = 0.0
        for character in run:
            drawn = self._plain(font, character)
            box = font.extent(ord(character))
            if not _MARK.match(character):
                base = character
                letter = box or Extent(0, 0, font.width(ord(character)), 0)
                top, bottom = letter.top, letter.bottom
                pieces += drawn
                continue
            letter = font.extent(ord(base))
            if box is None or letter is None:
                pieces += drawn
                continue
            across = letter.centre - font.width(ord(base)) - box.centre
            up = 0.0
            if box.bottom > 0:
                up = max(0.0, top + _MARK_GAP - box.bottom)
                top = box.top + up
            elif box.top < 0:
                up = min(0.0, bottom - _MARK_GAP - box.top)
                bottom = box.bottom + up
            back = across + font.width(ord(character))
            name, codes = drawn[0]
            rise = ink.rise + up * ink.size / 1000
            pieces.append(
                (
                    name,
                    (
                        f">] TJ {rise:.2f} Ts [{-across:.0f} <{codes}> {back:.0f}] TJ "
                        f"{ink.rise:.2f} Ts [<"
                    ),
                )
            )
        return pieces


def clusters(word: str) -> list[str]:
    """Return each letter together with the accents that follow it."""
    clusters: list[str] = []
    for character in word:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters
