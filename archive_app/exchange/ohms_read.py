"""OHMS records to interviews: catalogue fields, index points, transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archive_app.domain.parsed import (
    Loss,
    ParsedIndexPoint,
    ParsedInterview,
    ParsedRecord,
    ParsedTranscript,
)
from archive_app.domain.records import GpsPoint, Hyperlink, TranscriptKind
from archive_app.errors import BadInput
from archive_app.exchange.cleaning import paragraphs, plain
from archive_app.exchange.clock import read_clock
from archive_app.exchange.language_names import language_tag
from archive_app.exchange.ohms_legacy import read_legacy
from archive_app.exchange.ohms_xml import local, parse_xml, text_of
from archive_app.exchange.vtt import transcript_of
from archive_app.translation import tr

if TYPE_CHECKING:
    from lxml.etree import _Element

FORMAT = "ohms"

_KEPT_AS_THEY_ARE = (
    "version",
    "date_nonpreferred_format",
    "duration",
    "collection_id",
    "series_id",
    "repository_url",
    "media_id",
    "media_url",
    "kembed",
    "user_notes",
    "type",
    "rel",
    "fmt",
    "xmllocation",
    "xmlfilename",
    "collection_link",
    "series_link",
)
"""Elements without a field of their own; kept in ``extra`` as "ohms_" and their name."""

_KNOWN = frozenset(
    (
        *_KEPT_AS_THEY_ARE,
        *("date", "cms_record_id", "title", "accession", "collection_name", "series_name"),
        *("repository", "funding", "subject", "keyword", "interviewee", "interviewer", "format"),
        *("file_name", "sync", "sync_alt", "transcript_alt_lang", "translate", "mediafile"),
        *("language", "index", "description", "transcript", "transcript_alt", "vtt_transcript"),
        *("vtt_transcript_alt", "rights", "usage", "userestrict"),
    )
)
_POINT_FIELDS = ("title", "partial_transcript", "synopsis", "keywords", "subjects")
_POINT_KNOWN = frozenset(
    (
        *("time", "gpspoints", "hyperlinks", "gps", "gps_zoom", "gps_text", "gps_text_alt"),
        *("hyperlink", "hyperlink_text", "hyperlink_text_alt"),
        *(name + alt for name in _POINT_FIELDS for alt in ("", "_alt")),
    )
)


def read_ohms(data: bytes) -> tuple[ParsedInterview, ...]:
    """Return the interviews of an OHMS file, one for each record.

    Raises:
        BadInput: no XML, not OHMS, or without any record.
    """
    root, losses = parse_xml(data)
    records = [x for x in root.iter() if local(x) == "record"]
    if local(root) == "record":
        records = [root]
    if local(root).upper() not in ("ROOT", "RECORD") or not records:
        raise BadInput(
            tr("The XML file is not an OHMS file: it has no record. Nothing was imported.")
        )
    return tuple(_interview(record, losses) for record in records)


def _interview(record: _Element, losses: list[Loss]) -> ParsedInterview:
    said = list(losses)
    points = tuple(_points(record, said))
    catalogue = _catalogue(record, said)
    language = catalogue.languages[0] if len(catalogue.languages) == 1 else ""
    transcripts = tuple(_transcripts(record, language, said))
    for child in record:
        if local(child) not in _KNOWN and text_of(child).strip():
            what = tr("The element {name} is not known and was left out.", name=local(child))
            said.append(Loss(what, tr("line {number}", number=child.sourceline or 0)))
    return ParsedInterview(FORMAT, catalogue, transcripts, points, tuple(said))


def _child(element: _Element, name: str) -> _Element | None:
    return next((x for x in element if local(x) == name), None)


def _text(element: _Element, name: str) -> str:
    return paragraphs(text_of(_child(element, name)))


def _each(element: _Element, name: str) -> tuple[str, ...]:
    """Return the texts of all children of a name, each parted at ";", nothing twice."""
    found: dict[str, None] = {}
    for child in element:
        if local(child) == name:
            found.update(dict.fromkeys(_parted(text_of(child))))
    return tuple(found)


def _parted(text: str) -> tuple[str, ...]:
    return tuple(part for piece in text.split(";") if (part := plain(piece)))


def _catalogue(record: _Element, losses: list[Loss]) -> ParsedRecord:
    extra = {f"ohms_{name}": value for name in _KEPT_AS_THEY_ARE if (value := _text(record, name))}
    for name in ("id", "dt"):
        if value := plain(record.get(name, "")):
            extra[f"ohms_{name}"] = value
    _keep_rest(record, extra, losses)
    title = plain(_text(record, "title"))
    languages = _languages(record, extra, losses)
    collections = (
        ("repository", plain(_text(record, "repository"))),
        ("collection", plain(_text(record, "collection_name"))),
        ("series", plain(_text(record, "series_name"))),
    )
    cms = plain(_text(record, "cms_record_id"))
    return ParsedRecord(
        accession=plain(_text(record, "accession")),
        titles={languages[0] if languages else "und": title} if title else {},
        date=_date(record, extra, losses),
        abstract=_text(record, "description"),
        interviewees=_each(record, "interviewee"),
        interviewers=_each(record, "interviewer"),
        languages=languages,
        collections=tuple(one for one in collections if one[1]),
        subjects=_each(record, "subject"),
        keywords=_each(record, "keyword"),
        rights_holder=_text(record, "rights"),
        usage_note=_text(record, "usage"),
        funder=_text(record, "funding"),
        identifiers=(cms,) if cms else (),
        media_names=tuple(
            name for x in ("file_name", "media_url") if (name := plain(_text(record, x)))
        ),
        extra=extra,
    )


def _keep_rest(record: _Element, extra: dict[str, str], losses: list[Loss]) -> None:
    if formats := _each(record, "format"):
        extra["ohms_format"] = "; ".join(formats)
    if (translate := plain(_text(record, "translate"))) not in ("", "0"):
        extra["ohms_translate"] = translate
    if (restricted := plain(_text(record, "userestrict"))) not in ("", "0"):
        extra["ohms_userestrict"] = restricted
        losses.append(
            Loss(tr("The record says that its use is restricted; nothing was closed for it."))
        )
    media = _child(record, "mediafile")
    for child in media if media is not None else ():
        if (value := plain(text_of(child))) and local(child):
            extra[f"ohms_mediafile_{local(child)}"] = value


def _languages(record: _Element, extra: dict[str, str], losses: list[Loss]) -> tuple[str, ...]:
    text = plain(_text(record, "language"))
    names = [name for name in re.split(r"[;,/]|\band\b", text) if name.strip()]
    tags = dict.fromkeys(tag for name in names if (tag := language_tag(name)))
    if len([name for name in names if language_tag(name)]) < len(names):
        extra["ohms_language"] = text
        losses.append(Loss(tr("The language {name} is not known here.", name=text)))
    return tuple(tags)


def _date(record: _Element, extra: dict[str, str], losses: list[Loss]) -> str:
    element = _child(record, "date")
    value = plain(element.get("value", "")) if element is not None else ""
    if not value:
        return ""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", value)
    if match is not None:
        year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
        if month == 0 and day == 0:
            return year
        if 1 <= month <= 12 and 0 <= day <= 31:
            return f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    pattern = plain(element.get("format", "")).lower() if element is not None else ""
    parts = re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})", value)
    if parts is not None and pattern[:2] in ("mm", "dd"):
        first, second = int(parts[1]), int(parts[2])
        month, day = (first, second) if pattern.startswith("mm") else (second, first)
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{parts[3]}-{month:02}-{day:02}"
    extra["ohms_date"] = value
    losses.append(Loss(tr("The date {value} cannot be read; it was kept as it is.", value=value)))
    return ""


def _points(record: _Element, losses: list[Loss]) -> Iterator[ParsedIndexPoint]:
    index = _child(record, "index")
    points = [x for x in index if local(x) == "point"] if index is not None else []
    for number, point in enumerate(points, start=1):
        where = tr("index point {number}", number=number)
        start = _seconds(plain(_text(point, "time")))
        if start is None:
            losses.append(
                Loss(tr("The time of an index point cannot be read; 0 was taken."), where)
            )
        for child in point:
            if local(child) not in _POINT_KNOWN and text_of(child).strip():
                what = tr("The element {name} is not known and was left out.", name=local(child))
                losses.append(Loss(what, where))
        gps = tuple(_gps(point))
        yield ParsedIndexPoint(
            start_ms=start or 0,
            end_ms=None,
            title=plain(_text(point, "title")),
            synopsis=_text(point, "synopsis"),
            partial_transcript=_text(point, "partial_transcript"),
            keywords=_parted(_text(point, "keywords")),
            subjects=_parted(_text(point, "subjects")),
            place=next((one.text for one in gps if one.text), ""),
            gps=gps,
            links=tuple(_links(point)),
            alt={n: value for n in _POINT_FIELDS if (value := _text(point, f"{n}_alt"))},
        )


def _seconds(text: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,7}(?:\.[0-9]{1,9})?", text):
        return round(float(text) * 1000)
    return read_clock(text)


def _groups(point: _Element, name: str) -> Iterator[_Element]:
    """Yield each grouping element, and the point itself, where 5.1 keeps them flat."""
    yield from (x for x in point if local(x) == name)
    yield point


def _gps(point: _Element) -> Iterator[GpsPoint]:
    for group in _groups(point, "gpspoints"):
        gps, zoom, text, alt = (
            plain(_text(group, name)) for name in ("gps", "gps_zoom", "gps_text", "gps_text_alt")
        )
        if gps or text or alt:
            yield GpsPoint(gps, zoom, text, alt)


def _links(point: _Element) -> Iterator[Hyperlink]:
    for group in _groups(point, "hyperlinks"):
        url, text, alt = (
            plain(_text(group, name))
            for name in ("hyperlink", "hyperlink_text", "hyperlink_text_alt")
        )
        if url or text or alt:
            yield Hyperlink(url, text, alt)


def _transcripts(record: _Element, language: str, losses: list[Loss]) -> Iterator[ParsedTranscript]:
    named = plain(_text(record, "transcript_alt_lang"))
    alternative = language_tag(named)
    if named and not alternative:
        losses.append(Loss(tr("The language {name} is not known here.", name=named)))
    for suffix, spoken, kind in (
        ("", language, TranscriptKind.VERBATIM),
        ("_alt", alternative, TranscriptKind.TRANSLATION),
    ):
        captions = text_of(_child(record, f"vtt_transcript{suffix}"))
        typed = text_of(_child(record, f"transcript{suffix}"))
        sync = text_of(_child(record, f"sync{suffix}"))
        if plain(typed).lower().rstrip(".") == "no transcript":
            typed = ""
        found: ParsedTranscript | None = None
        if not captions.strip() and typed.lstrip("\ufeff \t\r\n").startswith("WEBVTT"):
            captions, typed = typed, ""
        if captions.strip():
            found, said, _ = transcript_of(captions)
            losses += said
            if typed.strip():
                losses.append(Loss(tr("The older form of the transcript was left out.")))
        elif typed.strip():
            turns, said = read_legacy(typed, sync)
            losses += said
            found = ParsedTranscript(turns)
        if found is not None and found.turns:
            yield ParsedTranscript(found.turns, found.language or spoken, kind)
