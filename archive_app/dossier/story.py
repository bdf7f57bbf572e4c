"""The body of a dossier as a stream of blocks, told by the layout that its design asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive_app.dossier.blocks import Item
from archive_app.dossier.cards import Cards
from archive_app.dossier.contents import (
    DossierContents,
    DossierPart,
    Excerpts,
    WholeInterview,
    transcripts_of,
)
from archive_app.dossier.design import Layout
from archive_app.dossier.finding_aid import FindingAid
from archive_app.dossier.ledger import Ledger
from archive_app.dossier.reader import Reader
from archive_app.dossier.styles import Styles
from archive_app.dossier.teller import Teller
from archive_app.dossier.volume import Volume

_LAYOUTS: dict[Layout, type[Volume | Reader | FindingAid | Cards]] = {
    Layout.VOLUME: Volume,
    Layout.READER: Reader,
    Layout.FINDING_AID: FindingAid,
    Layout.CARDS: Cards,
}


class Story:
    """Tells the body of one dossier; what contents and index need is left in ``ledger``."""

    def __init__(self, contents: DossierContents, styles: Styles) -> None:
        teller = Teller(contents, styles)
        self.ledger: Ledger = teller.ledger
        self._layout = _LAYOUTS[contents.design.layout](teller)

    def items(self) -> Iterator[Item]:
        """Yield the body's blocks and page breaks; once only."""
        return self._layout.items()


def parts_with_turns(parts: Sequence[DossierPart]) -> int:
    """Return how many turns a dossier will set: the measure of its progress."""
    total = 0
    for part in parts:
        if isinstance(part, WholeInterview):
            total += sum(len(each.turns) for each in transcripts_of(part))
        elif isinstance(part, Excerpts):
            total += sum(max(each.last - each.first + 1, 0) for each in part.passages)
    return total
