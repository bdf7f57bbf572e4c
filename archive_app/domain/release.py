"""The one way out: what an audience may see of an interview on a day.

``release`` is a pure function of its arguments and of the interface's language,
in which a closed passage's mark is written (law 12). ``release_rules`` says what
closes, ``passages`` where closed passages lie, ``names`` how names are replaced,
``release_text`` how transcripts come out. What is decided here:

- For staff nothing is closed and nothing replaced; the register name stands in
  ``ReleasedPerson.protected_name``.
- For outsiders every string goes through the names; notes, memos, who tagged,
  fields of other systems (``extra``) and tags found in media files stay inside.
  A recording's file is called by accession number and position.
- Where a passage is closed, the recordings are withheld too, for the sound still
  has it, and index points lose what they copied from the transcript. What else
  quotes the passage word for word is closed with it (``quotes``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import PurePosixPath

from archive_app.domain.names import NO_NAMES, HiddenNames, NameForm
from archive_app.domain.passages import ClosedPassages, closed_passages, closed_texts
from archive_app.domain.quotes import NO_WORDS, ClosedWords
from archive_app.domain.records import (
    Audience,
    InterviewFile,
    Layer,
    Person,
    Recording,
    Restriction,
    Role,
    Texts,
)
from archive_app.domain.release_index import IndexGate, place_name
from archive_app.domain.release_rules import (
    Allowed,
    Question,
    QuestionKind,
    allowed,
    closed_layers,
    depends_on_date,
    is_withdrawn,
    last_until,
    questions,
    valid_until,
)
from archive_app.domain.release_text import TextGate, closed_mark
from archive_app.domain.released import (
    ReleasedIndexPoint,
    ReleasedInterview,
    ReleasedPerson,
    ReleasedRecording,
    ReleasedTranscript,
    Withholding,
)
from archive_app.errors import LeakPrevented
from archive_app.translation import tr

__all__ = [
    "Question",
    "QuestionKind",
    "check_for_leaks",
    "depends_on_date",
    "fingerprint",
    "questions",
    "release",
    "valid_until",
]


def release(
    file: InterviewFile,
    *,
    audience: Audience,
    on: date,
    hidden: Mapping[int, Sequence[NameForm]],
) -> ReleasedInterview | None:
    """Return what an audience may see of an interview on a day, or ``None``: nothing at all.

    Args:
        file: the interview with everything on it.
        audience: who looks.
        on: the day in the archive's time zone.
        hidden: forms of protected names by person id, of this interview's people
            and of anybody else it may mention; all of them are applied. Where two
            people share a form, people of this interview come first. Hand in the
            same tuples again (``name_forms`` does): they are compiled once.
    """
    gate = _Gate(file, audience, on, hidden)
    return None if gate.is_absent else gate.interview()


def fingerprint(transcript: ReleasedTranscript) -> str:
    """Return the SHA-256, in hexadecimal, of a released transcript's speakers and texts."""
    digest = sha256()
    for turn in transcript.turns:
        for text in (turn.speaker, turn.text):
            data = text.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big"))
            digest.update(data)
    return digest.hexdigest()


def check_for_leaks(
    strings: Iterable[str], hidden: HiddenNames | Mapping[int, Sequence[NameForm]]
) -> None:
    """Prove of an output for outsiders that it names no protected name (law 14).

    Raises:
        LeakPrevented: one of the strings does; the message does not repeat it.
    """
    names = hidden if isinstance(hidden, HiddenNames) else HiddenNames.of_people(hidden)
    if not names:
        return
    for place, text in enumerate(strings):
        if names.leaks(text):
            raise LeakPrevented(
                tr(
                    "A protected name was found in what was about to be written, so nothing was "
                    "written. The archive is unchanged. Please report this to the program's makers."
                ),
                details=f"string {place} of the output",
            )


class _Gate:
    """One interview before one audience on one day."""

    def __init__(
        self,
        file: InterviewFile,
        audience: Audience,
        on: date,
        hidden: Mapping[int, Sequence[NameForm]],
    ) -> None:
        self.file = file
        self.audience = audience
        self.on = on
        self.for_staff = audience is Audience.STAFF
        self.names = NO_NAMES if self.for_staff else _names(file, hidden)
        self.closed: dict[Layer, tuple[Restriction, ...]] = {}
        self.passages = ClosedPassages()
        self.allowed = Allowed()
        self.quotes = NO_WORDS
        if not self.for_staff:
            self.closed = closed_layers(file, audience, on)
            self.passages = closed_passages(file, audience, on)
            self.quotes = ClosedWords(closed_texts(file, self.passages))
            self.allowed = allowed(file, audience, on)
        self.is_absent = Layer.LISTING in self.closed or (
            not self.for_staff and is_withdrawn(file, on)
        )

    # -- small words -----------------------------------------------------------------------

    def say(self, text: str) -> str:
        closed = self.quotes.ranges(text)
        return self.names.hide(text, closed=closed, mark=closed_mark(self.names))[0]

    def say_identifier(self, text: str) -> str:
        return self.names.hide(text, is_identifier=True)[0]

    def say_all(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self.say, texts))

    def say_texts(self, texts: Texts) -> dict[str, str]:
        return {self.say(key): self.say(text) for key, text in texts.items()}

    # -- the parts -------------------------------------------------------------------------

    def interview(self) -> ReleasedInterview:
        interview = self.file.interview
        described = Layer.DESCRIPTION not in self.closed
        place = self.file.place if described else None
        recordings = self.recordings()
        return ReleasedInterview(
            audience=self.audience,
            on=self.on,
            interview_id=interview.id,
            uuid=interview.uuid,
            accession=self.say_identifier(interview.accession),
            titles=self.say_texts(interview.titles),
            collections=self.say_all(c.title for c in self.file.collections),
            languages=self.say_all(interview.languages),
            date=self.say(interview.date),
            people=self.people(described=described),
            abstract=self.say(interview.abstract) if described else "",
            place=place_name(self.names, place),
            place_names=self.say_texts(place.names) if place else {},
            circumstances=self.say(interview.circumstances) if described else "",
            subjects=self.say_all(interview.subjects) if described else (),
            keywords=self.say_all(interview.keywords) if described else (),
            rights_holder=self.say(interview.rights_holder),
            licence=self.say(interview.licence),
            usage_note=self.say(interview.usage_note),
            funder=self.say(interview.funder) if described else "",
            identifiers=tuple(map(self.say_identifier, interview.identifiers)) if described else (),
            extra=dict(interview.extra) if self.for_staff else {},
            status=interview.status.value,
            duration_ms=_duration_ms(self.file.recordings),
            recordings=tuple(recordings.values()),
            transcripts=self.transcripts(recordings),
            index_points=self.index_points(),
            withheld=self.withheld(recordings),
        )

    def people(self, *, described: bool) -> tuple[ReleasedPerson, ...]:
        ordered = sorted(self.file.contributions, key=lambda c: c.position)
        return tuple(self.person(c.person, described=described, role=c.role) for c in ordered)

    def person(self, person: Person, *, described: bool, role: Role) -> ReleasedPerson:
        protected = ", ".join(person.real_names) if self.for_staff else ""
        return ReleasedPerson(
            name=self.say(person.public_name),
            sort_name=self.say(person.sort_name or person.public_name),
            role=role,
            biography=self.say(person.biography) if described else "",
            protected_name=protected,
        )

    def recordings(self) -> dict[int, ReleasedRecording]:
        """Return the recordings that may be heard, by their ids."""
        is_closed = Layer.RECORDING in self.closed or self.passages.restrictions
        if is_closed:
            return {}
        return {
            recording.id: self.recording(recording)
            for recording in self.file.recordings
            if (self.allowed.picture if recording.has_video else self.allowed.sound)
        }

    def recording(self, recording: Recording) -> ReleasedRecording:
        return ReleasedRecording(
            position=recording.position,
            offset_ms=recording.offset_ms,
            file_name=recording.original_name if self.for_staff else self.file_name(recording),
            sha256=recording.sha256,
            size_bytes=recording.size_bytes,
            duration_ms=recording.duration_ms,
            container=self.say(recording.container),
            codec=self.say(recording.codec),
            sample_rate_hz=recording.sample_rate_hz,
            channels=recording.channels,
            bit_depth=recording.bit_depth,
            has_video=recording.has_video,
            recorded_at=self.say(recording.recorded_at),
            device=self.say_identifier(recording.device),
        )

    def file_name(self, recording: Recording) -> str:
        """Return a name that tells the interview and the place in it, and nothing else."""
        stem = re.sub(r"[^\w.-]+", "_", self.say_identifier(self.file.interview.accession))
        suffix = PurePosixPath(recording.original_name).suffix.lower()
        if not re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) or self.names.leaks(suffix):
            suffix = ""
        return f"{stem or 'recording'}_{recording.position:02d}{suffix}"

    def transcripts(
        self, recordings: Mapping[int, ReleasedRecording]
    ) -> tuple[ReleasedTranscript, ...]:
        if Layer.TRANSCRIPT in self.closed or not self.allowed.transcript:
            return ()
        people = {person.id: person for person in self.file.people}
        for contribution in self.file.contributions:
            people.setdefault(contribution.person.id, contribution.person)
        gate = TextGate(
            names=self.names,
            people=people,
            tags={tag.id: tag for tag in self.file.tags},
            recordings={id_: recording.position for id_, recording in recordings.items()},
            for_staff=self.for_staff,
            mark=closed_mark(self.names),
            say=self.say,
        )
        return tuple(
            gate.transcript(full, self.passages.by_transcript.get(full.transcript.id, {}))
            for full in self.file.transcripts
            if full.transcript.id not in self.passages.withheld_transcripts
        )

    def index_points(self) -> tuple[ReleasedIndexPoint, ...]:
        if Layer.INDEX in self.closed:
            return ()
        places = {place.id: place for place in self.file.places}
        if self.file.place is not None:
            places.setdefault(self.file.place.id, self.file.place)
        gate = IndexGate(
            names=self.names,
            say=self.say,
            places=places,
            may_quote=Layer.TRANSCRIPT not in self.closed
            and not self.passages.restrictions
            and self.allowed.transcript,
        )
        return tuple(map(gate.point, self.file.index_points))

    # -- what is missing -------------------------------------------------------------------

    def withheld(self, recordings: Mapping[int, ReleasedRecording]) -> tuple[Withholding, ...]:
        """Return what was held back of what there is, in the layers' order, without reasons."""
        said = [
            Withholding(layer, until=last_until(self.closed[layer], self.on))
            for layer in (Layer.DESCRIPTION, Layer.INDEX)
            if layer in self.closed and (layer is Layer.DESCRIPTION or self.file.index_points)
        ]
        said += self.withheld_text()
        if len(recordings) < len(self.file.recordings):
            reasons = (*self.closed.get(Layer.RECORDING, ()), *self.passages.restrictions)
            needs_consent = not (self.allowed.sound and self.allowed.picture)
            until = None if needs_consent else last_until(reasons, self.on)
            said.append(Withholding(Layer.RECORDING, until=until))
        return tuple(said)

    def withheld_text(self) -> list[Withholding]:
        passages = self.passages
        if not self.file.transcripts:
            return []
        if not self.allowed.transcript:
            return [Withholding(Layer.TRANSCRIPT)]
        if Layer.TRANSCRIPT in self.closed:
            return [
                Withholding(
                    Layer.TRANSCRIPT, until=last_until(self.closed[Layer.TRANSCRIPT], self.on)
                )
            ]
        if len(passages.withheld_transcripts) == len(self.file.transcripts):
            return [Withholding(Layer.TRANSCRIPT)]
        if not passages.restrictions:
            return []
        until = last_until(passages.restrictions, self.on)
        return [Withholding(Layer.TRANSCRIPT, passages=len(passages.restrictions), until=until)]


def _names(file: InterviewFile, hidden: Mapping[int, Sequence[NameForm]]) -> HiddenNames:
    """Return the matcher of all hidden names, this interview's people first, then by id."""
    if not any(hidden.values()):
        return NO_NAMES
    mine = dict.fromkeys(person.id for person in file.people)
    order = [*mine, *sorted(hidden.keys() - mine.keys())]
    return HiddenNames.of_people({id_: hidden[id_] for id_ in order if id_ in hidden})


def _duration_ms(recordings: Iterable[Recording]) -> int:
    return max((r.offset_ms + (r.duration_ms or 0) for r in recordings), default=0)
