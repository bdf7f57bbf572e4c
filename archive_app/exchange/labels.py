"""Speakers' names at the head of a line: "ИВАН: …", "ŽIVKOVIĆ: …", "Vadim: …".

Told by shape in any script, and believed only where the file as a whole speaks
for it, so that a sentence with a colon in it ("Как вы отвечаете на вопрос: …")
makes no speaker.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_CANDIDATE = re.compile(r"\s{0,9}([^:：\n]{1,60}?)\s{0,9}(?::(?=\s|$)|：)\s{0,9}")
_PARTICLES = frozenset(
    ("von", "van", "de", "da", "di", "del", "der", "la", "le", "du", "al", "bin", "фон", "де", "и")
)
_INNER = frozenset("'’.-‑_#&/")
_MOST_VOICES = 200
"""A file with more names in capitals at line heads is no conversation."""

_SENTENCE = r"[.?!…][\"”»’)\]]*\s+"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line's speaker and the words behind the label, which begin at ``offset``."""

    speaker: str
    rest: str
    offset: int


def candidate(line: str) -> Labelled | None:
    """Return the label a line begins with, if it has the shape of one."""
    match = _CANDIDATE.match(line)
    if match is None or not shape(match[1]):
        return None
    return Labelled(match[1].strip(), line[match.end() :], match.end())


def shape(label: str) -> str:
    """Return "strong" for capitals only, "weak" for a name's capitals, "" for no label.

    Marks (combining accents) go with their letters; scripts without case are weak.
    """
    words = label.split()
    if not 1 <= len(words) <= 5 or not any(c.isalpha() for c in label):
        return ""
    for word in words:
        if not all(_fits(c) for c in word):
            return ""
        if "." in word and len(word) > 4:
            return ""
    if not any(c.isalpha() for c in words[0]):
        return ""
    if not any(c.islower() for c in label):
        return "strong" if any(c.isupper() for c in label) else ("weak" if len(words) < 3 else "")
    for i, word in enumerate(words):
        first = next((c for c in word if c.isalpha()), "")
        is_small = bool(first) and first.islower()
        if is_small and (i == 0 or word.lower() not in _PARTICLES):
            return ""
    return "weak"


def _fits(character: str) -> bool:
    return character in _INNER or unicodedata.category(character)[0] in "LMN"


def accepted_labels(lines: Iterable[str], *, units: int) -> frozenset[str]:
    """Return the labels to believe, of all that begin one of ``lines``.

    Args:
        lines: lines (or paragraphs) at whose head a label may stand.
        units: how many cues or paragraphs the file has, to weigh them against.

    Capitals are believed if the same label comes twice, if another one in
    capitals does, or if every fifth unit has one. Names in small letters need
    to come twice and in every twentieth unit, or stand at every third unit.
    """
    strong: Counter[str] = Counter()
    weak: Counter[str] = Counter()
    for line in lines:
        if found := candidate(line):
            counter = strong if shape(found.speaker) == "strong" else weak
            counter[found.speaker] += 1
    units = max(units, 1)
    believed: set[str] = set()
    if strong and (max(strong.values()) >= 2 or len(strong) >= 2 or strong.total() * 5 >= units):
        believed |= set(strong)
    share = (weak.total() + (strong.total() if believed else 0)) / units
    if share >= 1 / 3:
        believed |= set(weak)
    elif weak.total() / units >= 1 / 20:
        believed |= {label for label, count in weak.items() if count >= 2}
    return frozenset(believed)


def split_label(line: str, accepted: frozenset[str]) -> Labelled | None:
    """Return the line's speaker and rest, if it begins with a label that is believed."""
    found = candidate(line)
    return found if found and found.speaker in accepted else None


@lru_cache(maxsize=4)
def _inner_pattern(accepted: frozenset[str]) -> re.Pattern[str] | None:
    strong = sorted((x for x in accepted if shape(x) == "strong"), key=len, reverse=True)
    if not strong or len(strong) > _MOST_VOICES:
        return None
    return re.compile(rf"(?<=\s)(?:{'|'.join(map(re.escape, strong))}) ?:(?=\s)\s{{0,9}}")


def inner_labels(text: str, accepted: frozenset[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, speaker) of labels in capitals within a paragraph.

    Typists forget line breaks ("… students? DUARTE: There were …"). Only labels
    that are believed, in capitals, and behind the end of a sentence count.
    """
    pattern = _inner_pattern(accepted)
    if pattern is None or ":" not in text:
        return []
    return [
        (match.start(), match.end(), match[0].rstrip().rstrip(":").rstrip())
        for match in pattern.finditer(text)
        if re.search(_SENTENCE + r"$", text[max(0, match.start() - 12) : match.start()])
    ]


# A mark that no one types and no one sees: in files of our own it says "what
# follows is text, no label", or keeps a colon inside a name from ending it.
GUARD = "\u2060"
_COVER = "\u200b"


def write_labelled(speaker: str, text: str) -> str:
    """Return "SPEAKER: text" so that ``read_labelled`` gives both back exactly."""
    if not speaker:
        is_plain = not text.startswith(GUARD) and not re.search(r":( |$)", text)
        return text if is_plain else GUARD + text
    inner = speaker.replace(GUARD, GUARD + GUARD)
    inner = re.sub(r":(?= )", ":" + GUARD, inner)
    if inner.startswith((GUARD, _COVER)):
        inner = _COVER + inner
    return f"{inner}: {text}"


def read_labelled(line: str) -> tuple[str, str]:
    """Return speaker and text of what ``write_labelled`` wrote."""
    if line.startswith(GUARD):
        return "", line[1:]
    match = re.search(r":( |$)", line)
    if match is None:
        return "", line
    inner, text = line[: match.start()], line[match.end() :]
    inner = inner.removeprefix(_COVER)
    inner = inner.replace(GUARD + GUARD, "\0").replace(GUARD, "").replace("\0", GUARD)
    return inner, text
