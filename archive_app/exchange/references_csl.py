"""CSL-JSON, version 1.0.2: an array of items of the type "interview".

Source: the schema of the Citation Style Language project (csl-data.json). A name
that is not to be inverted is a ``literal``; a date that numbers cannot say (the
2010s, "from 1998") is one too; "about" and "perhaps" are ``circa``. A passage's
times are no part of an item (a citing text has its own locator): they stand in
``note``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from archive_app.domain.citation_source import CitedName, CitedSource
from archive_app.exchange.references_parts import (
    date_parts,
    keys_of,
    medium_of,
    passage_of,
    say_source_date,
    title_of,
)


def write_csl_json(sources: Sequence[CitedSource]) -> str:
    """Return the sources as one JSON document."""
    items = [_item(key, one) for key, one in zip(keys_of(sources), sources, strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(key: str, source: CitedSource) -> dict[str, object]:
    passage = passage_of(source)
    item: dict[str, object] = {
        "id": key,
        "type": "interview",
        "title": title_of(source),
        "author": _names(source.narrators),
        "interviewer": _names(source.interviewers),
        "issued": _issued(source),
        "event-place": source.place("en"),
        "medium": medium_of(source),
        "archive": source.repository,
        "archive_collection": ", ".join(source.series),
        "archive_location": source.accession,
        "call-number": source.accession,
        "language": source.languages[0] if source.languages else "",
        "note": f"Passage: {passage}" if passage else "",
    }
    return {name: value for name, value in item.items() if value}


def _names(people: Iterable[CitedName]) -> list[dict[str, str]]:
    return [
        {"family": one.family, "given": one.given} if one.family else {"literal": one.name}
        for one in people
    ]


def _issued(source: CitedSource) -> dict[str, object]:
    if not source.date:
        return {}
    parts = date_parts(source.date)
    if parts is None:
        return {"literal": say_source_date(source)}
    issued: dict[str, object] = {"date-parts": [list(side) for side in parts.sides]}
    return issued | {"circa": True} if parts.is_about else issued
