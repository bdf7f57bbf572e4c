"""How the blocks of a dossier are set: every style, in proportion to the testimony's type."""

from __future__ import annotations

from dataclasses import dataclass

from archive_app.dossier.blocks import Style
from archive_app.dossier.inks import Inks

_LEADING = 1.42
_SECTIONS = {1: (3, 3, 2), 2: (3, 3, 1), 3: (2, 2, 0)}
"""Headings by level, in halves of the grid: leading of a line, space before and after."""
_HYPHENS, _HYPHENS_NARROW = 2, 3
"""How many lines in a row may end in a hyphen."""


@dataclass(frozen=True, slots=True)
class Styles(Inks):
    """Inks and styles of one size of type.

    What is read at length has the leading ``grid``, and around it spaces of whole halves
    of it, so that lines of facing pages stand level.
    """

    def _grid(self, halves: int) -> float:
        return halves * self.grid / 2

    @property
    def grid(self) -> float:
        """From one base line of the testimony to the next."""
        return self.size(_LEADING)

    @property
    def turn(self) -> Style:
        """A turn: speaker flush left, what follows indented."""
        return Style(
            leading=self.grid, left=self.size(1.5), before=self._grid(1), after=self._grid(1),
            align="justify", hyphens=_HYPHENS,
        )  # fmt: skip

    @property
    def prose(self) -> Style:
        """A paragraph of the archive's own, or the scholar's."""
        return Style(
            leading=self.grid, before=self._grid(1), after=self._grid(1), align="justify",
            hyphens=_HYPHENS,
        )  # fmt: skip

    @property
    def quote(self) -> Style:
        """A quotation of more than a few words, set in from both sides."""
        return Style(
            leading=self.grid, first=self.size(2), left=self.size(2), right=self.size(2),
            before=self._grid(1), after=self._grid(1), align="justify", hyphens=_HYPHENS,
        )  # fmt: skip

    @property
    def bullet(self) -> Style:
        """An entry of a list; its sign is the block's ``lead``."""
        return Style(
            leading=self.grid, first=self.size(1.5), left=self.size(1.5), lead=self.size(0.5),
            align="justify", hyphens=_HYPHENS,
        )  # fmt: skip

    @property
    def number(self) -> Style:
        """An entry of a numbered list; its number is the block's ``lead``."""
        return Style(
            leading=self.grid, first=self.size(2), left=self.size(2), lead=self.size(0.2),
            align="justify", hyphens=_HYPHENS,
        )  # fmt: skip

    @property
    def facing(self) -> Style:
        """A turn in one of two columns: ragged, for so short a line has too few spaces."""
        return Style(
            leading=self.grid, left=self.size(0.9), before=self._grid(1), after=self._grid(1),
            hyphens=_HYPHENS_NARROW,
        )  # fmt: skip

    @property
    def card(self) -> Style:
        """A passage on its card."""
        return Style(leading=self.grid, before=self._grid(1), after=self._grid(1), hyphens=_HYPHENS)

    @property
    def caption(self) -> Style:
        """What is said below a picture."""
        return Style(leading=self.grid, before=self._grid(1), after=self._grid(2), hyphens=_HYPHENS)

    @property
    def foot(self) -> Style:
        """A footnote."""
        return Style(
            leading=self.size(1.14), left=self.size(1.1), first=self.size(1.1),
            align="justify", hyphens=_HYPHENS,
        )  # fmt: skip

    def section(self, level: int) -> Style:
        """Return the style of a heading of level 1 to 3 within a part."""
        leading, before, after = _SECTIONS[max(1, min(level, 3))]
        return Style(
            leading=self._grid(leading), before=self._grid(before), after=self._grid(after),
            keeps_next=True, is_balanced=True,
        )  # fmt: skip

    @property
    def record(self) -> Style:
        """A field of a record: its label in a column at the left."""
        return Style(
            leading=self.size(1.25), left=self.size(10.5), first=self.size(10.5),
            after=self.size(0.3), hyphens=_HYPHENS,
        )  # fmt: skip

    @property
    def list_entry(self) -> Style:
        """A line of the contents with its page number at the right."""
        return Style(
            leading=self.size(1.35), left=self.size(1.2), right=self.size(3.5),
            before=self.size(0.75), after=self.size(0.15), keeps_next=False,
        )  # fmt: skip

    @property
    def list_point(self) -> Style:
        """A segment below an interview in the contents."""
        return Style(
            leading=self.size(1.18), first=self.size(4.8), left=self.size(4.8),
            lead=self.size(1.2),
            right=self.size(3.5), after=self.size(0.12),
        )  # fmt: skip

    @property
    def index_entry(self) -> Style:
        """A line of the index."""
        return Style(
            leading=self.size(1.18), left=self.size(1.2), after=self.size(0.1),
            hyphens=_HYPHENS_NARROW,
        )  # fmt: skip

    def heading(self, times: float, *, before: float, after: float) -> Style:
        """Return the style of a heading; it is never the last thing on its page."""
        return Style(
            leading=self.size(times * 1.22), before=self.size(before),
            after=self.size(after), keeps_next=True, is_balanced=True,
        )  # fmt: skip

    def centred(self, times: float, *, before: float, forced: bool = False) -> Style:
        """Return the style of a line of the cover."""
        return Style(
            leading=self.size(times * 1.25), before=self.size(before), align="centre",
            is_forced_down=forced, is_balanced=True,
        )  # fmt: skip
