"""A block's words on one long line, before it is broken: how wide, of which source, what begins
where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from archive_app.dossier.blocks import Fragment
from archive_app.dossier.pen import Part, Source, spacing
from archive_app.dossier.shaping import Shaped, clean, clusters, split_words

_FORCED_PIECES = 12
"""A word wider than a line goes into pieces of at least a twelfth of it, to be parted at."""
_NOTHING = Shaped("", 0.0, ())


class Paragraph:
    """The words of some fragments; parts that touch make one word.

    ``words`` and ``sources`` hold each word's first part, ``more`` what else a word is made
    of, ``opens`` the fragments with anchors, timecodes and notes that begin in a word.
    Each fragment has a source of its own.
    """

    def __init__(self, fragments: Sequence[Fragment], source: Callable[[Fragment], Source]) -> None:
        self.words: list[Shaped] = []
        self.sources: list[Source] = []
        self.more: dict[int, list[Part]] = {}
        self.opens: dict[int, list[Fragment]] = {}
        self.joined: set[int] = set()
        """Words behind which stands no space: they were forced apart."""
        self._source = source
        self._add(fragments)

    def _add(self, fragments: Sequence[Fragment]) -> None:
        words = self.words
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
            source = self._source(fragment)
            known, shape = source.bank.words, source.bank.shape
            shaped = [known.get(each) or shape(each) for each in found]
            if touches and not breaks_at(text[0]):
                last = len(words) - 1
                self.more.setdefault(last, []).append((source, shaped.pop(0)))
                self._open(last, waiting)
                waiting = []
            if shaped:
                self._open(len(words), waiting)
                waiting = []
                words += shaped
                self.sources += [source] * len(shaped)
            touches = not breaks_at(text[-1])
        if waiting:
            if not words:
                words.append(_NOTHING)
                self.sources.append(self._source(waiting[0]))
            self._open(len(words) - 1, waiting)

    def _open(self, word: int, waiting: list[Fragment]) -> None:
        if waiting:
            self.opens.setdefault(word, []).extend(waiting)

    def parts(self, word: int) -> list[Part]:
        """Return what a word is made of."""
        return [(self.sources[word], self.words[word]), *self.more.get(word, ())]

    def is_plain(self, first: int, last: int) -> bool:
        """Return whether words are of one part and one source each, and nothing begins there."""
        if self.sources[first] is not self.sources[last]:
            return False
        inside = range(first, last + 1)
        return all(
            not special or special.isdisjoint(inside)
            for special in (self.more.keys(), self.opens.keys(), self.joined)
        )

    def text(self, word: int) -> str:
        """Return a word's letters."""
        if word in self.more:
            return "".join(shaped.text for _, shaped in self.parts(word))
        return self.words[word].text

    def widths(self) -> list[float]:
        """Return each word's width in points."""
        widths = [word.width for word in self.words]
        for word, parts in self.more.items():
            widths[word] += sum(shaped.width for _, shaped in parts)
        return widths

    def places(self) -> tuple[list[float], list[float], Sequence[int]]:
        """Return the words' left and right edges on one long line, and the spaces before each."""
        widths = self.widths()
        count = len(widths)
        if not self.joined and self.sources[0] is self.sources[-1]:
            space = self.sources[0].bank.space.width
            starts = [0.0, *accumulate([width + space for width in widths])]
        else:
            gaps = [source.bank.space.width for source in self.sources]
            for word in self.more:
                gaps[word] = spacing(self.parts(word)).bank.space.width
            for word in self.joined:
                gaps[word] = 0.0
            starts = [0.0, *accumulate(map(float.__add__, widths, gaps))]
        starts.pop()
        ends = list(map(float.__add__, starts, widths))
        if not self.joined:
            return starts, ends, range(count)
        before = [0, *accumulate(word not in self.joined for word in range(count - 1))]
        return starts, ends, before

    def force(self, room: float) -> None:
        """Put pieces in the stead of words wider than a line, so that each can be parted."""
        widths = self.widths()
        if not widths or max(widths) <= room:
            return
        words, sources = self.words, self.sources
        more, opens = self.more, self.opens
        self.words, self.sources, self.more, self.opens = [], [], {}, {}
        for number, width in enumerate(widths):
            at = len(self.words)
            if width <= room:
                self.words.append(words[number])
                self.sources.append(sources[number])
                if number in more:
                    self.more[at] = more[number]
            else:
                parts = [(sources[number], words[number]), *more.get(number, ())]
                for source, shaped in parts:
                    for piece in _pieces(source, shaped.text, room / _FORCED_PIECES):
                        self.words.append(piece)
                        self.sources.append(source)
                self.joined.update(range(at, len(self.words) - 1))
            if number in opens:
                self.opens[at] = opens[number]


def _pieces(source: Source, text: str, room: float) -> list[Shaped]:
    """Return a word in pieces of whole letters with their accents, each some ``room`` wide."""
    shape = source.bank.shape
    pieces: list[Shaped] = []
    held: list[str] = []
    width = 0.0
    for cluster in clusters(text):
        held.append(cluster)
        width += shape(cluster).width
        if width >= room:
            pieces.append(shape("".join(held)))
            held, width = [], 0.0
    if held:
        pieces.append(shape("".join(held)))
    return pieces


def breaks_at(character: str) -> bool:
    """Return whether a line may break at a character."""
    return character.isspace() and character not in "\u00a0\u2007\u202f"
