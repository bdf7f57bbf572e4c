"""How dates, lengths, languages, people and what is withheld are said in a dossier."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from archive_app.domain.records import Layer, Role, Texts, TranscriptKind
from archive_app.domain.released import (
    ReleasedInterview,
    ReleasedPerson,
    ReleasedTranscript,
    Withholding,
)
from archive_app.translation import mark, tr, trn

_DAYS = (
    mark("{day} January {year}"), mark("{day} February {year}"), mark("{day} March {year}"),
    mark("{day} April {year}"), mark("{day} May {year}"), mark("{day} June {year}"),
    mark("{day} July {year}"), mark("{day} August {year}"), mark("{day} September {year}"),
    mark("{day} October {year}"), mark("{day} November {year}"), mark("{day} December {year}"),
)  # fmt: skip
_MONTHS = (
    mark("January {year}"), mark("February {year}"), mark("March {year}"),
    mark("April {year}"), mark("May {year}"), mark("June {year}"),
    mark("July {year}"), mark("August {year}"), mark("September {year}"),
    mark("October {year}"), mark("November {year}"), mark("December {year}"),
)  # fmt: skip
_EDTF = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)", re.ASCII)
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


def say_day(day: date) -> str:
    """Return a day in words: 14 September 2022."""
    return tr(_DAYS[day.month - 1], day=day.day, year=f"{day.year:04d}")


def say_date(edtf: str) -> str:
    """Return an EDTF date in words; one that cannot be read comes back as it is."""
    ends = [_say_one(part) for part in edtf.split("/")]
    if not edtf or any(end is None for end in ends):
        return edtf
    return " – ".join(end for end in ends if end)


def _say_one(part: str) -> str | None:
    if part in {"", ".."}:
        return "…"
    found = _EDTF.fullmatch(part)
    if found is None:
        return None
    year, month, day, doubt = found.groups()
    said = year
    if month and not 1 <= int(month) <= 12:
        return None
    if day:
        said = tr(_DAYS[int(month) - 1], day=int(day), year=year)
    elif month:
        said = tr(_MONTHS[int(month) - 1], year=year)
    if doubt in {"~", "%"}:
        said = tr("about {date}", date=said)
    return said + "?" if doubt in {"?", "%"} else said


def say_time(milliseconds: int) -> str:
    """Return a time on the recording: 0:12:05."""
    seconds = max(milliseconds, 0) // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


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
    """Return a text in a language, else in its base language, else in English, else any."""
    return (
        texts.get(language)
        or texts.get(language.split("-", maxsplit=1)[0])
        or texts.get("en")
        or next((text for text in texts.values() if text), "")
    )


def people(interview: ReleasedInterview, *roles: Role) -> list[ReleasedPerson]:
    """Return who had one of the roles, in the interview's order."""
    return [person for person in interview.people if person.role in roles]


def names(persons: Iterable[ReleasedPerson]) -> str:
    """Return names separated by commas."""
    return ", ".join(person.name for person in persons)


def cite(interview: ReleasedInterview, language: str) -> str:
    """Return how an interview is cited: who, by whom, when, where, collection, accession."""
    parts: list[str] = []
    tellers = names(people(interview, Role.INTERVIEWEE))
    askers = names(people(interview, Role.INTERVIEWER))
    if tellers and askers:
        parts.append(tr("{narrators}, interview by {interviewers}", narrators=tellers,
                        interviewers=askers))  # fmt: skip
    else:
        parts.append(tellers or pick(interview.titles, language) or interview.accession)
    parts += [say_date(interview.date), interview.place]
    parts += [*reversed(interview.collections), interview.accession]
    return ", ".join(part for part in parts if part) + "."
