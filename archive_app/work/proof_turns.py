"""Whether each released turn stands in the file: as often as it should, in order, exactly."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from archive_app.domain.proof import Finding, Problem, Where
from archive_app.work.proof_blocks import Block, bare, plain
from archive_app.work.proof_expected import Expected

_LONGEST_NAME = 200
"""Characters that may stand before a turn's words: the speaker and a colon."""


@dataclass(frozen=True, slots=True)
class WantedTurn:
    """A turn that should stand in the file."""

    text: str
    item: str
    """Which one, for a finding."""


@dataclass(slots=True)
class TurnsFound:
    """Which turns stand where; ``blocks`` are the places of paragraphs that are turns."""

    findings: list[Finding]
    blocks: set[int]


def find_turns(
    wanted: Sequence[WantedTurn], blocks: Sequence[Block], expected: Expected
) -> TurnsFound:
    """Return what is wrong with the turns of a file: missing, changed, repeated, misplaced.

    Turns without a word are not looked for. A file that is as it should be takes time
    that grows with its length; the turns of another are matched like the lines of two texts.
    """
    turns = [turn for turn in wanted if bare(turn.text)]
    places = _places(turns, blocks)
    matched = _in_a_row(turns, places)
    if len(matched) < len(turns):
        matched = _aligned(turns, places)
    return _Judge(turns, blocks, expected, matched, places).judged()


_Places = dict[str, list[int]]


def _places(turns: Sequence[WantedTurn], blocks: Sequence[Block]) -> _Places:
    """Return for the words of each turn the paragraphs that are they, with a speaker or without."""
    keys = {bare(turn.text) for turn in turns}
    found: _Places = defaultdict(list)
    for place, block in enumerate(blocks):
        for rest in _rests(block.key):
            if rest in keys:
                found[rest].append(place)
    return found


def _rests(key: str) -> Iterator[str]:
    """Yield a paragraph's words, whole and behind each colon near their beginning."""
    yield key
    at = key.find(":", 0, _LONGEST_NAME)
    while at >= 0:
        yield key[at + 1 :]
        at = key.find(":", at + 1, _LONGEST_NAME)


def _in_a_row(turns: Sequence[WantedTurn], places: _Places) -> dict[int, int]:
    """Return for each turn its paragraph, as long as each comes behind the one before."""
    matched: dict[int, int] = {}
    at = 0
    for number, turn in enumerate(turns):
        candidates = places.get(bare(turn.text), [])
        next_one = bisect_left(candidates, at)
        if next_one == len(candidates):
            break
        matched[number] = candidates[next_one]
        at = candidates[next_one] + 1
    return matched


def _aligned(turns: Sequence[WantedTurn], places: _Places) -> dict[int, int]:
    """Return for as many turns as can be their paragraphs in order, as lines of two texts."""
    of_block: dict[int, str] = {}
    for key, found in places.items():
        for place in found:
            of_block[place] = max(of_block.get(place, ""), key, key=len)
    held = sorted(of_block)
    matcher = SequenceMatcher(
        None, [bare(turn.text) for turn in turns], [of_block[place] for place in held],
        autojunk=False,
    )  # fmt: skip
    return {
        match.a + step: held[match.b + step]
        for match in matcher.get_matching_blocks()
        for step in range(match.size)
    }


class _Judge:
    """Says of each turn, matched with its paragraph or not, what is wrong with it."""

    def __init__(
        self,
        turns: Sequence[WantedTurn],
        blocks: Sequence[Block],
        expected: Expected,
        matched: dict[int, int],
        places: _Places,
    ) -> None:
        self._turns = turns
        self._blocks = blocks
        self._expected = expected
        self._matched = matched
        self._places = places
        self._taken = set(matched.values())
        self._findings: list[Finding] = []

    def judged(self) -> TurnsFound:
        """Return what was found of every turn."""
        for number, place in self._matched.items():
            turn, block = self._turns[number], self._blocks[place]
            is_exact = plain(block.own).endswith(plain(turn.text))
            # Its words may be right and its speaker wrong.
            if not (is_exact and self._expected.explains(block)):
                self._say(Problem.CHANGED, turn, block)
        for number, turn in enumerate(self._turns):
            if number not in self._matched:
                self._unmatched(number, turn)
        self._repeated()
        return TurnsFound(self._findings, self._taken)

    def _unmatched(self, number: int, turn: WantedTurn) -> None:
        elsewhere = [p for p in self._places.get(bare(turn.text), ()) if p not in self._taken]
        if elsewhere:
            self._taken.add(elsewhere[0])
            self._say(Problem.MISPLACED, turn, self._blocks[elsewhere[0]])
            return
        before, after = self._between(number)
        likeness = SequenceMatcher(autojunk=False)
        likeness.set_seq2(turn.text.split()[:400])
        for place in range(before + 1, after):
            block = self._blocks[place]
            if place in self._taken or self._expected.explains(block):
                continue
            likeness.set_seq1(block.own.split()[:400])
            if likeness.ratio() > 0.5 or after - before == 2:
                self._taken.add(place)
                self._say(Problem.CHANGED, turn, block)
                return
        page = self._blocks[before].page if before >= 0 else 0
        self._findings.append(Finding(Problem.MISSING, Where.TURN, page, "", turn.item))

    def _between(self, number: int) -> tuple[int, int]:
        """Return the paragraphs of the nearest turns found before and after one."""
        before = next(
            (self._matched[n] for n in range(number - 1, -1, -1) if n in self._matched), -1
        )
        after = next(
            (self._matched[n] for n in range(number + 1, len(self._turns)) if n in self._matched),
            len(self._blocks),
        )
        return before, max(after, before + 1)

    def _repeated(self) -> None:
        wanted = Counter(bare(turn.text) for turn in self._turns)
        items = {bare(turn.text): turn for turn in self._turns}
        for key, found in self._places.items():
            if len(found) <= wanted[key]:
                continue
            for place in found:
                block = self._blocks[place]
                if place in self._taken or self._is_told(block):
                    continue
                self._taken.add(place)
                self._say(Problem.REPEATED, items[key], block)

    def _is_told(self, block: Block) -> bool:
        """Tell whether a paragraph that looks like a turn is one of the dossier's other words."""
        key = block.words_key
        here = sum(1 for other in self._blocks if other.words_key == key)
        return here <= self._expected.counts[key]

    def _say(self, problem: Problem, turn: WantedTurn, block: Block) -> None:
        self._findings.append(Finding(problem, Where.TURN, block.page, "", turn.item))
