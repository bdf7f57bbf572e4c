"""The index: names, places and tags with the pages they stand on, in alphabetical order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from archive_app.dossier.blocks import Block, Fragment, Item, NewPage, Style
from archive_app.dossier.ledger import Entry, Ledger, Section, Term
from archive_app.dossier.pages import Place
from archive_app.dossier.styles import Styles
from archive_app.language.alphabets import sort_key
from archive_app.translation import mark, tr

_SECTIONS = {
    Section.NAMES: mark("Names"),
    Section.PLACES: mark("Places"),
    Section.TAGS: mark("Subjects and tags"),
}


def index_items(
    ledger: Ledger, styles: Styles, places: Mapping[str, Place], *, language: str, title: str
) -> Iterator[Item]:
    """Yield the index's blocks; nothing if no term stands on any page."""
    terms = {term: _ranges(found, places) for term, found in ledger.terms.items()}
    terms = {term: ranges for term, ranges in terms.items() if ranges}
    if not terms:
        return
    yield NewPage(tr("Index"), title, columns=2)
    yield Block(
        (Fragment(tr("Index"), styles.title(1.75), anchors=("index",)),),
        styles.heading(1.75, before=0, after=0.6),
        outline=(0, tr("Index")),
    )
    for section in Section:
        held = [term for term in terms if term.section is section]
        if held:
            yield from _section(section, held, terms, styles, language)


@dataclass(frozen=True, slots=True)
class _Pages:
    """Pages a term stands on without a gap."""

    first: Place
    last: Place
    anchor: str


def _ranges(found: list[Entry], places: Mapping[str, Place]) -> list[_Pages]:
    """Return where a term stands, in order, what touches or overlaps joined."""
    ranges: list[_Pages] = []
    for entry in found:
        start, end = entry.start, entry.end
        anchor = start if start in places else end
        if anchor in places:
            first = places[anchor]
            last = places.get(end, first)
            ranges.append(_Pages(first, last if last.number >= first.number else first, anchor))
    ranges.sort(key=lambda each: (each.first.number, -each.last.number))
    joined: list[_Pages] = []
    for each in ranges:
        if joined and each.first.number <= joined[-1].last.number:
            if each.last.number > joined[-1].last.number:
                joined[-1] = replace(joined[-1], last=each.last)
        else:
            joined.append(each)
    return joined


def _section(
    section: Section,
    held: list[Term],
    terms: Mapping[Term, list[_Pages]],
    styles: Styles,
    language: str,
) -> Iterator[Block]:
    yield Block(
        (Fragment(tr(_SECTIONS[section]), styles.label),),
        styles.heading(0.86, before=1.6, after=0.3),
    )
    initial = ""
    for term in sorted(held, key=lambda each: sort_key(each.sort, language)):
        begins = initial_of(term.sort)
        style = styles.index_entry
        if initial and begins != initial:
            style = replace(style, before=styles.text * 0.7)
        initial = begins
        yield _entry(term, terms[term], styles, style)


def _entry(term: Term, ranges: list[_Pages], styles: Styles, style: Style) -> Block:
    ink = replace(styles.testimony, size=styles.note.size)
    fragments = [Fragment(term.shown, ink)]
    for each in ranges:
        text = each.first.label
        if each.last.number > each.first.number:
            text = f"{text}–{each.last.label}"
        fragments += [Fragment(", ", ink), Fragment(text, ink, link=each.anchor)]
    return Block(tuple(fragments), style)


def initial_of(text: str) -> str:
    """Return the letter a term is filed below, or "" for none."""
    return next((character.casefold() for character in text if character.isalpha()), "")
