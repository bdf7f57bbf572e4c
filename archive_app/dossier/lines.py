"""Blocks of text into lines: where they break and with which PDF operators they are drawn.

Lines are ragged at the right and break between words only, so that every word
stays whole when the text is taken out again; a word wider than a line is forced
apart.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from archive_app.dossier.blocks import NO_MARK, Block, Fragment, Line, Mark
from archive_app.dossier.shaping import Ink, Shaped, Shaper, clean, clusters, split_words

Part = tuple[Fragment, Shaped]
"""A word, or the part of a word that one fragment holds."""


class Word:
    """What may not be broken: the parts of one word and where its fragments begin."""

    __slots__ = ("is_cut", "is_forced", "opens", "parts", "width")

    def __init__(self, width: float, parts: list[Part], opens: list[Fragment]) -> None:
        self.width = width
        self.parts = parts
        self.opens = opens
        self.is_forced = False
        self.is_cut = False
        """Whether the word goes on in the next line, so that no space follows."""


class Compositor:
    """Breaks the blocks of one document into lines."""

    def __init__(self, shaper: Shaper) -> None:
        self._shaper = shaper

    def lines(self, block: Block, measure: float) -> list[Line]:
        """Return a block's lines for a column ``measure`` points wide; never none."""
        style = block.style
        rest = max(measure - style.left - style.right, 24.0)
        room = max(measure - style.first - style.right, 24.0)
        words = self._words(block.fragments)
        made: list[Line] = []
        current: list[Word] = []
        used = 0.0
        at = 0
        while at < len(words):
            word = words[at]
            gap = self._space(current[-1].parts[-1][0].ink).width if current else 0.0
            if used + gap + word.width <= room or (word.is_forced and not current):
                current.append(word)
                used += gap + word.width
                at += 1
            elif current and word.width <= rest:
                made.append(self._line(block, current, is_first=not made, ends=False))
                current, used, room = [], 0.0, rest
            else:
                left = room - used - gap if current else room
                words[at : at + 1] = self._forced(word, left, rest)
                if words[at].width > left and current:
                    made.append(self._line(block, current, is_first=not made, ends=False))
                    current, used, room = [], 0.0, rest
        made.append(self._line(block, current, is_first=not made, ends=True))
        self._finish(block, made)
        return made

    def single(self, fragment: Fragment, widest: float = 10_000.0) -> Line:
        """Return a fragment as one line, cut with an ellipsis where it is too wide."""
        words = self._words((fragment,))
        line = self._bare(words)
        if line.width <= widest:
            return line
        text = " ".join(split_words(clean(fragment.text)))
        ellipsis = self._shaper.shape("…", fragment.ink).width
        low, high = 0, min(len(text), 400)
        while low < high:
            middle = (low + high + 1) // 2
            tried = self._bare(self._words((replace(fragment, text=text[:middle]),)))
            low, high = (middle, high) if tried.width + ellipsis <= widest else (low, middle - 1)
        return self._bare(self._words((replace(fragment, text=text[:low].rstrip() + "…"),)))

    def _finish(self, block: Block, made: list[Line]) -> None:
        made[0].before = block.style.before
        made[0].is_forced_down = block.style.is_forced_down
        made[0].outline = block.outline
        made[-1].after = block.style.after
        if block.lead is not None:
            room = max(block.style.first - block.style.lead - 3.0, 24.0)
            made[0].lead = self.single(block.lead, room)
            made[0].lead.indent = block.style.lead
        if block.trail is not None:
            made[-1].trail = self.single(block.trail)

    def _space(self, ink: Ink) -> Shaped:
        return self._shaper.shape(" ", ink)

    def _words(self, fragments: tuple[Fragment, ...]) -> list[Word]:
        """Return the words of all fragments; parts that touch make one word."""
        words: list[Word] = []
        touches = False
        waiting: list[Fragment] = []
        for fragment in fragments:
            text = fragment.text
            if not (text.isascii() and text.isprintable()):
                text = clean(text)
            if fragment.anchors or fragment.margin or fragment.notes:
                waiting.append(fragment)
            found = split_words(text)
            if not found:
                touches = touches and not text
                continue
            known = self._shaper.words(fragment.ink)
            shape = self._shaper.shape
            ink = fragment.ink
            joins = touches and not _breaks(text[0])
            for each in found:
                shaped = known.get(each) or shape(each, ink)
                if joins:
                    last = words[-1]
                    last.width += shaped.width
                    last.parts.append((fragment, shaped))
                    last.opens += waiting
                    joins = False
                else:
                    words.append(Word(shaped.width, [(fragment, shaped)], waiting))
                waiting = []
            touches = not _breaks(text[-1])
        if waiting and words:
            words[-1].opens = words[-1].opens + waiting
        elif waiting:
            words.append(Word(0.0, [(waiting[0], Shaped("", 0.0, ()))], waiting))
        return words

    def _forced(self, word: Word, first: float, rest: float) -> list[Word]:
        """Return a word that fits no line as pieces; the first fits the room left, if it pays."""
        room = first if first > rest / 4 else rest
        used = 0.0
        pieces: list[list[tuple[Fragment, str]]] = [[]]
        for fragment, shaped in word.parts:
            for cluster in clusters(shaped.text):
                width = self._shaper.shape(cluster, fragment.ink).width
                if pieces[-1] and used + width > room:
                    pieces.append([])
                    used, room = 0.0, rest
                pieces[-1].append((fragment, cluster))
                used += width
        made = [self._piece(piece) for piece in pieces]
        made[0].opens = word.opens
        made[-1].is_cut = False
        return made

    def _piece(self, clustered: list[tuple[Fragment, str]]) -> Word:
        parts: list[Part] = []
        for _, group in groupby(clustered, key=lambda pair: id(pair[0])):
            held = list(group)
            text = "".join(cluster for _, cluster in held)
            parts.append((held[0][0], self._shaper.shape(text, held[0][0].ink)))
        piece = Word(sum(shaped.width for _, shaped in parts), parts, [])
        piece.is_forced = piece.is_cut = True
        return piece

    def _line(self, block: Block, words: list[Word], *, is_first: bool, ends: bool) -> Line:
        line = self._bare(words, ends=ends)
        line.indent = block.style.first if is_first else block.style.left
        line.leading = block.style.leading
        line.align = block.style.align
        return line

    def _bare(self, words: list[Word], *, ends: bool = True) -> Line:
        """Return the drawing of some words with the spaces between them."""
        pen = _Pen()
        line = Line([], 0.0, 0.0, 0.0)
        for number, word in enumerate(words):
            if number:
                pen.draw(words[number - 1].parts[-1][0].ink, self._space_after(words[number - 1]))
            for fragment in word.opens:
                line.anchors += fragment.anchors
                line.margin = line.margin or fragment.margin
                line.notes += fragment.notes
            for fragment, shaped in word.parts:
                start = pen.x
                mark = _mark(fragment)
                pen.mark(mark)
                pen.draw(fragment.ink, shaped)
                if mark.link or mark.url:
                    _add_link(line, start, pen.x, mark)
        line.width = pen.x
        if not ends and words and not words[-1].is_cut:
            pen.draw(words[-1].parts[-1][0].ink, self._space_after(words[-1]))
        line.pieces = pen.finish()
        return line

    def _space_after(self, word: Word) -> Shaped:
        return self._space(word.parts[-1][0].ink)


def _breaks(character: str) -> bool:
    """Return whether a line may break at a character."""
    return character.isspace() and character not in "\u00a0\u2007\u202f"


def _mark(fragment: Fragment) -> Mark:
    if not (fragment.link or fragment.url or fragment.lang or fragment.notes):
        return NO_MARK
    return Mark(fragment.link, fragment.url, fragment.lang, bool(fragment.notes))


def _add_link(line: Line, start: float, end: float, mark: Mark) -> None:
    if line.links and line.links[-1][2] == mark and start - line.links[-1][1] < 8:
        line.links[-1] = (line.links[-1][0], end, mark)
    else:
        line.links.append((start, end, mark))


class _Pen:
    """Writes PDF text operators, changing font, grey, rise and tracking only where needed."""

    def __init__(self) -> None:
        self.x = 0.0
        self._out: list[str] = []
        self._pieces: list[tuple[Mark, str]] = []
        self._mark = NO_MARK
        self._font = ""
        self._ink: Ink | None = None
        self._grey = self._rise = self._tracking = 0.0
        self._is_open = False

    def mark(self, mark: Mark) -> None:
        """Begin a piece of its own where the mark changes."""
        if mark != self._mark:
            self._end_piece()
            self._mark = mark

    def _end_piece(self) -> None:
        if self._is_open:
            self._out.append(">] TJ\n")
            self._is_open = False
        if self._out:
            self._pieces.append((self._mark, "".join(self._out)))
            self._out = []

    def draw(self, ink: Ink, shaped: Shaped) -> None:
        self.x += shaped.width
        for font, codes in shaped.pieces:
            if font != self._font or ink is not self._ink:
                self._change(font, ink)
            if not self._is_open:
                self._out.append("[<")
                self._is_open = True
            self._out.append(codes)

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
        """Return the pieces; grey, rise and tracking are as they were before the line."""
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
        self._end_piece()
        return self._pieces
