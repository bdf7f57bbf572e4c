"""Pictures from outside: looked at, drawn anew, and thereby without anything but their pixels.

What a file says of itself (where and when it was taken, with which device, by whom;
thumbnails, comments, colour profiles) stays behind: only pixels are carried over.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app.errors import BadInput, Environment
from archive_app.translation import tr

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 64 << 20
MOST_PIXELS = 80_000_000
"""More than any camera's picture; a file may claim far more than it holds."""
LONGEST_SIDE = 4_000
"""What is kept: 300 dots an inch over the full width of a sheet, with room to spare."""
_MOST_KEPT_BYTES = MOST_BYTES
_QUALITY = 90
_FORMATS = ("PNG", "JPEG")


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture as it may go into a dossier: a PNG or JPEG of pixels alone."""

    data: bytes
    extension: str
    """".png" or ".jpg"."""
    width: int
    height: int


def cleaned(path: Path) -> CleanPicture:
    """Return a picture from a file, turned upright, made anew without metadata.

    Raises:
        BadInput: no PNG or JPEG, damaged, too large, or no file at all.
        Environment: it is gone, or the system does not let it be read.
    """
    return cleaned_bytes(_read(path), path.name)


def cleaned_bytes(data: bytes, name: str) -> CleanPicture:
    """Return a picture from a file's bytes; ``name`` is for what is said. Errors as ``cleaned``."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            _expect_size(opened.size, name)
            is_photograph = opened.format != "PNG"
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            return _made_anew(_opaque(upright), is_photograph=is_photograph)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(name) from error
    except (
        OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError, KeyError, OverflowError,
        AttributeError, ZeroDivisionError, struct.error, zlib.error, MemoryError,
    ) as error:  # fmt: skip
        raise BadInput(
            tr("“{name}” is no PNG or JPEG picture that can be read. Nothing was taken in. Save "
               "it anew in one of these formats and try again.", name=name),
            details=type(error).__name__,
        ) from error  # fmt: skip


def is_fit(data: bytes) -> bool:
    """Tell from its first bytes whether a kept picture is what ``cleaned`` makes.

    An archive may come from anywhere: what lies in it is looked at before it is drawn.
    """
    from PIL import Image

    if not data or len(data) > _MOST_KEPT_BYTES:
        return False
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            return opened.mode in ("L", "RGB") and 0 < max(opened.size) <= LONGEST_SIDE
    except (OSError, ValueError, SyntaxError, TypeError, struct.error, zlib.error, RuntimeWarning):
        return False
    except Image.DecompressionBombError:
        return False


def _read(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # to open a pipe would wait for ever
            raise _no_file(path.name)
        if found.st_size > MOST_BYTES:
            raise _too_large(path.name)
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except ValueError as error:
        raise _no_file(path.name) from error
    except OSError as error:
        raise Environment(
            tr("“{name}” could not be read: {reason}. Nothing was taken in.",
               name=path.name, reason=os.strerror(error.errno or 0))
        ) from error  # fmt: skip


def _no_file(name: str) -> BadInput:
    return BadInput(tr("“{name}” is no file with a picture. Nothing was taken in.", name=name))


def _expect_size(size: tuple[int, int], name: str) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> BadInput:
    return BadInput(
        tr("“{name}” is too large: a picture may have {pixels} million pixels and {size} MB. "
           "Nothing was taken in. Save it smaller and try again.",
           name=name, pixels=MOST_PIXELS // 1_000_000, size=MOST_BYTES >> 20)
    )  # fmt: skip


def _opaque(picture: Image) -> Image:
    """Return the picture in grey or colour on white paper, at most LONGEST_SIDE long."""
    from PIL import Image

    if picture.mode in ("1", "L", "I", "F") or picture.mode.startswith("I;"):
        plain = _eight_bits(picture)
    elif "A" in picture.getbands() or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        plain = Image.new("RGB", layer.size, "white")
        plain.paste(layer, mask=layer.getchannel("A"))
    else:
        plain = picture.convert("RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return plain


def _eight_bits(picture: Image) -> Image:
    """Return a picture in shades of grey; scans have 16 bits a pixel."""
    if picture.mode == "F":
        return picture.convert("L")
    if picture.mode == "I" or picture.mode.startswith("I;"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture.convert("L")


def _made_anew(picture: Image, *, is_photograph: bool) -> CleanPicture:
    """Return the pixels as a new file that knows nothing of the old one."""
    from PIL import Image

    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    out = io.BytesIO()
    if is_photograph:
        bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    else:
        bare.save(out, "PNG", optimize=True)
    extension = ".jpg" if is_photograph else ".png"
    return CleanPicture(out.getvalue(), extension, *bare.size)
