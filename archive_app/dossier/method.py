"""How the interviews were made and set, and what the marks on the pages mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archive_app.domain.links import SCHEME
from archive_app.domain.records import Role, Status
from archive_app.domain.released import ReleasedInterview
from archive_app.dossier.blocks import Block, Item
from archive_app.dossier.contents import (
    DossierContents,
    Excerpts,
    Segment,
    WholeInterview,
    interviews_of,
)
from archive_app.dossier.design import Grouping, Layout, Marks, Speakers, Times
from archive_app.dossier.front_parts import (
    accessions,
    field_row,
    page_title,
    paragraph,
    section_title,
    unique,
)
from archive_app.dossier.header import paragraphs
from archive_app.dossier.styles import Styles
from archive_app.dossier.wording import people
from archive_app.translation import mark, tr, trn

_MANY = 12
_CHECKED = {status.value for status in list(Status)[list(Status).index(Status.AUDITED) :]}
"""States of the workflow that a transcript reaches after it was compared with its sound."""
_GROUPINGS = {
    Grouping.TAG: mark("Passages stand under the tags they carry."),
    Grouping.PERSON: mark("Passages stand under the names of those who speak."),
    Grouping.TIME: mark("Passages stand in the order of their interviews' dates."),
}


def method_items(contents: DossierContents, styles: Styles) -> Iterator[Item]:
    """Yield the note on method and the legend, below what stands before them."""
    if not interviews_of(contents) and not contents.method:
        return
    yield page_title(styles, tr("How this dossier was made"), "method", before=2.4)
    for text in paragraphs(contents.method):
        yield paragraph(styles, text)
    told = " ".join(_sentences(contents))
    if told:
        yield paragraph(styles, told)
    rows = list(_legend(contents, styles))
    if rows:
        yield section_title(styles, tr("Marks on the pages"))
        yield from rows


def _sentences(contents: DossierContents) -> Iterator[str]:
    interviews = interviews_of(contents)
    yield from _chosen(contents)
    for role, sentence in (
        (Role.TRANSCRIBER, mark("Transcribed by {names}.")),
        (Role.TRANSLATOR, mark("Translated by {names}.")),
    ):
        named = unique(person.name for i in interviews for person in people(i, role))
        if named:
            yield tr(sentence, names=_listed(named))
    if not interviews or contents.design.layout is Layout.FINDING_AID:
        return
    yield from _of_some(
        interviews,
        [i for i in interviews if i.transcripts and i.status in _CHECKED],
        mark("All transcripts were checked against the recordings."),
        mark("Checked against the recordings: {numbers}."),
    )
    yield from _of_some(
        interviews,
        [i for i in interviews if any(t.narrator_reviewed for t in i.transcripts)],
        mark("All transcripts were reviewed by those who speak in them."),
        mark("Reviewed by those who speak in them: {numbers}."),
    )
    guessed = [i for i in interviews if any(t.is_language_guessed for t in i.transcripts)]
    if guessed:
        yield tr(
            "The language of a transcript was told by its words, not by a person: {numbers}.",
            numbers=accessions(guessed),
        )
    if contents.design.marks is Marks.SMOOTHED:
        yield tr(
            "For reading, the transcribers' marks of pauses and sounds were left out. Every word"
            " stands as it was, and so does the mark of what nobody could make out."
        )
    else:
        yield tr("The transcribers' marks of pauses and sounds stand as they were typed.")


def _chosen(contents: DossierContents) -> Iterator[str]:
    parts = contents.interviews
    whole = {p.interview.uuid for p in parts if isinstance(p, WholeInterview)}
    passages = sum(len(p.passages) for p in parts if isinstance(p, Excerpts))
    excerpted = {p.interview.uuid for p in parts if isinstance(p, Excerpts)}
    segments = sum(isinstance(p, Segment) for p in parts)
    is_grouped = contents.design.layout in (Layout.READER, Layout.CARDS)
    if whole and contents.design.layout is Layout.FINDING_AID:
        yield trn(
            "{count} interview is described, without its words.",
            "{count} interviews are described, without their words.",
            len(whole),
        )
    elif whole:
        yield trn(
            "{count} interview stands here whole.", "{count} interviews stand here whole.",
            len(whole),
        )  # fmt: skip
    if passages:
        of_interviews = trn("{count} interview", "{count} interviews", len(excerpted))
        yield trn(
            "{count} passage of {interviews} was chosen by the compiler.",
            "{count} passages of {interviews} were chosen by the compiler.",
            passages,
            interviews=of_interviews,
        )
        if is_grouped and contents.design.grouping in _GROUPINGS:
            yield tr(_GROUPINGS[contents.design.grouping])
    if segments:
        yield trn(
            "{count} segment is named by its title alone.",
            "{count} segments are named by their titles alone.",
            segments,
        )


def _of_some(
    interviews: Sequence[ReleasedInterview],
    held: Sequence[ReleasedInterview],
    for_all: str,
    for_some: str,
) -> Iterator[str]:
    if held and len(held) == len(interviews):
        yield tr(for_all)
    elif held:
        yield tr(for_some, numbers=accessions(held))


def _listed(named: list[str]) -> str:
    if len(named) <= _MANY:
        return ", ".join(named)
    left = len(named) - _MANY
    shown = ", ".join(named[:_MANY])
    return trn("{names} and {count} other", "{names} and {count} others", left, names=shown)


def _legend(contents: DossierContents, styles: Styles) -> Iterator[Block]:
    design, interviews = contents.design, interviews_of(contents)
    has_text = design.layout is not Layout.FINDING_AID

    def row(sign: str, meaning: str) -> Iterator[Block]:
        yield from field_row(styles, sign, meaning)

    if not has_text or design.times is not Times.NONE:
        yield from row("0:12:05", tr("Time on the recording: hours, minutes, seconds"))
    if has_text and design.times is Times.STEP:
        step = trn("{count} second", "{count} seconds", design.time_step_s)
        if design.time_step_s % 60 == 0:
            step = trn("{count} minute", "{count} minutes", design.time_step_s // 60)
        yield from row(tr("in the margin"), tr("The time, once in {step}", step=step))
    if has_text and design.times is not Times.NONE and _has_estimates(interviews):
        yield from row("~0:12:05", tr("A time that was estimated from its neighbours"))
    if has_text:
        if design.has_line_numbers:
            yield from row("5, 10, 15", tr("Lines, counted on each page"))
        if design.speakers is Speakers.SHORT:
            meaning = tr("Whoever speaks, in full at the first turn, then by a short form")
            yield from row(tr("NAME:"), meaning)
        yield from row("[ ]", tr("Added by transcribers or editors"))
        if _has_parts(contents):
            yield from row("[…]", tr("Words left out where a passage begins or ends"))
        if any(held.passages for i in interviews for held in i.withheld):
            meaning = tr("A passage that is closed to this audience")
            yield from row(tr("grey italics"), meaning)
    if design.has_links and interviews:
        meaning = tr("Leads to an interview and a time on it in the archive; it can be typed")
        yield from row(f"{SCHEME}:…", meaning)
        if design.has_qr:
            yield from row(tr("QR code"), tr("The same link, for a telephone's camera"))


def _has_estimates(interviews: Iterable[ReleasedInterview]) -> bool:
    return any(
        turn.is_time_estimated
        for interview in interviews
        for transcript in interview.transcripts
        for turn in transcript.turns
    )


def _has_parts(contents: DossierContents) -> bool:
    return any(
        passage.start or passage.end is not None
        for part in contents.interviews
        if isinstance(part, Excerpts)
        for passage in part.passages
    )
