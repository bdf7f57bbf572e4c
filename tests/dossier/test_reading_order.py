"""What pdfminer reads of a dossier, in the order of its structure, is what was released.

The reader here is made for the test: pdfminer gives the text of each piece of marked
content, pikepdf the tree that puts the pieces in order. Nothing of the program reads along.
"""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from dossier_samples import contents, interview, sample_interview, transcript, turn
from layout_samples import parts
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1

from archive_app.domain.records import TranscriptKind
from archive_app.dossier.build import build_dossier
from archive_app.dossier.contents import DossierContents, Excerpts, Passage, WholeInterview
from archive_app.dossier.design import Design, Grouping, Layout, Marks, Paper, Speakers
from archive_app.dossier.shaping import clean
from archive_app.dossier.told import told_turns

LONG = 5_000
WORDS = (
    *("мобилизация", "отъезд", "Белград", "«добро»", "переписка", "ёлка", "за\u0301мок", "—", "и"),
    *("džezva", "čaša", "ђак", "Ђорђе", "queue", "Beograd", "naći", "ljubav", "nobody's"),
    *("cafe\u0301", "Вёрстка"),
)
STRANGE = (
    "Смех 😀 и слёзы 😢; флаг 🏳, сердце ❤ — всё вместе: café, cafe\u0301, за\u0301мок.",
    "Đorđe, Љубица и Њ: „добро“, «хорошо», “well”… № 5, 20 °C, ½ часа.",
    "x\u0301\u0302\u0303 ё\u0301 ij ﬁ ﬂ Ǆ ǆ",
)


class _Pieces(PDFTextDevice):
    """Gathers the text of each piece of marked content by page and number."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.texts: dict[tuple[int, int], str] = defaultdict(str)
        self._open: list[int | None] = []
        self._page = -1

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self._page += 1
        self._open = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        known = resolve1(props) if props else {}
        number = known.get("MCID") if isinstance(known, dict) else None
        inherited = self._open[-1] if self._open else None
        self._open.append(number if number is not None else inherited)

    def end_tag(self) -> None:
        self._open.pop()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        number = self._open[-1] if self._open else None
        if number is None:
            return
        for each in seq:
            if isinstance(each, bytes):
                font = textstate.font
                for code in font.decode(each):
                    self.texts[self._page, number] += font.to_unichr(code)


def pieces_of(path: Path) -> dict[tuple[int, int], str]:
    resources = PDFResourceManager()
    device = _Pieces(resources)
    interpreter = PDFPageInterpreter(resources, device)
    with path.open("rb") as file:
        for page in PDFPage.get_pages(file):
            interpreter.process_page(page)
    return device.texts


def paragraphs(path: Path) -> Iterator[str]:
    """Yield the text of every element that may hold a turn, without its footnotes."""
    pieces = pieces_of(path)
    with pikepdf.open(path) as pdf:
        bare: Any = pdf.pages
        pages = {page.obj.objgen: number for number, page in enumerate(bare)}

        def text_of(node: Any, page: int) -> str:
            if isinstance(node, int):
                return pieces.get((page, node), "")
            if "/Pg" in node:
                page = pages[node.Pg.objgen]
            if node.get("/Type") == "/MCR":
                return pieces.get((page, int(node.MCID)), "")
            if node.get("/S") in {"/Reference", "/Note"} or "/K" not in node:
                # A footnote's number stands between two spaces, which are its own.
                return " "
            return "".join(text_of(kid, page) for kid in kids(node))

        def kids(node: Any) -> list[Any]:
            held = node.K
            return list(held) if isinstance(held, pikepdf.Array) else [held]

        def walk(node: Any) -> Iterator[str]:
            if isinstance(node, int) or "/S" not in node:
                return
            if node.S in {"/P", "/LBody"}:
                yield text_of(node, -1)
            elif "/K" in node:
                for kid in kids(node):
                    yield from walk(kid)

        for kid in kids(pdf.Root.StructTreeRoot):
            yield from walk(kid)


def plain(text: str) -> str:
    """Return text with hyphenation undone and every run of spaces as one."""
    return " ".join(clean(text.replace("\u00ad", "")).split())


def strange() -> WholeInterview:
    """An interview of odd turns, one of 5,000 words, with a translation."""
    chance = random.Random(3)
    long = " ".join(chance.choice(WORDS) for _ in range(LONG))
    turns = [turn(n, "Анна", text, n * 10_000) for n, text in enumerate((*STRANGE, long), 1)]
    return WholeInterview(
        interview(
            transcript(*turns, uuid="s-1"),
            transcript(
                *(turn(n, "Ana", text, n * 10_000) for n, text in enumerate(STRANGE, 1)),
                language="sr-Latn", kind=TranscriptKind.TRANSLATION, uuid="s-2",
            ),
            accession="ODD-1",
        )
    )  # fmt: skip


def dossier_in(design: Design) -> DossierContents:
    odd = strange()
    passages = Excerpts(odd.interview, tuple(Passage("s-1", n, n) for n in range(1, 5)))
    return contents(*parts(), odd, WholeInterview(sample_interview(2)), passages, design=design)


@pytest.mark.parametrize(
    "design",
    [
        Design(layout=Layout.VOLUME),
        Design(layout=Layout.VOLUME, is_facing=True, paper=Paper.A5, has_line_numbers=True),
        Design(layout=Layout.READER, speakers=Speakers.SHORT, has_qr=True),
        Design(layout=Layout.READER, grouping=Grouping.PERSON, is_facing=True, paper=Paper.LETTER),
        Design(layout=Layout.CARDS, paper=Paper.A5),
        Design(layout=Layout.CARDS, marks=Marks.SMOOTHED, has_qr=True),
        Design(layout=Layout.FINDING_AID),
    ],
    ids=lambda design: f"{design.layout}-{design.paper}" + ("-facing" if design.is_facing else ""),
)
def test_every_turn_is_read_exactly_as_it_was_released_and_in_its_order(
    tmp_path: Path, design: Design
) -> None:
    target = tmp_path / "d.pdf"
    held = dossier_in(design)
    build_dossier(target, held)
    read = [plain(text) for text in paragraphs(target)]
    wanted = [plain(told.shown.turn.text) for told in told_turns(held)]
    assert (not wanted) is (design.layout is Layout.FINDING_AID)
    at = 0
    for text in wanted:
        while at < len(read) and not (read[at] == text or read[at].endswith(": " + text)):
            at += 1
        assert at < len(read), text[:80]
        at += 1


def test_a_finding_aid_holds_no_turn(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    held = dossier_in(Design(layout=Layout.FINDING_AID))
    build_dossier(target, held)
    read = " ".join(plain(text) for text in paragraphs(target))
    for text in STRANGE:
        assert plain(text) not in read


def test_an_accent_stays_with_its_letter_whichever_way_it_was_typed(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(strange(), design=Design(has_index=False)))
    read = " ".join(plain(text) for text in paragraphs(target))
    assert "café, cafe\u0301" in read
    assert unicodedata.normalize("NFC", read) != read
