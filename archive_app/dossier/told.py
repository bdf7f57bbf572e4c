"""Every turn that stands in a dossier, in reading order: what a proof compares the pages with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive_app.domain.released import ReleasedInterview, ReleasedTranscript
from archive_app.dossier.cards import card_spreads
from archive_app.dossier.contents import DossierContents, Excerpts, WholeInterview
from archive_app.dossier.design import Layout
from archive_app.dossier.marks import ShownTurn
from archive_app.dossier.reader_plan import Numbered, reader_plan
from archive_app.dossier.sheets import sheet_for
from archive_app.dossier.stretches import Spread, spreads_of


@dataclass(frozen=True, slots=True)
class Told:
    """A turn, or on a card a part of one, as it stands in the dossier."""

    interview: ReleasedInterview
    transcript: ReleasedTranscript
    shown: ShownTurn


def told_turns(contents: DossierContents) -> Iterator[Told]:
    """Yield what stands in a dossier of each turn's text, in reading order.

    In facing columns a row's left turns come before its right ones. A turn that
    passages share comes once for each. A finding aid has none.
    """
    for spread in _spreads(contents):
        for stretch, shown in spread.told():
            yield Told(stretch.interview, stretch.transcript, shown)


def _spreads(contents: DossierContents) -> Iterator[Spread]:
    layout = contents.design.layout
    if layout is Layout.FINDING_AID:
        return
    if layout is Layout.VOLUME:
        for part in contents.interviews:
            if isinstance(part, WholeInterview | Excerpts):
                yield from spreads_of(part, contents.design, contents.language)
        return
    sheet = sheet_for(contents.design.paper)
    for item in reader_plan(contents):
        if isinstance(item, Numbered) and layout is Layout.CARDS:
            yield from card_spreads(item.spread, sheet)
        elif isinstance(item, Numbered):
            yield item.spread
