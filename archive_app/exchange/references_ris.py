"""RIS: tagged lines, as Research Information Systems specified them.

Source: RIS Format Specifications (Reference Manager). A tag is two characters, two
spaces, a hyphen and a space; each stands on a line of its own that ends with CR LF; a
reference begins with TY and ends with ER; authors are written family name first, and no
asterisk may stand in them. Encoding is not specified; readers of today expect UTF-8.

RIS has no interview. What can be heard or seen is SOUND or VIDEO, which keep the
archive's fields in every reader looked at; a transcript alone is UNPB, unpublished.
PCOMM, which some write, comes back as a letter.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive_app.domain.citation_source import CitedName, CitedSource
from archive_app.exchange.references_parts import (
    date_parts,
    keys_of,
    medium_of,
    passage_of,
    say_source_date,
    title_of,
)


def write_ris(sources: Sequence[CitedSource]) -> str:
    """Return the sources as a .ris file."""
    return "".join(_record(key, one) for key, one in zip(keys_of(sources), sources, strict=True))


def _record(key: str, source: CitedSource) -> str:
    parts = date_parts(source.date)
    first = parts.sides[0] if parts is not None else ()
    by = " and ".join(one.name for one in source.interviewers)
    passage = passage_of(source)
    told = (
        say_source_date(source) if parts is None or parts.is_about or len(parts.sides) > 1 else ""
    )
    lines = [
        ("TY", "VIDEO" if source.has_video else "SOUND" if source.has_sound else "UNPB"),
        ("ID", key[:20]),
        *(("AU", _name(one)) for one in source.narrators),
        *(("A2", _name(one)) for one in source.interviewers),
        ("TI", title_of(source)),
        ("T2", ", ".join(source.series)),
        ("PY", f"{first[0]:04}" if first else ""),
        ("DA", _day(first)),
        ("CY", source.place("en")),
        ("M3", f"Interview, {medium_of(source)}".removesuffix(", ")),
        ("AV", source.repository),
        ("DB", source.repository),
        ("CN", source.accession),
        ("LA", source.languages[0] if source.languages else ""),
        ("N1", f"Interview by {by}" if by else ""),
        ("N1", f"Date: {told}" if told else ""),
        ("N1", f"Passage: {passage}" if passage else ""),
    ]
    text = "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value)
    return f"{text}ER  - \r\n"


def _name(one: CitedName) -> str:
    return one.inverted.replace("*", "")


def _day(first: tuple[int, ...]) -> str:
    """Return "2022/09/12/", with nothing between the strokes for what is not known."""
    if not first:
        return ""
    known = [f"{first[0]:04}", *(f"{number:02}" for number in first[1:]), "", ""]
    return "/".join([*known[:3], ""])
