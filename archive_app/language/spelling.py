"""Dictionaries of this computer, and which words of a text are looked up in them.

Dictionaries are Hunspell's (.aff and .dic), as every office program brings them.
They are looked for where systems and LibreOffice keep them; none is in the
program, for each has a licence and an upkeep of its own.
"""

from __future__ import annotations

import glob
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive_app.language.folding import has_cyrillic
from archive_app.language.transliteration import serbian_cyrillic, serbian_latin
from archive_app.language.words import Word

CYRILLIC, LATIN = "sr-Cyrl", "sr-Latn"
SERBIAN = frozenset(("sr", "bs", "cnr", "sh", "hr"))
"""Languages that a Serbian dictionary can check where they have none of their own."""
_IN_CYRILLIC = frozenset(("ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "mn"))
_PREFERRED = ("ru_RU", "sr_RS", "sr_Latn_RS", "en_GB", "en_US", "de_DE", "fr_FR", "uk_UA")
"""Where several dictionaries of a language are found, the one that is taken."""
PLACES_VARIABLE = "ORAL_HISTORY_DICTIONARIES"
"""Folders, parted as in PATH, to be searched in the place of the usual ones."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A pair of files that Hunspell reads."""

    language: str
    """BCP 47; "sr-Cyrl" and "sr-Latn" apart, others without script and country."""
    path: Path
    """Both files' path without ".aff" and ".dic"."""

    @property
    def name(self) -> str:
        """The files' name, as the person finds it: "sr_Latn_RS"."""
        return self.path.name


def usual_folders() -> list[Path]:
    """Return where dictionaries may lie on this system, the likeliest first; not all exist."""
    given = os.environ.get(PLACES_VARIABLE)
    if given is not None:
        return [Path(one) for one in given.split(os.pathsep) if one]
    home = Path.home()
    if sys.platform == "win32":
        office = [
            Path(os.environ.get(name, "C:/Program Files")) / "LibreOffice/share/extensions/dict-*"
            for name in ("PROGRAMFILES", "PROGRAMFILES(X86)")
        ]
        roaming = Path(os.environ.get("APPDATA", str(home)))
        patterns = [*office, roaming / "hunspell", roaming / _USER_EXTENSIONS]
    elif sys.platform == "darwin":
        patterns = [
            home / "Library/Spelling",
            Path("/Library/Spelling"),
            Path("/opt/homebrew/share/hunspell"),
            Path("/usr/local/share/hunspell"),
            Path("/Applications/LibreOffice.app/Contents/Resources/extensions/dict-*"),
            home / "Library/Application Support" / _USER_EXTENSIONS,
        ]
    else:
        data = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        patterns = [
            *(Path(one) / kind for one in data.split(":") if one for kind in ("hunspell",)),
            Path("/usr/share/hunspell"),
            Path("/usr/share/myspell"),
            Path("/usr/share/myspell/dicts"),
            home / ".local/share/hunspell",
            Path("/usr/lib/libreoffice/share/extensions/dict-*"),
            Path("/usr/lib64/libreoffice/share/extensions/dict-*"),
            Path("/opt/libreoffice*/share/extensions/dict-*"),
            home / ".config" / _USER_EXTENSIONS,
        ]
    return [Path(one) for pattern in patterns for one in sorted(glob.glob(str(pattern)))]  # noqa: PTH207


_USER_EXTENSIONS = (
    "libreoffice/4/user/uno_packages/cache/uno_packages/*/*/dictionaries"
    if sys.platform.startswith("linux")
    else "LibreOffice/4/user/uno_packages/cache/uno_packages/*/*/dictionaries"
)


def find_dictionaries(folders: Iterable[Path]) -> dict[str, Dictionary]:
    """Return the dictionary for each language that has one; earlier folders come first."""
    found: dict[str, list[Dictionary]] = {}
    for folder in folders:
        try:
            names = sorted(folder.glob("*.dic"))
        except OSError:
            continue
        for file in names:
            path = file.with_suffix("")
            language = _language_of(path)
            if language and path.with_suffix(".aff").is_file():
                found.setdefault(language, []).append(Dictionary(language, path))
    return {
        language: min(several, key=lambda one: one.name.replace("-", "_") not in _PREFERRED)
        for language, several in found.items()
    }


def _language_of(path: Path) -> str:
    parts = path.name.replace("-", "_").split("_")
    first = parts[0].lower()
    if first in ("hyph", "th") or not 2 <= len(first) <= 3 or not first.isalpha():
        return ""  # LibreOffice keeps hyphenation and thesauri beside its dictionaries.
    if first != "sr":
        return first
    named = {part.lower() for part in parts[1:]}
    if named & {"latn", "latin", "lat"}:
        return LATIN
    if named & {"cyrl", "cyrillic", "cyr"}:
        return CYRILLIC
    return CYRILLIC if _is_written_in_cyrillic(path) else LATIN


def _is_written_in_cyrillic(path: Path) -> bool:
    try:
        with path.with_suffix(".dic").open("rb") as file:
            sample = file.read(4096)
    except OSError:
        return True
    return has_cyrillic(sample.decode("utf-8", errors="ignore")) or b"\xd0" in sample


def dictionaries_for(language: str, known: Mapping[str, Dictionary]) -> list[Dictionary]:
    """Return the dictionaries that check texts of a language (BCP 47); empty: none is there."""
    short = language.split("-", maxsplit=1)[0].lower()
    if short in known:
        return [known[short]]
    if short in SERBIAN:
        return [known[one] for one in (CYRILLIC, LATIN) if one in known]
    return []


@dataclass(frozen=True, slots=True)
class Lookup:
    """A word as one dictionary writes it."""

    dictionary: Dictionary
    word: str


def lookup_of(word: str, language: str, known: Mapping[str, Dictionary]) -> Lookup | None:
    """Return where a word is to be looked up, or ``None`` where nobody can say.

    A word in letters that the language is not written in is another language's.
    Serbian words go to the dictionary of their script; where only the other
    script's is there, they are written in that.
    """
    short = language.split("-", maxsplit=1)[0].lower()
    plain = plain_spelling(word)
    if short in known:
        own = known[short]
        is_other = has_cyrillic(plain) != (short in _IN_CYRILLIC) and not _is_mixed(plain)
        return None if is_other else Lookup(own, plain)
    if short not in SERBIAN:
        return None
    if has_cyrillic(plain):
        if CYRILLIC in known or LATIN not in known or _is_mixed(plain):
            first = known.get(CYRILLIC) or known.get(LATIN)
            return Lookup(first, plain) if first else None
        return Lookup(known[LATIN], serbian_latin(plain))
    if LATIN in known:
        return Lookup(known[LATIN], plain)
    return Lookup(known[CYRILLIC], serbian_cyrillic(plain)) if CYRILLIC in known else None


def in_script_of(word: str, suggestion: str) -> str:
    """Return a dictionary's suggestion in the script that the word was written in."""
    if has_cyrillic(word) == has_cyrillic(suggestion):
        return suggestion
    return serbian_cyrillic(suggestion) if has_cyrillic(word) else serbian_latin(suggestion)


def plain_spelling(word: str) -> str:
    """Return a word as dictionaries write it: no stress marks, no soft hyphens, a plain ’."""
    text = unicodedata.normalize("NFC", word.translate(_DROPPED)).replace("’", "'")
    return text.translate(_STRESS_DROPPED) if has_cyrillic(text) else text


def _is_mixed(word: str) -> bool:
    return has_cyrillic(word) and any("a" <= c <= "z" or "A" <= c <= "Z" for c in word)


_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_STRESS_DROPPED = {0x300: None, 0x301: None, 0x30F: None, 0x311: None, 0x304: None}
_INNER = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_LETTERS = rf"[^\W_](?:[^\W_]|[{_INNER}])*"
_WORD = re.compile(rf"{_LETTERS}(?:[-'’‑]{_LETTERS})*")
_NOT_WORDS = re.compile(r"\[[^\]\n]*\]|\S*(?:://|@|www\.)\S*")
_CUT_OFF = re.compile(r"[-–—](?![^\W_])")
_LONGEST_INITIALISM = 5


def words_to_check(text: str) -> Iterator[Word]:
    """Yield the words of a text that a dictionary could know.

    Left out are marks in brackets ([laughter]), addresses, numbers, single
    letters, initialisms, and words that the speaker broke off (“прави-”).
    A word with hyphens or apostrophes is one word.
    """
    gaps = [(found.start(), found.end()) for found in _NOT_WORDS.finditer(text)]
    for found in _WORD.finditer(text):
        start, end, word = found.start(), found.end(), found[0]
        while gaps and gaps[0][1] <= start:
            gaps.pop(0)
        if gaps and gaps[0][0] < end:
            continue
        if len(word) < 2 or any(c.isdigit() for c in word) or _CUT_OFF.match(text, end):
            continue
        if len(word) <= _LONGEST_INITIALISM and word.isupper():
            continue
        yield Word(word, start, end)


def parts_of(word: str) -> Sequence[str]:
    """Return the words that hyphens join ("по-нашему": по, нашему); one without: itself."""
    return [part for part in re.split("[-‑]", word) if part]
