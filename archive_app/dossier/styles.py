"""The dossier's typography: every ink and style, in proportion to the testimony's type."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from archive_app.dossier.blocks import Fragment, Style
from archive_app.dossier.fonts import BOLD, ITALIC, SANS, SERIF, SMALL_CAPS
from archive_app.dossier.shaping import Ink


@dataclass(frozen=True, slots=True)
class Styles:
    """Inks (how letters look) and styles (how blocks are set) for one size of type."""

    text: float

    def _size(self, times: float) -> float:
        return round(self.text * times, 2)

    # Inks

    @property
    def testimony(self) -> Ink:
        """What was said."""
        return Ink(SERIF, self.text)

    @property
    def withheld(self) -> Ink:
        """The mark that stands for a closed passage."""
        return Ink(ITALIC, self.text, grey=0.4)

    @property
    def italic(self) -> Ink:
        """Titles, comments."""
        return Ink(ITALIC, self.text)

    @property
    def speaker(self) -> Ink:
        """The capitals of a speaker's name."""
        return Ink(SERIF, self.text, tracking=self._size(0.04))

    @property
    def speaker_small(self) -> Ink:
        """The small capitals of a speaker's name."""
        return Ink(SMALL_CAPS, self.text, tracking=self._size(0.05))

    @property
    def call(self) -> Ink:
        """A footnote's number in the text."""
        return Ink(SANS, self._size(0.58), rise=self._size(0.36), grey=0.15)

    @property
    def note(self) -> Ink:
        """A footnote's text."""
        return Ink(SERIF, self._size(0.82))

    @property
    def note_number(self) -> Ink:
        """A footnote's number at the foot."""
        return self.note

    @property
    def apparatus(self) -> Ink:
        """The archive's own words: labels, tables."""
        return Ink(SANS, self._size(0.8))

    @property
    def quiet(self) -> Ink:
        """Apparatus that steps back: timecodes, labels of fields."""
        return Ink(SANS, self._size(0.76), grey=0.4)

    @property
    def label(self) -> Ink:
        """The name of a field or a section of the apparatus."""
        return Ink(BOLD, self._size(0.74))

    @property
    def overline(self) -> Ink:
        """The repository above a title."""
        return Ink(SANS, self._size(0.82), tracking=self._size(0.06), grey=0.25)

    def title(self, times: float) -> Ink:
        """Return the ink of a title so many times the size of the testimony."""
        return Ink(SERIF, self._size(times))

    # Styles

    @property
    def turn(self) -> Style:
        """A turn: speaker flush left, what follows indented."""
        return Style(
            leading=self._size(1.42), left=self._size(1.5), before=self._size(0.5),
            after=self._size(0.5),
        )  # fmt: skip

    @property
    def prose(self) -> Style:
        """A paragraph of the archive's own."""
        return Style(leading=self._size(1.42), before=self._size(0.4), after=self._size(0.7))

    @property
    def foot(self) -> Style:
        """A footnote."""
        return Style(leading=self._size(1.14), left=self._size(1.1), first=self._size(1.1))

    @property
    def record(self) -> Style:
        """A field of a record: its label in a column at the left."""
        return Style(
            leading=self._size(1.25), left=self._size(10.5), first=self._size(10.5),
            after=self._size(0.3),
        )  # fmt: skip

    @property
    def list_entry(self) -> Style:
        """A line of the contents with its page number at the right."""
        return Style(
            leading=self._size(1.35), left=self._size(1.2), right=self._size(3.5),
            before=self._size(0.75), after=self._size(0.15), keeps_next=False,
        )  # fmt: skip

    @property
    def list_point(self) -> Style:
        """A segment below an interview in the contents."""
        return Style(
            leading=self._size(1.18), first=self._size(4.8), left=self._size(4.8),
            lead=self._size(1.2),
            right=self._size(3.5), after=self._size(0.12),
        )  # fmt: skip

    @property
    def index_entry(self) -> Style:
        """A line of the index."""
        return Style(leading=self._size(1.18), left=self._size(1.2), after=self._size(0.1))

    def heading(self, times: float, *, before: float, after: float) -> Style:
        """Return the style of a heading; it is never the last thing on its page."""
        return Style(
            leading=self._size(times * 1.22), before=self._size(before),
            after=self._size(after), keeps_next=True,
        )  # fmt: skip

    def centred(self, times: float, *, before: float, forced: bool = False) -> Style:
        """Return the style of a line of the cover."""
        return Style(
            leading=self._size(times * 1.25), before=self._size(before), align="centre",
            is_forced_down=forced,
        )  # fmt: skip

    # Of the scholar's own text, facing columns and cards

    @property
    def grid(self) -> float:
        """The testimony's leading: a line of the page."""
        return self._size(1.42)

    @property
    def bold(self) -> Ink:
        """Emphasis."""
        return Ink(BOLD, self.text)

    @property
    def bold_italic(self) -> Ink:
        """Emphasis within emphasis."""
        return Ink(BOLD, self.text)

    def rich(self, *, bold: bool, italic: bool) -> Ink:
        """Return the ink of a run of rich text."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.testimony

    @property
    def numeral(self) -> Ink:
        """Figures that stand below each other."""
        return self.testimony

    @property
    def caption_ink(self) -> Ink:
        """Words below a picture."""
        return Ink(ITALIC, self._size(0.9))

    def section_ink(self, level: int) -> Ink:
        """Return the ink of a heading in the run of the text, of level 1 to 3."""
        return Ink(SERIF, self._size({1: 1.5, 2: 1.25}.get(level, 1.05)))

    def section(self, level: int) -> Style:
        """Return the style of a heading in the run of the text, of level 1 to 3."""
        return self.heading({1: 1.5, 2: 1.25}.get(level, 1.05), before=1.42, after=0.5)

    @property
    def quote(self) -> Style:
        """A quotation set apart."""
        return Style(
            leading=self.grid, left=self._size(2), first=self._size(2), right=self._size(2),
            before=self._size(0.7), after=self._size(0.7),
        )  # fmt: skip

    @property
    def bullet(self) -> Style:
        """An entry of a list."""
        return Style(leading=self.grid, left=self._size(1.6), first=self._size(1.6))

    @property
    def number(self) -> Style:
        """An entry of a numbered list."""
        return Style(leading=self.grid, left=self._size(2.2), first=self._size(2.2))

    @property
    def caption(self) -> Style:
        """Words below a picture."""
        return Style(leading=self._size(1.2), before=self._size(0.7), after=self._size(1))

    @property
    def card(self) -> Style:
        """A turn on a card."""
        return Style(leading=self.grid, left=self._size(1.2), after=self._size(0.4))

    @property
    def facing(self) -> Style:
        """A turn in one of two columns."""
        return Style(
            leading=self.grid, left=self._size(1), before=self._size(0.5), after=self._size(0.5)
        )

    def speaker_fragments(self, name: str) -> list[Fragment]:
        """Return a name in capitals and small capitals; taken out, it is as it was typed.

        Both inks are of one nominal size: readers of PDF part a word where the size changes.
        """
        fragments: list[Fragment] = []
        run = ""
        is_small = False
        for character in name:
            if not character.isspace() and not unicodedata.combining(character):
                if character.islower() != is_small and run:
                    fragments.append(self._speaker(run, is_small=is_small))
                    run = ""
                is_small = character.islower()
            run += character
        if run:
            fragments.append(self._speaker(run, is_small=is_small))
        return fragments

    def _speaker(self, text: str, *, is_small: bool) -> Fragment:
        return Fragment(text, self.speaker_small if is_small else self.speaker)
