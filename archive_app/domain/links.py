"""Short links from paper into the archive: ``oralhistory:MRB-001@0:12:05``.

A link names an interview by its accession number, as a citation does, and a time
on it; so it can be typed from a printed page. The accession is percent-encoded
where it holds more than letters, digits, ``-``, ``.`` and ``_`` (RFC 3986).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from archive_app.domain.timecode import format_timecode, parse_timecode
from archive_app.errors import BadValue
from archive_app.translation import tr

SCHEME = "oralhistory"


@dataclass(frozen=True, slots=True)
class ShortLink:
    """An interview by accession number, and a time on it in milliseconds."""

    accession: str
    start_ms: int | None = None

    def __str__(self) -> str:
        """Return the link as it is printed."""
        time = f"@{format_timecode(self.start_ms)}" if self.start_ms is not None else ""
        return f"{SCHEME}:{quote(self.accession, safe='')}{time}"


def read_link(text: str) -> ShortLink:
    """Return what a link leads to.

    Raises:
        BadValue: it is no such link.
    """
    scheme, _, rest = text.strip().partition(":")
    accession, at, time = rest.lstrip("/").partition("@")
    accession = unquote(accession).strip()
    if scheme.casefold() != SCHEME or not accession:
        raise BadValue(
            tr("“{text}” is no link into an archive. It looks like {example}.",
               text=text, example=str(ShortLink("MRB-001", 725_000)))
        )  # fmt: skip
    return ShortLink(accession, parse_timecode(time) if at else None)
