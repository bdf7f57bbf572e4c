"""The dossier's data as JSON, to lie in the PDF: what it shows, for a program to read.

``{"format": "oral-history-archive/dossier", "version": 1, …}``. Made of the released
records that the pages are made of, and of nothing that the pages do not show: passages
as they are cut and smoothed, no text where the layout has none. Times in ms, offsets in
code points of the text as it stands here, turns numbered as in their transcript.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from archive_app.domain.citation_source import source_of
from archive_app.domain.citation_styles import cite
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedInterview,
    ReleasedPerson,
    ReleasedTagging,
)
from archive_app.domain.rich_text import to_json
from archive_app.dossier.contents import (
    DossierContents,
    DossierPart,
    Excerpts,
    Heading,
    Picture,
    Prose,
    Segment,
    WholeInterview,
    interviews_of,
    repository_of,
)
from archive_app.dossier.design import Layout
from archive_app.dossier.links import link_to
from archive_app.dossier.marks import ShownTurn
from archive_app.dossier.stretches import Stretch, spreads_of
from archive_app.translation import mark

NAME = "oral-history-archive/dossier"
VERSION = 1
FILE_NAME = "dossier.json"
MIME_TYPE = "application/json"
DESCRIPTION = mark("The dossier's data")

Json = dict[str, Any]


def data_of(contents: DossierContents) -> bytes:
    """Return the dossier's data as JSON, UTF-8; the same contents give the same bytes."""
    text = json.dumps(_document(contents), ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8", "replace")


def data_strings(contents: DossierContents) -> Iterator[str]:
    """Yield every string that the data holds."""
    yield from _strings(_document(contents))


def _strings(held: object) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for key, value in held.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(held, list):
        for value in held:
            yield from _strings(value)


def _filled(**values: Any) -> Json:
    """Return what is known: empty texts and lists are left out."""
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}


def _document(contents: DossierContents) -> Json:
    contents = replace(contents, repository=repository_of(contents))
    return _filled(
        format=NAME,
        version=VERSION,
        made_by=contents.made_by,
        title=contents.title,
        subtitle=contents.subtitle,
        author=contents.author,
        description=contents.description,
        method=contents.method,
        repository=contents.repository,
        contact=contents.contact,
        language=contents.language,
        date=contents.on.isoformat(),
        audience=str(contents.audience),
        layout=str(contents.design.layout),
        keywords=list(contents.keywords),
        interviews=[_interview(each, contents) for each in interviews_of(contents)],
        parts=[_part(each, contents) for each in contents.interviews],
    )


def _interview(interview: ReleasedInterview, contents: DossierContents) -> Json:
    source = source_of(interview, repository=contents.repository)
    return _filled(
        uuid=interview.uuid,
        accession=interview.accession,
        titles=dict(interview.titles),
        collections=list(interview.collections),
        languages=list(interview.languages),
        date=interview.date,
        people=[_person(each) for each in interview.people],
        abstract=interview.abstract,
        place=interview.place,
        place_names=dict(interview.place_names),
        circumstances=interview.circumstances,
        subjects=list(interview.subjects),
        keywords=list(interview.keywords),
        rights_holder=interview.rights_holder,
        licence=interview.licence,
        usage_note=interview.usage_note,
        funder=interview.funder,
        duration_ms=interview.duration_ms or None,
        index_points=[_point(each) for each in interview.index_points],
        withheld=[
            _filled(
                layer=str(each.layer),
                passages=each.passages or None,
                until=each.until.isoformat() if each.until else None,
                reason=each.reason,
            )
            for each in interview.withheld
        ],
        citation=cite(source, contents.design.citation_style).reference,
        link=_link(interview, None, contents),
    )


def _person(person: ReleasedPerson) -> Json:
    return _filled(
        name=person.name,
        sort_name=person.sort_name,
        role=str(person.role),
        biography=person.biography,
    )


def _point(point: ReleasedIndexPoint) -> Json:
    return {"start_ms": point.start_ms} | _filled(
        end_ms=point.end_ms,
        title=point.title,
        title_alt=point.alt.get("title", ""),
        synopsis=point.synopsis,
        keywords=list(point.keywords),
        subjects=list(point.subjects),
        place=point.place,
    )


def _link(interview: ReleasedInterview, start_ms: int | None, contents: DossierContents) -> str:
    link = link_to(contents, interview, start_ms)
    return link.text if link else ""


def _part(part: DossierPart, contents: DossierContents) -> Json:
    if isinstance(part, Heading):
        return _filled(kind="heading", level=part.level, title=part.title, text=part.text)
    if isinstance(part, Prose):
        kept = json.loads(to_json(part.text) or "[]")
        return _filled(kind="text", language=part.language, blocks=kept)
    if isinstance(part, Picture):
        return _filled(kind="picture", caption=part.caption, alt=part.alt)
    if isinstance(part, Segment):
        return _filled(
            kind="segment", interview=part.interview.uuid, number=part.number, comment=part.comment
        )
    kind = "interview" if isinstance(part, WholeInterview) else "excerpts"
    return _filled(
        kind=kind,
        interview=part.interview.uuid,
        heading=part.heading,
        comment=part.comment,
        passages=list(_passages(part, contents)),
    )


def _passages(part: WholeInterview | Excerpts, contents: DossierContents) -> Iterator[Json]:
    if contents.design.layout is Layout.FINDING_AID:
        return
    for spread in spreads_of(part, contents.design, contents.language):
        if spread.left is not None and spread.right is not None:
            yield _passage(spread.left, contents)
            yield _passage(spread.right, contents)
        else:
            yield _passage(spread.main, contents)


def _passage(stretch: Stretch, contents: DossierContents) -> Json:
    source = source_of(
        stretch.interview, repository=contents.repository,
        start_ms=stretch.start_ms, end_ms=stretch.end_ms,
    )  # fmt: skip
    shown = {each.turn.n: each for each in stretch.turns}
    return _filled(
        transcript=stretch.transcript.uuid,
        language=stretch.transcript.language,
        transcript_kind=str(stretch.transcript.kind),
        heading=stretch.heading,
        comment=stretch.comment,
        citation=cite(source, contents.design.citation_style).note,
        link=_link(stretch.interview, stretch.start_ms, contents),
        clip=contents.clips.get((stretch.transcript.uuid, stretch.first), ""),
        turns=[_turn(each) for each in stretch.turns],
        tags=[
            held
            for tagging in stretch.transcript.taggings
            if (held := _tag(tagging, shown)) is not None
        ],
    )


def _turn(shown: ShownTurn) -> Json:
    turn = shown.turn
    return {"n": turn.n, "speaker": turn.speaker, "text": turn.text} | _filled(
        start_ms=turn.start_ms,
        end_ms=turn.end_ms,
        is_time_estimated=turn.is_time_estimated or None,
        withheld=[list(each) for each in turn.withheld],
        notes=[
            _filled(offset=note.offset, text=note.text, link=note.link) for note in turn.footnotes
        ],
    )


def _tag(tagging: ReleasedTagging, shown: dict[int, ShownTurn]) -> Json | None:
    """Return a tag with its place in the turns that are shown; None if it is on none of them."""
    turns = [n for n in shown if tagging.start_turn <= n <= tagging.end_turn]
    if not turns:
        return None
    first, last = min(turns), max(turns)
    start = shown[first].place(tagging.start) if first == tagging.start_turn else 0
    end = len(shown[last].text)
    if last == tagging.end_turn:
        end = shown[last].place(tagging.end)
    if first == last and start >= end:
        return None
    return {
        "uuid": tagging.tag_uuid,
        "names": dict(tagging.names),
        "path": list(tagging.path),
        "start_turn": first,
        "start": start,
        "end_turn": last,
        "end": end,
    }
