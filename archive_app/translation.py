"""The words a person sees, in their language.

Every room may call ``tr``; the standard library's gettext reads the compiled
catalogues in ``resources/translations/<language>/LC_MESSAGES/archive_app.mo``.
English is the source language and needs none.
"""

from __future__ import annotations

import gettext
import locale
import os

from archive_app.paths import resource_path

LANGUAGES = ("en", "ru", "sr_Cyrl", "sr_Latn")
"""The interface's languages, as the catalogues' folders are named."""

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use_language(language: str) -> None:
    """Show everything from now on in one of LANGUAGES ("en" where there is no catalogue)."""
    global _current, _language  # noqa: PLW0603 - one interface language a process
    _language = language if language in LANGUAGES else "en"
    _current = gettext.translation(
        "archive_app",
        localedir=resource_path("translations"),
        languages=[_language],
        fallback=True,
    )


def current_language() -> str:
    """Return the interface's language, one of LANGUAGES."""
    return _language


def system_language() -> str:
    """Return the one of LANGUAGES that the system's locale asks for; "en" where none fits."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not name:
        name = locale.getlocale()[0] or "en"
    name = name.lower()
    if name.startswith("ru"):
        return "ru"
    if name.startswith("sr"):
        return "sr_Latn" if "latin" in name else "sr_Cyrl"
    return "en"


def tr(message: str, /, **values: object) -> str:
    """Return the message in the interface's language, its ``{named}`` places filled."""
    text = _current.gettext(message)
    return _filled(text, values) if values else text


def _filled(text: str, values: dict[str, object]) -> str:
    """Return a message with its places filled; a value's own full stop also ends the sentence.

    Serbian dates end with one: "na dan 23. novembra 2026."
    """
    for name, value in values.items():
        if f"{{{name}}}." in text and f"{{{name}}}.." not in text and str(value).endswith("."):
            text = text.replace(f"{{{name}}}.", f"{{{name}}}")
    return text.format(**values)


def trn(singular: str, plural: str, count: int, /, **values: object) -> str:
    """Return the message in the plural form that ``count`` asks for; ``{count}`` is filled."""
    return _current.ngettext(singular, plural, count).format(count=count, **values)


def mark(message: str, /) -> str:
    """Mark a message for translation where it is written down but not yet shown."""
    return message
