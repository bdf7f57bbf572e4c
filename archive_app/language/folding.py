"""One form for a word in whichever script, case and accents it was written.

Three forms, from the strictest to the loosest:

``exact_form``
    What a quoted search compares. It takes away only what a reader does not
    read: upper case, the difference of composed and decomposed letters (NFC),
    stress marks, soft hyphens and zero-width characters. Script, ё and accents
    stay: "Beograd" and "Београд" are two exact forms.

``to_latin``
    Cyrillic in the Latin letters of Serbian, so that both scripts meet:

    * Serbian: а–ш as a–š, ђ=đ, ј=j, љ=lj, њ=nj, ћ=ć, џ=dž.
    * đ is written out as dj (Đorđe = Ђорђе = Djordje); "nadjačati" is not harmed,
      for it only ever meets itself.
    * Russian: ё=е, й=j, ю=ju, я=ja, щ=šč, х=h, ц=c. So мобилизация =
      mobilizacija = мобилизација, and a recogniser's "Србия" meets "Србија".
      ы, э, ь and ъ have no Serbian letter and stay as they are.
    * Ukrainian і=i, ї=ji, є=je, ґ=g; Belarusian ў=u; Macedonian ѓ=gj, ќ=kj, ѕ=dz.
    * č, ć, š and ž stay; all other accents go (é=e, ü=u, ł=l, ø=o, æ=ae).
    * A word that mixes both scripts (recognisers do it, and look-alike letters
      are typed) is first read in one of them: if all its Latin letters have a
      Cyrillic look-alike they are taken for it, else the other way round.

``fold``
    ``to_latin`` without the accents on c, s and z: šišanje = sisanje.

Each is a function of the word alone, so comparing forms is symmetric (law 19).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SERBIAN = dict(
    zip(
        "абвгдежзијклмнопрстуфхцчшћ",
        "abvgdežzijklmnoprstufhcčšć",
        strict=True,
    )
)
_FURTHER = {
    "ђ": "dj", "љ": "lj", "њ": "nj", "џ": "dž",
    "ё": "e", "й": "j", "ю": "ju", "я": "ja", "щ": "šč", "ѐ": "e", "ѝ": "i",
    "і": "i", "ї": "ji", "є": "je", "ґ": "g", "ў": "u",
    "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "ѣ": "e", "ѳ": "f", "ѵ": "i",
    "đ": "dj", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "þ": "th",
    "ǆ": "dž", "ǉ": "lj", "ǌ": "nj",
}  # fmt: skip
_CARONS = "čćšž"
_STAYING_CYRILLIC = "ыэьъ"
_STRESS = "\u0300\u0301\u0302\u0304\u030f\u0311"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

# Letters of one script that a reader takes for one of the other, lower case.
_LOOKS_CYRILLIC = dict(zip("aeopcyxkmtbhij", "аеорсухкмтвніј", strict=True)) | {"h": "н"}
_LOOKS_LATIN = {cyrillic: latin for latin, cyrillic in _LOOKS_CYRILLIC.items()} | {
    "ё": "ë", "к": "k", "в": "b", "н": "h", "т": "t", "м": "m",
}  # fmt: skip

_DROP_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))
_DROP_STRESS = dict.fromkeys(map(ord, _STRESS))
_STRESSED = {ord("ѐ"): "е", ord("ѝ"): "и"}


def _latin_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(c): latin for c, latin in (_SERBIAN | _FURTHER).items()}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0x400, 0x530)]:
        letter = chr(code)
        if code in table or letter in _CARONS or letter in _STAYING_CYRILLIC:
            continue
        base = unicodedata.normalize("NFD", letter)[0]
        if base != letter:
            table[code] = table.get(ord(base), base)
    for code in range(0x300, 0x370):
        table[code] = None
    return table


_TO_LATIN = _latin_table()
_BALD = str.maketrans("čćšž", "ccsz")


@lru_cache(maxsize=1 << 17)
def exact_form(word: str) -> str:
    """Return what a quoted search compares: NFC, no case, no stress marks, nothing invisible."""
    if word.isascii():
        return word.lower()
    text = word.translate(_DROP_INVISIBLE)
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return text.translate(_DROP_STRESS).translate(_STRESSED)


def in_one_script(word: str) -> str:
    """Return a lower-case word that mixes Latin and Cyrillic, read in one of the two.

    Other words come back as they are.
    """
    latin = {c for c in word if "a" <= c <= "z" or "\xdf" <= c <= "\u024f"}
    if not latin:
        return word
    cyrillic = {c for c in word if "\u0400" <= c <= "\u052f"}
    if not cyrillic:
        return word
    if latin <= _LOOKS_CYRILLIC.keys():
        return "".join(_LOOKS_CYRILLIC.get(c, c) for c in word)
    if cyrillic <= _LOOKS_LATIN.keys():
        return "".join(_LOOKS_LATIN.get(c, c) for c in word)
    return word


@lru_cache(maxsize=1 << 17)
def to_latin(word: str) -> str:
    """Return a word in lower-case Latin letters; č, ć, š, ž and Russian ы, э, ь, ъ stay."""
    text = exact_form(word)
    if text.isascii():
        return text
    return in_one_script(text).translate(_TO_LATIN)


def fold(word: str) -> str:
    """Return the form that a word shares with itself in the other script and without accents."""
    return to_latin(word).translate(_BALD)


def bald(latin: str) -> str:
    """Return Latin text without the accents of č, ć, š and ž."""
    return latin.translate(_BALD)


def has_cyrillic(word: str) -> bool:
    """Whether a letter of the word is Cyrillic."""
    return any("\u0400" <= c <= "\u052f" for c in word)
