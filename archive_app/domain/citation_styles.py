"""The citation styles: each says a source as an entry of a list and as a note or in the text.

What each takes from its style guide, and what is this program's own choice, is
written in the style's module. Texts are plain: what a guide sets in italics is
left to whoever sets the type. A citation is in its style's own language (English,
Russian for GOST), whatever the window's is; names, titles and collections stay in
the language they are in, titles and places in the style's where they have it.
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
)
from archive_app.domain.citation_source import CitedSource


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
    """The footnote; for MLA and APA what stands in brackets in the text. With timecodes."""


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


def cite(source: CitedSource, style: CitationStyle) -> Citation:
    """Return a source in a style; the same source always gives the same text."""
    language, reference, note = _STYLES[style]
    return Citation(style, language, reference(source.whole()), note(source))
