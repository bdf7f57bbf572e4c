"""How the speaker of a turn is named, in full and in short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from archive_app.domain.citation_source import cited_name
from archive_app.domain.released import ReleasedInterview, ReleasedPerson, ReleasedTurn
from archive_app.dossier.shaping import one_line
from archive_app.language.folding import fold


def short_forms(interview: ReleasedInterview, turns: Iterable[ReleasedTurn]) -> dict[str, str]:
    """Return the short form of each speaker who has one: the family name, "Sokolova".

    So the volumes of the Bancroft's and Columbia's oral-history offices have it: the
    name in full where somebody first speaks, the family name from then on. Which words of a
    name are the family name is known from the register alone ("Соколова, Анна"), in either
    script; a speaker whom it does not know, and two whose short forms would be the same,
    keep their full names.
    """
    speakers = list(dict.fromkeys(one_line(turn.speaker) for turn in turns if turn.speaker))
    shorts = {name: _short(name, interview.people) for name in speakers}
    taken = Counter(fold(short or name) for name, short in shorts.items())
    return {
        name: short
        for name, short in shorts.items()
        if short and short != name and taken[fold(short)] == 1
    }


def _short(speaker: str, people: Sequence[ReleasedPerson]) -> str:
    """Return the words of a speaker's name that are the family name, "" if that is not known."""
    words = speaker.split()
    folded = [fold(word) for word in words]
    for person in people:
        known = cited_name(person)
        if not known.family or [fold(word) for word in known.name.split()] != folded:
            continue
        family = len(known.family.split())
        is_last = known.name.split()[-family:] == known.family.split()
        return " ".join(words[-family:] if is_last else words[:family])
    return ""
