"""Reading contents and index off the pages, knowing nothing of how they were made."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pdf_reading import characters_of, drawn_pages, page_labels
from pdfminer.layout import LTChar, LTPage


@dataclass(frozen=True)
class Printed:
    """A word on a page, with its left and right end and its baseline."""

    text: str
    left: float
    right: float
    line: float


def pages_of(path: Path) -> dict[str, list[Printed]]:
    """Return the words of each page by its printed number; the cover is "i"."""
    with pikepdf.open(path) as pdf:
        labels = page_labels(pdf)
    return {label: _words(page) for label, page in zip(labels, drawn_pages(path), strict=True)}


def letters(text: str) -> str:
    """Return a text's letters and figures alone, whatever case and lines it is set in."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def letters_on(words: list[Printed]) -> str:
    return letters("".join(word.text for word in words))


def entries(pages: dict[str, list[Printed]], title: str) -> list[tuple[str, str]]:
    """Return words and number of each line of the contents, over as many pages as it takes."""
    found: list[tuple[str, str]] = []
    has_begun = False
    for words in pages.values():
        lines = _lines(words)
        heads = [i for i, line in enumerate(lines) if " ".join(w.text for w in line) == title]
        if not has_begun and not heads:
            continue
        if has_begun and (not lines or _is_title(lines[0], words)):
            break
        begin = heads[0] + 1 if not has_begun else 0
        has_begun = True
        edge = max(w.right for line in lines[begin:] for w in line)
        pending: list[str] = []
        for line in lines[begin:]:
            *before, last = line
            if last.right > edge - 1 and last.text.isdigit():
                pending += [w.text for w in before]
                found.append((" ".join(pending), last.text))
                pending = []
            else:
                pending += [w.text for w in line]
    return found


def index_pages(text: str, term: str) -> set[int] | None:
    """Return the pages an index names for a term; None if the term is not there."""
    held = re.search(rf"{re.escape(term)}((?:,\s*\d+(?:–\d+)?)+)", text)
    if held is None:
        return None
    pages: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", held[1]):
        pages |= set(range(int(first), int(last or first) + 1))
    return pages


def _is_title(line: list[Printed], words: list[Printed]) -> bool:
    tallest = max(_height(w) for w in words)
    return _height(line[0]) > 0.95 * tallest and not line[-1].text.isdigit()


def _height(word: Printed) -> float:
    return (word.right - word.left) / max(len(word.text), 1)


def _lines(words: list[Printed]) -> list[list[Printed]]:
    rows: dict[float, list[Printed]] = defaultdict(list)
    for word in words:
        rows[word.line].append(word)
    return [sorted(rows[y], key=lambda w: w.left) for y in sorted(rows, reverse=True)]


def _words(page: LTPage) -> list[Printed]:
    rows: dict[float, list[LTChar]] = defaultdict(list)
    for each in characters_of(page):
        rows[round(each.matrix[5], 1)].append(each)
    found: list[Printed] = []
    for line, characters in rows.items():
        run: list[LTChar] = []
        for each in [*sorted(characters, key=lambda c: c.x0), None]:
            is_gap = run and each is not None and each.x0 - run[-1].x1 > each.size * 0.9
            if run and (each is None or is_gap or each.get_text().isspace()):
                text = "".join(c.get_text() for c in run)
                found.append(Printed(text, run[0].x0, run[-1].x1, line))
                run = []
            if each is not None and not each.get_text().isspace():
                run.append(each)
    return found
