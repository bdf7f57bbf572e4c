"""What a font says of its glyphs: other forms for a script or a style, and kerning.

ReportLab reads the outlines, widths and character map of a TrueType font, not its
layout tables. Of these the dossier needs the single substitutions (OpenType 1.9,
"GSUB", lookup types 1 and 7) and the pair adjustments ("GPOS", types 2 and 9).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_SINGLE, _SINGLE_EXTENDED = 1, 7
_PAIR, _PAIR_EXTENDED = 2, 9
_NO_FEATURE = 0xFFFF
_ADVANCE = 0x0004


def substitutions(
    gsub: bytes, feature: str, script: str = "", language: str = ""
) -> dict[int, int]:
    """Return which glyph stands for which in a feature, by glyph number.

    Args:
        gsub: the font's "GSUB" table.
        feature: its tag: "smcp", "locl".
        script: a script's tag ("cyrl"); "" for all scripts.
        language: a language system's tag ("SRB"); "" for the script's default.
    """
    table = _Table(gsub)
    found: dict[int, int] = {}
    for subtable, kind in table.lookups(feature, script, language, _SINGLE_EXTENDED):
        if kind == _SINGLE:
            found.update(_single(table, subtable))
    return found


def _single(table: _Table, at: int) -> dict[int, int]:
    shape, covered, third = table.shorts(at, 3)
    glyphs = table.coverage(at + covered)
    if shape == 1:
        return {glyph: (glyph + third) & 0xFFFF for glyph in glyphs}
    return dict(zip(glyphs, table.shorts(at + 6, third), strict=False))


class Kerning:
    """How much nearer or farther two glyphs stand than their widths say; in font units."""

    def __init__(self, gpos: bytes) -> None:
        self._table = table = _Table(gpos)
        self._known: dict[tuple[int, int], int] = {}
        self._subtables = [
            _Pairs(table, at)
            for at, kind in table.lookups("kern", "", "", _PAIR_EXTENDED)
            if kind == _PAIR
        ]

    def between(self, first: int, second: int) -> int:
        """Return what is added to the advance of the first glyph; usually 0."""
        pair = (first, second)
        found = self._known.get(pair)
        if found is None:
            # The first table that has the pair decides (OpenType, "GPOS", lookup type 2).
            asked = (subtable.between(first, second) for subtable in self._subtables)
            found = self._known[pair] = next((each for each in asked if each is not None), 0)
        return found


class _Pairs:
    """A subtable of pair adjustments, of either format."""

    def __init__(self, table: _Table, at: int) -> None:
        self._table = table
        self._at = at
        shape, covered, *formats = table.shorts(at, 4)
        self._is_by_class = shape != 1
        self._covered = {glyph: n for n, glyph in enumerate(table.coverage(at + covered))}
        self._size = sum(each.bit_count() for each in formats)
        """Of a pair's values, in numbers of 16 bits."""
        self._advance = (formats[0] & (_ADVANCE - 1)).bit_count()
        """Where among them the first glyph's advance is."""
        self._has_advance = bool(formats[0] & _ADVANCE)
        self._sets: dict[int, dict[int, int]] = {}
        self._classes = ({}, {})
        if self._is_by_class and self._has_advance:
            first, second, _, self._width = table.shorts(at + 8, 4)
            self._classes = (table.classes(at + first), table.classes(at + second))

    def between(self, first: int, second: int) -> int | None:
        """Return the adjustment, None if the pair is none of this subtable's."""
        number = self._covered.get(first)
        if number is None or not self._has_advance:
            return None
        if self._is_by_class:
            row, column = (c.get(g, 0) for c, g in zip(self._classes, (first, second), strict=True))
            record = (row * self._width + column) * self._size
            return self._table.signed(self._at + 16 + 2 * (record + self._advance))
        if number not in self._sets:
            self._sets[number] = self._set(number)
        return self._sets[number].get(second)

    def _set(self, number: int) -> dict[int, int]:
        table = self._table
        at = self._at + table.shorts(self._at + 10 + 2 * number, 1)[0]
        (count,) = table.shorts(at, 1)
        step = 2 * (1 + self._size)
        places = [at + 2 + step * each for each in range(count)]
        return {
            table.shorts(place, 1)[0]: table.signed(place + 2 + 2 * self._advance)
            for place in places
        }


class _Table:
    """A layout table: scripts, features and lookups, which "GSUB" and "GPOS" share."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        _, _, self._scripts, self._features, self._lookups = self.shorts(0, 5)

    def shorts(self, at: int, count: int) -> tuple[int, ...]:
        """Return unsigned 16-bit numbers from a place on."""
        return struct.unpack_from(f">{count}H", self._data, at)

    def _tagged(self, at: int) -> list[tuple[str, int]]:
        """Return the tags and offsets of a list of records that begins with their number."""
        (count,) = self.shorts(at, 1)
        records = struct.iter_unpack(">4sH", self._data[at + 2 : at + 2 + 6 * count])
        return [(tag.decode("latin-1").strip(), offset) for tag, offset in records]

    def lookups(
        self, feature: str, script: str, language: str, extended: int
    ) -> Iterator[tuple[int, int]]:
        """Yield place and lookup type of each subtable of a feature, extensions followed."""
        features = self._tagged(self._features)
        numbers: list[int] = []
        for number in sorted(self._chosen(script, language)):
            tag, offset = features[number]
            if tag == feature:
                at = self._features + offset
                numbers += self.shorts(at + 4, self.shorts(at + 2, 1)[0])
        offsets = self.shorts(self._lookups + 2, self.shorts(self._lookups, 1)[0])
        for number in dict.fromkeys(numbers):
            at = self._lookups + offsets[number]
            kind, _, count = self.shorts(at, 3)
            for subtable in self.shorts(at + 6, count):
                place = at + subtable
                if kind != extended:
                    yield place, kind
                    continue
                _, true_kind = self.shorts(place, 2)
                (further,) = struct.unpack_from(">L", self._data, place + 4)
                yield place + further, true_kind

    def _chosen(self, script: str, language: str) -> set[int]:
        """Return the numbers of the features of a script and language, or of all scripts."""
        chosen: set[int] = set()
        for tag, offset in self._tagged(self._scripts):
            if script and tag != script:
                continue
            at = self._scripts + offset
            systems = [found for name, found in self._tagged(at + 2) if name == language]
            default = self.shorts(at, 1)[0]
            for system in systems or ([default] if default and not language else []):
                _, required, count = self.shorts(at + system, 3)
                chosen.update(self.shorts(at + system + 6, count))
                if required != _NO_FEATURE:
                    chosen.add(required)
        return chosen

    def signed(self, at: int) -> int:
        """Return the signed 16-bit number at a place."""
        return struct.unpack_from(">h", self._data, at)[0]

    def classes(self, at: int) -> dict[int, int]:
        """Return the class of each glyph of a class definition; the others' is 0."""
        shape, first = self.shorts(at, 2)
        if shape == 1:
            (count,) = self.shorts(at + 4, 1)
            return {first + n: each for n, each in enumerate(self.shorts(at + 6, count))}
        found: dict[int, int] = {}
        for number in range(first):
            start, end, each = self.shorts(at + 4 + 6 * number, 3)
            found.update(dict.fromkeys(range(start, end + 1), each))
        return found

    def coverage(self, at: int) -> list[int]:
        """Return the glyphs of a coverage table, in its order."""
        shape, count = self.shorts(at, 2)
        if shape == 1:
            return list(self.shorts(at + 4, count))
        glyphs: list[int] = []
        for number in range(count):
            first, last, _ = self.shorts(at + 4 + 6 * number, 3)
            glyphs += range(first, last + 1)
        return glyphs
