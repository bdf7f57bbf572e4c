"""What a kept dossier shows: its outline and its pages, from released copies only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app.domain.names import NO_NAMES, HiddenNames
from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Audience, Dossier, DossierItem
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript, ReleasedTurn
from archive_app.domain.rich_text import RichText
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader
from archive_app.translation import tr, trn
from archive_app.work.access import Hidden, hidden_names, released
from archive_app.work.collecting import HEADING, INTERVIEW, PASSAGE
from archive_app.work.dossiers import DossierReport, Selection, write_parts

if TYPE_CHECKING:
    from archive_app.dossier.contents import DossierPart, Passage, Wanted

PAPERS = ("a4", "letter", "a5")
"""What the setting "paper" may be."""
WITHOUT_TRANSLATIONS = "no"
"""The setting "translations" of a dossier that shows interviews in their own language only."""


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A step of a dossier as an audience may see it."""

    item: DossierItem
    """Its text as the audience may read it; without places where it is not there."""
    is_there: bool = True
    """False: this audience may not see it, or its words are gone."""
    accession: str = ""
    title: str = ""
    speaker: str = ""
    """Everybody who speaks in the passage, in their order."""
    start_ms: int | None = None
    end_ms: int | None = None
    text: str = ""
    turns: int = 0
    change: str = ""
    """"changed" or "gone" since it was collected, "closed" to this audience; "" otherwise."""
    rich: RichText = ()
    """The scholar's own text."""
    picture: Path | None = None
    """A picture's file."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A dossier with its steps, as an audience may see them on a date."""

    dossier: Dossier
    items: tuple[OutlineItem, ...]


@dataclass(frozen=True, slots=True)
class KeptPages:
    """What goes into a kept dossier's PDF, and what does not."""

    selection: Selection
    """What its cover says; nothing is chosen by it."""
    parts: tuple[DossierPart, ...]
    left_out: tuple[str, ...]
    """Sentences for the scholar, without a name or a word of testimony."""
    hidden: Hidden


def kept_dossiers(archive: Archive, *, audience: Audience) -> tuple[Dossier, ...]:
    """Return the dossiers, the oldest first, worded as an audience may read it, without items."""
    with archive.read() as reader:
        names = _names(hidden_names(reader), audience)
        return tuple(replace(_worded(one, names), items=()) for one in reader.dossiers())


def outline(archive: Archive, dossier_id: int, *, audience: Audience, on: date) -> Outline:
    """Return a dossier's steps as an audience may see them.

    Raises:
        NotFound: the dossier is gone.
    """
    with archive.read() as reader:
        copies = _Copies(reader, audience, on)
        dossier = _worded(reader.dossier(dossier_id), copies.names)
        return Outline(dossier, tuple(_outlined(item, copies) for item in dossier.items))


def contents_of(archive: Archive, dossier_id: int, *, audience: Audience, on: date) -> KeptPages:
    """Return what goes into a dossier's PDF; passages of one interview in a row stay together.

    A passage whose turns are gone, or closed to the audience, is left out and told of.

    Raises:
        NotFound: the dossier is gone.
    """
    with archive.read() as reader:
        copies = _Copies(reader, audience, on)
        dossier = _worded(reader.dossier(dossier_id), copies.names)
        parts = _parts(dossier, copies)
        missing = [item.kind for item in dossier.items if not _outlined(item, copies).is_there]
    selection = Selection(
        title=dossier.title,
        subtitle=dossier.settings.get("subtitle", ""),
        author=dossier.author,
        description=dossier.description,
        paper=paper_of(dossier),
    )
    return KeptPages(selection, tuple(parts), _left_out(missing), copies.hidden)


def make_stored_dossier(
    archive: Archive,
    dossier_id: int,
    target: Path,
    *,
    audience: Audience,
    on: date,
    progress: Progress = NO_PROGRESS,
) -> DossierReport:
    """Write a kept dossier as a PDF of what an audience may see on a date.

    Raises: as ``work.dossiers.make_dossier``.
    """
    progress.report(0, 0, tr("Gathering the interviews"))
    pages = contents_of(archive, dossier_id, audience=audience, on=on)
    report = write_parts(
        archive, pages.parts, pages.selection, target, audience=audience, on=on,
        hidden=pages.hidden, progress=progress,
    )  # fmt: skip
    return replace(report, left_out=pages.left_out)


def interviews_in(dossier: Dossier) -> list[int]:
    """Return the interviews a dossier draws on, in its order, each once."""
    return list(dict.fromkeys(i.interview_id for i in dossier.items if i.interview_id is not None))


def paper_of(dossier: Dossier) -> str:
    """Return the one of PAPERS that a dossier is laid out for."""
    chosen = dossier.settings.get("paper", "").lower()
    return chosen if chosen in PAPERS else PAPERS[0]


def shows_translations(dossier: Dossier) -> bool:
    """Tell whether whole interviews come with their translations."""
    return dossier.settings.get("translations") != WITHOUT_TRANSLATIONS


class _Copies:
    """Released copies by interview, each made once."""

    def __init__(self, reader: Reader, audience: Audience, on: date) -> None:
        self._reader, self._audience, self._on = reader, audience, on
        self.hidden: Hidden = hidden_names(reader)
        self.names = _names(self.hidden, audience)
        self._known: dict[int, ReleasedInterview | None] = {}

    def of(self, interview_id: int | None) -> ReleasedInterview | None:
        if interview_id is None:
            return None
        if interview_id not in self._known:
            self._known[interview_id] = released(
                self._reader, interview_id, audience=self._audience, on=self._on,
                hidden=self.hidden,
            )  # fmt: skip
        return self._known[interview_id]


def _names(hidden: Hidden, audience: Audience) -> HiddenNames:
    return NO_NAMES if audience is Audience.STAFF else HiddenNames.of_people(hidden)


def _worded(dossier: Dossier, names: HiddenNames) -> Dossier:
    """Return a dossier whose scholar's own words name nobody who must not be named."""
    return replace(
        dossier,
        title=names.hidden(dossier.title),
        author=names.hidden(dossier.author),
        description=names.hidden(dossier.description),
        settings={key: names.hidden(value) for key, value in dossier.settings.items()},
        items=tuple(replace(item, text=names.hidden(item.text)) for item in dossier.items),
    )


def _turns_of(
    copy: ReleasedInterview, item: DossierItem
) -> tuple[ReleasedTranscript, list[ReleasedTurn]] | None:
    """Return a passage's transcript and turns, None where they are gone or wholly closed."""
    transcript = next((t for t in copy.transcripts if t.transcript_id == item.transcript_id), None)
    if transcript is None or item.span is None:
        return None
    places = {turn.turn_id: place for place, turn in enumerate(transcript.turns)}
    first, last = places.get(item.span.start_turn), places.get(item.span.end_turn)
    if first is None or last is None or last < first:
        return None
    turns = list(transcript.turns[first : last + 1])
    return (transcript, turns) if any(_is_open(turn) for turn in turns) else None


def _is_open(turn: ReleasedTurn) -> bool:
    """Tell whether any word of a turn is left beside the marks of closed passages."""
    at, kept = 0, ""
    for start, end in turn.withheld:
        kept += turn.text[at:start]
        at = end
    return not turn.withheld or bool((kept + turn.text[at:]).strip())


def _outlined(item: DossierItem, copies: _Copies) -> OutlineItem:
    if item.kind == HEADING:
        return OutlineItem(item, text=item.text)
    copy = copies.of(item.interview_id)
    found = _turns_of(copy, item) if copy is not None and item.kind == PASSAGE else None
    if copy is None or (item.kind == PASSAGE and found is None):
        bare = replace(item, text="", interview_id=None, transcript_id=None, span=None)
        return OutlineItem(bare, is_there=False)
    if found is None:
        return OutlineItem(item, accession=copy.accession, title=copy.title)
    turns = found[1]
    return OutlineItem(
        item,
        accession=copy.accession,
        title=copy.title,
        speaker=", ".join(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)),
        start_ms=turns[0].start_ms,
        end_ms=turns[-1].end_ms,
        text=" ".join(turn.text for turn in turns),
        turns=len(turns),
    )


def _parts(dossier: Dossier, copies: _Copies) -> list[DossierPart]:
    from archive_app.dossier.contents import Excerpts, Heading, Wanted, WholeInterview
    from archive_app.dossier.contents import Passage as PdfPassage

    wanted: Wanted = Wanted.ALL if shows_translations(dossier) else Wanted.ORIGINAL
    parts: list[DossierPart] = []
    run: list[Passage] = []
    current: ReleasedInterview | None = None
    below = 0

    def end_run() -> None:
        if current is not None and run:
            parts.append(Excerpts(current, tuple(run)))
        run.clear()

    def end_section() -> None:
        # A heading over nothing but what is closed would tell of it.
        if below and parts and isinstance(parts[-1], Heading):
            parts.pop()

    for item in dossier.items:
        copy = copies.of(item.interview_id)
        if item.kind != PASSAGE or copy is not current:
            end_run()
            current = None
        if item.kind == HEADING:
            end_section()
            below = 0
            parts.append(Heading(item.text))
            continue
        below += 1
        if copy is not None and item.kind == INTERVIEW:
            parts.append(WholeInterview(copy, wanted=wanted, comment=item.text))
        elif copy is not None and (found := _turns_of(copy, item)) is not None:
            current = copy
            transcript, turns = found
            run.append(PdfPassage(transcript.uuid, turns[0].n, turns[-1].n, comment=item.text))
    end_run()
    end_section()
    return parts


def _left_out(kinds: list[str]) -> tuple[str, ...]:
    said: list[str] = []
    if passages := kinds.count(PASSAGE):
        said.append(
            trn("{count} passage was left out: it is closed to this audience, or its words are "
                "gone.",
                "{count} passages were left out: they are closed to this audience, or their "
                "words are gone.", passages)
        )  # fmt: skip
    if interviews := kinds.count(INTERVIEW):
        said.append(
            trn("{count} interview was left out: it is closed to this audience.",
                "{count} interviews were left out: they are closed to this audience.", interviews)
        )  # fmt: skip
    return tuple(said)
