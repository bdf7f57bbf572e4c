"""A plan's lines in words, and a corrected language in a plan."""

from __future__ import annotations

from dataclasses import replace

from archive_app.translation import mark, tr, trn
from archive_app.work.importing import RECORDING, ImportPlan, PlannedFile

FORMAT_NAMES = {
    RECORDING: mark("recording"),
    "vtt": mark("captions (WebVTT)"),
    "srt": mark("captions (SubRip)"),
    "ohms": mark("OHMS record"),
    "text": mark("typed transcript"),
    "docx": mark("Word document"),
    "recogniser": mark("speech recogniser's transcript"),
    "csv": mark("table"),
    "json": mark("record of this program"),
}
LANGUAGES = {
    "ru": mark("Russian"),
    "sr-Cyrl": mark("Serbian, Cyrillic"),
    "sr-Latn": mark("Serbian, Latin"),
    "en": mark("English"),
    "uk": mark("Ukrainian"),
    "de": mark("German"),
    "fr": mark("French"),
    "es": mark("Spanish"),
    "und": mark("not known"),
}
"""What is offered by name; any other tag can be typed."""


def language_name(tag: str) -> str:
    """Return "Russian (ru)" for a tag that has a name here, else the tag."""
    name = LANGUAGES.get(tag)
    return f"{tr(name)} ({tag})" if name else tag


def tag_in(text: str) -> str:
    """Return the tag that was chosen by name or typed: "Russian (ru)" gives "ru"."""
    text = text.strip()
    for tag in LANGUAGES:
        if text in (language_name(tag), tag):
            return tag
    return text


def kind_in_words(file: PlannedFile) -> str:
    """Return what a file is: "captions (WebVTT), 312 turns"."""
    name = FORMAT_NAMES.get(file.format)
    words = tr(name) if name else file.format or tr("not known")
    turns = sum(len(t.turns) for one in file.parsed for t in one.transcripts)
    if len(file.parsed) > 1:
        count = trn("{count} interview", "{count} interviews", len(file.parsed))
        return f"{words}, {count}"
    return f"{words}, {trn('{count} turn', '{count} turns', turns)}" if turns else words


def has_language(file: PlannedFile) -> bool:
    """Tell whether a person can say in which language the file is."""
    return sum(len(one.transcripts) for one in file.parsed) == 1 and file.status == "ready"


def with_language(plan: ImportPlan, index: int, language: str) -> ImportPlan:
    """Return the plan with one file's language said by a person: no guess any more."""
    file = plan.files[index]
    parsed = tuple(
        replace(
            one,
            transcripts=tuple(
                replace(transcript, language=language, is_language_guessed=False)
                for transcript in one.transcripts
            ),
        )
        for one in file.parsed
    )
    changed = replace(file, parsed=parsed, language=language, is_language_guessed=False)
    return replace(plan, files=(*plan.files[:index], changed, *plan.files[index + 1 :]))


def goes_into(file: PlannedFile, plan: ImportPlan) -> str:
    """Return which interview a file goes into."""
    if file.status == "failed":
        return ""
    if file.status == "known":
        return file.accession
    if plan.choices.accession:
        return plan.choices.accession
    if file.accession:
        return file.accession
    first = next(one for one in plan.files if one.group == file.group)
    return tr("new: {name}", name=first.path.stem)


def remarks(file: PlannedFile) -> list[str]:
    """Return what could not be taken, what is wrong, or that it is there already."""
    if file.error:
        return [file.error]
    if file.status == "known":
        return [tr("Already in the archive: nothing is done.")]
    return [f"{loss.what} ({loss.where})" if loss.where else loss.what for loss in file.losses]
