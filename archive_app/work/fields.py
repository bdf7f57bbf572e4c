"""The catalogue fields a person can change: their names, and how their values are read.

One registry serves the command line (``edit ACCESSION FIELD=VALUE``) and the
window's inspector, so that both accept the same and complain in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from archive_app.domain.edtf import bounds
from archive_app.domain.records import Role, Status
from archive_app.errors import BadValue
from archive_app.translation import mark, tr

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")
"""What no format can hold; tabs and line breaks may stand in long texts."""


def clean_value(value: str) -> str:
    """Return a text as a field may hold it: trimmed, without control characters."""
    return _CONTROL.sub(" ", value.replace("\r\n", "\n")).strip()


def _text(value: str) -> str:
    return " ".join(clean_value(value).splitlines())


def _long_text(value: str) -> str:
    return clean_value(value)


def _list(value: str) -> tuple[str, ...]:
    """Parts between semicolons, without empty ones."""
    return tuple(part.strip() for part in _text(value).split(";") if part.strip())


def _languages(value: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in re.split(r"[;,\s]+", value) if part.strip())
    return tuple(language_tag(part) for part in found)


def _date(value: str) -> str:
    value = _text(value)
    if value:
        bounds(value)
    return value


def _status(value: str) -> Status:
    try:
        return Status(value.strip().lower())
    except ValueError:
        names = ", ".join(status.value for status in Status)
        raise BadValue(
            tr("“{value}” is no status. Nothing was changed. One of: {names}.",
               value=value, names=names)
        ) from None  # fmt: skip


def _accession(value: str) -> str:
    value = value.strip()
    if not value or _CONTROL.search(value) or "\n" in value or "\t" in value:
        raise BadValue(tr("An accession number cannot be empty. Nothing was changed."))
    return value


def language_tag(text: str) -> str:
    """Return a language tag in its usual writing: "sr-latn" becomes "sr-Latn".

    Raises:
        BadValue: it is no BCP 47 tag of a language with an optional script and region.
    """
    parts = text.strip().replace("_", "-").split("-")
    shape = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{4,8})*")
    if not shape.fullmatch("-".join(parts)):
        raise BadValue(
            tr("“{value}” is no language tag. Write “ru”, “sr-Cyrl”, “sr-Latn”, “en” …", value=text)
        )
    out = [parts[0].lower()]
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            out.append(part.title())
        elif len(part) == 2:
            out.append(part.upper())
        else:
            out.append(part.lower())
    return "-".join(out)


@dataclass(frozen=True, slots=True)
class Field:
    """A catalogue field: the name on the command line, what it is called, how it is read."""

    name: str
    label: str
    """English; shown through ``tr``."""
    read: Callable[[str], object]
    is_long: bool = False
    is_first: bool = False
    """Whether it is shown without unfolding anything."""
    hint: str = ""


ROLES: Mapping[str, Role] = {
    "interviewee": Role.INTERVIEWEE,
    "interviewer": Role.INTERVIEWER,
    "transcriber": Role.TRANSCRIBER,
    "translator": Role.TRANSLATOR,
    "videographer": Role.VIDEOGRAPHER,
}

FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("accession", mark("Accession number"), _accession, is_first=True),
        Field("title", mark("Title"), _text, is_first=True, hint=mark("Interview with …")),
        Field("interviewee", mark("Interviewee"), _list, is_first=True,
              hint=mark("Several names: separate them by semicolons")),
        Field("interviewer", mark("Interviewer"), _list, is_first=True),
        Field("date", mark("Date"), _date, is_first=True,
              hint=mark("2022-11-05, 2022-09~ (about), 1998/2004 (a span)")),
        Field("place", mark("Place"), _text, is_first=True),
        Field("languages", mark("Languages"), _languages, is_first=True,
              hint=mark("ru, sr-Latn, en …")),
        Field("abstract", mark("Abstract"), _long_text, is_long=True, is_first=True),
        Field("status", mark("Status"), _status, is_first=True),
        Field("collection", mark("Collection"), _text,
              hint=mark("From the top down: Repository / Project")),
        Field("subjects", mark("Subjects"), _list),
        Field("keywords", mark("Keywords"), _list),
        Field("circumstances", mark("History of the interview"), _long_text, is_long=True),
        Field("transcriber", mark("Transcriber"), _list),
        Field("translator", mark("Translator"), _list),
        Field("videographer", mark("Videographer"), _list),
        Field("rights_holder", mark("Copyright holder"), _text),
        Field("licence", mark("Licence"), _text),
        Field("usage_note", mark("Terms of use"), _long_text, is_long=True),
        Field("funder", mark("Funder"), _text),
        Field("identifiers", mark("Other identifiers"), _list),
    )
}  # fmt: skip


def read_field(name: str, value: str) -> tuple[str, str, object]:
    """Return (field, language, value) for a name such as ``title.ru`` and the text typed for it.

    The language is empty where the name has none; only titles have languages.

    Raises:
        BadValue: there is no such field, or the text is not of its kind.
    """
    base, _, language = name.strip().lower().partition(".")
    field = FIELDS.get(base)
    if field is None or (language and base != "title"):
        raise BadValue(
            tr("There is no field “{name}”. Nothing was changed. The fields are: {names}.",
               name=name, names=", ".join(FIELDS))
        )  # fmt: skip
    return base, language_tag(language) if language else "", field.read(value)
