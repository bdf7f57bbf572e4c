"""Bytes of a text file to its text, with what had to be guessed said aloud.

Order: byte-order marks; UTF-16 without a mark (every second byte is NUL);
strict UTF-8; and only then one of a few single-byte encodings, taken if the
text it gives is plausible, and always reported.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from archive_app.domain.parsed import Loss
from archive_app.errors import BadInput
from archive_app.translation import tr

MAX_BYTES = 64 * 1024 * 1024
"""No text file about one interview comes near it: ten hours of speech are under 1 MiB."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES: tuple[tuple[str, str], ...] = (
    ("cp1251", "Windows-1251"),
    ("koi8-r", "KOI8-R"),
    ("cp1250", "Windows-1250"),
    ("cp1252", "Windows-1252"),
)
_CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяђјљњћџіїєґў")
_SIGNS = frozenset("«»“”„‘’‚—–…№§°©\xa0")
_LATIN_2 = frozenset("čćžšđČĆŽŠĐ")
_LATIN_1 = frozenset("éèàùâêîôûçëïüöäßñáíóúÉÈÀÄÖÜÇÑ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without its byte-order mark, and what must be said about it."""

    text: str
    encoding: str
    losses: tuple[Loss, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of a file, without byte-order mark and NULs, line ends as they came.

    Raises:
        BadInput: too large, or in no encoding that can be told.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(
            tr(
                "The file is larger than {limit} MiB, too large for a transcript. "
                "Nothing was imported.",
                limit=MAX_BYTES // (1024 * 1024),
            )
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _finish(_strictly(data[len(mark) :], encoding), encoding)
    if wide := _unmarked_utf16(data):
        text = _strictly(data, wide)
        loss = Loss(tr("The file does not tell its encoding; it was read as UTF-16."))
        return _finish(text, wide, loss)
    try:
        return _finish(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, error)


def decode_torn(data: bytes) -> Decoded:
    """Return a text as ``decode``, but UTF-8 with some letters torn apart stays UTF-8.

    Bytes that belong to no letter stand as surrogate escapes: whisper.cpp cuts
    letters in two where its tokens end, and whoever joins these mends them.

    Raises: as ``decode``.
    """
    try:
        return decode(data) if len(data) > MAX_BYTES else _finish(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
    torn = sum(1 for c in text if "\udc80" <= c <= "\udcff")
    whole = sum(1 for c in text if c > "\x7f") - torn
    return _finish(text, "utf-8") if whole > torn else decode(data)


def _strictly(data: bytes, encoding: str) -> str:
    if encoding.startswith("utf-16") and len(data) % 2:
        data = data[:-1]
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(
            tr(
                "The file's text cannot be read: it says that it is {encoding}, but is not. "
                "Nothing was imported. Save it again as UTF-8.",
                encoding=encoding.upper(),
            ),
            where=tr("byte {number}", number=error.start + 1),
        ) from error


def _unmarked_utf16(data: bytes) -> str:
    sample = data[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return ""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # Cyrillic text has few NULs (spaces, digits, line ends), all on one side.
    if odd > half * 0.1 and even <= half * 0.01:
        return "utf-16-le"
    if even > half * 0.1 and odd <= half * 0.01:
        return "utf-16-be"
    return ""


def _guess(data: bytes, error: UnicodeDecodeError) -> Decoded:
    place = tr("byte {number}", number=error.start + 1)
    candidates: list[tuple[float, str, str, str]] = []
    for encoding, name in _GUESSES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        candidates.append((_plausibility(text, encoding), encoding, name, text))
    best = max(candidates, default=None, key=lambda c: c[0])
    if best is None or best[0] < 0.6:
        raise BadInput(
            tr(
                "The file's text cannot be read: it is not UTF-8, UTF-16, {names}. "
                "Nothing was imported. Open it in the program it came from and save it as UTF-8.",
                names=", ".join(name for _, name in _GUESSES),
            ),
            where=place,
        ) from error
    _, encoding, name, text = best
    loss = Loss(tr("The file is not UTF-8; it was read as {name}.", name=name), place)
    return _finish(text, encoding, loss)


def _plausibility(text: str, encoding: str) -> float:
    """Return 0 to 1: how much of what is not ASCII is what people write in that encoding."""
    text = text[:200_000]
    foreign = [c for c in text if ord(c) > 127]
    controls = sum(1 for c in text if unicodedata.category(c) == "Cc" and c not in "\t\n\r\f\v")
    if not foreign or controls > len(text) * 0.01:
        return 0.0
    letters = [c for c in foreign if c.isalpha()]
    others = sum(1 for c in foreign if not c.isalpha() and c not in _SIGNS)
    if others > len(foreign) * 0.2:
        return 0.0
    if not letters:
        return 0.7
    if encoding in ("cp1251", "koi8-r"):
        return _cyrillic(text, letters)
    usual = _LATIN_2 if encoding == "cp1250" else _LATIN_1
    if len(letters) > len(text) * 0.25:
        return 0.0
    return sum(1 for c in letters if c in usual) / len(letters)


def _cyrillic(text: str, letters: list[str]) -> float:
    """Return how Cyrillic a text looks: frequent letters, one script a word, small letters.

    KOI8-R read as Windows-1251, or the reverse, exchanges small letters and
    capitals and makes rare letters frequent; Western text read as either
    mixes scripts within words.
    """
    mixed = len(re.findall(r"[A-Za-z](?=[Ѐ-ӿ])|[Ѐ-ӿ](?=[A-Za-z])", text))
    frequent = sum(1 for c in letters if c.lower() in "оеаинтсрвлкјмд") / len(letters)
    lower = sum(1 for c in letters if c.islower()) / len(letters)
    alphabet = sum(1 for c in letters if c.lower() in _CYRILLIC) / len(letters)
    return min(1.0, frequent + 0.25) * alphabet - 2 * mixed / len(letters) - 0.1 * (1 - lower)


def _finish(text: str, encoding: str, *losses: Loss) -> Decoded:
    text = text.removeprefix("\ufeff")
    nuls = text.count("\0")
    if nuls:
        text = text.replace("\0", "")
        losses = (*losses, Loss(tr("{count} NUL characters were left out.", count=nuls)))
    return Decoded(text, encoding, losses)
