"""What the layouts are tried on, and their stream of blocks read as a page's reader would."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from dossier_samples import contents, sample_interview, serbian_interview
from PIL import Image as Pictures

from archive_app.domain.rich_text import BlockKind, RichBlock, RichRun
from archive_app.dossier.blocks import Block, Item, Pair
from archive_app.dossier.contents import (
    DossierContents,
    Excerpts,
    Heading,
    Passage,
    Picture,
    Prose,
    Segment,
    WholeInterview,
)
from archive_app.dossier.design import Design
from archive_app.dossier.shaping import one_line
from archive_app.dossier.sheets import sheet_for
from archive_app.dossier.story import Story
from archive_app.dossier.styles import Styles
from archive_app.dossier.told import told_turns

RICH = (
    RichBlock((RichRun("Why these voices"),), BlockKind.HEADING),
    RichBlock((RichRun("Chosen for what they "), RichRun("say", is_italic=True),
               RichRun(" alone.", is_bold=True, note="Of forty."))),
    RichBlock((RichRun("the flat"),), BlockKind.BULLET),
    RichBlock((RichRun("the school"),), BlockKind.BULLET),
    RichBlock((RichRun("winter"),), BlockKind.NUMBER),
    RichBlock((RichRun("spring"),), BlockKind.NUMBER),
    RichBlock((RichRun("Nobody knew for how long."),), BlockKind.QUOTE),
)  # fmt: skip


def picture() -> bytes:
    """A grey picture of 300 by 200 pixels."""
    made = io.BytesIO()
    Pictures.new("L", (300, 200), 128).save(made, "PNG")
    return made.getvalue()


def parts() -> tuple[Any, ...]:
    """Everything that a dossier can hold."""
    russian, serbian = sample_interview(2), serbian_interview()
    return (
        Heading("Those who came", "Voices of families."),
        Prose(RICH),
        Excerpts(
            russian,
            (
                Passage("t-1", 2, 4, "The first flat", "Asked about this twice."),
                Passage("t-1", 7, 8, start=30, end=60),
                Passage("t-1", 4, 6),
            ),
        ),
        Picture(picture(), "The house in Vračar", "A grey house"),
        Segment(russian, 1, "Compare the school's book."),
        Heading("Neighbours", level=2),
        Excerpts(serbian, (Passage("t-3", 2, 5), Passage("t-3", 9, 9))),
        WholeInterview(serbian),
    )


def everything(**design: Any) -> DossierContents:
    """A dossier of all kinds of parts in a design."""
    return contents(*parts(), design=Design(**design), title="The First Winter")


def whole(**design: Any) -> DossierContents:
    """A dossier of whole interviews in a design."""
    held = (Heading("Part"), sample_interview(2), serbian_interview())
    return contents(*held, design=Design(**design))


def items(dossier: DossierContents) -> list[Item]:
    """Return the body as it is told."""
    design = dossier.design
    return list(Story(dossier, Styles(sheet_for(design.paper).text, design.family)).items())


def blocks(told: list[Item]) -> Iterator[Block]:
    """Yield the blocks in reading order."""
    for item in told:
        if isinstance(item, Block):
            yield item
        elif isinstance(item, Pair):
            yield from item.left
            yield from item.right


def words_of(block: Block) -> str:
    """Return a block's text without the numbers of its footnotes."""
    return "".join(fragment.text for fragment in block.fragments if not fragment.notes)


def texts(dossier: DossierContents) -> list[str]:
    """Return the text of each block of the body."""
    return [words_of(block) for block in blocks(items(dossier))]


def expected(dossier: DossierContents) -> list[str]:
    """Return the turns that ought to stand there, with their speakers in full."""
    return [
        f"{one_line(told.shown.turn.speaker)}: {told.shown.text}" for told in told_turns(dossier)
    ]
