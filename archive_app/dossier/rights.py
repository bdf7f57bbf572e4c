"""The page behind the cover: what this is, what may be done with it, and how it is cited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from archive_app.domain.audience_words import audience_words
from archive_app.domain.citation_source import source_of
from archive_app.domain.citation_styles import cite, cite_volume
from archive_app.domain.citation_text import CitedRun
from archive_app.domain.citation_volume import CitedVolume
from archive_app.domain.released import ReleasedInterview
from archive_app.dossier.blocks import Block, Item, NewPage
from archive_app.dossier.contents import (
    DossierContents,
    Excerpts,
    WholeInterview,
    interviews_of,
    repository_of,
    transcripts_of,
)
from archive_app.dossier.front_parts import (
    accessions,
    citation_style,
    cited,
    field_row,
    page_title,
    paragraph,
    section_title,
)
from archive_app.dossier.header import paragraphs
from archive_app.dossier.shaping import one_line
from archive_app.dossier.styles import Styles
from archive_app.dossier.wording import say_day, say_withheld
from archive_app.translation import tr, trn

Quoted = tuple[ReleasedInterview, int, int | None]
"""An interview, and the times in milliseconds between which somebody speaks."""


def rights_items(contents: DossierContents, styles: Styles) -> Iterator[Item]:
    """Yield the page on rights, restrictions and citing."""
    interviews = interviews_of(contents)
    yield NewPage(has_number=False)
    yield page_title(styles, tr("About this dossier"), "rights")
    for text in paragraphs(contents.description):
        yield paragraph(styles, text)
    yield paragraph(
        styles,
        tr(
            "This is a record of the spoken word. It renders what was said in conversation, from"
            " memory, and was not written to be read. It may hold errors of memory and of hearing;"
            " where wording matters, compare the recording at the time in the margin."
        ),
    )
    yield section_title(styles, tr("Rights and use"))
    yield paragraph(
        styles,
        tr("Made on {date} for {audience}.",
           date=say_day(contents.on), audience=audience_words(contents.audience)),
        is_first=True,
    )  # fmt: skip
    yield from _by_interview(interviews, styles, _terms)
    yield section_title(styles, tr("Withheld from this audience"))
    held = list(_by_interview(interviews, styles, _withheld))
    yield from held
    if not held:
        yield paragraph(styles, tr("Nothing of these interviews is withheld."), is_first=True)
    yield from _citations(contents, styles)
    if contents.contact:
        yield section_title(styles, tr("Whom to ask"))
        yield paragraph(styles, contents.contact, is_first=True)


def _by_interview(
    interviews: Sequence[ReleasedInterview],
    styles: Styles,
    say: Callable[[ReleasedInterview], str],
) -> Iterator[Block]:
    """Yield what is to be said of each interview, the same once for all it is true of."""
    groups: dict[str, list[ReleasedInterview]] = {}
    for interview in interviews:
        if text := say(interview):
            groups.setdefault(text, []).append(interview)
    for text, whose in groups.items():
        if len(whose) == len(interviews) > 1:
            yield from field_row(styles, tr("All interviews"), text)
        elif len(whose) <= 2:
            yield from field_row(styles, accessions(whose), text)
        else:
            count = trn("{count} interview", "{count} interviews", len(whose))
            yield from field_row(styles, count, f"{text} ({accessions(whose)})")


def _terms(interview: ReleasedInterview) -> str:
    """Return who holds the rights of an interview and what may be done with it."""
    holder = f"© {interview.rights_holder}" if interview.rights_holder else ""
    parts = (holder, interview.licence, interview.usage_note)
    return ". ".join(one_line(part).rstrip(".") for part in parts if part.strip())


def _withheld(interview: ReleasedInterview) -> str:
    return "; ".join(say_withheld(each) for each in interview.withheld)


def _citations(contents: DossierContents, styles: Styles) -> Iterator[Block]:
    chosen = contents.design.citation_style
    volume = cite_volume(
        CitedVolume(
            contents.title,
            contents.subtitle,
            contents.author,
            repository_of(contents),
            contents.on.isoformat(),
        ),
        chosen,
    )
    style = citation_style(styles)
    yield section_title(styles, tr("Recommended citation"))
    yield cited(volume.reference_runs, styles, style, volume.language)
    quoted = _first_quotation(contents)
    if quoted is None:
        return
    interview, start_ms, end_ms = quoted
    source = source_of(
        interview, repository=repository_of(contents), start_ms=start_ms, end_ms=end_ms
    )
    yield paragraph(
        styles,
        tr(
            "Cite a passage with the interview's accession number and the time beside it, as in"
            " this example:"
        ),
    )
    example = cite(source, chosen)
    yield cited([CitedRun(example.note)], styles, style, example.language)


def _first_quotation(contents: DossierContents) -> Quoted | None:
    """Return where the first words stand in the dossier of which the time is known."""
    for part in contents.interviews:
        if isinstance(part, WholeInterview):
            turns = [turn for each in transcripts_of(part)[:1] for turn in each.turns]
        elif isinstance(part, Excerpts) and part.passages:
            first = part.passages[0]
            turns = [
                turn
                for each in part.interview.transcripts
                if each.uuid == first.transcript
                for turn in each.turns
                if first.first <= turn.n <= first.last
            ]
        else:
            continue
        for turn in turns:
            if turn.start_ms is not None and turn.text.strip():
                return part.interview, turn.start_ms, turn.end_ms
    return None
