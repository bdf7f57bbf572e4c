"""How an interview, a recording and a passage of it are cited.

After the Oral History Society's advice and the Chicago Manual of Style (18th
ed., 14.108, interviews): who spoke, with whom, where and when; of what
collection, under which number; and for a passage its timecodes. Made from
released fields alone. What is not known leaves no gap.

::

    Viktor, interview by Anna Petrova, Belgrade, 12 September 2022, OH-7,
    Mini Russia in Belgrade, City Archive, 0:12:03–0:13:40.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive_app.domain.edtf_words import display
from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedInterview, ReleasedRecording
from archive_app.domain.timecode import format_timecode
from archive_app.translation import current_language, tr


def cite_interview(released: ReleasedInterview) -> str:
    """Return the citation of a whole interview: one sentence with its full stop."""
    return _sentence(_interview_parts(released))


def cite_recording(released: ReleasedInterview, recording: ReleasedRecording) -> str:
    """Return the citation of one recording: the interview's, with which file and its length."""
    kind = tr("video recording") if recording.has_video else tr("audio recording")
    which = f"{kind} {recording.position}" if len(released.recordings) > 1 else kind
    length = format_timecode(recording.duration_ms) if recording.duration_ms else ""
    return _sentence([*_interview_parts(released), which, length])


def cite_passage(
    released: ReleasedInterview, *, start_ms: int | None, end_ms: int | None = None
) -> str:
    """Return the citation of a passage: the interview's, with its timecodes as "0:12:03–0:13:40".

    An end at or before the start is left out, and so are times that are not known.
    """
    return _sentence([*_interview_parts(released), timecodes(start_ms, end_ms)])


def timecodes(start_ms: int | None, end_ms: int | None = None) -> str:
    """Return "0:12:03–0:13:40", "0:12:03" without an end, nothing without a start."""
    if start_ms is None:
        return ""
    start = format_timecode(start_ms)
    end = format_timecode(end_ms) if end_ms is not None and end_ms > start_ms else ""
    return f"{start}–{end}" if end and end != start else start


def _interview_parts(released: ReleasedInterview) -> list[str]:
    speakers = _people(released, Role.INTERVIEWEE)
    interviewers = _people(released, Role.INTERVIEWER)
    if speakers and interviewers:
        by = tr("interview by {names}", names=interviewers)
    else:
        by = tr("interview") if speakers else ""
    return [
        speakers or released.title,
        by,
        released.place,
        display(released.date, current_language()) if released.date else "",
        released.accession if speakers or released.title != released.accession else "",
        *reversed(released.collections),
    ]


def _people(released: ReleasedInterview, role: Role) -> str:
    names = dict.fromkeys(p.name.strip() for p in released.people if p.role is role and p.name)
    return _enumerated(list(names))


def _enumerated(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return tr("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def _sentence(parts: Iterable[str]) -> str:
    told = [part.strip().rstrip(",;") for part in parts if part.strip(" ,;")]
    text = ", ".join(told)
    return text if text.endswith((".", "!", "?")) else f"{text}."
