"""The last page: with what, for whom and as what kind of file the dossier was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive_app.domain.audience_words import audience_words
from archive_app.dossier.blocks import Block, Fragment, Item, NewPage
from archive_app.dossier.contents import DossierContents
from archive_app.dossier.design import Family, Paper
from archive_app.dossier.styles import Styles
from archive_app.dossier.wording import say_day
from archive_app.translation import tr

_FAMILIES = {
    Family.CHARIS: "Charis SIL",
    Family.GENTIUM: "Gentium",
    Family.NOTO_SERIF: "Noto Serif",
    Family.NOTO_SANS: "Noto Sans",
}
_PAPERS = {Paper.A4: "A4", Paper.LETTER: "Letter", Paper.A5: "A5"}


def colophon_items(contents: DossierContents, styles: Styles) -> Iterator[Item]:
    """Yield the colophon: one quiet paragraph on a page of its own."""
    design = contents.design
    family, paper = _FAMILIES[design.family], _PAPERS[design.paper]
    made_with = tr("Set in {family} on {paper}.", family=family, paper=paper)
    if contents.made_by:
        made_with = tr(
            "Set with {program} in {family} on {paper}.",
            program=contents.made_by, family=family, paper=paper,
        )  # fmt: skip
    made_for = tr(
        "Made on {date} for {audience}.",
        date=say_day(contents.on), audience=audience_words(contents.audience),
    )  # fmt: skip
    kind = "PDF/A-3a" if design.has_data else "PDF/A-2a"
    made_as = tr("The file is {kind} for archives and PDF/UA-1 for screen readers.", kind=kind)
    yield NewPage(has_number=False, is_centred=True)
    # Running text, no title: its lines need not be alike, and a date stays whole.
    style = replace(styles.centred(0.8, before=24, forced=True), is_balanced=False)
    text = f"{made_with} {made_for} {made_as}"
    yield Block((Fragment(text, styles.quiet),), style)
