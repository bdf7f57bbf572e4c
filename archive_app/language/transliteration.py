"""Names from one script to the other.

Russian has several romanisations in use at once: passports follow ICAO Doc 9303
(part 3, section 6), maps BGN/PCGN 1947, scholars the scientific one (ISO/R 9:1968),
Serbian readers their own alphabet (Sergej), and people whatever they like.
``romanise`` writes by one of them, ``romanisations`` lists the ways a name may
have been written at all. Serbian's two alphabets map letter to letter, but for
the few words where n and j, or d and ž, meet across a seam.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Literal

Scheme = Literal["icao", "bgn", "scientific", "serbian", "informal"]
SCHEMES: tuple[Scheme, ...] = ("icao", "bgn", "scientific", "serbian", "informal")

_RU = "абвгдезийклмнопрстуфыэ"
_PLAIN = dict(zip(_RU, "abvgdeziyklmnoprstufye", strict=True)) | {"ъ": "", "ь": ""}
_DIGRAPHS = {"ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
_SLAVIC = {"ж": "ž", "ц": "c", "ч": "č", "ш": "š", "щ": "šč", "й": "j", "ю": "ju", "я": "ja"}

_TABLES: dict[Scheme, dict[str, str]] = {
    # ICAO Doc 9303-3: й and и are i, ъ is ie, ё is e.
    "icao": _PLAIN | _DIGRAPHS | {"й": "i", "ъ": "ie", "ю": "iu", "я": "ia"},
    # BGN/PCGN 1947 without its primes; е is ye at the start and after vowels, ъ, ь.
    "bgn": _PLAIN | _DIGRAPHS | {"ё": "ë", "ю": "yu", "я": "ya"},
    # ISO/R 9:1968 with x as h's usual sister ch left to the informal ways; primes kept.
    "scientific": _PLAIN | _SLAVIC | {"х": "ch", "ё": "ë", "э": "è", "ь": "ʹ", "ъ": "ʺ"},
    # As Serbian papers spell Russian names, letter by letter.
    "serbian": _PLAIN | _SLAVIC | {"х": "h", "ё": "jo", "ы": "i"},
    "informal": _PLAIN | _DIGRAPHS | {"ё": "yo", "х": "h", "й": "y", "ю": "yu", "я": "ya"},
}

_VOWELS = "аеёиоуыэюя"

_SR: dict[str, str] = dict(
    zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)
) | {
    "љ": "lj",
    "њ": "nj",
    "џ": "dž",
}
_SR_BACK: dict[str, str] = {latin: cyrillic for cyrillic, latin in _SR.items()} | {
    "q": "к",
    "w": "в",
    "x": "кс",
    "y": "ј",
}
_SR_PIECES = re.compile("lj|nj|dž|.", re.DOTALL)
SERBIAN_SEAMS = re.compile(
    r"^(?:nad(?!ža[kc])|pod|od(?!ža[kcč])|pred)(?=ž)"
    r"|n(?=jek[ct])|(?<=va)n(?=jezi)|(?<=ko)n(?=junk|jug)|(?<=ta)n(?=jug)"
)
"""Where d and ž, n and j are two letters, in small Latin letters: each match ends between them.

Prefixes before ž (nadživeti, but not nadžak and odžak), n before j in foreign words
(injekcija, konjunkcija, Tanjug) and behind a prefix (vanjezički).
"""


def _like(written: str, text: str) -> str:
    """Return ``text`` with the capitals of ``written``: none, the first, or all."""
    letters = [c for c in written if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return text.upper()
    return text[:1].upper() + text[1:] if written[:1].isupper() else text


def romanise(text: str, scheme: Scheme = "bgn") -> str:
    """Return Russian text in Latin letters by one scheme; other letters stay.

    The endings -ий and -ый become -y by the informal scheme and -iy, -yy, -ii, -ij by
    the others; capitals follow the original word by word.
    """
    return re.sub(r"[^\W\d_]+", lambda m: _like(m[0], _romanise(m[0].lower(), scheme)), text)


def _romanise(word: str, scheme: Scheme) -> str:
    table = _TABLES[scheme]
    if scheme == "informal":
        word = re.sub("[иы]й$", "й", word)
    letters: list[str] = []
    for place, letter in enumerate(word):
        starts_syllable = place == 0 or word[place - 1] in _VOWELS + "ъь"
        if letter == "е" and starts_syllable and scheme in ("bgn", "informal"):
            letters.append("ye")
        elif letter == "е" and place == 0 and scheme == "serbian":
            letters.append("je")
        else:
            letters.append(table.get(letter, letter))
    return "".join(letters)


# How other languages' papers and books spell Russian names, where English does not:
# Duden's transcription, the French of passports until 1997, Polish.
_GU = {"ґ": "gu"}
"""French keeps the sound of г before e and i so: Serguei."""
_ABROAD: tuple[dict[str, str], ...] = (
    _PLAIN
    | _GU
    | {"в": "w", "ж": "sch", "з": "s", "й": "i", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch"}
    | {"щ": "schtsch", "ё": "jo", "ю": "ju", "я": "ja"},
    _PLAIN
    | _GU
    | {"ж": "j", "й": "i", "у": "ou", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch"}
    | {"щ": "chtch", "ё": "io", "ю": "iou", "я": "ia"},
    _PLAIN
    | _GU
    | {"в": "w", "ж": "ż", "й": "j", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz"}
    | {"щ": "szcz", "ё": "io", "ю": "iu", "я": "ia"},
)
_ABROAD_ENDINGS = (
    ("[иы]й$", ("y", "i", "ij")),
    ("([оеё])в$", (r"\1w", r"\1ff", r"\1v")),
)


def _abroad(word: str) -> Iterator[str]:
    """Yield a word as German, French and Polish readers know it: Kusnezow, Tchaikovsky."""
    for table in _ABROAD:
        spellings = [(word, "")]
        for pattern, endings in _ABROAD_ENDINGS:
            if found := re.search(pattern, word):
                spellings = [(word[: found.start()], found.expand(end)) for end in endings]
        for stem, ending in spellings:
            tail = "".join(table.get(c, c) for c in ending)
            for text in dict.fromkeys((stem, re.sub("г(?=[еи])", "ґ", stem))):
                yield "".join(table.get(c, c) for c in text) + tail


# The ways a letter is met with, most usual first. Accents are left out: skeletons have none.
_WAYS: dict[str, tuple[str, ...]] = {
    "а": ("a",),
    "б": ("b",),
    "в": ("v", "w"),
    "г": ("g", "gh"),
    "д": ("d",),
    "е": ("e",),
    "ё": ("e", "yo", "jo", "io", "o", "ye"),
    "ж": ("zh", "z", "j"),
    "з": ("z", "s"),
    "и": ("i",),
    "й": ("y", "i", "j"),
    "к": ("k", "c"),
    "л": ("l",),
    "м": ("m",),
    "н": ("n",),
    "о": ("o",),
    "п": ("p",),
    "р": ("r",),
    "с": ("s",),
    "т": ("t",),
    "у": ("u", "ou"),
    "ф": ("f", "ph"),
    "х": ("kh", "h", "x", "ch"),
    "ц": ("ts", "c", "tz"),
    "ч": ("ch", "c", "tch"),
    "ш": ("sh", "s", "sch"),
    "щ": ("shch", "sc", "sch", "sh"),
    "ъ": ("", "ie"),
    "ы": ("y", "i"),
    "ь": ("", "'", "j"),
    "э": ("e",),
    "ю": ("yu", "iu", "ju", "u"),
    "я": ("ya", "ia", "ja", "a"),
}
_CLUSTERS: dict[str, tuple[str, ...]] = {
    "кс": ("ks", "x"),
    "дж": ("dzh", "j", "dz"),
    "ий$": ("iy", "y", "ii", "ij", "i"),
    "ый$": ("yy", "y", "yi", "yj", "ij", "i"),
    "ия": ("iya", "ia", "ija", "iia", "ya"),
    "ье": ("ye", "ie", "e", "je", "'e", "'ye"),
    "ьё": ("yo", "io", "ye", "e", "jo", "'e"),
    "ья": ("ya", "ia", "ja", "'ya", "iya"),
    "ью": ("yu", "iu", "ju", "'yu"),
    "ов$": ("ov", "off", "ow"),
    "ёв$": ("yov", "ev", "eff", "ov", "iov"),
    "ев$": ("ev", "eff", "ew", "yev"),
}
_PIECES = re.compile("|".join([*sorted(_CLUSTERS, key=len, reverse=True), "."]), re.DOTALL)


def _ways(piece: str, before: str) -> tuple[str, ...]:
    if piece in _CLUSTERS:
        return _CLUSTERS[piece]
    if piece + "$" in _CLUSTERS:
        return _CLUSTERS[piece + "$"]
    if piece == "е" and (not before or before[-1] in _VOWELS + "ъь"):
        return "e", "ye", "je", "ie"
    return _WAYS.get(piece, (piece,))


def _pared(choices: Sequence[tuple[str, ...]], limit: int) -> list[tuple[str, ...]]:
    """Return the choices with the least usual ways dropped until their product fits."""
    pared = list(choices)
    while True:
        size = 1
        for ways in pared:
            size *= len(ways)
        if size <= limit:
            return pared
        widest = max(range(len(pared)), key=lambda place: len(pared[place]))
        pared[widest] = pared[widest][:-1]


def romanisations(word: str, *, limit: int = 200) -> tuple[str, ...]:
    """Return the ways one Russian word may be written in Latin letters, without accents.

    Every scheme's own way comes first, then those of other languages, then mixtures of
    the usual ways for each letter, ``limit`` of them at most. Small letters.
    """
    word = word.lower()
    found = dict.fromkeys((*(_romanise(word, scheme) for scheme in SCHEMES), *_abroad(word)))
    choices = [_ways(piece[0], word[: piece.start()]) for piece in _PIECES.finditer(word)]
    for letters in product(*_pared(choices, limit)):
        found["".join(letters)] = None
    return tuple(found)


# -- Serbian -------------------------------------------------------------------------------


def serbian_latin(text: str) -> str:
    """Return Serbian Cyrillic text in Latin letters: ЉУБАВ is LJUBAV, Љубав is Ljubav."""

    def word(found: re.Match[str]) -> str:
        return _like(found[0], "".join(_SR.get(c, c) for c in found[0].lower()))

    return re.sub(r"[^\W\d_]+", word, text)


def serbian_cyrillic(text: str) -> str:
    """Return Serbian Latin text in Cyrillic letters.

    lj, nj and dž are one letter but where they meet across a seam (nadživeti,
    konjunkcija, injekcija); q, w, x, y go by sound.
    """

    def word(found: re.Match[str]) -> str:
        divided = SERBIAN_SEAMS.sub(lambda seam: seam[0] + "\0", found[0].lower())
        pieces: list[str] = _SR_PIECES.findall(divided)
        letters = (_SR_BACK.get(piece, piece) for piece in pieces)
        return _like(found[0], "".join(letters).replace("\0", ""))

    return re.sub(r"[^\W\d_]+", word, text)


# Russian spells softness in the vowel that follows: Љубица is Любица, Његош is Негош.
_SOFT_VOWELS = dict(zip("аеиоу", "яеиёю", strict=True))
_SR_TO_RU = {"љ": "ль", "њ": "нь", "ђ": "дж", "ћ": "ч", "џ": "дж", "ј": "й"}
_SR_SOFT = re.compile("([љњј]?)([аеиоу])|(.)", re.DOTALL)


def russian_from_serbian(word: str) -> str:
    """Return a Serbian Cyrillic name as Russian papers spell it, small letters: Миља is Миля.

    By the practical transcription; јо is йо (Йованович), and р and other letters stay.
    """

    def piece(found: re.Match[str]) -> str:
        soft, vowel, other = found.groups()
        if other is not None:
            return _SR_TO_RU.get(other, other)
        if not soft:
            return vowel
        if soft == "ј":
            return "йо" if vowel == "о" else _SOFT_VOWELS[vowel]
        return _SR_TO_RU[soft][0] + _SOFT_VOWELS[vowel]

    return _SR_SOFT.sub(piece, word.lower())


# -- Latin to Russian ------------------------------------------------------------------------

_BACK: dict[str, tuple[str, ...]] = {
    "shch": ("щ",),
    "šč": ("щ",),
    "sch": ("ш", "щ"),
    "tch": ("ч",),
    "sh": ("ш",),
    "š": ("ш",),
    "zh": ("ж",),
    "ž": ("ж",),
    "kh": ("х",),
    "ts": ("ц", "тс"),
    "tz": ("ц",),
    "ch": ("ч", "х"),
    "č": ("ч",),
    "ć": ("ч",),
    "dž": ("дж",),
    "đ": ("дж",),
    "dj": ("дж", "дь"),
    "ph": ("ф",),
    "th": ("т",),
    "ck": ("к",),
    "ff": ("в", "фф"),
    "yu": ("ю",),
    "iu": ("ю", "иу"),
    "ju": ("ю", "йу", "джу"),
    "ya": ("я", "ья"),
    "ja": ("я", "ья", "йа", "джа"),
    "ia": ("ия", "я", "ья", "иа"),
    "yo": ("ё", "йо"),
    "jo": ("ё", "йо", "джо"),
    "io": ("ио", "ё"),
    "ye": ("е", "ье"),
    "je": ("е", "ье", "йе", "дже"),
    "ie": ("ие", "ье", "е"),
    "lj": ("ль",),
    "nj": ("нь",),
    "x": ("кс", "х"),
    "w": ("в", "у"),
    "q": ("к",),
    "c": ("к", "ц"),
    "h": ("х", "г", ""),
    "e": ("е", "э", "ё"),
    "o": ("о", "ё"),
    "y": ("й", "ы", "и"),
    "j": ("й", "дж", "ж"),
    "z": ("з", "ж"),
    "s": ("с", "ш"),
    "i": ("и", "й"),
    "l": ("л", "ль"),
    "n": ("н", "нь"),
    "r": ("р", "рь"),
    "t": ("т", "ть"),
    "'": ("ь",),
    "ʹ": ("ь",),
}
_BACK_PLAIN: dict[str, str] = dict(zip("abvgdkmpuf", "абвгдкмпуф", strict=True))
_BACK_END = {"iy": "ий", "ij": "ий", "ii": "ий", "yi": "ый", "yy": "ый", "y": "ий", "off": "ов"}
_BACK_PIECES = re.compile("|".join([*sorted(_BACK, key=len, reverse=True), "."]), re.DOTALL)


def russian_candidates(word: str, *, limit: int = 3000) -> Iterable[str]:
    """Yield the Russian words that a Latin one may stand for, the likeliest first, small letters.

    Most are not words at all: whoever asks keeps those that a dictionary knows.
    """
    word = word.lower()
    for ending, cyrillic in _BACK_END.items():
        if word.endswith(ending) and word[: -len(ending)][-1:] not in "aeiou":
            stems = russian_candidates(word[: -len(ending)], limit=limit // 2)
            yield from (stem + cyrillic for stem in stems)
            break
    pieces: list[str] = _BACK_PIECES.findall(word)
    choices = [_BACK.get(piece) or (_BACK_PLAIN.get(piece, piece),) for piece in pieces]
    for letters in product(*_pared(choices, limit)):
        yield "".join(letters)
