"""What typists and word processors put around the words: page and line numbers, asterisks.

Everything here is done only where the file as a whole speaks for it, and said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from archive_app.domain.parsed import Loss
from archive_app.exchange.clock import CLOCK, has_frames, read_clock
from archive_app.exchange.speech import Paragraph
from archive_app.translation import tr, trn

_FEWEST_LINES = 5
_NUMBERED = re.compile(r"\s{0,9}([0-9]{1,5})(?:[.):]?[ \t]{1,20}|$)")
_PAGE = re.compile(
    r"\s{0,40}(?:(?:page|p\.|стр\.?|страница|strana|str\.|страна|seite)\s{0,3}([0-9]{1,4})"
    r"(?:\s{0,3}(?:of|из|od|од|von|/)\s{0,3}[0-9]{1,4})?"
    r"|[-–—]\s{0,3}([0-9]{1,4})\s{0,3}[-–—])\s{0,40}",
    re.IGNORECASE,
)
_BOLD_LABEL = re.compile(r"\s{0,9}(\*\*|__)([^*_:\n]{1,60})(?::\1|\1\s?:)(?=\s|$)")
_END = re.compile(
    rf"\s{{0,9}}(?:\[\s?(?P<a>{CLOCK})\s?\]|\(\s?(?P<b>{CLOCK})\s?\)"
    r"|#(?P<f4>[0-9:]{5,9}(?:-[0-9])?)#)\s{0,9}$"
)
_READING = re.compile(CLOCK)


def without_marks(lines: Sequence[str]) -> tuple[list[str], list[Loss]]:
    """Return the lines, as many, without what is no word of the transcript; and what that was.

    Page numbers alone on their lines, numbers before every line, and the
    asterisks of Markdown around a speaker's name.
    """
    losses: list[Loss] = []
    found = [line.replace("\f", "\n").strip("\n").replace("\n", " ") for line in lines]
    found = [_BOLD_LABEL.sub(lambda m: f"{m[2]}:", line) for line in found]
    if _are_numbered(found):
        found = [_NUMBERED.sub("", line, count=1) for line in found]
        losses.append(Loss(tr("The numbers before the lines were left out.")))
    pages = _page_numbers(found)
    if pages:
        found = ["" if i in pages else line for i, line in enumerate(found)]
        what = trn(
            "{count} page number was left out.",
            "{count} page numbers were left out.",
            len(pages),
        )
        losses.append(Loss(what, tr("line {number}", number=min(pages) + 1)))
    if any(has_frames(match[0]) for line in found for match in _READING.finditer(line)):
        losses.append(Loss(tr("Times are told in frames; they were taken to the second.")))
    return found, losses


def _end_ms(end: re.Match[str]) -> int | None:
    return read_clock((end["a"] or end["b"] or end["f4"]).replace("-", "."))


def _are_numbered(lines: Sequence[str]) -> bool:
    """Tell whether each line has a number, one more than the last or 1 at a new page."""
    filled = [line for line in lines if line.strip()]
    before = 0
    for line in filled:
        match = _NUMBERED.match(line)
        if match is None or int(match[1]) not in (before + 1, 1):
            return False
        before = int(match[1])
    return len(filled) >= _FEWEST_LINES


def _page_numbers(lines: Sequence[str]) -> set[int]:
    """Return the lines that hold a page's number and nothing else, if they count upwards."""
    found = [(i, m) for i, line in enumerate(lines) if (m := _PAGE.fullmatch(line))]
    numbers = [int(match[1] or match[2]) for _, match in found]
    rises = all(a < b for a, b in pairwise(numbers))
    return {i for i, _ in found} if len(found) >= 2 and rises else set()


def with_starts(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs; times at their ends, where that is the custom, moved to heads.

    "… in Berlin. #00:00:12-8#" (f4), "… [00:00:12]": a paragraph ends there, and the
    next one begins.
    """
    ends = [_END.search(paragraph.lines[-1][1]) if paragraph.lines else None
            for paragraph in paragraphs]  # fmt: skip
    times = [_end_ms(end) if end else None for end in ends]
    known = [ms for ms in times if ms is not None]
    is_custom = len(known) >= 2 and len(known) * 2 >= len(paragraphs) and known == sorted(known)
    if not is_custom or any(p.head.start_ms is not None for p in paragraphs):
        return paragraphs
    before: int | None = 0
    moved: list[Paragraph] = []
    for paragraph, end, ms in zip(paragraphs, ends, times, strict=True):
        lines = list(paragraph.lines)
        if end is not None and ms is not None:
            number, text = lines[-1]
            lines[-1] = (number, text[: end.start()])
        head = replace(paragraph.head, start_ms=before, end_ms=ms)
        moved.append(replace(paragraph, head=head, lines=lines))
        before = ms
    return moved
