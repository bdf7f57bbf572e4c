"""What languages, kinds of transcript, roles and layers are called in the window."""

from __future__ import annotations

from archive_app.domain.records import Audience, Layer, Role, Transcript, TranscriptKind
from archive_app.translation import current_language, mark, tr

LANGUAGES = {
    "ru": mark("Russian"),
    "sr-Cyrl": mark("Serbian, Cyrillic"),
    "sr-Latn": mark("Serbian, Latin"),
    "en": mark("English"),
    "uk": mark("Ukrainian"),
    "de": mark("German"),
    "fr": mark("French"),
}
"""Those offered by name; every other BCP 47 tag can be typed."""

KINDS = {
    TranscriptKind.VERBATIM: mark("verbatim"),
    TranscriptKind.EDITED: mark("edited"),
    TranscriptKind.TRANSLATION: mark("translation"),
}
ROLES = {
    Role.INTERVIEWEE: mark("Interviewee"),
    Role.INTERVIEWER: mark("Interviewer"),
    Role.TRANSCRIBER: mark("Transcriber"),
    Role.TRANSLATOR: mark("Translator"),
    Role.VIDEOGRAPHER: mark("Videographer"),
    Role.OTHER: mark("Also present"),
}
LAYERS = {
    Layer.LISTING: mark("the whole interview"),
    Layer.DESCRIPTION: mark("description"),
    Layer.INDEX: mark("contents"),
    Layer.TRANSCRIPT: mark("transcript"),
    Layer.RECORDING: mark("recording"),
}
SHUT_OUT = {
    Audience.PUBLIC: mark("closed to the public"),
    Audience.READING_ROOM: mark("closed to everybody but staff"),
}


def language_name(tag: str) -> str:
    """Return "Russian" for "ru"; a tag without a known name stays as it is."""
    if tag in LANGUAGES:
        return tr(LANGUAGES[tag])
    if tag in ("", "und"):
        return tr("Language not known")
    if tag.split("-", maxsplit=1)[0] == "sr":
        return tr("Serbian")
    return tag


def transcript_name(language: str, kind: TranscriptKind, *, is_guessed: bool = False) -> str:
    """Return "Russian, verbatim" or "Serbian, Latin (guess), verbatim"."""
    name = language_name(language)
    if is_guessed:
        name = tr("{language} (guess)", language=name)
    return f"{name} · {tr(KINDS[kind])}"


def name_of(transcript: Transcript) -> str:
    """Return what a transcript's tab says."""
    return transcript_name(
        transcript.language, transcript.kind, is_guessed=transcript.is_language_guessed
    )


def tag_language() -> str:
    """Return the interface's language as names of tags are kept: "en", "ru", "sr-Latn" …"""
    return current_language().replace("_", "-")
