"""What may stand in a dossier's file: the strings that were released for it, ready to be found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from archive_app.domain.citation import cite_interview
from archive_app.domain.citation_source import source_of
from archive_app.domain.citation_styles import CitationStyle, cite
from archive_app.domain.proof import Where
from archive_app.translation import tr
from archive_app.work.proof_blocks import Block, bare

if TYPE_CHECKING:
    from archive_app.dossier.contents import DossierContents

_PAGES = r"(?:\d{1,5}|[ivxlcdm]{1,12})"
_PAGE_LIST = re.compile(rf"(?:[,;·.…–—-]*{_PAGES})*[,;·.…–—-]*\Z")
"""What stands behind an entry of the contents or the index: leaders, pages, ranges of pages."""
_NUMBER = re.compile(r"[\W\d_]{0,6}\Z")
_SEPARATORS = re.compile(r"[,;–-]+(?=[,;.–-]|\Z)")
"""What is left between the pages of an entry once these are taken out."""
_ENDS = ",;·.…–—-:"
_LONGEST_LIST = 2000
"""Characters of pages behind one entry."""
_MOST_PIECES = 4
_ALIKE = 0.5
_COMPARED = 1500


class Expected:
    """Every string that may stand in the file, and how often each was told."""

    def __init__(self, strings: Iterable[str], citations: Iterable[str] = ()) -> None:
        self.counts = Counter(map(bare, strings))
        del self.counts[""]
        self._entries = {key.rstrip(_ENDS) for key in self.counts} - {""}
        self._unpaged = {_SEPARATORS.sub("", key) for key in self.counts} - {""}
        self._citations = {key for key in map(bare, citations) if key}
        self._by_start: dict[str, list[str]] = {}
        for key in self.counts:
            self._by_start.setdefault(key[:2], []).append(key)

    @staticmethod
    def of(contents: DossierContents) -> Expected:
        """Return what a dossier's own stream of blocks tells, and what links are called."""
        from archive_app.dossier.build import released_strings

        links = (tr("To the footnote"), tr("Within this dossier"))
        return Expected((*released_strings(contents), *links), _citations(contents))

    def holds(self, text: str) -> bool:
        """Tell whether a string was released for the file."""
        key = bare(text)
        return not key or key in self.counts

    def explains(self, block: Block) -> bool:
        """Tell whether a paragraph is made of released strings, and of pages' numbers."""
        if any(not key or key in self.counts or _NUMBER.match(key) for key in block.keys):
            return True
        key = block.words_key
        if block.linked != block.words:
            entry = _SEPARATORS.sub("", bare(block.linked))
            if not entry or entry in self._unpaged or self._is_entry(entry):
                return True
        if self._is_entry(key):
            return True
        return self._is_sequence(key)

    def explains_artifact(self, text: str, label: str) -> bool:
        """Tell whether what is drawn around the text is expected on a page numbered ``label``."""
        key = bare(text)
        if key == bare(label) or _NUMBER.match(key) or key in self.counts:
            return True
        if key.endswith("…") and len(key) > 8:
            # A running head that was too long is cut.
            return any(held.startswith(key[:-1]) for held in self._by_start.get(key[:2], ()))
        return self._is_sequence(key)

    def nearest(self, key: str) -> str:
        """Return the expected string that one most resembles, "" if none does."""
        best, found = _ALIKE, ""
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(key[:_COMPARED])
        for held in self.counts:
            if not len(key) / 2 <= len(held) <= 2 * len(key) + 8:
                continue
            matcher.set_seq1(held[:_COMPARED])
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
                ratio = matcher.ratio()
                if ratio > best:
                    best, found = ratio, held
        return found

    def place(self, block: Block, nearest: str) -> Where:
        """Return what kind of place a paragraph is, by the expected one that it resembles."""
        is_cited = nearest and any(each in nearest or nearest in each for each in self._citations)
        return Where.CITATION if is_cited and block.where is Where.TEXT else block.where

    def _is_entry(self, key: str) -> bool:
        """Tell whether a text is an entry with the pages it stands on."""
        at = len(key)
        while at > max(len(key) - _LONGEST_LIST, 0):
            if key[:at].rstrip(_ENDS) in self._entries and _PAGE_LIST.match(key[at:]):
                return True
            at -= 1
            if not (key[at].isdigit() or key[at] in _ENDS or key[at] in "ivxlcdm"):
                return False
        return False

    def _is_sequence(self, key: str) -> bool:
        """Tell whether a text is a few released strings one after another."""
        reached = {0}
        for _ in range(_MOST_PIECES):
            reached = {end for at in reached for end in self._ends(key, at)}
            if len(key) in reached:
                return True
        return False

    def _ends(self, key: str, at: int) -> Iterator[int]:
        starts = {key[at : at + 2], key[at : at + 1]}
        for start in starts:
            for held in self._by_start.get(start, ()):
                if key.startswith(held, at):
                    yield at + len(held)


def _citations(contents: DossierContents) -> Iterator[str]:
    """Yield how the interviews are cited, and the label that such a citation stands below."""
    from archive_app.dossier.contents import interviews_of

    for interview in interviews_of(contents):
        yield cite_interview(interview)
        for style in CitationStyle:
            cited = cite(source_of(interview), style)
            yield cited.reference
            yield cited.note
