"""How dates, lengths, languages, people and what is withheld are said in a dossier."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from archive_app.domain.edtf_words import display
from archive_app.domain.records import Layer, Role, Texts, TranscriptKind
from archive_app.domain.released import (
    ReleasedInterview,
    ReleasedPerson,
    ReleasedTranscript,
    Withholding,
)
from archive_app.translation import current_language, mark, tr, trn

_WORD = re.compile(r"\w+")
_STEM = 3
"""Letters that tell one month from every other, in any case of it."""
_DATE_LANGUAGES = ("en", "ru", "sr-Latn", "sr-Cyrl")
"""A title stands in the next best language where there is none in the dossier's own."""
_LANGUAGES = {
    "ru": mark("Russian"),
    "sr": mark("Serbian"),
    "sr-Cyrl": mark("Serbian (Cyrillic)"),
    "sr-Latn": mark("Serbian (Latin)"),
    "en": mark("English"),
}
_KINDS = {
    TranscriptKind.VERBATIM: mark("Transcript"),
    TranscriptKind.EDITED: mark("Edited transcript"),
    TranscriptKind.TRANSLATION: mark("Translation"),
}
_ROLES = {
    Role.INTERVIEWEE: mark("Interviewee"),
    Role.INTERVIEWER: mark("Interviewer"),
    Role.TRANSCRIBER: mark("Transcriber"),
    Role.TRANSLATOR: mark("Translator"),
    Role.VIDEOGRAPHER: mark("Videographer"),
    Role.OTHER: mark("Others present"),
}
_LAYERS = {
    Layer.LISTING: mark("The listing"),
    Layer.DESCRIPTION: mark("The description"),
    Layer.INDEX: mark("The table of contents"),
    Layer.TRANSCRIPT: mark("The transcript"),
    Layer.RECORDING: mark("The recording"),
}


def say_date(edtf: str) -> str:
    """Return an EDTF date in words; one that cannot be read comes back as it is."""
    return display(edtf, current_language()) if edtf else ""


def say_date_beside(title: str, edtf: str) -> str:
    """Return a date in words, or nothing where the title beside it says the same.

    A title may hold it in another case: Razgovor sa Vadimom, 5. novembar 2022.
    """
    held = _WORD.findall(title.lower())
    for language in _DATE_LANGUAGES if edtf else ():
        wanted = _WORD.findall(display(edtf, language).lower())
        if all(any(_is_same(word, other) for other in held) for word in wanted):
            return ""
    return say_date(edtf)


def _is_same(word: str, other: str) -> bool:
    """Return whether two words of a date are one number, or a month in two cases."""
    if word.isdigit() or len(word) < _STEM:
        return word == other
    return not other.isdigit() and word[:_STEM] == other[:_STEM]


def say_day(day: date) -> str:
    """Return a day in words: 14 September 2022."""
    return say_date(day.isoformat())


def say_length(milliseconds: int) -> str:
    """Return how long a recording is: 1 h 12 min."""
    minutes = round(milliseconds / 60_000)
    if minutes < 1:
        return tr("{seconds} s", seconds=milliseconds // 1000)
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def say_language(tag: str) -> str:
    """Return a language's name; a tag that is not known comes back as it is."""
    return tr(_LANGUAGES[tag]) if tag in _LANGUAGES else tag


def say_role(role: Role) -> str:
    """Return a role's name."""
    return tr(_ROLES[role])


def say_transcript(transcript: ReleasedTranscript) -> str:
    """Return what a transcript is: Translation, English."""
    kind = tr(_KINDS[transcript.kind])
    if transcript.language in {"", "und"}:
        return kind
    return tr("{kind}, {language}", kind=kind, language=say_language(transcript.language))


def say_withheld(held: Withholding) -> str:
    """Return what was held back and until when, with no more reason than it carries."""
    what = tr(_LAYERS[held.layer])
    if held.passages:
        count = trn("{count} passage", "{count} passages", held.passages)
        what = tr("{layer}: {passages}", layer=what, passages=count)
    if held.until is not None:
        what = tr("{what}, until {date}", what=what, date=say_day(held.until))
    return f"{what} ({held.reason})" if held.reason else what


def pick(texts: Texts, language: str) -> str:
    """Return a text in a language, its base, its other script, else in English, else any."""
    base = language.split("-", maxsplit=1)[0]
    return (
        texts.get(language)
        or texts.get(base)
        or next((text for tag, text in texts.items() if text and tag.startswith(f"{base}-")), "")
        or texts.get("en")
        or next((text for text in texts.values() if text), "")
    )


def people(interview: ReleasedInterview, *roles: Role) -> list[ReleasedPerson]:
    """Return who had one of the roles, in the interview's order."""
    return [person for person in interview.people if person.role in roles]


def names(persons: Iterable[ReleasedPerson]) -> str:
    """Return names separated by commas."""
    return ", ".join(person.name for person in persons)
