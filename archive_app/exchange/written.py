"""What a writer returns."""

from __future__ import annotations

from dataclasses import dataclass

from archive_app.domain.parsed import Loss


@dataclass(frozen=True, slots=True)
class Written:
    """A file's bytes, and what its format could not say."""

    data: bytes
    losses: tuple[Loss, ...] = ()
