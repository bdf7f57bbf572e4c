"""The sheet's measures for each paper size; all in points.

Margins follow the printed oral-history volume: a line of some 65 to 70
characters, an outer margin wide enough for the timecodes.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive_app.dossier.design import Paper


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the text stands on a page. The outer margin is at the right of odd pages."""

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    text: float
    """Size of the testimony's type; every other size follows from it."""

    @property
    def measure(self) -> float:
        """Width of the text."""
        return self.width - self.inner - self.outer

    @property
    def depth(self) -> float:
        """Height of the text."""
        return self.height - self.top - self.bottom

    @property
    def gutter(self) -> float:
        """Space between columns."""
        return self.text * 2

    @property
    def foot_gap(self) -> float:
        """Space between the text and its footnotes, the rule included."""
        return self.text * 1.6

    def left(self, *, is_recto: bool) -> float:
        """Return the left edge of the text on an odd (recto) or even page."""
        return self.inner if is_recto else self.outer


_SHEETS = {
    Paper.A4: Sheet(595.276, 841.89, 92, 122, 92, 92, 10.8),
    Paper.LETTER: Sheet(612, 792, 98, 130, 86, 86, 10.8),
    Paper.A5: Sheet(419.528, 595.276, 48, 76, 62, 60, 9.4),
}


def sheet_for(paper: Paper) -> Sheet:
    """Return the measures for a paper size."""
    return _SHEETS[paper]
