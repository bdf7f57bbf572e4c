"""Where a passage is from: who speaks, in which interview, when, and the link there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive_app.domain.records import Role
from archive_app.domain.released import ReleasedInterview
from archive_app.dossier.blocks import Block, Fragment, Image, Style
from archive_app.dossier.links import PrintedLink
from archive_app.dossier.shaping import one_line
from archive_app.dossier.stretches import Stretch
from archive_app.dossier.styles import Styles
from archive_app.dossier.teller import Teller
from archive_app.dossier.wording import names, people, say_date_beside

_NARROW = 340.0
"""Points; on a narrower page, A5, a link does not fit behind the times."""
_LISTED = 44
"""Letters of a passage's beginning in the contents: with a name they fill a line."""
_NAME = 0.84
"""Size of a name among the small type of a source, against that before a turn."""


def tellers_of(interview: ReleasedInterview) -> str:
    """Return who is interviewed, in one line."""
    return one_line(names(people(interview, Role.INTERVIEWEE)))


def small_name(styles: Styles, name: str) -> list[Fragment]:
    """Return a name in small capitals, of the size that goes with the apparatus."""
    return [
        replace(each, ink=replace(each.ink, size=round(each.ink.size * _NAME, 2)))
        for each in styles.speaker_fragments(name)
    ]


def listed_title(stretch: Stretch, *, has_name: bool = True) -> str:
    """Return what a passage is called in contents and bookmarks.

    Its heading, else who speaks and the words it begins with: many passages may be
    of one person.
    """
    if stretch.heading.strip():
        return one_line(stretch.heading)
    words = one_line(next((s.text for s in stretch.turns if s.text.strip()), ""))
    if len(words) > _LISTED:
        words = words[: words.rfind(" ", 0, _LISTED) if " " in words[:_LISTED] else _LISTED]
        words = words.rstrip(" ,.;:—–-") + "…"
    who = tellers_of(stretch.interview) if has_name else ""
    return ": ".join(part for part in (who, words) if part) or one_line(stretch.interview.accession)


def source_blocks(
    teller: Teller,
    interview: ReleasedInterview,
    *,
    times: str,
    link: PrintedLink | None,
    has_name: bool,
    is_narrow: bool = False,
    image: Image | None = None,
) -> Iterator[Block]:
    """Yield where words are from, in two lines that stay with what follows.

    First who speaks, in which interview, of which date; then accession number, times and
    link, which where it is narrow has a line of its own. ``image`` stands beside the first.
    """
    styles = teller.styles
    title, number = teller.title(interview), one_line(interview.accession)
    date = say_date_beside(title, interview.date).replace(" ", "\u00a0")
    who = tellers_of(interview) if has_name else ""
    first = small_name(styles, who) if who else []
    words = " · ".join(part for part in (title, date) if part)
    first.append(Fragment((" · " if who else "") + words, styles.quiet))
    parts = [number if number != title else "", times]
    second = [Fragment(" · ".join(part for part in parts if part), styles.quiet)]
    lines = [first, second]
    if link is not None and (is_narrow or teller.sheet.measure < _NARROW):
        lines.append(link.fragments(styles))
    elif link is not None:
        second += [Fragment(" · " if second[0].text else "", styles.quiet)]
        second += link.fragments(styles)
    style = Style(leading=styles.grid * 0.75, keeps_next=True)
    for place, fragments in enumerate(lines):
        if any(each.text for each in fragments):
            yield Block(tuple(fragments), style, image=None if place else image)
