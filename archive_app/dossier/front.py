"""What stands before and behind the body: cover, rights, contents, sources; index, colophon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive_app.dossier.blocks import Item
from archive_app.dossier.colophon import colophon_items
from archive_app.dossier.contents import DossierContents
from archive_app.dossier.contents_list import contents_items
from archive_app.dossier.cover import cover_items
from archive_app.dossier.index import index_items
from archive_app.dossier.ledger import Ledger
from archive_app.dossier.method import method_items
from archive_app.dossier.pages import Place
from archive_app.dossier.rights import rights_items
from archive_app.dossier.sources import sources_items
from archive_app.dossier.styles import Styles


def front_items(
    contents: DossierContents, styles: Styles, ledger: Ledger, places: Mapping[str, Place]
) -> Iterator[Item]:
    """Yield the front matter's blocks; ``places`` tells on which page each anchor stands."""
    yield from cover_items(contents, styles)
    yield from rights_items(contents, styles)
    yield from contents_items(styles, ledger, places)
    yield from sources_items(contents, styles, ledger, places)
    yield from method_items(contents, styles)


def back_items(
    contents: DossierContents, styles: Styles, ledger: Ledger, places: Mapping[str, Place]
) -> Iterator[Item]:
    """Yield what follows the body: the index, if the design wants one, and the colophon."""
    if contents.design.has_index:
        yield from index_items(
            ledger, styles, places, language=contents.language, title=contents.title
        )
    yield from colophon_items(contents, styles)
