"""Finding a tag by a part of its name or its path, in any language and either script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive_app.domain.records import Tag
from archive_app.language.folding import fold
from archive_app.work.vocabulary import PATH_SEPARATOR, CountedTag

STEP_SIGN = "›"
"""What stands between the names of a path where it is shown; it may be typed too."""


@dataclass(frozen=True, slots=True)
class FoundTag:
    """A tag that answers to what was typed."""

    one: CountedTag
    by: str = ""
    """The name that holds what was typed; empty where only the path does, or nothing was typed."""


@dataclass(frozen=True, slots=True)
class _Entry:
    one: CountedTag
    names: tuple[str, ...]
    folded: tuple[str, ...]
    """The tag's own names, in the order of ``names``."""
    above: tuple[tuple[str, ...], ...]
    """The folded names of the tags above it, the nearest first."""


class TagFinder:
    """The vocabulary made ready for search-as-you-type.

    Script, accents, ё and case do not count: "rat" finds "рат", "zurka" "žurka". Words
    may stand in any order and anywhere in the path; with "/" between them what is
    before it must be above what is behind it.
    """

    def __init__(self, tree: Sequence[CountedTag]) -> None:
        by_id = {one.tag.id: one.tag for one in tree}
        folded = {one.tag.id: _folded_names(one.tag) for one in tree}
        self._entries = [
            _Entry(
                one,
                tuple(one.tag.names.values()),
                folded[one.tag.id],
                tuple(folded[tag.id] for tag in _above(one.tag, by_id)),
            )
            for one in tree
        ]

    def find(self, typed: str, recent: Sequence[int] = ()) -> list[FoundTag]:
        """Return the tags that answer, best first; all of them where nothing was typed.

        Those whose name begins so come first, then those with a word that does, then
        those that hold it, then those whose path does; among equals the recent ones in
        their order, then the most used.
        """
        steps = [_words(part) for part in typed.replace(STEP_SIGN, PATH_SEPARATOR).split("/")]
        steps = [step for step in steps if step]
        ranks = {tag_id: rank for rank, tag_id in enumerate(recent)}
        found: list[tuple[tuple[int, int, int, tuple[str, ...]], FoundTag]] = []
        for entry in self._entries:
            fit = _fit(entry, steps)
            if fit is None:
                continue
            level, by = fit
            one = entry.one
            rank = ranks.get(one.tag.id, len(ranks))
            found.append(((level, rank, -one.count, one.path), FoundTag(one, by)))
        found.sort(key=lambda pair: pair[0])
        return [one for _, one in found]


def is_named(tree: Sequence[CountedTag], typed: str) -> bool:
    """Return whether a tag is called exactly so, in any language, or stands at this path."""
    name = typed.strip().casefold()
    parts = tuple(part.strip() for part in name.split(PATH_SEPARATOR) if part.strip())
    return any(
        name in {n.casefold() for n in one.tag.names.values()}
        or parts == tuple(step.casefold() for step in one.path)
        for one in tree
    )


def _fit(entry: _Entry, steps: Sequence[Sequence[str]]) -> tuple[int, str] | None:
    """Return how well an entry answers, 0 best, and by which name; ``None``: it does not."""
    if not steps:
        return 0, ""
    path = [*entry.folded, *(name for names in entry.above for name in names)]
    if len(steps) > 1:
        if not _is_below(entry, steps[:-1]):
            return None
        path = list(entry.folded)
    wanted = steps[-1]
    if not all(any(word in name for name in path) for word in wanted):
        return None
    phrase = " ".join(wanted)
    for level, holds in enumerate((_begins, _has_word, _contains)):
        for name, folded in zip(entry.names, entry.folded, strict=True):
            if holds(folded, phrase):
                return level, name
    for name, folded in zip(entry.names, entry.folded, strict=True):
        if all(word in folded for word in wanted):
            return 2, name
    own = next((name for name, folded in zip(entry.names, entry.folded, strict=True)
                if wanted[-1] in folded), "")  # fmt: skip
    return (3, own) if own else (4, "")


def _is_below(entry: _Entry, steps: Sequence[Sequence[str]]) -> bool:
    above = iter(entry.above)
    return all(
        any(all(any(word in name for name in names) for word in step) for names in above)
        for step in reversed(steps)
    )


def _begins(name: str, phrase: str) -> bool:
    return name.startswith(phrase)


def _has_word(name: str, phrase: str) -> bool:
    return f" {phrase}" in name


def _contains(name: str, phrase: str) -> bool:
    return phrase in name


def _words(text: str) -> list[str]:
    return [fold(word) for word in text.split()]


def _folded_names(tag: Tag) -> tuple[str, ...]:
    return tuple(" ".join(_words(name)) for name in tag.names.values())


def _above(tag: Tag, by_id: Mapping[int, Tag]) -> list[Tag]:
    found: list[Tag] = []
    parent = by_id.get(tag.parent_id) if tag.parent_id is not None else None
    while parent is not None and parent not in found:
        found.append(parent)
        parent = by_id.get(parent.parent_id) if parent.parent_id is not None else None
    return found
