"""Who may see what: restrictions, consents, real names, and released copies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive_app.domain.names import HiddenNames, NameForm
from archive_app.domain.records import (
    Audience,
    Consent,
    ConsentUse,
    Layer,
    NameKind,
    Outcome,
    PersonName,
    Restriction,
    Span,
)
from archive_app.domain.release import Question, questions, release
from archive_app.domain.released import ReleasedInterview, Withholding
from archive_app.errors import BadValue
from archive_app.language.forms import name_forms
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.translation import mark, tr
from archive_app.work.spans import laid_on, span_columns, window_of

Hidden = Mapping[int, Sequence[NameForm]]
"""For each person who has a protected name: every form of it, and what stands instead."""


def hidden_names(reader: Reader) -> Hidden:
    """Return the forms that nobody below staff may read, of everybody in the archive.

    All of the archive's protected names are hidden in all of its interviews: a
    name is no safer in somebody else's testimony (law 14).
    """
    return {person.id: name_forms(person) for person in reader.protected_people()}


def outward_names(archive: Archive, names: Sequence[str]) -> tuple[str, ...]:
    """Return what files may be called: no protected name in any, and each unlike the others.

    Files travel further than their contents are read, so that this holds for staff's too.
    """
    with archive.read() as reader:
        hidden = HiddenNames.of_people(hidden_names(reader))
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        base, number = hidden.hide(name, is_identifier=True)[0], 1
        shown = base
        while shown.casefold() in taken:
            number += 1
            shown = f"{base} ({number})"
        taken.add(shown.casefold())
        found.append(shown)
    return tuple(found)


def today(archive: Archive) -> date:
    """Return the day it is where the archive is kept (law 16)."""
    with archive.read() as reader:
        zone = reader.setting("time_zone") or "UTC"
    try:
        return datetime.now(ZoneInfo(zone)).date()
    except ZoneInfoNotFoundError:
        return datetime.now(UTC).date()


def released(
    reader: Reader,
    interview_id: int,
    *,
    audience: Audience,
    on: date,
    hidden: Hidden | None = None,
) -> ReleasedInterview | None:
    """Return an interview as an audience may see it on a date; None: not even that it exists."""
    if hidden is None:
        hidden = hidden_names(reader)
    return release(reader.interview_file(interview_id), audience=audience, on=on, hidden=hidden)


def released_all(
    reader: Reader, interview_ids: Iterable[int], *, audience: Audience, on: date
) -> list[ReleasedInterview]:
    """Return those of the interviews that the audience may see, in their order."""
    hidden = hidden_names(reader)
    copies = (
        release(reader.interview_file(one), audience=audience, on=on, hidden=hidden)
        for one in interview_ids
    )
    return [copy for copy in copies if copy is not None]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What an export for an audience would not show of one interview; for staff to look at."""

    interview_id: int
    accession: str
    is_absent: bool
    """The listing is closed: not a trace of it goes out."""
    withheld: tuple[Withholding, ...]
    hides_names: bool
    questions: tuple[Question, ...]


def preview_release(
    archive: Archive, interview_ids: Sequence[int], *, audience: Audience, on: date
) -> tuple[HeldBack, ...]:
    """Return what would be held back of each interview, before anything is exported."""
    result: list[HeldBack] = []
    with archive.read() as reader:
        hidden = hidden_names(reader)
        for one in interview_ids:
            file = reader.interview_file(one)
            copy = release(file, audience=audience, on=on, hidden=hidden)
            protected = audience is not Audience.STAFF and any(
                person.real_names for person in file.people
            )
            result.append(
                HeldBack(
                    one,
                    copy.accession if copy else file.interview.accession,
                    copy is None,
                    copy.withheld if copy else (),
                    protected,
                    questions(file, on),
                )
            )
    return tuple(result)


def restrict_layer(
    archive: Archive,
    interview_id: int,
    layer: Layer,
    *,
    shut_out: Audience,
    until: date | None = None,
    opens_by_itself: bool = False,
    reason: str = "",
    review_on: date | None = None,
) -> Outcome[int]:
    """Close a layer of an interview and return the restriction's id."""
    _check_shut_out(shut_out)
    with archive.write(mark("Close layer"), interview_id=interview_id) as writer:
        new = writer.insert(
            "restriction",
            interview_id=interview_id,
            layer=layer,
            shut_out=shut_out,
            until=until,
            opens_by_itself=opens_by_itself,
            reason=reason,
            review_on=review_on,
        )
    return writer.outcome(new)


def restrict_span(
    archive: Archive,
    transcript_id: int,
    span: Span,
    *,
    shut_out: Audience,
    until: date | None = None,
    opens_by_itself: bool = False,
    reason: str = "",
    review_on: date | None = None,
) -> Outcome[int]:
    """Close a passage of a transcript and return the restriction's id.

    Raises:
        BadValue: the passage is empty or reaches beyond the text.
    """
    _check_shut_out(shut_out)
    with archive.write(mark("Close passage")) as writer:
        interview_id = writer.transcript(transcript_id).interview_id
        writer.belongs_to(interview_id)
        laid = laid_on(window_of(writer, transcript_id, span), transcript_id, span)
        new = writer.insert(
            "restriction",
            interview_id=interview_id,
            transcript_id=transcript_id,
            **span_columns(laid.span),
            quote=laid.quote,
            shut_out=shut_out,
            until=until,
            opens_by_itself=opens_by_itself,
            reason=reason,
            review_on=review_on,
        )
    return writer.outcome(new)


def _check_shut_out(shut_out: Audience) -> None:
    if shut_out is Audience.STAFF:
        raise BadValue(tr("Staff cannot be shut out. Nothing was changed."))


def change_restriction(
    archive: Archive,
    restriction: Restriction,
    *,
    shut_out: Audience,
    until: date | None,
    opens_by_itself: bool,
    reason: str,
    review_on: date | None,
) -> Outcome[None]:
    """Close to others, for longer or shorter, or review on another day, what is closed."""
    _check_shut_out(shut_out)
    label = mark("Change restriction")
    with archive.write(label, interview_id=restriction.interview_id) as writer:
        writer.update(
            "restriction",
            restriction.id,
            shut_out=shut_out,
            until=until,
            opens_by_itself=opens_by_itself and until is not None,
            reason=reason,
            review_on=review_on,
        )
    return writer.outcome(None)


def lift_restriction(archive: Archive, restriction: Restriction) -> Outcome[None]:
    """Open what a restriction closed."""
    label = mark("Lift restriction")
    with archive.write(label, interview_id=restriction.interview_id) as writer:
        writer.delete("restriction", restriction.id)
    return writer.outcome(None)


def add_consent(
    archive: Archive,
    interview_id: int,
    *,
    person_id: int | None = None,
    form: str = "",
    signed_on: date | None = None,
    uses: Iterable[ConsentUse] = (),
    risk: str = "",
) -> Outcome[int]:
    """Record a signed form and return its id."""
    with archive.write(mark("Record consent"), interview_id=interview_id) as writer:
        new = writer.insert(
            "consent",
            interview_id=interview_id,
            person_id=person_id,
            form=form,
            signed_on=signed_on,
            uses=sorted(use.value for use in uses),
            risk=risk,
        )
    return writer.outcome(new)


def date_consent(archive: Archive, consent: Consent, *, signed_on: date) -> Outcome[None]:
    """Record on which day a form was signed."""
    with archive.write(mark("Date consent"), interview_id=consent.interview_id) as writer:
        writer.update("consent", consent.id, signed_on=signed_on)
    return writer.outcome(None)


def withdraw_consent(archive: Archive, consent: Consent, *, on: date) -> Outcome[None]:
    """Close an interview to outsiders from a day on, because its consent was withdrawn."""
    with archive.write(mark("Withdraw consent"), interview_id=consent.interview_id) as writer:
        writer.update("consent", consent.id, withdrawn_on=on)
    return writer.outcome(None)


def protect_name(
    archive: Archive, person_id: int, *, pseudonym: str, real_names: Sequence[str]
) -> Outcome[None]:
    """Let a person be known by a pseudonym; the real names leave the archive for nobody.

    What a person without a pseudonym was called besides, and sorted under, are real
    names too: other spellings must not become spellings of the pseudonym.

    Raises:
        BadValue: the pseudonym is empty, or is one of the real names.
    """
    pseudonym = pseudonym.strip()
    real = [name.strip() for name in real_names if name.strip()]
    if not pseudonym or pseudonym.casefold() in {name.casefold() for name in real}:
        raise BadValue(tr("A pseudonym must differ from the real name. Nothing was changed."))
    with archive.write(mark("Protect name")) as writer:
        person = writer.person(person_id)
        others = tuple(name for name in person.names if name.kind is not NameKind.REAL)
        values = {"public_name": pseudonym}
        if not person.real_names and person.public_name.casefold() != pseudonym.casefold():
            values["sort_name"] = ""
            real += [name.name for name in others if name.name.casefold() != pseudonym.casefold()]
            others = ()
        writer.update("person", person_id, **values)
        writer.set_person_names(
            person_id,
            (*(PersonName(name, NameKind.REAL) for name in dict.fromkeys(real)), *others),
        )
    return writer.outcome(None)
