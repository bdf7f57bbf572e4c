"""Word documents (.docx, .docm): transcripts and notes, as people type them — reader.

Documents of our own are told by the style of their turns and read back exactly,
also after they were corrected in a word processor. In any other the speakers
are found by what a word processor shows of them (``word_labels``), then the
text is read as a typed transcript is (``plain_text``). Macros are not read, no
address is followed. Names in the document's properties stay in ``extra``, which
no outsider sees; comments are told as losses, with their words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive_app.domain.parsed import (
    Loss,
    ParsedInterview,
    ParsedRecord,
    ParsedTranscript,
    ParsedTurn,
)
from archive_app.domain.records import Footnote
from archive_app.exchange.cleaning import one_line, plain
from archive_app.exchange.clock import CLOCK, MAX_MS, read_clock
from archive_app.exchange.ohms_xml import local, text_of
from archive_app.exchange.plain_text import turns_of_lines
from archive_app.exchange.word_lines import lines_of_blocks, text_of_blocks
from archive_app.exchange.word_losses import losses_of
from archive_app.exchange.word_notes import lifted
from archive_app.exchange.word_package import Package, main_part, open_package, web_address
from archive_app.exchange.word_story import Block, Found, Paragraph, Run, Story, flat
from archive_app.exchange.word_styles import Style, attribute, child, styles_of
from archive_app.translation import tr

if TYPE_CHECKING:
    from lxml.etree import _Element

FORMAT = "docx"

TURN, SPEAKER, TIME, MARK, LINK, RECORD = (
    "TranscriptTurn", "TranscriptSpeaker", "TranscriptTime", "TranscriptMark", "TranscriptLink",
    "TranscriptRecord",
)  # fmt: skip
"""Ids of the styles of our own documents."""

_OWN_BOOKMARK = re.compile(r"_Turn[0-9]{1,9}(_[0-9]{1,10})?(?:_to_([0-9]{1,10}))?(_e)?")
_SHOWN_TIME = re.compile(rf"\[~?({CLOCK})\]")
_MOST_SAID = 200
"""Letters of a comment or a heading that a loss tells."""


@dataclass(frozen=True, slots=True)
class _Note:
    text: str
    link: str = ""


def read_word(data: bytes) -> ParsedInterview:
    """Return the transcript of a Word document; one without words gives none, and says so.

    Raises:
        BadInput: it is an older or a locked document, damaged, harmful or no document.
    """
    package = open_package(data)
    name, root = main_part(package)
    styles = _styles(package, name)
    found = Found()
    body = child(root, "body")
    blocks = Story(styles, found).blocks(body) if body is not None else []
    notes, losses = _notes(package, name, found, styles)
    losses += losses_of(package, found.counts)
    losses += _said_beside(package, name, styles)
    if any(isinstance(one, Paragraph) and one.style == TURN for one in blocks):
        return _own(package, blocks, notes, losses)
    titles = [
        one
        for one in blocks
        if isinstance(one, Paragraph) and one.style_name == "title" and one.text.strip()
    ]
    title = plain(titles[0].text) if titles else ""
    rest = [one for one in blocks if not titles or one is not titles[0]]
    read = lines_of_blocks(rest, len(notes))
    notes += [_Note(text) for text in read.further]
    turns, told = turns_of_lines(read.lines, labels=read.labels, fields=read.fields)
    turns = tuple(_with_notes(turn, notes) for turn in turns)
    losses += [*read.losses, *(Loss(loss.what) for loss in told)]
    if not turns:
        losses.append(Loss(tr("The file holds no words.")))
    record = ParsedRecord(titles={"und": title} if title else {}, extra=_properties(package))
    transcripts = (ParsedTranscript(turns),) if turns else ()
    return ParsedInterview(FORMAT, record, transcripts, losses=tuple(losses))


def _styles(package: Package, main: str) -> Mapping[str, Style]:
    part = next(iter(package.related(main, "styles")), "")
    return styles_of(package.xml(part) if part else None)


# Notes, comments, headings -------------------------------------------------


def _notes(
    package: Package, main: str, found: Found, styles: Mapping[str, Style]
) -> tuple[list[_Note], list[Loss]]:
    """Return the notes in the order of their marks in the text."""
    known: dict[tuple[str, str], _Note] = {}
    for kind in ("footnote", "endnote"):
        for part in package.related(main, f"{kind}s"):
            root = package.xml(part)
            for one in [] if root is None else root:
                if local(one) == kind and not attribute(one, "type"):
                    known[kind, attribute(one, "id")] = _note(package, part, one, styles)
    lost = sum(1 for key in found.notes if key not in known or not known[key].text)
    losses: list[Loss] = []
    if lost:
        losses.append(Loss(tr("Marks of footnotes that have no words were left out."), str(lost)))
    return [known.get(key, _Note("")) for key in found.notes], losses


def _note(package: Package, part: str, note: _Element, styles: Mapping[str, Style]) -> _Note:
    paragraphs = Story(styles, Found()).paragraphs(note)
    link = "".join(run.text for one in paragraphs for run in one.runs if run.style == LINK)
    own = [replace(one, runs=tuple(run for run in one.runs if run.style not in (LINK, MARK)))
           for one in paragraphs]  # fmt: skip
    if any(mark.startswith("_Note") for one in paragraphs for mark in one.bookmarks):
        return _Note(one_line("".join(one.text for one in own)), one_line(link))
    address = ""
    if not link:
        relations = package.relations(part)
        anchors = [one for one in note.iter() if local(one) == "hyperlink"]
        addresses = [web_address(relations.get(attribute(one, "id"))) for one in anchors]
        address = next((one for one in addresses if one), "")
    return _Note(plain(text_of_blocks(own)), link or address)


def _said_beside(package: Package, main: str, styles: Mapping[str, Style]) -> list[Loss]:
    """Return as losses what comments say, and page headings and feet."""
    losses: list[Loss] = []
    for part in package.related(main, "comments"):
        root = package.xml(part)
        for one in [] if root is None else root:
            words = plain(text_of_blocks(Story(styles, Found()).blocks(one)))
            who = plain(attribute(one, "author"))
            said = f"{who}: {words}" if who else words
            losses.append(Loss(tr("A comment was not taken in."), _short(said)))
    beside: list[str] = []
    for kind in ("header", "footer"):
        for part in package.related(main, kind):
            root = package.xml(part)
            words = (
                plain(text_of_blocks(Story(styles, Found()).blocks(root)))
                if root is not None
                else ""
            )
            if any(c.isalpha() for c in words) and words not in beside:
                beside.append(words)
    what = tr("What stands at the head or foot of every page was left out.")
    return [*losses, *(Loss(what, _short(words)) for words in beside)]


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SAID else text[: _MOST_SAID - 1] + "…"


def _properties(package: Package) -> dict[str, str]:
    """Return the document's own properties, as fields of another system: they name people."""
    extra: dict[str, str] = {}
    for part in package.related("", "core-properties"):
        root = package.xml(part)
        for one in [] if root is None else root:
            if (name := local(one)) in _PROPERTIES and (value := plain(text_of(one))):
                extra[f"docx_{name}"] = value
    return extra


_PROPERTIES = frozenset(
    ("title", "subject", "creator", "keywords", "description", "lastModifiedBy", "created",
     "modified", "category", "identifier", "language")
)  # fmt: skip


# Turns ---------------------------------------------------------------------


def _with_notes(turn: ParsedTurn, notes: Sequence[_Note]) -> ParsedTurn:
    """Return a turn with its notes in the place of their marks."""
    speaker, of_label = lifted(turn.speaker)
    text, places = lifted(turn.text)
    places = [(0, note) for _, note in of_label] + places
    return replace(turn, speaker=speaker, text=text, footnotes=_footnotes(places, notes))


def _footnotes(places: Sequence[tuple[int, int]], notes: Sequence[_Note]) -> tuple[Footnote, ...]:
    return tuple(
        Footnote(offset, notes[note].text, notes[note].link)
        for offset, note in places
        if note < len(notes) and (notes[note].text or notes[note].link)
    )


def _own(
    package: Package, blocks: Sequence[Block], notes: Sequence[_Note], losses: list[Loss]
) -> ParsedInterview:
    """Return what a document of our own holds, corrected in a word processor or not."""
    turns: list[ParsedTurn] = []
    speaker = ""
    for block in flat(blocks):
        if block.style == TURN:
            turn = _own_turn(block, speaker, notes)
            speaker = turn.speaker
            turns.append(turn)
        elif block.style not in (RECORD, "Title") and plain(block.text):
            # Somebody wrote on in another style: the words are kept as a turn of the same voice.
            places, text = _own_words(block)
            turns.append(ParsedTurn(speaker, None, None, text, (), _footnotes(places, notes)))
    fields = _properties(package)
    language = fields.get("docx_language", "")
    headings = (plain(one.text) for one in flat(blocks) if one.style == "Title")
    title = next(headings, "") or fields.get("docx_title", "")
    if any(block.style == RECORD and plain(block.text) for block in flat(blocks)):
        losses.append(Loss(tr("Of the lines above the transcript only the title and the accession "
                              "number were taken in.")))  # fmt: skip
    record = ParsedRecord(
        accession=fields.get("docx_identifier", ""),
        titles={language or "und": title} if title else {},
    )
    transcript = ParsedTranscript(tuple(turns), language)
    return ParsedInterview(FORMAT, record, (transcript,), losses=tuple(losses))


def _own_turn(paragraph: Paragraph, before: str, notes: Sequence[_Note]) -> ParsedTurn:
    marks = [match for name in paragraph.bookmarks if (match := _OWN_BOOKMARK.fullmatch(name))]
    speaker = one_line("".join(run.text for run in paragraph.runs if run.style == SPEAKER))
    match = _SHOWN_TIME.search("".join(run.text for run in paragraph.runs if run.style == TIME))
    places, text = _own_words(paragraph)
    if not marks:
        # A turn that was divided in the word processor: the same voice goes on.
        speaker = speaker or before
    kept = marks[0] if marks else None
    start = _ms(kept[1]) if kept else None
    end = _ms(kept[2]) if kept else None
    said = read_clock(match[1]) if match else None
    if said is not None and (start is None or start // 1000 != said // 1000):
        start = said
    if start is not None and end is not None and end < start:
        end = None
    return ParsedTurn(
        speaker, start, end, text, (), _footnotes(places, notes),
        is_time_estimated=bool(kept and kept[3]),
    )  # fmt: skip


def _own_words(paragraph: Paragraph) -> tuple[list[tuple[int, int]], str]:
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    for run in paragraph.runs:
        if run.note is not None:
            places.append((length, run.note))
        elif run.style != SPEAKER:
            parts.append(one_line(_typed(run)))
            length += len(parts[-1])
    return places, "".join(parts)


def _typed(run: Run) -> str:
    """Return the words of a run; what is typed behind a time or a colon takes its style."""
    if run.style == TIME:
        return _SHOWN_TIME.sub("", run.text)
    if run.style == MARK:
        return run.text.removeprefix(":").removeprefix(" ")
    return run.text


def _ms(digits: str | None) -> int | None:
    number = int(digits.strip("_")) if digits else None
    return number if number is not None and number < MAX_MS else None
