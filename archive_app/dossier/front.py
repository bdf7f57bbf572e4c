"""The front matter: cover, rights and citation, contents, list of the interviews."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from archive_app.domain.citation import cite_interview
from archive_app.domain.records import Audience, Role
from archive_app.domain.released import ReleasedInterview
from archive_app.dossier.blocks import Block, Fragment, Item, NewPage
from archive_app.dossier.contents import DossierContents, interviews_of
from archive_app.dossier.header import label, paragraphs, row
from archive_app.dossier.index import index_items
from archive_app.dossier.ledger import Ledger, Listed
from archive_app.dossier.pages import Place
from archive_app.dossier.shaping import one_line
from archive_app.dossier.styles import Styles
from archive_app.dossier.wording import (
    names,
    people,
    pick,
    say_date,
    say_day,
    say_language,
    say_length,
    say_withheld,
)
from archive_app.translation import mark, tr

_AUDIENCES = {
    Audience.PUBLIC: mark("the public"),
    Audience.READING_ROOM: mark("the reading room"),
    Audience.STAFF: mark("the archive's staff"),
}
_MANY = 8
"""More narrators than these are not all named on the cover."""


def front_items(
    contents: DossierContents, styles: Styles, ledger: Ledger, places: Mapping[str, Place]
) -> Iterator[Item]:
    """Yield the front matter's blocks; ``places`` tells on which page each anchor stands."""
    yield NewPage(has_number=False, is_centred=True)
    yield from _cover(contents, styles)
    yield NewPage(has_number=False)
    yield from _rights(contents, styles)
    yield NewPage()
    yield from _contents(styles, ledger, places)
    if interviews_of(contents):
        yield NewPage()
        yield from _list(contents, styles, ledger, places)


def back_items(
    contents: DossierContents, styles: Styles, ledger: Ledger, places: Mapping[str, Place]
) -> Iterator[Item]:
    """Yield what follows the body: the index, if the design wants one, and the colophon."""
    if contents.design.has_index:
        yield from index_items(
            ledger, styles, places, language=contents.language, title=contents.title
        )


def repository_of(contents: DossierContents) -> str:
    """Return the repository: as given, else the top collection the interviews share."""
    if contents.repository:
        return contents.repository
    tops = {i.collections[0] for i in interviews_of(contents) if i.collections}
    return tops.pop() if len(tops) == 1 else ""


def _unique(values: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value.strip()))


def _cover(contents: DossierContents, styles: Styles) -> Iterator[Block]:
    interviews = interviews_of(contents)

    def line(text: str, times: float, before: float, *, forced: bool = False) -> Block:
        style = styles.centred(times, before=before, forced=forced)
        return Block((Fragment(text, styles.title(times)),), style)

    overline = repository_of(contents) or tr("Oral history")
    yield Block((Fragment(overline, styles.overline),), styles.centred(1, before=2, forced=True))
    yield Block(
        (Fragment(contents.title, styles.title(2.7), anchors=("cover",)),),
        styles.centred(2.7, before=11),
        outline=(0, one_line(contents.title)),
    )
    if contents.subtitle:
        ink = replace(styles.italic, size=styles.title(1.4).size)
        yield Block((Fragment(contents.subtitle, ink),), styles.centred(1.4, before=1.6))
    if contents.author:
        yield line(contents.author, 1.2, 2.4)
    yield line("⁂", 1.4, 2.6)
    tellers = _unique(p.name for i in interviews for p in people(i, Role.INTERVIEWEE))
    if tellers:
        shown = tellers[:_MANY]
        yield line(tr("Interviews with"), 0.95, 2.4)
        for number, name in enumerate(shown):
            fragments = tuple(styles.speaker_fragments(one_line(name)))
            yield Block(fragments, styles.centred(1.1, before=0.9 if number == 0 else 0.2))
        if len(tellers) > len(shown):
            yield line(tr("and {count} others", count=len(tellers) - len(shown)), 0.95, 0.3)
    askers = _unique(p.name for i in interviews for p in people(i, Role.INTERVIEWER))
    if askers and len(askers) <= _MANY:
        yield line(tr("Interviewed by {names}", names=", ".join(askers)), 1, 1.6)
    dates = sorted(_unique(i.date for i in interviews))
    if dates:
        years = sorted(re.findall(r"\d{4}", " ".join(dates)))
        span = say_date(dates[0])
        if len(dates) > 1 and years:
            span = "–".join(dict.fromkeys((years[0], years[-1])))
        places = _unique(pick(i.place_names, contents.language) or i.place for i in interviews)
        yield line(", ".join([*places[:4], span]), 1, 1.6)
    collections = _unique(" · ".join(i.collections[1:]) for i in interviews)
    if collections and len(collections) <= 3:
        for number, text in enumerate(collections):
            yield line(text, 0.95, 3 if number == 0 else 0.3)
    holders = _unique(i.rights_holder for i in interviews)
    for number, holder in enumerate(holders[:3]):
        text = f"© {contents.on.year} {holder}"
        yield Block((Fragment(text, styles.quiet),), styles.centred(0.8, before=2.5 - number))
    yield Block(
        (Fragment(say_day(contents.on), styles.quiet),),
        styles.centred(0.8, before=0.5),
    )


def _paragraph(styles: Styles, text: str) -> Block:
    return Block((Fragment(text, styles.testimony),), styles.prose)


def _rights(contents: DossierContents, styles: Styles) -> Iterator[Block]:
    interviews = interviews_of(contents)
    yield _title(styles, tr("About this dossier"), "rights")
    for text in paragraphs(contents.description):
        yield _paragraph(styles, text)
    yield _paragraph(
        styles,
        tr(
            "This is a record of the spoken word. It renders what was said in conversation, from"
            " memory, and was not written to be read. It may hold errors of memory and of hearing;"
            " where wording matters, compare the recording at the time in the margin."
        ),
    )
    yield label(styles, tr("Rights and use"))
    made_for = tr(
        "Made on {date} for {audience}.",
        date=say_day(contents.on), audience=tr(_AUDIENCES[contents.audience]),
    )  # fmt: skip
    yield _paragraph(styles, made_for)
    for terms in _unique(_terms(i) for i in interviews):
        whose = [i.accession for i in interviews if _terms(i) == terms]
        is_all = len(whose) == len(interviews) > 1
        yield from row(styles, tr("All interviews") if is_all else ", ".join(whose), terms)
    yield label(styles, tr("Withheld from this audience"))
    yield from _withheld(interviews, styles)
    yield label(styles, tr("Recommended citation"))
    yield _paragraph(styles, _citation(contents))
    yield _paragraph(
        styles,
        tr("Cite a passage with the interview's accession number and the timecode beside it."),
    )
    if contents.contact:
        yield label(styles, tr("Whom to ask"))
        yield _paragraph(styles, contents.contact)
    yield from _legend(styles)
    if contents.made_by:
        yield Block(
            (Fragment(contents.made_by, styles.quiet),), styles.heading(0.8, before=1.6, after=0)
        )


def _terms(interview: ReleasedInterview) -> str:
    """Return who holds the rights of an interview and what may be done with it."""
    holder = f"© {interview.rights_holder}" if interview.rights_holder else ""
    parts = (holder, interview.licence, interview.usage_note)
    return ". ".join(one_line(part).rstrip(".") for part in parts if part.strip())


def _withheld(interviews: list[ReleasedInterview], styles: Styles) -> Iterator[Block]:
    found = False
    for interview in interviews:
        if interview.withheld:
            found = True
            held = "; ".join(say_withheld(each) for each in interview.withheld)
            yield from row(styles, interview.accession, held)
    if not found:
        yield _paragraph(styles, tr("Nothing of these interviews is withheld."))


def _citation(contents: DossierContents) -> str:
    title = one_line(contents.title)
    if contents.subtitle:
        title = f"{title}: {one_line(contents.subtitle)}"
    where = repository_of(contents)
    parts = [contents.author, title, where, say_day(contents.on)]
    return ", ".join(one_line(part) for part in parts if part) + "."


def _legend(styles: Styles) -> Iterator[Block]:
    yield label(styles, tr("Marks in the transcripts"))
    yield from row(styles, "0:12:05", tr("Time on the recording: hours, minutes, seconds"))
    yield from row(styles, "~0:12:05", tr("A time that was estimated from its neighbours"))
    yield from row(styles, "[…]", tr("Added by the editors; in grey italics: a closed passage"))


def _title(styles: Styles, text: str, anchor: str) -> Block:
    return Block(
        (Fragment(text, styles.title(1.75), anchors=(anchor,)),),
        styles.heading(1.75, before=0, after=1.0),
        outline=(0, text),
    )


def _contents(styles: Styles, ledger: Ledger, places: Mapping[str, Place]) -> Iterator[Block]:
    yield _title(styles, tr("Contents"), "contents")
    page = ""
    for listing in ledger.listings:
        page = places[listing.anchor].label if listing.anchor in places else page
        link = listing.anchor if listing.anchor in places else ""
        number = Fragment(page, styles.apparatus, link=link)
        if listing.kind is Listed.PIECE:
            yield Block(
                (Fragment(listing.title, styles.apparatus, link=link),),
                styles.list_point,
                lead=Fragment(listing.timecode, styles.quiet) if listing.timecode else None,
                trail=number,
            )
            continue
        ink = styles.title(1.25) if listing.kind is Listed.HEADING else styles.testimony
        fragments = [Fragment(listing.title, ink, link=link)]
        if listing.detail:
            fragments.append(Fragment("  " + listing.detail, styles.quiet))
        yield Block(tuple(fragments), styles.list_entry, trail=number)
    if "index" in places:
        number = Fragment(places["index"].label, styles.apparatus, link="index")
        yield Block(
            (Fragment(tr("Index"), styles.testimony, link="index"),),
            styles.list_entry,
            trail=number,
        )


def _list(
    contents: DossierContents, styles: Styles, ledger: Ledger, places: Mapping[str, Place]
) -> Iterator[Block]:
    yield _title(styles, tr("The interviews"), "interviews")
    for interview in interviews_of(contents):
        anchor = ledger.interviews.get(interview.uuid, "")
        link = anchor if anchor in places else ""
        page = places[anchor].label if link else ""
        title = one_line(pick(interview.titles, contents.language) or interview.accession)
        yield Block(
            (Fragment(title, styles.testimony, link=link),),
            replace(styles.list_entry, keeps_next=True),
            trail=Fragment(page, styles.apparatus, link=link),
        )
        spoken = ", ".join(say_language(tag) for tag in interview.languages)
        length = say_length(interview.duration_ms) if interview.duration_ms else ""
        facts = [interview.accession, names(people(interview, Role.INTERVIEWEE))]
        facts += [say_date(interview.date), spoken, length]
        style = replace(styles.list_point, first=styles.text * 1.2, left=styles.text * 1.2)
        text = " · ".join(one_line(fact) for fact in facts if fact)
        yield Block((Fragment(text, styles.quiet),), replace(style, keeps_next=True))
        yield Block((Fragment(one_line(cite_interview(interview)), styles.quiet),), style)
