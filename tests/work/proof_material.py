"""A small dossier with everything in it that a proof looks at, and ways to spoil its file."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from archive_app.domain.proof import Finding, Looked, Problem, Proof, Where
from archive_app.domain.records import (
    Audience,
    NameKind,
    PersonName,
    Role,
    Span,
    Status,
    TranscriptKind,
)
from archive_app.domain.rich_text import BlockKind, RichBlock, RichRun
from archive_app.dossier.contents import (
    DossierContents,
    DossierPart,
    Excerpts,
    Heading,
    Passage,
    Picture,
    Prose,
    WholeInterview,
)
from archive_app.dossier.design import Design
from archive_app.store.archive import Archive
from archive_app.work import access, proving

ON = date(2026, 5, 4)
NAME = "Сергей Волков"
"""The protected name; nothing of it stands in the material."""
CLOSED = "они пришли ночью и забрали отца прямо из дома"
SPOKEN = (
    ("А.", "Когда вы приехали в Белград и что было сначала?"),
    ("В.", "Мы приехали осенью. Ћирилица, đaci, за́мок и «е́жели» — всё смешалось 🙂 сразу."),
    ("А.", "Да."),
    ("В.", f"Потом было вот что: {CLOSED}. Больше я об этом не рассказываю никому."),
    ("А.", "Да."),
    ("В.", "А весной мы сняли квартиру на Врачаре, и сын пошёл в школу через неделю."),
)
ENGLISH = (
    "When did you come to Belgrade, and what was it like at first?",
    "We came in the autumn. Everything was mixed up at once.",
    "Yes.",
    "Then came what I tell nobody about.",
    "Yes.",
    "In spring we found a flat in Vračar, and my son went to school after a week.",
)


@dataclass(frozen=True)
class Case:
    """An archive with one interview, what a dossier of it holds, and its file."""

    archive: Archive
    contents: DossierContents
    hidden: access.Hidden
    data: bytes
    before: Looked

    def prove(
        self,
        data: bytes | None = None,
        *,
        contents: DossierContents | None = None,
        file_name: str = "voices.pdf",
        beside: Sequence[Path] = (),
    ) -> Proof:
        return proving.prove(
            self.archive, self.data if data is None else data, contents or self.contents,
            self.hidden, file_name=file_name, beside=beside,
            before=self.before if contents is None else None,
        )  # fmt: skip


def pixel() -> bytes:
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 120, 60)).save(held, "PNG")
    return held.getvalue()


def fill(archive: Archive) -> int:
    """Put the interview into an archive and return its id."""
    with archive.write("Fill") as writer:
        shelf = writer.insert("collection", kind="project", title="Memory Archive")
        teller = writer.insert("person", public_name="Виктор Лебедев", sort_name="Лебедев, Виктор")
        writer.set_person_names(teller, (PersonName(NAME, NameKind.REAL),))
        asker = writer.insert("person", public_name="Анна Петрова", sort_name="Петрова, Анна")
        one = writer.insert(
            "interview", accession="OH-7", titles={"en": "Interview with Viktor Lebedev"},
            collection_id=shelf, date="2022-11-14", languages=("ru",), status=Status.RELEASED,
            abstract="Viktor Lebedev tells of his first winter.",
        )  # fmt: skip
        for place, (person, role) in enumerate(
            ((teller, Role.INTERVIEWEE), (asker, Role.INTERVIEWER))
        ):
            writer.insert("contribution", interview_id=one, person_id=person, role=role,
                          position=place)  # fmt: skip
        _transcript(writer, one, "ru", TranscriptKind.VERBATIM, [t for _, t in SPOKEN],
                    (asker, teller))  # fmt: skip
        _transcript(writer, one, "en", TranscriptKind.TRANSLATION, ENGLISH, (asker, teller))
    return one


def _transcript(
    writer: Any, one: int, language: str, kind: TranscriptKind, texts: Sequence[str],
    speakers: tuple[int, int],
) -> None:  # fmt: skip
    new = writer.insert("transcript", interview_id=one, language=language, kind=kind)
    for place, text in enumerate(texts):
        writer.insert(
            "turn", transcript_id=new, position=place, text=text, speaker_label="",
            speaker_id=speakers[place % 2], start_ms=place * 20_000, end_ms=place * 20_000 + 19_000,
        )  # fmt: skip


def close_passage(archive: Archive, interview_id: int) -> None:
    with archive.read() as reader:
        file = reader.interview_file(interview_id)
    (russian,) = [t for t in file.transcripts if t.transcript.language == "ru"]
    turn = russian.turns[3]
    start = turn.text.index(CLOSED)
    access.restrict_span(
        archive, russian.transcript.id, Span(turn.id, start, turn.id, start + len(CLOSED)),
        shut_out=Audience.READING_ROOM,
    )  # fmt: skip


def contents_for(
    archive: Archive, audience: Audience, *, design: Design | None = None, on: date = ON
) -> tuple[DossierContents, access.Hidden]:
    """Return a dossier of a whole interview, a passage, prose with a note, and a picture."""
    with archive.read() as reader:
        hidden = access.hidden_names(reader)
        copies = access.released_all(reader, reader.interview_ids(), audience=audience, on=on)
    copy = copies[0]
    parts: list[DossierPart] = [
        Heading("Arrivals", "What was said of coming."),
        Prose(
            (
                RichBlock((RichRun("How it began"),), BlockKind.HEADING),
                RichBlock((RichRun("A word before"), RichRun(" it.", note="Told twice."))),
                RichBlock((RichRun("first"),), BlockKind.BULLET),
                RichBlock((RichRun("second"),), BlockKind.BULLET),
            )
        ),
        Picture(pixel(), "The flat in Vračar, 2023", "A window"),
        WholeInterview(copy, comment="The whole of it."),
    ]
    if copy.transcripts:
        first = copy.transcripts[0]
        parts.append(Excerpts(copy, (Passage(first.uuid, 5, 6, heading="Spring"),)))
    contents = DossierContents(
        title="First winters", audience=audience, on=on, interviews=parts,
        author="M. Ivanović", description="Made for readers.", made_by="Oral History Archive",
        repository="Memory Archive", contact="readers@example.org", method="Chosen by hand.",
        keywords=("winter", "arrival"), design=design or Design(),
    )  # fmt: skip
    return contents, hidden


def pdf_of(contents: DossierContents) -> bytes:
    """Return the file of some contents, without a check."""
    from archive_app.dossier.build import build_dossier

    held: list[bytes] = []

    class Enough(Exception):
        pass

    def take(data: bytes, _: object) -> None:
        held.append(data)
        raise Enough

    with pytest.raises(Enough):
        build_dossier(Path("unwritten.pdf"), contents, check=take)
    return held[0]


def case_of(archive: Archive, audience: Audience, design: Design | None = None) -> Case:
    contents, hidden = contents_for(archive, audience, design=design)
    before = proving.check_before(archive, contents)
    return Case(archive, contents, hidden, pdf_of(contents), before)


@contextmanager
def changed(data: bytes) -> Iterator[tuple[pikepdf.Pdf, Callable[[], bytes]]]:
    """Give an open PDF to be spoiled, and what saves it to bytes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:

        def saved() -> bytes:
            held = io.BytesIO()
            # Tables and trailers to be read by eye, and to be added to by hand.
            mode = pikepdf.ObjectStreamMode.disable
            pdf.save(held, static_id=True, object_stream_mode=mode)
            return held.getvalue()

        yield pdf, saved


def spoiled(data: bytes, spoil: Callable[[pikepdf.Pdf], None]) -> bytes:
    with changed(data) as (pdf, saved):
        spoil(pdf)
        return saved()


def draw(pdf: pikepdf.Pdf, page: int, text: str, *, before: str = "", tag: str = "") -> None:
    """Draw a text on a page (from 0) in a font of its own, without a place in the structure."""
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                           BaseFont=pikepdf.Name("/Times-Roman"), ToUnicode=_unicode(pdf, text))
    )  # fmt: skip
    resources = pdf.pages[page].obj.Resources
    name = f"/Planted{len(resources.Font)}"
    resources.Font = pikepdf.Dictionary({**dict(resources.get("/Font", {})), name: font})
    codes = bytes(range(1, len(text) + 1)).hex()
    begun, ended = (f"{tag} BDC ", " EMC") if tag else ("", "")
    size, before = (before, "") if before.endswith("Tf") else ("11 Tf", before)
    drawn = f"q {begun}BT {name} {size} 1 0 0 1 90 400 Tm {before} <{codes}> Tj ET{ended} Q"
    pdf.pages[page].contents_add(drawn.encode(), prepend=False)


def _unicode(pdf: pikepdf.Pdf, text: str) -> pikepdf.Object:
    pairs = "\n".join(
        f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>"
        for code, letter in enumerate(text, start=1)
    )
    return pdf.make_stream(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /P def"
            " 1 begincodespacerange <00> <ff> endcodespacerange"
            f" {len(text)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
        ).encode()
    )


def wav_with(tag: str, folder: Path, name: str = "OH-7_01.wav") -> Path:
    """Write a second of silence that says something of itself."""
    said = tag.encode("utf-8") + b"\x00"
    said += b"\x00" * (len(said) % 2)
    info = b"INFO" + b"IART" + struct.pack("<I", len(said)) + said
    sound = b"\x00\x00" * 8000
    chunks = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    chunks += b"LIST" + struct.pack("<I", len(info)) + info
    chunks += b"data" + struct.pack("<I", len(sound)) + sound
    path = folder / name
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return path


def places(proof: Proof, problem: Problem) -> set[Where]:
    return {finding.where for finding in proof.findings if finding.problem is problem}


def found(proof: Proof, problem: Problem, where: Where) -> list[Finding]:
    return [f for f in proof.findings if f.problem is problem and f.where is where]


def with_part(contents: DossierContents, place: int, part: DossierPart) -> DossierContents:
    """Return contents with one part put in the place of another."""
    parts = list(contents.interviews)
    parts[place] = part
    return replace(contents, interviews=parts)
