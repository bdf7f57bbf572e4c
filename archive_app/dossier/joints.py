"""Where a line may end: between which words, and within which, in the manner of each language.

Between words: no line begins with a dash (Мильчин, Чельцова: Справочник издателя и
автора, 2018, § 28.4; Pravopis srpskoga jezika, 2010), initials stay with the surname,
numbers with what they count, and a word of one letter with the next where it can.
Within words: where ``language.hyphens`` parts them, behind a hyphen or dash that stands
in the word, and in addresses of the web behind their slashes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive_app.dossier.shaping import GOES_ON, HYPHEN, Bank, Shaped
from archive_app.language.hyphens import hyphenate

FREE, SLIGHT, HARD, NEVER = 0.0, 12_000.0, 40_000.0, 1e7
"""What a line's end costs, as squares like the demerits of ``breaking``."""

_DASHES = ("—", "–", "―", "-")
_CLOSING = frozenset("»”“)]}!?.,;:…%‰°")
_OPENING = "«„“\"'([{‘"
_ONE_LETTER = {
    "ru": frozenset("авикосуяжб"),
    "sr": frozenset("аиоусккaiousk"),
    "en": frozenset("ai"),
}
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?){1,3}$")
_HOLDS_NEXT = re.compile(
    r"№|§§?|(?:г|ул|стр|с|гл|рис|им|тов|гр|св|бр|д-р|проф|акад|str|br|sv|dr|prof|god"
    r"|pp?|vol|no|ch|fig|st|mrs?|ms|cf)\.",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:%|гг?|г|в|вв|год[ау]?|годом|лет|века?|месяц(?:а|ев)|дн(?:я|ей)|час(?:а|ов)?|ч|мин(?:ут)?"
    r"|сек|с|к?м|[см]м|кг|т|л|руб(?:лей)?|р|тыс|млн|млрд|процент(?:а|ов)|градус(?:а|ов)"
    r"|godin[ae]|god|veka?|[kcm]?m|k?g|t|l|din(?:ara)?|evra|sat[ia]|h|min(?:uta)?|dana|meseci"
    r"|hilj|mil|годин[ае]|год|динара|евра|сат[иа]|минута|дана|месеци"
    r"|years?|months?|days?|hours?|minutes?|am|pm|a\.m|p\.m|percent)[.,;:!?»”)]*",
)
_STANDING = re.compile(
    r"(?<=[^\W\d_]{2})[-‐](?=[^\W\d_]{3})|(?<=[^\W\d])[–—](?=\w)|(?<=\w)[–—](?=[^\W\d])|(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})"
)
_ADDRESS = re.compile(r"://|^www\.|^[\w.+-]+@[\w-]+\.")
_ADDRESS_JOINT = re.compile(r"(?<=[\w/])[/?&=.#_-](?=\w)|(?<=/)(?=\w)")
_LEAST_TAIL = 3


def cost_between(before: str, after: str, language: str) -> float:
    """Return what it costs to end a line between two words: FREE, SLIGHT, HARD or NEVER."""
    first, last = after[:1], before[-1:]
    if first in _DASHES and (len(after) == 1 or first == "—"):
        return NEVER
    if first in _CLOSING and not after.strip("".join(_CLOSING)):
        return NEVER
    if len(before) < 4:
        bare = before.lstrip(_OPENING).lower()
        if len(bare) == 1 and bare in _ONE_LETTER.get(language[:2], ()):
            return SLIGHT
    if last == ".":
        bare = before.lstrip(_OPENING)
        if _INITIAL.fullmatch(bare) or _HOLDS_NEXT.fullmatch(bare):
            return HARD
    elif last.isdigit():
        if _UNIT.fullmatch(after):
            return HARD
        if first.islower() or first.isdigit():
            return SLIGHT
    elif last in "№§":
        return HARD
    return FREE


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a word may be parted: what stands before and behind it, part by part.

    ``head`` and ``tail`` are (number of the word's part, its glyphs); widths in points.
    """

    head: tuple[tuple[int, Shaped], ...]
    tail: tuple[tuple[int, Shaped], ...]
    head_width: float
    tail_width: float
    is_hyphenation: bool
    """Whether a hyphen is added that the word has not."""
    head_letters: int
    tail_letters: int


def cuts(
    texts: list[str], banks: list[Bank], language: str, *, spoken: int | None = None
) -> tuple[Cut, ...]:
    """Return where a word may be parted, given as the texts and inks of its parts; ascending.

    Of its parts the first ``spoken`` make the word; what follows is a footnote's number.
    """
    word = "".join(texts[:spoken])
    places = dict.fromkeys(hyphenate(word, language), HYPHEN)
    for place in _standing(word):
        places[place] = GOES_ON
    found: list[Cut] = []
    for place in sorted(places):
        if not 0 < place < len(word):
            continue
        heads: list[tuple[int, Shaped]] = []
        tails: list[tuple[int, Shaped]] = []
        at = 0
        for number, (text, bank) in enumerate(zip(texts, banks, strict=True)):
            within = place - at
            if within >= len(text):
                sign = places[place] if within == len(text) else ""
                heads.append((number, bank.shape(text + sign)))
            elif within <= 0:
                tails.append((number, bank.shape(text)))
            else:
                heads.append((number, bank.shape(text[:within] + places[place])))
                tails.append((number, bank.shape(text[within:])))
            at += len(text)
        found.append(
            Cut(
                tuple(heads),
                tuple(tails),
                sum(shaped.width for _, shaped in heads),
                sum(shaped.width for _, shaped in tails),
                places[place] == HYPHEN,
                sum(map(str.isalpha, word[:place])),
                sum(map(str.isalpha, word[place:])),
            )
        )
    return tuple(found)


def _standing(word: str) -> list[int]:
    """Return the places behind the hyphens, dashes and slashes that a word has of its own."""
    pattern = _ADDRESS_JOINT if _ADDRESS.search(word) else _STANDING
    return [
        found.end()
        for found in pattern.finditer(word)
        if len(word) - found.end() >= _LEAST_TAIL and found.end() > 1
    ]
