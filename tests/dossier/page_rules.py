"""The rules of a page, checked on the layout's model: each fault is a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from random_pages import Told

from archive_app.dossier.blocks import Line, Pair
from archive_app.dossier.page_model import PageStands, Stand

NEAR = 0.05
"""Points within which two lines are level."""


def faults(told: Told) -> list[str]:
    """Return every rule that is broken."""
    return [
        *_lone_lines(told),
        *_lone_headings(told),
        *_strayed_notes(told),
        *_outside(told),
        *_overlaps(told),
        *_off_grid(told),
        *_uneven_pairs(told),
        *_torn_frames(told),
    ]


def _stands(told: Told) -> Iterator[Stand]:
    for page in told.model.pages:
        yield from page.text
        yield from page.foot


def _by_block(told: Told) -> dict[int, list[Stand]]:
    blocks: dict[int, list[Stand]] = defaultdict(list)
    for stand in _stands(told):
        if stand.of:
            blocks[stand.block].append(stand)
    return blocks


def _lone_lines(told: Told) -> Iterator[str]:
    """A paragraph has two lines at least on either side of a break; three are not parted."""
    for stands in _by_block(told).values():
        if len(stands) != stands[0].of or [s.at for s in stands] != list(range(len(stands))):
            yield f"lines of block {stands[0].block} are missing or out of order"
        pages: dict[int, int] = defaultdict(int)
        for stand in stands:
            pages[stand.page] += 1
        if len(pages) == 1:
            continue
        what = "footnote" if stands[0].is_foot else "paragraph"
        if len(stands) <= 3:
            yield f"page {min(pages)}: a {what} of {len(stands)} lines is parted"
        for page, count in pages.items():
            if count < 2:
                yield f"page {page}: one line of a {what} of {len(stands)} stands alone"


def _lone_headings(told: Told) -> Iterator[str]:
    """What may not be last on its page stands with the beginning of what follows."""
    blocks = [stands for _, stands in sorted(_by_block(told).items()) if not stands[0].is_foot]
    for stands, following in pairwise(blocks):
        source = stands[0].source
        if source and source.style.keeps_next and stands[-1].page != following[0].page:
            yield f"page {stands[-1].page}: a heading is last"


def _strayed_notes(told: Told) -> Iterator[str]:
    """A footnote begins on the page of its call."""
    where = {id(stand.line): stand.page for stand in _stands(told)}
    for page in told.model.pages:
        for stand in page.text:
            for note in stand.line.foot:
                if where.get(id(note[0])) != page.number:
                    yield f"page {page.number}: a note begins on page {where.get(id(note[0]))}"


def _outside(told: Told) -> Iterator[str]:
    """Nothing reaches out of the text's area, and the margins stay on the sheet."""
    sheet = told.sheet
    for page in told.model.pages:
        if page.used + page.foot_height > page.depth + NEAR:
            yield f"page {page.number}: text and notes are too long"
        left = sheet.left(is_recto=page.number % 2 == 1) - NEAR
        right = left + sheet.measure + 2 * NEAR
        top = sheet.height - sheet.top + NEAR
        bottom = sheet.height - sheet.top - page.depth - NEAR
        for placed in (*page.placed.text, *page.placed.foot):
            if placed.x < left or placed.x + placed.line.width > right:
                yield f"page {page.number}: a line is too wide"
            if placed.y < bottom or placed.y + placed.line.leading * 0.7 > top:
                yield f"page {page.number}: a line stands above or below the text"
        for placed in (*page.placed.margin, *page.placed.surroundings):
            if placed.x < 8 or placed.x + placed.line.width > sheet.width - 8:
                yield f"page {page.number}: the margin leaves the sheet"


def _overlaps(told: Told) -> Iterator[str]:
    """No two lines stand in each other's place."""
    for page in told.model.pages:
        boxes = sorted(_boxes(page))
        for at, (bottom, top, left, right) in enumerate(boxes):
            for other_bottom, _, other_left, other_right in boxes[at + 1 :]:
                if other_bottom > top - 0.5:
                    break
                if other_left < right - 0.5 and left < other_right - 0.5:
                    yield f"page {page.number}: lines overlap at {left:.0f}, {bottom:.0f}"


def _boxes(page: PageStands) -> Iterator[tuple[float, float, float, float]]:
    """Yield bottom, top, left, right of everything that is drawn."""
    drawn = page.placed
    for placed in (*drawn.text, *drawn.foot, *drawn.margin, *drawn.surroundings):
        if placed.line.width <= 0:
            continue
        tall = placed.line.leading if placed.line.image else max(placed.line.leading * 0.6, 5)
        yield placed.y, placed.y + tall, placed.x, placed.x + placed.line.width


def _off_grid(told: Told) -> Iterator[str]:
    """Lines of testimony stand on half steps of the grid."""
    half = told.grid / 2
    for page in told.model.pages:
        if abs(page.depth / told.grid - round(page.depth / told.grid)) > 1e-6:
            yield f"page {page.number}: its depth is no whole number of lines"
        for stand in page.text:
            if stand.of and abs(stand.line.leading - told.grid) < 0.01:
                steps = stand.depth / half
                if abs(steps - round(steps)) * half > NEAR:
                    yield f"page {page.number}: a line stands off the grid at {stand.depth:.2f}"


def _uneven_pairs(told: Told) -> Iterator[str]:
    """The first lines of two columns are level."""
    first = {id(stand.source): stand for stand in _stands(told) if stand.of and stand.at == 0}
    for item in told.items:
        if isinstance(item, Pair) and {id(item.left[0]), id(item.right[0])} <= first.keys():
            left, right = first[id(item.left[0])], first[id(item.right[0])]
            notes = [note for stand in (left, right) for note in _notes_of(told, stand)]
            if sum(line.leading for note in notes for line in note) > told.sheet.depth * 0.5:
                continue  # No page may hold both first lines with their notes.
            if left.page != right.page or abs(left.depth - right.depth) > NEAR:
                yield f"page {left.page}: first lines of two columns are not level"


def _notes_of(told: Told, first: Stand) -> list[list[Line]]:
    return [n for s in _stands(told) if s.block == first.block for n in s.line.foot]


def _torn_frames(told: Told) -> Iterator[str]:
    """What is kept together stands on one page, if a page holds it."""
    pages: dict[int, list[Stand]] = defaultdict(list)
    for stand in _stands(told):
        if not stand.is_foot:
            pages[id(stand.source)].append(stand)
    for frame in told.frames:
        stands = [stand for block in frame for stand in pages[id(block)]]
        notes = [line for s in stands for note in s.line.foot for line in note]
        height = sum(line.leading for line in (*notes, *(s.line for s in stands)))
        if height > told.sheet.depth * 0.6:
            continue
        if len({stand.page for stand in stands}) > 1:
            yield f"page {stands[0].page}: a frame is torn"


def parted_words(told: Told) -> int:
    """Return how many pages end within a word."""
    return sum(
        1
        for page in told.model.pages
        if any(stand.line.is_hyphenated and stand is page.text[-1] for stand in page.text)
    )


def shortness(told: Told) -> list[float]:
    """Return by how many lines each full page without footnotes is short."""
    found: list[float] = []
    for page, following in pairwise(told.model.pages):
        goes_on = following.text and following.text[0].at > 0
        if goes_on and not page.foot:
            found.append(round((page.depth - page.used) / told.grid, 2))
    return found
