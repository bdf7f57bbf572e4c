"""How the letters of a dossier look: every ink, in proportion to the testimony's type."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from archive_app.dossier.blocks import Fragment
from archive_app.dossier.design import Family
from archive_app.dossier.families import (
    BOLD,
    ITALIC,
    SANS,
    SERIF,
    SMALL_CAPS,
    STRONG,
    STRONG_ITALIC,
    files_of,
)
from archive_app.dossier.shaping import Ink

LEAST_TYPE = 7.0
"""Points; smaller type is hard to read in print."""


@dataclass(frozen=True, slots=True)
class Inks:
    """The inks of one size of type, that of the testimony.

    The sizes of a family's inks are evened out, so that small letters are equally high
    whatever the family.
    """

    text: float
    family: Family = Family.CHARIS

    def size(self, times: float) -> float:
        """Return so many times the testimony's size, in points."""
        return round(self.text * times, 2)

    def _type(self, times: float = 1.0) -> float:
        """Return a size for inks of the family."""
        return max(round(self.text * times * files_of(self.family).size, 2), LEAST_TYPE)

    def _small(self, times: float) -> float:
        """Return a size for inks of the apparatus, on small paper too large enough to read."""
        return max(self.size(times), LEAST_TYPE)

    @property
    def testimony(self) -> Ink:
        """What was said."""
        return Ink(SERIF, self._type())

    @property
    def withheld(self) -> Ink:
        """The mark that stands for a closed passage."""
        return Ink(ITALIC, self._type(), grey=0.4)

    @property
    def italic(self) -> Ink:
        """Titles, comments."""
        return Ink(ITALIC, self._type())

    @property
    def bold(self) -> Ink:
        """What a scholar stresses."""
        return Ink(STRONG, self._type())

    @property
    def bold_italic(self) -> Ink:
        """What is italic within bold words."""
        return Ink(STRONG_ITALIC, self._type())

    def rich(self, *, bold: bool, italic: bool) -> Ink:
        """Return the ink of a run of rich text."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.testimony

    @property
    def quote_ink(self) -> Ink:
        """A quotation of more than a few words."""
        return Ink(SERIF, self._type(0.95))

    @property
    def caption_ink(self) -> Ink:
        """What is said below a picture."""
        return Ink(ITALIC, self._type(0.9))

    @property
    def numeral(self) -> Ink:
        """The number of an entry; like all digits of these faces, of one width."""
        return self.testimony

    def section_ink(self, level: int) -> Ink:
        """Return the ink of a heading of level 1 to 3."""
        if level <= 1:
            return Ink(SERIF, self._type(1.5))
        return Ink(STRONG, self._type(1.2 if level == 2 else 1.0))

    @property
    def speaker(self) -> Ink:
        """The capitals of a speaker's name."""
        return Ink(SERIF, self._type(), tracking=self.size(0.04))

    @property
    def speaker_small(self) -> Ink:
        """The small capitals of a speaker's name."""
        return Ink(SMALL_CAPS, self._type(), tracking=self.size(0.05))

    @property
    def call(self) -> Ink:
        """A footnote's number in the text."""
        return Ink(SANS, self._small(0.58), rise=self.size(0.36), grey=0.15)

    @property
    def note(self) -> Ink:
        """A footnote's text."""
        return Ink(SERIF, self._type(0.82))

    @property
    def note_number(self) -> Ink:
        """A footnote's number at the foot."""
        return self.note

    @property
    def apparatus(self) -> Ink:
        """The archive's own words: labels, tables."""
        return Ink(SANS, self._small(0.8))

    @property
    def quiet(self) -> Ink:
        """Apparatus that steps back: timecodes, labels of fields."""
        return Ink(SANS, self._small(0.76), grey=0.4)

    @property
    def label(self) -> Ink:
        """The name of a field or a section of the apparatus."""
        return Ink(BOLD, self._small(0.74))

    @property
    def overline(self) -> Ink:
        """The repository above a title."""
        return Ink(SANS, self._small(0.82), tracking=self.size(0.06), grey=0.25)

    def title(self, times: float) -> Ink:
        """Return the ink of a title so many times the size of the testimony."""
        return Ink(SERIF, self._type(times))

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
