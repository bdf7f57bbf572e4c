"""What a scholar puts into a dossier beside passages: headings, texts, pictures, index points."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from archive_app.domain.records import DossierItem, Outcome
from archive_app.domain.rich_text import RichText, to_json
from archive_app.errors import BadValue
from archive_app.store.archive import Archive
from archive_app.store.writing import Writer
from archive_app.translation import mark, tr
from archive_app.work import dossier_sources
from archive_app.work.dossier_rows import HEADING, PICTURE, POINT, TEXT, insert_items, titled

ALT = "alt"
"""The setting of a picture that says what it shows."""
COVER, COVER_ALT = "cover", "cover_alt"
"""The settings of a dossier that name the picture on its cover, and say what it shows."""
LEVELS = (1, 2, 3)


def add_heading(
    archive: Archive, dossier_id: int, text: str, *, level: int = 1, after_item: int | None = None
) -> Outcome[int]:
    """Put a heading behind an item, or at the end, and return its id.

    Raises:
        BadValue: it has no words, or the level is none of LEVELS.
    """
    row = {"kind": HEADING, "text": titled(text), "level": _expect_level(level)}
    with archive.write(mark("Add heading")) as writer:
        (new,) = insert_items(writer, writer.dossier(dossier_id), [row], after_item)
    return writer.outcome(new)


def set_levels(archive: Archive, levels: Mapping[int, int]) -> Outcome[None]:
    """Let headings, by their items' ids, stand higher (1) or lower (3).

    Raises:
        BadValue: an item is no heading, or a level is none of LEVELS; nothing was changed.
    """
    with archive.write(mark("Change level of heading")) as writer:
        for item_id, level in levels.items():
            _expect_kind(writer, item_id, HEADING)
            writer.update("dossier_item", item_id, level=_expect_level(level))
    return writer.outcome(None)


def add_text(
    archive: Archive, dossier_id: int, text: RichText, *, after_item: int | None = None
) -> Outcome[int]:
    """Put the scholar's own text behind an item, or at the end, and return its id."""
    with archive.write(mark("Add text")) as writer:
        row = {"kind": TEXT, "body": to_json(text)}
        (new,) = insert_items(writer, writer.dossier(dossier_id), [row], after_item)
    return writer.outcome(new)


def edit_text(archive: Archive, item_id: int, text: RichText) -> Outcome[None]:
    """Replace one of the scholar's own texts.

    Raises:
        BadValue: the item is no text.
    """
    with archive.write(mark("Edit text of dossier")) as writer:
        _expect_kind(writer, item_id, TEXT)
        writer.update("dossier_item", item_id, body=to_json(text))
    return writer.outcome(None)


def add_picture(
    archive: Archive,
    dossier_id: int,
    path: Path,
    *,
    caption: str = "",
    alt: str = "",
    after_item: int | None = None,
) -> Outcome[int]:
    """Put a picture behind an item, or at the end, and return its id.

    A copy without metadata goes into the archive; the file itself is only read.

    Raises:
        NotFound: the dossier is gone.
        BadInput: it is no PNG or JPEG, is damaged, or too large.
        Environment: it cannot be read, or the archive's disk does not take it.
    """
    _expect_dossier(archive, dossier_id)
    kept = take_in_picture(archive, path)
    row = {
        "kind": PICTURE,
        "picture": kept,
        "text": caption.strip(),
        "settings": {ALT: alt.strip()} if alt.strip() else {},
    }
    with archive.write(mark("Add picture")) as writer:
        (new,) = insert_items(writer, writer.dossier(dossier_id), [row], after_item)
    return writer.outcome(new)


def edit_picture(archive: Archive, item_id: int, *, caption: str, alt: str) -> Outcome[None]:
    """Give a picture another caption, and say otherwise what it shows.

    Raises:
        BadValue: the item is no picture.
    """
    with archive.write(mark("Edit picture")) as writer:
        item = _expect_kind(writer, item_id, PICTURE)
        settings = {key: value for key, value in item.settings.items() if key != ALT}
        if alt.strip():
            settings[ALT] = alt.strip()
        writer.update("dossier_item", item_id, text=caption.strip(), settings=settings)
    return writer.outcome(None)


def set_cover(
    archive: Archive, dossier_id: int, path: Path | None, *, alt: str = ""
) -> Outcome[None]:
    """Put a picture on a dossier's cover; None: take it away. Errors as ``add_picture``."""
    _expect_dossier(archive, dossier_id)
    kept = "" if path is None else take_in_picture(archive, path)
    with archive.write(mark("Change cover picture")) as writer:
        settings = dict(writer.dossier(dossier_id).settings)
        settings |= {COVER: kept, COVER_ALT: alt.strip() if kept else ""}
        given = {key: value for key, value in settings.items() if value}
        writer.update("dossier", dossier_id, settings=given)
    return writer.outcome(None)


def add_points(
    archive: Archive,
    dossier_id: int,
    index_point_ids: Sequence[int],
    *,
    after_item: int | None = None,
) -> Outcome[tuple[int, ...]]:
    """Put segments of interviews' contents into a dossier and return the items' ids.

    One that is there already is not put in twice: its item is returned.

    Raises:
        NotFound: an index point is gone.
    """
    wanted = list(dict.fromkeys(index_point_ids))
    with archive.write(mark("Collect index points")) as writer:
        dossier = writer.dossier(dossier_id)
        known = {item.index_point_id: item.id for item in dossier.items if item.kind == POINT}
        new = [writer.index_point(one) for one in wanted if one not in known]
        rows = [
            {
                "kind": POINT,
                "interview_id": point.interview_id,
                "index_point_id": point.id,
                "seen": dossier_sources.of_point(point),
            }
            for point in new
        ]
        ids = insert_items(writer, dossier, rows, after_item)
        known.update(zip((point.id for point in new), ids, strict=True))
    return writer.outcome(tuple(known[one] for one in wanted))


def take_in_picture(archive: Archive, path: Path) -> str:
    """Put a clean copy of a picture into the archive and return its place in it.

    Raises: as ``add_picture``.
    """
    from archive_app.dossier.pictures import cleaned
    from archive_app.media.vault import RecordingVault

    picture = cleaned(path)
    vault = RecordingVault(archive.media_folder)
    with tempfile.TemporaryDirectory(prefix="oral-history-picture-") as scratch:
        copy = Path(scratch) / f"picture{picture.extension}"
        copy.write_bytes(picture.data)
        return vault.take_in(copy).path


def hash_of_picture(kept: str) -> str:
    """Return the SHA-256 that a picture's place in the archive names; "" if it names none."""
    found = re.fullmatch(r"media/([0-9a-f]{2})/(\1[0-9a-f]{62})\.[a-z0-9]{1,8}", kept)
    return found.group(2) if found else ""


def _expect_dossier(archive: Archive, dossier_id: int) -> None:
    """See that a dossier is there before a file is taken in for it. Raises NotFound."""
    with archive.read() as reader:
        reader.dossier(dossier_id)


def _expect_level(level: int) -> int:
    if level not in LEVELS:
        raise BadValue(tr("A heading's level is 1, 2 or 3. Nothing was changed."))
    return level


def _expect_kind(writer: Writer, item_id: int, kind: str) -> DossierItem:
    item = writer.dossier_item(item_id)
    if item.kind != kind:
        raise BadValue(tr("This entry of the dossier is of another kind. Nothing was changed."))
    return item
