"""Pictures from outside come in as pixels alone, or are refused in words."""

from __future__ import annotations

import contextlib
import io
import os
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from archive_app.dossier.pictures import LONGEST_SIDE, cleaned, cleaned_bytes, is_fit
from archive_app.errors import BadInput, Environment

SECRET = b"Nikolai Tikhonov"


def drawn(
    mode: str = "RGB", size: tuple[int, int] = (60, 40), colour: object = None
) -> Image.Image:
    return Image.new(mode, size, colour if colour is not None else 120)  # type: ignore[arg-type]


def as_bytes(picture: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def with_metadata(kind: str) -> bytes:
    """A picture that tells who took it and where, in every way its format has."""
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()
    exif[0x8769] = {0x9286: SECRET}
    exif[0x8825] = {1: "N", 2: (44.0, 49.0, 0.0)}
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", SECRET.decode())
        info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        return as_bytes(drawn(), "PNG", pnginfo=info, exif=exif)
    return as_bytes(drawn(), "JPEG", exif=exif, comment=SECRET) + SECRET


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_nothing_but_the_pixels_is_carried_over(kind: str) -> None:
    data = with_metadata(kind)
    assert SECRET in data
    picture = cleaned_bytes(data, "a")
    assert SECRET not in picture.data
    with Image.open(io.BytesIO(picture.data)) as opened:
        assert not opened.getexif()
        assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert opened.size == (60, 40)
    assert is_fit(picture.data)


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = cleaned_bytes(as_bytes(drawn(size=(60, 40)), "JPEG", exif=exif), "a")
    assert (picture.width, picture.height) == (40, 60)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_grey_or_colour_on_white(mode: str) -> None:
    picture = cleaned_bytes(as_bytes(Image.new(mode, (9, 9), 0), "PNG"), "a")
    with Image.open(io.BytesIO(picture.data)) as opened:
        assert opened.mode in ("L", "RGB")
        corner = opened.getpixel((0, 0))
    if mode in ("LA", "RGBA"):
        assert corner == (255, 255, 255)
    assert picture.extension == ".png"


def test_a_cmyk_photograph_becomes_one_in_colour() -> None:
    picture = cleaned_bytes(as_bytes(Image.new("CMYK", (9, 9), 0), "JPEG"), "a")
    with Image.open(io.BytesIO(picture.data)) as opened:
        assert (opened.mode, picture.extension) == ("RGB", ".jpg")


def test_a_scan_of_sixteen_bits_keeps_its_shades() -> None:
    picture = cleaned_bytes(as_bytes(Image.new("I;16", (9, 9), 32_768), "PNG"), "a")
    with Image.open(io.BytesIO(picture.data)) as opened:
        assert opened.getpixel((4, 4)) == 128


def test_a_large_picture_is_made_smaller_in_its_proportions() -> None:
    picture = cleaned_bytes(as_bytes(drawn("L", (8_000, 1_000)), "PNG"), "a")
    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 8)


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = with_metadata("JPEG")
    assert cleaned_bytes(data, "a") == cleaned_bytes(data, "b")


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(10_000, 9_000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(BadInput, match="Nothing was taken in"):
        cleaned_bytes(bomb(*size), "a.png")


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a" + bytes(50), b"\x89PNG\r\n\x1a\n", bytes(500), b"%PDF-1.7", b"<svg/>",
     with_metadata("PNG")[:90], with_metadata("JPEG")[:300], bomb(100, 100_000)[:80]],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="Nothing was taken in"):
        cleaned_bytes(data, "a.png")


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow: damaged EXIF
def test_random_damage_never_crashes() -> None:
    chance = random.Random(1)
    for kind in ("PNG", "JPEG"):
        whole = with_metadata(kind)
        for _ in range(150):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 12)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            with contextlib.suppress(BadInput):
                assert is_fit(cleaned_bytes(bytes(data), "a").data)
            is_fit(bytes(data))


def test_folders_pipes_and_absent_files_are_told_apart(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(BadInput, match="no file with a picture"):
            cleaned(path)
    with pytest.raises(Environment, match="could not be read"):
        cleaned(tmp_path / "absent.png")
    sparse = tmp_path / "sparse.png"
    with sparse.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(BadInput, match="too large"):
        cleaned(sparse)
