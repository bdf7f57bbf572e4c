"""BibTeX: one ``@misc`` for each source, for BibTeX itself and for biblatex.

BibTeX has no type for interviews; ``misc`` with ``howpublished`` is what its styles
print. Values stand in braces. What TeX takes for a command is written as one, braces
by ``\\textbraceleft`` and ``\\textbraceright``, for BibTeX counts even escaped ones.
Letters of any alphabet stay as they are (UTF-8). A name that is not to be inverted
has braces of its own, so that no "and" or comma in it is read as more names. The
title has them too: styles must not take its capitals. ``date`` is EDTF, as biblatex
reads it; ``year`` and ``month`` are for the older styles.
"""

from __future__ import annotations

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

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)


def write_bibtex(sources: Sequence[CitedSource]) -> str:
    """Return the sources as a .bib file."""
    entries = (_entry(key, one) for key, one in zip(keys_of(sources), sources, strict=True))
    return "\n".join(entries)


def _entry(key: str, source: CitedSource) -> str:
    by = _escaped(" and ".join(one.name for one in source.interviewers))
    parts = date_parts(source.date)
    first = parts.sides[0] if parts is not None else ()
    passage = passage_of(source)
    kept = [source.accession, *reversed(source.series), source.repository]
    note = [_escaped(", ".join(part for part in kept if part)), passage]
    fields = {
        "author": _names(source.narrators),
        "title": f"{{{_escaped(title_of(source))}}}",
        "howpublished": ", ".join(
            part
            for part in (f"Interview by {by}" if by else "Interview", medium_of(source))
            if part
        ),
        "address": _escaped(source.place("en")),
        "date": source.date if parts is not None else "",
        "year": str(first[0]) if first else _escaped(say_source_date(source)),
        "note": ", ".join(part for part in note if part),
        "language": _escaped(source.languages[0] if source.languages else ""),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value.strip("{}")]
    if parts is not None and len(parts.sides) == 1 and len(first) > 1:
        # A macro of every style, therefore without braces.
        lines.append(f"  month = {_MONTHS[first[1] - 1]},\n")
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _names(people: Iterable[CitedName]) -> str:
    return " and ".join(_name(one) for one in people)


def _name(one: CitedName) -> str:
    if not one.family:
        return f"{{{_escaped(one.name)}}}"
    return ", ".join(map(_part, (one.family, one.given)))


def _part(text: str) -> str:
    is_several = "," in text or " and " in f" {text.lower()} "
    return f"{{{_escaped(text)}}}" if is_several else _escaped(text)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
