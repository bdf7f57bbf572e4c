"""Finding and replacing in a transcript: what is sought, what was found, and the edits.

The search itself stands in ``work.replacing``: it reads words in any script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive_app.domain.records import Span
from archive_app.domain.spans import TextEdit, minimal_edit


@dataclass(frozen=True, slots=True)
class Sought:
    """What to find: the text as typed, letter for letter."""

    text: str
    is_case_sensitive: bool = False
    is_whole_words: bool = False
    is_any_script: bool = False
    """Serbian in either script, with and without accents."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where it was found, with what a preview shows."""

    turn: int
    start: int
    end: int
    before: str
    """Up to 40 code points of the same turn's text."""
    found: str
    after: str
    """Up to 40 code points of the same turn's text."""
    replacement: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.turn, self.start, self.turn, self.end)

    def still_stands(self, text: str) -> bool:
        """Say whether the turn's text is, here and close by, what the preview showed."""
        low, high = self.start - len(self.before), self.end + len(self.after)
        return low >= 0 and text[low:high] == self.before + self.found + self.after


def replacing_edits(hits: Iterable[Hit], edges: Mapping[int, Sequence[int]]) -> list[TextEdit]:
    """Return the edits that put the replacements in place, the last of each turn first.

    Each replaces the whole of what was found, so that a tag on exactly those words
    comes to lie on the new ones. ``edges`` are, by turn, the offsets at which tags
    and closed passages begin or end: where one falls inside of what was found, only
    the letters that differ are replaced, and it stays between its letters if it can.
    """
    edits: list[TextEdit] = []
    for hit in sorted(hits, key=lambda one: (one.turn, -one.start)):
        if hit.replacement == hit.found:
            continue
        if any(hit.start < edge < hit.end for edge in edges.get(hit.turn, ())):
            smallest = minimal_edit(hit.found, hit.replacement, turn=hit.turn)
            if smallest is not None:
                edits.append(
                    TextEdit(
                        hit.turn,
                        hit.start + smallest.start,
                        hit.start + smallest.end,
                        smallest.text,
                    )
                )
        else:
            edits.append(TextEdit(hit.turn, hit.start, hit.end, hit.replacement))
    return edits
