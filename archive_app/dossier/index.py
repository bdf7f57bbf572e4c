"""The index: names, places and tags with the pages they stand on, in alphabetical order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive_app.dossier.blocks import Block, Close, Fragment, Item, NewPage, Open, Style
from archive_app.dossier.front_parts import page_title
from archive_app.dossier.ledger import Entry, Ledger, Section, Term
from archive_app.dossier.pages import Place
from archive_app.dossier.styles import Styles
from archive_app.language.alphabets import index_key, index_letter, language_by_letters
from archive_app.language.folding import exact_form
from archive_app.language.mention_forms import is_common_word
from archive_app.translation import mark, tr

_SECTIONS = {
    Section.NAMES: mark("Names"),
    Section.PLACES: mark("Places"),
    Section.TAGS: mark("Subjects and tags"),
}
_ENTRIES_OF_LETTER = 2.5
"""With fewer of each letter on the average, gaps between letters would make holes of a list."""
_MOST_PLAIN = 9
"""Numbers that a reader still looks up; more are parted by interview (Chicago 16.10)."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """Pages a term stands on without a gap."""

    first: Place
    last: Place
    anchor: str


@dataclass(frozen=True, slots=True)
class _Line:
    """An entry with its pages, and those below it."""

    shown: str
    sort: str
    pages: tuple[_Pages, ...] = ()
    below: tuple[_Line, ...] = ()
    also: tuple[str, ...] = ()
    """Entries that say more."""


def index_items(
    ledger: Ledger, styles: Styles, places: Mapping[str, Place], *, language: str, title: str
) -> Iterator[Item]:
    """Yield the index's blocks; nothing if no term stands on any page."""
    is_name = _sure(ledger)
    lines: dict[Section, list[_Line]] = {section: [] for section in Section}
    for term, entries in _merged(ledger):
        line = _line(ledger, term, [each for each in entries if is_name(each)], places)
        if line is not None:
            lines[term.section].append(line)
    lines[Section.TAGS] = _with_cross_references(lines[Section.TAGS], ledger)
    if not any(lines.values()):
        return
    yield NewPage(tr("Index"), title, columns=2)
    yield replace(
        page_title(styles, tr("Index"), "index"),
        style=styles.heading(1.75, before=0, after=0.6),
    )
    for section, held in lines.items():
        if held:
            yield from _section(section, held, styles, language)


# What stands where


def _sure(ledger: Ledger) -> Callable[[Entry], bool]:
    """Return what tells a name from a common word that a sentence begins with.

    It is common if the testimony has it in small letters too, or a dictionary does.
    """
    small = {exact_form(word) for word in ledger.words if word[:1].islower()}
    known: dict[str, bool] = {"": True}

    def is_name(entry: Entry) -> bool:
        word = entry.doubt
        if word not in known:
            known[word] = exact_form(word) not in small and not is_common_word(word)
        return known[word]

    return is_name


def _merged(ledger: Ledger) -> Iterator[tuple[Term, list[Entry]]]:
    """Yield the terms, those that differ by nothing but capitals made one."""
    found: dict[tuple[Section, str, str], tuple[Term, list[Entry]]] = {}
    for term, entries in ledger.terms.items():
        key = (term.section, exact_form(term.shown), exact_form(term.sort))
        found.setdefault(key, (term, []))[1].extend(entries)
    yield from found.values()


def _line(
    ledger: Ledger, term: Term, entries: Sequence[Entry], places: Mapping[str, Place]
) -> _Line | None:
    pages = _ranges(entries, places)
    if not pages:
        return None
    whose = {each.interview for each in entries if each.interview}
    if len(pages) <= _MOST_PLAIN or len(whose) < 2:
        return _Line(term.shown, term.sort, tuple(pages))
    below: list[_Line] = []
    for uuid in ledger.titles:
        held = _ranges([each for each in entries if each.interview == uuid], places)
        if held:
            below.append(_Line(ledger.titles[uuid], "", tuple(held)))
    own = _ranges([each for each in entries if each.interview not in ledger.titles], places)
    return _Line(term.shown, term.sort, tuple(own), tuple(below))


def _ranges(found: Iterable[Entry], places: Mapping[str, Place]) -> list[_Pages]:
    """Return where a term stands, in order; pages without a gap are joined."""
    ranges: list[_Pages] = []
    for entry in found:
        anchor = entry.start if entry.start in places else entry.end
        if anchor in places:
            first = places[anchor]
            last = places.get(entry.end, first)
            ranges.append(_Pages(first, last if last.number >= first.number else first, anchor))
    ranges.sort(key=lambda each: (each.first.number, -each.last.number))
    joined: list[_Pages] = []
    for each in ranges:
        if joined and each.first.number <= joined[-1].last.number + 1:
            if each.last.number > joined[-1].last.number:
                joined[-1] = replace(joined[-1], last=each.last)
        else:
            joined.append(each)
    return joined


def _with_cross_references(lines: list[_Line], ledger: Ledger) -> list[_Line]:
    """Return the tags, those above others with a "see also" to them."""
    held = {line.shown for line in lines}
    narrower: dict[str, list[str]] = {}
    for path, shown in ledger.tags.items():
        above = ledger.tags.get(path[:-1], "")
        if above in held and shown in held and above != shown:
            narrower.setdefault(above, []).append(shown)
    return [replace(line, also=tuple(narrower.get(line.shown, ()))) for line in lines]


# How it is set


def _section(section: Section, held: list[_Line], styles: Styles, language: str) -> Iterator[Item]:
    yield Block(
        (Fragment(tr(_SECTIONS[section]), styles.label),),
        styles.heading(0.86, before=1.6, after=0.3),
        tag="H",
        level=2,
    )
    yield Open("L")
    letter = ""
    letters = {index_letter(line.sort, language) for line in held}
    has_gaps = len(held) >= _ENTRIES_OF_LETTER * len(letters)
    for line in sorted(held, key=lambda each: index_key(each.sort, language)):
        begins = index_letter(line.sort, language)
        style = styles.index_entry
        if has_gaps and letter and begins != letter:
            style = replace(style, before=styles.text * 0.7)
        letter = begins
        yield from _entry(line, styles, style, language)
    yield Close()


def _entry(line: _Line, styles: Styles, style: Style, language: str) -> Iterator[Block]:
    ink = replace(styles.testimony, size=styles.note.size)
    fragments = [Fragment(line.shown, ink)]
    for each in line.pages:
        text = each.first.label
        if each.last.number > each.first.number:
            text = f"{text}–{each.last.label}"
        fragments += [Fragment(", ", ink), Fragment(text, ink, link=each.anchor)]
    if line.also:
        italic = replace(styles.italic, size=ink.size)
        named = "; ".join(sorted(line.also, key=lambda each: index_key(each, language)))
        fragments += [Fragment(". ", ink), Fragment(tr("See also"), italic)]
        fragments.append(Fragment(" " + named, ink))
    kept = replace(style, keeps_next=True) if line.below else style
    yield Block(tuple(fragments), kept, tag="LI", lang=language_by_letters(line.shown, language))
    indented = replace(
        styles.index_entry,
        first=style.first + styles.text * 1.2,
        left=style.left + styles.text * 1.2,
    )
    for below in line.below:
        # Part of the entry above it, so no entry of its own.
        yield from (replace(each, tag="P") for each in _entry(below, styles, indented, language))
