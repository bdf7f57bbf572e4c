"""The consent form before the first recording: asked for, or put off and remembered.

What was put off is one of the archive's settings, under the interview's uuid: it needs
no form that nobody signed, opens and closes nothing, and can be undone. It counts only
while no consent is on file, so nothing has to be cleared when the form comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from archive_app.domain.records import Outcome
from archive_app.domain.release_rules import Question, QuestionKind
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.translation import mark
from archive_app.work.access import today

_PREFIX = "consent-later/"


def consent_is_due(reader: Reader, interview_id: int) -> bool:
    """Tell whether to ask for the consent form's fields: none on file, and not put off.

    Raises:
        NotFound: there is no such interview.
    """
    interview = reader.interview(interview_id)
    return not reader.consents(interview_id) and reader.setting(_PREFIX + interview.uuid) is None


def postpone_consent(archive: Archive, interview_id: int) -> Outcome[None]:
    """Remember that the form comes later; it stands among the open questions until then.

    Raises:
        NotFound: there is no such interview.
    """
    day = today(archive)
    with archive.write(mark("Put consent form off"), interview_id=interview_id) as writer:
        interview = writer.interview(interview_id)
        if writer.setting(_PREFIX + interview.uuid) is None:
            # The id finds the interview at once; the uuid says whether it still is that one.
            writer.set_setting(_PREFIX + interview.uuid, f"{day.isoformat()} {interview_id}")
    return writer.outcome(None)


def postponed_consents(reader: Reader) -> dict[int, date]:
    """Return for which interviews the form was put off, and on which day."""
    days: dict[int, tuple[str, date]] = {}
    for key, value in reader.settings_under(_PREFIX).items():
        day, _, interview_id = value.partition(" ")
        try:
            days[int(interview_id)] = (key.removeprefix(_PREFIX), date.fromisoformat(day))
        except ValueError:
            continue  # an archive from elsewhere may hold anything
    return {
        one.id: days[one.id][1] for one in reader.interviews(days) if one.uuid == days[one.id][0]
    }


def with_postponed(
    asked: tuple[Question, ...], postponed: Mapping[int, date], interview_id: int
) -> tuple[Question, ...]:
    """Return an interview's questions, a missing consent as the task that was put off."""
    since = postponed.get(interview_id)
    if since is None:
        return asked
    return tuple(
        replace(one, kind=QuestionKind.CONSENT_POSTPONED, since=since)
        if one.kind is QuestionKind.CONSENT_MISSING
        else one
        for one in asked
    )
