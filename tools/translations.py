"""Collects the program's messages, brings the catalogues up to date and compiles them.

``python tools/translations.py`` rewrites ``resources/translations``: the messages that are
new come in empty, those that are gone go. ``--check`` changes nothing and tells what is missing.

Russian and Serbian in Latin letters are translated by hand. Serbian in Cyrillic letters is
made from the Latin catalogue; what stands in Latin letters in any text (commands, formats,
keys, fields of the search) is listed here.
"""

from __future__ import annotations

import ast
import io
import re
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from babel.messages import Catalog  # noqa: E402
from babel.messages.mofile import write_mo  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402

from archive_app.language.transliteration import serbian_cyrillic  # noqa: E402

FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("ru", "sr_Latn", "sr_Cyrl")
MADE_FROM = {"sr_Cyrl": "sr_Latn"}
"""Catalogues that are made from another one, and from which."""
ARGUMENTS = {"tr": 1, "mark": 1, "trn": 2}
"""The functions that take messages, and how many of their arguments are messages."""
EPOCH = datetime(2022, 1, 1, tzinfo=UTC)

Id = str | tuple[str, str]

# -- Serbian in Cyrillic letters -------------------------------------------------------------

# Words in which n and j, or d and ž, are two letters, and one letter where a prefix seems to be.
SEAMS = {
    "nadživ": "наджив",
    "nadžnj": "наджњ",
    "podžanr": "поджанр",
    "injekc": "инјекц",
    "injekt": "инјект",
    "konjekt": "конјект",
    "konjug": "конјуг",
    "konjunk": "конјунк",
    "tanjug": "танјуг",
    "vanjezič": "ванјезич",
    "nadžak": "наџак",
    "odžac": "оџац",
    "odžač": "оџач",
    "odžak": "оџак",
}
LATIN_NAMES = (
    *("AIFF", "BWF", "CSV", "EDTF", "FLAC", "HTML", "ISO", "JSON", "M4A", "MKV", "MOV", "MP3"),
    *("MP4", "NUL", "Ogg", "OHMS", "Opus", "PCM", "PDF", "PNG", "SHA", "SRT", "SubRip", "TXT"),
    *("UTC", "UTF", "Vorbis", "VTT", "WAV", "WebM", "WebVTT", "WMA", "XML", "A4", "Letter"),
    *("GB", "GiB", "Hz", "kB", "kHz", "MB", "MiB", "AND", "NOT", "OR", "MRB", "PATH"),
    *("Alt", "Backspace", "Ctrl", "Del", "Delete", "End", "Enter", "Esc", "Escape", "Home"),
    *("Shift", "Tab", "PgUp", "PgDn", "M", "MAXQDA", "LibreOffice", "Firefox", "Hunspell", "dB"),
    *("APA", "BibTeX", "CSL", "EndNote", "LaTeX", "Mendeley", "MLA", "pandoc", "RIS", "Zotero"),
    *("Debian", "Linux", "Qt", "RTF", "Ubuntu", "Whisper", "Windows", "Word", "libpulse0"),
    *("sqlcipher3", "SQLite", "stderr", "stdout", "GNU General Public License", "GPL"),
    *("accession", "backups", "false", "text", "title", "true", "oralhistory", "step", "UUID"),
    *("A5", "JPEG", "QR", "PDF/A-2a", "PDF/A-3a", "PDF/UA-1", "PDF/A", "PDF/UA"),
    *("Charis", "Gentium", "Noto Sans", "Noto Serif"),
)
"""Names of formats, keys and programs, and words that files hold in English."""
_LATIN = re.compile(
    r"\{[^{}]*\}(?:[ \u00a0](?:h|min|s|ms|MB|GB)\b)?"  # a place, and the unit of a number
    r"|\A (?:h|min|s|ms)\Z"
    r"|(?<=[„“])archive-app[^“”]*"  # a whole command in quotation marks
    r"|archive-app|sudo apt install \S+|\bhunspell-[a-z-]+"
    r"|--[a-z][a-z-]*|\b[A-Z]+=[A-Z]+\b|\b[A-Z]+(?:_[A-Z]+)+\b"
    r"|\b(?:tag|speaker|person|place|lang(?:uage)?|collection|date):[\w*-]*"
    r"|\b(?:ru|uk|en|sr)(?:-(?:Cyrl|Latn))?(?![\w-])"
    r"|\b[\w-]+\.[a-z][a-z0-9]{1,4}\b(?![.\w])"  # a file's name
    r"|(?<![\w&])\.[a-z][a-z0-9]{1,4}\b"  # a file name's end
    r"|https?://\S+"
    r"|\bF[1-9][0-9]?\b|(?<=[+])[A-Z]\b"  # keys
    r"|(?<!\w)(?:" + "|".join(sorted(LATIN_NAMES, key=len, reverse=True)) + r")(?!\w)"
)
_SEAM = re.compile("|".join(SEAMS), re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]*&?[^\W\d_]+")


def _seam(found: re.Match[str]) -> str:
    text = SEAMS[found[0].lower()]
    if found[0].isupper():
        return text.upper()
    return text[:1].upper() + text[1:] if found[0][0].isupper() else text


def _word(found: re.Match[str]) -> str:
    before, mnemonic, after = found[0].partition("&")
    word = serbian_cyrillic(_SEAM.sub(_seam, before + after))
    if not mnemonic:
        return word
    place = len(serbian_cyrillic(before)) if before else 0
    return f"{word[:place]}&{word[place:]}"


def cyrillic(text: str) -> str:
    """Return a Serbian message in Cyrillic letters; what stands in Latin anywhere stays."""
    done: list[str] = []
    at = 0
    for kept in _LATIN.finditer(text):
        done += (_WORD.sub(_word, text[at : kept.start()]), kept[0])
        at = kept.end()
    return "".join([*done, _WORD.sub(_word, text[at:])])


def latin_left(text: str) -> list[str]:
    """Return the Latin words of a message that have no business in a Cyrillic one."""
    return re.findall(r"[A-Za-zŽžŠšČčĆćĐđ]+", _LATIN.sub(" ", text))


# -- Catalogues ------------------------------------------------------------------------------


class Messages(Catalog):
    """A catalogue without the marks of the tool and the day that wrote it."""

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        said = {"Project-Id-Version", "Language", "Plural-Forms", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding"}  # fmt: skip
        kept = [(name, value) for name, value in super()._get_mime_headers() if name in said]
        return [*kept[:-1], (kept[-1][0], kept[-1][1] + "\n")]

    mime_headers = property(_get_mime_headers, Catalog._set_mime_headers)


def _empty(language: str | None = None) -> Messages:
    origin = MADE_FROM.get(language or "")
    comment = f"# Made from {origin} by tools/translations.py." if origin else "# By hand."
    return Messages(
        locale=language, project="archive_app", version="1", header_comment=comment,
        creation_date=EPOCH, revision_date=EPOCH, fuzzy=False,
    )  # fmt: skip


def _in_source(source: str) -> Iterator[Id]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        wanted = ARGUMENTS.get(node.func.id, 0)
        texts = [
            one.value
            for one in node.args[:wanted]
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if wanted and len(texts) == wanted:
            yield texts[0] if wanted == 1 else (texts[0], texts[1])


def messages() -> list[Id]:
    """Return all messages of the program; one with a plural has both."""
    found: dict[str, Id] = {}
    for path in sorted((ROOT / "archive_app").rglob("*.py")):
        for one in _in_source(path.read_text("utf-8")):
            single = one if isinstance(one, str) else one[0]
            if isinstance(one, tuple) or single not in found:
                found[single] = one
    return [found[single] for single in sorted(found)]


def catalogue_path(language: str) -> Path:
    """Return where a language's messages are."""
    return FOLDER / language / "LC_MESSAGES" / "archive_app.po"


def written(language: str) -> Catalog:
    """Return a language's catalogue as it is on the disk."""
    path = catalogue_path(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return a translation's forms: one, or those of a plural."""
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def updated(language: str, wanted: list[Id]) -> Messages:
    """Return a language's catalogue with exactly the program's messages."""
    known = written(MADE_FROM.get(language, language))
    catalog = _empty(language)
    for one in wanted:
        needed = catalog.num_plurals if isinstance(one, tuple) else 1
        old = known.get(one)
        texts = list(forms(old.string)) if old and not old.fuzzy else []
        if len(texts) != needed:
            texts = [""] * needed
        if language in MADE_FROM:
            texts = [cyrillic(text) for text in texts]
        catalog.add(one, string=tuple(texts) if isinstance(one, tuple) else texts[0])
    return catalog


def missing(catalog: Catalog) -> list[Id]:
    """Return the messages that are not translated, or not in all their forms."""
    return [one.id for one in catalog if one.id and not all(forms(one.string))]  # pyright: ignore[reportReturnType]


def _places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def faults(catalog: Catalog) -> list[str]:
    """Return what is wrong with translations: places, spaces at the ends, letters of menus."""
    found: list[str] = []
    for one in catalog:
        ids = forms(one.id)
        for text in forms(one.string) if one.id else ():
            if not text:
                continue
            if _places(text) not in [_places(each) for each in ids]:
                found.append(f"other places than in “{ids[0]}”: {text}")
            if _around(text) != _around(ids[0]):
                found.append(f"other spaces around than in “{ids[0]}”: {text}")
            if _mnemonics(text) != _mnemonics(ids[0]):
                found.append(f"no letter for the keyboard as in “{ids[0]}”: {text}")
    return found


def _around(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _mnemonics(text: str) -> int:
    return len(re.findall(r"&(?=\w)", text))


def po_bytes(catalog: Catalog) -> bytes:
    """Return a catalogue as text for translators."""
    out = io.BytesIO()
    write_po(out, catalog, no_location=True, sort_output=True, omit_header=False, width=100)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _is_current(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content


def main() -> int:
    """Write the catalogues, or check them."""
    wanted = messages()
    is_check = "--check" in sys.argv
    problems = 0
    for language in LANGUAGES:
        catalog = updated(language, wanted)
        lacking = missing(catalog)
        wrong = faults(catalog)
        print(language, f"{len(wanted)} messages, {len(lacking)} not translated")
        path = catalogue_path(language)
        files = {path: po_bytes(catalog), path.with_suffix(".mo"): mo_bytes(catalog)}
        stale = [one for one, content in files.items() if not _is_current(one, content)]
        if is_check:
            for text in (*lacking, *wrong, *(f"{one.name} is not current" for one in stale)):
                print("   ", text)
            problems += bool(lacking or wrong or stale)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            for one in stale:
                one.write_bytes(files[one])
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
