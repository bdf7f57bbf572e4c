"""In which order a thematic reader tells its passages, and under which headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from archive_app.domain.edtf import bounds, is_edtf
from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedInterview, ReleasedTagging
from archive_app.dossier.contents import (
    DossierContents,
    Excerpts,
    Heading,
    Picture,
    Prose,
    Segment,
    WholeInterview,
)
from archive_app.dossier.design import Design, Grouping
from archive_app.dossier.shaping import one_line
from archive_app.dossier.stretches import Spread, Stretch, spreads_of
from archive_app.dossier.wording import people, pick
from archive_app.language.alphabets import sort_key
from archive_app.translation import tr

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparison

HeadingPath = tuple[str, ...]
"""Headings from level 1 down."""
_TURNS_OF_A_CHAPTER = 12


@dataclass(frozen=True, slots=True)
class Numbered:
    """A passage with its number in the dossier, from 1."""

    number: int
    spread: Spread


@dataclass(frozen=True, slots=True)
class SeeAlso:
    """Passages that stand elsewhere and belong here too, by their numbers."""

    numbers: tuple[int, ...]
    is_also: bool
    """Whether passages stand here besides."""


PlanItem = Heading | Prose | Picture | Segment | Numbered | SeeAlso


def reader_plan(contents: DossierContents) -> list[PlanItem]:
    """Return what a reader tells, in order.

    By tag, person or time the passages leave the scholar's headings for those of their
    group; texts and pictures before the first passage open the reader, later ones, with the
    headings above them, close it. A passage of several groups stands in the first
    of them, in the order of the groups; the others name its number.
    """
    if contents.design.grouping is Grouping.OUTLINE:
        return list(_by_outline(contents))
    own = _OwnText()
    entries: list[Spread | Segment] = []
    for part in contents.interviews:
        if isinstance(part, WholeInterview | Excerpts):
            entries += _spreads(part, contents)
        elif isinstance(part, Segment):
            entries.append(part)
        else:
            own.take(part, is_first=not entries)
    grouped = _grouped(entries, _GROUPS[contents.design.grouping](contents))
    return [*own.opening, *grouped, *own.closing]


def has_chapters(design: Design, plan: Sequence[PlanItem]) -> bool:
    """Tell whether headings of level 1 are to begin a page.

    The scholar's do. Groups of a few turns each would leave most pages empty: they do
    only where they have so many turns on the average as fill some two pages.
    """
    if design.grouping is Grouping.OUTLINE:
        return True
    groups = sum(isinstance(item, Heading) and item.level == 1 for item in plan)
    turns = sum(sum(1 for _ in i.spread.told()) for i in plan if isinstance(i, Numbered))
    return turns >= groups * _TURNS_OF_A_CHAPTER


def _spreads(part: WholeInterview | Excerpts, contents: DossierContents) -> list[Spread]:
    """Return the passages of a part; what stands above a whole interview goes to its first."""
    spreads = spreads_of(part, contents.design, contents.language)
    if isinstance(part, WholeInterview) and spreads:
        first = spreads[0]
        main = replace(first.main, heading=part.heading, comment=part.comment)
        spreads[0] = replace(first, main=main)
    return spreads


def _by_outline(contents: DossierContents) -> Iterator[PlanItem]:
    number = 0
    for part in contents.interviews:
        if not isinstance(part, WholeInterview | Excerpts):
            yield part
            continue
        if isinstance(part, Excerpts) and (part.heading.strip() or part.comment.strip()):
            yield Heading(part.heading or pick(part.interview.titles, contents.language),
                          part.comment, level=3)  # fmt: skip
        for spread in _spreads(part, contents):
            number += 1
            yield Numbered(number, spread)


@dataclass(slots=True)
class _OwnText:
    """The scholar's texts and pictures of a reader whose passages are regrouped."""

    opening: list[PlanItem] = field(default_factory=list[PlanItem])
    closing: list[PlanItem] = field(default_factory=list[PlanItem])
    _above: list[Heading] = field(default_factory=list[Heading])

    def take(self, part: Heading | Prose | Picture, *, is_first: bool) -> None:
        """Keep a part; a heading only where a text of the scholar's own stands below it."""
        if isinstance(part, Heading):
            self._above = [each for each in self._above if each.level < part.level] + [part]
            if not part.text.strip():
                return
        into = self.opening if is_first else self.closing
        if isinstance(part, Heading):
            into += self._above
        else:
            into += [*self._above, part]
        self._above = []


# Groups


@dataclass(frozen=True, slots=True)
class _Groups:
    """How passages are grouped: the headings each belongs under, and the order of both."""

    paths: Callable[[Spread | Segment], list[HeadingPath]]
    rank: Callable[[HeadingPath], SupportsRichComparison]
    within: Callable[[Spread | Segment], SupportsRichComparison]
    nameless: str
    """The heading of those that belong under none."""


def _grouped(entries: Sequence[Spread | Segment], groups: _Groups) -> Iterator[PlanItem]:
    ordered = sorted(entries, key=groups.within) if entries else []
    held: dict[HeadingPath, list[Spread | Segment]] = {}
    referred: dict[HeadingPath, list[Spread]] = {}
    every = {id(entry): groups.paths(entry) or [()] for entry in ordered}
    ranked = sorted({path for paths in every.values() for path in paths}, key=groups.rank)
    rank = {path: place for place, path in enumerate(ranked)}
    for entry in ordered:
        first, *others = sorted(every[id(entry)], key=rank.__getitem__)
        held.setdefault(first, []).append(entry)
        for path in others:
            if isinstance(entry, Spread):
                referred.setdefault(path, []).append(entry)
    numbers: dict[int, int] = {}
    for path in ranked:
        for entry in held.get(path, ()):
            if isinstance(entry, Spread):
                numbers[id(entry)] = len(numbers) + 1
    above: HeadingPath = ()
    for path in ranked:
        yield from _headings(path or (groups.nameless,), above)
        above = path or (groups.nameless,)
        for entry in held.get(path, ()):
            yield Numbered(numbers[id(entry)], entry) if isinstance(entry, Spread) else entry
        if path in referred:
            elsewhere = sorted(numbers[id(entry)] for entry in referred[path])
            yield SeeAlso(tuple(elsewhere), is_also=path in held)


def _headings(path: HeadingPath, above: HeadingPath) -> Iterator[Heading]:
    """Yield the headings of a group that do not stand above it yet; below level 3 all are 3.

    They begin with a capital, as headings do, whatever the vocabulary's custom.
    """
    shared = 0
    while shared < min(len(path), len(above)) and path[shared] == above[shared]:
        shared += 1
    for level in range(shared, len(path)):
        title = path[level][:1].upper() + path[level][1:]
        yield Heading(title, level=min(level + 1, 3))


def interview_of(entry: Spread | Segment) -> ReleasedInterview:
    """Return the interview of a passage or segment."""
    return entry.main.interview if isinstance(entry, Spread) else entry.interview


def _start_of(entry: Spread | Segment) -> int:
    if isinstance(entry, Spread):
        return entry.main.start_ms or 0
    return entry.interview.index_points[entry.number].start_ms


def day_of(interview: ReleasedInterview) -> date | None:
    """Return the first day that the interview's date may mean; None if it is not known."""
    found = bounds(interview.date).earliest if is_edtf(interview.date) else None
    return None if found in {None, date.min} else found


def _by_day(entry: Spread | Segment) -> tuple[bool, date, str, int]:
    """Return a key for the order of time: of the interview, then on its recording."""
    interview = interview_of(entry)
    day = day_of(interview)
    return (day is None, day or date.min, interview.accession, _start_of(entry))


def tags_of(stretch: Stretch) -> list[ReleasedTagging]:
    """Return the taggings that share words with a stretch, each tag once, in their order."""
    first = (stretch.turns[0].turn.n, stretch.start)
    last = (stretch.turns[-1].turn.n, 1 << 60 if stretch.end is None else stretch.end)
    found: dict[str, ReleasedTagging] = {}
    for tagging in stretch.transcript.taggings:
        begin = max((tagging.start_turn, tagging.start), first)
        if begin < min((tagging.end_turn, tagging.end), last):
            found.setdefault(tagging.tag_uuid, tagging)
    return list(found.values())


def _tag_groups(contents: DossierContents) -> _Groups:
    language = contents.language
    named: dict[HeadingPath, str] = {}
    for part in contents.interviews:
        if isinstance(part, WholeInterview | Excerpts):
            for transcript in part.interview.transcripts:
                for tagging in transcript.taggings:
                    named.setdefault(tagging.path, one_line(pick(tagging.names, language)))

    def shown(path: HeadingPath) -> HeadingPath:
        """Return a tag's path in the dossier's language, as far as its names are known."""
        ends = (path[: n + 1] for n in range(len(path)))
        return tuple(named.get(end) or one_line(end[-1]) for end in ends)

    def paths(entry: Spread | Segment) -> list[HeadingPath]:
        if not isinstance(entry, Spread):
            return []
        return list(dict.fromkeys(shown(tagging.path) for tagging in tags_of(entry.main)))

    return _Groups(
        paths,
        lambda path: (not path, [sort_key(name, language) for name in path]),
        lambda _: 0,
        tr("Without a tag"),
    )


def _person_groups(contents: DossierContents) -> _Groups:
    filed: dict[HeadingPath, str] = {}

    def paths(entry: Spread | Segment) -> list[HeadingPath]:
        found: list[HeadingPath] = []
        for person in people(interview_of(entry), Role.INTERVIEWEE):
            path = (one_line(person.name),)
            filed.setdefault(path, one_line(person.sort_name or person.name))
            found.append(path)
        return list(dict.fromkeys(found))

    return _Groups(
        paths,
        lambda path: (not path, sort_key(filed.get(path, ""), contents.language)),
        _by_day,
        tr("Without a name"),
    )


def _time_groups(contents: DossierContents) -> _Groups:
    del contents

    def paths(entry: Spread | Segment) -> list[HeadingPath]:
        day = day_of(interview_of(entry))
        return [] if day is None else [(str(day.year),)]

    return _Groups(
        paths, lambda path: (not path, int(path[0]) if path else 0), _by_day, tr("Without a date")
    )


_GROUPS: dict[Grouping, Callable[[DossierContents], _Groups]] = {
    Grouping.TAG: _tag_groups,
    Grouping.PERSON: _person_groups,
    Grouping.TIME: _time_groups,
}
