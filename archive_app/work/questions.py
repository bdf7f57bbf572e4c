"""What waits for a person's decision: embargoes that ended, reviews due, consents, names shown.

An embargo that ends opens nothing by itself (law 16): it asks. Only interviews
with a restriction, a consent or a protected name are looked into; of all others
one thing is known without looking: no consent is on file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from archive_app.domain.records import Interview, InterviewFile
from archive_app.domain.release_rules import Question, QuestionKind, questions
from archive_app.store.reading import Reader
from archive_app.store.reading_base import grouped
from archive_app.work.recording_consent import postponed_consents, with_postponed

BLOCK = 200
_MISSING = (Question(QuestionKind.CONSENT_MISSING),)


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A question with the interview it is about; for staff only."""

    interview_id: int
    accession: str
    title: str
    question: Question


def questions_about(reader: Reader, interview_id: int, on: date) -> tuple[Question, ...]:
    """Return what only a person can decide about an interview's access; reads no transcript."""
    asked = next(_looked_into(reader, [interview_id], on))[1]
    return with_postponed(asked, postponed_consents(reader), interview_id)


def open_questions(reader: Reader, on: date) -> dict[int, tuple[Question, ...]]:
    """Return what is asked about each interview, by accession number; those without are absent.

    No transcript is read: the time needed grows with the gated interviews.
    """
    ids = reader.interview_ids()
    gated = reader.gated_interviews()
    looked_into = dict(_looked_into(reader, [one for one in ids if one in gated], on))
    postponed = postponed_consents(reader)
    found = ((one, with_postponed(looked_into.get(one, _MISSING), postponed, one)) for one in ids)
    return {one: asked for one, asked in found if asked}


def count_questions(reader: Reader, on: date) -> int:
    """Return how many questions the archive has on a day."""
    return sum(map(len, open_questions(reader, on).values()))


def question_lines(reader: Reader, on: date) -> list[AskedLine]:
    """Return every question with the interview it is about, by accession number."""
    asked = open_questions(reader, on)
    return [
        AskedLine(interview.id, interview.accession, interview.title, question)
        for interview in reader.interviews(asked)
        for question in asked[interview.id]
    ]


def _looked_into(
    reader: Reader, ids: Sequence[int], on: date
) -> Iterator[tuple[int, tuple[Question, ...]]]:
    """Yield each interview's questions; they depend on nothing but what is read here."""
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        contributions = grouped(reader.contributions_of(block), lambda one: one.interview_id)
        restrictions = grouped(reader.restrictions_of(block), lambda one: one.interview_id)
        consents = grouped(reader.consents_of(block), lambda one: one.interview_id)
        speakers = reader.speakers_of(block)
        people = reader.people_by_id(person for group in speakers.values() for person in group)
        for one in block:
            taking_part = {c.person.id: c.person for c in contributions.get(one, ())}
            speaking = {person: people[person] for person in speakers.get(one, ())}
            file = InterviewFile(
                Interview(one, "", ""),
                contributions=tuple(contributions.get(one, ())),
                people=tuple((taking_part | speaking).values()),
                restrictions=tuple(restrictions.get(one, ())),
                consents=tuple(consents.get(one, ())),
            )
            yield one, questions(file, on)
