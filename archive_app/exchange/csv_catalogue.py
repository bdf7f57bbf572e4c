"""Catalogues in tables: an interview a row. Several values in a cell are parted by ";"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archive_app.domain.parsed import Loss, ParsedInterview, ParsedRecord
from archive_app.exchange.cleaning import paragraphs, plain
from archive_app.exchange.language_names import language_tag
from archive_app.translation import tr

FORMAT = "csv"

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "accession": ("accession", "accession number", "accession no", "signature", "call number",
                  "identifier", "номер", "инвентарный номер", "шифр", "сигнатура", "signatura",
                  "signatur"),
    "title": ("title", "titel", "название", "заглавие", "наслов", "naslov"),
    "date": ("date", "date of interview", "interview date", "recording date", "дата", "датум",
             "datum"),
    "abstract": ("abstract", "description", "summary", "аннотация", "описание", "опис", "opis"),
    "interviewees": ("interviewee", "interviewees", "narrator", "narrators", "респондент",
                     "рассказчик", "саговорник", "sagovornik"),
    "interviewers": ("interviewer", "interviewers", "интервьюер", "анкетар", "anketar"),
    "transcribers": ("transcriber", "transcribers"),
    "translators": ("translator", "translators"),
    "place": ("place", "location", "place of interview", "место", "mesto"),
    "languages": ("language", "languages", "язык", "языки", "језик", "jezik"),
    "repository": ("repository", "institution", "архив"),
    "project": ("project", "проект", "projekat"),
    "series": ("series", "серия", "серија"),
    "collection": ("collection", "коллекция", "збирка", "zbirka"),
    "circumstances": ("circumstances", "history", "notes on the interview"),
    "subjects": ("subject", "subjects", "темы", "теме", "teme"),
    "keywords": ("keyword", "keywords", "ключевые слова", "кључне речи", "ključne reči"),
    "rights_holder": ("rights holder", "rights_holder", "copyright", "copyright holder", "rights"),
    "licence": ("licence", "license"),
    "usage_note": ("usage", "usage note", "usage_note", "use"),
    "funder": ("funder", "funding"),
    "identifiers": ("identifiers", "other identifiers", "other identifier"),
    "media_names": ("media", "file", "files", "recording", "recordings", "file name", "filename"),
}  # fmt: skip
"""Field to the names, in any case, that its column may have. "title:ru" is a title in Russian."""

_TITLE = re.compile(
    r"(?:title|название|naslov|наслов)\s*[:_(\[]\s*([A-Za-z-]{2,12})\s*[)\]]?", re.IGNORECASE
)
_SHELVES = ("repository", "project", "series", "collection")


def catalogue_columns(head: Sequence[str]) -> dict[int, str]:
    """Return field by column ("title:ru" for titles in a language); empty if it is no catalogue."""
    found: dict[int, str] = {}
    for at, name in enumerate(head):
        folded = " ".join(name.casefold().split())
        field = next((f for f, names in COLUMNS.items() if folded in names), "")
        if match := _TITLE.fullmatch(folded):
            field = f"title:{language_tag(match[1]) or match[1]}"
        if field and field not in found.values():
            found[at] = field
    is_catalogue = any(f == "accession" or f.startswith("title") for f in found.values())
    return found if is_catalogue else {}


def _date(text: str) -> str:
    """Return a date as EDTF where it is written with dots, day first; else as it stands."""
    match = re.fullmatch(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})\.?", text)
    if match is None or not 1 <= int(match[2]) <= 12 or not 1 <= int(match[1]) <= 31:
        return text
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"


def read_catalogue(
    head: Sequence[str], rows: Sequence[tuple[int, list[str]]], losses: list[Loss]
) -> tuple[ParsedInterview, ...]:
    """Return an interview for each row; columns without a field are kept in ``extra``."""
    columns = catalogue_columns(head)
    found: list[ParsedInterview] = []
    for number, row in rows:
        cells = dict(enumerate(row[: len(head)]))
        said = [] if found else list(losses)
        record = _record(head, columns, cells, said, number)
        found.append(ParsedInterview(FORMAT, record, losses=tuple(said)))
    return tuple(found)


def _record(
    head: Sequence[str],
    columns: Mapping[int, str],
    cells: Mapping[int, str],
    losses: list[Loss],
    number: int,
) -> ParsedRecord:
    values = {field: cells.get(at, "") for at, field in columns.items()}
    where = tr("line {number}", number=number)

    def one(field: str) -> str:
        return paragraphs(values.get(field, ""))

    def many(field: str) -> tuple[str, ...]:
        parts = (plain(part) for part in values.get(field, "").split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    languages: list[str] = []
    for name in (n for cell in many("languages") for n in re.split(r"[,/]", cell) if n.strip()):
        if tag := language_tag(name):
            languages.append(tag)
        else:
            losses.append(
                Loss(tr("The language {name} is not known here.", name=plain(name)), where)
            )
    titles = {
        field.partition(":")[2] or (languages[0] if languages else "und"): plain(value)
        for field, value in values.items()
        if field.startswith("title") and plain(value)
    }
    if not one("accession") and not titles:
        losses.append(Loss(tr("The row has neither accession number nor title."), where))
    return ParsedRecord(
        accession=plain(one("accession")),
        titles=titles,
        date=_date(plain(one("date"))),
        abstract=one("abstract"),
        interviewees=many("interviewees"),
        interviewers=many("interviewers"),
        transcribers=many("transcribers"),
        translators=many("translators"),
        place=plain(one("place")),
        languages=tuple(dict.fromkeys(languages)),
        collections=tuple((kind, plain(one(kind))) for kind in _SHELVES if plain(one(kind))),
        circumstances=one("circumstances"),
        subjects=many("subjects"),
        keywords=many("keywords"),
        rights_holder=one("rights_holder"),
        licence=one("licence"),
        usage_note=one("usage_note"),
        funder=one("funder"),
        identifiers=many("identifiers"),
        media_names=many("media_names"),
        extra={
            plain(name): paragraphs(cells.get(at, ""))
            for at, name in enumerate(head)
            if at not in columns and plain(name) and cells.get(at, "").strip()
        },
    )
