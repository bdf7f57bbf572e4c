"""A dossier with everything in it that a page can hold: pictures, lists, notes, codes, data."""

from __future__ import annotations

import io
from typing import Any

from dossier_samples import contents, sample_interview, serbian_interview

from archive_app.domain.rich_text import BlockKind, RichBlock, RichRun
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
from archive_app.dossier.design import Design, Layout


def picture(mode: str = "RGBA", kind: str = "PNG") -> bytes:
    """Return a small picture; in RGBA one can see through half of it."""
    from PIL import Image

    made = Image.new(mode, (60, 40), "white" if mode != "RGBA" else (200, 30, 30, 90))
    held = io.BytesIO()
    made.save(held, kind)
    return held.getvalue()


def rich_text() -> tuple[RichBlock, ...]:
    """Return every kind of paragraph, with emphasis and notes."""
    return (
        RichBlock((RichRun("On what follows"),), BlockKind.HEADING),
        RichBlock((
            RichRun("These conversations were held "),
            RichRun("in two winters", is_italic=True, note="2022 and 2023; see the list."),
            RichRun(" and "),
            RichRun("transcribed by hand", is_bold=True, note="By Jelena Đurić."),
            RichRun("."),
        )),
        RichBlock((RichRun("Who came first"),), BlockKind.BULLET),
        RichBlock((RichRun("Who came later", note="After the spring."),), BlockKind.BULLET),
        RichBlock((RichRun("Arrival"),), BlockKind.NUMBER),
        RichBlock((RichRun("Papers"),), BlockKind.NUMBER),
        RichBlock((RichRun("Људи, џаба се љутите."),), BlockKind.QUOTE),
        RichBlock((RichRun("So it went on."),)),
    )  # fmt: skip


def rich_contents(*, layout: Layout = Layout.VOLUME, **more: Any) -> DossierContents:
    """Return a dossier of all kinds of parts, with QR codes, clips and its data attached."""
    first, second = sample_interview(2), serbian_interview()
    design = Design(
        layout=layout, has_qr=True, has_data=True, has_line_numbers=True,
        is_facing=layout in (Layout.VOLUME, Layout.READER),
    )  # fmt: skip
    facts: dict[str, Any] = {
        "title": "The Second Winter",
        "subtitle": "Arrivals & departures <2022–2023>",
        "author": "Selected by M. Ivanović",
        "description": "A selection for the reading room's visitors.",
        "repository": "Memory Archive",
        "keywords": ("emigration", "Београд", "winter, second"),
        "method": "Recorded at kitchen tables.\nTranscribed by hand.",
        "cover": Picture(picture("RGB", "JPEG"), alt="A kitchen table"),
        "clips": {("t-1", 2): "clips/one.mp3"},
        "design": design,
    }
    return contents(
        Heading("Those who came", "Voices of families in their first year."),
        Prose(rich_text(), "en"),
        Picture(picture(), caption="The house in Vračar, 2022.", alt="A house with a tall gate"),
        Picture(picture("L"), alt="An empty street"),
        WholeInterview(first, comment="Shortened by nobody."),
        Segment(first, 1, "Worth hearing."),
        Heading("Those who were there", level=2),
        Excerpts(
            second,
            (Passage("t-3", 2, 4, "At the door"), Passage("t-3", 6, 7, comment="Later that day")),
        ),
        Excerpts(first, (Passage("t-1", 2, 3, start=10),), heading="Once more"),
        **(facts | more),
    )
