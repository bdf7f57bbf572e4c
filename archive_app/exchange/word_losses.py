"""What of a Word document was not taken in, in words."""

from __future__ import annotations

from collections.abc import Mapping

from archive_app.domain.parsed import Loss
from archive_app.exchange.word_package import Package
from archive_app.translation import tr, trn


def losses_of(package: Package, counts: Mapping[str, int]) -> list[Loss]:
    """Return what ``Found`` counted, and whether the file holds macros, as losses."""
    said: list[str] = []
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in package.names):
        said.append(tr("The file holds macros. They were neither run nor taken in."))
    for name, words in (
        ("inserted", _inserted), ("deleted", _deleted), ("pictures", _pictures),
    ):  # fmt: skip
        if counts.get(name):
            said.append(words(counts[name]))
    for name, what in (
        ("fields", tr("Page numbers, dates and tables of contents that the word processor makes "
                      "were left out.")),
        ("numbers", tr("Automatic numbers and bullets were left out.")),
        ("hidden", tr("Words set as hidden text were left out.")),
        ("symbols", tr("Symbols of special fonts were left out.")),
        ("parts", tr("Other documents that are embedded in it were left out.")),
        ("formatted", tr("Italics, underlining, highlighting and the like were left out; the "
                         "words were kept.")),
    ):  # fmt: skip
        if counts.get(name):
            said.append(what)
    return [Loss(what) for what in said]


def _inserted(count: int) -> str:
    return trn(
        "{count} tracked insertion was taken as accepted.",
        "{count} tracked insertions were taken as accepted.",
        count,
    )


def _deleted(count: int) -> str:
    return trn(
        "{count} tracked deletion was taken as accepted; its words were left out.",
        "{count} tracked deletions were taken as accepted; their words were left out.",
        count,
    )


def _pictures(count: int) -> str:
    return trn("{count} picture was left out.", "{count} pictures were left out.", count)
