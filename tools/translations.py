"""Collects the program's messages, brings the catalogues up to date and compiles them.

``python tools/translations.py`` rewrites ``resources/translations``: the messages that are
new come in empty, those that are gone go. ``--check`` changes nothing and tells what is missing.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("ru", "sr_Cyrl", "sr_Latn")
KEYWORDS = {"tr": None, "mark": None, "trn": (1, 2)}
EPOCH = datetime(2022, 1, 1, tzinfo=UTC)


def messages() -> Catalog:
    """Return all messages of the program."""
    catalog = Catalog(project="archive_app", creation_date=EPOCH, revision_date=EPOCH)
    found = extract_from_dir(
        ROOT / "archive_app", method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    for _, _, message, _, context in found:
        catalog.add(message, context=context)
    return catalog


def catalogue_path(language: str) -> Path:
    """Return where a language's messages are."""
    return FOLDER / language / "LC_MESSAGES" / "archive_app.po"


def updated(language: str, template: Catalog) -> Catalog:
    """Return a language's catalogue with exactly the program's messages."""
    path = catalogue_path(language)
    catalog = Catalog(locale=language, project="archive_app")
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = EPOCH
    return catalog


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


def main() -> int:
    """Write the catalogues, or check them."""
    template = messages()
    problems = 0
    for language in LANGUAGES:
        catalog = updated(language, template)
        path = catalogue_path(language)
        missing = [message.id for message in catalog if message.id and not message.string]
        print(language, f"{len(catalog)} messages, {len(missing)} not translated")
        compiled = path.with_suffix(".mo")
        if "--check" in sys.argv:
            for one in missing:
                print("   ", one)
            is_current = path.exists() and path.read_bytes() == po_bytes(catalog)
            problems += bool(missing) or not is_current
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(po_bytes(catalog))
            compiled.write_bytes(mo_bytes(catalog))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
