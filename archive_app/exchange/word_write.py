"""Word documents (.docx) — writer: a transcript to read, to correct and to take in again.

Title, record, then a paragraph for each turn: time, speaker in bold, words, with
footnotes. The times are shown to the second; to the millisecond they stand in
the names of hidden bookmarks, which word processors keep. The document's
properties say no more than its first page does, and name no author.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive_app.domain.edtf_words import display
from archive_app.domain.parsed import Loss
from archive_app.domain.records import Footnote, Role
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript, ReleasedTurn
from archive_app.exchange import word_parts
from archive_app.exchange.cleaning import one_line, plain
from archive_app.exchange.clock import write_clock
from archive_app.exchange.losses import chosen_transcript, left_out
from archive_app.exchange.word_parts import HEAD, R, W, text
from archive_app.exchange.written import Written
from archive_app.translation import current_language, tr

_FIRST_NOTE = 1
"""Ids −1 and 0 are the lines above the footnotes."""


def write_word(released: ReleasedInterview, *, transcript: int | None = None) -> Written:
    """Return one transcript (by id; else the first) as .docx, and what it could not say.

    Raises:
        NotFound: nothing to write for this audience.
    """
    chosen = chosen_transcript(released, transcript)
    title = plain(released.titles.get(chosen.language) or released.title)
    notes = [note for turn in chosen.turns for note in _notes_of(turn)]
    losses = left_out(released, chosen, keeps=frozenset({"language", "footnotes", "record"}))
    losses.append(Loss(tr("Of the catalogue record only what stands above the transcript is in "
                          "the file.")))  # fmt: skip
    parts = {
        "[Content_Types].xml": word_parts.CONTENT_TYPES,
        "_rels/.rels": word_parts.PACKAGE_RELATIONS,
        "docProps/core.xml": word_parts.core(
            title=title, identifier=plain(released.accession), language=chosen.language
        ),
        "word/document.xml": _document(released, chosen, title),
        "word/_rels/document.xml.rels": word_parts.DOCUMENT_RELATIONS,
        "word/styles.xml": word_parts.styles(chosen.language),
        "word/footnotes.xml": _footnotes(notes),
        "word/footer1.xml": word_parts.FOOTER,
    }
    return Written(word_parts.packed(parts), tuple(losses))


def _document(released: ReleasedInterview, chosen: ReleasedTranscript, title: str) -> str:
    body = [_paragraph("Title", _run(title))]
    for name, value in _record(released, chosen):
        if plain(value):
            body.append(_paragraph("TranscriptRecord", _run(f"{name}: {plain(value)}")))
    body.append(_paragraph("TranscriptRecord", ""))
    note = _FIRST_NOTE
    for turn in chosen.turns:
        body.append(_turn(turn, note))
        note += len(turn.footnotes)
    # A4 with margins of 2.5 cm, in twentieths of a point.
    body.append(
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" '
        'w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
    )
    return f"{HEAD}<w:document {W} {R}><w:body>{''.join(body)}</w:body></w:document>"


def _record(released: ReleasedInterview, chosen: ReleasedTranscript) -> Sequence[tuple[str, str]]:
    def people(role: Role) -> str:
        return "; ".join(one.name for one in released.people if one.role is role)

    return (
        (tr("Accession number"), released.accession),
        (tr("Interviewee"), people(Role.INTERVIEWEE)),
        (tr("Interviewer"), people(Role.INTERVIEWER)),
        (tr("Date"), display(released.date, current_language()) if released.date else ""),
        (tr("Place"), released.place),
        (tr("Language"), chosen.language),
        (tr("Collection"), " / ".join(released.collections)),
        (tr("Transcriber"), people(Role.TRANSCRIBER)),
        (tr("Copyright holder"), released.rights_holder),
        (tr("Licence"), released.licence),
        (tr("Terms of use"), released.usage_note),
    )


def _paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _run(words: str, style: str = "") -> str:
    if not words:
        return ""
    shape = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{shape}<w:t xml:space="preserve">{text(words)}</w:t></w:r>'


def _notes_of(turn: ReleasedTurn) -> list[Footnote]:
    return sorted(turn.footnotes, key=lambda note: note.offset)


def _turn(turn: ReleasedTurn, first_note: int) -> str:
    start = "" if turn.start_ms is None else f"_{turn.start_ms}"
    end = "" if turn.end_ms is None else f"_to_{turn.end_ms}"
    estimated = "_e" if turn.is_time_estimated else ""
    runs = [
        f'<w:bookmarkStart w:id="{turn.n}" w:name="_Turn{turn.n}{start}{end}{estimated}"/>',
        f'<w:bookmarkEnd w:id="{turn.n}"/>',
    ]
    if turn.start_ms is not None:
        shown = write_clock(turn.start_ms).partition(".")[0]
        sign = "~" if turn.is_time_estimated else ""
        runs += [_run(f"[{sign}{shown}]", "TranscriptTime"), _run(" ", "TranscriptMark")]
    if turn.speaker:
        runs += [_run(turn.speaker, "TranscriptSpeaker"), _run(": ", "TranscriptMark")]
    position = 0
    for number, note in enumerate(_notes_of(turn), start=first_note):
        runs.append(_run(turn.text[position : note.offset]))
        runs.append(
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{number}"/></w:r>'
        )
        position = max(position, note.offset)
    runs.append(_run(turn.text[position:]))
    return _paragraph("TranscriptTurn", "".join(runs))


def _footnotes(notes: Sequence[Footnote]) -> str:
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return (
        f"{HEAD}<w:footnotes {W}>{lines}"
        + "".join(_footnote(note, number) for number, note in enumerate(notes, _FIRST_NOTE))
        + "</w:footnotes>"
    )


def _footnote(note: Footnote, number: int) -> str:
    content = [
        f'<w:bookmarkStart w:id="{number}" w:name="_Note{number}"/>',
        f'<w:bookmarkEnd w:id="{number}"/>',
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>',
        _run(" ", "TranscriptMark"),
        _run(one_line(note.text)),
    ]
    if note.link:
        content += [_run(" ", "TranscriptMark"), _run(one_line(note.link), "TranscriptLink")]
    return (
        f'<w:footnote w:id="{number}">{_paragraph("FootnoteText", "".join(content))}</w:footnote>'
    )
