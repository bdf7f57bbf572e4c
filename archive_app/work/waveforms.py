"""The shapes of an interview's recordings, for the window: derived data, kept in the cache.

Hand in only recordings that whoever looks may hear: the shape of a voice is part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.records import Recording
from archive_app.errors import BadValue
from archive_app.paths import cache_folder
from archive_app.store.archive import Archive

if TYPE_CHECKING:
    from archive_app.media.waveform import Waveform


def kept_waveforms(archive: Archive, recordings: Sequence[Recording]) -> Mapping[int, Waveform]:
    """Return by recording id the waveforms that need not be made any more."""
    from archive_app.media.waveform import kept_waveform

    del archive  # The cache is the person's own, not the archive's.
    found: dict[int, Waveform] = {}
    for one in recordings:
        with suppress(BadValue):
            kept = kept_waveform(one.sha256, cache_folder())
            if kept is not None:
                found[one.id] = kept
    return found


def waveform_of_recording(
    archive: Archive, recording: Recording, *, progress: Progress = NO_PROGRESS
) -> Waveform:
    """Return a recording's waveform, made from its file in the vault if it is not kept.

    Raises:
        BadInput: nothing of the file can be heard, as in a film without sound.
        Environment: the file is gone or its disk fails.
        Cancelled: through ``progress``; nothing is kept.
    """
    from archive_app.media.waveform import waveform_of

    return waveform_of(
        archive.folder / recording.vault_path,
        sha256=recording.sha256,
        cache=cache_folder(),
        progress=progress,
    )


def forget_waveforms(archive: Archive, recordings: Sequence[Recording]) -> None:
    """Remove waveforms from the cache, to be made anew."""
    del archive
    _forget(one.sha256 for one in recordings)


def forget_deleted(archive: Archive, operation_id: int) -> None:
    """Remove from the cache the waveforms of recordings that an operation took from the archive.

    Deleting an interview does so, and undoing an import or what was recorded. The
    shape of a voice stays no longer than its recording; one that comes back, or
    stands in the archive a second time, is drawn anew.
    """
    with archive.read() as reader:
        deleted = reader.recordings_deleted_by(operation_id)
        kept = reader.known_files(deleted)
    _forget(one for one in deleted if one not in kept)


def _forget(hashes: Iterable[str]) -> None:
    from archive_app.media.waveform import forget_waveform

    for sha256 in hashes:
        with suppress(BadValue, OSError):
            forget_waveform(sha256, cache_folder())
