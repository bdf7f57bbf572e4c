"""The usage of oral historians in Britain.

The Oral History Society asks (in its advice to authors and on using interviews) that a
quotation be traceable: who speaks, with whom, when and where, in which collection, under
which reference. It sets no punctuation. Chosen here, after the notes of the Society's
journal and the way the British Library cites (name, "interviewed by", collection,
reference "C1672/08", times): one sentence with commas, day before month, British marks,
the collection before the repository and the reference before the times. A list differs
from a note only in that the first name is inverted and the times are left out.
"""

from __future__ import annotations

from archive_app.domain.citation_dates import BRITISH, say_date, say_times, two_digit_hours
from archive_app.domain.citation_source import Cited, CitedSource
from archive_app.domain.citation_text import capital, listed, quoted, sentence


def note(source: CitedSource) -> str:
    """Return the endnote, a passage with its times."""
    times = say_times(source.start_ms, source.end_ms, form=two_digit_hours)
    return _sentence(source, [one.name for one in source.narrators], times)


def reference(source: CitedSource) -> str:
    """Return the entry in a list of interviews, without times."""
    names = [one.inverted if n == 0 else one.name for n, one in enumerate(source.narrators)]
    return _sentence(source, names, "")


def _sentence(source: CitedSource, names: list[str], times: str) -> str:
    by = listed([one.name for one in source.interviewers], last="and")
    lead = listed(names, last="and") or quoted(source.title("en"), "‘’", "“”")
    interviewed = f"interviewed by {by}" if by else "interview"
    if by and not names:
        interviewed = f"interview by {by}"
    return sentence(
        [
            lead,
            interviewed if lead else capital(interviewed),
            source.place("en"),
            say_date(source.date, BRITISH),
            *reversed(source.series),
            source.repository,
            source.accession,
            _which(source),
            times,
        ]
    )


def _which(source: CitedSource) -> str:
    if source.kind is not Cited.RECORDING:
        return ""
    kind = "video recording" if source.has_video else "audio recording"
    return f"{kind} {source.recording}" if source.recording else kind
