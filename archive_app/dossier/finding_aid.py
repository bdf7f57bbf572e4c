"""The finding aid: records, abstracts and timed contents, and not a word of testimony."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive_app.domain.released import ReleasedInterview, ReleasedRecording
from archive_app.domain.timecode import format_timecode
from archive_app.dossier.blocks import Block, Close, Fragment, Item, NewPage, Open, Step, Style
from archive_app.dossier.contents import (
    Excerpts,
    Heading,
    Prose,
    Segment,
    WholeInterview,
)
from archive_app.dossier.header import (
    description,
    full_segment,
    label,
    opening,
    record,
    row,
    table,
    title_of,
    whole,
)
from archive_app.dossier.heads import tellers_of
from archive_app.dossier.links import link_to
from archive_app.dossier.prose import heading_items, picture_items, prose_items
from archive_app.dossier.shaping import one_line
from archive_app.dossier.teller import Teller
from archive_app.dossier.wording import say_length, say_transcript
from archive_app.translation import tr


class FindingAid:
    """Tells a dossier as a finding aid: an entry for each interview, where it first comes.

    Passages and segments count for their interview; where it comes again, under another
    heading, a line leads to its entry.
    """

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._notes = teller.footnotes()
        self._entries: dict[str, str] = {}
        self._under: set[str] = set()
        """The interviews that stand, or are led to, under the heading that is open."""
        self._has_page = False

    def items(self) -> Iterator[Item]:
        """Yield the body."""
        for part in self._teller.contents.interviews:
            if isinstance(part, Heading):
                yield from self._heading(part)
                continue
            if not self._has_page:
                yield self._page("")
            if isinstance(part, Prose):
                yield from prose_items(self._teller, part, self._notes)
            elif isinstance(part, WholeInterview | Excerpts | Segment):
                yield from self._entry(part)
            else:
                yield from picture_items(self._teller, part)

    def _page(self, chapter: str) -> NewPage:
        self._has_page = True
        title = one_line(self._teller.contents.title)
        return NewPage(chapter, title)

    def _heading(self, part: Heading) -> Iterator[Item]:
        if part.level == 1 or not self._has_page:
            yield self._page(one_line(part.title) if part.level == 1 else "")
        self._under.clear()
        yield from heading_items(self._teller, part)

    def _entry(self, part: WholeInterview | Excerpts | Segment) -> Iterator[Item]:
        interview = part.interview
        turns = 0
        if isinstance(part, Excerpts):
            turns = sum(max(each.last - each.first + 1, 0) for each in part.passages)
        if interview.uuid in self._under:
            yield Step(turns)
            return
        self._under.add(interview.uuid)
        known = self._entries.get(interview.uuid)
        if known is not None:
            yield self._see(interview, known)
        else:
            yield from self._interview(interview, part.comment)
        yield Step(turns)

    def _see(self, interview: ReleasedInterview, anchor: str) -> Block:
        styles = self._teller.styles
        text = tr("See {title}, {number}", title=self._teller.title(interview),
                  number=one_line(interview.accession))  # fmt: skip
        return Block((Fragment(text, styles.testimony, link=anchor),), styles.prose)

    def _interview(self, interview: ReleasedInterview, comment: str) -> Iterator[Item]:
        teller = self._teller
        styles, ledger = teller.styles, teller.ledger
        title, lang = title_of(interview, teller.language)
        start, end = ledger.key(), ledger.key()
        points = [ledger.key() for _ in interview.index_points]
        self._entries[interview.uuid] = start
        who = tellers_of(interview)
        detail = "" if not who or who in title else who
        ledger.list_interview(interview.uuid, title, start, detail=detail, lang=lang)
        teller.enter_interview(interview, start, end, points)
        link = link_to(teller.contents, interview)
        level = teller.depth + 2
        yield Open("Sect")
        yield from opening(
            interview, styles, language=teller.language, anchor=start, level=teller.depth,
            above="", size=1.35, before=2.4,
            image=link.qr(styles) if link and teller.design.has_qr else None,
        )  # fmt: skip
        yield from table(whole(self._record(interview, link.text if link else "")))
        yield from description(interview, styles, comment, level=level)
        yield from self._recordings(interview, level)
        yield from self._segments(interview, points, level)
        yield self._end(end)
        yield Close()

    def _record(self, interview: ReleasedInterview, link: str) -> Iterator[Block]:
        """Yield the record's rows, and which transcripts there are."""
        teller = self._teller
        yield from record(interview, teller.styles, language=teller.language, link=link)
        held = "; ".join(say_transcript(each) for each in interview.transcripts if each.turns)
        yield from row(teller.styles, tr("Transcripts"), held)

    def _end(self, anchor: str) -> Block:
        """Return the room below an entry; the index reaches to here."""
        styles = self._teller.styles
        style = Style(leading=styles.text * 0.3)
        return Block((Fragment("", styles.quiet, anchors=(anchor,)),), style)

    def _segments(
        self, interview: ReleasedInterview, points: Sequence[str], level: int
    ) -> Iterator[Item]:
        if not points:
            return
        teller = self._teller
        yield label(teller.styles, tr("Contents of the recording"), level=level)
        yield Open("L")
        for point, anchor in zip(interview.index_points, points, strict=True):
            time = format_timecode(point.start_ms)
            teller.ledger.list_piece(one_line(point.title), anchor, timecode=time)
            link = link_to(teller.contents, interview, point.start_ms)
            yield from full_segment(
                point, teller.styles, anchor=anchor, url=link.url if link else ""
            )
        yield Close()

    def _recordings(self, interview: ReleasedInterview, level: int) -> Iterator[Item]:
        if not interview.recordings:
            return
        styles = self._teller.styles
        yield label(styles, tr("Recordings"), level=level)
        several = len(interview.recordings) > 1
        yield from table(
            each
            for recording in interview.recordings
            for each in row(
                styles,
                recording_name(recording, has_number=several),
                recording_facts(recording),
            )
        )


def recording_name(recording: ReleasedRecording, *, has_number: bool) -> str:
    """Return what a recording is called in its list: Audio, or Audio 2 of several."""
    kind = tr("video") if recording.has_video else tr("audio")
    return f"{kind[:1].upper()}{kind[1:]} {recording.position if has_number else ''}".rstrip()


def recording_facts(recording: ReleasedRecording) -> str:
    """Return what is known of a recording: length, format, sampling, channels, device."""
    facts: list[str] = []
    if recording.duration_ms:
        facts.append(say_length(recording.duration_ms))
    container, codec = one_line(recording.container), one_line(recording.codec)
    # A file of FLAC is of the codec FLAC: once is enough.
    is_told = codec.lower() in container.lower().split()
    facts.append(container if is_told else f"{container} {codec}".strip())
    if recording.sample_rate_hz:
        facts.append(tr("{khz} kHz", khz=f"{recording.sample_rate_hz / 1000:g}"))
    if recording.bit_depth:
        facts.append(tr("{bits} bits", bits=recording.bit_depth))
    if recording.channels:
        facts.append({1: tr("mono"), 2: tr("stereo")}.get(
            recording.channels, tr("{count} channels", count=recording.channels)
        ))  # fmt: skip
    facts.append(recording.device)
    return ", ".join(one_line(fact) for fact in facts if fact.strip())
