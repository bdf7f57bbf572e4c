"""What the archive holds back of a dossier's interviews, so that no word of it is in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from archive_app.domain.names import NO_NAMES, HiddenNames
from archive_app.domain.passages import closed_passages, closed_texts
from archive_app.domain.progress import Progress
from archive_app.domain.proof import Check, Finding, Looked, Problem, Where
from archive_app.domain.quotes import word_runs
from archive_app.domain.records import Audience, InterviewFile
from archive_app.domain.release import release
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript, ReleasedTurn
from archive_app.domain.skeletons import LETTERS, skeleton
from archive_app.errors import NotFound
from archive_app.store.archive import Archive
from archive_app.translation import tr
from archive_app.work.access import hidden_names

if TYPE_CHECKING:
    from archive_app.dossier.contents import DossierContents


class ClosedRuns:
    """Runs of words that are held back and stand in nothing that is released."""

    def __init__(self, closed: Iterable[str] = (), released: Iterable[str] = ()) -> None:
        runs = word_runs(closed)
        if runs:
            for text in released:
                words = _words(text)
                for length, held in runs.items():
                    held.difference_update(_runs(words, length))
        self._runs = {length: held for length, held in runs.items() if held}

    def __bool__(self) -> bool:
        """True if there is anything to look for."""
        return bool(self._runs)

    def stand_in(self, text: str) -> bool:
        """Tell whether words that are held back stand in a text."""
        if not self._runs or not text:
            return False
        words = _words(text)
        return any(not held.isdisjoint(_runs(words, n)) for n, held in self._runs.items())


def _words(text: str) -> list[str]:
    return LETTERS.findall(skeleton(text))


def _runs(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(length)), strict=False)


class Sources:
    """A dossier's interviews read and released anew, whatever its contents say of them.

    ``left_out`` are the ids of interviews that were meant for it: what a scholar quotes
    of them in a text or a caption must not go out either.
    """

    def __init__(
        self, archive: Archive, contents: DossierContents, left_out: Iterable[int] = ()
    ) -> None:
        from archive_app.dossier.contents import interviews_of

        self.shown: Mapping[str, ReleasedInterview] = {
            copy.uuid: copy for copy in interviews_of(contents)
        }
        self.fresh: dict[str, ReleasedInterview] = {}
        audience, on = contents.audience, contents.on
        closed: list[str] = []
        said: list[ReleasedInterview] = []
        with archive.read() as reader:
            hidden = hidden_names(reader)
            for uuid, copy in self.shown.items():
                try:
                    file = reader.interview_file(copy.interview_id)
                except NotFound:
                    continue
                anew = release(file, audience=audience, on=on, hidden=hidden)
                if file.interview.uuid != uuid:
                    continue
                if anew is not None:
                    self.fresh[uuid] = anew
                if audience is not Audience.STAFF:
                    closed += _held_back(file, anew, audience, on)
            if audience is not Audience.STAFF:
                known = {copy.interview_id for copy in self.shown.values()}
                for file in reader.interview_files([one for one in left_out if one not in known]):
                    anew = release(file, audience=audience, on=on, hidden=hidden)
                    closed += _held_back(file, anew, audience, on)
                    said += [] if anew is None else [anew]
        self.names = HiddenNames.of_people(hidden) if audience is not Audience.STAFF else NO_NAMES
        said += self.fresh.values()
        self.closed = ClosedRuns(closed, _strings_of(said) if closed else ())


def _held_back(
    file: InterviewFile, anew: ReleasedInterview | None, audience: Audience, on: date
) -> Iterator[str]:
    """Yield the texts of an interview that its release leaves out whole, and closed passages."""
    yield from closed_texts(file, closed_passages(file, audience, on))
    open_ids = {one.transcript_id for one in anew.transcripts} if anew else set[int]()
    for full in file.transcripts:
        if full.transcript.id not in open_ids:
            yield from (turn.text for turn in full.turns)
            yield from (note.text for turn in full.turns for note in turn.footnotes)
    if anew is None or not anew.abstract:
        yield file.interview.abstract
    if anew is None or not anew.circumstances:
        yield file.interview.circumstances
    if anew is None or not anew.index_points:
        for point in file.index_points:
            yield from (point.title, point.synopsis, point.partial_transcript)


def _strings_of(held: Any) -> Iterator[str]:
    """Yield every string in records, mappings and sequences of them."""
    if isinstance(held, str):
        yield held
    elif is_dataclass(held) and not isinstance(held, type):
        for each in fields(held):
            yield from _strings_of(getattr(held, each.name))
    elif isinstance(held, Mapping):
        for key, value in held.items():
            yield from _strings_of(key)
            yield from _strings_of(value)
    elif isinstance(held, Iterable):
        for each in held:
            yield from _strings_of(each)


def compare_sources(contents: DossierContents, sources: Sources, progress: Progress) -> Looked:
    """Return how a dossier's turns and records differ from what the archive releases today."""
    findings: list[Finding] = []
    compared = 0
    used = _used_transcripts(contents)
    for number, (uuid, copy) in enumerate(sources.shown.items()):
        progress.report(number, len(sources.shown), tr("Checking the passages against the archive"))
        name = safe_item(sources.names, copy.accession)
        anew = sources.fresh.get(uuid)
        if anew is None or copy.audience.rank > contents.audience.rank:
            findings.append(Finding(Problem.NOT_RELEASED, Where.ARCHIVE, item=name))
        if anew is None:
            continue
        if _is_closed_since(copy, anew):
            findings.append(Finding(Problem.NOT_RELEASED, Where.ARCHIVE, item=name))
        elif _record(copy) != _record(anew):
            findings.append(Finding(_problem(repr(_record(copy)), sources), Where.ARCHIVE,
                                    item=name))  # fmt: skip
        by_uuid = {one.uuid: one for one in anew.transcripts}
        for transcript in copy.transcripts:
            if transcript.uuid in used:
                held = by_uuid.get(transcript.uuid)
                compared += len(transcript.turns)
                findings += _compared(transcript, held, name, sources)
    return Looked.of(Check.SOURCES, compared, findings)


def _used_transcripts(contents: DossierContents) -> set[str]:
    """Return the transcripts (by uuid) that anything of goes into a dossier."""
    from archive_app.dossier.contents import Excerpts, WholeInterview, transcripts_of

    used: set[str] = set()
    for part in contents.interviews:
        if isinstance(part, WholeInterview):
            used |= {one.uuid for one in transcripts_of(part)}
        elif isinstance(part, Excerpts):
            used |= {passage.transcript for passage in part.passages}
            # What renders a passage in another language may stand beside it.
            used |= {one.uuid for one in part.interview.transcripts if contents.design.is_facing}
    return used


def _is_closed_since(copy: ReleasedInterview, anew: ReleasedInterview) -> bool:
    """Tell whether a layer that was released is held back now: the sound, the description."""
    return not {one.layer for one in anew.withheld} <= {one.layer for one in copy.withheld}


def _record(copy: ReleasedInterview) -> ReleasedInterview:
    return replace(copy, transcripts=())


def _compared(
    ours: ReleasedTranscript, anew: ReleasedTranscript | None, name: str, sources: Sources
) -> Iterator[Finding]:
    if anew is None:
        item = f"{name} · {ours.language}"
        yield Finding(Problem.NOT_RELEASED, Where.ARCHIVE, item=item)
        return
    by_id = {turn.turn_id: turn for turn in anew.turns}
    for turn in ours.turns:
        held = by_id.get(turn.turn_id)
        if held is not None and _words_of(held) == _words_of(turn):
            continue
        item = turn_item(name, ours.language, turn.n)
        if held is None or len(held.withheld) > len(turn.withheld):
            problem = Problem.NOT_RELEASED
        else:
            problem = _problem(" ".join((turn.speaker, turn.text,
                                         *(n.text for n in turn.footnotes))), sources)  # fmt: skip
        yield Finding(problem, Where.TURN, item=item)


def _words_of(turn: ReleasedTurn) -> tuple[Any, ...]:
    return (turn.n, turn.speaker, turn.text, turn.start_ms, turn.end_ms, turn.footnotes,
            turn.withheld)  # fmt: skip


def _problem(text: str, sources: Sources) -> Problem:
    """Return what a text that differs is: one the gate would not let out, or only altered."""
    is_leak = sources.names.leaks(text) or sources.closed.stand_in(text)
    return Problem.NOT_RELEASED if is_leak else Problem.ALTERED


def turn_item(accession: str, language: str, n: int) -> str:
    """Return how a finding names a turn: accession number, language and number of the turn."""
    return " · ".join(part for part in (accession, language, str(n)) if part)


def safe_item(names: HiddenNames, text: str) -> str:
    """Return what a finding may call a thing: without protected names, and short."""
    return names.hide(text, is_identifier=True)[0][:60]
