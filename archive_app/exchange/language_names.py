"""Languages as catalogues name them, in English, to BCP 47 tags and back."""

from __future__ import annotations

import re

_NAMES = {
    "ar": "Arabic",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bs": "Bosnian",
    "cnr": "Montenegrin",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "rom": "Romani",
    "ru": "Russian",
    "sh": "Serbo-Croatian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sr-Cyrl": "Serbian (Cyrillic)",
    "sr-Latn": "Serbian (Latin)",
    "sv": "Swedish",
    "tr": "Turkish",
    "tt": "Tatar",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "yi": "Yiddish",
    "zh": "Chinese",
}
_TAGS = {name.casefold(): tag for tag, name in _NAMES.items()}
_THREE = {"eng": "en", "rus": "ru", "srp": "sr", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de",
          "spa": "es", "ita": "it", "hrv": "hr", "ukr": "uk", "scc": "sr"}  # fmt: skip
_NATIVE = {
    "русский": "ru", "сербский": "sr", "английский": "en", "хорватский": "hr", "боснийский": "bs",
    "украинский": "uk", "белорусский": "be", "немецкий": "de", "французский": "fr",
    "македонский": "mk", "руски": "ru", "српски": "sr", "енглески": "en", "хрватски": "hr",
    "босански": "bs", "украјински": "uk", "немачки": "de", "француски": "fr", "македонски": "mk",
    "ruski": "ru", "srpski": "sr", "engleski": "en", "hrvatski": "hr", "bosanski": "bs",
    "ukrajinski": "uk", "nemački": "de", "francuski": "fr", "makedonski": "mk",
    "crnogorski": "cnr", "црногорски": "cnr", "українська": "uk", "беларуская": "be",
    "deutsch": "de", "français": "fr", "español": "es", "english": "en",
}  # fmt: skip
"""Languages as catalogues name them in Russian, Serbian and some of themselves."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")


def language_tag(name: str) -> str:
    """Return the BCP 47 tag of a language's name or code; "" if it is not known."""
    name = name.strip()
    folded = name.casefold()
    if tag := _TAGS.get(folded) or _NATIVE.get(folded) or _THREE.get(folded):
        return tag
    if not _TAG.fullmatch(name.replace("_", "-")):
        return ""
    parts = name.replace("_", "-").split("-")
    shaped = [parts[0].lower()]
    shaped += [part.title() if len(part) == 4 else part.upper() for part in parts[1:]]
    return "-".join(shaped)


def language_name(tag: str) -> str:
    """Return a language's English name, or its tag where that is not known."""
    return _NAMES.get(tag) or _NAMES.get(tag.split("-", maxsplit=1)[0]) or tag
