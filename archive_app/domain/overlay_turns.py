"""The turns of a new transcript as they come to stand in an old one's place.

Their words and their own times stay as they are. What the new text does not tell
comes from the old one, by the words they share: who speaks, from which recording,
and times where the new text has none at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from archive_app.domain.alignment import Kinship, Word
from archive_app.domain.overlaying import Overlaying
from archive_app.domain.parallel import blocks
from archive_app.domain.records import TimedText, Turn

Range = tuple[int, int]


def sources(overlaying: Overlaying) -> list[int | None]:
    """Return for each new word the old one that it is; ``None`` where it is none."""
    alignment = overlaying.alignment
    found: list[int | None] = [None] * alignment.new_count
    for number in range(alignment.old_count):
        if alignment.kinship[number] is Kinship.SAME:
            for place in range(alignment.starts[number], alignment.ends[number]):
                if found[place] is None:
                    found[place] = number
    return found


def carry_turns(
    overlaying: Overlaying, old_turns: Sequence[Turn], new_turns: Sequence[Turn]
) -> tuple[Turn, ...]:
    """Return the new turns with speakers, recordings and times, in their order."""
    known = _Known(overlaying, old_turns)
    turns = _with_speakers(known, new_turns)
    turns = [
        turn
        if turn.recording_id is not None
        else replace(turn, recording_id=_most(one.recording_id for one in known.turns_of(turn)))
        for turn in turns
    ]
    if all(turn.start_ms is None and turn.end_ms is None for turn in turns):
        turns = _with_times(known, turns)
    return tuple(turns)


def _most(found: Iterable[int | None]) -> int | None:
    counts = Counter(found)
    return counts.most_common(1)[0][0] if counts else None


class _Known:
    """What the old words tell of the new turns."""

    def __init__(self, overlaying: Overlaying, old_turns: Sequence[Turn]) -> None:
        self._overlaying = overlaying
        self._turns = {turn.id: turn for turn in old_turns}
        self._sources = sources(overlaying)

    def words_of(self, turn: Turn) -> list[tuple[Word, Word]]:
        """Return the words of a new turn that are old ones: (new, old)."""
        old, new = self._overlaying.old.words, self._overlaying.new
        return [
            (new.words[place], old[source])
            for place in new.of_turn(turn.id)
            if (source := self._sources[place]) is not None
        ]

    def turns_of(self, turn: Turn) -> list[Turn]:
        """Return, for each word that is an old one, the turn that it was in."""
        return [self._turns[old.turn] for _, old in self.words_of(turn)]

    def times_of(self, word: Word) -> Range | None:
        """Return when an old word was spoken, in ms, as near as is known."""
        turn = self._turns[word.turn]
        for timed in turn.timed:
            if timed.start < word.end and timed.end > word.start:
                return timed.start_ms, timed.end_ms
        if turn.start_ms is None or turn.end_ms is None:
            return None
        length, whole = turn.end_ms - turn.start_ms, max(1, len(turn.text))
        return (
            turn.start_ms + length * word.start // whole,
            turn.start_ms + length * word.end // whole,
        )

    def word_times(self, turn: Turn) -> tuple[TimedText, ...]:
        """Return the times of a new turn's words, where the old ones had their own."""
        found: list[TimedText] = []
        for new, old in self.words_of(turn):
            for timed in self._turns[old.turn].timed:
                is_own = timed.start <= old.start and old.end <= timed.end
                if is_own and not timed.is_cue and timed.end - timed.start <= len(old.key) + 4:
                    found.append(replace(timed, start=new.start, end=new.end))
        return tuple(found)


def _with_speakers(known: _Known, turns: Sequence[Turn]) -> list[Turn]:
    """Give each label the speaker of most of its words; where none has most, turn by turn."""
    votes: dict[str, Counter[tuple[int | None, str]]] = {}
    own: dict[int, Counter[tuple[int | None, str]]] = {}
    for turn in turns:
        if turn.speaker_id is None:
            counts = Counter((one.speaker_id, one.speaker_label) for one in known.turns_of(turn))
            own[turn.id] = counts
            votes.setdefault(turn.speaker_label, Counter()).update(counts)
    speakers = {label: _majority(counts) for label, counts in votes.items() if label.strip()}
    result: list[Turn] = []
    for turn in turns:
        if turn.speaker_id is None:
            found = speakers.get(turn.speaker_label) or _majority(own[turn.id])
            if found is not None and found != (None, ""):
                turn = replace(turn, speaker_id=found[0], speaker_label=found[1])
        result.append(turn)
    return result


def _majority(counts: Counter[tuple[int | None, str]]) -> tuple[int | None, str] | None:
    if not counts:
        return None
    speaker, count = counts.most_common(1)[0]
    return speaker if 2 * count > counts.total() else None


def _with_times(known: _Known, turns: Sequence[Turn]) -> list[Turn]:
    """Give turns of which no time is told those of the old words in them, as estimates."""
    result: list[Turn] = []
    latest = 0
    for turn in turns:
        times = [span for _, old in known.words_of(turn) if (span := known.times_of(old))]
        if times:
            start = max(latest, times[0][0])
            end = max(start, *(span[1] for span in times))
            timed = known.word_times(turn)
            is_covered = bool(timed) and timed[0].start_ms >= start
            turn = replace(
                turn,
                start_ms=start,
                end_ms=end,
                timed=timed if is_covered else (),
                is_time_estimated=True,
            )
            latest = start
        result.append(turn)
    return result


@dataclass(frozen=True, slots=True)
class TurnDifference:
    """Turns of the old and the new text that render the same speech, and what differs in them.

    Marks are ranges of code points in each turn's text, one tuple a turn.
    """

    old: tuple[Turn, ...]
    new: tuple[Turn, ...]
    old_marks: tuple[tuple[Range, ...], ...]
    new_marks: tuple[tuple[Range, ...], ...]

    @property
    def is_same(self) -> bool:
        """Whether not a word differs, nor where the turn begins and ends."""
        return len(self.old) == len(self.new) == 1 and not any((*self.old_marks, *self.new_marks))


def differences(
    overlaying: Overlaying, old_turns: Sequence[Turn], new_turns: Sequence[Turn]
) -> tuple[TurnDifference, ...]:
    """Return old and new turns side by side, from first to last; each is in one row."""
    places = {turn.id: place for place, turn in enumerate(new_turns)}
    alignment = overlaying.alignment
    links: list[list[int]] = []
    for turn in old_turns:
        own = [n for n in overlaying.old.of_turn(turn.id) if alignment.is_kept(n)]
        met = Counter(places[overlaying.new.words[alignment.starts[n]].turn] for n in own)
        links.append([
            place
            for place, count in met.items()
            if 2 * count > min(len(own), len(overlaying.new.of_turn(new_turns[place].id)))
        ])  # fmt: skip
    gone = [alignment.kinship[n] is not Kinship.SAME for n in range(alignment.old_count)]
    come = [kinship is not Kinship.SAME for kinship in alignment.new_kinship]
    rows: list[TurnDifference] = []
    for block in blocks(links, len(new_turns)):
        old, new = old_turns[block.first : block.last], new_turns[block.start : block.end]
        for ours, theirs in [(old, new)] if block.is_linked else _one_by_one(old, new):
            rows.append(
                TurnDifference(
                    tuple(ours),
                    tuple(theirs),
                    tuple(_marks(overlaying.old.of_turn(t.id), overlaying.old.words, gone)
                          for t in ours),
                    tuple(_marks(overlaying.new.of_turn(t.id), overlaying.new.words, come)
                          for t in theirs),
                )
            )  # fmt: skip
    return tuple(rows)


def _one_by_one(
    old: Sequence[Turn], new: Sequence[Turn]
) -> list[tuple[Sequence[Turn], Sequence[Turn]]]:
    count = max(len(old), len(new))
    return [(old[place : place + 1], new[place : place + 1]) for place in range(count)]


def _marks(own: range, words: Sequence[Word], differs: Sequence[Hashable]) -> tuple[Range, ...]:
    """Return where words differ, neighbours in one range."""
    found: list[Range] = []
    last = -2
    for number in own:
        if differs[number]:
            if last == number - 1:
                found[-1] = (found[-1][0], words[number].end)
            else:
                found.append((words[number].start, words[number].end))
            last = number
    return tuple(found)
