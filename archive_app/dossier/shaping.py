"""From words to glyphs: which face shows which character, how wide, and as which bytes.

Every distinct word is shaped once in a document and size. Nothing here reads
markup: what was typed is what is drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from archive_app.dossier.design import Family
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
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_MARK_GAP = 40
"""Thousandths of an em left between a letter and the accent above it."""
_MOST_STACKED = 4
"""Accents beyond so many on one letter are drawn where the font puts them."""
_CACHED_WORDS = 60_000
_NO_BREAK_SPACE = 0xA0
_CALL_FARTHER = 0.1
"""By this part of its width the space before a footnote's number is wider, lest a line drawn
narrower (``breaking.FLEX``) bring it below what readers of PDF take for a space."""
HYPHEN = "\u00ad"
"""At a word's end: it is parted there and gets a hyphen."""
GOES_ON = "\u200b"
"""At a word's end: its last sign says that it goes on in the next line."""
_SERBIAN_FORMS = ("sr", "mk")


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


@dataclass(slots=True)
class Shaped:
    """A word ready to be drawn; ``pieces`` are (PDF font name, codes in hex)."""

    text: str
    width: float
    pieces: tuple[tuple[str, str], ...]
    font: str = ""
    """The one font of all its pieces, if they can be drawn as one; else ""."""
    codes: str = ""

    def __post_init__(self) -> None:
        if len(self.pieces) == 1:
            self.font, self.codes = self.pieces[0]


class Bank:
    """The words already shaped in one ink and language; ``space`` is what parts them."""

    __slots__ = ("_is_serbian", "_shaper", "ink", "space", "words")

    def __init__(self, shaper: Shaper, ink: Ink, *, is_serbian: bool) -> None:
        self._shaper = shaper
        self._is_serbian = is_serbian
        self.ink = ink
        self.words: dict[str, Shaped] = {}
        """The caller may look, not write."""
        self.space = self.shape(" ")

    def shape(self, word: str) -> Shaped:
        """Return a word's glyphs; remembered, so that a second asking costs nothing.

        A word that ends in ``HYPHEN`` is drawn with one, one that ends in ``GOES_ON`` as it is;
        both come out of the file with U+00AD at their end: they go on in the next line.
        """
        found = self.words.get(word)
        if found is None:
            if len(self.words) > _CACHED_WORDS:
                self.words.clear()
            found = self.words[word] = self._shaper.shape(
                word, self.ink, is_serbian=self._is_serbian
            )
        return found


class Shaper:
    """Shapes the words of one document. ``missing`` gathers characters no face has."""

    def __init__(self, document: Any, family: Family = Family.CHARIS) -> None:
        self.missing: set[str] = set()
        self._document = document
        self._family = family
        self._banks: dict[tuple[Ink, bool], Bank] = {}

    def bank(self, ink: Ink, language: str = "") -> Bank:
        """Return where the words of an ink are kept, with the letter forms of a language."""
        is_serbian = language.startswith(_SERBIAN_FORMS)
        found = self._banks.get((ink, is_serbian))
        if found is None:
            found = self._banks[ink, is_serbian] = Bank(self, ink, is_serbian=is_serbian)
        return found

    def shape(self, word: str, ink: Ink, *, is_serbian: bool = False) -> Shaped:
        """Return a word's glyphs, worked out anew (``Bank.shape`` remembers them)."""
        goes_on = word.endswith(GOES_ON)
        shown = word[:-1] if goes_on else word
        units = 0.0
        pieces: list[tuple[str, str]] = []
        runs = list(self._runs(shown, ink.face)) if shown else []
        for number, (font, run) in enumerate(runs, start=1):
            points = list(map(ord, run))
            if is_serbian and font.serbian:
                points = [font.serbian.get(point, point) for point in points]
            units += sum(map(font.width, points))
            if goes_on and number == len(runs):
                points[-1] = font.broken(points[-1])
            if _PRIVATE.search(run):
                pieces += self._private(font, points)
            elif _MARK.search(run):
                units -= sum(font.width(ord(each)) for each in run if _MARK.match(each))
                pieces += self._marked(font, points, ink)
            else:
                moves = _moves(font, points, ink)
                units += sum(moves)
                pieces += self._plain(font, points, moves)
        width = units * ink.size / 1000 + ink.tracking * len(shown)
        joined = (
            (font, "".join(codes for _, codes in group))
            for font, group in groupby(pieces, key=lambda pair: pair[0])
        )
        return Shaped(word, width, tuple(joined))

    def _runs(self, word: str, role: str) -> Iterator[tuple[Face, str]]:
        first = face(role, self._family)
        if first.covered.issuperset(map(ord, word)):
            yield first, word
            return
        chosen = (each for cluster in clusters(word) for each in self._faces_for(cluster, role))
        for font, group in groupby(chosen, key=lambda pair: pair[0]):
            yield font, "".join(text for _, text in group)

    def _faces_for(self, cluster: str, role: str) -> Iterator[tuple[Face, str]]:
        """Yield the first face that has the letter with all its accents, else one for each."""
        points = set(map(ord, cluster))
        for candidate in chain(role, self._family):
            if points <= candidate.covered:
                yield candidate, cluster
                return
        own = self._face_for(cluster[0], role)
        for character in cluster:
            has_it = ord(character) in own.covered
            yield own if has_it else self._face_for(character, role), character

    def _face_for(self, character: str, role: str) -> Face:
        """Return the first face that has a character, else the last one with a box for it."""
        for candidate in chain(role, self._family):
            if ord(character) in candidate.covered:
                return candidate
        self.missing.add(character)
        last = face(FALLBACK)
        last.add_box(ord(character))
        return last

    def _plain(
        self, font: Face, points: Sequence[int], moves: Sequence[float] = ()
    ) -> list[tuple[str, str]]:
        """Return pieces; ``moves`` are added behind each point, in thousandths of an em."""
        if not any(moves):
            encoded = font.encode(points, self._document)
            return [(name, bytes(codes).hex()) for name, codes in encoded]
        pieces: list[tuple[str, str]] = []
        rest = iter(moves)
        for name, codes in font.encode(points, self._document):
            text = ""
            for code, move in zip(codes, rest, strict=False):
                text += f"{code:02x}>{-move:.0f}<" if round(move) else f"{code:02x}"
            pieces.append((name, text))
        return pieces

    def _private(self, font: Face, points: Sequence[int]) -> list[tuple[str, str]]:
        """Return pieces that say what they stand for, as PDF/A asks of private characters.

        ISO 19005-2, 6.2.11.7.3: each lies in marked content with an /ActualText.
        """
        pieces: list[tuple[str, str]] = []
        for point in points:
            for name, codes in self._plain(font, (point,)):
                said = font.text(point).encode("utf-16-be").hex()
                wrapped = f">] TJ /Span << /ActualText <feff{said}> >> BDC [<{codes}>] TJ EMC [<"
                pieces.append((name, wrapped if _PRIVATE.match(font.text(point)) else codes))
        return pieces

    def _marked(self, font: Face, points: Sequence[int], ink: Ink) -> list[tuple[str, str]]:
        """Return pieces whose accents are moved over the middle of their letters.

        Without a shaping engine an accent stands where the font's default puts it, which
        suits small letters of middling width only.
        """
        pieces: list[tuple[str, str]] = []
        base = ord("n")
        top = bottom = 0.0
        stacked = 0
        for point in points:
            drawn = self._plain(font, (point,))
            box = font.extent(point)
            if not _MARK.match(font.text(point)):
                base = point
                letter = box or Extent(0, 0, font.width(point), 0)
                top, bottom, stacked = letter.top, letter.bottom, 0
                pieces += drawn
                continue
            letter = font.extent(base)
            if box is None or letter is None:
                pieces += drawn
                continue
            across = letter.centre - font.width(base) - box.centre
            up = 0.0
            stacked += 1
            if box.bottom > 0 and stacked <= _MOST_STACKED:
                up = max(0.0, top + _MARK_GAP - box.bottom)
                top = box.top + up
            elif box.top < 0 and stacked <= _MOST_STACKED:
                up = min(0.0, bottom - _MARK_GAP - box.top)
                bottom = box.bottom + up
            back = across + font.width(point)
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


def _moves(font: Face, points: Sequence[int], ink: Ink) -> list[float]:
    """Return by how much what follows each letter is moved: pairs are kerned."""
    moves = [font.kern(first, second) for first, second in pairwise(points)]
    moves.append(0.0)
    if ink.rise > 0 and points[0] == _NO_BREAK_SPACE:
        moves[0] += font.width(points[0]) * _CALL_FARTHER
    return moves


def clusters(word: str) -> list[str]:
    """Return each letter together with the accents that follow it."""
    starts = [at for at, each in enumerate(word) if not at or not unicodedata.combining(each)]
    return [word[start:end] for start, end in pairwise([*starts, len(word)])]
