"""What the search page does to a query: narrowing it, and pointing at what is wrong in it."""

from __future__ import annotations

import re

from archive_app.domain.query import And, parse_query
from archive_app.errors import BadQuery
from archive_app.gui.interview_words import language_name
from archive_app.translation import mark

FIELD_OF_FACET = {
    "collection": "collection",
    "tag": "tag",
    "speaker": "speaker",
    "person": "person",
    "place": "place",
    "language": "lang",
    "year": "date",
}
FACET_TITLES = {
    "collection": mark("Collection"),
    "tag": mark("Tag"),
    "speaker": mark("Speaker"),
    "person": mark("Took part"),
    "place": mark("Place"),
    "language": mark("Language"),
    "year": mark("Year"),
}
SHOWN_FACETS = ("collection", "year", "language", "speaker", "place", "tag")
_PLAIN = re.compile(r"[\w.-]+")


def narrowed(query: str, facet: str, value: str) -> str:
    """Return the query with a value of a facet added to it, as a person would type it."""
    field = f"{FIELD_OF_FACET[facet]}:{_quoted(value)}"
    query = query.strip()
    if not query:
        return field
    if field in query.split():
        return query
    return f"{query} {field}" if _joins_with_and(query) else f"({query}) {field}"


def _joins_with_and(query: str) -> bool:
    """Whether a field put behind the query narrows all of it, and not its last part alone."""
    try:
        before = parse_query(query)
        after = parse_query(f"{query} lang:x")
    except BadQuery:
        return False
    parts = before.parts if isinstance(before, And) else (before,)
    return isinstance(after, And) and after.parts[:-1] == parts


def _quoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else '"{}"'.format(value.replace('"', ""))


def facet_value_name(facet: str, value: str) -> str:
    """Return a facet's value as it is shown."""
    return language_name(value) if facet == "language" else value


def pointed_at(query: str, position: int) -> tuple[str, str]:
    """Return a stretch of the query and, below it, a mark under the place that is wrong."""
    start = max(position - 40, 0)
    stretch = query[start : position + 30]
    lead = "…" if start else ""
    return lead + stretch, " " * (len(lead) + position - start) + "▲"
