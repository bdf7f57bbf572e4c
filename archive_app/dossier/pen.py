"""Words as PDF operators: a line's drawing, with its links, anchors and marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive_app.dossier.blocks import NO_MARK, Fragment, Line, Mark
from archive_app.dossier.breaking import Break
from archive_app.dossier.shaping import Bank, Ink, Shaped

_NEAR = 8.0
"""Points between two links to one place that make them one."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Where a word comes from: its fragment, the words known in its ink, its mark."""

    fragment: Fragment
    bank: Bank
    mark: Mark
    language: str


def source_of(fragment: Fragment, bank: Bank, language: str) -> Source:
    """Return the source of a fragment's words."""
    mark = NO_MARK
    if fragment.link or fragment.url or fragment.lang or fragment.notes:
        mark = Mark(fragment.link, fragment.url, fragment.lang, bool(fragment.notes))
    return Source(fragment, bank, mark, language)


Part = tuple[Source, Shaped]
"""A word, or the part of a word that one fragment holds."""


def spacing(word: Sequence[Part]) -> Source:
    """Return the source in whose ink the space behind a word is: not that of a raised number."""
    for source, _ in reversed(word):
        if not source.bank.ink.rise:
            return source
    return word[-1][0]


def draw_plain(
    line: Line, source: Source, words: Sequence[Shaped], end: Break, *, has_space: bool
) -> bool:
    """Draw words of one source if all are in one subset of its font; return whether they are.

    ``end`` says how the line is spread; ``has_space`` lets a space follow.
    """
    bank = source.bank
    font = bank.space.font
    if any(word.font != font for word in words):
        return False
    ink = bank.ink
    space = bank.space.codes
    inner = space.join([word.codes for word in words])
    spaces = (len(words) - 1) * (bank.space.width + end.extra)
    line.width = (sum([word.width for word in words]) + spaces) * end.scale
    before = after = ""
    if ink.grey:
        before, after = f"{ink.grey:g} g ", " 0 g"
    if ink.rise:
        before, after = f"{before}{ink.rise:g} Ts ", f"{after} 0 Ts"
    if ink.tracking:
        before, after = f"{before}{ink.tracking:g} Tc ", f"{after} 0 Tc"
    opening, closing = _spread(end)
    if has_space:
        inner += space
    line.pieces = [
        (source.mark, f"{opening}{before}{font} {ink.size:g} Tf [<{inner}>] TJ{after}{closing}")
    ]
    return True


def _spread(end: Break) -> tuple[str, str]:
    """Return what is written before and after a line that is spread to its width."""
    before = after = ""
    if end.extra:
        before, after = f"{end.extra:.3f} Tw ", " 0 Tw"
    if end.scale != 1.0:
        before, after = f"{before}{end.scale * 100:.4g} Tz ", f"{after} 100 Tz"
    return before, after


def draw(
    line: Line, words: Iterable[Sequence[Part] | None], end: Break, *, has_space: bool
) -> None:
    """Draw words of any sources into a line; None is a space that is not to be drawn."""
    pen = _Pen(end)
    last: Source | None = None
    is_joined = True
    for word in words:
        if word is None:
            is_joined = True
            continue
        if last is not None and not is_joined:
            pen.mark(last.mark)
            pen.space(last.bank)
        for source, shaped in word:
            start = pen.x
            pen.mark(source.mark)
            pen.draw(source.bank.ink, shaped)
            if source.mark.link or source.mark.url:
                _add_link(line, start * end.scale, pen.x * end.scale, source.mark)
        last = spacing(word)
        is_joined = False
    line.width = pen.x * end.scale
    if has_space and last is not None:
        pen.mark(last.mark)
        pen.space(last.bank)
    line.pieces = pen.finish()


def _add_link(line: Line, start: float, end: float, mark: Mark) -> None:
    if line.links and line.links[-1][2] == mark and start - line.links[-1][1] < _NEAR:
        line.links[-1] = (line.links[-1][0], end, mark)
    else:
        line.links.append((start, end, mark))


class _Pen:
    """Writes PDF text operators, changing font, grey, rise and tracking only where needed."""

    def __init__(self, end: Break) -> None:
        self.x = 0.0
        self._extra = end.extra
        opening, self._closing = _spread(end)
        self._out: list[str] = [opening] if opening else []
        self._pieces: list[tuple[Mark, str]] = []
        self._mark: Mark | None = None
        self._font = ""
        self._ink: Ink | None = None
        self._grey = self._rise = self._tracking = 0.0
        self._is_open = False

    def mark(self, mark: Mark) -> None:
        """Begin a piece of its own where the mark changes."""
        if mark != self._mark:
            if self._mark is not None:
                self._end_piece()
            self._mark = mark

    def space(self, bank: Bank) -> None:
        """Draw a space, which is as wide as the line's spaces are."""
        self.draw(bank.ink, bank.space)
        self.x += self._extra

    def draw(self, ink: Ink, shaped: Shaped) -> None:
        """Draw a word or a part of one."""
        self.x += shaped.width
        for font, codes in shaped.pieces:
            if font != self._font or ink is not self._ink:
                self._change(font, ink)
            if not self._is_open:
                self._out.append("[<")
                self._is_open = True
            self._out.append(codes)

    def _end_piece(self) -> None:
        if self._is_open:
            self._out.append(">] TJ\n")
            self._is_open = False
        if self._out:
            self._pieces.append((self._mark or NO_MARK, "".join(self._out)))
            self._out = []

    def _change(self, font: str, ink: Ink) -> None:
        out = self._out
        before = self._ink
        if before is not None and before == ink and font == self._font:
            self._ink = ink
            return
        if self._is_open:
            out.append(">] TJ\n")
            self._is_open = False
        if before is None or font != self._font or before.size != ink.size:
            out.append(f"{font} {ink.size:g} Tf ")
        if ink.grey != self._grey:
            out.append(f"{ink.grey:g} g ")
        if ink.rise != self._rise:
            out.append(f"{ink.rise:g} Ts ")
        if ink.tracking != self._tracking:
            out.append(f"{ink.tracking:g} Tc ")
        self._grey, self._rise, self._tracking = ink.grey, ink.rise, ink.tracking
        self._font, self._ink = font, ink

    def finish(self) -> list[tuple[Mark, str]]:
        """Return the pieces; what was set is as it was before the line."""
        out = self._out
        if self._is_open:
            out.append(">] TJ")
            self._is_open = False
        if self._grey:
            out.append(" 0 g")
        if self._rise:
            out.append(" 0 Ts")
        if self._tracking:
            out.append(" 0 Tc")
        if self._closing:
            out.append(self._closing)
        self._end_piece()
        return self._pieces
