"""Released interviews to OHMS XML 6.0, valid by its schema (``ohms-6.0.xsd``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

from archive_app.domain.parsed import Loss
from archive_app.domain.records import Role, TranscriptKind
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedInterview,
    ReleasedTranscript,
)
from archive_app.exchange.caption_writing import cues_of
from archive_app.exchange.language_names import language_name
from archive_app.exchange.losses import chosen_transcript, left_out
from archive_app.exchange.ohms_xml import NAMESPACE, legal
from archive_app.exchange.vtt import vtt_text
from archive_app.exchange.written import Written
from archive_app.translation import tr, trn

if TYPE_CHECKING:
    from lxml.etree import _Element

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_HOSTS = ("Avalon", "Aviary", "Brightcove", "Kaltura", "SoundCloud", "Vimeo", "YouTube", "Other")
_MAX_INT = 2**31 - 1


def write_ohms(released: ReleasedInterview, *, transcript: int | None = None) -> Written:
    """Return the interview as OHMS XML 6.0 with up to two transcripts, and what it leaves out.

    The transcript of that id (else the first) is the main one; of the others
    the first translation, else the next, is the alternative.

    Raises:
        NotFound: the transcript asked for is not there for this audience.
    """
    import lxml.etree as etree

    main = chosen_transcript(released, transcript) if transcript is not None else None
    main = main or next(iter(released.transcripts), None)
    rest = [one for one in released.transcripts if one is not main]
    alt = next((one for one in rest if one.kind is TranscriptKind.TRANSLATION), None)
    alt = alt or next(iter(rest), None)
    losses: list[Loss] = []
    root = etree.Element(f"{{{NAMESPACE}}}ROOT", nsmap={None: NAMESPACE, "xsi": _XSI})
    root.set(f"{{{_XSI}}}schemaLocation", f"{NAMESPACE} {NAMESPACE}/ohms.xsd")
    record = etree.SubElement(root, f"{{{NAMESPACE}}}record")
    record.set("id", _record_id(released))
    record.set("dt", released.on.isoformat())
    _head(record, released, alt, losses)
    _index(record, released.index_points, losses)
    _tail(record, released, main, alt, losses)
    losses += _left_out(released, main, alt)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return Written(data, tuple(losses))


def _record_id(released: ReleasedInterview) -> str:
    given = released.extra.get("ohms_id", "")
    if re.fullmatch(r"[0-9]{1,18}", given) and int(given) <= _MAX_INT:
        return given
    # Not the number of the row: its gaps would count what is closed.
    return str(crc32(released.uuid.encode()) & _MAX_INT)


def _add(parent: _Element, name: str, text: str = "", losses: list[Loss] | None = None) -> _Element:
    import lxml.etree as etree

    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = legal(text) or None
    if losses is not None and len(legal(text)) < len(text):
        losses.append(Loss(tr("Characters that XML cannot hold were left out."), name))
    return element


def _head(
    record: _Element,
    released: ReleasedInterview,
    alt: ReleasedTranscript | None,
    losses: list[Loss],
) -> None:
    """Write everything before the index, in the schema's order."""
    extra = released.extra
    _add(record, "version", "6.0")
    is_plain_date = bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", released.date))
    date = _add(record, "date")
    date.set("value", released.date if is_plain_date else "")
    date.set("format", "yyyy-mm-dd")
    other_date = extra.get("ohms_date_nonpreferred_format", "")
    _add(record, "date_nonpreferred_format",
         other_date if is_plain_date else other_date or released.date)  # fmt: skip
    _add(record, "cms_record_id", released.identifiers[0] if released.identifiers else "", losses)
    _add(record, "title", released.title, losses)
    _add(record, "accession", released.accession, losses)
    _add(record, "duration", _duration(released))
    repository, collection, series = _shelf(released.collections)
    _add(record, "collection_id", extra.get("ohms_collection_id", ""))
    _add(record, "collection_name", collection, losses)
    _add(record, "series_id", extra.get("ohms_series_id", ""))
    _add(record, "series_name", series, losses)
    _add(record, "repository", repository, losses)
    _add(record, "funding", released.funder, losses)
    _add(record, "repository_url", extra.get("ohms_repository_url", ""))
    for name, values in (
        ("subject", released.subjects),
        ("keyword", released.keywords),
        ("interviewee", [p.name for p in released.people if p.role is Role.INTERVIEWEE]),
        ("interviewer", [p.name for p in released.people if p.role is Role.INTERVIEWER]),
        ("format", _formats(released)),
    ):
        for value in values:
            _add(record, name, value, losses)
    recordings = released.recordings
    _add(record, "file_name", recordings[0].file_name if recordings else "", losses)
    _add(record, "sync")
    _add(record, "sync_alt")
    _add(record, "transcript_alt_lang", language_name(alt.language) if alt else "")
    _add(record, "translate", "1" if alt and alt.kind is TranscriptKind.TRANSLATION else "0")
    _media(record, released)
    names = ", ".join(language_name(tag) for tag in released.languages)
    _add(record, "language", names or extra.get("ohms_language", ""))
    _add(record, "user_notes", extra.get("ohms_user_notes", ""), losses)


def _media(record: _Element, released: ReleasedInterview) -> None:
    extra = released.extra
    _add(record, "media_id", extra.get("ohms_media_id", ""))
    _add(record, "media_url", extra.get("ohms_media_url", ""))
    media = _add(record, "mediafile")
    host = extra.get("ohms_mediafile_host", "Other")
    _add(media, "host", host if host in _HOSTS else "Other")
    for name in ("avalon_target_domain", "host_account_id", "host_player_id", "host_clip_id"):
        _add(media, name, extra.get(f"ohms_mediafile_{name}", ""))
    _add(media, "clip_format", _fmt(released))
    _add(record, "kembed", extra.get("ohms_kembed", ""))


def _fmt(released: ReleasedInterview) -> str:
    given = released.extra.get("ohms_fmt", "")
    if given in ("audio", "video") and not released.recordings:
        return given
    return "video" if any(one.has_video for one in released.recordings) else "audio"


def _duration(released: ReleasedInterview) -> str:
    if not released.duration_ms:
        return released.extra.get("ohms_duration", "")
    seconds = released.duration_ms // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _shelf(collections: Sequence[str]) -> tuple[str, str, str]:
    """Return repository, collection and series out of the titles from the root down."""
    if len(collections) <= 1:
        return "", "".join(collections), ""
    if len(collections) == 2:
        return collections[0], collections[1], ""
    return collections[0], " / ".join(collections[1:-1]), collections[-1]


def _formats(released: ReleasedInterview) -> list[str]:
    given = released.extra.get("ohms_format", "")
    return [part.strip() for part in given.split(";") if part.strip()]


def _index(record: _Element, points: Sequence[ReleasedIndexPoint], losses: list[Loss]) -> None:
    index = _add(record, "index")
    for point in points:
        _point(index, point, losses)
    cut = sum(1 for point in points if point.start_ms % 1000)
    if cut:
        what = trn(
            "OHMS counts in whole seconds: the time of {count} index point was cut to it.",
            "OHMS counts in whole seconds: the times of {count} index points were cut to it.",
            cut,
        )
        losses.append(Loss(what))
    ends = sum(1 for point in points if point.end_ms is not None)
    if ends:
        what = trn(
            "OHMS knows no end of an index point: {count} is not in the file.",
            "OHMS knows no ends of index points: {count} are not in the file.",
            ends,
        )
        losses.append(Loss(what))


def _point(index: _Element, point: ReleasedIndexPoint, losses: list[Loss]) -> None:
    element = _add(index, "point")
    _add(element, "time", str(min(max(point.start_ms, 0) // 1000, _MAX_INT)))
    for name, text in (
        ("title", point.title),
        ("partial_transcript", point.partial_transcript),
        ("synopsis", point.synopsis),
        ("keywords", ";".join(point.keywords)),
        ("subjects", ";".join(point.subjects)),
    ):
        _add(element, name, text, losses)
        _add(element, f"{name}_alt", point.alt.get(name, ""), losses)
    for gps in point.gps:
        group = _add(element, "gpspoints")
        _add(group, "gps", gps.gps)
        _add(group, "gps_zoom", gps.zoom if re.fullmatch(r"[0-9]{1,3}", gps.zoom) else "")
        _add(group, "gps_text", gps.text, losses)
        _add(group, "gps_text_alt", gps.text_alt, losses)
    if point.place and all(gps.text != point.place for gps in point.gps):
        group = _add(element, "gpspoints")
        for name, text in (("gps", ""), ("gps_zoom", ""), ("gps_text", point.place)):
            _add(group, name, text, losses)
    for link in point.links:
        group = _add(element, "hyperlinks")
        _add(group, "hyperlink", link.url, losses)
        _add(group, "hyperlink_text", link.text, losses)
        _add(group, "hyperlink_text_alt", link.text_alt, losses)


def _tail(
    record: _Element,
    released: ReleasedInterview,
    main: ReleasedTranscript | None,
    alt: ReleasedTranscript | None,
    losses: list[Loss],
) -> None:
    """Write everything behind the index, in the schema's order."""
    extra = released.extra
    _add(record, "type", extra.get("ohms_type", ""))
    _add(record, "description", released.abstract, losses)
    _add(record, "rel", extra.get("ohms_rel", ""))
    _add(record, "transcript")
    _add(record, "transcript_alt")
    for name, transcript in (("vtt_transcript", main), ("vtt_transcript_alt", alt)):
        _captions(_add(record, name), transcript, losses)
    _add(record, "rights", _rights(extra, released), losses)
    _add(record, "fmt", _fmt(released))
    _add(record, "usage", released.usage_note, losses)
    _add(record, "userestrict", "1" if extra.get("ohms_userestrict") == "1" else "0")
    for name in ("xmllocation", "xmlfilename", "collection_link", "series_link"):
        _add(record, name, extra.get(f"ohms_{name}", ""))


def _rights(extra: Mapping[str, str], released: ReleasedInterview) -> str:
    del extra
    return "\n".join(part for part in (released.rights_holder, released.licence) if part)


def _captions(element: _Element, transcript: ReleasedTranscript | None, losses: list[Loss]) -> None:
    if transcript is None or not transcript.turns:
        return
    import lxml.etree as etree

    cues, said = cues_of(transcript.turns)
    losses += said
    text = vtt_text(transcript, cues)
    if len(legal(text)) < len(text):
        losses.append(Loss(tr("Characters that XML cannot hold were left out."), "vtt_transcript"))
        text = legal(text)
    # The captions' own escaping leaves no ">" but in tags; this is the proof of it.
    element.text = text if "]]>" in text else etree.CDATA(text)


def _left_out(
    released: ReleasedInterview, main: ReleasedTranscript | None, alt: ReleasedTranscript | None
) -> list[Loss]:
    keeps = frozenset({"cues", "language", "footnotes", "index", "record", "transcripts"})
    losses = left_out(released, main, keeps=keeps)
    if alt is not None:
        losses += left_out(released, alt, keeps=keeps)
    others = len(released.transcripts) - (main is not None) - (alt is not None)
    for count, what in (
        (
            others,
            trn(
                "{count} other transcript is not in the file.",
                "{count} other transcripts are not in the file.",
                others,
            ),
        ),
        (len(released.titles) - 1, tr("Titles in other languages are not in the file.")),
        (
            len([p for p in released.people if p.role not in (Role.INTERVIEWEE, Role.INTERVIEWER)]),
            tr("People other than interviewees and interviewers are not in the file."),
        ),
        (len(released.identifiers) - 1, tr("Further identifiers are not in the file.")),
        (len(released.recordings) - 1, tr("OHMS names one recording; the others are left out.")),
        (len(released.circumstances), tr("The circumstances are not in the file.")),
        (len(released.place), tr("The place of recording is not in the file.")),
        (sum(1 for p in released.people if p.biography), tr("Biographies are not in the file.")),
    ):
        if count > 0:
            losses.append(Loss(what))
    return losses
