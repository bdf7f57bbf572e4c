"""Random pages from a seed, and what the layout's own model says of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dossier_samples import contents

from archive_app.dossier.archival import bound, canvas_for
from archive_app.dossier.blocks import (
    Block,
    Close,
    Fragment,
    Image,
    Item,
    NewPage,
    Open,
    Pair,
    Style,
)
from archive_app.dossier.design import Paper
from archive_app.dossier.lines import Compositor
from archive_app.dossier.page_model import PageModel
from archive_app.dossier.pages import Pager
from archive_app.dossier.shaping import Shaper
from archive_app.dossier.sheets import Sheet, sheet_for
from archive_app.dossier.styles import Styles

WORDS = {
    "ru": "мы приехали осенью и жили у знакомых на Врачаре никто не понимал надолго ли это"
    " преподавательница сосредоточенно рассказывала о достопримечательностях",
    "sr-Cyrl": "прво смо мислили да ће отићи за неколико месеци људи су долазили свакодневно"
    " пријатељство најлепше разговарали",
    "sr-Latn": "ljudi su dolazili i odlazili kuvali smo čaj pričali o svemu prijateljstvo"
    " najneverovatnije",
    "en": "nobody knew whether it was for a month or a year and the neighbours queued together"
    " extraordinarily administrative correspondence",
}


@dataclass(slots=True)
class Told:
    """What was set, and where it came to stand."""

    items: list[Item]
    model: PageModel
    sheet: Sheet
    grid: float
    pager: Pager
    data: bytes = b""
    frames: list[list[Block]] = field(default_factory=list[list[Block]])
    """The blocks of each frame."""


def set_pages(items: list[Item], paper: Paper = Paper.A4, *, is_bound: bool = False) -> Told:
    """Set items on pages with a model of them."""
    sheet = sheet_for(paper)
    held = contents()
    canvas = canvas_for(held, (sheet.width, sheet.height))
    styles, model = Styles(sheet.text), PageModel()
    grid = styles.turn.leading
    pager = Pager(
        canvas, Compositor(Shaper(canvas._doc)), sheet, label=str, grid=grid, model=model
    )  # fmt: skip
    for item in items:
        pager.set(item)
    pager.finish()
    told = Told(items, model, sheet, grid, pager)
    if is_bound:
        told.data = bound(canvas, held, pager.structure)
    frame: list[Block] | None = None
    for item in items:
        if isinstance(item, Open) and item.frame:
            frame = []
            told.frames.append(frame)
        elif isinstance(item, Close):
            frame = None
        elif frame is not None and isinstance(item, Block):
            frame.append(item)
        elif frame is not None and isinstance(item, Pair):
            frame += (*item.left, *item.right)
    return told


class Teller:
    """Tells random items; the same seed tells the same."""

    def __init__(self, seed: int, paper: Paper = Paper.A4, *, has_counts: bool = False) -> None:
        self._chance = random.Random(seed)
        self.styles = Styles(sheet_for(paper).text)
        self._has_counts = has_counts
        self._notes = 0
        self._n = 0

    def items(self, count: int) -> list[Item]:
        """Return so many passages' worth of items."""
        made: list[Item] = [NewPage("Interview", "OH-1")]
        for _ in range(count):
            made += self._one()
        return made

    def _one(self) -> Iterator[Item]:
        kind = self._chance.choices(
            ("turns", "long", "headed", "pair", "frame", "rows", "picture", "page", "prose"),
            (40, 2, 12, 14, 6, 5, 3, 2, 8),
        )[0]
        if kind == "turns":
            for _ in range(self._chance.randint(1, 6)):
                yield self.turn()
        elif kind == "long":
            yield self.turn(self._chance.randint(800, 2600))
        elif kind == "headed":
            yield from self.headings()
            yield self.turn()
        elif kind == "pair":
            if self._chance.random() < 0.3:
                yield from self.headings()
            for _ in range(self._chance.randint(1, 4)):
                yield self.pair()
        elif kind == "frame":
            for _ in range(self._chance.randint(1, 4)):
                yield from self.frame()
        elif kind == "rows":
            yield from self.rows()
        elif kind == "picture":
            yield self.picture()
        elif kind == "prose":
            yield Block(self.words(self.length()), self.styles.prose)
        else:
            yield NewPage("Interview", f"OH-{self._chance.randint(1, 9)}")

    def length(self) -> int:
        """Return words for a turn: mostly short, some of pages."""
        return int(min(self._chance.paretovariate(0.8) * 6, 700))

    def words(self, count: int, ink: str = "testimony", lang: str = "") -> tuple[Fragment, ...]:
        """Return random words of one language."""
        lang = lang or self._chance.choice(list(WORDS))
        known = WORDS[lang].split()
        text = " ".join(self._chance.choice(known) for _ in range(count))
        return (Fragment(text.capitalize() + ".", getattr(self.styles, ink), lang=lang),)

    def turn(self, count: int = 0, style: Style | None = None) -> Block:
        """Return a turn with its speaker, a timecode and sometimes notes."""
        self._n += 1
        count = count or self.length()
        fragments = [*self.styles.speaker_fragments("Анна Соколова"),
                     Fragment(": ", self.styles.testimony)]  # fmt: skip
        fragments[0] = replace(
            fragments[0], margin=f"0:{self._n % 60:02}:00", anchors=(f"t{self._n}",)
        )
        while count > 0:
            some = min(count, self._chance.randint(5, 120))
            fragments += self.words(some)
            if self._chance.random() < 0.12:
                fragments.append(self.call())
            count -= some
        style = replace(style or self.styles.turn, is_numbered=self._has_counts)
        return Block(tuple(fragments), style)

    def call(self) -> Fragment:
        """Return the call of a note of one line to some forty."""
        self._notes += 1
        key = f"n{self._notes}"
        long = self._chance.random() < 0.08
        count = self._chance.randint(100, 500) if long else self._chance.randint(3, 60)
        ((text),) = self.words(count, "note")
        note = Block(
            (replace(text, anchors=(key,)),), self.styles.foot,
            lead=Fragment(str(self._notes), self.styles.note_number, link=f"{key}c"),
        )  # fmt: skip
        return Fragment(
            f"\u00a0{self._notes}", self.styles.call, link=key, anchors=(f"{key}c",), notes=(note,)
        )

    def headings(self) -> Iterator[Block]:
        """Yield one to three headings, the first sometimes with a QR code at its right."""
        image = None
        if self._chance.random() < 0.3:
            image = Image(48, 48, qr="oralhistory:MRB-001@0:12:05", is_beside=True)
        for at in range(self._chance.randint(1, 3)):
            self._n += 1
            ((text),) = self.words(self._chance.randint(1, 14), "label")
            yield Block(
                (replace(text, anchors=(f"h{self._n}",)),),
                self.styles.heading(0.86, before=1.4, after=0.2),
                image=None if at else image, outline=(0, "Heading"),
            )  # fmt: skip

    def pair(self) -> Pair:
        """Return a turn beside its translation."""
        style = getattr(self.styles, "facing", self.styles.turn)
        count = self.length()
        left = self.turn(count, style)
        right = self.turn(max(1, int(count * self._chance.uniform(0.6, 1.4))), style)
        return Pair((left,), (replace(right, style=style),))

    def frame(self) -> Iterator[Item]:
        """Yield a card."""
        yield Open("Div", frame=self._chance.choice(("box", "rules", "kept")))
        yield from self.headings()
        if self._chance.random() < 0.2:
            yield self.pair()
        for _ in range(self._chance.randint(1, 3)):
            yield self.turn(self._chance.randint(3, 60))
        yield Close()

    def rows(self) -> Iterator[Block]:
        """Yield the fields of a record under their label."""
        ((text),) = self.words(2, "label")
        yield Block((text,), self.styles.heading(0.86, before=1.4, after=0.2))
        for _ in range(self._chance.randint(1, 8)):
            yield Block(
                self.words(self._chance.randint(1, 40), "apparatus"), self.styles.record,
                lead=Fragment("Place", self.styles.quiet),
            )  # fmt: skip

    def picture(self) -> Block:
        """Return a drawing with its caption."""
        side = self._chance.randint(60, 900)
        return Block(
            self.words(self._chance.randint(3, 40), "note"), self.styles.prose,
            image=Image(side, side * self._chance.uniform(0.4, 1.6), qr="a picture"),
        )  # fmt: skip
