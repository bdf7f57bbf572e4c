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
_HORIZONTAL_ADVANCE = 0x0004


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
