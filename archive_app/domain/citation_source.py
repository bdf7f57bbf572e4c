"""What a citation is made of: the facts of a released interview, put right for citing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from archive_app.domain.records import Role, Texts
from archive_app.domain.released import ReleasedInterview, ReleasedPerson, ReleasedRecording


class Cited(StrEnum):
    """What of an interview is cited."""

    INTERVIEW = "interview"
    RECORDING = "recording"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class CitedName:
    """A public name; ``family`` and ``given`` are empty where it is not to be inverted."""

    name: str
    family: str = ""
    given: str = ""

    @property
    def inverted(self) -> str:
        """Return "Petrova, Vera Ivanovna", or the name as it is."""
        return f"{self.family}, {self.given}" if self.family else self.name

    @property
    def short(self) -> str:
        """Return the name by which the text refers to somebody: "Petrova"."""
        return self.family or self.name

    @property
    def initials(self) -> str:
        """Return "V. I." for "Vera Ivanovna", "J.-P." for "Jean-Paul"; empty without a family."""
        return " ".join(map(_initial, self.given.split()))


@dataclass(frozen=True, slots=True)
class CitedSource:
    """An interview, one of its recordings or a passage of it, ready to be cited.

    Every text is in one line and without stray punctuation at its ends; what is
    not known, or not released, is empty.
    """

    kind: Cited = Cited.INTERVIEW
    uuid: str = ""
    narrators: tuple[CitedName, ...] = ()
    interviewers: tuple[CitedName, ...] = ()
    titles: Texts = field(default_factory=dict[str, str])
    """By language; without those that merely repeat the accession number."""
    date: str = ""
    """EDTF."""
    places: Texts = field(default_factory=dict[str, str])
    accession: str = ""
    repository: str = ""
    series: tuple[str, ...] = ()
    """Titles of the collections below the repository, from the widest to the narrowest."""
    languages: tuple[str, ...] = ()
    """What is spoken, the first first."""
    has_sound: bool = False
    has_video: bool = False
    has_transcript: bool = False
    recording: int = 0
    """Which recording it is, where there are several; 0 where there is one."""
    duration_ms: int = 0
    """Of the recording that is cited."""
    start_ms: int | None = None
    end_ms: int | None = None

    def title(self, language: str) -> str:
        """Return the title in a language, else in that of the interview, else in any."""
        return _in(self.titles, language, *self.languages)

    def place(self, language: str) -> str:
        """Return the place's name in a language, else in that of the interview, else in any."""
        return _in(self.places, language, "en", *self.languages)

    def whole(self) -> CitedSource:
        """Return what a list of sources names: for a passage the interview it is from."""
        if self.kind is not Cited.PASSAGE:
            return self
        return replace(self, kind=Cited.INTERVIEW, start_ms=None, end_ms=None)


def source_of(
    released: ReleasedInterview,
    *,
    repository: str = "",
    recording: ReleasedRecording | None = None,
    start_ms: int | None = None,
    end_ms: int | None = None,
) -> CitedSource:
    """Return what is cited: the interview, one of its recordings, or the passage at these times.

    ``repository`` is the archive's name; without it the topmost collection is taken.
    """
    accession = one_line(released.accession)
    collections = [name for name in map(one_line, released.collections) if name]
    repository = one_line(repository) or (collections[0] if collections else "")
    if collections and collections[0] == repository:
        collections = collections[1:]
    heard = released.recordings if recording is None else (recording,)
    places = _clean(released.place_names)
    if released.place and not places:
        places = {"": one_line(released.place)}
    has_end = start_ms is not None and end_ms is not None and end_ms > start_ms
    kind = Cited.INTERVIEW if start_ms is None else Cited.PASSAGE
    return CitedSource(
        kind=kind if recording is None else Cited.RECORDING,
        uuid=released.uuid,
        narrators=_names(released, Role.INTERVIEWEE),
        interviewers=_names(released, Role.INTERVIEWER),
        titles={
            key: text for key, text in _clean(released.titles).items() if text != accession
        },
        date=released.date.strip(),
        places=places,
        accession=accession,
        repository=repository,
        series=tuple(collections),
        languages=released.languages,
        has_sound=any(not one.has_video for one in heard),
        has_video=any(one.has_video for one in heard),
        has_transcript=bool(released.transcripts),
        recording=recording.position if recording and len(released.recordings) > 1 else 0,
        duration_ms=(recording.duration_ms or 0) if recording else 0,
        start_ms=start_ms,
        end_ms=end_ms if has_end else None,
    )  # fmt: skip


def one_line(text: str) -> str:
    """Return a text in one line, without the punctuation that a citation sets itself."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split()).strip(" ,;:")


def cited_name(person: ReleasedPerson) -> CitedName:
    """Return how a person is cited.

    The register's sort name ("Петрова, Вера") says which words of the public name
    are the family name. Where it does not fit the public name (a pseudonym), or has
    no comma, the name is not inverted.
    """
    words = one_line(person.name).split()
    family, _, given = one_line(person.sort_name).partition(",")
    last = family.split()
    if not last or not given.strip() or len(last) >= len(words):
        return CitedName(" ".join(words))
    if _same(words[-len(last) :], last):
        rest = words[: -len(last)]
    elif _same(words[: len(last)], last):
        rest = words[len(last) :]
    else:
        return CitedName(" ".join(words))
    if rest[0].casefold() not in given.casefold().split():
        return CitedName(" ".join(words))
    return CitedName(" ".join(words), " ".join(last), " ".join(rest))


def _names(released: ReleasedInterview, role: Role) -> tuple[CitedName, ...]:
    found = [cited_name(one) for one in released.people if one.role is role]
    return tuple(dict.fromkeys(one for one in found if one.name))


def _same(words: list[str], others: list[str]) -> bool:
    return [one.casefold() for one in words] == [one.casefold() for one in others]


def _initial(word: str) -> str:
    # Particles (de, van) are no names and stay.
    if word[:1].islower():
        return word
    return "-".join(f"{part[0]}." for part in word.split("-") if part)


def _clean(texts: Texts) -> dict[str, str]:
    cleaned = {key: one_line(text) for key, text in texts.items()}
    return {key: text for key, text in cleaned.items() if text}


def _in(texts: Texts, *languages: str) -> str:
    for language in languages:
        if language in texts:
            return texts[language]
        base = language.split("-", maxsplit=1)[0]
        for key, text in texts.items():
            if base and key.split("-", maxsplit=1)[0] == base:
                return text
    return next(iter(texts.values()), "")
