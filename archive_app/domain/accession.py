"""Accession numbers: the archive's own signatures, such as ``MRB-014`` or ``2022.3.1``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive_app.domain.turn_texts import clean_text
from archive_app.errors import BadValue
from archive_app.translation import tr

LONGEST = 100
"""Code points; longer ones are titles that slipped into the wrong field."""

_NUMBER = re.compile("([0-9]+)")


def clean_accession(text: str) -> str:
    """Return an accession number as it is stored: no breaks, no space around it or twice in it.

    Raises:
        BadValue: it is empty or too long.
    """
    cleaned = " ".join(clean_text(text).split())
    if not cleaned:
        raise BadValue(tr("The accession number is empty. Give the interview one, like MRB-001."))
    if len(cleaned) > LONGEST:
        raise BadValue(
            tr(
                "The accession number is longer than {longest} characters. Give it a shorter one.",
                longest=LONGEST,
            )
        )
    return cleaned


def accession_key(accession: str) -> tuple[tuple[int, int, str], ...]:
    """Return what to sort by so that numbers count as numbers: MRB-9 comes before MRB-10."""
    pieces = (piece for piece in _NUMBER.split(accession.casefold()) if piece)
    return tuple(
        (0, len(piece.lstrip("0")), piece.lstrip("0"))
        if _NUMBER.fullmatch(piece)
        else (1, 0, piece)
        for piece in pieces
    )


def next_accession(taken: Iterable[str], *, after: str) -> str:
    """Return a free accession number that follows on another: MRB-009 gives MRB-010.

    The last number in it is counted on, its leading zeros kept; without one,
    ``-2`` is added. Numbers that differ only in case count as taken.
    """
    used = {accession.casefold() for accession in taken} | {after.casefold()}
    pieces = _NUMBER.split(after)
    if len(pieces) == 1:
        pieces = [f"{after}-" if after else "", "1", ""]
    width, number = len(pieces[-2]), int(pieces[-2])
    while True:
        number += 1
        pieces[-2] = f"{number:0{width}}"
        candidate = "".join(pieces)
        if candidate.casefold() not in used:
            return candidate
