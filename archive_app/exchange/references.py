"""References for reference managers: CSL-JSON, BibTeX and RIS, written from cited sources.

====================  =========  ==========================================
name                  extension  read by
====================  =========  ==========================================
``csl-json``          .json      Zotero, pandoc, every CSL processor
``bibtex``            .bib       LaTeX (BibTeX and biblatex), JabRef, Zotero
``ris``               .ris       EndNote, Mendeley, Zotero, library catalogues
====================  =========  ==========================================

The same sources give the same bytes; UTF-8 throughout.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive_app.domain.citation_source import CitedSource
from archive_app.errors import BadValue
from archive_app.exchange.references_bibtex import write_bibtex
from archive_app.exchange.references_csl import write_csl_json
from archive_app.exchange.references_ris import write_ris
from archive_app.translation import tr

EXTENSIONS = {"csl-json": ".json", "bibtex": ".bib", "ris": ".ris"}
"""The formats, and the extension a file of each is given."""

_WRITERS = {"csl-json": write_csl_json, "bibtex": write_bibtex, "ris": write_ris}


def write_references(sources: Sequence[CitedSource], *, format: str) -> bytes:  # noqa: A002
    """Return a file with one reference for each source, in their order.

    Raises:
        BadValue: the format is none of ``EXTENSIONS``.
    """
    if format not in _WRITERS:
        raise BadValue(
            tr("References cannot be written as “{name}”. The formats are: {names}.",
               name=format, names=", ".join(EXTENSIONS))
        )  # fmt: skip
    return _WRITERS[format](sources).encode("utf-8")
