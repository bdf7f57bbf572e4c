"""A proof in plain words: what was checked, how much, what was found, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive_app.domain.audience_words import audience_words
from archive_app.domain.edtf_words import display
from archive_app.domain.proof import LEAKS, Check, Finding, Looked, Problem, Proof, Where
from archive_app.domain.records import Audience
from archive_app.translation import current_language, mark, tr, trn

_PROBLEMS = {
    Problem.ALTERED: mark("Not what the archive says today: {place}."),
    Problem.NOT_RELEASED: mark("Not released for this audience and date: {place}."),
    Problem.MISSING: mark("Missing from the pages: {place}."),
    Problem.REPEATED: mark("Printed once too often: {place}."),
    Problem.CHANGED: mark("The words were changed: {place}."),
    Problem.MISPLACED: mark("Not in its order: {place}."),
    Problem.UNEXPECTED: mark("Something that was not released for this dossier: {place}."),
    Problem.NAME: mark("A protected name: {place}."),
    Problem.CLOSED_WORDS: mark("Words of a closed passage: {place}."),
    Problem.UNSEEN: mark("Something that a reader does not see: {place}."),
    Problem.ACTIVE: mark("Something that runs or opens by itself: {place}."),
    Problem.UNREADABLE: mark("It cannot be read: {place}."),
}
_WHERE = {
    Where.TURN: mark("a turn"),
    Where.FOOTNOTE: mark("a footnote"),
    Where.CAPTION: mark("a picture's caption"),
    Where.CITATION: mark("a citation"),
    Where.HEADING: mark("a heading"),
    Where.CONTENTS: mark("the contents"),
    Where.INDEX: mark("the index"),
    Where.TEXT: mark("the text"),
    Where.MARGIN: mark("the margin"),
    Where.HEAD: mark("a running head or foot"),
    Where.BOOKMARK: mark("a bookmark"),
    Where.LINK: mark("a link"),
    Where.DESTINATION: mark("the name of a link's target"),
    Where.METADATA: mark("what the file says of itself"),
    Where.ATTACHMENT: mark("an attached file"),
    Where.ATTACHMENT_NAME: mark("the name of an attached file"),
    Where.ALT_TEXT: mark("a description for screen readers"),
    Where.ANNOTATION: mark("a note on a page"),
    Where.FORM_FIELD: mark("a form field"),
    Where.SCRIPT: mark("a script"),
    Where.FONT: mark("the name of a font"),
    Where.IMAGE: mark("what a picture says of itself"),
    Where.PAGE_LABEL: mark("a page's number"),
    Where.ELSEWHERE: mark("a place in the file that no page shows"),
    Where.REMAINS: mark("what an older state of the file left in it"),
    Where.FILE_NAME: mark("the file's name"),
    Where.CLIP_NAME: mark("the name of a clip"),
    Where.CLIP_TAG: mark("what a clip says of itself"),
    Where.BESIDE: mark("a file beside the dossier"),
    Where.ARCHIVE: mark("an interview"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a proof; ``kind`` is "title", "good", "bad", "note" or "advice"."""

    text: str
    kind: str
    finding: Finding | None = None
    """What it tells of; where its page is not 0, the sentence can lead there."""


def summary(proof: Proof) -> tuple[Sentence, ...]:
    """Return a proof as sentences for the scholar, in their order."""
    return (
        Sentence(_title(proof), "title"),
        *_checked(proof),
        *_found(proof),
        *_notes(proof),
        *(Sentence(text, "advice") for text in _advice(proof)),
    )


def place_of(finding: Finding) -> str:
    """Return where a finding is: "a footnote (OH-1 · ru · 5), page 12"."""
    place = tr(_WHERE[finding.where])
    if finding.item:
        place = tr("{place} ({which})", place=place, which=finding.item)
    if finding.page:
        shown = finding.label or str(finding.page)
        place = tr("{place}, page {page}", place=place, page=shown)
    return place


def _title(proof: Proof) -> str:
    if proof.is_clean:
        return tr("The dossier says what was released, and nothing else.")
    if proof.is_leaking and proof.audience is not Audience.STAFF:
        return tr("The dossier holds what its readers may not see.")
    count = len(proof.findings) + sum(looked.more for looked in proof.checks)
    return trn("The proof found {count} thing to look at.",
               "The proof found {count} things to look at.", count)  # fmt: skip


def _checked(proof: Proof) -> Iterator[Sentence]:
    day = display(proof.on.isoformat(), current_language())
    yield Sentence(
        tr("Made for {audience}, as of {date}.", audience=audience_words(proof.audience), date=day),
        "note",
    )
    for looked in proof.checks:
        text = _said(looked)
        if text:
            yield Sentence(text, "bad" if looked.findings else "good")


def _said(looked: Looked) -> str:
    """Return what one check looked at."""
    count = looked.looked_at
    if looked.check is Check.SOURCES:
        return trn("{count} turn was compared with the archive and let through by the gate again.",
                   "{count} turns were compared with the archive and let through by the gate "
                   "again.", count) if not looked.findings else trn(
                   "{count} turn was compared with the archive; not all is as it was released.",
                   "{count} turns were compared with the archive; not all is as it was released.",
                   count)  # fmt: skip
    if looked.check is Check.TURNS:
        return trn("{count} turn was looked for in the finished pages.",
                   "{count} turns were looked for in the finished pages, each in its place.",
                   count)  # fmt: skip
    if looked.check is Check.NOTHING_ELSE:
        return trn("{count} piece of text was compared with what was released.",
                   "{count} pieces of text were compared with what was released.",
                   count)  # fmt: skip
    if looked.check is Check.NAMES:
        return trn("{count} text was searched for protected names in every form and script.",
                   "{count} texts were searched for protected names in every form and script: "
                   "pages, bookmarks, links, metadata, attachments.", count)  # fmt: skip
    if looked.check is Check.CLOSED:
        if not count:
            return tr("Nothing of these interviews is closed to these readers.")
        return trn("{count} text was searched for words of closed passages.",
                   "{count} texts were searched for words of closed passages.", count)  # fmt: skip
    if looked.check is Check.FORM:
        return trn("{count} page was read back; searched for whatever runs or is hidden.",
                   "{count} pages were read back; searched for whatever runs or is hidden.",
                   count)  # fmt: skip
    return trn("{count} file name was checked.",
               "{count} files were checked: their names and what they say of themselves.",
               count)  # fmt: skip


def _found(proof: Proof) -> Iterator[Sentence]:
    for looked in proof.checks:
        for finding in looked.findings:
            said = tr(_PROBLEMS[finding.problem], place=place_of(finding))
            yield Sentence(said, "bad", finding)
        if looked.more:
            yield Sentence(trn("And {count} more of this kind.", "And {count} more of this kind.",
                               looked.more), "bad")  # fmt: skip


def _notes(proof: Proof) -> Iterator[Sentence]:
    held = sum(looked.holds for looked in proof.checks)
    if held:
        yield Sentence(
            trn("Protected names stand in {count} place, as they may for staff. Do not hand this "
                "file on.",
                "Protected names stand in {count} places, as they may for staff. Do not hand this "
                "file on.", held), "note",
        )  # fmt: skip
    if proof.missing_glyphs:
        signs = " ".join(f"U+{ord(sign[0]):04X}" for sign in proof.missing_glyphs[:12] if sign)
        yield Sentence(
            trn("{count} character has no glyph in any of the fonts and stands as a box: {signs}.",
                "{count} characters have no glyph in any of the fonts and stand as boxes: {signs}.",
                len(proof.missing_glyphs), signs=signs), "note",
        )  # fmt: skip
    if proof.claims:
        yield Sentence(
            tr("The file says that it keeps to {standards}.", standards=", ".join(proof.claims)),
            "note",
        )
    yield Sentence(
        tr("What pictures show and what clips say aloud is not read: look and listen yourself."),
        "note",
    )


def _advice(proof: Proof) -> Iterator[str]:
    problems = {finding.problem for finding in proof.findings}
    is_outward = proof.audience is not Audience.STAFF
    if is_outward and proof.is_leaking:
        yield tr("Do not hand the file on. Remove what is named above from the dossier's own texts,"
                 " captions and file names, then make it again.")  # fmt: skip
    if problems & {Problem.ALTERED, Problem.NOT_RELEASED}:
        yield tr("The archive has changed since the dossier was begun: make it again.")
    if problems - LEAKS - {Problem.ALTERED}:
        yield tr("Look at the pages named above. If the file was not changed by another program,"
                 " please report this to the program's makers.")  # fmt: skip
