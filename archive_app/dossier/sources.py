"""The list of the interviews: their record in brief, their link, and how each is cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from archive_app.domain.citation_source import source_of
from archive_app.domain.citation_styles import cite
from archive_app.domain.links import ShortLink
from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedInterview
from archive_app.dossier.blocks import Block, Close, Fragment, Item, NewPage, Open
from archive_app.dossier.contents import DossierContents, interviews_of, repository_of
from archive_app.dossier.front_parts import cited, page_title
from archive_app.dossier.header import title_of
from archive_app.dossier.ledger import Ledger
from archive_app.dossier.pages import Place
from archive_app.dossier.shaping import one_line
from archive_app.dossier.styles import Styles
from archive_app.dossier.wording import names, people, say_date_beside, say_language, say_length
from archive_app.translation import tr


def sources_items(
    contents: DossierContents, styles: Styles, ledger: Ledger, places: Mapping[str, Place]
) -> Iterator[Item]:
    """Yield the list of the interviews; nothing if there are none."""
    interviews = interviews_of(contents)
    if not interviews:
        return
    repository = repository_of(contents)
    yield NewPage()
    yield page_title(styles, tr("The interviews"), "interviews")
    yield Open("L")
    for number, interview in enumerate(interviews, start=1):
        anchor = ledger.interviews.get(interview.uuid, "")
        place = places.get(anchor)
        link = anchor if place else ""
        title, lang = title_of(interview, contents.language)
        indent = styles.text * 2.2
        entry = replace(styles.list_entry, lead=0.0, first=indent, left=indent, keeps_next=True)
        yield Block(
            (Fragment(title, styles.testimony, link=link),),
            entry,
            lead=Fragment(f"{number}.", styles.quiet),
            trail=Fragment(place.label if place else "", styles.apparatus, link=link),
            tag="LI",
            lang=lang,
        )
        below = replace(styles.list_point, lead=0.0, first=indent, left=indent)
        kept = replace(below, keeps_next=True)
        yield Block(tuple(_facts(contents, interview, styles)), kept)
        source = source_of(interview, repository=repository)
        citation = cite(source, contents.design.citation_style)
        runs = citation.reference_runs
        yield cited(runs, styles, replace(below, after=styles.text * 0.6), citation.language)
    yield Close()


def _facts(
    contents: DossierContents, interview: ReleasedInterview, styles: Styles
) -> Iterator[Fragment]:
    spoken = ", ".join(say_language(tag) for tag in interview.languages)
    length = say_length(interview.duration_ms) if interview.duration_ms else ""
    length = length.replace(" ", "\u00a0")
    title, _ = title_of(interview, contents.language)
    facts = [interview.accession, names(people(interview, Role.INTERVIEWEE))]
    facts += [say_date_beside(title, interview.date), spoken, length]
    told = " · ".join(text for fact in facts if (text := one_line(fact)))
    yield Fragment(told, styles.quiet)
    if contents.design.has_links and interview.accession:
        link = str(ShortLink(interview.accession))
        yield Fragment(" · ", styles.quiet)
        yield Fragment(link, styles.quiet, url=link, lang="zxx")
