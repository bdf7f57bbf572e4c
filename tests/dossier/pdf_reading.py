"""Reading a dossier back with tools that know nothing of how it was made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pdfminer.converter import PDFPageAggregator
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar, LTPage, LTTextContainer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

TIME = re.compile(r"~?\d+:\d\d:\d\d")
PARTED = re.compile("(\\S*)\u00ad\\s*(~?\\d+:\\d\\d:\\d\\d\\s+)?")


def words(text: str) -> list[str]:
    """Return the words of a text taken out, put together again, timecodes left out."""
    return TIME.sub(" ", whole(text)).split()


def whole(text: str) -> str:
    """Return a text with the words that were parted at line ends put together again.

    A timecode that stands in the margin of such a line comes before its word.
    """
    return PARTED.sub(lambda found: (found[2] or "") + found[1], text)


def text_of(path: Path, pages: list[int] | None = None) -> str:
    """Return the text of a PDF, or of some of its pages (from 0)."""
    return whole(extract_text(str(path), page_numbers=pages))


def page_texts(path: Path) -> list[str]:
    """Return each page's text."""
    texts: list[str] = []
    for page in extract_pages(str(path)):
        boxes = [box for box in page if isinstance(box, LTTextContainer)]
        texts.append(whole("\n".join(box.get_text() for box in boxes)))
    return texts


def drawn_pages(path: Path) -> Iterator[LTPage]:
    """Yield each page with its characters as they are drawn, not yet put together to lines.

    That is what takes a reader most of its time: ``page_texts`` needs it, places do not.
    """
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    with path.open("rb") as file:
        for page in PDFPage.get_pages(file):
            interpreter.process_page(page)
            yield device.get_result()


def characters_of(node: Any) -> Iterator[LTChar]:
    """Yield every character of a page in the order in which they are drawn."""
    if isinstance(node, LTChar):
        yield node
    elif hasattr(node, "__iter__"):
        for each in node:
            yield from characters_of(each)


def characters(path: Path) -> list[LTChar]:
    """Return every character with its font, size and place."""
    return [each for page in drawn_pages(path) for each in characters_of(page)]


def is_subsequence(wanted: Iterable[str], held: Iterable[str]) -> bool:
    """Return whether all wanted words come among the held ones in their order."""
    rest = iter(held)
    return all(word in rest for word in wanted)


def page_number(pdf: pikepdf.Pdf, destination: Any) -> int:
    """Return the page (from 0) a destination leads to."""
    return pdf.pages.index(pikepdf.Page(destination[0]))


def page_labels(pdf: pikepdf.Pdf) -> list[str]:
    """Return each page's label: i, ii, 1, 2."""
    pages: Any = pdf.pages
    return [page.label for page in pages]


def links(pdf: pikepdf.Pdf, page: int) -> list[Any]:
    """Return the link annotations of a page."""
    return list(pdf.pages[page].obj.get("/Annots", []))


def outline(pdf: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    """Return level, title and page (from 0) of each bookmark."""
    found: list[tuple[int, str, int]] = []

    def walk(items: Any, level: int) -> None:
        for item in items:
            found.append((level, item.title, page_number(pdf, item.destination)))
            walk(item.children, level + 1)

    with pdf.open_outline() as tree:
        walk(tree.root, 0)
    return found
