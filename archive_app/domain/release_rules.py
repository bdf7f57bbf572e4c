"""What restrictions and consents close, for whom and on which day: laws 13, 15 and 16.

Dates are the archive's own days: a restriction ``until`` 2040-01-01 closes
2039-12-31 to its end, and its date takes effect at that midnight. From then on
it still closes, and raises a question, unless it opens by itself. ``on`` is the
day in the archive's time zone; nothing here reads a clock.

**Layers.** A closed description closes the index with it: synopses describe
(the field's four layers are listing, description with index, transcript,
recording). A closed listing closes everything.

**Consents.** A form signed after ``on`` does not count; one without a date does,
and is asked about. Uses of one person's forms add up; what an interview's people
allow is what all of them allow; a form for nobody in particular stands for
everybody who has none of their own. What each use opens:

=============  ===================================  ==============================
audience       transcript                           recording
=============  ===================================  ==============================
public         quotation, publication or online     voice (with picture: and image)
reading room   research or any of those             research, or as for the public
=============  ===================================  ==============================

An interview without any form on file is not withheld: archives take over
collections that are older than their forms. It is asked about instead.
A withdrawn consent closes everything to outsiders from its day on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from archive_app.domain.records import (
    Audience,
    Consent,
    ConsentUse,
    InterviewFile,
    Layer,
    Restriction,
    Role,
)
from archive_app.domain.skeletons import LETTERS, skeleton
from archive_app.translation import tr

_QUOTABLE = frozenset({ConsentUse.QUOTATION, ConsentUse.PUBLICATION, ConsentUse.ONLINE})


class QuestionKind(StrEnum):
    """Why a person should look at an interview's access."""

    EMBARGO_ENDED = "embargo-ended"
    REVIEW_DUE = "review-due"
    PASSAGE_LOST = "passage-lost"
    CONSENT_MISSING = "consent-missing"
    CONSENT_POSTPONED = "consent-postponed"
    """None on file either: somebody recorded first and put the form off (``since``)."""
    CONSENT_INCOMPLETE = "consent-incomplete"
    CONSENT_UNDATED = "consent-undated"
    NAME_SHOWN = "name-shown"


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can decide; ``uuid`` is the restriction's, consent's or person's."""

    kind: QuestionKind
    uuid: str = ""
    since: date | None = None

    @property
    def text(self) -> str:
        """The question in the interface's language, without names."""
        match self.kind:
            case QuestionKind.EMBARGO_ENDED:
                return tr("An embargo ended on {date}. Open, or close further?", date=self.since)
            case QuestionKind.REVIEW_DUE:
                return tr("A restriction was to be reviewed on {date}.", date=self.since)
            case QuestionKind.PASSAGE_LOST:
                return tr(
                    "The text of a closed passage was edited away. "
                    "The transcripts stay closed until the passage is set again or lifted."
                )
            case QuestionKind.CONSENT_MISSING:
                return tr("No consent is on file.")
            case QuestionKind.CONSENT_POSTPONED:
                return tr("The consent form was put off on {date} and is still to come.",
                          date=self.since)  # fmt: skip
            case QuestionKind.CONSENT_INCOMPLETE:
                return tr("Not every interviewee has a consent on file.")
            case QuestionKind.CONSENT_UNDATED:
                return tr("A consent form has no date of signing.")
            case QuestionKind.NAME_SHOWN:
                return tr("A public name holds a word of a protected name.")


def is_closing(restriction: Restriction, on: date) -> bool:
    """Tell whether a restriction still closes anything on a day (law 16)."""
    if restriction.until is None or not restriction.opens_by_itself:
        return True
    return on < restriction.until


def shuts_out(restriction: Restriction, audience: Audience, on: date) -> bool:
    """Tell whether a restriction keeps an audience out on a day. Staff are never kept out."""
    return (
        audience is not Audience.STAFF
        and audience.rank <= restriction.shut_out.rank
        and is_closing(restriction, on)
    )


def is_withdrawn(file: InterviewFile, on: date) -> bool:
    """Tell whether anybody's consent is withdrawn on a day."""
    return any(c.withdrawn_on is not None and c.withdrawn_on <= on for c in file.consents)


def closed_layers(
    file: InterviewFile, audience: Audience, on: date
) -> dict[Layer, tuple[Restriction, ...]]:
    """Return the layers that restrictions close to an audience, and by which of them."""
    closed: dict[Layer, tuple[Restriction, ...]] = {}
    for restriction in file.restrictions:
        if restriction.layer is None or not shuts_out(restriction, audience, on):
            continue
        closes = [restriction.layer]
        if restriction.layer is Layer.DESCRIPTION:
            closes.append(Layer.INDEX)
        elif restriction.layer is Layer.LISTING:
            closes = list(Layer)
        for layer in closes:
            closed[layer] = (*closed.get(layer, ()), restriction)
    return closed


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the consents on file let an audience have."""

    transcript: bool = True
    sound: bool = True
    picture: bool = True


def allowed(file: InterviewFile, audience: Audience, on: date) -> Allowed:
    """Return what the consents let an audience have on a day; see the table above."""
    if audience is Audience.STAFF or not file.consents:
        return Allowed()
    uses = _uses(file, on)
    voice = ConsentUse.VOICE in uses
    image = voice and ConsentUse.IMAGE in uses
    quotable = bool(uses & _QUOTABLE)
    if audience is Audience.READING_ROOM and ConsentUse.RESEARCH in uses:
        return Allowed()
    return Allowed(transcript=quotable, sound=voice, picture=image)


def _counts(consent: Consent, on: date) -> bool:
    return consent.signed_on is None or consent.signed_on <= on


def _uses(file: InterviewFile, on: date) -> frozenset[ConsentUse]:
    """Return the uses that everybody concerned allows."""
    by_person: dict[int | None, frozenset[ConsentUse]] = {}
    for consent in file.consents:
        uses = consent.uses if _counts(consent, on) else frozenset[ConsentUse]()
        by_person[consent.person_id] = by_person.get(consent.person_id, frozenset()) | uses
    if None not in by_person:
        by_person.update(dict.fromkeys(_interviewees(file) - by_person.keys(), frozenset()))
    return frozenset(ConsentUse).intersection(*by_person.values())


def _interviewees(file: InterviewFile) -> set[int | None]:
    return {c.person.id for c in file.contributions if c.role is Role.INTERVIEWEE}


def last_until(restrictions: Iterable[Restriction], on: date) -> date | None:
    """Return the day the last of some restrictions may end, if every one tells a day to come."""
    ends = [r.until for r in restrictions]
    known = [end for end in ends if end is not None and end > on]
    return max(known) if known and len(known) == len(ends) else None


def questions(file: InterviewFile, on: date) -> tuple[Question, ...]:
    """Return what waits for a person's decision on a day, restrictions first (law 16)."""
    asked: list[Question] = []
    for restriction in file.restrictions:
        if not is_closing(restriction, on):
            continue
        if restriction.until is not None and restriction.until <= on:
            asked.append(Question(QuestionKind.EMBARGO_ENDED, restriction.uuid, restriction.until))
        if restriction.review_on is not None and restriction.review_on <= on:
            asked.append(Question(QuestionKind.REVIEW_DUE, restriction.uuid, restriction.review_on))
        if restriction.is_orphan:
            asked.append(Question(QuestionKind.PASSAGE_LOST, restriction.uuid))
    asked += _about_consents(file, on)
    asked += _about_names(file)
    return tuple(asked)


def _about_consents(file: InterviewFile, on: date) -> list[Question]:
    counting = [c for c in file.consents if _counts(c, on)]
    if not counting:
        return [Question(QuestionKind.CONSENT_MISSING)]
    signed = {consent.person_id for consent in counting}
    asked = [
        Question(QuestionKind.CONSENT_UNDATED, consent.uuid)
        for consent in counting
        if consent.signed_on is None
    ]
    if None not in signed and _interviewees(file) - signed:
        asked.append(Question(QuestionKind.CONSENT_INCOMPLETE))
    return asked


def _about_names(file: InterviewFile) -> list[Question]:
    """Ask about public names that share a word with a protected one: hiding would garble them."""
    protected = {
        word
        for person in file.people
        for name in person.real_names
        for word in LETTERS.findall(skeleton(name))
        if len(word) > 2
    }
    return [
        Question(QuestionKind.NAME_SHOWN, person.uuid)
        for person in file.people
        if not protected.isdisjoint(LETTERS.findall(skeleton(person.public_name)))
    ]


def valid_until(file: InterviewFile, on: date) -> date | None:
    """Return the next day after ``on`` on which ``release`` may answer otherwise by itself."""
    days = [r.until for r in file.restrictions]
    for consent in file.consents:
        days += consent.signed_on, consent.withdrawn_on
    return min((day for day in days if day is not None and day > on), default=None)


def depends_on_date(file: InterviewFile) -> bool:
    """Tell whether any day at all changes what ``release`` answers."""
    return valid_until(file, date.min) is not None
