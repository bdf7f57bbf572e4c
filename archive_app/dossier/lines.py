"""Blocks of text into lines: where they break and with which PDF operators they are drawn.

Lines are justified or ragged as their style says. Where a word is parted at the end of a
line, the text taken out has a soft hyphen there, so that the word can be had back exactly;
no space follows it. A word wider than a line is forced apart in the same way.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from archive_app.dossier.blocks import Block, Fragment, Line
from archive_app.dossier.breaking import LEAST_SPACE, SHRINK, Break, Measures, balanced, breaks
from archive_app.dossier.joints import Cut, cost_between, cuts
from archive_app.dossier.paragraph import Paragraph
from archive_app.dossier.pen import Part, Source, draw, draw_plain, source_of
from archive_app.dossier.shaping import GOES_ON, Bank, Shaper, clean, split_words

_LEAST_ROOM = 24.0
_JOINED_COST = 2_000.0
"""What it costs to end a line where a word was forced apart."""


class Compositor:
    """Breaks the blocks of one document into lines; ``language`` is the document's own."""

    def __init__(self, shaper: Shaper, language: str = "") -> None:
        self._shaper = shaper
        self._language = language
        self._cuts: dict[tuple[Bank, str], dict[str, tuple[Cut, ...]]] = {}

    def lines(self, block: Block, measure: float) -> list[Line]:
        """Return a block's lines for a column ``measure`` points wide; never none."""
        style = block.style
        paragraph = self._paragraph(block.fragments, block.lang)
        made: list[Line] = []
        if paragraph.words:
            first = max(measure - style.first - style.right, _LEAST_ROOM)
            rest = max(measure - style.left - style.right, _LEAST_ROOM)
            paragraph.force(min(first, rest))
            before: Break | None = None
            for end in self._breaks(block, paragraph, first, rest):
                made.append(self._line(block, paragraph, before, end))
                before = end
        else:
            made.append(self._empty(block))
        self._finish(block, made)
        return made

    def single(self, fragment: Fragment, widest: float = 10_000.0) -> Line:
        """Return a fragment as one line, cut with an ellipsis where it is too wide."""
        line = self._bare(fragment)
        if line.width <= widest:
            return line
        text = " ".join(split_words(clean(fragment.text)))
        ellipsis = self._shaper.bank(fragment.ink, fragment.lang).shape("…").width
        low, high = 0, min(len(text), 400)
        while low < high:
            middle = (low + high + 1) // 2
            tried = self._bare(replace(fragment, text=text[:middle]))
            low, high = (middle, high) if tried.width + ellipsis <= widest else (low, middle - 1)
        return self._bare(replace(fragment, text=text[:low].rstrip() + "…"))

    def _bare(self, fragment: Fragment) -> Line:
        line = Line([], 0.0, 0.0, 0.0)
        paragraph = self._paragraph((fragment,), "")
        if paragraph.words:
            last = len(paragraph.words) - 1
            self._draw(line, paragraph, None, Break(last), is_last=True)
        return line

    def _paragraph(self, fragments: tuple[Fragment, ...], language: str) -> Paragraph:
        return Paragraph(fragments, partial(self._source, language or self._language))

    def _source(self, language: str, fragment: Fragment) -> Source:
        language = fragment.lang or language
        return source_of(fragment, self._shaper.bank(fragment.ink, language), language)

    def _breaks(self, block: Block, paragraph: Paragraph, first: float, rest: float) -> list[Break]:
        starts, ends, spaces = paragraph.places()
        if ends[-1] <= first:
            return [Break(len(ends) - 1)]
        style = block.style
        ink = paragraph.sources[-1].bank.ink
        space = paragraph.sources[-1].bank.space.width
        measures = Measures(
            starts=starts, ends=ends, spaces=spaces,
            space=space, shrink=max(min(SHRINK * space, space - LEAST_SPACE * ink.size), 0.0),
            first=first, rest=rest,
            is_justified=style.align == "justify", hyphens=style.hyphens,
            cuts=partial(self._cuts_of, paragraph), cost=partial(_cost, paragraph),
            is_joined=paragraph.joined.__contains__,
        )  # fmt: skip
        return balanced(measures) if style.is_balanced else breaks(measures)

    def _cuts_of(self, paragraph: Paragraph, word: int) -> tuple[Cut, ...]:
        """Return where a word may be parted; remembered for each ink and language."""
        source = paragraph.sources[word]
        if word in paragraph.joined or (word and word - 1 in paragraph.joined):
            return ()
        if word in paragraph.more:
            parts = paragraph.parts(word)
            spoken = next((n for n, (of, _) in enumerate(parts) if of.fragment.notes), None)
            texts = [shaped.text for _, shaped in parts]
            banks = [of.bank for of, _ in parts]
            return cuts(texts, banks, source.language, spoken=spoken)
        text = paragraph.words[word].text
        known = self._cuts.setdefault((source.bank, source.language), {})
        found = known.get(text)
        if found is None:
            found = known[text] = cuts([text], [source.bank], source.language)
        return found

    def _line(self, block: Block, paragraph: Paragraph, before: Break | None, end: Break) -> Line:
        style = block.style
        line = self._empty(block)
        line.indent = style.first if before is None else style.left
        line.is_hyphenated = end.cut is not None or end.word in paragraph.joined
        is_last = end.cut is None and end.word == len(paragraph.words) - 1
        self._draw(line, paragraph, before, end, is_last=is_last)
        return line

    def _empty(self, block: Block) -> Line:
        return Line([], 0.0, block.style.first, block.style.leading, block.style.align)

    def _draw(
        self, line: Line, paragraph: Paragraph, before: Break | None, end: Break, *, is_last: bool
    ) -> None:
        first = 0 if before is None else before.word + 1
        tail = before.cut if before is not None else None
        last = end.word if end.cut is None else end.word - 1
        lowest, highest = first - (tail is not None), end.word
        has_space = not is_last and not line.is_hyphenated
        if paragraph.is_plain(lowest, highest):
            source = paragraph.sources[lowest]
            words = paragraph.words[first : last + 1]
            if tail is not None:
                words.insert(0, tail.tail[0][1])
            if end.cut is not None:
                words.append(end.cut.head[0][1])
            if not (source.mark.link or source.mark.url) and draw_plain(
                line, source, words, end, has_space=has_space
            ):
                return
        drawn: list[list[Part] | None] = []
        if tail is not None:
            drawn.append(self._side(line, paragraph, lowest, tail, is_tail=True))
        for word in range(first, last + 1):
            if word - 1 in paragraph.joined:
                drawn.append(None)
            self._open(line, paragraph.opens.get(word, ()))
            drawn.append(paragraph.parts(word))
        if end.cut is not None:
            drawn.append(self._side(line, paragraph, end.word, end.cut, is_tail=False))
        elif line.is_hyphenated:
            source, shaped = paragraph.parts(end.word)[-1]
            drawn[-1] = [(source, source.bank.shape(shaped.text + GOES_ON))]
        draw(line, drawn, end, has_space=has_space)

    def _side(
        self, line: Line, paragraph: Paragraph, word: int, cut: Cut, *, is_tail: bool
    ) -> list[Part]:
        """Return one side of a parted word; what begins there belongs to its line."""
        parts = paragraph.parts(word)
        if word in paragraph.opens:
            inside = {id(parts[number][0].fragment) for number, _ in cut.head}
            behind = {id(parts[number][0].fragment) for number, _ in cut.tail} - inside
            self._open(line, [f for f in paragraph.opens[word] if (id(f) in behind) == is_tail])
        return [
            (parts[number][0], shaped) for number, shaped in (cut.tail if is_tail else cut.head)
        ]

    def _open(self, line: Line, fragments: tuple[Fragment, ...] | list[Fragment]) -> None:
        for fragment in fragments:
            line.anchors += fragment.anchors
            line.margin = line.margin or fragment.margin
            line.notes += fragment.notes

    def _finish(self, block: Block, made: list[Line]) -> None:
        made[0].before = block.style.before
        made[0].is_forced_down = block.style.is_forced_down
        made[0].outline = block.outline
        made[-1].after = block.style.after
        if block.lead is not None:
            room = max(block.style.first - block.style.lead - 3.0, _LEAST_ROOM)
            made[0].lead = self.single(block.lead, room)
            made[0].lead.indent = block.style.lead
        if block.trail is not None:
            made[-1].trail = self.single(block.trail)


def _cost(paragraph: Paragraph, word: int) -> float:
    """Return what it costs to end a line behind a word that is not the last."""
    if word in paragraph.joined:
        return _JOINED_COST
    return cost_between(
        paragraph.text(word), paragraph.text(word + 1), paragraph.sources[word].language
    )
