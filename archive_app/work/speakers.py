"""Who is meant by a name in a transcript."""

from __future__ import annotations

from archive_app.domain.turn_beginning import Speaker
from archive_app.store.reading import Reader


def speaker_named(reader: Reader, interview_id: int, name: str) -> Speaker:
    """Return who is meant by a name: somebody of the interview, or a mere label."""
    wanted = name.strip().casefold()
    person = next(
        (
            contribution.person
            for contribution in reader.contributions(interview_id)
            if contribution.person.public_name.casefold() == wanted
        ),
        None,
    )
    return Speaker(person.id if person else None, name.strip())
