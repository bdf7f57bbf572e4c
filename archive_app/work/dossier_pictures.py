"""Pictures that are kept for dossiers: where they lie, and what may be drawn of them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app.errors import BadValue
from archive_app.media.vault import RecordingVault
from archive_app.store.archive import Archive
from archive_app.work.dossier_parts import hash_of_picture

if TYPE_CHECKING:
    from archive_app.dossier.contents import Picture


def picture_path(archive: Archive, kept: str) -> Path | None:
    """Return where a kept picture lies; None if it is missing or named what the vault names not."""
    if not hash_of_picture(kept):
        return None
    try:
        path = RecordingVault(archive.media_folder).path(kept)
    except BadValue:
        return None
    return path if path.is_file() else None


class Pictures:
    """The pictures of one dossier, each read once and looked at before it is drawn."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[str, bytes | None] = {}

    def of(self, kept: str, caption: str, alt: str) -> Picture | None:
        """Return a kept picture with its words; None: there is none, or it is not what it was."""
        from archive_app.dossier.contents import Picture

        if kept not in self._known:
            self._known[kept] = self._read(kept)
        data = self._known[kept]
        return None if data is None else Picture(data, caption=caption, alt=alt)

    def _read(self, kept: str) -> bytes | None:
        from archive_app.dossier.pictures import MOST_BYTES, is_fit

        path = picture_path(self._archive, kept)
        try:
            if path is None or path.stat().st_size > MOST_BYTES:
                return None
            data = path.read_bytes()
        except OSError:
            return None
        is_same = sha256(data).hexdigest() == hash_of_picture(kept)
        return data if is_same and is_fit(data) else None
