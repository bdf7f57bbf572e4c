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

# Captions for the deaf set ">>" or a dash before who speaks next.
_SIGN = r"\s{0,9}(?:(?:>{2,3}|[-–—])\s{0,3})?"
_CANDIDATE = re.compile(rf"{_SIGN}([^:：\n]{{1,60}}?)\s{{0,9}}(?::(?=\s|$)|：)\s{{0,9}}")
_CLOSE_UP = re.compile(rf"{_SIGN}([^:\n]{{1,60}}?):(?=[^\W\d_])")
_BRACKETED = re.compile(rf"{_SIGN}\[([^\[\]\n]{{1,60}})\]\s{{0,9}}(:?)\s{{0,9}}(?=\S)")
_UNLIKE_A_NAME = re.compile(r"[.?!…;]\s|[?!…;\"«»“”<>\[\]{}|=/\\]|\bhttps?$")
_NOISE = re.compile(
    r"laugh|chuckl|applau|music|pause|silence|crosstalk|inaudible|unclear|sic\b|cough|sigh|end of|"
    r"смех|сме[её]тся|аплод|музык|пауза|неразб|вздох|тишина|конец|"
    r"sme[hj]|aplauz|muzika|pauza|nerazum|tišina|kraj|смеј|аплауз|неразум|крај",
    re.IGNORECASE,
)
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
    """Return the label a line begins with, if it has the shape of one.

    No space need follow the colon of a label in capitals ("АНА:Где?").
    """
    found = _before_colon(line)
    if found is not None:
        return found if shape(found.speaker) else None
    match = _CLOSE_UP.match(line)
    if match is None or shape(match[1]) != "strong":
        return None
    return Labelled(match[1].strip(), line[match.end() :], match.end())


def _before_colon(line: str) -> Labelled | None:
    match = _CANDIDATE.match(line)
    return Labelled(match[1].strip(), line[match.end() :], match.end()) if match else None


def _in_brackets(line: str) -> tuple[Labelled, str] | None:
    """Return the name in brackets a line begins with, and the colon behind it, if any."""
    match = _BRACKETED.match(line)
    if match is None or _NOISE.search(match[1]) or not shape(match[1].strip()):
        return None
    return Labelled(match[1].strip(), line[match.end() :], match.end()), match[2]


def _bracket(speaker: str) -> str:
    """Return the form in which a label in brackets stands among the labels that are believed."""
    return f"[{speaker}]"


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


def is_name(line: str) -> bool:
    """Tell whether a line could be a speaker's name and nothing else ("Petrova, Anna (Guest)")."""
    line = line.strip()
    words = re.sub(r"[,()]", " ", line).split()
    if not 1 <= len(words) <= 5 or len(line) > 60 or line.endswith((",", ".")):
        return False
    return bool(shape(" ".join(words)))


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
    Of any other shape ("Vadim's iPhone", "ana (guest)") they are believed where
    almost every unit begins with one that comes again. Labels in brackets are
    returned with these; without a colon, names in small letters need to come
    twice and at every third unit.
    """
    strong: Counter[str] = Counter()
    weak: Counter[str] = Counter()
    odd: Counter[str] = Counter()
    bracketed: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    for line in lines:
        if found := candidate(line):
            counter = strong if shape(found.speaker) == "strong" else weak
            counter[found.speaker] += 1
        elif (found := _before_colon(line)) and not _UNLIKE_A_NAME.search(found.speaker):
            odd[found.speaker] += 1
        elif inside := _in_brackets(line):
            is_plain = bool(inside[1]) or shape(inside[0].speaker) == "strong"
            (bracketed if is_plain else doubtful)[_bracket(inside[0].speaker)] += 1
    units = max(units, 1)
    believed: set[str] = set()
    if strong and (max(strong.values()) >= 2 or len(strong) >= 2 or strong.total() * 5 >= units):
        believed |= set(strong)
    share = (weak.total() + (strong.total() if believed else 0)) / units
    if share >= 1 / 3:
        believed |= set(weak)
    elif weak.total() / units >= 1 / 20:
        believed |= {label for label, count in weak.items() if count >= 2}
    again = {label for label, count in odd.items() if count >= 2}
    named = sum(odd[label] for label in again) + weak.total() + strong.total()
    if again and named >= 3 and named / units >= 0.7:
        believed |= set(weak) | set(strong) | again
    believed |= {x for x, n in bracketed.items() if n >= 2 or len(bracketed) >= 2}
    if max(doubtful.values(), default=0) >= 2 and doubtful.total() / units >= 1 / 3:
        believed |= set(doubtful)
    return frozenset(believed)


def split_label(line: str, accepted: frozenset[str]) -> Labelled | None:
    """Return the line's speaker and rest, if it begins with a label that is believed."""
    for found in (candidate(line), _before_colon(line)):
        if found and found.speaker in accepted and not found.speaker.startswith("["):
            return found
    inside = _in_brackets(line)
    return inside[0] if inside and _bracket(inside[0].speaker) in accepted else None


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
