"""WebVTT: https://www.w3.org/TR/webvtt1/ — reader and writer.

A file of our own says so in its first comment; in it each cue's identifier
names the turn it belongs to ("turn 12", "turn 12.2"), so that turns come back
exactly. To every other program it is an ordinary file of captions.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from archive_app.domain.parsed import Loss, ParsedInterview, ParsedRecord, ParsedTranscript
from archive_app.domain.records import Footnote
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript
from archive_app.errors import BadInput
from archive_app.exchange.caption_turns import Annotation, turns_of
from archive_app.exchange.caption_writing import (
    OutCue,
    OwnCue,
    cues_of,
    turns_from_own,
)
from archive_app.exchange.captions import CaptionFile, line_place, read_cues
from archive_app.exchange.cleaning import lines_of, plain
from archive_app.exchange.clock import CLOCK, read_clock, write_clock
from archive_app.exchange.language_names import language_tag
from archive_app.exchange.losses import chosen_transcript, left_out
from archive_app.exchange.markup import escape, unescape
from archive_app.exchange.written import Written
from archive_app.translation import tr, trn

FORMAT = "vtt"

_OWN = "NOTE oral-history-archive 1"
_OWN_ID = re.compile(r"turn ([0-9]{1,7})(?:\.([0-9]{1,6}))?((?:, [a-z ]+)*)")
_OWN_TIMES = re.compile(rf"({CLOCK}) --> ({CLOCK})")
_OWN_PAYLOAD = re.compile(r"(?:<v ([^>]*)>)?(.*)")
_REGION = re.compile(r"(NOTE[ \t]+)?ANNOTATIONS[ \t]+(BEGIN|END)\s*", re.IGNORECASE)
_REF = re.compile(r"""\bref\s?=\s?["']?([^"'\s>]{1,200})""")
_LINK = re.compile(r"""\b(?:href|link|url)\s?=\s?["']([^"']{1,2000})["']""")
_LANGUAGE = re.compile(r"Language:\s*([A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*)\s*", re.IGNORECASE)
_SAID_ELSEWHERE = re.compile(
    r"NOTE (?:(?:TRANSCRIPTION|ANNOTATIONS) (?:BEGIN|END)|language:\s?\S+)", re.IGNORECASE
)
_WORDS = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w/-])")
"""What an identifier has if it is no number and no machine's ("7d0b7f2c-3b2a/12-0")."""
_OWN_MARK = re.compile(r"<c((?:\.[0-9]+)+)>([^<]*)</c>")


def read_vtt(text: str) -> ParsedInterview:
    """Return the transcript of a WebVTT file, its cues joined to turns.

    Raises:
        BadInput: it has no captions, or none whose times can be read.
    """
    if own := _read_own(text):
        return ParsedInterview(FORMAT, transcripts=(own,))
    if "-->" not in text and not text.lstrip().startswith("WEBVTT"):
        raise BadInput(tr("This is no WebVTT file: it has no captions. Nothing was imported."))
    transcript, losses, header = transcript_of(text)
    extra = {"vtt_header": header} if header else {}
    if not transcript.turns:
        losses.append(Loss(tr("The file has no captions.")))
    return ParsedInterview(
        FORMAT,
        ParsedRecord(extra=extra),
        (transcript,) if transcript.turns else (),
        losses=tuple(losses),
    )


def transcript_of(text: str) -> tuple[ParsedTranscript, list[Loss], str]:
    """Return the transcript of WebVTT text, the losses, and the title in its header."""
    if own := _read_own(text):
        return own, [], ""
    text, annotations, notes_losses = _take_annotations(text)
    file = read_cues(text, is_vtt=True)
    language, header = _header(file)
    turns, losses = turns_of(file, annotations)
    losses += notes_losses
    language = language or _noted_language(file)
    losses += _unkept(file)
    used = {(note.text, note.link) for turn in turns for note in turn.footnotes}
    for name, annotation in annotations.items():
        if (annotation.text, annotation.link) not in used:
            what = tr("Annotation {name} belongs to no word and was left out.", name=name)
            losses.append(Loss(what))
    return ParsedTranscript(turns, language=language), losses, header


def _header(file: CaptionFile) -> tuple[str, str]:
    language = title = ""
    for i, line in enumerate(file.header):
        if i == 0:
            title = plain(line.removeprefix("WEBVTT")).lstrip("-– ")
        elif match := _LANGUAGE.fullmatch(line):
            language = language_tag(match[1]) or match[1]
        elif not re.match(r"Kind:", line):
            what = tr("A line of the file's header is not kept.")
            file.losses.append(Loss(what, line_place(i + 1)))
    return language, title


def _noted_language(file: CaptionFile) -> str:
    """Return the language that Microsoft Stream and others tell in a comment."""
    for note in file.notes:
        if match := re.fullmatch(r"NOTE language:\s*(\S{2,20})\s*", note.lines[0], re.IGNORECASE):
            return language_tag(match[1])
    return ""


def _unkept(file: CaptionFile) -> list[Loss]:
    """Return the losses of what stands beside the words: comments, and the cues' names."""
    losses: list[Loss] = []
    sure = 0
    for note in file.notes:
        words = plain(" ".join(note.lines))
        if re.fullmatch(r"NOTE Confidence: [0-9.,]+", words):
            sure += 1
        elif not _SAID_ELSEWHERE.fullmatch(words):
            losses.append(Loss(tr("A comment of the file is not kept."), line_place(note.line)))
    if sure:
        what = trn(
            "How sure the recogniser was of {count} caption is not kept.",
            "How sure the recogniser was of {count} captions is not kept.",
            sure,
        )
        losses.append(Loss(what))
    named = [cue.line for cue in file.cues if _WORDS.search(cue.identifier)]
    if named:
        what = trn(
            "The name of {count} caption is not kept.",
            "The names of {count} captions are not kept.",
            len(named),
        )
        losses.append(Loss(what, line_place(named[0])))
    return losses


def _take_annotations(text: str) -> tuple[str, dict[str, Annotation], list[Loss]]:
    """Return the text with its annotations blanked out (lines keep their numbers), and them.

    OHMS sets them between the comments ANNOTATIONS BEGIN and END.
    """
    original = lines_of(text)
    lines = list(original)
    inside: list[str] = []
    is_inside = False
    for i, line in enumerate(original):
        before = original[i - 1].strip() if i else ""
        region = _REGION.fullmatch(line)
        # Only at the head of a block: the same words may be somebody's.
        if region and before == ("" if region[1] else "NOTE"):
            is_inside = region[2].upper() == "BEGIN"
            if i:
                lines[i - 1] = ""
            lines[i] = ""
        elif is_inside:
            inside.append(line)
            lines[i] = ""
    annotations: dict[str, Annotation] = {}
    losses: list[Loss] = []
    before, *pieces = re.split(r"<annotation\b", "\n".join(inside))
    rest = [before]
    for n, piece in enumerate(pieces, start=1):
        attributes, _, content = piece.partition(">")
        content, _, after = content.partition("</annotation>")
        rest.append(after)
        name = _REF.search(attributes)
        link = _LINK.search(attributes) or _LINK.search(content)
        annotations[name[1] if name else str(n)] = Annotation(
            plain(html.unescape(re.sub(r"<[^<>]*>", " ", content))),
            html.unescape(link[1]) if link else "",
        )
    if re.sub(r"</?annotations?>|NOTE", "", "".join(rest)).strip():
        losses.append(Loss(tr("Some of the annotations could not be read and were left out.")))
    return "\n".join(lines), annotations, losses


def _read_own(text: str) -> ParsedTranscript | None:
    """Return a file of our own exactly as it was written; None if it is not, or was changed."""
    lines = lines_of(text)
    if not lines[0].startswith("WEBVTT") or not any(x.startswith(_OWN) for x in lines[1:6]):
        return None
    text, annotations, _ = _take_annotations(text)
    lines = lines_of(text)
    cues: list[OwnCue] = []
    language = ""
    i = 1
    while i < len(lines):
        line = lines[i]
        if match := re.fullmatch(r"language: (\S*)", line):
            language = match[1]
        identifier = _OWN_ID.fullmatch(line)
        times = _OWN_TIMES.fullmatch(lines[i + 1]) if identifier and i + 1 < len(lines) else None
        if identifier is None or times is None:
            if "-->" in line and i > 6:
                return None
            i += 1
            continue
        payload = _OWN_PAYLOAD.fullmatch(lines[i + 2] if i + 2 < len(lines) else "")
        start, end = read_clock(times[1]), read_clock(times[2])
        if payload is None or start is None or end is None:
            return None
        speaker = unescape(payload[1] or "")
        part = int(identifier[2] or 1)
        state = identifier[3].removeprefix(", ")
        words, notes = _own_words(payload[2], annotations)
        cues.append(OwnCue(int(identifier[1]), part, state, start, end, speaker, words, notes))
        i += 3
    turns = turns_from_own(cues)
    return None if turns is None else ParsedTranscript(turns, language=language)


def _own_words(
    payload: str, annotations: Mapping[str, Annotation]
) -> tuple[str, tuple[Footnote, ...]]:
    """Return a payload's words and footnotes; only footnotes stand between raw brackets."""
    words = ""
    notes: list[Footnote] = []
    position = 0
    for match in _OWN_MARK.finditer(payload):
        words += unescape(payload[position : match.start()] + match[2])
        position = match.end()
        notes += [
            Footnote(len(words), annotations[name].text, annotations[name].link)
            for name in match[1].split(".")[1:]
            if name in annotations
        ]
    return words + unescape(payload[position:]), tuple(notes)


def write_vtt(released: ReleasedInterview, *, transcript: int | None = None) -> Written:
    """Return one transcript (by id; else the first) as WebVTT, and what it could not say.

    Raises:
        NotFound: nothing to write for this audience.
    """
    chosen = chosen_transcript(released, transcript)
    cues, losses = cues_of(chosen.turns)
    text = vtt_text(chosen, cues)
    left = left_out(released, chosen, keeps=frozenset({"cues", "language", "footnotes"}))
    return Written(text.encode("utf-8"), (*left, *losses))


def vtt_text(transcript: ReleasedTranscript, cues: list[OutCue]) -> str:
    """Return the text of a WebVTT file of our own."""
    blocks = [f"WEBVTT\n\n{_OWN}\nEach identifier names the turn its words belong to."]
    if transcript.language:
        blocks[0] += f"\nlanguage: {transcript.language}"
    notes: list[Footnote] = []
    for cue in cues:
        identifier = f"turn {cue.turn}"
        if cue.part:
            identifier += f".{cue.part}"
        if cue.state:
            identifier += f", {cue.state}"
        voice = f"<v {escape(cue.speaker)}>" if cue.speaker else ""
        times = f"{write_clock(cue.start_ms)} --> {write_clock(cue.end_ms)}"
        words = _marked(cue, first=len(notes) + 1)
        notes += cue.footnotes
        blocks.append(f"{identifier}\n{times}\n{voice}{words}")
    if notes:
        blocks.append("NOTE\nANNOTATIONS BEGIN")
        for n, note in enumerate(notes, start=1):
            link = f' link="{html.escape(note.link)}"' if note.link else ""
            words = escape(plain(note.text))
            blocks.append(f'NOTE\n<annotation ref="{n}"{link}>{words}</annotation>')
        blocks.append("NOTE\nANNOTATIONS END")
    return "\n\n".join(blocks) + "\n"


def _marked(cue: OutCue, *, first: int) -> str:
    """Return a cue's words, each footnote's number as a class on the word before it."""
    by_offset: dict[int, list[int]] = {}
    for n, note in enumerate(cue.footnotes, start=first):
        by_offset.setdefault(note.offset, []).append(n)
    words, position = "", 0
    for offset, numbers in by_offset.items():
        start = max(position, cue.text.rfind(" ", 0, offset) + 1)
        classes = "".join(f".{n}" for n in numbers)
        words += escape(cue.text[position:start])
        words += f"<c{classes}>{escape(cue.text[start:offset])}</c>"
        position = offset
    return words + escape(cue.text[position:])
