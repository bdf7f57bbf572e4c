"""Letters of the wrong alphabet inside words, and how the words were meant.

Recognisers write Russian letters into Serbian (Югославија) and change the script in
the middle of a word (Beоград); people type a Latin "a" or "c" that looks like the
Cyrillic one. A word is mended by look where single letters look alike, by sound
where a run of letters is in the other script; where both are possible, the one that
stands elsewhere in the same transcript wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive_app.domain.doubts import Flag, FlagKind
from archive_app.domain.records import Span, Turn
from archive_app.language.folding import has_cyrillic
from archive_app.language.transliteration import (
    russian_from_serbian,
    serbian_cyrillic,
    serbian_latin,
)
from archive_app.translation import tr

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00ad\u200d])*")
_LATIN_RUN = re.compile("[A-Za-z\u00c0-\u024f]+")
_CYRILLIC_RUN = re.compile("[\u0400-\u052f]+")

# Letters that a reader takes for one of the other script, capitals apart from small ones.
_LATIN_LOOKS = "aceopxyijABCEHIJKMOPTXYS"
_CYRILLIC_LOOKS = "асеорхуіјАВСЕНІЈКМОРТХУЅ"
_AS_CYRILLIC = str.maketrans(_LATIN_LOOKS, _CYRILLIC_LOOKS)
_AS_LATIN = str.maketrans(_CYRILLIC_LOOKS + "ѕ", _LATIN_LOOKS + "s")

_NOT_SERBIAN = "ыэёщъьйяюіїєґў"
_NOT_RUSSIAN = "јљњћђџ"

# Small Latin letters that look like Cyrillic words. Where others stand alone too (b, i), it
# is a lecture on b and c.
_LONE_WORDS = "aoyck"

# Russian letters by Serbian sound; a softening one goes into the consonant before it.
_SOFTENED = (
    ("ль", "љ"), ("нь", "њ"), ("ля", "ља"), ("ня", "ња"), ("лю", "љу"), ("ню", "њу"),
    ("лё", "љо"), ("нё", "њо"), ("щт", "шт"), ("ие", "ије"),
)  # fmt: skip
_SERBIAN_FOR: Mapping[str, str] = {
    "ы": "и", "э": "е", "ё": "јо", "щ": "шт", "ъ": "", "ь": "", "й": "ј", "я": "ја", "ю": "ју",
    "і": "и", "ї": "ји", "є": "је", "ґ": "г", "ў": "в",
}  # fmt: skip
_RUSSIAN_FOR = str.maketrans("іїєґў", "ииегу")


def mixed_script(turns: Sequence[Turn], language: str) -> tuple[Flag, ...]:
    """Return the words that hold letters of another script or alphabet, in text order.

    ``language`` is the transcript's (BCP 47): in Serbian Cyrillic Russian letters are
    flagged, in Russian Serbian ones that stand beside Russian ones; in every language
    Latin letters inside Cyrillic words and the other way round. ``proposal`` is the word as it was
    meant, ``None`` where there is no telling. A script change of whole words is
    ``other_script``'s.
    """
    words = {word[0] for turn in turns for word in _WORD.finditer(turn.text)}
    known = {word.lower() for word in words if not _is_odd(word, language)}
    mended = {word: _meant(word, language, known) for word in words if _is_odd(word, language)}
    has_symbols = any(
        word.is_lone and word.text not in _LONE_WORDS
        for turn in turns
        for word in _words_with_lone_letters(turn.text)
    )
    found: list[Flag] = []
    for turn in turns:
        for word in _words_with_lone_letters(turn.text):
            if word.is_lone and word.text in _LONE_WORDS and not has_symbols:
                proposal: str | None = word.text.translate(_AS_CYRILLIC)
            elif word.text in mended:
                proposal = mended[word.text]
            else:
                continue
            span = Span(turn.id, word.start, turn.id, word.start + len(word.text))
            why = _why(word.text, language, is_lone=word.is_lone)
            found.append(Flag(FlagKind.MIXED_SCRIPT, span, word.text, why, proposal))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in a text; a lone one is a small Latin letter between Cyrillic words."""

    text: str
    start: int
    is_lone: bool


def _words_with_lone_letters(text: str) -> Iterator[_Word]:
    words = list(_WORD.finditer(text))
    for place, word in enumerate(words):
        is_lone = (
            len(word[0]) == 1
            and "a" <= word[0] <= "z"
            and (
                0 < place < len(words) - 1
                and text[word.start() - 1 : word.start()]
                == text[word.end() : word.end() + 1]
                == " "
                and all(has_cyrillic(words[near][0]) for near in (place - 1, place + 1))
            )
        )
        yield _Word(word[0], word.start(), is_lone)


def _is_cyrillic(word: str) -> bool:
    return has_cyrillic(word) and not _LATIN_RUN.search(word)


def _is_odd(word: str, language: str) -> bool:
    if not has_cyrillic(word):
        return False
    if _LATIN_RUN.search(word):
        return True
    letters = set(word.lower())
    if _base(language) == "ru" and not letters & set(_NOT_SERBIAN):
        # A Serbian word that somebody said, written as Serbian: мајстор, комшија.
        return False
    return bool(letters & set(_foreign(language)))


def _foreign(language: str) -> str:
    return {"sr": _NOT_SERBIAN, "ru": _NOT_RUSSIAN}.get(_base(language), "")


def _base(language: str) -> str:
    return language.replace("_", "-").split("-", maxsplit=1)[0]


def _why(word: str, language: str, *, is_lone: bool) -> str:
    if is_lone:
        return tr("A Latin letter among Cyrillic words.")
    if _LATIN_RUN.search(word):
        return tr("Latin and Cyrillic letters in one word.")
    letters = ", ".join(dict.fromkeys(c for c in word.lower() if c in _foreign(language)))
    if language.startswith("ru"):
        return tr("No Russian letters: {letters}.", letters=letters)
    return tr("No Serbian letters: {letters}.", letters=letters)


def _meant(word: str, language: str, known: set[str]) -> str | None:
    """Return a word as it was meant: the candidate met elsewhere, else the likeliest."""
    candidates = [
        one
        for one in dict.fromkeys(_candidates(word, language))
        if one != word and not _is_odd(one, language) and one
    ]
    met = (one for one in candidates if one.lower() in known)
    return next(met, candidates[0] if candidates else None)


def _candidates(word: str, language: str) -> Iterator[str]:
    base = language.replace("_", "-").split("-", maxsplit=1)[0]
    if base == "ru":
        in_cyrillic = list(_in_cyrillic(word)) if _LATIN_RUN.search(word) else [word]
        for one in in_cyrillic:
            yield _like(word, russian_from_serbian(one.translate(_RUSSIAN_FOR)))
    elif base == "sr" and _is_meant_cyrillic(word, language):
        for one in _in_cyrillic(word) if _LATIN_RUN.search(word) else (word,):
            yield _like(word, in_serbian_letters(one))
    elif base == "sr":
        for one in _in_latin(word):
            yield serbian_latin(one)
    elif _is_meant_cyrillic(word, language):
        yield word.translate(_AS_CYRILLIC)
    else:
        yield word.translate(_AS_LATIN)


def _is_meant_cyrillic(word: str, language: str) -> bool:
    if language.endswith("Latn") and _LATIN_RUN.search(word):
        return False
    if language.endswith("Cyrl"):
        return True
    latin = sum(map(len, _LATIN_RUN.findall(word)))
    return latin * 2 <= len(word)


def _in_cyrillic(word: str) -> Iterator[str]:
    """Yield a mixed word in Cyrillic: single letters by look, runs by sound, then the other way."""
    looks, sounds = word.translate(_AS_CYRILLIC), _LATIN_RUN.sub(_to_cyrillic, word)
    is_run = any(len(run) > 1 for run in _LATIN_RUN.findall(word))
    yield from (sounds, looks) if is_run else (looks, sounds)


def _in_latin(word: str) -> Iterator[str]:
    looks = word.translate(_AS_LATIN)
    sounds = _CYRILLIC_RUN.sub(lambda run: serbian_latin(in_serbian_letters(run[0])), word)
    is_run = any(len(run) > 1 for run in _CYRILLIC_RUN.findall(word))
    yield from (sounds, looks) if is_run else (looks, sounds)


def _to_cyrillic(run: re.Match[str]) -> str:
    return serbian_cyrillic(run[0])


def in_serbian_letters(word: str) -> str:
    """Return a Cyrillic word with Serbian letters in place of Russian ones, by sound.

    Југославия is Југославија, Любица is Љубица; hard and soft signs go.
    """
    text = word.lower()
    for russian, serbian in _SOFTENED:
        text = text.replace(russian, serbian)
    text = "".join(_SERBIAN_FOR.get(c, c) for c in text)
    return _like(word, text)


def _like(written: str, text: str) -> str:
    """Return ``text`` with the capitals of ``written``: none, the first, or all."""
    letters = [c for c in written if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return text.upper()
    return text[:1].upper() + text[1:].lower() if written[:1].isupper() else text.lower()


_FEWEST_WORDS = 3
"""So many words in a row in the other script are no names or quotations any more."""


def other_script(turns: Iterable[Turn], language: str) -> tuple[Flag, ...]:
    """Return runs of words in the other script within a Serbian transcript of one script.

    The proposal is the run in the transcript's own script; English within Cyrillic is
    flagged too, and left to a person. Nothing for other languages, or plain "sr".
    """
    if language not in ("sr-Cyrl", "sr-Latn"):
        return ()
    return tuple(flag for turn in turns for flag in _runs_in(turn, language))


def _runs_in(turn: Turn, language: str) -> Iterator[Flag]:
    is_own = _is_cyrillic if language == "sr-Cyrl" else _is_not_cyrillic
    convert = serbian_cyrillic if language == "sr-Cyrl" else serbian_latin
    run: list[re.Match[str]] = []
    for word in (*_WORD.finditer(turn.text), None):
        if word is not None and not is_own(word[0]):
            run.append(word)
            continue
        if len(run) >= _FEWEST_WORDS:
            span = Span(turn.id, run[0].start(), turn.id, run[-1].end())
            text = turn.text[span.start : span.end]
            why = tr("The script changes here.")
            yield Flag(FlagKind.OTHER_SCRIPT, span, text, why, convert(text))
        run = []


def _is_not_cyrillic(word: str) -> bool:
    return not has_cyrillic(word)
