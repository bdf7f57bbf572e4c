"""The citation styles: each says a source as an entry of a list and as a note or in the text.

What each takes from its style guide, and what is this program's own choice, is
written in the style's module. Texts are plain; what a guide sets in italics stands
beside them as ranges. Of the five only APA has italics for an interview that was not
published (its title), four have them for a volume (all but GOST). A citation is in its
style's own language (English, Russian for GOST), whatever the window's is; names, titles
and collections stay in the language they are in, titles and places in the style's where
they have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive_app.domain import (
    citation_apa,
    citation_chicago,
    citation_gost,
    citation_mla,
    citation_oral_history,
    citation_volume,
)
from archive_app.domain.citation_source import CitedSource
from archive_app.domain.citation_text import CitedRun, Italics, runs_of
from archive_app.domain.citation_volume import CitedVolume


class CitationStyle(StrEnum):
    """A style of citing."""

    CHICAGO = "chicago"
    MLA = "mla"
    APA = "apa"
    ORAL_HISTORY_SOCIETY = "oral-history-society"
    GOST = "gost"


@dataclass(frozen=True, slots=True)
class Citation:
    """A source in one style."""

    style: CitationStyle
    language: str
    """BCP 47; the language of the style's own words."""
    reference: str
    """The entry in a bibliography or list of works: of the interview or recording, without
    timecodes."""
    note: str
    """The footnote; for MLA and APA what stands in brackets in the text. With timecodes.
    Empty for a volume."""
    italics: Italics = ()
    """What of ``reference`` the style sets in italics; of ``note`` none of them sets any."""

    @property
    def reference_runs(self) -> tuple[CitedRun, ...]:
        """Return the reference in upright and italic runs."""
        return runs_of(self.reference, self.italics)


_STYLES = {
    CitationStyle.CHICAGO: ("en", citation_chicago.reference, citation_chicago.note),
    CitationStyle.MLA: ("en", citation_mla.reference, citation_mla.note),
    CitationStyle.APA: ("en", citation_apa.reference, citation_apa.note),
    CitationStyle.ORAL_HISTORY_SOCIETY: (
        "en-GB",
        citation_oral_history.reference,
        citation_oral_history.note,
    ),
    CitationStyle.GOST: ("ru", citation_gost.reference, citation_gost.note),
}

_VOLUMES = {
    CitationStyle.CHICAGO: citation_volume.chicago,
    CitationStyle.MLA: citation_volume.mla,
    CitationStyle.APA: citation_volume.apa,
    CitationStyle.ORAL_HISTORY_SOCIETY: citation_volume.oral_history,
    CitationStyle.GOST: citation_volume.gost,
}


def cite(source: CitedSource, style: CitationStyle) -> Citation:
    """Return a source in a style; the same source always gives the same text."""
    language, reference, note = _STYLES[style]
    whole = source.whole()
    italics = citation_apa.italics(whole) if style is CitationStyle.APA else ()
    return Citation(style, language, reference(whole), note(source), italics)


def cite_volume(volume: CitedVolume, style: CitationStyle) -> Citation:
    """Return a dossier in a style, as a list of works has it."""
    language = _STYLES[style][0]
    reference = _VOLUMES[style](volume)
    # GOST R 7.0.5 knows no italics for titles.
    italics = () if style is CitationStyle.GOST else citation_volume.italics(volume, reference)
    return Citation(style, language, reference, "", italics)
