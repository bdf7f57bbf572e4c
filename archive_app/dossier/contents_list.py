"""The contents: headings, interviews and segments with the pages they begin on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from archive_app.dossier.blocks import Block, Close, Fragment, Item, NewPage, Open
from archive_app.dossier.front_parts import page_title
from archive_app.dossier.ledger import Ledger, Listed, Listing
from archive_app.dossier.pages import Place
from archive_app.dossier.shaping import Ink
from archive_app.dossier.styles import Styles
from archive_app.translation import tr

_DEEPEST = 4
"""Depths of the contents that are still indented further."""


def contents_items(styles: Styles, ledger: Ledger, places: Mapping[str, Place]) -> Iterator[Item]:
    """Yield the contents; a line whose anchor stands on no page has no number."""
    yield NewPage()
    yield page_title(styles, tr("Contents"), "contents")
    listings = ledger.listings
    if "index" in places:
        listings = [*listings, Listing(Listed.INTERVIEW, tr("Index"), "index")]
    if not listings:
        return
    yield Open("TOC")
    for number, listing in enumerate(listings):
        after = listings[number + 1] if number + 1 < len(listings) else None
        leads_on = after is not None and after.depth > listing.depth
        yield _entry(listing, styles, places, keeps_next=leads_on)
    yield Close()


def _entry(
    listing: Listing, styles: Styles, places: Mapping[str, Place], *, keeps_next: bool
) -> Block:
    place = places.get(listing.anchor)
    link = listing.anchor if place else ""
    number = Fragment(place.label if place else "", styles.apparatus, link=link)
    fragments = [Fragment(listing.title, _ink(listing, styles), link=link)]
    if listing.detail:
        fragments.append(Fragment("  " + listing.detail, styles.quiet))
    indent = min(listing.depth, _DEEPEST) * styles.text * 1.2
    lead = None
    if listing.kind is Listed.PIECE:
        style = styles.list_point
        lead = Fragment(listing.timecode, styles.quiet) if listing.timecode else None
        column = indent + styles.text * 3.6 if lead else indent
        style = replace(style, lead=indent, first=column, left=column)
    else:
        is_part = listing.kind is Listed.HEADING and listing.depth == 0
        style = replace(
            styles.list_entry,
            first=indent,
            left=indent + styles.text * 1.2,
            before=styles.text * (1.1 if is_part else 0.6 if listing.depth else 0.75),
        )
    return Block(
        tuple(fragments), replace(style, keeps_next=keeps_next), lead=lead, trail=number,
        tag="TOCI", lang=listing.lang,
    )  # fmt: skip


def _ink(listing: Listing, styles: Styles) -> Ink:
    if listing.kind is Listed.HEADING:
        return styles.title((1.25, 1.1, 1.0)[min(listing.depth, 2)])
    if listing.kind is Listed.PIECE:
        return styles.apparatus
    return styles.italic if listing.kind is Listed.PROSE else styles.testimony
