"""Whatever is planted in a dossier's file behind the program's back, its proof finds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from proof_material import (
    CLOSED,
    NAME,
    Case,
    case_of,
    close_passage,
    draw,
    fill,
    found,
    pdf_of,
    pixel,
    places,
    spoiled,
    wav_with,
    with_part,
)

from archive_app.domain.proof import Problem, Where
from archive_app.domain.records import Audience
from archive_app.domain.rich_text import RichBlock, RichRun
from archive_app.dossier.contents import Picture, Prose
from archive_app.store.archive import Archive
from archive_app.work import proving


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    place = tmp_path_factory.mktemp("proof")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORAL_HISTORY_HOME", str(place / "home"))
        with Archive.create(place / "A.oralhistory", name="A") as archive:
            close_passage(archive, fill(archive))
            yield case_of(archive, Audience.PUBLIC)


def says_nothing_of_it(proof: Any) -> bool:
    """Tell whether neither the proof nor its sentences repeat what they found."""
    told = repr(proof) + " ".join(sentence.text for sentence in proving.summary(proof))
    return not any(part in told for part in ("Волков", "Сергей", "Volkov", CLOSED[:12]))


def test_a_file_as_it_was_made_is_clean(case: Case) -> None:
    proof = case.prove()
    assert proof.findings == ()
    assert proof.turns == 14
    assert proof.is_clean
    assert proof.pages > 5


# Ten names


def test_a_name_in_a_footnote(case: Case) -> None:
    note = Prose((RichBlock((RichRun("A word before", note=f"So {NAME} said."),)),))
    proof = case.prove(pdf_of(with_part(case.contents, 1, note)))
    (where,) = found(proof, Problem.NAME, Where.FOOTNOTE)
    assert where.page > 0
    assert says_nothing_of_it(proof)


@pytest.mark.parametrize("name", ["Сергей Волков.pdf", "interview-SVolkov.pdf", "volkov_2.pdf"])
def test_a_name_in_the_file_name(case: Case, name: str) -> None:
    proof = case.prove(file_name=name)
    assert places(proof, Problem.NAME) == {Where.FILE_NAME}
    assert proof.file_name == ""


def test_a_name_in_the_metadata(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        old = pdf.Root.Metadata.read_bytes()
        new = old.replace("M. Ivanović".encode(), NAME.encode())
        assert new != old
        pdf.Root.Metadata.write(new)

    proof = case.prove(spoiled(case.data, spoil))
    assert found(proof, Problem.NAME, Where.METADATA)[0].item == "XMP"
    assert says_nothing_of_it(proof)


@pytest.mark.parametrize("key", ["/Author", "/Subject", "/Planted"])
def test_a_name_in_the_old_metadata(case: Case, key: str) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.trailer.Info[key] = pikepdf.String(f"Told by {NAME}")

    proof = case.prove(spoiled(case.data, spoil))
    assert found(proof, Problem.NAME, Where.METADATA)[0].item == key


def test_a_name_in_an_attachment_and_in_its_name(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["notes.txt"] = f"by {NAME}".encode()
        pdf.attachments["SergejVolkov.txt"] = b"nothing"

    proof = case.prove(spoiled(case.data, spoil))
    assert {Where.ATTACHMENT, Where.ATTACHMENT_NAME} <= places(proof, Problem.NAME)
    assert found(proof, Problem.UNEXPECTED, Where.ATTACHMENT)


def test_a_name_in_a_bookmark(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root[1].title = f"What {NAME} said"

    proof = case.prove(spoiled(case.data, spoil))
    assert places(proof, Problem.NAME) == {Where.BOOKMARK}


@pytest.mark.parametrize(
    "form",
    ["с Сергеем Волковым", "Волкову", "ВОЛКОВА", "Во́лкова", "Волков\u200bа", "С е р г е й",
     "Вoлков", "Волко\u0432\u0301у"],
)  # fmt: skip
def test_a_name_inflected_or_disguised(case: Case, form: str) -> None:
    spoken = Prose((RichBlock((RichRun(f"Он говорил {form} об этом."),)),))
    proof = case.prove(pdf_of(with_part(case.contents, 1, spoken)))
    assert places(proof, Problem.NAME) == {Where.TEXT}
    assert says_nothing_of_it(proof)


@pytest.mark.parametrize("form", ["Sergej Volkov", "Sergei Volkov", "Volkova", "volkov"])
def test_a_name_in_the_other_script(case: Case, form: str) -> None:
    spoken = Prose((RichBlock((RichRun(f"So {form} told it."),)),))
    proof = case.prove(pdf_of(with_part(case.contents, 1, spoken)))
    assert places(proof, Problem.NAME) == {Where.TEXT}


def test_a_name_in_a_clips_tag_and_in_its_name(case: Case, tmp_path: Path) -> None:
    tagged = wav_with("Сергей Волков, 2022", tmp_path)
    named = wav_with("silence", tmp_path, "Volkov_02.wav")
    proof = case.prove(beside=(tagged, named))
    (tag,) = {finding.item for finding in found(proof, Problem.NAME, Where.CLIP_TAG)}
    assert tag == "1"
    assert found(proof, Problem.NAME, Where.CLIP_NAME)[0].item == "2"
    assert case.prove(beside=(wav_with("silence", tmp_path, "OH-7_03.wav"),)).is_clean


def test_a_name_in_a_caption(case: Case) -> None:
    picture = Picture(pixel(), f"{NAME} in Vračar, 2023", "A window")
    proof = case.prove(pdf_of(with_part(case.contents, 2, picture)))
    assert places(proof, Problem.NAME) == {Where.CAPTION}


def test_a_name_in_a_description_for_screen_readers(case: Case) -> None:
    picture = Picture(pixel(), "The flat in Vračar, 2023", f"{NAME} at a window")
    proof = case.prove(pdf_of(with_part(case.contents, 2, picture)))
    assert places(proof, Problem.NAME) == {Where.ALT_TEXT}


def test_a_name_in_the_citation(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from archive_app.domain import citation_chicago

    with monkeypatch.context() as patch:
        patch.setattr(citation_chicago, "names_of", lambda people: "Сергей Волков")
        data = pdf_of(case.contents)
    proof = case.prove(data)
    assert Where.CITATION in places(proof, Problem.NAME)
    assert says_nothing_of_it(proof)


def test_a_name_in_the_references_beside_the_file(case: Case, tmp_path: Path) -> None:
    references = tmp_path / "voices.bib"
    references.write_text(f"@misc{{oh7, author = {{{NAME}}}}}", "utf-8")
    escaped = tmp_path / "voices.json"
    escaped.write_text('[{"author": "\\u0412\\u043e\\u043b\\u043a\\u043e\\u0432"}]', "utf-8")
    proof = case.prove(beside=(references, escaped))
    assert {f.item for f in found(proof, Problem.NAME, Where.BESIDE)} == {".bib", ".json"}


# What stands where nobody looks


@pytest.mark.parametrize(
    ("before", "why"),
    [("3 Tr", "invisible"), ("1 1 1 rg", "white"), ("1 0 0 1 -900 400 Tm", "outside"),
     ("0.2 Tf", "tiny")],
)  # fmt: skip
def test_text_that_a_reader_does_not_see(case: Case, before: str, why: str) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        draw(pdf, 2, "hidden here: Сергей Волков", before=before)

    proof = case.prove(spoiled(case.data, spoil))
    assert [f.item for f in found(proof, Problem.UNSEEN, Where.TEXT)] == [why]
    assert found(proof, Problem.UNEXPECTED, Where.TEXT)[0].page == 3
    assert found(proof, Problem.NAME, Where.TEXT)[0].page == 3


def test_a_name_drawn_as_an_artifact_or_said_to_stand_for_other_letters(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        draw(pdf, 2, "Сергей Волков", tag="/Artifact << /Type /Pagination >>")
        draw(pdf, 3, "abc", tag="/Span << /ActualText <FEFF0412043E043B043A043E0432> >>")

    proof = case.prove(spoiled(case.data, spoil))
    assert found(proof, Problem.NAME, Where.HEAD)[0].page == 3
    assert found(proof, Problem.NAME, Where.TEXT)[0].page == 4


def test_a_name_parted_by_a_hyphen_at_a_lines_end(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        draw(pdf, 2, "говорил Вол-")
        draw(pdf, 2, "кову об этом")

    proof = case.prove(spoiled(case.data, spoil))
    assert found(proof, Problem.NAME, Where.TEXT)


@pytest.mark.parametrize("kind", ["Text", "FreeText", "Popup", "Stamp"])
def test_a_note_on_a_page(case: Case, kind: str) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"),
            Rect=[0, 0, 20, 20], Contents=pikepdf.String(f"Ask {NAME}"),
        )  # fmt: skip
        page = pdf.pages[2].obj
        page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(note)])

    proof = case.prove(spoiled(case.data, spoil))
    (where,) = found(proof, Problem.NAME, Where.ANNOTATION)
    assert where.page == 3
    assert found(proof, Problem.UNSEEN, Where.ANNOTATION)
    assert found(proof, Problem.UNEXPECTED, Where.ANNOTATION)


def test_a_form_field(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(
            pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("who"),
                               V=pikepdf.String("Волкову"))
        )  # fmt: skip
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))

    proof = case.prove(spoiled(case.data, spoil))
    assert found(proof, Problem.NAME, Where.FORM_FIELD)


def test_a_script(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('Volkov')")
        )

    proof = case.prove(spoiled(case.data, spoil))
    assert found(proof, Problem.ACTIVE, Where.SCRIPT)
    assert found(proof, Problem.NAME, Where.SCRIPT)


def test_a_link_that_leads_out(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(
            S=pikepdf.Name.URI,
            URI=pikepdf.String("https://example.org/%D0%92%D0%BE%D0%BB%D0%BA%D0%BE%D0%B2"),
        )
        page = next(page for page in pdf.pages if "/Annots" in page.obj)
        del page.obj.Annots[0]["/Dest"]
        page.obj.Annots[0].A = action

    proof = case.prove(spoiled(case.data, spoil))
    assert found(proof, Problem.NAME, Where.LINK)[0].page > 0
    assert found(proof, Problem.UNEXPECTED, Where.LINK)


def test_what_a_picture_says_of_itself(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        exif = b"Exif\x00\x00" + "Copyright: Сергей Волков".encode()
        data = b"\xff\xd8\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
        data += b"\xff\xda\x00\x02\xff\xd9"
        pdf.Root.Thumb = pdf.make_stream(
            data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip

    proof = case.prove(spoiled(case.data, spoil))
    assert found(proof, Problem.NAME, Where.IMAGE)
    assert found(proof, Problem.UNEXPECTED, Where.IMAGE)


def test_the_name_of_a_font(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for held in pdf.objects:
            if isinstance(held, pikepdf.Dictionary) and held.get("/Type") == "/FontDescriptor":
                held.FontFamily = pikepdf.String("Volkov Serif")

    proof = case.prove(spoiled(case.data, spoil))
    assert found(proof, Problem.NAME, Where.FONT)


def test_a_stream_that_no_page_shows(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PieceInfo = pikepdf.Dictionary(
            Maker=pikepdf.Dictionary(Private=pdf.make_stream(f"draft by {NAME}".encode()))
        )

    proof = case.prove(spoiled(case.data, spoil))
    assert found(proof, Problem.NAME, Where.ELSEWHERE)
    assert found(proof, Problem.UNEXPECTED, Where.ELSEWHERE)


def test_what_an_older_state_left_in_the_file(case: Case) -> None:
    """Named pages that an update has put away are still in the file's bytes."""
    picture = Picture(pixel(), f"{NAME} in Vračar", "A window")
    older = spoiled(pdf_of(with_part(case.contents, 2, picture)), lambda pdf: None)
    proof = case.prove(older + _update(older, "0 0\n"))
    assert found(proof, Problem.UNSEEN, Where.REMAINS)
    assert found(proof, Problem.NAME, Where.REMAINS)


def test_an_object_that_an_update_replaced(case: Case) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.trailer.Info["/Author"] = pikepdf.String(f"Told by {NAME}")

    older = spoiled(case.data, spoil)
    with pikepdf.open(io.BytesIO(older)) as pdf:
        number = pdf.trailer.Info.objgen[0]
    body = f"{number} 0 obj\n<< /Title (First winters) >>\nendobj\n".encode()
    table = f"{number} 1\n{len(older):010} 00000 n \n"
    proof = case.prove(older + body + _update(older, table, before=len(body)))
    assert found(proof, Problem.UNSEEN, Where.REMAINS)
    assert found(proof, Problem.NAME, Where.REMAINS)
    assert not found(proof, Problem.NAME, Where.METADATA)


def _update(older: bytes, table: str, before: int = 0) -> bytes:
    """Return the table and trailer of an update to a file: # ISO 32000-1, 7.5.6."""
    trailer = older[older.rindex(b"trailer") :]
    last = older[older.rindex(b"startxref") :].split()[1].decode()
    kept = {
        key: trailer.split(key)[1].split()[0].decode() for key in (b"/Root", b"/Size", b"/Info")
    }
    return (
        f"xref\n{table}trailer\n<< /Size {kept[b'/Size']} /Root {kept[b'/Root']} 0 R"
        f" /Info {kept[b'/Info']} 0 R /Prev {last} >>\nstartxref\n{len(older) + before}\n%%EOF\n"
    ).encode()


def test_words_behind_the_files_end(case: Case) -> None:
    proof = case.prove(case.data + f"\n% by {NAME}\n".encode())
    assert found(proof, Problem.UNSEEN, Where.REMAINS)
    assert found(proof, Problem.NAME, Where.REMAINS)


# Testimony that should not be there


def test_a_sentence_of_a_closed_passage(case: Case) -> None:
    quoted = Prose((RichBlock((RichRun(f"As was said, {CLOSED.upper()}, and so on."),)),))
    proof = case.prove(pdf_of(with_part(case.contents, 1, quoted)))
    assert places(proof, Problem.CLOSED_WORDS) == {Where.TEXT}
    assert proof.is_leaking
    assert says_nothing_of_it(proof)


def test_closed_words_in_the_scholars_own_text_are_found_though_they_were_asked_for(
    case: Case,
) -> None:
    quoted = Prose((RichBlock((RichRun(f"As was said, {CLOSED}."),)),))
    contents = with_part(case.contents, 1, quoted)
    proof = case.prove(pdf_of(contents), contents=contents)
    assert places(proof, Problem.CLOSED_WORDS) == {Where.TEXT}


def test_closed_words_in_a_bookmark_and_beside_the_file(case: Case, tmp_path: Path) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root[1].title = CLOSED

    notes = tmp_path / "notes.txt"
    notes.write_text(CLOSED, "utf-8")
    proof = case.prove(spoiled(case.data, spoil), beside=(notes,))
    assert places(proof, Problem.CLOSED_WORDS) == {Where.BOOKMARK, Where.BESIDE}


def test_a_release_for_more_trusted_readers_leaks_the_closed_passage(case: Case) -> None:
    staff = case_of(case.archive, Audience.STAFF)
    parts = staff.contents.interviews
    proof = case.prove(pdf_of(replace(staff.contents, interviews=parts)))
    assert Where.TURN in places(proof, Problem.CLOSED_WORDS)
    assert proof.is_leaking
    error = proving.refusal(proof)
    assert "Волков" not in error.message + error.details
    assert "closed-words" in error.details
